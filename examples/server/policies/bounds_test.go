package policies_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/badgeproof/badgeproof/examples/server/policies"
	"github.com/badgeproof/badgeproof/verify"
)

// parsed reads a policy with these members besides its name and issuers; nil where it is refused.
func parsed(t *testing.T, members string, word string) *policies.Named {
	t.Helper()
	n, err := policies.Parse([]byte(`{"name": "a", "issuers": "any", `+members+`}`), dir)
	if (err != nil) != (word != "") || err != nil && !strings.Contains(err.Error(), word) {
		t.Errorf("%s: %v", members, err)
	}
	return n
}

// TestParseBounds: the ends of every range are in it, and what is next to them is not.
func TestParseBounds(t *testing.T) {
	for n, word := range map[string]string{"0": "minProofs", "-1": "minProofs", "1": "", "32": "", "33": "minProofs", "1.5": "minProofs", `"2"`: "minProofs", "null": "minProofs"} {
		if p := parsed(t, `"minProofs": `+n, word); word == "" && p.Policy.MinProofs < 1 {
			t.Errorf("%s proofs: %d", n, p.Policy.MinProofs)
		}
	}
	for d, word := range map[string]string{`"0s"`: "", `"24h"`: "", `"24h0m0.000000001s"`: "skew", `"-1ns"`: "skew", `"soon"`: "skew", `""`: "skew", "120": "skew"} {
		if p := parsed(t, `"skew": `+d, word); word == "" && (p.Policy.Skew < 0 || p.Policy.Skew > 24*time.Hour) {
			t.Errorf("skew %s: %v", d, p.Policy.Skew)
		}
	}
	files := fstest.MapFS{"full.json": {Data: []byte(`{"@context": {}}` + strings.Repeat(" ", 1<<20-16))}}
	if _, err := policies.Parse([]byte(`{"name": "a", "issuers": "any", "contexts": {"https://example.edu/c": "full.json"}}`), files); err != nil {
		t.Error(err)
	}
}

// TestParseWhomInside: whose endorsements and whose credentials in a record count is what the file says; a list that
// cannot be read trusts nobody, nor everybody.
func TestParseWhomInside(t *testing.T) {
	endorsed := func(p *policies.Named) (all []bool) {
		for _, id := range []string{"did:web:a.example", "did:web:b.example"} {
			all = append(all, counts(t, p.Policy, id))
		}
		return all
	}
	for _, tc := range []struct {
		members string
		a, b    bool
	}{{`"endorsers": "any"`, true, true}, {`"endorsers": ["did:web:a.example"]`, true, false}, {`"strict": false`, true, true}} {
		if got := endorsed(parsed(t, tc.members, "")); got[0] != tc.a || got[1] != tc.b {
			t.Errorf("%s: %v", tc.members, got)
		}
	}
	for _, members := range []string{`"endorsers": []`, `"endorsers": [7]`, `"endorsers": "did:web:a.example"`, `"endorsers": null`} {
		parsed(t, members, "endorsers")
	}
	for _, members := range []string{`"innerIssuers": []`, `"innerIssuers": [""]`, `"innerIssuers": {}`} {
		parsed(t, members, "innerIssuers")
	}
}

// TestRegistryEntries: everybody that a registry lists has an identifier and an entry, or it is refused as a whole.
func TestRegistryEntries(t *testing.T) {
	for text, word := range map[string]string{
		`{"registry": {"did:web:a.example": {}}}`:                             "",
		`{"registry": {"https://a.example": {}}}`:                             "",
		`{"registry": {"did:web:a.example": {}, "did:web:b.example": "B"}}`:   "did:web:b.example",
		`{"registry": {"https://a.example": true}}`:                           "https://a.example",
		`{"registry": {"http://a.example": {}}}`:                              "http://a.example",
		`{"registry": {"did:web:a.example": {}, "a.example": {"name": "A"}}}`: "a.example",
		`{"registry": {"did:web:a.example": {}}`:                              "json.syntax",
		`{"registry": ["did:web:a.example"]}`:                                 "no issuer",
	} {
		files := fstest.MapFS{"r.json": {Data: []byte(text)}}
		n, err := policies.Parse([]byte(`{"name": "a", "registries": ["r.json"]}`), files)
		if (err != nil) != (word != "") || err != nil && !strings.Contains(err.Error(), word) {
			t.Errorf("%s: %v", text, err)
		}
		if err == nil && (n.Policy.Issuers.Has("did:web:c.example") || n.Policy.Issuers.IsZero()) {
			t.Errorf("%s: trusts %+v", text, n.Policy.Issuers)
		}
	}
	for _, file := range []string{`"registries": "r.json"`, `"registries": [7]`, `"registries": null`} {
		if _, err := policies.Parse([]byte(`{"name": "a", "issuers": ["did:web:a.example"], `+file+`}`), fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "registries") {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// TestConformanceBinding: the suites are judged with issuers that nothing ties to their keys, the default is not.
func TestConformanceBinding(t *testing.T) {
	if policies.ConformanceSuites().Policy.Binding != verify.SelfAsserted || policies.Open().Policy.Binding == verify.SelfAsserted {
		t.Error("what ties an issuer to a key")
	}
}
