package canon

import (
	"github.com/badgeproof/badgeproof/vc/strict"
)

// container is a set of the values that @container may have.
type container uint8

const (
	inGraph container = 1 << iota
	inID
	inIndex
	inLanguage
	inList
	inSet
	inType
)

// coercion is what the @type of a term definition makes of a string.
type coercion uint8

const (
	coerceNone  coercion = iota // no @type
	coerceOff                   // @none, which does the same
	coerceID                    // an IRI, relative to the document
	coerceVocab                 // a term or an IRI
	coerceJSON                  // any JSON value as a JSON literal
	coerceTyped                 // a literal with the datatype of the definition
)

// definition is a term definition (JSON-LD API section 4.2). It never changes once its table is
// complete, and tables share it.
type definition struct {
	name    string
	iri     string  // "" for a term that is mapped to null, and for keywords
	text    string  // iri as N-Quads writes it; "" for a blank node, or if iri is malformed
	hash    uint64  // of text
	keyword keyword // what the term stands for, where it is an alias

	coerce   coercion
	datatype string // of coerceTyped
	tail     string // what follows the text of a literal of this datatype: "^^<datatype>

	container    container
	language     string
	hasLanguage  bool // @language is given, "" for null
	direction    string
	hasDirection bool
	index        string // of a property-valued index
	nest         string

	reverse   bool
	prefix    bool // may start a compact IRI
	protected bool
	inline    bool // defined by a context that stands in the document

	scoped *scoped // its own context, nil if it has none
}

// scoped is a context inside a term definition. Its identity is the key under which tables keep
// what it makes of them.
type scoped struct {
	local  strict.Value
	source *source // where it stands
}

// plain reports whether each value of the term is one value of the property, whatever its kind.
func (d *definition) plain() bool {
	return d.container&^inSet == 0 && !d.reverse && d.coerce != coerceJSON
}

// same reports whether two definitions are equal in all but their protection, as JSON-LD API
// section 4.2.2 step 27 compares them.
func (d *definition) same(e *definition) bool {
	return d.iri == e.iri && d.keyword == e.keyword && d.coerce == e.coerce && d.datatype == e.datatype &&
		d.container == e.container && d.language == e.language && d.hasLanguage == e.hasLanguage &&
		d.direction == e.direction && d.hasDirection == e.hasDirection && d.index == e.index &&
		d.nest == e.nest && d.reverse == e.reverse && d.prefix == e.prefix && d.scoped.same(e.scoped)
}

// agrees reports whether a property is read the same way by its definition d and by e, the one that
// its own context puts in its place. Where they differ in these, JSON-LD processors apply now the
// one and now the other.
func (d *definition) agrees(e *definition) bool {
	return e == nil || d.container == e.container && d.reverse == e.reverse && d.keyword == e.keyword && d.scoped.same(e.scoped)
}

// same reports whether two scoped contexts are written alike. The URL that relative ones are read
// against is not compared: contexts that name others do so by absolute URLs.
func (s *scoped) same(t *scoped) bool {
	if s == nil || t == nil {
		return s == t
	}
	return sameJSON(s.local, t.local)
}

// sameJSON compares two JSON values; the order of members is of no account, and numbers compare as
// they are written.
func sameJSON(a, b strict.Value) bool {
	if a.Kind() != b.Kind() || a.Len() != b.Len() {
		return false
	}
	switch a.Kind() {
	case strict.String:
		return a.Text() == b.Text()
	case strict.Object:
		for name, value := range a.Members() {
			if other := b.Get(name); !other.Exists() || !sameJSON(value, other) {
				return false
			}
		}
		return true
	case strict.Array:
		// Elements of b are taken in step with those of a.
		others := make([]strict.Value, 0, b.Len())
		for other := range b.Elements() {
			others = append(others, other)
		}
		i := 0
		for value := range a.Elements() {
			if !sameJSON(value, others[i]) {
				return false
			}
			i++
		}
		return true
	}
	return a.Raw() == b.Raw()
}
