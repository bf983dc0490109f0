package fetch

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"time"
)

// ParseBundle reads a bundle strictly: one version, exact and unique names, no member it does not
// know, no more than one content for a URL, bodies in canonical base64 that match their SHA-256.
//
// A bundle written by hand may leave out fetchedAt, the status of a document that was found (200),
// and mediaType; it may give a body as "text", with or without its SHA-256. A document that occurs
// twice with the same content counts once.
func ParseBundle(data []byte) (*Bundle, error) { return parseBundle(data, bundleDefaults()) }

func parseBundle(data []byte, limits bundleLimits) (*Bundle, error) {
	tree, err := readTree(data, limits)
	if err != nil {
		return nil, fmt.Errorf("fetch: evidence bundle: %w", err)
	}
	b, err := readBundle(tree, limits)
	if err != nil {
		return nil, fmt.Errorf("fetch: evidence bundle: %w", err)
	}
	return b, nil
}

// readBundle reads the outer object. Documents are in the order of the text.
func readBundle(tree any, limits bundleLimits) (*Bundle, error) {
	m, err := membersOf(tree, "version", "recordedAt", "documents")
	if err != nil {
		return nil, err
	}
	if v, ok := m["version"].(json.Number); !ok || v != "1" {
		return nil, fmt.Errorf("its version is %v, and only 1 is known", m["version"])
	}
	b := &Bundle{}
	if b.RecordedAt, err = readTime(m, "recordedAt"); err != nil {
		return nil, err
	}
	if b.RecordedAt.IsZero() {
		return nil, errors.New("it does not say when it was recorded (recordedAt)")
	}
	list, ok := m["documents"].([]any)
	if !ok {
		return nil, errors.New("its documents are not an array")
	}
	if len(list) > limits.documents {
		return nil, fmt.Errorf("it has %d documents, and %d are allowed", len(list), limits.documents)
	}
	seen := map[string]Document{}
	for i, item := range list {
		d, err := readDocument(item)
		if err != nil {
			return nil, fmt.Errorf("document %d: %w", i, err)
		}
		first, again := seen[d.URL]
		if !again {
			seen[d.URL] = d
			b.Documents = append(b.Documents, d)
			continue
		}
		first.FetchedAt = d.FetchedAt
		if !reflect.DeepEqual(first, d) {
			return nil, fmt.Errorf("document %d: another document has the same url and other content", i)
		}
	}
	return b, nil
}

// readDocument reads one document. Which members may stand together is readBody's affair, and what
// their values may be, check's.
func readDocument(item any) (d Document, err error) {
	m, err := membersOf(item, "url", "fetchedAt", "status", "mediaType", "sha256", "body", "text", "error", "from")
	if err != nil {
		return d, err
	}
	texts := map[string]string{}
	for name, v := range m {
		if name == "status" {
			continue
		}
		s, ok := v.(string)
		if !ok {
			return d, fmt.Errorf("member %s is not a string", name)
		}
		texts[name] = s
	}
	d.URL, d.Error, d.From = texts["url"], texts["error"], texts["from"]
	if d.MediaType = mediaType(texts["mediaType"]); d.MediaType == "" && texts["mediaType"] != "" {
		return d, errors.New("its mediaType is none")
	}
	if d.FetchedAt, err = readTime(m, "fetchedAt"); err != nil {
		return d, err
	}
	if d.Status, err = readStatus(m); err != nil {
		return d, err
	}
	if d.Body, err = readBody(texts); err != nil {
		return d, err
	}
	if d.Error == "" && d.Status == 0 {
		d.Status = http.StatusOK
	}
	return d, d.check()
}

// readBody returns the body of a document that has exactly one of body, text and error.
func readBody(texts map[string]string) (body []byte, err error) {
	encoded, isBody := texts["body"]
	text, isText := texts["text"]
	sum, isSummed := texts["sha256"]
	problem, isError := texts["error"]
	switch {
	case isError && (isBody || isText || isSummed):
		return nil, errors.New("it has an error and content as well")
	case isError && problem == "":
		return nil, errors.New("its error is empty")
	case isError:
		return nil, nil
	case isBody == isText:
		return nil, errors.New("it needs either a body, or a text, or an error")
	case isText:
		body = []byte(text)
	default:
		body, err = base64.StdEncoding.DecodeString(encoded)
		if err != nil || base64.StdEncoding.EncodeToString(body) != encoded {
			return nil, errors.New("its body is not base64 in canonical form")
		}
		if !isSummed {
			return nil, errors.New("its body has no sha256")
		}
	}
	if isSummed && sum != digest(body) {
		return nil, fmt.Errorf("the content has the SHA-256 %s, and its sha256 says %q", digest(body), printable(sum, 80))
	}
	return body, nil
}

// readTime returns the RFC 3339 time of a member, in UTC, or the zero time if it is not there. The
// zero time itself cannot be told from that, and is refused.
func readTime(m map[string]any, name string) (t time.Time, err error) {
	v, there := m[name]
	if !there {
		return t, nil
	}
	s, _ := v.(string)
	if err := t.UnmarshalText([]byte(s)); err != nil {
		return t, fmt.Errorf("%s is not an RFC 3339 time", name)
	}
	t = t.UTC()
	if !writable(t) {
		return t, fmt.Errorf("%s: %w", name, errBeyond)
	}
	return t, nil
}

// readStatus returns an HTTP status, or 0 if there is none.
func readStatus(m map[string]any) (int, error) {
	v, there := m["status"]
	if !there {
		return 0, nil
	}
	n, ok := v.(json.Number)
	if !ok || len(n) != 3 {
		return 0, errors.New("its status is not a number of three digits")
	}
	status, err := n.Int64()
	if err != nil || !threeDigits(int(status)) {
		return 0, fmt.Errorf("its status is %s, which is not one of three digits", n)
	}
	return int(status), nil
}
