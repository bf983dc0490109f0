package canon

import (
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// keyed converts a map: an object whose keys are languages, indexes, identifiers or types, as the
// @container of the property says (JSON-LD API section 5.1.2 steps 13.7 and 13.8).
func (c *converter) keyed(t *table, d *definition, v strict.Value, s *sink) error {
	if err := c.open(v); err != nil {
		return err
	}
	convert := c.indexed
	switch {
	case d.container&inLanguage != 0:
		convert = c.languages
	case d.container&inID != 0:
		convert = c.identified
	case d.container&inType != 0:
		convert = c.classified
	}
	for key, m := range v.Members() {
		inner := *s
		inner.fromMap = true
		if err := convert(t, d, key, m, &inner); err != nil {
			return err
		}
	}
	c.depth--
	return nil
}

// isNone reports whether a key stands for @none, which says nothing.
func isNone(t *table, key string) bool {
	d := t.names.find(key)
	return d != nil && d.keyword == kwNone
}

// languages converts an entry of a language map.
func (c *converter) languages(t *table, d *definition, key string, v strict.Value, s *sink) error {
	direction := t.direction
	if d.hasDirection {
		direction = d.direction
	}
	if direction != "" {
		return dropped(v, "the base direction "+direction)
	}
	tail := ""
	if !isNone(t, key) {
		if !isLanguage(key) {
			return fail(v, codeValue, "%s is no well-formed language tag", quote(key))
		}
		tail = "@" + strings.ToLower(key)
	}
	for text := range v.Each() {
		switch text.Kind() {
		case strict.String:
		case strict.Null:
			return dropped(text, "null")
		default:
			return fail(text, codeValue, "a language map holds strings, and not %s", text.Kind())
		}
		if err := c.literal(s, c.quoted(text.Text(), tail), text); err != nil {
			return err
		}
	}
	return nil
}

// blankEntry returns an entry that says nothing.
func blankEntry(key strict.Value) *entry {
	return &entry{id: noTerm, typ: noTerm, predicate: noTerm, key: key}
}

// indexed converts an entry of an index map. The key of a plain one is not part of RDF, so that it
// must be @none; that of a property-valued one is read as a value of that property, under the
// coercion that the property has in t, and is stated of each node in the entry.
func (c *converter) indexed(t *table, d *definition, key string, v strict.Value, s *sink) error {
	s.entry = blankEntry(v)
	if isNone(t, key) {
		return c.elements(t, d, v, s)
	}
	if d.index == "" {
		return dropped(v, "the index "+quote(key))
	}
	p, err := c.member(t, d.index, v)
	if err != nil {
		return err
	}
	if p.text == "" || p.reverse {
		return fail(v, codeContext, "the index of %s is not a property that can hold a key: %s", quote(d.name), quote(d.index))
	}
	s.entry.predicate = c.constant(p.text, p.hash)
	switch p.coerce {
	case coerceID, coerceVocab:
		s.entry.object, err = c.resource(t, key, p.coerce == coerceVocab, v)
	case coerceTyped:
		s.entry.object = c.quoted(key, p.tail)
	case coerceJSON:
		return fail(v, codeContext, "the index of %s holds JSON: %s", quote(d.name), quote(d.index))
	default:
		tail, err := languageOf(t, p, v)
		if err != nil {
			return err
		}
		if tail != "" {
			tail = "@" + tail
		}
		s.entry.object = c.quoted(key, tail)
	}
	if err != nil {
		return err
	}
	return c.elements(t, d, v, s)
}

// identified converts an entry of a map of nodes by their identifiers. A node may repeat its key as
// @id; another @id would leave the key unsigned.
func (c *converter) identified(t *table, d *definition, key string, v strict.Value, s *sink) error {
	if t.previous != nil {
		return fail(v, codeContext, "nodes by their identifiers, under the context of a type, have no agreed meaning")
	}
	s.entry = blankEntry(v)
	if !isNone(t, key) {
		var err error
		if s.entry.id, err = c.resource(t, key, false, v); err != nil {
			return err
		}
	}
	return c.elements(t, d, v, s)
}

// classified converts an entry of a map of nodes by a type. The key brings the context of its type,
// in place of those of the enclosing node's types.
func (c *converter) classified(t *table, d *definition, key string, v strict.Value, s *sink) error {
	s.entry = blankEntry(v)
	inner := t
	if t.previous != nil {
		inner = t.previous // the keys replace the context of the enclosing node's types
	}
	if !isNone(t, key) {
		var err error
		if s.entry.typ, err = c.resource(t, key, true, v); err != nil {
			return err
		}
		if typ := inner.names.find(key); typ != nil && typ.scoped != nil {
			if inner, err = c.enterType(inner, typ.scoped, v); err != nil {
				return err
			}
		}
	}
	return c.elements(inner, inner.in(d), v, s)
}
