package verify

import (
	"errors"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Problem is an RFC 9457 problem detail: one finding about a credential.
type Problem struct {
	// Type is the URL that a W3C specification gives to this kind of problem, or one of this
	// library's own where there is none.
	Type   string `json:"type"`
	Title  string `json:"title"`
	Detail string `json:"detail"`
	// Code is stable and dotted, such as "status.revoked".
	Code string `json:"code"`
	// Pointer is a JSON Pointer (RFC 6901) into the credential; "" is the whole of it.
	Pointer string `json:"pointer"`
	// Offset is the byte at which the text could not be read on, for problems of reading; nil for others.
	Offset *int `json:"offset,omitempty"`
}

func newProblem(e *strict.Error) Problem {
	k := kindOf(e.Code)
	p := Problem{Type: k.url(e.Code), Title: k.title, Detail: e.Detail, Code: e.Code, Pointer: e.Pointer}
	if e.Offset >= 0 && k.typ == vcdm+"PARSING_ERROR" {
		p.Offset = &e.Offset
	}
	return p
}

// problem makes a finding. The pointer is into the credential.
func problem(code, pointer, detail string) *strict.Error {
	return &strict.Error{Code: code, Pointer: pointer, Offset: -1, Detail: detail}
}

// asFinding returns the finding that err carries. An error without one comes from a caller's own
// implementation of an interface; it says nothing about the credential, so that what it stopped
// is undecided under the given code.
func asFinding(err error, code, pointer string) *strict.Error {
	if e, ok := errors.AsType[*strict.Error](err); ok {
		return e
	}
	return &strict.Error{Code: code, Pointer: pointer, Offset: -1, Detail: err.Error(), Err: err}
}
