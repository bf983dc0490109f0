package verify_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// TestEmbeddedBinding: how the key of a Data Integrity proof is tied to the issuer.
func TestEmbeddedBinding(t *testing.T) {
	for _, id := range []string{"did:key", "did:web:university.example", "did:web:university.example%3A8443:badges", "https://university.example/issuers/1"} {
		t.Run(id, func(t *testing.T) {
			w, issuer := newWorld(t), verifytest.NewIssuer(id, keys.Ed25519)
			issuer.Publish(w.host)
			r := w.verify(t, issuer.Sign(verifytest.Badge(issuer.ID, nil), suite), anyone())
			want(t, r, verify.Valid, "", "")
			if r.Binding != verify.IssuerController {
				t.Errorf("binding %v", r.Binding)
			}
			// the twin: the same proof on a credential of somebody else
			r = w.verify(t, issuer.Sign(verifytest.Badge("https://other.example/issuer", nil), suite), anyone())
			want(t, r, verify.Invalid, "issuer", "proof.controller")
		})
	}
}

// document is a controller document with one method and these purposes.
func document(id, method, controller, multikey string, purposes map[string]any) []byte {
	doc := map[string]any{
		"@context": []string{"https://www.w3.org/ns/did/v1"}, "id": id,
		"verificationMethod": []any{map[string]any{"id": method, "type": "Multikey", "controller": controller, "publicKeyMultibase": multikey}},
	}
	for name, v := range purposes {
		doc[name] = v
	}
	out, err := json.Marshal(doc)
	if err != nil {
		panic(err)
	}
	return out
}

// TestControllerDocuments: a method counts only if the issuer's document lists it for the purpose, and
// names the issuer as its controller.
func TestControllerDocuments(t *testing.T) {
	const did = "did:web:university.example"
	issuer := verifytest.NewIssuer(did, keys.Ed25519)
	other := verifytest.NewIssuer(did, keys.Ed25519)
	badge := issuer.Sign(verifytest.Badge(did, nil), suite)
	assertion := map[string]any{"assertionMethod": []string{issuer.Method}}
	for _, c := range []struct {
		name    string
		doc     []byte
		verdict verify.Verdict
		check   string
		code    string
	}{
		{"listed", document(did, issuer.Method, did, issuer.Multikey, assertion), verify.Valid, "", ""},
		{"listed for authentication only", document(did, issuer.Method, did, issuer.Multikey, map[string]any{"authentication": []string{issuer.Method}}), verify.Invalid, "proof", "proof.method"},
		{"listed for nothing", document(did, issuer.Method, did, issuer.Multikey, nil), verify.Invalid, "proof", "proof.method"},
		{"another key", document(did, issuer.Method, did, other.Multikey, assertion), verify.Invalid, "proof", "proof.signature"},
		{"another controller", document(did, issuer.Method, "did:web:other.example", issuer.Multikey, assertion), verify.Invalid, "issuer", "proof.controller"},
		{"another document", document("did:web:other.example", issuer.Method, did, issuer.Multikey, assertion), verify.Invalid, "proof", "key.malformed"},
		{"no JSON", []byte("<html>"), verify.Indeterminate, "proof", "key.unresolved"},
		{"broken key", document(did, issuer.Method, did, "z6Mk", assertion), verify.Invalid, "proof", "key.malformed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.host.Put(didURL, "application/did+json", c.doc)
			r := w.verify(t, badge, anyone())
			want(t, r, c.verdict, c.check, c.code)
		})
	}
	want(t, newWorld(t).verify(t, badge, anyone()), verify.Indeterminate, "proof", "key.unresolved")
}

