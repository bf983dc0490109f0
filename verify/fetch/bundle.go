package fetch

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"
	"unicode/utf8"
)

// Bundle is everything that was fetched to decide about a credential, format version 1, so that
// the decision can be made again without a network, as of the time it was recorded. It is not
// signed: whoever reads one trusts whoever wrote it.
type Bundle struct {
	RecordedAt time.Time  // when the last document was fetched
	Documents  []Document // at most one for a URL
}

// Document is one answer in a [Bundle]: a body, or the error of a fetch that failed.
type Document struct {
	URL       string    // as asked for, byte for byte
	FetchedAt time.Time // zero in a bundle written by hand that does not say
	Status    int       // HTTP status; 0 where there was no answer
	MediaType string    // lower case, without parameters
	Body      []byte    // not to be changed
	Error     string    // if not empty, the fetch failed, and there is no body
	From      string    // the URL that answered in the end; empty where no redirect led away from URL
}

// bundleVersion is the only version of the format there is.
const bundleVersion = 1

// bundleJSON and documentJSON are what is written. What is read goes through a tree with exact
// names instead, see bundleread.go.
type bundleJSON struct {
	Version    int            `json:"version"`
	RecordedAt time.Time      `json:"recordedAt"`
	Documents  []documentJSON `json:"documents"`
}

// documentJSON leaves out what is not known. A body of no bytes is there, as an empty string.
type documentJSON struct {
	URL       string     `json:"url"`
	FetchedAt *time.Time `json:"fetchedAt,omitempty"`
	Status    int        `json:"status,omitempty"`
	MediaType string     `json:"mediaType,omitempty"`
	SHA256    string     `json:"sha256,omitempty"`
	Body      *string    `json:"body,omitempty"`
	Error     string     `json:"error,omitempty"`
	From      string     `json:"from,omitempty"`
}

// Marshal writes the bundle as JSON, its documents in the order of their URLs, so that the same
// evidence is the same text. What it writes, [ParseBundle] reads; it fails where that is impossible:
// two documents with one URL, text that is not UTF-8, a body beside an error, a year before 1 or beyond 9999, and no time of
// recording.
func (b *Bundle) Marshal() ([]byte, error) { return b.marshal(bundleDefaults()) }

func (b *Bundle) marshal(limits bundleLimits) ([]byte, error) {
	if !writable(b.RecordedAt) {
		return nil, fmt.Errorf("fetch: evidence bundle: %w", errBeyond)
	}
	out := bundleJSON{Version: bundleVersion, RecordedAt: b.RecordedAt.UTC(), Documents: []documentJSON{}}
	for _, d := range b.Documents {
		j, err := d.marshal()
		if err != nil {
			return nil, fmt.Errorf("fetch: evidence for %s: %w", printable(d.URL, shownURL), err)
		}
		out.Documents = append(out.Documents, j)
	}
	slices.SortFunc(out.Documents, func(a, b documentJSON) int { return cmp.Compare(a.URL, b.URL) })
	for i := range out.Documents[min(1, len(out.Documents)):] {
		if out.Documents[i].URL == out.Documents[i+1].URL {
			return nil, fmt.Errorf("fetch: evidence for %s is there twice", printable(out.Documents[i].URL, shownURL))
		}
	}
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		return nil, fmt.Errorf("fetch: evidence bundle: %w", err)
	}
	if text.Len() > limits.bytes || len(out.Documents) > limits.documents {
		return nil, fmt.Errorf("fetch: evidence bundle has %d bytes and %d documents, more than can be read again", text.Len(), len(out.Documents))
	}
	return text.Bytes(), nil
}

// marshal puts a document into the form it is written in, or refuses what the reader would refuse.
func (d Document) marshal() (documentJSON, error) {
	j := documentJSON{URL: d.URL, Status: d.Status, MediaType: d.MediaType, Error: d.Error, From: d.From}
	if err := d.check(); err != nil {
		return j, err
	}
	if !d.FetchedAt.IsZero() {
		if !writable(d.FetchedAt) {
			return j, errBeyond
		}
		at := d.FetchedAt.UTC()
		j.FetchedAt = &at
	}
	if d.Error == "" {
		body := base64.StdEncoding.EncodeToString(d.Body)
		j.Body, j.SHA256 = &body, digest(d.Body)
	}
	return j, nil
}

// check holds a document to the rules that its reader and its writer share.
func (d Document) check() error {
	switch {
	case d.URL == "":
		return errors.New("a document has no url")
	case !utf8.ValidString(d.URL) || !utf8.ValidString(d.Error):
		return errors.New("a text is not UTF-8")
	case d.MediaType != mediaType(d.MediaType):
		return errors.New("the media type is not one in lower case without parameters")
	case d.Error != "" && len(d.Body) > 0:
		return errors.New("it has both a body and an error")
	case d.Error == "" && d.Status == 0 || d.Status != 0 && !threeDigits(d.Status):
		return fmt.Errorf("its status is %d, which is not one of three digits", d.Status)
	case d.From != "" && (d.Error != "" || refusal(d.From) != nil):
		return errors.New("its from is no https URL, or stands beside an error")
	case len(d.Error) > maxBundleError:
		return fmt.Errorf("its error has %d bytes, and %d are allowed", len(d.Error), maxBundleError)
	}
	return nil
}

// threeDigits reports whether a status has the form of one. Hosts do send some that HTTP does not
// define, and a recording must be able to say so.
func threeDigits(status int) bool { return 100 <= status && status <= 999 }

// errBeyond is the refusal of a time that is missing, or that RFC 3339 has no text for.
var errBeyond = errors.New("a time is missing, or beyond the years 1 to 9999")

// writable reports whether a time can be written and is told from none when it is read.
func writable(t time.Time) bool {
	t = t.UTC()
	return !t.IsZero() && 1 <= t.Year() && t.Year() <= 9999
}

// found returns the body of a document that was there, and otherwise the error that its fetch ended
// with or would have ended with.
func (d Document) found() ([]byte, error) {
	if d.Error != "" {
		reason, detail := splitReason(d.Error)
		return nil, &Error{URL: d.URL, Status: d.Status, Reason: reason, Detail: detail}
	}
	if d.Status != http.StatusOK {
		e := statusError(d.Status)
		e.URL = d.URL
		return nil, e
	}
	return bytes.Clone(d.Body), nil
}

// from returns the URL that answered in the end.
func (d Document) from() string { return cmp.Or(d.From, d.URL) }

// digest returns the SHA-256 of a body in hexadecimal.
func digest(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
