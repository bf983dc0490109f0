package verify

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Checks of a presentation beside parse, model, proof and validity.
const (
	checkHolder      = "holder"
	checkCredentials = "credentials"
)

// VerifyPresentation decides about a presentation by the demands of policy: about its own proof, which
// has to be by its holder, made for the purpose authentication and for the challenge and the domain that
// the policy asks for; and about each credential in it, as [Verifier.Verify] does, with one budget of
// lookups and time for all of them. Errors are those of Verify.
//
// The checks of its report are parse, model, proof, holder, validity and credentials, all of them in
// every report; [Report.Credentials] has the reports about the credentials. The verdict is valid only if
// all of that is. A presentation without a credential is invalid: it shows nothing.
//
// A presentation that nobody signed proves nothing about who presents it. That is allowed (VC DM 2.0
// section 4.13) where the policy asks for neither challenge nor domain: the check "proof" is then skipped as
// absent, and the verdict that of the credentials. Without a challenge, a signed one does not prove
// either that it was made for the caller, who should see to it that no challenge is used twice.
//
// Holder and subject of a credential need not be the same person. What is known is in the parts
// "holder.subject" of the check "holder"; how it counts, [Policy.Holder] says.
func (v *Verifier) VerifyPresentation(ctx context.Context, p *vc.Presentation, policy Policy) (*Report, error) {
	if err := policy.check(); err != nil {
		return nil, err
	}
	if p == nil {
		return nil, fmt.Errorf("verify: %w: no presentation", ErrPolicy)
	}
	ctx, cancel := context.WithTimeout(ctx, v.limits.Time)
	defer cancel()
	at := policy.At
	if at.IsZero() {
		at = v.clock()
	}
	r := &run{v: v, c: &vc.Credential{}, vp: p, p: &policy, at: at, trace: &trace{}}
	report := r.judgePresentation(ctx)
	r.annotate(report)
	return report, report.err()
}

// judgePresentation makes the checks. What a credential names is looked up for that credential's own
// sake, so that the proof of the presentation does not stand in the way.
func (r *run) judgePresentation(ctx context.Context) *Report {
	model, validity := r.presentationModel(), r.presentationValidity()
	proof, attempts := r.presented(ctx)
	credentials, reports := r.presentedCredentials(ctx)
	report := &Report{
		Format: r.vp.Format(), At: r.at.UTC(),
		Credential:  Summary{ID: r.vp.ID(), Type: slices.Clone(r.vp.Types()), Holder: r.presenter()},
		Checks:      []Result{passed(checkParse), model, proof, r.holder(proof, attempts, reports), validity, credentials},
		Credentials: reports,
		Sources:     sortSources(r.sources),
	}
	if proof.Outcome == Passed {
		report.Binding = strongest(attempts)
	}
	if proof.Outcome == Skipped && proof.Reason == reasonAbsent {
		report.decideBy(checkParse, checkModel, checkCredentials)
	} else {
		report.decideBy(checkParse, checkModel, checkProof, checkCredentials)
	}
	return report
}

// presentationModel checks the presentation against the data model that it declares, and the claims of
// a token against the presentation inside.
func (r *run) presentationModel() Result {
	result := Findings(checkModel, vc.ConformPresentation(r.vp)...)
	compare := func(claim strict.Value, want, code, pointer, detail string) {
		if claim.Exists() && (claim.Kind() != strict.String || want != "" && claim.Text() != want) {
			result.add(newProblem(problem(code, pointer, detail)))
		}
	}
	if claims, ok := r.presentationClaims(); ok {
		compare(claims.Get("iss"), r.vp.Holder(), "jwt.claims", "/iss", "the claim iss contradicts the holder, or is no string")
		compare(claims.Get("jti"), r.vp.ID(), "jwt.claims", "/jti", "the claim jti contradicts the presentation's id, or is no string")
	}
	switch { // an iss may be repeated in the header (RFC 7519 section 5.3); pointers do not lead there
	case r.vp.JWS() != nil:
		compare(r.vp.JWS().Header().Get("iss"), r.vp.Holder(), "jwt.header", "", "the iss in the header contradicts the holder")
	case r.vp.SDJWT() != nil:
		compare(r.vp.SDJWT().JWS().Header().Get("iss"), r.vp.Holder(), "jwt.header", "", "the iss in the header contradicts the holder")
	case r.vp.COSE() != nil:
		compare(r.vp.COSE().Header().Get("iss"), r.vp.Holder(), "cose.header", "", "the iss in the header contradicts the holder")
	}
	return result
}

