package canon

import (
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// How far a term of a local context is defined.
const (
	notDefined = iota
	beingDefined
	isDefined
)

// definer defines the terms of one local context in a table (JSON-LD API section 4.2).
type definer struct {
	c         *compiler
	at        place
	t         *table // changes
	local     map[string]strict.Value
	order     []string // the names in local, in document order
	state     map[string]uint8
	protected bool // the context protects its terms
	depth     int  // definitions that wait for one another
}

// definer returns the definer of a local context, what it imports merged in.
func (c *compiler) definer(local strict.Value, at place) (*definer, *flaw) {
	d := &definer{
		c: c, at: at,
		local: make(map[string]strict.Value, local.Len()),
		order: make([]string, 0, local.Len()),
		state: make(map[string]uint8, local.Len()),
	}
	d.merge(local)
	imported := d.local["@import"]
	switch {
	case !imported.Exists():
		return d, nil
	case at.source.inline():
		return nil, c.fault(imported, at, codeContext, "a context in the document may define new terms, and not import others")
	case imported.Kind() != strict.String:
		return nil, faultf(codeContext, "@import must be a URL")
	}
	name, fault := c.absolute(imported, at)
	if fault != nil {
		return nil, fault
	}
	s, fault := c.p.library.lookup(c.p, name, c.content)
	if fault != nil {
		return nil, fault
	}
	other := s.body.Get("@context")
	if other.Kind() != strict.Object || other.Get("@import").Exists() {
		return nil, faultf(codeContext, "@import must name a context that is one object without @import, unlike %s", quote(name))
	}
	d.merge(other)
	return d, nil
}

// merge adds the entries of a local context that are not there yet.
func (d *definer) merge(local strict.Value) {
	for name, value := range local.Members() {
		if _, ok := d.local[name]; !ok {
			d.local[name] = value
			d.order = append(d.order, name)
		}
	}
}

// fault describes what is wrong with an entry of the context; it points at the entry where that is
// written in the document.
func (d *definer) fault(v strict.Value, code, format string, args ...any) *flaw {
	return d.c.fault(v, d.at, code, format, args...)
}

// propagates reads @propagate, and falls back on how the context is applied.
func (d *definer) propagates() (bool, *flaw) {
	v := d.local["@propagate"]
	switch {
	case !v.Exists():
		return d.at.propagate, nil
	case v.Kind() != strict.Bool:
		return false, d.fault(v, codeContext, "@propagate must be true or false")
	case (d.at.item || len(d.at.chain) > 0) && v.Bool() != d.at.propagate:
		return false, d.fault(v, codeContext, "@propagate in a context that is named by URL, or one of several, has no agreed effect")
	}
	return v.Bool(), nil
}

// all processes the context: first its keywords, then its terms.
func (d *definer) all() *flaw {
	for _, name := range d.order {
		if keywordOf(name) == notKeyword || name == "@type" {
			continue
		}
		if fault := d.entry(name, d.local[name]); fault != nil {
			return fault
		}
	}
	for _, name := range d.order {
		if keywordOf(name) == notKeyword || name == "@type" {
			if fault := d.define(name); fault != nil {
				return fault
			}
		}
	}
	return nil
}

// entry processes a keyword of the context (JSON-LD API section 4.1.2 steps 5.5 to 5.12).
func (d *definer) entry(name string, v strict.Value) *flaw {
	switch name {
	case "@version":
		if f, ok := v.Float(); !ok || f != 1.1 {
			return d.fault(v, codeContext, "@version must be the number 1.1")
		}
	case "@protected":
		if v.Kind() != strict.Bool {
			return d.fault(v, codeContext, "@protected must be true or false")
		}
		d.protected = v.Bool()
	case "@propagate", "@import": // read already
	case "@base", "@vocab", "@language", "@direction":
		if d.at.source.inline() && (name != "@vocab" || d.t.vocab != "" || v.Kind() == strict.Null) {
			return d.fault(v, codeContext, "a context in the document may define new terms, and not change %s", name)
		}
		return d.setting(name, v)
	default:
		return d.fault(v, codeContext, "the keyword %s cannot be redefined", name)
	}
	return nil
}

// setting processes the entries that change how values are read.
func (d *definer) setting(name string, v strict.Value) *flaw {
	if v.Kind() != strict.String && v.Kind() != strict.Null {
		return d.fault(v, codeContext, "%s must be a string or null, and not %s", name, v.Kind())
	}
	text := v.Text()
	switch {
	case name == "@base":
		// The base of a named context does not concern the document; that of a scoped one would.
		if text != "" && len(d.at.chain) == 0 {
			return d.fault(v, codeContext, "@base would give relative IRIs a meaning; they are errors here")
		}
	case name == "@vocab":
		return d.setVocab(v)
	case name == "@language":
		if v.Kind() == strict.String && !isLanguage(text) {
			return d.fault(v, codeContext, "%s is no well-formed language tag", quote(text))
		}
		d.t.language = strings.ToLower(text)
	case text != "ltr" && text != "rtl" && v.Kind() == strict.String:
		return d.fault(v, codeContext, "@direction must be \"ltr\", \"rtl\" or null")
	default:
		d.t.direction = text
	}
	return nil
}

// setVocab reads @vocab (step 5.8). JSON-LD permits one that is relative to the base IRI or to the
// vocabulary before it; since there is no base, only one that comes out absolute is accepted.
func (d *definer) setVocab(v strict.Value) *flaw {
	if v.Kind() == strict.Null {
		d.t.vocab, d.t.ownVocab = "", false
		return nil
	}
	iri, kw, fault := d.expand(v, v.Text())
	if fault != nil {
		return fault
	}
	if kw != notKeyword || schemeEnd(iri) == 0 || len(iri) > maxMappedIRI {
		return d.fault(v, codeContext, "@vocab must be an absolute IRI, unlike %s", quote(v.Text()))
	}
	d.t.vocab, d.t.ownVocab = iri, d.at.source.inline()
	return nil
}

// expand expands a string as JSON-LD API section 5.2 does while a context is processed: terms that
// it depends on are defined first. The result may be relative; it is "" for what JSON-LD ignores.
func (d *definer) expand(v strict.Value, s string) (string, keyword, *flaw) {
	if kw := keywordOf(s); kw != notKeyword {
		return "", kw, nil
	}
	if resemblesKeyword(s) {
		return "", notKeyword, nil
	}
	if fault := d.require(s); fault != nil {
		return "", notKeyword, fault
	}
	if known := d.t.terms[s]; known != nil {
		return known.iri, known.keyword, nil
	}
	if colon := strings.IndexByte(s, ':'); colon > 0 {
		prefix, suffix := s[:colon], s[colon+1:]
		if prefix == "_" || strings.HasPrefix(suffix, "//") {
			return s, notKeyword, nil
		}
		if fault := d.require(prefix); fault != nil {
			return "", notKeyword, fault
		}
		if known := d.t.terms[prefix]; known != nil && known.prefix {
			return known.iri + suffix, notKeyword, nil
		}
		if schemeEnd(s) > 0 {
			return s, notKeyword, nil
		}
	}
	return d.t.vocab + s, notKeyword, nil
}

// require defines a term of the local context before it is used.
func (d *definer) require(name string) *flaw {
	if _, ok := d.local[name]; !ok || d.state[name] == isDefined || keywordOf(name) != notKeyword {
		return nil
	}
	if d.depth++; d.depth > maxTermChain {
		return d.fault(d.local[name], codeContext, "the definition of %s depends on more than %d others", quote(name), maxTermChain)
	}
	defer func() { d.depth-- }()
	return d.define(name)
}

// forbidRedefinition holds contexts in the document to new terms for new IRIs. Another name for
// something that the named contexts have a term for would let a signed document be rewritten so that
// its readers do not find what the signature covers.
func (d *definer) forbidRedefinition(v strict.Value, n, known *definition) *flaw {
	switch {
	case known != nil && n.same(known):
		return nil
	case known != nil:
		return d.fault(v, codeContext, "a context in the document may define new terms, and not redefine %s", quote(n.name))
	case n.keyword != notKeyword:
		return d.fault(v, codeContext, "a context in the document may define new terms, and not other names for keywords")
	}
	if why := d.c.claim(n, d.t.sources); why != "" {
		return d.fault(v, codeContext, "%s", why)
	}
	return nil
}

// claim notes what a context in the document gives a name to, and says why it may not: because a
// named context has a term for that.
func (c *compiler) claim(n *definition, sources []*source) (why string) {
	if strings.HasPrefix(n.iri, rdf) {
		return "the document gives the name " + quote(n.name) + " to " + quote(n.iri) + ", which has its own form in JSON-LD"
	}
	for _, list := range [...][]*source{c.sources, sources} {
		for _, s := range list {
			if s.named()[n.iri] {
				return claimed(n, s)
			}
		}
	}
	c.defined = append(c.defined, n)
	return ""
}

// claimed is the sentence about a name that the document gives to what a context has a term for.
func claimed(n *definition, s *source) string {
	return "the document gives the name " + quote(n.name) + " to " + quote(n.iri) + ", which the context " + s.url + " has a term for"
}

// meet notes the named contexts of a table that the document uses, and refuses one that has terms
// for what an inline context defined before it.
func (c *compiler) meet(t *table) *flaw {
	for _, s := range t.sources {
		if slices.Contains(c.sources, s) {
			continue
		}
		c.sources = append(c.sources, s)
		for _, d := range c.defined {
			if d.iri != "" && s.named()[d.iri] {
				return faultf(codeContext, "%s", claimed(d, s))
			}
		}
	}
	return nil
}
