package canon

import (
	"encoding/json"
	"fmt"

	"github.com/badgeproof/badgeproof/vc/contexts"
)

// generator makes contexts and documents that use them out of bytes, so that a fuzzer that changes
// bytes changes decisions. When the bytes are used up it takes the first choice everywhere, which
// is always the one that ends.
type generator struct {
	bytes []byte
	at    int

	// What the contexts define so far, of which the documents make use.
	kinds   map[string]string // per term: how it was defined last
	terms   []string
	types   []string
	aliases bool
}

// pick returns a number below n.
func (g *generator) pick(n int) int {
	if g.at >= len(g.bytes) {
		return 0
	}
	g.at++
	return int(g.bytes[g.at-1]) % n
}

// one returns true once in n times, and never when the bytes are used up.
func (g *generator) one(n int) bool { return g.pick(n) == n-1 }

func (g *generator) of(choices ...string) string { return choices[g.pick(len(choices))] }

var (
	propertyTerms = []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	typeTerms     = []string{"T", "U"}
)

const generatedURL = "https://oracle.example/context/"

// contexts returns a set with one or two generated contexts, and the value of @context that names
// them.
func (g *generator) contexts() (*contexts.Set, any, error) {
	set, names := contexts.Embedded(), []any{}
	if g.one(6) {
		names = append(names, "https://www.w3.org/ns/credentials/v2")
	}
	for i := range 1 + g.pick(2) {
		body, err := json.Marshal(object{"@context": g.context(2)})
		if err != nil {
			return nil, nil, err
		}
		url := fmt.Sprint(generatedURL, i)
		if set, err = set.With(url, body); err != nil {
			return nil, nil, err
		}
		names = append(names, url)
	}
	return set, names, nil
}

type object = map[string]any

// context returns a context; depth is how many levels of scoped contexts it may have.
func (g *generator) context(depth int) object {
	c := object{}
	g.settings(c)
	if !g.one(4) {
		c["ex"] = "https://ex.example/ns#"
	}
	for _, term := range propertyTerms {
		if g.pick(4) < 2 {
			c[term] = g.definition(term, depth)
		}
	}
	for _, term := range typeTerms {
		if !g.one(2) {
			continue
		}
		definition := object{"@id": "https://e.example/type/" + term}
		g.types = append(g.types, term)
		if depth > 0 && g.one(2) {
			definition["@context"] = g.context(depth - 1)
		}
		c[term] = definition
	}
	return c
}

func (g *generator) settings(c object) {
	if !g.one(6) {
		c["id"], c["type"], g.aliases = "@id", "@type", true
	}
	if g.one(4) {
		c["@version"] = 1.1
	}
	if g.one(5) {
		c["@vocab"] = g.of("https://v.example/", "https://v.example/ns#", "urn:v:")
	}
	if g.one(8) {
		c["@language"] = g.of("en", "EN-gb", "de-CH-1996")
	}
	if g.one(15) {
		c["@protected"] = true
	}
	if g.one(10) {
		c["@propagate"] = g.one(2)
	}
}

// definition returns a term definition and notes its kind.
func (g *generator) definition(term string, depth int) any {
	iri := "https://e.example/" + term
	if g.one(6) {
		iri = "ex:" + term
	}
	kind := g.of("plain", "id", "vocab", "typed", "json", "set", "list", "language", "index", "propindex", "idmap", "typemap",
		"graph", "graphset", "graphid", "graphindex", "reverse", "tagged", "scoped", "nest", "nested", "typedset", "idlist")
	g.kinds[term] = kind
	g.terms = append(g.terms, term)
	d := object{"@id": iri}
	switch kind {
	case "plain":
		return iri
	case "id", "vocab":
		d["@type"] = "@" + kind
	case "typed":
		d["@type"] = g.of("http://www.w3.org/2001/XMLSchema#dateTime", "http://www.w3.org/2001/XMLSchema#double", "https://e.example/datatype", "ex:datatype",
			"http://www.w3.org/2001/XMLSchema#integer", "http://www.w3.org/2001/XMLSchema#string", "@none")
	case "json":
		d["@type"] = "@json"
	case "set", "list", "language", "index", "graph":
		d["@container"] = "@" + kind
	case "propindex":
		d["@container"], d["@index"] = "@index", "https://e.example/key"
	case "idmap", "typemap":
		d["@container"] = "@" + kind[:len(kind)-3]
	case "graphset", "graphid", "graphindex":
		d["@container"] = []any{"@graph", "@" + kind[5:]}
	case "reverse":
		d = object{"@reverse": iri}
	case "tagged":
		d["@language"] = g.of("fr", "PT-br")
	case "scoped":
		if depth > 0 {
			d["@context"] = g.context(depth - 1)
		}
	case "nest":
		return "@nest"
	case "nested":
		d["@nest"] = "@nest"
	case "typedset":
		d["@type"], d["@container"] = "@id", "@set"
	case "idlist":
		d["@type"], d["@container"] = "@id", "@list"
	}
	if g.one(12) {
		d["@protected"] = true
	}
	return d
}

