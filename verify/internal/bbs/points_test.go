package bbs

import (
	"slices"
	"sync"
	"testing"

	bls "github.com/consensys/gnark-crypto/ecc/bls12-381"
)

// TestHeldPoints asks for more and for fewer points than are held, and appends to what was returned.
func TestHeldPoints(t *testing.T) {
	var p Points
	for _, api := range []string{Baseline.api(), Pseudonym.api()} {
		want, err := derive(nil, tabled+20, api)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range []int{1, tabled, tabled + 3, tabled + 20, tabled + 1, 0} {
			for _, from := range []*Points{&p, nil} {
				got, err := from.generators(n, api)
				if err != nil || !slices.Equal(got, want[:n]) {
					t.Errorf("%d points: %d other ones (%v)", n, len(got), err)
				}
				_ = append(got, bls.G1Affine{})
			}
		}
		if len(p.series[api]) != tabled+20 {
			t.Errorf("%d points are held", len(p.series[api]))
		}
	}
}

// TestPointsSpareWork: points that are held are not computed again, and with them the same proofs verify.
func TestPointsSpareWork(t *testing.T) {
	p, i := new(Points), newIssuer(t)
	messages := make([][]byte, tabled+2)
	for k := range messages {
		messages[k] = []byte{byte(k), byte(k >> 8)}
	}
	for feature := Baseline; feature <= HolderBindingPseudonym; feature++ {
		genuine := i.sign(t, feature, []byte("header"), messages, randoms(t, feature.secrets())).prove(t, []byte("p"), []int{0, tabled + 1}, []byte("domain"))
		genuine.statement.Points = p
		forged := genuine.with(func(c *claim) { c.statement.Messages[1] = []byte("another") })
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				want(t, genuine.verify(), nil)
				want(t, forged.verify(), ErrMismatch)
			})
		}
		all.Wait()
	}
	for api, held := range p.series {
		if len(held) != tabled+3 {
			t.Errorf("%d points of %s are held", len(held), api)
		}
		held[tabled] = held[0]
	}
	// A point that is exchanged shows that those held are the ones that count.
	genuine := i.sign(t, Baseline, []byte("header"), messages, nil).prove(t, []byte("p"), []int{0}, nil)
	want(t, genuine.verify(), nil)
	genuine.statement.Points = p
	want(t, genuine.verify(), ErrMismatch)
}
