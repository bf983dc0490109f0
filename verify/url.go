package verify

import (
	"net/url"
	"strings"
)

// wellKnownJWKS is where an https issuer publishes its keys (Open Badges 3.0 implementation guide).
const wellKnownJWKS = "/.well-known/jwks.json"

func isHTTPS(s string) bool { return strings.HasPrefix(s, "https://") }

func isURL(s string) bool { return isHTTPS(s) || isDID(s) || strings.Contains(s, "://") }

func withoutFragment(s string) string {
	base, _, _ := strings.Cut(s, "#")
	return base
}

// didMethod is the URL of a method that a kid names relative to the issuer's DID.
func didMethod(did, kid string) string { return did + "#" + strings.TrimPrefix(kid, "#") }

// soleMethod returns the URL of the method that a kid means which is a DID alone, where that DID is a key, so
// that it has one method; any other kid as it is.
func soleMethod(kid string) string {
	switch {
	case strings.Contains(kid, "#"):
		return kid
	case strings.HasPrefix(kid, "did:key:"):
		return kid + "#" + strings.TrimPrefix(kid, "did:key:")
	case strings.HasPrefix(kid, "did:jwk:"):
		return kid + "#0"
	}
	return kid
}

// authorityJWKS returns the URL of the JWK Set of an https issuer's authority.
func authorityJWKS(issuer string) (string, bool) {
	u, err := url.Parse(issuer)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		return "", false
	}
	return "https://" + u.Host + wellKnownJWKS, true
}

// issuerMetadata returns the URL of the metadata of an https issuer of SD-JWT VCs: the well-known name
// goes between host and path (draft-ietf-oauth-sd-jwt-vc section 3.1).
func issuerMetadata(issuer string) (string, bool) {
	u, err := url.Parse(issuer)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", false
	}
	return "https://" + u.Host + "/.well-known/jwt-vc-issuer" + strings.TrimSuffix(u.EscapedPath(), "/"), true
}
