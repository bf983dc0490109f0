package badge_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

const (
	v2Context  = "https://www.w3.org/ns/credentials/v2"
	v1Context  = "https://www.w3.org/2018/credentials/v1"
	clrContext = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
	ob303      = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
	rdfc       = "eddsa-rdfc-2022"

	badgeID       = "urn:uuid:8f3ea4a6-3a8c-4d0f-9a53-2f0b1a8f7c11"
	achievementID = "urn:uuid:0f0c9a8e-6c7b-4c55-8d6e-8d3f4b0f9d4e"
)

// play is an issuer, an endorser, and a verifier that finds their keys.
type play struct {
	host             *verifytest.Host
	verifier         *verify.Verifier
	issuer, endorser *verifytest.Issuer
}

func newPlay(t testing.TB) *play {
	t.Helper()
	p := &play{host: &verifytest.Host{}, issuer: verifytest.NewIssuer("did:web:issuer.example", keys.Ed25519), endorser: verifytest.NewIssuer("did:web:endorser.example", keys.Ed25519)}
	p.issuer.Publish(p.host)
	p.endorser.Publish(p.host)
	v, err := verify.New(verify.Config{Keys: keys.Default(p.host), Status: p.host, Schemas: p.host, Resources: p.host})
	if err != nil {
		t.Fatal(err)
	}
	p.verifier = v
	return p
}

// judge verifies a credential by the policy of these demands; any issuer will do.
func (p *play) judge(t testing.TB, data []byte, d badge.Demands) *verify.Report {
	t.Helper()
	policy := d.Policy(verify.UnsafeAnyIssuer())
	policy.At = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	b, err := badge.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	var r *verify.Report
	if b.Presentation() != nil {
		r, err = p.verifier.VerifyPresentation(t.Context(), b.Presentation(), policy)
	} else {
		r, err = p.verifier.Verify(t.Context(), b.Credential(), policy)
	}
	if r == nil || (err == nil) != (r.Verdict == verify.Valid) {
		t.Fatal(err)
	}
	return r
}

// claims is an endorsement before it is signed.
func (p *play) claims(about string, edits map[string]any) []byte {
	all := map[string]any{"id": "urn:uuid:5e5d6b8a-7f63-4a3d-8e0a-d3e2f1a0b9c8", "type": []string{"VerifiableCredential", "EndorsementCredential"}, "name": "Endorsement",
		"credentialSubject": map[string]any{"id": about, "type": []string{"EndorsementSubject"}, "endorsementComment": "Good."}}
	for name, v := range edits {
		all[name] = v
	}
	return verifytest.Badge(p.endorser.ID, all)
}

func (p *play) endorsement(about string, edits map[string]any) json.RawMessage {
	return p.endorser.Sign(p.claims(about, edits), rdfc)
}

func (p *play) token(about string, edits map[string]any) string {
	return string(p.endorser.SignJWT(verifytest.Claims(p.claims(about, edits)), "EdDSA", nil))
}

// thing is an object of a badge, for edits.
type thing = map[string]any

// edited is a badge with these changes, as a signed JWT.
func (p *play) edited(t testing.TB, edit func(c thing)) []byte {
	t.Helper()
	var c thing
	if err := json.Unmarshal(verifytest.Badge(p.issuer.ID, nil), &c); err != nil {
		t.Fatal(err)
	}
	edit(c)
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return p.issuer.SignJWT(verifytest.Claims(text), "EdDSA", nil)
}

// expect compares the check of a report with what must have come of it: "" for passed, else a code, or the
// reason of a skipped check.
func expect(t testing.TB, r *verify.Report, check, reason string) verify.Result {
	t.Helper()
	c, ok := r.Check(check)
	if !ok || c.Reason != reason || reason == "" && c.Outcome != verify.Passed {
		text, _ := json.Marshal(r.Checks)
		t.Errorf("check %s: %v %s, want %q: %s", check, c.Outcome, c.Reason, reason, text)
	}
	return c
}

const endorsements = "badge.endorsements"

func subjectOf(c thing) thing     { return c["credentialSubject"].(thing) }
func achievementOf(c thing) thing { return subjectOf(c)["achievement"].(thing) }
func profileOf(id string) thing   { return thing{"id": id, "type": []string{"Profile"}} }

