package verify

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/badgeproof/badgeproof/vc/strict"
)

func parsed(t testing.TB, text string) strict.Value {
	t.Helper()
	v, err := strict.Parse([]byte(text), strict.Limits{})
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return v
}

func TestRewrite(t *testing.T) {
	const text = ` {"a": [1, {"b":"x\u0041"}, [ ]], "c\n": null , "d":{}} `
	v := parsed(t, text)
	for pointer, want := range map[string]string{
		"/a":     `{"c\n":null,"d":{}}`,
		"/c\n":   `{"a":[1, {"b":"x\u0041"}, [ ]],"d":{}}`,
		"/d":     `{"a":[1, {"b":"x\u0041"}, [ ]],"c\n":null}`,
		"/a/0":   `{"a": [{"b":"x\u0041"},[ ]], "c\n": null , "d":{}}`,
		"/a/1":   `{"a": [1,[ ]], "c\n": null , "d":{}}`,
		"/a/1/b": `{"a": [1, {}, [ ]], "c\n": null , "d":{}}`,
		"/a/2":   `{"a": [1,{"b":"x\u0041"}], "c\n": null , "d":{}}`,
	} {
		container := v.Lookup(pointer[:strings.LastIndexByte(pointer, '/')])
		got := rewrite(v, []patch{without(container, v.Lookup(pointer))})
		if got != want {
			t.Errorf("without %s: %s, want %s", pointer, got, want)
		}
		parsed(t, got)
	}
	both := []patch{{v.Lookup("/d"), "2"}, {v.Lookup("/a/0"), `"1"`}}
	if got, want := rewrite(v, both), `{"a": ["1", {"b":"x\u0041"}, [ ]], "c\n": null , "d":2}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for text, want := range map[string]string{`{}`: `{"x":1}`, `{"x":{}}`: `{"x":1}`, ` { "y":2}`: `{"x":1, "y":2}`, `{"é":"\\"}`: `{"x":1,"é":"\\"}`} {
		v := parsed(t, text)
		if got := rewrite(v, []patch{with(v, "x", "1")}); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	inner := v.Lookup("/a")
	if got := rewrite(inner, []patch{{inner.Index(0), "7"}}); got != `[7, {"b":"x\u0041"}, [ ]]` {
		t.Errorf("a value inside: %s", got)
	}
}

// TestReread undoes what other software makes of UTF-8, and leaves alone what is no such thing.
func TestReread(t *testing.T) {
	for _, text := range []string{"Zürich", "naïve", "“5 – 6” €", "統計学", "😀", "Ünï", "a\u00a0b"} {
		for _, c := range []*charmap.Charmap{charmap.ISO8859_1, charmap.Windows1252} {
			var misreadText []rune
			for _, b := range []byte(text) {
				r := c.DecodeByte(b)
				if r == utf8.RuneError {
					r = rune(b)
				}
				misreadText = append(misreadText, r)
			}
			if got := reread(string(misreadText)); got != text || !misread(string(misreadText)) {
				t.Errorf("%q is %q, want %q", string(misreadText), got, text)
			}
			if got := misreadAs(text, c == charmap.Windows1252); got != string(misreadText) {
				t.Errorf("%q is read as %q, want %q", text, got, string(misreadText))
			}
		}
		if got := reread(text); got != text || misread(text) {
			t.Errorf("%q is %q", text, got)
		}
	}
	if !misread("\ufffd") || reread("\ufffd") != "\ufffd" {
		t.Error("a replacement character can be seen, and not undone")
	}
}

// FuzzReread holds that text is undone once it was misread, whatever it is.
func FuzzReread(f *testing.F) {
	for _, seed := range []string{"Zürich", "", "a", "\u0080", "ÿþ", "Ã¼", "😀😀"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		for _, windows := range []bool{false, true} {
			if got := reread(misreadAs(s, windows)); got != s {
				t.Errorf("%q, windows %v: %q", s, windows, got)
			}
		}
		if !utf8.ValidString(reread(s)) {
			t.Errorf("%q", reread(s))
		}
	})
}

// FuzzRewrite holds that a text less any of its values is JSON again, with everything else in it.
func FuzzRewrite(f *testing.F) {
	for _, seed := range []string{`{"a":[1,{"b":"é"}],"c":{}}`, `[[],[[]],{"":""}]`, ` [ 1 , 2 ] `, `{"proof":[{}],"@context":[]}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := strict.Parse([]byte(text), strict.Limits{Bytes: 1 << 12})
		if err != nil {
			t.Skip()
		}
		for _, child := range removable(v, v, 10) {
			less := parsed(t, rewrite(v, []patch{without(v, child)}))
			if less.Len() != v.Len()-1 {
				t.Errorf("%s less %s is %s", text, child.Raw(), less.Raw())
			}
		}
		if v.Kind() == strict.Object {
			if more := parsed(t, rewrite(v, []patch{with(v, "x", `"y"`)})); more.Get("x").Text() != "y" {
				t.Errorf("%s", more.Raw())
			}
		}
	})
}

