package bbs

import (
	"testing"

	bls "github.com/consensys/gnark-crypto/ecc/bls12-381"
	"github.com/consensys/gnark-crypto/ecc/bls12-381/fr"
)

// forge makes a proof for messages that nobody signed, from two points abar and bbar whose pairings cancel
// for every key. It needs no secret: D is a multiple of Bv, so that T2 can be answered, and T1 is answered
// with D alone, which holds if abar * e^ + bbar * c is the identity.
func forge(t testing.TB, key *PublicKey, s Statement, abar, bbar bls.G1Affine, accept func(e, c fr.Element) bool) claim {
	t.Helper()
	basis, err := Baseline.basis(len(s.Messages), nil)
	if err != nil {
		t.Fatal(err)
	}
	domain := calculateDomain(key, basis, s.Header, Baseline.api())
	var one fr.Element
	one.SetOne()
	bv := combine(append([]bls.G1Affine{basePoint()}, basis...),
		append([]fr.Element{one, domain}, messageScalars(s.Messages, Baseline.api())...))
	for {
		x, k1, k2, e := random(t), random(t), random(t), random(t)
		d := combine([]bls.G1Affine{bv}, []fr.Element{x})
		t1, t2 := combine([]bls.G1Affine{d}, []fr.Element{k1}), combine([]bls.G1Affine{d}, []fr.Element{k2})
		c := challengeOf(s, []bls.G1Affine{abar, bbar, d, t1, t2}, domain)
		if !accept(e, c) {
			continue
		}
		var r3 fr.Element // T2 = Bv * c + D * r3^
		r3.Inverse(&x).Mul(&r3, &c).Sub(&k2, &r3)
		return claim{key, proofOctets([]bls.G1Affine{abar, bbar, d}, []fr.Element{e, k1, r3, c}), s}
	}
}

// equations checks everything about a proof but whether its points are allowed.
func equations(t testing.TB, c claim, abar, bbar, d bls.G1Affine) bool {
	t.Helper()
	scalars := make([]fr.Element, 4)
	for i := range scalars {
		scalars[i].SetBytes(c.octets[3*pointSize+i*scalarSize:][:scalarSize])
	}
	basis, err := Baseline.basis(len(c.statement.Messages), nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &proof{abar: abar, bbar: bbar, d: d, e: scalars[0], r1: scalars[1], r3: scalars[2], challenge: scalars[3]}
	v := verification{key: c.key, proof: p, statement: &c.statement, basis: basis, api: Baseline.api()}
	challenge, err := v.challenge()
	if err != nil {
		t.Fatal(err)
	}
	return challenge.Equal(&p.challenge) && paired(abar, c.key.point, bbar) == nil
}

func readD(t testing.TB, c claim) bls.G1Affine {
	t.Helper()
	d, err := readPoint(c.octets[2*pointSize : 3*pointSize])
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestForgeryWithIdentity: the identity in place of a signature satisfies every equation. Only that the
// identity is refused stands between this and a proof of anything.
func TestForgeryWithIdentity(t *testing.T) {
	s := Statement{Header: []byte("h"), Messages: [][]byte{[]byte("I am a doctor")}, Indexes: []int{0}}
	var identity bls.G1Affine
	c := forge(t, newIssuer(t).key, s, identity, identity, func(_, _ fr.Element) bool { return true })
	if !equations(t, c, identity, identity, readD(t, c)) {
		t.Fatal("the forgery does not even satisfy the equations, so this test tests nothing")
	}
	want(t, c.verify(), ErrMalformed)
}

// TestForgeryWithSmallOrder: the same with points of order 3, whose pairings are 1. Only the check of the
// group refuses them.
func TestForgeryWithSmallOrder(t *testing.T) {
	s := Statement{Header: []byte("h"), Messages: [][]byte{[]byte("I am a doctor")}, Indexes: []int{0}}
	var small bls.G1Affine // (0, 2)
	small.Y.SetUint64(2)
	var thrice, jacobian bls.G1Jac
	jacobian.FromAffine(&small)
	thrice.Set(&jacobian).DoubleAssign().AddAssign(&jacobian)
	if !small.IsOnCurve() || small.IsInSubGroup() || !thrice.Z.IsZero() {
		t.Fatal("not a point of order 3")
	}
	// T1 is right if abar * e^ + bbar * c vanishes, which one in three pairs of numbers does.
	vanishes := func(e, c fr.Element) bool {
		sum := combinePlainly(small, e)
		sum.AddAssign(combinePlainly(small, c))
		return sum.Z.IsZero()
	}
	c := forge(t, newIssuer(t).key, s, small, small, vanishes)
	if err := paired(small, c.key.point, small); err != nil {
		t.Fatalf("the pairings do not cancel: %v", err)
	}
	want(t, c.verify(), ErrMalformed)
}

// combinePlainly multiplies by doubling and adding: the library's way is for points of prime order only.
func combinePlainly(p bls.G1Affine, s fr.Element) *bls.G1Jac {
	var sum, point bls.G1Jac
	point.FromAffine(&p)
	octets := s.Bytes()
	for _, b := range octets {
		for bit := 7; bit >= 0; bit-- {
			sum.DoubleAssign()
			if b>>bit&1 == 1 {
				sum.AddAssign(&point)
			}
		}
	}
	return &sum
}

// TestReplayUnderAnotherStatement joins an honest proof with the statement of another one.
func TestReplayUnderAnotherStatement(t *testing.T) {
	i := newIssuer(t)
	sign := func(text string) signature {
		return i.sign(t, Baseline, []byte("h"), [][]byte{[]byte(text), []byte("common")}, nil)
	}
	one, two := sign("pass"), sign("fail")
	a, b := one.prove(t, []byte("p"), []int{0}, nil), two.prove(t, []byte("p"), []int{0}, nil)
	want(t, a.verify(), nil)
	want(t, b.verify(), nil)
	a.octets, b.octets = b.octets, a.octets
	want(t, a.verify(), ErrMismatch)
	want(t, b.verify(), ErrMismatch)
}
