package keys

const blsSize = 96 // of a compressed point of G2, in bytes

// The two highest bits of a point: it is compressed; it is the identity.
const (
	blsCompressed = 0x80
	blsIdentity   = 0x40
)

// newBLS reads a public key for BBS signatures: a compressed point of the group G2 of BLS12-381. Only the
// form is checked here, so that this package needs no arithmetic of that curve: whoever uses the key has to
// check that it is a point of the curve, and of prime order.
func newBLS(raw []byte) (Key, error) {
	if len(raw) != blsSize || raw[0]&blsCompressed == 0 {
		return Key{}, malformed("a BLS12-381 public key in G2 must be a compressed point of 96 bytes", nil)
	}
	if raw[0]&blsIdentity != 0 {
		return Key{}, malformed("the BLS12-381 public key is the identity", nil)
	}
	return Key{kind: BLS12381G2, public: [blsSize]byte(raw)}, nil
}
