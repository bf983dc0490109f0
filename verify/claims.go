package verify

import (
	"slices"
	"time"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/jose"
)

// claimed is the comparison of the registered claims of a token with the credential in it.
type claimed struct {
	claims               strict.Value
	repeated             bool   // the profile wants claims that repeat what the credential says
	code                 string // of what it finds
	nowhere              bool   // no pointer into the credential leads to the claims
	breaches, deviations []*strict.Error
}

// claims compares the registered claims of a token with the credential: iss with the issuer, jti with
// the id, sub with the subject's id. A claim that contradicts the credential is a breach. The JWT proof
// format of Open Badges 3.0 and VC 1.1 want each of them, and nbf and exp as well, which must then be the
// period of validity; badges in circulation lack some: that is a deviation, and a breach where the
// policy is strict. In VC-JOSE-COSE, claims need not be there, and exp is when the signature ends.
// Beside them, aud and iat are not judged. The claims of an IETF SD-JWT VC are the credential itself, so
// that its header alone can contradict it.
func (r *run) claims() (breaches, deviations []*strict.Error) {
	profile := jose.ProfileOf(r.c)
	k := &claimed{code: "jwt.claims", claims: r.c.Value(), repeated: profile == jose.OpenBadges || profile == jose.VCJWT}
	switch {
	case profile == jose.SDJWTVC:
		k.header(r.c.SDJWT().JWS().Header(), r.c.Issuer())
		return k.breaches, nil
	case r.c.JWS() != nil:
		k.claims = r.c.JWS().Claims()
		k.header(r.c.JWS().Header(), r.c.Issuer())
		k.beside(r.c.Value(), r.c.Issuer())
	case r.c.SDJWT() != nil:
		k.header(r.c.SDJWT().JWS().Header(), r.c.Issuer())
		k.withholdable(r.c.SDJWT())
	case r.c.COSE() != nil:
		k.claims, k.code, k.nowhere = r.c.COSE().Header(), "cose.header", true
	}
	k.text("iss", r.c.Issuer(), "the issuer")
	k.text("jti", r.c.ID(), "the credential's id")
	if s := r.c.Subjects(); len(s) == 1 {
		id := s[0].Get("id")
		if !id.Exists() && r.c.JWS() != nil && r.c.Value() != k.claims {
			id = k.claims.Get("sub") // stands in for it (VC DM 1.1 section 6.3.1)
		}
		k.text("sub", id.Text(), "the subject's id")
	}
	from, ok := r.c.ValidFrom()
	k.date("nbf", from, ok, "the start of validity")
	until, ok := r.c.ValidUntil()
	k.date("exp", until, ok, "the end of validity")
	if r.p.Strict {
		return append(k.breaches, k.deviations...), nil
	}
	return k.breaches, k.deviations
}

func (k *claimed) breach(name, detail string) {
	pointer := strict.Join("", name)
	if k.nowhere {
		pointer = ""
	}
	k.breaches = append(k.breaches, problem(k.code, pointer, detail))
}

// header compares an iss that is repeated in the header (RFC 7519 section 5.3).
func (k *claimed) header(h strict.Value, issuer string) {
	if iss := h.Get("iss"); iss.Exists() && iss.Text() != issuer {
		k.breaches = append(k.breaches, problem("jwt.header", "", "the iss in the header contradicts the issuer"))
	}
}

// text compares a claim with a property that is a string. A subject without an id contradicts nothing
// where the profile does not tie sub to it.
func (k *claimed) text(name, want string, what string) {
	claim := k.claims.Get(name)
	switch {
	case !claim.Exists() && want != "" && k.repeated:
		k.deviations = append(k.deviations, problem(k.code, "", "the JWT has no claim "+name+" that repeats "+what))
	case claim.Exists() && claim.Kind() != strict.String:
		k.breach(name, "the claim "+name+" must be a string")
	case claim.Exists() && claim.Text() != want && (want != "" || k.repeated):
		k.breach(name, "the claim "+name+" contradicts "+what)
	}
}

func (k *claimed) date(name string, t time.Time, ok bool, what string) {
	claim := k.claims.Get(name)
	switch at, isDate := vc.NumericDate(claim); {
	case !claim.Exists() && ok && k.repeated:
		k.deviations = append(k.deviations, problem(k.code, "", "the JWT has no claim "+name+" that repeats "+what))
	case claim.Exists() && !isDate:
		k.breach(name, "the claim "+name+" must be a number of seconds since 1970")
	case claim.Exists() && ok && k.repeated && at.Unix() != t.Unix():
		k.breach(name, "the claim "+name+" contradicts "+what)
	}
}

// deciding are the properties that a verdict depends on.
var deciding = [...]string{
	"@context", "id", "type", "issuer", "validFrom", "validUntil", "issuanceDate", "expirationDate", "credentialSubject",
	"credentialStatus", "credentialSchema", "relatedResource", "refreshService", "termsOfUse", "proof",
}

// beside looks for properties next to the vc claim of a data model 1.1 JWT. They are signed and not part
// of the credential, so that they must not say anything else than inside. Of the issuer that is its id,
// which iss may state as well: did-jwt-vc leaves the rest of an issuer that is an object beside.
func (k *claimed) beside(credential strict.Value, issuer string) {
	if credential == k.claims {
		return
	}
	for _, name := range deciding {
		v := k.claims.Get(name)
		if name == "issuer" && (v.Text() == issuer || v.Kind() == strict.Object && (!v.Get("id").Exists() || v.Get("id").Text() == issuer)) {
			continue
		}
		if v.Exists() && v.Raw() != credential.Get(name).Raw() {
			k.breach(name, "the "+name+" next to the vc claim does not count, and is not what stands inside")
		}
	}
}

// withholdable tells what an issuer should not have left to the holder whether to show, because a
// verdict depends on it (VC-JOSE-COSE section 3.2.1). What was shown counts. Where a part of a status was
// not, be it only a decoy, nobody can say what it would be.
func (k *claimed) withholdable(s *vc.SDJWT) {
	for _, name := range s.Withheld() {
		switch name {
		case "credentialStatus", "status":
			k.breaches = append(k.breaches, problem("status.unknown", "/"+name, "a part of "+name+" was not disclosed, so that nobody can say whether the credential holds; ask the holder for all of it"))
		}
	}
	for _, name := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(s.Disclosed(), s.Withheld())))) {
		switch name {
		case "@context", "credentialStatus", "credentialSchema", "validFrom", "validUntil", "relatedResource", "termsOfUse", "refreshService", "cnf", "exp", "nbf", "status":
			k.deviations = append(k.deviations, problem("sdjwt.disclosure", "/"+name, "the issuer left it to the holder whether to show "+name+", on which a verdict depends"))
		}
	}
}
