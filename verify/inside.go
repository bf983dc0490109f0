package verify

import (
	"context"
	"maps"
	"strconv"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// checkPlace is a check of the reports about credentials inside another one: whether it belongs where it
// stands.
const checkPlace = "place"

// Nested are the credentials inside a credential that a check of a profile ([ProfileCheck.Inside]) has judged
// on their own. The zero value says that there is none.
type Nested struct {
	// Level says how the check counts: by default every one of Credentials must be valid; with [Required]
	// there must be one that is judged, too, unless c is itself inside another credential; with [Advisory] what is
	// wrong with them is a warning; with [Off] none is judged.
	Level Level
	// Credentials are those that stand inside, in their order.
	Credentials []NestedCredential
	// Against is what is wrong with how they stand there, where it is nothing about a single one. It
	// counts like what is wrong with one of them.
	Against []*strict.Error
}

// NestedCredential is a credential inside another one.
type NestedCredential struct {
	// Pointer is where it stands in the outer credential, as a JSON Pointer from the root of its text. The
	// pointers of the credential itself begin anew, since it is a document of its own.
	Pointer string
	// Credential is nil where Err is not. Err is a [*strict.Error] that says why it cannot be read.
	Credential *vc.Credential
	Err        error
	// Issuers are who may have issued it. The zero value stands for those that the policy trusts.
	Issuers Issuers
	// Against is what is wrong with its standing there, such as that it is about something else. It is then not
	// judged otherwise, and fails by a code that the table of codes has as a failure.
	Against []*strict.Error
	// Enclosed accepts it without a proof of its own where it names the issuer of the outer credential, and the
	// outer proof covers all of it: then that issuer has said it. Otherwise a credential without a proof fails.
	Enclosed bool
	// Extra says that it does not count where [Required] asks for one, such as one that stands where none belongs.
	// It is judged all the same.
	Extra bool
	// Notes are what to know about its standing there that counts neither for nor against anything: warnings of the
	// check, once it is judged.
	Notes []*strict.Error
	// Aside says why it is not judged, in a sentence; "" has it judged. It is told in the report, and counts
	// neither for nor against the outer credential.
	Aside string
}

// placed is what a credential inside another one has from its place there.
type placed struct {
	against []*strict.Error // what is wrong with its standing there
	covers  []attempt       // the outer proofs that speak for it where it has none of its own
}

// profileChecks runs the checks of the policy's profile on the credential alone, and collects what they find inside
// it: one entry for each check, which is empty for those that look for nothing inside.
func (r *run) profileChecks(ctx context.Context) (results []Result, found []Nested) {
	for _, p := range r.p.Profile {
		var result Result
		var n Nested
		if p.Run != nil {
			result = p.Run(ctx, r.c, *r.p)
		} else {
			n = p.Inside(r.c)
		}
		result.Check = p.Name
		results, found = append(results, result), append(found, n)
	}
	return results, found
}

// inside judges the credentials that were found inside, and puts what comes of it into the results of the
// checks that found them. It is called last: nothing is looked up for them before the proof of the credential around
// them has passed, nor if its key is somebody else's.
func (r *run) inside(ctx context.Context, proof, issuer Result, results []Result, found []Nested) (reports []*Report) {
	for i, n := range found {
		name := r.p.Profile[i].Name
		if n.Level == Required && r.depth > 0 {
			n.Level = IfPresent
		}
		switch {
		case r.p.Profile[i].Inside == nil:
		case n.Level == Off:
			results[i] = skipped(name, reasonOff)
		case len(n.Credentials)+len(n.Against) == 0 && n.Level != Required:
			results[i] = skipped(name, reasonAbsent)
		case proof.Outcome != Passed || issuer.Outcome == Failed:
			results[i] = skipped(name, reasonBlocked)
		default:
			var some []*Report
			results[i], some = r.insideOf(ctx, name, n)
			reports = append(reports, some...)
		}
	}
	return reports
}

// insideOf judges the credentials that one check found inside, in their order. Those beyond a limit are not
// judged, nor reported one by one.
func (r *run) insideOf(ctx context.Context, name string, n Nested) (Result, []*Report) {
	result, reports, counted := Findings(name, n.Against...), []*Report(nil), 0
	for i, c := range n.Credentials {
		if c.Aside != "" {
			result.Parts = append(result.Parts, Result{Check: name, Outcome: Skipped, Reason: reasonNotAsked, Pointer: c.Pointer, Hints: []string{c.Aside}})
			continue
		}
		if err := r.enter(ctx, c.Pointer); err != nil {
			result.add(newProblem(err))
			break
		}
		report := r.insideOne(ctx, name, c)
		reports = append(reports, report)
		result.nested(report, i, c.Pointer)
		result.answered(answer{notes: c.Notes})
		if !c.Extra {
			counted++
		}
	}
	switch {
	case result.Outcome != Passed:
	case counted == 0 && n.Level == Required:
		result.add(newProblem(problem("credential.required", "", "the policy asks for a credential inside this one that the check "+name+" counts, and there is none")))
	case len(reports) == 0:
		result.Outcome, result.Reason = Skipped, reasonNotAsked
	}
	return level(n.Level, result), reports
}

// enter keeps to the limits on credentials inside credentials, and to the time.
func (r *run) enter(ctx context.Context, pointer string) *strict.Error {
	if r.depth >= r.v.limits.NestedDepth {
		return problem("budget", pointer, "credentials inside each other are judged "+strconv.Itoa(r.v.limits.NestedDepth)+" deep, and this one is deeper")
	}
	if r.entered++; r.entered > r.v.limits.Nested {
		return problem("budget", pointer, "there are more than "+strconv.Itoa(r.v.limits.Nested)+" credentials inside each other, and the rest was not judged")
	}
	return inTime(ctx, pointer)
}

// insideOne judges a credential inside by the demands of the policy, without those that are about who shows the
// outer one and which proofs the caller needs of it. No newer copy of it is asked for: the outer credential is
// about the one that stands there.
func (r *run) insideOne(ctx context.Context, name string, n NestedCredential) *Report {
	policy := *r.p
	policy.Recipient, policy.Challenge, policy.Domain, policy.Refresh = nil, "", "", false
	policy.MinProofs, policy.Methods = 0, nil
	if !n.Issuers.IsZero() {
		policy.Issuers = n.Issuers
	}
	if n.Credential == nil && n.Err == nil {
		n.Err = problem("model.type", "", "there is no credential")
	}
	sub := &run{v: r.v, c: n.Credential, p: &policy, at: r.at, trace: r.trace, depth: r.depth + 1, placed: &placed{against: n.Against}}
	if n.Err == nil {
		sub.placed.covers = r.covering(n)
	}
	report := r.judgeInside(ctx, sub, n.Err)
	report.Pointer, report.Within = n.Pointer, name
	return report
}

// judgeInside judges a credential on a run of its own, with the trace of this one: what one of them looked up,
// the next need not. The report has the sources that it rests on itself, and this run has them all.
func (r *run) judgeInside(ctx context.Context, sub *run, err error) *Report {
	if err != nil {
		return r.unjudged(asFinding(err, "json.syntax", ""))
	}
	others := r.sources
	r.sources = nil
	sub.among = true
	report := sub.judge(ctx)
	r.shorten(report.Checks)
	sub.annotate(report)
	r.within(sub.window)
	own := r.sources
	r.sources = maps.Clone(others)
	for url, sum := range own {
		r.saw(url, sum)
	}
	return report
}
