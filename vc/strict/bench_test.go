package strict_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// BenchmarkParse compares with what encoding/json does for the same text.
func BenchmarkParse(b *testing.B) {
	for _, name := range []string{"simple", "complete", "full"} {
		data, err := os.ReadFile("../../../shared/bench/" + name + ".json")
		if err != nil {
			b.Skip("the sample badges are not here: ", err)
		}
		b.Run(name+"/strict", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := strict.Parse(data, strict.Limits{}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/encoding-json", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var v any
				if err := json.Unmarshal(data, &v); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
