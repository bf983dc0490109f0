package keys

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
)

// Kind names the algorithm family of a key, and its curve.
type Kind string

// The kinds of keys that this package reads.
const (
	Ed25519 Kind = "Ed25519" // RFC 8032; Public is an ed25519.PublicKey
	P256    Kind = "P-256"   // FIPS 186-5; Public is an *ecdsa.PublicKey
	P384    Kind = "P-384"   // FIPS 186-5; Public is an *ecdsa.PublicKey
	P521    Kind = "P-521"   // FIPS 186-5; Public is an *ecdsa.PublicKey
	RSA     Kind = "RSA"     // RFC 8017, 2048 to 8192 bits; Public is an *rsa.PublicKey

	// Secp256k1 is the curve of SEC 2 section 2.4.1; Public is a [33]byte, a compressed point.
	Secp256k1 Kind = "secp256k1"
	// BLS12381G2 is for BBS signatures; Public is a [96]byte, a compressed point of the group G2.
	BLS12381G2 Kind = "BLS12-381-G2"
	// MLDSA44 is a parameter set of FIPS 204; Public is a [1312]byte, the encoding that FIPS 204 gives.
	MLDSA44 Kind = "ML-DSA-44"
)

// Key is a public key that has been checked: a point on its curve and not of small order, or a
// modulus of a safe size. It is immutable and safe for concurrent use. The zero Key is no key.
//
// What is not checked: that an Ed25519 point has no small-order component beside a large one, and
// that an RSA modulus is the product of two large primes. Of a BLS12-381 key only the form is checked,
// and not that it is a point of the curve.
type Key struct {
	_      [0]func() // no ==: it would panic for slices behind the interface
	kind   Kind
	public crypto.PublicKey
}

// Kind returns the kind of the key, "" for the zero Key.
func (k Key) Kind() Kind { return k.kind }

// Public returns what the kind of the key says, such as an ed25519.PublicKey or an *ecdsa.PublicKey, nil
// for the zero Key. It is shared: the caller must not change it.
func (k Key) Public() crypto.PublicKey { return k.public }

// Equal reports whether both are the same key, wherever and in whichever form they were read. The zero Key equals nothing, itself included.
func (k Key) Equal(other Key) bool {
	switch a := k.public.(type) {
	case ed25519.PublicKey:
		b, ok := other.public.(ed25519.PublicKey)
		return ok && bytes.Equal(a, b)
	case *ecdsa.PublicKey:
		return a.Equal(other.public)
	case *rsa.PublicKey:
		return a.Equal(other.public)
	case [secp256k1Size]byte:
		return a == other.public
	case [blsSize]byte:
		return a == other.public
	case [mldsa44Size]byte:
		return a == other.public
	}
	return false
}
