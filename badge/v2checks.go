package badge

import (
	"context"
	"slices"
	"time"

	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// The checks of an assertion that need no lookup of their own.

// model checks what the judgement itself relies on: that this is an assertion, which one, and how it is verified.
// Where the policy has no check of conformance, it stands for that as well, since the specification makes sound
// data a part of verification.
func (j *olderJudge) model() verify.Result {
	v := j.o.value
	if !v.Exists() {
		return blocked("model")
	}
	var k olderChecker
	if j.revoked != nil { // such a document may be stripped down to these two
		k.property(v, olderProperty{name: "id", kind: anIRI, needed: mustBe})
		return j.breaches("model", &k)
	}
	if !j.demands(conformance) {
		return j.conformity("model")
	}
	k.document(v, "")
	for _, p := range olderClasses[classAssertion] {
		if p.name == "id" || p.name == "type" || p.name == "verification" {
			k.property(v, p)
		}
	}
	if classOf(v) != classAssertion {
		k.fail(codeOlderValue, v.Get("type"), "the type must contain \"Assertion\"")
	}
	return j.breaches("model", &k)
}

// demands reports whether the policy has a check of this name.
func (j *olderJudge) demands(name string) bool {
	return slices.ContainsFunc(j.p.Profile, func(c verify.ProfileCheck) bool { return c.Name == name })
}

// conformance holds the assertion, its badge class and its issuer to the data model.
func (j *olderJudge) conformance() verify.Result {
	if !j.o.value.Exists() || j.revoked != nil {
		return absent(conformance)
	}
	return j.conformity(conformance)
}

// conformity holds every document that the verdict rests on to its class: the assertion, a badge class that was linked
// (one that is embedded is a part of the assertion), and the issuer's own document in place of any copy of it. Pointers
// are those that they would have if all of them were embedded.
func (j *olderJudge) conformity(check string) verify.Result {
	k := olderChecker{replaced: j.own.Exists()}
	k.document(j.o.value, classAssertion)
	if j.o.badge.Kind() == strict.Object && first(j.o.value.Get("badge")).Kind() == strict.String {
		k.place = "/badge"
		k.document(j.o.badge, classBadge)
	}
	if j.own.Exists() {
		k.place = issuerPlace
		k.document(j.own, classProfile)
	}
	return j.breaches(check, &k)
}

// breaches makes the result of a check of what was found; what is tolerated is a warning, unless the policy is strict.
func (j *olderJudge) breaches(check string, k *olderChecker) verify.Result {
	if j.p.Strict {
		return verify.Findings(check, slices.Concat(k.breaches, k.tolerated)...)
	}
	result := verify.Findings(check, k.breaches...)
	result.Warnings = verify.Findings(check, k.tolerated...).Problems
	return result
}

// validity compares the dates with the moment to judge for. Both ends belong to the period. A date that cannot be read is
// a failure and not an open end; where the document is revoked or was not found, there may be no date at all.
func (j *olderJudge) validity() verify.Result {
	v := j.o.value
	var problems []*strict.Error
	dated := false
	for _, name := range [...]string{"issuedOn", "expires"} {
		date := first(v.Get(name))
		if !date.Exists() || date.Kind() == strict.Null {
			continue
		}
		dated = true
		switch t, ok := olderTime(date); {
		case !ok:
			problems = append(problems, found("model.date", "/"+name, "the date cannot be read, so nobody can say whether the badge holds; it must have a time and a time zone"))
		case name == "issuedOn" && j.s.Early(t):
			problems = append(problems, found("validity.not_yet", "/"+name, "the badge was issued on "+t.Format(time.RFC3339)+", which has not come yet"))
		case name == "expires" && j.s.Late(t):
			problems = append(problems, found("validity.expired", "/"+name, "the badge was valid until "+t.Format(time.RFC3339)+"; ask the issuer for a new one"))
		}
	}
	if !dated {
		return absent("validity")
	}
	return verify.Findings("validity", problems...)
}

// status says whether the badge is revoked: by what its host says, and by the issuer's list, where there is one.
// A signed badge of an issuer without a list has no status.
func (j *olderJudge) status(ctx context.Context, proof, issuer verify.Result) verify.Result {
	switch {
	case j.p.Status == verify.Off:
		return verify.Result{Check: "status", Outcome: verify.Skipped, Reason: "off"}
	case j.revoked != nil:
		return verify.Findings("status", j.revoked)
	case proof.Outcome != verify.Passed || issuer.Outcome == verify.Failed || issuer.Reason == "blocked":
		return blocked("status")
	}
	listed := j.revocationList(ctx)
	if methodOf(j.o.value) == methodHosted && listed.Outcome == verify.Skipped {
		return verify.Findings("status") // its host has it, and does not say that it is revoked
	}
	return listed
}
