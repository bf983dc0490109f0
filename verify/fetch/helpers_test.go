package fetch

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync"
	"testing"
	"time"
)

// hello answers every request with the same small document.
func hello(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	io.WriteString(w, `{"hello":"world"}`)
}

// serve starts a TLS server on the loopback interface.
func serve(t testing.TB, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	srv := httptest.NewUnstartedServer(h)
	srv.Config.ErrorLog = log.New(io.Discard, "", 0)
	srv.StartTLS()
	t.Cleanup(func() {
		srv.CloseClientConnections()
		srv.Close()
	})
	return srv
}

func rootsOf(srv *httptest.Server) *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(srv.Certificate())
	return pool
}

// loopback is what tests allow to reach their servers.
func loopback() []netip.Prefix { return []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")} }

// near returns a client that may reach srv, and only srv's address beside the public ones.
func near(srv *httptest.Server, limits Limits) *Client {
	return New(Options{RootCAs: rootsOf(srv), Allow: loopback(), Limits: limits})
}

// wantReason asserts that err is an *Error for a reason, and returns it.
func wantReason(t testing.TB, err error, want Reason) *Error {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want reason %q", want)
	}
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("error %v is a %T, want *Error", err, err)
	}
	if e.Reason != want {
		t.Fatalf("reason %q (%v), want %q", e.Reason, err, want)
	}
	if e.Detail == "" {
		t.Errorf("reason %q has no detail", want)
	}
	if e.Offline() != (want == ReasonOffline) {
		t.Errorf("Offline() = %v for reason %q", e.Offline(), want)
	}
	return e
}

// wantBody asserts a successful fetch.
func wantBody(t testing.TB, f fetcher, url, want string) {
	t.Helper()
	body, _, err := f.Fetch(t.Context(), url, "")
	if err != nil {
		t.Fatal(err)
	}
	if string(body) != want {
		t.Fatalf("body %.80q, want %.80q", body, want)
	}
}

// refused asserts a failed fetch.
func refused(t testing.TB, f fetcher, url string, want Reason) *Error {
	t.Helper()
	body, mediaType, err := f.Fetch(t.Context(), url, "")
	if body != nil || mediaType != "" {
		t.Errorf("a refused fetch returned %d bytes of type %q", len(body), mediaType)
	}
	e := wantReason(t, err, want)
	if e.URL != url {
		t.Errorf("error is about %q, asked for %q", e.URL, url)
	}
	return e
}

// An internet is a name service and a network of its own: every address that is dialled leads to
// one loopback server, so that tests can see which addresses a client would have connected to.
type internet struct {
	srv *httptest.Server

	mu      sync.Mutex
	names   map[string][][]string // each lookup takes the next answer; the last one stays
	lookups []string
	dialled []string
	dead    map[string]bool // addresses that nobody answers at
}

func newInternet(t testing.TB, h http.HandlerFunc) *internet {
	return &internet{srv: serve(t, h), names: map[string][][]string{}, dead: map[string]bool{}}
}

// name sets the answers of the next lookups of a name.
func (n *internet) name(host string, answers ...[]string) { n.names[host] = answers }

func (n *internet) lookup(_ context.Context, host string) ([]netip.Addr, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.lookups = append(n.lookups, host)
	answers, there := n.names[host]
	if !there {
		return nil, &net.DNSError{Err: "no such host", Name: host, Server: "10.9.8.7:53", IsNotFound: true}
	}
	if len(answers) > 1 {
		n.names[host] = answers[1:]
	}
	var addrs []netip.Addr
	for _, a := range answers[0] {
		addrs = append(addrs, netip.MustParseAddr(a))
	}
	return addrs, nil
}

func (n *internet) dial(ctx context.Context, network, address string) (net.Conn, error) {
	n.mu.Lock()
	n.dialled = append(n.dialled, address)
	dead := n.dead[address]
	n.mu.Unlock()
	if dead {
		return nil, &net.OpError{Op: "dial", Net: network, Err: errors.New("connection refused")}
	}
	return new(net.Dialer).DialContext(ctx, "tcp", n.srv.Listener.Addr().String())
}

// client returns a client with the gate of its options, in this internet.
func (n *internet) client(o Options) *Client {
	c := New(o)
	d := newDialer(c.gate, c.limits.Time)
	d.lookup, d.dial = n.lookup, n.dial
	c.transport = newTransport(d, rootsOf(n.srv), c.limits.HeaderBytes)
	return c
}

// A testClock stands still until it is moved.
type testClock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *testClock {
	return &testClock{at: time.Date(2026, 11, 22, 5, 0, 0, 0, time.UTC)}
}

func (c *testClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *testClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// roundTrip is a transport that is a function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
