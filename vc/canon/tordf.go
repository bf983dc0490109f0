package canon

import (
	"hash/maphash"
	"slices"

	"github.com/badgeproof/badgeproof/vc/strict"
)

const (
	rdf       = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	xsd       = "http://www.w3.org/2001/XMLSchema#"
	xsdDouble = xsd + "double"
	textType  = "<" + rdf + "type>"
	textFirst = "<" + rdf + "first>"
	textRest  = "<" + rdf + "rest>"
	textNil   = "<" + rdf + "nil>"
)

// words are the terms that the conversion itself brings in, with their numbers in the dataset once
// they are in it.
type words struct {
	hash [4]uint64
	term [4]termID
}

const (
	rdfType = iota
	rdfFirst
	rdfRest
	rdfNil
)

var wordTexts = [4]string{rdfType: textType, rdfFirst: textFirst, rdfRest: textRest, rdfNil: textNil}

// newWords returns the words with their hashes, none of them in a dataset yet.
func newWords(seed maphash.Seed) (w words) {
	for i, text := range wordTexts {
		w.hash[i] = maphash.String(seed, text)
	}
	return w
}

// word returns the number of one of the words.
func (c *converter) word(i int) termID {
	if c.words.term[i] == noTerm {
		c.words.term[i] = c.constant(wordTexts[i], c.words.hash[i])
	}
	return c.words.term[i]
}

// converter turns one JSON-LD document into an RDF dataset (JSON-LD API section 8.1), in one pass
// and without its expanded form. Whatever that algorithm would leave out is an error. Its memory
// serves one document after the other; it is not safe for concurrent use.
type converter struct {
	builder
	ctx      compiler
	p        *Processor
	limits   Limits
	words    words
	here     source       // the document, as the place of its inline contexts
	document strict.Value // its @context
	contents int          // greatest number of published contents of a context used
	used     int          // @context entries so far
	inlined  int          // bytes of inline contexts so far
	depth    int          // arrays and objects open

	compacted map[termID]string // identifiers written as compact IRIs, rarely any
}

// convert returns the dataset of in. It is good until the converter is used again.
func (c *converter) convert(in Input, o Options) (*dataset, error) {
	c.builder.reset()
	c.words.term = [4]termID{noTerm, noTerm, noTerm, noTerm}
	c.ctx = c.p.compiler(o.Content, o.InlineContexts)
	c.contents, c.used, c.inlined, c.depth, c.compacted = 1, 0, 0, 0, nil
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
	c.ctx, c.document, c.compacted = compiler{}, strict.Value{}, nil
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
