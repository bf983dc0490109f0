package canon

import (
	"math/bits"
	"slices"
)

// lookup is a hash table from names to the definitions of one context, made for reading: a name is
// found with one look at its ends and one comparison, most often.
type lookup struct {
	slots []slot // a power of two of them; nil where no table of bounded probes was found
	seed  uint64
	all   map[string]*definition // what the slots are made from
}

// slot holds a definition, with its name at hand; nil for a free one.
type slot struct {
	name       string
	definition *definition
}

// maxProbes is the number of slots that a search may look at. Names that an attacker chose to
// collide are left to the map.
const maxProbes = 8

// newLookup makes the table for a context that is complete. It fails over to the map where the
// names collide, so that the time of a search is bounded whoever chose them.
func newLookup(all map[string]*definition) lookup {
	l := lookup{all: all}
	size := 1 << bits.Len(uint(2*len(all)))
	for attempt := uint64(0); attempt < 4; attempt++ {
		l.slots, l.seed = make([]slot, size), 0x9E3779B97F4A7C15+2*attempt*0x5851F42D4C957F2D
		if l.fill() {
			return l
		}
		size *= 2
	}
	l.slots = nil
	return l
}

// fill enters all names; it reports whether each is found within maxProbes.
func (l *lookup) fill() bool {
	for name, d := range l.all {
		i := l.start(name)
		for probes := 1; l.slots[i].definition != nil; probes++ {
			if probes == maxProbes {
				return false
			}
			i = (i + 1) & (len(l.slots) - 1)
		}
		l.slots[i] = slot{name, d}
	}
	return true
}

// find returns the definition of a name, nil if it has none.
func (l *lookup) find(name string) *definition {
	if l.slots == nil {
		return l.all[name]
	}
	mask := len(l.slots) - 1
	for i := l.start(name); ; i = (i + 1) & mask {
		if s := &l.slots[i&mask]; s.definition == nil || s.name == name {
			return s.definition
		}
	}
}

// start returns the slot where the search for a name starts: a hash of its length, its first and
// its last eight bytes.
func (l *lookup) start(s string) int {
	var a, b uint64
	switch n := len(s); {
	case n >= 8:
		a, b = word(s), word(s[n-8:])
	case n >= 4:
		a, b = half(s), half(s[n-4:])
	case n > 0:
		a, b = uint64(s[0]), uint64(s[n/2])|uint64(s[n-1])<<8
	}
	h := (a ^ bits.RotateLeft64(b, 29) ^ uint64(len(s))<<57) * l.seed
	return int((h^h>>32)*l.seed>>33) & (len(l.slots) - 1)
}

// word returns the first eight bytes of s, which must be that long.
func word(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// half returns the first four bytes of s, which must be that long.
func half(s string) uint64 {
	_ = s[3]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}

// aliases are the names that stand for keywords which decide what an object is, the keywords
// themselves left out. Tables with the same aliases share them.
type aliases struct {
	ids, types, values, wrappers, nests []string // values for @value, wrappers for @list and @set
	lengths                             uint64   // bit n: one of them has n bytes, or 63 and more for n 63
}

// newAliases finds the aliases among the terms of a context.
func newAliases(terms map[string]*definition) *aliases {
	a := &aliases{}
	for name, d := range terms {
		if name[0] == '@' && keywordOf(name) != notKeyword {
			continue
		}
		switch d.keyword {
		case kwID:
			a.ids = append(a.ids, name)
		case kwType:
			a.types = append(a.types, name)
		case kwValue:
			a.values = append(a.values, name)
		case kwList, kwSet:
			a.wrappers = append(a.wrappers, name)
		case kwNest:
			a.nests = append(a.nests, name)
		}
	}
	for _, names := range [...][]string{a.ids, a.types, a.values, a.wrappers, a.nests} {
		slices.Sort(names)
		for _, name := range names {
			a.lengths |= 1 << min(len(name), 63)
		}
	}
	return a
}

// same reports whether both give the same meaning to every name.
func (a *aliases) same(b *aliases) bool {
	return slices.Equal(a.ids, b.ids) && slices.Equal(a.types, b.types) && slices.Equal(a.values, b.values) &&
		slices.Equal(a.wrappers, b.wrappers) && slices.Equal(a.nests, b.nests)
}

// meaning returns the keyword that a name is or stands for, among those that decide what an object
// is; other keywords are notKeyword here.
func (a *aliases) meaning(name string) keyword {
	if a.lengths>>min(uint(len(name)), 63)&1 == 0 && (name == "" || name[0] != '@') {
		return notKeyword
	}
	return a.search(name)
}

// search is meaning for a name that may have one.
func (a *aliases) search(name string) keyword {
	if len(name) > 0 && name[0] == '@' {
		switch kw := keywordOf(name); kw {
		case kwID, kwType, kwValue, kwList, kwSet, kwNest, kwContext:
			return kw
		}
		return notKeyword
	}
	switch {
	case has(a.types, name):
		return kwType
	case has(a.ids, name):
		return kwID
	case has(a.values, name):
		return kwValue
	case has(a.wrappers, name):
		return kwList
	case has(a.nests, name):
		return kwNest
	}
	return notKeyword
}

// has is slices.Contains for the short lists here.
func has(names []string, name string) bool {
	for i := range names {
		if names[i] == name {
			return true
		}
	}
	return false
}
