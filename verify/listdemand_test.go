package verify_test

import (
	"context"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// TestStrictList: what a strict policy refuses in a credential it refuses in its status list, whoever
// verified the list before.
func TestStrictList(t *testing.T) {
	w, issuer, badge, _ := listed(t, verify.Limits{}, nil)
	list := verifytest.Claims(listWith(t, issuer, map[string]any{".ttl": 60_000}, 8))
	strictly := anyone()
	strictly.Strict = true
	w.host.Put(listURL, "application/vc+jwt", issuer.SignJWT(list, "EdDSA", map[string]any{"typ": "JWT"}))
	for range 2 {
		want(t, w.verify(t, badge, anyone()), verify.Valid, "", "")
		want(t, w.verify(t, badge, strictly), verify.Indeterminate, "status", "status.list_proof")
	}
	w, issuer, badge, _ = listed(t, verify.Limits{}, nil)
	list = verifytest.Claims(listWith(t, issuer, nil, 8))
	w.host.Put(listURL, "application/vc+jwt", issuer.SignJWT(list, "EdDSA", map[string]any{"typ": "vc+jwt"}))
	want(t, w.verify(t, badge, strictly), verify.Valid, "", "")
}

// tokenBadge is a badge that refers to an entry of the list at tokenURL.
func tokenBadge(t testing.TB, issuer *verifytest.Issuer, idx int) []byte {
	t.Helper()
	badge := verifytest.Badge(issuer.ID, map[string]any{"status": map[string]any{"status_list": map[string]any{"idx": idx, "uri": tokenURL}}})
	return issuer.SignJWT(verifytest.Claims(badge), "EdDSA", nil)
}

// TestImpliedIssuer: a status list token that names no issuer speaks for that of the credential only, also
// where it was verified for another one before, whom the policy trusts as well.
func TestImpliedIssuer(t *testing.T) {
	issuer, other := verifytest.NewIssuer("did:key", keys.Ed25519), verifytest.NewIssuer("did:key", keys.Ed25519)
	p := anyone()
	p.Issuers = verify.IssuerSet(issuer.ID, other.ID)
	for _, c := range []struct {
		iss  any
		code string
	}{{nil, "status.list_proof"}, {issuer.ID, ""}} {
		w := newWorld(t)
		claims := changed(tokenClaims(issuer.ID, 1, zipped(t, []byte{0})), map[string]any{"iss": c.iss})
		w.host.Put(tokenURL, "application/statuslist+jwt", issuer.SignJWT(marshal(t, claims), "EdDSA", map[string]any{"typ": "statuslist+jwt"}))
		for range 2 {
			want(t, w.verify(t, tokenBadge(t, issuer, 1), p), verify.Valid, "", "")
			verdict := verify.Valid
			if c.code != "" {
				verdict = verify.Indeterminate
			}
			want(t, w.verify(t, tokenBadge(t, other, 1), p), verdict, "status", c.code)
		}
	}
}

// TestListToCome: a list that does not count yet leaves the status undecided, and the report tells when that
// could change.
func TestListToCome(t *testing.T) {
	begins := now.Add(time.Hour)
	w, issuer, badge, _ := listed(t, verify.Limits{}, map[string]any{"validFrom": begins.Format(time.RFC3339)})
	r := w.verify(t, badge, anyone())
	want(t, r, verify.Indeterminate, "status", "status.list_proof")
	if !r.NextChange.Equal(begins) {
		t.Errorf("changes at %v, want %v", r.NextChange, begins)
	}
	later := anyone()
	later.At = begins
	want(t, w.verify(t, badge, later), verify.Valid, "", "")

	claims := changed(tokenClaims(issuer.ID, 1, zipped(t, []byte{0})), map[string]any{"iat": begins.Unix(), "exp": begins.Add(time.Hour).Unix()})
	w.host.Put(tokenURL, "application/statuslist+jwt", issuer.SignJWT(marshal(t, claims), "EdDSA", map[string]any{"typ": "statuslist+jwt"}))
	r = w.verify(t, tokenBadge(t, issuer, 1), anyone())
	want(t, r, verify.Indeterminate, "status", "status.list_proof")
	if !r.NextChange.Equal(begins) {
		t.Errorf("changes at %v, want %v", r.NextChange, begins)
	}
	want(t, w.verify(t, tokenBadge(t, issuer, 1), later), verify.Valid, "", "")
}

// lastMoment is a source of keys that answers at the very end of the time.
type lastMoment struct {
	verify.KeySource
	answered context.CancelFunc
}

func (s *lastMoment) Controller(ctx context.Context, id string) (*keys.Controller, error) {
	defer s.answered()
	return s.KeySource.Controller(ctx, id)
}

// TestHeldListInTime: a list that is held, which takes no lookup, is not read when the time is over.
func TestHeldListInTime(t *testing.T) {
	host := &verifytest.Host{}
	source := &lastMoment{keys.Default(host), func() {}}
	v, err := verify.New(verify.Config{Keys: source, Status: host})
	if err != nil {
		t.Fatal(err)
	}
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	host.Put(listURL, "application/vc", issuer.Sign(listWith(t, issuer, map[string]any{".ttl": 60_000}, 8), suite))
	badge := verifytest.Claims(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": statusEntry("7")}))
	c, err := vc.Parse(issuer.SignJWT(badge, "EdDSA", nil), vc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	r, _ := v.Verify(ctx, c, anyone())
	want(t, r, verify.Valid, "", "")
	source.answered = cancel
	r, _ = v.Verify(ctx, c, anyone())
	want(t, r, verify.Indeterminate, "status", "deadline")
}
