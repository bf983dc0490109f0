package fetch

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestRequest(t *testing.T) {
	var got http.Header
	var host string
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/moved" {
			http.SetCookie(w, &http.Cookie{Name: "id", Value: "1"})
			http.Redirect(w, r, "/", http.StatusFound)
			return
		}
		got, host = r.Header.Clone(), r.Host
		if r.Method != http.MethodGet || r.Proto != "HTTP/1.1" {
			t.Errorf("%s %s", r.Method, r.Proto)
		}
		w.Header().Set("Content-Type", " Application/DID+JSON ; charset=utf-8")
		io.WriteString(w, "{}")
	})
	c := near(srv, Limits{})
	body, mediaType, err := c.Fetch(t.Context(), srv.URL+"/moved#key-1", "application/did+json, application/json")
	if err != nil || string(body) != "{}" || mediaType != "application/did+json" {
		t.Fatalf("%q, %q, %v", body, mediaType, err)
	}
	want := http.Header{"Accept": {"application/did+json, application/json"}, "Accept-Encoding": {"identity"}, "User-Agent": {userAgent}, "Connection": {"close"}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("header %v, want %v", got, want)
	}
	if host != srv.Listener.Addr().String() {
		t.Errorf("host %q", host)
	}
	wantBody(t, c, srv.URL+"/other", "{}")
	if got.Get("Accept") != "*/*" {
		t.Errorf("accept %q", got.Get("Accept"))
	}
}

func TestAcceptIsOneHeaderLine(t *testing.T) {
	srv := serve(t, hello)
	c := near(srv, Limits{})
	for _, accept := range []string{"a/b\r\nHost: evil.example", "a/b\n", "\x00", "a/b\x7f", "a/\u00fc", strings.Repeat("a/b, ", 300)} {
		if _, _, err := c.Fetch(t.Context(), srv.URL, accept); err == nil {
			t.Errorf("%.40q passes", accept)
		} else {
			wantReason(t, err, ReasonURL)
		}
	}
	if _, _, err := c.Fetch(t.Context(), srv.URL, strings.Repeat("a", maxAcceptBytes)); err != nil {
		t.Error(err)
	}
}

func TestStatus(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		status, _ := strconv.Atoi(r.URL.Path[1:])
		w.WriteHeader(status)
		if status >= 200 && status != 204 && status != 304 {
			io.WriteString(w, "{}")
		}
	})
	c := near(srv, Limits{})
	wantBody(t, c, srv.URL+"/200", "{}")
	for _, status := range []int{201, 202, 203, 204, 206, 300, 304, 305, 400, 401, 403, 404, 407, 408, 410, 418, 429, 451, 500, 502, 503, 504, 599, 999} {
		if e := refused(t, c, fmt.Sprintf("%s/%d", srv.URL, status), ReasonStatus); e.Status != status {
			t.Errorf("status %d, want %d", e.Status, status)
		}
	}
	// Redirects that lead nowhere.
	for _, status := range []int{301, 302, 303, 307, 308} {
		if e := refused(t, c, fmt.Sprintf("%s/%d", srv.URL, status), ReasonRedirect); e.Status != status {
			t.Errorf("status %d, want %d", e.Status, status)
		}
	}
}

// countdown redirects /n to /n-1 and answers at /0.
func countdown(w http.ResponseWriter, r *http.Request) {
	n, _ := strconv.Atoi(r.URL.Path[1:])
	if n == 0 {
		hello(w, r)
		return
	}
	statuses := []int{301, 302, 303, 307, 308}
	http.Redirect(w, r, strconv.Itoa(n-1), statuses[n%len(statuses)])
}

func TestRedirects(t *testing.T) {
	srv := serve(t, countdown)
	c := near(srv, Limits{})
	for n := range 4 {
		wantBody(t, c, fmt.Sprintf("%s/%d", srv.URL, n), `{"hello":"world"}`)
	}
	refused(t, c, srv.URL+"/4", ReasonRedirect)
	none := near(srv, Limits{Redirects: -1})
	wantBody(t, none, srv.URL+"/0", `{"hello":"world"}`)
	refused(t, none, srv.URL+"/1", ReasonRedirect)
}

func TestRedirectLoop(t *testing.T) {
	var requests atomic.Int32
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		http.Redirect(w, r, r.URL.Path, http.StatusMovedPermanently)
	})
	refused(t, near(srv, Limits{}), srv.URL+"/loop", ReasonRedirect)
	if n := requests.Load(); n != 1+defaultRedirects {
		t.Errorf("%d requests", n)
	}
}

