package fetch

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A gated transport counts requests and answers them when told to.
type gated struct {
	requests atomic.Int32
	ended    atomic.Int32 // requests whose context ended before they were answered
	open     chan struct{}
	status   int
}

func (g *gated) RoundTrip(r *http.Request) (*http.Response, error) {
	g.requests.Add(1)
	select {
	case <-g.open:
	case <-r.Context().Done():
		g.ended.Add(1)
		return nil, r.Context().Err()
	}
	return &http.Response{StatusCode: g.status, ContentLength: -1, Body: io.NopCloser(strings.NewReader("{}")),
		Header: http.Header{"Cache-Control": {"no-store"}}}, nil
}

// waiting returns how many wait for the client's only flight.
func (c *Client) waiting() (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, f := range c.flights {
		n += f.waiting
	}
	return n
}

func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never: %s", what)
		}
	}
}

func TestConcurrentRequestsShareOneFetch(t *testing.T) {
	for _, status := range []int{200, 404} {
		g := &gated{open: make(chan struct{}), status: status}
		c := New(Options{Transport: g})
		const callers = 50
		var all sync.WaitGroup
		for i := range callers {
			all.Go(func() {
				url := fmt.Sprintf("https://example.com/did.json#%d", i)
				body, _, err := c.Fetch(t.Context(), url, "a/b")
				if status == 200 {
					if err != nil || string(body) != "{}" {
						t.Errorf("%q, %v", body, err)
					}
					clear(body)
					return
				}
				if e := wantReason(t, err, ReasonStatus); e.URL != url {
					t.Errorf("error about %q, asked for %q", e.URL, url)
				}
			})
		}
		until(t, "all callers wait", func() bool { return c.waiting() == callers })
		close(g.open)
		all.Wait()
		if n := g.requests.Load(); n != 1 {
			t.Errorf("%d requests", n)
		}
		if len(c.flights) != 0 {
			t.Errorf("%d flights are left", len(c.flights))
		}
		// What may not be kept is asked for again.
		c.Fetch(t.Context(), "https://example.com/did.json", "a/b")
		if n := g.requests.Load(); n != 2 {
			t.Errorf("%d requests after another fetch", n)
		}
	}
}

func TestOtherAcceptIsAnotherFetch(t *testing.T) {
	g := &gated{open: make(chan struct{}), status: 200}
	close(g.open)
	c := New(Options{Transport: g})
	c.Fetch(t.Context(), "https://example.com/", "a/b")
	c.Fetch(t.Context(), "https://example.com/", "c/d")
	c.Fetch(t.Context(), "https://example.com/x", "c/d")
	if n := g.requests.Load(); n != 3 {
		t.Errorf("%d requests", n)
	}
}

// The caller who started a fetch leaves, and the one who joined still gets the answer.
func TestCancellationOfOneLeavesTheOthers(t *testing.T) {
	g := &gated{open: make(chan struct{}), status: 200}
	c := New(Options{Transport: g})
	first, leave := context.WithCancel(t.Context())
	firstErr, secondErr := make(chan error), make(chan error)
	go func() {
		_, _, err := c.Fetch(first, "https://example.com/", "")
		firstErr <- err
	}()
	until(t, "the first waits", func() bool { return c.waiting() == 1 })
	go func() {
		_, _, err := c.Fetch(t.Context(), "https://example.com/", "")
		secondErr <- err
	}()
	until(t, "both wait", func() bool { return c.waiting() == 2 })
	leave()
	wantReason(t, <-firstErr, ReasonTime)
	close(g.open)
	if err := <-secondErr; err != nil {
		t.Error(err)
	}
	if g.requests.Load() != 1 || g.ended.Load() != 0 {
		t.Errorf("%d requests, %d ended early", g.requests.Load(), g.ended.Load())
	}
}

// When the last caller has left, the request ends too, and who comes later starts a new one.
func TestLastCallerEndsTheFetch(t *testing.T) {
	g := &gated{open: make(chan struct{}), status: 200}
	c := New(Options{Transport: g})
	ctx, leave := context.WithCancel(t.Context())
	errs := make(chan error)
	for range 2 {
		go func() {
			_, _, err := c.Fetch(ctx, "https://example.com/", "")
			errs <- err
		}()
	}
	until(t, "both wait", func() bool { return c.waiting() == 2 && g.requests.Load() == 1 })
	leave()
	wantReason(t, <-errs, ReasonTime)
	wantReason(t, <-errs, ReasonTime)
	until(t, "the request ended", func() bool { return g.ended.Load() == 1 })
	close(g.open)
	wantBody(t, c, "https://example.com/", "{}")
	if n := g.requests.Load(); n != 2 {
		t.Errorf("%d requests", n)
	}
}

// A flight's time is the client's, however little the caller who started it had.
func TestFirstCallersDeadlineIsNotTheOthers(t *testing.T) {
	g := &gated{open: make(chan struct{}), status: 200}
	c := New(Options{Transport: g})
	short, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	firstErr, secondErr := make(chan error), make(chan error)
	go func() {
		_, _, err := c.Fetch(short, "https://example.com/", "")
		firstErr <- err
	}()
	until(t, "the first waits", func() bool { return c.waiting() == 1 })
	go func() {
		_, _, err := c.Fetch(t.Context(), "https://example.com/", "")
		secondErr <- err
	}()
	wantReason(t, <-firstErr, ReasonTime)
	until(t, "only the second waits", func() bool { return c.waiting() == 1 })
	close(g.open)
	if err := <-secondErr; err != nil {
		t.Error(err)
	}
}

// Many callers of few documents who come and go at random, for the race detector.
func TestManyCallers(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "0") {
			w.Header().Set("Cache-Control", "no-store")
		}
		io.WriteString(w, r.URL.Path)
	})
	c := near(srv, Limits{CacheEntries: 3, Fetches: 4})
	rec := NewRecorder(c, nil)
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			for j := range 10 {
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration((i*j)%7+1)*10*time.Millisecond)
				path := fmt.Sprintf("/%d", (i+j)%6)
				for _, f := range []fetcher{c, rec} {
					body, _, err := f.Fetch(ctx, srv.URL+path, "")
					if err != nil {
						wantReason(t, err, ReasonTime)
					} else if string(body) != path {
						t.Errorf("%q for %q", body, path)
					}
					clear(body)
				}
				cancel()
			}
		})
	}
	all.Wait()
	if len(c.flights) != 0 {
		t.Errorf("%d flights are left", len(c.flights))
	}
	if _, err := rec.Bundle().Marshal(); err != nil {
		t.Error(err)
	}
}
