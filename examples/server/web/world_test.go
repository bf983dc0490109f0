package web_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/examples/server/api"
	"github.com/badgeproof/badgeproof/examples/server/policies"
	"github.com/badgeproof/badgeproof/examples/server/web"
	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify/fetch"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

const testdata = "../../../testdata/"

// moment is when the evidence of the test data was recorded; the server judges for it.
var moment = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// world is the real server on loopback with a browser to look at its page. What the server fetches comes from the
// recorded evidence of the test data and from hosts that exist for the length of the test.
type world struct {
	browser *browser
	origin  string
	host    *verifytest.Host

	mu     sync.Mutex
	bodies []string // of all requests, by method and path
}

// source answers the server's lookups.
type source struct{ *verifytest.Host }

func (s source) FetchFrom(ctx context.Context, url, accept string) ([]byte, string, string, error) {
	body, mediaType, err := s.Fetch(ctx, url, accept)
	return body, mediaType, url, err
}

func (source) FreshUntil(string) time.Time { return time.Time{} }

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{browser: launch(t), host: new(verifytest.Host)}
	for _, name := range []string{"issuers/evidence.json", "evidence/all.json"} {
		w.serve(t, name)
	}
	server, err := api.New(api.Options{
		Policies: []*policies.Named{policies.Open(), policies.ConformanceSuites()}, Source: source{w.host}, Relay: true,
		Page:  web.Handler(web.Options{Relay: true, Policies: []string{policies.Default, policies.Conformance}}),
		Clock: func() time.Time { return moment },
	})
	if err != nil {
		t.Fatal(err)
	}
	listening := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.ContentLength != 0 {
			w.sent(r.Method + " " + r.URL.Path)
		}
		server.ServeHTTP(rw, r)
	}))
	t.Cleanup(listening.Close)
	w.origin = listening.URL
	return w
}

// serve has the hosts answer with what was recorded.
func (w *world) serve(t *testing.T, name string) {
	t.Helper()
	data, err := os.ReadFile(testdata + name)
	if err != nil {
		t.Fatal(err)
	}
	bundle, err := fetch.ParseBundle(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range bundle.Documents {
		if d.Error == "" {
			w.host.Put(d.URL, d.MediaType, d.Body)
		}
	}
}

// sent notes a request that has a body.
func (w *world) sent(what string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bodies = append(w.bodies, what)
}

// received returns the requests with a body since it was last asked.
func (w *world) received() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := w.bodies
	w.bodies = nil
	return out
}

// issuer makes an issuer whose DID document can be fetched.
func (w *world) issuer(id string) *verifytest.Issuer {
	i := verifytest.NewIssuer(id, keys.Ed25519)
	i.Publish(w.host)
	return i
}

// file writes what a test made to a file to choose.
func file(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := t.TempDir() + "/" + name
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// get asks a handler for a path, with headers in pairs.
func get(h http.Handler, path string, headers ...string) *http.Response {
	r := httptest.NewRequest("GET", path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
