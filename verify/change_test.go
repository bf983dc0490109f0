package verify_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// TestNextChange: the next moment that matters, of the credential, its proof, its token and its list. Just
// before it the verdict is what it was; at it, it is another.
func TestNextChange(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	day := 24 * time.Hour
	at := func(d time.Duration) string { return now.Add(d).Format(time.RFC3339) }
	token := func(changes map[string]any) []byte {
		var claims map[string]any
		if err := json.Unmarshal(verifytest.Claims(verifytest.Badge(issuer.ID, nil)), &claims); err != nil {
			t.Fatal(err)
		}
		return issuer.SignJWT(marshal(t, changed(claims, changes)), "EdDSA", nil)
	}
	withProof := func(options map[string]any) []byte {
		badge := verifytest.Badge(issuer.ID, nil)
		return verifytest.Attach(badge, issuer.Proof(badge, suite, options))
	}
	listed := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": statusEntry("7"), "validUntil": at(20 * day)}), suite)
	for _, c := range []struct {
		name  string
		badge []byte
		skew  time.Duration
		next  time.Duration // 0: never
	}{
		{"no end", token(nil), 0, 0},
		{"an end", issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"validUntil": at(day)}), suite), 0, day + 1},
		{"an end, with skew", issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"validUntil": at(day)}), suite), time.Minute, day + time.Minute + 1},
		{"a beginning", issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"validFrom": at(day)}), suite), 0, day},
		{"a beginning, with skew", issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"validFrom": at(day)}), suite), time.Minute, day - time.Minute},
		{"an offset and a fraction", issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"validUntil": "2026-11-22T05:00:00.5+05:00"}), suite), 0, time.Second/2 + 1},
		{"the end of a proof", withProof(map[string]any{"expires": at(2 * day)}), 0, 2*day + 1},
		{"the end of a token", token(map[string]any{"exp": now.Add(3 * day).Unix(), "validUntil": at(3 * day)}), 0, 3*day + 1},
		{"the end of a list", listed, 0, 10*day + 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.host.Put(listURL, "application/vc", issuer.Sign(listWith(t, issuer, map[string]any{"validUntil": at(10 * day)}), suite))
			p := anyone()
			p.Skew = c.skew
			r := w.verify(t, c.badge, p)
			if c.next == 0 {
				if !r.NextChange.IsZero() {
					t.Errorf("changes at %v", r.NextChange)
				}
				return
			}
			if got := r.NextChange; !got.Equal(now.Add(c.next)) {
				t.Fatalf("changes at %v, want %v", got, now.Add(c.next))
			}
			p.At = r.NextChange.Add(-1)
			if before := w.verify(t, c.badge, p); before.Verdict != r.Verdict {
				t.Errorf("%v before it changes, was %v", before.Verdict, r.Verdict)
			}
			p.At = r.NextChange
			if after := w.verify(t, c.badge, p); after.Verdict == r.Verdict {
				t.Errorf("still %v", after.Verdict)
			}
		})
	}
}

// fresher is a host that says until when its documents are fresh.
type fresher struct {
	*verifytest.Host
	until time.Time
}

func (f fresher) FreshUntil(string) time.Time { return f.until }

// TestSources: what a verdict rests on and until when, by the ttl of a list or by the fetcher.
func TestSources(t *testing.T) {
	issuer := verifytest.NewIssuer("did:web:university.example", keys.Ed25519)
	host := fresher{&verifytest.Host{}, now.Add(time.Hour)}
	v, err := verify.New(verify.Config{Keys: keys.Default(host), Status: host, Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{host.Host, v}
	issuer.Publish(host.Host)
	badge := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": statusEntry("7")}), suite)
	for ttl, want := range map[any]time.Time{60_000: now.Add(time.Minute), 0: now.Add(time.Hour)} {
		w.host.Put(listURL, "application/vc", issuer.Sign(listWith(t, issuer, map[string]any{".ttl": ttl, "name": "x"}), suite))
		w.verifier, _ = verify.New(verify.Config{Keys: keys.Default(host), Status: host, Clock: func() time.Time { return now }})
		r := w.verify(t, badge, anyone())
		if len(r.Sources) != 2 || r.Sources[0].URL != listURL || !r.Sources[0].FreshUntil.Equal(want) || !r.Sources[1].FreshUntil.Equal(now.Add(time.Hour)) {
			t.Errorf("ttl %v: %+v", ttl, r.Sources)
		}
	}
	text, err := json.Marshal(newWorldReport(t))
	if err != nil || strings.Contains(string(text), "nextChange") {
		t.Errorf("%s, %v", text, err)
	}
}

// newWorldReport is about a badge without an end and without sources.
func newWorldReport(t *testing.T) *verify.Report {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	return newWorld(t).verify(t, issuer.Sign(verifytest.Badge(issuer.ID, nil), suite), anyone())
}
