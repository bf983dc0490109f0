package verify

import (
	"context"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// status asks every status entry of the credential whether the credential still holds. An entry of
// a type that is not known leaves the check undecided, and so does a list that cannot be fetched,
// read or trusted: nothing fails open.
func (r *run) status(ctx context.Context) Result {
	entries := r.c.Status()
	switch {
	case r.nested, r.p.Status == Off:
		return skipped(checkStatus, reasonOff)
	case len(entries) == 0 && r.p.Status == Required:
		return Findings(checkStatus, problem("status.required", "", "the policy asks for a status, and the credential names none"))
	case len(entries) == 0:
		return skipped(checkStatus, reasonAbsent)
	case len(entries) > r.v.limits.StatusEntries:
		return level(r.p.Status, Findings(checkStatus, problem("budget", "/credentialStatus", "the credential has more status entries than are checked")))
	}
	result := passed(checkStatus)
	for _, e := range entries {
		found, notes := r.entry(ctx, e)
		for _, f := range found {
			result.add(newProblem(f))
		}
		for _, n := range notes {
			result.Warnings = append(result.Warnings, newProblem(n))
		}
	}
	return level(r.p.Status, result)
}

// entry checks one entry by its type, or by each of its types that is known. Notes do not count against the credential.
func (r *run) entry(ctx context.Context, e strict.Value) (found, notes []*strict.Error) {
	kind, known := e.Get("type"), false
	if kind.Has("BitstringStatusListEntry") {
		found, notes = r.bitstring(ctx, e)
		known = true
	}
	if kind.Has("1EdTechRevocationList") {
		if err := r.revocationList(ctx, e); err != nil {
			found = append(found, err)
		}
		known = true
	}
	if !known {
		found = append(found, problem("status.unknown", e.Pointer(),
			"the credential's status is of the type "+quoteOr(kind.Text(), "unnamed")+", which this version cannot ask"))
	}
	return found, notes
}
