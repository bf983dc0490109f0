package api

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/examples/server/admit"
)

// TestHosts: on loopback, a name that merely resolves to it is refused.
func TestHosts(t *testing.T) {
	s := newServer(t, func(o *Options) { o.Hosts = []string{"localhost", "127.0.0.1", "::1"} })
	for host, want := range map[string]int{
		"localhost": 200, "localhost:8080": 200, "LOCALHOST:1": 200, "127.0.0.1:8080": 200, "[::1]:8080": 200, "[::1]": 200, "localhost.": 200,
		"evil.example": 421, "localhost.evil.example": 421, "127.0.0.1.evil.example:8080": 421, "127.0.0.2": 421,
	} {
		if a := do(t, s, call{method: "GET", path: "/healthz", host: host}); a.status != want {
			t.Errorf("%s: %d, want %d", host, a.status, want)
		}
	}
	if a := do(t, newServer(t, nil), call{method: "GET", path: "/healthz", host: "evil.example"}); a.status != 200 {
		t.Error("a server that is told no names takes all:", a.status)
	}
}

// TestOtherSites: a page elsewhere can make a browser send a file here, and must gain nothing by it.
func TestOtherSites(t *testing.T) {
	s, w := newServer(t, nil), newWorld()
	for name, c := range map[string]struct {
		header map[string]string
		want   int
	}{
		"no browser":   {nil, 200},
		"own page":     {map[string]string{"Sec-Fetch-Site": "same-origin"}, 200},
		"cross-site":   {map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		"same-site":    {map[string]string{"Sec-Fetch-Site": "same-site"}, 403},
		"other origin": {map[string]string{"Origin": "https://evil.example"}, 403},
		"null origin":  {map[string]string{"Origin": "null"}, 403},
		"own origin":   {map[string]string{"Origin": "http://localhost:8080"}, 200},
	} {
		a := do(t, s, call{method: "POST", path: "/verify", body: string(w.good), kind: "text/plain", header: c.header})
		if a.status != c.want || a.header.Get("Access-Control-Allow-Origin") != "" || a.header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %d, want %d; %v", name, a.status, c.want, a.header)
		}
	}
}

// TestLinksFromOtherSites: a page elsewhere may link here, and may not make the server fetch by what is no link.
func TestLinksFromOtherSites(t *testing.T) {
	w, s := newWorld(), newServer(t, nil)
	const there = "https://files.example/linked.json"
	w.source.Put(there, "application/json", w.good)
	for name, c := range map[string]struct {
		site, dest string
		want       int
	}{
		"no browser": {"", "", 200}, "typed": {"none", "document", 200}, "own page": {"same-origin", "empty", 200}, "link": {"cross-site", "document", 200},
		"link within the site": {"same-site", "document", 200}, "picture": {"cross-site", "image", 403}, "script": {"cross-site", "script", 403},
		"fetch": {"cross-site", "empty", 403}, "frame": {"cross-site", "iframe", 403}, "nothing said": {"cross-site", "", 403}, "picture within the site": {"same-site", "image", 403},
	} {
		a := do(t, s, call{method: "GET", path: "/verify?url=" + there, header: map[string]string{"Sec-Fetch-Site": c.site, "Sec-Fetch-Dest": c.dest}})
		if a.status != c.want {
			t.Errorf("%s: %d, want %d", name, a.status, c.want)
		}
	}
}

