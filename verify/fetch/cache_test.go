package fetch

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestFreshness(t *testing.T) {
	asked := time.Date(2026, 11, 22, 5, 0, 0, 0, time.UTC)
	const unstated = 5 * time.Second
	date := func(d time.Duration) string { return asked.Add(d).Format(http.TimeFormat) }
	for _, c := range []struct {
		header string // lines "Name: value" separated by |
		want   time.Duration
	}{
		{"", unstated},
		{"Content-Type: a/b", unstated},
		{"Cache-Control: max-age=60", time.Minute},
		{"cache-control: MAX-AGE=60", time.Minute},
		{"Cache-Control: public, max-age=60 , must-revalidate", time.Minute},
		{`Cache-Control: max-age="60"`, time.Minute},
		{"Cache-Control: public", unstated},
		{"Cache-Control: max-age=0", 0},
		{"Cache-Control: max-age=-60", 0},
		{"Cache-Control: max-age=", 0},
		{"Cache-Control: max-age", 0},
		{"Cache-Control: max-age=1e3", 0},
		{"Cache-Control: max-age=6 0", 0},
		{"Cache-Control: max-age=99999999999999999999", maxSeconds * time.Second},
		// What forbids wins, wherever it stands.
		{"Cache-Control: no-store", 0},
		{"Cache-Control: max-age=60, no-store", 0},
		{"Cache-Control: max-age=60|Cache-Control: No-Store", 0},
		{"Cache-Control: no-cache, max-age=60", 0},
		{`Cache-Control: no-cache="Set-Cookie, X", max-age=60`, 0},
		{"Cache-Control: private, max-age=60", 0},
		{"Cache-Control: nostore, max-age=60", time.Minute},
		{"Pragma: no-cache", 0},
		{"Pragma: no-cache|Cache-Control: max-age=60", time.Minute},
		{"Vary: *|Cache-Control: max-age=60", 0},
		{"Vary: Accept|Cache-Control: max-age=60", time.Minute},
		{"Vary: Accept, *|Cache-Control: max-age=60", 0},
		// The least of several, and s-maxage before max-age.
		{"Cache-Control: max-age=60, max-age=30", 30 * time.Second},
		{"Cache-Control: max-age=30|Cache-Control: max-age=60", 30 * time.Second},
		{"Cache-Control: max-age=60, max-age=x", 0},
		{"Cache-Control: max-age=60, s-maxage=90", 90 * time.Second},
		{"Cache-Control: s-maxage=10, max-age=60", 10 * time.Second},
		{"Cache-Control: s-maxage=10, max-age=60, s-maxage=20", 10 * time.Second},
		{"Cache-Control: s-maxage=0, max-age=60", 0},
		// Expires counts only without max-age.
		{"Expires: " + date(time.Minute), time.Minute},
		{"Expires: " + date(time.Minute) + "|Date: " + date(0), time.Minute},
		{"Expires: " + date(time.Minute) + "|Date: " + date(-20*time.Second), time.Minute},
		{"Expires: " + date(time.Minute) + "|Date: " + date(20*time.Second), 40 * time.Second},
		{"Expires: " + date(-time.Minute), 0},
		{"Expires: 0", 0},
		{"Expires: soon", 0},
		{"Expires: |Cache-Control: public", 0},
		{"Expires: 0|Cache-Control: max-age=60", time.Minute},
		{"Expires: " + date(time.Hour) + "|Cache-Control: max-age=60", time.Minute},
		// Age comes off, by whichever account is greater.
		{"Cache-Control: max-age=60|Age: 20", 40 * time.Second},
		{"Cache-Control: max-age=60|Age: 60", 0},
		{"Cache-Control: max-age=60|Age: 600", 0},
		{"Cache-Control: max-age=60|Age: x", time.Minute},
		{"Cache-Control: max-age=60|Age: -20", time.Minute},
		{"Cache-Control: max-age=60|Age: 10|Age: 20", 40 * time.Second},
		{"Cache-Control: max-age=60|Date: " + date(-20*time.Second), 40 * time.Second},
		{"Cache-Control: max-age=60|Age: 30|Date: " + date(-20*time.Second), 30 * time.Second},
		{"Cache-Control: max-age=60|Date: " + date(20*time.Second), time.Minute},
		{"Cache-Control: max-age=60|Date: yesterday", time.Minute},
		{"Age: 2", 3 * time.Second},
		{"Age: 99999999999999", 0},
	} {
		h := http.Header{}
		for line := range strings.SplitSeq(c.header, "|") {
			if name, value, ok := strings.Cut(line, ": "); ok {
				h.Add(name, value)
			} else if line != "" {
				t.Fatalf("no header line: %q", line)
			}
		}
		if got := freshness(h, asked, unstated); got != c.want {
			t.Errorf("%s: fresh for %v, want %v", c.header, got, c.want)
		}
	}
}

