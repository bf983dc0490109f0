package badge_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

const clrCredentials = "clr.credentials"

// record is an unsigned learner record that holds these values.
func (p *play) record(edits map[string]any, held ...any) []byte {
	all := map[string]any{
		"@context": []string{v2Context, clrContext, ob303}, "type": []string{"VerifiableCredential", "ClrCredential"}, "name": "Transcript",
		"credentialSubject": thing{"id": "did:example:ada", "type": []string{"ClrSubject"}, "verifiableCredential": held},
	}
	for name, v := range edits {
		all[name] = v
	}
	return verifytest.Badge(p.issuer.ID, all)
}

func (p *play) recordToken(held ...any) []byte {
	return p.issuer.SignJWT(verifytest.Claims(p.record(nil, held...)), "EdDSA", nil)
}

// held is an unsigned badge to stand in a record.
func held(by *verifytest.Issuer, edits map[string]any) []byte {
	all := map[string]any{"id": "urn:uuid:1"}
	for name, v := range edits {
		all[name] = v
	}
	return verifytest.Badge(by.ID, all)
}

// TestRecord: each credential in a learner record counts, and the report is a tree.
func TestRecord(t *testing.T) {
	p := newPlay(t)
	good := json.RawMessage(p.endorser.Sign(held(p.endorser, nil), rdfc))
	token := string(p.endorser.SignJWT(verifytest.Claims(held(p.endorser, nil)), "EdDSA", nil))
	mallory := verifytest.NewIssuer("did:web:mallory.example", keys.Ed25519)
	mallory.Publish(p.host)
	lost := verifytest.NewIssuer("did:web:gone.example", keys.Ed25519)
	envelope := func(token string) thing {
		return thing{"@context": v2Context, "type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt," + token}
	}
	plain := map[string]any{"type": []string{"VerifiableCredential"}, "name": nil, "issuer": p.endorser.ID, "credentialSubject": thing{"id": "did:example:ada", "name": "Ada"}}
	signed := func(by *verifytest.Issuer, edits map[string]any) json.RawMessage {
		return by.Sign(held(by, edits), rdfc)
	}
	for name, tc := range map[string]struct {
		value   any
		verdict verify.Verdict
		reason  string
	}{
		"embedded":             {good, verify.Valid, ""},
		"by the same issuer":   {signed(p.issuer, nil), verify.Valid, ""},
		"enveloped":            {envelope(token), verify.Valid, ""},
		"no badge":             {signed(p.endorser, plain), verify.Valid, ""},
		"an endorsement":       {p.endorsement("urn:x:anything", nil), verify.Valid, ""},
		"expired":              {signed(p.endorser, map[string]any{"validUntil": "2026-06-30T00:00:00Z"}), verify.Invalid, "validity.expired"},
		"no badge, expired":    {signed(p.endorser, map[string]any{"type": []string{"VerifiableCredential"}, "validUntil": "2026-06-30T00:00:00Z"}), verify.Invalid, "validity.expired"},
		"tampered":             {json.RawMessage(strings.Replace(string(good), "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", 1)), verify.Invalid, "proof.signature"},
		"enveloped, tampered":  {envelope(token[:len(token)-8] + "AAAAAAAA"), verify.Invalid, "proof.signature"},
		"forged":               {json.RawMessage(mallory.Sign(held(p.endorser, nil), rdfc)), verify.Invalid, "proof.controller"},
		"unresolvable":         {signed(lost, nil), verify.Indeterminate, "key.unresolved"},
		"by another, unsigned": {json.RawMessage(held(p.endorser, nil)), verify.Invalid, "proof.missing"},
		"malformed badge":      {signed(p.endorser, map[string]any{"credentialSubject": thing{"type": []string{"AchievementSubject"}, "id": "did:example:ada"}}), verify.Invalid, "badge.missing"},
		"a link":               {"urn:uuid:1", verify.Invalid, "model.value"},
	} {
		t.Run(name, func(t *testing.T) {
			for form, data := range map[string][]byte{
				"JWT":      p.recordToken(signed(p.issuer, map[string]any{"id": "urn:uuid:2"}), tc.value),
				"embedded": p.issuer.Sign(p.record(nil, signed(p.issuer, map[string]any{"id": "urn:uuid:2"}), tc.value), "eddsa-jcs-2022"),
			} {
				r := p.judge(t, data, badge.Demands{})
				expect(t, r, clrCredentials, tc.reason)
				if len(r.Credentials) != 2 || r.Credentials[1].Verdict != tc.verdict || r.Credentials[1].Within != clrCredentials ||
					r.Credentials[1].Pointer != "/credentialSubject/verifiableCredential/1" {
					t.Errorf("%s: reports %v", form, r.Credentials)
				}
				if want := max(tc.verdict, verify.Indeterminate); name != "a link" && r.Verdict != want {
					t.Errorf("%s: verdict %v", form, r.Verdict)
				}
			}
		})
	}
}

