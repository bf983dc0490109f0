package vc

import (
	"slices"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// neverDisclosed are the claims of an SD-JWT VC that a holder must not be able to withhold (draft-ietf-
// oauth-sd-jwt-vc section 2.2.2.3).
var neverDisclosed = [...]string{"iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"}

// sdjwtVC checks the rules of an IETF SD-JWT VC (draft-ietf-oauth-sd-jwt-vc section 2.2.2): its type, who
// issued it, its dates, and what must not be selectively disclosable. An issuer may be named by a
// certificate alone. A vc or vp claim would be a second credential, which nobody judges. The type metadata
// that vct may lead to is not looked at.
func (k *checker) sdjwtVC() {
	v := k.c.value
	k.wrapped()
	k.claimOf(v, "vct", strict.String)
	if !v.Get("iss").Exists() && !k.c.sdjwt.issuer.header.Get("x5c").Exists() {
		k.report(codeMissing, v, "the credential has no iss claim, and no certificate that would name its issuer")
	}
	for _, name := range [...]string{"iss", "sub", "jti", "vct#integrity"} {
		k.claimOf(v, name, strict.String)
	}
	for _, name := range [...]string{"cnf", "status"} {
		k.claimOf(v, name, strict.Object)
	}
	for _, name := range [...]string{"nbf", "exp", "iat"} {
		k.child(v, name, func(claim strict.Value) {
			if _, ok := NumericDate(claim); !ok {
				k.report(codeDate, claim, name+" is "+clip(claim.Raw())+"; it must be a number of seconds since 1970")
			}
		})
	}
	from, ok := k.c.ValidFrom()
	if until, found := k.c.ValidUntil(); ok && found && until.Before(from) {
		k.child(v, "exp", func(claim strict.Value) { k.report(codeDate, claim, "exp is before nbf") })
	}
	for _, name := range neverDisclosed {
		if slices.Contains(k.c.sdjwt.disclosed, name) || slices.Contains(k.c.sdjwt.withheld, name) {
			k.child(v, name, func(claim strict.Value) {
				k.report(codeValue, claim, name+" is selectively disclosable; the issuer must not leave it to the holder whether to show it")
			})
		}
	}
}

// claimOf checks the kind of a claim that is there. A text must not be empty.
func (k *checker) claimOf(v strict.Value, name string, kind strict.Kind) {
	k.child(v, name, func(claim strict.Value) {
		switch {
		case claim.Kind() != kind:
			k.report(codeType, claim, name+" is "+claim.Kind().String()+"; it must be "+kind.String())
		case kind == strict.String && claim.Text() == "":
			k.report(codeValue, claim, name+" is the empty string")
		}
	})
}
