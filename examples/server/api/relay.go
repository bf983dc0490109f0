package api

import (
	"errors"
	"mime"
	"net/http"
	"strconv"

	"github.com/badgeproof/badgeproof/examples/server/lookup"
	"github.com/badgeproof/badgeproof/verify/fetch"
)

// document answers GET /document?url=… for the server's own page, which verifies in the browser and cannot fetch what
// other hosts do not share with it. It is a relay, so it answers scripts of that page alone: a browser says
// of each request where it comes from and what it is for, and no script can say otherwise. The guards are those of
// every other lookup. What comes back cannot be shown as a page.
func (s *Server) document(w http.ResponseWriter, r *http.Request) {
	p := s.relay(w, r)
	if p == nil {
		return
	}
	s.metrics.Relayed(p.Code)
	p.write(w)
}

func (s *Server) relay(w http.ResponseWriter, r *http.Request) *problem {
	url := r.URL.Query().Get("url")
	switch {
	case !s.o.Relay:
		return newProblem(http.StatusNotFound, "document.not_served", "this server is not started with -relay")
	case r.Header.Get("Sec-Fetch-Site") != "same-origin" || r.Header.Get("Sec-Fetch-Dest") != "empty":
		return newProblem(http.StatusForbidden, "request.origin", "documents are for scripts of this server's own page")
	case url == "" || len(url) > maxURL:
		return newProblem(http.StatusBadRequest, "request.missing", "name the document's URL: /document?url=https://…")
	}
	a, p := s.enter(r, urlBytes)
	if p != nil {
		return p
	}
	defer a.leave()
	accept := r.Header.Get("Accept")
	if accept == "*/*" {
		accept = ""
	}
	body, mediaType, from, err := s.fetcher.FetchFrom(a.ctx, url, accept)
	if lookup.Busy(err) {
		return s.full()
	}
	if err != nil {
		detail := "the document could not be fetched"
		if e, ok := errors.AsType[*fetch.Error](err); ok {
			detail = string(e.Reason) + ": " + e.Detail
			if e.Status != 0 { // the page judges by it: 410 says more than 404
				w.Header().Set("X-Document-Status", strconv.Itoa(e.Status))
			}
		}
		return newProblem(http.StatusBadGateway, "document.unreached", detail)
	}
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	if kind, _, err := mime.ParseMediaType(mediaType); err == nil {
		h.Set("Content-Type", kind)
	}
	if from != "" {
		h.Set("Content-Location", from)
	}
	h.Set("Content-Disposition", "attachment")
	h.Set("Cache-Control", "no-store")
	s.metrics.Relayed("ok")
	_, _ = w.Write(body)
	return nil
}
