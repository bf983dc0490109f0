package keys

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"strings"
)

// ParsePEM reads a public key in PEM: exactly one block, "PUBLIC KEY" with a SubjectPublicKeyInfo for RSA,
// P-256, P-384, P-521 or Ed25519, or "RSA PUBLIC KEY", and nothing around it but white space. It is the form that
// Open Badges 2.0 publishes keys in. Certificates and private keys are refused. The error is key.malformed.
func ParsePEM(s string) (Key, error) {
	block, err := pemBlock(s)
	if err != nil {
		return Key{}, err
	}
	switch block.Type {
	case "RSA PUBLIC KEY":
		return newPKCS1(block.Bytes)
	case "PUBLIC KEY":
	default:
		return Key{}, malformed("publicKeyPem does not hold a public key", nil)
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

// parseRSAPEM reads the publicKeyPem of an RsaVerificationKey2018, which holds no key of another kind.
func parseRSAPEM(s string) (Key, error) {
	key, err := ParsePEM(s)
	if err == nil && key.Kind() != RSA {
		return Key{}, malformed("publicKeyPem does not hold an RSA key", nil)
	}
	return key, err
}

// pemBlock reads a text that is one block and nothing else but white space. What stands before a block,
// damaged blocks included, encoding/pem skips: other software may find another key there.
func pemBlock(s string) (*pem.Block, error) {
	if len(s) > maxPEM {
		return nil, malformed("publicKeyPem is longer than any supported key", nil)
	}
	block, rest := pem.Decode([]byte(s))
	switch {
	case block == nil:
		return nil, malformed("publicKeyPem is not PEM", nil)
	case len(bytes.TrimSpace(rest)) > 0 || len(block.Headers) > 0 || !strings.HasPrefix(strings.TrimSpace(s), "-----BEGIN "+block.Type) || strings.Count(s, "-----BEGIN") > 1:
		return nil, malformed("publicKeyPem must hold one key and nothing else", nil)
	}
	return block, nil
}
