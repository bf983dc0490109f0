package keys

import (
	"crypto/ecdsa"
	"crypto/elliptic"
)

// curveOf returns the curve of a kind, nil where it has none.
func curveOf(kind Kind) elliptic.Curve {
	switch kind {
	case P256:
		return elliptic.P256()
	case P384:
		return elliptic.P384()
	case P521:
		return elliptic.P521()
	}
	return nil
}

// coordinateSize is the length of a coordinate in bytes.
func coordinateSize(curve elliptic.Curve) int { return (curve.Params().BitSize + 7) / 8 }

// newCompressed reads a point in compressed form (SEC 1 section 2.3.3): one byte for the sign of y,
// then x in full length and below the field prime. Uncompressed and hybrid forms are refused.
func newCompressed(kind Kind, raw []byte) (Key, error) {
	curve := curveOf(kind)
	size := coordinateSize(curve)
	if len(raw) != 1+size || raw[0] != 2 && raw[0] != 3 {
		return Key{}, malformed("a "+string(kind)+" public key must be a compressed point", nil)
	}
	x, y := elliptic.UnmarshalCompressed(curve, raw)
	if x == nil {
		return Key{}, malformed("the "+string(kind)+" public key is no point of the curve", nil)
	}
	// Parsed again, so that there is one place where a point is taken as a key.
	point := make([]byte, 1+2*size)
	point[0] = 4
	x.FillBytes(point[1 : 1+size])
	y.FillBytes(point[1+size:])
	return newPoint(kind, point)
}

// newPoint reads a point in uncompressed form. The point at infinity has no such form.
func newPoint(kind Kind, raw []byte) (Key, error) {
	public, err := ecdsa.ParseUncompressedPublicKey(curveOf(kind), raw)
	if err != nil {
		return Key{}, malformed("the "+string(kind)+" public key is no point of the curve", err)
	}
	return Key{kind: kind, public: public}, nil
}

// compress returns the compressed form of a public key, nil if it has none, which no checked key is.
func compress(public *ecdsa.PublicKey) []byte {
	point, err := public.Bytes()
	if err != nil {
		return nil
	}
	size := len(point) / 2
	return append([]byte{2 | point[2*size]&1}, point[1:1+size]...)
}
