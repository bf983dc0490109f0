package canon

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// times returns the complete badge with its subject n times over, every copy with identifiers and
// texts of its own, so that no two blank nodes are alike.
func times(t testing.TB, n int) strict.Value {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "bench", "complete.json"))
	if err != nil {
		t.Skipf("no document to multiply: %v", err)
	}
	var doc map[string]any
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	subjects := make([]any, n)
	for i := range subjects {
		subjects[i] = renamed(doc["credentialSubject"], "", fmt.Sprint("-", i))
	}
	doc["credentialSubject"] = subjects
	data, err = json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	v, err := strict.Parse(data, strict.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// renamed returns v with a suffix behind every identifier and text; types and the values of
// enumerations keep theirs, and so do dates and whatever else has a form of its own.
func renamed(v any, member, suffix string) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, m := range v {
			out[name] = renamed(m, name, suffix)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = renamed(e, member, suffix)
		}
		return out
	case string:
		switch member {
		case "id", "name", "description", "narrative", "identityHash", "targetName", "caption", "identifier", "streetAddress":
			return v + suffix
		}
	}
	return v
}

// BenchmarkGrowth shows that the cost of a quad stays nearly the same as documents grow.
func BenchmarkGrowth(b *testing.B) {
	for _, n := range []int{1, 10, 100} {
		b.Run(fmt.Sprint("complete×", n), func(b *testing.B) {
			in := Input{Value: times(b, n), Omit: []string{"proof"}}
			p := New(nil, Limits{})
			c, err := p.Canonicalize(in, Options{})
			if err != nil {
				b.Fatal(err)
			}
			quads := strings.Count(string(c.NQuads()), "\n")
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := p.Digest(in, Options{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*quads), "ns/quad")
			b.ReportMetric(float64(quads), "quads")
		})
	}
}
