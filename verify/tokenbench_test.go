package verify_test

import (
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// BenchmarkToken reads and verifies a badge in each format; the key is a did:key, so that nothing is
// looked up.
func BenchmarkToken(b *testing.B) {
	w, issuer, holder := newWorld(b), verifytest.NewIssuer("did:key", keys.Ed25519), verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := verifytest.Badge(issuer.ID, nil)
	sd := issuer.SignSDJWT(bound(issuer, holder, nil), "EdDSA", nil, "name", "credentialSubject")
	for _, c := range []struct {
		name string
		data []byte
	}{
		{"jwt", issuer.SignJWT(verifytest.Claims(badge), "EdDSA", nil)},
		{"sd-jwt", sd},
		{"sd-jwt+kb", holder.Bind(sd, "EdDSA", presented(nil))},
		{"cose", issuer.SignCOSE(badge, "EdDSA", nil)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				parsed, err := vc.Parse(c.data, vc.Limits{})
				if err != nil {
					b.Fatal(err)
				}
				if r, _ := w.verifier.Verify(b.Context(), parsed, anyone()); r.Verdict != verify.Valid {
					b.Fatal(dump(r))
				}
			}
		})
	}
}
