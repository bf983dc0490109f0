package verify

import (
	"slices"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Parts of the holder check. There is one part holder.subject for each credential, in their order.
const (
	partHolderBinding = "holder.binding"
	partHolderSubject = "holder.subject"
)

// holder puts the check of the holder together: whether the key that signed the presentation is the
// holder's, and whether the holder is the subject of each credential.
func (r *run) holder(proof Result, attempts []attempt, reports []*Report) Result {
	binding := r.holderBound(proof, attempts)
	result := passed(checkHolder)
	result.Parts = []Result{binding}
	for _, p := range binding.Problems {
		result.add(p)
	}
	for i, presented := range r.vp.Credentials() {
		part := r.holds(binding, presented.Pointer, judged(presented, reports[i]))
		result.Parts = append(result.Parts, part)
		result.weigh(part, r.p.Holder)
	}
	if result.Outcome == Passed && binding.Outcome == Skipped {
		result.Outcome, result.Reason = Skipped, binding.Reason
	}
	return result
}

// holderBound judges whose key signed. The binding has to be at least that of a certificate whatever the
// policy says about issuers: a key that the presentation brings along shows nothing about a holder.
func (r *run) holderBound(proof Result, attempts []attempt) Result {
	if proof.Outcome == Skipped {
		return skipped(partHolderBinding, proof.Reason)
	}
	of := &run{v: r.v, c: r.c, vp: r.vp, at: r.at, trace: r.trace, p: &Policy{Binding: max(r.p.Binding.demand(), Certificate)}}
	result := of.bound(attempts)
	result.Check = partHolderBinding
	for i, p := range result.Problems {
		if p.Code == "issuer.unbound" {
			result.Problems[i] = newProblem(problem("holder.unbound", p.Pointer, p.Detail))
			result.Reason = "holder.unbound"
		}
	}
	if result.Outcome == Passed && proof.Outcome != Passed {
		return skipped(partHolderBinding, reasonBlocked)
	}
	return result
}

// judged is the credential that a report is about; nil where nothing could be read.
func judged(p vc.Presented, report *Report) *vc.Credential {
	if report.Refreshed != nil {
		return report.Refreshed
	}
	return p.Credential
}

// holds says whether the holder is the subject of the credential that stands at the pointer.
func (r *run) holds(binding Result, pointer string, c *vc.Credential) Result {
	if c == nil || binding.Outcome == Failed || binding.Reason == reasonBlocked {
		return skipped(partHolderSubject, reasonBlocked)
	}
	if r.p.Holder == Off {
		return skipped(partHolderSubject, reasonOff)
	}
	if binding.Outcome != Passed {
		return Findings(partHolderSubject, problem("holder.unidentified", pointer, "nothing proves who presents the credential"))
	}
	ids, all := subjectIDs(c)
	switch {
	case slices.Contains(ids, r.signer()):
		return passed(partHolderSubject)
	case len(ids) > 0 && all:
		return Findings(partHolderSubject, problem("holder.mismatch", pointer, "the credential is about "+quoteOr(ids[0], "nobody")+
			", and "+quoteOr(r.signer(), "nobody")+" presents it"))
	}
	return Findings(partHolderSubject, problem("holder.unidentified", pointer, "the credential does not name its subject by an identifier that could be compared with the holder"))
}

// subjectIDs returns the identifiers of the subjects; all says that none of them lacks one. In a VC 1.1
// JWT the sub claim stands in for an id that is left out; an SD-JWT VC has nothing else.
func subjectIDs(c *vc.Credential) (ids []string, all bool) {
	sub := strict.Value{}
	switch {
	case c.Version() == vc.SDJWTVC:
		sub = c.Value().Get("sub")
		return texts(sub), sub.Text() != ""
	case c.JWS() != nil && c.Value() != c.JWS().Claims():
		sub = c.JWS().Claims().Get("sub")
	}
	subjects := c.Subjects()
	for _, s := range subjects {
		id := s.Get("id")
		if !id.Exists() && len(subjects) == 1 {
			id = sub
		}
		ids = append(ids, texts(id)...)
	}
	return ids, len(ids) == len(subjects)
}

// texts returns the text of v, if it is a string with something in it.
func texts(v strict.Value) []string {
	if v.Text() == "" {
		return nil
	}
	return []string{v.Text()}
}

// weigh takes a part about a subject into the check of the holder, as the policy says that it counts.
func (r *Result) weigh(part Result, l Level) {
	for _, p := range part.Problems {
		switch {
		case l == Required || l == IfPresent && outcomeOf(p.Code) == Failed:
			r.add(p)
		case l == Advisory:
			r.Warnings = append(r.Warnings, p)
		}
	}
}
