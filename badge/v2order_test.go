package badge_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

// TestEndorserBinding: what the policy asks to tie an issuer to a badge, it asks of endorsers, who can only be tied by
// where they host things.
func TestEndorserBinding(t *testing.T) {
	for demand, want := range map[verify.Binding]struct {
		verdict verify.Verdict
		code    string
	}{0: {verify.Valid, ""}, verify.IssuerOrigin: {verify.Valid, ""}, verify.IssuerController: {verify.Indeterminate, "issuer.unbound"}} {
		w := newOlderWorld().signed()
		w.class["endorsement"] = w.endorse(classURL)
		p := trusting()
		p.Binding = demand
		_, r := w.judge(t, olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, w.assertion)), p)
		wantOlder(t, r, want.verdict, "badge.endorsements", want.code)
		if issuer, _ := r.Check("issuer"); issuer.Outcome != verify.Passed {
			t.Errorf("%v: the issuer of the badge itself: %+v", demand, issuer)
		}
	}
}

// TestOlderBlocked: behind a proof that did not pass, and behind an issuer who is not trusted or whose badge it is not,
// nothing more is looked up and nothing is bound.
func TestOlderBlocked(t *testing.T) {
	signed := func(w *olderWorld) []byte {
		return olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, w.assertion))
	}
	for name, tc := range map[string]struct {
		data    func(w *olderWorld) []byte
		edit    func(w *olderWorld)
		policy  func(p *verify.Policy)
		verdict verify.Verdict
		check   string
		code    string
		blocked bool
	}{
		"nothing wrong":           {signed, nil, nil, verify.Valid, "", "", false},
		"somebody's key":          {func(w *olderWorld) []byte { return olderJWS(t, otherKey(), `{"alg":"RS256"}`, text(t, w.assertion)) }, nil, nil, verify.Invalid, "proof", "proof.signature", true},
		"key not there":           {signed, func(w *olderWorld) { w.extra[keyURL] = nil; w.issuer["publicKey"] = keyURL + "9" }, nil, verify.Invalid, "proof", "proof.method", true},
		"maybe not among issuers": {signed, nil, func(p *verify.Policy) { p.Issuers = verify.IssuerSet("https://other.example") }, verify.Indeterminate, "issuer", "hosted.unreachable", true},
		"embedded, and not among issuers": {signed, func(w *olderWorld) { w.assertion["badge"] = with(w.class, "issuer", w.issuer) },
			func(p *verify.Policy) { p.Issuers = verify.IssuerSet("https://other.example") }, verify.Invalid, "issuer", "issuer.untrusted", true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newOlderWorld().signed()
			w.class["endorsement"] = w.endorse(classURL)
			if tc.edit != nil {
				tc.edit(w)
			}
			p := trusting()
			if tc.policy != nil {
				tc.policy(&p)
			}
			_, r := w.judge(t, tc.data(w), p)
			wantOlder(t, r, tc.verdict, tc.check, tc.code)
			for _, url := range []string{endorsementURL, listURL} {
				if asked := slices.Contains(w.host.Calls(), url); asked == tc.blocked {
					t.Errorf("asked %s: %v", url, asked)
				}
			}
			if !tc.blocked {
				return
			}
			for _, check := range []string{"status", "badge.endorsements"} {
				if c, _ := r.Check(check); c.Outcome != verify.Skipped || c.Reason != "blocked" && c.Reason != "absent" {
					t.Errorf("%s: %+v", check, c)
				}
			}
			if r.Binding != verify.Unbound {
				t.Errorf("bound as %v", r.Binding)
			}
		})
	}
}

// TestUntrustedIsNotAsked: an assertion that names its issuer itself has nobody asked, where that one does not count.
func TestUntrustedIsNotAsked(t *testing.T) {
	for name, issuers := range map[string]verify.Issuers{"trusted": verify.IssuerSet(issuerURL), "another": verify.IssuerSet("https://other.example"), "the same host": verify.IssuerSet("https://issuer.example/other")} {
		w := newOlderWorld()
		w.assertion["badge"] = with(w.class, "issuer", w.issuer)
		p := trusting()
		p.Issuers = issuers
		_, r := w.judge(t, text(t, w.assertion), p)
		if name == "trusted" {
			wantOlder(t, r, verify.Valid, "", "")
			continue
		}
		wantOlder(t, r, verify.Invalid, "issuer", "issuer.untrusted")
		if calls := w.host.Calls(); len(calls) != 0 {
			t.Errorf("%s: asked %v", name, calls)
		}
	}
}

