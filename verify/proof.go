package verify

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/suites"
)

// attempt is one proof, and what became of it.
type attempt struct {
	result Result
	// unknown marks a proof of a suite that this library does not know.
	unknown bool
	binding Binding
	// contradiction says that the key belongs to somebody other than the issuer.
	contradiction *strict.Error
	// unbound says what the binding of key to issuer lacks, where it lacks something.
	unbound *strict.Error
	// method is the verification method that the proof names, or that the key of a token is.
	method string
	// failed is what it takes to find out why a signature did not match.
	failed *failure
	// covers is how much of the document the signature is over, where it verified.
	covers coverage
}

// attempts checks each proof of the credential on its own.
func (r *run) attempts(ctx context.Context) []attempt {
	switch {
	case r.jws() != nil:
		return []attempt{covered(r.plain(ctx), wholeText)}
	case r.sdjwt() != nil && r.sdjwt().Undisclosed() > 0:
		return []attempt{r.selective(ctx)}
	case r.sdjwt() != nil:
		return []attempt{covered(r.selective(ctx), wholeText)}
	case r.cose() != nil:
		return []attempt{covered(r.message(ctx), wholeText)}
	}
	proofs := r.proofs()
	if len(proofs) > r.v.limits.Proofs || len(proofs) > 1 && !r.affords(len(proofs)*len(r.value().Raw())) {
		tooMany := problem("budget", "/proof", "the "+r.noun()+" has "+strconv.Itoa(len(proofs))+" proofs, more than are checked on one of its length")
		return []attempt{{result: Findings(checkProof, tooMany)}}
	}
	out := make([]attempt, 0, len(proofs))
	links := newChain(proofs)
	for i, p := range proofs {
		previous, err := links.before(i)
		if err != nil {
			out = append(out, refused(suiteName(p), asFinding(err, "proof.chain", p.Pointer())))
			continue
		}
		a := r.embedded(ctx, p, previous)
		a.method = p.Get("verificationMethod").Text()
		out = append(out, a)
	}
	links.settle(out)
	return out
}

// affords reports whether the limit allows for proofs that go over so many bytes. Those inside a credential or a
// presentation share it: each of hundreds could have dozens of proofs.
func (r *run) affords(bytes int) bool {
	if !r.among {
		return bytes <= r.v.limits.ProofBytes
	}
	if bytes > r.v.limits.ProofBytes-r.passed {
		return false
	}
	r.passed += bytes
	return true
}

// proof puts the proofs together: every one of a known suite must verify, and one of an unknown
// suite beside a good one is reported and ignored. Without any proof the credential is not secured.
func (r *run) proof(ctx context.Context, attempts []attempt) Result {
	if len(attempts) == 0 {
		return Findings(checkProof, problem("proof.missing", r.place("proof"),
			"nothing secures the "+r.noun()+": it is neither a signed JWT nor has it a proof"))
	}
	if r.vp == nil && (r.p.MinProofs > 0 || len(r.p.Methods) > 0) {
		return r.needed(ctx, attempts)
	}
	result := Result{Check: checkProof, Outcome: Passed}
	good := slices.ContainsFunc(attempts, func(a attempt) bool { return a.result.Outcome == Passed })
	for _, a := range attempts {
		result.Parts = append(result.Parts, a.result)
		if a.unknown && good {
			continue
		}
		for _, p := range a.result.Problems {
			result.add(wholeCredential(p))
		}
		if a.result.Outcome != Passed && result.Outcome == Passed {
			result.Outcome, result.Reason = a.result.Outcome, a.result.Reason
		}
	}
	if result.Outcome == Failed {
		result.Hints = r.causes(ctx, attempts)
	}
	return result
}

// embedded checks one Data Integrity proof (VC Data Integrity 1.0 section 4.4), which was made over the
// previous ones.
func (r *run) embedded(ctx context.Context, p strict.Value, previous []strict.Value) attempt {
	if p.Kind() != strict.Object {
		return refused("", problem("proof.value", p.Pointer(), "a proof must be an object"))
	}
	suite, known := suites.Find(p)
	name := suiteName(p)
	if !known {
		return attempt{unknown: true, result: part(name, problem("proof.suite_unknown", p.Pointer(),
			"the proof is of the kind "+quoteOr(name, "unnamed")+", which this version cannot verify"))}
	}
	if suite.Experimental() && !r.p.Experimental {
		return attempt{unknown: true, result: part(name, problem("proof.suite_unknown", p.Pointer(),
			"the proof is of the kind "+name+", which is experimental: a draft that may still change; Policy.Experimental allows it"))}
	}
	found := r.options(p)
	if suite.Legacy() && r.p.RefuseLegacy {
		found = append(found, problem("proof.suite_not_allowed", p.Pointer(), "the policy does not allow "+name+", which is obsolete"))
	}
	if len(found) > 0 {
		return refused(name, found...)
	}
	a := attempt{}
	method, err := r.method(ctx, p, &a)
	if err != nil {
		a.result = part(name, err)
		return a
	}
	if err := r.usable(method, p.Get("verificationMethod").Pointer()); err != nil {
		a.result = part(name, err)
		return a
	}
	if err := inTime(ctx, p.Pointer()); err != nil {
		a.result = part(name, err)
		return a
	}
	in := suites.Input{
		Document: r.value(), Proof: p, Previous: previous, Key: method.Key, Algorithm: method.Algorithm,
		Canon: r.v.canon, InlineContexts: r.p.InlineContexts, Memory: r.v.memory,
	}
	signed, verr := suite.Verify(in)
	if verr != nil {
		found := asFinding(verr, "proof.signature", p.Pointer())
		a.result, a.failed = part(name, found), &failure{in: in, key: method, err: found}
		return a
	}
	a.result = r.signed(p, suite, signed)
	return covered(a, coverageOf(suite))
}