// counting serves a body that says how often it was asked, with headers from the query.
func counting(n *atomic.Int32) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for name, values := range r.URL.Query() {
			w.Header()[name] = values
		}
		w.Header()["Date"] = nil
		if to := w.Header().Get("Location"); to != "" {
			w.WriteHeader(302)
			return
		}
		fmt.Fprintf(w, "%d", n.Add(1))
	}
}

func TestCache(t *testing.T) {
	for _, c := range []struct {
		query string
		after time.Duration
		same  bool
	}{
		{"?Cache-Control=max-age=60", 59 * time.Second, true},
		{"?Cache-Control=max-age=60", 60 * time.Second, false},
		{"?Cache-Control=no-store", 0, false},
		{"?Cache-Control=max-age=0", 0, false},
		{"?Cache-Control=private", 0, false},
		{"?Cache-Control=max-age=60&Age=50", 9 * time.Second, true},
		{"?Cache-Control=max-age=60&Age=50", 10 * time.Second, false},
		{"?x=y", 4 * time.Second, true},
		{"?x=y", 5 * time.Second, false},
		{"?Cache-Control=max-age=31536000", 59 * time.Minute, true},
		{"?Cache-Control=max-age=31536000", time.Hour, false},
		// A redirect is part of the answer, and goes stale as it says.
		{"?Cache-Control=max-age=60&Location=/%3FCache-Control=max-age=600", 59 * time.Second, true},
		{"?Cache-Control=max-age=60&Location=/%3FCache-Control=max-age=600", 60 * time.Second, false},
		{"?Cache-Control=max-age=600&Location=/%3FCache-Control=max-age=60", 60 * time.Second, false},
		{"?Cache-Control=no-store&Location=/%3FCache-Control=max-age=60", 0, false},
	} {
		var n atomic.Int32
		srv := serve(t, counting(&n))
		clock := newClock()
		client := New(Options{RootCAs: rootsOf(srv), Allow: loopback(), Clock: clock.now})
		wantBody(t, client, srv.URL+"/"+c.query, "1")
		clock.advance(c.after)
		want := "2"
		if c.same {
			want = "1"
		}
		wantBody(t, client, srv.URL+"/"+c.query, want)
	}
}

func TestCacheKey(t *testing.T) {
	var n atomic.Int32
	srv := serve(t, counting(&n))
	c := near(srv, Limits{})
	url := srv.URL + "/?Cache-Control=max-age=60"
	for i, step := range []struct{ url, accept, want string }{
		{url, "", "1"},
		{url, "a/b", "2"},
		{url, "", "1"},
		{url, "a/b", "2"},
		{url + "#fragment", "", "1"},
		{url + "&x=y", "", "3"},
	} {
		body, _, err := c.Fetch(t.Context(), step.url, step.accept)
		if err != nil || string(body) != step.want {
			t.Errorf("step %d: %q, %v, want %q", i, body, err, step.want)
		}
	}
}

func TestErrorsAreNotCached(t *testing.T) {
	var n atomic.Int32
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=60")
		if n.Add(1) == 1 {
			w.WriteHeader(503)
			return
		}
		hello(w, r)
	})
	c := near(srv, Limits{})
	refused(t, c, srv.URL, ReasonStatus)
	wantBody(t, c, srv.URL, `{"hello":"world"}`)
}

