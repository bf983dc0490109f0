package badge

import (
	"context"
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// olderJudge judges one document of Open Badges 2.0 (its sections "Data Validation" and "Verification"). It is used
// once, by one goroutine.
type olderJudge struct {
	s *verify.Session
	p verify.Policy
	b *Badge
	o older // what was opened, and what took its place and was added since

	proof   []verify.Result // its parts
	issuer  verify.Result   // where it is known before who the issuer is
	binding verify.Binding
	unbound *strict.Error   // why nothing ties the badge to its issuer
	beside  []*strict.Error // warnings about that
	own     strict.Value    // the issuer's own document, once it was fetched
	scope   scope           // what that allows; nothing as long as it is not known
	revoked *strict.Error   // what the document itself, or its host, says

	// Of an endorsement, issuers are those that count in place of the policy's, and anybody says that its host may be
	// asked: the badge, whose proof has passed, names it.
	issuers verify.Issuers
	anybody bool
}

// trusts reports whether an issuer counts.
func (j *olderJudge) trusts(id string) bool {
	if j.anybody {
		return j.issuers.Has(id)
	}
	return j.s.Trusts(id)
}

// judgeOlder is the function for [verify.Verifier.Judge].
func judgeOlder(b *Badge, p verify.Policy) func(context.Context, *verify.Session) verify.Judgement {
	return func(ctx context.Context, s *verify.Session) verify.Judgement {
		j := &olderJudge{s: s, p: p, b: b, o: *b.older}
		if cause := b.older.unsupported(); cause != nil {
			return j.judgement(ctx, verify.Findings("model", cause))
		}
		j.establish(ctx)
		return j.judgement(ctx, j.model())
	}
}

// unsupported says what a document is that is no assertion of Open Badges 2.0, nil where it is one.
func (o *older) unsupported() *strict.Error {
	switch {
	case o.version != "2.0":
		return found("ob2.version", "", "this is a "+o.class+" of Open Badges "+o.version+", which is older than 2.0 and not verified here; ask the issuer for the badge as Open Badges 2.0 or 3.0")
	case o.class != classAssertion:
		what := map[string]string{
			classBadge: "a BadgeClass: it says what can be earned, and not that somebody has", classProfile: "the profile of an issuer or another entity",
			classEndorsement: "an endorsement of a badge, and not the badge", classRevocation: "a list of revoked badges", classKey: "a key of an issuer",
		}
		return found("ob2.class", "/type", "this is no badge but part of Open Badges 2.0, "+what[o.class]+"; ask the recipient for the assertion")
	}
	return nil
}

// establish finds out what the badge is, and who says so. It does nothing where the document names an issuer that does
// not count, so that such a one causes no lookup. How it is verified says the document itself ([methodOf]): nobody gains
// by changing that, since a hosted badge is judged by what its host has, and a signed one by its signature.
func (j *olderJudge) establish(ctx context.Context) {
	if id := j.issuerID(); id != "" && !j.trusts(id) {
		return
	}
	switch method := methodOf(j.o.value); {
	case j.o.url != "" || method == methodHosted || method == "" && j.o.jws == nil:
		j.hosted(ctx)
	case method == methodSigned && j.o.jws == nil:
		j.prove(found("proof.missing", "/verification", "the badge says that it is signed, and this copy is without the signature; ask for the signed one"))
	case method == methodSigned:
		j.signed(ctx)
	case method == "":
		j.prove(found(codeOlderMissing, "/verification", "the badge does not say how it is verified"))
	default:
		j.prove(found("ob2.method", "/verification/type", "the badge is verified by "+shownURL(method)+", which is not known here; the specification has hosted and signed badges"))
	}
}

// prove adds a part to the check of the proof: passed without a problem.
func (j *olderJudge) prove(problems ...*strict.Error) {
	j.proof = append(j.proof, verify.Findings("proof", problems...))
}

// issuerID is who issued the badge, as far as it is known; "" where it is not.
func (j *olderJudge) issuerID() string { return idOf(j.o.issuer) }

// issuerPlace is where the issuer is named.
const issuerPlace = "/badge/issuer"

// link finds the badge class and the issuer of the assertion: embedded, or at the URLs that are their ids. The
// issuer's own document is always asked for, since nobody else can say where the issuer hosts badges and which
// keys it has. It reports whether that document is there.
func (j *olderJudge) link(ctx context.Context) bool {
	if j.o.class == classEndorsement {
		j.o.issuer = first(j.o.value.Get("issuer"))
		return j.ownDocument(ctx)
	}
	badge := first(j.o.value.Get("badge"))
	j.o.badge, j.o.issuer = strict.Value{}, strict.Value{}
	if badge.Kind() == strict.String {
		linked, err := j.document(ctx, badge.Text(), "/badge")
		part := verify.Findings("proof", errorsOf(err)...)
		part.Pointer = "/badge"
		j.proof = append(j.proof, part)
		if err != nil {
			return false
		}
		badge = linked
	}
	j.o.badge, j.o.issuer = badge, first(badge.Get("issuer"))
	return j.ownDocument(ctx)
}

// ownDocument asks for the issuer's own document, where the issuer is trusted.
func (j *olderJudge) ownDocument(ctx context.Context) bool {
	id := j.issuerID()
	if id == "" || !j.trusts(id) {
		return false
	}
	if _, ok := parseWebURL(id); !ok {
		j.unbound = found("issuer.unbound", issuerPlace, "the issuer is called "+shownURL(id)+", which is no https URL where it could say which badges are its own")
		return false
	}
	own, err := j.document(ctx, id, issuerPlace)
	if err != nil {
		j.unbound = err
		return false
	}
	j.own, j.o.issuer = own, own
	return true
}

// errorsOf is a list of err, empty where there is none.
func errorsOf(err *strict.Error) []*strict.Error {
	if err == nil {
		return nil
	}
	return []*strict.Error{err}
}

// proofResult puts the parts together: all of them have to pass. Without any, an earlier check stood in the way.
func (j *olderJudge) proofResult() verify.Result {
	if len(j.proof) == 0 {
		return blocked("proof")
	}
	whole := verify.Result{Check: "proof", Outcome: verify.Passed, Parts: j.proof}
	for _, part := range j.proof {
		whole.Problems = append(whole.Problems, part.Problems...)
		switch {
		case part.Outcome == verify.Failed && whole.Outcome != verify.Failed, part.Outcome == verify.Undecided && whole.Outcome == verify.Passed:
			whole.Outcome, whole.Reason = part.Outcome, part.Reason
		case part.Outcome == verify.Skipped && whole.Outcome == verify.Passed:
			whole.Outcome, whole.Reason = verify.Skipped, part.Reason
		}
	}
	return whole
}

// issuerResult is the check of the issuer.
func (j *olderJudge) issuerResult(proof verify.Result) verify.Result {
	id := j.issuerID()
	switch {
	case j.issuer.Check != "":
		return j.issuer
	case id == "" && j.revoked == nil && proof.Outcome == verify.Passed:
		return verify.Findings("issuer", found(codeOlderMissing, issuerPlace, "the badge does not say who issued it"))
	case id == "":
		return blocked("issuer")
	}
	result := j.s.Issuer(id, issuerPlace, j.binding, j.unbound)
	if j.p.Strict {
		for _, f := range j.beside {
			result = alsoBy(result, verify.Findings("issuer", f))
		}
		return result
	}
	result.Warnings = append(result.Warnings, verify.Findings("issuer", j.beside...).Problems...)
	return result
}

// alsoBy adds the problems of one result to another.
func alsoBy(result, by verify.Result) verify.Result {
	result.Problems = append(result.Problems, by.Problems...)
	if by.Outcome == verify.Failed && result.Outcome != verify.Failed || by.Outcome == verify.Undecided && result.Outcome != verify.Failed && result.Outcome != verify.Undecided {
		result.Outcome, result.Reason = by.Outcome, by.Reason
	}
	return result
}

// blocked is the result of a check that an earlier one stands in the way of: the verdict is then not valid.
func blocked(check string) verify.Result {
	return verify.Result{Check: check, Outcome: verify.Skipped, Reason: "blocked"}
}

// absent is the result of a check that has nothing to do.
func absent(check string) verify.Result {
	return verify.Result{Check: check, Outcome: verify.Skipped, Reason: "absent"}
}

// judgement puts all checks together, those that look something up behind the proof and the issuer. The binding counts
// only where the proof has passed. Of a document that is no assertion of 2.0, everything but the model is blocked.
func (j *olderJudge) judgement(ctx context.Context, model verify.Result) verify.Judgement {
	resolved := j.o.badgeOf(j.b)
	out := verify.Judgement{Format: FormatSigned, Judged: resolved}
	if j.o.jws == nil || methodOf(j.o.value) == methodHosted {
		out.Format = FormatHosted
	}
	out.Credential = verify.Summary{ID: resolved.credential.ID(), Type: texts(j.o.value.Get("type")), Issuer: j.issuerID(), Name: resolved.Name()}
	checks := []verify.Result{{Check: "parse", Outcome: verify.Passed}, model}
	if j.b.older.unsupported() != nil {
		for _, name := range [...]string{"proof", "issuer", "validity", "status", "recipient", conformance, checkEndorsements, checkCredentials} {
			checks = append(checks, blocked(name))
		}
		out.Format, out.Checks = "", append(checks, absent("schema"), absent("resources"))
		return out
	}
	proof := j.proofResult()
	issuer := j.issuerResult(proof)
	if proof.Outcome == verify.Passed {
		out.Binding = j.binding
	}
	out.Checks = append(checks, proof, issuer, j.validity(), j.status(ctx, proof, issuer), absent("schema"), absent("resources"),
		j.recipient(resolved), j.conformance(), j.endorsements(ctx, proof, issuer), absent(checkCredentials))
	return out
}

// badgeOf is a badge that shows what was found.
func (o *older) badgeOf(b *Badge) *Badge {
	resolved := *b
	resolved.older, resolved.credential = o, o.shown()
	return &resolved
}

// recipient asks the policy whose badge it should be, in the terms of Open Badges 3.0.
func (j *olderJudge) recipient(resolved *Badge) verify.Result {
	result := j.s.Recipient(resolved.credential)
	return repointed(result)
}

// repointed makes pointers into what is shown those into the assertion.
func repointed(r verify.Result) verify.Result {
	move := func(pointer string) string {
		for _, from := range [...]string{"/credentialSubject/identifier/0", "/credentialSubject/id", "/credentialSubject"} {
			if strings.HasPrefix(pointer, from) {
				return "/recipient"
			}
		}
		return pointer
	}
	r.Problems, r.Parts, r.Hints = slices.Clone(r.Problems), slices.Clone(r.Parts), slices.Clone(r.Hints)
	for i, h := range r.Hints {
		r.Hints[i] = strings.NewReplacer(" at /credentialSubject/identifier/0", " at /recipient", " at /credentialSubject/id", " at /recipient").Replace(h)
	}
	r.Pointer = move(r.Pointer)
	for i := range r.Problems {
		r.Problems[i].Pointer = move(r.Problems[i].Pointer)
	}
	for i := range r.Parts {
		r.Parts[i] = repointed(r.Parts[i])
	}
	return r
}