// TestRecordUnsigned: what the issuer of the record says itself needs no proof of its own where that of the record
// covers it whole, and one over statements does not when it describes the recipient twice.
func TestRecordUnsigned(t *testing.T) {
	p := newPlay(t)
	own := json.RawMessage(held(p.issuer, nil))
	old := json.RawMessage(held(p.issuer, map[string]any{"validUntil": "2026-06-30T00:00:00Z"}))
	expect(t, p.judge(t, p.recordToken(own), badge.Demands{}), clrCredentials, "")
	expect(t, p.judge(t, p.recordToken(old), badge.Demands{}), clrCredentials, "validity.expired")
	expect(t, p.judge(t, p.issuer.Sign(p.record(nil, own), "eddsa-jcs-2022"), badge.Demands{}), clrCredentials, "")
	expect(t, p.judge(t, p.issuer.Sign(p.record(nil, own), rdfc), badge.Demands{}), clrCredentials, "proof.missing")
	trusting := badge.Demands{}.Policy(verify.IssuerSet(p.issuer.ID))
	if trusting.Profile[1].Name != endorsements || trusting.Profile[2].Name != clrCredentials {
		t.Errorf("profile %v", trusting.Profile)
	}
}

// TestRecordTrigger: credentials in a subject are judged, whatever the record calls itself; and one that calls itself
// a record has to have some.
func TestRecordTrigger(t *testing.T) {
	p := newPlay(t)
	bad := json.RawMessage(p.endorser.Sign(held(p.endorser, map[string]any{"validUntil": "2026-06-30T00:00:00Z"}), rdfc))
	sign := func(edits map[string]any) []byte {
		return p.issuer.SignJWT(verifytest.Claims(p.record(edits, bad)), "EdDSA", nil)
	}
	untyped, other := []string{"VerifiableCredential"}, []string{"Person"}
	for name, tc := range map[string]struct {
		edits  map[string]any
		reason string
	}{
		"by both types":        {nil, "validity.expired"},
		"by the subject":       {map[string]any{"type": untyped}, "validity.expired"},
		"by what it holds":     {map[string]any{"type": untyped, "credentialSubject": thing{"id": "did:example:ada", "type": other, "verifiableCredential": bad}}, "validity.expired"},
		"by a second subject":  {map[string]any{"type": untyped, "credentialSubject": []any{thing{"id": "urn:x:1"}, thing{"id": "urn:x:2", "verifiableCredential": []any{bad}}}}, "validity.expired"},
		"none, by its type":    {map[string]any{"credentialSubject": thing{"id": "did:example:ada", "type": other}}, "badge.missing"},
		"none, by the subject": {map[string]any{"type": untyped, "credentialSubject": thing{"id": "did:example:ada", "type": []string{"ClrSubject"}}}, "badge.missing"},
		"an empty list":        {map[string]any{"credentialSubject": thing{"id": "did:example:ada", "type": []string{"ClrSubject"}, "verifiableCredential": []any{}}}, "badge.missing"},
		"no record":            {map[string]any{"type": untyped, "credentialSubject": thing{"id": "did:example:ada", "type": other}}, "absent"},
	} {
		t.Run(name, func(t *testing.T) { expect(t, p.judge(t, sign(tc.edits), badge.Demands{}), clrCredentials, tc.reason) })
	}
}

