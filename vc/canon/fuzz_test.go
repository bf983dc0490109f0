package canon

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// fuzzContext has a term for every feature, so that changes to documents reach all of the code.
const fuzzContext = `{"id":"@id","type":"@type","value":"@value","lang":"@language","none":"@none","graph":"@graph","nest":"@nest","rev":"@reverse","inc":"@included",
	"ex":"https://example.org/#","p":"ex:p","n":{"@id":"ex:n","@type":"@id"},"v":{"@id":"ex:v","@type":"@vocab"},"d":{"@id":"ex:d","@type":"ex:dt"},
	"x":{"@id":"ex:x","@type":"http://www.w3.org/2001/XMLSchema#double"},"j":{"@id":"ex:j","@type":"@json"},"l":{"@id":"ex:l","@container":"@list"},
	"s":{"@id":"ex:s","@container":"@set"},"i":{"@id":"ex:i","@container":"@index","@index":"p"},"m":{"@id":"ex:m","@container":"@id"},
	"t":{"@id":"ex:t","@container":"@type"},"g":{"@id":"ex:g","@container":"@graph"},"h":{"@id":"ex:h","@container":["@graph","@id"]},
	"c":{"@id":"ex:c","@container":"@language"},"r":{"@reverse":"ex:r"},"a":{"@id":"ex:a","@context":{"b":"ex:b","p":"ex:ap"}},
	"T":{"@id":"ex:T","@context":{"b":"ex:tb","p":"ex:tp","ident":"@id"}},"U":{"@id":"ex:U","@context":{"@propagate":true,"u":"ex:u"}},
	"e":{"@id":"ex:e","@language":"en"},"z":null}`

var fuzzSeeds = []string{
	`"id":"urn:x:1","type":["T","U"],"p":["a",1,true,{"p":"b"}],"b":"c"`,
	`"n":["urn:x:2",{"id":"_:a","v":"T"}],"d":"2020","x":1.5,"j":{"k":[null]}`,
	`"l":["a",["b"],{"n":"_:a"}],"s":{"@set":["a"]},"i":{"k":{"p":"a"},"none":{"p":"b"}}`,
	`"m":{"urn:x:3":{"p":"a"}},"t":{"T":{"b":"a"}},"g":{"p":"a"},"h":{"urn:x:4":{"p":"a"}}`,
	`"c":{"en":"a","none":"b"},"r":{"id":"urn:x:5"},"a":{"b":"x","p":"y"},"e":"z"`,
	`"nest":{"p":"a","nest":[{"e":"b"}]},"rev":{"p":{"p":"a"}},"inc":{"p":"a"},"graph":[{"p":"a"}]`,
	`"p":[{"value":"a","lang":"en"},{"value":"b","type":"ex:dt"},{"@list":["a"]}],"n":{"@context":{"y":"urn:y:y"},"y":"a"}`,
}

// FuzzCanonicalize checks of every document that it is done with in time, that an error says where
// in the document, that what is accepted has a canonical form which reads as N-Quads and is its own
// canonical form, and that no string of the document is missing from that form.
func FuzzCanonicalize(f *testing.F) {
	p := New(pinned(f, fuzzContext), Limits{})
	options := Options{InlineContexts: true}
	for _, seed := range fuzzSeeds {
		if _, err := p.Canonicalize(Input{Value: parse(f, `{"@context":"`+contextURL+`",`+seed+`}`)}, options); err != nil {
			f.Fatalf("the seed %s is refused: %v", seed, err)
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, members string) {
		v, err := strict.Parse([]byte(`{"@context":"`+contextURL+`",`+members+`}`), strict.Limits{Depth: 100})
		if err != nil {
			return
		}
		start := time.Now()
		c, err := p.Canonicalize(Input{Value: v}, options)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%v for %d bytes", took, len(members))
		}
		if err != nil {
			var e *strict.Error
			if !errors.As(err, &e) || !v.Lookup(e.Pointer).Exists() {
				t.Errorf("the error does not say where: %v", err)
			}
			return
		}
		again, err := Normalize(c.NQuads(), 0, Limits{})
		if err != nil || string(again.NQuads()) != string(c.NQuads()) {
			t.Errorf("not canonical: %v\n%s", err, c.NQuads())
		}
		checkCovered(t, v, string(c.NQuads()))
	})
}

// checkCovered checks that each string which is a value of p stands in the canonical form.
func checkCovered(t *testing.T, v strict.Value, nquads string) {
	t.Helper()
	for name, m := range v.Members() {
		for e := range m.Each() {
			if e.Kind() == strict.Object && !strings.Contains(" j value @value @context ", " "+name+" ") {
				checkCovered(t, e, nquads)
			}
			if name == "p" && e.Kind() == strict.String && !strings.Contains(nquads, string(appendQuoted(nil, e.Text()))) {
				t.Errorf("%q is not covered by\n%s", e.Text(), nquads)
			}
		}
	}
}