// signed is the result of a proof that verified: what there is to say about how it was made.
func (r *run) signed(p strict.Value, suite suites.Suite, signed suites.Result) Result {
	result := part(suite.Name())
	if signed.UnsignedContexts > 0 {
		found := problem("proof.context", r.place("@context"), "the proof names fewer contexts than the "+r.noun()+": the last "+
			strconv.Itoa(signed.UnsignedContexts)+" of them were not signed, and may have been added by anybody")
		if r.p.Strict {
			return part(suite.Name(), found)
		}
		if unknown := r.unknownContext(signed.UnsignedContexts); unknown != nil {
			return part(suite.Name(), unknown)
		}
		result.Warnings = append(result.Warnings, newProblem(found))
	}
	if suite.Selective() {
		result.Hints = append(result.Hints, "The proof was derived by the holder. What the issuer did not make mandatory, a status or an "+
			"end of validity among it, may have been left out: this report is about what was disclosed.")
	}
	if suite.Experimental() {
		result.Warnings = append(result.Warnings, newProblem(problem("proof.experimental", p.Pointer(),
			suite.Name()+" is experimental: its specification is a draft, and a later one may change what it signs")))
	}
	if suite.Legacy() {
		result.Warnings = append(result.Warnings, newProblem(problem("proof.legacy", p.Pointer(),
			suite.Name()+" is obsolete: a later suite has taken its place, and this one may be refused before long")))
	}
	return result
}

// unknownContext returns an error about the first of the last n contexts that nobody signed and that this
// verifier does not know: it could say anything, and what it makes the terms of the document mean to others
// cannot be told.
func (r *run) unknownContext(n int) *strict.Error {
	all := slices.Collect(r.value().Get("@context").Each())
	for _, c := range all[max(len(all)-n, 0):] {
		switch {
		case c.Kind() == strict.Object && r.p.InlineContexts:
		case c.Kind() != strict.String:
			return problem("jsonld.context", c.Pointer(), "this context was not signed and is written out in the "+r.noun()+"; anybody may have added it")
		case len(r.v.contexts.Lookup(c.Text())) == 0:
			return problem("jsonld.context", c.Pointer(), "the context "+quoteOr(c.Text(), "without a name")+" was not signed and is unknown; anybody may have added it")
		}
	}
	return nil
}

// part is the result of one proof.
func part(suite string, found ...*strict.Error) Result {
	result := Findings(checkProof, found...)
	result.Suite = suite
	return result
}

func refused(suite string, found ...*strict.Error) attempt {
	return attempt{result: part(suite, found...)}
}

// suiteName is the name that reports give to a proof's suite, "" where it has none that a suite can have: up
// to 64 letters, digits and signs of URLs. An unknown proof beside a good one is ignored and signed by
// nobody, and must not write sentences into the report of a valid credential.
func suiteName(p strict.Value) string {
	name := p.Get("type").Text()
	if name == "DataIntegrityProof" {
		name = p.Get("cryptosuite").Text()
	}
	if len(name) > 64 || strings.IndexFunc(name, func(c rune) bool {
		return (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && !strings.ContainsRune("-._:/#", c)
	}) >= 0 {
		return ""
	}
	return name
}

// usable refuses a key that its controller has withdrawn; pointer is where the credential names it.
func (r *run) usable(m keys.Method, pointer string) *strict.Error {
	if !m.Revoked.IsZero() {
		r.moment(m.Revoked)
	}
	if !m.Expires.IsZero() {
		r.moment(m.Expires.Add(1))
	}
	if !m.Revoked.IsZero() && !r.at.Before(m.Revoked) {
		return problem("key.revoked", pointer, "the controller of the key revoked it on "+m.Revoked.Format("2006-01-02"))
	}
	if !m.Expires.IsZero() && r.at.After(m.Expires) {
		return problem("key.revoked", pointer, "the key expired on "+m.Expires.Format("2006-01-02"))
	}
	return nil
}