// TestUnknownIssuer: without the issuer's own document nobody knows the keys, and one without a place on the web has none.
func TestUnknownIssuer(t *testing.T) {
	w := newOlderWorld().signed()
	w.assertion["badge"] = with(w.class, "issuer", with(w.issuer, "id", "did:web:issuer.example"))
	p := trusting()
	p.Issuers = verify.IssuerSet("did:web:issuer.example")
	_, r := w.judge(t, olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, w.assertion)), p)
	wantOlder(t, r, verify.Indeterminate, "issuer", "issuer.unbound")
	wantOlder(t, r, verify.Indeterminate, "proof", "key.unresolved")

	w = newOlderWorld().signed()
	w.assertion["badge"] = with(w.class, "issuer", with(w.issuer, "id", "https://issuer.example/absent"))
	p.Issuers = verify.IssuerSet("https://issuer.example/absent")
	_, r = w.judge(t, olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, w.assertion)), p)
	wantOlder(t, r, verify.Indeterminate, "proof", "key.unresolved")
	wantOlder(t, r, verify.Indeterminate, "issuer", "hosted.unreachable")
}

// TestStaleCopy: who a copy says has issued it is forgotten once the hosted assertion says otherwise, even where what
// that leads to is not there.
func TestStaleCopy(t *testing.T) {
	w := newOlderWorld()
	copied := with(w.assertion, "badge", with(w.class, "issuer", w.issuer))
	w.assertion["badge"] = "https://issuer.example/badges/absent"
	_, r := w.judge(t, text(t, copied), trusting())
	wantOlder(t, r, verify.Indeterminate, "proof", "hosted.unreachable")
	if r.Credential.Issuer != "" || r.Binding != verify.Unbound {
		t.Errorf("issued by %q, bound as %v", r.Credential.Issuer, r.Binding)
	}
	if issuer, _ := r.Check("issuer"); issuer.Outcome == verify.Passed {
		t.Errorf("the issuer: %+v", issuer)
	}
}

// TestWhoEndorses: who is said to endorse by a copy has nobody's word counted: it is whom the document names that was found.
func TestWhoEndorses(t *testing.T) {
	for name, tc := range map[string]struct {
		endorsers verify.Issuers
		level     verify.Level
		on        func(e object) any
		verdict   verify.Verdict
		outcome   verify.Outcome
		reason    string
	}{
		"a link, by who counts":             {verify.IssuerSet(endorserURL), 0, func(object) any { return endorsementURL }, verify.Valid, verify.Passed, ""},
		"a link, by who does not":           {verify.IssuerSet("https://star.example"), 0, func(object) any { return endorsementURL }, verify.Valid, verify.Skipped, "not_asked"},
		"a link, by who does not, required": {verify.IssuerSet("https://star.example"), verify.Required, func(object) any { return endorsementURL }, verify.Invalid, verify.Failed, "credential.required"},
		"a copy that names a star": {verify.IssuerSet("https://star.example"), verify.Required, func(e object) any { return with(e, "issuer", "https://star.example") },
			verify.Invalid, verify.Failed, "credential.required"},
		"many that do not count": {verify.IssuerSet("https://star.example"), 0, func(e object) any { return slices.Repeat([]any{e}, 17) }, verify.Indeterminate, verify.Undecided, "budget"},
		"a null":                 {verify.IssuerSet(endorserURL), verify.Required, func(object) any { return []any{nil} }, verify.Invalid, verify.Failed, "credential.required"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newOlderWorld()
			w.assertion["endorsement"] = tc.on(w.endorse(assertionURL))
			p := badge.Demands{Endorsements: tc.level, Endorsers: tc.endorsers}.Policy(verify.IssuerSet(issuerURL))
			p.At = moment
			_, r := w.judge(t, text(t, w.assertion), p)
			if c, _ := r.Check("badge.endorsements"); r.Verdict != tc.verdict || c.Outcome != tc.outcome || c.Reason != tc.reason {
				t.Errorf("%v, %+v", r.Verdict, c)
			}
		})
	}
}

// TestVerifyWithout: without a verifier or a badge there is no report.
func TestVerifyWithout(t *testing.T) {
	b := open(t, `{"credentialSubject":{}}`)
	v, err := verify.New(verify.Config{})
	if err != nil {
		t.Fatal(err)
	}
	if r, err := badge.Verify(t.Context(), nil, b, trusting()); r != nil || !errors.Is(err, verify.ErrPolicy) {
		t.Errorf("no verifier: %v", err)
	}
	if r, err := badge.Verify(t.Context(), v, nil, trusting()); r != nil || !errors.Is(err, verify.ErrPolicy) {
		t.Errorf("no badge: %v", err)
	}
	for _, judged := range []any{nil, 7, (*badge.Badge)(nil)} {
		if b.Resolved(&verify.Report{Judged: judged}) != b {
			t.Errorf("%v is shown as the badge", judged)
		}
	}
}
