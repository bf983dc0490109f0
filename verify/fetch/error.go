package fetch

import (
	"strconv"
	"strings"
)

// A Reason says in one word why a document could not be had. It is the part of an [Error] to
// branch on, and it is kept in an evidence bundle in front of the detail.
type Reason string

// The reasons, and who can do something about each.
const (
	ReasonURL      Reason = "url"      // the URL itself is refused: whoever wrote it
	ReasonAddress  Reason = "address"  // the host is at an address that may not be reached: [Options].Allow
	ReasonRedirect Reason = "redirect" // a redirect led too far, nowhere, or to a refused URL: the host
	ReasonStatus   Reason = "status"   // an answer other than 200 OK: the host; Status has it
	ReasonEncoding Reason = "encoding" // a content coding that was not asked for: the host
	ReasonLimit    Reason = "limit"    // a limit of size or number was reached: [Limits]
	ReasonTime     Reason = "time"     // out of time, or cancelled by the caller: trying again may help
	ReasonNetwork  Reason = "network"  // no name, no connection, no trusted certificate, a broken answer
	ReasonOffline  Reason = "offline"  // the network is off by choice: the caller
	ReasonEvidence Reason = "evidence" // the evidence bundle has no such document: whoever recorded it
)

// Error is the only kind of error that the fetchers of this package return. It never says anything
// about the credential: a document that could not be had leaves a question open.
type Error struct {
	URL    string // as asked for; where a redirect led to is in Detail
	Status int    // HTTP status of the answer; 0 if there was none
	Reason Reason
	Detail string // one sentence: what happened, and what to do about it
	Err    error  // the cause, reachable through errors.Is and errors.As; may be nil
}

// shownURL is how much of a URL an error's text repeats, in bytes.
const shownURL = 300

// Error gives the URL and the detail. Bytes that a terminal could take for a command are escaped.
func (e *Error) Error() string {
	return "fetch " + printable(e.URL, shownURL) + ": " + e.Detail
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Offline reports whether nothing was tried because the network is off by choice. It is false for
// a document that is missing from an evidence bundle.
func (e *Error) Offline() bool { return e.Reason == ReasonOffline }

// HTTPStatus returns Status, so that callers can tell what a host answered without naming this type: 410
// says more than 404.
func (e *Error) HTTPStatus() int { return e.Status }

// printable returns at most limit bytes of s, as a Go string literal without its quotes, so that
// what a host sent can be shown to a person.
func printable(s string, limit int) string {
	cut := ""
	if len(s) > limit {
		s, cut = s[:limit], "…"
	}
	q := strconv.QuoteToASCII(s)
	return strings.ReplaceAll(q[1:len(q)-1], `\"`, `"`) + cut
}
