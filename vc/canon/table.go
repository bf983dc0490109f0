package canon

import (
	"maps"
	"sync"
	"sync/atomic"
)

// table is an active context (JSON-LD API section 4.1) in compiled form. It never changes once it
// is complete, but for the tables that follow from it, which it remembers.
type table struct {
	terms     map[string]*definition
	vocab     string // "" for none
	ownVocab  bool   // a context in the document gave vocab
	language  string // default language, "" for none
	direction string // default base direction, "" for none
	previous  *table // what holds again inside the next node, nil for the same

	names    lookup   // of terms
	aliases  *aliases // what stands for keywords
	prefixes bool     // there are terms that may start compact IRIs
	guarded  bool     // there are protected terms

	contents int       // greatest number of published contents of a context that went into it
	sources  []*source // the named contexts that went into it
	cache    *cache    // keeps the table; nil for tables of one call
	next     atomic.Pointer[following]
}

// following is what contexts make of a table. It is copied to be changed.
type following struct {
	named  map[namedKey]*table
	scoped map[scopedKey]*table
}

// namedKey stands for a context that a document names by its URL.
type namedKey struct {
	url     string
	content int
}

// scopedKey stands for a context inside a term definition.
type scopedKey struct {
	scope   *scoped
	content int
	byType  bool // applied for a type, and not for a property
}

// cache bounds the memory of the tables that follow from one initial table. When it is full the
// processor starts a new one; tables of the old one live on until the calls that use them end.
type cache struct {
	mu    sync.Mutex // guards changes of table.next
	terms int        // definitions held by all tables
	root  *table
}

// newCache returns a cache that holds the initial context only: the keywords.
func newCache() *cache {
	c := &cache{root: &table{terms: make(map[string]*definition, len(memberKeywords))}}
	c.root.cache = c
	for _, name := range memberKeywords {
		c.root.terms[name] = &definition{name: name, keyword: keywordOf(name)}
	}
	c.root.complete()
	return c
}

// clone returns a table of the same content whose terms may be changed until it is complete.
func (t *table) clone() *table {
	return &table{
		terms: maps.Clone(t.terms), vocab: t.vocab, ownVocab: t.ownVocab, language: t.language, direction: t.direction,
		previous: t.previous, contents: t.contents, sources: t.sources, cache: t.cache, aliases: t.aliases,
	}
}

// complete derives what follows from the terms.
func (t *table) complete() {
	t.prefixes, t.guarded = false, false
	for _, d := range t.terms {
		t.prefixes = t.prefixes || d.prefix
		t.guarded = t.guarded || d.protected
	}
	t.names = newLookup(t.terms)
	if a := newAliases(t.terms); t.aliases == nil || !a.same(t.aliases) {
		t.aliases = a
	}
}

// same reports whether two tables make the same of every document.
func (t *table) same(u *table) bool {
	if len(t.terms) != len(u.terms) || t.vocab != u.vocab || t.ownVocab != u.ownVocab || t.language != u.language ||
		t.direction != u.direction || t.previous != u.previous || t.contents != u.contents ||
		len(t.sources) != len(u.sources) {
		return false
	}
	for name, d := range t.terms {
		if u.terms[name] != d {
			return false
		}
	}
	return true
}

// lookupNamed returns what the context at a URL makes of the table, nil if that is not known.
func (t *table) lookupNamed(k namedKey) *table {
	if f := t.next.Load(); f != nil {
		return f.named[k]
	}
	return nil
}

// lookupScoped returns what a scoped context makes of the table, nil if that is not known.
func (t *table) lookupScoped(k scopedKey) *table {
	if f := t.next.Load(); f != nil {
		return f.scoped[k]
	}
	return nil
}

// keep remembers a table that follows from t, and returns the one to use: the one that another
// goroutine was first to keep, or u. A table that t's cache has no room for is not kept.
func (p *Processor) keep(t, u *table, add func(*following) *table) *table {
	if t.cache == nil {
		return t.remember(u, add)
	}
	t.cache.mu.Lock()
	defer t.cache.mu.Unlock()
	cost := 1
	if u != t {
		cost += len(u.terms)
	}
	if t.cache.terms+cost > maxCachedTerms {
		p.cache.CompareAndSwap(t.cache, newCache())
		return u
	}
	t.cache.terms += cost
	return t.remember(u, add)
}

// remember adds to a copy of what follows from t, unless there is too much of that.
func (t *table) remember(u *table, add func(*following) *table) *table {
	f := &following{named: map[namedKey]*table{}, scoped: map[scopedKey]*table{}}
	if old := t.next.Load(); old != nil {
		if len(old.named)+len(old.scoped) >= maxFollowing {
			return u
		}
		maps.Copy(f.named, old.named)
		maps.Copy(f.scoped, old.scoped)
	}
	kept := add(f)
	t.next.Store(f)
	return kept
}

// keepNamed remembers u as what the context at a URL makes of t.
func (p *Processor) keepNamed(t *table, k namedKey, u *table) *table {
	return p.keep(t, u, func(f *following) *table {
		if first := f.named[k]; first != nil {
			return first
		}
		f.named[k] = u
		return u
	})
}

// keepScoped remembers u as what a scoped context makes of t.
func (p *Processor) keepScoped(t *table, k scopedKey, u *table) *table {
	return p.keep(t, u, func(f *following) *table {
		if first := f.scoped[k]; first != nil {
			return first
		}
		f.scoped[k] = u
		return u
	})
}
