package verify_test

import (
	"encoding/json"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// TestHolderIsSubject: whether the holder is the subject is said for each credential, and counts as the
// policy says.
func TestHolderIsSubject(t *testing.T) {
	w := newWorld(t)
	p := newPeople(w, "did:key")
	two := map[string]any{"credentialSubject": []map[string]any{{"id": "did:example:eve", "type": "Person"}, {"id": p.holder.ID, "type": "Person"}}}
	half := map[string]any{"credentialSubject": []map[string]any{{"id": "did:example:eve", "type": "Person"}, {"type": "Person"}}}
	plain := func(edits map[string]any) []byte {
		edits["@context"], edits["type"], edits["name"] = []string{"https://www.w3.org/ns/credentials/v2"}, []string{"VerifiableCredential"}, nil
		edits["issuer"] = p.issuer.ID
		return p.issuer.SignJWT(verifytest.Badge(p.issuer.ID, edits), "EdDSA", map[string]any{"typ": "vc+jwt"})
	}
	const undecided, mismatch = "holder.unidentified", "holder.mismatch"
	valid, invalid, open := verify.Valid, verify.Invalid, verify.Indeterminate
	for _, c := range []struct {
		name       string
		credential []byte
		code       string
		verdicts   [4]verify.Verdict // IfPresent, Required, Advisory, Off
	}{
		{"the holder", p.badge, "", [4]verify.Verdict{valid, valid, valid, valid}},
		{"somebody else", p.award("did:example:eve"), mismatch, [4]verify.Verdict{invalid, invalid, valid, valid}},
		{"nobody", p.award(""), undecided, [4]verify.Verdict{valid, open, valid, valid}},
		{"one of two", plain(two), "", [4]verify.Verdict{valid, valid, valid, valid}},
		{"perhaps one of two", plain(half), undecided, [4]verify.Verdict{valid, open, valid, valid}},
	} {
		for level, verdict := range c.verdicts {
			policy := invited()
			policy.Holder = verify.Level(level)
			r := w.show(t, p.token(nil, nil, p.badge, c.credential), policy)
			if r.Verdict != verdict {
				t.Errorf("%s, level %d: %v, want %v: %s", c.name, level, r.Verdict, verdict, dump(r))
			}
			holder := check(t, r, "holder")
			part := holder.Parts[2]
			switch {
			case policy.Holder == verify.Off:
				if part.Outcome != verify.Skipped || part.Reason != "off" {
					t.Errorf("%s, off: %v", c.name, part)
				}
			case part.Reason != c.code || (part.Outcome == verify.Passed) != (c.code == ""):
				t.Errorf("%s: %v, want %q", c.name, part, c.code)
			case part.Problems != nil && part.Problems[0].Pointer != "/verifiableCredential/1":
				t.Errorf("%s: at %s", c.name, part.Problems[0].Pointer)
			case policy.Holder == verify.Advisory && warns(holder, c.code) != (c.code != ""):
				t.Errorf("%s: warnings %v", c.name, holder.Warnings)
			}
		}
	}
}

// TestHolderOfClaims: the sub claim stands in for the subject of a VC 1.1 JWT and of an SD-JWT VC.
func TestHolderOfClaims(t *testing.T) {
	w := newWorld(t)
	p := newPeople(w, "did:key")
	issuer := verifytest.NewIssuer("https://issuer.example", keys.Ed25519)
	issuer.Publish(w.host)
	old := func(sub string) []byte {
		claims := `{"iss":"` + p.issuer.ID + `","nbf":1767225600,` + sub + `"vc":{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiableCredential"],"credentialSubject":{"name":"x"}}}`
		return p.issuer.SignJWT([]byte(claims), "EdDSA", nil)
	}
	sdjwt := func(sub string) string {
		return string(issuer.SignSDJWT([]byte(`{"iss":"https://issuer.example",`+sub+`"vct":"urn:x"}`), "EdDSA", map[string]any{"typ": "dc+sd-jwt"}))
	}
	for _, c := range []struct{ sub, reason string }{
		{`"sub":"` + p.holder.ID + `",`, ""}, {`"sub":"did:example:eve",`, "holder.mismatch"}, {``, "holder.unidentified"},
	} {
		vp := verifytest.Presentation(p.holder.ID, map[string]any{"@context": []string{"https://www.w3.org/2018/credentials/v1"}}, old(c.sub))
		r := w.show(t, p.holder.SignJWT([]byte(`{"vp":`+string(vp)+`}`), "EdDSA", nil), anyone())
		if part := check(t, r, "holder").Parts[1]; part.Reason != c.reason {
			t.Errorf("VC 1.1 with %s: %v: %s", c.sub, part, dump(r))
		}
		envelope := map[string]any{"@context": "https://www.w3.org/ns/credentials/v2", "type": "EnvelopedVerifiableCredential", "id": "data:application/dc+sd-jwt," + sdjwt(c.sub)}
		r = w.show(t, p.token(nil, map[string]any{"verifiableCredential": envelope}), anyone())
		if part := check(t, r, "holder").Parts[1]; part.Reason != c.reason {
			t.Errorf("SD-JWT VC with %s: %v: %s", c.sub, part, dump(r))
		}
	}
}

// TestHolderUnbound: a key that the token brings along proves no holder, whatever suffices for issuers.
func TestHolderUnbound(t *testing.T) {
	w := newWorld(t)
	p := newPeople(w, "did:key")
	stranger := verifytest.NewIssuer("https://wallet.example/ada", keys.Ed25519) // not published
	jwk := json.RawMessage(stranger.JWK())
	data := stranger.SignJWT(verifytest.Presentation(stranger.ID, nil, p.award(stranger.ID)), "EdDSA", map[string]any{"kid": nil, "jwk": jwk, "typ": "vp+jwt"})
	for _, binding := range []verify.Binding{verify.Unbound, verify.SelfAsserted, verify.IssuerController} {
		policy := anyone()
		policy.Binding = binding
		r := w.show(t, data, policy)
		want(t, r, verify.Indeterminate, "holder", "holder.unbound")
		if part := check(t, r, "holder").Parts[1]; part.Outcome != verify.Undecided {
			t.Errorf("subject %v", part)
		}
	}
	stranger.Publish(w.host)
	want(t, w.show(t, data, anyone()), verify.Valid, "", "")
	policy := anyone()
	policy.Binding = verify.IssuerController
	want(t, w.show(t, data, policy), verify.Indeterminate, "holder", "holder.unbound")
}

// TestHolderUnnamed: where no holder is named, it is whose key the proof names, and nobody else.
func TestHolderUnnamed(t *testing.T) {
	w := newWorld(t)
	p := newPeople(w, "did:key")
	mallory := verifytest.NewIssuer("did:key", keys.Ed25519)
	vp := verifytest.Presentation("", map[string]any{"holder": nil}, p.badge)
	r := w.show(t, verifytest.Attach(vp, p.holder.Proof(vp, suite, options())), invited())
	want(t, r, verify.Valid, "", "")
	if r.Credential.Holder != p.holder.ID {
		t.Errorf("holder %q", r.Credential.Holder)
	}
	stolen := w.show(t, verifytest.Attach(vp, mallory.Proof(vp, suite, options())), invited())
	want(t, stolen, verify.Invalid, "holder", "holder.mismatch")
	if stolen.Credential.Holder != mallory.ID {
		t.Errorf("holder %q", stolen.Credential.Holder)
	}
	nobody := verifytest.Presentation("", map[string]any{"holder": []string{p.holder.ID}}, p.badge)
	want(t, w.show(t, verifytest.Attach(nobody, p.holder.Proof(nobody, suite, options())), invited()), verify.Invalid, "model", "model.type")
}

// TestHolderBlocked: where the proof does not verify, nothing is said about the holder.
func TestHolderBlocked(t *testing.T) {
	w := newWorld(t)
	p := newPeople(w, "did:web:gone.example")
	w.host.Put("https://gone.example/.well-known/did.json", "text/plain", []byte("?"))
	r := w.show(t, p.signed(p.badge), invited())
	want(t, r, verify.Indeterminate, "proof", "key.unresolved")
	holder := check(t, r, "holder")
	if holder.Outcome != verify.Skipped || holder.Reason != "blocked" || holder.Parts[1].Reason != "blocked" {
		t.Errorf("holder %v", holder)
	}
}
