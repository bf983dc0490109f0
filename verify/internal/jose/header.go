package jose

import (
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/signature"
)

// Header checks the header by itself, before any key is looked for, and returns its algorithm. The
// error is a [*strict.Error] with a pointer into the header:
//
//   - proof.suite_unknown: alg is none of the algorithms that are built, such as ES512;
//   - jwt.header: alg is missing, no string, empty, "none" in any spelling, or a MAC (HS256 and so on);
//     crit, b64 or zip is there (no extension is understood, and RFC 7515 section 4.1.11 asks to
//     refuse what is not); typ says that this is something else than a credential; kid is no string, or
//     jwk no object.
//
// Other members are ignored (VC-JOSE-COSE section 3.1.3); [Deviations] lists those that Open Badges
// does not allow. No member chooses a key here.
func Header(j *vc.JWS) (signature.Algorithm, error) {
	h := j.Header()
	if err := extensions(h); err != nil {
		return "", err
	}
	if err := mediaType(h.Get("typ")); err != nil {
		return "", err
	}
	if v := h.Get("kid"); v.Exists() && v.Kind() != strict.String {
		return "", at(v, codeHeader, "kid must be a string, not "+v.Kind().String())
	}
	if v := h.Get("jwk"); v.Exists() && v.Kind() != strict.Object {
		return "", at(v, codeHeader, "jwk must be an object, not "+v.Kind().String())
	}
	return algorithm(h)
}

// extensions refuses the members that change how a JWS is to be read.
func extensions(h strict.Value) error {
	if v := h.Get("crit"); v.Exists() {
		return at(v, codeHeader, "the header demands extensions (crit) that are not supported")
	}
	if v := h.Get("b64"); v.Exists() {
		return at(v, codeHeader, "b64 is not allowed in a JWT (RFC 7797 section 7)")
	}
	if v := h.Get("zip"); v.Exists() {
		return at(v, codeHeader, "zip belongs to encryption; a signed JWT is not compressed")
	}
	return nil
}

// mediaType refuses a token that says it is something else than a credential (RFC 8725 section
// 3.11). Media types compare without regard to case and may leave out "application/" (RFC 7515
// section 4.1.9).
func mediaType(v strict.Value) error {
	if !v.Exists() {
		return nil
	}
	if v.Kind() != strict.String {
		return at(v, codeHeader, "typ must be a string, not "+v.Kind().String())
	}
	switch strings.TrimPrefix(strings.ToLower(v.Text()), "application/") {
	case "jwt", "vc+jwt", "vc+ld+jwt", "vc+ld+json+jwt":
		return nil
	}
	return at(v, codeHeader, "typ says that this is "+strconv.Quote(v.Text())+`; for a credential it is "JWT" or "vc+jwt"`)
}

// algorithm reads alg. Names are compared exactly: "rs256" is no algorithm.
func algorithm(h strict.Value) (signature.Algorithm, error) {
	v := h.Get("alg")
	if v.Kind() != strict.String {
		return "", at(orRoot(v, h), codeHeader, "the header must name its algorithm in alg, as a string")
	}
	switch a := signature.Algorithm(v.Text()); a {
	case signature.EdDSA, signature.ES256, signature.ES384, signature.RS256, signature.PS256:
		return a, nil
	}
	switch name := strings.ToLower(strings.TrimSpace(v.Text())); {
	case name == "none", name == "":
		return "", at(v, codeHeader, "the JWT is not signed (alg "+strconv.Quote(v.Text())+")")
	case strings.HasPrefix(name, "hs"):
		return "", at(v, codeHeader, v.Text()+" is a code with a shared secret; it proves nothing to a third party")
	}
	return "", at(v, codeSuiteUnknown, "the signature algorithm "+strconv.Quote(v.Text())+" is not supported")
}

func orRoot(v, root strict.Value) strict.Value {
	if v.Exists() {
		return v
	}
	return root
}
