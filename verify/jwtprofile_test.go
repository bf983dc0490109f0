package verify_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// plainVC is a credential of the W3C that is no Open Badge.
func plainVC(t testing.TB, issuer string, edits map[string]any) []byte {
	t.Helper()
	all := map[string]any{"@context": []string{"https://www.w3.org/ns/credentials/v2"}, "type": []string{"VerifiableCredential"}, "issuer": issuer,
		"id": "urn:uuid:1", "validUntil": "2027-01-01T00:00:00Z", "credentialSubject": map[string]any{"id": "did:example:ada"}}
	for name, v := range edits {
		all[name] = v
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestProfiles: header and claims are held to the profile that fits the credential; what departs from it is
// told, and refused where the policy is strict.
func TestProfiles(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	w3c := plainVC(t, issuer.ID, nil)
	badge := verifytest.Claims(verifytest.Badge(issuer.ID, nil))
	older := fmt.Appendf(nil, `{"iss":%q,"jti":"urn:uuid:1","sub":"did:example:ada","nbf":1767225600,"vc":{"@context":["https://www.w3.org/2018/credentials/v1"],
		"type":["VerifiableCredential"],"credentialSubject":{"id":"did:example:ada"}}}`, issuer.ID)
	typ := func(name any) map[string]any { return map[string]any{"typ": name} }
	for name, c := range map[string]struct {
		payload []byte
		header  map[string]any
		profile string
		deviate bool
	}{
		"VC-JOSE-COSE":                 {w3c, typ("vc+jwt"), "vc-jose-cose-jwt", false},
		"VC-JOSE-COSE in full":         {w3c, typ("application/vc+jwt"), "vc-jose-cose-jwt", false},
		"VC-JOSE-COSE with cty":        {w3c, map[string]any{"typ": "vc+jwt", "cty": "vc", "iss": issuer.ID, "x": 1}, "vc-jose-cose-jwt", false},
		"VC-JOSE-COSE without typ":     {w3c, typ(nil), "vc-jose-cose-jwt", true},
		"VC-JOSE-COSE with JWT":        {w3c, typ("JWT"), "vc-jose-cose-jwt", true},
		"VC-JOSE-COSE with older typ":  {w3c, typ("vc+ld+json+jwt"), "vc-jose-cose-jwt", true},
		"VC-JOSE-COSE with other cty":  {w3c, map[string]any{"typ": "vc+jwt", "cty": "json"}, "vc-jose-cose-jwt", true},
		"VC-JWT":                       {older, typ("JWT"), "vc-jwt-1.1", false},
		"VC-JWT without typ":           {older, typ(nil), "vc-jwt-1.1", true},
		"VC-JWT with vc+jwt":           {older, typ("vc+jwt"), "vc-jwt-1.1", true},
		"Open Badges":                  {badge, typ("JWT"), "openbadges-3.0-jwt", false},
		"Open Badges without typ":      {badge, typ(nil), "openbadges-3.0-jwt", false},
		"Open Badges with vc+jwt":      {badge, typ("vc+jwt"), "openbadges-3.0-jwt", true},
		"Open Badges with more header": {badge, map[string]any{"iat": 1}, "openbadges-3.0-jwt", true},
	} {
		t.Run(name, func(t *testing.T) {
			data := issuer.SignJWT(c.payload, "EdDSA", c.header)
			r := w.verify(t, data, anyone())
			want(t, r, verify.Valid, "", "")
			proof := check(t, r, "proof")
			if proof.Parts[0].Profile != c.profile || warns(proof, "jwt.header") != c.deviate {
				t.Errorf("profile %q, warnings %+v", proof.Parts[0].Profile, proof.Parts[0].Warnings)
			}
			if c.deviate {
				want(t, w.verify(t, data, strictly()), verify.Invalid, "proof", "jwt.header")
			} else {
				want(t, w.verify(t, data, strictly()), verify.Valid, "", "")
			}
		})
	}
}

// TestProfileClaims: VC-JOSE-COSE asks for no claims, and its exp is that of the signature; what
// contradicts the credential is refused in every profile.
func TestProfileClaims(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	vcjwt := map[string]any{"typ": "vc+jwt"}
	for name, c := range map[string]struct {
		claims, header map[string]any
		check, code    string
	}{
		"none":                         {nil, vcjwt, "", ""},
		"repeated":                     {map[string]any{"iss": issuer.ID, "jti": "urn:uuid:1", "sub": "did:example:ada"}, vcjwt, "", ""},
		"signature ends earlier":       {map[string]any{"exp": now.Unix() + 1}, vcjwt, "", ""},
		"signature has ended":          {map[string]any{"exp": now.Unix() - 1}, vcjwt, "validity", "validity.expired"},
		"signature has not begun":      {map[string]any{"nbf": now.Unix() + 1}, vcjwt, "validity", "validity.not_yet"},
		"another issuer":               {map[string]any{"iss": "did:example:other"}, vcjwt, "model", "jwt.claims"},
		"another id":                   {map[string]any{"jti": "urn:uuid:2"}, vcjwt, "model", "jwt.claims"},
		"another subject":              {map[string]any{"sub": "did:example:eve"}, vcjwt, "model", "jwt.claims"},
		"issuer a number":              {map[string]any{"iss": 1}, vcjwt, "model", "jwt.claims"},
		"exp a text":                   {map[string]any{"exp": "soon"}, vcjwt, "model", "jwt.claims"},
		"another issuer in the header": {nil, map[string]any{"typ": "vc+jwt", "iss": "did:example:other"}, "model", "jwt.header"},
		"a number in the header":       {nil, map[string]any{"typ": "vc+jwt", "iss": 1}, "model", "jwt.header"},
		"a vc claim":                   {map[string]any{"vc": map[string]any{"type": "VerifiableCredential"}}, vcjwt, "model", "model.value"},
		"a vp claim":                   {map[string]any{"vp": map[string]any{}}, vcjwt, "model", "model.value"},
	} {
		t.Run(name, func(t *testing.T) {
			verdict := verify.Valid
			if c.code != "" {
				verdict = verify.Invalid
			}
			want(t, w.verify(t, issuer.SignJWT(plainVC(t, issuer.ID, c.claims), "EdDSA", c.header), anyone()), verdict, c.check, c.code)
		})
	}
}

// TestLongerAlgorithms: each algorithm is reported by its name, and may be left out by a policy.
func TestLongerAlgorithms(t *testing.T) {
	w := newWorld(t)
	for kind, algorithms := range map[keys.Kind][]string{keys.P521: {"ES512"}, keys.RSA: {"RS384", "RS512", "PS384", "PS512"}} {
		issuer := verifytest.NewIssuer("https://university.example/issuer", kind)
		issuer.Publish(w.host)
		for _, alg := range algorithms {
			data := issuer.SignJWT(plainVC(t, issuer.ID, nil), alg, map[string]any{"typ": "vc+jwt"})
			r := w.verify(t, data, strictly())
			want(t, r, verify.Valid, "", "")
			if suite := check(t, r, "proof").Parts[0].Suite; suite != alg {
				t.Errorf("%s is reported as %q", alg, suite)
			}
			p := anyone()
			p.Suites = []string{"RS256", "ES256"}
			want(t, w.verify(t, data, p), verify.Invalid, "proof", "proof.suite_not_allowed")
			w.host.Put("https://university.example/.well-known/jwks.json", "application/json", []byte(`{"keys":[]}`))
			want(t, w.verify(t, verifytest.NewIssuer(issuer.ID, kind).SignJWT(plainVC(t, issuer.ID, nil), alg, nil), anyone()), verify.Invalid, "proof", "proof.signature")
			issuer.Publish(w.host)
		}
	}
}
