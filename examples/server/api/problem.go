package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
	"sync"

	"github.com/badgeproof/badgeproof/verify"
)

// Problem types of this server, for what is wrong with a request and not with a credential.
const own = "https://pkg.go.dev/github.com/badgeproof/badgeproof/examples/server/api#"

// Problem types of the W3C for what no credential can be read from.
const (
	parsingError   = "https://www.w3.org/TR/vc-data-model#PARSING_ERROR"
	malformedValue = "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR"
	purposeError   = "https://w3id.org/security#PROOF_VERIFICATION_ERROR"
)

// problem is why a request was not answered, in the form of RFC 9457.
type problem struct {
	status int
	verify.Problem
}

// Codes of problems with requests.
var titles = map[string]struct{ title, typ string }{
	"request.syntax":      {"The body is not JSON", parsingError},
	"request.missing":     {"The request holds no credential", malformedValue},
	"request.type":        {"A member of the request has the wrong type", malformedValue},
	"request.kind":        {"The request was sent to the wrong place", malformedValue},
	"request.option":      {"An option cannot be honoured", own + "request.option"},
	"request.purpose":     {"The proof was made for another purpose", purposeError},
	"request.policy":      {"There is no such policy", own + "request.policy"},
	"request.media":       {"The body has a media type that is not read here", own + "request.media"},
	"request.size":        {"The body is too long", own + "request.size"},
	"request.body":        {"The body could not be read", own + "request.body"},
	"request.form":        {"The form cannot be read", own + "request.form"},
	"request.url":         {"The document could not be fetched", own + "request.url"},
	"request.method":      {"The method is not allowed here", own + "request.method"},
	"request.host":        {"The request is for another host", own + "request.host"},
	"request.origin":      {"The request comes from another site", own + "request.origin"},
	"request.path":        {"There is nothing here", own + "request.path"},
	"request.busy":        {"The server has too much to do", own + "request.busy"},
	"request.client":      {"The client asks for too much at a time", own + "request.client"},
	"request.failed":      {"The server failed", own + "request.failed"},
	"verdict.undecided":   {"It could not be decided whether this can be relied on", own + "verdict.undecided"},
	"server.draining":     {"The server is shutting down", own + "server.draining"},
	"server.overloaded":   {"The server has no room for another request", own + "server.overloaded"},
	"document.unreached":  {"The document could not be fetched", own + "document.unreached"},
	"document.not_served": {"This server fetches no documents for its page", own + "document.not_served"},
}

func newProblem(status int, code, detail string) *problem {
	t := titles[code]
	return &problem{status, verify.Problem{Type: t.typ, Title: t.title, Detail: detail, Code: code}}
}

// write answers with the problem.
func (p *problem) write(w http.ResponseWriter) {
	body, _ := json.Marshal(struct {
		Type   string `json:"type"`
		Title  string `json:"title"`
		Status int    `json:"status"`
		Detail string `json:"detail"`
		Code   string `json:"code"`
	}{p.Type, p.Title, p.status, p.Detail, p.Code})
	if p.status == http.StatusServiceUnavailable || p.status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", retryAfter)
	}
	answer(w, p.status, "application/problem+json", body)
}

// answer writes a body at once and with its length, so that a long one is not cut into chunks.
func answer(w http.ResponseWriter, status int, mediaType string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that has gone needs no answer
}

// buffers are what answers are written in before they are sent.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// answerJSON marshals what is always marshalled without an error: structures of this module.
func answerJSON(w http.ResponseWriter, status int, v any) {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	if err := json.NewEncoder(b).Encode(v); err != nil {
		newProblem(http.StatusInternalServerError, "request.failed", "the answer could not be written").write(w)
		return
	}
	answer(w, status, "application/json", b.Bytes())
	if b.Cap() <= maxKept {
		buffers.Put(b)
	}
}
