package canon

import (
	"testing"

	"github.com/badgeproof/badgeproof/vc/contexts"
)

const vocabulary1 = "https://example.org/vocab#"

// inlineCases are contexts that stand in a document beside the pinned context of inlineSet. Code
// is "" for those that are accepted.
var inlineCases = []struct {
	name, context, members string
	code, pointer          string
}{
	{name: "new term", context: `{"x":"urn:y:x"}`, members: `"x":"a"`},
	{name: "new term with a type", context: `{"x":{"@id":"urn:y:x","@type":"urn:y:t"}}`, members: `"x":"a"`},
	{name: "new type", context: `{"X":"urn:y:X"}`, members: `"type":"X"`},
	{name: "version and protection", context: `{"@version":1.1,"@protected":true,"x":"urn:y:x"}`, members: `"x":"a"`},
	{name: "the same definition again", context: `{"id":"@id","p":"https://example.org/vocab#p","x":"urn:y:x"}`, members: `"x":"a"`},
	{name: "prefix inside the context", context: `{"y":"urn:y:#","x":"y:x"}`, members: `"x":"a"`},
	{name: "new term with a context", context: `{"x":{"@id":"urn:y:x","@context":{"z":"urn:y:z"}}}`, members: `"x":{"z":"a"}`},
	{name: "@vocab", context: `{"@vocab":"urn:y:"}`, members: `"x":"a","type":"X"`},
	{name: "null for a name that is free", context: `{"x":null}`, members: `"p":"a"`},

	{name: "another definition", context: `{"p":"urn:y:p"}`, members: `"p":"a"`, code: codeContext, pointer: "/@context/1/p"},
	{name: "another type for a term", context: `{"p":{"@id":"https://example.org/vocab#p","@type":"@id"}}`, members: `"p":"a"`, code: codeContext, pointer: "/@context/1/p"},
	{name: "null for a term", context: `{"p":null}`, members: `"q":"a"`, code: codeContext, pointer: "/@context/1/p"},
	{name: "protected term", context: `{"g":"urn:y:g"}`, members: `"p":"a"`, code: codeProtected, pointer: "/@context/1/g"},
	{name: "second name for a property", context: `{"x":"https://example.org/vocab#p"}`, members: `"x":"a"`, code: codeContext, pointer: "/@context/1/x"},
	{name: "second name by a prefix", context: `{"v":"https://example.org/vocab#","x":"v:p"}`, members: `"x":"a"`, code: codeContext, pointer: "/@context/1/x"},
	{name: "second name for a scoped property", context: `{"x":"https://example.org/vocab#inner"}`, members: `"x":"a"`, code: codeContext, pointer: "/@context/1/x"},
	{name: "second name in reverse", context: `{"x":{"@reverse":"https://example.org/vocab#p"}}`, members: `"x":{"id":"urn:x:2"}`, code: codeContext, pointer: "/@context/1/x"},
	{name: "second name for @type", context: `{"x":{"@id":"http://www.w3.org/1999/02/22-rdf-syntax-ns#type","@type":"@id"}}`, members: `"x":"urn:x:2"`, code: codeContext, pointer: "/@context/1/x"},
	{name: "alias of @id", context: `{"x":"@id"}`, members: `"p":"a"`, code: codeContext, pointer: "/@context/1/x"},
	{name: "alias of @nest", context: `{"x":"@nest"}`, members: `"x":{"p":"a"}`, code: codeContext, pointer: "/@context/1/x"},
	{name: "second name by @vocab", context: `{"@vocab":"https://example.org/"}`, members: `"vocab#p":"a"`, code: codeContext, pointer: "/vocab#p"},
	{name: "second name by @vocab for a type", context: `{"@vocab":"https://example.org/"}`, members: `"type":"vocab#S"`, code: codeContext, pointer: "/type"},
	{name: "second name by @vocab for @type", context: `{"@vocab":"http://www.w3.org/1999/02/22-rdf-syntax-ns#"}`, members: `"type":"urn:x:T","type2":"a"`, code: codeContext, pointer: "/type2"},
	{name: "second name by @vocab for a definition", context: `{"@vocab":"https://example.org/vocab#","inner":{}}`, members: `"inner":"a"`, code: codeContext, pointer: "/@context/1/inner"},
	{name: "@vocab null", context: `{"@vocab":null}`, members: `"p":"a"`, code: codeContext, pointer: "/@context/1/@vocab"},
	{name: "@base", context: `{"@base":"https://evil.example/"}`, members: `"p":"a"`, code: codeContext, pointer: "/@context/1/@base"},
	{name: "@language", context: `{"@language":"en"}`, members: `"p":"a"`, code: codeContext, pointer: "/@context/1/@language"},
	{name: "@direction", context: `{"@direction":"rtl"}`, members: `"p":"a"`, code: codeContext, pointer: "/@context/1/@direction"},
	{name: "@import", context: `{"@import":"https://www.w3.org/ns/credentials/v2"}`, members: `"p":"a"`, code: codeContext, pointer: "/@context/1/@import"},
	{name: "scoped redefinition", context: `{"x":{"@id":"urn:y:x","@context":{"p":"urn:y:p"}}}`, members: `"x":{"p":"a"}`, code: codeContext, pointer: "/@context/1/x/@context/p"},
	{name: "scoped second name", context: `{"x":{"@id":"urn:y:x","@context":{"z":"https://example.org/vocab#p"}}}`, members: `"x":{"z":"a"}`, code: codeContext, pointer: "/@context/1/x/@context/z"},
	{name: "scoped null", context: `{"x":{"@id":"urn:y:x","@context":null}}`, members: `"x":{"https://example.org/vocab#p":"a"}`, code: codeContext, pointer: "/@context/1/x/@context"},
	{name: "scoped number", context: `{"x":{"@id":"urn:y:x","@context":5}}`, members: `"x":{"p":"a"}`, code: codeContext, pointer: "/@context/1/x/@context"},
	{name: "prefix for an identifier", context: `{"did":"https://evil.example/"}`, members: `"n":"did:key:z6Mk"`, code: codeContext, pointer: "/n"},
	{name: "prefix for the identifier of a node", context: `{"did":"https://evil.example/"}`, members: `"n":{"id":"did:key:z6Mk","p":"a"}`, code: codeContext, pointer: "/n/id"},
	{name: "prefix for a type", context: `{"y":"https://evil.example/"}`, members: `"type":"y:T"`, code: codeContext, pointer: "/type"},
	{name: "prefix for a member", context: `{"y":"https://evil.example/"}`, members: `"y:p":"a"`, code: codeContext, pointer: "/y:p"},
	{name: "relative scoped URL", context: `{"x":{"@id":"urn:y:x","@context":"other"}}`, members: `"x":{"p":"a"}`, code: codeContext, pointer: "/@context/1/x/@context"},
}

