package badge_test

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"slices"
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

// TestSigned is the signed badge that the twins below are made from.
func TestSigned(t *testing.T) {
	w := newOlderWorld().signed()
	p := trusting()
	p.Recipient = badge.Email(ada)
	b, r := w.judge(t, olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, w.assertion)), p)
	wantOlder(t, r, verify.Valid, "", "")
	if r.Format != badge.FormatSigned || r.Binding != verify.IssuerController || r.Container != "jwt" || b.Generation() != 2 {
		t.Errorf("format %s, binding %s, container %s", r.Format, r.Binding, r.Container)
	}
	proof, _ := r.Check("proof")
	if i := slices.IndexFunc(proof.Parts, func(p verify.Result) bool { return p.Suite == "RS256" }); i < 0 {
		t.Errorf("the proof does not name its algorithm: %+v", proof.Parts)
	}
}

// TestSignedForms has what else is valid.
func TestSignedForms(t *testing.T) {
	for name, c := range map[string]struct {
		edit    func(w *olderWorld)
		binding verify.Binding
	}{
		"no creator":           {func(w *olderWorld) { w.assertion["verification"] = object{"type": "SignedBadge"} }, verify.IssuerController},
		"key in the profile":   {func(w *olderWorld) { w.issuer["publicKey"] = w.key }, verify.IssuerController},
		"key without an owner": {func(w *olderWorld) { delete(w.key, "owner") }, verify.IssuerJWKS},
		"second of two keys": {func(w *olderWorld) {
			w.issuer["publicKey"] = []any{object{"id": keyURL + "0", "owner": issuerURL, "publicKeyPem": pemOf(otherKey())}, keyURL}
			w.assertion["verification"] = object{"type": "signed"}
		}, verify.IssuerController},
		"embedded badge class": {func(w *olderWorld) { w.assertion["badge"] = w.class }, verify.IssuerController},
		"embedded everything":  {func(w *olderWorld) { w.assertion["badge"] = with(w.class, "issuer", w.issuer) }, verify.IssuerController},
		"no revocation list":   {func(w *olderWorld) { delete(w.issuer, "revocationList") }, verify.IssuerController},
		"others are revoked": {func(w *olderWorld) {
			w.list["revokedAssertions"] = []any{"urn:uuid:2", object{"id": "urn:uuid:3"}, object{"uid": "4"}}
		}, verify.IssuerController},
		"was revoked, is not": {func(w *olderWorld) {
			w.list["revokedAssertions"] = []any{object{"id": w.assertion["id"], "revoked": false}}
		}, verify.IssuerController},
		"list without its id": {func(w *olderWorld) { delete(w.list, "id"); delete(w.list, "issuer") }, verify.IssuerController},
	} {
		t.Run(name, func(t *testing.T) {
			w := newOlderWorld().signed()
			c.edit(w)
			_, r := w.judge(t, olderJWS(t, signingKey(), `{"alg":"RS256","typ":"JWT"}`, text(t, w.assertion)), trusting())
			wantOlder(t, r, verify.Valid, "", "")
			if r.Binding != c.binding {
				t.Errorf("binding %s, want %s", r.Binding, c.binding)
			}
		})
	}
}

