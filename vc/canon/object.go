package canon

import (
	"cmp"
	"slices"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// frame says in which part an object stands.
type frame struct {
	prop    *definition // whose value it is, nil if no property's
	omit    []string    // members that are left out
	entered bool        // its @context is in force already
	fromMap bool        // it stands in a map
}

// object converts a node, a value object, a set or a list (JSON-LD API section 5.1.2 from step 7
// on), and states it in the sink. Its names are looked at under the context that it stands in, and
// again only where its own @context or types bring other names for keywords.
func (c *converter) object(t *table, v strict.Value, s *sink, f frame) error {
	if err := c.open(v); err != nil {
		return err
	}
	var err error
	var o shape
	o.look(t.aliases, v, f.omit)
	types := t
	if !f.entered {
		if types, err = c.enterObject(t, v, &o, f); err != nil {
			return err
		}
		if types.aliases != t.aliases {
			o.look(types.aliases, v, f.omit)
		}
	}
	t = types
	if o.types > 0 {
		if t, err = c.enterTypes(types, v, &o, f.omit); err != nil {
			return err
		}
		if t.aliases != types.aliases {
			o.look(t.aliases, v, f.omit)
		}
	}
	switch o.kind {
	case kwValue:
		err = c.valueObject(t, types, v, s)
	case kwList:
		err = c.collection(t, v, s, f.prop)
	default:
		err = c.nodeObject(&nodeTask{t: t, types: types, object: v, shape: o, omit: f.omit}, s)
	}
	c.depth--
	return err
}

// enterObject finds the active context of an object, but for its types (steps 7 to 9). A value and
// a reference to a node are still the concern of the context of the enclosing node's type.
func (c *converter) enterObject(t *table, v strict.Value, o *shape, f frame) (*table, error) {
	if t.previous != nil && !f.fromMap && o.kind != kwValue && !(o.ids > 0 && v.Len() == 1) {
		t = t.previous
	}
	if f.prop != nil && f.prop.scoped != nil {
		var err error
		if t, err = c.enterProperty(t, f.prop, v); err != nil {
			return nil, err
		}
	}
	if !o.context.Exists() {
		return t, nil
	}
	return c.enterContext(t, o.context)
}

// typeContext is a type of an object that has a context.
type typeContext struct {
	member, name string
	scope        *scoped
	at           strict.Value
}

// enterTypes applies the contexts of an object's types, in the order of their names (steps 10, 11).
func (c *converter) enterTypes(t *table, v strict.Value, o *shape, omit []string) (*table, error) {
	if o.types == 1 && o.typ.Kind() == strict.String {
		if d := t.names.find(o.typ.Text()); d != nil && d.scoped != nil {
			return c.enterType(t, d.scoped, o.typ)
		}
		return t, nil
	}
	var store [4]typeContext
	found := store[:0]
	if o.types == 1 {
		found = appendScoped(found, t, "", o.typ)
	} else {
		for member, names := range v.Members() {
			if t.aliases.meaning(member) == kwType && !slices.Contains(omit, member) {
				found = appendScoped(found, t, member, names)
			}
		}
	}
	if len(found) > 1 {
		slices.SortStableFunc(found, func(a, b typeContext) int {
			return cmp.Or(cmp.Compare(a.member, b.member), cmp.Compare(a.name, b.name))
		})
	}
	for _, f := range found {
		var err error
		if t, err = c.enterType(t, f.scope, f.at); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// appendScoped appends those of the types in a member that have contexts.
func appendScoped(found []typeContext, t *table, member string, names strict.Value) []typeContext {
	for name := range names.Each() {
		if d := t.names.find(name.Text()); d != nil && d.scoped != nil && name.Kind() == strict.String {
			found = append(found, typeContext{member, d.name, d.scoped, name})
		}
	}
	return found
}

// collection converts an object with @list or @set, which may hold nothing else.
func (c *converter) collection(t *table, v strict.Value, s *sink, prop *definition) error {
	var kind keyword
	var items strict.Value
	for name, m := range v.Members() {
		d, err := c.member(t, name, m)
		if err != nil {
			return err
		}
		switch {
		case d.keyword == kwContext:
		case d.keyword == kwIndex:
			return dropped(m, quote(name))
		case (d.keyword == kwList || d.keyword == kwSet) && !items.Exists():
			kind, items = d.keyword, m
		default:
			return fail(m, codeValue, "%s cannot stand beside @list or @set", quote(name))
		}
	}
	prop = t.in(prop)
	if kind == kwList {
		return c.list(s, v, func(inner *sink) error { return c.elements(t, prop, items, inner) })
	}
	if s.kind == element {
		return fail(v, codeValue, "@set inside a list has no agreed meaning")
	}
	if s.listed {
		return c.list(s, v, func(inner *sink) error { return c.elements(t, prop, items, inner) })
	}
	inner := *s
	inner.fromMap = false
	return c.elements(t, prop, items, &inner)
}

// nodeObject converts a node and states it.
func (c *converter) nodeObject(n *nodeTask, s *sink) error {
	e, before, v := s.entry, len(c.quads), n.object
	if s.wrap || e != nil && s.graphs && !isGraph(n.t, v) {
		return c.graphNode(n, s)
	}
	n.graph = s.graph
	own, err := c.identify(n)
	if err != nil {
		return err
	}
	if e != nil {
		if own && e.id != noTerm && n.id != e.id {
			return dropped(e.key, "the key of a node that has another identifier")
		}
		if !own && e.id != noTerm {
			n.id = e.id
		}
		if err := c.describe(e, n.id, s.graph, v); err != nil {
			return err
		}
	}
	if err := c.members(n, v); err != nil {
		return err
	}
	if len(c.quads) == before && (s.kind == free || s.graphs) {
		return dropped(v, "an object that states nothing, not referred to or in the place of a graph,")
	}
	return c.add(s, n.id, v)
}

// graphNode converts a node into a graph of its own, and states the graph.
func (c *converter) graphNode(n *nodeTask, s *sink) error {
	n.graph = noTerm
	before, v := len(c.quads), n.object
	if s.entry != nil {
		n.graph = s.entry.id
	}
	if n.graph == noTerm {
		n.graph = c.blank()
	}
	if _, err := c.identify(n); err != nil {
		return err
	}
	if err := c.members(n, v); err != nil {
		return err
	}
	if len(c.quads) == before {
		return dropped(v, "an object that states nothing, in the place of a graph,")
	}
	if s.entry != nil {
		if err := c.describe(s.entry, n.graph, s.graph, v); err != nil {
			return err
		}
	}
	return c.add(s, n.graph, v)
}

// isGraph reports whether an object is a graph object: @graph, and @id beside it at most.
func isGraph(t *table, v strict.Value) bool {
	graph := false
	for name := range v.Members() {
		d := t.names.find(name)
		if d == nil {
			return false
		}
		switch d.keyword {
		case kwGraph:
			graph = true
		case kwID, kwIndex, kwContext:
		default:
			return false
		}
	}
	return graph
}