// endorsedPlaces are where an endorsement may stand: what is endorsed there, and its id.
var endorsedPlaces = []struct {
	name, pointer string
	at            func(c thing) (holder thing, id string)
}{
	{"credential", "", func(c thing) (thing, string) { return c, badgeID }},
	{"issuer", "/issuer", func(c thing) (thing, string) { return c["issuer"].(thing), "did:web:issuer.example" }},
	{"achievement", "/credentialSubject/achievement", func(c thing) (thing, string) { return achievementOf(c), achievementID }},
	{"creator", "/credentialSubject/achievement/creator", func(c thing) (thing, string) {
		creator := profileOf("urn:x:creator")
		achievementOf(c)["creator"] = creator
		return creator, "urn:x:creator"
	}},
	{"source", "/credentialSubject/source", func(c thing) (thing, string) {
		source := profileOf("urn:x:source")
		subjectOf(c)["source"] = source
		return source, "urn:x:source"
	}},
	{"parent organization", "/issuer/parentOrg", func(c thing) (thing, string) {
		parent := profileOf("urn:x:parent")
		c["issuer"].(thing)["parentOrg"] = parent
		return parent, "urn:x:parent"
	}},
	{"parent of a parent", "/credentialSubject/source/parentOrg/parentOrg", func(c thing) (thing, string) {
		source, parent, grand := profileOf("urn:x:source"), profileOf("urn:x:parent"), profileOf("urn:x:grand")
		subjectOf(c)["source"], source["parentOrg"], parent["parentOrg"] = source, parent, grand
		return grand, "urn:x:grand"
	}},
}

// TestEndorsementPlaces: an endorsement counts wherever it stands, embedded or as a JWT, if it is about what it
// stands on, and fails the badge if it is about something else or does not hold.
func TestEndorsementPlaces(t *testing.T) {
	p := newPlay(t)
	expired := map[string]any{"validUntil": "2026-06-30T00:00:00Z"}
	for _, place := range endorsedPlaces {
		for name, tc := range map[string]struct {
			put    func(holder thing, id string)
			reason string
		}{
			"embedded": {func(h thing, id string) { h["endorsement"] = []any{p.endorsement(id, nil)} }, ""},
			"bare":     {func(h thing, id string) { h["endorsement"] = p.endorsement(id, nil) }, ""},
			"token":    {func(h thing, id string) { h["endorsementJwt"] = []any{p.token(id, nil)} }, ""},
			"both": {func(h thing, id string) {
				h["endorsement"], h["endorsementJwt"] = []any{p.endorsement(id, nil)}, []any{p.token(id, nil)}
			}, ""},
			"of another":     {func(h thing, _ string) { h["endorsement"] = []any{p.endorsement("urn:x:other", nil)} }, "endorsement.target"},
			"of nearly it":   {func(h thing, id string) { h["endorsement"] = []any{p.endorsement(id+"%20", nil)} }, "endorsement.target"},
			"token, another": {func(h thing, _ string) { h["endorsementJwt"] = []any{p.token("urn:x:other", nil)} }, "endorsement.target"},
			"expired":        {func(h thing, id string) { h["endorsement"] = []any{p.endorsement(id, expired)} }, "validity.expired"},
			"token, expired": {func(h thing, id string) { h["endorsementJwt"] = []any{p.token(id, expired)} }, "validity.expired"},
			"second expired": {func(h thing, id string) { h["endorsement"] = []any{p.endorsement(id, nil), p.endorsement(id, expired)} }, "validity.expired"},
		} {
			t.Run(place.name+"/"+name, func(t *testing.T) {
				r := p.judge(t, p.edited(t, func(c thing) { tc.put(place.at(c)) }), badge.Demands{})
				expect(t, r, endorsements, tc.reason)
				if tc.reason == "" != (r.Verdict == verify.Valid) {
					t.Errorf("verdict %v", r.Verdict)
				}
				for _, n := range r.Credentials {
					if !strings.HasPrefix(n.Pointer, place.pointer+"/endorsement") || n.Within != endorsements {
						t.Errorf("one at %q within %q", n.Pointer, n.Within)
					}
				}
				if len(r.Credentials) == 0 {
					t.Error("nothing was judged")
				}
			})
		}
	}
}