func TestTwoLocations(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Location"] = []string{"/a", "/b"}
		w.WriteHeader(302)
	})
	refused(t, near(srv, Limits{}), srv.URL, ReasonRedirect)
}

// A server that can only be reached in the clear is not reached, not even by a redirect.
func TestDowngrade(t *testing.T) {
	plain, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://"+plain.Addr().String()+"/", http.StatusFound)
	})
	c := near(srv, Limits{})
	refused(t, c, srv.URL, ReasonRedirect)
	refused(t, c, "http://"+plain.Addr().String()+"/", ReasonURL)
	plain.(*net.TCPListener).SetDeadline(time.Now().Add(20 * time.Millisecond))
	if _, err := plain.Accept(); err == nil {
		t.Error("the plain server was reached")
	}
}

func TestCertificateIsChecked(t *testing.T) {
	srv := serve(t, hello)
	refused(t, New(Options{Allow: loopback()}), srv.URL, ReasonNetwork)
	// Trusted, but for another name.
	n := newInternet(t, hello)
	n.name("example.com", []string{public})
	n.name("other.test", []string{public})
	c := n.client(Options{})
	wantBody(t, c, "https://example.com/", `{"hello":"world"}`)
	refused(t, c, "https://other.test/", ReasonNetwork)
}

func TestBodyLimit(t *testing.T) {
	const limit = 1000
	for _, framing := range []string{"length", "chunked", "close"} {
		srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
			n, _ := strconv.Atoi(r.URL.Path[1:])
			switch framing {
			case "length":
				w.Header().Set("Content-Length", strconv.Itoa(n))
			case "chunked":
				w.(http.Flusher).Flush()
			case "close":
				hijack(w, "HTTP/1.0 200 OK\r\n\r\n"+strings.Repeat("x", n))
				return
			}
			io.WriteString(w, strings.Repeat("x", n))
		})
		c := near(srv, Limits{BodyBytes: limit})
		for _, n := range []int{0, 1, limit - 1, limit} {
			wantBody(t, c, fmt.Sprintf("%s/%d", srv.URL, n), strings.Repeat("x", n))
		}
		for _, n := range []int{limit + 1, 10 * limit, 1 << 20} {
			refused(t, c, fmt.Sprintf("%s/%d", srv.URL, n), ReasonLimit)
		}
	}
}

// A body without end is cut at the limit, not at the deadline.
func TestEndlessBody(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		block := bytes.Repeat([]byte("x"), 64<<10)
		for {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	})
	start := time.Now()
	refused(t, near(srv, Limits{}), srv.URL, ReasonLimit)
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("took %v", d)
	}
}

func TestHeaderLimit(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.URL.Path[1:])
		w.Header().Set("X-Large", strings.Repeat("x", n))
		hello(w, r)
	})
	c := near(srv, Limits{})
	wantBody(t, c, srv.URL+"/60000", `{"hello":"world"}`)
	for _, n := range []int{65 << 10, 1 << 20} {
		refused(t, c, fmt.Sprintf("%s/%d", srv.URL, n), ReasonNetwork)
	}
	// The same through a transport that has no limit of its own.
	free := New(Options{Transport: srv.Client().Transport, Allow: loopback()})
	wantBody(t, free, srv.URL+"/60000", `{"hello":"world"}`)
	refused(t, free, srv.URL+"/70000", ReasonLimit)
}

// hijack takes a connection over, writes raw bytes to it and closes it.
func hijack(w http.ResponseWriter, raw string) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	io.WriteString(conn, raw)
	conn.Close()
}

func TestBrokenAnswers(t *testing.T) {
	for name, raw := range map[string]string{
		"nothing":                "",
		"not HTTP":               "220 mail.example ESMTP\r\n",
		"half a status line":     "HTTP/1.1 2",
		"no status":              "HTTP/1.1 \r\n\r\n",
		"header cut off":         "HTTP/1.1 200 OK\r\nContent-Type: app",
		"truncated length":       "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}",
		"truncated by one":       "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}",
		"truncated chunks":       "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
		"truncated in a chunk":   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n{}",
		"chunk size":             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
		"huge chunk size":        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n",
		"two lengths":            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
		"negative length":        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
		"unknown transfer codes": "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
		"header without colon":   "HTTP/1.1 200 OK\r\nwhat is this\r\n\r\n{}",
		"endless interim":        strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n", 20_000),
	} {
		t.Run(name, func(t *testing.T) {
			srv := serve(t, func(w http.ResponseWriter, r *http.Request) { hijack(w, raw) })
			refused(t, near(srv, Limits{Time: 5 * time.Second}), srv.URL, ReasonNetwork)
		})
	}
	for name, raw := range map[string]string{
		"length":  "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}trailing",
		"chunks":  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n",
		"interim": "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
	} {
		t.Run("control "+name, func(t *testing.T) {
			srv := serve(t, func(w http.ResponseWriter, r *http.Request) { hijack(w, raw) })
			wantBody(t, near(srv, Limits{}), srv.URL, "{}")
		})
	}
}

