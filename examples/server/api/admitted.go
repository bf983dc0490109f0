package api

import (
	"context"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"strings"

	"github.com/badgeproof/badgeproof/examples/server/admit"
)

// admitted is a request that has its place, and the body that was read.
type admitted struct {
	ctx    context.Context
	pass   *admit.Pass
	cancel context.CancelFunc
	body   []byte
}

func (a *admitted) leave() {
	a.cancel()
	a.pass.Leave()
}

// enter gives the request a place for a body of this many bytes.
func (s *Server) enter(r *http.Request, bytes int64) (*admitted, *problem) {
	client, _, _ := net.SplitHostPort(r.RemoteAddr)
	pass, err := s.gate.Enter(client, bytes)
	switch {
	case errors.Is(err, admit.ErrClient):
		s.metrics.Refused("client")
		return nil, newProblem(http.StatusTooManyRequests, "request.client", "this client has too many requests under way; wait for answers")
	case err != nil:
		s.metrics.Refused("busy")
		return nil, newProblem(http.StatusServiceUnavailable, "server.overloaded", "the server has as many requests under way as it can hold; try again")
	}
	ctx, cancel := context.WithTimeout(admit.With(r.Context(), pass), s.o.Timeout)
	return &admitted{ctx: ctx, pass: pass, cancel: cancel}, nil
}

// compute waits for the request's turn to compute.
func (s *Server) compute(a *admitted) *problem {
	if err := a.pass.Compute(a.ctx); err != nil {
		s.metrics.Refused("slots")
		return newProblem(http.StatusServiceUnavailable, "server.overloaded", "the request's turn did not come in time; try again")
	}
	return nil
}

// read admits a request, reads its body as a whole and waits for its turn. A body that comes slowly holds a place
// and no slot.
func (s *Server) read(w http.ResponseWriter, r *http.Request) (*admitted, *problem) {
	bytes := r.ContentLength
	if bytes < 0 {
		bytes = s.o.Body
	}
	if p := s.readable(r, bytes); p != nil {
		return nil, p
	}
	a, p := s.enter(r, bytes)
	if p != nil {
		return nil, p
	}
	var err error
	a.body, err = readAll(http.MaxBytesReader(w, r.Body, s.o.Body), r.ContentLength)
	if err != nil {
		a.leave()
		if _, long := errors.AsType[*http.MaxBytesError](err); long {
			return nil, s.tooLong()
		}
		return nil, newProblem(http.StatusBadRequest, "request.body", "the body did not arrive as it was announced, or not in time")
	}
	a.pass.Shrink(int64(len(a.body)))
	if p := s.compute(a); p != nil {
		a.leave()
		return nil, p
	}
	return a, nil
}

// readAll reads a body whose length was announced, or is not known (negative). Room is made for what arrives, and not
// for what was announced.
func readAll(r io.Reader, announced int64) ([]byte, error) {
	const trusted = 64 << 10
	if announced < 0 || announced > trusted {
		return io.ReadAll(r)
	}
	body := make([]byte, announced)
	n, err := io.ReadFull(r, body)
	return body[:n], err
}

func (s *Server) readable(r *http.Request, bytes int64) *problem {
	if bytes > s.o.Body {
		return s.tooLong()
	}
	if c := r.Header.Get("Content-Encoding"); c != "" && !strings.EqualFold(c, "identity") {
		return newProblem(http.StatusUnsupportedMediaType, "request.media", "the body may have no content coding")
	}
	return nil
}

func (s *Server) tooLong() *problem {
	s.metrics.Refused("size")
	return newProblem(http.StatusRequestEntityTooLarge, "request.size", "the body is longer than this server takes")
}

// mediaType returns the media type of a request's body in small letters, "" for none; ok is false for one that
// cannot be read, or is in another character set than UTF-8.
func mediaType(r *http.Request) (kind string, params map[string]string, ok bool) {
	header := r.Header.Get("Content-Type")
	if header == "" {
		return "", nil, true
	}
	kind, params, err := mime.ParseMediaType(header)
	if err != nil {
		return "", nil, false
	}
	if c := params["charset"]; c != "" && !strings.EqualFold(c, "utf-8") && !strings.EqualFold(c, "us-ascii") {
		return "", nil, false
	}
	return kind, params, true
}
