package verify_test

import (
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

func TestValidity(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	for _, c := range []struct {
		from, until any
		skew        time.Duration
		verdict     verify.Verdict
		code        string
	}{
		{"2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z", 0, verify.Valid, ""},
		{"2026-11-22T01:00:00+01:00", nil, 0, verify.Valid, ""},
		{"2026-11-22T00:00:00.001Z", nil, 0, verify.Invalid, "validity.not_yet"},
		{"2026-11-21T23:59:59-00:30", nil, 0, verify.Invalid, "validity.not_yet"},
		{"2026-11-22T00:00:05Z", nil, 5 * time.Second, verify.Valid, ""},
		{"2026-11-22T00:00:06Z", nil, 5 * time.Second, verify.Invalid, "validity.not_yet"},
		{"2026-01-01T00:00:00Z", "2026-11-21T23:59:59Z", 0, verify.Invalid, "validity.expired"},
		{"2026-01-01T00:00:00Z", "2026-11-22T00:59:59+01:00", 0, verify.Invalid, "validity.expired"},
		{"2026-01-01T00:00:00Z", "2026-11-21T23:59:55Z", 5 * time.Second, verify.Valid, ""},
		{"2026-01-01T00:00:00Z", "2026-11-22T00:00:00", 0, verify.Invalid, "model.date"},
		{"2026-01-01T00:00:00Z", "some day", 0, verify.Invalid, "model.date"},
		{"2026-02-30T00:00:00Z", nil, 0, verify.Invalid, "model.date"},
		{"2026-01-01T00:00:00Z", 20991231, 0, verify.Invalid, "model.date"},
		{"2026-12-01T00:00:00Z", "2026-01-01T00:00:00Z", 0, verify.Invalid, "validity.not_yet"},
	} {
		badge := verifytest.Badge(issuer.ID, map[string]any{"validFrom": c.from, "validUntil": c.until})
		proof := issuer.Proof(verifytest.Badge(issuer.ID, nil), suite, nil) // a proof for its place only
		data := verifytest.Attach(badge, proof)
		p := anyone()
		p.Skew = c.skew
		validity := check(t, w.verify(t, data, p), "validity")
		if c.code == "" && validity.Outcome != verify.Passed || c.code != "" && (validity.Outcome != verify.Failed || !has(validity, c.code)) {
			t.Errorf("%v to %v: %+v", c.from, c.until, validity)
		}
	}
	none := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"validFrom": nil}), suite)
	r := w.verify(t, none, anyone())
	if v := check(t, r, "validity"); v.Outcome != verify.Skipped || v.Reason != "absent" {
		t.Errorf("without dates: %+v", v)
	}
}

// TestClock: without a time in the policy the verifier's clock counts.
func TestClock(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	data := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"validUntil": "2026-06-01T00:00:00Z"}), suite)
	for year, verdict := range map[int]verify.Verdict{2026: verify.Valid, 2027: verify.Invalid} {
		at := time.Date(year, 5, 1, 0, 0, 0, 0, time.UTC)
		v, err := verify.New(verify.Config{Keys: keys.Default(nil), Clock: func() time.Time { return at }})
		if err != nil {
			t.Fatal(err)
		}
		w := &world{nil, v}
		r := w.verify(t, data, verify.Policy{Issuers: verify.UnsafeAnyIssuer()})
		want(t, r, verdict, "", "")
		if !r.At.Equal(at) {
			t.Errorf("judged for %v", r.At)
		}
	}
}

// TestStatusLevels: a required status that is missing fails, and an advisory one only warns.
func TestStatusLevels(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	plain := issuer.Sign(verifytest.Badge(issuer.ID, nil), suite)
	revoked := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": statusEntry("7")}), suite)
	w.host.Put(listURL, "application/vc", issuer.Sign(verifytest.StatusList(listURL, issuer.ID, "revocation", 7), suite))
	p := anyone()
	want(t, w.verify(t, plain, p), verify.Valid, "", "")
	p.Status = verify.Required
	want(t, w.verify(t, plain, p), verify.Invalid, "status", "status.required")
	want(t, w.verify(t, revoked, p), verify.Invalid, "status", "status.revoked")
	p.Status = verify.Advisory
	r := w.verify(t, revoked, p)
	want(t, r, verify.Valid, "", "")
	if !warns(check(t, r, "status"), "status.revoked") {
		t.Error(dump(r))
	}
	p.Status = verify.Off
	before := len(w.host.Calls())
	want(t, w.verify(t, revoked, p), verify.Valid, "", "")
	if len(w.host.Calls()) != before {
		t.Error("a status that is switched off was asked for")
	}
}

// somebody is a recipient with a fixed answer.
type somebody struct{ answer verify.Result }

func (s somebody) Match(*vc.Credential) verify.Result { return s.answer }

// found is the answer of a recipient that found this.
func found(code string) somebody {
	return somebody{verify.Findings("somebody", &strict.Error{Code: code, Offset: -1})}
}

func TestRecipient(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	data := issuer.Sign(verifytest.Badge(issuer.ID, nil), suite)
	for _, c := range []struct {
		recipient verify.Recipient
		verdict   verify.Verdict
		code      string
	}{
		{nil, verify.Valid, ""},
		{somebody{verify.Findings("somebody")}, verify.Valid, ""},
		{found("recipient.mismatch"), verify.Invalid, "recipient.mismatch"},
		{found("recipient.unidentified"), verify.Indeterminate, "recipient.unidentified"},
		{somebody{verify.Result{}}, verify.Indeterminate, "recipient.unidentified"},
		{somebody{verify.Result{Outcome: verify.Failed}}, verify.Indeterminate, "recipient.unidentified"},
		{somebody{verify.Result{Outcome: verify.Skipped, Reason: "off"}}, verify.Indeterminate, "recipient.unidentified"},
		{somebody{verify.Result{Outcome: verify.Skipped + 1}}, verify.Indeterminate, "recipient.unidentified"},
		{somebody{verify.Result{Outcome: verify.Passed, Problems: found("recipient.mismatch").answer.Problems}}, verify.Indeterminate, "recipient.mismatch"},
	} {
		p := anyone()
		p.Recipient = c.recipient
		want(t, w.verify(t, data, p), c.verdict, "recipient", c.code)
	}
}

func TestUnreadable(t *testing.T) {
	_, cause := vc.Parse([]byte(`{"a":1,"a":2}`), vc.Limits{})
	r, err := verify.Unreadable(cause, now)
	want(t, r, verify.Invalid, "parse", "json.duplicate")
	if p := r.Checks[0].Problems[0]; p.Offset == nil || *p.Offset != 7 {
		t.Errorf("%+v", p)
	}
	if err == nil || len(r.Checks) != 9 {
		t.Errorf("%v, %s", err, dump(r))
	}
	for _, c := range r.Checks[1:] {
		if c.Outcome != verify.Skipped || c.Reason != "blocked" {
			t.Errorf("%+v", c)
		}
	}
}