// TestSignedForged has a twin for each rule.
func TestSignedForged(t *testing.T) {
	const evil = "https://evil.example/key"
	for name, c := range map[string]struct {
		edit    func(w *olderWorld)
		verdict verify.Verdict
		check   string
		code    string
	}{
		"key that the issuer does not list": {func(w *olderWorld) { w.assertion["verification"] = object{"type": "signed", "creator": evil} }, verify.Invalid, "proof", "proof.method"},
		"key in the assertion": {func(w *olderWorld) {
			w.assertion["verification"] = object{"type": "signed", "creator": with(w.key, "id", evil)}
		}, verify.Invalid, "proof", "proof.method"},
		"key in a copy of the issuer": {func(w *olderWorld) {
			w.assertion["badge"] = with(w.class, "issuer", with(w.issuer, "publicKey", w.key))
			w.issuer["publicKey"] = []any{object{"id": keyURL, "owner": issuerURL, "publicKeyPem": pemOf(otherKey())}}
		}, verify.Invalid, "proof", "proof.signature"},
		"key of somebody else":   {func(w *olderWorld) { w.key["owner"] = "https://evil.example/profile" }, verify.Invalid, "proof", "proof.controller"},
		"key calls itself other": {func(w *olderWorld) { w.key["id"] = evil }, verify.Invalid, "proof", "hosted.id"},
		"another key":            {func(w *olderWorld) { w.key["publicKeyPem"] = pemOf(otherKey()) }, verify.Invalid, "proof", "proof.signature"},
		"no key": {func(w *olderWorld) {
			delete(w.issuer, "publicKey")
			w.assertion["verification"] = object{"type": "signed"}
		}, verify.Indeterminate, "proof", "key.unresolved"},
		"key without PEM":   {func(w *olderWorld) { delete(w.key, "publicKeyPem") }, verify.Indeterminate, "proof", "key.unresolved"},
		"key that is none":  {func(w *olderWorld) { w.key["publicKeyPem"] = "-----BEGIN PUBLIC KEY-----" }, verify.Invalid, "proof", "key.malformed"},
		"key not there":     {func(w *olderWorld) { w.extra[keyURL] = nil }, verify.Indeterminate, "proof", "key.unresolved"},
		"key at a redirect": {func(w *olderWorld) { w.from[keyURL] = evil }, verify.Indeterminate, "proof", "hosted.redirect"},
		"too many keys": {func(w *olderWorld) {
			var all []any
			for range 9 {
				all = append(all, object{"id": keyURL, "publicKeyPem": pemOf(otherKey())})
			}
			w.issuer["publicKey"] = all
		}, verify.Indeterminate, "proof", "budget"},
		"issuer not trusted": {func(w *olderWorld) { w.assertion["badge"] = with(w.class, "issuer", "https://evil.example/profile") }, verify.Invalid, "issuer", "issuer.untrusted"},
		"issuer without a host": {func(w *olderWorld) {
			w.assertion["badge"] = with(w.class, "issuer", with(w.issuer, "id", "urn:uuid:7"))
		}, verify.Invalid, "issuer", "issuer.untrusted"},
		"class at somebody else's": {func(w *olderWorld) { w.assertion["badge"] = "https://evil.example/badge" }, verify.Invalid, "issuer", "issuer.untrusted"},
		"revoked":                  {func(w *olderWorld) { w.list["revokedAssertions"] = w.assertion["id"] }, verify.Invalid, "status", "status.revoked"},
		"revoked for a reason": {func(w *olderWorld) {
			w.list["revokedAssertions"] = []any{"urn:uuid:2", object{"id": w.assertion["id"], "revocationReason": "Fraud"}}
		}, verify.Invalid, "status", "status.revoked"},
		"revoked by uid": {func(w *olderWorld) {
			w.assertion["uid"] = "abc"
			w.list["revokedAssertions"] = []any{object{"uid": "abc"}}
		}, verify.Invalid, "status", "status.revoked"},
		"revoked by one of its uids": {func(w *olderWorld) {
			w.assertion["uid"] = []any{"abc"}
			w.list["revokedAssertions"] = []any{"abc"}
		}, verify.Invalid, "status", "status.revoked"},
		"revoked, and its id in a list": {func(w *olderWorld) {
			w.list["revokedAssertions"] = w.assertion["id"]
			w.assertion["id"] = []any{w.assertion["id"]}
		}, verify.Invalid, "badge.conformance", "ob2.type"},
		"revoked in itself":         {func(w *olderWorld) { w.assertion["revoked"] = true }, verify.Invalid, "status", "status.revoked"},
		"list not there":            {func(w *olderWorld) { w.extra[listURL] = nil }, verify.Indeterminate, "status", "status.unreachable"},
		"list of somebody else":     {func(w *olderWorld) { w.list["issuer"] = evil }, verify.Indeterminate, "status", "status.list_proof"},
		"another list":              {func(w *olderWorld) { w.list["id"] = listURL + "0" }, verify.Indeterminate, "status", "status.list_proof"},
		"list is none":              {func(w *olderWorld) { w.list["type"] = "BadgeClass" }, verify.Indeterminate, "status", "status.list_proof"},
		"list says nothing":         {func(w *olderWorld) { delete(w.list, "revokedAssertions") }, verify.Indeterminate, "status", "status.list_proof"},
		"list has a stranger entry": {func(w *olderWorld) { w.list["revokedAssertions"] = []any{7} }, verify.Indeterminate, "status", "status.list_proof"},
		"expired":                   {func(w *olderWorld) { w.assertion["expires"] = "2026-11-21T23:59:59Z" }, verify.Invalid, "validity", "validity.expired"},
		"hosted says the payload":   {func(w *olderWorld) { w.assertion["verification"] = object{"type": "hosted"} }, verify.Indeterminate, "issuer", "hosted.url"},
		"no method":                 {func(w *olderWorld) { delete(w.assertion, "verification") }, verify.Invalid, "proof", "ob2.missing"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newOlderWorld().signed()
			c.edit(w)
			_, r := w.judge(t, olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, w.assertion)), trusting())
			wantOlder(t, r, c.verdict, c.check, c.code)
			if calls := w.host.Calls(); slices.ContainsFunc(calls, func(url string) bool { return url[:16] == evil[:16] }) {
				t.Errorf("somebody was asked whom nobody trusted names: %v", calls)
			}
		})
	}
}

