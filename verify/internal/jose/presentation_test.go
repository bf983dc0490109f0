package jose

import (
	"encoding/base64"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
)

// TestUseOfPresentations: a token that says by its typ that it is something else is refused.
func TestUseOfPresentations(t *testing.T) {
	h := generate(t, keys.Ed25519)
	for typ, uses := range map[string]map[Use]string{
		`"vp+jwt"`:             {Presentation: "", SelectivePresentation: "jwt.header", Credential: "jwt.header", SelectiveDisclosure: "jwt.header", SDJWTCredential: "jwt.header"},
		`"application/VP+JWT"`: {Presentation: ""},
		`"JWT"`:                {Presentation: "", SelectivePresentation: ""},
		`"vp+sd-jwt"`:          {Presentation: "jwt.header", SelectivePresentation: "", SelectiveDisclosure: "jwt.header", KeyBinding: "jwt.header"},
		`"vc+jwt"`:             {Presentation: "jwt.header", SelectivePresentation: "jwt.header", Credential: ""},
		`"vc+sd-jwt"`:          {SelectivePresentation: "jwt.header", SelectiveDisclosure: ""},
		`"kb+jwt"`:             {Presentation: "jwt.header"},
		`7`:                    {Presentation: "jwt.header"},
	} {
		j, err := vc.ParseJWS([]byte(h.raw(t, `{"alg":"EdDSA","typ":`+typ+`}`)), vc.Limits{})
		check(t, err)
		for use, code := range uses {
			_, err := Header(j, use)
			if code == "" {
				check(t, err)
				continue
			}
			wantCode(t, err, code)
		}
	}
	j, err := vc.ParseJWS([]byte(h.raw(t, `{"alg":"EdDSA"}`)), vc.Limits{})
	check(t, err)
	_, err = Header(j, Presentation)
	check(t, err)
}

// token is an unsigned compact JWS with this payload.
func token(payload string) string {
	return "eyJhbGciOiJFZERTQSJ9." + base64.RawURLEncoding.EncodeToString([]byte(payload)) + ".c2ln"
}

// TestProfileOfPresentation: the rules are chosen by what the presentation is.
func TestProfileOfPresentation(t *testing.T) {
	h := generate(t, keys.Ed25519)
	const v2, v1 = `{"@context":["https://www.w3.org/ns/credentials/v2"]}`, `{"vp":{"@context":["https://www.w3.org/2018/credentials/v1"]}}`
	for payload, want := range map[string]Profile{v2: PresentationJOSE, v1: PresentationVCJWT} {
		p, err := vc.ParsePresentation([]byte(token(payload)), vc.Limits{})
		check(t, err)
		if got := ProfileOfPresentation(p); got != want {
			t.Errorf("profile %s, want %s", got, want)
		}
	}
	p, err := vc.ParsePresentation([]byte(token(v2)+"~"), vc.Limits{})
	check(t, err)
	if got := ProfileOfPresentation(p); got != PresentationSDJWT {
		t.Errorf("profile %s of an SD-JWT", got)
	}
	for header, want := range map[string]int{`{"typ":"vp+jwt","cty":"vp"}`: 0, `{"typ":"JWT"}`: 1, `{}`: 1, `{"typ":"vp+jwt","cty":"vc"}`: 1} {
		j, err := vc.ParseJWS([]byte(h.raw(t, header)), vc.Limits{})
		check(t, err)
		if got := PresentationJOSE.Deviations(j.Header()); len(got) != want {
			t.Errorf("%s: deviations %v, want %d", header, got, want)
		}
	}
}
