package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// A script is a fetcher that answers each URL with a function, and counts.
type script struct {
	mu    sync.Mutex
	asked []string
	give  func(url string, n int) (string, string, error)
}

func (s *script) Fetch(_ context.Context, url, _ string) ([]byte, string, error) {
	s.mu.Lock()
	s.asked = append(s.asked, url)
	n := len(s.asked)
	s.mu.Unlock()
	body, media, err := s.give(url, n)
	if err != nil {
		return nil, "", err
	}
	return []byte(body), media, nil
}

// outcome is everything a caller can tell apart.
func outcome(f fetcher, url string) string {
	body, mediaType, err := f.Fetch(context.Background(), url, "a/b")
	var e *Error
	if errors.As(err, &e) {
		return fmt.Sprintf("%q %d %q %v %v", e.URL, e.Status, e.Reason, e.Offline(), err)
	}
	return fmt.Sprintf("%q %q %v", body, mediaType, err)
}

// What a recorder answered, the replayer answers, from the text of the bundle alone.
func TestRecordAndReplay(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, "/did.json", http.StatusFound)
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/odd":
			hijack(w, "HTTP/1.1 042 Odd\r\nContent-Length: 0\r\n\r\n")
		case "/999":
			w.WriteHeader(999)
		case "/gone":
			w.WriteHeader(410)
		case "/busy":
			w.WriteHeader(503)
		case "/broken":
			hijack(w, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")
		case "/coded":
			w.Header().Set("Content-Encoding", "br")
			hello(w, r)
		case "/large":
			w.Write(make([]byte, 5000))
		case "/binary":
			w.Header().Set("Content-Type", "application/octet-stream; x=y")
			w.Write([]byte{0, 0xff, 0xfe, 0x80})
		default:
			hello(w, r)
		}
	})
	clock := newClock()
	rec := NewRecorder(near(srv, Limits{BodyBytes: 4000}), clock.now)
	urls := []string{"http://example.com/", "https://10.0.0.1/", "https://user@example.com/", "not a URL", "https://b\u00fccher.example/\u2028\ufffd", strings.Repeat("x", 3000)}
	for _, path := range []string{"/did.json", "/moved", "/loop", "/odd", "/999", "/gone", "/busy", "/broken", "/coded", "/large", "/binary", "/did.json#fragment"} {
		urls = append(urls, srv.URL+path)
	}
	recorded := map[string]string{}
	for _, url := range urls {
		clock.advance(time.Second)
		recorded[url] = outcome(rec, url)
	}
	if len(rec.Bundle().Documents) != len(urls) {
		t.Errorf("%d documents of %d URLs", len(rec.Bundle().Documents), len(urls))
	}
	text, err := rec.Bundle().Marshal()
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := rec.Bundle().Marshal(); string(again) != string(text) {
		t.Error("the same recording gives another text")
	}
	b, err := ParseBundle(text)
	if err != nil {
		t.Fatal(err)
	}
	if !b.RecordedAt.Equal(clock.now()) {
		t.Errorf("recorded at %v, the last document was fetched at %v", b.RecordedAt, clock.now())
	}
	srv.Close()
	replay := NewReplayer(b)
	rerecorded := NewRecorder(replay, clock.now)
	for _, url := range urls {
		if got := outcome(replay, url); got != recorded[url] {
			t.Errorf("replayed  %s\nrecorded %s", got, recorded[url])
		}
		if got := outcome(rec, url); got != recorded[url] {
			t.Errorf("recorder's second answer %s\nfirst %s", got, recorded[url])
		}
		if got := outcome(rerecorded, url); got != recorded[url] {
			t.Errorf("recorded from a replay %s\nrecorded %s", got, recorded[url])
		}
	}
	refused(t, replay, srv.URL+"/never", ReasonEvidence)
	refused(t, replay, srv.URL+"/did.json#other", ReasonEvidence)
	refused(t, replay, strings.ToUpper(srv.URL)+"/did.json", ReasonEvidence)
}

