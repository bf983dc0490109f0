package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

const listURL = "https://status.university.example/1"

// TestWatch: a folder of badges on one list over some rounds, with what each round prints and fetches.
func TestWatch(t *testing.T) {
	clock := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	host := &verifytest.Host{}
	v, err := verify.New(verify.Config{Keys: keys.Default(host), Status: host, Clock: func() time.Time { return clock }})
	if err != nil {
		t.Fatal(err)
	}
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	publish := func(revoked ...uint64) {
		list := verifytest.StatusList(listURL, issuer.ID, "revocation", revoked...)
		list = []byte(strings.Replace(string(list), `"encodedList"`, `"ttl":60000,"encodedList"`, 1))
		host.Put(listURL, "application/vc", issuer.Sign(list, "eddsa-rdfc-2022"))
	}
	folder := t.TempDir()
	save := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sign := func(index, until string) []byte {
		edits := map[string]any{"credentialStatus": map[string]any{"id": listURL + "#" + index, "type": "BitstringStatusListEntry",
			"statusPurpose": "revocation", "statusListIndex": index, "statusListCredential": listURL}}
		if until != "" {
			edits["validUntil"] = until
		}
		return issuer.Sign(verifytest.Badge(issuer.ID, edits), "eddsa-rdfc-2022")
	}
	publish()
	save("a.json", sign("1", ""))
	save("b.json", sign("2", "2026-11-22T00:00:30Z"))
	save("c.json", []byte("nothing"))
	var out strings.Builder
	w := &watcher{folder: folder, verifier: v, policy: badge.Policy(verify.UnsafeAnyIssuer()), every: 5 * time.Minute, clock: func() time.Time { return clock }, out: &out}
	for n, step := range []struct {
		after   time.Duration
		do      func()
		print   []string
		fetches int
	}{
		{0, func() {}, []string{`"a.json": valid`, `"b.json": valid`, `"c.json": invalid (json.syntax)`}, 1},
		{10 * time.Second, func() {}, nil, 1},
		{21 * time.Second, func() { publish(1) }, []string{`"b.json": invalid (validity.expired), was valid`}, 1},
		{30 * time.Second, func() {}, []string{`"a.json": invalid (status.revoked), was valid`}, 2},
		{time.Second, func() { save("c.json", sign("3", "")) }, []string{`"c.json": valid, was invalid (json.syntax)`}, 2},
		{time.Second, func() { _ = os.Remove(filepath.Join(folder, "a.json")) }, []string{`"a.json": gone, was invalid (status.revoked)`}, 2},
		{10 * time.Minute, func() { host.Fail(listURL, os.ErrDeadlineExceeded) }, []string{`"c.json": indeterminate (status.unreachable), was valid`}, 4},
	} {
		clock = clock.Add(step.after)
		step.do()
		out.Reset()
		if _, err := w.round(t.Context()); err != nil {
			t.Fatal(err)
		}
		var got []string
		for line := range strings.Lines(out.String()) {
			_, said, _ := strings.Cut(strings.TrimSpace(line), " ")
			got = append(got, said)
		}
		if strings.Join(got, "\n") != strings.Join(step.print, "\n") || len(host.Calls()) != step.fetches {
			t.Errorf("round %d prints %q after %d fetches, want %q after %d", n, got, len(host.Calls()), step.print, step.fetches)
		}
	}
}

// TestDue: a round is due as soon as anything could be different.
func TestDue(t *testing.T) {
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	in := func(d time.Duration) time.Time { return now.Add(d) }
	for _, c := range []struct {
		report verify.Report
		want   time.Time
	}{
		{verify.Report{}, in(time.Hour)},
		{verify.Report{NextChange: in(time.Minute)}, in(time.Minute)},
		{verify.Report{NextChange: in(2 * time.Hour)}, in(time.Hour)},
		{verify.Report{NextChange: in(time.Minute), Sources: []verify.Source{{}, {FreshUntil: in(time.Second)}}}, in(time.Second)},
	} {
		if got := dueOf(&c.report, in(time.Hour)); !got.Equal(c.want) {
			t.Errorf("due at %v, want %v", got, c.want)
		}
	}
}

func TestRun(t *testing.T) {
	var out, problems strings.Builder
	folder := filepath.Join("..", "..", "testdata", "badges")
	for _, c := range []struct {
		args   []string
		status int
	}{
		{[]string{"--rounds", "1", t.TempDir()}, exitDone},
		{[]string{"--rounds", "1", "--every", "1m", "--issuer", "did:web:nobody.example", "--allow-address", "127.0.0.0/8", folder}, exitDone},
		{[]string{"--help"}, exitDone},
		{nil, exitUsage},
		{[]string{"a", "b"}, exitUsage},
		{[]string{"--every", "0s", "a"}, exitUsage},
		{[]string{"--rounds", "-1", "a"}, exitUsage},
		{[]string{"--allow-address", "here", "a"}, exitUsage},
		{[]string{filepath.Join(t.TempDir(), "missing")}, exitNoInput},
	} {
		if got := run(t.Context(), c.args, &out, &problems); got != c.status {
			t.Errorf("%q: %d, want %d: %s", c.args, got, c.status, problems.String())
		}
	}
	if !strings.Contains(out.String(), "invalid (issuer.untrusted)") {
		t.Error(out.String())
	}
}
