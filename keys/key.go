package keys

import "crypto"

// Kind names the algorithm family and the size class of a key.
type Kind string

// The kinds of keys that this package reads.
const (
	Ed25519 Kind = "Ed25519"
	P256    Kind = "P-256"
	P384    Kind = "P-384"
	RSA     Kind = "RSA"
)

// Key is a public key that has been checked: a point on its curve, a modulus of a safe size. It
// is immutable and safe for concurrent use. The zero Key is no key.
type Key struct {
	kind   Kind
	public crypto.PublicKey
}

// Kind returns the kind of the key, "" for the zero Key.
func (k Key) Kind() Kind { return k.kind }

// Public returns an ed25519.PublicKey, *ecdsa.PublicKey or *rsa.PublicKey, nil for the zero Key. It
// is shared: the caller must not change it.
func (k Key) Public() crypto.PublicKey { return k.public }

// Equal reports whether both are the same key. The zero Key equals nothing, itself included.
func (k Key) Equal(other Key) bool { return false }

// Multikey returns the Multikey text of the key ('z', base58btc), "" for the zero Key.
func (k Key) Multikey() string { return "" }
