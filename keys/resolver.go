package keys

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// What is asked for with the Accept header: the media types of CID 1.0, of DID Core section 6 and of
// RFC 7517, and what servers that do not know them have.
const (
	acceptDocument = "application/cid, application/did+json, application/did+ld+json, application/did, application/ld+json, application/json"
	acceptKeys     = "application/jwk-set+json, application/jwk+json, application/json"
)

// Fetcher gets the body of an https URL. It guards the network: which addresses may be reached,
// how many redirects and bytes. A status other than success is an error. The media type is that of
// the Content-Type header, "" where there is none; accept is for the Accept header. The body belongs to
// the caller. It must be safe for concurrent use.
type Fetcher interface {
	Fetch(ctx context.Context, url, accept string) (body []byte, mediaType string, err error)
}

// Resolver finds controller documents and key sets by their identifiers. It keeps nothing between
// calls and is safe for concurrent use.
type Resolver struct {
	fetcher Fetcher
	limits  Limits
}

// Default returns a Resolver for did:key, did:jwk, did:web, https controller documents and https
// key sets, with the default limits. With a nil Fetcher, whatever would have to be fetched is
// key.unresolved.
func Default(f Fetcher) *Resolver { return &Resolver{fetcher: f} }

// WithLimits returns a Resolver that reads no more than l allows.
func (r *Resolver) WithLimits(l Limits) *Resolver {
	return &Resolver{fetcher: r.fetcher, limits: l}
}

// Controller returns the controller document of a DID or an https URL, given without a fragment.
// A fetched document must have exactly id as its own id, or be a verification method or JWK at
// that URL ([Controller.Bare]).
//
// The error is a [strict.Error]: key.malformed for identifiers and documents that contradict
// their specification, key.revoked for deactivated ones, and key.unresolved for methods and
// schemes that are not known and for what could not be fetched or read. The cause stays reachable
// through errors.As.
func (r *Resolver) Controller(ctx context.Context, id string) (*Controller, error) {
	if len(id) > maxIdentifier {
		return nil, malformed("an identifier is at most "+strconv.Itoa(maxIdentifier)+" bytes long", nil)
	}
	if !strings.HasPrefix(id, "did:") {
		return r.webController(ctx, id)
	}
	method, specific, err := didMethod(id)
	if err != nil {
		return nil, err
	}
	switch method {
	case "key":
		return expandKey(id, specific)
	case "jwk":
		return expandJWK(id, specific)
	case "web":
		return r.didWeb(ctx, id, specific)
	}
	return nil, unresolved("the DID method "+strconv.Quote(method)+" is not known", nil)
}

// KeySet returns the JWK set at an https URL, the JWK there as a set of one, or the set that the
// metadata of a JWT VC issuer there holds or leads to. Who may publish
// keys for whom is not judged: that the URL belongs to an issuer's authority, or that iss names the
// issuer, is for the caller to compare.
//
// The error is a [strict.Error]: key.unresolved for what could not be fetched or read and for sets
// that are too large, key.malformed for what is no set, and for a single JWK what [ParseJWK] says.
// A key within a set that cannot be used is no error; see [Set.Find].
func (r *Resolver) KeySet(ctx context.Context, url string) (*Set, error) {
	v, source, err := r.web(ctx, url, acceptKeys)
	if err != nil {
		return nil, err
	}
	if isMetadata(v) {
		return r.metadata(ctx, v, source)
	}
	s, err := parseSet(v, r.limits.orDefault().Keys, source)
	if err != nil {
		return nil, in(url, err)
	}
	return s, nil
}

// webController fetches the controller document, the method or the JWK at an https URL.
func (r *Resolver) webController(ctx context.Context, url string) (*Controller, error) {
	v, source, err := r.web(ctx, url, acceptDocument)
	if err != nil {
		return nil, err
	}
	return r.controller(url, v, source)
}

// web fetches the JSON document at a URL that evidence names.
func (r *Resolver) web(ctx context.Context, url, accept string) (strict.Value, Source, error) {
	if !strings.HasPrefix(url, "https:") {
		return strict.Value{}, Source{}, unresolved("only DIDs and https URLs lead to keys", nil)
	}
	if err := checkURL(url); err != nil {
		return strict.Value{}, Source{}, err
	}
	return r.document(ctx, url, accept)
}

// didWeb fetches the DID document of a did:web, which must be about exactly that DID.
func (r *Resolver) didWeb(ctx context.Context, did, specific string) (*Controller, error) {
	url, err := didWebURL(specific)
	if err != nil {
		return nil, err
	}
	v, source, err := r.document(ctx, url, acceptDocument)
	if err != nil {
		return nil, err
	}
	if v, err = unwrap(v); err != nil {
		return nil, in(url, err)
	}
	if isBare(v) {
		return nil, in(url, at(v, codeMalformed, "a DID document lists methods; this is one itself"))
	}
	return r.controller(did, v, source)
}

// controller reads a fetched document, and names it in what is wrong with it.
func (r *Resolver) controller(id string, v strict.Value, source Source) (*Controller, error) {
	c, err := parseController(id, v, r.limits.orDefault().Methods, source)
	if err != nil {
		return nil, in(source.URL, err)
	}
	return c, nil
}

// unwrap takes the DID document out of a DID resolution document, which newer texts of the did:web
// method let a host serve. Of its metadata only the deactivation counts.
func unwrap(v strict.Value) (strict.Value, error) {
	if !v.Get("didDocument").Exists() || v.Get("id").Exists() {
		return v, nil
	}
	return v.Get("didDocument"), refuseDeactivated(v.Get("didDocumentMetadata"))
}

// document fetches a JSON document and keeps where it came from. Whatever goes wrong here is
// unresolved: nothing was learned about the key. The cause stays reachable.
func (r *Resolver) document(ctx context.Context, url, accept string) (strict.Value, Source, error) {
	fail := func(detail string, cause error) (strict.Value, Source, error) {
		return strict.Value{}, Source{}, unresolved(detail+": "+url, cause)
	}
	if r.fetcher == nil {
		return fail("no fetcher is configured, so this was not fetched", nil)
	}
	// A Fetcher that answers from memory may not look at the context.
	if err := ctx.Err(); err != nil {
		return fail("there was no time left to fetch", err)
	}
	body, mediaType, err := r.fetcher.Fetch(ctx, url, accept)
	if err != nil {
		return fail("the document could not be fetched", err)
	}
	if !isJSON(mediaType) {
		return fail("the server sent "+strconv.Quote(mediaType)+" instead of JSON", nil)
	}
	v, err := strict.Parse(body, strict.Limits{Bytes: r.limits.orDefault().Document, Depth: maxDepth, Values: maxValues})
	if err != nil {
		return fail("the document cannot be read as JSON", err)
	}
	sum := sha256.Sum256(body)
	return v, Source{URL: url, SHA256: hex.EncodeToString(sum[:])}, nil
}

// isJSON reports whether a media type may stand for JSON; parameters are not looked at. Types that say nothing are taken too,
// since static hosts send them for files without an extension they know; pages are not.
func isJSON(mediaType string) bool {
	base, _, _ := strings.Cut(mediaType, ";")
	switch base = strings.ToLower(strings.TrimSpace(base)); base {
	case "", "application/json", "application/did", "application/cid", "text/json", "text/plain", "application/octet-stream", "binary/octet-stream":
		return true
	}
	return strings.HasPrefix(base, "application/") && strings.HasSuffix(base, "+json")
}