func TestRevokedKey(t *testing.T) {
	const did = "did:web:university.example"
	issuer := verifytest.NewIssuer(did, keys.Ed25519)
	badge := issuer.Sign(verifytest.Badge(did, nil), suite)
	for member, cases := range map[string]map[string]string{
		"revoked": {"2026-11-22T00:00:01Z": "", "2026-11-22T00:00:00Z": "key.revoked", "2020-01-01T00:00:00Z": "key.revoked"},
		"expires": {"2026-11-22T00:00:01Z": "", "2026-11-21T00:00:00Z": "key.revoked"},
	} {
		for date, code := range cases {
			w := newWorld(t)
			doc := fmt.Sprintf(`{"id":%q,"assertionMethod":[{"id":%q,"type":"Multikey","controller":%q,"publicKeyMultibase":%q,%q:%q}]}`,
				did, issuer.Method, did, issuer.Multikey, member, date)
			w.host.Put(didURL, "application/did+json", []byte(doc))
			verdict := verify.Valid
			if code != "" {
				verdict = verify.Invalid
			}
			want(t, w.verify(t, badge, anyone()), verdict, "proof", code)
		}
	}
}

// TestBareMethod: a verification method at its own URL counts if the controller that it names lists it.
func TestBareMethod(t *testing.T) {
	const controller, url = "https://university.example/issuer", "https://university.example/keys/1"
	issuer := verifytest.NewIssuer(controller, keys.Ed25519)
	issuer.Method = url
	badge := issuer.Sign(verifytest.Badge(controller, nil), suite)
	bare := func(owner string) []byte {
		return fmt.Appendf(nil, `{"@context":["https://w3id.org/security/multikey/v1"],"id":%q,"type":"Multikey","controller":%q,"publicKeyMultibase":%q}`, url, owner, issuer.Multikey)
	}
	lists := fmt.Appendf(nil, `{"id":%q,"assertionMethod":[%q]}`, controller, url)
	silent := fmt.Appendf(nil, `{"id":%q,"authentication":[%q]}`, controller, url)
	for _, c := range []struct {
		name        string
		method, doc []byte
		verdict     verify.Verdict
		check, code string
	}{
		{"listed", bare(controller), lists, verify.Valid, "", ""},
		{"listed for another purpose", bare(controller), silent, verify.Invalid, "proof", "proof.method"},
		{"controller out of reach", bare(controller), nil, verify.Indeterminate, "proof", "key.unresolved"},
		{"another controller", bare("https://other.example/issuer"), lists, verify.Indeterminate, "proof", "key.unresolved"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.host.Put(url, "application/json", c.method)
			if c.doc != nil {
				w.host.Put(controller, "application/json", c.doc)
			}
			r := w.verify(t, badge, anyone())
			want(t, r, c.verdict, c.check, c.code)
			if c.verdict == verify.Valid && r.Binding != verify.IssuerController {
				t.Errorf("binding %v", r.Binding)
			}
		})
	}
}

// jwt signs a badge of the issuer as a JWT.
func jwt(issuer *verifytest.Issuer, id, alg string, header map[string]any) []byte {
	return issuer.SignJWT(verifytest.Claims(verifytest.Badge(id, nil)), alg, header)
}

func jwkOf(t *testing.T, issuer *verifytest.Issuer) map[string]any {
	t.Helper()
	host := &verifytest.Host{}
	published := *issuer
	published.ID = "https://jwk.example/"
	published.Publish(host)
	body, _, err := host.Fetch(t.Context(), "https://jwk.example/.well-known/jwks.json", "")
	if err != nil {
		t.Fatal(err)
	}
	var set struct{ Keys []map[string]any }
	if err := json.Unmarshal(body, &set); err != nil || len(set.Keys) != 1 {
		t.Fatal(err)
	}
	return set.Keys[0]
}

