package badge_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/fetch"
)

// TestChangedCopy judges what is hosted, and tells in what the copy differs.
func TestChangedCopy(t *testing.T) {
	w := newOlderWorld()
	copied := with(w.assertion, "issuedOn", "2020-01-01T00:00:00Z")
	_, r := w.judge(t, text(t, copied), trusting())
	wantOlder(t, r, verify.Valid, "", "")
	if !warned(r, "proof", "hosted.changed") {
		t.Error("nobody was told that the copy was changed")
	}
	_, r = w.judge(t, text(t, w.assertion), trusting())
	if warned(r, "proof", "hosted.changed") {
		t.Error("a copy that is the same was called changed")
	}
	// The recipient of the hosted one counts, whoever stands in the copy.
	p := trusting()
	p.Recipient = badge.Email("eve@example.org")
	copied = with(w.assertion, "recipient", object{"type": "email", "hashed": false, "identity": "eve@example.org"})
	_, r = w.judge(t, text(t, copied), p)
	wantOlder(t, r, verify.Invalid, "recipient", "recipient.mismatch")
	if !warned(r, "proof", "hosted.changed") {
		t.Error("nobody was told that the recipient was changed")
	}
}

// TestTrustAcrossHosts follows trusted issuers to where they host their badges, and nobody else.
func TestTrustAcrossHosts(t *testing.T) {
	const elsewhere = "https://cdn.example/badges/1"
	world := func(rules any) *olderWorld {
		w := newOlderWorld()
		w.assertion["id"] = elsewhere
		w.issuer["verification"] = rules
		return w
	}
	allowed := object{"allowedOrigins": []any{"cdn.example", "issuer.example"}}
	w := world(allowed)
	_, r := w.judge(t, text(t, w.assertion), trusting())
	wantOlder(t, r, verify.Valid, "", "")

	w = world(nil)
	_, r = w.judge(t, text(t, w.assertion), trusting())
	wantOlder(t, r, verify.Invalid, "issuer", "issuer.untrusted")
	if slices.Contains(w.host.Calls(), elsewhere) {
		t.Error("a host was asked that no trusted issuer names")
	}

	w = world(allowed)
	p := trusting()
	p.Issuers = verify.IssuerSet(issuerURL, "https://a.example", "did:example:b", "urn:c")
	_, r = w.judge(t, text(t, w.assertion), p)
	wantOlder(t, r, verify.Valid, "", "")

	w = world(nil) // one of the trusted issuers is not known
	_, r = w.judge(t, text(t, w.assertion), p)
	wantOlder(t, r, verify.Indeterminate, "issuer", "hosted.unreachable")

	ids := []string{}
	for c := range "abcdefghij" {
		ids = append(ids, "https://"+string(rune('a'+c))+".example")
	}
	p.Issuers = verify.IssuerSet(ids...)
	w = world(allowed)
	_, r = w.judge(t, text(t, w.assertion), p)
	wantOlder(t, r, verify.Indeterminate, "issuer", "budget")
	if len(w.host.Calls()) != 0 {
		t.Errorf("asked for %v", w.host.Calls())
	}
}

