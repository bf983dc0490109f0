package verify

import (
	"context"
	"time"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Session is one verification under way of evidence that is no verifiable credential, such as an
// assertion of Open Badges 2.0: [Verifier.Judge] hands it to the function that knows the evidence.
// It offers what the rules of every kind of evidence share, bounded by the limits of the Verifier:
// the moment to judge for, lookups that are recorded in the report, and signatures. It belongs to
// one goroutine, and ends with that function.
type Session struct{ run *run }

// Judgement is what the function given to [Verifier.Judge] found out.
type Judgement struct {
	// Format is how the evidence is secured, Credential what it is, and Binding how its issuer is tied
	// to it; [Unbound] where that is not known.
	Format     vc.Format
	Credential Summary
	Binding    Binding
	// Checks are the results, in any order. A built-in check or one of the policy's profile that is not
	// among them is undecided. One that is there twice is undecided, too.
	Checks []Result
	// Judged is for [Report.Judged].
	Judged any
}

// Judge decides about evidence that is no verifiable credential by the demands of p. It gives the
// time, the budget and the report; the rules are those of the function f, which is called once. Errors
// are those of [Verifier.Verify]. A verdict of valid takes that the checks parse, model, proof and issuer
// have passed, the last of them not where any issuer will do.
func (v *Verifier) Judge(ctx context.Context, p Policy, f func(ctx context.Context, s *Session) Judgement) (*Report, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, v.limits.Time)
	defer cancel()
	at := p.At
	if at.IsZero() {
		at = v.clock()
	}
	r := &run{v: v, c: &vc.Credential{}, p: &p, at: at, trace: &trace{}}
	j := f(ctx, &Session{run: r})
	report := &Report{
		Format: j.Format, At: r.at.UTC(), Binding: j.Binding, Credential: j.Credential, Judged: j.Judged,
		Checks: r.complete(j.Checks), Sources: sortSources(r.sources),
	}
	report.decide()
	r.annotate(report)
	return report, report.err()
}

// complete puts results into the order of reports, and fills in those that are missing.
func (r *run) complete(results []Result) []Result {
	var names []string
	names = append(names, builtin[:]...)
	for _, p := range r.p.Profile {
		names = append(names, p.Name)
	}
	var out []Result
	for _, name := range names {
		found := Result{Check: name}
		n := 0
		for _, result := range results {
			if result.Check == name {
				found, n = result, n+1
			}
		}
		if n != 1 {
			found = Findings(name, problem("check.unanswered", "", "the check "+name+" has no answer for evidence of this kind"))
		}
		out = append(out, found)
	}
	return out
}

// At returns the moment to judge for.
func (s *Session) At() time.Time { return s.run.at }

// Trusts reports whether the policy trusts an issuer.
func (s *Session) Trusts(issuer string) bool { return s.run.p.Issuers.Has(issuer) }

// Fetch gets a document that the evidence names, from [Config.Resources] and within the limits. The
// pointer says where it is named. The error is a [*strict.Error]: resource.unreachable, budget or
// deadline, which all leave open what the document says. What a host answered can be read from the
// cause by errors.As, as far as the fetcher tells: see the method HTTPStatus of fetch.Error.
func (s *Session) Fetch(ctx context.Context, url, accept, pointer string) ([]byte, error) {
	body, err := s.run.document(ctx, s.run.resourceSource(), url, accept, pointer)
	if err != nil {
		return nil, err
	}
	return body, nil
}

// Signature verifies a compact JWS with the key that a JSON object holds. The caller has to know
// whose the key is.
func (s *Session) Signature(j *vc.JWS, key strict.Value) error { return nil }
