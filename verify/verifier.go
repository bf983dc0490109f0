package verify

import (
	"context"
	"fmt"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/verify/internal/schema"
	"github.com/badgeproof/badgeproof/verify/internal/suites"
)

// KeySource finds keys; [keys.Default] makes one. It finds and does not judge: whether a method is
// listed for a purpose and who controls it is decided here. It must be safe for concurrent use.
type KeySource interface {
	// Controller finds the controller document of a DID or https URL without fragment.
	Controller(ctx context.Context, id string) (*keys.Controller, error)
	// KeySet finds the JWK Set, or the single JWK, at an https URL.
	KeySet(ctx context.Context, url string) (*keys.Set, error)
}

// Fetcher gets a document by its URL; the packages fetch and verifytest have some. An error with a
// method Offline() bool that returns true says that there is no network by choice. It must be safe
// for concurrent use.
type Fetcher interface {
	Fetch(ctx context.Context, url, accept string) (body []byte, mediaType string, err error)
}

// Config says where a [Verifier] looks things up. A nil KeySource or Fetcher finds nothing, so that
// what needs it is undecided.
type Config struct {
	Keys   KeySource
	Status Fetcher // status lists
	// Schemas finds JSON Schemas and what they refer to; Resources finds whatever else the credential
	// names and states a digest of, and refreshed copies.
	Schemas, Resources Fetcher
	// Contexts are the JSON-LD contexts; nil stands for the embedded ones. None is ever fetched.
	Contexts *contexts.Set
	Limits   Limits
	// Clock tells the time where a policy does not; nil stands for time.Now.
	Clock func() time.Time
}

// Verifier decides about credentials. It is safe for concurrent use, and holds the compiled contexts,
// so that a process should have one.
type Verifier struct {
	keys                       KeySource
	status, schemas, resources Fetcher
	contexts                   *contexts.Set
	canon                      *canon.Processor
	memory                     *suites.Memory
	lists                      *listCache
	compiled                   schema.Cache
	limits                     Limits
	clock                      func() time.Time
}

// New makes a Verifier.
func New(c Config) (*Verifier, error) {
	v := &Verifier{keys: c.Keys, status: c.Status, schemas: c.Schemas, resources: c.Resources, limits: c.Limits.orDefault(), clock: c.Clock}
	if c.Contexts == nil {
		c.Contexts = contexts.Embedded()
	}
	if v.clock == nil {
		v.clock = time.Now
	}
	v.contexts = c.Contexts
	v.canon = canon.New(c.Contexts, c.Limits.Canon)
	v.memory = new(suites.Memory)
	v.lists = newListCache(v.limits)
	return v, nil
}

// Verify decides about c by the demands of p. The error is nil if and only if the verdict is
// [Valid]; otherwise it wraps [ErrInvalid], [ErrIndeterminate] or, with a nil report, [ErrPolicy].
//
// What a verdict of valid says: the signature of every proof of a known suite covers the whole
// credential; each was made for the purpose assertionMethod; the key of one of them is bound to the
// issuer; the issuer is trusted; the period of validity and every status allow the credential at
// [Report.At]; it conforms to every schema it names, and what it states a digest of has that digest; and
// the checks of [Policy.Profile] passed, for which each credential that they found inside it was judged as well. It
// does not say that what the issuer states is true, nor, without [Policy.Recipient], that whoever
// shows the credential earned it.
func (v *Verifier) Verify(ctx context.Context, c *vc.Credential, p Policy) (*Report, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	if c == nil {
		return nil, fmt.Errorf("verify: %w: no credential", ErrPolicy)
	}
	ctx, cancel := context.WithTimeout(ctx, v.limits.Time)
	defer cancel()
	at := p.At
	if at.IsZero() {
		at = v.clock()
	}
	r := &run{v: v, c: c, p: &p, at: at, trace: &trace{}}
	report := r.judge(ctx)
	r.annotate(report)
	return report, report.err()
}