// A caller who changes a body changes nobody else's.
func TestBodiesAreCopies(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=60")
		hello(w, r)
	})
	c := near(srv, Limits{})
	rec := NewRecorder(c, nil)
	read := func(f fetcher) {
		t.Helper()
		for range 2 {
			body, _, err := f.Fetch(t.Context(), srv.URL, "")
			if err != nil || string(body) != `{"hello":"world"}` {
				t.Fatalf("%T: %q, %v", f, body, err)
			}
			clear(body)
		}
	}
	read(c)
	read(rec)
	read(NewReplayer(rec.Bundle()))
	read(NewReplayer(rec.Bundle()))
}

func TestNoCache(t *testing.T) {
	var n atomic.Int32
	srv := serve(t, counting(&n))
	for _, limits := range []Limits{{CacheEntries: -1}, {UnstatedFresh: -1}, {CacheBytes: 1}, {MaxFresh: 1}} {
		n.Store(9)
		c := near(srv, limits)
		wantBody(t, c, srv.URL, "10")
		wantBody(t, c, srv.URL, "11")
	}
}

func TestCacheIsBounded(t *testing.T) {
	now := newClock().now()
	page := func(size int) *answer { return &answer{body: make([]byte, size), until: now.Add(time.Minute)} }
	k := func(i int) key { return key{url: fmt.Sprint(i)} }
	c := newCache(3, 100)
	held := func(want ...int) {
		t.Helper()
		bytes := 0
		for _, i := range want {
			e := c.byKey[k(i)]
			if e == nil {
				t.Errorf("%d was dropped", i)
				continue
			}
			bytes += len(e.Value.(*cached).answer.body)
		}
		if len(c.byKey) != len(want) || c.order.Len() != len(want) || c.held != bytes {
			t.Errorf("%d keys, %d in order, %d bytes; want %d and %d bytes", len(c.byKey), c.order.Len(), c.held, len(want), bytes)
		}
	}
	for i := range 5 {
		c.put(k(i), page(10), now)
	}
	held(2, 3, 4)
	c.get(k(2), now) // now 3 is the least recently used
	c.put(k(5), page(10), now)
	held(2, 4, 5)
	c.put(k(6), page(85), now) // bytes: only one of ten fits beside it
	held(5, 6)
	c.put(k(7), page(101), now) // never fits
	held(5, 6)
	c.put(k(6), page(5), now) // in place of the earlier one
	held(5, 6)
	c.put(k(8), page(100), now)
	held(8)
	c.put(k(8), page(101), now) // what it replaces is gone even though it does not fit
	held()
	c.put(k(9), &answer{until: now}, now) // stale already
	held()
	c.put(k(1), page(1), now)
	if c.get(k(1), now.Add(time.Minute)) != nil {
		t.Error("a stale answer was given")
	}
	held()
}

// TestFreshUntil: what is in the cache is fresh until it goes stale, and what is not there never was.
func TestFreshUntil(t *testing.T) {
	var n atomic.Int32
	srv := serve(t, counting(&n))
	clock := newClock()
	c := New(Options{RootCAs: rootsOf(srv), Allow: loopback(), Clock: clock.now})
	url := srv.URL + "/?Cache-Control=max-age=60"
	if got := c.FreshUntil(url); !got.IsZero() {
		t.Errorf("fresh before it was fetched: %v", got)
	}
	asked := clock.now()
	wantBody(t, c, url, "1")
	if got := c.FreshUntil(url + "#fragment"); !got.Equal(asked.Add(time.Minute)) {
		t.Errorf("fresh until %v", got)
	}
	clock.advance(30 * time.Second)
	if _, _, err := c.Fetch(t.Context(), url, "a/b"); err != nil {
		t.Fatal(err)
	}
	if got := c.FreshUntil(url); !got.Equal(asked.Add(time.Minute)) {
		t.Errorf("fresh until %v, and one of two answers goes stale before", got)
	}
	clock.advance(30 * time.Second)
	if got := c.FreshUntil(url); !got.Equal(asked.Add(90 * time.Second)) {
		t.Errorf("fresh until %v", got)
	}
	for _, url := range []string{"http://university.example", "::", ""} {
		if got := c.FreshUntil(url); !got.IsZero() {
			t.Errorf("%q is fresh until %v", url, got)
		}
	}
	if got := new(Client).FreshUntil(url); !got.IsZero() {
		t.Error("a client that reaches nothing has something fresh")
	}
}
