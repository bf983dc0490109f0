package policies

import (
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/verify"
)

// Checks that the waiver touches, by their names in reports.
const (
	checkIssuer      = "issuer"
	checkCredentials = "credentials"
)

// Apply returns the report as this policy sees it: the report itself or, where the policy does not count the
// check of the issuer, a copy in which that check is switched off, with what it found as warnings, and the
// verdicts are made again from what is left; so are those of the credentials in a presentation. The check says so, and
// that of a presentation's credentials. What could not be checked because the issuer's check had failed stays open.
func (n *Named) Apply(r *verify.Report) *verify.Report {
	if !n.unbound || r == nil {
		return r
	}
	out := *r
	out.Checks = slices.Clone(r.Checks)
	out.Credentials = slices.Clone(r.Credentials)
	var presented []*verify.Report
	for i, inner := range r.Credentials {
		if inner.Within == checkCredentials || inner.Within == "" {
			out.Credentials[i] = n.Apply(inner)
			presented = append(presented, out.Credentials[i])
		}
	}
	for i := range out.Checks {
		switch c := &out.Checks[i]; c.Check {
		case checkIssuer:
			waive(c, n.Note)
		case checkCredentials:
			again(c, presented)
			c.Hints = append(slices.Clone(c.Hints), n.Note)
		}
	}
	out.Verdict = decide(&out)
	return &out
}

// waive switches a check off and keeps what it found.
func waive(c *verify.Result, note string) {
	c.Warnings = append(slices.Clone(c.Warnings), c.Problems...)
	c.Hints = append(slices.Clone(c.Hints), note)
	c.Outcome, c.Reason, c.Problems = verify.Skipped, "off", nil
}

// again makes the check of the credentials in a presentation from the reports about them: the problems of those
// that are valid now go, and the rest stays.
func again(c *verify.Result, inner []*verify.Report) {
	if len(inner) == 0 {
		return
	}
	left := c.Problems
	c.Outcome, c.Reason, c.Problems = verify.Passed, "", nil
	for _, p := range left {
		if slices.ContainsFunc(inner, func(r *verify.Report) bool { return r.Verdict != verify.Valid && has(r, p) }) {
			c.Problems = append(c.Problems, p)
		}
	}
	for _, r := range inner {
		switch {
		case r.Verdict == verify.Invalid:
			c.Outcome = verify.Failed
		case r.Verdict == verify.Indeterminate && c.Outcome == verify.Passed:
			c.Outcome = verify.Undecided
		}
	}
	if len(c.Problems) > 0 {
		c.Reason = c.Problems[0].Code
	}
}

// has reports whether the problem of a presentation repeats one of a credential in it.
func has(r *verify.Report, p verify.Problem) bool {
	return slices.ContainsFunc(r.Checks, func(c verify.Result) bool {
		return slices.ContainsFunc(c.Problems, func(q verify.Problem) bool {
			return q.Code == p.Code && strings.HasSuffix(p.Detail, q.Detail)
		})
	})
}

// decide derives the verdict from the checks, as package verify does: invalid if one failed, open if one is
// undecided or was blocked, and valid only if what a verdict rests on has passed.
func decide(r *verify.Report) verify.Verdict {
	rests := []string{"parse", "model", "proof"}
	if _, presentation := r.Check(checkCredentials); presentation {
		rests = append(rests, checkCredentials)
		if proof, _ := r.Check("proof"); proof.Outcome == verify.Skipped && proof.Reason == "absent" {
			rests = []string{"parse", "model", checkCredentials}
		}
	}
	verdict, passed := verify.Valid, 0
	for _, c := range r.Checks {
		switch {
		case c.Outcome == verify.Failed:
			return verify.Invalid
		case c.Outcome == verify.Undecided || c.Outcome > verify.Skipped || c.Reason == "blocked":
			verdict = verify.Indeterminate
		case c.Outcome == verify.Passed && slices.Contains(rests, c.Check):
			passed++
		}
	}
	if passed != len(rests) {
		return verify.Indeterminate
	}
	return verdict
}