// TestOlderPolicy has the demands of a policy, each with its twin.
func TestOlderPolicy(t *testing.T) {
	for name, c := range map[string]struct {
		edit    func(w *olderWorld)
		policy  func(p *verify.Policy)
		verdict verify.Verdict
		check   string
		code    string
	}{
		"anybody":              {nil, func(p *verify.Policy) { p.Issuers = verify.UnsafeAnyIssuer() }, verify.Valid, "", ""},
		"nobody":               {nil, func(p *verify.Policy) { p.Issuers = verify.IssuerSet() }, verify.Invalid, "issuer", "issuer.untrusted"},
		"binding that is less": {nil, func(p *verify.Policy) { p.Binding = verify.DIDConfiguration }, verify.Valid, "", ""},
		"binding that is more": {nil, func(p *verify.Policy) { p.Binding = verify.IssuerJWKS }, verify.Indeterminate, "issuer", "issuer.unbound"},
		"strict":               {nil, func(p *verify.Policy) { p.Strict = true }, verify.Valid, "", ""},
		"strict, no e-mail":    {func(w *olderWorld) { delete(w.issuer, "email") }, func(p *verify.Policy) { p.Strict = true }, verify.Invalid, "badge.conformance", "ob2.missing"},
		"strict, class elsewhere": {func(w *olderWorld) { w.class["id"] = "https://other.example/b"; w.assertion["badge"] = w.class },
			func(p *verify.Policy) { p.Strict = true }, verify.Invalid, "issuer", "hosted.scope"},
		"class elsewhere":      {func(w *olderWorld) { w.class["id"] = "https://other.example/b"; w.assertion["badge"] = w.class }, nil, verify.Valid, "", ""},
		"earlier":              {nil, func(p *verify.Policy) { p.At = time.Date(2026, 5, 31, 11, 59, 59, 0, time.UTC) }, verify.Invalid, "validity", "validity.not_yet"},
		"earlier, with skew":   {nil, func(p *verify.Policy) { p.At, p.Skew = time.Date(2026, 5, 31, 11, 59, 59, 0, time.UTC), time.Second }, verify.Valid, "", ""},
		"status required":      {nil, func(p *verify.Policy) { p.Status = verify.Required }, verify.Valid, "", ""},
		"status off":           {func(w *olderWorld) { w.assertion["revoked"] = true }, func(p *verify.Policy) { p.Status = verify.Off }, verify.Indeterminate, "", ""},
		"list advisory":        {func(w *olderWorld) { w.issuer["revocationList"] = listURL + "0" }, func(p *verify.Policy) { p.Status = verify.Advisory }, verify.Valid, "", ""},
		"schema required":      {nil, func(p *verify.Policy) { p.Schema = verify.Required }, verify.Invalid, "schema", "schema.required"},
		"resources required":   {nil, func(p *verify.Policy) { p.Resources = verify.Required }, verify.Invalid, "resources", "resource.required"},
		"no profile":           {nil, func(p *verify.Policy) { p.Profile = nil }, verify.Valid, "", ""},
		"no profile, a breach": {func(w *olderWorld) { delete(w.class, "name") }, func(p *verify.Policy) { p.Profile = nil }, verify.Invalid, "model", "ob2.missing"},
		"a check of one's own": {nil, func(p *verify.Policy) {
			p.Profile = append(p.Profile, verify.ProfileCheck{Name: "my.own", Run: func(context.Context, *vc.Credential, verify.Policy) verify.Result {
				return verify.Result{Outcome: verify.Passed}
			}})
		}, verify.Indeterminate, "my.own", "check.unanswered"},
		"challenge":    {nil, func(p *verify.Policy) { p.Challenge = "c" }, verify.Invalid, "proof", "proof.challenge"},
		"domain":       {nil, func(p *verify.Policy) { p.Domain = "d" }, verify.Invalid, "proof", "proof.domain"},
		"a proof":      {nil, func(p *verify.Policy) { p.MinProofs = 1 }, verify.Invalid, "proof", "proof.too_few"},
		"a method":     {nil, func(p *verify.Policy) { p.Methods = []string{keyURL} }, verify.Invalid, "proof", "proof.too_few"},
		"other suites": {nil, func(p *verify.Policy) { p.Suites = []string{"RS256"} }, verify.Invalid, "proof", "proof.suite_not_allowed"},
		"this suite":   {nil, func(p *verify.Policy) { p.Suites = []string{"ob2-hosted"} }, verify.Valid, "", ""},
		"context of another": {func(w *olderWorld) {
			w.extra[assertionURL] = with(w.assertion, "@context", "https://w3id.org/openbadges/v1")
		}, nil, verify.Invalid, "model", "ob2.context"},
		"class of 1.1": {func(w *olderWorld) { w.class["@context"] = "https://w3id.org/openbadges/v1" }, nil, verify.Invalid, "badge.conformance", "ob2.context"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newOlderWorld()
			if c.edit != nil {
				c.edit(w)
			}
			p := trusting()
			if c.policy != nil {
				c.policy(&p)
			}
			_, r := w.judge(t, text(t, w.assertion), p)
			wantOlder(t, r, c.verdict, c.check, c.code)
		})
	}
}

// TestOlderBounds keeps to the budget and to the time.
func TestOlderBounds(t *testing.T) {
	w := newOlderWorld()
	w.limits.Lookups = 2
	_, r := w.judge(t, text(t, w.assertion), trusting())
	wantOlder(t, r, verify.Indeterminate, "issuer", "budget")
	w = newOlderWorld()
	w.limits.Time = time.Nanosecond
	_, r = w.judge(t, text(t, w.assertion), trusting())
	wantOlder(t, r, verify.Indeterminate, "proof", "deadline")
	w = newOlderWorld()
	w.limits.ResourceBytes = 100
	_, r = w.judge(t, text(t, w.assertion), trusting())
	wantOlder(t, r, verify.Indeterminate, "proof", "hosted.unreachable")
}

