package verify_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

const refreshURL = "https://university.example/refresh/1"

// TestRefresh: a newer copy takes the place of the credential if it is the same issuer's, for the same id,
// and signed; whatever else is wrong with what the service answers, the credential stands as it is.
func TestRefresh(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	mallory := verifytest.NewIssuer("did:key", keys.Ed25519)
	service := func(changes map[string]any) map[string]any {
		return map[string]any{"refreshService": changed(map[string]any{"id": refreshURL, "type": "1EdTechCredentialRefresh"}, changes)}
	}
	copied := func(changes map[string]any) []byte {
		return verifytest.Badge(issuer.ID, changed(changed(service(nil), map[string]any{"name": "A newer name", "validFrom": "2026-02-01T00:00:00Z"}), changes))
	}
	sign := func(badge []byte) []byte { return issuer.SignJWT(verifytest.Claims(badge), "EdDSA", nil) }
	for _, c := range []struct {
		name    string
		service map[string]any
		copy    []byte
		newer   bool
		verdict verify.Verdict
	}{
		{"a newer copy", nil, sign(copied(nil)), true, verify.Valid},
		{"with an embedded proof", nil, issuer.SignJWT(verifytest.Claims(copied(nil)), "EdDSA", nil), true, verify.Valid},
		{"an expired copy", nil, sign(copied(map[string]any{"validUntil": "2026-03-01T00:00:00Z"})), true, verify.Invalid},
		{"a revoked copy", nil, sign(copied(map[string]any{"credentialStatus": statusEntry("7")})), true, verify.Invalid},
		{"the same credential", nil, sign(verifytest.Badge(issuer.ID, service(nil))), true, verify.Valid},
		{"an id in other spelling", nil, sign(copied(map[string]any{"id": "urn:uuid:8f3ea4a6-3a8c-4d0f-9a53-2f0b1a8f7c1%31"})), true, verify.Valid},
		{"nothing there", nil, nil, false, verify.Valid},
		{"no credential", nil, []byte("<html>"), false, verify.Valid},
		{"unsigned", nil, copied(nil), false, verify.Valid},
		{"signed by somebody else", nil, mallory.SignJWT(verifytest.Claims(copied(nil)), "EdDSA", nil), false, verify.Valid},
		{"by somebody else", nil, mallory.SignJWT(verifytest.Claims(copied(map[string]any{"issuer": mallory.ID})), "EdDSA", nil), false, verify.Valid},
		{"of another id", nil, sign(copied(map[string]any{"id": "urn:uuid:8f3ea4a6-3a8c-4d0f-9a53-2f0b1a8f7c12"})), false, verify.Valid},
		{"older", nil, sign(copied(map[string]any{"validFrom": "2025-12-31T23:59:59Z"})), false, verify.Valid},
		{"against the data model", nil, sign(copied(map[string]any{"type": []string{"Nothing"}})), false, verify.Valid},
		{"over http", map[string]any{"id": "http://university.example/refresh/1"}, sign(copied(nil)), false, verify.Valid},
		{"a service that needs the holder", map[string]any{"type": "VerifiableCredentialRefreshService2021"}, sign(copied(nil)), false, verify.Valid},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.host.Put(listURL, "application/vc", issuer.Sign(verifytest.StatusList(listURL, issuer.ID, "revocation", 7), suite))
			if c.copy != nil {
				w.host.Put(refreshURL, "application/vc+jwt", c.copy)
			}
			badge := sign(verifytest.Badge(issuer.ID, service(c.service)))
			r := w.verify(t, badge, anyone())
			want(t, r, verify.Valid, "", "")
			if !warns(check(t, r, "validity"), "refresh.available") || len(w.host.Calls()) != 0 || r.Refreshed != nil {
				t.Errorf("without being asked: %s %v", dump(r), w.host.Calls())
			}
			p := anyone()
			p.Refresh = true
			r = w.verify(t, badge, p)
			want(t, r, c.verdict, "", "")
			told := map[bool]string{true: "refresh.used", false: "refresh.failed"}[c.newer]
			if (r.Refreshed != nil) != c.newer || !warns(check(t, r, "validity"), told) {
				t.Errorf("%v: %s", r.Refreshed != nil, dump(r))
			}
			if name := r.Credential.Name; c.newer && c.name != "the same credential" && name != "A newer name" {
				t.Errorf("the report is about %q", name)
			}
		})
	}
}

// TestRefreshAfterProof: nobody is asked about a credential that is not the issuer's, and a copy is asked
// for once, also where it names a service itself.
func TestRefreshAfterProof(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"refreshService": map[string]any{"id": refreshURL, "type": "1EdTechCredentialRefresh"},
		"@context": []string{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"}}), suite)
	p := anyone()
	p.Refresh = true
	w := newWorld(t)
	w.host.Put(refreshURL, "", badge)
	want(t, w.verify(t, replace(t, badge, "Found what was wrong", "Found what was right"), p), verify.Invalid, "proof", "proof.signature")
	if calls := w.host.Calls(); len(calls) != 0 {
		t.Errorf("asked for %v", calls)
	}
	want(t, w.verify(t, badge, p), verify.Valid, "", "")
	if calls := w.host.Calls(); len(calls) != 1 {
		t.Errorf("asked for %v", calls)
	}
	w.host.Fail(refreshURL, errors.New("gone"))
	r := w.verify(t, badge, p)
	want(t, r, verify.Valid, "", "")
	if !warns(check(t, r, "validity"), "refresh.failed") {
		t.Error(dump(r))
	}
}

// TestRefreshOfAForgery: a genuine credential that a forgery names as its newer copy does not make the forgery
// valid, be it that nothing ties its key to the issuer, or that it is not what the data model allows.
func TestRefreshOfAForgery(t *testing.T) {
	const id = "https://university.example/issuer"
	issuer, mallory := verifytest.NewIssuer(id, keys.P256), verifytest.NewIssuer(id, keys.P256)
	badge := func(i *verifytest.Issuer, edits map[string]any) []byte {
		service := map[string]any{"refreshService": map[string]any{"id": refreshURL, "type": "1EdTechCredentialRefresh"}}
		claims := verifytest.Claims(verifytest.Badge(id, changed(service, edits)))
		return i.SignJWT(claims, "ES256", map[string]any{"jwk": json.RawMessage(i.JWK()), "kid": nil})
	}
	for _, c := range []struct {
		name        string
		badge       []byte
		verdict     verify.Verdict
		check, code string
	}{
		{"genuine", badge(issuer, nil), verify.Valid, "", ""},
		{"genuine and expired", badge(issuer, map[string]any{"validUntil": "2026-03-01T00:00:00Z"}), verify.Valid, "", ""},
		{"by a key of somebody's own", badge(mallory, map[string]any{"name": "Doctor"}), verify.Indeterminate, "issuer", "issuer.unbound"},
		{"against the data model", badge(issuer, map[string]any{"type": []string{"Nothing"}}), verify.Invalid, "model", "model.value"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			issuer.Publish(w.host)
			w.host.Put(refreshURL, "application/vc+jwt", badge(issuer, map[string]any{"validFrom": "2026-02-01T00:00:00Z"}))
			p := anyone()
			p.Issuers, p.Refresh = verify.IssuerSet(id), true
			r := w.verify(t, c.badge, p)
			want(t, r, c.verdict, c.check, c.code)
			if asked := slices.Contains(w.host.Calls(), refreshURL); asked != (c.code == "") || (r.Refreshed != nil) != asked {
				t.Errorf("asked for %v, a copy: %v", w.host.Calls(), r.Refreshed != nil)
			}
		})
	}
}
