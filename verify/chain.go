package verify

import (
	"slices"

	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/suites"
)

// chain is what the previousProof members of a credential's proofs refer to (VC Data Integrity 1.0
// sections 2.1.2 and 4.5). The zero chain is that of proofs that refer to none.
type chain struct {
	proofs   []strict.Value
	previous [][]int // places of the proofs that each refers to
	errs     []error // of references that lead nowhere, or back
}

func newChain(proofs []strict.Value) chain {
	if !slices.ContainsFunc(proofs, func(p strict.Value) bool { return p.Get("previousProof").Exists() }) {
		return chain{}
	}
	previous, errs := suites.Chain(proofs)
	return chain{proofs, previous, errs}
}

// before returns the proofs that proof i refers to, or what is wrong with its references.
func (c chain) before(i int) ([]strict.Value, error) {
	if c.proofs == nil {
		return nil, nil
	}
	var out []strict.Value
	for _, j := range c.previous[i] {
		out = append(out, c.proofs[j])
	}
	return out, c.errs[i]
}

// settle makes each proof count only if those that it refers to do, directly or by way of others. A
// proof that was made over one that fails fails with it; over one that could not be checked, it is
// undecided for the same reason.
func (c chain) settle(attempts []attempt) {
	done := make([]bool, len(c.proofs))
	for i := range c.proofs {
		c.settleOne(attempts, done, i)
	}
}

// settleOne settles proof i after those that it refers to. No reference leads back to where it came from:
// those are errors, and their proofs have no previous ones.
func (c chain) settleOne(attempts []attempt, done []bool, i int) {
	if done[i] || c.errs[i] != nil {
		return
	}
	done[i] = true
	a := &attempts[i]
	for _, j := range c.previous[i] {
		c.settleOne(attempts, done, j)
		before := attempts[j].result
		if a.result.Outcome != Passed || before.Outcome == Passed {
			continue
		}
		code, detail := "proof.chain", "the proof was made over another proof, which did not verify"
		if before.Outcome == Undecided {
			code, detail = before.Reason, "the proof was made over another proof, which could not be checked"
		}
		a.result = part(a.result.Suite, problem(code, c.proofs[i].Pointer()+"/previousProof", detail))
	}
}
