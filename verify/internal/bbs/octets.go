package bbs

import (
	"errors"
	"fmt"

	bls "github.com/consensys/gnark-crypto/ecc/bls12-381"
	"github.com/consensys/gnark-crypto/ecc/bls12-381/fr"
)

// Reasons for which something does not verify. Every error of this package wraps exactly one of them.
var (
	ErrKey       = errors.New("bbs: malformed public key")
	ErrMalformed = errors.New("bbs: malformed")
	ErrMismatch  = errors.New("bbs: does not verify")
	ErrLimit     = errors.New("bbs: too many messages")
)

// Sizes in bytes.
const (
	pointSize     = bls.SizeOfG1AffineCompressed // 48
	scalarSize    = fr.Bytes                     // 32
	keySize       = bls.SizeOfG2AffineCompressed // 96
	signatureSize = pointSize + scalarSize
	// proofFloor is a proof in which every message is disclosed: three points and four scalars.
	proofFloor = 3*pointSize + 4*scalarSize
)

// PublicKey is a public key whose point has been checked. It is immutable.
type PublicKey struct {
	point  bls.G2Affine
	octets [keySize]byte
}

// ParsePublicKey is octets_to_pubkey: a compressed point of G2, of prime order and not the identity. The
// error wraps [ErrKey].
func ParsePublicKey(octets []byte) (*PublicKey, error) {
	k := new(PublicKey)
	if len(octets) != keySize {
		return nil, fmt.Errorf("%w: %d bytes instead of %d", ErrKey, len(octets), keySize)
	}
	if _, err := k.point.SetBytes(octets); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKey, err)
	}
	if k.point.IsInfinity() {
		return nil, fmt.Errorf("%w: the identity", ErrKey)
	}
	k.octets = [keySize]byte(octets)
	return k, nil
}

// readPoint reads a point of G1 from exactly pointSize bytes: compressed, on the curve, of prime order, not
// the identity.
func readPoint(octets []byte) (bls.G1Affine, error) {
	var p bls.G1Affine
	if len(octets) != pointSize {
		return p, fmt.Errorf("%w point: %d bytes instead of %d", ErrMalformed, len(octets), pointSize)
	}
	if _, err := p.SetBytes(octets); err != nil {
		return p, fmt.Errorf("%w point: %w", ErrMalformed, err)
	}
	if p.IsInfinity() {
		return p, fmt.Errorf("%w point: the identity", ErrMalformed)
	}
	return p, nil
}

// readScalar reads a scalar of scalarSize bytes that is reduced and not zero.
func readScalar(octets []byte) (fr.Element, error) {
	var s fr.Element
	if err := s.SetBytesCanonical(octets); err != nil {
		return s, fmt.Errorf("%w scalar: %w", ErrMalformed, err)
	}
	if s.IsZero() {
		return s, fmt.Errorf("%w scalar: zero", ErrMalformed)
	}
	return s, nil
}

// proof is a proof in parts.
type proof struct {
	abar, bbar, d bls.G1Affine
	e, r1, r3     fr.Element   // e^, r1^, r3^
	hidden        []fr.Element // m^_j of the messages that are not disclosed, in their order
	challenge     fr.Element
}

// readProof is octets_to_proof.
func readProof(octets []byte) (*proof, error) {
	if len(octets) < proofFloor || (len(octets)-proofFloor)%scalarSize != 0 {
		return nil, fmt.Errorf("%w proof: %d bytes are no proof's length", ErrMalformed, len(octets))
	}
	if (len(octets)-proofFloor)/scalarSize > maxMessages {
		return nil, fmt.Errorf("%w in the proof", ErrLimit)
	}
	p := new(proof)
	var err error
	for _, point := range []*bls.G1Affine{&p.abar, &p.bbar, &p.d} {
		if *point, err = readPoint(octets[:pointSize]); err != nil {
			return nil, err
		}
		octets = octets[pointSize:]
	}
	scalars := make([]fr.Element, len(octets)/scalarSize)
	for i := range scalars {
		if scalars[i], err = readScalar(octets[i*scalarSize : (i+1)*scalarSize]); err != nil {
			return nil, err
		}
	}
	last := len(scalars) - 1
	p.e, p.r1, p.r3, p.challenge = scalars[0], scalars[1], scalars[2], scalars[last]
	p.hidden = scalars[3:last]
	return p, nil
}
