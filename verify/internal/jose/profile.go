package jose

import (
	"strings"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Profile is a set of rules for the header and the claims of a token. They contradict each other, so
// that one has to be chosen; reports name it.
type Profile string

// The profiles.
const (
	// OpenBadges is the JWT proof format of Open Badges 3.0 (its section 8.2), for every credential with
	// a context of Open Badges.
	OpenBadges Profile = "openbadges-3.0-jwt"
	// VCJWT is the JWT encoding of VC 1.1 (its section 6.3.1), for credentials in a vc claim.
	VCJWT Profile = "vc-jwt-1.1"
	// JOSE, SDJWT and COSE are those of VC-JOSE-COSE, for credentials of VC 2.0.
	JOSE  Profile = "vc-jose-cose-jwt"
	SDJWT Profile = "vc-jose-cose-sd-jwt"
	COSE  Profile = "vc-jose-cose-cose"
	// SDJWTVC is the IETF's SD-JWT VC.
	SDJWTVC Profile = "sd-jwt-vc"

	// The same of presentations.
	PresentationVCJWT Profile = "vp-jwt-1.1"
	PresentationJOSE  Profile = "vc-jose-cose-vp-jwt"
	PresentationSDJWT Profile = "vc-jose-cose-vp-sd-jwt"
	PresentationCOSE  Profile = "vc-jose-cose-vp-cose"
)

// badgeContexts begins the contexts of Open Badges 3.0.
const badgeContexts = "https://purl.imsglobal.org/spec/ob/v3p0/"

// ProfileOf chooses the profile by what the credential is, never by what its header says.
func ProfileOf(c *vc.Credential) Profile {
	switch {
	case c.Version() == vc.SDJWTVC:
		return SDJWTVC
	case c.SDJWT() != nil:
		return SDJWT
	case c.COSE() != nil:
		return COSE
	}
	for _, url := range c.Contexts() {
		if strings.HasPrefix(url, badgeContexts) {
			return OpenBadges
		}
	}
	if c.Version() == vc.V1 {
		return VCJWT
	}
	return JOSE
}

// ProfileOfPresentation does the same for a presentation.
func ProfileOfPresentation(p *vc.Presentation) Profile {
	switch {
	case p.SDJWT() != nil:
		return PresentationSDJWT
	case p.COSE() != nil:
		return PresentationCOSE
	case p.Version() == vc.V1:
		return PresentationVCJWT
	}
	return PresentationJOSE
}

// expectedTypes are what typ should be, and cty where it is there; compared as [MediaType] does.
var expectedTypes = map[Profile]struct{ typ, cty string }{
	OpenBadges: {"jwt", ""}, VCJWT: {"jwt", ""}, JOSE: {"vc+jwt", "vc"}, SDJWT: {"vc+sd-jwt", "vc"},
	COSE: {"vc+cose", "vc"}, SDJWTVC: {"dc+sd-jwt", ""},
	PresentationVCJWT: {"jwt", ""}, PresentationJOSE: {"vp+jwt", "vp"}, PresentationSDJWT: {"vp+sd-jwt", "vp"}, PresentationCOSE: {"vp+cose", "vp"},
}

// Deviations lists where a header departs from its profile in ways that do not make a credential
// invalid, in the order of the header. Looked at are typ; cty, for the profiles of VC-JOSE-COSE; a kid that is a
// DID and not the URL of one of its methods; and, for
// Open Badges, members other than alg, kid, jwk and typ, and whether there is kid or jwk. A missing typ
// deviates where the profile says that it should be there.
func (p Profile) Deviations(h strict.Value) []*strict.Error {
	var found []*strict.Error
	note := func(v strict.Value, detail string) {
		found = append(found, &strict.Error{Code: codeHeader, Pointer: v.Pointer(), Offset: v.Offset(), Detail: detail})
	}
	want := expectedTypes[p]
	for name, v := range h.Members() {
		switch {
		case name == "typ" && MediaType(v.Text()) != want.typ:
			note(v, "the profile "+string(p)+" asks for the typ "+want.typ)
		case name == "cty" && want.cty != "" && MediaType(v.Text()) != want.cty:
			note(v, "the profile "+string(p)+" asks for the cty "+want.cty)
		case name == "kid" && strings.HasPrefix(v.Text(), "did:") && !strings.Contains(v.Text(), "#"):
			note(v, "the kid is a DID; it should be the URL of one of its methods")
		case p == OpenBadges && name != "alg" && name != "kid" && name != "jwk" && name != "typ":
			note(v, "Open Badges allows no header members beside alg, kid, jwk and typ")
		}
	}
	if !h.Get("typ").Exists() && p != OpenBadges {
		note(h, "the profile "+string(p)+" asks for the typ "+want.typ)
	}
	if p == OpenBadges && !h.Get("kid").Exists() && !h.Get("jwk").Exists() {
		note(h, "Open Badges asks for kid or jwk in the header")
	}
	return found
}
