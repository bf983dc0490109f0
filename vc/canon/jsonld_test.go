package canon

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/vc/strict"
)

const shared = "../../../shared"

// sharedFile reads a file of the official vectors and contexts, and skips the test where they are
// absent.
func sharedFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(shared, name))
	if os.IsNotExist(err) {
		t.Skip("the official vectors are not beside the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func parse(t testing.TB, text string) strict.Value {
	t.Helper()
	v, err := strict.Parse([]byte(text), strict.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func BenchmarkDigest(b *testing.B) {
	p := New(contexts.Embedded(), Limits{})
	for _, name := range []string{"simple", "complete", "full"} {
		v := parse(b, string(sharedFile(b, "bench/"+name+".json")))
		proof := v.Get("proof")
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := p.Digest(Input{Value: v, Omit: []string{"proof"}}, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"-proof", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := p.Digest(Input{Value: proof, Context: v.Get("@context"), Omit: []string{"proofValue"}}, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
