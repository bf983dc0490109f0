package verify

import (
	"time"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// claims compares the registered claims of a JWT with the credential: iss with the issuer, jti with
// the id, sub with the subject's id, nbf and exp with the period of validity. A claim that
// contradicts the credential is a breach. Open Badges 3.0 (JWT proof format) wants each of them;
// VC-JOSE-COSE does not, and badges in circulation lack some: that is a deviation, and a breach
// where the policy is strict. Beside them, aud and iat are not judged.
func (r *run) claims(j *vc.JWS) (breaches, deviations []*strict.Error) {
	text := func(name, want string, what string) {
		claim := j.Claims().Get(name)
		switch {
		case !claim.Exists() && want != "":
			deviations = append(deviations, problem("jwt.claims", "", "the JWT has no claim "+name+" that repeats "+what))
		case claim.Exists() && claim.Kind() != strict.String:
			breaches = append(breaches, problem("jwt.claims", "/"+name, "the claim "+name+" must be a string"))
		case claim.Exists() && claim.Text() != want:
			breaches = append(breaches, problem("jwt.claims", "/"+name, "the claim "+name+" contradicts "+what))
		}
	}
	text("iss", r.c.Issuer(), "the issuer")
	text("jti", r.c.ID(), "the credential's id")
	if s := r.c.Subjects(); len(s) == 1 {
		id := s[0].Get("id")
		if !id.Exists() && r.c.Value() != j.Claims() {
			id = j.Claims().Get("sub") // stands in for it (VC DM 1.1 section 6.3.1)
		}
		text("sub", id.Text(), "the subject's id")
	}
	date := func(name string, t time.Time, ok bool, what string) {
		claim := j.Claims().Get(name)
		switch at, isDate := vc.NumericDate(claim); {
		case !claim.Exists() && ok:
			deviations = append(deviations, problem("jwt.claims", "", "the JWT has no claim "+name+" that repeats "+what))
		case claim.Exists() && !isDate:
			breaches = append(breaches, problem("jwt.claims", "/"+name, "the claim "+name+" must be a number of seconds since 1970"))
		case claim.Exists() && ok && at.Unix() != t.Unix():
			breaches = append(breaches, problem("jwt.claims", "/"+name, "the claim "+name+" contradicts "+what))
		}
	}
	from, ok := r.c.ValidFrom()
	date("nbf", from, ok, "the start of validity")
	until, ok := r.c.ValidUntil()
	date("exp", until, ok, "the end of validity")
	if r.p.Strict {
		return append(breaches, deviations...), nil
	}
	return breaches, deviations
}
