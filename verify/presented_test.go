package verify_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// TestNothingPresented: a presentation without a credential shows nothing.
func TestNothingPresented(t *testing.T) {
	w := newWorld(t)
	p := newPeople(w, "did:key")
	want(t, w.show(t, p.signed(), invited()), verify.Invalid, "credentials", "credential.missing")
	want(t, w.show(t, p.token(nil, map[string]any{"verifiableCredential": nil}), invited()), verify.Invalid, "credentials", "credential.missing")
	want(t, w.show(t, verifytest.Presentation("did:example:h", nil), anyone()), verify.Invalid, "credentials", "credential.missing")
}

// TestPresentedCredentials: the verdict about each credential counts, with its code and its place.
func TestPresentedCredentials(t *testing.T) {
	w := newWorld(t)
	p := newPeople(w, "did:key")
	mallory := verifytest.NewIssuer("did:key", keys.Ed25519)
	forged := mallory.Sign(verifytest.Badge(p.issuer.ID, nil), suite)
	lost := verifytest.NewIssuer("did:web:gone.example", keys.Ed25519)
	token := p.issuer.SignJWT(verifytest.Claims(p.badge), "EdDSA", nil)
	for _, c := range []struct {
		name          string
		credential    []byte
		verdict       verify.Verdict
		code, pointer string
	}{
		{"genuine", p.badge, verify.Valid, "", ""},
		{"genuine token", token, verify.Valid, "", ""},
		{"tampered", replace(t, p.badge, `"Practical Cryptography"`, `"PhD"`), verify.Invalid, "proof.signature", "/verifiableCredential/1/proof/proofValue"},
		{"tampered token", append(bytes.Clone(token[:len(token)-8]), "AAAAAAAA"...), verify.Invalid, "proof.signature", "/verifiableCredential/1"},
		{"unsigned", verifytest.Badge(p.issuer.ID, nil), verify.Invalid, "proof.missing", "/verifiableCredential/1"},
		{"expired", p.award(p.holder.ID, "validUntil", "2026-06-01T00:00:00Z"), verify.Invalid, "validity.expired", "/verifiableCredential/1/validUntil"},
		{"forged", forged, verify.Invalid, "proof.controller", "/verifiableCredential/1/proof/verificationMethod"},
		{"unresolvable", lost.Sign(verifytest.Badge(lost.ID, nil), suite), verify.Indeterminate, "key.unresolved", "/verifiableCredential/1/proof/verificationMethod"},
		{"no credential", []byte(`{}`), verify.Invalid, "model.missing", "/verifiableCredential/1"},
		{"no token", []byte(`a.b.c`), verify.Invalid, "jwt.syntax", "/verifiableCredential/1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			policy := invited()
			policy.Holder = verify.Off
			data := p.token(nil, nil, p.badge, c.credential, p.badge)
			r := w.show(t, data, policy)
			want(t, r, c.verdict, "credentials", c.code)
			found := check(t, r, "credentials")
			if c.code != "" && (len(found.Problems) != 1 || found.Reason != c.code || found.Problems[0].Pointer != c.pointer) {
				t.Errorf("problems %v", found.Problems)
			}
			if len(r.Credentials) != 3 || r.Credentials[0].Verdict != verify.Valid || r.Credentials[1].Verdict != c.verdict || r.Credentials[2].Verdict != verify.Valid {
				t.Errorf("the reports inside: %v", r.Credentials)
			}
		})
	}
}

// TestTypeConfusion: neither passes for the other, at any place.
func TestTypeConfusion(t *testing.T) {
	w := newWorld(t)
	p := newPeople(w, "did:key")
	inner := p.signed(p.badge)
	want(t, w.show(t, p.signed(inner), invited()), verify.Invalid, "model", "model.value")
	enveloped := w.show(t, p.signed(p.token(nil, nil, p.badge)), invited())
	want(t, enveloped, verify.Invalid, "credentials", "model.missing")
	want(t, enveloped.Credentials[0], verify.Invalid, "proof", "jwt.header")
	want(t, enveloped.Credentials[0], verify.Invalid, "model", "model.value")
	want(t, w.show(t, p.badge, anyone()), verify.Invalid, "model", "model.value")
	want(t, w.show(t, p.badge, anyone()), verify.Invalid, "proof", "proof.purpose")
	want(t, w.show(t, p.issuer.SignJWT(verifytest.Claims(p.badge), "EdDSA", map[string]any{"typ": "vc+jwt"}), anyone()), verify.Invalid, "proof", "jwt.header")
	want(t, w.verify(t, inner, anyone()), verify.Invalid, "model", "model.value")
	want(t, w.verify(t, inner, anyone()), verify.Invalid, "proof", "proof.purpose")
	want(t, w.verify(t, p.token(nil, nil, p.badge), anyone()), verify.Invalid, "proof", "jwt.header")
}

