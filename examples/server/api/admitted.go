package api

import (
	"context"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"strings"
	"time"

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

// enter gives the request a place, with room for this many bytes to begin with.
func (s *Server) enter(r *http.Request, bytes int64) (*admitted, *problem) {
	client, _, _ := net.SplitHostPort(r.RemoteAddr)
	pass, err := s.gate.Enter(client, bytes)
	switch {
	case errors.Is(err, admit.ErrClient):
		s.metrics.Refused("client")
		return nil, newProblem(http.StatusTooManyRequests, "request.client", "this client has too many requests under way; wait for answers")
	case err != nil:
		return nil, s.full()
	}
	a := &admitted{pass: pass}
	a.begin(r, s.o.Timeout)
	return a, nil
}

// begin starts the time for the verification.
func (a *admitted) begin(r *http.Request, d time.Duration) {
	a.ctx, a.cancel = context.WithTimeout(admit.With(r.Context(), a.pass), d)
}

// full says that there is no room.
func (s *Server) full() *problem {
	s.metrics.Refused("busy")
	return newProblem(http.StatusServiceUnavailable, "server.overloaded", "the server has as many requests under way as it can hold; try again")
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
// and room for what has come of it, and no slot; the time for the verification begins after it.
func (s *Server) read(w http.ResponseWriter, r *http.Request) (*admitted, *problem) {
	if p := s.readable(r); p != nil {
		return nil, p
	}
	room := int64(firstRead)
	if r.ContentLength >= 0 {
		room = min(room, r.ContentLength)
	}
	a, p := s.enter(r, room)
	if p != nil {
		return nil, p
	}
	a.body, p = s.body(w, r, a.pass, room)
	if p == nil {
		a.cancel()
		a.begin(r, s.o.Timeout)
		p = s.compute(a)
	}
	if p != nil {
		a.leave()
		return nil, p
	}
	return a, nil
}

// body reads the body that the pass has this much room for to begin with.
func (s *Server) body(w http.ResponseWriter, r *http.Request, pass *admit.Pass, room int64) ([]byte, *problem) {
	longest := s.o.Body + 1 // one more, to see that it is too long
	if r.ContentLength >= 0 {
		longest = r.ContentLength
	}
	body, err := readAll(http.MaxBytesReader(w, r.Body, s.o.Body), room, longest, pass.Grow)
	if err == nil && int64(len(body)) < r.ContentLength {
		err = io.ErrUnexpectedEOF
	}
	switch _, long := errors.AsType[*http.MaxBytesError](err); {
	case err == nil:
		return body, nil
	case long:
		return nil, s.tooLong()
	case errors.Is(err, admit.ErrBytes):
		return nil, s.full()
	}
	return nil, newProblem(http.StatusBadRequest, "request.body", "the body did not arrive as it was announced, or not in time")
}

// readAll reads up to longest bytes, or until the end. It begins with room for some of them, and asks grow before it makes
// more: room is made for what arrives, and not for what was announced, so that a body that never comes keeps none
// from others.
func readAll(r io.Reader, room, longest int64, grow func(more int64) error) ([]byte, error) {
	body := make([]byte, 0, room)
	for int64(len(body)) < longest {
		if len(body) == cap(body) {
			more := min(int64(max(cap(body), firstRead)), longest-int64(cap(body)))
			if err := grow(more); err != nil {
				return nil, err
			}
			body = append(make([]byte, 0, int64(cap(body))+more), body...)
		}
		n, err := r.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	return body, nil
}

func (s *Server) readable(r *http.Request) *problem {
	if r.ContentLength > s.o.Body {
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
