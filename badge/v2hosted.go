package badge

import (
	"context"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// hosted judges a hosted assertion (section "HostedBadge Verification"): what was handed over only says where it is
// hosted, and what is found there is the assertion. Nothing of the copy counts but its id, and its issuer for
// asking nobody else.
//
// What ties it to the issuer is that the issuer's own document, found at the issuer's https id, has the assertion's id
// within its scope, and that the hosts of both are who they are by their certificates: [verify.IssuerOrigin].
//
// A policy that names the suites it allows allows hosted badges by the name "ob2-hosted".
func (j *olderJudge) hosted(ctx context.Context) {
	if err := j.unanswerable("", string(FormatHosted)); err != nil {
		j.prove(err)
		return
	}
	url, place := j.o.value.Get("id").Text(), "/id"
	if j.o.url != "" {
		url = j.o.url
	}
	if url == "" {
		return // the check of the model says so
	}
	if err := j.mayAsk(ctx, url, place); err != nil {
		j.unbound = err
		if j.issuerID() == "" {
			j.issuer = verify.Findings("issuer", err)
		}
		return
	}
	v, err := j.document(ctx, url, place)
	switch {
	case gone(err):
		j.revoked = found("status.revoked", "", "the issuer revoked the badge: its host answers that it is gone (410)")
		return
	case err != nil:
		j.prove(err)
		return
	}
	copied := j.o.value
	j.o.value = v
	if j.revoked = revokedBy(v); j.revoked != nil {
		j.prove()
		j.o.badge, j.o.issuer = first(v.Get("badge")), first(first(v.Get("badge")).Get("issuer"))
		return
	}
	part := verify.Findings("proof", otherMethod(v)...)
	part.Suite = string(FormatHosted)
	part.Warnings = verify.Findings("proof", differences(copied, v)...).Problems
	j.proof = append(j.proof, part)
	if part.Outcome == verify.Passed && j.link(ctx) {
		j.tie(url)
	}
}

// otherMethod says why a hosted document is no hosted assertion.
func otherMethod(v strict.Value) []*strict.Error {
	switch method := methodOf(v); method {
	case methodHosted, "": // that there is none is a breach of the model
		return nil
	case methodSigned:
		return []*strict.Error{found("proof.missing", "/verification", "what is hosted says that it is signed, and the signature is not there")}
	default:
		return []*strict.Error{found("ob2.method", "/verification/type", "the badge is verified by "+shownURL(method)+", which is not known here")}
	}
}

// revokedBy returns what a document says of its own revocation. Whatever stands there but false is a yes.
func revokedBy(v strict.Value) *strict.Error {
	r := v.Get("revoked")
	if !r.Exists() || r.Kind() == strict.Null || r.Raw() == "false" {
		return nil
	}
	detail := "the issuer revoked the badge"
	if reason := text(v.Get("revocationReason")); reason != "" {
		detail += ": " + shownURL(reason)
	}
	return found("status.revoked", "/revoked", detail)
}

// differences lists the members in which a copy is not what is hosted. They are warnings: it is the hosted one that
// is judged. Whether a badge class stands in the document or is linked makes no difference.
func differences(copied, hosted strict.Value) []*strict.Error {
	if copied.Kind() != strict.Object {
		return nil
	}
	here, there := membersOf(copied), membersOf(hosted)
	var all []*strict.Error
	compare := func(name string) (more bool) {
		a, b := first(here(name)), first(there(name))
		linked := a.Kind() != b.Kind() && idOf(a) != "" && idOf(a) == idOf(b)
		if !linked && !sameJSON(a, b) && !(name == "verify" || name == "verification") {
			all = append(all, found(codeChanged, strict.Join("", name), "the copy says something else than what is hosted; the hosted badge is judged"))
		}
		return len(all) < maxNamed
	}
	for name := range copied.Members() {
		if !compare(name) {
			return all
		}
	}
	for name := range hosted.Members() {
		if !here(name).Exists() && !compare(name) {
			return all
		}
	}
	return all
}

// tie compares the id of the assertion with the scope in the issuer's own document, and that of the badge class,
// which by the specification is hosted there as well. Only what is within the scope is bound; a scope that cannot be
// read, or ends amid a name, leaves the check of the issuer open, and a URL outside of it fails the check.
func (j *olderJudge) tie(url string) {
	id, _ := parseWebURL(j.issuerID())
	if err := j.scoped(id); err != nil {
		j.unbound = found(err.Code, issuerPlace+err.Pointer, err.Detail)
		return
	}
	u, _ := parseWebURL(url)
	switch in, open := j.scope.covers(u); {
	case in:
		j.binding = verify.IssuerOrigin
	case open:
		j.unbound = found(codePrefix, "/id", amidName)
	default:
		j.unbound = found(codeScope, "/id", "the badge is hosted at "+shownURL(url)+", and the issuer says that its badges are hosted elsewhere")
	}
	j.aside()
}

// scoped reads the scope from the issuer's own document.
func (j *olderJudge) scoped(id webURL) (err *strict.Error) {
	j.scope, err = scopeOf(id, j.own)
	return err
}

// amidName says why nobody knows whether a URL is in a scope.
const amidName = "the issuer allows what starts like the id of the badge, and that ends amid a name: it may be a neighbour's"

// aside notes that a badge class has the id of a place that is not in the issuer's scope. Where it was linked, it was
// found there; where it is embedded, that place may hold another one, of somebody else.
func (j *olderJudge) aside() {
	if badge := idOf(j.o.badge); strings.HasPrefix(badge, "http") && !j.scope.near(badge) {
		j.beside = append(j.beside, found(codeScope, "/badge/id", "the badge class is not hosted where the issuer says that its badges are"))
	}
}
