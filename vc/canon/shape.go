package canon

import (
	"slices"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// shape is what the names of an object's members say about it.
type shape struct {
	kind    keyword      // kwValue, kwList (for @set too), or notKeyword for a node
	id      strict.Value // the value of @id
	ids     int          // how many members stand for @id
	typ     strict.Value // the value of @type
	types   int          // how many members stand for @type
	nests   bool         // a member stands for @nest
	context strict.Value // the value of @context
}

// look finds the shape of an object by the names of its members.
func (s *shape) look(a *aliases, v strict.Value, omit []string) {
	*s = shape{}
	for name, m := range v.Members() {
		switch a.meaning(name) {
		case notKeyword:
		case kwContext:
			s.context = m
		case kwID:
			if omit == nil || !slices.Contains(omit, name) {
				s.id = m
				s.ids++
			}
		case kwType:
			if omit == nil || !slices.Contains(omit, name) {
				s.typ = m
				s.types++
			}
		case kwValue:
			s.kind = kwValue
		case kwNest:
			s.nests = true
		default:
			if s.kind == notKeyword {
				s.kind = kwList
			}
		}
	}
}