// TestRecordDemands: how the credentials count, and whose.
func TestRecordDemands(t *testing.T) {
	p := newPlay(t)
	other := json.RawMessage(p.endorser.Sign(held(p.endorser, nil), rdfc))
	bad := json.RawMessage(p.endorser.Sign(held(p.endorser, map[string]any{"validUntil": "2026-06-30T00:00:00Z"}), rdfc))
	for name, tc := range map[string]struct {
		value   any
		demands badge.Demands
		issuers verify.Issuers
		reason  string
	}{
		"as the policy":         {other, badge.Demands{}, verify.IssuerSet(p.issuer.ID), "issuer.untrusted"},
		"as the policy, both":   {other, badge.Demands{}, verify.IssuerSet(p.issuer.ID, p.endorser.ID), ""},
		"named":                 {other, badge.Demands{Inner: verify.IssuerSet(p.endorser.ID)}, verify.IssuerSet(p.issuer.ID), ""},
		"any":                   {other, badge.Demands{Inner: verify.UnsafeAnyIssuer()}, verify.IssuerSet(p.issuer.ID), ""},
		"others":                {other, badge.Demands{Inner: verify.IssuerSet("urn:x:1")}, verify.UnsafeAnyIssuer(), "issuer.untrusted"},
		"bad":                   {bad, badge.Demands{}, verify.UnsafeAnyIssuer(), "validity.expired"},
		"bad, advisory":         {bad, badge.Demands{Credentials: verify.Advisory}, verify.UnsafeAnyIssuer(), ""},
		"bad, off":              {bad, badge.Demands{Credentials: verify.Off}, verify.UnsafeAnyIssuer(), "off"},
		"required":              {other, badge.Demands{Credentials: verify.Required}, verify.UnsafeAnyIssuer(), ""},
		"endorsements required": {other, badge.Demands{Endorsements: verify.Required}, verify.UnsafeAnyIssuer(), ""},
	} {
		t.Run(name, func(t *testing.T) {
			policy := tc.demands.Policy(tc.issuers)
			b, err := badge.Open(p.recordToken(tc.value))
			if err != nil {
				t.Fatal(err)
			}
			r, _ := p.verifier.Verify(t.Context(), b.Credential(), policy)
			expect(t, r, clrCredentials, tc.reason)
		})
	}
	expect(t, p.judge(t, p.edited(t, func(thing) {}), badge.Demands{Credentials: verify.Required}), clrCredentials, "credential.required")
}

// TestRecordTree: the endorsements of a badge in a record are judged, and those of the record's achievements.
func TestRecordTree(t *testing.T) {
	p := newPlay(t)
	for reason, about := range map[string]string{"": "urn:uuid:1", "endorsement.target": badgeID} {
		inner := json.RawMessage(p.issuer.Sign(held(p.issuer, map[string]any{"endorsement": []any{p.endorsement(about, nil)}}), rdfc))
		r := p.judge(t, p.recordToken(inner), badge.Demands{})
		expect(t, r, clrCredentials, reason)
		expect(t, r, endorsements, "absent")
		expect(t, r.Credentials[0], endorsements, reason)
		if n := r.Credentials[0].Credentials; len(n) != 1 || n[0].Pointer != "/endorsement/0" {
			t.Errorf("inside the badge: %v", n)
		}
		about = strings.NewReplacer("urn:uuid:1", "urn:x:achievement").Replace(about)
		record := p.record(map[string]any{"credentialSubject": thing{"id": "did:example:ada", "type": []string{"ClrSubject"},
			"verifiableCredential": []any{json.RawMessage(p.issuer.Sign(held(p.issuer, nil), rdfc))},
			"achievement": []any{thing{"id": "urn:x:achievement", "type": []string{"Achievement"}, "name": "A", "description": "A", "criteria": thing{"narrative": "A"},
				"endorsement": []any{p.endorsement(about, nil)}}}}})
		r = p.judge(t, p.issuer.SignJWT(verifytest.Claims(record), "EdDSA", nil), badge.Demands{})
		expect(t, r, endorsements, reason)
		expect(t, r, clrCredentials, "")
	}
}

