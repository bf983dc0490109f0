package bbs

import (
	_ "embed" // for the table

	bls "github.com/consensys/gnark-crypto/ecc/bls12-381"
)

// table holds points that everybody can compute and nobody needs to: P1 of the ciphersuite, then the first
// points of each series in the order of series. A point is its two coordinates, 48 bytes each. A test
// computes all of it anew.
//
//go:embed generators.bin
var table string

const affineSize = bls.SizeOfG1AffineUncompressed // 96

// span is a part of the table: the first count points of the series api.
type span struct {
	api   string
	count int
}

// series lists what the table holds after P1.
func series() [5]span {
	return [...]span{
		{Baseline.api(), tabled},
		{HolderBinding.api(), tabled},
		{Pseudonym.api(), tabled},
		{blind(HolderBinding.api()), maxSecrets},
		{blind(Pseudonym.api()), maxSecrets},
	}
}

// known returns the first points of a series, as far as the table has them and count goes.
func known(count int, api string) []bls.G1Affine {
	at := affineSize
	for _, s := range series() {
		if s.api != api {
			at += s.count * affineSize
			continue
		}
		points := make([]bls.G1Affine, 0, count)
		for ; len(points) < min(count, s.count) && at+affineSize <= len(table); at += affineSize {
			points = append(points, entry(at))
		}
		return points
	}
	return nil
}

// entry reads the point at an offset of the table. That it is one is for the test to check.
func entry(at int) bls.G1Affine {
	var p bls.G1Affine
	p.X.SetBytes([]byte(table[at : at+affineSize/2]))
	p.Y.SetBytes([]byte(table[at+affineSize/2 : at+affineSize]))
	return p
}

// basePoint is P1 of the ciphersuite.
func basePoint() bls.G1Affine { return entry(0) }
