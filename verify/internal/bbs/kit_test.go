package bbs

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"testing"

	bls "github.com/consensys/gnark-crypto/ecc/bls12-381"
	"github.com/consensys/gnark-crypto/ecc/bls12-381/fr"
)

func unhex(t testing.TB, text string) []byte {
	t.Helper()
	out, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func publicKey(t testing.TB, octets []byte) *PublicKey {
	t.Helper()
	key, err := ParsePublicKey(octets)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// readData reads a file of testdata/bbs into out, which must have a field for everything in it.
func readData(t testing.TB, name string, out any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../../testdata/bbs", name))
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(out); err != nil {
		t.Fatal(err)
	}
}

// want fails unless err wraps reason; nil asks for no error.
func want(t testing.TB, err, reason error) {
	t.Helper()
	if !errors.Is(err, reason) {
		t.Errorf("got %v, want %v", err, reason)
	}
}

// claim is a proof and what it says.
type claim struct {
	key       *PublicKey
	octets    []byte
	statement Statement
}

func (c claim) verify() error { return VerifyProof(c.key, c.octets, c.statement) }

// with returns a copy of the claim that change may change in every part.
func (c claim) with(change func(c *claim)) claim {
	c.octets = bytes.Clone(c.octets)
	s := &c.statement
	s.Header, s.PresentationHeader = bytes.Clone(s.Header), bytes.Clone(s.PresentationHeader)
	s.NymDomain, s.Nym = bytes.Clone(s.NymDomain), bytes.Clone(s.Nym)
	s.Messages, s.Indexes = slices.Clone(s.Messages), slices.Clone(s.Indexes)
	change(&c)
	return c
}

// issuer signs and proves in the tests what no honest software would.
type issuer struct {
	secret fr.Element
	key    *PublicKey
}

func newIssuer(t testing.TB) issuer {
	t.Helper()
	secret := random(t)
	var point bls.G2Affine
	point.ScalarMultiplicationBase(secret.BigInt(new(big.Int)))
	octets := point.Bytes()
	return issuer{secret, publicKey(t, octets[:])}
}

func random(t testing.TB) fr.Element {
	t.Helper()
	var s fr.Element
	if _, err := s.SetRandom(); err != nil {
		t.Fatal(err)
	}
	return s
}

func randoms(t testing.TB, n int) []fr.Element {
	t.Helper()
	out := make([]fr.Element, n)
	for i := range out {
		out[i] = random(t)
	}
	return out
}

// signature is one with everything that proofs are made from.
type signature struct {
	issuer   issuer
	feature  Feature
	header   []byte
	signed   [][]byte     // messages of the signer
	scalars  []fr.Element // these and the secrets of the holder
	basis    []bls.G1Affine
	b        bls.G1Affine
	a        bls.G1Affine
	exponent fr.Element
}

// sign makes a signature over messages and as many secrets as are given.
func (i issuer) sign(t testing.TB, f Feature, header []byte, messages [][]byte, secrets []fr.Element) signature {
	t.Helper()
	s := signature{issuer: i, feature: f, header: header, signed: messages, exponent: random(t)}
	s.scalars = append(messageScalars(messages, f.api()), secrets...)
	points, err := derive(nil, len(messages)+1, f.api())
	if err != nil {
		t.Fatal(err)
	}
	more, err := derive(nil, len(secrets), blind(f.api()))
	if err != nil {
		t.Fatal(err)
	}
	s.basis = append(points, more...)
	domain := calculateDomain(i.key, s.basis, header, f.api())
	var one, inverse fr.Element
	one.SetOne()
	s.b = combine(append([]bls.G1Affine{basePoint()}, s.basis...), append([]fr.Element{one, domain}, s.scalars...))
	inverse.Add(&i.secret, &s.exponent).Inverse(&inverse)
	s.a = combine([]bls.G1Affine{s.b}, []fr.Element{inverse})
	return s
}

func (s signature) octets() []byte {
	return appendScalar(appendPoints(nil, []bls.G1Affine{s.a}), &s.exponent)
}

// prove is CoreProofGen. The pseudonym is of the last secret.
func (s signature) prove(t testing.TB, presentationHeader []byte, disclosed []int, nymDomain []byte) claim {
	t.Helper()
	statement := Statement{
		Feature: s.feature, Header: s.header, PresentationHeader: presentationHeader,
		Indexes: disclosed, Signed: len(s.signed), NymDomain: nymDomain,
	}
	points, scalars := []bls.G1Affine{}, []fr.Element{}
	var hidden []fr.Element
	for i, scalar := range s.scalars {
		if slices.Contains(disclosed, i) {
			statement.Messages = append(statement.Messages, s.signed[i])
		} else {
			hidden, points = append(hidden, scalar), append(points, s.basis[1+i])
		}
	}
	r1, r2, eRandom, r1Random, r3Random, mRandom := random(t), random(t), random(t), random(t), random(t), randoms(t, len(hidden))
	var r3, r12, minusE fr.Element
	r3.Inverse(&r2)
	r12.Mul(&r1, &r2)
	minusE.Neg(&s.exponent)
	d := combine([]bls.G1Affine{s.b}, []fr.Element{r2})
	abar := combine([]bls.G1Affine{s.a}, []fr.Element{r12})
	bbar := combine([]bls.G1Affine{d, abar}, []fr.Element{r1, minusE})
	t1 := combine([]bls.G1Affine{abar, d}, []fr.Element{eRandom, r1Random})
	t2 := combine(append(points, d), append(append(scalars, mRandom...), r3Random))
	commitments := []bls.G1Affine{abar, bbar, d, t1, t2}
	if s.feature.pseudonymous() {
		op, err := bls.HashToG1(nymDomain, []byte(s.feature.api()))
		if err != nil {
			t.Fatal(err)
		}
		nym := combine([]bls.G1Affine{op}, hidden[len(hidden)-1:])
		commitments = append(commitments, nym, op, combine([]bls.G1Affine{op}, mRandom[len(mRandom)-1:]))
		statement.Nym = appendPoints(nil, []bls.G1Affine{nym})
	}
	c := challengeOf(statement, commitments, calculateDomain(s.issuer.key, s.basis, s.header, s.feature.api()))
	answer := func(random, secret fr.Element) fr.Element { // random + secret * c
		secret.Mul(&secret, &c)
		return *secret.Add(&secret, &random)
	}
	var minusR1, minusR3 fr.Element
	minusR1.Neg(&r1)
	minusR3.Neg(&r3)
	answers := []fr.Element{answer(eRandom, s.exponent), answer(r1Random, minusR1), answer(r3Random, minusR3)}
	for i := range hidden {
		answers = append(answers, answer(mRandom[i], hidden[i]))
	}
	return claim{s.issuer.key, proofOctets(commitments[:3], append(answers, c)), statement}
}

// challengeOf hashes what a proof commits to.
func challengeOf(s Statement, commitments []bls.G1Affine, domain fr.Element) fr.Element {
	messages := messageScalars(s.Messages, s.Feature.api())
	octets := appendInt(nil, len(s.Indexes))
	for k, i := range s.Indexes {
		octets = appendScalar(appendInt(octets, i), &messages[k])
	}
	octets = appendScalar(appendPoints(octets, commitments), &domain)
	return hashToScalar(appendText(octets, s.PresentationHeader), s.Feature.api()+"H2S_")
}

func proofOctets(points []bls.G1Affine, scalars []fr.Element) []byte {
	octets := appendPoints(nil, points)
	for i := range scalars {
		octets = appendScalar(octets, &scalars[i])
	}
	return octets
}
