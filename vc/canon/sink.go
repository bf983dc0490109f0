package canon

import "github.com/badgeproof/badgeproof/vc/strict"

// role says what a value is to be.
type role uint8

const (
	free     role = iota // a node that nothing refers to: at the top, in @graph, in @included
	property             // the object of a statement
	reversed             // the subject of a statement
	element              // an element of a list
)

// sink is where the values of one property go.
type sink struct {
	kind      role
	subject   termID
	predicate termID
	graph     termID // where the statements stand
	first     termID // of an element: the first cell of the list, noTerm if there is none yet
	last      termID // the last one
	graphs    bool   // the values are to be graphs (@container @graph)
	wrap      bool   // each node has a graph of its own, which is the value
	listed    bool   // a value that is no list becomes a list of one (@container @list)
	fromMap   bool   // the value stands in a map
	entry     *entry
}

// noTerm stands for a term that is not there.
const noTerm termID = -1

// entry is what the key of a map of nodes says about each node under it.
type entry struct {
	id        termID // its identifier, or that of its graph, noTerm if the key gives none
	typ       termID // its type
	predicate termID // its value for a property
	object    termID
	key       strict.Value
}

// says reports whether the key adds anything to the nodes under it; @none does not.
func (e *entry) says() bool {
	return e != nil && (e.id != noTerm || e.typ != noTerm || e.predicate != noTerm)
}

// add states a value.
func (c *converter) add(s *sink, o termID, at strict.Value) error {
	if s.listed {
		return c.list(s, at, func(inner *sink) error { return c.add(inner, o, at) })
	}
	switch s.kind {
	case property:
		return c.emit(s.subject, s.predicate, o, s.graph, at)
	case reversed:
		return c.emit(o, s.predicate, s.subject, s.graph, at)
	case element:
		cell := c.blank()
		if s.first == noTerm {
			s.first = cell
		} else if err := c.emit(s.last, c.word(rdfRest), cell, s.graph, at); err != nil {
			return err
		}
		s.last = cell
		return c.emit(cell, c.word(rdfFirst), o, s.graph, at)
	}
	return nil
}

// list states a list (JSON-LD API section 8.5) of the values that fill puts into its sink.
func (c *converter) list(s *sink, at strict.Value, fill func(*sink) error) error {
	switch {
	case s.kind == reversed:
		return fail(at, codeValue, "a list cannot be the value of a reverse property")
	case s.kind == free || s.graphs:
		return dropped(at, "a list that no property refers to")
	case s.entry.says():
		return fail(at, codeValue, "a list cannot stand in a map of nodes")
	}
	inner := sink{kind: element, graph: s.graph, first: noTerm, last: noTerm}
	if err := fill(&inner); err != nil {
		return err
	}
	end := c.word(rdfNil)
	outer := *s
	outer.listed = false
	if inner.first == noTerm {
		return c.addTo(s, &outer, end, at)
	}
	if err := c.emit(inner.last, c.word(rdfRest), end, s.graph, at); err != nil {
		return err
	}
	return c.addTo(s, &outer, inner.first, at)
}

// addTo states a value by way of a copy of the sink, and keeps what the copy learned.
func (c *converter) addTo(s, outer *sink, o termID, at strict.Value) error {
	err := c.add(outer, o, at)
	s.first, s.last = outer.first, outer.last
	return err
}

// literal states a literal.
func (c *converter) literal(s *sink, o termID, at strict.Value) error {
	switch {
	case s.kind == free || s.graphs:
		return dropped(at, "a value that no property refers to")
	case s.kind == reversed:
		return fail(at, codeValue, "the value of a reverse property must be a node")
	case s.entry.says():
		return fail(at, codeValue, "a map of nodes holds a value that is no node")
	}
	return c.add(s, o, at)
}

// reference states a node that is given by its identifier alone.
func (c *converter) reference(s *sink, o termID, at strict.Value) error {
	if s.kind == free || s.graphs {
		return dropped(at, "a node without properties, not referred to or in the place of a graph,")
	}
	if s.entry != nil {
		if s.entry.id != noTerm && s.entry.id != o {
			return dropped(s.entry.key, "the key of a node that has another identifier")
		}
		if err := c.describe(s.entry, o, s.graph, at); err != nil {
			return err
		}
	}
	return c.add(s, o, at)
}

// describe states what the key of a map says about a node.
func (c *converter) describe(e *entry, node, graph termID, at strict.Value) error {
	if e.typ != noTerm {
		if err := c.emit(node, c.word(rdfType), e.typ, graph, at); err != nil {
			return err
		}
	}
	if e.predicate != noTerm {
		return c.emit(node, e.predicate, e.object, graph, at)
	}
	return nil
}
