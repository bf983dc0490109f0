package strict

import (
	"strconv"
	"strings"
)

// Codes of this package.
const (
	codeSyntax    = "json.syntax"
	codeDuplicate = "json.duplicate"
	codeDepth     = "json.depth"
	codeSize      = "json.size"
	codeUTF8      = "json.utf8"
)

// Error is what is wrong with a document, and where. The packages of this module share it: every
// finding about evidence has a stable dotted code, a place and a sentence.
type Error struct {
	Code    string // stable, such as "json.duplicate"
	Pointer string // JSON Pointer (RFC 6901) into the document; "" is the whole of it
	Offset  int    // byte offset in the text, or -1 where none is known
	Detail  string // a sentence that a person can act on
	Err     error  // the cause, or nil
}

// Error returns the code, the place and the sentence in one line.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Code)
	if e.Pointer != "" {
		b.WriteString(" at ")
		b.WriteString(e.Pointer)
	}
	if e.Offset >= 0 {
		b.WriteString(" (byte ")
		b.WriteString(strconv.Itoa(e.Offset))
		b.WriteString(")")
	}
	b.WriteString(": ")
	b.WriteString(e.Detail)
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Join appends one reference token (a member name or an array index) to a JSON Pointer, escaped
// as RFC 6901 section 3 says.
func Join(pointer, token string) string {
	b := make([]byte, 0, len(pointer)+len(token)+1)
	return string(appendToken(append(b, pointer...), token))
}

// appendToken is Join for a pointer that is being built.
func appendToken(pointer []byte, token string) []byte {
	pointer = append(pointer, '/')
	for i := range len(token) {
		switch c := token[i]; c {
		case '~':
			pointer = append(pointer, "~0"...)
		case '/':
			pointer = append(pointer, "~1"...)
		default:
			pointer = append(pointer, c)
		}
	}
	return pointer
}