// TestSignedHeaders has headers that change what the signature means, and signatures by other means.
func TestSignedHeaders(t *testing.T) {
	w := newOlderWorld().signed()
	payload := text(t, w.assertion)
	encode := base64.RawURLEncoding.EncodeToString
	input := func(header string) string { return encode([]byte(header)) + "." + encode(payload) }
	mac := hmac.New(sha256.New, []byte(signingPEM()))
	mac.Write([]byte(input(`{"alg":"HS256"}`)))
	for name, c := range map[string]struct {
		token string
		code  string
	}{
		"none":              {input(`{"alg":"none"}`) + ".", "jwt.header"},
		"HS256 by the key":  {input(`{"alg":"HS256"}`) + "." + encode(mac.Sum(nil)), "jwt.header"},
		"ES256 by RSA":      {string(olderJWS(t, signingKey(), `{"alg":"ES256"}`, payload)), "proof.method"},
		"RS512 by RS256":    {string(olderJWS(t, signingKey(), `{"alg":"RS512"}`, payload)), "proof.signature"},
		"crit":              {string(olderJWS(t, signingKey(), `{"alg":"RS256","crit":["x"],"x":1}`, payload)), "jwt.header"},
		"typ of a VC":       {string(olderJWS(t, signingKey(), `{"alg":"RS256","typ":"vc+jwt"}`, payload)), "jwt.header"},
		"jku and kid":       {string(olderJWS(t, otherKey(), `{"alg":"RS256","jku":"https://evil.example/jwks","kid":"https://evil.example/key"}`, payload)), "proof.signature"},
		"other's signature": {string(olderJWS(t, otherKey(), `{"alg":"RS256"}`, payload)), "proof.signature"},
		"no signature":      {input(`{"alg":"RS256"}`) + ".", "proof.signature"},
	} {
		t.Run(name, func(t *testing.T) {
			_, r := w.judge(t, []byte(c.token), trusting())
			wantOlder(t, r, verify.Invalid, "proof", c.code)
		})
	}
	p := trusting()
	p.Suites = []string{"EdDSA"}
	_, r := w.judge(t, olderJWS(t, signingKey(), `{"alg":"RS256"}`, payload), p)
	wantOlder(t, r, verify.Invalid, "proof", "proof.suite_not_allowed")
	p.Suites = []string{"RS256"}
	_, r = w.judge(t, olderJWS(t, signingKey(), `{"alg":"RS256"}`, payload), p)
	wantOlder(t, r, verify.Valid, "", "")
}

// TestSignedDemands has what a policy may ask of the key.
func TestSignedDemands(t *testing.T) {
	for name, c := range map[string]struct {
		edit    func(p *verify.Policy)
		verdict verify.Verdict
		code    string
	}{
		"one method":     {func(p *verify.Policy) { p.MinProofs = 1 }, verify.Valid, ""},
		"two methods":    {func(p *verify.Policy) { p.MinProofs = 2 }, verify.Invalid, "proof.too_few"},
		"this method":    {func(p *verify.Policy) { p.Methods = []string{keyURL} }, verify.Valid, ""},
		"another method": {func(p *verify.Policy) { p.Methods = []string{keyURL, keyURL + "0"} }, verify.Invalid, "proof.too_few"},
		"a challenge":    {func(p *verify.Policy) { p.Challenge = "c" }, verify.Invalid, "proof.challenge"},
	} {
		w := newOlderWorld().signed()
		p := trusting()
		c.edit(&p)
		_, r := w.judge(t, olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, w.assertion)), p)
		if wantOlder(t, r, c.verdict, "proof", c.code); t.Failed() {
			t.Fatal(name)
		}
	}
}

// TestPayload alters a byte of what was signed.
func TestPayload(t *testing.T) {
	w := newOlderWorld().signed()
	genuine := olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, w.assertion))
	w.assertion["id"] = "urn:uuid:6f2b4b1e-2f0a-4a0e-9c1b-222222222222"
	forged := olderJWS(t, otherKey(), `{"alg":"RS256"}`, text(t, w.assertion))
	signature := genuine[len(genuine)-342:]
	_, r := w.judge(t, append(forged[:len(forged)-342:len(forged)-342], signature...), trusting())
	wantOlder(t, r, verify.Invalid, "proof", "proof.signature")
}

// TestSignedByOtherKeys signs with a key that is no RSA key; the specification recommends RSA and allows others.
func TestSignedByOtherKeys(t *testing.T) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	w := newOlderWorld().signed()
	w.key["publicKeyPem"] = string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
	encode := base64.RawURLEncoding.EncodeToString
	input := encode([]byte(`{"alg":"EdDSA"}`)) + "." + encode(text(t, w.assertion))
	token := input + "." + encode(ed25519.Sign(private, []byte(input)))
	_, r := w.judge(t, []byte(token), trusting())
	wantOlder(t, r, verify.Valid, "", "")
	_, r = w.judge(t, []byte(input+"."+encode(ed25519.Sign(private, []byte(input+" ")))), trusting())
	wantOlder(t, r, verify.Invalid, "proof", "proof.signature")
	_, r = w.judge(t, olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, w.assertion)), trusting())
	wantOlder(t, r, verify.Invalid, "proof", "proof.method")
}
