package verify

import (
	"context"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// refreshServices returns the entries of refreshService. A credential that came out of a refresh is
// not refreshed again.
func (r *run) refreshServices() (all []strict.Value) {
	if r.nested || r.refreshed {
		return nil
	}
	for e := range r.c.Value().Get("refreshService").Each() {
		all = append(all, e)
	}
	return all
}

// refresh looks for a newer copy of the credential, where the policy asks for that: once, after the
// proof (Open Badges 3.0, verification, step 3). It returns the report about the copy; nil where the
// original stands, with a note that says why.
//
// A copy counts if it has the issuer and the id of the original, is not older, conforms to the data
// model, and is signed by the same rules. Whatever is then found about it, such as a revocation, counts
// too. The copy is not itself refreshed.
//
// The original must be the issuer's as well, and hide nothing: the verdict is about what somebody showed,
// and a forgery that names a genuine credential as its newer copy must not be taken for it.
func (r *run) refresh(ctx context.Context, model, proof, issuer Result) (*Report, []*strict.Error) {
	services := r.refreshServices()
	switch {
	case len(services) == 0:
		return nil, nil
	case !r.p.Refresh:
		return nil, []*strict.Error{problem("refresh.available", services[0].Pointer(), "the issuer offers a newer copy of the credential, which was not asked for")}
	case model.Outcome != Passed || proof.Outcome != Passed || !authentic(issuer):
		return nil, nil
	}
	failed := func(detail string) (*Report, []*strict.Error) {
		return nil, []*strict.Error{problem("refresh.failed", services[0].Pointer(), "no newer copy was to be had, so the credential was judged as it is: "+detail)}
	}
	e := services[0]
	for _, s := range services {
		if s.Get("type").Has("1EdTechCredentialRefresh") {
			e = s
		}
	}
	if !e.Get("type").Has("1EdTechCredentialRefresh") {
		return failed("the service is of the type " + quoteOr(first(e.Get("type")), "unnamed") + ", which needs the holder")
	}
	body, found := r.document(ctx, r.refreshSource(), e.Get("id").Text(), "application/vc, application/vc+jwt, application/vc+ld+json, application/ld+json, application/json, text/plain", e.Pointer())
	if found != nil {
		return failed(found.Detail)
	}
	copied, err := vc.Parse(body, vc.Limits{})
	if err != nil {
		return failed("it is no credential: " + asFinding(err, "json.syntax", "").Detail)
	}
	if detail := r.sameCredential(copied); detail != "" {
		return failed(detail)
	}
	fresh := &run{v: r.v, c: copied, p: r.p, at: r.at, trace: r.trace, refreshed: true}
	report := fresh.judge(ctx)
	r.within(fresh.window)
	for _, name := range [...]string{checkModel, checkProof, checkIssuer} {
		if c, _ := report.Check(name); c.Outcome != Passed && !(name == checkIssuer && authentic(c)) {
			return failed("its check " + name + " did not pass")
		}
	}
	report.Refreshed = copied
	note := problem("refresh.used", e.Pointer(), "the report is about the newer copy at "+e.Get("id").Text())
	for i := range report.Checks {
		if report.Checks[i].Check == checkValidity {
			report.Checks[i].Warnings = append(report.Checks[i].Warnings, newProblem(note))
		}
	}
	return report, nil
}

// authentic reports whether the check of the issuer found the key to be the issuer's, be the issuer trusted
// or any.
func authentic(issuer Result) bool {
	return issuer.Outcome == Passed || issuer.Outcome == Skipped && issuer.Reason == reasonNotAsked
}

// sameCredential says what keeps a copy from being a newer version of the credential (Open Badges 3.0,
// section "Equality and comparison"), "" for nothing.
func (r *run) sameCredential(copied *vc.Credential) string {
	before, _ := r.c.ValidFrom()
	after, ok := copied.ValidFrom()
	switch {
	case copied.Issuer() != r.c.Issuer():
		return "it was issued by " + quoteOr(copied.Issuer(), "nobody")
	case r.c.ID() == "" || !sameID(copied.ID(), r.c.ID()):
		return "its id is another"
	case !ok || after.Before(before):
		return "it is older"
	}
	return ""
}

func (r *run) refreshSource() source {
	return source{r.v.resources, "refresh.failed", "copy", r.v.limits.ResourceBytes}
}
