package strict_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// refused is a text, and what Parse must say about it.
type refused struct {
	name, text string
	code       string
	pointer    string
	offset     int
}

var refusedTexts = []refused{
	{"empty", ``, "json.syntax", "", 0},
	{"white space only", " \n", "json.syntax", "", 2},
	{"NUL", "\x00", "json.syntax", "", 0},
	{"other white space", "\u00a0{}", "json.syntax", "", 0},
	{"vertical tab", "\v{}", "json.syntax", "", 0},
	{"byte order mark", "\ufeff{}", "json.utf8", "", 0},
	{"byte order mark inside", "{\ufeff}", "json.syntax", "", 1},
	{"UTF-16", "{\x00}\x00", "json.syntax", "", 1},
	{"invalid UTF-8 in a string", "{\"a\":\"\xff\"}", "json.utf8", "", 6},
	{"invalid UTF-8 in a name", "{\"\xc3\":1}", "json.utf8", "", 2},
	{"overlong UTF-8", "\"\xc0\xaf\"", "json.utf8", "", 1},
	{"surrogate in UTF-8", "\"\xed\xa0\x80\"", "json.utf8", "", 1},
	{"beyond Unicode", "\"\xf4\x90\x80\x80\"", "json.utf8", "", 1},
	{"replacement character before the bad byte", "\"\ufffd\xff\"", "json.utf8", "", 4},

	{"trailing comma in an object", `{"a":1,}`, "json.syntax", "", 7},
	{"trailing comma in an array", `[1,]`, "json.syntax", "/1", 3},
	{"leading comma", `[,1]`, "json.syntax", "/0", 1},
	{"missing comma", `[1 2]`, "json.syntax", "", 3},
	{"missing comma in an object", `{"a":1 "b":2}`, "json.syntax", "", 7},
	{"missing colon", `{"a" 1}`, "json.syntax", "", 5},
	{"name without quotes", `{a:1}`, "json.syntax", "", 1},
	{"name in single quotes", `{'a':1}`, "json.syntax", "", 1},
	{"number as a name", `{1:1}`, "json.syntax", "", 1},
	{"value missing", `{"a":}`, "json.syntax", "/a", 5},
	{"wrong bracket", `{"a":[1}}`, "json.syntax", "/a", 7},
	{"array never closed", `[[1]`, "json.syntax", "", 4},
	{"object never closed", `{"a":{"b":1}`, "json.syntax", "", 12},
	{"ends after the name", `{"a"`, "json.syntax", "", 4},
	{"ends after the colon", `{"a":`, "json.syntax", "/a", 5},
	{"second value", `{} {}`, "json.syntax", "", 3},
	{"trailing text", `{}x`, "json.syntax", "", 2},
	{"trailing NUL", "{}\x00", "json.syntax", "", 2},
	{"line comment", "{} // x", "json.syntax", "", 3},
	{"block comment", `{/* x */}`, "json.syntax", "", 1},
	{"only a closing bracket", `]`, "json.syntax", "", 0},

	{"True", `True`, "json.syntax", "", 0},
	{"tru", `tru`, "json.syntax", "", 0},
	{"truely", `truely`, "json.syntax", "", 4},
	{"nul", `[nul]`, "json.syntax", "/0", 1},
	{"undefined", `undefined`, "json.syntax", "", 0},
	{"NaN", `NaN`, "json.syntax", "", 0},
	{"Infinity", `-Infinity`, "json.syntax", "", 1},

	{"leading zero", `01`, "json.syntax", "", 1},
	{"negative leading zero", `-01`, "json.syntax", "", 2},
	{"plus", `+1`, "json.syntax", "", 0},
	{"minus alone", `-`, "json.syntax", "", 1},
	{"no digit before the point", `.5`, "json.syntax", "", 0},
	{"no digit after the point", `1.`, "json.syntax", "", 2},
	{"exponent without digits", `1e`, "json.syntax", "", 2},
	{"exponent with a sign only", `1e+`, "json.syntax", "", 3},
	{"exponent after the point", `1.e5`, "json.syntax", "", 2},
	{"hexadecimal", `0x10`, "json.syntax", "", 1},
	{"underscore", `1_000`, "json.syntax", "", 1},
	{"other digits", `١`, "json.syntax", "", 0},

	{"string never closed", `"abc`, "json.syntax", "", 4},
	{"string never closed after an escape", `"a\n`, "json.syntax", "", 4},
	{"ends in an escape", `"a\`, "json.syntax", "", 2},
	{"raw newline", "\"a\nb\"", "json.syntax", "", 2},
	{"raw tab after an escape", "\"\\n\t\"", "json.syntax", "", 3},
	{"raw control in a long string", "\"0123456789abcdef\x1f\"", "json.syntax", "", 17},
	{"unknown escape", `"\x41"`, "json.syntax", "", 1},
	{"escaped apostrophe", `"\'"`, "json.syntax", "", 1},
	{"three digits", `"\u041"`, "json.syntax", "", 1},
	{"signed hex", `"\u+041"`, "json.syntax", "", 1},
	{"capital U", `"\U00000041"`, "json.syntax", "", 1},
	{"high surrogate alone", `"\ud800"`, "json.utf8", "", 1},
	{"low surrogate alone", `"\udc00"`, "json.utf8", "", 1},
	{"high surrogate before a letter", `"\ud800\u0041"`, "json.utf8", "", 1},
	{"high surrogate before bad hex", `"\ud800\uzzzz"`, "json.utf8", "", 1},
	{"surrogates in the wrong order", `"\udc00\ud800"`, "json.utf8", "", 1},
	{"lone surrogate in a name", `{"a":{"\ud83d":1}}`, "json.utf8", "/a", 7},

	{"duplicate", `{"a":1,"a":1}`, "json.duplicate", "/a", 7},
	{"duplicate through an escape", `{"a":1,"\u0061":2}`, "json.duplicate", "/a", 7},
	{"duplicate of an escape", `{"\u0061":1,"a":2}`, "json.duplicate", "/a", 12},
	{"two escapes", `{"\u0061":1,"\u0061":2}`, "json.duplicate", "/a", 12},
	{"duplicate not adjacent", `{"a":1,"b":2,"a":3}`, "json.duplicate", "/a", 13},
	{"duplicate empty name", `{"":1,"":2}`, "json.duplicate", "/", 6},
	{"duplicate inside", `{"x":[{},{"a/b":1,"a~b":2,"a/b":3}]}`, "json.duplicate", "/x/1/a~1b", 26},
}

func TestParseRefuses(t *testing.T) {
	for _, c := range refusedTexts {
		t.Run(c.name, func(t *testing.T) {
			v, err := strict.Parse([]byte(c.text), strict.Limits{})
			if v.Exists() {
				t.Error("a refused text must yield no value")
			}
			wantError(t, err, c.code, c.pointer, c.offset)
		})
	}
}

func wantError(t *testing.T, err error, code, pointer string, offset int) {
	t.Helper()
	var e *strict.Error
	if !errors.As(err, &e) {
		t.Fatalf("error is %v; want a *strict.Error with %s", err, code)
	}
	if e.Code != code || e.Pointer != pointer || e.Offset != offset {
		t.Errorf("got %s at %q, byte %d; want %s at %q, byte %d", e.Code, e.Pointer, e.Offset, code, pointer, offset)
	}
	if e.Detail == "" {
		t.Error("the error has no sentence")
	}
}

// Each accepted text is the genuine twin of one that is refused above.
func TestParseAccepts(t *testing.T) {
	for _, text := range []string{
		`{}`, `[]`, `null`, `true`, `false`, `0`, `-0`, `""`, " \t\r\n{} \t\r\n",
		`{"a":1}`, `[1,2]`, `{"a":[1]}`, `[[1]]`, `{"a":{"b":1}}`,
		`1`, `-1`, `10`, `0.5`, `1e5`, `1E+5`, `1.5e-5`, `0e0`, `1e400`, `123456789012345678901234567890`,
		`"\""`, `"\\\/\b\f\n\r\t"`, `"\u0041"`, `"\ud83d\ude00"`, `"\uD83D\uDE00"`, `"\u0000"`, "\"\ufffd\"", `"\ufffd"`, `"\uffff"`,
		"\"\u2028\u2029\x7f\"", "\"\ufeff\"",
		`{"a":1,"A":2,"á":3,"a ":4,"":5}`,
		`{"issuer":1,"Issuer":2,"iſſuer":3}`, `{"kid":1,"KID":2,"\u212aid":3}`,
		"\"0123456789abcdef\x20\"",
	} {
		v, err := strict.Parse([]byte(text), strict.Limits{})
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if v.Source() != text || v.Raw() != strings.Trim(text, " \t\r\n") {
			t.Errorf("%q: source %q, raw %q", text, v.Source(), v.Raw())
		}
	}
}

// Names compare byte by byte: nothing that folds to a name is that name.
func TestExactNames(t *testing.T) {
	v := parse(t, `{"issuer":1,"Issuer":2,"iſſuer":3}`)
	if n, _ := v.Get("issuer").Int(); n != 1 {
		t.Errorf("issuer is %d; want 1", n)
	}
	if w := parse(t, `{"Issuer":2,"\u0130ssuer":3}`); w.Get("issuer").Exists() {
		t.Error("a name that differs in case was taken for issuer")
	}
}

// The search for duplicates changes its method with the size of the object; the result is the same.
func TestDuplicatesInObjectsOfEverySize(t *testing.T) {
	for n := 1; n <= 70; n += 1 + n/20 {
		for at := range n {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, `"name%d":%d,`, i, i)
			}
			genuine := "{" + strings.TrimSuffix(b.String(), ",") + "}"
			if _, err := strict.Parse([]byte(genuine), strict.Limits{}); err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{fmt.Sprintf("name%d", at), fmt.Sprintf("\\u006eame%d", at)} {
				forged := fmt.Sprintf(`{%s"%s":0}`, b.String(), name)
				_, err := strict.Parse([]byte(forged), strict.Limits{})
				wantError(t, err, "json.duplicate", fmt.Sprintf("/name%d", at), b.Len()+1)
			}
		}
	}
}

func TestParseKeepsNothing(t *testing.T) {
	data := []byte(`{"a":"b"}`)
	v, err := strict.Parse(data, strict.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	clear(data)
	if v.Get("a").Text() != "b" || v.Source() != `{"a":"b"}` {
		t.Error("the value changed with the caller's bytes")
	}
}

func parse(t testing.TB, text string) strict.Value {
	t.Helper()
	v, err := strict.Parse([]byte(text), strict.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}
