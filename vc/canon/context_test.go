package canon

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// TestDocumentContexts checks the forms that @context may have in a document.
func TestDocumentContexts(t *testing.T) {
	p := New(pinned(t, `{"p":"urn:y:p"}`), Limits{})
	const v2 = `"https://www.w3.org/ns/credentials/v2"`
	for _, test := range []struct{ context, members, code, pointer string }{
		{`[]`, `"urn:y:p":"a"`, "", ""},
		{`null`, `"urn:y:p":"a"`, "", ""},
		{`[null]`, `"urn:y:p":"a"`, "", ""},
		{`"` + contextURL + `"`, `"p":"a"`, "", ""},
		{`["` + contextURL + `"]`, `"p":"a"`, "", ""},
		{`["` + contextURL + `","` + contextURL + `"]`, `"p":"a"`, "", ""},
		{`["` + contextURL + `",null]`, `"urn:y:p":"a"`, "", ""},
		{`["` + contextURL + `",null]`, `"p":"a"`, codeUndefined, "/p"},
		{`[` + v2 + `,null]`, `"name":"a"`, codeProtected, "/@context/1"},
		{`5`, `"p":"a"`, codeContext, "/@context"},
		{`true`, `"p":"a"`, codeContext, "/@context"},
		{`""`, `"p":"a"`, codeContext, "/@context"},
		{`"` + contextURL + `#"`, `"p":"a"`, codeContext, "/@context"},
		{`"relative"`, `"p":"a"`, codeContext, "/@context"},
		{`"https://unknown.example/"`, `"p":"a"`, codeContext, "/@context"},
		{`{}`, `"urn:y:p":"a"`, codeContext, "/@context"},
		{`[{}]`, `"urn:y:p":"a"`, codeContext, "/@context/0"},
		{`[["` + contextURL + `"]]`, `"p":"a"`, codeContext, "/@context/0"},
		{`["` + contextURL + `",5]`, `"p":"a"`, codeContext, "/@context/1"},
		{`["` + contextURL + `","https://unknown.example/"]`, `"p":"a"`, codeContext, "/@context/1"},
	} {
		v := parse(t, `{"@context":`+test.context+`,"@id":"urn:x:1",`+test.members+`}`)
		_, err := p.Canonicalize(Input{Value: v}, Options{})
		if test.code == "" && err != nil {
			t.Errorf("%s: %v", test.context, err)
		} else if test.code != "" {
			wantError(t, err, test.code, test.pointer)
		}
	}
}

func TestNoContext(t *testing.T) {
	p := New(contexts.Embedded(), Limits{})
	if _, err := p.Canonicalize(Input{Value: parse(t, `{"@id":"urn:x:1","urn:y:p":"a"}`)}, Options{}); err != nil {
		t.Error(err)
	}
	_, err := p.Canonicalize(Input{Value: parse(t, `{"@id":"urn:x:1","name":"a"}`)}, Options{})
	wantError(t, err, codeUndefined, "/name")
}

func TestNotAnObject(t *testing.T) {
	p := New(nil, Limits{})
	for _, text := range []string{`[]`, `"x"`, `5`, `null`, `true`} {
		_, err := p.Canonicalize(Input{Value: parse(t, text)}, Options{})
		wantError(t, err, codeValue, "")
	}
	_, err := p.Canonicalize(Input{}, Options{})
	wantError(t, err, codeValue, "")
}

