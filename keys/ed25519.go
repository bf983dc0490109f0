package keys

import (
	"crypto/ed25519"
	"encoding/binary"
	"math/bits"
)

// newEd25519 takes raw, which it keeps, as an encoded point (RFC 8032 section 5.1.3). Refused are
// encodings of a y that is not below the field prime, of no point, and of the points of small
// order, under which anybody can make signatures that verify.
func newEd25519(raw []byte) (Key, error) {
	if len(raw) != ed25519.PublicKeySize {
		return Key{}, malformed("an Ed25519 public key has 32 bytes", nil)
	}
	var y element
	for i := range y {
		y[i] = binary.LittleEndian.Uint64(raw[8*i:])
	}
	y[3] &^= 1 << 63 // the sign of x
	switch {
	case !y.less(&fieldPrime):
		return Key{}, malformed("the Ed25519 public key is not in its canonical encoding", nil)
	case smallOrder(&y):
		return Key{}, malformed("the Ed25519 public key is a point of small order; anybody can sign for it", nil)
	case !onEdwards25519(&y):
		return Key{}, malformed("the Ed25519 public key is no point of the curve", nil)
	}
	return Key{kind: Ed25519, public: ed25519.PublicKey(raw[:32:32])}, nil
}

// element is an integer below 2^256, least significant limb first.
type element [4]uint64

var (
	// fieldPrime is p = 2^255 - 19.
	fieldPrime = element{0xffffffffffffffed, 0xffffffffffffffff, 0xffffffffffffffff, 0x7fffffffffffffff}
	// edwardsD is the curve constant d = -121665/121666 mod p (RFC 8032 section 5.1).
	edwardsD = element{0x75eb4dca135978a3, 0x00700a4d4141d8ab, 0x8cc740797779e898, 0x52036cee2b6ffe73}
	// smallOrderY holds the y of the eight points whose order divides 8.
	smallOrderY = [5]element{
		{0, 0, 0, 0}, // order 4
		{1, 0, 0, 0}, // the identity
		{0xffffffffffffffec, 0xffffffffffffffff, 0xffffffffffffffff, 0x7fffffffffffffff}, // order 2
		{0xb027b2c28f95e826, 0xf098eff289f4c345, 0x3933c6d305acdfd5, 0x05fc536d880238b1}, // order 8
		{0x4fd84d3d706a17c7, 0x0f67100d760b3cba, 0xc6cc392cfa53202a, 0x7a03ac9277fdc74e}, // order 8
	}
)

// smallOrder reports whether y belongs to a point whose order divides the cofactor 8. The sign of x
// does not matter: the negative of a point has its order.
func smallOrder(y *element) bool {
	for i := range smallOrderY {
		if *y == smallOrderY[i] {
			return true
		}
	}
	return false
}

// onEdwards25519 reports whether some x satisfies -x² + y² = 1 + d·x²·y², that is, whether
// (y²-1)/(d·y²+1) is a square. The quotient is one exactly when the product is. The arithmetic
// takes varying time: it only ever sees public keys.
func onEdwards25519(y *element) bool {
	square := mul(y, y)
	u, v := square, mul(&edwardsD, &square)
	u.addSmall(&element{0xffffffffffffffec, 0xffffffffffffffff, 0xffffffffffffffff, 0x7fffffffffffffff}) // -1
	v.addSmall(&element{1})
	w := mul(&u, &v)
	return jacobi(w) >= 0
}

// less reports whether e is smaller, as an integer.
func (e *element) less(other *element) bool {
	_, borrow := bits.Sub64(e[0], other[0], 0)
	_, borrow = bits.Sub64(e[1], other[1], borrow)
	_, borrow = bits.Sub64(e[2], other[2], borrow)
	_, borrow = bits.Sub64(e[3], other[3], borrow)
	return borrow != 0
}

// sub subtracts as integers; other must not be larger.
func (e *element) sub(other *element) {
	var borrow uint64
	for i := range e {
		e[i], borrow = bits.Sub64(e[i], other[i], borrow)
	}
}

// addSmall adds two elements that are below p, modulo p.
func (e *element) addSmall(other *element) {
	var carry uint64
	for i := range e {
		e[i], carry = bits.Add64(e[i], other[i], carry)
	}
	e.reduce()
}

// reduce brings e below p. An element is below 2^256 < 3p, so this takes two rounds at most.
func (e *element) reduce() {
	for !e.less(&fieldPrime) {
		e.sub(&fieldPrime)
	}
}

// mul returns a·b modulo p, by rows: a limb of a times all of b is added in one pass. No sum runs
// over, since (2^64-1)² + 2·(2^64-1) is 2^128-1.
func mul(a, b *element) element {
	var t [8]uint64
	for i := range a {
		var carry uint64
		for j := range b {
			hi, lo := bits.Mul64(a[i], b[j])
			var c uint64
			lo, c = bits.Add64(lo, t[i+j], 0)
			hi += c
			lo, c = bits.Add64(lo, carry, 0)
			t[i+j], carry = lo, hi+c
		}
		t[i+4] = carry
	}
	return fold(&t)
}

// fold reduces a product modulo p. There 2^256 is 38, so the upper half counts 38 times; what that
// carries over is folded again, and becomes zero after two rounds at most.
func fold(t *[8]uint64) element {
	r := element{t[0], t[1], t[2], t[3]}
	var over uint64
	for i := range r {
		hi, lo := bits.Mul64(t[i+4], 38)
		var c uint64
		r[i], c = bits.Add64(r[i], lo, 0)
		hi += c
		r[i], c = bits.Add64(r[i], over, 0)
		over = hi + c
	}
	for over != 0 {
		var carry uint64
		r[0], carry = bits.Add64(r[0], over*38, 0)
		for i := 1; i < 4; i++ {
			r[i], carry = bits.Add64(r[i], 0, carry)
		}
		over = carry
	}
	r.reduce()
	return r
}

// jacobi returns the Legendre symbol of a modulo p: 1 for a square, -1 for none, 0 for zero. It is
// the binary algorithm for the Jacobi symbol: twos are taken out by the supplementary law, and a and
// n change places by quadratic reciprocity. Each round removes at least one bit of a or n, so there
// are at most 512.
func jacobi(a element) int {
	n, sign := fieldPrime, 1
	for a != (element{}) {
		zeros := a.strip()
		if zeros&1 == 1 && (n[0]&7 == 3 || n[0]&7 == 5) {
			sign = -sign
		}
		if a.less(&n) {
			a, n = n, a
			if a[0]&3 == 3 && n[0]&3 == 3 {
				sign = -sign
			}
		}
		a.sub(&n)
	}
	if n != (element{1}) {
		return 0
	}
	return sign
}

// strip shifts the trailing zero bits out of e, which is not zero, and returns their number.
func (e *element) strip() int {
	total := 0
	for e[0] == 0 {
		e[0], e[1], e[2], e[3] = e[1], e[2], e[3], 0
		total += 64
	}
	if n := bits.TrailingZeros64(e[0]); n > 0 {
		for i := range 3 {
			e[i] = e[i]>>n | e[i+1]<<(64-n)
		}
		e[3] >>= n
		total += n
	}
	return total
}
