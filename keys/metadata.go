package keys

import (
	"context"
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// isMetadata reports whether v is the metadata of a JWT VC issuer rather than a JWK set or a JWK.
func isMetadata(v strict.Value) bool {
	return v.Get("issuer").Exists() && !v.Get("keys").Exists() && !v.Get("kty").Exists()
}

// metadata reads JWT VC issuer metadata (draft-ietf-oauth-sd-jwt-vc section 3.2): the issuer, and its
// keys in jwks or at jwks_uri, but not both. The URL of the keys may be on another host, since the metadata
// vouches for it.
func (r *Resolver) metadata(ctx context.Context, v strict.Value, source Source) (*Set, error) {
	issuer, err := requiredText(v, "issuer")
	if err != nil {
		return nil, in(source.URL, err)
	}
	inside, outside := v.Get("jwks"), v.Get("jwks_uri")
	if inside.Exists() == outside.Exists() {
		return nil, in(source.URL, at(v, codeMalformed, "issuer metadata has either jwks or jwks_uri"))
	}
	sources := []Source{source}
	if outside.Exists() {
		url, err := requiredText(v, "jwks_uri")
		if err != nil {
			return nil, in(source.URL, err)
		}
		if inside, source, err = r.web(ctx, url, acceptKeys); err != nil {
			return nil, err
		}
		sources = append(sources, source)
	}
	if inside.Kind() != strict.Object || !inside.Get("keys").Exists() {
		return nil, in(source.URL, at(inside, codeMalformed, "the keys of an issuer must be a JWK set, with its keys in "+strconv.Quote("keys")))
	}
	s, err := parseSet(inside, r.limits.orDefault().Keys, source)
	if err != nil {
		return nil, in(source.URL, err)
	}
	s.issuer, s.sources = issuer, sources
	return s, nil
}
