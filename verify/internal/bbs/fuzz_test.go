package bbs

import (
	"bytes"
	"errors"
	"testing"
)

var reasons = []error{ErrKey, ErrMalformed, ErrMismatch, ErrLimit}

// oneReason fails unless err wraps exactly one of the reasons of this package.
func oneReason(t *testing.T, err error) {
	t.Helper()
	n := 0
	for _, r := range reasons {
		if errors.Is(err, r) {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%v has %d reasons", err, n)
	}
}

// FuzzProof: no octets but the prover's own are a proof of a statement.
func FuzzProof(f *testing.F) {
	key, cases := fixtures(f)
	genuine := cases[2].claim(f, key)
	for _, c := range cases {
		f.Add(unhex(f, c.Proof))
	}
	if len(cases) == 0 || genuine.verify() != nil {
		f.Fatal("the seeds are not proofs")
	}
	f.Fuzz(func(t *testing.T, octets []byte) {
		err := VerifyProof(key, octets, genuine.statement)
		if bytes.Equal(octets, genuine.octets) {
			want(t, err, nil)
			return
		}
		oneReason(t, err)
	})
}

// FuzzStatement: a proof is of no other statement.
func FuzzStatement(f *testing.F) {
	key, cases := fixtures(f)
	genuine := cases[2].claim(f, key)
	f.Add(genuine.statement.Header, genuine.statement.PresentationHeader, genuine.statement.Messages[1], 2)
	f.Add([]byte{}, []byte{}, []byte{}, -1)
	f.Fuzz(func(t *testing.T, header, presentation, message []byte, index int) {
		g := genuine.statement
		same := bytes.Equal(header, g.Header) && bytes.Equal(presentation, g.PresentationHeader) &&
			bytes.Equal(message, g.Messages[1]) && index == g.Indexes[1]
		err := genuine.with(func(c *claim) {
			c.statement.Header, c.statement.PresentationHeader = header, presentation
			c.statement.Messages[1], c.statement.Indexes[1] = message, index
		}).verify()
		if same {
			want(t, err, nil)
			return
		}
		oneReason(t, err)
	})
}

// FuzzPublicKey: what is read as a key is written as it was.
func FuzzPublicKey(f *testing.F) {
	key, _ := fixtures(f)
	f.Add(key.octets[:])
	f.Add(make([]byte, keySize))
	f.Fuzz(func(t *testing.T, octets []byte) {
		k, err := ParsePublicKey(octets)
		if err != nil {
			oneReason(t, err)
			return
		}
		if again := k.point.Bytes(); !bytes.Equal(again[:], octets) {
			t.Errorf("%x is written as %x", octets, again)
		}
	})
}
