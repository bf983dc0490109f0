package canon

// Defaults of [Limits].
const (
	defaultQuads        = 100_000
	defaultText         = 64 << 20
	defaultSteps        = 10_000
	defaultDepth        = 128
	defaultContexts     = 1_000
	defaultContextBytes = 64 << 10
	defaultContextTerms = 1_000_000
)

// Limits of this package that no caller changes.
const (
	maxCachedTerms   = 400_000 // term definitions that a Processor keeps, over all its tables
	maxFollowing     = 1_024   // tables that one table remembers as following from it
	maxContextDepth  = 16      // contexts that name contexts
	maxTermChain     = 64      // term definitions that wait for one another
	maxMappedIRI     = 2_048   // bytes of an IRI that a context maps a term to
	maxPooledTerms   = 1 << 14 // terms of a dataset whose memory is kept for the next one
	maxPooledBytes   = 1 << 20 // bytes of term text whose memory is kept for the next one
	maxQuotedInError = 120     // bytes of a document that a sentence quotes
)

// Limits bounds the work that one document can cause. A field that is zero or negative stands for
// its default, so the zero value is the safe setting. Reaching a limit of work (Quads, Text, Steps,
// ContextTerms) is the error "budget", which says nothing about the document.
type Limits struct {
	Quads        int // statements of one dataset; 100,000
	Text         int // bytes of its N-Quads, in whichever order; 64 MiB
	Steps        int // N-degree hashes of RDFC-1.0; 10,000
	Depth        int // JSON arrays and objects open at once; 128
	Contexts     int // @context entries that one document may hold, nested ones included; 1,000
	ContextBytes int // bytes of inline contexts in one document; 64 KiB
	ContextTerms int // term definitions compiled for one document, those already cached left out; 1,000,000
}

func (l Limits) orDefault() Limits {
	for _, field := range []struct {
		value    *int
		standard int
	}{
		{&l.Quads, defaultQuads},
		{&l.Text, defaultText},
		{&l.Steps, defaultSteps},
		{&l.Depth, defaultDepth},
		{&l.Contexts, defaultContexts},
		{&l.ContextBytes, defaultContextBytes},
		{&l.ContextTerms, defaultContextTerms},
	} {
		if *field.value <= 0 {
			*field.value = field.standard
		}
	}
	return l
}
