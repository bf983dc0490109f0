package verify

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/jose"
)

// Session is one verification under way of evidence that is no verifiable credential, such as an
// assertion of Open Badges 2.0: [Verifier.Judge] hands it to the function that knows the evidence.
// It offers what the rules of every kind of evidence share, bounded by the limits of the Verifier:
// the moment to judge for, lookups that are recorded in the report, and signatures. It belongs to
// one goroutine, and ends with that function.
type Session struct {
	run  *run
	from map[string]string // which URL answered in the end, by the one that was asked
}

// Judgement is what the function given to [Verifier.Judge] found out.
type Judgement struct {
	// Format is how the evidence is secured, Credential what it is, and Binding how its issuer is tied
	// to it; [Unbound] where that is not known.
	Format     vc.Format
	Credential Summary
	Binding    Binding
	// Checks are the results, in any order. A check that is built in or one of the policy's profile, and has
	// not exactly one result among them, is undecided. What is neither is left out of the report.
	Checks []Result
	// Judged is for [Report.Judged].
	Judged any
}

// Judge decides about evidence that is no verifiable credential by the demands of p. It gives the time, the
// budget and the report; the rules are those of f, which is called once. Errors are those of
// [Verifier.Verify], and the verdict follows from the checks as it does there: valid takes that parse, model and
// proof have passed, and that nothing failed or is open.
//
// The levels of the policy for the checks status, schema and resources are applied to what f says; checks of the
// policy's profile are not run, since they know credentials only. f has to answer for them by their names.
func (v *Verifier) Judge(ctx context.Context, p Policy, f func(ctx context.Context, s *Session) Judgement) (*Report, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	if f == nil {
		return nil, fmt.Errorf("verify: %w: nothing judges the evidence", ErrPolicy)
	}
	ctx, cancel := context.WithTimeout(ctx, v.limits.Time)
	defer cancel()
	at := p.At
	if at.IsZero() {
		at = v.clock()
	}
	r := &run{v: v, c: &vc.Credential{}, p: &p, at: at, trace: &trace{}}
	j := f(ctx, &Session{run: r, from: map[string]string{}})
	report := &Report{
		Format: j.Format, At: r.at.UTC(), Binding: j.Binding, Credential: j.Credential, Judged: j.Judged,
		Checks: r.complete(j.Checks), Sources: sortSources(r.sources),
	}
	report.decide()
	r.annotate(report)
	return report, report.err()
}

// complete puts results into the order of reports, and leaves open what has no answer.
func (r *run) complete(results []Result) []Result {
	names := slices.Clone(builtin[:])
	for _, p := range r.p.Profile {
		names = append(names, p.Name)
	}
	var out []Result
	for _, name := range names {
		of := slices.DeleteFunc(slices.Clone(results), func(r Result) bool { return r.Check != name })
		if len(of) != 1 {
			of = []Result{Findings(name, problem("check.unanswered", "", "the check "+name+" has no answer for evidence of this kind"))}
		}
		out = append(out, r.demanded(of[0]))
	}
	return out
}

// demanded applies the policy's level to a check that has one.
func (r *run) demanded(result Result) Result {
	of, known := map[string]Level{checkStatus: r.p.Status, checkSchema: r.p.Schema, checkResources: r.p.Resources}[result.Check]
	switch {
	case !known:
		return result
	case of == Off:
		return skipped(result.Check, reasonOff)
	case of == Required && result.Outcome == Skipped && result.Reason == reasonAbsent:
		code := map[string]string{checkStatus: "status.required", checkSchema: "schema.required", checkResources: "resource.required"}
		return Findings(result.Check, problem(code[result.Check], "", "the policy asks for what the check "+result.Check+" is about, and the evidence has none"))
	}
	return level(of, result)
}

// At returns the moment to judge for.
func (s *Session) At() time.Time { return s.run.at }

// Early reports whether the moment to judge for is before t, the beginning of a period, and Late whether it
// is after t, the end of one, by more than clocks may differ ([Policy.Skew]). What they were asked counts
// for [Report.NextChange].
func (s *Session) Early(t time.Time) bool { return s.run.early(t) }

// Late is described at [Session.Early].
func (s *Session) Late(t time.Time) bool { return s.run.late(t) }