// TestTokenBinding: kid and jwk find a key; what ties it to the issuer is the issuer's own document or
// key set.
func TestTokenBinding(t *testing.T) {
	const https = "https://university.example/issuers/1"
	web := verifytest.NewIssuer(https, keys.P256)
	did := verifytest.NewIssuer("did:web:university.example", keys.P256)
	self := verifytest.NewIssuer("did:key", keys.P256)
	jwk := func(i *verifytest.Issuer) map[string]any { return map[string]any{"jwk": jwkOf(t, i), "kid": nil} }
	for _, c := range []struct {
		name    string
		token   []byte
		publish []*verifytest.Issuer
		verdict verify.Verdict
		binding verify.Binding
		check   string
		code    string
	}{
		{"kid in the JWKS", jwt(web, https, "ES256", nil), []*verifytest.Issuer{web}, verify.Valid, verify.IssuerJWKS, "", ""},
		{"jwk in the JWKS", jwt(web, https, "ES256", jwk(web)), []*verifytest.Issuer{web}, verify.Valid, verify.IssuerJWKS, "", ""},
		{"jwk, nothing published", jwt(web, https, "ES256", jwk(web)), nil, verify.Indeterminate, verify.SelfAsserted, "issuer", "issuer.unbound"},
		{"jwk, another one published", jwt(self, https, "ES256", jwk(self)), []*verifytest.Issuer{web}, verify.Indeterminate, verify.SelfAsserted, "issuer", "issuer.unbound"},
		{"kid and jwk agree", jwt(web, https, "ES256", map[string]any{"jwk": jwkOf(t, web)}), []*verifytest.Issuer{web}, verify.Valid, verify.IssuerJWKS, "", ""},
		{"kid and jwk disagree", jwt(web, https, "ES256", map[string]any{"jwk": jwkOf(t, self)}), []*verifytest.Issuer{web}, verify.Invalid, verify.Unbound, "proof", "jwt.header"},
		{"kid without a URL, jwk in the JWKS", jwt(web, https, "ES256", map[string]any{"kid": "key-7", "jwk": jwkOf(t, web)}), []*verifytest.Issuer{web}, verify.Valid, verify.IssuerJWKS, "", ""},
		{"kid without a URL, jwk of somebody else", jwt(self, https, "ES256", map[string]any{"kid": "key-7", "jwk": jwkOf(t, self)}), []*verifytest.Issuer{web}, verify.Indeterminate, verify.SelfAsserted, "issuer", "issuer.unbound"},
		{"kid of a DID", jwt(did, did.ID, "ES256", nil), []*verifytest.Issuer{did}, verify.Valid, verify.IssuerController, "", ""},
		{"relative kid of a DID", jwt(did, did.ID, "ES256", map[string]any{"kid": "#key-1"}), []*verifytest.Issuer{did}, verify.Valid, verify.IssuerController, "", ""},
		{"jwk of a DID", jwt(did, did.ID, "ES256", jwk(did)), []*verifytest.Issuer{did}, verify.Valid, verify.IssuerController, "", ""},
		{"jwk that the DID does not list", jwt(self, did.ID, "ES256", jwk(self)), []*verifytest.Issuer{did}, verify.Invalid, verify.Unbound, "proof", "proof.method"},
		{"kid of did:key", jwt(self, self.ID, "ES256", nil), nil, verify.Valid, verify.IssuerController, "", ""},
		{"kid of somebody else's DID", jwt(self, did.ID, "ES256", nil), []*verifytest.Issuer{did}, verify.Invalid, verify.Unbound, "issuer", "proof.controller"},
		{"did kid for an https issuer", jwt(self, https, "ES256", nil), []*verifytest.Issuer{web}, verify.Invalid, verify.Unbound, "issuer", "proof.controller"},
		{"neither kid nor jwk", jwt(self, self.ID, "ES256", map[string]any{"kid": nil}), nil, verify.Invalid, verify.Unbound, "proof", "jwt.header"},
		{"kid that leads nowhere", jwt(web, https, "ES256", map[string]any{"kid": "key-7"}), []*verifytest.Issuer{web}, verify.Indeterminate, verify.Unbound, "proof", "key.unresolved"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			for _, i := range c.publish {
				i.Publish(w.host)
			}
			r := w.verify(t, c.token, anyone())
			want(t, r, c.verdict, c.check, c.code)
			if r.Binding != c.binding {
				t.Errorf("binding %v, want %v", r.Binding, c.binding)
			}
		})
	}
}