func TestReset(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "100")
		io.WriteString(w, "{")
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	refused(t, near(srv, Limits{}), srv.URL, ReasonNetwork)
	// A reset in place of a TLS handshake, and nobody there at all.
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			conn.(*net.TCPConn).SetLinger(0)
			conn.Close()
		}
	}()
	url := "https://" + l.Addr().String() + "/"
	c := New(Options{Allow: loopback()})
	refused(t, c, url, ReasonNetwork)
	l.Close()
	refused(t, c, url, ReasonNetwork)
}

// Whatever part of the way a host holds up, the limit of time ends the fetch.
func TestHang(t *testing.T) {
	limits := Limits{Time: 100 * time.Millisecond}
	release := make(chan struct{})
	drip := func(w http.ResponseWriter, first string, every string) {
		conn, _, _ := w.(http.Hijacker).Hijack()
		defer conn.Close()
		io.WriteString(conn, first)
		for {
			select {
			case <-release:
				return
			case <-time.After(5 * time.Millisecond):
				if _, err := io.WriteString(conn, every); err != nil {
					return
				}
			}
		}
	}
	for name, h := range map[string]http.HandlerFunc{
		"before the header": func(http.ResponseWriter, *http.Request) { <-release },
		"before the body": func(w http.ResponseWriter, r *http.Request) {
			w.(http.Flusher).Flush()
			<-release
		},
		"dripping header": func(w http.ResponseWriter, r *http.Request) { drip(w, "HTTP/1.1 200 OK\r\nX: ", "x") },
		"dripping body": func(w http.ResponseWriter, r *http.Request) {
			drip(w, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", "x")
		},
		"dripping chunks": func(w http.ResponseWriter, r *http.Request) {
			drip(w, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n")
		},
		"slow redirects": func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(40 * time.Millisecond)
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		},
	} {
		srv := serve(t, h)
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			refused(t, near(srv, limits), srv.URL+"/", ReasonTime)
			if d := time.Since(start); d > 2*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
	close(release)
}

func TestHangingHandshake(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	c := New(Options{Allow: loopback(), Limits: Limits{Time: 100 * time.Millisecond}})
	refused(t, c, "https://"+l.Addr().String()+"/", ReasonTime)
}

// A transport that ignores its context holds up neither the caller nor later callers.
func TestDeafTransport(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	c := New(Options{Limits: Limits{Time: 50 * time.Millisecond}, Transport: roundTrip(func(*http.Request) (*http.Response, error) {
		<-release
		return nil, errors.New("released")
	})})
	refused(t, c, "https://example.com/", ReasonTime)
	refused(t, c, "https://example.com/", ReasonTime)
}

func TestCallersContext(t *testing.T) {
	release := make(chan struct{})
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) { <-release })
	defer close(release)
	c := near(srv, Limits{})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, _, err := c.Fetch(ctx, srv.URL, "")
	wantReason(t, err, ReasonTime)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v does not say that the deadline was exceeded", err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	_, _, err = c.Fetch(gone, srv.URL+"/other", "")
	wantReason(t, err, ReasonTime)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v does not say that it was cancelled", err)
	}
}

// No content coding is accepted, so that a bomb stays as small as it is.
func TestContentCoding(t *testing.T) {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	io.Copy(z, io.LimitReader(zeros{}, 2<<20))
	z.Close()
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Content-Encoding"] = r.URL.Query()["c"]
		w.Write(bomb.Bytes())
	})
	c := near(srv, Limits{BodyBytes: 1 << 20})
	for _, coding := range []string{"?c=gzip", "?c=x-gzip", "?c=GZIP", "?c=deflate", "?c=br", "?c=zstd", "?c=gzip,gzip", "?c=identity&c=gzip", "?c=gzip&c=identity", "?c=what"} {
		refused(t, c, srv.URL+"/"+coding, ReasonEncoding)
	}
	for _, coding := range []string{"", "?c=identity", "?c=Identity", "?c="} {
		wantBody(t, c, srv.URL+"/"+coding, bomb.String())
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// A transport that undoes a coding on its own is held to the limit of what comes out.
func TestDecodedBodyIsLimited(t *testing.T) {
	c := New(Options{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, ContentLength: -1, Uncompressed: true, Body: io.NopCloser(zeros{})}, nil
	})})
	refused(t, c, "https://example.com/", ReasonLimit)
}