// TestConflictingContexts checks that contexts which exclude each other are named in the error.
func TestConflictingContexts(t *testing.T) {
	for _, test := range []struct {
		contexts []string
		pointer  string
		names    string // a context that the sentence must name; "" where there is no conflict
	}{
		{contexts: []string{urlV1, urlBadges + "context.json"}},
		{contexts: []string{urlV1, urlBadges + "context-3.0.1.json"}},
		{contexts: []string{urlV1, urlBadges + "context-3.0.2.json", urlIntegrity + "v1"}},
		{contexts: []string{urlV1, urlBadges + "context-3.0.3.json", urlIntegrity + "v2"}},
		{contexts: []string{urlV2, urlBadges + "context-3.0.2.json", urlIntegrity + "v2"}},
		{contexts: []string{urlV2, urlBadges + "context-3.0.3.json", urlExtensions}},
		{contexts: []string{urlV2, urlBadges + "context.json"}, pointer: "/@context/1", names: urlV2},
		{contexts: []string{urlV2, urlBadges + "context-3.0.1.json"}, pointer: "/@context/1", names: urlV2},
		{contexts: []string{urlV2, urlIntegrity + "v1"}, pointer: "/@context/1", names: urlIntegrity + "v1"},
		{contexts: []string{urlV1, urlV2}, pointer: "/@context/1", names: urlV1},
		{contexts: []string{urlV2, urlV1}, pointer: "/@context/1", names: urlV2},
	} {
		v := parse(t, `{"@context":["`+strings.Join(test.contexts, `","`)+`"],"id":"urn:x:1","type":"VerifiableCredential","issuer":"urn:x:2"}`)
		_, err := New(nil, Limits{}).Canonicalize(Input{Value: v}, Options{})
		if test.names == "" {
			if err != nil {
				t.Errorf("%v: %v", test.contexts, err)
			}
			continue
		}
		wantError(t, err, codeProtected, test.pointer)
		wantNamed(t, err, test.names)
	}
}

// TestMissingContexts checks that the error about an undefined term names the well-known context
// that the document does without.
func TestMissingContexts(t *testing.T) {
	const badge = `"` + urlV2 + `","` + urlBadges + `context-3.0.2.json"`
	for _, test := range []struct{ contexts, members, pointer, names string }{
		{badge, `"type":["VerifiableCredential","1EdTechX"]`, "/type/1", urlExtensions},
		{badge, `"credentialStatus":{"id":"urn:x:3","type":"1EdTechRevocationList"}`, "/credentialStatus/type", urlExtensions},
		{badge, `"awardedDate":"2024-01-01T00:00:00Z"`, "/awardedDate", urlBadges + "context-3.0.3.json"},
		{badge, `"endorsementJwt":["x"]`, "/endorsementJwt", urlBadges + "context-3.0.3.json"},
		{`"` + urlV1 + `"`, `"proof":{"type":"DataIntegrityProof"}`, "/proof/type", urlIntegrity + "v2"},
		{`"` + urlV1 + `"`, `"proof":{"type":"Ed25519Signature2020"}`, "/proof/type", urlEd25519},
		{`"` + urlV2 + `"`, `"type":["VerifiableCredential","OpenBadgeCredential"]`, "/type/1", urlBadges + "context-3.0.3.json"},
	} {
		members := test.members
		if !strings.Contains(members, `"type":[`) {
			members += `,"type":["VerifiableCredential"]`
		}
		v := parse(t, `{"@context":[`+test.contexts+`],"id":"urn:x:1",`+members+`}`)
		_, err := New(nil, Limits{}).Canonicalize(Input{Value: v}, Options{})
		wantError(t, err, codeUndefined, test.pointer)
		wantNamed(t, err, test.names)
	}
}

// wantNamed checks that an error's sentence names a context.
func wantNamed(t testing.TB, err error, url string) {
	t.Helper()
	var e *strict.Error
	if !errors.As(err, &e) || !strings.Contains(e.Detail, url) {
		t.Errorf("the sentence does not name %s: %v", url, err)
	}
}

