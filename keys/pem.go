package keys

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"math/big"
)

// parsePEM reads the publicKeyPem of an RsaVerificationKey2018: one block with a SubjectPublicKeyInfo or an
// RSAPublicKey, and nothing after it but white space.
func parsePEM(s string) (Key, error) {
	if len(s) > maxPEM {
		return Key{}, malformed("publicKeyPem is longer than any supported key", nil)
	}
	block, rest := pem.Decode([]byte(s))
	switch {
	case block == nil:
		return Key{}, malformed("publicKeyPem is not PEM", nil)
	case len(bytes.TrimSpace(rest)) > 0 || len(block.Headers) > 0:
		return Key{}, malformed("publicKeyPem must hold one key and nothing else", nil)
	case block.Type == "RSA PUBLIC KEY":
		return newPKCS1(block.Bytes)
	case block.Type != "PUBLIC KEY":
		return Key{}, malformed("publicKeyPem does not hold a public key", nil)
	}
	public, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return Key{}, malformed("publicKeyPem does not hold a SubjectPublicKeyInfo", err)
	}
	key, ok := public.(*rsa.PublicKey)
	if !ok {
		return Key{}, malformed("publicKeyPem does not hold an RSA key", nil)
	}
	return newRSA(key.N, big.NewInt(int64(key.E)))
}
