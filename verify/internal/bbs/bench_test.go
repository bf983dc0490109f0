package bbs

import (
	"fmt"
	"testing"
)

func BenchmarkVerifyProof(b *testing.B) {
	i := newIssuer(b)
	for _, n := range []int{10, 50, 100, 500, maxMessages} {
		messages := make([][]byte, n)
		for k := range messages {
			messages[k] = fmt.Appendf(nil, "_:b0 <https://example.org/%d> \"value\" .\n", k)
		}
		disclosed := make([]int, n/2)
		for k := range disclosed {
			disclosed[k] = 2 * k
		}
		c := i.sign(b, Baseline, []byte("header"), messages, nil).prove(b, []byte("p"), disclosed, nil)
		b.Run(fmt.Sprintf("messages=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := c.verify(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkParsePublicKey(b *testing.B) {
	key := newIssuer(b).key
	for b.Loop() {
		if _, err := ParsePublicKey(key.octets[:]); err != nil {
			b.Fatal(err)
		}
	}
}
