package canon

import (
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Select returns the part of a compact JSON-LD document that JSON Pointers (RFC 6901) lead to: the
// selection of selective disclosure (Data Integrity ECDSA Cryptosuites v1.0, section 3.4,
// createInitialSelection and selectJsonLd). What a pointer leads to is selected whole. Of each object on the way its type is
// selected too, its id unless that is a blank node, and, of the document, its @context. Elements of
// arrays keep their order and move together. The pointer "" selects the whole document; without
// pointers the result is the absent value.
//
// The error is a [*strict.Error]: jsonld.value, with the pointer, for a document that is no object and for a
// pointer that leads nowhere.
func Select(document strict.Value, pointers []string) (strict.Value, error) {
	if document.Kind() != strict.Object {
		return strict.Value{}, fail(document, codeValue, "only of an object parts can be selected, and not of %s", document.Kind())
	}
	if len(pointers) == 0 {
		return strict.Value{}, nil
	}
	root := &selection{at: document, parts: map[int]*selection{}}
	for _, pointer := range pointers {
		if err := root.add(document, pointer); err != nil {
			return strict.Value{}, err
		}
	}
	return strict.Parse(root.append(nil, document), strict.Limits{})
}

// selection is what is selected of one value: all of it, or parts by where they start in the text.
type selection struct {
	at    strict.Value
	whole bool
	parts map[int]*selection
}

// add selects what a pointer leads to.
func (s *selection) add(document strict.Value, pointer string) error {
	for rest := pointer; rest != ""; {
		token := rest
		if i := strings.IndexByte(rest[1:], '/'); i >= 0 {
			token = rest[:1+i]
		}
		v := s.at.Lookup(token)
		if !v.Exists() {
			return &strict.Error{Code: codeValue, Pointer: document.Pointer() + pointer, Offset: -1,
				Detail: "the pointer " + quote(pointer) + " leads to nothing in the document"}
		}
		next, ok := s.parts[v.Offset()]
		if !ok {
			next = &selection{at: v, parts: map[int]*selection{}}
			s.parts[v.Offset()] = next
		}
		s, rest = next, rest[len(token):]
	}
	s.whole = true
	return nil
}

// append writes what is selected as JSON, in the order of the document.
func (s *selection) append(dst []byte, document strict.Value) []byte {
	if s.whole {
		return append(dst, s.at.Raw()...)
	}
	object := s.at.Kind() == strict.Object
	first := true
	item := func(name string, v strict.Value) {
		part := s.parts[v.Offset()]
		if part == nil {
			if !object || !implied(name, v, s.at.Offset() == document.Offset()) {
				return
			}
			part = &selection{at: v, whole: true}
		}
		if !first {
			dst = append(dst, ',')
		}
		first = false
		if object {
			dst = append(appendJSONString(dst, name), ':')
		}
		dst = part.append(dst, document)
	}
	if !object {
		dst = append(dst, '[')
		for e := range s.at.Elements() {
			item("", e)
		}
		return append(dst, ']')
	}
	dst = append(dst, '{')
	for name, m := range s.at.Members() {
		item(name, m)
	}
	return append(dst, '}')
}

// implied reports whether a member is selected with any other part of its object.
func implied(name string, v strict.Value, top bool) bool {
	switch name {
	case "type", "@type":
		return true
	case "id", "@id":
		return v.Kind() == strict.String && v.Text() != "" && !strings.HasPrefix(v.Text(), "_:")
	case "@context":
		return top
	}
	return false
}