// TestPanic: one request fails and the next is answered; the log knows where it was and not what was sent.
func TestPanic(t *testing.T) {
	var log bytes.Buffer
	s := newServer(t, func(o *Options) { o.Log = slog.New(slog.NewJSONHandler(&log, nil)) })
	mux := http.NewServeMux()
	mux.HandleFunc("/before", func(http.ResponseWriter, *http.Request) { panic("ada@example.org") })
	mux.HandleFunc("/within", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "half"); panic("on purpose") })
	mux.HandleFunc("/abort", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	mux.HandleFunc("/fine", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	served := httptest.NewServer(s.outer(mux))
	defer served.Close()
	get := func(path string) (int, string, error) {
		r, err := http.Get(served.URL + path)
		if err != nil {
			return 0, "", err
		}
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		return r.StatusCode, string(body), err
	}
	if status, body, err := get("/before"); status != 500 || !strings.Contains(body, "request.failed") || err != nil {
		t.Error("before the answer:", status, body, err)
	}
	for _, path := range []string{"/within", "/abort"} {
		if status, body, err := get(path); err == nil {
			t.Errorf("%s: half an answer was taken for one: %d %q", path, status, body)
		}
	}
	if status, _, err := get("/fine"); status != 204 || err != nil {
		t.Error("the next request:", status, err)
	}
	if text := log.String(); strings.Contains(text, "ada@") || !strings.Contains(text, "outer_test.go") {
		t.Error("the log tells too much or too little:", text)
	}
}

// TestLogIsImpersonal verifies a badge in every way and looks for anything of it in the log.
func TestLogIsImpersonal(t *testing.T) {
	w := newWorld()
	var log bytes.Buffer
	s := newServer(t, func(o *Options) {
		o.Log, o.Relay = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})), true
	})
	for _, body := range []string{string(w.good), string(w.revoked), string(w.lost), "ada@example.org", `{"url": "https://files.example/ada"}`} {
		do(t, s, call{method: "POST", path: "/verify?view=1", body: body})
		post(t, s, forCredentials, vcBody(body))
	}
	do(t, s, call{method: "GET", path: "/verify?url=https://files.example/ada"})
	do(t, s, call{method: "GET", path: "/document?url=https://files.example/ada", header: map[string]string{"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty"}})
	served := httptest.NewRecorder()
	s.ServeHTTP(served, call{method: "ADA", path: "/ada@example.org"}.request())
	for _, word := range []string{"ada", "did:", "https:", "example", "192.0.2.1", "Practical"} {
		if strings.Contains(strings.ToLower(log.String()), strings.ToLower(word)) {
			t.Errorf("the log holds %q", word)
		}
	}
	for _, word := range []string{`"verdict":"valid"`, `"codes":"status.revoked"`, `"route":"/verify"`, `"route":"/"`, `"method":"other"`} {
		if !strings.Contains(log.String(), word) {
			t.Errorf("the log does not hold %s", word)
		}
	}
}

func TestRequestIDs(t *testing.T) {
	s := newServer(t, nil)
	a, b := do(t, s, call{method: "GET", path: "/healthz", header: map[string]string{"X-Request-Id": "mine"}}), do(t, s, call{method: "GET", path: "/healthz"})
	one, two := a.header.Get("X-Request-Id"), b.header.Get("X-Request-Id")
	if len(one) < 20 || one == two || one == "mine" {
		t.Errorf("%q, %q", one, two)
	}
}

func TestDraining(t *testing.T) {
	s, w := newServer(t, nil), newWorld()
	if a := do(t, s, call{method: "GET", path: "/readyz"}); a.status != 200 || a.header.Get("Connection") != "" {
		t.Error("before:", a.status)
	}
	s.Drain()
	if a := do(t, s, call{method: "GET", path: "/readyz"}); a.status != 503 || a.codes(t)[0] != "server.draining" || a.header.Get("Connection") != "close" {
		t.Error("not ready:", a.status)
	}
	if a := post(t, s, forCredentials, vcBody(string(w.good))); a.status != 200 || a.header.Get("Connection") != "close" {
		t.Error("a request that came all the same:", a.status)
	}
	if a := do(t, s, call{method: "GET", path: "/healthz"}); a.status != 200 {
		t.Error("alive:", a.status)
	}
}

func TestFull(t *testing.T) {
	w := newWorld()
	s := newServer(t, func(o *Options) { o.Limits = admit.Limits{InFlight: 1} })
	p, err := s.gate.Enter("", 1)
	if err != nil {
		t.Fatal(err)
	}
	a := post(t, s, forCredentials, vcBody(string(w.good)))
	if a.status != 503 || a.header.Get("Retry-After") == "" || a.codes(t)[0] != "server.overloaded" {
		t.Error(a.status, a.codes(t))
	}
	if a := do(t, s, call{method: "GET", path: "/readyz"}); a.status != 503 {
		t.Error("ready though full:", a.status)
	}
	p.Leave()
	if a := post(t, s, forCredentials, vcBody(string(w.good))); a.status != 200 || s.gate.State() != (admit.State{}) {
		t.Error("when there is room again:", a.status, s.gate.State())
	}
}

