package fetch

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"
)

// fromFetcher is what all three fetchers of this package have.
type fromFetcher interface {
	fetcher
	FetchFrom(ctx context.Context, url, accept string) (body []byte, mediaType, from string, err error)
}

// TestFetchFrom tells where an answer came from, also when it comes from the cache, from a recorder, and
// from the bundle that was recorded, written and read again.
func TestFetchFrom(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			http.Redirect(w, r, "/new", http.StatusFound)
			return
		}
		hello(w, r)
	})
	recorder := NewRecorder(near(srv, Limits{}), nil)
	for _, c := range []struct{ path, from string }{{"/old", "/new"}, {"/new", "/new"}, {"/old", "/new"}, {"/new#part", "/new"}} {
		for _, f := range []fromFetcher{near(srv, Limits{}), recorder} {
			_, _, from, err := f.FetchFrom(t.Context(), srv.URL+c.path, "")
			if err != nil || from != srv.URL+c.from && from != srv.URL+c.path || c.path == "/old" && from != srv.URL+"/new" {
				t.Errorf("%T: %s came from %q, %v", f, c.path, from, err)
			}
		}
	}
	text, err := recorder.Bundle().Marshal()
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(text), `"from"`); n != 1 {
		t.Errorf("%d documents say where they came from, want the redirected one only", n)
	}
	bundle, err := ParseBundle(text)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, from, err := NewReplayer(bundle).FetchFrom(t.Context(), srv.URL+"/old", ""); err != nil || from != srv.URL+"/new" {
		t.Errorf("replayed from %q, %v", from, err)
	}
	if _, _, from, err := NewReplayer(bundle).FetchFrom(t.Context(), srv.URL+"/new", ""); err != nil || from != srv.URL+"/new" {
		t.Errorf("replayed from %q, %v", from, err)
	}
}

// TestFromIsChecked has bundles whose from says nothing that can be.
func TestFromIsChecked(t *testing.T) {
	for _, from := range []string{`"http://example.edu/b"`, `"b"`, `1`, `"https://a@example.edu/"`} {
		text := `{"version":1,"recordedAt":"2026-11-22T05:00:00Z","documents":[{"url":"https://example.edu/a","text":"x","from":` + from + `}]}`
		if _, err := ParseBundle([]byte(text)); err == nil {
			t.Errorf("a document from %s was read", from)
		}
	}
	failed := Bundle{RecordedAt: time.Now(), Documents: []Document{{URL: "https://example.edu/a", Error: "time: late", From: "https://example.edu/b"}}}
	if _, err := failed.Marshal(); err == nil {
		t.Error("a failure that came from somewhere was written")
	}
}

// TestStatusElsewhere has a host that redirects to another, which answers 410: that is not the word of the first.
func TestStatusElsewhere(t *testing.T) {
	other := serve(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusGone) })
	for name, c := range map[string]struct {
		to     string
		reason Reason
		status int
	}{
		"another port":  {other.URL + "/gone", ReasonRedirect, http.StatusFound},
		"the same host": {"/gone", ReasonStatus, http.StatusGone},
	} {
		srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/gone" {
				w.WriteHeader(http.StatusGone)
				return
			}
			http.Redirect(w, r, c.to, http.StatusFound)
		})
		roots := rootsOf(srv)
		roots.AddCert(other.Certificate())
		recorder := NewRecorder(New(Options{RootCAs: roots, Allow: loopback()}), nil)
		_, _, err := recorder.Fetch(t.Context(), srv.URL, "")
		if e := wantReason(t, err, c.reason); e.HTTPStatus() != c.status {
			t.Errorf("%s: status %d", name, e.HTTPStatus())
		}
		_, _, err = NewReplayer(recorder.Bundle()).Fetch(t.Context(), srv.URL, "")
		if e := wantReason(t, err, c.reason); e.HTTPStatus() != c.status {
			t.Errorf("%s: replayed status %d", name, e.HTTPStatus())
		}
	}
}

func TestHTTPStatus(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusGone) })
	recorder := NewRecorder(near(srv, Limits{}), nil)
	_, _, err := recorder.Fetch(t.Context(), srv.URL, "")
	if e := wantReason(t, err, ReasonStatus); e.HTTPStatus() != http.StatusGone {
		t.Errorf("status %d", e.HTTPStatus())
	}
	_, _, err = NewReplayer(recorder.Bundle()).Fetch(t.Context(), srv.URL, "")
	if e := wantReason(t, err, ReasonStatus); e.HTTPStatus() != http.StatusGone {
		t.Errorf("replayed status %d", e.HTTPStatus())
	}
	_, _, err = (&Replayer{}).Fetch(t.Context(), srv.URL, "")
	if e := wantReason(t, err, ReasonEvidence); e.HTTPStatus() != 0 {
		t.Errorf("status %d of nothing", e.HTTPStatus())
	}
}
