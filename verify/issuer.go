package verify

import "github.com/badgeproof/badgeproof/vc/strict"

// Parts of the issuer check. Both are in every result of it that is not blocked as a whole: whom the policy trusts, and
// whether the key is that issuer's, are two questions.
const (
	partTrust   = "issuer.trust"
	partBinding = "issuer.binding"
)

// trust checks whether the policy trusts the issuer that the credential names.
func (r *run) trust() Result {
	switch {
	case r.p.Issuers.any:
		return skipped(partTrust, reasonNotAsked)
	case r.p.Issuers.Has(r.c.Issuer()):
		return passed(partTrust)
	}
	return Findings(partTrust, problem("issuer.untrusted", r.issuerPlace(),
		"the credential was issued by "+quoteOr(r.c.Issuer(), "nobody")+", who is not among the trusted issuers"))
}

// issuer puts the check of the issuer together: whether the policy trusts it, and whether the key
// that signed is the issuer's. A key that somebody else controls fails it even where the signature
// could not be checked.
func (r *run) issuer(trust Result, attempts []attempt) Result {
	return issuerResult(trust, r.bound(attempts))
}

// issuerResult makes one result of the two parts: what stands against either stands against the issuer, and where one is
// skipped and the other passed, the check is skipped for the same reason.
func issuerResult(trust, binding Result) Result {
	result := passed(checkIssuer)
	result.Parts = []Result{trust, binding}
	for _, part := range result.Parts {
		for _, p := range part.Problems {
			result.add(p)
		}
	}
	if result.Outcome == Passed {
		for _, part := range result.Parts {
			if part.Outcome == Skipped {
				result.Outcome, result.Reason = Skipped, part.Reason
			}
		}
	}
	return result
}

// bound judges the binding of the proofs that verified: the strongest of them counts ([Policy.Binding] is the weakest
// that suffices). A proof whose key somebody else controls is left out, and is a failure where no other one verified.
// A binding that is too weak is undecided (issuer.unbound): the signature is right, and nothing ties the key to the issuer.
func (r *run) bound(attempts []attempt) Result {
	best, seen := Unbound, false
	var contradiction, unbound *strict.Error
	for _, a := range attempts {
		if a.contradiction != nil && contradiction == nil {
			contradiction = a.contradiction
		}
		if a.result.Outcome == Passed && a.contradiction == nil {
			seen = true
			best = max(best, a.binding)
			if a.unbound != nil {
				unbound = a.unbound
			}
		}
	}
	switch {
	case seen && best >= r.p.Binding.demand():
		return passed(partBinding)
	case seen && unbound != nil:
		return Findings(partBinding, unbound)
	case seen:
		return Findings(partBinding, problem("issuer.unbound", r.issuerPlace(),
			"the key is tied to the issuer as "+best.String()+" only, and the policy asks for "+r.p.Binding.demand().String()))
	case contradiction != nil:
		return Findings(partBinding, contradiction)
	}
	return skipped(partBinding, reasonBlocked)
}

// strongest is the binding for [Report.Binding]; [Unbound] where no proof verified.
func strongest(attempts []attempt) Binding {
	best := Unbound
	for _, a := range attempts {
		if a.result.Outcome == Passed && a.contradiction == nil {
			best = max(best, a.binding)
		}
	}
	return best
}
