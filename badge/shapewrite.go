package badge

import (
	"errors"
	"reflect"
	"slices"
	"time"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Errors of marshalling, which only values that somebody made can have.
var (
	errUTF8  = errors.New("badge: a text is not valid UTF-8")
	errDepth = errors.New("badge: objects are nested too deep, or hold themselves")
)

// marshal writes a class of the model. The order of members is that of the text that was read, and
// of the fields where the value was made.
func marshal(v any) ([]byte, error) {
	w := writing{shapes: shapes()}
	w.object(reflect.ValueOf(v))
	return w.out, w.err
}

// writing is one call of marshal. After an error it goes on, and what it wrote is of no use.
type writing struct {
	shapes map[reflect.Type]*shape
	out    []byte
	depth  int
	err    error
}

// object writes an object. Members of the text that it was read from come first and in their
// order; what was added since comes after them.
func (w *writing) object(v reflect.Value) {
	if w.depth++; w.depth > maxWritten || w.err != nil {
		w.err = errors.Join(w.err, errDepth)
		return
	}
	defer func() { w.depth-- }()
	s := w.shapes[v.Type()]
	o := v.FieldByIndex(s.object).Interface().(Object)
	if o.source.Kind() == strict.String && s.onlyID(v) && v.FieldByIndex(s.id).String() == o.source.Text() {
		w.raw(o.source)
		return
	}
	w.out = append(w.out, '{')
	for name, m := range o.source.Members() {
		if i, ok := s.byName[name]; ok {
			w.kept(v.FieldByIndex(s.fields[i].index), m, s.fields[i], o)
		} else if m, ok := o.Others[name]; ok && m.Exists() {
			w.name(name)
			w.raw(m)
		}
	}
	for _, f := range s.fields {
		if at := v.FieldByIndex(f.index); !o.source.Get(f.name).Exists() && (f.always && !o.source.Exists() || !at.IsZero()) {
			w.name(f.name)
			w.field(at, f)
		}
	}
	for name, m := range o.others() {
		if _, ok := s.byName[name]; !ok && m.Exists() && !o.source.Get(name).Exists() {
			w.name(name)
			w.raw(m)
		}
	}
	w.out = append(w.out, '}')
}

// onlyID reports whether nothing but the id of an object is known.
func (s *shape) onlyID(v reflect.Value) bool {
	if s.id == nil || len(v.FieldByIndex(s.object).Interface().(Object).Others) > 0 {
		return false
	}
	for _, f := range s.fields {
		if !slices.Equal(f.index, s.id) && !v.FieldByIndex(f.index).IsZero() {
			return false
		}
	}
	return true
}

// kept writes a field that the object was read with: as it stood there, where it was not changed;
// anew, where it was; and not at all, where it was made zero.
func (w *writing) kept(v reflect.Value, m strict.Value, f field, o Object) {
	var same bool
	mark := len(w.out)
	w.name(f.name)
	switch {
	case f.kind == kindObjects:
		same = w.keptList(v, m, o)
	case f.kind.class():
		same = w.keptObject(v, m, f, o)
	default:
		if same = equal(o.reader.scalar(m, f), v.Interface()); same {
			w.raw(m)
		}
	}
	switch {
	case same:
	case f.always || !v.IsZero():
		w.field(v, f)
	default:
		w.out = w.out[:mark]
	}
}

// equal compares two values of a field that holds no objects. Times are equal in any zone.
func equal(a, b any) bool {
	if t, ok := a.(time.Time); ok {
		return t.Equal(b.(time.Time))
	}
	return reflect.DeepEqual(a, b)
}

// keptObject writes the object of a field in the place where it stood. It reports whether it is
// still the one that was read from there.
func (w *writing) keptObject(v reflect.Value, m strict.Value, f field, o Object) bool {
	from := target(m, f)
	if v.IsZero() && (!from.Exists() || o.cut && f.kind == kindPointer) {
		w.raw(m)
		return true
	}
	if f.kind == kindPointer {
		v = v.Elem()
	}
	if !v.IsValid() || !from.Exists() || w.source(v) != from {
		return false
	}
	w.elements(m, func(e strict.Value) bool { return e == from }, func() { w.object(v) })
	return true
}

// keptList writes a list, element by element, where it has the objects that were read from there
// and no others. What stands between them stays there.
func (w *writing) keptList(v reflect.Value, m strict.Value, o Object) bool {
	n := 0
	for e := range objects(m) {
		if n == v.Len() && o.cut {
			break
		}
		if n == v.Len() || w.source(v.Index(n)) != e {
			return false
		}
		n++
	}
	if n != v.Len() {
		return false
	}
	next := 0
	w.elements(m, func(e strict.Value) bool { return e.Kind() == strict.Object && next < n }, func() {
		w.object(v.Index(next))
		next++
	})
	return true
}

// elements writes m, a value or an array of values, but for those that ours chooses, in the place
// of which write writes something else.
func (w *writing) elements(m strict.Value, ours func(strict.Value) bool, write func()) {
	if m.Kind() == strict.Array {
		w.out = append(w.out, '[')
	}
	first := true
	for e := range m.Each() {
		if !first {
			w.out = append(w.out, ',')
		}
		first = false
		if ours(e) {
			write()
		} else {
			w.raw(e)
		}
	}
	if m.Kind() == strict.Array {
		w.out = append(w.out, ']')
	}
}

// source returns what an object was read from.
func (w *writing) source(v reflect.Value) strict.Value {
	return v.FieldByIndex(w.shapes[v.Type()].object).Interface().(Object).source
}