// document returns a node object with the given contexts.
func (g *generator) document(context any) object {
	d := g.node(3)
	d["@context"] = context
	return d
}

func (g *generator) iri() string {
	if g.one(40) {
		return g.of("relative", "a", "T", "ex:one", "https://i.example/a b")
	}
	return g.of("https://i.example/1", "https://i.example/2#x", "urn:uuid:1", "did:example:1", "_:x", "_:y")
}

// term returns a term to use, most often one that some context defines.
func (g *generator) term() string {
	if len(g.terms) == 0 || g.one(60) {
		return propertyTerms[g.pick(len(propertyTerms))]
	}
	return g.terms[g.pick(len(g.terms))]
}

// keyword returns a keyword or, where a context has it, the alias.
func (g *generator) keyword(alias string) string {
	if g.aliases && g.pick(4) > 0 {
		return alias
	}
	return "@" + alias
}

func (g *generator) node(depth int) object {
	n := object{}
	if g.pick(3) > 0 {
		n[g.keyword("id")] = g.iri()
	}
	switch g.pick(4) {
	case 1:
		n[g.keyword("type")] = g.typeTerm()
	case 2:
		n[g.keyword("type")] = []any{g.typeTerm(), g.typeTerm()}
	}
	for range 1 + g.pick(4) {
		term := g.term()
		n[term] = g.property(g.kinds[term], depth)
	}
	if depth > 0 && g.one(12) {
		n[g.of("@included", "@graph")] = []any{g.node(depth - 1)}
	}
	return n
}

// typeTerm returns a type, most often a term that some context defines.
func (g *generator) typeTerm() string {
	if len(g.types) == 0 || g.one(8) {
		return g.of("https://t.example/T", "https://t.example/U", "T")
	}
	return g.types[g.pick(len(g.types))]
}

// property returns a value for a term, most often one that suits its kind.
func (g *generator) property(kind string, depth int) any {
	if g.one(8) {
		kind = "plain"
	}
	switch kind {
	case "id", "vocab", "typedset", "idlist":
		if depth == 0 || g.one(2) {
			return g.several(func() any { return g.iri() })
		}
		return g.several(func() any { return g.node(depth - 1) })
	case "json":
		return g.value(depth)
	case "language":
		return object{g.of("en", "EN-us", "@none"): g.several(func() any { return g.text() }), "de": g.text()}
	case "index":
		return object{"one": g.several(func() any { return g.value(depth) })}
	case "idmap", "typemap", "graphid":
		if depth == 0 {
			return object{"urn:k": object{"@id": "urn:k"}}
		}
		return object{g.of("https://k.example/", "urn:l", "@none"): g.node(depth - 1), "urn:k": g.node(depth - 1)}
	case "propindex":
		if depth == 0 {
			return object{}
		}
		return object{g.text(): g.node(depth - 1), "two": g.node(depth - 1)}
	case "graph", "graphset", "reverse", "nest", "graphindex":
		if depth == 0 {
			return object{}
		}
		return g.several(func() any { return g.node(depth - 1) })
	}
	return g.several(func() any { return g.value(depth) })
}

func (g *generator) several(one func() any) any {
	if !g.one(3) {
		return one()
	}
	list := make([]any, g.pick(4))
	for i := range list {
		list[i] = one()
	}
	return list
}

func (g *generator) text() string {
	if g.one(40) {
		return g.of("\u0001", "\u007f\b")
	}
	return g.of("x", "y", "", "é😀", "two\nlines \"quoted\" \\", "2024-01-01T00:00:00Z", "12")
}

func (g *generator) value(depth int) any {
	switch g.pick(8) {
	case 1:
		return json.Number(g.of("1", "0", "-7", "1.5", "1e3", "1e21", "0.1", "123456789.125", "1e-7", "-1234567.875e-3"))
	case 2:
		return g.one(2)
	case 3:
		return object{"@value": g.text(), "@language": g.of("en", "EN-gb", "x-y-1234")}
	case 4:
		return object{"@value": g.text(), "@type": g.of("https://e.example/datatype", "http://www.w3.org/2001/XMLSchema#string", "@json", "ex:t")}
	case 5:
		if depth > 0 {
			return g.node(depth - 1)
		}
	case 6:
		return object{g.of("@list", "@set"): g.several(func() any { return g.value(0) })}
	case 7:
		switch g.pick(40) {
		case 1:
			return nil
		case 2:
			return json.Number(g.of("9007199254740993", "1e400", "-0.0"))
		}
	}
	return g.text()
}
