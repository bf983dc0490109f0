package verify_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// passing are results with which evidence is valid.
func passing() []verify.Result {
	var all []verify.Result
	for _, name := range []string{"parse", "model", "proof", "issuer", "validity", "status", "schema", "resources", "recipient"} {
		all = append(all, verify.Result{Check: name, Outcome: verify.Passed})
	}
	return all
}

func judge(t *testing.T, p verify.Policy, f func(context.Context, *verify.Session) verify.Judgement) *verify.Report {
	t.Helper()
	r, err := newWorld(t).verifier.Judge(t.Context(), p, f)
	if r == nil {
		t.Fatal(err)
	}
	if (err == nil) != (r.Verdict == verify.Valid) {
		t.Errorf("verdict %v with the error %v", r.Verdict, err)
	}
	return r
}

// TestJudge is valid if every check has one answer, and none is bad.
func TestJudge(t *testing.T) {
	answer := func(edit func([]verify.Result) []verify.Result) func(context.Context, *verify.Session) verify.Judgement {
		return func(context.Context, *verify.Session) verify.Judgement {
			return verify.Judgement{Format: "x", Binding: verify.Certificate, Checks: edit(passing()), Judged: 7}
		}
	}
	same := func(all []verify.Result) []verify.Result { return all }
	if r := judge(t, anyone(), answer(same)); r.Verdict != verify.Valid || r.Judged != 7 || r.Format != "x" || r.Binding != verify.Certificate || len(r.Checks) != 9 || r.Checks[0].Check != "parse" {
		t.Errorf("report %+v", r)
	}
	own := anyone()
	own.Profile = []verify.ProfileCheck{{Name: "own", Inside: func(*vc.Credential) verify.Nested { return verify.Nested{} }}}
	for name, c := range map[string]struct {
		policy verify.Policy
		edit   func([]verify.Result) []verify.Result
		check  string
	}{
		"nothing":      {anyone(), func([]verify.Result) []verify.Result { return nil }, "parse"},
		"one missing":  {anyone(), func(all []verify.Result) []verify.Result { return all[:8] }, "recipient"},
		"one twice":    {anyone(), func(all []verify.Result) []verify.Result { return append(all, all[2]) }, "proof"},
		"own, missing": {own, same, "own"},
	} {
		t.Run(name, func(t *testing.T) {
			r := judge(t, c.policy, answer(c.edit))
			if r.Verdict != verify.Indeterminate || !has(check(t, r, c.check), "check.unanswered") {
				t.Errorf("verdict %v, %+v", r.Verdict, r.Checks)
			}
		})
	}
	for code, edit := range map[string]func(p *verify.Policy){
		"status.required":   func(p *verify.Policy) { p.Status = verify.Required },
		"schema.required":   func(p *verify.Policy) { p.Schema = verify.Required },
		"resource.required": func(p *verify.Policy) { p.Resources = verify.Required },
	} {
		p := anyone()
		edit(&p)
		r := judge(t, p, answer(func(all []verify.Result) []verify.Result {
			for i := 5; i < 8; i++ {
				all[i] = verify.Result{Check: all[i].Check, Outcome: verify.Skipped, Reason: "absent"}
			}
			return all
		}))
		if r.Verdict != verify.Invalid || r.Checks == nil {
			t.Errorf("%s: verdict %v", code, r.Verdict)
		}
	}
	if _, err := newWorld(t).verifier.Judge(t.Context(), anyone(), nil); !errors.Is(err, verify.ErrPolicy) {
		t.Errorf("nobody judged: %v", err)
	}
	if _, err := newWorld(t).verifier.Judge(t.Context(), verify.Policy{}, answer(same)); !errors.Is(err, verify.ErrPolicy) {
		t.Errorf("a policy without issuers: %v", err)
	}
}

// moving is a fetcher that says who answered.
type moving struct{ *verifytest.Host }

