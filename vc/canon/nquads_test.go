package canon

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// rewritten parses N-Quads and returns their canonical form.
func rewritten(t testing.TB, nquads string) string {
	t.Helper()
	d, err := parseNQuads([]byte(nquads), Limits{})
	if err != nil {
		t.Fatalf("%s: %v", nquads, err)
	}
	r, err := canonicalize(d, 0, Limits{})
	if err != nil {
		t.Fatalf("%s: %v", nquads, err)
	}
	return string(r.nquads)
}

func TestNQuadsAreReadAndWritten(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"white space and comments", " \t\r\n# comment\n\n  # another", ""},
		{"no space at all", `<u:s><u:p><u:o><u:g>.`, "<u:s> <u:p> <u:o> <u:g> .\n"},
		{"much space", "\t<u:s> \t <u:p>\t\"o\"  .  # comment\r\n\r\n", "<u:s> <u:p> \"o\" .\n"},
		{"a literal before a graph", `<u:s><u:p>"o"@en<u:g>.`, "<u:s> <u:p> \"o\"@en <u:g> .\n"},
		{"the type of strings", `<u:s> <u:p> "o"^^<http://www.w3.org/2001/XMLSchema#string> .`, "<u:s> <u:p> \"o\" .\n"},
		{"another type", `<u:s> <u:p> "o"^^<u:t> .`, "<u:s> <u:p> \"o\"^^<u:t> .\n"},
		{"a language tag as written", `<u:s> <u:p> "o"@EN-gb-oxendict .`, "<u:s> <u:p> \"o\"@EN-gb-oxendict .\n"},
		{"equal quads, written differently", "<u:s> <u:p> \"\\u0041\" .\n<u:s> <u:p> \"A\"^^<http://www.w3.org/2001/XMLSchema#string> .\n<u:\\u0073> <u:p> \"A\" .", "<u:s> <u:p> \"A\" .\n"},
		{"every escape", `<u:s> <u:p> "\t\b\n\r\f\"\'\\\u0000\u000b\u001F\u007f\u0080\uFFFD\uFFFE\uFFFF\uEFFF\U0001F600" .`,
			"<u:s> <u:p> \"\\t\\b\\n\\r\\f\\\"'\\\\\\u0000\\u000B\\u001F\\u007F\u0080\uFFFD\\uFFFE\\uFFFF\uEFFF😀\" .\n"},
		{"an escape in an IRI", `<u:\u00e9\U000000E9> <u:p> <u:o> .`, "<u:éé> <u:p> <u:o> .\n"},
		{"labels", "_:1a.b-c <u:p> _:é.\n_:1a.b-c <u:q> _:é .", "_:c14n1 <u:p> _:c14n0 .\n_:c14n1 <u:q> _:c14n0 .\n"},
		{"a period after a label", "_:a.b<u:p>_:a.b.\n", "_:c14n0 <u:p> _:c14n0 .\n"},
		{"a graph label", "<u:s> <u:p> <u:o> _:g .", "<u:s> <u:p> <u:o> _:c14n0 .\n"},
		{"order of objects and graphs", "<u:s> <u:p> _:b <u:g> .\n<u:s> <u:p> <u:o> <u:g> .\n<u:s> <u:p> <u:o> .\n<u:s> <u:p> \"a\"@en .\n<u:s> <u:p> \"a\"^^<u:t> .\n<u:s> <u:p> \"a\" .\n<u:s> <u:p> \"ab\" .",
			"<u:s> <u:p> \"a\" .\n<u:s> <u:p> \"a\"@en .\n<u:s> <u:p> \"a\"^^<u:t> .\n<u:s> <u:p> \"ab\" .\n<u:s> <u:p> <u:o> .\n<u:s> <u:p> <u:o> <u:g> .\n<u:s> <u:p> _:c14n0 <u:g> .\n"},
	} {
		if got := rewritten(t, c.in); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.name, got, c.want)
		}
	}
}

