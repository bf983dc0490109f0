package fetch

import (
	"bytes"
	"net/netip"
	"net/url"
	"strings"
	"testing"
)

// Whatever bundle is accepted is written in a form that is accepted, says the same, and is written
// the same way again; every body in it has the digest that is written; and the text of a document
// occurs once for each URL.
func FuzzBundle(f *testing.F) {
	seeds := 0
	for _, text := range badBundles {
		f.Add([]byte(text))
		seeds++
	}
	for _, document := range []string{
		`{"url":"https://example.edu/","fetchedAt":"2026-11-22T05:00:00Z","status":200,"mediaType":"a/b","sha256":"` + helloSum + `","body":"aGVsbG8="}`,
		`{"url":"https://example.edu/\ud83d\ude00","text":"hello"}`,
		`{"url":"https://example.edu/","status":404,"error":"status: gone"}`,
	} {
		f.Add([]byte(bundleOf(document)))
		seeds++
	}
	if seeds < 80 {
		f.Fatalf("%d seeds", seeds)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := ParseBundle(data)
		if err != nil {
			return
		}
		text, err := b.Marshal()
		if err != nil {
			t.Fatalf("read but not written: %v", err)
		}
		again, err := ParseBundle(text)
		if err != nil {
			t.Fatalf("written but not read: %v\n%s", err, text)
		}
		if text2, err := again.Marshal(); err != nil || !bytes.Equal(text, text2) {
			t.Fatalf("not stable: %v\n%s\n%s", err, text, text2)
		}
		replay, seen := NewReplayer(again), map[string]bool{}
		for _, d := range b.Documents {
			if seen[d.URL] {
				t.Fatalf("%q is there twice", d.URL)
			}
			seen[d.URL] = true
			if d.Error == "" && !bytes.Contains(text, []byte(digest(d.Body))) {
				t.Fatalf("the digest of %q is not written", d.URL)
			}
			if got, want := outcome(replay, d.URL), outcome(NewReplayer(b), d.URL); got != want {
				t.Fatalf("replayed %s, then %s", want, got)
			}
		}
	})
}

// Whatever URL is accepted is https with a host name that no software takes for an address, has
// no user and no fragment, and stays accepted and the same when it is written out; and what a gate
// open to all networks refuses is refused by the strict one.
func FuzzURL(f *testing.F) {
	seeds := append(append([]string{"https://example.edu:8443/a%2Fb?c=d#e", "HTTPS://1.2.3.example"}, refusedURLs...), literalURLs...)
	if len(seeds) < 120 {
		f.Fatalf("%d seeds", len(seeds))
	}
	for _, raw := range seeds {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := new(gate).checkURL(raw, defaultURLBytes)
		open, openErr := anywhere().checkURL(raw, defaultURLBytes)
		if err == nil && openErr != nil {
			t.Fatalf("%q: only the open gate refuses: %v", raw, openErr)
		}
		if openErr == nil && (open.Scheme != "https" || open.User != nil || open.Hostname() == "") {
			t.Fatalf("%q passes the open gate as %s", raw, open)
		}
		if err != nil {
			return
		}
		host := u.Hostname()
		if u.Scheme != "https" || u.User != nil || u.Fragment != "" || u.Opaque != "" || !strings.HasPrefix(u.String(), "https://") {
			t.Fatalf("%q passes as %s", raw, u)
		}
		if _, err := netip.ParseAddr(host); err == nil || !strings.Contains(host, ".") || strings.Trim(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.") != "" {
			t.Fatalf("%q passes with host %q", raw, host)
		}
		// The last part of an IPv4 address in any notation is a number.
		last := host[strings.LastIndexByte(host, '.')+1:]
		if strings.Trim(last, "0123456789") == "" || strings.HasPrefix(strings.ToLower(last), "0x") {
			t.Fatalf("%q passes with host %q, which ends in a number", raw, host)
		}
		again, err := new(gate).checkURL(u.String(), 4*defaultURLBytes)
		if err != nil || again.String() != u.String() {
			t.Fatalf("%q is %s, and then %v, %v", raw, u, again, err)
		}
		if other, err := url.ParseRequestURI(u.String()); err != nil || other.Host != u.Host {
			t.Fatalf("%q is read in two ways: %v, %v", raw, other, err)
		}
	})
}
