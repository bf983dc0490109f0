package api

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/examples/server/lookup"
	"github.com/badgeproof/badgeproof/examples/server/view"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/fetch"
)

// accepted are the media types that a badge's URL is asked for.
const accepted = "image/png, image/svg+xml, application/vc, application/vc+jwt, application/vp, application/vp+jwt, application/ld+json, application/json, text/plain"

// upload is a file to verify, or the URL of one, and what is asked about it.
type upload struct {
	data      []byte
	url       string
	policy    string
	recipient verify.Recipient
	issuer    string // the only one that will do; "" for those of the policy
	view      bool   // answer with what a page shows
	evidence  bool   // answer with the evidence
}

// full is the answer where more than the report is asked for.
type full struct {
	Report   *verify.Report `json:"report"`
	Policy   policyNote     `json:"policy"`
	Badge    *view.Badge    `json:"badge,omitempty"`
	Evidence any            `json:"evidence,omitempty"`
}

// verifyFile answers POST /verify: the body is the file itself, a form with it, or an object with its URL. The
// answer is 200 with a report whatever the verdict.
func (s *Server) verifyFile(w http.ResponseWriter, r *http.Request) {
	a, p := s.read(w, r)
	if p != nil {
		p.write(w)
		return
	}
	defer a.leave()
	u := &upload{data: a.body}
	kind, params, ok := mediaType(r)
	switch {
	case !ok:
		p = newProblem(http.StatusUnsupportedMediaType, "request.media", "the media type of the body cannot be read, or is not in UTF-8")
	case kind == "multipart/form-data":
		p = u.form(a.body, params["boundary"])
	default:
		p = u.link()
	}
	if p == nil {
		p = u.query(r)
	}
	if p == nil {
		p = s.report(w, r, a, u)
	}
	if p != nil {
		p.write(w)
	}
}

// verifyURL answers GET /verify?url=…
func (s *Server) verifyURL(w http.ResponseWriter, r *http.Request) {
	u := &upload{url: r.URL.Query().Get("url")}
	p := u.query(r)
	if p == nil && u.url == "" {
		p = newProblem(http.StatusBadRequest, "request.missing", "name the badge's URL: /verify?url=https://…")
	}
	if p != nil {
		p.write(w)
		return
	}
	a, p := s.enter(r, 0)
	if p != nil {
		p.write(w)
		return
	}
	defer a.leave()
	if p = s.compute(a); p == nil {
		p = s.report(w, r, a, u)
	}
	if p != nil {
		p.write(w)
	}
}

// report fetches what has to be fetched, judges it and answers. A problem is for the caller to write.
func (s *Server) report(w http.ResponseWriter, r *http.Request, a *admitted, u *upload) *problem {
	j, p := s.judgeOf(u.policy, u.issuer != "")
	if p != nil {
		return p
	}
	if u.url != "" {
		if p := s.fetch(a, u); p != nil {
			return p
		}
	}
	d := s.open(j, u.data)
	if p := s.decide(a.ctx, w, j, &d, u.demand, u.evidence); p != nil {
		return p
	}
	if !u.view && !u.evidence {
		answerJSON(w, http.StatusOK, d.report)
		return nil
	}
	out := full{Report: d.report, Policy: d.policy, Evidence: bundle(d.evidence)}
	if u.view {
		out.Badge = view.Of(d.badge, u.data, d.report, languages(r)...)
	}
	answerJSON(w, http.StatusOK, out)
	return nil
}

// fetch gets the file that a URL names. Where it is, and what a page there links to, says nothing about it.
func (s *Server) fetch(a *admitted, u *upload) (p *problem) {
	if len(u.url) > maxURL {
		return newProblem(http.StatusBadRequest, "request.url", "the URL is too long")
	}
	if a.pass.Grow(urlBytes) != nil {
		return s.full()
	}
	data, _, err := s.fetcher.Fetch(a.ctx, u.url, accepted)
	if lookup.Busy(err) {
		return s.full()
	}
	if err != nil {
		detail := "the document could not be fetched"
		if e, ok := errors.AsType[*fetch.Error](err); ok {
			detail = e.Detail
		}
		return newProblem(http.StatusUnprocessableEntity, "request.url", detail)
	}
	a.pass.Shrink(int64(len(data)))
	u.data = data
	return nil
}

// link takes an object with nothing in it but a URL for the URL of a file. Whatever else is in JSON is a credential,
// or ought to be one. The media type is not asked: curl calls everything a form. Since the object may as well be
// a stranger's file, it does not choose the policy that it is judged by.
func (u *upload) link() *problem {
	if len(u.data) > maxField || !bytes.HasPrefix(bytes.TrimLeft(u.data, " \t\r\n"), []byte("{")) {
		return nil
	}
	v, err := strict.Parse(u.data, strict.Limits{Bytes: maxField})
	if err != nil || v.Get("url").Kind() != strict.String {
		return nil
	}
	switch policy := v.Get("policy").Exists(); {
	case v.Len() == 1:
		u.url, u.data = v.Get("url").Text(), nil
	case v.Len() == 2 && policy:
		return newProblem(http.StatusBadRequest, "request.option", "the policy is named in the URL of the request, as ?policy=NAME, or in a form")
	}
	return nil
}

