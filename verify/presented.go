package verify

import (
	"context"
	"strconv"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// presentedCredentials judges each credential on a run of its own, with the trace of this one: what one
// of them looked up, the next need not.
func (r *run) presentedCredentials(ctx context.Context) (Result, []*Report) {
	all := r.vp.Credentials()
	if len(all) == 0 {
		return Findings(checkCredentials, problem("credential.missing", r.member("verifiableCredential"), "the presentation holds no credential")), nil
	}
	policy := *r.p
	policy.Challenge, policy.Domain = "", ""
	result, reports := passed(checkCredentials), make([]*Report, 0, len(all))
	for i, presented := range all {
		report := r.presentedCredential(ctx, presented, &policy)
		report.Pointer, report.Within = presented.Pointer, checkCredentials
		reports = append(reports, report)
		result.nested(report, i, presented.Pointer)
	}
	return result, reports
}

// presentedCredential judges one of them. When the time is over it is not judged any more, since the
// work that needs no lookup takes time as well.
func (r *run) presentedCredential(ctx context.Context, p vc.Presented, policy *Policy) *Report {
	if err := ctx.Err(); err != nil {
		return r.unjudged(&strict.Error{Code: "deadline", Offset: -1, Err: err,
			Detail: "the time for this verification ran out before the credential could be judged; try again with more"})
	}
	return r.judgeInside(ctx, &run{v: r.v, c: p.Credential, p: policy, at: r.at, trace: r.trace}, p.Err)
}

// unjudged is the report about a credential that was not looked at.
func (r *run) unjudged(cause *strict.Error) *Report {
	report := &Report{At: r.at.UTC(), Sources: []Source{}}
	for _, name := range builtin {
		report.Checks = append(report.Checks, skipped(name, reasonBlocked))
	}
	report.Checks[0] = Findings(checkParse, cause)
	report.decide()
	return report
}

// nested takes the report about a credential inside into the result: the problem that decided it, with
// its code.
func (r *Result) nested(report *Report, i int, pointer string) {
	if report.Verdict == Valid {
		return
	}
	p := report.decisive()
	if place, _ := report.Check(checkPlace); place.Outcome == Failed {
		p = place.Problems[0]
	}
	which := "credential " + strconv.Itoa(i+1)
	if report.Credential.ID != "" {
		which += " (" + shown(report.Credential.ID) + ")"
	}
	if p.Code != "" {
		// The pointers of a token are into its payload, where none into the presentation leads.
		if report.Format == vc.DataIntegrity || report.Format == vc.Unsecured {
			pointer += p.Pointer
		}
		r.add(Problem{Type: p.Type, Title: p.Title, Detail: which + ": " + p.Detail, Code: p.Code, Pointer: pointer})
	}
	// The verdict counts, and not what the code of one problem would come to.
	switch {
	case report.Verdict == Invalid && r.Outcome != Failed:
		r.Outcome, r.Reason = Failed, p.Code
	case report.Verdict != Invalid && r.Outcome == Passed:
		r.Outcome, r.Reason = Undecided, p.Code
	}
}
