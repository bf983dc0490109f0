package verify_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// listed is a world with a clock, and a badge that refers to a list with these members more.
func listed(t testing.TB, limits verify.Limits, members map[string]any) (w *world, issuer *verifytest.Issuer, badge []byte, clock *time.Time) {
	t.Helper()
	at := now
	host := &verifytest.Host{}
	v, err := verify.New(verify.Config{Keys: keys.Default(host), Status: host, Limits: limits, Clock: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	issuer = verifytest.NewIssuer("did:key", keys.Ed25519)
	w = &world{host, v}
	w.host.Put(listURL, "application/vc", issuer.Sign(listWith(t, issuer, members, 8), suite))
	return w, issuer, issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": statusEntry("7")}), suite), &at
}

// listWith is a status list; members whose name begins with a dot are its subject's.
func listWith(t testing.TB, issuer *verifytest.Issuer, members map[string]any, set ...uint64) []byte {
	t.Helper()
	var list map[string]any
	if err := json.Unmarshal(verifytest.StatusList(listURL, issuer.ID, "revocation", set...), &list); err != nil {
		t.Fatal(err)
	}
	for name, v := range members {
		if name[0] == '.' {
			list["credentialSubject"].(map[string]any)[name[1:]] = v
		} else {
			list[name] = v
		}
	}
	return marshal(t, list)
}

// TestListTTL: a list is not fetched again before its ttl is over, and after that the new one counts.
func TestListTTL(t *testing.T) {
	w, issuer, badge, clock := listed(t, verify.Limits{}, map[string]any{".ttl": 60_000})
	p := anyone()
	want(t, w.verify(t, badge, p), verify.Valid, "", "")
	w.host.Put(listURL, "application/vc", issuer.Sign(listWith(t, issuer, nil, 7), suite))
	*clock = clock.Add(59 * time.Second)
	r := w.verify(t, badge, p)
	want(t, r, verify.Valid, "", "")
	if calls := w.host.Calls(); len(calls) != 1 || len(r.Sources) != 1 || r.Sources[0].URL != listURL {
		t.Errorf("asked for %v, sources %v", calls, r.Sources)
	}
	*clock = clock.Add(time.Second)
	want(t, w.verify(t, badge, p), verify.Invalid, "status", "status.revoked")
}

// TestListTTLAgain: a list that was fetched again and is the same has its ttl once more.
func TestListTTLAgain(t *testing.T) {
	w, _, badge, clock := listed(t, verify.Limits{}, map[string]any{".ttl": 60_000})
	for _, step := range []struct {
		after time.Duration
		calls int
	}{{0, 1}, {time.Minute, 2}, {59 * time.Second, 2}, {time.Second, 3}, {time.Second, 3}} {
		*clock = clock.Add(step.after)
		r := w.verify(t, badge, anyone())
		want(t, r, verify.Valid, "", "")
		if calls := w.host.Calls(); len(calls) != step.calls {
			t.Errorf("after %v: asked for %v", step.after, calls)
		}
		if !r.Sources[0].FreshUntil.After(*clock) {
			t.Errorf("fresh until %v at %v", r.Sources[0].FreshUntil, *clock)
		}
	}
}

// TestListWithoutTTL: without a ttl each verification asks again, and a changed list counts at once.
func TestListWithoutTTL(t *testing.T) {
	w, issuer, badge, _ := listed(t, verify.Limits{}, nil)
	want(t, w.verify(t, badge, anyone()), verify.Valid, "", "")
	want(t, w.verify(t, badge, anyone()), verify.Valid, "", "")
	w.host.Put(listURL, "application/vc", issuer.Sign(listWith(t, issuer, nil, 7), suite))
	want(t, w.verify(t, badge, anyone()), verify.Invalid, "status", "status.revoked")
	if calls := w.host.Calls(); len(calls) != 3 {
		t.Errorf("asked for %v", calls)
	}
	w.host.Put(listURL, "application/vc", listWith(t, issuer, nil))
	want(t, w.verify(t, badge, anyone()), verify.Indeterminate, "status", "status.list_proof")
}

// TestHeldListSkipsNothing: a list that one policy took is judged anew for another policy, for another
// moment, and for a credential of another issuer.
func TestHeldListSkipsNothing(t *testing.T) {
	w, issuer, badge, _ := listed(t, verify.Limits{}, map[string]any{".ttl": 60_000, "validUntil": "2026-12-01T00:00:00Z"})
	good := func() { t.Helper(); want(t, w.verify(t, badge, anyone()), verify.Valid, "", "") }
	good()
	for name, change := range map[string]func(*verify.Policy){
		"after its end":        func(p *verify.Policy) { p.At = now.Add(30 * 24 * time.Hour) },
		"before its beginning": func(p *verify.Policy) { p.At = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(-1); p.Skew = 0 },
	} {
		p := anyone()
		change(&p)
		if r := w.verify(t, badge, p); !has(check(t, r, "status"), "status.list_proof") && r.Verdict == verify.Valid {
			t.Errorf("%s: %s", name, dump(r))
		}
		good()
	}
	jwt := issuer.SignJWT(verifytest.Claims(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": statusEntry("7")})), "EdDSA", nil)
	p := anyone()
	p.Suites = []string{"EdDSA"} // the list has an eddsa-rdfc-2022 proof
	want(t, w.verify(t, jwt, p), verify.Indeterminate, "status", "status.list_proof")
	other := verifytest.NewIssuer("did:key", keys.Ed25519)
	foreign := other.Sign(verifytest.Badge(other.ID, map[string]any{"credentialStatus": statusEntry("7")}), suite)
	want(t, w.verify(t, foreign, anyone()), verify.Indeterminate, "status", "status.list_proof")
	good()
}

// TestHeldListBinding: a list whose key is bound weakly counts for the policy that allows it only.
func TestHeldListBinding(t *testing.T) {
	host := &verifytest.Host{}
	v, err := verify.New(verify.Config{Keys: keys.Default(host), Status: host})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{host, v}
	issuer := verifytest.NewIssuer("https://university.example/issuer", keys.Ed25519)
	issuer.Publish(host)
	stray := verifytest.NewIssuer("did:key", keys.Ed25519)
	claims := verifytest.Claims(verifytest.StatusList(listURL, issuer.ID, "revocation"))
	host.Put("https://keys.example/1", "application/jwk+json", strayJWK(t, stray))
	host.Put(listURL, "application/vc+jwt", stray.SignJWT(claims, "EdDSA", map[string]any{"kid": "https://keys.example/1"}))
	badge := issuer.SignJWT(verifytest.Claims(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": statusEntry("7")})), "EdDSA", nil)
	lax := anyone()
	lax.Binding = verify.SelfAsserted
	want(t, w.verify(t, badge, lax), verify.Valid, "", "")
	want(t, w.verify(t, badge, anyone()), verify.Indeterminate, "status", "status.list_proof")
	want(t, w.verify(t, badge, lax), verify.Valid, "", "")
}

func strayJWK(t testing.TB, i *verifytest.Issuer) []byte {
	t.Helper()
	k, err := keys.ParseMultikey(i.Multikey)
	if err != nil {
		t.Fatal(err)
	}
	raw, ok := k.Public().(ed25519.PublicKey)
	if !ok {
		t.Fatal("not an Ed25519 key")
	}
	return marshal(t, map[string]any{"kty": "OKP", "crv": "Ed25519", "x": base64.RawURLEncoding.EncodeToString(raw)})
}

// TestHeldListAgain: after Limits.ListFresh a list is verified again, so that a key that its issuer has
// withdrawn does not count for longer.
func TestHeldListAgain(t *testing.T) {
	at := now
	host := &verifytest.Host{}
	v, err := verify.New(verify.Config{Keys: keys.Default(host), Status: host, Clock: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{host, v}
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	authority := verifytest.NewIssuer("did:web:authority.example", keys.Ed25519)
	authority.Publish(host)
	host.Put(listURL, "application/vc", authority.Sign(listWith(t, authority, map[string]any{".ttl": 86_400_000}), suite))
	badge := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": statusEntry("7")}), suite)
	p := anyone()
	p.Issuers = verify.IssuerSet(issuer.ID, authority.ID)
	want(t, w.verify(t, badge, p), verify.Valid, "", "")
	verifytest.NewIssuer("did:web:authority.example", keys.Ed25519).Publish(host)
	at = at.Add(verify.DefaultListFresh - 1)
	r := w.verify(t, badge, p)
	want(t, r, verify.Valid, "", "")
	if len(r.Sources) != 2 {
		t.Errorf("a list that is held rests on %v", r.Sources)
	}
	at = at.Add(1)
	want(t, w.verify(t, badge, p), verify.Indeterminate, "status", "status.list_proof")
}

// TestHeldListsAreBounded: a verifier with room for one list, or for none, still answers rightly.
func TestHeldListsAreBounded(t *testing.T) {
	for _, limits := range []verify.Limits{{HeldLists: 1}, {HeldBytes: 1}, {HeldList: 1}, {HeldList: 1000}} {
		w, issuer, badge, _ := listed(t, limits, map[string]any{".ttl": 60_000})
		const second = listURL + "2"
		w.host.Put(second, "application/vc", issuer.Sign(verifytest.StatusList(second, issuer.ID, "revocation", 7), suite))
		entry := statusEntry("7")
		entry["statusListCredential"] = second
		revoked := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": entry}), suite)
		for range 2 {
			want(t, w.verify(t, badge, anyone()), verify.Valid, "", "")
			want(t, w.verify(t, revoked, anyone()), verify.Invalid, "status", "status.revoked")
		}
	}
}

// TestListOnce: several entries of one credential in one list fetch and verify it once.
func TestListOnce(t *testing.T) {
	w, issuer, _, _ := listed(t, verify.Limits{}, map[string]any{".statusPurpose": []string{"revocation", "suspension"}})
	suspension := statusEntry("9")
	suspension["id"], suspension["statusPurpose"] = listURL+"#9", "suspension"
	badge := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": []any{statusEntry("7"), suspension}}), suite)
	want(t, w.verify(t, badge, anyone()), verify.Valid, "", "")
	if calls := w.host.Calls(); len(calls) != 1 {
		t.Errorf("asked for %v", calls)
	}
}

// TestConcurrentLists: one verifier, many verifications of credentials on one list at once.
func TestConcurrentLists(t *testing.T) {
	w, _, badge, _ := listed(t, verify.Limits{}, map[string]any{".ttl": 60_000})
	c, err := vc.Parse(badge, vc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	for range 16 {
		go func() {
			_, err := w.verifier.Verify(t.Context(), c, anyone())
			done <- err
		}()
	}
	for range 16 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// BenchmarkStatus is a badge with an entry in a list of 131,072: alone (no status asked), cold (the
// list is fetched from memory, verified and decoded), and warm (it is held).
func BenchmarkStatus(b *testing.B) {
	run := func(name string, ttl int, status verify.Level) {
		b.Run(name, func(b *testing.B) {
			w, _, badge, _ := listed(b, verify.Limits{}, map[string]any{".ttl": ttl})
			c, err := vc.Parse(badge, vc.Limits{})
			if err != nil {
				b.Fatal(err)
			}
			p := anyone()
			p.Status = status
			b.ReportAllocs()
			for b.Loop() {
				if name == "cold" {
					b.StopTimer()
					v, err := verify.New(verify.Config{Keys: keys.Default(w.host), Status: w.host})
					if err != nil {
						b.Fatal(err)
					}
					p := p
					p.Status = verify.Off
					if _, err := v.Verify(b.Context(), c, p); err != nil { // contexts are compiled
						b.Fatal(err)
					}
					w.verifier = v
					b.StartTimer()
				}
				if _, err := w.verifier.Verify(b.Context(), c, p); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("none", 60_000, verify.Off)
	run("cold", 60_000, verify.IfPresent)
	run("warm", 60_000, verify.IfPresent)
	run("unchanged", 0, verify.IfPresent) // no ttl: fetched and hashed each time
}

// BenchmarkStatusHundredMillion is a badge with an entry in a list of 100 million, one in a thousand of them
// set: cold, and then held in its compressed form and read up to the entry.
func BenchmarkStatusHundredMillion(b *testing.B) {
	w, issuer, _, _ := listed(b, verify.Limits{}, nil)
	bits := make([]byte, 100_000_000/8)
	for i := 500; i < 100_000_000; i += 1000 {
		bits[i/8] |= 0x80 >> (i % 8)
	}
	list := listWith(b, issuer, map[string]any{".ttl": 60_000, ".encodedList": "u" + base64.RawURLEncoding.EncodeToString(gzipped(b, bits))})
	w.host.Put(listURL, "application/vc", issuer.Sign(list, suite))
	badge := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": statusEntry("50000000")}), suite)
	c, err := vc.Parse(badge, vc.Limits{})
	if err != nil {
		b.Fatal(err)
	}
	for name, fresh := range map[string]bool{"cold": false, "warm": true} {
		b.Run(name, func(b *testing.B) {
			v, err := verify.New(verify.Config{Keys: keys.Default(w.host), Status: w.host, Limits: verify.Limits{HeldList: 1 << 20}})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if !fresh {
					v, err = verify.New(verify.Config{Keys: keys.Default(w.host), Status: w.host, Limits: verify.Limits{HeldList: 1 << 20}})
					if err != nil {
						b.Fatal(err)
					}
				}
				if _, err := v.Verify(b.Context(), c, anyone()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkThousandOnOneList is a thousand badges on one list, by a verifier that has not seen it.
func BenchmarkThousandOnOneList(b *testing.B) {
	w, issuer, _, _ := listed(b, verify.Limits{}, map[string]any{".ttl": 60_000})
	all := make([]*vc.Credential, 1000)
	for i := range all {
		badge := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": statusEntry(fmt.Sprint(1000 + i))}), suite)
		c, err := vc.Parse(badge, vc.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		all[i] = c
	}
	for b.Loop() {
		v, err := verify.New(verify.Config{Keys: keys.Default(w.host), Status: w.host})
		if err != nil {
			b.Fatal(err)
		}
		for _, c := range all {
			if _, err := v.Verify(b.Context(), c, anyone()); err != nil {
				b.Fatal(err)
			}
		}
	}
}
