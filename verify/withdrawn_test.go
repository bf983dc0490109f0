package verify_test

import (
	"fmt"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// TestWithdrawnElsewhere: a method that lives at another URL than its controller's document counts only
// as long as that document, where it holds a copy of the method, has not withdrawn it.
func TestWithdrawnElsewhere(t *testing.T) {
	const controller = "https://university.example/issuer"
	const bareURL, docURL = "https://university.example/keys/1", "https://keys.example/all"
	issuer := verifytest.NewIssuer(controller, keys.Ed25519)
	other := verifytest.NewIssuer(controller, keys.Ed25519)
	method := func(id, key, more string) string {
		return fmt.Sprintf(`{"id":%q,"type":"Multikey","controller":%q,"publicKeyMultibase":%q%s}`, id, controller, key, more)
	}
	for _, form := range []struct{ name, url, id string }{
		{"bare method", bareURL, bareURL},
		{"method in another document", docURL, docURL + "#1"},
	} {
		issuer.Method = form.id
		badge := issuer.Sign(verifytest.Badge(controller, nil), suite)
		token := issuer.SignJWT(verifytest.Claims(verifytest.Badge(controller, nil)), "EdDSA", nil)
		apart := method(form.id, issuer.Multikey, "")
		if form.url == docURL {
			apart = fmt.Sprintf(`{"id":%q,"assertionMethod":[%s]}`, docURL, apart)
		}
		for _, c := range []struct {
			name, own   string // what the controller lists
			verdict     verify.Verdict
			check, code string
		}{
			{"listed by reference", fmt.Sprintf("%q", form.id), verify.Valid, "", ""},
			{"held", method(form.id, issuer.Multikey, ""), verify.Valid, "", ""},
			{"revoked later", method(form.id, issuer.Multikey, `,"revoked":"2026-11-23T00:00:00Z"`), verify.Valid, "", ""},
			{"revoked", method(form.id, issuer.Multikey, `,"revoked":"2026-11-21T00:00:00Z"`), verify.Invalid, "proof", "key.revoked"},
			{"expired", method(form.id, issuer.Multikey, `,"expires":"2026-11-21T00:00:00Z"`), verify.Invalid, "proof", "key.revoked"},
			{"deactivated", method(form.id, issuer.Multikey, `,"deactivated":true`), verify.Invalid, "proof", "key.revoked"},
		} {
			for _, data := range [][]byte{badge, token} {
				t.Run(form.name+"/"+c.name, func(t *testing.T) {
					w := newWorld(t)
					w.host.Put(form.url, "application/json", []byte(apart))
					w.host.Put(controller, "application/json", fmt.Appendf(nil, `{"id":%q,"assertionMethod":[%s]}`, controller, c.own))
					want(t, w.verify(t, data, anyone()), c.verdict, c.check, c.code)
				})
			}
		}
		for name, own := range map[string]string{
			"another key":    method(form.id, other.Multikey, ""),
			"held twice":     method(form.id, issuer.Multikey, "") + "," + method(form.id, issuer.Multikey, ""),
			"secret at hand": method(form.id, issuer.Multikey, `,"secretKeyMultibase":"z"`),
		} {
			w := newWorld(t)
			w.host.Put(form.url, "application/json", []byte(apart))
			w.host.Put(controller, "application/json", fmt.Appendf(nil, `{"id":%q,"assertionMethod":[%s]}`, controller, own))
			if r := w.verify(t, badge, anyone()); r.Verdict == verify.Valid || r.Binding == verify.IssuerController {
				t.Errorf("%s, %s: %v, bound as %v", form.name, name, r.Verdict, r.Binding)
			}
		}
	}
}

// TestDeactivatedIssuer: a JWT that brings its own key does not outlive the DID of its issuer, even where
// a key that nothing vouches for suffices.
func TestDeactivatedIssuer(t *testing.T) {
	const did = "did:web:university.example"
	issuer := verifytest.NewIssuer(did, keys.Ed25519)
	token := jwt(issuer, did, "EdDSA", map[string]any{"jwk": jwkOf(t, issuer), "kid": nil})
	lax := anyone()
	lax.Binding = verify.SelfAsserted
	w := newWorld(t)
	want(t, w.verify(t, token, lax), verify.Valid, "", "")
	want(t, w.verify(t, token, anyone()), verify.Indeterminate, "issuer", "issuer.unbound")
	w.host.Put(didURL, "application/did+json", fmt.Appendf(nil, `{"id":%q,"deactivated":true}`, did))
	want(t, w.verify(t, token, lax), verify.Invalid, "proof", "key.revoked")
	want(t, w.verify(t, token, anyone()), verify.Invalid, "proof", "key.revoked")
}
