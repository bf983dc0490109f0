package keys

import "github.com/badgeproof/badgeproof/vc/strict"

// JWK is a public key in JSON Web Key form (RFC 7517), with the members that say what it is for.
type JWK struct {
	Key       Key
	ID        string // kid, "" where the key has none
	Algorithm string // alg, "" where the key has none; it agrees with the kind of Key
	Issuer    string // iss, "" where the key has none; not compared with anything here
}

// ParseJWK reads v as a public key for signatures.
func ParseJWK(v strict.Value) (JWK, error) {
	return JWK{}, malformed("not a JWK", nil)
}
