package strict_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// FuzzParse holds the parser against encoding/json. What Parse accepts means the same to both; what
// it refuses as a matter of syntax, both refuse.
func FuzzParse(f *testing.F) {
	seeds := 0
	for _, c := range refusedTexts {
		f.Add([]byte(c.text))
		seeds++
	}
	files, _ := filepath.Glob("../../../shared/bench/simple.json")
	for _, name := range files {
		if data, err := os.ReadFile(name); err == nil {
			f.Add(data)
		}
	}
	for _, text := range []string{sample, `{"a":[1,2,{"b":null}]}`, `"\ud83d\ude00 \u212a"`, `[1e400,-0,1.5E+3]`} {
		f.Add([]byte(text))
		seeds++
	}
	if seeds < 70 {
		f.Fatalf("found %d seeds; want at least 70", seeds)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := strict.Parse(data, strict.Limits{})
		if err != nil {
			checkRefused(t, data, err)
			return
		}
		var want any
		d := json.NewDecoder(bytes.NewReader(data))
		d.UseNumber()
		if err := d.Decode(&want); err != nil {
			t.Fatalf("encoding/json refuses what Parse accepts: %v", err)
		}
		if diff := cmp.Diff(want, tree(v)); diff != "" {
			t.Fatalf("the meaning differs (-encoding/json +strict):\n%s", diff)
		}
		everyValue(v, func(v strict.Value) { checkPlace(t, v) })
		checkReserialized(t, v)
	})
}

func checkRefused(t *testing.T, data []byte, err error) {
	e, ok := err.(*strict.Error)
	if !ok || e.Detail == "" || e.Offset < 0 || e.Offset > len(data) {
		t.Fatalf("%#v is no error with a sentence and a place", err)
	}
	switch e.Code {
	case "json.syntax":
		if json.Valid(data) {
			t.Fatalf("encoding/json accepts what is refused: %v", err)
		}
	case "json.duplicate", "json.depth", "json.size":
	case "json.utf8":
		if utf8.Valid(data) && !bytes.Contains(data, []byte(`\u`)) && !bytes.HasPrefix(data, []byte("\ufeff")) {
			t.Fatalf("the text is UTF-8: %v", err)
		}
	default:
		t.Fatalf("code %q is not one of this package", e.Code)
	}
}

// checkReserialized writes the value out anew, and reads it again.
func checkReserialized(t *testing.T, v strict.Value) {
	var b strings.Builder
	write(&b, v)
	again, err := strict.Parse([]byte(b.String()), strict.Limits{})
	if err != nil {
		if code(err) == "json.size" { // escapes can make the text longer
			return
		}
		t.Fatalf("%v in %s", err, b.String())
	}
	if diff := cmp.Diff(tree(v), tree(again)); diff != "" {
		t.Fatalf("the meaning changed:\n%s", diff)
	}
}

func write(b *strings.Builder, v strict.Value) {
	separator := ""
	switch v.Kind() {
	case strict.Object:
		b.WriteByte('{')
		for name, m := range v.Members() {
			b.WriteString(separator + quote(name) + ":")
			write(b, m)
			separator = ","
		}
		b.WriteByte('}')
	case strict.Array:
		b.WriteByte('[')
		for e := range v.Elements() {
			b.WriteString(separator)
			write(b, e)
			separator = ","
		}
		b.WriteByte(']')
	case strict.String:
		b.WriteString(quote(v.Text()))
	default:
		b.WriteString(v.Raw())
	}
}

func quote(s string) string {
	out, _ := json.Marshal(s)
	return string(out)
}

// tree is v as encoding/json decodes it with UseNumber.
func tree(v strict.Value) any {
	switch v.Kind() {
	case strict.Object:
		m := map[string]any{}
		for name, e := range v.Members() {
			m[name] = tree(e)
		}
		if len(m) != v.Len() {
			panic("Len does not count the members: " + strconv.Itoa(v.Len()))
		}
		return m
	case strict.Array:
		a := []any{}
		for e := range v.Elements() {
			a = append(a, tree(e))
		}
		if len(a) != v.Len() {
			panic("Len does not count the elements: " + strconv.Itoa(v.Len()))
		}
		return a
	case strict.String:
		return v.Text()
	case strict.Number:
		return json.Number(v.Raw())
	case strict.Bool:
		return v.Bool()
	}
	return nil
}
