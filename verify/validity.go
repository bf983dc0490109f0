package verify

import (
	"time"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// validity compares the period of validity with the moment to judge for: validFrom and validUntil,
// issuanceDate and expirationDate in data model 1.1, nbf and exp of a JWT. Both ends belong to the
// period. A date that cannot be read is no date: the check is then undecided at best. In an IETF SD-JWT VC
// the properties are claims like any other, which may hold anything; where they are points in time, they
// count as well.
func (r *run) validity() Result {
	result := skipped(checkValidity, reasonAbsent)
	limit := func(t time.Time, pointer string, end bool) {
		if result.Outcome == Skipped {
			result = passed(checkValidity)
		}
		switch {
		case !end && r.early(t):
			result.add(newProblem(problem("validity.not_yet", pointer, "the credential is valid from "+t.Format(time.RFC3339)+" on, which is later than "+r.at.UTC().Format(time.RFC3339))))
		case end && r.late(t):
			result.add(newProblem(problem("validity.expired", pointer, "the credential was valid until "+t.Format(time.RFC3339)+"; ask the issuer for a new one")))
		}
	}
	for i, name := range [...]string{"validFrom", "issuanceDate", "validUntil", "expirationDate"} {
		if r.c.Version() != vc.SDJWTVC {
			r.readable(&result, name)
		} else if t, err := parseTime(r.c.Value().Get(name)); err == nil {
			limit(t, r.member(name), i > 1)
		}
	}
	if t, ok := r.c.ValidFrom(); ok && r.c.Version() != vc.SDJWTVC {
		limit(t, r.place("validFrom", "issuanceDate"), false)
	}
	if t, ok := r.c.ValidUntil(); ok && r.c.Version() != vc.SDJWTVC {
		limit(t, r.place("validUntil", "expirationDate"), true)
	}
	r.claimedValidity(limit)
	return result
}

// claimedValidity judges the dates of the claims of a JWT, an SD-JWT or a COSE message, which may have them
// in its header, where no pointer leads, and in its payload.
func (r *run) claimedValidity(limit func(t time.Time, pointer string, end bool)) {
	switch {
	case r.jws() != nil:
		claimedPeriod(r.jws().Claims(), "/nbf", "/exp", limit)
	case r.cose() != nil:
		claimedPeriod(r.cose().Header(), "", "", limit)
		claimedPeriod(r.value(), "/nbf", "/exp", limit)
	case r.sdjwt() != nil:
		claimedPeriod(r.value(), "/nbf", "/exp", limit)
	}
}

// claimedPeriod judges the dates of these claims; from and until are where findings about them lie.
func claimedPeriod(claims strict.Value, from, until string, limit func(t time.Time, pointer string, end bool)) {
	if t, ok := vc.NumericDate(claims.Get("nbf")); ok {
		limit(t, from, false)
	}
	if t, ok := vc.NumericDate(claims.Get("exp")); ok {
		limit(t, until, true)
	}
}

// readable turns a date that stands in the credential and cannot be read into a problem of its own;
// for the check of the model it is a breach as well.
func (r *run) readable(result *Result, name string) {
	v := r.c.Value().Get(name)
	if !v.Exists() || result.Outcome == Failed {
		return
	}
	if _, err := parseTime(v); err != nil {
		if result.Outcome == Skipped {
			*result = passed(checkValidity)
		}
		result.add(newProblem(problem("model.date", v.Pointer(), "the date cannot be read, so nobody can say whether the credential holds")))
	}
}

// member returns the pointer of a member of the credential, be it there or not. In a JWT of data model 1.1
// it stands in the vc claim.
func (r *run) member(name string) string { return strict.Join(r.value().Pointer(), name) }

// issuerPlace returns the pointer of what names the issuer: the property, or the claim that stands in
// for it.
func (r *run) issuerPlace() string {
	if r.vp != nil {
		return r.holderPlace()
	}
	if r.c.Version() == vc.SDJWTVC {
		return "/iss"
	}
	if j := r.c.JWS(); j != nil && !r.c.Value().Get("issuer").Exists() && j.Claims().Get("iss").Exists() {
		return "/iss"
	}
	return r.member("issuer")
}

// place returns the pointer of the first of the members that the credential has.
func (r *run) place(names ...string) string {
	for _, name := range names {
		if v := r.value().Get(name); v.Exists() {
			return v.Pointer()
		}
	}
	return ""
}

func parseTime(v strict.Value) (time.Time, error) {
	if v.Kind() != strict.String {
		return time.Time{}, problem("model.date", v.Pointer(), "a date must be a string")
	}
	return vc.ParseTime(v.Text())
}
