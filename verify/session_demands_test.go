package verify_test

import (
	"context"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// TestJudgeLevels: a level of the policy is about its own check and the absence of evidence alone. It neither hides
// nor decides what the check itself came to.
func TestJudgeLevels(t *testing.T) {
	absent, blocked := verify.Result{Outcome: verify.Skipped, Reason: "absent"}, verify.Result{Outcome: verify.Skipped, Reason: "blocked"}
	passed := verify.Result{Outcome: verify.Passed}
	problem := func(code string) verify.Result { return verify.Findings("", &strict.Error{Code: code, Offset: -1}) }
	for name, tc := range map[string]struct {
		level   verify.Level
		result  verify.Result
		outcome verify.Outcome
		reason  string
		verdict verify.Verdict
	}{
		"required and absent":     {verify.Required, absent, verify.Failed, "status.required", verify.Invalid},
		"required and there":      {verify.Required, passed, verify.Passed, "", verify.Valid},
		"required and open":       {verify.Required, problem("status.unreachable"), verify.Undecided, "status.unreachable", verify.Indeterminate},
		"required and bad":        {verify.Required, problem("status.revoked"), verify.Failed, "status.revoked", verify.Invalid},
		"required and blocked":    {verify.Required, blocked, verify.Skipped, "blocked", verify.Indeterminate},
		"not required and absent": {verify.IfPresent, absent, verify.Skipped, "absent", verify.Valid},
		"not required and bad":    {verify.IfPresent, problem("status.revoked"), verify.Failed, "status.revoked", verify.Invalid},
		"advisory and bad":        {verify.Advisory, problem("status.revoked"), verify.Passed, "", verify.Valid},
		"off and bad":             {verify.Off, problem("status.revoked"), verify.Skipped, "off", verify.Valid},
		"off and absent":          {verify.Off, absent, verify.Skipped, "off", verify.Valid},
	} {
		p := anyone()
		p.Status = tc.level
		r := judge(t, p, func(context.Context, *verify.Session) verify.Judgement {
			all := passing()
			tc.result.Check = "status"
			all[5] = tc.result
			return verify.Judgement{Checks: all}
		})
		if s := check(t, r, "status"); s.Outcome != tc.outcome || s.Reason != tc.reason || r.Verdict != tc.verdict {
			t.Errorf("%s: %v, %+v", name, r.Verdict, s)
		}
		if s := check(t, r, "status"); (tc.level == verify.Advisory) != warns(s, "status.revoked") {
			t.Errorf("%s: warnings %v", name, s.Warnings)
		}
	}
}

// TestJudgeNow: without a moment in the policy it is that of the clock.
func TestJudgeNow(t *testing.T) {
	before := time.Now().Add(-time.Second)
	p := anyone()
	p.At = time.Time{}
	r := judge(t, p, func(_ context.Context, s *verify.Session) verify.Judgement {
		if at := s.At(); at.Before(before) || at.After(time.Now()) || !s.Late(now.AddDate(-20, 0, 0)) {
			t.Errorf("judged for %v", at)
		}
		return verify.Judgement{Checks: passing()}
	})
	if r.Verdict != verify.Valid || r.At.Before(before) {
		t.Errorf("%v at %v", r.Verdict, r.At)
	}
}

// TestSessionFetchers: a fetcher that does not tell who answered is taken by the URL that was asked, and none leaves
// everything open.
func TestSessionFetchers(t *testing.T) {
	w := newWorld(t)
	w.host.Put("https://a.example/1", "application/json", []byte("{}"))
	ask := func(v *verify.Verifier, url, from, code string) {
		t.Helper()
		_, _ = v.Judge(t.Context(), anyone(), func(ctx context.Context, s *verify.Session) verify.Judgement {
			body, got, err := s.Fetch(ctx, url, "*/*", "/x")
			if e, ok := errors.AsType[*strict.Error](err); ok != (code != "") || ok && (e.Code != code || e.Pointer != "/x" || body != nil) || got != from {
				t.Errorf("%s: %q from %q, %v", url, body, got, err)
			}
			return verify.Judgement{}
		})
	}
	ask(w.verifier, "https://a.example/1", "https://a.example/1", "")
	ask(w.verifier, "https://a.example/2", "", "resource.unreachable")
	alone, err := verify.New(verify.Config{})
	if err != nil {
		t.Fatal(err)
	}
	ask(alone, "https://a.example/1", "", "resource.unreachable")
}

// compact signs a compact JWS with this header by a new key, and returns it with the key in PEM.
func compact(t *testing.T, header string) (jws, key string) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	input := encode([]byte(header)) + "." + encode([]byte("{}"))
	return input + "." + encode(ed25519.Sign(private, []byte(input))), string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

// TestSessionSignature: a signature holds by the key given and an algorithm that is allowed, or is refused by a code.
func TestSessionSignature(t *testing.T) {
	good, key := compact(t, `{"alg":"EdDSA"}`)
	_, other := compact(t, `{"alg":"EdDSA"}`)
	none, noneKey := compact(t, `{"alg":"none"}`)
	for name, tc := range map[string]struct {
		suites    []string
		jws, pem  string
		alg, code string
	}{
		"no suites named":           {nil, good, key, "EdDSA", ""},
		"the suite allowed":         {[]string{"RS256", "EdDSA"}, good, key, "EdDSA", ""},
		"another suite allowed":     {[]string{"RS256"}, good, key, "EdDSA", "proof.suite_not_allowed"},
		"no suite allowed":          {[]string{}, good, key, "EdDSA", "proof.suite_not_allowed"},
		"somebody else's key":       {nil, good, other, "EdDSA", "proof.signature"},
		"no key":                    {nil, good, "", "EdDSA", "key.malformed"},
		"an algorithm that is none": {nil, none, noneKey, "", "jwt.header"},
	} {
		p := anyone()
		p.Suites = tc.suites
		j, err := vc.ParseJWS([]byte(tc.jws), vc.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = newWorld(t).verifier.Judge(t.Context(), p, func(_ context.Context, s *verify.Session) verify.Judgement {
			alg, err := s.Signature(j, tc.pem)
			e, ok := errors.AsType[*strict.Error](err)
			if alg != tc.alg || (err == nil) != (tc.code == "") || ok && e.Code != tc.code {
				t.Errorf("%s: %q, %v", name, alg, err)
			}
			return verify.Judgement{}
		})
	}
}

// TestSessionTrust: what is asked is enough, less is not, and where everybody is trusted the report says that nobody
// asked.
func TestSessionTrust(t *testing.T) {
	for name, tc := range map[string]struct {
		issuers         verify.Issuers
		demand, binding verify.Binding
		outcome, trust  verify.Outcome
		reason          string
	}{
		"everybody":      {verify.UnsafeAnyIssuer(), 0, verify.IssuerController, verify.Skipped, verify.Skipped, "not_asked"},
		"trusted":        {verify.IssuerSet("https://a.example"), 0, verify.IssuerController, verify.Passed, verify.Passed, ""},
		"untrusted":      {verify.IssuerSet("https://b.example"), 0, verify.IssuerController, verify.Failed, verify.Failed, "issuer.untrusted"},
		"bound as asked": {verify.UnsafeAnyIssuer(), verify.IssuerController, verify.IssuerController, verify.Skipped, verify.Skipped, "not_asked"},
		"bound by less":  {verify.UnsafeAnyIssuer(), verify.IssuerController, verify.IssuerOrigin, verify.Undecided, verify.Skipped, "issuer.unbound"},
	} {
		p := verify.Policy{Issuers: tc.issuers, Binding: tc.demand, At: now}
		judge(t, p, func(_ context.Context, s *verify.Session) verify.Judgement {
			r := s.Issuer("https://a.example", "/i", tc.binding, nil)
			if r.Outcome != tc.outcome || tc.reason != "" && r.Reason != tc.reason || len(r.Parts) != 2 || r.Parts[0].Outcome != tc.trust {
				t.Errorf("%s: %+v", name, r)
			}
			return verify.Judgement{}
		})
	}
}

// earner matches the credential with this id.
type earner string

func (e earner) Match(c *vc.Credential) verify.Result {
	if c.ID() == string(e) {
		return verify.Findings("")
	}
	return verify.Findings("", problemOf("recipient.mismatch"))
}

// TestSessionRecipient: the recipient of the policy is asked about the credential that is handed over, not about another.
func TestSessionRecipient(t *testing.T) {
	for id, want := range map[string]verify.Result{"urn:x:1": {Outcome: verify.Passed}, "urn:x:2": {Outcome: verify.Failed, Reason: "recipient.mismatch"}} {
		c, err := vc.Parse([]byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"`+id+`","type":["VerifiableCredential"],"issuer":"urn:x:a","credentialSubject":{}}`), vc.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		p := anyone()
		p.Recipient = earner("urn:x:1")
		judge(t, p, func(_ context.Context, s *verify.Session) verify.Judgement {
			if r := s.Recipient(c); r.Check != "recipient" || r.Outcome != want.Outcome || r.Reason != want.Reason {
				t.Errorf("%s: %+v", id, r)
			}
			return verify.Judgement{}
		})
	}
}

// TestLevelsFurtherIn: only that there must be one is asked of the outermost alone. What stands further in counts as
// the policy says, and one that is bad is not excused by being deep.
func TestLevelsFurtherIn(t *testing.T) {
	c := newCast(t, verify.Limits{})
	expired := c.endorsement(map[string]any{"validUntil": "2026-06-01T00:00:00Z"})
	around := func(inside []byte) []byte {
		return c.badge(c.endorser.Sign(c.around(map[string]any{"id": "urn:uuid:8", "issuer": c.endorser.ID}, inside), suite))
	}
	data := around(expired)
	for level, verdict := range map[verify.Level]verify.Verdict{verify.Required: verify.Invalid, verify.IfPresent: verify.Invalid, verify.Advisory: verify.Valid} {
		r := c.verify(t, data, looking(level, nil))
		code := map[verify.Verdict]string{verify.Invalid: "validity.expired"}[verdict]
		want(t, r, verdict, inner, code)
		want(t, r.Credentials[0], verdict, inner, code)
		if level == verify.Advisory && !warns(check(t, r.Credentials[0], inner), "validity.expired") {
			t.Errorf("no warning: %s", dump(r))
		}
		want(t, r.Credentials[0].Credentials[0], verify.Invalid, "validity", "validity.expired")
	}
	want(t, c.verify(t, around(c.endorsement(nil)), looking(verify.Required, nil)), verify.Valid, "", "")
}
