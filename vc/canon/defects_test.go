package canon

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/piprate/json-gold/ld"

	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// inContext returns a document that names one generated context with these members, and its set.
// The document's own members are given without braces.
func inContext(t *testing.T, members, document string) (*contexts.Set, string) {
	t.Helper()
	set, err := contexts.Embedded().With(generatedURL+"0", []byte(`{"@context": {`+members+`}}`))
	if err != nil {
		t.Fatal(err)
	}
	return set, `{"@context": "` + generatedURL + `0", ` + document + `}`
}

// canonicalOf returns the canonical N-Quads of a document by this package.
func canonicalOf(t *testing.T, set *contexts.Set, document string) (string, error) {
	t.Helper()
	c, err := New(set, Limits{}).Canonicalize(Input{Value: parse(t, document)}, Options{})
	if err != nil {
		return "", err
	}
	return string(c.NQuads()), nil
}

const (
	termA = `"a": "https://e.example/a"`
	jsonA = `"a": {"@id": "https://e.example/a", "@type": "@json"}`
)

// TestOracleDefects has the named defects of the oracle that make its N-Quads other ones: for each a
// document that both accept, the right canonical form, and a line that only the oracle has.
func TestOracleDefects(t *testing.T) {
	for _, c := range []struct{ name, context, document, want, oracleHas string }{
		{"control characters", termA, `"@id": "u:x", "a": "\u0001\b\f\u007f"`,
			`<u:x> <https://e.example/a> "\u0001\b\f\u007F" .` + "\n",
			"<u:x> <https://e.example/a> \"\x01\b\f\x7f\" .\n"},
		{"repeated quad", `"a": {"@id": "https://e.example/a", "@type": "@id"}`, `"@id": "_:x", "a": ["_:x", "_:y"]`,
			"_:c14n1 <https://e.example/a> _:c14n0 .\n_:c14n1 <https://e.example/a> _:c14n1 .\n",
			"_:c14n0 <https://e.example/a> _:c14n0 .\n"},
		{"repeated line", termA, `"@id": "u:x", "a": ["y", {"@value": "y", "@type": "http://www.w3.org/2001/XMLSchema#string"}]`,
			"<u:x> <https://e.example/a> \"y\" .\n",
			"<u:x> <https://e.example/a> \"y\" .\n<u:x> <https://e.example/a> \"y\" .\n"},
		{"JSON literals", jsonA, `"@id": "u:x", "a": ["y"]`,
			`<u:x> <https://e.example/a> "[\"y\"]"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON> .` + "\n",
			`"JSON Canonicalization error`},
		{"two members of @type", `"type": "@type", "T": "https://e.example/T", "U": "https://e.example/U"`, `"@id": "u:x", "@type": ["T"], "type": ["U"]`,
			"<u:x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://e.example/T> .\n<u:x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://e.example/U> .\n",
			"x"},
		{"two members of @type", `"n": "@nest", "T": "https://e.example/T", "U": "https://e.example/U"`, `"@id": "u:x", "@type": ["T"], "n": {"@type": ["U"]}`,
			"<u:x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://e.example/T> .\n<u:x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://e.example/U> .\n",
			"x"},
		{"graph container with a scoped context", `"a": {"@id": "https://e.example/a", "@container": "@graph", "@context": null}`,
			`"@id": "u:x", "a": {"@id": "u:y", "https://e.example/b": "z"}`,
			"<u:x> <https://e.example/a> _:c14n0 .\n<u:y> <https://e.example/b> \"z\" _:c14n0 .\n",
			"<u:y> <https://e.example/b> \"z\" .\n"},
	} {
		set, document := inContext(t, c.context, c.document)
		ours, err := canonicalOf(t, set, document)
		if err != nil || ours != c.want {
			t.Errorf("%s: %v, got\n%s", c.name, err, ours)
			continue
		}
		theirs, err := oracle(set, document)
		if err != nil || theirs == c.want || !strings.Contains(theirs, c.oracleHas) {
			t.Errorf("%s: the oracle has changed: %v\n%s", c.name, err, theirs)
		}
		if name := namedDefect(set, document, c.want, theirs); name != c.name && c.name != "graph container with a scoped context" {
			t.Errorf("%s is taken for the defect %q", c.name, name)
		}
	}
}

