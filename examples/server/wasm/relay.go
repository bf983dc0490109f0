package main

import (
	"encoding/json"
	"mime"
	"strings"

	"github.com/badgeproof/badgeproof/verify/fetch"
)

// relayed is what the page brought for a lookup: the answer of the server's GET /document, or nothing.
type relayed struct {
	offline   bool   // nothing was asked, because nothing may be fetched
	failure   string // there was no answer
	status    int    // of the server's answer
	upstream  int    // of the host's answer to the server; 0 where there was none
	mediaType string
	from      string // the URL that answered in the end; "" where it is the one that was asked for
	body      []byte
}

// document returns the document, or the *fetch.Error that says why there is none: in the server's own words
// where it could not get the document, so that the verdict is the same as the server's.
func (r relayed) document(url string) (body []byte, mediaType, from string, err error) {
	switch {
	case r.offline:
		return nil, "", "", &fetch.Error{URL: url, Reason: fetch.ReasonOffline, Detail: "nothing may be fetched; allow it, or add an evidence bundle that has this document"}
	case r.failure != "":
		return nil, "", "", &fetch.Error{URL: url, Reason: fetch.ReasonNetwork, Detail: "the server that should fetch it did not answer: " + r.failure}
	case r.status != 200:
		return nil, "", "", r.problem(url)
	}
	if kind, _, err := mime.ParseMediaType(r.mediaType); err == nil {
		mediaType = strings.ToLower(kind)
	}
	if from = r.from; from == "" {
		from = url
	}
	return r.body, mediaType, from, nil
}

// problem reads why the server has no document: a problem detail of its own (package api), whose sentence begins
// with a fetch.Reason. Any other answer is about the server, and says nothing of the document.
func (r relayed) problem(url string) *fetch.Error {
	var p struct{ Code, Detail string }
	e := &fetch.Error{URL: url, Reason: fetch.ReasonNetwork, Detail: "the server did not fetch it"}
	if err := json.Unmarshal(r.body, &p); err != nil || p.Detail == "" {
		return e
	}
	e.Detail = p.Detail
	if reason, detail, ok := strings.Cut(p.Detail, ": "); ok && p.Code == "document.unreached" {
		e.Reason, e.Detail, e.Status = fetch.Reason(reason), detail, r.upstream
	}
	return e
}
