package bbs

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	bls "github.com/consensys/gnark-crypto/ecc/bls12-381"
	"github.com/consensys/gnark-crypto/ecc/bls12-381/fr"
)

// Statement is what a proof is about. Nothing of it is changed but what Points keeps.
type Statement struct {
	Feature            Feature
	Header             []byte
	PresentationHeader []byte
	// Messages are the disclosed messages, and Indexes their places, ascending, among the messages that
	// the signer signed.
	Messages [][]byte
	Indexes  []int
	// Signed is how many messages the signer signed, disclosed or not. [Baseline] takes it from the proof
	// and ignores it.
	Signed int
	// NymDomain is the context that the pseudonym is for (context_id, nym_domain), and Nym the pseudonym, a
	// compressed point of G1. Both are for variants with a pseudonym only.
	NymDomain, Nym []byte
	// Points, where it is not nil, keeps what was computed for one proof for the next ones.
	Points *Points
}

// VerifyProof is ProofVerify, BlindProofVerify or ProofVerifyWithPseudonym, as the variant says. It returns
// nil if the proof shows what the statement says, signed by key. The error wraps [ErrMalformed] for octets,
// indexes and numbers that no honest prover makes, [ErrLimit] for more messages than are verified, and
// [ErrMismatch] for a proof of something else.
func VerifyProof(key *PublicKey, octets []byte, s Statement) error {
	p, err := readProof(octets)
	if err != nil {
		return err
	}
	total := len(s.Indexes) + len(p.hidden)
	signed := total - s.Feature.secrets()
	if err := s.check(signed); err != nil {
		return err
	}
	basis, err := s.Feature.basis(signed, s.Points)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	v := verification{key: key, proof: p, statement: &s, basis: basis, api: s.Feature.api()}
	challenge, err := v.challenge()
	if err != nil {
		return err
	}
	if !challenge.Equal(&p.challenge) {
		return fmt.Errorf("%w: the challenge is another one", ErrMismatch)
	}
	return paired(p.abar, key.point, p.bbar)
}

// check checks the numbers of a statement; signed is how many messages of the signer the proof is over.
func (s *Statement) check(signed int) error {
	switch {
	case len(s.Messages) != len(s.Indexes):
		return fmt.Errorf("%w: %d messages for %d indexes", ErrMalformed, len(s.Messages), len(s.Indexes))
	case signed < len(s.Indexes):
		return fmt.Errorf("%w: the proof hides fewer messages than the holder put in", ErrMalformed)
	case s.Feature != Baseline && s.Signed != signed:
		return fmt.Errorf("%w: the proof is over %d messages of the signer, not %d", ErrMalformed, signed, s.Signed)
	case signed > maxMessages:
		return fmt.Errorf("%w: %d", ErrLimit, signed)
	}
	last := -1
	for _, i := range s.Indexes {
		if i <= last || i >= signed {
			return fmt.Errorf("%w: the index %d is out of order or of range", ErrMalformed, i)
		}
		last = i
	}
	return nil
}

// verification is one proof being verified.
type verification struct {
	key       *PublicKey
	proof     *proof
	statement *Statement
	basis     []bls.G1Affine // Q_1, then one generator a message
	api       string
}

// challenge recomputes the challenge (ProofVerifyInit and ProofChallengeCalculate; with a pseudonym
// ProofWithPseudonymChallengeCalculate).
func (v *verification) challenge() (fr.Element, error) {
	s, p := v.statement, v.proof
	domain := calculateDomain(v.key, v.basis, s.Header, v.api)
	messages := messageScalars(s.Messages, v.api)
	octets := appendInt(nil, len(s.Indexes))
	for k, i := range s.Indexes {
		octets = appendScalar(appendInt(octets, i), &messages[k])
	}
	points := []bls.G1Affine{p.abar, p.bbar, p.d, v.t1(), v.t2(domain, messages)}
	if s.Feature.pseudonymous() {
		nym, err := v.pseudonym()
		if err != nil {
			return fr.Element{}, err
		}
		points = append(points, nym...)
	}
	octets = appendScalar(appendPoints(octets, points), &domain)
	return hashToScalar(appendText(octets, s.PresentationHeader), v.api+"H2S_"), nil
}