// TestPresentationKeepsItsGraphs has a presentation with the canonical form that other software
// (jsonld.js with rdf-canonize) gives it; the oracle puts the credential beside the presentation.
func TestPresentationKeepsItsGraphs(t *testing.T) {
	const document = `{"@context": "https://www.w3.org/ns/credentials/v2", "id": "urn:vp", "type": "VerifiablePresentation", "holder": "did:example:h",
		"verifiableCredential": [{"@context": "https://www.w3.org/ns/credentials/v2", "id": "urn:vc", "type": "VerifiableCredential",
			"issuer": "did:example:i", "name": "A", "credentialSubject": {"id": "did:example:s"}}]}`
	const want = `<urn:vc> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/2018/credentials#VerifiableCredential> _:c14n0 .
<urn:vc> <https://schema.org/name> "A" _:c14n0 .
<urn:vc> <https://www.w3.org/2018/credentials#credentialSubject> <did:example:s> _:c14n0 .
<urn:vc> <https://www.w3.org/2018/credentials#issuer> <did:example:i> _:c14n0 .
<urn:vp> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/2018/credentials#VerifiablePresentation> .
<urn:vp> <https://www.w3.org/2018/credentials#holder> <did:example:h> .
<urn:vp> <https://www.w3.org/2018/credentials#verifiableCredential> _:c14n0 .
`
	ours, err := canonicalOf(t, nil, document)
	if err != nil || ours != want {
		t.Errorf("%v, got\n%s", err, ours)
	}
	if theirs, err := oracle(nil, document); err != nil || theirs == want {
		t.Errorf("the oracle has changed: %v\n%s", err, theirs)
	}
}

// TestOracleAcceptsWhatIsRefused has what the oracle drops or forges without a word, each with the
// code that this package refuses it with and where.
func TestOracleAcceptsWhatIsRefused(t *testing.T) {
	const idA = `"a": {"@id": "https://e.example/a", "@type": "@id"}`
	for _, c := range []struct{ name, context, document, code, pointer string }{
		{"a statement with a malformed IRI is dropped", idA, `"@id": "u:x", "a": "http://evil example/"`, codeIRI, "/a"},
		{"a node with a malformed IRI is dropped", termA, `"@id": "u:x y", "a": "hidden"`, codeIRI, "/@id"},
		{"a node with a relative IRI is dropped", termA, `"@id": "x", "a": "hidden"`, codeIRI, "/@id"},
		{"safe mode is ignored", termA, `"@id": "u:x", "a": "y", "b": "hidden"`, codeUndefined, "/b"},
		{"a term mapped to null is dropped", termA + `, "b": null`, `"@id": "u:x", "a": "y", "b": "hidden"`, codeUndefined, "/b"},
		{"a type stays relative", termA, `"@id": "u:x", "@type": "T", "a": "y"`, codeUndefined, "/@type"},
		{"an IRI forges a quad", termA, `"@id": "u:x> <u:p> <u:o", "a": "y"`, codeIRI, "/@id"},
		{"null is dropped", termA, `"@id": "u:x", "a": null`, codeDropped, "/a"},
		{"an index is dropped", termA, `"@id": "u:x", "a": {"@value": "y", "@index": "hidden"}`, codeDropped, "/a/@index"},
		{"a direction is dropped", termA, `"@id": "u:x", "a": {"@value": "y", "@direction": "rtl"}`, codeDropped, "/a/@direction"},
		{"a value without a property is dropped", termA, `"@id": "u:x", "@graph": ["hidden", {"@id": "u:y", "a": "z"}]`, codeDropped, "/@graph/0"},
		{"a malformed language drops the value", termA, `"@id": "u:x", "a": {"@value": "hidden", "@language": "e n"}`, codeValue, "/a/@language"},
		{"an integer loses digits", termA, `"@id": "u:x", "a": 9007199254740993`, codeValue, "/a"},
		{"a property's context redefines the property", `"a": {"@id": "https://e.example/a", "@context": {"a": {"@id": "https://e.example/b", "@container": "@list"}}}`,
			`"@id": "u:x", "a": "y"`, codeContext, "/a"},
		{"nodes by identifier keep the context of a type", `"a": {"@id": "https://e.example/a", "@container": "@id"}, "b": "https://e.example/b",
			"T": {"@id": "https://e.example/T", "@context": {"b": "https://e.example/typed"}}`,
			`"@id": "u:x", "@type": "T", "a": {"u:y": {"b": "z"}}`, codeContext, "/a/u:y"},
		{"a JSON literal loses digits", jsonA, `"@id": "u:x", "a": {"b": 9007199254740993}`, codeValue, "/a/b"},
	} {
		set, document := inContext(t, c.context, c.document)
		if _, err := oracle(set, document); err != nil {
			t.Errorf("%s: no longer, the oracle says %v", c.name, err)
		}
		_, err := canonicalOf(t, set, document)
		var refused *strict.Error
		if !errors.As(err, &refused) || refused.Code != c.code || refused.Pointer != c.pointer {
			t.Errorf("%s: %v, want the code %s at %s", c.name, err, c.code, c.pointer)
		}
	}
}