// presentationClaims returns the registered claims of a token. They are not there for a presentation
// that is no token, nor for a COSE message, whose claims stand in its header.
func (r *run) presentationClaims() (claims strict.Value, ok bool) {
	switch {
	case r.vp.JWS() != nil:
		return r.vp.JWS().Claims(), true
	case r.vp.SDJWT() != nil:
		return r.vp.Value(), true
	}
	return strict.Value{}, false
}

// presentationValidity compares nbf and exp of a token with the moment to judge for. A presentation has
// no period of validity otherwise.
func (r *run) presentationValidity() Result {
	result := skipped(checkValidity, reasonAbsent)
	r.claimedValidity(func(t time.Time, pointer string, end bool) {
		if result.Outcome == Skipped {
			result = passed(checkValidity)
		}
		switch {
		case !end && r.early(t):
			result.add(newProblem(problem("validity.not_yet", pointer, "the presentation holds from "+t.Format(time.RFC3339)+" on")))
		case end && r.late(t):
			result.add(newProblem(problem("validity.expired", pointer, "the presentation held until "+t.Format(time.RFC3339)+"; ask the holder for a new one")))
		}
	})
	return result
}

// presented checks the proofs of the presentation.
func (r *run) presented(ctx context.Context) (Result, []attempt) {
	if r.vp.Format() == vc.Unsecured {
		if r.p.Challenge == "" && r.p.Domain == "" {
			return skipped(checkProof, reasonAbsent), nil
		}
		return Findings(checkProof, problem("proof.missing", "", "nobody signed the presentation, so that it answers no challenge and is made for no domain")), nil
	}
	attempts := r.attempts(ctx)
	result := r.proof(ctx, attempts)
	if result.Outcome == Passed && r.p.Challenge == "" {
		result.Hints = append(result.Hints, "No challenge was asked for, so that a copy of an earlier presentation cannot be told from a new one.")
	}
	return result, attempts
}

// answered checks the challenge and the domain of a token: the claims nonce and aud.
func (r *run) answered() (found []*strict.Error) {
	claims, _ := r.presentationClaims()
	if r.p.Challenge != "" && claims.Get("nonce").Text() != r.p.Challenge {
		found = append(found, problem("proof.challenge", "/nonce", "the presentation does not answer the challenge that was given"))
	}
	if r.p.Domain != "" && !soleDomain(claims.Get("aud"), r.p.Domain) {
		found = append(found, problem("proof.domain", "/aud", "the presentation was not made for the domain "+r.p.Domain))
	}
	return found
}

// presenter is whose key must have signed the presentation: its holder. Where it names nobody, it is the
// controller whose method the first proof, or the kid of the header, names.
func (r *run) presenter() string {
	if h := r.vp.Holder(); h != "" {
		return h
	}
	if r.vp.Value().Get("holder").Exists() {
		return ""
	}
	named := ""
	switch {
	case r.vp.JWS() != nil:
		named = r.vp.JWS().Header().Get("kid").Text()
	case r.vp.SDJWT() != nil:
		named = r.vp.SDJWT().JWS().Header().Get("kid").Text()
	case r.vp.COSE() != nil:
		named = r.vp.COSE().Header().Get("kid").Text()
	case len(r.vp.Proofs()) > 0:
		named = r.vp.Proofs()[0].Get("verificationMethod").Text()
	}
	if base, _, fragment := strings.Cut(named, "#"); fragment && isURL(base) {
		return base
	}
	return ""
}

// holderPlace returns the pointer of what names the holder.
func (r *run) holderPlace() string {
	if v := r.vp.Value().Get("holder"); v.Exists() {
		return v.Pointer()
	}
	if claims, ok := r.presentationClaims(); ok && claims.Get("iss").Exists() {
		return "/iss"
	}
	return r.member("holder")
}
