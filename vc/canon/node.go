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
		iri = t.vocab + name
	}
	d := &definition{name: name, iri: iri}
	if isIRI(iri) {
		d.text = "<" + iri + ">"
		d.hash = maphash.String(c.seed, d.text)
	}
	return d, nil
}

// property converts the values of a property.
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

// keyword converts a member of a node whose name is a keyword or stands for one.
func (c *converter) keyword(n *nodeTask, d *definition, v strict.Value) error {
	switch d.keyword {
	case kwContext, kwID:
		return nil
	case kwType:
		return c.typed(n, v)
	case kwGraph:
		return c.graphMembers(n.t, v, &sink{kind: free, graph: n.id})
	case kwIncluded:
		return c.included(n, v)
	case kwReverse:
		return c.reverse(n, v)
	case kwNest:
		return c.nest(n, v)
	case kwIndex, kwDirection, kwLanguage:
		return dropped(v, quote(d.name))
	}
	return fail(v, codeValue, "the keyword %s cannot be a member of a node", quote(d.name))
}

// typed states the types of a node. Their names are read without the contexts that they bring.
func (c *converter) typed(n *nodeTask, v strict.Value) error {
	for name := range v.Each() {
		if name.Kind() != strict.String {
			return fail(name, codeValue, "a type must be a string, and not %s", name.Kind())
		}
		if d := n.types.names.find(name.Text()); d == nil && n.types.vocab == "" && schemeEnd(name.Text()) == 0 && !strings.HasPrefix(name.Text(), "_:") {
			return c.undefined(name, name.Text(), "type")
		}
		o, err := c.resource(n.types, name.Text(), true, name)
		if err != nil {
			return err
		}
		if err := c.emit(n.id, c.constant(textType, c.words.typ), o, n.graph, name); err != nil {
			return err
		}
	}
	return nil
}

// graphMembers converts the value of @graph: nodes in the graph of the sink.
func (c *converter) graphMembers(t *table, v strict.Value, s *sink) error {
	if v.Kind() != strict.Object && v.Kind() != strict.Array {
		return fail(v, codeValue, "@graph must be an object or an array, and not %s", v.Kind())
	}
	return c.elements(t, nil, v, s)
}

// included converts the value of @included: nodes beside the one that holds them.
func (c *converter) included(n *nodeTask, v strict.Value) error {
	if v.Kind() != strict.Object && v.Kind() != strict.Array {
		return fail(v, codeValue, "@included must hold nodes, and not %s", v.Kind())
	}
	return c.elements(n.t, nil, v, &sink{kind: free, graph: n.graph})
}

// reverse converts the value of @reverse: properties that other nodes have, with this one as their
// value.
func (c *converter) reverse(n *nodeTask, v strict.Value) error {
	if v.Kind() != strict.Object {
		return fail(v, codeValue, "@reverse must be an object, and not %s", v.Kind())
	}
	if err := c.open(v); err != nil {
		return err
	}
	var o shape
	o.look(n.t.aliases, v, nil)
	t, err := c.enterObject(n.t, v, &o, frame{})
	if err != nil {
		return err
	}
	for name, m := range v.Members() {
		d, err := c.member(t, name, m)
		if err != nil {
			return err
		}
		if d.keyword == kwContext {
			continue
		}
		if d.keyword != notKeyword {
			return fail(m, codeValue, "the keyword %s cannot stand inside @reverse", quote(name))
		}
		if err := c.property(t, d, m, &sink{kind: reversed, subject: n.id, graph: n.graph}); err != nil {
			return err
		}
	}
	c.depth--
	return nil
}

// nest converts the value of @nest: objects whose members are those of the node.
func (c *converter) nest(n *nodeTask, v strict.Value) error {
	if err := c.open(v); err != nil {
		return err
	}
	for inner := range v.Each() {
		var o shape
		o.look(n.t.aliases, inner, nil)
		if inner.Kind() != strict.Object || o.kind != notKeyword {
			return fail(inner, codeValue, "@nest must hold objects with the members of a node")
		}
		if o.context.Exists() {
			return fail(o.context, codeContext, "a context inside @nest has no effect")
		}
		nested := *n
		nested.omit = nil
		if err := c.members(&nested, inner); err != nil {
			return err
		}
	}
	c.depth--
	return nil
}
