package badge_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

// TestPolicyIsStrict holds that a policy adds the profile's check and loosens nothing.
func TestPolicyIsStrict(t *testing.T) {
	p := badge.Policy(verify.IssuerSet("did:web:example.edu"))
	if p.Binding != verify.Unbound || p.Recipient != nil || !p.At.IsZero() || p.Skew != 0 || p.Suites != nil ||
		p.Status != verify.IfPresent || p.Schema != verify.IfPresent || p.Resources != verify.IfPresent ||
		p.Challenge != "" || p.Domain != "" || p.InlineContexts || p.Strict {
		t.Errorf("the policy is not the strict default: %+v", p)
	}
	again := badge.Policy(verify.IssuerSet("did:web:example.edu"))
	p.Profile[0].Name = "changed"
	if again.Profile[0].Name != "badge.conformance" {
		t.Error("two policies share their checks")
	}
}

// TestPolicyNeedsIssuers holds that a policy without issuers is refused, as the caller's mistake.
func TestPolicyNeedsIssuers(t *testing.T) {
	v, err := verify.New(verify.Config{})
	if err != nil {
		t.Skipf("a verifier needs more than nothing: %v", err)
	}
	c := open(t, minimal).Credential()
	report, err := v.Verify(context.Background(), c, badge.Policy(verify.Issuers{}))
	if !errors.Is(err, verify.ErrPolicy) || report != nil {
		t.Errorf("report %v, error %v", report, err)
	}
}

// TestPolicyInReport runs whole verifications of badges without a proof: they are all invalid, and
// the profile's check says what it says regardless.
func TestPolicyInReport(t *testing.T) {
	v, err := verify.New(verify.Config{})
	if err != nil {
		t.Skipf("a verifier needs more than nothing: %v", err)
	}
	for name, c := range map[string]struct {
		text   string
		want   verify.Outcome
		reason string
	}{
		"conforms":  {minimal, verify.Passed, ""},
		"breach":    {change(t, minimal, `"criteria"`, `"criterion"`), verify.Failed, "badge.missing"},
		"context":   {change(t, minimal, "context-3.0.3.json", "context-4.0.0.json"), verify.Failed, "badge.context"},
		"no badge":  {plain, verify.Skipped, "absent"},
		"tolerated": {change(t, full, `["a", "b"]`, `"a"`), verify.Passed, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := badge.Policy(verify.UnsafeAnyIssuer())
			p.Recipient = badge.ID("did:example:ada")
			report, err := v.Verify(context.Background(), open(t, c.text).Credential(), p)
			if !errors.Is(err, verify.ErrInvalid) || report.Verdict != verify.Invalid {
				t.Fatalf("an unsigned badge: %v", err)
			}
			last, ok := report.Check("badge.conformance")
			if !ok || last.Outcome != c.want || last.Reason != c.reason {
				t.Errorf("check %+v", last)
			}
		})
	}
}

// TestFindingsPointAtTheText holds that the pointer and the offset of a finding name the same
// value: the text at the offset is the value at the pointer, or the object in which one is missing.
func TestFindingsPointAtTheText(t *testing.T) {
	checked := 0
	for _, set := range breaches {
		for name, b := range set.breaches {
			text := change(t, set.text, b.old, b.new)
			c := open(t, text).Credential()
			for _, e := range badge.Conform(c) {
				at := c.Value().Lookup(e.Pointer)
				if e.Code == "badge.missing" {
					at = c.Value().Lookup(e.Pointer[:strings.LastIndexByte(e.Pointer, '/')])
				}
				if !at.Exists() || !strings.HasPrefix(text[e.Offset:], at.Raw()) {
					t.Errorf("%s: %v does not stand at byte %d", name, e, e.Offset)
				}
				checked++
			}
		}
	}
	if checked < len(breaches) {
		t.Errorf("%d findings checked", checked)
	}
}

// TestConformIsStable holds that the findings are the same each time, although tables are maps.
func TestConformIsStable(t *testing.T) {
	text := change(t, change(t, full, `"targetName": "N", `, ""), `"latitude": 1, `, "")
	text = strings.ReplaceAll(text, `"Profile"`, `"Person"`)
	first := badge.Conform(open(t, text).Credential())
	if len(first) != 3 {
		t.Fatalf("%d findings, want 3", len(first))
	}
	for range 20 {
		if diff := cmp.Diff(first, badge.Conform(open(t, text).Credential())); diff != "" {
			t.Fatal(diff)
		}
	}
}

// TestRecipientOrder puts the identifier that counts among others, in every place.
func TestRecipientOrder(t *testing.T) {
	others := []string{
		`{"type":"IdentityObject","identityType":"emailAddress","hashed":false,"identityHash":"b@example.com"}`,
		`{"type":"IdentityObject","identityType":"name","hashed":false,"identityHash":"a@example.com"}`,
		`{"type":"IdentityObject","identityType":"emailAddress","hashed":true,"identityHash":"crc32$00000000"}`,
		`"a@example.com"`, `null`, `[]`, `{}`,
	}
	right := `{"type":"IdentityObject","identityType":"emailAddress","hashed":true,"salt":"Kosher","identityHash":"` + vector + `"}`
	subject := func(identifiers []string) string {
		return `{"credentialSubject":{"identifier":[` + strings.Join(identifiers, ",") + `]}}`
	}
	email := badge.Email("a@example.com")
	for i := range len(others) + 1 {
		list := append(append(append([]string{}, others[:i]...), right), others[i:]...)
		wantMatch(t, email.Match(open(t, subject(list)).Credential()), "")
	}
	wantMatch(t, email.Match(open(t, subject(others)).Credential()), "recipient.mismatch")
}
