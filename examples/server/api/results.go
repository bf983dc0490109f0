package api

import (
	"encoding/json"
	"net/http"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// item is one result in the form of VCALM: what was checked, and whether that was right.
type item struct {
	Verified bool             `json:"verified"`
	Input    json.RawMessage  `json:"input,omitempty"`
	Problems []verify.Problem `json:"problemDetails,omitempty"`
}

// credentialResults are the results for a credential, by the properties of the data model.
type credentialResults struct {
	ValidFrom        *item  `json:"validFrom,omitempty"`
	ValidUntil       *item  `json:"validUntil,omitempty"`
	CredentialSchema []item `json:"credentialSchema"`
	CredentialStatus []item `json:"credentialStatus"`
	Proof            []item `json:"proof"`
}

// presentationResults are those for a presentation, and for each credential in it.
type presentationResults struct {
	Presentation struct {
		Holder *item  `json:"holder,omitempty"`
		Proof  []item `json:"proof"`
	} `json:"presentation"`
	Credentials []vcalmResult `json:"credentials"`
}

// vcalmResult is the answer that the draft "VCALM" asks for.
type vcalmResult struct {
	Verified       bool             `json:"verified"`
	Credential     json.RawMessage  `json:"credential,omitempty"`
	Presentation   json.RawMessage  `json:"verifiablePresentation,omitempty"`
	ProblemDetails []verify.Problem `json:"problemDetails,omitempty"`
	Results        any              `json:"results,omitempty"`
	Policy         *policyNote      `json:"policy,omitempty"` // no member of the draft
}

// vcalm puts that answer together, with what the request wants returned, and with the policy where that does not
// tie keys to issuers, whether the request wants to know or not.
func vcalm(d *judged, q *request, at place) *vcalmResult {
	out := &vcalmResult{Verified: d.report.Verdict == verify.Valid}
	if d.unbound {
		out.Policy = &d.policy
	}
	if q.problems {
		out.ProblemDetails = problems(d.report)
	}
	if q.results || at.presentation {
		out.Results = results(d, at)
	}
	if q.returned {
		if at.presentation {
			out.Presentation = json.RawMessage(q.raw)
		} else {
			out.Credential = json.RawMessage(q.raw)
		}
	}
	return out
}

// results returns the results for what was judged; nil where nothing could be read.
func results(d *judged, at place) any {
	if d.badge == nil {
		return nil
	}
	if !at.presentation {
		return ofCredential(d.badge.Credential(), d.report)
	}
	p := d.badge.Presentation()
	out := &presentationResults{Credentials: []vcalmResult{}}
	proof, _ := d.report.Check("proof")
	out.Presentation.Proof = items(p.Proofs(), proof)
	if h := p.Value().Get("holder"); h.Exists() {
		holder, _ := d.report.Check("holder")
		out.Presentation.Holder = &item{Verified: holder.Outcome == verify.Passed, Input: json.RawMessage(h.Raw())}
	}
	inside := p.Credentials()
	for _, r := range d.report.Credentials {
		if r.Within != "credentials" {
			continue
		}
		inner := vcalmResult{Verified: r.Verdict == verify.Valid, ProblemDetails: problems(r)}
		if len(inside) > 0 {
			if inside[0].Credential != nil {
				inner.Results = ofCredential(inside[0].Credential, r)
			}
			inside = inside[1:]
		}
		out.Credentials = append(out.Credentials, inner)
	}
	return out
}

// ofCredential returns the results for one credential, in the order of its own entries.
func ofCredential(c *vc.Credential, r *verify.Report) *credentialResults {
	validity, _ := r.Check("validity")
	schema, _ := r.Check("schema")
	status, _ := r.Check("status")
	proof, _ := r.Check("proof")
	return &credentialResults{
		ValidFrom:        bound(c, validity, "validity.not_yet", "validFrom", "issuanceDate"),
		ValidUntil:       bound(c, validity, "validity.expired", "validUntil", "expirationDate"),
		CredentialSchema: items(c.Schemas(), schema),
		CredentialStatus: items(c.Status(), status),
		Proof:            items(c.Proofs(), proof),
	}
}

// bound returns the result for one end of the period of validity, by whichever name the data model gives it.
func bound(c *vc.Credential, r verify.Result, code string, names ...string) *item {
	for _, name := range names {
		v := c.Value().Get(name)
		if !v.Exists() {
			continue
		}
		_, err := vc.ParseTime(v.Text())
		out := &item{Verified: err == nil && (r.Outcome == verify.Passed || r.Outcome == verify.Failed), Input: json.RawMessage(v.Raw())}
		for _, p := range r.Problems {
			if p.Code == code {
				out.Verified = false
				out.Problems = append(out.Problems, p)
			}
		}
		return out
	}
	return nil
}

// items returns a result for each value: its part of the check where each has one, or else what the check as a
// whole came to.
func items(values []strict.Value, check verify.Result) []item {
	out := []item{}
	for i, v := range values {
		part := check
		if len(check.Parts) == len(values) {
			part = check.Parts[i]
		}
		out = append(out, item{Verified: part.Outcome == verify.Passed, Input: json.RawMessage(v.Raw()), Problems: part.Problems})
	}
	return out
}

// healthz says that the process answers, and nothing about whether it has room.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) {
	answerJSON(w, http.StatusOK, map[string]string{"status": "ok"})
}

// readyz says whether to send requests here: not while the server shuts down or is full.
func (s *Server) readyz(w http.ResponseWriter, _ *http.Request) {
	switch {
	case s.draining.Load():
		newProblem(http.StatusServiceUnavailable, "server.draining", "the server is shutting down").write(w)
	case s.gate.Full():
		newProblem(http.StatusServiceUnavailable, "server.overloaded", "the server has as many requests under way as it can hold").write(w)
	default:
		answerJSON(w, http.StatusOK, map[string]string{"status": "ready"})
	}
}
