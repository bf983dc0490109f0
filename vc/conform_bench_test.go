package vc_test

import (
	"os"
	"testing"

	"github.com/badgeproof/badgeproof/vc"
)

func BenchmarkParse(b *testing.B) {
	for _, name := range []string{"simple", "complete", "full"} {
		data, err := os.ReadFile("../../shared/bench/" + name + ".json")
		if err != nil {
			b.Skip("the official samples are not here: ", err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := vc.Parse(data, vc.Limits{}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/conform", func(b *testing.B) {
			c, err := vc.Parse(data, vc.Limits{})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if found := vc.Conform(c); found != nil {
					b.Fatal(found)
				}
			}
		})
	}
}
