package badge

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// This file writes what was not read, or was changed: values in the form of the specification.

// field writes a field anew, in the form of the specification: a list as an array; what the model marks as bare (see
// [field]) as the single value, or the id alone, where there is no more to it; times in UTC.
func (w *writing) field(v reflect.Value, f field) {
	switch f.kind {
	case kindTexts, kindObjects:
		if v.Len() == 1 && f.bare {
			w.element(v.Index(0))
			return
		}
		w.out = append(w.out, '[')
		for i := range v.Len() {
			if i > 0 {
				w.out = append(w.out, ',')
			}
			w.element(v.Index(i))
		}
		w.out = append(w.out, ']')
	case kindObject:
		if s := w.shapes[v.Type()]; f.bare && s.onlyID(v) {
			v = v.FieldByIndex(s.id)
		}
		w.element(v)
	case kindPointer:
		w.element(v.Elem())
	case kindTime:
		w.json(v.Interface().(time.Time).UTC().Format(time.RFC3339Nano))
	default:
		w.json(v.Interface())
	}
}

// element writes an object or a string.
func (w *writing) element(v reflect.Value) {
	if v.Kind() == reflect.Struct {
		w.object(v)
		return
	}
	w.json(v.Interface())
}

// name begins a member.
func (w *writing) name(name string) {
	if w.out[len(w.out)-1] != '{' {
		w.out = append(w.out, ',')
	}
	w.json(name)
	w.out = append(w.out, ':')
}

// raw writes a value as it was read.
func (w *writing) raw(v strict.Value) { w.out = append(w.out, v.Raw()...) }

// json writes a string, a number or a boolean.
func (w *writing) json(v any) {
	if s, ok := v.(string); ok {
		if strings.IndexFunc(s, escaped) < 0 {
			w.out = append(append(append(w.out, '"'), s...), '"')
			return
		}
		if !utf8.ValidString(s) {
			w.err = errors.Join(w.err, errUTF8)
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	w.err = errors.Join(w.err, e.Encode(v))
	w.out = append(w.out, strings.TrimSuffix(b.String(), "\n")...)
}

// escaped reports whether r is left to encoding/json: what JSON escapes, and what is no ASCII.
func escaped(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r >= utf8.RuneSelf }