// with pins contexts that name one another.
func with(t testing.TB, bodies map[string]string) *contexts.Set {
	t.Helper()
	set := contexts.Embedded()
	for url, body := range bodies {
		var err error
		if set, err = set.With(url, []byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	return set
}

// TestContextsThatNameContexts checks cycles, chains, relative URLs and @import.
func TestContextsThatNameContexts(t *testing.T) {
	chain := map[string]string{}
	for i := range 40 {
		chain[fmt.Sprintf("https://c.example/chain/%d", i)] = fmt.Sprintf(`{"@context":["https://c.example/chain/%d"]}`, i+1)
	}
	chain["https://c.example/chain/40"] = `{"@context":{"p":"urn:y:p"}}`
	bodies := map[string]string{
		"https://c.example/terms":          `{"@context":{"p":"urn:y:p"}}`,
		"https://c.example/by-name":        `{"@context":["https://c.example/terms"]}`,
		"https://c.example/by-relative":    `{"@context":["terms"]}`,
		"https://c.example/import":         `{"@context":{"@import":"terms","q":"urn:y:q"}}`,
		"https://c.example/import-over":    `{"@context":{"@import":"terms","p":"urn:y:other"}}`,
		"https://c.example/self":           `{"@context":["https://c.example/self"]}`,
		"https://c.example/one":            `{"@context":["https://c.example/two"]}`,
		"https://c.example/two":            `{"@context":["https://c.example/one"]}`,
		"https://c.example/unknown":        `{"@context":["https://c.example/none"]}`,
		"https://c.example/import-unknown": `{"@context":{"@import":"https://c.example/none"}}`,
		"https://c.example/import-array":   `{"@context":{"@import":"https://c.example/by-name"}}`,
		"https://c.example/import-import":  `{"@context":{"@import":"https://c.example/import"}}`,
		"https://c.example/import-self":    `{"@context":{"@import":"https://c.example/import-self"}}`,
		"https://c.example/scoped-self":    `{"@context":{"p":"urn:y:p","s":{"@id":"urn:y:s","@context":"https://c.example/scoped-self"}}}`,
	}
	for url, body := range chain {
		bodies[url] = body
	}
	p := New(with(t, bodies), Limits{})
	for _, test := range []struct{ url, members, code string }{
		{"by-name", `"p":"a"`, ""},
		{"by-relative", `"p":"a"`, ""},
		{"import", `"p":"a","q":"b"`, ""},
		{"import-over", `"p":"a"`, ""},
		{"chain/30", `"p":"a"`, ""},
		{"scoped-self", `"s":{"s":{"s":{"p":"a"}}}`, ""},
		{"self", `"p":"a"`, codeContext},
		{"one", `"p":"a"`, codeContext},
		{"chain/0", `"p":"a"`, codeContext},
		{"unknown", `"p":"a"`, codeContext},
		{"import-unknown", `"p":"a"`, codeContext},
		{"import-array", `"p":"a"`, codeContext},
		{"import-import", `"p":"a"`, codeContext},
		{"import-self", `"p":"a"`, codeContext},
	} {
		v := parse(t, `{"@context":"https://c.example/`+test.url+`","@id":"urn:x:1",`+test.members+`}`)
		c, err := p.Canonicalize(Input{Value: v}, Options{})
		switch {
		case test.code != "":
			wantError(t, err, test.code, "/@context")
		case err != nil:
			t.Errorf("%s: %v", test.url, err)
		case test.url == "import-over" && !strings.Contains(string(c.NQuads()), "<urn:y:other>"):
			t.Errorf("an imported term is not overridden:\n%s", c.NQuads())
		}
	}
}

// TestEmbeddedContexts goes through all embedded contexts and all contexts inside them: each must
// be applicable to what it stands in, and no property may redefine itself.
func TestEmbeddedContexts(t *testing.T) {
	p := New(contexts.Embedded(), Limits{})
	for _, d := range contexts.Embedded().All() {
		content := 0
		if d.URL == urlBadges+"context-3.0.3.json" {
			content = 1
		}
		for content := range content + 1 {
			c := p.compiler(content, false)
			table, fault := c.named(c.root, d.URL, place{source: &source{}, propagate: true})
			if fault != nil {
				t.Errorf("%s: %s", d.URL, fault.detail)
				continue
			}
			seen := map[*scoped]bool{}
			checkScoped(t, &c, d.URL, table, seen)
		}
	}
}

// checkScoped applies the contexts that terms of a table bring: those of types (in these contexts
// the names that start with a capital letter, or with a digit) at the top only, as types are not
// combined here.
func checkScoped(t *testing.T, c *compiler, path string, table *table, seen map[*scoped]bool) {
	t.Helper()
	for name, d := range table.terms {
		if d.keyword == notKeyword && d.iri != "" && d.text == "" {
			t.Errorf("%s: the term %s stands for the malformed IRI %s", path, name, d.iri)
		}
		byType := name[0] < 'a'
		if d.scoped == nil || seen[d.scoped] || byType && table.previous != nil {
			continue
		}
		seen[d.scoped] = true
		inner, fault := c.scopedContext(table, d.scoped, byType)
		if fault != nil {
			t.Errorf("%s, %s: %s", path, name, fault.detail)
			continue
		}
		if !byType && !d.agrees(inner.names.find(name)) {
			t.Errorf("%s: the property %s redefines itself", path, name)
		}
		checkScoped(t, c, path+" "+name, inner, seen)
	}
}

// TestContents checks that the caller chooses among the contents that one URL has had.
func TestContents(t *testing.T) {
	p := New(nil, Limits{})
	badge := func(version, member string) Input {
		return Input{Value: parse(t, `{"@context":["`+urlV2+`","`+urlBadges+version+`"],"id":"urn:x:1",
			"type":["VerifiableCredential","OpenBadgeCredential"]`+member+`}`)}
	}
	for content, want := range []string{codeUndefined, "", ""} {
		_, contents, err := p.Digest(badge("context-3.0.3.json", ""), Options{Content: content})
		if err != nil || contents != 2 {
			t.Errorf("content %d: %d contents, %v, want 2", content, contents, err)
		}
		c, err := p.Canonicalize(badge("context-3.0.3.json", `,"endorsementJwt":["x"]`), Options{Content: content})
		if want != "" {
			wantError(t, err, want, "/endorsementJwt")
		} else if err != nil || c.Contents() != 2 {
			t.Errorf("content %d: %v", content, err)
		}
	}
	_, contents, err := p.Digest(badge("context-3.0.2.json", ""), Options{})
	if err != nil || contents != 1 {
		t.Errorf("%d contents, %v, want 1", contents, err)
	}
}

// TestEmbeddedContextsHaveOneNameForEach lists the properties that embedded contexts have several
// names for. Whoever adds a context to a signed document can write such a property under another
// name, out of sight of those who look for the first; they must know of both. A keyword has no name
// but id or type.
func TestEmbeddedContextsHaveOneNameForEach(t *testing.T) {
	p := New(nil, Limits{})
	names := map[string]map[string]bool{}
	for _, d := range contexts.Embedded().All() {
		for content := range len(contexts.Embedded().Lookup(d.URL)) {
			c := p.compiler(content, false)
			table, fault := c.named(c.root, d.URL, place{source: &source{}, propagate: true})
			if fault != nil {
				t.Fatal(fault.detail)
			}
			collectNames(&c, table, names, map[*scoped]bool{})
		}
	}
	const ob, ob2, security = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#", "https://w3id.org/openbadges#", "https://w3id.org/security#"
	known := map[string]int{
		ob + "Achievement": 2, ob + "Address": 2, ob + "Criteria": 2, ob + "GeoCoordinates": 2, ob + "Image": 2,
		ob + "OpenBadgeCredential": 2, ob + "Profile": 2, ob2 + "HostedBadge": 2, ob2 + "SignedBadge": 2,
		ob2 + "revoked": 2, ob2 + "verify": 2, security + "expiration": 2, "@id": 1, "@type": 1,
	}
	for iri, of := range names {
		if want := max(known[iri], 1); len(of) != want || iri[0] == '@' && known[iri] == 0 {
			t.Errorf("%s has the names %v", iri, of)
		}
	}
}

// collectNames collects the terms for each IRI and keyword, in scoped contexts too.
func collectNames(c *compiler, table *table, names map[string]map[string]bool, seen map[*scoped]bool) {
	for name, d := range table.terms {
		of := d.iri
		if d.keyword != notKeyword && keywordOf(name) == notKeyword {
			switch of = "@other"; d.keyword {
			case kwID:
				of = "@id"
			case kwType:
				of = "@type"
			}
		}
		if of != "" {
			if names[of] == nil {
				names[of] = map[string]bool{}
			}
			names[of][name] = true
		}
		if d.scoped == nil || seen[d.scoped] {
			continue
		}
		seen[d.scoped] = true
		if inner, fault := c.scopedContext(table, d.scoped, false); fault == nil {
			collectNames(c, inner, names, seen)
		}
	}
}