// TestBindingDemand: the policy says which binding suffices; its zero value wants more than a key that
// only the credential names.
func TestBindingDemand(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("https://university.example/issuers/1", keys.Ed25519)
	data := jwt(issuer, issuer.ID, "EdDSA", map[string]any{"jwk": jwkOf(t, issuer), "kid": nil})
	p := anyone()
	want(t, w.verify(t, data, p), verify.Indeterminate, "issuer", "issuer.unbound")
	p.Binding = verify.SelfAsserted
	want(t, w.verify(t, data, p), verify.Valid, "", "")
	issuer.Publish(w.host)
	p.Binding = verify.IssuerController
	want(t, w.verify(t, data, p), verify.Indeterminate, "issuer", "issuer.unbound")
	p.Binding = verify.IssuerJWKS
	want(t, w.verify(t, data, p), verify.Valid, "", "")
}

func TestParseBinding(t *testing.T) {
	for b := verify.SelfAsserted; b <= verify.IssuerController; b++ {
		if got, err := verify.ParseBinding(b.String()); err != nil || got != b {
			t.Errorf("%v: %v, %v", b, got, err)
		}
	}
	for _, bad := range []string{"", "none", "Controller", "strong"} {
		if _, err := verify.ParseBinding(bad); err == nil {
			t.Errorf("%q is a binding", bad)
		}
	}
}

// TestKeyOfAnotherIssuer: a JWK in the issuer's set that names another issuer is not the issuer's.
func TestKeyOfAnotherIssuer(t *testing.T) {
	issuer := verifytest.NewIssuer("https://university.example/issuers/1", keys.P256)
	key := jwkOf(t, issuer)
	for iss, verdict := range map[string]verify.Verdict{issuer.ID: verify.Valid, "https://university.example/issuers/2": verify.Invalid} {
		w := newWorld(t)
		key["iss"] = iss
		set, err := json.Marshal(map[string]any{"keys": []any{key}})
		if err != nil {
			t.Fatal(err)
		}
		w.host.Put("https://university.example/.well-known/jwks.json", "application/jwk-set+json", set)
		r := w.verify(t, jwt(issuer, issuer.ID, "ES256", nil), anyone())
		want(t, r, verdict, "", "")
		if verdict == verify.Invalid && !has(check(t, r, "issuer"), "proof.controller") {
			t.Error(dump(r))
		}
	}
}

// TestClaims: a claim that contradicts the credential fails; one that is missing is a deviation from
// Open Badges, which a strict policy refuses.
func TestClaims(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := verifytest.Badge(issuer.ID, map[string]any{"validUntil": "2027-01-01T00:00:00Z"})
	for _, c := range []struct {
		claim string
		value any
		fails bool
		warns bool
	}{
		{"aud", "anybody", false, false},
		{"iss", "did:web:other.example", true, false},
		{"iss", 7, true, false},
		{"iss", nil, false, true},
		{"jti", "urn:uuid:other", true, false},
		{"jti", nil, false, true},
		{"sub", "did:example:eve", true, false},
		{"sub", nil, false, true},
		{"nbf", 1767225601, true, false},
		{"nbf", "2026-01-01T00:00:00Z", true, false},
		{"nbf", nil, false, true},
		{"exp", 1798761601, true, false},
		{"exp", 1e300, true, false},
		{"exp", nil, false, true},
	} {
		t.Run(fmt.Sprint(c.claim, " ", c.value), func(t *testing.T) {
			var claims map[string]any
			if err := json.Unmarshal(verifytest.Claims(badge), &claims); err != nil {
				t.Fatal(err)
			}
			claims[c.claim] = c.value
			if c.value == nil {
				delete(claims, c.claim)
			}
			payload, err := json.Marshal(claims)
			if err != nil {
				t.Fatal(err)
			}
			data := issuer.SignJWT(payload, "EdDSA", nil)
			r := w.verify(t, data, anyone())
			if c.fails {
				want(t, r, verify.Invalid, "model", "jwt.claims")
				return
			}
			want(t, r, verify.Valid, "", "")
			if got := warns(check(t, r, "model"), "jwt.claims"); got != c.warns {
				t.Errorf("warnings: %+v", check(t, r, "model").Warnings)
			}
			p := anyone()
			p.Strict = true
			if c.warns {
				want(t, w.verify(t, data, p), verify.Invalid, "model", "jwt.claims")
			} else {
				want(t, w.verify(t, data, p), verify.Valid, "", "")
			}
		})
	}
}

