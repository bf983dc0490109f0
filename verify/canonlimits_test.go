package verify_test

import (
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// TestCanonLimits: the work of canonicalization is the caller's to bound, and reaching a bound leaves the proof open.
func TestCanonLimits(t *testing.T) {
	for name, tc := range map[string]struct {
		limits  canon.Limits
		verdict verify.Verdict
		code    string
	}{
		"defaults":       {canon.Limits{}, verify.Valid, ""},
		"enough":         {canon.Limits{Quads: 1000, Text: 1 << 20}, verify.Valid, ""},
		"few statements": {canon.Limits{Quads: 3}, verify.Indeterminate, "budget"},
		"little text":    {canon.Limits{Text: 100}, verify.Indeterminate, "budget"},
	} {
		t.Run(name, func(t *testing.T) {
			w, issuer := newWorldWith(t, verify.Limits{Canon: tc.limits}), verifytest.NewIssuer("did:web:university.example", keys.Ed25519)
			issuer.Publish(w.host)
			r := w.verify(t, issuer.Sign(verifytest.Badge(issuer.ID, nil), suite), anyone())
			want(t, r, tc.verdict, map[bool]string{true: "", false: "proof"}[tc.code == ""], tc.code)
		})
	}
}
