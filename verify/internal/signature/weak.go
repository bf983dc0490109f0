package signature

import (
	"crypto/ed25519"
	"encoding/hex"
)

// weak reports whether an Ed25519 key is a point of small order, for which anybody can make a
// signature that verifies for many messages, or is not encoded as RFC 8032 section 5.1.2 says (the
// y coordinate reduced). The standard library accepts both.
func weak(public ed25519.PublicKey) bool {
	var y [ed25519.PublicKeySize]byte
	copy(y[:], public)
	y[len(y)-1] &= 0x7f // the sign of x
	return unreduced(y) || smallOrder(y)
}

// unreduced reports whether y, in little-endian order, is not below the prime 2^255-19.
func unreduced(y [ed25519.PublicKeySize]byte) bool {
	if y[31] != 0x7f || y[0] < 0xed {
		return false
	}
	for _, b := range y[1:31] {
		if b != 0xff {
			return false
		}
	}
	return true
}

// smallOrder reports whether y is the coordinate of one of the eight points whose order divides 8.
// With both signs of x five coordinates are enough.
func smallOrder(y [ed25519.PublicKeySize]byte) bool {
	switch hex.EncodeToString(y[:]) {
	case "0100000000000000000000000000000000000000000000000000000000000000", // order 1
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // order 2
		"0000000000000000000000000000000000000000000000000000000000000000", // order 4
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", // order 8
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a": // order 8
		return true
	}
	return false
}
