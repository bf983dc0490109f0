package bbs

import (
	"fmt"
	"math/big"

	bls "github.com/consensys/gnark-crypto/ecc/bls12-381"
	"github.com/consensys/gnark-crypto/ecc/bls12-381/fr"
)

// VerifySignature is Verify: it returns nil if octets are a signature of key over header and messages. The
// errors are those of [VerifyProof].
func VerifySignature(key *PublicKey, octets, header []byte, messages [][]byte) error {
	if len(octets) != signatureSize {
		return fmt.Errorf("%w signature: %d bytes instead of %d", ErrMalformed, len(octets), signatureSize)
	}
	if len(messages) > maxMessages {
		return fmt.Errorf("%w: %d", ErrLimit, len(messages))
	}
	a, err := readPoint(octets[:pointSize])
	if err != nil {
		return err
	}
	e, err := readScalar(octets[pointSize:])
	if err != nil {
		return err
	}
	basis, err := Baseline.basis(len(messages), nil)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	api := Baseline.api()
	scalars := make([]fr.Element, 2, len(basis)+1)
	scalars[0].SetOne()
	scalars[1] = calculateDomain(key, basis, header, api)
	b := combine(append([]bls.G1Affine{basePoint()}, basis...), append(scalars, messageScalars(messages, api)...))

	var w bls.G2Affine
	w.ScalarMultiplicationBase(e.BigInt(new(big.Int)))
	w.Add(&w, &key.point)
	return paired(a, w, b)
}