// query reads what the URL of the request asks for. What it does not know it refuses: a demand, such as "recipient",
// must not go unasked, nor the rest of a URL that was not escaped go missing.
func (u *upload) query(r *http.Request) *problem {
	q, p := parameters(r)
	if p != nil {
		return p
	}
	for name := range q {
		if !slices.Contains(known[r.Method != http.MethodPost], name) {
			return newProblem(http.StatusBadRequest, "request.option", "there is no parameter of that name here; there are "+
				strings.Join(known[r.Method != http.MethodPost], ", ")+", and a form can say more; in the value of \"url\", & is written %26")
		}
	}
	for name, to := range map[string][]*bool{"view": {&u.view, &u.evidence}, "evidence": {&u.evidence}} {
		if !q.Has(name) {
			continue
		}
		on, err := strconv.ParseBool(q.Get(name))
		if err != nil {
			return newProblem(http.StatusBadRequest, "request.option", "the parameter \""+name+"\" is 1 or 0")
		}
		for _, flag := range to {
			*flag = *flag || on
		}
	}
	return onePolicy(&u.policy, q)
}

// known are the parameters of /verify, by whether a URL is asked for.
var known = map[bool][]string{false: {"policy", "view", "evidence"}, true: {"url", "policy", "view", "evidence"}}

// form reads a form: one file, or a "url", and perhaps "policy", "recipient" and "issuer".
func (u *upload) form(body []byte, boundary string) *problem {
	u.data = nil
	seen := map[string]bool{}
	for form := multipart.NewReader(bytes.NewReader(body), boundary); ; {
		part, err := form.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return newProblem(http.StatusBadRequest, "request.form", "the form ends too early, or its parts cannot be told apart")
		}
		name := part.FormName()
		if part.FileName() != "" {
			name = "file"
		}
		if seen[name] {
			return newProblem(http.StatusBadRequest, "request.form", "the form has more than one of the same field")
		}
		seen[name] = true
		if p := u.field(name, part); p != nil {
			return p
		}
	}
	if seen["file"] == seen["url"] {
		return newProblem(http.StatusBadRequest, "request.form", "the form needs a file, or the url of one")
	}
	return nil
}

// field reads one field of a form. There are no others: a demand under a wrong name must not go unasked.
func (u *upload) field(name string, r io.Reader) *problem {
	if name != "file" {
		r = io.LimitReader(r, maxField)
	}
	value, err := io.ReadAll(r)
	if err != nil {
		return newProblem(http.StatusBadRequest, "request.form", "the form ends too early")
	}
	switch name {
	case "file":
		u.data = value
	case "url":
		u.url = strings.TrimSpace(string(value))
	case "policy":
		u.policy = string(value)
	case "issuer":
		u.issuer = strings.TrimSpace(string(value))
	case "recipient":
		return u.who(strings.TrimSpace(string(value)))
	default:
		return newProblem(http.StatusBadRequest, "request.form", "the fields of the form are file, url, policy, recipient and issuer")
	}
	return nil
}

// who reads who must have earned the badge, as TYPE=VALUE; nothing asks for nobody.
func (u *upload) who(s string) *problem {
	if s == "" {
		return nil
	}
	kind, value, ok := strings.Cut(s, "=")
	switch {
	case !ok || kind == "" || value == "":
		return newProblem(http.StatusBadRequest, "request.form", "the recipient is written TYPE=VALUE, such as emailAddress=ada@example.org")
	case kind == "id":
		u.recipient = badge.ID(value)
	default:
		u.recipient = badge.Identifier(kind, value)
	}
	return nil
}

// demand adds what the request demands to a policy. It takes nothing away: an issuer that the policy does not trust
// stays untrusted.
func (u *upload) demand(p *verify.Policy) {
	p.Recipient = u.recipient
	switch {
	case u.issuer == "":
	case p.Issuers.Has(u.issuer):
		p.Issuers = verify.IssuerSet(u.issuer)
	default:
		p.Issuers = verify.IssuerSet()
	}
}

// bundle returns the evidence as it is written to a file; nil where there is none or too much of it.
func bundle(b *fetch.Bundle) any {
	if b == nil {
		return nil
	}
	data, err := b.Marshal()
	if err != nil || len(data) > maxEvidence {
		return nil
	}
	return rawJSON(data)
}

// rawJSON is text that is JSON already.
type rawJSON []byte

func (r rawJSON) MarshalJSON() ([]byte, error) { return r, nil }

// languages returns the languages of a request, best first, as browsers write them: in order.
func languages(r *http.Request) (out []string) {
	header := r.Header.Get("Accept-Language")
	for tag := range strings.SplitSeq(header[:min(len(header), 256)], ",") {
		tag, _, _ = strings.Cut(tag, ";")
		if tag = strings.TrimSpace(tag); tag != "" && tag != "*" {
			out = append(out, tag)
		}
	}
	return out
}
