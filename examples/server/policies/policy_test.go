package policies_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/badgeproof/badgeproof/examples/server/policies"
	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/verify"
)

const inline = `{"@context": {"course": "https://example.edu/terms#course"}}`

var dir = fstest.MapFS{"course.json": {Data: []byte(inline)}, "long.json": {Data: make([]byte, 1<<20+1)},
	"known.json":  {Data: []byte(`{"meta": {"updated": "2026-01-01"}, "registry": {"did:web:known.example": {"name": "Known"}, "https://known.example/1": {"name": "Known, too"}}}`)},
	"nobody.json": {Data: []byte(`{"registry": {}}`)}, "twice.json": {Data: []byte(`{"registry": {"did:web:a.example": {}, "did:web:a.example": {}}}`)},
	"entries.json": {Data: []byte(`{"registry": {"name": "did:web:a.example"}}`)}, "list.json": {Data: []byte(`["did:web:a.example"]`)}}

const everything = `{"name": "campus", "note": "for the campus", "issuers": ["did:web:example.edu"], "binding": "controller",
	"suites": ["eddsa-rdfc-2022"], "refuseLegacy": true, "experimental": true, "minProofs": 2, "methods": ["did:web:example.edu#1"],
	"skew": "2m", "status": "required", "schema": "advisory", "resources": "off", "holder": "required", "refresh": true,
	"inlineContexts": true, "strict": true, "endorsements": "advisory", "endorsers": "any", "credentials": "off",
	"innerIssuers": ["did:web:example.com"], "contexts": {"https://example.edu/course": "course.json"}}`

func TestParse(t *testing.T) {
	n, err := policies.Parse([]byte(everything), dir)
	if err != nil {
		t.Fatal(err)
	}
	p := n.Policy
	switch {
	case n.Name != "campus", n.Note != "for the campus", !p.Issuers.Has("did:web:example.edu"), p.Issuers.Has("did:web:other.edu"):
		t.Error("name, note or issuers", n)
	case p.Binding != verify.IssuerController, len(p.Suites) != 1, !p.RefuseLegacy, !p.Experimental, p.MinProofs != 2, len(p.Methods) != 1:
		t.Error("proofs", p)
	case p.Skew != 2*time.Minute, p.Status != verify.Required, p.Schema != verify.Advisory, p.Resources != verify.Off, p.Holder != verify.Required:
		t.Error("skew or levels", p)
	case !p.Refresh, !p.InlineContexts, !p.Strict, len(p.Profile) == 0:
		t.Error("switches or profile", p)
	}
	set, err := n.With(contexts.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Lookup("https://example.edu/course")) != 1 || len(contexts.Embedded().Lookup("https://example.edu/course")) != 0 {
		t.Error("the context is not there, or there for everybody")
	}
}

func TestRegistries(t *testing.T) {
	for file, known := range map[string][]string{
		`{"name": "a", "registries": ["known.json"]}`:                                     {"did:web:known.example", "https://known.example/1"},
		`{"name": "a", "issuers": ["did:web:own.example"], "registries": ["known.json"]}`: {"did:web:known.example", "did:web:own.example"},
	} {
		n, err := policies.Parse([]byte(file), dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range known {
			if !n.Policy.Issuers.Has(id) {
				t.Errorf("%s does not trust %s", file, id)
			}
		}
		for _, id := range []string{"", "did:web:known.example:1", "Known", "did:web:KNOWN.example"} {
			if n.Policy.Issuers.Has(id) {
				t.Errorf("%s trusts %q", file, id)
			}
		}
	}
}

func TestParseKeepsToWhatIsStrict(t *testing.T) {
	n, err := policies.Parse([]byte(`{"name": "open", "issuers": "any"}`), dir)
	if err != nil {
		t.Fatal(err)
	}
	p := n.Policy
	if p.Binding != 0 || p.Status != verify.IfPresent || p.Suites != nil || p.Skew != 0 || !p.Issuers.Has("did:web:anybody.example") {
		t.Errorf("what the file does not say is not the default: %+v", p)
	}
}

// TestParseRefuses has a file with one thing wrong in each case, and the word that the error has to tell it by.
func TestParseRefuses(t *testing.T) {
	for name, file := range map[string]string{
		"name":           `{"issuers": "any"}`,
		"issuers":        `{"name": "a"}`,
		"issuer":         `{"name": "a", "issuers": "any", "issuer": "did:web:example.edu"}`,
		"Strict":         `{"name": "a", "issuers": "any", "Strict": true}`,
		"json.duplicate": `{"name": "a", "issuers": "any", "issuers": ["did:web:example.edu"]}`,
		"json.syntax":    `{"name": "a", "issuers": "any"`,
		"object":         `[]`,
		"built in":       `{"name": "conformance", "issuers": "any"}`,
		"letters":        `{"name": "Campus / North", "issuers": "any"}`,
		"array":          `{"name": "a", "issuers": []}`,
		"element":        `{"name": "a", "issuers": [7]}`,
		"array of":       `{"name": "a", "issuers": "did:web:example.edu"}`,
		"binding":        `{"name": "a", "issuers": "any", "binding": "none"}`,
		"suites":         `{"name": "a", "issuers": "any", "suites": []}`,
		"minProofs":      `{"name": "a", "issuers": "any", "minProofs": 0}`,
		"skew":           `{"name": "a", "issuers": "any", "skew": "-1s"}`,
		"status":         `{"name": "a", "issuers": "any", "status": "Off"}`,
		"true or false":  `{"name": "a", "issuers": "any", "strict": "yes"}`,
		"note":           `{"name": "a", "issuers": "any", "note": 1}`,
		"contexts":       `{"name": "a", "issuers": "any", "contexts": ["course.json"]}`,
		"read":           `{"name": "a", "issuers": "any", "contexts": {"https://example.edu/c": "gone.json"}}`,
		"long.json":      `{"name": "a", "issuers": "any", "contexts": {"https://example.edu/c": "long.json"}}`,
		"mean nothing":   `{"name": "a", "issuers": "any", "registries": ["known.json"]}`,
		"registries":     `{"name": "a", "registries": []}`,
		"nobody.json":    `{"name": "a", "registries": ["known.json", "nobody.json"]}`,
		"twice.json":     `{"name": "a", "registries": ["twice.json"]}`,
		"entries.json":   `{"name": "a", "registries": ["entries.json"]}`,
		"list.json":      `{"name": "a", "registries": ["list.json"]}`,
		"absent.json":    `{"name": "a", "issuers": ["did:web:a.example"], "registries": ["absent.json"]}`,
		"../":            `{"name": "a", "issuers": "any", "contexts": {"https://example.edu/c": "../secret"}}`,
	} {
		if _, err := policies.Parse([]byte(file), dir); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v, which does not tell about %q", file, err, name)
		}
	}
}

func TestContextOfAnEmbeddedURL(t *testing.T) {
	n, err := policies.Parse([]byte(`{"name": "a", "issuers": "any", "contexts": {"https://www.w3.org/ns/credentials/v2": "course.json"}}`), dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := n.With(contexts.Embedded()); err == nil {
		t.Error("a policy replaced an embedded context")
	}
}

func TestOpen(t *testing.T) {
	if n := policies.Open(); n.Name != policies.Default || n.Note == "" || !n.Policy.Issuers.Has("did:web:anybody.example") {
		t.Error(n)
	}
	if n := policies.Open("did:web:a.example"); n.Note != "" || n.Policy.Issuers.Has("did:web:b.example") {
		t.Error(n)
	}
}
