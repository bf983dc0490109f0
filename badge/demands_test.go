package badge_test

import (
	"slices"
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

// TestEndorsementDemands: how endorsements count, and whose.
func TestEndorsementDemands(t *testing.T) {
	p := newPlay(t)
	endorsed := func(edits map[string]any) []byte {
		return p.edited(t, func(c thing) { c["endorsement"] = []any{p.endorsement(badgeID, edits)} })
	}
	good, bad := endorsed(nil), endorsed(map[string]any{"validUntil": "2026-06-30T00:00:00Z"})
	none := p.edited(t, func(thing) {})
	others, us := verify.IssuerSet("did:web:somebody.example"), verify.IssuerSet("did:web:endorser.example")
	for name, tc := range map[string]struct {
		data    []byte
		demands badge.Demands
		verdict verify.Verdict
		reason  string
	}{
		"advisory":                {bad, badge.Demands{Endorsements: verify.Advisory}, verify.Valid, ""},
		"off":                     {bad, badge.Demands{Endorsements: verify.Off}, verify.Valid, "off"},
		"required":                {good, badge.Demands{Endorsements: verify.Required}, verify.Valid, ""},
		"required, none":          {none, badge.Demands{Endorsements: verify.Required}, verify.Invalid, "credential.required"},
		"required, bad":           {bad, badge.Demands{Endorsements: verify.Required}, verify.Invalid, "validity.expired"},
		"by who counts":           {good, badge.Demands{Endorsers: us}, verify.Valid, ""},
		"by who counts, bad":      {bad, badge.Demands{Endorsers: us}, verify.Invalid, "validity.expired"},
		"by others":               {bad, badge.Demands{Endorsers: others}, verify.Valid, "not_asked"},
		"nobody counts":           {bad, badge.Demands{Endorsers: verify.IssuerSet()}, verify.Valid, "not_asked"},
		"required by who counts":  {good, badge.Demands{Endorsements: verify.Required, Endorsers: us}, verify.Valid, ""},
		"required, but by others": {good, badge.Demands{Endorsements: verify.Required, Endorsers: others}, verify.Invalid, "credential.required"},
	} {
		t.Run(name, func(t *testing.T) {
			before := len(p.host.Calls())
			r := p.judge(t, tc.data, tc.demands)
			c := expect(t, r, endorsements, tc.reason)
			if r.Verdict != tc.verdict {
				t.Errorf("verdict %v", r.Verdict)
			}
			asked := slices.Contains(p.host.Calls()[before:], "https://endorser.example/.well-known/did.json")
			if aside := tc.reason == "not_asked" || name == "required, but by others"; aside && (asked || len(c.Parts) != 1 || c.Parts[0].Outcome != verify.Skipped || len(c.Parts[0].Hints) != 1) {
				t.Errorf("set aside, but asked %v: %+v", asked, c.Parts)
			}
		})
	}
}
