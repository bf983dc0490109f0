package canon

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// maxNamings is how often a document is canonicalized to find out which of its objects are nodes.
const maxNamings = 64

// identified returns a document in which each object that is a blank node has an @id of the form
// "urn:bnid:b0", and the canonical form of the document without these, whose labels are those names.
//
// Which objects are nodes depends on the contexts. So every object without an id is given one first;
// where that is an error, or the id does not come out as the name of a node, the object is a value of another kind, and
// loses it again. What is found in the end is compared with the document as it was.
func (p *Processor) identified(in Input, o Options) (strict.Value, *Canonical, error) {
	plain, err := p.Canonicalize(in, o)
	if err != nil {
		return strict.Value{}, nil, err
	}
	n := newNaming(in)
	for range maxNamings {
		document, err := n.document()
		if err != nil {
			return strict.Value{}, nil, err
		}
		named, err := p.Canonicalize(Input{Value: document}, o)
		switch {
		case err != nil && !n.dropAt(err):
			return strict.Value{}, nil, err
		case err != nil || n.dropUnused(named.nquads):
			continue
		}
		nquads, err := Deskolemize(named.nquads)
		if err != nil {
			return strict.Value{}, nil, err
		}
		canonical, err := Normalize(nquads, o.Hash, p.limits)
		if err != nil {
			return strict.Value{}, nil, err
		}
		if !bytes.Equal(canonical.nquads, plain.nquads) {
			return strict.Value{}, nil, ungrouped(in.Value, "its blank nodes cannot be named without changing what it says")
		}
		return document, canonical, nil
	}
	return strict.Value{}, nil, budget("the document has too many objects that are no nodes to find out which are")
}

// naming is the objects of a document that are given an @id.
type naming struct {
	in    Input
	named map[int]string // by where the object starts in the text: its pointer in the document
}

// newNaming names every object that has no id, contexts apart.
func newNaming(in Input) *naming {
	n := &naming{in: in, named: map[int]string{}}
	var walk func(v strict.Value, pointer string)
	walk = func(v strict.Value, pointer string) {
		if v.Kind() == strict.Array {
			i := 0
			for e := range v.Elements() {
				walk(e, pointer+"/"+strconv.Itoa(i))
				i++
			}
		}
		if v.Kind() != strict.Object {
			return
		}
		if !v.Get("id").Exists() && !v.Get("@id").Exists() && !v.Get("@value").Exists() {
			n.named[v.Offset()] = pointer
		}
		for name, m := range v.Members() {
			if name != "@context" && (pointer != "" || !slices.Contains(in.Omit, name)) {
				walk(m, strict.Join(pointer, name))
			}
		}
	}
	walk(in.Value, "")
	return n
}

// document writes the document with the names, each as the last member of its object.
func (n *naming) document() (strict.Value, error) {
	text := n.append(nil, n.in.Value)
	return strict.Parse(text, strict.Limits{Bytes: len(text), Depth: defaultDepth + 1, Values: len(text)})
}

func (n *naming) append(dst []byte, v strict.Value) []byte {
	switch v.Kind() {
	case strict.Array:
		dst = append(dst, '[')
		for e := range v.Elements() {
			dst = append(n.append(dst, e), ',')
		}
		return append(bytes.TrimSuffix(dst, []byte{','}), ']')
	case strict.Object:
	default:
		return append(dst, v.Raw()...)
	}
	top := v.Offset() == n.in.Value.Offset()
	dst = append(dst, '{')
	member := func(name string) { dst = append(appendJSONString(dst, name), ':') }
	for name, m := range v.Members() {
		switch {
		case top && (slices.Contains(n.in.Omit, name) || name == "@context" && n.in.Context.Exists()):
			continue
		case name == "@context":
			member(name)
			dst = append(dst, m.Raw()...)
		default:
			member(name)
			dst = n.append(dst, m)
		}
		dst = append(dst, ',')
	}
	if top && n.in.Context.Exists() {
		member("@context")
		dst = append(append(dst, n.in.Context.Raw()...), ',')
	}
	if _, ok := n.named[v.Offset()]; ok {
		member("@id")
		dst = append(append(dst, '"'), skolemPrefix+n.label(v.Offset())+`",`...)
	}
	return append(bytes.TrimSuffix(dst, []byte{','}), '}')
}

// label names an object by where it starts, which no two have in common.
func (n *naming) label(offset int) string { return "b" + strconv.Itoa(offset) }

// dropAt takes the name from the innermost object that an error is about; ok is false where there is none.
func (n *naming) dropAt(err error) (ok bool) {
	var e *strict.Error
	if !errors.As(err, &e) {
		return false
	}
	found, longest := -1, -1
	for offset, pointer := range n.named {
		if (e.Pointer == pointer || strings.HasPrefix(e.Pointer, pointer+"/")) && len(pointer) > longest {
			found, longest = offset, len(pointer)
		}
	}
	delete(n.named, found)
	return found >= 0
}

// dropUnused takes the names that no statement uses; ok is false where there are none.
func (n *naming) dropUnused(nquads []byte) (ok bool) {
	d, err := parseNQuads(nquads, Limits{})
	if err != nil {
		return false
	}
	used := make(map[string]bool, len(d.terms))
	for _, t := range d.terms {
		used[t.text] = true
	}
	for offset := range n.named {
		if !used["<"+skolemPrefix+n.label(offset)+">"] {
			delete(n.named, offset)
			ok = true
		}
	}
	return ok
}