func TestFirstAnswerWins(t *testing.T) {
	s := &script{give: func(url string, n int) (string, string, error) { return fmt.Sprint(n), "text/plain", nil }}
	rec := NewRecorder(s, nil)
	var all sync.WaitGroup
	answers := make([]string, 20)
	for i := range answers {
		all.Go(func() { answers[i] = outcome(rec, "https://example.edu/") })
	}
	all.Wait()
	slices.Sort(answers)
	if len(slices.Compact(slices.Clone(answers))) != 1 {
		t.Errorf("different answers: %v", answers)
	}
	if got := outcome(NewReplayer(rec.Bundle()), "https://example.edu/"); got != answers[0] {
		t.Errorf("replayed %s, recorded %s", got, answers[0])
	}
	before := len(s.asked)
	outcome(rec, "https://example.edu/")
	if len(s.asked) != before {
		t.Error("a recorded document was asked for again")
	}
}

// A failure that came first stays, even if the host has recovered meanwhile.
func TestFirstFailureStays(t *testing.T) {
	s := &script{give: func(url string, n int) (string, string, error) {
		if n == 1 {
			return "", "", errors.New("no luck")
		}
		return "{}", "", nil
	}}
	rec := NewRecorder(s, nil)
	first := outcome(rec, "https://example.edu/")
	if outcome(rec, "https://example.edu/") != first || outcome(NewReplayer(rec.Bundle()), "https://example.edu/") != first {
		t.Error("another outcome")
	}
	refused(t, rec, "https://example.edu/", ReasonNetwork)
}