func inlineSet(t testing.TB) *contexts.Set {
	return pinned(t, `{"id":"@id","type":"@type","p":"`+vocabulary1+`p","q":"`+vocabulary1+`q","n":{"@id":"`+vocabulary1+`n","@type":"@id"},
		"g":{"@id":"`+vocabulary1+`g","@protected":true},"S":{"@id":"`+vocabulary1+`S","@context":{"inner":"`+vocabulary1+`inner"}}}`)
}

// TestInlineContexts checks what a context in a document may do where the caller permits one, and
// that nothing of it is possible where not.
func TestInlineContexts(t *testing.T) {
	set := inlineSet(t)
	for _, test := range inlineCases {
		t.Run(test.name, func(t *testing.T) {
			p := New(set, Limits{})
			v := parse(t, `{"@context":["`+contextURL+`",`+test.context+`],"id":"urn:x:1",`+test.members+`}`)
			_, err := p.Canonicalize(Input{Value: v}, Options{InlineContexts: true})
			if test.code == "" && err != nil {
				t.Error(err)
			} else if test.code != "" {
				wantError(t, err, test.code, test.pointer)
			}
			_, err = p.Canonicalize(Input{Value: v}, Options{})
			wantError(t, err, codeContext, "/@context/1")
		})
	}
}

