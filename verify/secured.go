package verify

import (
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/jose"
)

// What a run judges the security of is a credential, signed by its issuer, or a presentation, signed by
// its holder. This is what the two have in common.

func (r *run) value() strict.Value {
	if r.vp != nil {
		return r.vp.Value()
	}
	return r.c.Value()
}

func (r *run) proofs() []strict.Value {
	if r.vp != nil {
		return r.vp.Proofs()
	}
	return r.c.Proofs()
}

func (r *run) jws() *vc.JWS {
	if r.vp != nil {
		return r.vp.JWS()
	}
	return r.c.JWS()
}

func (r *run) sdjwt() *vc.SDJWT {
	if r.vp != nil {
		return r.vp.SDJWT()
	}
	return r.c.SDJWT()
}

func (r *run) cose() *vc.COSE {
	if r.vp != nil {
		return r.vp.COSE()
	}
	return r.c.COSE()
}

func (r *run) version() vc.Version {
	if r.vp != nil {
		return r.vp.Version()
	}
	return r.c.Version()
}

// profile is the set of rules that a token is held to.
func (r *run) profile() jose.Profile {
	if r.vp != nil {
		return jose.ProfileOfPresentation(r.vp)
	}
	return jose.ProfileOf(r.c)
}

// purpose is what a proof must have been made for, and its method be listed for (VC Data Integrity 1.0
// section 2.1, VC DM 2.0 section 4.13).
func (r *run) purpose() string {
	if r.vp != nil {
		return "authentication"
	}
	return "assertionMethod"
}

// signer is who must have signed: the issuer or the holder.
func (r *run) signer() string {
	if r.vp != nil {
		return r.presenter()
	}
	return r.c.Issuer()
}

// noun and signerNoun are the words for sentences.
func (r *run) noun() string {
	if r.vp != nil {
		return "presentation"
	}
	return "credential"
}

func (r *run) signerNoun() string {
	if r.vp != nil {
		return "holder"
	}
	return "issuer"
}
