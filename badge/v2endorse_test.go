package badge_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

const (
	endorserURL    = "https://peer.example/profile"
	endorsementURL = "https://peer.example/endorsements/1"
)

// endorse publishes an endorsement of something and returns it.
func (w *olderWorld) endorse(target string) object {
	w.extra[endorserURL] = object{"@context": context2, "id": endorserURL, "type": "Profile", "name": "A peer", "url": "https://peer.example", "email": "a@peer.example"}
	e := object{"@context": context2, "id": endorsementURL, "type": "Endorsement", "issuer": endorserURL, "issuedOn": "2026-06-01T00:00:00Z",
		"claim": object{"id": target, "endorsementComment": "Well done."}, "verification": object{"type": "hosted"}}
	w.extra[endorsementURL] = e
	return e
}

// TestEndorsedOlder has endorsements wherever they may stand, embedded and linked.
func TestEndorsedOlder(t *testing.T) {
	for name, on := range map[string]func(w *olderWorld) (object, string){
		"assertion": func(w *olderWorld) (object, string) { return w.assertion, assertionURL },
		"class":     func(w *olderWorld) (object, string) { return w.class, classURL },
		"issuer":    func(w *olderWorld) (object, string) { return w.issuer, issuerURL },
	} {
		for _, linked := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				w := newOlderWorld()
				target, id := on(w)
				e := w.endorse(id)
				target["endorsement"] = []any{e}
				if linked {
					target["endorsement"] = endorsementURL
				}
				_, r := w.judge(t, text(t, w.assertion), trusting())
				wantOlder(t, r, verify.Valid, "", "")
				if c, _ := r.Check("badge.endorsements"); c.Outcome != verify.Passed || len(c.Parts) != 1 || !strings.HasSuffix(c.Parts[0].Pointer, "/endorsement") {
					t.Errorf("the check is %+v", c)
				}
				e["claim"] = object{"id": id + "0"}
				_, r = w.judge(t, text(t, w.assertion), trusting())
				wantOlder(t, r, verify.Invalid, "badge.endorsements", "endorsement.target")
			})
		}
	}
}

// TestEndorsedForged has endorsements that do not count, each for another reason.
func TestEndorsedForged(t *testing.T) {
	const evil = "https://evil.example/e"
	for name, c := range map[string]struct {
		edit    func(w *olderWorld, e object)
		verdict verify.Verdict
		code    string
	}{
		"not there": {func(w *olderWorld, e object) { w.extra[endorsementURL] = nil }, verify.Indeterminate, "hosted.unreachable"},
		"gone": {func(w *olderWorld, e object) {
			w.extra[endorsementURL] = nil
			w.host.Fail(endorsementURL, goneError(410))
		}, verify.Invalid, "status.revoked"},
		"revoked":          {func(w *olderWorld, e object) { w.extra[endorsementURL] = with(e, "revoked", true) }, verify.Invalid, "status.revoked"},
		"hosted elsewhere": {func(w *olderWorld, e object) { e["id"] = evil; w.extra[evil] = e }, verify.Invalid, "hosted.scope"},
		"endorser missing": {func(w *olderWorld, e object) { w.extra[endorserURL] = nil }, verify.Indeterminate, "hosted.unreachable"},
		"no endorser":      {func(w *olderWorld, e object) { delete(e, "issuer") }, verify.Invalid, "ob2.missing"},
		"expired":          {func(w *olderWorld, e object) { e["expires"] = "2026-07-01T00:00:00Z" }, verify.Invalid, "validity.expired"},
		"from the future":  {func(w *olderWorld, e object) { e["issuedOn"] = "2027-07-01T00:00:00Z" }, verify.Invalid, "validity.not_yet"},
		"signed, unsigned": {func(w *olderWorld, e object) { e["verification"] = object{"type": "signed"} }, verify.Invalid, "proof.missing"},
		"no endorsement":   {func(w *olderWorld, e object) { w.extra[endorsementURL] = with(e, "type", "Assertion") }, verify.Invalid, "ob2.value"},
		"about itself":     {func(w *olderWorld, e object) { e["claim"] = object{"id": endorsementURL} }, verify.Invalid, "endorsement.target"},
		"about nothing":    {func(w *olderWorld, e object) { e["claim"] = object{} }, verify.Invalid, "endorsement.target"},
		"too many": {func(w *olderWorld, e object) {
			w.assertion["endorsement"] = slices.Repeat([]any{e}, 17)
		}, verify.Indeterminate, "budget"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newOlderWorld()
			e := w.endorse(assertionURL)
			w.assertion["endorsement"] = []any{e}
			c.edit(w, e)
			_, r := w.judge(t, text(t, w.assertion), trusting())
			wantOlder(t, r, c.verdict, "badge.endorsements", c.code)
		})
	}
}

// TestOlderEndorsementDemands has what the caller may choose.
func TestOlderEndorsementDemands(t *testing.T) {
	broken := func(w *olderWorld) { w.assertion["endorsement"] = with(w.endorse(classURL), "x", 1) }
	good := func(w *olderWorld) { w.assertion["endorsement"] = w.endorse(assertionURL) }
	none := func(w *olderWorld) {}
	for name, c := range map[string]struct {
		edit    func(w *olderWorld)
		demands badge.Demands
		verdict verify.Verdict
		code    string
		asked   bool
	}{
		"advisory":           {broken, badge.Demands{Endorsements: verify.Advisory}, verify.Valid, "", true},
		"off":                {broken, badge.Demands{Endorsements: verify.Off}, verify.Valid, "", false},
		"required":           {good, badge.Demands{Endorsements: verify.Required}, verify.Valid, "", true},
		"required, none":     {none, badge.Demands{Endorsements: verify.Required}, verify.Invalid, "credential.required", false},
		"of others only":     {broken, badge.Demands{Endorsers: verify.IssuerSet("https://other.example")}, verify.Valid, "", false},
		"of this one":        {good, badge.Demands{Endorsers: verify.IssuerSet(endorserURL)}, verify.Valid, "", true},
		"of this one, wrong": {broken, badge.Demands{Endorsers: verify.IssuerSet(endorserURL)}, verify.Invalid, "endorsement.target", true},
		"required of others": {good, badge.Demands{Endorsements: verify.Required, Endorsers: verify.IssuerSet("https://other.example")}, verify.Invalid, "credential.required", false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newOlderWorld()
			c.edit(w)
			p := c.demands.Policy(verify.IssuerSet(issuerURL))
			p.At = moment
			_, r := w.judge(t, text(t, w.assertion), p)
			wantOlder(t, r, c.verdict, "badge.endorsements", c.code)
			if asked := slices.Contains(w.host.Calls(), endorsementURL); asked != c.asked {
				t.Errorf("asked for the endorsement: %v", asked)
			}
		})
	}
}
