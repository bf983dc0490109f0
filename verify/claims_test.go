package verify_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// TestBesideTheClaim: what stands next to the vc claim does not count, so that it must not say anything
// else than inside.
func TestBesideTheClaim(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	const url = "https://university.example/revoked"
	const status = `"credentialStatus":{"id":"` + url + `","type":"1EdTechRevocationList"},`
	w.host.Put(url, "application/json", fmt.Appendf(nil, `{"issuer":%q,"revokedCredential":[]}`, issuer.ID))
	for _, c := range []struct {
		beside, inside string
		pointer        string // of the breach, "" for none
	}{
		{``, ``, ""},
		{``, status, ""},
		{status, status, ""},
		{`"name":"Ada",`, ``, ""},
		{status, ``, "/credentialStatus"},
		{`"expirationDate":"2026-02-01T00:00:00Z",`, ``, "/expirationDate"},
		{`"expirationDate":"2026-02-01T00:00:00Z",`, `"expirationDate":"2027-02-01T00:00:00Z",`, "/expirationDate"},
		{`"issuer":"did:web:other.example",`, ``, "/issuer"},
		{`"issuer":{"name":"University"},`, ``, ""},
		{`"issuer":{"name":"University"},`, `"issuer":"` + issuer.ID + `",`, ""},
		{`"issuer":"` + issuer.ID + `",`, `"issuer":{"id":"` + issuer.ID + `"},`, ""},
		{`"issuer":{"id":"` + issuer.ID + `"},`, ``, ""},
		{`"issuer":{"id":"did:web:other.example"},`, ``, "/issuer"},
		{`"issuer":{"id":7},`, ``, "/issuer"},
		{`"issuer":[{"id":"did:web:other.example"}],`, ``, "/issuer"},
		{`"issuer":7,`, ``, "/issuer"},
		{`"_sd_alg":"sha-256",`, ``, ""},
		{`"_sd":["x"],`, ``, "/_sd"},
		{``, `"_sd":["x"],`, "/vc/_sd"},
	} {
		payload := fmt.Appendf(nil, `{"iss":%q,"jti":"urn:uuid:1","nbf":1767225600,%s"vc":{
			"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiableCredential"],%s
			"credentialSubject":{"name":"Ada"}}}`, issuer.ID, c.beside, c.inside)
		r := w.verify(t, issuer.SignJWT(payload, "EdDSA", nil), anyone())
		if c.pointer == "" {
			want(t, r, verify.Valid, "", "")
			continue
		}
		code := "jwt.claims"
		if strings.HasSuffix(c.pointer, "_sd") {
			code = "model.value"
		}
		want(t, r, verify.Invalid, "model", code)
		if got := check(t, r, "model").Problems[0].Pointer; got != c.pointer {
			t.Errorf("pointer %q, want %q", got, c.pointer)
		}
	}
}

// TestPointersIntoTheClaim: pointers lead into the payload, and to the claim where there is no property.
func TestPointersIntoTheClaim(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	for _, c := range []struct {
		inside               string
		check, code, pointer string
	}{
		{``, "issuer", "issuer.untrusted", "/iss"},
		{`"issuer":"` + issuer.ID + `",`, "issuer", "issuer.untrusted", "/vc/issuer"},
		{`"credentialSchema":{"id":"https://university.example/s","type":"JsonSchema"},`, "schema", "schema.unreachable", "/vc/credentialSchema"},
	} {
		payload := fmt.Appendf(nil, `{"iss":%q,"nbf":1767225600,"vc":{"@context":["https://www.w3.org/2018/credentials/v1"],%s
			"type":["VerifiableCredential"],"credentialSubject":{"name":"Ada"}}}`, issuer.ID, c.inside)
		p, verdict := anyone(), verify.Indeterminate
		if c.check == "issuer" {
			p.Issuers, verdict = verify.IssuerSet("did:web:university.example"), verify.Invalid
		}
		r := w.verify(t, issuer.SignJWT(payload, "EdDSA", nil), p)
		want(t, r, verdict, c.check, c.code)
		if got := check(t, r, c.check).Problems[0].Pointer; got != c.pointer {
			t.Errorf("%s: pointer %q, want %q", c.code, got, c.pointer)
		}
	}
}
