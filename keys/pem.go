package keys

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"strings"
)

// parsePEM reads the publicKeyPem of an RsaVerificationKey2018: one block with a SubjectPublicKeyInfo or an
// RSAPublicKey, and nothing after it but white space.
func parsePEM(s string) (Key, error) {
	block, err := pemBlock(s)
	switch {
	case err != nil:
		return Key{}, err
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
