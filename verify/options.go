package verify

import (
	"slices"
	"time"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// options checks what a proof says about itself: suite, purpose, dates, domain and challenge (VC Data
// Integrity 1.0 sections 2.1 and 4.4). It needs no key.
func (r *run) options(p strict.Value) []*strict.Error {
	var found []*strict.Error
	add := func(code, member, detail string) {
		found = append(found, problem(code, p.Pointer()+"/"+member, detail))
	}
	if name := suiteName(p); r.p.Suites != nil && !slices.Contains(r.p.Suites, name) {
		add("proof.suite_not_allowed", "cryptosuite", "the policy does not allow "+name)
	}
	if v := p.Get("proofPurpose"); v.Text() != r.purpose() {
		add("proof.purpose", "proofPurpose", "the proof was made for "+quoteOr(v.Text(), "no purpose")+"; a "+r.noun()+" needs "+r.purpose())
	}
	if p.Get("verificationMethod").Text() == "" {
		add("proof.method", "verificationMethod", "the proof names no verification method")
	}
	if p.Get("proofValue").Text() == "" && p.Get("jws").Text() == "" {
		add("proof.value", "proofValue", "the proof has no value")
	}
	found = append(found, r.proofDates(p)...)
	if r.p.Challenge != "" && p.Get("challenge").Text() != r.p.Challenge {
		add("proof.challenge", "challenge", "the proof does not answer the challenge that was given")
	}
	if r.p.Domain != "" && !soleDomain(p.Get("domain"), r.p.Domain) {
		add("proof.domain", "domain", "the proof was not made for the domain "+r.p.Domain)
	}
	return found
}

// proofDates checks created and expires, which both may be absent.
func (r *run) proofDates(p strict.Value) (found []*strict.Error) {
	if v := p.Get("created"); v.Exists() {
		t, err := parseTime(v)
		switch {
		case err != nil:
			found = append(found, problem("proof.created", v.Pointer(), "the date of the proof is not an RFC 3339 date with a time zone"))
		case r.early(t):
			found = append(found, problem("proof.created", v.Pointer(), "the proof says that it was made on "+t.Format(time.RFC3339)+", which has not come yet"))
		}
	}
	for _, name := range expiries {
		v := p.Get(name)
		if !v.Exists() {
			continue
		}
		t, err := parseTime(v)
		switch {
		case err != nil:
			found = append(found, problem("proof.expired", v.Pointer(), "the end of the proof is not an RFC 3339 date with a time zone"))
		case r.late(t):
			found = append(found, problem("proof.expired", v.Pointer(), "the proof counted until "+t.Format(time.RFC3339)))
		}
	}
	return found
}

// expiries are the names for the end of a proof. The security vocabulary contexts v1 and v2 have another
// name for the same property, so that whoever names one of them can rename it under the signature.
var expiries = [...]string{"expires", "expiration"}

// soleDomain reports whether v is exactly the one domain that is expected: a bare string counts as a
// set of one.
func soleDomain(v strict.Value, want string) bool {
	if v.Kind() == strict.Array && v.Len() != 1 {
		return false
	}
	return v.Has(want)
}