func TestDateForms(t *testing.T) {
	for _, text := range []string{"", "2026-01-01", "2026-01-01T00:00:00", "2026-01-01T00:00:00+1:00", "2026-01-01t00:00:00z", "x2026-01-01T00:00:00Z"} {
		for _, f := range dateForms {
			if got := f.reformat(text); got != text {
				t.Errorf("%q is %q %s", text, got, f.says)
			}
		}
	}
	for text, want := range map[string][]string{
		"2026-01-01T00:00:00Z":              {"", "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00+00:00", "", "", "", "2026-01-01T00:00:00.000+00:00", "2026-01-01T00:00:00.000000Z", "2026-01-01T00:00:00.000000+00:00"},
		"2026-01-01T00:00:00.1234567-00:30": {"2026-01-01T00:00:00-00:30", "2026-01-01T00:00:00.123-00:30", "", "", "2026-01-01T00:30:00.1234567Z", "", "", "2026-01-01T00:00:00.123456-00:30", ""},
		"2026-13-01T00:00:00+01:00":         {"", "2026-13-01T00:00:00.000+01:00", "", "", "", "", "", "2026-13-01T00:00:00.000000+01:00", ""},
	} {
		for i, f := range dateForms {
			if want[i] == "" {
				want[i] = text
			}
			if got := f.reformat(text); got != want[i] {
				t.Errorf("%q %s is %q, want %q", text, f.says, got, want[i])
			}
		}
	}
}

func TestNumbersAndTypes(t *testing.T) {
	for text, want := range map[string]bool{
		"1": true, "-1.5e+3": true, "0": true, "": false, "01": false, "1 ": false, "+1": false, "1.": false, "NaN": false, "true": false, `"1"`: false,
		strings.Repeat("1", 65): false,
	} {
		if isNumber(text) != want {
			t.Errorf("%q is a number: %v", text, !want)
		}
	}
	for pointer, want := range map[string]bool{
		"/type": true, "/type/0": true, "/a/type/12": true, "/@type": true, "/types": false, "/type/x": false, "/0": false, "": false, "/type/0/x": false,
	} {
		if isType(pointer) != want {
			t.Errorf("%q is a type: %v", pointer, !want)
		}
	}
}

// TestAfford: each bound is one that no search of a verification goes beyond, however often it asks.
func TestAfford(t *testing.T) {
	for name, c := range map[string]struct {
		limits Limits
		bytes  int
		want   int
	}{
		"attempts": {Limits{Causes: 7, CauseTime: time.Hour}, 1, 7},
		"bytes":    {Limits{CauseBytes: 100, CauseTime: time.Hour}, 30, 3},
		"time":     {Limits{CauseTime: 1}, 1, 0},
		"no limit": {Limits{CauseTime: time.Hour}, 0, defaultCauses},
		"length":   {Limits{CauseTime: time.Hour}, defaultCauseBytes + 1, 0},
	} {
		r := &run{v: &Verifier{limits: c.limits.orDefault()}, trace: &trace{}}
		got := 0
		for range 20 {
			s := &search{run: r, until: time.Now().Add(r.v.limits.CauseTime - 1)}
			for range 20 {
				if s.afford(t.Context(), c.bytes) {
					got++
				}
			}
		}
		if got != c.want {
			t.Errorf("%s: %d attempts, want %d", name, got, c.want)
		}
	}
}

func TestShown(t *testing.T) {
	long := "/" + strings.Repeat("é", 200)
	for pointer, want := range map[string]string{
		"/credentialSubject/achievement/tag/2": "/credentialSubject/achievement/tag/2",
		"/https:~1~1schema.org~1name":          "/https:~1~1schema.org~1name",
		"/x. The badge is valid":               `"/x. The badge is valid"`,
		"/x\u001b[2J":                          `"/x\x1b[2J"`,
		long:                                   `"` + "/" + strings.Repeat("é", 99) + `…"`,
	} {
		if got := shown(pointer); got != want {
			t.Errorf("%q is shown as %s, want %s", pointer, got, want)
		}
	}
}
