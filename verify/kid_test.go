package verify_test

import (
	"encoding/base64"
	"fmt"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// TestKidIsNoWayAround: the document of an issuer with a DID is asked about a key that nobody vouches for,
// wherever a kid leads.
func TestKidIsNoWayAround(t *testing.T) {
	const did, elsewhere = "did:web:university.example", "https://keys.example/"
	issuer, thief := verifytest.NewIssuer(did, keys.Ed25519), verifytest.NewIssuer(did, keys.Ed25519)
	thief.Method = elsewhere + "set#1"
	issuer.Method = thief.Method
	set := func(by *verifytest.Issuer) []byte { return fmt.Appendf(nil, `{"keys":[%s]}`, by.JWK()) }
	lax := anyone()
	lax.Binding = verify.SelfAsserted
	for name, header := range map[string]func(by *verifytest.Issuer) map[string]any{
		"no kid":            func(by *verifytest.Issuer) map[string]any { return map[string]any{"kid": nil, "jwk": jwkOf(t, by)} },
		"kid of no address": func(by *verifytest.Issuer) map[string]any { return map[string]any{"kid": "x://y", "jwk": jwkOf(t, by)} },
		"kid of a key":      func(*verifytest.Issuer) map[string]any { return map[string]any{"kid": elsewhere + "key"} },
		"kid in a set":      func(*verifytest.Issuer) map[string]any { return map[string]any{"kid": elsewhere + "set#1"} },
	} {
		t.Run(name, func(t *testing.T) {
			for by, verdict := range map[*verifytest.Issuer]verify.Verdict{issuer: verify.Valid, thief: verify.Invalid} {
				w := newWorld(t)
				w.host.Put(elsewhere+"key", "application/jwk+json", by.JWK())
				w.host.Put(elsewhere+"set", "application/jwk-set+json", set(by))
				token := jwt(by, did, "EdDSA", header(by))
				want(t, w.verify(t, token, lax), verify.Valid, "", "") // nobody can be asked
				want(t, w.verify(t, token, anyone()), verify.Indeterminate, "issuer", "issuer.unbound")
				code := ""
				if verdict == verify.Invalid {
					code = "proof.method"
				}
				w.host.Put(didURL, "application/did+json", fmt.Appendf(nil, `{"id":%q,"assertionMethod":[{"id":"%[1]s#1","type":"Multikey","controller":%[1]q,"publicKeyMultibase":%q}]}`, did, issuer.Multikey))
				want(t, w.verify(t, token, lax), verdict, "proof", code)
				want(t, w.verify(t, token, anyone()), verdict, "proof", code)
			}
		})
	}
}

// TestKidIsADID: a kid that is a DID alone means its method, where it can have one only. That is a
// deviation.
func TestKidIsADID(t *testing.T) {
	issuer, thief := verifytest.NewIssuer("did:key", keys.P256), verifytest.NewIssuer("did:key", keys.P256)
	byJWK := *issuer
	byJWK.ID = "did:jwk:" + base64.RawURLEncoding.EncodeToString(issuer.JWK())
	byWeb := *issuer
	byWeb.ID, byWeb.Method = "did:web:university.example", "did:web:university.example#1"
	w := newWorld(t)
	byWeb.Publish(w.host)
	for _, c := range []struct {
		signer      *verifytest.Issuer
		id, kid     string
		verdict     verify.Verdict
		check, code string
	}{
		{issuer, issuer.ID, issuer.ID, verify.Valid, "", ""},
		{&byJWK, byJWK.ID, byJWK.ID, verify.Valid, "", ""},
		{thief, issuer.ID, issuer.ID, verify.Invalid, "proof", "proof.signature"},
		{thief, byJWK.ID, byJWK.ID, verify.Invalid, "proof", "proof.signature"},
		{thief, issuer.ID, thief.ID, verify.Invalid, "issuer", "proof.controller"},
		{&byWeb, byWeb.ID, byWeb.ID, verify.Invalid, "proof", "proof.method"},
		{&byWeb, byWeb.ID, byWeb.Method, verify.Valid, "", ""},
		{issuer, issuer.ID, issuer.ID + "#", verify.Invalid, "proof", "proof.method"},
	} {
		data := jwt(c.signer, c.id, "ES256", map[string]any{"kid": c.kid})
		r := w.verify(t, data, anyone())
		want(t, r, c.verdict, c.check, c.code)
		if deviates := c.kid == c.id; r.Verdict == verify.Valid && warns(check(t, r, "proof"), "jwt.header") != deviates {
			t.Errorf("%s: warnings %+v", c.kid, check(t, r, "proof").Parts[0].Warnings)
		} else if r.Verdict == verify.Valid && deviates {
			want(t, w.verify(t, data, strictly()), verify.Invalid, "proof", "jwt.header")
		}
	}
}

// TestKidIntoASet: a kid may be the URL of a key set, with the name of the key as its fragment.
func TestKidIntoASet(t *testing.T) {
	const id, own, other = "https://university.example/issuer", "https://university.example/.well-known/jwks.json", "https://keys.example/set"
	issuer := verifytest.NewIssuer(id, keys.P256)
	issuer.Method = "k1"
	w := newWorld(t)
	for _, url := range []string{own, other} {
		w.host.Put(url, "application/jwk-set+json", fmt.Appendf(nil, `{"keys":[%s]}`, issuer.JWK()))
	}
	for _, c := range []struct {
		kid         string
		verdict     verify.Verdict
		check, code string
	}{
		{"k1", verify.Valid, "", ""},
		{own + "#k1", verify.Valid, "", ""},
		{own + "#k2", verify.Invalid, "proof", "proof.method"},
		{own + "#", verify.Invalid, "proof", "proof.method"},
		{other + "#k1", verify.Valid, "", ""}, // the same key, which the issuer's own set has
		{other + "#k2", verify.Invalid, "proof", "proof.method"},
		{"https://university.example/other.json#k1", verify.Indeterminate, "proof", "key.unresolved"},
	} {
		want(t, w.verify(t, jwt(issuer, id, "ES256", map[string]any{"kid": c.kid}), anyone()), c.verdict, c.check, c.code)
	}
	thief := verifytest.NewIssuer(id, keys.P256)
	want(t, w.verify(t, jwt(thief, id, "ES256", map[string]any{"kid": own + "#k1"}), anyone()), verify.Invalid, "proof", "proof.signature")
	thief.Method = "k1"
	w.host.Put(other, "application/jwk-set+json", fmt.Appendf(nil, `{"keys":[%s]}`, thief.JWK()))
	want(t, w.verify(t, jwt(thief, id, "ES256", map[string]any{"kid": other + "#k1"}), anyone()), verify.Indeterminate, "issuer", "issuer.unbound")
}