// TestOlderBadgeInEvidence: a badge of Open Badges 2.0 that evidence refers to is told, and not looked up.
func TestOlderBadgeInEvidence(t *testing.T) {
	p := newPlay(t)
	for kind, told := range map[string]bool{"https://w3id.org/openbadges#Assertion": true, "Assertion": true, "Evidence": false} {
		data := p.edited(t, func(c thing) {
			c["evidence"] = []any{thing{"id": "https://old.example/assertions/1", "type": []string{"Evidence", kind}}}
		})
		r := p.judge(t, data, badge.Demands{})
		c := expect(t, r, clrCredentials, map[bool]string{true: "not_asked", false: "absent"}[told])
		if r.Verdict != verify.Valid || told && (len(c.Parts) != 1 || c.Parts[0].Pointer != "/evidence/0" || len(c.Parts[0].Hints) != 1) || len(r.Credentials) != 0 {
			t.Errorf("%s: verdict %v, %+v", kind, r.Verdict, c)
		}
		if slices.Contains(p.host.Calls(), "https://old.example/assertions/1") {
			t.Error("the older badge was looked up")
		}
	}
}

// TestRecordNumber: however many there are, the number that is looked at is bounded.
func TestRecordNumber(t *testing.T) {
	p := newPlay(t)
	inside := badge.Policy(verify.UnsafeAnyIssuer()).Profile[2].Inside
	for n, over := range map[int]bool{4096: false, 5000: true} {
		c, err := vc.Parse(p.record(nil, slices.Repeat([]any{1}, n)...), vc.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		found := inside(c)
		if len(found.Credentials) != 4096 || len(found.Against) > 0 != over || over && found.Against[0].Code != "budget" {
			t.Errorf("%d: %d found, %v", n, len(found.Credentials), found.Against)
		}
	}
}

// FuzzInside: whatever the document, what the profile finds inside stands where it says, is bounded, and is found
// again the same.
func FuzzInside(f *testing.F) {
	f.Add([]byte(minimal))
	f.Add([]byte(`{"type":["VerifiableCredential","ClrCredential"],"endorsement":[1,"a.b.c",{"type":"EndorsementCredential"}],"credentialSubject":[{"verifiableCredential":[{},"x",[1]]}]}`))
	f.Add([]byte(`{"issuer":{"endorsementJwt":"a.b.c","parentOrg":{"type":"Profile","endorsement":[[{"type":["EndorsementCredential"],"credentialSubject":{"id":"x"}}]]}},"evidence":{"type":"Assertion","id":1}}`))
	profile := badge.Demands{Endorsers: verify.IssuerSet("did:example:x")}.Policy(verify.UnsafeAnyIssuer()).Profile
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := vc.Parse(data, vc.Limits{})
		if err != nil {
			return
		}
		for _, p := range profile[1:] {
			found, again := p.Inside(c), p.Inside(c)
			if len(found.Credentials) != len(again.Credentials) || len(found.Credentials) > 4096 {
				t.Fatalf("%d and %d found", len(found.Credentials), len(again.Credentials))
			}
			for i, n := range found.Credentials {
				if !c.Value().Root().Lookup(n.Pointer).Exists() || n.Pointer != again.Credentials[i].Pointer {
					t.Errorf("nothing stands at %q", n.Pointer)
				}
				if n.Aside == "" && (n.Credential == nil) == (n.Err == nil) {
					t.Errorf("at %q: a credential and an error, or neither", n.Pointer)
				}
			}
		}
	})
}
