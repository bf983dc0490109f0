package api

import (
	"net/http"

	"github.com/badgeproof/badgeproof/verify"
)

// place is one of the two endpoints of the VC-API.
type place struct {
	members      []string // of the request, each of which may hold the evidence
	presentation bool
	purpose      string // of the proofs that are verified here
	kind         string
}

var (
	credentials   = place{[]string{"verifiableCredential"}, false, "assertionMethod", "a verifiable credential"}
	presentations = place{[]string{"verifiablePresentation", "presentation"}, true, "authentication", "a verifiable presentation"}
)

// verifyCredential answers POST /credentials/verify.
func (s *Server) verifyCredential(w http.ResponseWriter, r *http.Request) { s.vcapi(w, r, credentials) }

// verifyPresentation answers POST /presentations/verify.
func (s *Server) verifyPresentation(w http.ResponseWriter, r *http.Request) {
	s.vcapi(w, r, presentations)
}

// vcapi answers 200 where the verdict is valid, and 400 where it is not or the request makes no sense: with a body of
// the same form always, and never with 5xx for what a body holds. VCALM answers 200 with any verdict.
func (s *Server) vcapi(w http.ResponseWriter, r *http.Request, at place) {
	a, p := s.read(w, r)
	if p != nil {
		s.refuse(w, p)
		return
	}
	defer a.leave()
	q, p := readRequest(r, a.body, at)
	if p != nil {
		s.refuse(w, p)
		return
	}
	query, p := parameters(r)
	if p == nil {
		p = onePolicy(&q.policy, query)
	}
	if p != nil {
		s.refuse(w, p)
		return
	}
	j, p := s.judgeOf(q.policy, q.asksIssuer())
	if p != nil {
		s.refuse(w, p)
		return
	}
	d := s.open(j, []byte(q.text))
	if p := at.takes(d); p != nil {
		s.refuse(w, p)
		return
	}
	if p := s.decide(a.ctx, w, j, &d, q.demand, false); p != nil {
		s.refuse(w, p)
		return
	}
	if s.o.VCALM {
		answerJSON(w, http.StatusOK, vcalm(&d, q, at))
		return
	}
	answerJSON(w, statusOf(d.report), respond(&d, at))
}

// takes refuses a presentation where credentials are verified, and the other way round.
func (at place) takes(d judged) *problem {
	if d.badge == nil || (d.badge.Presentation() != nil) == at.presentation {
		return nil
	}
	return newProblem(http.StatusBadRequest, "request.kind", "what was sent is not "+at.kind)
}

func statusOf(r *verify.Report) int {
	if r.Verdict == verify.Valid {
		return http.StatusOK
	}
	return http.StatusBadRequest
}

// refuse answers a request that was not verified. Where the server cannot take it at all, a problem is enough.
func (s *Server) refuse(w http.ResponseWriter, p *problem) {
	if p.status >= http.StatusInternalServerError || p.status == http.StatusTooManyRequests {
		p.write(w)
		return
	}
	if s.o.VCALM {
		answerJSON(w, p.status, vcalmResult{ProblemDetails: []verify.Problem{p.Problem}})
		return
	}
	answerJSON(w, p.status, response{Checks: []string{}, Warnings: []string{}, Errors: []string{p.Detail}, ProblemDetails: []verify.Problem{p.Problem}})
}
