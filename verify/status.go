package verify

import (
	"context"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// answer is what asking one status entry came to. Notes do not count against the credential.
type answer struct{ found, notes []*strict.Error }

func refusal(err *strict.Error) answer { return answer{found: []*strict.Error{err}} }

// tolerate notes a deviation that issuers in circulation have; a strict policy refuses it.
func (r *run) tolerate(a *answer, code, pointer, detail string) {
	if r.p.Strict {
		a.found = append(a.found, problem(code, pointer, detail))
	} else {
		a.notes = append(a.notes, problem(code, pointer, detail))
	}
}

// statusTypes are the types of status that can be asked, each in a file of its own. An entry with
// several of them is asked by each.
var statusTypes = [...]struct {
	name string
	ask  func(r *run, ctx context.Context, e strict.Value) answer
}{
	{"BitstringStatusListEntry", (*run).bitstring},
	{"StatusList2021Entry", (*run).statusList2021},
	{"RevocationList2020Status", (*run).revocationList2020},
	{"1EdTechRevocationList", (*run).revocationList},
}

// status asks every status entry of the credential whether the credential still holds. An entry of
// a type that is not known leaves the check undecided, and so does a list that cannot be fetched,
// read or trusted: nothing fails open.
func (r *run) status(ctx context.Context) Result {
	entries, claims := r.c.Status(), r.statusClaims()
	switch n := len(entries) + len(claims); {
	case r.nested, r.p.Status == Off:
		return skipped(checkStatus, reasonOff)
	case n == 0 && r.p.Status == Required:
		return Findings(checkStatus, problem("status.required", "", "the policy asks for a status, and the credential names none"))
	case n == 0:
		return skipped(checkStatus, reasonAbsent)
	case n > r.v.limits.StatusEntries:
		return level(r.p.Status, Findings(checkStatus, problem("budget", r.member("credentialStatus"), "the credential has more status entries than are checked")))
	}
	result := passed(checkStatus)
	for _, e := range entries {
		result.answered(r.entry(ctx, e))
	}
	for _, e := range claims {
		result.answered(r.tokenStatus(ctx, e))
	}
	return level(r.p.Status, result)
}

// answered takes one more answer into the result.
func (r *Result) answered(a answer) {
	for _, f := range a.found {
		r.add(newProblem(f))
	}
	for _, n := range a.notes {
		r.Warnings = append(r.Warnings, newProblem(n))
	}
}

// entry asks one entry by each of its types that is known. The status of an SD-JWT VC is a claim, and
// has no type.
func (r *run) entry(ctx context.Context, e strict.Value) (all answer) {
	if r.c.Version() == vc.SDJWTVC {
		return r.tokenStatus(ctx, e)
	}
	known := false
	for _, t := range statusTypes {
		if e.Get("type").Has(t.name) {
			a := t.ask(r, ctx, e)
			all.found, all.notes = append(all.found, a.found...), append(all.notes, a.notes...)
			known = true
		}
	}
	if !known {
		return refusal(problem("status.unknown", e.Pointer(),
			"the credential's status is of the type "+quoteOr(first(e.Get("type")), "unnamed")+", which this version cannot ask"))
	}
	return all
}

// first returns the first of the values of a property, if it is a string.
func first(v strict.Value) string {
	for e := range v.Each() {
		return e.Text()
	}
	return ""
}