// TestEndorsementEmbedded is the same for a badge with an embedded proof, to which nobody can add an endorsement
// that the proof does not cover.
func TestEndorsementEmbedded(t *testing.T) {
	p := newPlay(t)
	plain := p.issuer.Sign(verifytest.Badge(p.issuer.ID, nil), rdfc)
	expect(t, p.judge(t, plain, badge.Demands{}), endorsements, "absent")
	with := func(name string, v any) []byte {
		return p.issuer.Sign(verifytest.Badge(p.issuer.ID, map[string]any{name: v}), rdfc)
	}
	for _, reason := range []string{"", "endorsement.target"} {
		about := badgeID + strings.TrimPrefix(reason, "endorsement")
		expect(t, p.judge(t, with("endorsement", []any{p.endorsement(about, nil)}), badge.Demands{}), endorsements, reason)
		expect(t, p.judge(t, with("endorsementJwt", []any{p.token(about, nil)}), badge.Demands{}), endorsements, reason)
	}
	for _, added := range []string{`"endorsementJwt":["` + p.token(badgeID, nil) + `"]`, `"endorsementJwt":["a.b.c"]`} {
		r := p.judge(t, []byte("{"+added+","+string(plain[1:])), badge.Demands{})
		expect(t, r, "proof", "jsonld.undefined_term")
		expect(t, r, endorsements, "blocked")
	}
}

// TestEndorsementTypes: what stands in the place of an endorsement has to be one.
func TestEndorsementTypes(t *testing.T) {
	p := newPlay(t)
	subject := func(v any) map[string]any { return map[string]any{"credentialSubject": v} }
	endorses := thing{"id": badgeID, "type": []string{"EndorsementSubject"}}
	for name, tc := range map[string]struct {
		value  any
		reason string
	}{
		"an endorsement":              {p.endorsement(badgeID, nil), ""},
		"a badge":                     {json.RawMessage(p.endorser.Sign(verifytest.Badge(p.endorser.ID, map[string]any{"id": "urn:uuid:1"}), rdfc)), "endorsement.type"},
		"no endorsement by its type":  {p.endorsement(badgeID, map[string]any{"type": []string{"VerifiableCredential"}}), "endorsement.type"},
		"no endorsement's subject":    {p.endorsement(badgeID, subject(thing{"id": badgeID})), "endorsement.type"},
		"one subject of two":          {p.endorsement(badgeID, subject([]any{endorses, thing{"id": badgeID}})), "endorsement.type"},
		"two subjects, one another":   {p.endorsement(badgeID, subject([]any{endorses, thing{"id": "urn:x:other", "type": []string{"EndorsementSubject"}}})), "endorsement.target"},
		"a subject without an id":     {p.endorsement(badgeID, subject(thing{"type": []string{"EndorsementSubject"}})), "endorsement.target"},
		"no subject":                  {p.endorsement(badgeID, subject(nil)), "endorsement.target"},
		"a link":                      {"https://endorser.example/1", "jwt.syntax"},
		"a JWT":                       {p.token(badgeID, nil), ""},
		"an endorsement as a string":  {string(p.endorsement(badgeID, nil)), "model.value"},
		"a number":                    {1, "model.type"},
		"an object that says nothing": {thing{}, "endorsement.type"},
	} {
		t.Run(name, func(t *testing.T) {
			r := p.judge(t, p.edited(t, func(c thing) { c["endorsement"] = []any{tc.value} }), badge.Demands{})
			expect(t, r, endorsements, tc.reason)
		})
	}
	nameless := p.edited(t, func(c thing) {
		source := thing{"type": []string{"Profile"}, "endorsement": []any{p.endorsement("urn:x:source", nil)}}
		subjectOf(c)["source"] = source
	})
	expect(t, p.judge(t, nameless, badge.Demands{}), endorsements, "endorsement.target")
}

