package keys

import (
	"encoding/base64"
	"math/big"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// JWK is a public key in JSON Web Key form (RFC 7517), with the members that say what it is for. In a
// JWT header or a URL it is a key and never an identity: whose it is must be found elsewhere.
type JWK struct {
	// Key is the key itself.
	Key Key
	// ID is the kid, "" where the key has none. It names the key within the set it came from only.
	ID string
	// Algorithm is the alg, "" where the key has none. It agrees with the kind of Key, and where it is
	// there the key is for that algorithm alone (RFC 7517 section 4.4).
	Algorithm string
	// Issuer is the iss, "" where the key has none: a member that Open Badges 3.0 uses. It is not
	// compared with anything here.
	Issuer string
}

// ParseJWK reads v as a public key for signatures: OKP with Ed25519, EC with P-256, P-384 or P-521, or
// RSA. Members count only in their exact case. A key with a private or symmetric member, or whose
// use, key_ops or alg speak against verifying signatures with it, is refused. x5u, x5c, x5t and
// jku are not read: a certificate beside a key never chooses it.
//
// The error is a [strict.Error] that points into the text of v: key.malformed, or key.unresolved
// for key types and curves that this package does not read.
func ParseJWK(v strict.Value) (JWK, error) {
	if v.Kind() != strict.Object {
		return JWK{}, at(v, codeMalformed, "a JWK must be an object, not "+v.Kind().String())
	}
	if err := refusePrivate(v); err != nil {
		return JWK{}, err
	}
	var j JWK
	var err error
	for _, m := range [...]struct {
		name string
		into *string
	}{{"kid", &j.ID}, {"alg", &j.Algorithm}, {"iss", &j.Issuer}} {
		if *m.into, err = optionalText(v, m.name); err != nil {
			return JWK{}, err
		}
	}
	if err := forVerifying(v); err != nil {
		return JWK{}, err
	}
	if j.Key, err = jwkKey(v); err != nil {
		return JWK{}, err
	}
	if j.Algorithm != "" && !agrees(j.Key.kind, j.Algorithm) {
		return JWK{}, at(v.Get("alg"), codeMalformed, "alg "+strconv.Quote(j.Algorithm)+" is no signature algorithm for a key of the kind "+string(j.Key.kind))
	}
	return j, nil
}

// privateMembers are the members of the private information class in the JSON Web Key Parameters
// registry; k is a symmetric key.
var privateMembers = [...]string{"d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"}

// refusePrivate refuses a key that holds any of privateMembers, whatever its value and its kty.
func refusePrivate(v strict.Value) error {
	for _, name := range privateMembers {
		if m := v.Get(name); m.Exists() {
			return at(m, codeMalformed, "the JWK holds the secret member "+strconv.Quote(name)+"; a key whose secret is published proves nothing")
		}
	}
	return nil
}

// forVerifying checks use (RFC 7517 section 4.2) and key_ops (section 4.3): where they are there, they
// must name signatures and verifying. Further operations beside verify do no harm.
func forVerifying(v strict.Value) error {
	use, err := optionalText(v, "use")
	if err != nil {
		return err
	}
	if v.Get("use").Exists() && use != "sig" {
		return at(v.Get("use"), codeMalformed, "the JWK is not for signatures: its use is "+strconv.Quote(use))
	}
	ops := v.Get("key_ops")
	if !ops.Exists() {
		return nil
	}
	if ops.Kind() != strict.Array {
		return at(ops, codeMalformed, "key_ops must be an array, not "+ops.Kind().String())
	}
	seen := make(map[string]bool, ops.Len())
	for op := range ops.Elements() {
		if op.Kind() != strict.String || seen[op.Text()] {
			return at(op, codeMalformed, "key_ops must hold strings, each once")
		}
		seen[op.Text()] = true
	}
	if !seen["verify"] {
		return at(ops, codeMalformed, `key_ops does not name "verify"`)
	}
	return nil
}

// agrees reports whether alg is a signature algorithm that keys of this kind are made for
// (RFC 7518 section 3.1, RFC 8037 section 3.1, RFC 9864). Whether it is allowed or built is not
// decided here.
func agrees(kind Kind, alg string) bool {
	switch kind {
	case Ed25519:
		return alg == "EdDSA" || alg == "Ed25519"
	case P256:
		return alg == "ES256" || alg == "ESP256"
	case P384:
		return alg == "ES384" || alg == "ESP384"
	case P521:
		return alg == "ES512" || alg == "ESP512"
	case Secp256k1:
		return alg == "ES256K"
	case RSA:
		switch alg {
		case "RS256", "RS384", "RS512", "PS256", "PS384", "PS512":
			return true
		}
	}
	return false
}

// jwkKey reads the key material itself. Types that are not known are unresolved and not malformed:
// a later library may know them.
func jwkKey(v strict.Value) (Key, error) {
	kty, err := requiredText(v, "kty")
	if err != nil {
		return Key{}, err
	}
	switch kty {
	case "OKP":
		return jwkEdwards(v)
	case "EC":
		return jwkCurve(v)
	case "RSA":
		n, err := integer(v, "n", maxRSABits/8)
		if err != nil {
			return Key{}, err
		}
		e, err := integer(v, "e", 8)
		if err != nil {
			return Key{}, err
		}
		return placed(v.Get("n"))(newRSA(n, e))
	case "oct":
		return Key{}, at(v.Get("kty"), codeMalformed, "a symmetric key proves nothing about who signed")
	}
	return Key{}, at(v.Get("kty"), codeUnresolved, "keys of the type "+strconv.Quote(kty)+" are not supported")
}

// jwkEdwards reads an octet key pair (RFC 8037 section 2). X25519 and X448 cannot sign, and Ed448 is
// not supported: all are unresolved, as kinds of keys that are not read.
func jwkEdwards(v strict.Value) (Key, error) {
	crv, err := requiredText(v, "crv")
	if err != nil {
		return Key{}, err
	}
	if crv != string(Ed25519) {
		return Key{}, at(v.Get("crv"), codeUnresolved, "keys on the curve "+strconv.Quote(crv)+" are not supported")
	}
	if y := v.Get("y"); y.Exists() {
		return Key{}, at(y, codeMalformed, "an OKP key has no y")
	}
	x, err := octets(v, "x", 32)
	if err != nil {
		return Key{}, err
	}
	return placed(v.Get("x"))(newEd25519(x))
}

// jwkCurve reads an elliptic curve key (RFC 7518 section 6.2.1). Both coordinates must be there in
// full length, leading zeros included, and be a point of the named curve.
func jwkCurve(v strict.Value) (Key, error) {
	crv, err := requiredText(v, "crv")
	if err != nil {
		return Key{}, err
	}
	if crv == string(Secp256k1) {
		return jwkSecp256k1(v)
	}
	curve := curveOf(Kind(crv))
	if curve == nil {
		return Key{}, at(v.Get("crv"), codeUnresolved, "keys on the curve "+strconv.Quote(crv)+" are not supported")
	}
	size := coordinateSize(curve)
	x, err := octets(v, "x", size)
	if err != nil {
		return Key{}, err
	}
	y, err := octets(v, "y", size)
	if err != nil {
		return Key{}, err
	}
	point := append(append([]byte{4}, x...), y...)
	return placed(v.Get("x"))(newPoint(Kind(crv), point))
}

// octets reads a member that is the base64url text of exactly size bytes.
func octets(v strict.Value, name string, size int) ([]byte, error) {
	text, err := requiredText(v, name)
	if err != nil {
		return nil, err
	}
	raw, ok := decodeBase64url(text, size)
	if !ok || len(raw) != size {
		return nil, at(v.Get(name), codeMalformed, name+" must be "+strconv.Itoa(size)+" bytes in base64url without padding")
	}
	return raw, nil
}

// integer reads a Base64urlUInt (RFC 7518 section 2) of at most size bytes: no leading zero.
func integer(v strict.Value, name string, size int) (*big.Int, error) {
	text, err := requiredText(v, name)
	if err != nil {
		return nil, err
	}
	raw, ok := decodeBase64url(text, size)
	if !ok || len(raw) == 0 || raw[0] == 0 {
		return nil, at(v.Get(name), codeMalformed, name+" must be a positive integer of at most "+strconv.Itoa(size)+" bytes in base64url, without leading zeros and padding")
	}
	return new(big.Int).SetBytes(raw), nil
}

// decodeBase64url decodes at most size bytes strictly: no padding, no line breaks (which the
// standard library skips), no unused bits that are set.
func decodeBase64url(text string, size int) ([]byte, bool) {
	encoding := base64.RawURLEncoding.Strict()
	if len(text) > encoding.EncodedLen(size) || strings.ContainsAny(text, "\r\n") {
		return nil, false
	}
	raw, err := encoding.DecodeString(text)
	return raw, err == nil
}
