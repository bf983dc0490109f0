package badge

import (
	"context"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
)

// conformance is the name of the profile's check in reports.
const conformance = "badge.conformance"

// Policy returns the policy that Open Badges 3.0 asks for, to be made stricter by setting its
// fields: the strict default of every built-in check, and the check "badge.conformance", which
// fails for every breach that [Conform] finds. Two deviations in circulation are warnings
// instead, since the published schemas disagree about them and the signed statement is the
// same: one bare value where the specification asks for an array, or an array of one where it
// asks for a value; and an additional property of a class that has none. The check also stands for
// the JSON Schemas of Open Badges at purl.imsglobal.org, which are then not fetched. For a credential that
// is no Open Badge, the check is skipped as absent.
func Policy(issuers verify.Issuers) verify.Policy {
	return verify.Policy{
		Issuers: issuers,
		Profile: []verify.ProfileCheck{{Name: conformance, Run: checkConformance, Schema: standsFor}},
	}
}

// checkConformance runs the check. It works on the credential alone and needs no context: its
// work is bounded by the size of the document.
func checkConformance(_ context.Context, c *vc.Credential) verify.Result {
	if badgeClass(c) == "" {
		return verify.Result{Check: conformance, Outcome: verify.Skipped, Reason: "absent"}
	}
	breaches, tolerated := conform(c)
	result := verify.Findings(conformance, breaches...)
	result.Warnings = verify.Findings(conformance, tolerated...).Problems
	return result
}
