package canon

import (
	"fmt"
	"net/url"
	"slices"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// compiler applies contexts to tables for one document.
type compiler struct {
	p       *Processor
	root    *table // the initial context
	content int
	terms   int // definitions that may still be compiled

	inline  bool          // contexts in the document are permitted
	sources []*source     // with inline: the named contexts met so far
	defined []*definition // what inline contexts defined so far
}

// compiler returns a compiler for one document.
func (p *Processor) compiler(content int, inline bool) compiler {
	return compiler{p: p, root: p.cache.Load().root, content: content, inline: inline, terms: p.limits.ContextTerms}
}

// place is how and where a context is applied.
type place struct {
	source    *source  // where it is written
	override  bool     // it may redefine protected terms, as a property-scoped context
	propagate bool     // it holds in nodes further inside too
	item      bool     // it is one of several in an array
	chain     []string // the URLs that led here
}

// named applies the context at a URL to a table, as JSON-LD API section 4.1.2 step 5.2.
func (c *compiler) named(t *table, url string, at place) (*table, *flaw) {
	if slices.Contains(at.chain, url) {
		return nil, faultf(codeContext, "the context %s names itself, by way of %d others", quote(url), len(at.chain)-1)
	}
	if len(at.chain) >= maxContextDepth {
		return nil, faultf(codeContext, "contexts name each other more than %d deep", maxContextDepth)
	}
	s, fault := c.p.library.lookup(c.p, url, c.content)
	if fault != nil {
		return nil, fault
	}
	at.source, at.chain, at.item = s, append(slices.Clip(at.chain), url), false
	u, fault := c.context(t, s.body.Get("@context"), at)
	if fault != nil {
		fault.detail = "context " + url + ": " + fault.detail
		return nil, fault
	}
	if u == t && slices.Contains(t.sources, s) && u.contents >= s.contents {
		return t, nil
	}
	if u == t || u == c.root {
		u = u.clone()
		u.complete()
	}
	u.contents = max(u.contents, s.contents)
	if !slices.Contains(u.sources, s) {
		u.sources = append(slices.Clip(u.sources), s)
	}
	return u, nil
}

// scopedContext applies the context of a term to a table: for a property, or for a type.
func (c *compiler) scopedContext(t *table, s *scoped, byType bool) (*table, *flaw) {
	return c.context(t, s.local, place{source: s.source, override: !byType, propagate: !byType})
}

// context applies a local context of any form to a table, as JSON-LD API section 4.1.2.
func (c *compiler) context(t *table, local strict.Value, at place) (*table, *flaw) {
	switch local.Kind() {
	case strict.Null:
		return c.null(t, local, at)
	case strict.String:
		name, fault := c.absolute(local, at)
		if fault != nil {
			return nil, fault
		}
		return c.named(t, name, at)
	case strict.Object:
		return c.object(t, local, at)
	case strict.Array:
		if at.item {
			return nil, c.fault(local, at, codeContext, "an array of contexts holds an array")
		}
		at.item = true
		for item := range local.Elements() {
			var fault *flaw
			if t, fault = c.context(t, item, at); fault != nil {
				return nil, fault
			}
		}
		return t, nil
	}
	return nil, c.fault(local, at, codeContext, "a context must be a URL, an object, null or an array of them, and not %s", local.Kind())
}

// fault describes what is wrong with a context, or with a part of one.
func (c *compiler) fault(v strict.Value, at place, code, format string, args ...any) *flaw {
	f := faultf(code, format, args...)
	if at.source.inline() {
		f.at = v
	}
	return f
}

// faultf describes what is wrong with a context that is not written in the document.
func faultf(code, format string, args ...any) *flaw {
	return &flaw{code: code, detail: fmt.Sprintf(format, args...)}
}

// null takes all terms away. Protected ones permit that to a property-scoped context only.
func (c *compiler) null(t *table, v strict.Value, at place) (*table, *flaw) {
	switch {
	case t.guarded && !at.override:
		return nil, c.fault(v, at, codeProtected, "a null context would take protected terms away")
	case at.source.inline() && (at.override || !at.propagate):
		return nil, c.fault(v, at, codeContext, "a context inside a term definition of the document is null")
	case at.propagate:
		return c.root, nil
	}
	u := c.root.clone()
	u.cache, u.previous = t.cache, t
	u.complete()
	return u, nil
}

// absolute resolves the URL of a context against that of the context it is written in.
func (c *compiler) absolute(v strict.Value, at place) (string, *flaw) {
	name := v.Text()
	if isIRI(name) {
		return name, nil
	}
	if !at.source.inline() {
		base, err1 := url.Parse(at.source.url)
		reference, err2 := url.Parse(name)
		if err1 == nil && err2 == nil {
			return base.ResolveReference(reference).String(), nil
		}
	}
	return "", c.fault(v, at, codeContext, "%s is no absolute URL of a context", quote(name))
}

// object applies a context that is written out, as JSON-LD API section 4.1.2 from step 5.3 on.
func (c *compiler) object(t *table, local strict.Value, at place) (*table, *flaw) {
	if at.source.inline() && !c.inline {
		return nil, c.fault(local, at, codeContext, "the context is written out in the document; only contexts named by URL are accepted")
	}
	d, fault := c.definer(local, at)
	if fault != nil {
		return nil, fault
	}
	propagate, fault := d.propagates()
	if fault != nil {
		return nil, fault
	}
	d.t = t.clone()
	if at.source.inline() {
		d.t.cache = nil
	}
	if !propagate && t.previous == nil {
		d.t.previous = t
	}
	if c.terms -= len(t.terms) + len(d.order); c.terms < 0 {
		return nil, faultf(codeBudget, "the contexts of the document define more than %d terms", c.p.limits.ContextTerms)
	}
	if fault := d.all(); fault != nil {
		return nil, fault
	}
	d.t.complete()
	if d.t.same(t) {
		return t, nil
	}
	return d.t, nil
}