// t1 is Bbar * c + Abar * e^ + D * r1^.
func (v *verification) t1() bls.G1Affine {
	p := v.proof
	return combine([]bls.G1Affine{p.bbar, p.abar, p.d}, []fr.Element{p.challenge, p.e, p.r1})
}

// t2 is Bv * c + D * r3^ + the generators of the hidden messages times their m^, where Bv is
// P1 + Q_1 * domain + the generators of the disclosed messages times these: all of it as one sum.
func (v *verification) t2(domain fr.Element, messages []fr.Element) bls.G1Affine {
	p := v.proof
	points := append([]bls.G1Affine{basePoint(), p.d}, v.basis...)
	scalars := make([]fr.Element, 3, len(points))
	scalars[0], scalars[1] = p.challenge, p.r3
	scalars[2].Mul(&domain, &p.challenge)
	disclosed, hidden := 0, 0
	for i := range v.basis[1:] {
		var scalar fr.Element
		if disclosed < len(messages) && v.statement.Indexes[disclosed] == i {
			scalar.Mul(&messages[disclosed], &p.challenge)
			disclosed++
		} else {
			scalar = p.hidden[hidden]
			hidden++
		}
		scalars = append(scalars, scalar)
	}
	return combine(points, scalars)
}

// pseudonym returns the pseudonym, the point OP that stands for its domain, and
// Uv = OP * nym^ - pseudonym * c. The secret of the pseudonym is the last of the signed messages
// (PseudonymProofVerifyInit).
func (v *verification) pseudonym() ([]bls.G1Affine, error) {
	nym, err := readPoint(v.statement.Nym)
	if err != nil {
		return nil, err
	}
	op, err := bls.HashToG1(v.statement.NymDomain, []byte(v.api))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	var minus fr.Element
	minus.Neg(&v.proof.challenge)
	uv := combine([]bls.G1Affine{op, nym}, []fr.Element{v.proof.hidden[len(v.proof.hidden)-1], minus})
	if uv.IsInfinity() {
		return nil, fmt.Errorf("%w: the pseudonym's commitment is the identity", ErrMismatch)
	}
	return []bls.G1Affine{nym, op, uv}, nil
}

// calculateDomain is calculate_domain: it binds the key, the number of messages, the variant and the header.
func calculateDomain(key *PublicKey, basis []bls.G1Affine, header []byte, api string) fr.Element {
	octets := appendInt(append(make([]byte, 0, keySize+pointSize*len(basis)+len(header)+64), key.octets[:]...), len(basis)-1)
	octets = append(appendPoints(octets, basis), api...)
	return hashToScalar(appendText(octets, header), api+"H2S_")
}

func appendPoints(dst []byte, points []bls.G1Affine) []byte {
	for i := range points {
		b := points[i].Bytes()
		dst = append(dst, b[:]...)
	}
	return dst
}

// combine returns the sum of the points times the scalars, of which there are as many.
func combine(points []bls.G1Affine, scalars []fr.Element) bls.G1Affine {
	var sum bls.G1Affine
	if _, err := sum.MultiExp(points, scalars, ecc.MultiExpConfig{NbTasks: 1}); err != nil {
		return bls.G1Affine{}
	}
	return sum
}

// paired checks e(a, w) * e(b, -BP2) = 1.
func paired(a bls.G1Affine, w bls.G2Affine, b bls.G1Affine) error {
	_, _, _, base := bls.Generators()
	base.Neg(&base)
	if ok, err := bls.PairingCheck([]bls.G1Affine{a, b}, []bls.G2Affine{w, base}); err != nil || !ok {
		return fmt.Errorf("%w: the signature is not of this key", ErrMismatch)
	}
	return nil
}
