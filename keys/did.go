package keys

import (
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// didMethod returns the method name and the method-specific id of a DID (DID Core section 3.1). A
// path, a query or a fragment makes it something else than a DID.
func didMethod(did string) (method, specific string, err error) {
	method, specific, _ = strings.Cut(strings.TrimPrefix(did, "did:"), ":")
	if !strings.HasPrefix(did, "did:") || method == "" || specific == "" {
		return "", "", malformed("a DID has the form did:method:identifier", nil)
	}
	for i := range method {
		if c := method[i]; !isDigit(c) && (c < 'a' || c > 'z') {
			return "", "", malformed("the method name of a DID has lower-case letters and digits only", nil)
		}
	}
	if strings.HasSuffix(specific, ":") {
		return "", "", malformed("a DID does not end with a colon", nil)
	}
	for i := 0; i < len(specific); i++ {
		switch c := specific[i]; {
		case isUnreserved(c) || c == ':':
		case c == '%' && i+2 < len(specific) && isHex(specific[i+1]) && isHex(specific[i+2]):
			i += 2
		default:
			return "", "", malformed("the character "+strconv.QuoteRune(rune(c))+" cannot stand in a DID", nil)
		}
	}
	return method, specific, nil
}

// isUnreserved reports whether c is an idchar of the DID grammar.
func isUnreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || isDigit(c) || c == '.' || c == '-' || c == '_'
}

// isHex reports whether c is a hexadecimal digit in either case.
func isHex(c byte) bool { return isDigit(c) || 'A' <= c && c <= 'F' || 'a' <= c && c <= 'f' }

// expandKey makes the document of a did:key (W3C CCG did:key method). The fragment of its
// method is the Multikey again. A key has one Multikey, so an issuer has one did:key.
func expandKey(did, multikey string) (*Controller, error) {
	key, err := ParseMultikey(multikey)
	if err != nil {
		return nil, err
	}
	return expanded(Method{ID: did + "#" + multikey, Type: "Multikey", Controller: did, Key: key}), nil
}

// expandJWK makes the document of a did:jwk (did:jwk method, section "Read"): base64url of a public
// JWK, whose method is always #0; a kid is not its name. The same key has many did:jwk, since the
// text of the JWK is not canonical: they are different identifiers.
func expandJWK(did, encoded string) (*Controller, error) {
	raw, ok := decodeBase64url(encoded, maxIdentifier)
	if !ok {
		return nil, malformed("a did:jwk must be base64url without padding", nil)
	}
	v, err := strict.Parse(raw, strict.Limits{Bytes: maxIdentifier, Depth: maxDepth})
	if err != nil {
		return nil, malformed("a did:jwk must hold a JWK", err)
	}
	j, err := ParseJWK(v)
	if err != nil {
		return nil, err
	}
	return expanded(Method{ID: did + "#0", Type: "JsonWebKey2020", Controller: did, Key: j.Key, Algorithm: j.Algorithm}), nil
}

// expanded makes a document with one method, listed for every purpose, in one allocation.
func expanded(m Method) *Controller {
	type both struct {
		c Controller
		m Method
	}
	b := &both{c: Controller{id: m.Controller}, m: m}
	b.c.single = &b.m
	return &b.c
}
