package verify_test

import (
	"context"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// lateKeys finds keys, and then the time is over.
type lateKeys struct {
	*keys.Resolver
	over func()
}

func (k lateKeys) Controller(ctx context.Context, id string) (*keys.Controller, error) {
	defer k.over()
	return k.Resolver.Controller(ctx, id)
}

// TestDeadlineBetweenProofs: proofs by one key are looked up once, and each is still asked for its time.
func TestDeadlineBetweenProofs(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := verifytest.Badge(issuer.ID, nil)
	for range 3 {
		badge = verifytest.Attach(badge, issuer.Proof(badge, suite, nil))
	}
	c, err := vc.Parse(badge, vc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, late := range []bool{false, true} {
		ctx, cancel := context.WithCancel(t.Context())
		over := func() {}
		if late {
			over = cancel
		}
		v, err := verify.New(verify.Config{Keys: lateKeys{keys.Default(&verifytest.Host{}), over}})
		if err != nil {
			t.Fatal(err)
		}
		r, err := v.Verify(ctx, c, anyone())
		cancel()
		if r == nil {
			t.Fatal(err)
		}
		if !late {
			want(t, r, verify.Valid, "", "")
			continue
		}
		want(t, r, verify.Indeterminate, "proof", "deadline")
		if parts := check(t, r, "proof").Parts; len(parts) != 3 || !has(parts[2], "deadline") {
			t.Errorf("parts %+v", parts)
		}
	}
}
