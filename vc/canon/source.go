package canon

import (
	"strconv"
	"sync"

	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// source is where a context is written: one published content of a context URL, or a document.
type source struct {
	url      string // "" for a document
	body     strict.Value
	contents int // how many published contents the URL has
	named    func() map[string]bool
}

// inline reports whether the source is the document itself.
func (s *source) inline() bool { return s.url == "" }

// library holds the contexts of a set, each parsed when it is first needed.
type library struct {
	set  *contexts.Set
	mu   sync.Mutex
	read map[string][]*source
}

// lookup returns one of the contents of a context URL: the oldest for 0, the newest where there
// are not so many. Unknown URLs are not remembered.
func (l *library) lookup(p *Processor, url string, content int) (*source, *flaw) {
	l.mu.Lock()
	defer l.mu.Unlock()
	known, ok := l.read[url]
	if !ok {
		documents := l.set.Lookup(url)
		if len(documents) == 0 {
			return nil, unknownContext(url)
		}
		for _, d := range documents {
			body, err := strict.Parse(d.Body(), strict.Limits{})
			if err != nil {
				return nil, faultf(codeContext, "the context %s is not acceptable JSON: %v", quote(url), err)
			}
			s := &source{url: url, body: body, contents: len(documents)}
			s.named = sync.OnceValue(func() map[string]bool { return p.namesOf(s) })
			known = append(known, s)
		}
		l.read[url] = known
	}
	if content < 0 {
		content = 0
	}
	return known[min(content, len(known)-1)], nil
}

// namesOf collects every IRI that the terms of a context stand for, in scoped contexts too.
func (p *Processor) namesOf(s *source) map[string]bool {
	names := make(map[string]bool)
	c := p.compiler(0, false)
	seen := make(map[*scoped]bool)
	var collect func(t *table, depth int)
	collect = func(t *table, depth int) {
		for _, d := range t.terms {
			if d.iri != "" {
				names[d.iri] = true
			}
		}
		if depth >= maxContextDepth {
			return
		}
		for _, d := range t.terms {
			if d.scoped != nil && !seen[d.scoped] {
				seen[d.scoped] = true
				if inner, fault := c.scopedContext(t, d.scoped, false); fault == nil {
					collect(inner, depth+1)
				}
			}
		}
	}
	root := c.root.clone() // of no cache, so that nothing is kept
	root.cache = nil
	root.complete()
	if t, fault := c.context(root, s.body.Get("@context"), place{source: s, propagate: true}); fault == nil {
		collect(t, 0)
	}
	return names
}

// flaw is what is wrong with a context. It becomes an error once it is known where in the document
// the context is named.
type flaw struct {
	code   string
	detail string
	at     strict.Value // in the document, absent where the context is not written there
}

// quote quotes a text of the document for a sentence: escaped, and cut where it is long.
func quote(s string) string {
	if len(s) > maxQuotedInError {
		s = s[:maxQuotedInError] + "…"
	}
	return strconv.Quote(s)
}
