package verify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// source is where a kind of document comes from, and how reports speak of it.
type source struct {
	fetcher Fetcher
	code    string // of a document that cannot be had: undecided
	what    string
	limit   int // bytes
}

func (r *run) schemaSource() source {
	return source{r.v.schemas, "schema.unreachable", "schema", r.v.limits.SchemaBytes}
}

func (r *run) resourceSource() source {
	return source{r.v.resources, "resource.unreachable", "resource", r.v.limits.ResourceBytes}
}

// document fetches a document that the credential names, once in a verification. What it says is for
// the caller to check.
func (r *run) document(ctx context.Context, s source, url, accept, pointer string) ([]byte, *strict.Error) {
	if b, ok := r.bodies[url]; ok && len(b.body) <= s.limit {
		r.saw(url, b.digest)
		return b.body, nil
	}
	missing := func(detail string, cause error) ([]byte, *strict.Error) {
		return nil, &strict.Error{Code: s.code, Pointer: pointer, Offset: -1, Err: cause, Detail: "the " + s.what + " " + strconv.Quote(url) + " " + detail}
	}
	if !isHTTPS(url) {
		return missing("cannot be fetched: only https URLs are", nil)
	}
	if err := r.spend(ctx, pointer); err != nil {
		return nil, err
	}
	if s.fetcher == nil {
		return missing("was not fetched: no network is configured for it", nil)
	}
	body, _, err := s.fetcher.Fetch(ctx, withoutFragment(url), accept)
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, r.lookupError(ctx, err, pointer)
	case err != nil && isOffline(err):
		return missing("was not fetched, since the network is off; try again with a network", err)
	case err != nil:
		return missing("could not be fetched; try again later: "+err.Error(), err)
	case len(body) > s.limit:
		return missing("is longer than "+strconv.Itoa(s.limit)+" bytes", nil)
	}
	sum := sha256.Sum256(body)
	r.keep(url, body, hex.EncodeToString(sum[:]))
	r.saw(url, hex.EncodeToString(sum[:]))
	return body, nil
}

// keep remembers a document that was fetched, as long as there is room: what is not kept is fetched again
// where it is named again.
func (t *trace) keep(url string, body []byte, digest string) {
	if len(body) > keptBytes-t.kept {
		return
	}
	t.kept += len(body)
	if t.bodies == nil {
		t.bodies = map[string]fetched{}
	}
	t.bodies[url] = fetched{body, digest}
}

// mediaType is what may stand in an Accept header (RFC 9110 section 8.3.1), without parameters.
var mediaType = regexp.MustCompile(`^[a-zA-Z0-9!#$&^_.+-]{1,100}/[a-zA-Z0-9!#$&^_.+-]{1,100}$`)

// acceptOf returns the media type that the credential states for a resource, to ask for it.
func acceptOf(v strict.Value) string {
	if t := v.Get("mediaType").Text(); mediaType.MatchString(t) {
		return t + ", */*;q=0.5"
	}
	return "*/*"
}
