package api

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/badgeproof/badgeproof/examples/server/observe"
)

// outer puts around the routes what every request goes through, from the outside to the inside: a trace, a log
// line with an id, a net for panics, and the refusal of requests that other sites make somebody's browser send.
func (s *Server) outer(h http.Handler) http.Handler {
	return s.o.Tracing.Wrap(s.observed(s.caught(s.guarded(h))))
}

// recorder remembers the status of an answer and counts its bytes.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int
	notes  []slog.Attr
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController through.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// note adds to the log line of a request what may be told of it: codes, never what a credential says.
func note(w http.ResponseWriter, attrs ...slog.Attr) {
	for {
		if r, ok := w.(*recorder); ok {
			r.notes = append(r.notes, attrs...)
			return
		}
		u, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return
		}
		w = u.Unwrap()
	}
}

// observed gives the request an id, and writes a line and counts when it is answered. The id is made here and not
// taken from the request, where it could be anything.
func (s *Server) observed(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start, id := time.Now(), rand.Text()
		w.Header().Set("X-Request-Id", id)
		if s.draining.Load() {
			w.Header().Set("Connection", "close")
		}
		rec := &recorder{ResponseWriter: w}
		defer func() {
			if rec.status == 0 {
				rec.status = http.StatusOK
			}
			took, route := time.Since(start), routeOf(r)
			s.metrics.Request(route, strconv.Itoa(rec.status), took)
			level := slog.LevelInfo
			if rec.status >= http.StatusInternalServerError && rec.status != http.StatusServiceUnavailable {
				level = slog.LevelError
			}
			s.o.Log.LogAttrs(r.Context(), level, "request", append([]slog.Attr{
				slog.String("id", id), slog.String("method", observe.Method(r)), slog.String("route", route), slog.Int("status", rec.status),
				slog.Int64("bytes_in", max(r.ContentLength, 0)), slog.Int("bytes_out", rec.bytes), slog.Duration("took", took),
			}, rec.notes...)...)
		}()
		h.ServeHTTP(rec, r)
	})
}

// routeOf returns the pattern that a request matched, and not its path, which may hold anything.
func routeOf(r *http.Request) string {
	if r.Pattern == "" {
		return "none"
	}
	return r.Pattern
}

// caught turns a panic into an answer of 500 for that request alone. The value of the panic may hold what the
// request said, so that the log has its type and where it happened.
func (s *Server) caught(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if v == http.ErrAbortHandler {
				panic(v)
			}
			s.metrics.Panicked()
			s.o.Log.LogAttrs(r.Context(), slog.LevelError, "panic",
				slog.String("id", w.Header().Get("X-Request-Id")), slog.String("type", fmt.Sprintf("%T", v)), slog.String("stack", string(debug.Stack())))
			if rec, ok := w.(*recorder); ok && rec.status != 0 {
				panic(http.ErrAbortHandler) // half an answer is out: cut it off, so that nobody takes it for a whole one
			}
			newProblem(http.StatusInternalServerError, "request.failed", "this request made the server fail; please report it, with the request's id").write(w)
		}()
		h.ServeHTTP(w, r)
	})
}

// guarded refuses requests for other hosts (somebody's domain that resolves to this server, so that the browser
// takes its pages for ours) and requests by other sites that would do something.
func (s *Server) guarded(h http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Referrer-Policy", "no-referrer")
		switch {
		case s.o.Hosts != nil && !slices.Contains(s.o.Hosts, hostname(r.Host)):
			s.metrics.Refused("host")
			newProblem(http.StatusMisdirectedRequest, "request.host", "this server does not go by that name; it is started with -host NAME to").write(w)
		case cross.Check(r) != nil || embedded(r):
			s.metrics.Refused("origin")
			newProblem(http.StatusForbidden, "request.origin", "a page of another site may not use this server").write(w)
		default:
			h.ServeHTTP(w, r)
		}
	})
}

// embedded reports whether a page of another site makes the browser ask for this, by a picture or a script, where nobody
// follows a link. Such a page cannot read the answer, but could have this server fetch what it names. Browsers say
// so of each request (Fetch Metadata); other clients say nothing.
func embedded(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	return (site == "cross-site" || site == "same-site") && r.Header.Get("Sec-Fetch-Dest") != "document"
}

// hostname returns a Host header without port, in small letters.
func hostname(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
}