// TestOraclePanics has documents at which the oracle panics, each with what this package makes of
// it: a code, or "" for a document that is in order.
func TestOraclePanics(t *testing.T) {
	const list, graph = `"a": {"@id": "https://e.example/a", "@container": "@list"}`, `"a": {"@id": "https://e.example/a", "@container": "@graph"}`
	for _, c := range []struct{ name, context, document, code string }{
		{"a number under an empty name", termA, `"": 5`, codeUndefined},
		{"protected with a number", `"@protected": 5, ` + termA, `"a": "y"`, codeContext},
		{"a value in a graph container", graph, `"a": "y"`, codeDropped},
		{"a value in a graph index", `"a": {"@id": "https://e.example/a", "@container": ["@graph", "@index"]}`, `"a": {"i": 5}`, codeDropped},
		{"two JSON arrays at one node", jsonA, `"@graph": [{"@id": "u:x", "a": [1]}, {"@id": "u:x", "a": [1]}]`, ""},
		{"two JSON objects at one node", jsonA, `"@graph": [{"@id": "u:x", "a": {"b": 1}}, {"@id": "u:x", "a": {"b": 1}}]`, ""},
		{"a relative IRI in a list", list, `"@id": "u:x", "a": ["y", {"@id": "relative"}]`, codeIRI},
	} {
		set, document := inContext(t, c.context, c.document)
		if _, err := oracle(set, document); !errors.Is(err, errOracle) {
			t.Errorf("%s: no longer, the oracle says %v", c.name, err)
		}
		_, err := canonicalOf(t, set, document)
		var refused *strict.Error
		if errors.As(err, &refused); c.code == "" && err != nil || c.code != "" && (refused == nil || refused.Code != c.code) {
			t.Errorf("%s: %v, want the code %q", c.name, err, c.code)
		}
	}
}

