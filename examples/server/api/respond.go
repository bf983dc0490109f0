package api

import (
	"github.com/badgeproof/badgeproof/verify"
)

// response is the body of an answer of the VC-API, accepted or refused. Report has everything.
type response struct {
	Verified bool `json:"verified"`
	// Checks are those that passed, Warnings and Errors sentences, for clients of the older API. There are no
	// errors where Verified is true.
	Checks   []string `json:"checks"`
	Warnings []string `json:"warnings"`
	Errors   []string `json:"errors"`

	ProblemDetails []verify.Problem `json:"problemDetails"`
	Results        any              `json:"results,omitempty"`
	Policy         *policyNote      `json:"policy,omitempty"`
	Report         *verify.Report   `json:"report,omitempty"`
}

// respond puts the answer together.
func respond(d *judged, at place) *response {
	out := &response{
		Verified: d.report.Verdict == verify.Valid, Checks: []string{}, Warnings: []string{}, Errors: []string{},
		ProblemDetails: problems(d.report), Results: results(d, at), Policy: &d.policy, Report: d.report,
	}
	for _, c := range d.report.Checks {
		if c.Outcome == verify.Passed {
			out.Checks = append(out.Checks, c.Check)
		}
		for _, p := range c.Warnings {
			out.Warnings = append(out.Warnings, p.Detail)
		}
	}
	if d.policy.Note != "" {
		out.Warnings = append(out.Warnings, d.policy.Note)
	}
	if !out.Verified {
		for _, p := range out.ProblemDetails {
			out.Errors = append(out.Errors, p.Detail)
		}
	}
	return out
}

// problems returns what stands against the credential, and first of all, where nothing proves it bad, that
// it could not be decided.
func problems(r *verify.Report) []verify.Problem {
	out := []verify.Problem{}
	if r.Verdict == verify.Indeterminate {
		out = append(out, newProblem(0, "verdict.undecided", "this could not be found out, which is not to say that it is bad; trying again may help").Problem)
	}
	if r.Verdict == verify.Valid {
		return out
	}
	for _, c := range r.Checks {
		if c.Outcome != verify.Passed && c.Outcome != verify.Skipped {
			out = append(out, c.Problems...)
		}
	}
	return out
}
