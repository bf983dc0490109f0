package strict

import (
	"iter"
	"math"
	"strconv"
	"strings"
)

// Kind is the type of a JSON value.
type Kind uint8

// The kinds. Absent is the zero value, and the kind of a [Value] that is not there.
const (
	Absent Kind = iota
	Null
	Bool
	Number
	String
	Array
	Object
)

var kindNames = [...]string{"nothing", "null", "a boolean", "a number", "a string", "an array", "an object"}

// String names the kind as a sentence would: "a string", "an array".
func (k Kind) String() string { return kindNames[k] }

// node is one value of a document. The nodes of a document stand in document order, so that the
// first child of node i is node i+1 and its next sibling is node next. It holds no pointers: texts
// are extents of the source, or, where escapes had to be decoded, in document.decoded.
type node struct {
	name       span  // member name, where the parent is an object
	start, end int32 // extent in the source
	next       int32 // first node after this one's subtree
	size       int32 // number of members or elements; of a string: 1 + its index in decoded, or 0
	kind       Kind
}

// span is a decoded text: length bytes of the source from at, or, if length is negative, element
// at of document.decoded.
type span struct{ at, length int32 }

type document struct {
	source  string
	nodes   []node
	decoded []string
}

// text returns what a span stands for.
func (d *document) text(s span) string {
	if s.length < 0 {
		return d.decoded[s.at]
	}
	return d.source[s.at : s.at+s.length]
}

// Value is a value of a parsed JSON text. It is a small handle, to be passed by value; it never
// changes and is safe for concurrent use. The zero Value is the absent one: all its accessors
// return zero, so that look-ups chain.
type Value struct {
	doc *document
	i   int32
}

// Kind returns the kind of v, [Absent] for the zero Value.
func (v Value) Kind() Kind {
	if v.doc == nil {
		return Absent
	}
	return v.doc.nodes[v.i].kind
}

// Exists reports whether v is there, null included.
func (v Value) Exists() bool { return v.doc != nil }

// Text returns the decoded text of a string, and "" for any other kind.
func (v Value) Text() string {
	if v.doc == nil {
		return ""
	}
	n := &v.doc.nodes[v.i]
	switch {
	case n.kind != String:
		return ""
	case n.size > 0:
		return v.doc.decoded[n.size-1]
	}
	return v.doc.source[n.start+1 : n.end-1]
}

// Bool reports whether v is the literal true.
func (v Value) Bool() bool { return v.Kind() == Bool && v.Raw() == "true" }

// Float returns a number as the nearest float64; ok is false for other kinds and for numbers
// beyond the range of float64.
func (v Value) Float() (f float64, ok bool) {
	if v.Kind() != Number {
		return 0, false
	}
	f, err := strconv.ParseFloat(v.Raw(), 64)
	return f, err == nil && !math.IsInf(f, 0)
}

// Int returns a number that is written as an integer within int64; ok is false for everything
// else, 1.0 and 1e3 included.
func (v Value) Int() (n int64, ok bool) {
	if v.Kind() != Number {
		return 0, false
	}
	n, err := strconv.ParseInt(v.Raw(), 10, 64)
	return n, err == nil
}

// Len returns the number of members or elements, 0 for values that have none.
func (v Value) Len() int {
	if k := v.Kind(); k != Array && k != Object {
		return 0
	}
	return int(v.doc.nodes[v.i].size)
}

// Get returns the member of an object with exactly this name, or the absent value.
func (v Value) Get(name string) Value {
	if v.Kind() != Object {
		return Value{}
	}
	nodes := v.doc.nodes
	for i, end := v.i+1, nodes[v.i].next; i < end; i = nodes[i].next {
		if s := nodes[i].name; (s.length < 0 || int(s.length) == len(name)) && v.doc.text(s) == name {
			return Value{v.doc, i}
		}
	}
	return Value{}
}

