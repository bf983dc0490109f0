package signature

import (
	"crypto/sha256"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"
	"github.com/decred/dcrd/dcrec/secp256k1/v4/ecdsa"
)

// ES256K is secp256k1 with SHA-256, r and s of 32 bytes (RFC 8812 section 3.2). As with the other
// curves a high s is accepted; the rule of low s is one of the ledgers that the curve is known from.
const ES256K Algorithm = "ES256K"

// verifyES256K checks a signature with a compressed point.
func verifyES256K(point [33]byte, message, signature []byte) bool {
	public, err := secp256k1.ParsePubKey(point[:])
	if err != nil || len(signature) != 64 {
		return false
	}
	var r, s secp256k1.ModNScalar
	if r.SetByteSlice(signature[:32]) || s.SetByteSlice(signature[32:]) || r.IsZero() || s.IsZero() {
		return false
	}
	digest := sha256.Sum256(message)
	return ecdsa.NewSignature(&r, &s).Verify(digest[:], public)
}