func (m moving) FetchFrom(ctx context.Context, url, accept string) ([]byte, string, string, error) {
	body, media, err := m.Fetch(ctx, url, accept)
	return body, media, "https://elsewhere.example/", err
}

// TestSession has what a session offers.
func TestSession(t *testing.T) {
	host := &verifytest.Host{}
	host.Put("https://a.example/1", "application/json", []byte("{}"))
	v, err := verify.New(verify.Config{Resources: moving{host}, Limits: verify.Limits{Lookups: 1}})
	if err != nil {
		t.Fatal(err)
	}
	p := verify.Policy{Issuers: verify.IssuerSet("https://b.example", "https://a.example"), At: now, Skew: time.Second, Suites: []string{"EdDSA"}}
	r, _ := v.Judge(t.Context(), p, func(ctx context.Context, s *verify.Session) verify.Judgement {
		if ids, any := s.Trusted(); any || strings.Join(ids, " ") != "https://a.example https://b.example" || !s.Trusts("https://a.example") || s.Trusts("https://c.example") {
			t.Errorf("trusted are %v, %v", ids, any)
		}
		if !s.At().Equal(now) || s.Early(now.Add(time.Second)) || !s.Early(now.Add(2*time.Second)) || s.Late(now.Add(-time.Second)) || !s.Late(now.Add(-2*time.Second)) {
			t.Error("the moment is another")
		}
		for range 2 { // the second time it costs nothing
			if body, from, err := s.Fetch(ctx, "https://a.example/1", "*/*", "/x"); err != nil || string(body) != "{}" || from != "https://elsewhere.example/" {
				t.Errorf("fetched %q from %s, %v", body, from, err)
			}
		}
		_, _, err := s.Fetch(ctx, "https://a.example/2", "*/*", "/y")
		if e, ok := errors.AsType[*strict.Error](err); !ok || e.Code != "budget" || e.Pointer != "/y" {
			t.Errorf("beyond the budget: %v", err)
		}
		j, err := vc.ParseJWS([]byte("eyJhbGciOiJSUzI1NiJ9.e30.AAAA"), vc.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		alg, err := s.Signature(j, "")
		if e, ok := errors.AsType[*strict.Error](err); !ok || alg != "RS256" || e.Code != "proof.suite_not_allowed" {
			t.Errorf("%s: %v", alg, err)
		}
		return verify.Judgement{Checks: []verify.Result{s.Issuer("https://c.example", "/i", verify.IssuerOrigin, nil)}}
	})
	if !has(check(t, r, "issuer"), "issuer.untrusted") || len(r.Sources) != 1 || r.NextChange.IsZero() {
		t.Errorf("report %+v", r)
	}
}

// TestSessionIssuer has the ways in which evidence is tied to its issuer, or is not.
func TestSessionIssuer(t *testing.T) {
	p := verify.Policy{Issuers: verify.IssuerSet("https://a.example"), At: now}
	for name, c := range map[string]struct {
		binding verify.Binding
		unbound *strict.Error
		demand  verify.Binding
		outcome verify.Outcome
		reason  string
	}{
		"bound":           {verify.IssuerOrigin, nil, 0, verify.Passed, ""},
		"less than asked": {verify.IssuerOrigin, nil, verify.IssuerController, verify.Undecided, "issuer.unbound"},
		"not at all":      {verify.Unbound, nil, 0, verify.Skipped, "blocked"},
		"contradicted":    {verify.Unbound, &strict.Error{Code: "hosted.scope"}, 0, verify.Failed, "hosted.scope"},
	} {
		p.Binding = c.demand
		judge(t, p, func(_ context.Context, s *verify.Session) verify.Judgement {
			if r := s.Issuer("https://a.example", "/i", c.binding, c.unbound); r.Outcome != c.outcome || r.Reason != c.reason {
				t.Errorf("%s: %v, %s", name, r.Outcome, r.Reason)
			}
			return verify.Judgement{}
		})
	}
}
