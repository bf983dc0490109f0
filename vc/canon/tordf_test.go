package canon

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/badgeproof/badgeproof/vc/contexts"
)

const contextURL = "https://context.example/"

// tableCase is an entry of testdata/jsonld-accepted.json or jsonld-refused.json: a document under
// a pinned context, and the canonical N-Quads that jsonld.js in safe mode makes of it, or the error.
type tableCase struct {
	Name     string          `json:"name"`
	Context  json.RawMessage `json:"context"`
	Document json.RawMessage `json:"document"`
	NQuads   []string        `json:"nquads"`
	Code     string          `json:"code"`
	Pointer  string          `json:"pointer"`
}

// readTable reads a table, and fails where it holds fewer cases than it should or unknown members.
func readTable(t testing.TB, file string, atLeast int) []tableCase {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []tableCase
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) < atLeast {
		t.Fatalf("%s holds %d cases, want %d", file, len(cases), atLeast)
	}
	return cases
}

// pinned returns the embedded contexts and one more at contextURL.
func pinned(t testing.TB, context string) *contexts.Set {
	t.Helper()
	set, err := contexts.Embedded().With(contextURL, []byte(`{"@context":`+context+`}`))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// run canonicalizes the document of a case.
func (c *tableCase) run(t testing.TB) (*Canonical, error) {
	t.Helper()
	document := strings.TrimSpace(string(c.Document))
	members := strings.TrimSpace(document[1 : len(document)-1])
	if members != "" {
		members = "," + members
	}
	p := New(pinned(t, string(c.Context)), Limits{})
	return p.Canonicalize(Input{Value: parse(t, `{"@context":"`+contextURL+`"`+members+`}`)}, Options{})
}

// TestAccepted goes through the features of JSON-LD. The canonical forms were made by jsonld.js.
func TestAccepted(t *testing.T) {
	for _, test := range readTable(t, "jsonld-accepted.json", 147) {
		t.Run(test.Name, func(t *testing.T) {
			c, err := test.run(t)
			if err != nil {
				t.Fatal(err)
			}
			want := strings.Join(test.NQuads, "\n") + "\n"
			if diff := cmp.Diff(want, string(c.NQuads())); diff != "" {
				t.Errorf("canonical form (-want +got):\n%s", diff)
			}
		})
	}
}

// TestRefused goes through what is wrong with documents and contexts.
func TestRefused(t *testing.T) {
	for _, test := range readTable(t, "jsonld-refused.json", 260) {
		t.Run(test.Name, func(t *testing.T) {
			_, err := test.run(t)
			wantError(t, err, test.Code, test.Pointer)
		})
	}
}

// TestSpellingsOfIdentifiers has one node under two spellings of its identifier, which only a processor of
// JSON-LD takes for one. Names of types and properties are no identifiers.
func TestSpellingsOfIdentifiers(t *testing.T) {
	const context = `{"ex":"https://example.org/","also":"https://example.org/","to":{"@id":"https://example.org/to","@type":"@id"},
		"in":{"@id":"https://example.org/in","@container":"@id"},"n":"https://example.org/n","A":"https://example.org/a"}`
	p := New(pinned(t, context), Limits{})
	for _, test := range []struct{ document, pointer string }{
		{`"@id":"https://example.org/a","n":1,"to":"https://example.org/a"`, ""},
		{`"@id":"ex:a","n":1,"to":{"@id":"ex:a","n":2}`, ""},
		{`"@id":"ex:a","@type":["https://example.org/a","A"],"https://example.org/a":1,"to":"ex:b"`, ""},
		{`"@id":"https://example.org/n","@type":"ex:n","n":1`, ""},
		{`"@id":"https://example.org/a","n":1,"to":{"@id":"ex:a","n":2}`, "/to/@id"},
		{`"@id":"ex:a","n":1,"to":{"@id":"https://example.org/a","n":2}`, "/to/@id"},
		{`"@id":"ex:a","n":1,"to":["https://example.org/b","also:a"]`, "/to/1"},
		{`"@id":"https://example.org/a","n":1,"in":{"ex:a":{"n":2}}`, "/in/ex:a"},
	} {
		c, err := p.Canonicalize(Input{Value: parse(t, `{"@context":"`+contextURL+`",`+test.document+`}`)}, Options{})
		if test.pointer != "" {
			wantError(t, err, "jsonld.invalid_iri", test.pointer)
		} else if err != nil || len(c.NQuads()) == 0 {
			t.Errorf("%s: %v", test.document, err)
		}
	}
}