func TestNQuadsRefused(t *testing.T) {
	for _, c := range []struct{ in, code string }{
		{`<u:s>`, codeValue},
		{`<u:s> <u:p>`, codeValue},
		{`<u:s> <u:p> <u:o>`, codeValue},
		{`<u:s> <u:p> <u:o> <u:g>`, codeValue},
		{`<u:s> <u:p> <u:o> <u:g> <u:x> .`, codeValue},
		{`<u:s> <u:p> <u:o> . <u:s> <u:p> <u:o> .`, codeValue},
		{`<u:s> <u:p> <u:o> ..`, codeValue},
		{`"s" <u:p> <u:o> .`, codeValue},
		{`<u:s> "p" <u:o> .`, codeValue},
		{`<u:s> _:p <u:o> .`, codeValue},
		{`<u:s> <u:p> <u:o> "g" .`, codeValue},
		{`<u:s> <u:p> o .`, codeValue},
		{`<u:s> <u:p> 'o' .`, codeValue},
		{`<u:s> <u:p> 5 .`, codeValue},
		{"<u:s> <u:p>\n<u:o> .", codeValue},
		{"<u:s> <u:p> \"a\nb\" .", codeValue},
		{"<u:s> <u:p> <u:a\nb> .", codeValue},
		{`<u:s> <u:p> "open .`, codeValue},
		{`<u:s> <u:p> <open .`, codeValue},
		{`<u:s> <u:p> "\x" .`, codeValue},
		{`<u:s> <u:p> "\` + "\x00" + `" .`, codeValue},
		{`<u:s> <u:p> "\u12" .`, codeValue},
		{`<u:s> <u:p> "\u12`, codeValue},
		{`<u:s> <u:p> "\u+123" .`, codeValue},
		{`<u:s> <u:p> "\uD800" .`, codeValue},
		{`<u:s> <u:p> "\U00110000" .`, codeValue},
		{`<u:s> <u:p> "\UFFFFFFFF" .`, codeValue},
		{`<u:\n> <u:p> "o" .`, codeValue},
		{`<u:s> <u:p> "o"@ .`, codeValue},
		{`<u:s> <u:p> "o"@e1 .`, codeValue},
		{`<u:s> <u:p> "o"@-en .`, codeValue},
		{`<u:s> <u:p> "o"@en- .`, codeValue},
		{`<u:s> <u:p> "o"@abcdefghi .`, codeValue},
		{`<u:s> <u:p> "o" @en .`, codeValue},
		{`<u:s> <u:p> "o"^<u:t> .`, codeValue},
		{`<u:s> <u:p> "o"^^_:t .`, codeValue},
		{`<u:s> <u:p> "o"^^ <u:t> .`, codeValue},
		{`<u:s> <u:p> "o"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> .`, codeValue},
		{`_: <u:p> "o" .`, codeValue},
		{`_ <u:p> "o" .`, codeValue},
		{`_:-a <u:p> "o" .`, codeValue},
		{`_:a:b <u:p> "o" .`, codeValue},
		{"\ufeff<u:s> <u:p> <u:o> .", codeValue},
		{"<u:s> <u:p> \"\xff\" .", codeValue},
		{"<u:s> <u:p> \"\xed\xa0\x80\" .", codeValue},
		{`<s> <u:p> <u:o> .`, codeIRI},
		{`<> <u:p> <u:o> .`, codeIRI},
		{`<u:s> <p> <u:o> .`, codeIRI},
		{`<u:s> <u:p> </o> .`, codeIRI},
		{`<u:s> <u:p> <u:o> <g> .`, codeIRI},
		{`<u:s> <u:p> "o"^^<t> .`, codeIRI},
		{`<u:s> <u:p> <u:a b> .`, codeIRI},
		{`<u:s> <u:p> <u:a\u0020b> .`, codeIRI},
		{`<u:s> <u:p> <u:a\u003Eb> .`, codeIRI},
		{`<u:s> <u:p> <u:a"b> .`, codeIRI},
		{`<u:s> <u:p> <u:a<b> .`, codeIRI},
		{`<u:s> <u:p> <u:{a}> .`, codeIRI},
		{`<u:s> <u:p> <u:a%2> .`, codeIRI},
		{`<u:s> <u:p> <1:a> .`, codeIRI},
	} {
		_, err := parseNQuads([]byte(c.in), Limits{})
		var refused *strict.Error
		if !errors.As(err, &refused) || refused.Code != c.code || refused.Offset < 0 || refused.Offset > len(c.in) {
			t.Errorf("%q: %v, want the code %s", c.in, err, c.code)
		}
	}
}

func TestNQuadsLimits(t *testing.T) {
	text := strings.Repeat("<u:s> <u:p> <u:o> .\n", 10)
	for _, l := range []Limits{{Quads: 9}, {Text: len(text) - 1}} {
		_, err := parseNQuads([]byte(text), l)
		var limit *strict.Error
		if !errors.As(err, &limit) || limit.Code != codeBudget {
			t.Errorf("%+v: %v, want the code %s", l, err, codeBudget)
		}
	}
	if d, err := parseNQuads([]byte(text), Limits{Quads: 10, Text: len(text)}); err != nil || len(d.quads) != 10 {
		t.Errorf("within the limits: %v", err)
	}
}

// FuzzNQuads checks that what is read can be written and read again as the same dataset, and that
// the canonical form is its own canonical form.
func FuzzNQuads(f *testing.F) {
	f.Add([]byte("<u:s> <u:p> \"o\\n\\u0001\"@en <u:g> .\n_:a <u:p> _:b _:g .\n"))
	f.Add([]byte("_:a <u:p> _:b .\n_:b <u:p> _:a .\n# end"))
	f.Add([]byte("_:a <u:p> _:b .\n_:b <u:p> _:c .\n_:c <u:p> _:a .\n_:a <u:q> \"x\"^^<u:t> .\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		limits := Limits{Steps: 500, Quads: 1000, Text: 1 << 20}
		d, err := parseNQuads(text, limits)
		if err != nil {
			var refused *strict.Error
			if !errors.As(err, &refused) {
				t.Fatalf("the error has no code: %v", err)
			}
			return
		}
		first, err := canonicalize(d, 0, limits)
		if err != nil {
			return
		}
		again, err := parseNQuads(first.nquads, Limits{})
		if err != nil {
			t.Fatalf("the canonical form cannot be read: %v\n%s", err, first.nquads)
		}
		if len(again.quads) > len(d.quads) || len(first.labels) > len(d.terms) {
			t.Fatalf("%d quads became %d", len(d.quads), len(again.quads))
		}
		second, err := canonicalize(again, 0, Limits{Steps: 10_000})
		if err != nil || string(second.nquads) != string(first.nquads) {
			t.Fatalf("%v: the canonical form of\n%sis\n%s", err, first.nquads, second.nquads)
		}
	})
}

// nquadsOf writes a dataset as it is, its blank nodes under the labels given.
func nquadsOf(d *dataset, label func(i termID) string) string {
	var b strings.Builder
	write := func(t termID) string {
		if t == noGraph {
			return ""
		}
		if d.terms[t].blank {
			return label(t) + " "
		}
		return d.terms[t].text + " "
	}
	for _, q := range d.quads {
		fmt.Fprintf(&b, "%s%s%s%s.\n", write(q.s), write(q.p), write(q.o), write(q.g))
	}
	return b.String()
}