// TestLanguageTagsAreFoldedAlike pins that tags are written in lower case wherever they stand, here as
// with the oracle and with jsonld.js.
func TestLanguageTagsAreFoldedAlike(t *testing.T) {
	set, document := inContext(t, `"a": "https://e.example/a", "b": {"@id": "https://e.example/b", "@container": "@language"}, "c": {"@id": "https://e.example/c", "@language": "EN-gb"}`,
		`"@id": "u:x", "a": {"@value": "y", "@language": "EN-gb"}, "b": {"EN-gb": "y"}, "c": "y"`)
	const want = "<u:x> <https://e.example/a> \"y\"@en-gb .\n<u:x> <https://e.example/b> \"y\"@en-gb .\n<u:x> <https://e.example/c> \"y\"@en-gb .\n"
	ours, err := canonicalOf(t, set, document)
	if err != nil || ours != want {
		t.Errorf("%v, got\n%s", err, ours)
	}
	if theirs, err := oracle(set, document); err != nil || theirs != want {
		t.Errorf("the oracle: %v, got\n%s", err, theirs)
	}
}

// caseVariable names the case that a test binary runs alone, because it ends the process or never.
const caseVariable = "BADGEPROOF_ORACLE_CASE"

var aloneCases = map[string]func() error{
	"cycle": func() error {
		set, document, err := cycleOfContexts()
		if err == nil {
			_, err = oracle(set, document)
			time.Sleep(12 * time.Second) // for a stack that a slow machine takes long to fill
		}
		return err
	},
	"clique": func() error {
		d := clique(11)
		_, err := oracleDataset(nquadsOf(d, func(i termID) string { return d.terms[i].text }))
		return err
	},
}

// TestAlone runs one of aloneCases where the environment asks for it, and nothing otherwise.
func TestAlone(t *testing.T) {
	run := aloneCases[os.Getenv(caseVariable)]
	if run == nil {
		t.Skip("runs only as a process of its own")
	}
	fmt.Println(run())
}

// alone runs a case in a process of its own and returns how that ended.
func alone(t *testing.T, name string) (output string, err error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	command := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestAlone$")
	command.Env = append(os.Environ(), caseVariable+"="+name)
	out, err := command.CombinedOutput()
	return string(out), err
}

func cycleOfContexts() (*contexts.Set, string, error) {
	const first, second = generatedURL + "0", generatedURL + "1"
	set, err := contexts.Embedded().With(first, []byte(`{"@context": ["`+second+`"]}`))
	if err != nil {
		return nil, "", err
	}
	set, err = set.With(second, []byte(`{"@context": ["`+first+`"]}`))
	return set, `{"@context": ["` + second + `"], "@id": "u:x"}`, err
}

func TestOracleEndsTheProcessAtAContextCycle(t *testing.T) {
	set, document, err := cycleOfContexts()
	if err != nil {
		t.Fatal(err)
	}
	_, err = canonicalOf(t, set, document)
	var refused *strict.Error
	if !errors.As(err, &refused) || refused.Code != codeContext {
		t.Errorf("a cycle of contexts: %v, want the code %s", err, codeContext)
	}
	if testing.Short() {
		t.Skip("runs a process that overflows its stack")
	}
	if output, err := alone(t, "cycle"); err == nil || !strings.Contains(output, "stack overflow") {
		t.Errorf("the oracle has changed: %v\n%.300s", err, output)
	}
}

func TestOracleRunsAwayAtAClique(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for a process that does not end")
	}
	if output, err := alone(t, "clique"); err != nil || !strings.Contains(output, errOracle.Error()) {
		t.Errorf("the oracle has changed: %v\n%.300s", err, output)
	}
}

func TestOracleReadsLocalFilesByDefault(t *testing.T) {
	name := filepath.Join(t.TempDir(), "context.json")
	if err := os.WriteFile(name, []byte(`{"@context": {}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ld.NewDefaultDocumentLoader(nil).LoadDocument(name); err != nil {
		t.Errorf("the oracle has changed: %v", err)
	}
	document := `{"@context": ` + fmt.Sprintf("%q", name) + `, "@id": "u:x"}`
	_, err := New(nil, Limits{}).Canonicalize(Input{Value: parse(t, document)}, Options{InlineContexts: true})
	var refused *strict.Error
	if !errors.As(err, &refused) || refused.Code != codeContext {
		t.Errorf("a path as a context: %v, want the code %s", err, codeContext)
	}
}