// The rules hold for a caller's transport as well, however odd its answers are.
func TestCallersTransport(t *testing.T) {
	var answer http.Response
	var fail error
	var asked []string
	c := New(Options{Limits: Limits{CacheEntries: -1}, Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		asked = append(asked, r.URL.String())
		copied := answer
		return &copied, fail
	})})
	set := func(status int, length int64, body string, h http.Header) {
		answer = http.Response{StatusCode: status, ContentLength: length, Header: h, Body: io.NopCloser(strings.NewReader(body))}
	}
	set(200, 2, "{}", nil)
	wantBody(t, c, "https://example.com/", "{}")
	set(200, 3, "{}", nil)
	refused(t, c, "https://example.com/", ReasonNetwork)
	set(200, 1, "{}", nil)
	refused(t, c, "https://example.com/", ReasonNetwork)
	set(200, 1<<40, "{}", nil)
	refused(t, c, "https://example.com/", ReasonLimit)
	set(302, 0, "", http.Header{"Location": {"http://example.com/"}})
	refused(t, c, "https://example.com/", ReasonRedirect)
	answer = http.Response{StatusCode: 200}
	refused(t, c, "https://example.com/", ReasonNetwork)
	fail = io.ErrUnexpectedEOF
	refused(t, c, "https://example.com/", ReasonNetwork)
	before := len(asked)
	for _, raw := range append(refusedURLs, literalURLs...) {
		refused(t, c, raw, ReasonURL)
	}
	if len(asked) != before {
		t.Errorf("the transport was asked for %v", asked[before:])
	}
	empty := New(Options{Transport: roundTrip(func(*http.Request) (*http.Response, error) { return nil, nil })})
	refused(t, empty, "https://example.com/", ReasonNetwork)
}

func TestZeroClientReachesNothing(t *testing.T) {
	refused(t, new(Client), "https://example.com/", ReasonOffline)
}

func TestMediaType(t *testing.T) {
	for header, want := range map[string]string{
		"application/json":                     "application/json",
		"Application/JSON; Charset=UTF-8":      "application/json",
		" application/did+ld+json\t;":          "application/did+ld+json",
		"application/vnd.x-y_z.1$2+json":       "application/vnd.x-y_z.1$2+json",
		"":                                     "",
		"json":                                 "",
		"a/b/c":                                "",
		"application/json, text/html":          "",
		"application/js on":                    "",
		"application/\x1b[2J":                  "",
		"application/\u017fon":                 "",
		"a/" + strings.Repeat("b", 200):        "",
		"; application/json":                   "",
		"text/html;application/json":           "text/html",
		"application/json;charset=\"a;b/c\\\"": "application/json",
	} {
		if got := mediaType(header); got != want {
			t.Errorf("%q: %q, want %q", header, got, want)
		}
	}
}

// At most so many fetches are under way at once, and the others get their turn.
func TestFetchesAtOnce(t *testing.T) {
	var now, most atomic.Int32
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		time.Sleep(5 * time.Millisecond)
		now.Add(-1)
		hello(w, r)
	})
	c := near(srv, Limits{Fetches: 3})
	errs := make(chan error)
	const all = 30
	for i := range all {
		go func() {
			_, _, err := c.Fetch(t.Context(), fmt.Sprintf("%s/%d", srv.URL, i), "")
			errs <- err
		}()
	}
	for range all {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if m := most.Load(); m > 3 {
		t.Errorf("%d fetches at once", m)
	}
	// One that finds no place in time says so.
	release := make(chan struct{})
	slow := serve(t, func(w http.ResponseWriter, r *http.Request) { <-release })
	defer close(release)
	c = near(slow, Limits{Fetches: 1, Time: 80 * time.Millisecond})
	go c.Fetch(t.Context(), slow.URL+"/first", "")
	refused(t, c, slow.URL+"/second", ReasonTime)
}

// Bytes that follow a complete answer on the connection are not taken for the next one's.
func TestSmuggledAnswer(t *testing.T) {
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		conn, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")
		http.ReadRequest(bufio.NewReader(rw))
	})
	c := near(srv, Limits{})
	wantBody(t, c, srv.URL+"/1", "{}")
	time.Sleep(20 * time.Millisecond)
	wantBody(t, c, srv.URL+"/2", "{}")
}
