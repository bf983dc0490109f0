package badge

import (
	"errors"
	"iter"
	"maps"
	"slices"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Object is part of every class of the model: what the fields of the class do not hold. The zero Object
// belongs to a value that somebody made.
//
// A class that was read remembers the text that it was read from. Marshalling writes what was not
// changed as it stands there: every form of it, and what no field can hold. A field that was
// changed is written anew, in the form of the specification; a text that was in several languages is
// then in none.
type Object struct {
	// Others are the properties that the class does not have, which extensions may have added. Nil where
	// there are none. What [Read] and the accessors return may be changed; copies of it share the map, as
	// they share slices.
	Others map[string]strict.Value

	source strict.Value // what was read; absent where the value was made
	reader reader       // how it was read
	cut    bool         // not all objects in it were read: there were too many
}

// JSON returns what was read, the whole of it; absent where the value was made. A bare string that
// stands for an object ("https://example.edu" for the Profile with that id) is itself.
func (o Object) JSON() strict.Value { return o.source }

// Text returns a property of the object in all the languages that it is written in. It is empty
// where the value was made, for then there is nothing but its fields.
func (o Object) Text(property string) Text { return textOf(o.source.Get(property)) }

// Equal reports whether two objects have the same others, member by member in any order. It does
// not look at the text that they were read from, so that comparing two values of a class compares
// what they say.
func (o Object) Equal(p Object) bool {
	return maps.EqualFunc(o.Others, p.Others, sameJSON)
}

// UnmarshalJSON refuses: encoding/json takes the member "Issuer" for "issuer", and one of two with
// the same name. [Read] is the way in.
func (o *Object) UnmarshalJSON([]byte) error {
	return errors.New("badge: use badge.Open or badge.Read: encoding/json does not read names exactly")
}

// others iterates over the other properties in the order of their names.
func (o Object) others() iter.Seq2[string, strict.Value] {
	return func(yield func(string, strict.Value) bool) {
		for _, name := range slices.Sorted(maps.Keys(o.Others)) {
			if !yield(name, o.Others[name]) {
				return
			}
		}
	}
}

// sameJSON reports whether two values say the same, whatever the order of their members. Numbers
// are the same if they are written in the same way.
func sameJSON(a, b strict.Value) bool {
	if a.Kind() != b.Kind() || a.Len() != b.Len() {
		return false
	}
	switch a.Kind() {
	case strict.Object:
		get := membersOf(b)
		for name, m := range a.Members() {
			if n := get(name); !n.Exists() || !sameJSON(m, n) {
				return false
			}
		}
		return true
	case strict.Array:
		next, stop := iter.Pull(b.Elements())
		defer stop()
		for e := range a.Elements() {
			if f, ok := next(); !ok || !sameJSON(e, f) {
				return false
			}
		}
		return true
	case strict.String:
		return a.Text() == b.Text()
	}
	return a.Raw() == b.Raw()
}

// membersOf returns [strict.Value.Get] of an object, for asking it for each of many names: by an index where there are
// more members than one goes through for each.
func membersOf(v strict.Value) func(name string) strict.Value {
	if v.Len() <= maxUnindexed {
		return v.Get
	}
	index := make(map[string]strict.Value, v.Len())
	for name, m := range v.Members() {
		index[name] = m
	}
	return func(name string) strict.Value { return index[name] }
}