// TestEndorsementElsewhere: an EndorsementCredential is judged wherever it stands, and what is none is left alone
// where endorsement is no term of Open Badges.
func TestEndorsementElsewhere(t *testing.T) {
	p := newPlay(t)
	expired := map[string]any{"validUntil": "2026-06-30T00:00:00Z"}
	put := func(v any) func(thing) { return func(c thing) { c["evidence"] = []any{v} } }
	for name, tc := range map[string]struct {
		edit   func(thing)
		reason string
	}{
		"in evidence":          {put(p.endorsement("urn:x:anything", nil)), ""},
		"in evidence, expired": {put(p.endorsement("urn:x:anything", expired)), "validity.expired"},
		"of evidence":          {put(thing{"id": "urn:x:e", "type": []string{"Evidence"}, "endorsement": p.endorsement("urn:x:e", nil)}), ""},
		"of evidence, another": {put(thing{"id": "urn:x:e", "type": []string{"Evidence"}, "endorsement": p.endorsement("urn:x:f", nil)}), "endorsement.target"},
		"another word":         {put(thing{"id": "urn:x:e", "type": []string{"Evidence"}, "endorsement": "motorcycle"}), "absent"},
		"another object":       {put(thing{"id": "urn:x:e", "type": []string{"Evidence"}, "endorsement": thing{"class": "A"}}), "absent"},
		"a badge in evidence":  {put(json.RawMessage(p.issuer.Sign(verifytest.Badge(p.issuer.ID, map[string]any{"id": "urn:uuid:1", "endorsement": p.endorsement("urn:x:z", expired)}), rdfc))), "absent"},
		"in a context":         {func(c thing) { c["proof"] = thing{"type": "X", "endorsement": p.endorsement(badgeID, expired)} }, "absent"},
		"licence, no open badge": {func(c thing) {
			c["type"], c["endorsement"] = []string{"VerifiableCredential"}, thing{"class": "A"}
			subjectOf(c)["type"] = "Driver"
		}, "absent"},
		"twin, an open badge": {func(c thing) { c["endorsement"] = thing{"class": "A"} }, "endorsement.type"},
	} {
		t.Run(name, func(t *testing.T) {
			expect(t, p.judge(t, p.edited(t, tc.edit), badge.Demands{}), endorsements, tc.reason)
		})
	}
}