// What is no evidence is not recorded.
func TestNotRecorded(t *testing.T) {
	rec := NewRecorder(Offline(), nil)
	refused(t, rec, "https://example.edu/", ReasonOffline)
	if n := len(rec.Bundle().Documents); n != 0 {
		t.Errorf("%d documents recorded while offline", n)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	rec = NewRecorder(New(Options{}), nil)
	_, _, err := rec.Fetch(ctx, "https://example.edu/", "")
	wantReason(t, err, ReasonTime)
	if n := len(rec.Bundle().Documents); n != 0 {
		t.Errorf("%d documents recorded after the caller gave up", n)
	}
	// The same from a fetcher with errors of its own.
	rec = NewRecorder(&script{give: func(string, int) (string, string, error) { return "", "", switchedOff{} }}, nil)
	refused(t, rec, "https://example.edu/", ReasonOffline)
	rec.from = &script{give: func(string, int) (string, string, error) { return "", "", errors.New("gave up") }}
	_, _, err = rec.Fetch(ctx, "https://example.edu/", "")
	wantReason(t, err, ReasonNetwork)
	if n := len(rec.Bundle().Documents); n != 0 {
		t.Errorf("%d documents recorded of a foreign fetcher that did not try", n)
	}
	rec = NewRecorder(New(Options{}), nil)
	refused(t, rec, "https://example.edu/\xff", ReasonURL)
	if _, err := rec.Bundle().Marshal(); err != nil {
		t.Error(err)
	}
}

// switchedOff is an error of another package that says the network is off.
type switchedOff struct{}

func (switchedOff) Error() string { return "switched off" }
func (switchedOff) Offline() bool { return true }

// Whatever a fetcher of a caller's own answers, the recording can be written and read.
func TestRecorderOfForeignFetcher(t *testing.T) {
	s := &script{give: func(url string, n int) (string, string, error) {
		switch url {
		case "text":
			return "", "", errors.New("bad \xff bytes \x00")
		case "long":
			return "", "", errors.New(strings.Repeat("\u00fc", 5000))
		case "empty":
			return "", "", errors.New("")
		case "status":
			return "", "", &Error{Status: -5, Reason: "of its own"}
		case "wrapped":
			return "", "", fmt.Errorf("outer: %w", &Error{URL: "other", Status: 404, Reason: ReasonStatus, Detail: "inner"})
		}
		return "{}", "Application/JSON; charset=utf-8", nil
	}}
	rec := NewRecorder(s, nil)
	first := map[string]string{}
	urls := []string{"text", "long", "empty", "status", "wrapped", "https://example.edu/"}
	for _, url := range urls {
		first[url] = outcome(rec, url)
	}
	text, err := rec.Bundle().Marshal()
	if err != nil {
		t.Fatal(err)
	}
	b, err := ParseBundle(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, url := range urls {
		if got := outcome(NewReplayer(b), url); got != first[url] {
			t.Errorf("replayed %s\nrecorded %s", got, first[url])
		}
	}
	if e := refused(t, rec, "wrapped", ReasonStatus); e.Status != 404 {
		t.Errorf("status %d", e.Status)
	}
}

// A recording stops before it could not be written or read any more, and stays usable.
func TestRecorderIsBounded(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		tail string // of each URL
		fits int
	}{
		"bodies":    {strings.Repeat("x", 3000), "", 5},
		"documents": {"", "", 20},
		"URLs":      {"", strings.Repeat("\x01", 3000), 1},
	} {
		limits := bundleLimits{bytes: 25_000, documents: 20}
		rec := NewRecorder(&script{give: func(string, int) (string, string, error) { return c.body, "", nil }}, nil)
		rec.limits = limits
		if name == "bodies" {
			rec.limits.documents = 1000
		}
		for i := range 30 {
			_, _, err := rec.Fetch(t.Context(), fmt.Sprintf("https://example.edu/%d%s", i, c.tail), "")
			switch {
			case c.tail != "" && i < c.fits:
				wantReason(t, err, ReasonURL) // recorded, and then refused for its URL
			case i < c.fits && err != nil:
				t.Errorf("%s: document %d: %v", name, i, err)
			case i >= c.fits:
				wantReason(t, err, ReasonLimit)
			}
		}
		text, err := rec.Bundle().marshal(rec.limits)
		if err != nil {
			t.Fatal(name, err)
		}
		if b, err := parseBundle(text, rec.limits); err != nil || len(b.Documents) != c.fits {
			t.Errorf("%s: %v, %v", name, b, err)
		}
	}
}

// The time of a recording is that of its last document.
func TestRecordedAt(t *testing.T) {
	clock := newClock()
	start := clock.now()
	rec := NewRecorder(&script{give: func(string, int) (string, string, error) { return "{}", "", nil }}, clock.now)
	clock.advance(time.Minute)
	if at := rec.Bundle().RecordedAt; !at.Equal(start) {
		t.Errorf("%v", at)
	}
	outcome(rec, "https://example.edu/")
	clock.advance(time.Minute)
	outcome(rec, "https://example.edu/")
	b := rec.Bundle()
	if at := b.RecordedAt; !at.Equal(start.Add(time.Minute)) || !at.Equal(b.Documents[0].FetchedAt) {
		t.Errorf("%v", at)
	}
}

func TestReplayer(t *testing.T) {
	b := &Bundle{Documents: []Document{
		{URL: "https://example.edu/", Status: 200, Body: []byte("first")},
		{URL: "https://example.edu/", Status: 200, Body: []byte("second")},
		{URL: "https://127.0.0.1:8443/", Status: 200, Body: []byte("allowed then")},
		{URL: "http://example.edu/", Status: 200, Body: []byte("in the clear")},
		{URL: "https://example.edu/missing", Status: 404, Body: []byte("not found")},
		{URL: "https://example.edu/hand", Error: "connection refused"},
		{URL: "https://example.edu/offline", Error: "offline: pretended"},
	}}
	r := NewReplayer(b)
	wantBody(t, r, "https://example.edu/", "first")
	wantBody(t, r, "https://127.0.0.1:8443/", "allowed then")
	refused(t, r, "http://example.edu/", ReasonURL)
	if e := refused(t, r, "https://example.edu/missing", ReasonStatus); e.Status != 404 {
		t.Errorf("status %d", e.Status)
	}
	refused(t, r, "https://example.edu/hand", ReasonNetwork)
	refused(t, r, "https://example.edu/offline", ReasonNetwork)
	refused(t, r, "https://example.edu/other", ReasonEvidence)
	refused(t, new(Replayer), "https://example.edu/", ReasonEvidence)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, _, err := r.Fetch(ctx, "https://example.edu/", "")
	wantReason(t, err, ReasonTime)
}

func TestOffline(t *testing.T) {
	for _, url := range []string{"https://example.edu/", "http://example.edu/", "", "\xff"} {
		refused(t, Offline(), url, ReasonOffline)
	}
}
