package canon

import (
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// keyword converts a member of a node whose name is a keyword or stands for one (step 13.4). The
// identifier is known already; @value, @list and @set have made the object something else than a
// node; @index, @language and @direction say nothing in RDF, and so are errors.
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
		if err := c.emit(n.id, c.word(rdfType), o, n.graph, name); err != nil {
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
