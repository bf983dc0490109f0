package contexts

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

//go:embed files/*.jsonld
var files embed.FS

// codeContext is the code of everything that this package refuses.
const codeContext = "jsonld.context"

// Document is one content of one context. It is immutable.
type Document struct {
	// URL is where the context is published, and the name by which documents refer to it.
	URL string
	// SHA256 is the digest of Body, in hexadecimal.
	SHA256 string
	// Published is the digest of the file as its publisher serves it, in hexadecimal: what a
	// relatedResource entry for the URL states. It is empty for a context that the caller added.
	Published string

	name string // of the embedded file; empty for a context that the caller added
	body string
}

// Body returns the context document, a JSON object with the member @context. Each call returns a
// new copy.
func (d Document) Body() []byte {
	if d.name == "" {
		return []byte(d.body)
	}
	body, err := files.ReadFile("files/" + d.name)
	if err != nil {
		return nil // unreachable: a test reads every file of the table
	}
	return body
}

// Set is a set of contexts. It never changes and is safe for concurrent use. The zero Set holds
// the embedded contexts and nothing else.
type Set struct {
	added []Document // sorted by URL, none of them embedded
}

// Embedded returns the set of the embedded contexts. It costs nothing: no context is read before
// it is looked up and its body asked for.
func Embedded() *Set { return &Set{} }

// Lookup returns the published contents of the context at exactly this URL, the oldest first, and
// nil where the set does not hold it. URLs are not normalized: http is not https, and a trailing
// slash or a fragment makes another name.
func (s *Set) Lookup(url string) []Document {
	if found := find(embedded[:], url); len(found) > 0 {
		return slices.Clone(found)
	}
	return slices.Clone(find(s.added, url))
}

// find returns the entries for a URL in a list sorted by URL.
func find(sorted []Document, url string) []Document {
	start, ok := slices.BinarySearchFunc(sorted, url, func(d Document, url string) int {
		return strings.Compare(d.URL, url)
	})
	if !ok {
		return nil
	}
	end := start + 1
	for end < len(sorted) && sorted[end].URL == url {
		end++
	}
	return sorted[start:end]
}

// All returns every document of the set, sorted by URL; of one URL, the oldest content first.
func (s *Set) All() []Document {
	all := slices.Concat(embedded[:], s.added)
	slices.SortStableFunc(all, func(a, b Document) int { return strings.Compare(a.URL, b.URL) })
	return all
}

// With returns a new set that holds one more context, pinned by the digest of body. The URL must
// be absolute and without a fragment; body must be strict JSON (package strict), an object whose
// member @context is an object or an array. Whether it is a good context is not checked here: that
// shows when a document uses it.
//
// A URL that the set holds cannot get another content. Adding a content again that is there
// already, byte for byte or as published, returns a set equal to s.
//
// The error is a [*strict.Error] with the code jsonld.context.
func (s *Set) With(url string, body []byte) (*Set, error) {
	if err := checkURL(url); err != nil {
		return nil, err
	}
	if err := checkBody(url, body); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	added := Document{URL: url, SHA256: hex.EncodeToString(sum[:]), body: string(body)}
	if known := s.Lookup(url); known != nil {
		same := func(d Document) bool { return d.SHA256 == added.SHA256 || d.Published == added.SHA256 }
		if slices.ContainsFunc(known, same) {
			return s, nil
		}
		return nil, refuse(url, nil, "the set holds this URL with another content (SHA-256 "+known[0].SHA256+")")
	}
	at, _ := slices.BinarySearchFunc(s.added, url, func(d Document, url string) int {
		return strings.Compare(d.URL, url)
	})
	return &Set{added: slices.Insert(slices.Clone(s.added), at, added)}, nil
}

func checkURL(name string) error {
	u, err := url.Parse(name)
	switch {
	case err != nil:
		return refuse(name, err, "the URL is malformed")
	case !u.IsAbs() || u.Opaque == "" && u.Host == "":
		return refuse(name, nil, "the URL is not absolute")
	case strings.Contains(name, "#"):
		return refuse(name, nil, "the URL has a fragment")
	}
	return nil
}

func checkBody(url string, body []byte) error {
	v, err := strict.Parse(body, strict.Limits{Bytes: maxBytes, Depth: maxDepth})
	if err != nil {
		return refuse(url, err, "the content is not acceptable JSON")
	}
	switch v.Get("@context").Kind() {
	case strict.Object, strict.Array:
		return nil
	}
	return refuse(url, nil, "the content is not a JSON object with a member @context that is an object or an array")
}

func refuse(url string, cause error, why string) error {
	return &strict.Error{Code: codeContext, Offset: -1, Err: cause, Detail: fmt.Sprintf("context %q cannot be added: %s", url, why)}
}
