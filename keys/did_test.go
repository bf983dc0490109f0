package keys_test

import (
	"context"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
)

// jwkDID is the first example of the did:jwk specification.
const jwkDID = "did:jwk:eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6ImFjYklRaXVNczNpOF91c3pFakoydHBUdFJNNEVVM3l6OTFQSDZDZEgyVjAiLCJ5IjoiX0tjeUxqOXZXTXB0bm1LdG00NkdxRHo4d2Y3NEk1TEtncmwyR3pIM25TRSJ9"

// jwkDIDOf writes a did:jwk.
func jwkDIDOf(jwk string) string {
	return "did:jwk:" + base64.RawURLEncoding.EncodeToString([]byte(jwk))
}

func TestExpandedGenuine(t *testing.T) {
	for _, c := range []struct {
		did, fragment, typ, alg string
		kind                    keys.Kind
	}{
		{"did:key:" + ed25519Key, ed25519Key, "Multikey", "", keys.Ed25519},
		{"did:key:" + p256Key, p256Key, "Multikey", "", keys.P256},
		{"did:key:" + p384Key, p384Key, "Multikey", "", keys.P384},
		{"did:key:" + rsaKey, rsaKey, "Multikey", "", keys.RSA},
		{jwkDID, "0", "JsonWebKey2020", "", keys.P256},
		{jwkDIDOf(`{` + okp + `,"alg":"EdDSA","kid":"7","use":"sig"}`), "0", "JsonWebKey2020", "EdDSA", keys.Ed25519},
		{jwkDIDOf(rsaJWK(modulus(8192), 65537, "")), "0", "JsonWebKey2020", "", keys.RSA},
	} {
		t.Run(c.did[:14], func(t *testing.T) {
			doc, err := keys.Default(nil).Controller(context.Background(), c.did)
			wantCode(t, err, "")
			if doc.ID() != c.did || doc.Sources() != nil {
				t.Errorf("id %s, sources %v", doc.ID(), doc.Sources())
			}
			id := c.did + "#" + c.fragment
			for _, purpose := range []string{"assertionMethod", "authentication"} {
				m, err := doc.Method(id, purpose)
				wantCode(t, err, "")
				if m.ID != id || m.Controller != c.did || m.Type != c.typ || m.Algorithm != c.alg || m.Key.Kind() != c.kind || !m.Revoked.IsZero() || !m.Expires.IsZero() {
					t.Errorf("method is %+v", m)
				}
				if !doc.Lists(id, purpose) {
					t.Error("the method is not listed")
				}
				if w, ok := doc.WithKey(m.Key, purpose); !ok || w.ID != id {
					t.Error("the method is not found by its key")
				}
				if _, ok := doc.WithKey(key(t, otherKey), purpose); ok {
					t.Error("another key is found")
				}
			}
			if _, ok := doc.Bare(); ok {
				t.Error("the document is bare")
			}
		})
	}
}

// TestExpandedListing asks the document of a did:key for what it does not list.
func TestExpandedListing(t *testing.T) {
	did := "did:key:" + ed25519Key
	doc, err := keys.Default(nil).Controller(context.Background(), did)
	wantCode(t, err, "")
	for _, c := range []struct{ id, purpose, code string }{
		{did + "#" + ed25519Key, "assertionMethod", ""},
		{did, "assertionMethod", "proof.method"},
		{did + "#", "assertionMethod", "proof.method"},
		{"#" + ed25519Key, "assertionMethod", "proof.method"},
		{did + "#key-1", "assertionMethod", "proof.method"},
		{did + "#" + otherKey, "assertionMethod", "proof.method"},
		{did + "?x#" + ed25519Key, "assertionMethod", "proof.method"},
		{"did:key:" + otherKey + "#" + otherKey, "assertionMethod", "proof.method"},
		{strings.ToUpper(did) + "#" + ed25519Key, "assertionMethod", "proof.method"},
		{"", "assertionMethod", "proof.method"},
		{did + "#" + ed25519Key, "", "proof.method"},
		{did + "#" + ed25519Key, "keyAgreement", "proof.method"},
		{did + "#" + ed25519Key, "verificationMethod", "proof.method"},
		{did + "#" + ed25519Key, "AssertionMethod", "proof.method"},
		{did + "#" + ed25519Key, "capabilityInvocation", "proof.method"},
	} {
		m, err := doc.Method(c.id, c.purpose)
		wantCode(t, err, c.code)
		if err != nil && m.Key.Public() != nil {
			t.Errorf("%s for %q has a key beside the error", c.id, c.purpose)
		}
		if doc.Lists(c.id, c.purpose) != (c.code == "") {
			t.Errorf("%s for %q: listed is wrong", c.id, c.purpose)
		}
	}
	if _, ok := doc.WithKey(key(t, ed25519Key), "keyAgreement"); ok {
		t.Error("found for a purpose that nothing is listed under")
	}
}

