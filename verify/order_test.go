package verify_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

const (
	listURL = "https://status.university.example/1"
	didURL  = "https://university.example/.well-known/did.json"
)

func statusEntry(index any) map[string]any {
	return map[string]any{"id": listURL + "#7", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
		"statusListIndex": index, "statusListCredential": listURL}
}

// withStatus is a world in which did:web:university.example has published a status list, and a badge
// by it that points into the list.
func withStatus(t *testing.T) (*world, *verifytest.Issuer, []byte) {
	t.Helper()
	w, issuer := newWorld(t), verifytest.NewIssuer("did:web:university.example", keys.Ed25519)
	issuer.Publish(w.host)
	w.host.Put(listURL, "application/vc", issuer.Sign(verifytest.StatusList(listURL, issuer.ID, "revocation", 8), suite))
	badge := verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": statusEntry("7")})
	return w, issuer, issuer.Sign(badge, suite)
}

// TestOrderOfWork: who is not trusted causes no lookup, and nothing but keys is fetched before the proof
// has passed.
func TestOrderOfWork(t *testing.T) {
	w, issuer, badge := withStatus(t)
	trusting := anyone()
	trusting.Issuers = verify.IssuerSet(issuer.ID)
	want(t, w.verify(t, badge, trusting), verify.Valid, "", "")
	if calls := w.host.Calls(); len(calls) != 2 || calls[0] != didURL || calls[1] != listURL {
		t.Errorf("asked for %v: the issuer's document first, then the list, each once", calls)
	}

	w, _, badge = withStatus(t)
	distrusting := anyone()
	distrusting.Issuers = verify.IssuerSet("did:web:other.example")
	r := w.verify(t, badge, distrusting)
	want(t, r, verify.Invalid, "issuer", "issuer.untrusted")
	if calls := w.host.Calls(); len(calls) != 0 {
		t.Errorf("an issuer that nobody trusts caused lookups: %v", calls)
	}
	for _, name := range []string{"proof", "status"} {
		if c := check(t, r, name); c.Outcome != verify.Skipped || c.Reason != "blocked" {
			t.Errorf("%s: %+v", name, c)
		}
	}

	w, _, badge = withStatus(t)
	r = w.verify(t, replace(t, badge, `"name":"Example University"`, `"name":"Example Uni"`), anyone())
	want(t, r, verify.Invalid, "proof", "proof.signature")
	if calls := w.host.Calls(); len(calls) != 1 || calls[0] != didURL {
		t.Errorf("with a proof that does not match, %v was asked for", calls)
	}
}

