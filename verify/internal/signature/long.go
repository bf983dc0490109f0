package signature

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	_ "crypto/sha512" // SHA-384 and SHA-512

	"github.com/badgeproof/badgeproof/keys"
)

// Algorithms with longer hashes (RFC 7518 section 3). The salt of PS384 and PS512 is as long as the hash.
const (
	ES512 Algorithm = "ES512" // P-521, SHA-512, r and s of 66 bytes
	RS384 Algorithm = "RS384" // RSASSA-PKCS1-v1_5, SHA-384
	RS512 Algorithm = "RS512" // RSASSA-PKCS1-v1_5, SHA-512
	PS384 Algorithm = "PS384" // RSASSA-PSS, SHA-384, MGF1 with SHA-384
	PS512 Algorithm = "PS512" // RSASSA-PSS, SHA-512, MGF1 with SHA-512
)

// sum hashes a message.
func sum(hash crypto.Hash, message []byte) []byte {
	h := hash.New()
	h.Write(message)
	return h.Sum(nil)
}

func verifyES512(key keys.Key, public *ecdsa.PublicKey, message, signature []byte) bool {
	return key.Kind() == keys.P521 && verifyECDSA(public, sum(crypto.SHA512, message), signature)
}

func verifyRSA(algorithm Algorithm, public *rsa.PublicKey, message, signature []byte) bool {
	hash := crypto.SHA256
	switch algorithm {
	case RS384, PS384:
		hash = crypto.SHA384
	case RS512, PS512:
		hash = crypto.SHA512
	}
	switch algorithm {
	case RS256, RS384, RS512:
		return rsa.VerifyPKCS1v15(public, hash, sum(hash, message), signature) == nil
	case PS256, PS384, PS512:
		options := rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash}
		return rsa.VerifyPSS(public, hash, sum(hash, message), signature, &options) == nil
	}
	return false
}