// TestEndorsementOld: an endorsement of data model 1.1 has its subject in a claim of its JWT, and the badge that it
// is about its id.
func TestEndorsementOld(t *testing.T) {
	p := newPlay(t)
	sign := func(by *verifytest.Issuer, c thing, claims thing) string {
		claims["vc"], claims["iss"], claims["nbf"] = c, by.ID, 1767225600
		text, _ := json.Marshal(claims)
		return string(by.SignJWT(text, "EdDSA", nil))
	}
	old := func(about string) string {
		return sign(p.endorser, thing{"@context": []string{v1Context, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"}, "type": []string{"VerifiableCredential", "EndorsementCredential"},
			"name": "Endorsement", "issuer": profileOf(p.endorser.ID), "issuanceDate": "2026-01-01T00:00:00Z", "credentialSubject": thing{"type": []string{"EndorsementSubject"}}}, thing{"jti": "urn:uuid:e", "sub": about})
	}
	badgeOf := func(about string) []byte {
		return []byte(sign(p.issuer, thing{"@context": []string{v1Context, ob303}, "type": []string{"VerifiableCredential", "OpenBadgeCredential"}, "name": "Badge",
			"issuer": profileOf(p.issuer.ID), "issuanceDate": "2026-01-01T00:00:00Z", "endorsementJwt": []string{old(about)}, "credentialSubject": thing{"type": []string{"AchievementSubject"}, "achievement": thing{
				"id": achievementID, "type": []string{"Achievement"}, "name": "A", "description": "A", "criteria": thing{"narrative": "A"}}}}, thing{"jti": badgeID, "sub": "did:example:ada"}))
	}
	r := p.judge(t, badgeOf(badgeID), badge.Demands{})
	expect(t, r, endorsements, "")
	if r.Verdict != verify.Valid || r.Credentials[0].Pointer != "/vc/endorsementJwt/0" {
		t.Errorf("verdict %v, one at %q", r.Verdict, r.Credentials[0].Pointer)
	}
	expect(t, p.judge(t, badgeOf("urn:x:other"), badge.Demands{}), endorsements, "endorsement.target")
}

// TestEndorsementsOfEndorsers: an endorser may be endorsed as well, and is judged by the same rules.
func TestEndorsementsOfEndorsers(t *testing.T) {
	p := newPlay(t)
	for reason, about := range map[string]string{"": p.endorser.ID, "endorsement.target": "urn:x:other"} {
		issuer := profileOf(p.endorser.ID)
		issuer["endorsement"] = []any{json.RawMessage(p.issuer.Sign(p.claims(about, map[string]any{"id": "urn:uuid:1", "issuer": profileOf(p.issuer.ID)}), rdfc))}
		r := p.judge(t, p.edited(t, func(c thing) { c["endorsement"] = []any{p.endorsement(badgeID, map[string]any{"issuer": issuer})} }), badge.Demands{})
		expect(t, r, endorsements, reason)
		expect(t, r.Credentials[0], endorsements, reason)
		if n := r.Credentials[0].Credentials; len(n) != 1 || n[0].Pointer != "/issuer/endorsement/0" {
			t.Errorf("inside the endorsement: %v", n)
		}
	}
}

// TestEndorserUnbound: anybody's endorsement counts, but only one by whom it names.
func TestEndorserUnbound(t *testing.T) {
	p := newPlay(t)
	mallory := verifytest.NewIssuer("did:web:mallory.example", keys.Ed25519)
	mallory.Publish(p.host)
	lost := verifytest.NewIssuer("did:web:gone.example", keys.Ed25519)
	for name, tc := range map[string]struct {
		endorsement []byte
		verdict     verify.Verdict
		reason      string
	}{
		"forged":       {mallory.Sign(p.claims(badgeID, nil), rdfc), verify.Invalid, "proof.controller"},
		"unresolvable": {lost.Sign(p.claims(badgeID, map[string]any{"issuer": profileOf(lost.ID)}), rdfc), verify.Indeterminate, "key.unresolved"},
		"unsigned":     {p.claims(badgeID, nil), verify.Invalid, "proof.missing"},
		"by itself":    {p.issuer.Sign(p.claims(badgeID, map[string]any{"issuer": profileOf(p.issuer.ID)}), rdfc), verify.Valid, ""},
	} {
		r := p.judge(t, p.edited(t, func(c thing) { c["endorsement"] = []any{json.RawMessage(tc.endorsement)} }), badge.Demands{})
		expect(t, r, endorsements, tc.reason)
		if r.Verdict != tc.verdict {
			t.Errorf("%s: verdict %v", name, r.Verdict)
		}
	}
	// An unsigned one is not what the issuer says either: to endorse is for somebody who signs.
	own := p.edited(t, func(c thing) {
		c["endorsement"] = []any{json.RawMessage(p.claims(badgeID, map[string]any{"issuer": profileOf(p.issuer.ID)}))}
	})
	expect(t, p.judge(t, own, badge.Demands{}), endorsements, "proof.missing")
}

// TestEndorsementConformance: an endorsement has to conform to its own class.
func TestEndorsementConformance(t *testing.T) {
	p := newPlay(t)
	nameless := p.edited(t, func(c thing) { c["endorsement"] = []any{p.endorsement(badgeID, map[string]any{"name": nil})} })
	expect(t, p.judge(t, nameless, badge.Demands{}), endorsements, "badge.missing")
}

// TestEndorsementPresented: the endorsements of a presented badge are judged.
func TestEndorsementPresented(t *testing.T) {
	p := newPlay(t)
	for reason, about := range map[string]string{"": badgeID, "endorsement.target": "urn:x:other"} {
		signed := p.issuer.Sign(verifytest.Badge(p.issuer.ID, map[string]any{"endorsement": []any{p.endorsement(about, nil)}}), rdfc)
		r := p.judge(t, verifytest.Presentation("did:example:ada", nil, signed), badge.Demands{})
		expect(t, r, "credentials", reason)
		expect(t, r.Credentials[0], endorsements, reason)
	}
}

// TestEndorsementNumber: however many there are, the number that is looked at is bounded.
func TestEndorsementNumber(t *testing.T) {
	p := newPlay(t)
	tokens := func(n int) []byte {
		return p.edited(t, func(c thing) { c["endorsementJwt"] = slices.Repeat([]string{"a.b.c"}, n) })
	}
	inside := badge.Policy(verify.UnsafeAnyIssuer()).Profile[1].Inside
	for n, over := range map[int]bool{4096: false, 5000: true} {
		c, err := vc.Parse(tokens(n), vc.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		found := inside(c)
		if len(found.Credentials) != 4096 || len(found.Against) > 0 != over || over && found.Against[0].Code != "budget" {
			t.Errorf("%d: %d found, %v", n, len(found.Credentials), found.Against)
		}
	}
}
