package suites

import (
	"slices"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/verify/internal/signature"
)

// BenchmarkVerify measures whole proofs, and beside each the signature check alone.
func BenchmarkVerify(b *testing.B) {
	p := processor(b)
	for _, v := range official {
		_, in := input(b, p, read(b, "vectors/"+v.folder+"/signed"+v.suffix+".json"))
		suite, _ := Find(in.Proof)
		c, _ := suite.curve(v.kind)
		data, _, err := suite.HashData(in, 0)
		if err != nil {
			b.Fatal(err)
		}
		value, err := proofValue(in.Proof, c.size)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(v.name+"/proof", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := suite.Verify(in); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(v.name+"/signature", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if !signature.Verify(c.algorithms[0], in.Key, data, value) {
					b.Fatal("the signature does not match")
				}
			}
		})
	}
}

// BenchmarkSamples measures whole proofs of the suites that sign something else, or in another way.
func BenchmarkSamples(b *testing.B) {
	p := canon.New(nil, canon.Limits{})
	for _, tc := range samples {
		suite, in := input(b, p, sample(b, tc.file))
		b.Run(tc.file, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := suite.Verify(in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkChain measures the last proof of a chain of four.
func BenchmarkChain(b *testing.B) {
	document := parse(b, sample(b, "w3c/proof-chain"))
	proofs := slices.Collect(document.Get("proof").Each())
	suite, _ := Find(proofs[3])
	_, key, _ := strings.Cut(proofs[3].Get("verificationMethod").Text(), "#")
	in := Input{Document: document, Proof: proofs[3], Previous: proofs[2:3], Key: multikey(b, key), Canon: processor(b)}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := suite.Verify(in); err != nil {
			b.Fatal(err)
		}
	}
}
