package keys

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/binary"
	"math/big"
	"math/bits"
	"strconv"
)

// newRSA checks a modulus and an exponent as far as a verifier can (NIST SP 800-89 section 5.3.3):
// the modulus has 2048 to 8192 bits, is odd and has no small prime factor; the exponent is odd,
// at least 3 and fits 31 bits.
func newRSA(n, e *big.Int) (Key, error) {
	switch size := n.BitLen(); {
	case n.Sign() <= 0 || size < minRSABits || size > maxRSABits:
		return Key{}, malformed("an RSA modulus must have "+strconv.Itoa(minRSABits)+" to "+strconv.Itoa(maxRSABits)+" bits, not "+strconv.Itoa(size), nil)
	case n.Bit(0) == 0 || hasSmallFactor(n):
		return Key{}, malformed("the RSA modulus has a small prime factor", nil)
	case e.Sign() <= 0 || !e.IsInt64() || e.Int64() > maxRSAExponent || e.Int64() < 3 || e.Bit(0) == 0:
		return Key{}, malformed("an RSA exponent must be odd, at least 3 and below 2^31", nil)
	}
	return Key{kind: RSA, public: &rsa.PublicKey{N: n, E: int(e.Int64())}}, nil
}

// newPKCS1 reads the DER form of RFC 8017 appendix A.1.1, which is what a Multikey holds. Other DER
// forms, such as SubjectPublicKeyInfo, and bytes after its end are refused.
func newPKCS1(der []byte) (Key, error) {
	public, err := x509.ParsePKCS1PublicKey(der)
	if err != nil {
		return Key{}, malformed("the RSA public key is no DER RSAPublicKey", err)
	}
	return newRSA(public.N, big.NewInt(int64(public.E)))
}

// hasSmallFactor reports whether an odd number of at most maxRSABits has a prime factor from 3 up
// to 751. It divides by products of as many candidates as fit, since a division costs a pass over
// the number.
func hasSmallFactor(n *big.Int) bool {
	var buffer [maxRSABits / 8]byte
	raw := n.FillBytes(buffer[:(n.BitLen()+63)/64*8])
	for f := uint64(3); f <= 751; {
		product := uint64(1)
		for ; f <= 751 && product < 1<<54; f += 2 {
			if f <= 7 || f%3 != 0 && f%5 != 0 && f%7 != 0 {
				product *= f
			}
		}
		rest := uint64(0)
		for i := 0; i < len(raw); i += 8 {
			rest = bits.Rem64(rest, binary.BigEndian.Uint64(raw[i:]), product)
		}
		for rest != 0 {
			product, rest = rest, product%rest
		}
		if product != 1 {
			return true
		}
	}
	return false
}
