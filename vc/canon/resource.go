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
				return c.compact(d, suffix, vocab, at)
			}
		}
		if schemeEnd(s) > 0 {
			return c.full(s, vocab, at)
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

// compact returns the term of a compact IRI. As an identifier it is noted, see [converter.full].
func (c *converter) compact(prefix *definition, suffix string, vocab bool, at strict.Value) (termID, error) {
	o, err := c.iri(prefix.iri, suffix, at)
	if err != nil || vocab {
		return o, err
	}
	spelling := prefix.name + ":" + suffix
	if known, again := c.compacted[o]; c.terms[o].full || again && known != spelling {
		return 0, c.respelled(o, at)
	}
	if c.compacted == nil {
		c.compacted = make(map[termID]string)
	}
	c.compacted[o] = spelling
	return o, nil
}

// full returns the term of an IRI that is written out. An identifier must be spelled in one way throughout
// a document: who compares identifiers in the JSON would take one node for two.
func (c *converter) full(s string, vocab bool, at strict.Value) (termID, error) {
	o, err := c.iri("", s, at)
	if err != nil || vocab {
		return o, err
	}
	if _, compact := c.compacted[o]; compact {
		return 0, c.respelled(o, at)
	}
	c.terms[o].full = true
	return o, nil
}

func (c *converter) respelled(o termID, at strict.Value) error {
	return fail(at, codeIRI, "the identifier %s is spelled in two ways in this document, of which this is the second", quote(strings.Trim(c.textOf(o), "<>")))
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
