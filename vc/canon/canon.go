package canon

import (
	"crypto"
	"hash/maphash"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Processor turns JSON-LD into canonical N-Quads. It holds the contexts in compiled form: each is
// compiled when a document first needs it, once for all goroutines. What it keeps is bounded;
// contexts that stand in documents are never kept. A Processor is safe for concurrent use.
type Processor struct {
	library library
	limits  Limits
	seed    maphash.Seed
	cache   atomic.Pointer[cache]
	idle    sync.Pool // of *workspace
}

// New returns a processor that knows the contexts of set and no others: nothing is ever fetched.
// A nil set is the embedded one.
func New(set *contexts.Set, limits Limits) *Processor {
	if set == nil {
		set = contexts.Embedded()
	}
	p := &Processor{
		library: library{set: set, read: make(map[string][]*source)},
		limits:  limits.orDefault(),
		seed:    maphash.MakeSeed(),
	}
	p.cache.Store(newCache())
	return p
}

// Input says what is to be canonicalized.
type Input struct {
	// Value is a JSON object.
	Value strict.Value
	// Context, where it exists, is taken in place of Value's own @context: proof options take that
	// of the document they secure.
	Context strict.Value
	// Omit names top-level members of Value that are left out, such as "proof".
	Omit []string
}

// Options are the choices that a caller has. The zero value is the strict setting.
type Options struct {
	// Hash is the hash of RDFC-1.0: SHA256 (0 stands for it) or SHA384.
	Hash crypto.Hash
	// Content chooses among the published contents of a context URL that has several: 0 is the
	// oldest; a URL that has fewer contents takes its newest.
	Content int
	// InlineContexts permits contexts that are written out in the document. They may only define
	// new terms for new IRIs, by @vocab too: no redefinition, no other name for a keyword or for
	// what a named context has a term for, no prefix that a value then starts with.
	InlineContexts bool
}

// Canonical is the canonical form of a document. It is immutable.
type Canonical struct {
	nquads   []byte
	sum      []byte
	labels   map[string]string
	contents int
}

// NQuads returns the canonical N-Quads document.
func (c *Canonical) NQuads() []byte { return slices.Clone(c.nquads) }

// Sum returns the hash of the canonical N-Quads document.
func (c *Canonical) Sum() []byte { return slices.Clone(c.sum) }

// Labels maps the blank node labels of the input to the canonical ones, both without "_:". Blank
// nodes that the document does not label are b0, b1 and so on, in an order that may change from
// one version of this package to another.
func (c *Canonical) Labels() map[string]string { return maps.Clone(c.labels) }

// Contents returns the greatest number of published contents of any context that was used: 1, or
// more where [Options].Content makes a difference.
func (c *Canonical) Contents() int { return c.contents }

// workspace is the memory of one call.
type workspace struct {
	converter     converter
	canonicalizer canonicalizer
}

// workspace takes an idle workspace, or makes one. Whoever takes it gives it back with give.
func (p *Processor) workspace() *workspace {
	if w, ok := p.idle.Get().(*workspace); ok {
		return w
	}
	return &workspace{converter: converter{p: p, limits: p.limits, builder: builder{seed: p.seed}, words: newWords(p.seed)}}
}

// run canonicalizes in within a workspace. The results stand in it until it is given back.
func (w *workspace) run(in Input, o Options) error {
	d, err := w.converter.convert(in, o)
	if err != nil {
		return err
	}
	return w.canonicalizer.run(d, o.Hash, w.converter.limits)
}

// give gives a workspace back to the processor, unless a large document made it large.
func (p *Processor) give(w *workspace) {
	if !w.converter.oversized() {
		w.converter.forget()
		p.idle.Put(w)
	}
}

// Canonicalize returns the canonical form of a JSON-LD document: RDFC-1.0 over what JSON-LD 1.1
// makes of it in safe mode, with no document base. The error is a [*strict.Error] whose pointer is
// one into the text that in.Value is part of, with one of these codes:
//
//   - jsonld.undefined_term: a term or type that no context in force defines, or that is mapped to
//     null; a name of the form of a keyword
//   - jsonld.invalid_iri: an IRI that is relative or malformed (RFC 3987), or an identifier that the
//     document spells both in full and as a compact IRI, or with two prefixes
//   - jsonld.context: a context that is unknown, malformed, or not permitted in a document
//   - jsonld.protected: a protected term is redefined or taken away
//   - jsonld.dropped: something that RDF does not hold: null, @index, @direction, a blank node as
//     a property, values and objects that no property refers to
//   - jsonld.value: a value object, list, type, language or number of the wrong form
//   - budget: a limit of [Limits] was reached
//
// An empty array is no loss: it states nothing.
func (p *Processor) Canonicalize(in Input, o Options) (*Canonical, error) {
	w := p.workspace()
	defer p.give(w)
	if err := w.run(in, o); err != nil {
		return nil, err
	}
	nquads := w.canonicalizer.appendNQuads(nil)
	return &Canonical{
		nquads:   nquads,
		sum:      w.canonicalizer.appendHash(nil, nquads),
		labels:   w.canonicalizer.labels(),
		contents: w.converter.contents,
	}, nil
}

// Digest returns the hash of the canonical N-Quads document, without making the document, and what
// [Canonical.Contents] would return. The errors are those of [Processor.Canonicalize].
func (p *Processor) Digest(in Input, o Options) (sum []byte, contents int, err error) {
	w := p.workspace()
	defer p.give(w)
	if err := w.run(in, o); err != nil {
		return nil, 0, err
	}
	return w.canonicalizer.appendSum(nil), w.converter.contents, nil
}
