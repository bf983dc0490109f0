package signature

import (
	"testing"

	"filippo.io/mldsa"
)

// TestMLDSA: only pure ML-DSA-44 with the empty context string is taken, and only in its exact length.
func TestMLDSA(t *testing.T) {
	secret, err := mldsa.GenerateKey(mldsa.MLDSA44())
	if err != nil {
		t.Fatal(err)
	}
	key, message := mldsaKey(t, secret), []byte("a badge")
	sign := func(context string) []byte {
		sig, err := secret.Sign(nil, message, &mldsa.Options{Context: context})
		if err != nil {
			t.Fatal(err)
		}
		return sig
	}
	good := sign("")
	flip := func(i int) []byte { out := append([]byte(nil), good...); out[i] ^= 0x80; return out }
	for name, c := range map[string]struct {
		signature []byte
		want      bool
	}{
		"as signed":           {good, true},
		"another context":     {sign("badge"), false},
		"empty":               {nil, false},
		"short":               {good[:2419], false},
		"long":                {append(append([]byte(nil), good...), 0), false},
		"challenge":           {flip(0), false},
		"response":            {flip(1000), false},
		"hint":                {flip(2340), false},
		"more hints than fit": {flip(2419), false},
		"zeros":               {make([]byte, 2420), false},
	} {
		if got := Verify(MLDSA44, key, message, c.signature); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