// TestDIDForged gives identifiers that lead nowhere; nothing is fetched for any.
func TestDIDForged(t *testing.T) {
	for name, c := range map[string]struct{ id, code string }{
		"empty":                     {"", "key.unresolved"},
		"no scheme":                 {"key:" + ed25519Key, "key.unresolved"},
		"urn":                       {"urn:uuid:7c7c8b9e-0d4c-4a7e-8d1e-3f4c3f4c3f4c", "key.unresolved"},
		"http":                      {"http://example.edu/issuer", "key.unresolved"},
		"ftp":                       {"ftp://example.edu/issuer", "key.unresolved"},
		"file":                      {"file:///etc/passwd", "key.unresolved"},
		"data":                      {"data:application/json,{}", "key.unresolved"},
		"javascript":                {"javascript:1", "key.unresolved"},
		"relative":                  {"issuer.json", "key.unresolved"},
		"HTTPS in upper case":       {"HTTPS://example.edu/", "key.unresolved"},
		"DID in upper case":         {"DID:key:" + ed25519Key, "key.unresolved"},
		"unknown method":            {"did:example:123", "key.unresolved"},
		"did:ion":                   {"did:ion:EiClkZMDxPKqC9c-umQfTkR8vvZ9JPhl_xLDI9Nfk38w5w", "key.unresolved"},
		"did:key in another case":   {"did:Key:" + ed25519Key, "key.malformed"},
		"DID without a method":      {"did::x", "key.malformed"},
		"DID without an identifier": {"did:key:", "key.malformed"},
		"DID alone":                 {"did:", "key.malformed"},
		"DID method alone":          {"did:key", "key.malformed"},
		"DID ends with a colon":     {"did:example:a:", "key.malformed"},
		"DID with a fragment":       {"did:key:" + ed25519Key + "#" + ed25519Key, "key.malformed"},
		"DID with a query":          {"did:key:" + ed25519Key + "?versionId=1", "key.malformed"},
		"DID with a path":           {"did:key:" + ed25519Key + "/x", "key.malformed"},
		"DID with a parameter":      {"did:key:" + ed25519Key + ";x=1", "key.malformed"},
		"DID with a space":          {"did:key:" + ed25519Key + " ", "key.malformed"},
		"DID with a line break":     {"did:key:" + ed25519Key + "\n", "key.malformed"},
		"DID with NUL":              {"did:key:" + ed25519Key + "\x00", "key.malformed"},
		"DID with a broken escape":  {"did:example:a%2", "key.malformed"},
		"DID with a bad escape":     {"did:example:a%zz", "key.malformed"},
		"DID outside ASCII":         {"did:example:é", "key.malformed"},
		"did:key with a version":    {"did:key:1.1:" + ed25519Key, "key.malformed"},
		"did:key in base64url":      {"did:key:u7QHiE3kcjgaUf3D4wvWaGLVYYhW8Ylk5AyYYiKVHFwZtNA", "key.malformed"},
		"did:key escaped":           {"did:key:%7A" + ed25519Key[1:], "key.malformed"},
		"did:key twice":             {"did:key:" + ed25519Key + ":" + ed25519Key, "key.malformed"},
		"did:key of Ed448":          {"did:key:z6GPAuQ85H7xRDftL1NTd3F53RJhrWKhZpujSP5hjxBXJmaDuFCKpTNSamPWmLLQU723SmEjRqYLYMeDDi", "key.unresolved"},
		"did:jwk empty object":      {jwkDIDOf(`{}`), "key.malformed"},
		"did:jwk not JSON":          {jwkDIDOf(`{`), "key.malformed"},
		"did:jwk twice the same":    {jwkDIDOf(`{` + okp + `,"x":"` + okpX + `"}`), "key.malformed"},
		"did:jwk private":           {jwkDIDOf(`{` + okp + `,"d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}`), "key.malformed"},
		"did:jwk for encryption":    {"did:jwk:eyJrdHkiOiJPS1AiLCJjcnYiOiJYMjU1MTkiLCJ1c2UiOiJlbmMiLCJ4IjoiM3A3YmZYdDl3YlRUVzJIQzdPUTFOei1EUThoYmVHZE5yZngtRkctSUswOCJ9", "key.malformed"},
		"did:jwk X25519":            {jwkDIDOf(`{"kty":"OKP","crv":"X25519","x":"` + okpX + `"}`), "key.unresolved"},
		"did:jwk padded":            {jwkDID + "=", "key.malformed"},
		"did:jwk with unused bits":  {jwkDIDOf(`{` + okp + `}`)[:8] + unusedBits(`{`+okp+`}`), "key.malformed"},
		"did:jwk in base64":         {"did:jwk:++++", "key.malformed"},
		"did:jwk with a tail":       {jwkDIDOf(`{` + okp + `}{}`), "key.malformed"},
		"did:jwk deep":              {jwkDIDOf(`{"a":` + strings.Repeat("[", 1000) + strings.Repeat("]", 1000) + `}`), "key.malformed"},
		"did:jwk too long":          {jwkDIDOf(`{` + okp + `,"a":"` + strings.Repeat("a", 5000) + `"}`), "key.malformed"},
		"too long for anything":     {"did:example:" + strings.Repeat("a", 1<<20), "key.malformed"},
		"control: did:key":          {"did:key:" + ed25519Key, ""},
		"control: did:jwk":          {jwkDIDOf(`{` + okp + `}`), ""},
		"control: did:jwk of RSA":   {jwkDIDOf(rsaJWK(modulus(2048), 65537, `"alg":"RS256",`)), ""},
	} {
		t.Run(name, func(t *testing.T) {
			net := &network{}
			doc, err := keys.Default(net).Controller(context.Background(), c.id)
			wantCode(t, err, c.code)
			if err != nil && doc != nil {
				t.Error("a document beside the error")
			}
			if len(net.asked) > 0 {
				t.Errorf("fetched %v", net.asked)
			}
		})
	}
}

// unusedBits writes text in base64url with the bits set that stand for nothing.
func unusedBits(text string) string {
	for len(text)%3 == 0 {
		text += " "
	}
	encoded := base64.RawURLEncoding.EncodeToString([]byte(text))
	return encoded[:len(encoded)-1] + string(encoded[len(encoded)-1]+1)
}
