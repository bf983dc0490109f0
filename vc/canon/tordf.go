package canon

import (
	"hash/maphash"
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

const (
	rdf        = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	xsd        = "http://www.w3.org/2001/XMLSchema#"
	xsdBoolean = xsd + "boolean"
	xsdDouble  = xsd + "double"
	xsdInteger = xsd + "integer"
	rdfJSON    = rdf + "JSON"
	textType   = "<" + rdf + "type>"
	textFirst  = "<" + rdf + "first>"
	textRest   = "<" + rdf + "rest>"
	textNil    = "<" + rdf + "nil>"
)

// vocabulary holds the hashes of the terms that the conversion itself brings in.
type vocabulary struct{ typ, first, rest, null uint64 }

func newVocabulary(seed maphash.Seed) vocabulary {
	return vocabulary{
		typ: maphash.String(seed, textType), first: maphash.String(seed, textFirst),
		rest: maphash.String(seed, textRest), null: maphash.String(seed, textNil),
	}
}

// converter turns one JSON-LD document into an RDF dataset (JSON-LD API section 8.1), in one pass
// and without its expanded form. Whatever that algorithm would leave out is an error. Its memory
// serves one document after the other; it is not safe for concurrent use.
type converter struct {
	builder
	ctx      compiler
	p        *Processor
	limits   Limits
	words    vocabulary
	here     source       // the document, as the place of its inline contexts
	document strict.Value // its @context
	contents int          // greatest number of published contents of a context used
	used     int          // @context entries so far
	inlined  int          // bytes of inline contexts so far
	depth    int          // arrays and objects open
}

// convert returns the dataset of in. It is good until the converter is used again.
func (c *converter) convert(in Input, o Options) (*dataset, error) {
	c.builder.reset()
	c.ctx = c.p.compiler(o.Content, o.InlineContexts)
	c.contents, c.used, c.inlined, c.depth = 1, 0, 0, 0
	if in.Value.Kind() != strict.Object {
		return nil, fail(in.Value, codeValue, "a JSON-LD document must be an object, and not %s", in.Value.Kind())
	}
	c.document = in.Context
	if !c.document.Exists() {
		c.document = in.Value.Get("@context")
	}
	t, err := c.enterContext(c.ctx.root, c.document)
	if err != nil {
		return nil, err
	}
	if err := c.top(t, in); err != nil {
		return nil, err
	}
	return c.builder.finish(), nil
}

// forget lets go of the document, so that an idle converter keeps nothing alive but its buffers.
func (c *converter) forget() {
	c.ctx, c.document = compiler{}, strict.Value{}
	c.builder.done = dataset{}
	clear(c.terms)
}

// top converts the outermost object. An object that holds nothing but @graph stands for what that
// holds (JSON-LD API section 9.5.8, step 8.1 of expand).
func (c *converter) top(t *table, in Input) error {
	members, graph := 0, strict.Value{}
	for name, v := range in.Value.Members() {
		if name == "@context" || slices.Contains(in.Omit, name) {
			continue
		}
		members++
		if d := t.names.find(name); d != nil && d.keyword == kwGraph {
			graph = v
		}
	}
	s := sink{kind: free, graph: noGraph}
	if members == 1 && graph.Exists() {
		return c.graphMembers(t, graph, &s)
	}
	return c.object(t, in.Value, &s, frame{omit: in.Omit, entered: true})
}

// enterContext applies the @context of the document or of an object in it.
func (c *converter) enterContext(t *table, context strict.Value) (*table, error) {
	if !context.Exists() {
		return t, nil
	}
	if context.Kind() != strict.Array {
		return c.enterOne(t, context, false)
	}
	for item := range context.Elements() {
		var err error
		if t, err = c.enterOne(t, item, true); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// enterOne applies one entry of a @context.
func (c *converter) enterOne(t *table, entry strict.Value, item bool) (*table, error) {
	if c.used++; c.used > c.limits.Contexts {
		return nil, fail(entry, codeContext, "the document has more than %d @context entries", c.limits.Contexts)
	}
	key := namedKey{url: entry.Text(), content: c.ctx.content}
	if entry.Kind() == strict.String {
		if u := t.lookupNamed(key); u != nil {
			return u, c.enter(u, entry)
		}
	}
	if entry.Kind() == strict.Object {
		if c.inlined += len(entry.Raw()); c.inlined > c.limits.ContextBytes {
			return nil, fail(entry, codeContext, "the contexts written out in the document are longer than %d bytes", c.limits.ContextBytes)
		}
	}
	u, fault := c.ctx.context(t, entry, place{source: &c.here, propagate: true, item: item})
	if fault != nil {
		return nil, c.contextError(fault, entry)
	}
	if entry.Kind() == strict.String {
		u = c.p.keepNamed(t, key, u)
	}
	return u, c.enter(u, entry)
}

// enterProperty applies the context of a property.
func (c *converter) enterProperty(t *table, prop *definition, at strict.Value) (*table, error) {
	key := scopedKey{scope: prop.scoped, content: c.ctx.content}
	u := t.lookupScoped(key)
	if u == nil {
		var err error
		if u, err = c.applyScoped(t, key, at); err != nil {
			return nil, err
		}
		if !prop.agrees(u.names.find(prop.name)) {
			return nil, fail(at, codeContext, "the context of the property %s redefines the property itself, which has no agreed meaning", quote(prop.name))
		}
		u = c.p.keepScoped(t, key, u)
	}
	return u, c.enter(u, at)
}

// enterType applies the context of a type.
func (c *converter) enterType(t *table, s *scoped, at strict.Value) (*table, error) {
	key := scopedKey{scope: s, content: c.ctx.content, byType: true}
	u := t.lookupScoped(key)
	if u == nil {
		var err error
		if u, err = c.applyScoped(t, key, at); err != nil {
			return nil, err
		}
		u = c.p.keepScoped(t, key, u)
	}
	return u, c.enter(u, at)
}

// applyScoped applies the context of a term, which no table has kept yet.
func (c *converter) applyScoped(t *table, key scopedKey, at strict.Value) (*table, error) {
	u, fault := c.ctx.scopedContext(t, key.scope, key.byType)
	if fault != nil {
		return nil, c.contextError(fault, at)
	}
	return u, nil
}

// enter notes that a table is in use from here on.
func (c *converter) enter(t *table, at strict.Value) error {
	c.contents = max(c.contents, t.contents)
	if c.ctx.inline {
		if fault := c.ctx.meet(t); fault != nil {
			return c.contextError(fault, at)
		}
	}
	return nil
}

// emit adds a quad.
func (c *converter) emit(s, p, o, g termID, at strict.Value) error {
	if len(c.quads) >= c.limits.Quads {
		return fail(at, codeBudget, "the document makes more than %d statements", c.limits.Quads)
	}
	c.quads = append(c.quads, quad{s: s, p: p, o: o, g: g})
	return nil
}

// open counts an array or object that is entered; the caller takes it back from c.depth.
func (c *converter) open(v strict.Value) error {
	if c.depth++; c.depth > c.limits.Depth {
		return fail(v, codeBudget, "arrays and objects are nested deeper than %d", c.limits.Depth)
	}
	if len(c.text) > c.limits.Text {
		return fail(v, codeBudget, "the statements of the document are longer than %d bytes", c.limits.Text)
	}
	return nil
}

// resource returns the term of an IRI, a compact IRI or a blank node label; with vocab, of a term
// or of what @vocab completes too (JSON-LD API section 5.2). There is no base IRI: a relative one
// is an error.
func (c *converter) resource(t *table, s string, vocab bool, at strict.Value) (termID, error) {
	if vocab {
		if d := t.names.find(s); d != nil {
			return c.meaning(d, at)
		}
	}
	colon := strings.IndexByte(s, ':')
	if colon > 0 {
		prefix, suffix := s[:colon], s[colon+1:]
		if prefix == "_" {
			return c.label(s, at)
		}
		if t.prefixes && !strings.HasPrefix(suffix, "//") {
			if d := t.names.find(prefix); d != nil && d.prefix {
				if d.inline {
					return 0, fail(at, codeContext, "%s would mean %s, by a prefix that the document itself defines", quote(s), quote(d.iri+suffix))
				}
				return c.iri(d.iri, suffix, at)
			}
		}
		if schemeEnd(s) > 0 {
			return c.iri("", s, at)
		}
	}
	if vocab {
		if t.vocab != "" && !resemblesKeyword(s) {
			return c.iri(t.vocab, s, at)
		}
		return 0, c.undefined(at, s, "term")
	}
	return 0, fail(at, codeIRI, "%s is not an absolute IRI", quote(s))
}

// meaning returns the term for a defined name in the place of a value.
func (c *converter) meaning(d *definition, at strict.Value) (termID, error) {
	switch {
	case d.text != "":
		return c.constant(d.text, d.hash), nil
	case strings.HasPrefix(d.iri, "_:"):
		return c.label(d.iri, at)
	case d.iri != "":
		return 0, fail(at, codeIRI, "the term %s stands for %s, which is not a well-formed IRI", quote(d.name), quote(d.iri))
	case d.keyword != notKeyword:
		return 0, fail(at, codeIRI, "the keyword %s cannot stand here", quote(d.name))
	}
	return 0, c.undefined(at, d.name, "term")
}

// iri returns the term of an IRI in two parts, which is checked when it occurs first.
func (c *converter) iri(prefix, s string, at strict.Value) (termID, error) {
	from := len(c.text)
	c.text = append(append(append(append(c.text, '<'), prefix...), s...), '>')
	t, isNew := c.builder.intern(from, false)
	if isNew {
		full := s
		if prefix != "" {
			full = prefix + s
		}
		if !isIRI(full) {
			return 0, fail(at, codeIRI, "%s is not a well-formed absolute IRI", quote(full))
		}
	}
	return t, nil
}

// label returns the blank node that the document itself labels.
func (c *converter) label(s string, at strict.Value) (termID, error) {
	if !isLabel(s[len("_:"):]) {
		return 0, fail(at, codeIRI, "%s is not a well-formed blank node label", quote(s))
	}
	c.given = true
	from := len(c.text)
	c.text = append(c.text, s...)
	t, _ := c.builder.intern(from, true)
	return t, nil
}