// TestClaimsStandIn: in data model 1.1, claims stand for what the vc claim leaves out, the subject's id
// included; what they repeat they must not contradict.
func TestClaimsStandIn(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	for _, c := range []struct {
		id      string // member of the subject
		sub     string
		verdict verify.Verdict
		code    string
	}{
		{``, `"did:example:ada"`, verify.Valid, ""},
		{`"id":"did:example:ada",`, `"did:example:ada"`, verify.Valid, ""},
		{`"id":"did:example:ada",`, `"did:example:eve"`, verify.Invalid, "jwt.claims"},
		{`"id":"",`, `"did:example:eve"`, verify.Invalid, "jwt.claims"},
		{``, `["did:example:ada"]`, verify.Invalid, "jwt.claims"},
	} {
		payload := fmt.Appendf(nil, `{"iss":%q,"jti":"urn:uuid:1","sub":%s,"nbf":1767225600,"vc":{
			"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiableCredential"],
			"credentialSubject":{%s"name":"Ada"}}}`, issuer.ID, c.sub, c.id)
		want(t, w.verify(t, issuer.SignJWT(payload, "EdDSA", nil), anyone()), c.verdict, "model", c.code)
	}
}

// TestClaimedValidity: exp and nbf limit a JWT whose credential says nothing of dates.
func TestClaimedValidity(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	for _, c := range []struct {
		claims  string
		verdict verify.Verdict
		code    string
	}{
		{`"exp":1795305600`, verify.Valid, ""}, // now
		{`"exp":1795305599`, verify.Invalid, "validity.expired"},
		{`"nbf":1795305600`, verify.Valid, ""},
		{`"nbf":1795305601`, verify.Invalid, "validity.not_yet"},
	} {
		payload := verifytest.Badge(issuer.ID, map[string]any{"validFrom": nil})
		payload = append([]byte("{"+c.claims+","), payload[1:]...)
		want(t, w.verify(t, issuer.SignJWT(payload, "EdDSA", nil), anyone()), c.verdict, "validity", c.code)
	}
}

// TestTokenTampering changes each part of a token.
func TestTokenTampering(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	good := jwt(issuer, issuer.ID, "EdDSA", nil)
	want(t, w.verify(t, good, anyone()), verify.Valid, "", "")
	for at := range good {
		changed := append([]byte(nil), good...)
		if changed[at] == '.' {
			continue
		}
		changed[at] = 'A' + (changed[at]+1)%26
		if changed[at] == good[at] {
			continue
		}
		c, err := vc.Parse(changed, vc.Limits{})
		if err != nil {
			continue
		}
		if r, _ := w.verifier.Verify(t.Context(), c, anyone()); r.Verdict == verify.Valid {
			t.Fatalf("byte %d changed: %s", at, changed)
		}
	}
}

// TestKeyUnderAnotherName: what counts is that the issuer's authority publishes the key, not by which
// name the set calls it.
func TestKeyUnderAnotherName(t *testing.T) {
	const kid = "https://university.example/keys/7"
	issuer := verifytest.NewIssuer("https://university.example/issuers/1", keys.P256)
	other := verifytest.NewIssuer("https://university.example/issuers/1", keys.P256)
	single, err := json.Marshal(jwkOf(t, issuer))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		published *verifytest.Issuer
		verdict   verify.Verdict
		code      string
	}{{issuer, verify.Valid, ""}, {other, verify.Indeterminate, "issuer.unbound"}} {
		w := newWorld(t)
		c.published.Publish(w.host)
		w.host.Put(kid, "application/jwk+json", single)
		want(t, w.verify(t, jwt(issuer, issuer.ID, "ES256", map[string]any{"kid": kid}), anyone()), c.verdict, "issuer", c.code)
	}
}

// TestBindingWithoutName: a value that is no binding reads as none.
func TestBindingWithoutName(t *testing.T) {
	for b, want := range map[verify.Binding]string{verify.IssuerController: "controller", verify.Unbound: "none", verify.IssuerController + 1: "none", 255: "none"} {
		if text, err := b.MarshalText(); err != nil || string(text) != want {
			t.Errorf("%d: %q, %v", b, text, err)
		}
	}
}
