package keys

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"math/big"
)

// ParsePEM reads a public key in PEM: exactly one block, "PUBLIC KEY" with a SubjectPublicKeyInfo for RSA,
// P-256, P-384, P-521 or Ed25519, or "RSA PUBLIC KEY", and nothing around it but white space. It is the form that
// Open Badges 2.0 publishes keys in. Certificates and private keys are refused. The error is key.malformed.
func ParsePEM(s string) (Key, error) {
	block, err := pemBlock(s)
	if err != nil {
		return Key{}, err
	}
	if block.Type != "PUBLIC KEY" {
		return parsePEM(s)
	}
	public, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return Key{}, malformed("publicKeyPem does not hold a SubjectPublicKeyInfo", err)
	}
	switch key := public.(type) {
	case *rsa.PublicKey:
		return newRSA(key.N, big.NewInt(int64(key.E)))
	case ed25519.PublicKey:
		return newEd25519(key)
	case *ecdsa.PublicKey:
		for _, kind := range [...]Kind{P256, P384, P521} {
			if point, err := key.Bytes(); err == nil && key.Curve == curveOf(kind) {
				return newPoint(kind, point)
			}
		}
	}
	return Key{}, malformed("publicKeyPem holds a key of a kind that is not read here", nil)
}
