package strict_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// all calls visit with every string over the alphabet of at most n letters.
func all(alphabet []string, n int, visit func(string)) {
	var grow func(prefix string, left int)
	grow = func(prefix string, left int) {
		visit(prefix)
		if left == 0 {
			return
		}
		for _, letter := range alphabet {
			grow(prefix+letter, left-1)
		}
	}
	grow("", n)
}

// Every short text over the letters of each part of the grammar: accepted if and only if
// encoding/json accepts it, but for what this package refuses on purpose.
func TestGrammarExhaustively(t *testing.T) {
	for name, c := range map[string]struct {
		alphabet []string
		length   int
		least    int // texts that are JSON
	}{
		"structure": {[]string{"{", "}", "[", "]", ",", ":", `"a"`, "1", " "}, 5, 100},
		"numbers":   {[]string{"-", "+", ".", "e", "E", "0", "1", "9"}, 5, 1_000},
		"strings":   {[]string{`"`, `\`, "n", "x", "u0041", "\x1f", "é"}, 5, 100},
		"literals":  {[]string{"true", "false", "null", "t", " ", "[", "]", ","}, 5, 100},
		"escapes":   {[]string{`"`, `\ud83d`, `\ude00`, `\u0041`, `\u00`, "a"}, 5, 20},
	} {
		t.Run(name, func(t *testing.T) {
			accepted := 0
			all(c.alphabet, c.length, func(text string) {
				_, err := strict.Parse([]byte(text), strict.Limits{})
				valid := json.Valid([]byte(text))
				switch {
				case err == nil && !valid:
					t.Errorf("%q is accepted", text)
				case err == nil:
					accepted++
				case valid && code(err) != "json.duplicate" && code(err) != "json.utf8":
					t.Errorf("%q is refused: %v", text, err)
				}
			})
			if accepted < c.least {
				t.Errorf("%d texts were accepted; want at least %d", accepted, c.least)
			}
		})
	}
}

// Strings are scanned in words: each byte that means something is found at every position, and
// nothing else is taken for it.
func TestStringsOfEveryLength(t *testing.T) {
	for before := range 18 {
		for after := range 10 {
			head, tail := strings.Repeat("h", before), strings.Repeat("t", after)
			for b := range 0x80 {
				text := `"` + head + string(rune(b)) + tail + `"`
				v, err := strict.Parse([]byte(text), strict.Limits{})
				switch {
				case b < 0x20:
					if code(err) != "json.syntax" || offset(err) != before+1 {
						t.Fatalf("%q: %v", text, err)
					}
				case b == '"':
					if after > 0 && (code(err) != "json.syntax" || offset(err) != before+2) {
						t.Fatalf("%q: %v", text, err)
					}
				case b == '\\':
					if code(err) != "json.syntax" && !(after > 0 && v.Text() == head+"\t"+tail[1:]) {
						t.Fatalf("%q: %v", text, err)
					}
				case err != nil || v.Text() != head+string(rune(b))+tail:
					t.Fatalf("%q: %q, %v", text, v.Text(), err)
				}
			}
			for _, r := range []rune{0x80, 0xa0, 0xa2, 0xdc, 0x7ff, 0x800, 0x2028, 0xfffd, 0xffff, 0x10000, utf8.MaxRune} {
				text := head + string(r) + tail
				if v, err := strict.Parse([]byte(`"`+text+`"`), strict.Limits{}); err != nil || v.Text() != text {
					t.Fatalf("%q: %q, %v", text, v.Text(), err)
				}
			}
		}
	}
}

func offset(err error) int {
	if e, ok := err.(*strict.Error); ok {
		return e.Offset
	}
	return -1
}

// An escape at every position, and every escape there is.
func TestEscapes(t *testing.T) {
	for n := range 20 {
		pad := strings.Repeat("é", n) + strings.Repeat("p", n)
		for escaped, want := range map[string]string{
			`\"`: "\"", `\\`: "\\", `\/`: "/", `\b`: "\b", `\f`: "\f", `\n`: "\n", `\r`: "\r", `\t`: "\t",
			`\u0000`: "\x00", `\u001f`: "\x1f", `\u00e9`: "é", `\u00E9`: "é", `\uFFFF`: "\uffff", `\ufffd`: "\ufffd",
			`\ud800\udc00`: "\U00010000", `\udbff\udfff`: "\U0010ffff", `\ud83d\ude00\ud83d\ude00`: "😀😀",
		} {
			text := fmt.Sprintf(`{"%[1]s%[2]s%[1]s":"%[1]s%[2]s%[2]s%[1]s"}`, pad, escaped)
			v := parse(t, text)
			if got := v.Get(pad + want + pad); got.Text() != pad+want+want+pad {
				t.Fatalf("%s: %q", text, got.Text())
			}
			if v.Get(pad + escaped + pad).Exists() {
				t.Fatalf("%s: the name was not decoded", text)
			}
		}
	}
}

// White space of every length is skipped, wherever it is allowed.
func TestWhiteSpaceOfEveryLength(t *testing.T) {
	for n := range 40 {
		for _, s := range []string{" ", "\n", "\t", "\r", " \n", "\n  ", "\r\n\t "} {
			w := strings.Repeat(s, n)
			text := w + "{" + w + `"a"` + w + ":" + w + "[" + w + "1" + w + "," + w + "true" + w + "]" + w + "," + w + `"b"` + w + ":" + w + "{" + w + "}" + w + "}" + w
			v := parse(t, text)
			if v.Get("a").Len() != 2 || v.Get("b").Kind() != strict.Object || v.Lookup("/a/1").Raw() != "true" {
				t.Fatalf("%q is misread", text)
			}
			_, err := strict.Parse([]byte(text+"\v"), strict.Limits{})
			wantError(t, err, "json.syntax", "", len(text))
		}
	}
}

// Cutting a text anywhere makes it no JSON; the error is where the text ends.
func TestTruncation(t *testing.T) {
	text := `{"a":[1,"two",{"b":null}],"c":{"d\u00e9":false},"e":-1.5e3}`
	for i := range text {
		_, err := strict.Parse([]byte(text[:i]), strict.Limits{})
		if code(err) != "json.syntax" {
			t.Errorf("%q: %v", text[:i], err)
		}
		if o := offset(err); o > i || o < i-6 {
			t.Errorf("%q: offset %d", text[:i], o)
		}
	}
	if _, err := strict.Parse([]byte(text), strict.Limits{}); err != nil {
		t.Error(err)
	}
}

// Any one byte replaced by one that no JSON text has is refused.
func TestCorruption(t *testing.T) {
	text := `{"a":[1,"two",{"b":null}],"c":{"d\u00e9":false},"e":-1.5e3}`
	for i := range text {
		for _, b := range []byte{0x00, 0x1f, 0x7f, 0x80, 0xff} {
			data := []byte(text)
			data[i] = b
			v, err := strict.Parse(data, strict.Limits{})
			if err == nil && (b != 0x7f || v.Raw() == text) {
				t.Errorf("%q is accepted", data)
			}
		}
	}
}
