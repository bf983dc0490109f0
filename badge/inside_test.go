package badge_test

import (
	"encoding/json"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// TestEndorsementUnderTypes: no type beside its own takes a part of the badge out of sight, with what endorses it.
func TestEndorsementUnderTypes(t *testing.T) {
	p := newPlay(t)
	expired := map[string]any{"validUntil": "2026-06-30T00:00:00Z"}
	for _, extra := range []string{"VerifiableCredential", "VerifiablePresentation", "EnvelopedVerifiableCredential"} {
		for _, place := range endorsedPlaces[1:] {
			put := func(edits map[string]any) []byte {
				return p.edited(t, func(c thing) {
					h, id := place.at(c)
					h["endorsement"], h["type"] = []any{p.endorsement(id, edits)}, []string{"Profile", "Achievement", extra}
					subjectOf(c)["type"] = []string{"AchievementSubject", extra}
				})
			}
			for reason, edits := range map[string]map[string]any{"": nil, "validity.expired": expired} {
				r := p.judge(t, put(edits), badge.Demands{})
				expect(t, r, endorsements, reason)
				if len(r.Credentials) != 1 {
					t.Errorf("%s as a %s: %d reports", place.name, extra, len(r.Credentials))
				}
			}
		}
	}
	// The twin: a credential in evidence is a document of its own.
	data := p.edited(t, func(c thing) {
		c["evidence"] = []any{thing{"type": []string{"Evidence", "VerifiableCredential"}, "endorsement": p.endorsement("urn:x:1", expired)}}
	})
	expect(t, p.judge(t, data, badge.Demands{}), endorsements, "absent")
}

// TestEndorsementRequiredHere: an endorsement of something else does not make up for one that is required, however it
// is brought along.
func TestEndorsementRequiredHere(t *testing.T) {
	p := newPlay(t)
	demands := badge.Demands{Endorsements: verify.Required, Endorsers: verify.IssuerSet(p.endorser.ID)}
	stolen := p.endorsement("urn:x:1", nil)
	on := func(types ...string) thing { return thing{"id": "urn:x:1", "type": types, "endorsement": stolen} }
	for name, tc := range map[string]struct {
		edit   func(thing)
		reason string
	}{
		"anywhere":      {func(c thing) { c["x"] = stolen }, "credential.required"},
		"on evidence":   {func(c thing) { c["evidence"] = []any{on("Evidence")} }, "credential.required"},
		"on a profile":  {func(c thing) { c["x"] = on("Profile") }, "credential.required"},
		"on a related":  {func(c thing) { achievementOf(c)["related"] = []any{on("Related", "Achievement")} }, "credential.required"},
		"as a JWT":      {func(c thing) { c["x"] = thing{"id": "urn:x:1", "endorsementJwt": []string{p.token("urn:x:1", nil)}} }, "credential.required"},
		"on the badge":  {func(c thing) { c["endorsement"] = []any{p.endorsement(badgeID, nil)} }, ""},
		"and elsewhere": {func(c thing) { c["endorsement"], c["x"] = []any{p.endorsement(badgeID, nil)}, stolen }, ""},
	} {
		t.Run(name, func(t *testing.T) { expect(t, p.judge(t, p.edited(t, tc.edit), demands), endorsements, tc.reason) })
	}
	for _, place := range endorsedPlaces {
		data := p.edited(t, func(c thing) {
			h, id := place.at(c)
			h["endorsement"] = []any{p.endorsement(id, nil)}
		})
		expect(t, p.judge(t, data, demands), endorsements, "")
	}
}

// TestEndorserUnreadable: an endorsement is set aside for who made it, not for hiding that.
func TestEndorserUnreadable(t *testing.T) {
	p := newPlay(t)
	for reason, issuer := range map[string]any{"issuer.untrusted": []any{profileOf(p.endorser.ID)}, "": profileOf(p.endorser.ID), "not_asked": "did:web:other.example"} {
		data := p.edited(t, func(c thing) { c["endorsement"] = []any{p.endorsement(badgeID, map[string]any{"issuer": issuer})} })
		r := p.judge(t, data, badge.Demands{Endorsers: verify.IssuerSet(p.endorser.ID)})
		if reason == "issuer.untrusted" {
			expect(t, r.Credentials[0], "issuer", reason)
			reason = "model.type"
		}
		expect(t, r, endorsements, reason)
	}
}

// sdjwtVC is a record or a badge as an IETF SD-JWT VC.
func (p *play) sdjwtVC(t *testing.T, text []byte, edits thing) []byte {
	t.Helper()
	var c thing
	if err := json.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	delete(c, "@context")
	c["vct"], c["iss"] = "https://example.com/record", p.issuer.ID
	for name, v := range edits {
		c[name] = v
	}
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return p.issuer.SignSDJWT(text, "EdDSA", map[string]any{"typ": "dc+sd-jwt"})
}

// TestRecordAsSDJWTVC: the credentials of a record are judged whatever it is written as, and the record says twice
// the same.
func TestRecordAsSDJWTVC(t *testing.T) {
	p := newPlay(t)
	for reason, edits := range map[string]map[string]any{"": nil, "validity.expired": {"validUntil": "2026-06-30T00:00:00Z"}} {
		inner := json.RawMessage(p.endorser.Sign(held(p.endorser, edits), rdfc))
		r := p.judge(t, p.sdjwtVC(t, p.record(nil, inner), nil), badge.Demands{})
		expect(t, r, clrCredentials, reason)
		if len(r.Credentials) != 1 || r.Credentials[0].Pointer != "/credentialSubject/verifiableCredential/0" {
			t.Errorf("reports %v", r.Credentials)
		}
	}
	for name, tc := range map[string]struct {
		edits  thing
		reason string
	}{
		"the same":       {thing{"jti": badgeID, "sub": "did:example:ada"}, ""},
		"another issuer": {thing{"issuer": "did:web:famous.example"}, "badge.value"},
		"an object":      {thing{"issuer": profileOf("did:web:famous.example")}, "badge.value"},
		"another id":     {thing{"jti": "urn:uuid:2"}, "badge.value"},
		"another person": {thing{"sub": "did:example:eve"}, "badge.value"},
	} {
		t.Run(name, func(t *testing.T) {
			data := p.sdjwtVC(t, verifytest.Badge(p.issuer.ID, nil), tc.edits)
			expect(t, p.judge(t, data, badge.Demands{}), "badge.conformance", tc.reason)
		})
	}
}

// TestRecordOfAnother: a credential in a record that is about another id than the learner's is told.
func TestRecordOfAnother(t *testing.T) {
	p := newPlay(t)
	for name, tc := range map[string]struct {
		inner []byte
		told  bool
	}{
		"the learner":    {p.endorser.Sign(held(p.endorser, nil), rdfc), false},
		"somebody else":  {p.endorser.Sign([]byte(strings.ReplaceAll(string(held(p.endorser, nil)), "did:example:ada", "did:example:eve")), rdfc), true},
		"an endorsement": {p.endorsement("urn:x:anything", nil), false},
		"by its sub": {p.endorser.SignJWT([]byte(`{"iss":"did:web:endorser.example","sub":"did:example:eve","jti":"urn:uuid:1","nbf":1767225600,"vc":{"@context":["`+v1Context+
			`"],"type":["VerifiableCredential"],"credentialSubject":{"name":"Eve"}}}`), "EdDSA", nil), true},
	} {
		var inner any = json.RawMessage(tc.inner)
		if tc.inner[0] != '{' {
			inner = string(tc.inner)
		}
		c := expect(t, p.judge(t, p.recordToken(inner), badge.Demands{}), clrCredentials, "")
		told := len(c.Warnings) == 1 && c.Warnings[0].Code == "badge.learner" && c.Warnings[0].Pointer == "/credentialSubject/verifiableCredential/0"
		if told != tc.told || len(c.Warnings) > 1 {
			t.Errorf("%s: %v", name, c.Warnings)
		}
	}
}

// TestInsideMemory: looking for what is inside, which is done before anything is known to be signed, takes memory by
// the size of the document and not by that times what it holds.
func TestInsideMemory(t *testing.T) {
	long := strings.Repeat("x", 1_000_000)
	endorses := func(id string) any {
		return thing{"type": "EndorsementCredential", "credentialSubject": thing{"type": "EndorsementSubject", "id": id}}
	}
	issuer := verifytest.NewIssuer("did:web:issuer.example", keys.Ed25519)
	for name, edits := range map[string]thing{
		"a long id":         {"id": "urn:x:" + long, "endorsement": slices.Repeat([]any{endorses("urn:x:1")}, 4000)},
		"a long name":       {long: slices.Repeat([]any{endorses("urn:x:1")}, 4000)},
		"a long learner":    {"credentialSubject": thing{"id": "urn:x:" + long, "verifiableCredential": slices.Repeat([]any{thing{"credentialSubject": thing{"id": "urn:x:1"}}}, 4000)}},
		"much old evidence": {"evidence": slices.Repeat([]any{thing{"type": "Assertion"}}, 30_000)},
	} {
		c, err := vc.Parse(verifytest.Badge(issuer.ID, edits), vc.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for _, check := range badge.Policy(verify.UnsafeAnyIssuer()).Profile[1:] {
			if n := len(check.Inside(c).Credentials); n > 4096 {
				t.Errorf("%s: %d found", name, n)
			}
		}
		runtime.ReadMemStats(&after)
		if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 100 {
			t.Errorf("%s: %d MB", name, took)
		}
	}
}

// TestEndorsementMoved: a holder cannot take an endorsement that fails out of sight by moving it into one that is set
// aside, although a signature over statements holds as well.
func TestEndorsementMoved(t *testing.T) {
	p := newPlay(t)
	other := verifytest.NewIssuer("did:web:other.example", keys.Ed25519)
	aside := other.Sign(p.claims(badgeID, map[string]any{"id": "urn:uuid:1", "issuer": profileOf(other.ID)}), rdfc)
	failing := p.endorsement(badgeID, map[string]any{"validUntil": "2026-06-30T00:00:00Z"})
	signed := p.issuer.Sign(verifytest.Badge(p.issuer.ID, map[string]any{"endorsement": []any{json.RawMessage(aside), failing}}), rdfc)
	demands := badge.Demands{Endorsers: verify.IssuerSet(p.endorser.ID)}
	expect(t, p.judge(t, signed, demands), endorsements, "validity.expired")
	var c thing
	if err := json.Unmarshal(signed, &c); err != nil {
		t.Fatal(err)
	}
	all := c["endorsement"].([]any)
	subject := subjectOf(all[0].(thing))
	subject["type"], subject["endorsement"], c["endorsement"] = []any{"EndorsementSubject", "OpenBadgeCredential"}, all[1:], all[:1]
	moved, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	r := p.judge(t, moved, demands)
	expect(t, r, "proof", "")
	expect(t, r, "model", "model.restructured")
}
