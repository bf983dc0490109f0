package badge_test

import (
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
)

// inProfile asks a check of the profile what stands inside a credential.
func inProfile(t *testing.T, name, document string) verify.Nested {
	t.Helper()
	c, err := vc.Parse([]byte(document), vc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range badge.Policy(verify.UnsafeAnyIssuer()).Profile {
		if p.Name == name {
			return p.Inside(c)
		}
	}
	t.Fatal("there is no check " + name)
	return verify.Nested{}
}

// speaks is an endorsement of something.
func speaks(id string) string {
	return `{"@context":["https://www.w3.org/ns/credentials/v2","` + ob303 + `"],"type":["VerifiableCredential","EndorsementCredential"],"issuer":"urn:x:e","credentialSubject":{` + id + `"type":["EndorsementSubject"]}}`
}

// TestEndorsementHolders: what is found as an endorsement wherever one may stand, and what it counts for there.
func TestEndorsementHolders(t *testing.T) {
	const ob, clr, plain = `"VerifiableCredential","OpenBadgeCredential"`, `"VerifiableCredential","ClrCredential"`, `"VerifiableCredential"`
	about, other, nothing := speaks(`"id":"urn:x:1",`), speaks(`"id":"urn:x:2",`), speaks("")
	for name, tc := range map[string]struct {
		types, members string
		found          int
		code           string
		extra          bool
	}{
		"on the badge":                      {ob, `"id":"urn:x:1","endorsement":[` + about + `]`, 1, "", false},
		"on the badge, of another":          {ob, `"id":"urn:x:1","endorsement":[` + other + `]`, 1, "endorsement.target", false},
		"on a record":                       {clr, `"id":"urn:x:1","endorsement":[` + about + `]`, 1, "", false},
		"on a record, of no type":           {clr, `"id":"urn:x:1","endorsement":[{"name":"x"}]`, 1, "-", false},
		"on a badge, of no type":            {ob, `"id":"urn:x:1","endorsement":[{"name":"x"}]`, 1, "-", false},
		"on another, of no type":            {plain, `"id":"urn:x:1","endorsement":[{"name":"x"}]`, 0, "", false},
		"on another, within what is none":   {plain, `"id":"urn:x:1","endorsement":[{"more":` + about + `}]`, 1, "", true},
		"on another, a token":               {plain, `"id":"urn:x:1","endorsementJwt":["a.b.c"]`, 1, "-", false},
		"on another, only a credential":     {plain, `"id":"urn:x:1","endorsement":[{"type":"VerifiableCredential"}]`, 1, "-", false},
		"on another, an envelope":           {plain, `"id":"urn:x:1","endorsement":[{"type":"EnvelopedVerifiableCredential","id":"data:application/vc+jwt,a.b.c"}]`, 1, "-", false},
		"on the issuer, without a type":     {ob, `"id":"urn:x:9","issuer":{"id":"urn:x:1","endorsement":[` + about + `]}`, 1, "", false},
		"on the issuer, of another":         {ob, `"id":"urn:x:9","issuer":{"id":"urn:x:1","endorsement":[` + other + `]}`, 1, "endorsement.target", false},
		"on an achievement without an id":   {ob, `"credentialSubject":{"achievement":{"type":["Achievement"],"endorsement":[` + about + `]}}`, 1, "endorsement.target", false},
		"of nothing, on nothing":            {ob, `"credentialSubject":{"achievement":{"type":["Achievement"],"endorsement":[` + nothing + `]}}`, 1, "endorsement.target", false},
		"on an achievement":                 {ob, `"credentialSubject":{"achievement":{"id":"urn:x:1","type":["Achievement"],"endorsement":[` + about + `]}}`, 1, "", false},
		"on one that is no part":            {ob, `"more":{"id":"urn:x:1","type":["Achievement"],"endorsement":[` + about + `]}`, 1, "", true},
		"on one far within what is no part": {ob, `"more":{"achievement":{"id":"urn:x:1","type":["Achievement"],"endorsement":[` + about + `]}}`, 1, "", true},
		"in a presentation in it":           {ob, `"more":{"type":"VerifiablePresentation","x":` + about + `}`, 0, "", false},
		"in an envelope in it":              {ob, `"more":{"type":"EnvelopedVerifiableCredential","x":` + about + `}`, 0, "", false},
		"in a credential in it":             {ob, `"more":{"type":"VerifiableCredential","x":` + about + `}`, 0, "", false},
		"in a part that calls itself one":   {ob, `"credentialSubject":{"achievement":{"id":"urn:x:1","type":["VerifiablePresentation","Achievement"],"endorsement":[` + about + `]}}`, 1, "", false},
		"where nothing is endorsed":         {ob, `"more":[` + about + `]`, 1, "", true},
	} {
		found := inProfile(t, endorsements, `{"@context":["https://www.w3.org/ns/credentials/v2","`+ob303+`"],"type":[`+tc.types+`],`+tc.members+`}`)
		if len(found.Credentials) != tc.found || len(found.Against) != 0 {
			t.Errorf("%s: found %+v", name, found)
			continue
		}
		for _, c := range found.Credentials {
			code := ""
			if c.Err != nil {
				code = "-"
			}
			for _, a := range c.Against {
				code = a.Code
			}
			if tc.code == "-" { // what is no endorsement is judged, and fails by one code or another
				if c.Err == nil && code != "endorsement.type" {
					t.Errorf("%s: %+v", name, c)
				}
			} else if code != tc.code || c.Extra != tc.extra {
				t.Errorf("%s: code %q, extra %v", name, code, c.Extra)
			}
		}
	}
}

// outsider is a recipient of somebody else's, which answers as it was told.
type outsider verify.Result

func (o outsider) Match(*vc.Credential) verify.Result { return verify.Result(o) }

// TestAnyOfOrder: of several answers, a match counts, then a mismatch, then an open question, in whatever order they come.
// An answer that is neither of them is no match.
func TestAnyOfOrder(t *testing.T) {
	c := open(t, `{"credentialSubject":{"id":"did:example:ada"}}`).Credential()
	match, mismatch, unnamed := badge.ID("did:example:ada"), badge.ID("did:example:eve"), badge.Email("a@example.com")
	silent, doubtful := outsider{Outcome: verify.Skipped}, outsider{Outcome: verify.Passed, Problems: []verify.Problem{{Code: "recipient.mismatch"}}}
	for name, tc := range map[string]struct {
		all     []verify.Recipient
		outcome verify.Outcome
		reason  string
	}{
		"a match first":         {[]verify.Recipient{match, mismatch, unnamed}, verify.Passed, ""},
		"a match last":          {[]verify.Recipient{unnamed, mismatch, match}, verify.Passed, ""},
		"a mismatch first":      {[]verify.Recipient{mismatch, unnamed}, verify.Failed, "recipient.mismatch"},
		"a mismatch last":       {[]verify.Recipient{unnamed, mismatch}, verify.Failed, "recipient.mismatch"},
		"a mismatch in between": {[]verify.Recipient{unnamed, mismatch, unnamed}, verify.Failed, "recipient.mismatch"},
		"none named":            {[]verify.Recipient{unnamed, unnamed}, verify.Undecided, "recipient.unidentified"},
		"nobody":                {nil, verify.Undecided, "recipient.unidentified"},
		"silence, a mismatch":   {[]verify.Recipient{silent, mismatch}, verify.Failed, "recipient.mismatch"},
		"a mismatch, silence":   {[]verify.Recipient{mismatch, silent}, verify.Failed, "recipient.mismatch"},
		"silence, a match":      {[]verify.Recipient{silent, match}, verify.Passed, ""},
		"doubt, a mismatch":     {[]verify.Recipient{doubtful, mismatch}, verify.Failed, "recipient.mismatch"},
	} {
		if r := badge.AnyOf(tc.all...).Match(c); r.Outcome != tc.outcome || r.Reason != tc.reason || len(r.Problems) != 0 && tc.outcome == verify.Passed {
			t.Errorf("%s: %+v", name, r)
		}
	}
	// One that knows verifiable credentials only leaves a badge of Open Badges 2.0 open, in AnyOf as well as alone.
	w := newOlderWorld()
	p := trusting()
	for _, tc := range []struct {
		who     verify.Recipient
		verdict verify.Verdict
		code    string
	}{
		{badge.AnyOf(outsider{Outcome: verify.Undecided, Reason: "recipient.unidentified", Problems: []verify.Problem{{Code: "recipient.unidentified"}}}), verify.Indeterminate, "recipient.unidentified"},
		{badge.AnyOf(outsider{}, badge.Email(ada)), verify.Valid, ""},
	} {
		p.Recipient = tc.who
		_, r := w.judge(t, text(t, w.assertion), p)
		wantOlder(t, r, tc.verdict, "recipient", tc.code)
	}
}
