package jose

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/signature"
)

// Use is what a token is used as, which its typ must not contradict (RFC 8725 section 3.11).
type Use uint8

// The uses.
const (
	Credential          Use = iota // a credential in a plain JWT
	SelectiveDisclosure            // the issuer's part of an SD-JWT
	SDJWTCredential                // the same of an IETF SD-JWT VC, whose typ is required (draft-ietf-oauth-sd-jwt-vc section 2.2.1)
	KeyBinding                     // the holder's part of an SD-JWT, whose typ is required (RFC 9901 section 4.3)
	StatusList                     // a status list token, whose typ is required (IETF Token Status List section 5.1)

	Presentation          // a presentation in a plain JWT
	SelectivePresentation // the same in an SD-JWT

	Assertion // an assertion of Open Badges 2.0 (its section "SignedBadge"), which says nothing about typ
)

// mediaTypes are the values of typ for each use: that of the specification, those of its drafts, and
// generic ones.
var mediaTypes = [...][]string{
	Credential:          {"vc+jwt", "jwt", "vc+ld+jwt", "vc+ld+json+jwt", "vc-ld+jwt"},
	SelectiveDisclosure: {"vc+sd-jwt", "dc+sd-jwt", "vc+ld+sd-jwt", "vc+ld+json+sd-jwt", "vc-ld+sd-jwt", "sd-jwt", "jwt"},
	SDJWTCredential:     {"dc+sd-jwt", "vc+sd-jwt"},
	KeyBinding:          {"kb+jwt"},
	StatusList:          {"statuslist+jwt"},

	Presentation:          {"vp+jwt", "jwt", "vp+ld+jwt", "vp+ld+json+jwt", "vp-ld+jwt"},
	SelectivePresentation: {"vp+sd-jwt", "vp+ld+sd-jwt", "vp+ld+json+sd-jwt", "vp-ld+sd-jwt", "sd-jwt", "jwt"},

	Assertion: {"jwt", "jws", "jose"},
}

// Header checks the header by itself, before any key is looked for, and returns its algorithm. The
// error is a [*strict.Error] with a pointer into the header:
//
//   - proof.suite_unknown: alg is none of the algorithms that are built, such as ML-DSA-65;
//   - jwt.header: alg is missing, no string, empty, "none" in any spelling, or a MAC (HS256 and so on);
//     crit, b64 or zip is there (no extension is understood, and RFC 7515 section 4.1.11 asks to
//     refuse what is not); typ says that this is something else than its use; kid is no string, or
//     jwk no public key.
//
// Other members are ignored (VC-JOSE-COSE section 3.1.3); [Profile.Deviations] lists those that
// Open Badges does not allow. No member chooses a key here.
func Header(j *vc.JWS, use Use) (signature.Algorithm, error) {
	h := j.Header()
	if err := extensions(h); err != nil {
		return "", err
	}
	if err := mediaType(h, use); err != nil {
		return "", err
	}
	if v := h.Get("kid"); v.Exists() && v.Kind() != strict.String {
		return "", at(v, codeHeader, "kid must be a string, not "+v.Kind().String())
	}
	if err := headerKey(h.Get("jwk")); err != nil {
		return "", err
	}
	return algorithm(h)
}

// headerKey refuses a jwk that is no public key (RFC 7515 section 4.1.3). One of a kind that is not known
// is left to whoever looks for the key.
func headerKey(v strict.Value) error {
	switch {
	case !v.Exists():
		return nil
	case v.Kind() != strict.Object:
		return at(v, codeHeader, "jwk must be an object, not "+v.Kind().String())
	case v.Get("kty").Text() == "" || v.Get("kty").Text() == "oct":
		return at(v, codeHeader, "jwk must be a public key")
	}
	_, err := keys.ParseJWK(v)
	if e, ok := errors.AsType[*strict.Error](err); ok && e.Code == "key.malformed" {
		return &strict.Error{Code: codeHeader, Pointer: e.Pointer, Offset: e.Offset, Detail: "the jwk in the header is no public key: " + e.Detail, Err: err}
	}
	return nil
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

// mediaType refuses a token that says it is something else than what it is used as.
func mediaType(h strict.Value, use Use) error {
	v := h.Get("typ")
	if !v.Exists() && (use == Credential || use == SelectiveDisclosure || use == Presentation || use == SelectivePresentation || use == Assertion) {
		return nil
	}
	if v.Kind() != strict.String {
		return at(orRoot(v, h), codeHeader, "typ must be a string, not "+v.Kind().String())
	}
	if !slices.Contains(mediaTypes[use], MediaType(v.Text())) {
		return at(v, codeHeader, "typ says that this is "+strconv.Quote(v.Text())+"; here it is "+strconv.Quote(mediaTypes[use][0]))
	}
	return nil
}

// MediaType returns a typ or cty as it compares: without regard to case, and without the
// "application/" that may be left out (RFC 7515 sections 4.1.9 and 4.1.10).
func MediaType(text string) string {
	return strings.TrimPrefix(strings.ToLower(text), "application/")
}

// specified are the fully-specified names of algorithms (RFC 9864 section 2) that are built under another
// name as well.
var specified = map[string]signature.Algorithm{
	"Ed25519": signature.EdDSA, "ESP256": signature.ES256, "ESP384": signature.ES384, "ESP512": signature.ES512,
}

// algorithm reads alg. Names are compared exactly: "rs256" is no algorithm.
func algorithm(h strict.Value) (signature.Algorithm, error) {
	v := h.Get("alg")
	if v.Kind() != strict.String {
		return "", at(orRoot(v, h), codeHeader, "the header must name its algorithm in alg, as a string")
	}
	if a := specified[v.Text()]; a != "" {
		return a, nil
	}
	switch a := signature.Algorithm(v.Text()); a {
	case signature.EdDSA, signature.ES256, signature.ES384, signature.ES512, signature.RS256, signature.RS384, signature.RS512,
		signature.PS256, signature.PS384, signature.PS512, signature.ES256K:
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
