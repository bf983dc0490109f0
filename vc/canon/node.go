package canon

import (
	"hash/maphash"
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// nodeTask is a node that is being converted.
type nodeTask struct {
	t, types *table // the active context, with and without that of its types
	object   strict.Value
	shape    shape
	id       termID
	graph    termID
	omit     []string
}

// identify finds the term of a node: the value of @id, or a new blank node. Own reports whether
// the node has an @id.
func (c *converter) identify(n *nodeTask) (own bool, err error) {
	id := n.shape.id
	if n.shape.nests || n.shape.ids > 1 {
		if id, err = c.findID(n, n.object, 0); err != nil {
			return false, err
		}
	}
	if !id.Exists() {
		n.id = c.blank()
		return false, nil
	}
	if id.Kind() != strict.String {
		return false, fail(id, codeValue, "@id must be a string, and not %s", id.Kind())
	}
	n.id, err = c.resource(n.t, id.Text(), false, id)
	return true, err
}

// findID returns the value of @id in a node or in what is nested in it.
func (c *converter) findID(n *nodeTask, v strict.Value, nested int) (id strict.Value, err error) {
	if nested > c.limits.Depth {
		return id, nil
	}
	for name, m := range v.Members() {
		if nested == 0 && slices.Contains(n.omit, name) {
			continue
		}
		switch n.t.aliases.meaning(name) {
		case kwID:
			if id.Exists() {
				return id, fail(m, codeValue, "%s repeats @id under another name", quote(name))
			}
			id = m
		case kwNest:
			for inner := range m.Each() {
				other, err := c.findID(n, inner, nested+1)
				if err != nil {
					return id, err
				}
				if other.Exists() && id.Exists() {
					return id, fail(other, codeValue, "a node has two values for @id")
				}
				if other.Exists() {
					id = other
				}
			}
		}
	}
	return id, nil
}

// members converts the members of a node, or of an object nested in it.
func (c *converter) members(n *nodeTask, v strict.Value) error {
	for name, m := range v.Members() {
		if len(n.omit) > 0 && slices.Contains(n.omit, name) {
			continue
		}
		d := n.t.names.find(name)
		if d == nil || d.iri == "" && d.keyword == notKeyword {
			var err error
			if d, err = c.member(n.t, name, m); err != nil {
				return err
			}
		}
		var err error
		if d.keyword == notKeyword {
			err = c.property(n.t, d, m, &sink{kind: property, subject: n.id, graph: n.graph})
		} else {
			err = c.keyword(n, d, m)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// member returns the definition that the name of a member has, and one made for it where the name
// is itself an IRI or one that @vocab completes.
func (c *converter) member(t *table, name string, v strict.Value) (*definition, error) {
	if d := t.names.find(name); d != nil {
		if d.iri == "" && d.keyword == notKeyword {
			return nil, c.undefined(v, name, "term")
		}
		return d, nil
	}
	iri := ""
	if colon := strings.IndexByte(name, ':'); colon > 0 {
		prefix, suffix := name[:colon], name[colon+1:]
		if p := t.names.find(prefix); p != nil && p.prefix && !strings.HasPrefix(suffix, "//") {
			if p.inline {
				return nil, fail(v, codeContext, "%s would mean %s, by a prefix that the document itself defines", quote(name), quote(p.iri+suffix))
			}
			iri = p.iri + suffix
		} else if schemeEnd(name) > 0 || prefix == "_" {
			iri = name
		}
	}
	if iri == "" {
		if t.vocab == "" || resemblesKeyword(name) {
			return nil, c.undefined(v, name, "term")
		}
		var err error
		if iri, err = c.complete(t, name, v); err != nil {
			return nil, err
		}
	}
	d := &definition{name: name, iri: iri}
	if isIRI(iri) {
		d.text = "<" + iri + ">"
		d.hash = maphash.String(c.seed, d.text)
	}
	return d, nil
}

// property converts the values of a property (steps 13.5 to 13.14). The container is that of the
// definition d; the coercion of a scalar is that of the property's own context, where it has one.
// RDF has no properties that are blank nodes, so one is an error here.
func (c *converter) property(t *table, d *definition, v strict.Value, s *sink) error {
	switch {
	case strings.HasPrefix(d.iri, "_:"):
		return dropped(v, "a property that is a blank node")
	case d.text == "":
		return fail(v, codeIRI, "the property %s stands for %s, which is not a well-formed IRI", quote(d.name), quote(d.iri))
	}
	s.predicate = c.constant(d.text, d.hash)
	if d.reverse {
		s.kind = property + reversed - s.kind
	}
	if d.plain() {
		return c.value(t, d, v, s)
	}
	s.graphs = d.container&inGraph != 0
	if d.coerce == coerceJSON {
		s.listed = d.container&inList != 0
		return c.json(v, s)
	}
	if v.Kind() == strict.Object && d.container&(inLanguage|inIndex|inID|inType) != 0 {
		return c.keyed(t, d, v, s)
	}
	s.wrap = s.graphs && d.container&(inID|inIndex) == 0
	switch {
	case d.container&inList == 0:
		return c.value(t, d, v, s)
	case v.Kind() == strict.Array:
		return c.list(s, v, func(inner *sink) error { return c.elements(t, d, v, inner) })
	}
	s.listed = true
	return c.value(t, d, v, s)
}
