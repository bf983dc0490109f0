package bbs

import (
	"encoding/binary"

	bls "github.com/consensys/gnark-crypto/ecc/bls12-381"
)

// derive appends to the first generators of api those up to count (section 4.1.1 of the draft).
func derive(points []bls.G1Affine, count int, api string) ([]bls.G1Affine, error) {
	v := expandMessage([]byte(api+"MESSAGE_GENERATOR_SEED"), api+"SIG_GENERATOR_SEED_")
	for i := 1; i <= count; i++ {
		v = expandMessage(binary.BigEndian.AppendUint64(v, uint64(i)), api+"SIG_GENERATOR_SEED_")
		if i <= len(points) {
			continue
		}
		point, err := bls.HashToG1(v, []byte(api+"SIG_GENERATOR_DST_"))
		if err != nil {
			return nil, err
		}
		points = append(points, point)
	}
	return points, nil
}

// basis returns the generators for a signature over signed messages of the signer and the secrets of the
// holder: Q_1, H_1 to H_L, and for blind signatures Q_2, J_1 to J_M.
func (f Feature) basis(signed int, held *Points) ([]bls.G1Affine, error) {
	points, err := held.generators(signed+1, f.api())
	if err != nil || f.secrets() == 0 {
		return points, err
	}
	more, err := held.generators(f.secrets(), blind(f.api()))
	return append(points, more...), err
}

// blind names the series of points that the messages of the holder are committed to with.
func blind(api string) string { return "BLIND_" + api }
