package badge

import (
	"reflect"
	"strings"
	"sync"
	"time"
)

// model is a class of the data model.
type model interface {
	AchievementCredential | EndorsementCredential | ClrCredential | VerifiableCredential |
		Subject | EndorsementSubject | ClrSubject | CredentialSubject |
		Achievement | Profile | Address | GeoCoordinates | Alignment | Criteria | Evidence | Image |
		IdentifierEntry | IdentityObject | Related | Result | ResultDescription | RubricCriterionLevel |
		CredentialSchema | CredentialStatus | RefreshService | TermsOfUse | Proof | Association
}

// shape is what the engine that reads and writes the model knows of one type: its fields, by the
// tag `ob:"name,options"`. Options are
//
//	bare    a single value is written without an array; an object of which nothing but its id is
//	        known is written as that
//	always  written even where it is zero, which means something
//	ref     a bare string in its place is the id of the object
//	text    the strings of a list may be in several languages
type shape struct {
	fields []field
	byName map[string]int // index in fields
	object []int          // index path of the Object
	id     []int          // index path of the field ID, nil where there is none
	ref    bool           // a bare string may stand for an object
}

// field is one property of a class.
type field struct {
	name                    string
	index                   []int // path, as of reflect.Value.FieldByIndex
	kind                    fieldKind
	bare, always, ref, text bool
}

// fieldKind is how a field is read and written.
type fieldKind uint8

const (
	kindText    fieldKind = iota + 1 // string
	kindTexts                        // []string
	kindBool                         // bool
	kindFloat                        // float64
	kindNumber                       // *float64
	kindTime                         // time.Time
	kindObject                       // a class
	kindPointer                      // a pointer to a class
	kindObjects                      // a slice of a class
)

// class reports whether the field holds objects.
func (k fieldKind) class() bool { return k >= kindObject }

// shapes are the shapes of all types of the model. They are built once, when the first is needed,
// and never change.
var shapes = sync.OnceValue(func() map[reflect.Type]*shape {
	all := map[reflect.Type]*shape{}
	for _, t := range []reflect.Type{
		reflect.TypeFor[AchievementCredential](), reflect.TypeFor[EndorsementCredential](),
		reflect.TypeFor[ClrCredential](), reflect.TypeFor[VerifiableCredential](),
	} {
		addShape(all, t)
	}
	return all
})

// addShape adds the shape of a type, and of the types of its fields.
func addShape(all map[reflect.Type]*shape, t reflect.Type) {
	if all[t] != nil {
		return
	}
	s := &shape{byName: map[string]int{}}
	all[t] = s
	s.addFields(all, t, nil)
}

// addFields adds the fields of t, a struct that stands at path in the type of the shape.
func (s *shape) addFields(all map[reflect.Type]*shape, t reflect.Type, path []int) {
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(path[:len(path):len(path)], i)
		switch {
		case f.Type == reflect.TypeFor[Object]():
			s.object = index
		case f.Anonymous:
			s.addFields(all, f.Type, index)
		default:
			s.addField(all, f, index)
		}
	}
}

// addField adds one field by its tag.
func (s *shape) addField(all map[reflect.Type]*shape, f reflect.StructField, index []int) {
	name, options, _ := strings.Cut(f.Tag.Get("ob"), ",")
	has := func(option string) bool { return strings.Contains(","+options+",", ","+option+",") }
	kind, class := kindOf(f.Type)
	if f.Name == "ID" {
		s.id = index
	}
	s.byName[name] = len(s.fields)
	s.fields = append(s.fields, field{name: name, index: index, kind: kind,
		bare: has("bare"), always: has("always"), ref: has("ref"), text: has("text")})
	if class != nil {
		addShape(all, class)
		all[class].ref = all[class].ref || has("ref")
	}
}

// kindOf returns the kind of a field by its type, and the class that it holds, if it does.
func kindOf(t reflect.Type) (k fieldKind, class reflect.Type) {
	switch t {
	case reflect.TypeFor[string]():
		return kindText, nil
	case reflect.TypeFor[[]string]():
		return kindTexts, nil
	case reflect.TypeFor[bool]():
		return kindBool, nil
	case reflect.TypeFor[float64]():
		return kindFloat, nil
	case reflect.TypeFor[*float64]():
		return kindNumber, nil
	case reflect.TypeFor[time.Time]():
		return kindTime, nil
	}
	switch t.Kind() {
	case reflect.Pointer:
		return kindPointer, t.Elem()
	case reflect.Slice:
		return kindObjects, t.Elem()
	}
	return kindObject, t
}
