package verify_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// odd is a check that says nothing.
func odd(context.Context, *vc.Credential, verify.Policy) verify.Result { return verify.Result{} }

// seen is a check that fails strict policies, of which it must see a copy of the one in force.
func seen(strictly *bool) func(context.Context, *vc.Credential, verify.Policy) verify.Result {
	return func(_ context.Context, _ *vc.Credential, p verify.Policy) verify.Result {
		if p.Strict != *strictly || p.Issuers.IsZero() {
			return verify.Result{}
		}
		if p.Strict {
			return verify.Findings("", problemOf("badge.value"))
		}
		return verify.Findings("")
	}
}

// never matches nobody.
type never struct{}

func (never) Match(*vc.Credential) verify.Result {
	return verify.Findings("", problemOf("recipient.mismatch"))
}

// TestNotAskedInside: what a policy asks of the credential that is shown, it does not ask of those inside.
func TestNotAskedInside(t *testing.T) {
	c := newCast(t, verify.Limits{})
	refreshing := c.endorsement(map[string]any{"refreshService": map[string]any{"id": "https://endorser.example/newer", "type": "1EdTechCredentialRefresh"},
		"@context": []string{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"}})
	c.host.Put("https://endorser.example/newer", "application/vc", c.endorsement(map[string]any{"name": "Newer"}))
	document := c.around(nil, refreshing)
	data := verifytest.Attach(document, c.issuer.Proof(document, suite, map[string]any{"challenge": "c", "domain": "d.example"}))
	p := looking(verify.IfPresent, nil)
	p.Challenge, p.Domain, p.MinProofs, p.Methods, p.Refresh = "c", "d.example", 1, []string{c.issuer.Method}, true
	r := c.verify(t, data, p)
	want(t, r, verify.Valid, "", "")
	if got := r.Credentials[0]; got.Refreshed != nil || got.Credential.Name == "Newer" || !warns(check(t, got, "validity"), "refresh.available") {
		t.Errorf("a newer copy of what is inside: %+v", got)
	}
	p.Recipient = never{}
	r = c.verify(t, data, p)
	want(t, r, verify.Invalid, "recipient", "recipient.mismatch")
	want(t, r.Credentials[0], verify.Valid, "", "")
	// The twin: what is asked of any credential is asked inside as well.
	p.Recipient, p.Suites = nil, []string{suite}
	want(t, c.verify(t, data, p), verify.Valid, "", "")
	p.Status = verify.Required
	want(t, c.verify(t, data, p).Credentials[0], verify.Invalid, "status", "status.required")
}

// TestInsideNumber: how many are judged is limited, over all levels.
func TestInsideNumber(t *testing.T) {
	for _, tc := range []struct {
		limit   int
		verdict verify.Verdict
		code    string
		reports int
	}{{3, verify.Valid, "", 2}, {2, verify.Indeterminate, "budget", 1}, {1, verify.Indeterminate, "budget", 1}} {
		c := newCast(t, verify.Limits{Nested: tc.limit})
		deep := c.endorser.Sign(c.around(map[string]any{"id": "urn:uuid:1", "issuer": c.endorser.ID}, c.endorsement(nil)), suite)
		r := c.verify(t, c.badge(deep, c.endorsement(nil)), looking(verify.IfPresent, nil))
		want(t, r, tc.verdict, inner, tc.code)
		if len(r.Credentials) != tc.reports {
			t.Errorf("limit %d: %d reports", tc.limit, len(r.Credentials))
		}
	}
	c := newCast(t, verify.Limits{Nested: 1})
	bad := c.endorsement(map[string]any{"validUntil": "2026-06-01T00:00:00Z"})
	want(t, c.verify(t, c.badge(bad, bad), looking(verify.IfPresent, nil)), verify.Invalid, inner, "validity.expired")
}

// TestInsideDepth: how deep they are judged is limited. What is deeper leaves everything around it undecided.
func TestInsideDepth(t *testing.T) {
	c := newCast(t, verify.Limits{})
	around := func(n int) []byte {
		data := c.endorser.SignJWT(verifytest.Claims(c.unsigned(nil)), "EdDSA", nil)
		for i := range n {
			document := c.around(map[string]any{"id": fmt.Sprintf("urn:uuid:%d", i), "issuer": c.endorser.ID}, data)
			data = c.endorser.SignJWT(verifytest.Claims(document), "EdDSA", nil)
		}
		return data
	}
	depth := func(r *verify.Report) (n int) {
		for ; len(r.Credentials) > 0; r = r.Credentials[0] {
			n++
		}
		return n
	}
	r := c.verify(t, around(verify.DefaultNestedDepth), looking(verify.IfPresent, nil))
	want(t, r, verify.Valid, "", "")
	if depth(r) != verify.DefaultNestedDepth {
		t.Errorf("a tree of depth %d", depth(r))
	}
	r = c.verify(t, around(verify.DefaultNestedDepth+1), looking(verify.IfPresent, nil))
	want(t, r, verify.Indeterminate, inner, "budget")
	if depth(r) != verify.DefaultNestedDepth {
		t.Errorf("a tree of depth %d", depth(r))
	}
	// Only the outermost has to have one where one is required.
	want(t, c.verify(t, around(2), looking(verify.Required, nil)), verify.Valid, "", "")
	want(t, c.verify(t, around(0), looking(verify.Required, nil)), verify.Invalid, inner, "credential.required")
}

// TestInsideBudget: all of them share one budget of lookups, and what was found once is not asked for again.
func TestInsideBudget(t *testing.T) {
	c := newCast(t, verify.Limits{Lookups: 2})
	var all [][]byte
	for i := range 20 {
		all = append(all, c.endorsement(map[string]any{"id": fmt.Sprintf("urn:uuid:%d", i)}))
	}
	r := c.verify(t, c.badge(all...), looking(verify.IfPresent, nil))
	want(t, r, verify.Valid, "", "")
	if len(c.host.Calls()) != 2 || len(r.Sources) != 2 {
		t.Errorf("asked for %q, rests on %v", c.host.Calls(), r.Sources)
	}
	for i, n := range r.Credentials {
		if len(n.Sources) != 1 || n.Sources[0].URL != "https://endorser.example/.well-known/did.json" {
			t.Errorf("credential %d rests on %v", i, n.Sources)
		}
	}
	third := verifytest.NewIssuer("did:web:third.example", keys.Ed25519)
	third.Publish(c.host)
	r = c.verify(t, c.badge(c.endorsement(nil), third.Sign(c.unsigned(map[string]any{"issuer": third.ID}), suite)), looking(verify.IfPresent, nil))
	want(t, r, verify.Indeterminate, inner, "budget")
	want(t, r.Credentials[0], verify.Valid, "", "")
	want(t, r.Credentials[1], verify.Indeterminate, "proof", "budget")
}

// TestInsideDeadline: when the time is over, nothing more is judged.
func TestInsideDeadline(t *testing.T) {
	c := newCast(t, verify.Limits{})
	credential, err := vc.Parse(c.badge(c.endorsement(nil), c.endorsement(nil)), vc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	p := looking(verify.IfPresent, nil)
	p.Profile = append(p.Profile, verify.ProfileCheck{Name: "x.stop", Inside: p.Profile[0].Inside})
	// The time ends with the first lookup for what is inside.
	host := stopping{c.host, "https://endorser.example/.well-known/did.json", cancel}
	v, err := verify.New(verify.Config{Keys: keys.Default(host), Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	r, err := v.Verify(ctx, credential, p)
	if !errors.Is(err, verify.ErrIndeterminate) {
		t.Fatal(err)
	}
	want(t, r, verify.Indeterminate, inner, "deadline")
	want(t, r, verify.Indeterminate, "x.stop", "deadline")
	if len(r.Credentials) != 1 {
		t.Errorf("%d reports", len(r.Credentials))
	}
}

// stopping ends the time when a document is asked for.
type stopping struct {
	*verifytest.Host
	url    string
	cancel func()
}

func (s stopping) Fetch(ctx context.Context, url, accept string) ([]byte, string, error) {
	if url == s.url {
		s.cancel()
	}
	return s.Host.Fetch(ctx, url, accept)
}

// TestInsideTold: a report does not grow far beyond the document, however much there is to say about what is inside;
// what decided is always told.
func TestInsideTold(t *testing.T) {
	c := newCast(t, verify.Limits{})
	var breaches strings.Builder
	for range 900 {
		breaches.WriteString(`{"@a":1},`)
	}
	document := replace(t, c.unsigned(nil), `"credentialSubject":`, `"`+strings.Repeat("x", 1000)+`":[`+breaches.String()+`{}],"credentialSubject":`)
	var all [][]byte
	for range 40 {
		all = append(all, c.endorser.SignJWT(verifytest.Claims(document), "EdDSA", nil))
	}
	r := c.verify(t, c.issuer.SignJWT(verifytest.Claims(c.around(nil, all...)), "EdDSA", nil), looking(verify.IfPresent, nil))
	want(t, r, verify.Invalid, inner, "model.restructured")
	out, err := json.Marshal(r)
	if err != nil || len(out) > 8<<20 {
		t.Errorf("%d bytes, %v", len(out), err)
	}
	first, last := check(t, r.Credentials[0], "model"), check(t, r.Credentials[39], "model")
	if len(first.Problems) != 900 || len(first.Hints) != 0 {
		t.Errorf("%d problems of the first one", len(first.Problems))
	}
	if len(last.Problems) != 1 || last.Problems[0].Code != last.Reason || len(last.Hints) != 1 {
		t.Errorf("of the last one: %+v", last)
	}
	for i, n := range r.Credentials {
		want(t, n, verify.Invalid, "model", "model.restructured")
		if p := check(t, r, inner).Problems[i]; p.Code != "model.restructured" {
			t.Errorf("credential %d: %+v", i, p)
		}
	}
}

// TestInsideProofs: those inside that have several proofs share the limit on the bytes that these go over; the
// one around them has it for itself.
func TestInsideProofs(t *testing.T) {
	c := newCast(t, verify.Limits{})
	proof := func(data []byte) json.RawMessage { return c.endorser.Proof(data, suite, nil) }
	document := c.unsigned(nil)
	text, err := json.Marshal([]json.RawMessage{proof(document), proof(document)})
	if err != nil {
		t.Fatal(err)
	}
	twice := verifytest.Attach(document, text)
	outer := c.badge(twice, twice, c.endorsement(nil))
	for limit, verdict := range map[int]verify.Verdict{4 * len(twice): verify.Valid, 4*len(twice) - 1: verify.Indeterminate} {
		v := newCast(t, verify.Limits{ProofBytes: limit})
		v.issuer, v.endorser = c.issuer, c.endorser
		v.issuer.Publish(v.host)
		v.endorser.Publish(v.host)
		code := map[verify.Verdict]string{verify.Indeterminate: "budget"}[verdict]
		r := v.verify(t, outer, looking(verify.IfPresent, nil))
		want(t, r, verdict, inner, code)
		want(t, r.Credentials[0], verify.Valid, "", "")
		want(t, r.Credentials[1], verdict, "proof", code)
		want(t, r.Credentials[2], verify.Valid, "", "")
		presented := v.show(t, verifytest.Presentation("did:example:ada", nil, twice, twice, c.endorsement(nil)), anyone())
		want(t, presented, verdict, "credentials", code)
	}
}

// TestInsideUnread: what could not be read for want of work is not proved bad.
func TestInsideUnread(t *testing.T) {
	c := newCast(t, verify.Limits{})
	for code, verdict := range map[string]verify.Verdict{"budget": verify.Indeterminate, "json.syntax": verify.Invalid} {
		p := looking(verify.IfPresent, func(n *verify.NestedCredential) { n.Credential, n.Err = nil, problemOf(code) })
		r := c.verify(t, c.badge(c.endorsement(nil)), p)
		want(t, r, verdict, inner, code)
		want(t, r.Credentials[0], verdict, "parse", code)
	}
}

// TestExtra: one that stands where none belongs is judged, and does not make up for one that is required; notes are
// warnings of what is judged.
func TestExtra(t *testing.T) {
	c := newCast(t, verify.Limits{})
	extra := func(n *verify.NestedCredential) {
		n.Extra = n.Pointer == "/endorsement/0"
		n.Notes = []*strict.Error{problemOf("badge.learner")}
	}
	good, bad := c.endorsement(nil), c.endorsement(map[string]any{"validUntil": "2026-06-01T00:00:00Z"})
	for _, tc := range []struct {
		data  []byte
		level verify.Level
		code  string
	}{
		{c.badge(good), verify.IfPresent, ""}, {c.badge(bad), verify.IfPresent, "validity.expired"},
		{c.badge(good), verify.Required, "credential.required"}, {c.badge(good, good), verify.Required, ""},
		{c.badge(bad, good), verify.Required, "validity.expired"},
	} {
		r := c.verify(t, tc.data, looking(tc.level, extra))
		want(t, r, map[bool]verify.Verdict{true: verify.Valid, false: verify.Invalid}[tc.code == ""], inner, tc.code)
		if got := check(t, r, inner).Warnings; len(got) != len(r.Credentials) || got[0].Code != "badge.learner" {
			t.Errorf("%s: warnings %v", tc.code, got)
		}
	}
}