// run is one verification under way.
type run struct {
	v  *Verifier
	c  *vc.Credential
	p  *Policy
	at time.Time
	*trace
	window window
	// metadata says that the issuer's keys are looked up as those of an SD-JWT VC are, whatever c is.
	metadata bool
	// depth is how many credentials are around this one; placed is its place there, nil where that is none.
	depth  int
	placed *placed
	// among says that it is one of those inside a credential or a presentation.
	among bool
	// made are the attempts at the proofs, once they have been checked.
	made []attempt
	// nested marks the credential of a status list, whose own status is not followed.
	nested bool
	// refreshed marks a copy that a refresh service answered with.
	refreshed bool
	// vp is the presentation that is judged, whose holder takes the place of the issuer; c is then a
	// credential that holds nothing. It is nil while a credential is judged.
	vp *vc.Presentation
}

// judge makes the checks in the order of work, which is not the order of the report.
func (r *run) judge(ctx context.Context) *Report {
	model, trust, validity, recipient := r.model(), r.trust(), r.validity(), r.recipient()
	profile, found := r.profileChecks(ctx)
	proof, issuer, binding := r.secured(ctx, trust)
	newer, notes := r.refresh(ctx, model, proof, issuer)
	if newer != nil {
		return newer
	}
	validity.answered(answer{notes: notes})
	status, schema, resources := r.named(ctx, proof, issuer, profile)
	reports := r.inside(ctx, proof, issuer, profile, found)
	checks := append([]Result{passed(checkParse), model, proof, issuer, validity, status, schema, resources, recipient}, profile...)
	if r.placed != nil {
		checks = append(checks, Findings(checkPlace, r.placed.against...))
	}

	report := &Report{
		Format: r.c.Format(), At: r.at.UTC(), Binding: binding, Credential: summarize(r.c),
		Checks: checks, Credentials: reports, Sources: sortSources(r.sources),
	}
	report.decide()
	return report
}

// secured checks the proofs and who made them. An issuer that is not trusted causes no lookup, and neither does a
// credential that stands where it does not belong.
func (r *run) secured(ctx context.Context, trust Result) (proof, issuer Result, b Binding) {
	if trust.Outcome == Failed || r.placed != nil && len(r.placed.against) > 0 {
		return skipped(checkProof, reasonBlocked), r.issuer(trust, nil), Unbound
	}
	if r.placed != nil && len(r.placed.covers) > 0 {
		r.made, proof = r.placed.covers, enclosed()
	} else {
		r.made = r.attempts(ctx)
		proof = r.proof(ctx, r.made)
	}
	if proof.Outcome == Passed {
		b = strongest(r.made)
	}
	return proof, r.issuer(trust, r.made), b
}

// named checks what the credential names, once its proof has passed and nobody else claims the key.
func (r *run) named(ctx context.Context, proof, issuer Result, profile []Result) (status, schema, resources Result) {
	if proof.Outcome != Passed || issuer.Outcome == Failed {
		return r.unnamed(checkStatus), r.unnamed(checkSchema), r.unnamed(checkResources)
	}
	return r.status(ctx), r.schema(ctx, profile), r.related(ctx)
}

// unnamed is the result of a check that an earlier one stands in the way of.
func (r *run) unnamed(check string) Result {
	level, names := r.levelOf(check)
	switch {
	case level == Off:
		return skipped(check, reasonOff)
	case !names && level != Required:
		return skipped(check, reasonAbsent)
	}
	return skipped(check, reasonBlocked)
}

// levelOf returns how a check of something named counts, and whether the credential names it.
func (r *run) levelOf(check string) (level Level, names bool) {
	switch check {
	case checkStatus:
		return r.p.Status, len(r.c.Status())+len(r.statusClaims()) > 0
	case checkSchema:
		return r.p.Schema, len(r.c.Schemas()) > 0
	}
	_, all := r.namedResources()
	return r.p.Resources, len(all)+len(r.c.Resources()) > 0
}

// level applies how a check counts to what it found.
func level(l Level, result Result) Result {
	if l != Advisory || result.Outcome == Skipped {
		return result
	}
	result.Warnings = append(result.Warnings, result.Problems...)
	result.Problems, result.Outcome, result.Reason = nil, Passed, ""
	return result
}
