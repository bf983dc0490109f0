package jose

import (
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Deviations lists where the header of j departs from the Open Badges 3.0 JWT proof format (its
// section on the JOSE header): members other than alg, kid, jwk and typ; a typ that is not "JWT"; and
// neither kid nor jwk. VC-JOSE-COSE allows all of these, so they do not make a credential invalid.
// The order is that of the header.
func Deviations(j *vc.JWS) []*strict.Error {
	var found []*strict.Error
	note := func(v strict.Value, detail string) {
		found = append(found, &strict.Error{Code: codeHeader, Pointer: v.Pointer(), Offset: v.Offset(), Detail: detail})
	}
	h := j.Header()
	for name, v := range h.Members() {
		switch name {
		case "alg", "kid", "jwk":
		case "typ":
			if v.Text() != "JWT" {
				note(v, `Open Badges asks for the typ "JWT"`)
			}
		default:
			note(v, "Open Badges allows no header members beside alg, kid, jwk and typ")
		}
	}
	if !h.Get("kid").Exists() && !h.Get("jwk").Exists() {
		note(h, "Open Badges asks for kid or jwk in the header")
	}
	return found
}