// Index returns element i of an array, or the absent value.
func (v Value) Index(i int) Value {
	for e := range v.Elements() {
		if i == 0 {
			return e
		}
		i--
	}
	return Value{}
}

// Members iterates over the members of an object in document order.
func (v Value) Members() iter.Seq2[string, Value] {
	return func(yield func(string, Value) bool) {
		if v.Kind() != Object {
			return
		}
		nodes := v.doc.nodes
		for i, end := v.i+1, nodes[v.i].next; i < end; i = nodes[i].next {
			if !yield(v.doc.text(nodes[i].name), Value{v.doc, i}) {
				return
			}
		}
	}
}

// Elements iterates over the elements of an array.
func (v Value) Elements() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		if v.Kind() != Array {
			return
		}
		nodes := v.doc.nodes
		for i, end := v.i+1, nodes[v.i].next; i < end; i = nodes[i].next {
			if !yield(Value{v.doc, i}) {
				return
			}
		}
	}
}

// Each iterates over the elements of an array, or over v itself where it is anything else that
// exists: the reading of a property that may hold one value or several.
func (v Value) Each() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		if v.Kind() == Array {
			v.Elements()(yield)
		} else if v.Exists() {
			yield(v)
		}
	}
}

// Has reports whether v is the string s, or an array with the string s among its elements.
func (v Value) Has(s string) bool {
	for e := range v.Each() {
		if e.Kind() == String && e.Text() == s {
			return true
		}
	}
	return false
}

// Raw returns the source text of v exactly as it was written.
func (v Value) Raw() string {
	if v.doc == nil {
		return ""
	}
	n := &v.doc.nodes[v.i]
	return v.doc.source[n.start:n.end]
}

// Source returns the whole text that v is part of, exactly as it was given to [Parse], white space
// around it included.
func (v Value) Source() string {
	if v.doc == nil {
		return ""
	}
	return v.doc.source
}

// Offset returns the byte offset of v in the parsed text, -1 for the absent value.
func (v Value) Offset() int {
	if v.doc == nil {
		return -1
	}
	return int(v.doc.nodes[v.i].start)
}

// Root returns the outermost value of the text that v is part of.
func (v Value) Root() Value {
	if v.doc == nil {
		return v
	}
	return Value{v.doc, 0}
}

// Pointer returns the JSON Pointer of v from the root of its text. It is computed on demand, in
// time proportional to the breadth of the document along the way.
func (v Value) Pointer() string {
	if v.doc == nil {
		return ""
	}
	nodes, pointer := v.doc.nodes, []byte(nil)
	for at := int32(0); at != v.i; {
		object, index := nodes[at].kind == Object, 0
		child := at + 1
		for ; nodes[child].next <= v.i; child = nodes[child].next {
			index++
		}
		if object {
			pointer = appendToken(pointer, v.doc.text(nodes[child].name))
		} else {
			pointer = strconv.AppendInt(append(pointer, '/'), int64(index), 10)
		}
		at = child
	}
	return string(pointer)
}

// Lookup returns the value at a JSON Pointer relative to v, or the absent value. The pointer ""
// is v itself.
func (v Value) Lookup(pointer string) Value {
	for pointer != "" && v.Exists() {
		if pointer[0] != '/' {
			return Value{}
		}
		token, rest := pointer[1:], ""
		if i := strings.IndexByte(token, '/'); i >= 0 {
			token, rest = token[:i], token[i:]
		}
		v, pointer = v.child(token), rest
	}
	return v
}

// child returns what one reference token leads to. An array index has no leading zero and no sign
// (RFC 6901 section 4); "-", the element after the last, is never there.
func (v Value) child(token string) Value {
	if v.Kind() == Object {
		return v.Get(strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~"))
	}
	if i, err := strconv.ParseUint(token, 10, 31); err == nil && (token == "0" || token[0] != '0') {
		return v.Index(int(i))
	}
	return Value{}
}
