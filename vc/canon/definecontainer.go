package canon

import (
	"github.com/badgeproof/badgeproof/vc/strict"
)

// container reads @container (step 19).
func (d *definer) container(n *definition, e *entries) *flaw {
	if !e.container.Exists() || e.container.Kind() == strict.Null {
		return nil
	}
	count := 0
	for item := range e.container.Each() {
		bit := containerOf(item.Text())
		if bit == 0 || n.container&bit != 0 || item.Kind() != strict.String {
			return d.fault(e.container, codeContext, "@container of %s has the value %s", quote(n.name), quote(item.Raw()))
		}
		n.container |= bit
		count++
	}
	if !n.container.permitted() {
		return d.fault(e.container, codeContext, "@container of %s combines what cannot be combined", quote(n.name))
	}
	if n.reverse && n.container&^(inIndex|inSet) != 0 {
		return d.fault(e.container, codeContext, "@container of the reverse term %s must be @index, @set or null", quote(n.name))
	}
	if n.container&inType != 0 {
		if !e.typ.Exists() {
			n.coerce = coerceID
		}
		if n.coerce != coerceID && n.coerce != coerceVocab {
			return d.fault(e.container, codeContext, "@container @type of %s needs @type @id or @vocab", quote(n.name))
		}
	}
	return nil
}

// containerOf returns the bit for a value of @container, 0 for any other string.
func containerOf(name string) container {
	switch name {
	case "@graph":
		return inGraph
	case "@id":
		return inID
	case "@index":
		return inIndex
	case "@language":
		return inLanguage
	case "@list":
		return inList
	case "@set":
		return inSet
	case "@type":
		return inType
	}
	return 0
}

// permitted reports whether the values may stand together: @list alone; @set with anything else;
// @graph with one of @id and @index; the others one at a time.
func (c container) permitted() bool {
	if c == inList {
		return true
	}
	switch c &^ inSet {
	case 0, inGraph, inID, inIndex, inLanguage, inType, inGraph | inID, inGraph | inIndex:
		return true
	}
	return false
}

// index reads @index (step 20).
func (d *definer) index(n *definition, e *entries) *flaw {
	if !e.index.Exists() {
		return nil
	}
	if n.container&inIndex == 0 || e.index.Kind() != strict.String {
		return d.fault(e.index, codeContext, "@index of %s needs a string and the container @index", quote(n.name))
	}
	iri, kw, fault := d.expand(e.index, e.index.Text())
	if fault != nil {
		return fault
	}
	if kw != notKeyword || schemeEnd(iri) == 0 {
		return d.fault(e.index, codeContext, "@index of %s must be a property, unlike %s", quote(n.name), quote(e.index.Text()))
	}
	n.index = e.index.Text()
	return nil
}
