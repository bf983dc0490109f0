package lookup_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/badgeproof/badgeproof/examples/server/admit"
	"github.com/badgeproof/badgeproof/examples/server/lookup"
	"github.com/badgeproof/badgeproof/verify/fetch"
)

// source answers from a map; what is in slow waits for its channel.
type source struct {
	documents map[string]string
	fresh     map[string]bool
	slow      chan struct{}
}

func (s *source) FetchFrom(ctx context.Context, url, _ string) ([]byte, string, string, error) {
	if s.slow != nil {
		select {
		case <-s.slow:
		case <-ctx.Done():
			return nil, "", "", ctx.Err()
		}
	}
	if body, ok := s.documents[url]; ok {
		return []byte(body), "text/plain", url, nil
	}
	return nil, "", "", &fetch.Error{URL: url, Reason: fetch.ReasonStatus, Status: 404, Detail: "not there"}
}

func (s *source) FreshUntil(url string) time.Time {
	if s.fresh[url] {
		return time.Now().Add(time.Hour)
	}
	return time.Time{}
}

const there, gone = "https://a.example/there", "https://a.example/gone"

func TestFetchCounts(t *testing.T) {
	type call struct {
		result string
		cached bool
	}
	var calls []call
	f := lookup.New(&source{documents: map[string]string{there: "x"}, fresh: map[string]bool{there: true}},
		func(result string, cached bool, took time.Duration) { calls = append(calls, call{result, cached}) })
	if body, media, err := f.Fetch(t.Context(), there, ""); err != nil || string(body) != "x" || media != "text/plain" {
		t.Error(string(body), media, err)
	}
	if _, _, err := f.Fetch(t.Context(), gone, ""); err == nil || lookup.Busy(err) {
		t.Error("a document that is gone:", err)
	}
	if want := []call{{"ok", true}, {"status", false}}; !slices.Equal(calls, want) {
		t.Errorf("counted %v, want %v", calls, want)
	}
	if f.FreshUntil(there).IsZero() || !f.FreshUntil(gone).IsZero() {
		t.Error("what is fresh is not what the source says")
	}
}

func TestRecordKeepsOnlyItsOwn(t *testing.T) {
	f := lookup.New(&source{documents: map[string]string{there: "x", "https://b.example/": "y"}}, nil)
	ctx, recorder := f.Record(t.Context())
	for _, c := range []struct {
		ctx context.Context
		url string
	}{{ctx, there}, {ctx, gone}, {t.Context(), "https://b.example/"}} {
		f.Fetch(c.ctx, c.url, "")
	}
	var urls []string
	for _, d := range recorder.Bundle().Documents {
		urls = append(urls, d.URL)
	}
	if !slices.Equal(urls, []string{gone, there}) {
		t.Errorf("recorded %v", urls)
	}
}

// TestTooManyWait: who may not wait is told so as a failed lookup, and is not asked for.
func TestTooManyWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := admit.New(admit.Limits{InFlight: 4})
		s := &source{documents: map[string]string{there: "x"}, slow: make(chan struct{})}
		f := lookup.New(s, nil)
		pass := func() context.Context {
			p, err := g.Enter("", 1)
			if err != nil {
				t.Fatal(err)
			}
			return admit.With(t.Context(), p)
		}
		first := make(chan error)
		go func() { _, _, err := f.Fetch(pass(), there, ""); first <- err }()
		synctest.Wait()
		_, _, err := f.Fetch(pass(), there, "")
		var e *fetch.Error
		if !lookup.Busy(err) || !errors.As(err, &e) || e.Reason != fetch.ReasonLimit {
			t.Error("a second where one is a host's share:", err)
		}
		close(s.slow)
		if err := <-first; err != nil {
			t.Error("the first:", err)
		}
	})
}

// TestDocumentsCount: what was fetched counts among the bytes that a request holds, whether from memory or not, and
// one that there is no room for is not handed out.
func TestDocumentsCount(t *testing.T) {
	const kept = "https://a.example/kept"
	f := lookup.New(&source{documents: map[string]string{there: "12345", kept: "12345"}, fresh: map[string]bool{kept: true}}, nil)
	for _, url := range []string{there, kept} {
		g := admit.New(admit.Limits{Bytes: 20})
		one, _ := g.Enter("", 10)
		if _, err := g.Enter("", 1); err != nil {
			t.Fatal(err)
		}
		ctx := admit.With(t.Context(), one)
		if body, _, err := f.Fetch(ctx, url, ""); err != nil || string(body) != "12345" || g.State().Bytes != 16 {
			t.Errorf("%s: %q %v, %d bytes", url, body, err, g.State().Bytes)
		}
		body, _, err := f.Fetch(ctx, url, "")
		var e *fetch.Error
		if !lookup.Busy(err) || !errors.As(err, &e) || e.Reason != fetch.ReasonLimit || body != nil {
			t.Errorf("%s where there is no room: %q %v", url, body, err)
		}
	}
}

// TestTimeRunsOutInTheQueue: the host's one place is taken for longer than there is time.
func TestTimeRunsOutInTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := admit.New(admit.Limits{PerHost: 1})
		s := &source{slow: make(chan struct{})}
		f := lookup.New(s, nil)
		go func() {
			p, _ := g.Enter("", 1)
			f.Fetch(admit.With(t.Context(), p), there, "")
		}()
		synctest.Wait()
		p, _ := g.Enter("", 1)
		ctx, cancel := context.WithTimeout(admit.With(t.Context(), p), time.Second)
		defer cancel()
		_, _, err := f.Fetch(ctx, gone, "")
		var e *fetch.Error
		if !errors.As(err, &e) || e.Reason != fetch.ReasonTime || lookup.Busy(err) {
			t.Error(err)
		}
		close(s.slow)
	})
}
