package verify

import (
	"context"
	"slices"
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// needed puts proofs together where the policy says which ones it needs ([Policy.MinProofs] and
// [Policy.Methods]). Proofs beside those may fail: what is wrong with them is a warning then. A proof
// that is repeated counts once, and for the number only those of the issuer's own keys count, since
// anybody can add a proof of theirs to a set.
func (r *run) needed(ctx context.Context, attempts []attempt) Result {
	result := Result{Check: checkProof, Outcome: Passed}
	for _, a := range attempts {
		result.Parts = append(result.Parts, a.result)
	}
	lacks := append(r.tooFew(attempts), r.missing(attempts)...)
	for _, f := range lacks {
		result.add(newProblem(f))
	}
	for _, a := range attempts {
		for _, p := range a.result.Problems {
			switch {
			case len(lacks) == 0:
				result.Warnings = append(result.Warnings, wholeCredential(p))
			case a.result.Outcome == Undecided || result.Outcome == Failed:
				result.add(wholeCredential(p))
			}
		}
	}
	if result.Outcome == Failed {
		result.Hints = r.causes(ctx, attempts)
	}
	return result
}

// tooFew counts the methods of the issuer that made a proof that verifies.
func (r *run) tooFew(attempts []attempt) []*strict.Error {
	good, open := map[string]bool{}, map[string]bool{}
	for _, a := range attempts {
		switch own := a.contradiction == nil && a.binding >= r.p.Binding.demand(); {
		case a.result.Outcome == Passed && own:
			good[a.method] = true
		case a.result.Outcome == Undecided && a.contradiction == nil:
			open[a.method] = true
		}
	}
	for method := range good {
		delete(open, method)
	}
	if len(good) >= r.p.MinProofs {
		return nil
	}
	return []*strict.Error{short(len(good)+len(open) >= r.p.MinProofs, r.place("proof"),
		"the policy needs proofs by "+strconv.Itoa(r.p.MinProofs)+" verification methods of the issuer, and "+strconv.Itoa(len(good))+" verify")}
}

// missing lists the methods that the policy names and that made no proof that verifies.
func (r *run) missing(attempts []attempt) (found []*strict.Error) {
	for _, method := range r.p.Methods {
		by := func(o Outcome) bool {
			return slices.ContainsFunc(attempts, func(a attempt) bool { return a.method == method && a.result.Outcome == o })
		}
		if !by(Passed) {
			found = append(found, short(by(Undecided), r.place("proof"), "the policy needs a proof by "+method+", and none verifies"))
		}
	}
	return found
}

// short says that a proof which the policy needs is not there, or, if it may yet turn out good, that
// nobody knows.
func short(open bool, pointer, detail string) *strict.Error {
	code := "proof.too_few"
	if open {
		code = "proof.open"
	}
	return problem(code, pointer, detail)
}