// TestOlderOffline has no network, and no fetcher at all.
func TestOlderOffline(t *testing.T) {
	w := newOlderWorld()
	for name, f := range map[string]verify.Fetcher{"offline": fetch.Offline(), "none": nil} {
		v, err := verify.New(verify.Config{Resources: f})
		if err != nil {
			t.Fatal(err)
		}
		b, err := badge.Open(text(t, w.assertion))
		if err != nil {
			t.Fatal(err)
		}
		r, _ := badge.Verify(t.Context(), v, b, trusting())
		if r.Verdict != verify.Indeterminate || !coded(r, "proof", "hosted.unreachable") {
			t.Errorf("%s: verdict %v", name, r.Verdict)
		}
	}
}

// TestReplayedOlder records a verification and repeats it from the bundle, without the host.
func TestReplayedOlder(t *testing.T) {
	w := newOlderWorld()
	w.from[assertionURL] = "https://issuer.example/moved"
	w.publish(t)
	recorder := fetch.NewRecorder(w, func() time.Time { return moment })
	run := func(f verify.Fetcher) *verify.Report {
		v, err := verify.New(verify.Config{Resources: f})
		if err != nil {
			t.Fatal(err)
		}
		b, err := badge.Open(text(t, w.assertion))
		if err != nil {
			t.Fatal(err)
		}
		r, _ := badge.Verify(t.Context(), v, b, trusting())
		return r
	}
	first := run(recorder)
	data, err := recorder.Bundle().Marshal()
	if err != nil {
		t.Fatal(err)
	}
	bundle, err := fetch.ParseBundle(data)
	if err != nil {
		t.Fatal(err)
	}
	second := run(fetch.NewReplayer(bundle))
	wantOlder(t, second, verify.Valid, "", "")
	if !slices.Equal(first.Sources, second.Sources) {
		t.Errorf("sources %v and %v", first.Sources, second.Sources)
	}
	// The same bundle, where the redirect led to somebody else.
	forged, err := fetch.ParseBundle([]byte(strings.ReplaceAll(string(data), "https://issuer.example/moved", "https://evil.example/moved")))
	if err != nil {
		t.Fatal(err)
	}
	wantOlder(t, run(fetch.NewReplayer(forged)), verify.Indeterminate, "proof", "hosted.redirect")
}

func TestVerifyNothing(t *testing.T) {
	if _, err := badge.Verify(t.Context(), nil, nil, trusting()); err == nil {
		t.Error("nothing was verified")
	}
	v, _ := verify.New(verify.Config{})
	b, err := badge.Open(text(t, newOlderWorld().assertion))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := badge.Verify(t.Context(), v, b, verify.Policy{}); err == nil || r != nil {
		t.Error("a policy without issuers was taken")
	}
}

// TestOlderTolerableDoesNotHide: however much of a badge is tolerated, what is not fails it.
func TestOlderTolerableDoesNotHide(t *testing.T) {
	var evidence []any
	for range 3 * badge.MaxFindings {
		evidence = append(evidence, object{"id": "https://issuer.example/e", "name": []any{"one in an array"}})
	}
	for _, wrong := range []bool{false, true} {
		w := newOlderWorld()
		w.assertion["evidence"] = evidence
		if wrong {
			w.assertion["narrative"] = 7
		}
		_, r := w.judge(t, text(t, w.assertion), trusting())
		verdict, code := verify.Valid, ""
		if wrong {
			verdict, code = verify.Invalid, "ob2.type"
		}
		wantOlder(t, r, verdict, "badge.conformance", code)
	}
}

// TestOlderHintsLeadIntoTheAssertion: what a hint points to is in the document that was handed over.
func TestOlderHintsLeadIntoTheAssertion(t *testing.T) {
	w := newOlderWorld()
	p := trusting()
	p.Recipient = badge.Email(strings.ToUpper(ada))
	_, r := w.judge(t, text(t, w.assertion), p)
	wantOlder(t, r, verify.Invalid, "recipient", "recipient.mismatch")
	c, _ := r.Check("recipient")
	if len(c.Hints) != 1 || !strings.Contains(c.Hints[0], " at /recipient ") || strings.Contains(c.Hints[0], "credentialSubject") {
		t.Errorf("%q", c.Hints)
	}
}

// TestOlderPicturesAreNotFixed: nothing of Open Badges 2.0 states a digest, and nothing would compare it.
func TestOlderPicturesAreNotFixed(t *testing.T) {
	w := newOlderWorld()
	w.class["image"] = object{"id": "https://issuer.example/i", "digestSRI": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}
	b, r := w.judge(t, text(t, w.assertion), trusting())
	for _, p := range b.Resolved(r).Pictures() {
		if p.Fixed || p.DigestSRI != "" {
			t.Errorf("%+v", p)
		}
	}
}
