package badge

import (
	"reflect"
	"time"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Read reads an object as a class of the model, in the languages that the reader likes, best first
// (as [Text.In] chooses). It takes any value: what is missing or has the wrong JSON type leaves
// the field zero, a list is without those of its members that have the wrong type, and one value
// may stand for a list of one, and the other way round. A string is the id of a Profile, an
// Achievement, a Criteria or an Image. Nothing of it is lost: marshalling the result gives the same
// JSON. Of lists with more than [MaxObjects] objects together,
// the rest is not read.
//
// Claims of a VC 1.1 JWT that replace properties are not part of its value; the accessors of
// [Badge] put them in.
func Read[T model](v strict.Value, languages ...string) T {
	var t T
	r := reading{reader: reader{languages}, left: MaxObjects}
	all := shapes()
	if k := v.Kind(); k == strict.Object || k == strict.String && all[reflect.TypeFor[T]()].ref {
		r.object(v, reflect.ValueOf(&t).Elem(), all)
	}
	return t
}

// reader is how something is read. It never changes.
type reader struct{ languages []string }

// text reads a string in the language of the reader.
func (r reader) text(v strict.Value) string {
	if len(r.languages) == 0 || v.Kind() == strict.String {
		return text(v)
	}
	return textOf(v).In(r.languages...)
}

// texts reads a list of strings. Those in several languages are read where the field may have
// them.
func (r reader) texts(v strict.Value, f field) []string {
	if !f.text {
		return texts(v)
	}
	var all []string
	for e := range v.Each() {
		if s := r.text(e); s != "" || e.Kind() == strict.String {
			all = append(all, s)
		}
	}
	return all
}

// scalar reads the value of a field that holds no objects.
func (r reader) scalar(v strict.Value, f field) any {
	switch f.kind {
	case kindText:
		return r.text(v)
	case kindTexts:
		return r.texts(v, f)
	case kindBool:
		return first(v).Bool()
	case kindFloat:
		n, _ := first(v).Float()
		return n
	case kindNumber:
		if n, ok := first(v).Float(); ok {
			return &n
		}
		return (*float64)(nil)
	}
	return timeOf(text(v))
}

// timeOf reads a time, in UTC where it has no zone. It is zero where s is none.
func timeOf(s string) time.Time {
	t, err := vc.ParseTime(s)
	if err != nil {
		t, err = vc.ParseTime(s + "Z")
	}
	if err != nil {
		return time.Time{}
	}
	return t
}

// reading is one call of [Read].
type reading struct {
	reader
	left int // objects that lists may still take
}

// object reads v into a class. A string is its id.
func (r *reading) object(v strict.Value, to reflect.Value, all map[reflect.Type]*shape) {
	s := all[to.Type()]
	o := to.FieldByIndex(s.object).Addr().Interface().(*Object)
	o.source, o.reader = v, r.reader
	if v.Kind() == strict.String {
		to.FieldByIndex(s.id).SetString(v.Text())
		return
	}
	for name, m := range v.Members() {
		i, ok := s.byName[name]
		if !ok {
			if o.Others == nil {
				o.Others = map[string]strict.Value{}
			}
			o.Others[name] = m
			continue
		}
		f := s.fields[i]
		switch at := to.FieldByIndex(f.index); {
		case f.kind.class():
			o.cut = !r.objects(m, f, at, all) || o.cut
		case f.kind == kindText:
			at.SetString(r.text(m))
		default:
			at.Set(reflect.ValueOf(r.scalar(m, f)))
		}
	}
}

// objects reads the objects of a field. It reports whether there was room for all of them: lists
// and pointers are counted before they are allocated, so that small objects cannot take much
// memory.
func (r *reading) objects(v strict.Value, f field, to reflect.Value, all map[reflect.Type]*shape) bool {
	if f.kind == kindObjects {
		return r.list(v, to, all)
	}
	v = target(v, f)
	if !v.Exists() {
		return true
	}
	if f.kind == kindPointer {
		if r.left == 0 {
			return false
		}
		r.left--
		to.Set(reflect.New(to.Type().Elem()))
		to = to.Elem()
	}
	r.object(v, to, all)
	return true
}

// list reads the objects of a list, as many of them as there is room for.
func (r *reading) list(v strict.Value, to reflect.Value, all map[reflect.Type]*shape) bool {
	n := 0
	for range objects(v) {
		n++
	}
	fits := min(n, r.left)
	r.left -= fits
	if fits == 0 {
		return n == 0
	}
	to.Set(reflect.MakeSlice(to.Type(), fits, fits))
	i := 0
	for e := range objects(v) {
		if i == fits {
			return false
		}
		r.object(e, to.Index(i), all)
		i++
	}
	return true
}

// target returns the one value that a field holds: an object, or the string that refers to one;
// absent where there is neither.
func target(v strict.Value, f field) strict.Value {
	v = first(v)
	if k := v.Kind(); k == strict.Object || k == strict.String && f.ref {
		return v
	}
	return strict.Value{}
}
