package badge

import (
	"context"
	"slices"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
)

// Names of the profile's checks in reports.
const (
	conformance       = "badge.conformance"
	checkEndorsements = "badge.endorsements"
	checkCredentials  = "clr.credentials"
)

// Demands are the choices that the profile of Open Badges leaves to a caller. Every zero value is the strict
// setting. What a caller demands of any credential is in [verify.Policy].
type Demands struct {
	// Endorsements says how the check "badge.endorsements" counts. By default every endorsement has to be
	// valid; with [verify.Required] there must be one that counts, on the credential, its issuer or a part of it
	// that the specification lets be endorsed. An endorsement names what it is about by an id, and of these only that
	// of the issuer is one that nobody else can use: who asks for an endorsement has to trust the issuer as well.
	Endorsements verify.Level
	// Endorsers are those whose endorsements count. One by somebody else is told in the report, and neither
	// judged nor looked up. The zero value stands for everybody whose key is bound to the name.
	Endorsers verify.Issuers
	// Credentials says how the check "clr.credentials" counts. That a credential is about another id than the
	// learner's is a warning, badge.learner, since one person may have several.
	Credentials verify.Level
	// Inner are the issuers of the credentials in a CLR who are trusted. The zero value stands for the issuers of
	// the policy.
	Inner verify.Issuers
}

// Policy returns the policy that Open Badges 3.0 and CLR 2.0 ask for: that of no further [Demands].
func Policy(issuers verify.Issuers) verify.Policy { return Demands{}.Policy(issuers) }

// Policy returns the policy that Open Badges 3.0 and CLR 2.0 ask for, to be made stricter by setting its
// fields: the strict default of every built-in check, and three checks of the profile.
//
// The check "badge.conformance" fails for every breach that [Conform] finds. Deviations in circulation are
// warnings instead, unless [verify.Policy.Strict] is set: one bare value where the specification asks for an
// array, or an array of one where it asks for a value; an additional property of a class that has none; the
// context of Open Badges further back than second; a kind of achievement of the issuer's own without its prefix; and
// what leaves no doubt about what is said, such as a rubric level of another result description. What the
// specification recommends, and results below what the achievement requires, are warnings always. The check also stands for
// the JSON Schemas of Open Badges at purl.imsglobal.org, which are then not fetched. For a credential that
// is no Open Badge, the check is skipped as absent.
//
// The check "badge.endorsements" judges every endorsement in the credential as a credential of its own, by the same
// policy; one that fails, or is about something else than what it stands on, fails the badge, and one that is
// undecided leaves it undecided. The check "clr.credentials" does so with the credentials in a CLR. Reports about
// all of them are in [verify.Report.Credentials].
func (d Demands) Policy(issuers verify.Issuers) verify.Policy {
	return verify.Policy{
		Issuers: issuers,
		Profile: []verify.ProfileCheck{
			{Name: conformance, Run: checkConformance, Schema: standsFor},
			{Name: checkEndorsements, Inside: d.endorsementsIn},
			{Name: checkCredentials, Inside: d.credentialsIn},
		},
	}
}

// checkConformance runs the check. It works on the credential alone and needs no context: its
// work is bounded by the size of the document. A strict policy takes what is otherwise tolerated for what it is, a
// breach; what is no breach stays a warning.
func checkConformance(_ context.Context, c *vc.Credential, p verify.Policy) verify.Result {
	if badgeClass(c) == "" {
		return verify.Result{Check: conformance, Outcome: verify.Skipped, Reason: "absent"}
	}
	breaches, tolerated, advice := conform(c)
	if p.Strict {
		breaches, tolerated = inOrder(slices.Concat(breaches, tolerated)), nil
	}
	result := verify.Findings(conformance, breaches...)
	result.Warnings = verify.Findings(conformance, inOrder(slices.Concat(tolerated, advice))...).Problems
	return result
}
