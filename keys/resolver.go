package keys

import "context"

// Fetcher gets the body of an https URL. It guards the network: which addresses may be reached,
// how many redirects and bytes. It must be safe for concurrent use.
type Fetcher interface {
	Fetch(ctx context.Context, url, accept string) (body []byte, mediaType string, err error)
}

// Resolver finds controller documents and key sets by their identifiers. It keeps nothing between
// calls and is safe for concurrent use.
type Resolver struct {
	fetcher Fetcher
}

// Default returns a Resolver for did:key, did:jwk, did:web, https controller documents and https
// key sets. With a nil Fetcher whatever would have to be fetched is key.unresolved.
func Default(f Fetcher) *Resolver { return &Resolver{fetcher: f} }

// Controller returns the controller document of id, which has no fragment.
func (r *Resolver) Controller(ctx context.Context, id string) (*Controller, error) {
	return nil, unresolved("unknown method", nil)
}

// KeySet returns the JWK set at an https URL, or the JWK there as a set of one.
func (r *Resolver) KeySet(ctx context.Context, url string) (*Set, error) {
	return nil, unresolved("nothing can be fetched", nil)
}
