package api

import "time"

// Defaults of [Options].
const (
	DefaultBody    = 16 << 20         // bytes of a request's body
	DefaultTimeout = 20 * time.Second // one verification, lookups included
)

const (
	maxField    = 64 << 10  // bytes of a field of a form beside its file
	maxURL      = 2048      // bytes of a URL to fetch
	firstRead   = 64 << 10  // bytes of a body that room is made for before they arrive
	urlBytes    = 2 << 20   // bytes that there has to be room for before a file, or a document for the page, is fetched
	maxEvidence = 8 << 20   // bytes of an evidence bundle in an answer
	maxOptions  = 64        // checks that a request may name
	maxValues   = 400_000   // values of all kinds in the JSON of a request
	maxKept     = 256 << 10 // bytes of a buffer for answers that is used again
	retryAfter  = "1"       // seconds, for who is turned away
)
