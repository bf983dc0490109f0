package keys_test

import (
	"context"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
)

// TestDocumentsInUse reads documents in the shapes that issuers' software writes: with contexts,
// services, keys for encryption and keys of kinds that are not read beside the one that counts.
func TestDocumentsInUse(t *testing.T) {
	const did, web = "did:web:university.example", "https://university.example/.well-known/did.json"
	brainpool := `{"kty":"EC","crv":"brainpoolP256r1","x":"` + ecX + `","y":"` + ecY + `"}`
	x25519 := `{"id":"#enc","type":"X25519KeyAgreementKey2020","controller":"` + did + `","publicKeyMultibase":"z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc"}`
	for name, c := range map[string]struct {
		id, url, body, method string
		kind                  keys.Kind
		code                  string
	}{
		"did:web with Multikey": {did, web, `{
			"@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
			"id": "` + did + `", "alsoKnownAs": ["https://university.example"],
			"verificationMethod": [` + method(did+"#key-1", did, ed25519Key, "") + `],
			"authentication": ["` + did + `#key-1"], "assertionMethod": ["` + did + `#key-1"],
			"keyAgreement": [` + x25519 + `],
			"service": [{"id": "#lms", "type": "LinkedDomains", "serviceEndpoint": "https://university.example"}]}`,
			did + "#key-1", keys.Ed25519, ""},
		"did:web with JsonWebKey2020 and relative ids": {did, web, `{
			"@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1"],
			"id": "` + did + `",
			"verificationMethod": [
				{"id": "#sig", "type": "JsonWebKey2020", "controller": "` + did + `", "publicKeyJwk": {` + ecJWK + `, "alg": "ES256", "use": "sig", "kid": "sig"}},
				{"id": "#enc", "type": "JsonWebKey2020", "controller": "` + did + `", "publicKeyJwk": {` + ecJWK + `, "use": "enc"}}],
			"assertionMethod": ["#sig"], "keyAgreement": ["#enc"]}`,
			did + "#sig", keys.P256, ""},
		"did:web with a key of an unknown curve first": {did, web, `{
			"@context": "https://www.w3.org/ns/did/v1", "id": "` + did + `",
			"verificationMethod": [
				{"id": "#old", "type": "EcdsaKoblitzKey2016", "controller": "` + did + `", "publicKeyJwk": ` + brainpool + `},
				{"id": "#new", "type": "JsonWebKey", "controller": "` + did + `", "publicKeyJwk": {` + okp + `}}],
			"authentication": ["#old", "#new"], "assertionMethod": ["#old", "#new"]}`,
			did + "#new", keys.Ed25519, ""},
		"that key itself": {did, web, `{
			"id": "` + did + `", "assertionMethod": [
				{"id": "#old", "type": "EcdsaKoblitzKey2016", "controller": "` + did + `", "publicKeyJwk": ` + brainpool + `}]}`,
			did + "#old", "", "key.unresolved"},
		"that curve in a JsonWebKey": {did, web, `{
			"id": "` + did + `", "assertionMethod": [
				{"id": "#old", "type": "JsonWebKey2020", "controller": "` + did + `", "publicKeyJwk": ` + brainpool + `}]}`,
			did + "#old", "", "key.unresolved"},
		"did:web with the 2020 suite": {did, web, `{
			"@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/ed25519-2020/v1"],
			"id": "` + did + `",
			"verificationMethod": [{"id": "` + did + `#` + ed25519Key + `", "type": "Ed25519VerificationKey2020", "controller": "` + did + `", "publicKeyMultibase": "` + ed25519Key + `"}],
			"assertionMethod": ["` + did + `#` + ed25519Key + `"]}`,
			did + "#" + ed25519Key, keys.Ed25519, ""},
		"an issuer's profile with its methods": {issuer, issuer, `{
			"@context": ["https://www.w3.org/ns/cid/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
			"id": "` + issuer + `", "type": ["Profile"], "name": "Example University", "url": "https://example.edu", "email": "badges@example.edu",
			"verificationMethod": [` + method(issuer+"#p384", issuer, p384Key, `"@context":"https://w3id.org/security/multikey/v1",`) + `],
			"assertionMethod": ["` + issuer + `#p384"]}`,
			issuer + "#p384", keys.P384, ""},
		"an issuer's profile without methods": {issuer, issuer, `{
			"@context": "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "id": "` + issuer + `", "type": ["Profile"], "name": "Example University"}`,
			issuer + "#key", "", "proof.method"},
		"an Open Badges 2.0 profile": {issuer, issuer, `{
			"@context": "https://w3id.org/openbadges/v2", "id": "` + issuer + `", "type": "Issuer", "name": "Example", "publicKey": "https://example.edu/key.json"}`,
			issuer + "#key", "", "proof.method"},
		"a controller document with everything embedded": {issuer, issuer, `{
			"@context": "https://www.w3.org/ns/cid/v1", "id": "` + issuer + `", "controller": "https://example.edu",
			"authentication": [` + method(issuer+"#a", issuer, ed25519Key, "") + `],
			"assertionMethod": [` + method(issuer+"#b", issuer, p256Key, `"expires":"2030-01-01T00:00:00Z",`) + `]}`,
			issuer + "#b", keys.P256, ""},
	} {
		t.Run(name, func(t *testing.T) {
			net := &network{answers: map[string]answer{c.url: {body: c.body, mediaType: "application/json; charset=utf-8"}}}
			doc, err := keys.Default(net).Controller(context.Background(), c.id)
			wantCode(t, err, "")
			m, err := doc.Method(c.method, assert)
			wantCode(t, err, c.code)
			if m.Key.Kind() != c.kind {
				t.Fatalf("kind is %q", m.Key.Kind())
			}
			if err != nil {
				return
			}
			if m.ID != c.method || m.Controller != c.id {
				t.Errorf("method is %+v", m)
			}
			// The forged twin: the same document with the purpose's name in another case.
			forged := strings.Replace(c.body, `"assertionMethod"`, `"assertionmethod"`, 1)
			doc, err = serve(c.url, forged).Controller(context.Background(), c.id)
			wantCode(t, err, "")
			_, err = doc.Method(c.method, assert)
			wantCode(t, err, "proof.method")
		})
	}
}
