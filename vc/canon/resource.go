package canon

import (
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

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
			if _, err := c.complete(t, s, at); err != nil {
				return 0, err
			}
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

// complete returns what @vocab makes of a name. Where a context in the document gave @vocab, names
// may stand for new IRIs only, as with terms that it defines.
func (c *converter) complete(t *table, name string, at strict.Value) (string, error) {
	iri := t.vocab + name
	if t.ownVocab {
		if why := c.ctx.claim(&definition{name: name, iri: iri}, t.sources); why != "" {
			return "", fail(at, codeContext, "%s", why)
		}
	}
	return iri, nil
}