// TestPresentationBudget: all credentials share one budget of lookups, and what was found once is not
// asked for again.
func TestPresentationBudget(t *testing.T) {
	w := newWorldWith(t, verify.Limits{Lookups: 4})
	p := newPeople(w, "did:key")
	issuer := verifytest.NewIssuer("https://issuer.example/1", keys.Ed25519)
	issuer.Publish(w.host)
	var all [][]byte
	for i := range 20 {
		badge := verifytest.Badge(issuer.ID, map[string]any{"id": fmt.Sprintf("urn:uuid:%d", i)})
		all = append(all, issuer.SignJWT(verifytest.Claims(badge), "EdDSA", nil), issuer.Sign(badge, suite))
	}
	policy := anyone()
	policy.Holder = verify.Off
	r := w.show(t, verifytest.Presentation(p.holder.ID, nil, all...), policy)
	want(t, r, verify.Valid, "", "")
	if calls := w.host.Calls(); len(calls) > 3 || len(r.Sources) == 0 {
		t.Errorf("asked for %q", calls)
	}
	for i, inner := range r.Credentials {
		if len(inner.Sources) == 0 || len(inner.Sources) > 2 {
			t.Errorf("credential %d rests on %v", i, inner.Sources)
		}
	}
	all = nil
	for i := range 8 {
		one := verifytest.NewIssuer(fmt.Sprintf("did:web:issuer%d.example", i), keys.Ed25519)
		one.Publish(w.host)
		all = append(all, one.Sign(verifytest.Badge(one.ID, nil), suite))
	}
	r = w.show(t, verifytest.Presentation(p.holder.ID, nil, all...), policy)
	want(t, r, verify.Indeterminate, "credentials", "budget")
	for i, inner := range r.Credentials {
		if wants := map[bool]verify.Verdict{true: verify.Valid, false: verify.Indeterminate}[i < 4]; inner.Verdict != wants {
			t.Errorf("credential %d: %v", i, inner.Verdict)
		}
	}
}

// TestPresentationDeadline: when the time is over, what was not judged is undecided.
func TestPresentationDeadline(t *testing.T) {
	w := newWorld(t)
	p := newPeople(w, "did:key")
	vp, err := vc.ParsePresentation(p.signed(p.badge, p.badge), vc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	r, err := w.verifier.VerifyPresentation(ctx, vp, anyone())
	if !errors.Is(err, verify.ErrIndeterminate) {
		t.Error(err)
	}
	want(t, r, verify.Indeterminate, "credentials", "deadline")
	if len(r.Credentials) != 2 || r.Credentials[1].Verdict != verify.Indeterminate {
		t.Errorf("reports %v", r.Credentials)
	}
}

// TestPresentationPolicy: a policy that makes no sense is the caller's mistake.
func TestPresentationPolicy(t *testing.T) {
	w := newWorld(t)
	p := newPeople(w, "did:key")
	vp, err := vc.ParsePresentation(p.signed(p.badge), vc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for name, policy := range map[string]verify.Policy{
		"no issuers": {}, "level": {Issuers: verify.UnsafeAnyIssuer(), Holder: 9},
	} {
		if r, err := w.verifier.VerifyPresentation(t.Context(), vp, policy); r != nil || !errors.Is(err, verify.ErrPolicy) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if r, err := w.verifier.VerifyPresentation(t.Context(), nil, anyone()); r != nil || !errors.Is(err, verify.ErrPolicy) {
		t.Error(err)
	}
	policy := invited()
	policy.Issuers = verify.IssuerSet("did:example:somebody")
	want(t, w.show(t, p.signed(p.badge), policy), verify.Invalid, "credentials", "issuer.untrusted")
}
