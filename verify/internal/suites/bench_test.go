package suites

import (
	"testing"

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
