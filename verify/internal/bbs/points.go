package bbs

import (
	"sync"

	bls "github.com/consensys/gnark-crypto/ecc/bls12-381"
)

// Points keeps the generators beyond those of the table, so that each is hashed to the curve once and not
// for every proof: to ask for thousands of them takes a proof of some kilobytes. The zero value is empty and
// ready for use; a nil Points keeps nothing. It is safe for concurrent use, and holds no more than
// maxMessages+1 points of each series, some 0.4 MB.
type Points struct {
	mu     sync.Mutex
	series map[string][]bls.G1Affine // by api, the first ones of each
}

// generators returns create_generators(count, api): points of G1 that nobody knows a relation of. They are
// the same for everybody; the first ones stand in the table, the others are hashed to the curve. Whoever
// asks for such while others are being computed waits for them.
func (p *Points) generators(count int, api string) ([]bls.G1Affine, error) {
	points := known(count, api)
	if len(points) == count {
		return points, nil
	}
	if p == nil {
		return derive(points, count, api)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if held := p.series[api]; len(held) > len(points) {
		points = held
	}
	if len(points) < count {
		more, err := derive(points, count, api)
		if err != nil {
			return nil, err
		}
		if p.series == nil {
			p.series = make(map[string][]bls.G1Affine)
		}
		points, p.series[api] = more, more
	}
	return points[:count:count], nil // what is appended to it must not become part of the series
}