// Trusts reports whether the policy trusts an issuer.
func (s *Session) Trusts(issuer string) bool { return s.run.p.Issuers.Has(issuer) }

// Trusted returns the issuers that the policy trusts, in order, and whether it trusts every one.
func (s *Session) Trusted() (ids []string, everybody bool) {
	for id := range s.run.p.Issuers.ids {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids, s.run.p.Issuers.any
}

// Fetch gets a document that the evidence names, from [Config.Resources] and within the limits. The
// pointer says where it is named. A document that was fetched is not asked for again.
//
// from is the URL that answered in the end. A Fetcher that follows redirects tells it by a method FetchFrom
// with one more result than Fetch, as those of package fetch do; without that method, it is url.
//
// The error is a [*strict.Error]: resource.unreachable, budget or deadline, which all leave open what
// the document says. What a host answered is known where an error in its chain has a method HTTPStatus() int.
func (s *Session) Fetch(ctx context.Context, url, accept, pointer string) (body []byte, from string, err error) {
	src := s.run.resourceSource()
	if src.fetcher != nil {
		src.fetcher = following{src.fetcher, s.from}
	}
	body, found := s.run.document(ctx, src, url, accept, pointer)
	if found != nil {
		return nil, "", found
	}
	return body, s.from[withoutFragment(url)], nil
}

// following is a Fetcher that notes where answers came from.
type following struct {
	Fetcher
	from map[string]string
}

// Fetch asks, and notes who answered.
func (f following) Fetch(ctx context.Context, url, accept string) (body []byte, mediaType string, err error) {
	from := url
	if known, ok := f.Fetcher.(interface {
		FetchFrom(ctx context.Context, url, accept string) ([]byte, string, string, error)
	}); ok {
		body, mediaType, from, err = known.FetchFrom(ctx, url, accept)
	} else {
		body, mediaType, err = f.Fetcher.Fetch(ctx, url, accept)
	}
	f.from[url] = from
	return body, mediaType, err
}

// Signature verifies a compact JWS with a public key in PEM ([keys.ParsePEM]), by an algorithm that the policy
// allows, and returns the algorithm, "" where the header has none that counts. Whose the key is, the caller has to
// know; no member of the header chooses it. The error is a [*strict.Error] as for credentials: jwt.header,
// key.malformed, proof.suite_unknown, proof.suite_not_allowed, proof.method, proof.signature. Pointers
// lead into the header.
func (s *Session) Signature(j *vc.JWS, pem string) (alg string, err error) {
	found, err := jose.Header(j, jose.Assertion)
	if err != nil {
		return "", err
	}
	alg = string(found)
	if s.run.p.Suites != nil && !slices.Contains(s.run.p.Suites, alg) {
		return alg, problem("proof.suite_not_allowed", "/alg", "the policy does not allow "+alg)
	}
	key, err := keys.ParsePEM(pem)
	if err != nil {
		return alg, err
	}
	return alg, jose.Verify(j, key, "", jose.Assertion)
}

// Issuer makes the result of the check "issuer" from who the issuer is and how it is tied to the evidence.
// Where it is not tied at all, unbound says why, or is nil where an earlier check stands in the way.
func (s *Session) Issuer(id, pointer string, b Binding, unbound *strict.Error) Result {
	trust := passed(partTrust)
	switch {
	case s.run.p.Issuers.any:
		trust = skipped(partTrust, reasonNotAsked)
	case !s.Trusts(id):
		trust = Findings(partTrust, problem("issuer.untrusted", pointer, "the badge was issued by "+quoteOr(id, "nobody")+", who is not among the trusted issuers"))
	}
	binding := passed(partBinding)
	switch {
	case b == Unbound && unbound == nil:
		binding = skipped(partBinding, reasonBlocked)
	case b == Unbound:
		binding = Findings(partBinding, unbound)
	case b < s.run.p.Binding.demand():
		binding = Findings(partBinding, problem("issuer.unbound", pointer,
			"the badge is tied to its issuer as "+b.String()+" only, and the policy asks for "+s.run.p.Binding.demand().String()))
	}
	return issuerResult(trust, binding)
}

// Recipient makes the result of the check "recipient": it asks the policy's [Recipient] about a credential that
// says of its recipient what the evidence says.
func (s *Session) Recipient(c *vc.Credential) Result {
	s.run.c = c
	return s.run.recipient()
}
