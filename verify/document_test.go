package verify

import "testing"

// TestKeep: what a verification has fetched is held within a bound, and a small document still is where a large
// one has no room.
func TestKeep(t *testing.T) {
	var seen trace
	large := make([]byte, keptBytes-10)
	for _, d := range []struct {
		url  string
		body []byte
		kept bool
	}{{"a", large, true}, {"b", large, false}, {"c", large[:10], true}, {"d", large[:1], false}, {"e", nil, true}} {
		seen.keep(d.url, d.body, "")
		if _, kept := seen.bodies[d.url]; kept != d.kept {
			t.Errorf("%s: kept %v, want %v", d.url, kept, d.kept)
		}
	}
}