// TestInlineContextFirst checks that the order of contexts offers no way round: a named context
// that follows has the same right to its IRIs.
func TestInlineContextFirst(t *testing.T) {
	p := New(inlineSet(t), Limits{})
	for _, test := range []struct{ context, code, pointer string }{
		{`{"x":"urn:y:x"}`, "", ""},
		{`{"x":"` + vocabulary1 + `p"}`, codeContext, "/@context/1"},
		{`{"x":"` + vocabulary1 + `inner"}`, codeContext, "/@context/1"},
		{`{"x":"@id"}`, codeContext, "/@context/0/x"},
	} {
		v := parse(t, `{"@context":[`+test.context+`,"`+contextURL+`"],"id":"urn:x:1","p":"a"}`)
		_, err := p.Canonicalize(Input{Value: v}, Options{InlineContexts: true})
		if test.code == "" && err != nil {
			t.Error(err)
		} else if test.code != "" {
			wantError(t, err, test.code, test.pointer)
		}
	}
}

// TestInlineContextInside checks contexts on objects further inside.
func TestInlineContextInside(t *testing.T) {
	p := New(inlineSet(t), Limits{})
	for _, test := range []struct{ inner, code, pointer string }{
		{`"@context":{"x":"urn:y:x"},"x":"a"`, "", ""},
		{`"@context":[{"x":"urn:y:x"}],"x":"a"`, "", ""},
		{`"@context":"` + contextURL + `","p":"a"`, "", ""},
		{`"@context":[],"p":"a"`, "", ""},
		{`"@context":{},"p":"a"`, "", ""},
		{`"@context":{"x":"` + vocabulary1 + `q"},"x":"a"`, codeContext, "/n/@context/x"},
		{`"@context":null,"` + vocabulary1 + `p":"a"`, codeProtected, "/n/@context"},
		{`"@context":5,"p":"a"`, codeContext, "/n/@context"},
		{`"@context":[[]],"p":"a"`, codeContext, "/n/@context/0"},
		{`"@context":["https://unknown.example/"],"p":"a"`, codeContext, "/n/@context/0"},
	} {
		v := parse(t, `{"@context":"`+contextURL+`","n":{`+test.inner+`}}`)
		_, err := p.Canonicalize(Input{Value: v}, Options{InlineContexts: true})
		if test.code == "" && err != nil {
			t.Errorf("%s: %v", test.inner, err)
		} else if test.code != "" {
			wantError(t, err, test.code, test.pointer)
		}
	}
}

// TestInlineContextsAreNotKept checks that contexts in documents leave nothing behind.
func TestInlineContextsAreNotKept(t *testing.T) {
	p := New(inlineSet(t), Limits{})
	run := func(context, members string) {
		v := parse(t, `{"@context":["`+contextURL+`",`+context+`],"id":"urn:x:1",`+members+`}`)
		if _, err := p.Canonicalize(Input{Value: v}, Options{InlineContexts: true}); err != nil {
			t.Fatal(err)
		}
	}
	run(`{"x0":"urn:y:x0"}`, `"type":"S","inner":"a"`)
	before := p.cache.Load().terms
	for _, name := range []string{"x1", "x2", "x3"} {
		run(`{"`+name+`":{"@id":"urn:y:`+name+`","@context":{"z":"urn:y:z"}}}`, `"type":"S","inner":"a","`+name+`":{"z":"b","type":"S"}`)
	}
	if after := p.cache.Load().terms; after != before {
		t.Errorf("the processor keeps %d definitions, %d before", after, before)
	}
}
