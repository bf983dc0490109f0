package badge

import (
	"context"
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// olderEndorsement is one value of the property endorsement: an object, or the URL of one.
type olderEndorsement struct {
	value   strict.Value
	target  string // the id of what it stands on
	pointer string
	foreign bool // that id is of a place that is not the issuer's, and was not asked what it has
}

// endorsements judges what others say of the assertion, the badge class and the issuer (section "Endorsement"). How
// the check counts, and whose endorsements do, is what the policy's check of this name says of credentials. Each is
// judged like a hosted assertion: by what is found at its id, in the scope of who says it.
func (j *olderJudge) endorsements(ctx context.Context, proof, issuer verify.Result) verify.Result {
	i := slices.IndexFunc(j.p.Profile, func(c verify.ProfileCheck) bool { return c.Name == checkEndorsements })
	if i < 0 || j.p.Profile[i].Inside == nil {
		return verify.Result{} // there is no such check, or one that knows credentials only
	}
	ask := j.p.Profile[i].Inside
	level, all := ask(&vc.Credential{}).Level, j.endorsing()
	switch {
	case level == verify.Off:
		return verify.Result{Check: checkEndorsements, Outcome: verify.Skipped, Reason: "off"}
	case len(all) == 0 && level != verify.Required:
		return absent(checkEndorsements)
	case proof.Outcome != verify.Passed || issuer.Outcome == verify.Failed || issuer.Reason == "blocked":
		return blocked(checkEndorsements)
	}
	result := verify.Findings(checkEndorsements)
	counted := 0
	for n, e := range all {
		if n == maxEndorsements {
			result = alsoBy(result, verify.Findings(checkEndorsements, found("budget", e.pointer, "the badge has more endorsements than are judged")))
			break
		}
		part := j.endorsement(ctx, e, ask)
		part.Pointer = e.pointer
		if part.Outcome != verify.Skipped {
			counted++
		}
		result = alsoBy(result, part)
		result.Parts = append(result.Parts, part)
	}
	if counted == 0 && level != verify.Required && result.Outcome == verify.Passed {
		result.Outcome, result.Reason = verify.Skipped, "not_asked"
		return result
	}
	if counted == 0 && level == verify.Required {
		result = alsoBy(result, verify.Findings(checkEndorsements, found("credential.required", "", "the policy asks for an endorsement that counts, and there is none")))
	}
	if level == verify.Advisory {
		result.Warnings, result.Problems, result.Outcome, result.Reason = result.Problems, nil, verify.Passed, ""
	}
	return result
}

// endorsing lists the endorsements of the assertion, its badge class and its issuer. An id that the issuer gave to something
// of its own may be that of somebody else's, which was endorsed: it has to be of a place in the issuer's scope, unless
// what has the id was found there. An id that is no URL names no place.
func (j *olderJudge) endorsing() (all []olderEndorsement) {
	for _, on := range []struct {
		value strict.Value
		place string
		found bool
	}{{j.o.value, "", false}, {j.o.badge, "/badge", first(j.o.value.Get("badge")).Kind() == strict.String}, {j.o.issuer, issuerPlace, true}} {
		id := on.value.Get("id").Text()
		foreign := !on.found && strings.HasPrefix(id, "http") && !j.scope.near(id)
		for e := range on.value.Get("endorsement").Each() {
			if e.Kind() != strict.Null {
				all = append(all, olderEndorsement{e, id, on.place + "/endorsement", foreign})
			}
		}
	}
	return all
}

// endorsement judges one. It is skipped where the policy does not count who says it: asked before anything is fetched,
// by whom the copy names, and again by whom the document that was found names. Challenges and numbers of proofs are asked
// of the badge alone; endorsements of an endorsement are not looked at.
func (j *olderJudge) endorsement(ctx context.Context, e olderEndorsement, ask func(*vc.Credential) verify.Nested) verify.Result {
	p := j.p
	p.Challenge, p.Domain, p.MinProofs, p.Methods = "", "", 0, nil // which are asked of the badge alone
	sub := &olderJudge{s: j.s, p: p, b: j.b, o: older{version: "2.0", class: classEndorsement, value: e.value}, anybody: true}
	if e.value.Kind() == strict.String {
		sub.o.url, sub.o.value = e.value.Text(), strict.Value{}
	}
	sub.o.issuer = first(sub.o.value.Get("issuer"))
	sub.issuers, _ = counts(sub.issuerID(), e.target, ask)
	if id := sub.issuerID(); id != "" && !sub.trusts(id) {
		return uncounted()
	}
	sub.establish(ctx)
	if id := sub.issuerID(); id != "" && sub.proofResult().Outcome == verify.Passed {
		if sub.issuers, _ = counts(id, e.target, ask); !sub.trusts(id) {
			return uncounted()
		}
	}
	return verify.Findings(checkEndorsements, sub.against(e)...)
}

// uncounted is the result for an endorsement by somebody whose word does not count.
func uncounted() verify.Result {
	return verify.Result{Check: checkEndorsements, Outcome: verify.Skipped, Reason: "not_asked",
		Hints: []string{"This endorsement was not judged: the policy counts those of others only."}}
}

// counts asks the policy's check who may endorse the thing with an id, by showing it such an endorsement by issuer.
func counts(issuer, target string, ask func(*vc.Credential) verify.Nested) (verify.Issuers, bool) {
	var w, endorsement, subject rendering
	subject.put("type", `"EndorsementSubject"`)
	subject.put("id", quoted(target))
	endorsement.put("type", `["VerifiableCredential","EndorsementCredential"]`)
	endorsement.put("issuer", quoted(issuer))
	endorsement.put("credentialSubject", subject.object())
	w.put("type", `["VerifiableCredential","OpenBadgeCredential"]`)
	w.put("id", quoted(target))
	w.put("endorsement", "["+endorsement.object()+"]")
	c, err := vc.Parse([]byte(w.object()), vc.Limits{})
	if err != nil {
		return verify.IssuerSet(), false
	}
	if n := ask(c); len(n.Credentials) == 1 && !n.Credentials[0].Issuers.IsZero() {
		return n.Credentials[0].Issuers, true
	}
	return verify.IssuerSet(), false
}

// against lists what keeps an endorsement from counting: whatever keeps a badge from being valid, and that it is
// about something else.
func (j *olderJudge) against(e olderEndorsement) []*strict.Error {
	var all []*strict.Error
	add := func(err *strict.Error) { all = append(all, found(err.Code, e.pointer, err.Detail)) }
	for _, part := range append(slices.Clone(j.proof), j.issuer, j.validity()) {
		for _, p := range part.Problems {
			add(found(p.Code, "", p.Detail))
		}
	}
	for _, err := range [...]*strict.Error{j.unbound, j.revoked} {
		if err != nil {
			add(err)
		}
	}
	if len(all) > 0 {
		return all
	}
	var k olderChecker
	k.document(j.o.value, classEndorsement)
	for _, err := range k.breaches {
		add(err)
	}
	switch about := idOf(first(j.o.value.Get("claim"))); {
	case j.binding == verify.Unbound || j.binding < j.p.Binding:
		add(found("issuer.unbound", "", "nothing that suffices ties the endorsement to who should have said it"))
	case e.foreign:
		add(found("issuer.unbound", "", "what is endorsed has the id "+shownURL(e.target)+", which is not where its issuer hosts things: it may be somebody else's that was endorsed"))
	case about != e.target || about == "":
		add(found("endorsement.target", "", "the endorsement is about "+shownURL(about)+", and stands on "+shownURL(e.target)))
	}
	return all
}
