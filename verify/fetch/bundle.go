package fetch

import "time"

// Bundle is everything that was fetched to decide about a credential, format version 1, so that
// the decision can be made again without a network, as of the time it was recorded. It is not
// signed: whoever reads one trusts whoever wrote it.
type Bundle struct {
	RecordedAt time.Time
	Documents  []Document
}

// Document is one answer in a [Bundle]: a body, or the error of a fetch that failed.
type Document struct {
	URL       string    // as asked for, byte for byte
	FetchedAt time.Time //
	Status    int       // HTTP status; 0 where there was no answer
	MediaType string    // lower case, without parameters
	Body      []byte
	Error     string // not empty: the fetch failed, and there is no body
}

// ParseBundle reads a bundle strictly.
func ParseBundle(data []byte) (*Bundle, error) { return nil, nil }

// Marshal writes the bundle as JSON, its documents in the order of their URLs.
func (b *Bundle) Marshal() ([]byte, error) { return nil, nil }
