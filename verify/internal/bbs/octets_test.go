package bbs

import (
	"slices"
	"testing"

	bls "github.com/consensys/gnark-crypto/ecc/bls12-381"
	"github.com/consensys/gnark-crypto/ecc/bls12-381/fp"
	"github.com/consensys/gnark-crypto/ecc/bls12-381/fr"
)

type blsField = fp.Element

func TestPoints(t *testing.T) {
	_, _, generator, _ := bls.Generators()
	good := generator.Bytes()
	if p, err := readPoint(good[:]); err != nil || !p.Equal(&generator) {
		t.Errorf("the generator is read as %v, %v", p, err)
	}
	for name, octets := range malformedPoints(t) {
		t.Run(name, func(t *testing.T) {
			_, err := readPoint(octets)
			want(t, err, ErrMalformed)
		})
	}
}

// malformedScalars are octets that are no reduced scalar, or zero.
func malformedScalars(t testing.TB) map[string][]byte {
	t.Helper()
	order := unhex(t, "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001")
	above := slices.Clone(order)
	above[len(above)-1]++
	return map[string][]byte{
		"zero": make([]byte, scalarSize), "the order": order, "one above the order": above, "ones": slices.Repeat([]byte{0xff}, scalarSize),
	}
}

func TestScalars(t *testing.T) {
	last := unhex(t, "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000000")
	for _, good := range [][]byte{last, append(make([]byte, scalarSize-1), 1)} {
		s, err := readScalar(good)
		if again := s.Bytes(); err != nil || !slices.Equal(again[:], good) {
			t.Errorf("%x is read as %x, %v", good, again, err)
		}
	}
	for name, octets := range malformedScalars(t) {
		t.Run(name, func(t *testing.T) {
			_, err := readScalar(octets)
			want(t, err, ErrMalformed)
		})
	}
}

// TestMalformedParts puts every malformed point and scalar in every place of a proof and of a signature.
func TestMalformedParts(t *testing.T) {
	key, cases := fixtures(t)
	c := cases[2].claim(t, key)
	for name, octets := range malformedPoints(t) {
		if len(octets) != pointSize {
			continue
		}
		for k := range 3 {
			want(t, c.with(func(c *claim) { copy(c.octets[k*pointSize:], octets) }).verify(), ErrMalformed)
		}
		bad := append(slices.Clone(octets), unhex(t, cases[2].Signature)[pointSize:]...)
		if err := VerifySignature(key, bad, nil, nil); err == nil {
			t.Errorf("a signature with the point %s verifies", name)
		} else {
			want(t, err, ErrMalformed)
		}
	}
	for _, octets := range malformedScalars(t) {
		for at := 3 * pointSize; at < len(c.octets); at += scalarSize {
			want(t, c.with(func(c *claim) { copy(c.octets[at:], octets) }).verify(), ErrMalformed)
		}
		bad := append(unhex(t, cases[2].Signature)[:pointSize], octets...)
		want(t, VerifySignature(key, bad, nil, nil), ErrMalformed)
	}
	// The same values modulo the order, in another form.
	for at := 3 * pointSize; at < len(c.octets); at += scalarSize {
		lifted := c.with(func(c *claim) {
			var s fr.Element
			s.SetBytes(c.octets[at : at+scalarSize])
			carry := 0
			order := unhex(t, "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001")
			for i := scalarSize - 1; i >= 0; i-- {
				carry += int(c.octets[at+i]) + int(order[i])
				c.octets[at+i] = byte(carry)
				carry >>= 8
			}
		})
		want(t, lifted.verify(), ErrMalformed)
	}
}

func TestPublicKeys(t *testing.T) {
	_, _, _, generator := bls.Generators()
	good := generator.Bytes()
	if key, err := ParsePublicKey(good[:]); err != nil || !key.point.Equal(&generator) {
		t.Fatalf("the generator is refused: %v", err)
	}
	outsideJacobian := bls.GeneratePointNotInG2(bls.E2{A0: fpElement(1), A1: fpElement(2)})
	var outside bls.G2Affine
	outside.FromJacobian(&outsideJacobian)
	if outside.IsInSubGroup() {
		t.Fatal("not outside of the group")
	}
	wrongGroup, raw := outside.Bytes(), generator.RawBytes()
	flagged := func(octets [keySize]byte, flags byte) []byte {
		octets[0] = octets[0]&0x1f | flags
		return octets[:]
	}
	modulus := unhex(t, "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab")
	for name, octets := range map[string][]byte{
		"nil": nil, "short": good[:keySize-1], "long": append(good[:], 0), "zeros": make([]byte, keySize),
		"a point of G1":            good[:pointSize],
		"identity":                 flagged([keySize]byte{}, 0xc0),
		"identity with a sign":     flagged([keySize]byte{}, 0xe0),
		"uncompressed":             raw[:],
		"half uncompressed":        raw[:keySize],
		"compressed flag missing":  flagged(good, 0),
		"sign without compression": flagged(good, 0x20),
		"x1 is the modulus":        flagged([keySize]byte(append(slices.Clone(modulus), good[pointSize:]...)), 0x80),
		"x0 is the modulus":        append(slices.Clone(good[:pointSize]), modulus...),
		"outside of the group":     wrongGroup[:],
		"ones":                     slices.Repeat([]byte{0xff}, keySize),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParsePublicKey(octets)
			want(t, err, ErrKey)
		})
	}
}

func TestLimits(t *testing.T) {
	key, cases := fixtures(t)
	c := cases[2].claim(t, key)
	scalar := c.octets[len(c.octets)-scalarSize:]
	long := c.with(func(c *claim) { c.octets = append(c.octets, slices.Repeat(scalar, maxMessages+1)...) })
	want(t, long.verify(), ErrLimit)
	huge := c.with(func(c *claim) { c.octets = append(c.octets, slices.Repeat(scalar, 200_000)...) })
	want(t, huge.verify(), ErrLimit)
	many := c.with(func(c *claim) {
		for i := len(c.statement.Indexes); i <= maxMessages; i++ {
			c.statement.Indexes, c.statement.Messages = append(c.statement.Indexes, i+10), append(c.statement.Messages, nil)
		}
	})
	want(t, many.verify(), ErrLimit)
	want(t, VerifySignature(key, unhex(t, cases[2].Signature), nil, make([][]byte, maxMessages+1)), ErrLimit)
	want(t, VerifySignature(key, unhex(t, cases[2].Signature)[1:], nil, nil), ErrMalformed)
}
