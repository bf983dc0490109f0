package keys

import (
	"crypto/ed25519"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// bigField is the field prime as a big.Int, the reference that the limb arithmetic is held against.
func bigField() *big.Int {
	p := new(big.Int).Lsh(big.NewInt(1), 255)
	return p.Sub(p, big.NewInt(19))
}

func (e element) big() *big.Int {
	raw := make([]byte, 32)
	for i := range e {
		binary.BigEndian.PutUint64(raw[24-8*i:], e[i])
	}
	return new(big.Int).SetBytes(raw)
}

func fromBig(n *big.Int) (e element) {
	raw := n.FillBytes(make([]byte, 32))
	for i := range e {
		e[i] = binary.BigEndian.Uint64(raw[24-8*i:])
	}
	return e
}

// samples are field elements at the edges and many in between, the same ones in every run.
func samples() []element {
	p := bigField()
	var out []element
	for _, d := range []int64{0, 1, 2, 3, 18, 19, 20, 37, 38, 39} {
		out = append(out, fromBig(big.NewInt(d)), fromBig(new(big.Int).Sub(p, big.NewInt(d+1))))
	}
	for shift := uint(1); shift < 255; shift += 7 {
		out = append(out, fromBig(new(big.Int).Lsh(big.NewInt(1), shift)))
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		e := element{random.Uint64(), random.Uint64(), random.Uint64(), random.Uint64() >> 1}
		e.reduce()
		out = append(out, e)
	}
	return out
}

func TestFieldConstants(t *testing.T) {
	p := bigField()
	if fieldPrime.big().Cmp(p) != 0 {
		t.Error("the field prime is wrong")
	}
	d := new(big.Int).ModInverse(big.NewInt(121666), p)
	d.Mul(d, big.NewInt(-121665)).Mod(d, p)
	if edwardsD.big().Cmp(d) != 0 {
		t.Error("the curve constant is wrong")
	}
}

func TestFieldArithmetic(t *testing.T) {
	p, all := bigField(), samples()
	for i, a := range all {
		b := all[(i*31+7)%len(all)]
		want := new(big.Int).Mul(a.big(), b.big())
		if got := mul(&a, &b); got.big().Cmp(want.Mod(want, p)) != 0 {
			t.Fatalf("%x · %x", a, b)
		}
		sum := a
		sum.addSmall(&b)
		want = new(big.Int).Add(a.big(), b.big())
		if sum.big().Cmp(want.Mod(want, p)) != 0 {
			t.Fatalf("%x + %x", a, b)
		}
		if got, want := jacobi(a), big.Jacobi(a.big(), p); got != want {
			t.Fatalf("jacobi(%x) = %d, want %d", a, got, want)
		}
	}
	// Operands above p occur nowhere, but must not run over.
	full := element{1<<64 - 1, 1<<64 - 1, 1<<64 - 1, 1<<64 - 1}
	want := new(big.Int).Mul(full.big(), full.big())
	if got := mul(&full, &full); got.big().Cmp(want.Mod(want, p)) != 0 {
		t.Error("(2^256-1)² is wrong")
	}
}

// onCurve decides by computing x, with math/big.
func onCurve(y *big.Int) bool {
	p := bigField()
	square := new(big.Int).Mul(y, y)
	v := new(big.Int).Mul(edwardsD.big(), square)
	v.Add(v, big.NewInt(1)).ModInverse(v.Mod(v, p), p)
	x := square.Sub(square, big.NewInt(1))
	x.Mul(x, v).Mod(x, p)
	return new(big.Int).ModSqrt(x, p) != nil
}

func TestOnEdwards25519(t *testing.T) {
	on, off := 0, 0
	for _, y := range samples() {
		got := onEdwards25519(&y)
		if got != onCurve(y.big()) {
			t.Fatalf("y = %x: %v", y, got)
		}
		if got {
			on++
		} else {
			off++
		}
	}
	if on < 200 || off < 200 {
		t.Errorf("%d on, %d off the curve", on, off)
	}
}

// TestGeneratedPoints takes public keys of the standard library: all are good.
func TestGeneratedPoints(t *testing.T) {
	seed := make([]byte, ed25519.SeedSize)
	for i := range 200 {
		seed[0] = byte(i)
		public := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
		if _, err := newEd25519(public); err != nil {
			t.Fatalf("%x: %v", public, err)
		}
	}
}

// TestRefusedPoints lists every encoding of a point of small order, and the encodings of a y that
// is not below the prime, with both signs.
func TestRefusedPoints(t *testing.T) {
	for _, text := range []string{
		"0000000000000000000000000000000000000000000000000000000000000000", // order 4
		"0100000000000000000000000000000000000000000000000000000000000000", // the identity
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", // order 8
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", // order 8
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // order 2
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // p, that is 0
		"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // p+1, that is 1
		"efffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // p+2
		"f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // p+3, that is on the curve
		"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // p+18
		"0200000000000000000000000000000000000000000000000000000000000000", // off the curve
	} {
		raw, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			_, err := newEd25519(raw)
			var e *strict.Error
			if !errors.As(err, &e) || e.Code != codeMalformed {
				t.Errorf("%x: %v", raw, err)
			}
			raw[31] ^= 0x80
		}
	}
	// Control: y = 3 is on the curve, and not of small order.
	raw := make([]byte, 32)
	raw[0] = 3
	if _, err := newEd25519(raw); err != nil {
		t.Error(err)
	}
}

// TestSmallOrderForgery shows what the refusal is for: a signature that anybody can write verifies
// under the identity.
func TestSmallOrderForgery(t *testing.T) {
	identity := make([]byte, 32)
	identity[0] = 1
	signature := append(append([]byte(nil), identity...), make([]byte, 32)...)
	if !ed25519.Verify(identity, []byte("any text"), signature) {
		t.Skip("the standard library refuses it by itself")
	}
	if _, err := newEd25519(identity); err == nil {
		t.Error("the identity is taken as a key")
	}
}