func TestBodies(t *testing.T) {
	s := newServer(t, func(o *Options) { o.Body = 100 })
	long := strings.Repeat(" ", 101)
	for name, r := range map[string]*http.Request{
		"announced": call{method: "POST", path: "/verify", body: long}.request(),
		"chunked": func() *http.Request {
			r := call{method: "POST", path: "/verify", body: long}.request()
			r.ContentLength = -1
			return r
		}(),
	} {
		w := httptest.NewRecorder()
		if s.ServeHTTP(w, r); w.Code != 413 {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	r := call{method: "POST", path: "/verify", body: "short"}.request()
	r.ContentLength = 50
	w := httptest.NewRecorder()
	if s.ServeHTTP(w, r); w.Code != 400 || !strings.Contains(w.Body.String(), "request.body") {
		t.Error("cut off:", w.Code, w.Body)
	}
	if s.gate.State() != (admit.State{}) {
		t.Error("a place was kept:", s.gate.State())
	}
}

// TestPage: what is no path of the API is the page's.
func TestPage(t *testing.T) {
	s := newServer(t, func(o *Options) {
		o.Page = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "page "+r.URL.Path) })
	})
	if a := do(t, s, call{method: "GET", path: "/assets/x"}); string(a.body) != "page /assets/x" {
		t.Errorf("%s", a.body)
	}
	if a := do(t, newServer(t, nil), call{method: "GET", path: "/"}); a.status != 404 || a.codes(t)[0] != "request.path" {
		t.Error(a.status)
	}
	if a := do(t, s, call{method: "HEAD", path: "/healthz"}); a.status != 200 {
		t.Error("HEAD:", a.status)
	}
}

// TestMetrics counts what the other tests do, in one server.
func TestMetrics(t *testing.T) {
	w, s := newWorld(), newServer(t, func(o *Options) { o.Relay = true })
	post(t, s, forCredentials, vcBody(string(w.good)))
	post(t, s, forCredentials+"?policy=conformance", vcBody(string(w.jwt)))
	post(t, s, forCredentials, vcBody(string(w.revoked)))
	post(t, s, forCredentials, vcBody(string(w.lost)))
	post(t, s, forCredentials+"?policy=conformance", vcBody(string(w.foreign)))
	do(t, s, call{method: "GET", path: "/document?url=" + list, header: map[string]string{"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty"}})
	do(t, s, call{method: "POST", path: "/verify", header: map[string]string{"Sec-Fetch-Site": "cross-site"}})
	text := string(do(t, s, call{method: "GET", path: "/metrics"}).body)
	for _, line := range []string{
		`badgeproof_verdicts_total{format="data-integrity",policy="default",verdict="valid"} 1`,
		`badgeproof_verdicts_total{format="data-integrity",policy="default",verdict="invalid"} 1`,
		`badgeproof_verdicts_total{format="data-integrity",policy="default",verdict="indeterminate"} 1`,
		`badgeproof_problems_total{code="status.revoked"} 1`,
		`badgeproof_waived_verdicts_total{policy="conformance"} 1`,
		`badgeproof_http_requests_total{route="/credentials/verify",status="200"} 2`,
		`badgeproof_http_requests_refused_total{reason="origin"} 1`,
		`badgeproof_relayed_documents_total{result="ok"} 1`,
		`badgeproof_fetches_total{result="ok"}`,
		`badgeproof_fetches_total{result="other"}`, // the Host's own error
		`badgeproof_cache_lookups_total{result="miss"}`,
		`badgeproof_requests_in_flight 0`,
		`badgeproof_verification_duration_seconds_count{verdict="valid"} 2`,
		`go_goroutines`,
	} {
		if !strings.Contains(text, line) {
			t.Errorf("no %s", line)
		}
	}
	for _, word := range []string{"did:", "https:", "issuer.example"} {
		if strings.Contains(text, word) {
			t.Errorf("the metrics hold %q", word)
		}
	}
}
