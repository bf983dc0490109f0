// Package signature checks raw signatures: the primitives below the cryptosuites of Data Integrity
// and the algorithms of JOSE. The cryptography is the standard library's, and for what it lacks that of one
// package each; this package adds the agreement of key and algorithm, and the exact lengths and ranges.
//
// It relies on package keys for the keys themselves: points on their curve and not of small order,
// moduli of a safe size. It knows nothing of documents, of whom a key belongs to, or of time.
package signature

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"math/big"

	"github.com/badgeproof/badgeproof/keys"
)

// Algorithm is a signature algorithm by its name in the JOSE registry (RFC 7518, RFC 8037).
type Algorithm string

// The algorithms that are built.
const (
	EdDSA Algorithm = "EdDSA" // Ed25519, RFC 8032 section 5.1, not prehashed
	ES256 Algorithm = "ES256" // P-256, SHA-256, r and s of 32 bytes
	ES384 Algorithm = "ES384" // P-384, SHA-384, r and s of 48 bytes
	RS256 Algorithm = "RS256" // RSASSA-PKCS1-v1_5, SHA-256
	PS256 Algorithm = "PS256" // RSASSA-PSS, SHA-256, MGF1 with SHA-256, salt of 32 bytes
)

// ForKind returns the algorithms that a key of this kind can be used with, none for an unknown kind.
// A verifier asks the key for its algorithms, and never the message.
func ForKind(kind keys.Kind) []Algorithm {
	switch kind {
	case keys.Ed25519:
		return []Algorithm{EdDSA}
	case keys.P256:
		return []Algorithm{ES256}
	case keys.P384:
		return []Algorithm{ES384}
	case keys.RSA:
		return []Algorithm{RS256, PS256, RS384, PS384, RS512, PS512}
	case keys.P521:
		return []Algorithm{ES512}
	case keys.Secp256k1:
		return []Algorithm{ES256K}
	case keys.MLDSA44:
		return []Algorithm{MLDSA44}
	}
	return nil
}

// Verify reports whether signature was made over message with the private key of key. It is false
// for a key of another kind than the algorithm's and for the zero Key.
//
// ECDSA signatures are r and s side by side (IEEE P1363), each of the full length of the curve's
// order and within 1 and order-1; ASN.1 is refused. A high s is accepted: neither the ECDSA
// cryptosuites nor JWS ask for the low one, and no signature serves as an identifier here. The
// salt of PS256, PS384 and PS512 must be as long as the hash (RFC 7518 section 3.5).
func Verify(algorithm Algorithm, key keys.Key, message, signature []byte) bool {
	switch public := key.Public().(type) {
	case ed25519.PublicKey:
		return algorithm == EdDSA && ed25519.Verify(public, message, signature)
	case *ecdsa.PublicKey:
		switch {
		case algorithm == ES256 && key.Kind() == keys.P256:
			digest := sha256.Sum256(message)
			return verifyECDSA(public, digest[:], signature)
		case algorithm == ES384 && key.Kind() == keys.P384:
			digest := sha512.Sum384(message)
			return verifyECDSA(public, digest[:], signature)
		case algorithm == ES512:
			return verifyES512(key, public, message, signature)
		}
	case [33]byte:
		return algorithm == ES256K && verifyES256K(public, message, signature)
	case [1312]byte:
		return algorithm == MLDSA44 && verifyMLDSA44(public[:], message, signature)
	case *rsa.PublicKey:
		return verifyRSA(algorithm, public, message, signature)
	}
	return false
}

func verifyECDSA(public *ecdsa.PublicKey, digest, signature []byte) bool {
	order := public.Params().N
	size := (order.BitLen() + 7) / 8
	if len(signature) != 2*size {
		return false
	}
	r, s := new(big.Int).SetBytes(signature[:size]), new(big.Int).SetBytes(signature[size:])
	if r.Sign() == 0 || s.Sign() == 0 || r.Cmp(order) >= 0 || s.Cmp(order) >= 0 {
		return false
	}
	return ecdsa.Verify(public, digest, r, s)
}