// TestForeignKeyBlocks: a good signature by somebody else's key fetches nothing more either.
func TestForeignKeyBlocks(t *testing.T) {
	w, issuer, _ := withStatus(t)
	mallory := verifytest.NewIssuer("did:key", keys.Ed25519)
	forged := mallory.Sign(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": statusEntry("7")}), suite)
	r := w.verify(t, forged, anyone())
	want(t, r, verify.Invalid, "issuer", "proof.controller")
	if check(t, r, "proof").Outcome != verify.Passed {
		t.Error("the signature itself is right")
	}
	if r.Binding != verify.Unbound {
		t.Errorf("binding %v", r.Binding)
	}
	if calls := w.host.Calls(); len(calls) != 0 {
		t.Errorf("asked for %v", calls)
	}
}

func TestLookupBudget(t *testing.T) {
	w, issuer, badge := withStatus(t)
	v, err := verify.New(verify.Config{Keys: keys.Default(w.host), Status: w.host, Limits: verify.Limits{Lookups: 1}})
	if err != nil {
		t.Fatal(err)
	}
	limited := &world{w.host, v}
	want(t, limited.verify(t, badge, anyone()), verify.Indeterminate, "status", "budget")
	want(t, limited.verify(t, issuer.Sign(verifytest.Badge(issuer.ID, nil), suite), anyone()), verify.Valid, "", "")
}

// slow is a source of keys that answers when the context ends.
type slow struct{}

func (slow) Controller(ctx context.Context, _ string) (*keys.Controller, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func (s slow) KeySet(ctx context.Context, _ string) (*keys.Set, error) {
	_, err := s.Controller(ctx, "")
	return nil, err
}

func TestDeadline(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	v, err := verify.New(verify.Config{Keys: slow{}, Limits: verify.Limits{Time: time.Millisecond}})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{nil, v}
	want(t, w.verify(t, issuer.Sign(verifytest.Badge(issuer.ID, nil), suite), anyone()), verify.Indeterminate, "proof", "deadline")
}

func TestNothingConfigured(t *testing.T) {
	v, err := verify.New(verify.Config{})
	if err != nil {
		t.Fatal(err)
	}
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	w := &world{nil, v}
	want(t, w.verify(t, issuer.Sign(verifytest.Badge(issuer.ID, nil), suite), anyone()), verify.Indeterminate, "proof", "key.unresolved")
}

// TestPolicyMistakes: what the caller forgot is an error without a report.
func TestPolicyMistakes(t *testing.T) {
	w := newWorld(t)
	c, err := vc.Parse(verifytest.Badge("did:web:university.example", nil), vc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for name, p := range map[string]verify.Policy{
		"no issuers":      {},
		"unknown binding": {Issuers: verify.UnsafeAnyIssuer(), Binding: 99},
		"unknown level":   {Issuers: verify.UnsafeAnyIssuer(), Status: 99},
		"negative skew":   {Issuers: verify.UnsafeAnyIssuer(), Skew: -1},
		"no such year":    {Issuers: verify.UnsafeAnyIssuer(), At: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)},
		"empty check":     {Issuers: verify.UnsafeAnyIssuer(), Profile: []verify.ProfileCheck{{Name: "x"}}},
		"nameless check":  {Issuers: verify.UnsafeAnyIssuer(), Profile: []verify.ProfileCheck{{Run: func(context.Context, *vc.Credential, verify.Policy) verify.Result { return verify.Result{} }}}},
	} {
		if r, err := w.verifier.Verify(t.Context(), c, p); r != nil || !errors.Is(err, verify.ErrPolicy) {
			t.Errorf("%s: %v, %v", name, r, err)
		}
	}
	if r, err := w.verifier.Verify(t.Context(), nil, anyone()); r != nil || !errors.Is(err, verify.ErrPolicy) {
		t.Errorf("no credential: %v, %v", r, err)
	}
	if r, err := w.verifier.Verify(t.Context(), c, verify.Policy{Issuers: verify.IssuerSet()}); r == nil || !errors.Is(err, verify.ErrInvalid) {
		t.Errorf("trusting nobody is a policy: %v, %v", r, err)
	}
}

// silentKeys answers without an error and without an answer.
type silentKeys struct{}

func (silentKeys) Controller(context.Context, string) (*keys.Controller, error) { return nil, nil }
func (silentKeys) KeySet(context.Context, string) (*keys.Set, error)            { return nil, nil }

// strayKeys answers with the document of somebody else.
type strayKeys struct{ keys.Resolver }

func (s *strayKeys) Controller(ctx context.Context, id string) (*keys.Controller, error) {
	return s.Resolver.Controller(ctx, verifytest.NewIssuer("did:key", keys.Ed25519).ID)
}

// TestOddKeySource: a source of keys that breaks its contract leaves the proof undecided.
func TestOddKeySource(t *testing.T) {
	did, web := verifytest.NewIssuer("did:key", keys.Ed25519), verifytest.NewIssuer("https://university.example/issuer", keys.Ed25519)
	signed := did.Sign(verifytest.Badge(did.ID, nil), suite)
	token := jwt(web, web.ID, "EdDSA", nil)
	host := &verifytest.Host{}
	web.Publish(host)
	for name, c := range map[string]struct {
		source  verify.KeySource
		data    []byte
		verdict verify.Verdict
		code    string
	}{
		"sound, proof":  {keys.Default(host), signed, verify.Valid, ""},
		"sound, JWT":    {keys.Default(host), token, verify.Valid, ""},
		"silent, proof": {silentKeys{}, signed, verify.Indeterminate, "key.unresolved"},
		"silent, JWT":   {silentKeys{}, token, verify.Indeterminate, "key.unresolved"},
		"stray":         {&strayKeys{}, signed, verify.Indeterminate, "key.unresolved"},
	} {
		t.Run(name, func(t *testing.T) {
			v, err := verify.New(verify.Config{Keys: c.source})
			if err != nil {
				t.Fatal(err)
			}
			w := &world{host, v}
			want(t, w.verify(t, c.data, anyone()), c.verdict, "proof", c.code)
		})
	}
}

// TestOddProfile: a profile check is reported by its own name, and what is no outcome decides nothing.
func TestOddProfile(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	signed := issuer.Sign(verifytest.Badge(issuer.ID, nil), suite)
	for outcome, verdict := range map[verify.Outcome]verify.Verdict{
		verify.Undecided: verify.Indeterminate, verify.Passed: verify.Valid, verify.Failed: verify.Invalid, verify.Skipped: verify.Valid, 77: verify.Indeterminate,
	} {
		p := anyone()
		p.Profile = []verify.ProfileCheck{{Name: "x.check", Run: func(context.Context, *vc.Credential, verify.Policy) verify.Result {
			return verify.Result{Check: "proof", Outcome: outcome}
		}}}
		r := w.verify(t, signed, p)
		want(t, r, verdict, "", "")
		check(t, r, "x.check")
		if _, err := json.Marshal(r); err != nil {
			t.Error(err)
		}
	}
}
