package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/examples/server/lookup"
	"github.com/badgeproof/badgeproof/examples/server/observe"
	"github.com/badgeproof/badgeproof/examples/server/policies"
	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/fetch"
)

// judge is a policy with the verifier that it is applied by. Policies with the same contexts could share one; each
// has its own, since there are few.
type judge struct {
	*policies.Named
	verifier *verify.Verifier
	config   verify.Config
}

func (s *Server) addJudges() error {
	if len(s.o.Policies) == 0 {
		return errors.New("api: a server needs a policy")
	}
	s.judges = map[string]*judge{}
	for i, n := range s.o.Policies {
		if s.judges[n.Name] != nil {
			return fmt.Errorf("api: there are two policies with the name %q", n.Name)
		}
		if i == 0 && n.Unbound() {
			return errors.New("api: the policy \"conformance\" does not tie keys to issuers, and is the default of no server")
		}
		set, err := n.With(s.o.Contexts)
		if err != nil {
			return fmt.Errorf("api: policy %q: %w", n.Name, err)
		}
		j := &judge{Named: n, config: verify.Config{
			Keys: keys.Default(s.fetcher), Status: s.fetcher, Schemas: s.fetcher, Resources: s.fetcher,
			Contexts: set, Limits: verify.Limits{Time: s.o.Timeout}, Clock: s.o.Clock,
		}}
		if j.verifier, err = verify.New(j.config); err != nil {
			return err
		}
		s.judges[n.Name] = j
	}
	return nil
}

// judgeOf returns the policy that a request names; the first where it names none. A policy that does not count
// the check of the issuer cannot answer a request that demands something of the issuer.
func (s *Server) judgeOf(name string, issuer bool) (*judge, *problem) {
	if name == "" {
		name = s.o.Policies[0].Name
	}
	j, ok := s.judges[name]
	switch {
	case !ok:
		return nil, newProblem(http.StatusBadRequest, "request.policy", "this server has no policy of that name")
	case issuer && j.Unbound():
		return nil, newProblem(http.StatusBadRequest, "request.option", "the policy "+name+" does not tie keys to issuers, so that nothing can be demanded of the issuer")
	}
	return j, nil
}

// judged is what came of one verification.
type judged struct {
	report   *verify.Report
	badge    *badge.Badge  // nil where nothing could be read
	evidence *fetch.Bundle // nil unless it was asked for
	policy   policyNote
	unbound  bool // the policy does not tie keys to issuers
}

// policyNote says by which policy a report was made.
type policyNote struct {
	Name string `json:"name"`
	Note string `json:"note,omitempty"`
}

// open reads a file. What is no credential at all is no error of the request: there is a report about it.
func (s *Server) open(j *judge, data []byte) judged {
	b, err := badge.Open(data)
	out := judged{badge: b, policy: policyNote{j.Name, j.Note}, unbound: j.Unbound()}
	if err != nil {
		out.badge = nil
		out.report, _ = verify.Unreadable(err, s.now())
	}
	return out
}

func (s *Server) now() time.Time {
	if s.o.Clock != nil {
		return s.o.Clock()
	}
	return time.Now()
}

// decide judges what was opened by the judge's policy, as the request has changed it. With record, everything is
// looked up anew, by a verifier without memory, so that the evidence is complete.
func (s *Server) decide(ctx context.Context, w http.ResponseWriter, j *judge, d *judged, change func(*verify.Policy), record bool) *problem {
	start := time.Now()
	if d.report == nil {
		v, policy := j.verifier, j.Policy
		if change != nil {
			change(&policy)
		}
		var recorder *fetch.Recorder
		if record {
			ctx, recorder = s.fetcher.Record(ctx)
			var err error
			if v, err = verify.New(j.config); err != nil {
				return newProblem(http.StatusBadRequest, "request.failed", "the verifier could not be made")
			}
		}
		report, err := badge.Verify(ctx, v, d.badge, policy)
		if report == nil {
			return newProblem(http.StatusBadRequest, "request.option", "the policy cannot be used as the request asks: "+err.Error())
		}
		d.report = j.Apply(report)
		if recorder != nil {
			d.evidence = recorder.Bundle()
		}
		if lookup.Busy(err) {
			w.Header().Set("Retry-After", retryAfter)
		}
	} else if record {
		d.evidence = &fetch.Bundle{RecordedAt: d.report.At}
	}
	s.metrics.Verdict(j.Name, j.Unbound(), d.report, time.Since(start))
	note(w, slog.String("policy", j.Name), slog.String("verdict", d.report.Verdict.String()),
		slog.String("format", string(d.report.Format)), slog.String("codes", strings.Join(observe.Codes(d.report), " ")))
	return nil
}
