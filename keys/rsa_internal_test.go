package keys

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// TestHasSmallFactor compares with trial division, for numbers of many sizes.
func TestHasSmallFactor(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	var primes []int64
	for f := int64(3); f <= 751; f += 2 {
		if big.NewInt(f).ProbablyPrime(0) {
			primes = append(primes, f)
		}
	}
	with, without := 0, 0
	for i := range 400 {
		raw := make([]byte, 1+i*5/2%(maxRSABits/8))
		for j := range raw {
			raw[j] = byte(random.Uint32())
		}
		n := new(big.Int).SetBytes(raw)
		n.SetBit(n, 0, 1)
		want := false
		for _, f := range primes {
			if new(big.Int).Mod(n, big.NewInt(f)).Sign() == 0 {
				want = true
			}
		}
		if got := hasSmallFactor(n); got != want {
			t.Fatalf("%x: %v, want %v", n, got, want)
		}
		if want {
			with++
		} else {
			without++
		}
	}
	if with < 50 || without < 50 {
		t.Errorf("%d with, %d without", with, without)
	}
}

// TestSmallPrimes tries a prime above the bound times each prime up to it.
func TestSmallPrimes(t *testing.T) {
	large := big.NewInt(1_000_003)
	if hasSmallFactor(large) || hasSmallFactor(big.NewInt(757)) {
		t.Error("a prime above the bound has a small factor")
	}
	for f := int64(3); f <= 751; f += 2 {
		if big.NewInt(f).ProbablyPrime(0) && !hasSmallFactor(new(big.Int).Mul(large, big.NewInt(f))) {
			t.Errorf("the factor %d is not found", f)
		}
	}
}
