package policies_test

import (
	"testing"

	"github.com/badgeproof/badgeproof/examples/server/policies"
	"github.com/badgeproof/badgeproof/verify"
)

// report is one with these outcomes of checks, after those of parse and model, which passed.
func report(checks ...verify.Result) *verify.Report {
	all := []verify.Result{{Check: "parse", Outcome: verify.Passed}, {Check: "model", Outcome: verify.Passed}}
	return &verify.Report{Checks: append(all, checks...)}
}

// result is a check with a problem of its own where there is a code.
func result(check string, o verify.Outcome, reason string) verify.Result {
	r := verify.Result{Check: check, Outcome: o, Reason: reason}
	if o == verify.Failed || o == verify.Undecided {
		r.Problems = []verify.Problem{{Code: reason, Detail: reason + " it is"}}
	}
	return r
}

// TestWaiverDecides: without the check of the issuer, nothing but what passed makes a report valid.
func TestWaiverDecides(t *testing.T) {
	proof, untrusted := result("proof", verify.Passed, ""), result("issuer", verify.Failed, "issuer.unbound")
	for name, tc := range map[string]struct {
		report  *verify.Report
		verdict verify.Verdict
	}{
		"everything passed":           {report(proof, untrusted), verify.Valid},
		"no proof":                    {report(untrusted), verify.Indeterminate},
		"the proof skipped":           {report(result("proof", verify.Skipped, "absent"), untrusted), verify.Indeterminate},
		"the proof failed":            {report(result("proof", verify.Failed, "proof.signature"), untrusted), verify.Invalid},
		"something open":              {report(proof, untrusted, result("status", verify.Undecided, "status.unreachable")), verify.Indeterminate},
		"something blocked":           {report(proof, untrusted, result("status", verify.Skipped, "blocked")), verify.Indeterminate},
		"something switched off":      {report(proof, untrusted, result("status", verify.Skipped, "off")), verify.Valid},
		"no outcome that there is":    {report(proof, untrusted, result("status", 9, "")), verify.Indeterminate},
		"open, then failed":           {report(proof, untrusted, result("status", verify.Undecided, "status.unreachable"), result("validity", verify.Failed, "validity.expired")), verify.Invalid},
		"other checks, but no proof":  {report(untrusted, result("status", verify.Passed, ""), result("schema", verify.Passed, "")), verify.Indeterminate},
		"the model alone not checked": {&verify.Report{Checks: []verify.Result{{Check: "parse", Outcome: verify.Passed}, proof, untrusted, result("status", verify.Passed, "")}}, verify.Indeterminate},
	} {
		r := policies.ConformanceSuites().Apply(tc.report)
		if r.Verdict != tc.verdict {
			t.Errorf("%s: %v", name, r.Verdict)
		}
		issuer, _ := r.Check("issuer")
		if issuer.Outcome != verify.Skipped || issuer.Reason != "off" || len(issuer.Problems) != 0 || len(issuer.Warnings) != 1 || issuer.Warnings[0].Code != "issuer.unbound" {
			t.Errorf("%s: what the issuer's check found is gone: %+v", name, issuer)
		}
		// Without the waiver nothing is decided anew.
		if policies.Open().Apply(tc.report) != tc.report {
			t.Errorf("%s: another report", name)
		}
	}
}

// TestWaiverOfPresentations: a presentation needs the credentials in it, and its own proof unless it has none.
func TestWaiverOfPresentations(t *testing.T) {
	proof, absent := result("proof", verify.Passed, ""), result("proof", verify.Skipped, "absent")
	unbound := result("issuer", verify.Failed, "issuer.unbound")
	good, bad := report(proof, unbound), report(proof, unbound, result("validity", verify.Failed, "validity.expired"))
	open := report(proof, unbound, result("status", verify.Undecided, "status.unreachable"))
	good.Verdict, bad.Verdict, open.Verdict = verify.Invalid, verify.Invalid, verify.Invalid
	for name, tc := range map[string]struct {
		proof   verify.Result
		inner   []*verify.Report
		codes   []string // of the check of the credentials, before
		verdict verify.Verdict
		outcome verify.Outcome
		left    string
	}{
		"a good one":              {proof, []*verify.Report{good}, []string{"issuer.unbound"}, verify.Valid, verify.Passed, ""},
		"a good one, no proof":    {absent, []*verify.Report{good}, []string{"issuer.unbound"}, verify.Valid, verify.Passed, ""},
		"proof switched off":      {result("proof", verify.Skipped, "off"), []*verify.Report{good}, []string{"issuer.unbound"}, verify.Indeterminate, verify.Passed, ""},
		"proof blocked":           {result("proof", verify.Skipped, "blocked"), []*verify.Report{good}, nil, verify.Indeterminate, verify.Passed, ""},
		"none, no proof":          {absent, nil, []string{"model.missing"}, verify.Invalid, verify.Failed, "model.missing"},
		"a bad one behind a good": {proof, []*verify.Report{good, bad}, []string{"issuer.unbound", "validity.expired"}, verify.Invalid, verify.Failed, "validity.expired"},
		"an open one, then a bad": {proof, []*verify.Report{open, bad}, []string{"status.unreachable", "validity.expired"}, verify.Invalid, verify.Failed, "status.unreachable validity.expired"},
		"an open one":             {proof, []*verify.Report{open}, []string{"status.unreachable"}, verify.Indeterminate, verify.Undecided, "status.unreachable"},
		"one that nobody judged":  {proof, []*verify.Report{open}, []string{"other.code", "status.unreachable"}, verify.Indeterminate, verify.Undecided, "status.unreachable"},
	} {
		c := verify.Result{Check: "credentials", Outcome: verify.Failed}
		for _, code := range tc.codes {
			c.Problems, c.Reason = append(c.Problems, verify.Problem{Code: code, Detail: "credential: " + code + " it is"}), tc.codes[0]
		}
		outer := report(tc.proof, c)
		outer.Credentials = tc.inner
		r := policies.ConformanceSuites().Apply(outer)
		got, _ := r.Check("credentials")
		left := ""
		for i, p := range got.Problems {
			if i > 0 {
				left += " "
			}
			left += p.Code
		}
		t.Run(name, func(t *testing.T) {
			if r.Verdict != tc.verdict || got.Outcome != tc.outcome {
				t.Errorf("%v, %+v", r.Verdict, got)
			}
			if got.Reason != first(got.Problems) {
				t.Errorf("the reason is %q", got.Reason)
			}
			if left != tc.left {
				t.Errorf("left are %q", left)
			}
		})
	}
}

func first(all []verify.Problem) string {
	if len(all) == 0 {
		return ""
	}
	return all[0].Code
}

// TestWaiverStaysOutside: what a profile judged inside a credential is left as it is.
func TestWaiverStaysOutside(t *testing.T) {
	inner := report(result("proof", verify.Passed, ""), result("issuer", verify.Failed, "issuer.unbound"))
	inner.Verdict, inner.Within = verify.Invalid, "badge.endorsements"
	outer := report(result("proof", verify.Passed, ""), result("badge.endorsements", verify.Failed, "issuer.unbound"))
	outer.Credentials = []*verify.Report{inner}
	if r := policies.ConformanceSuites().Apply(outer); r.Verdict != verify.Invalid || r.Credentials[0] != inner {
		t.Errorf("%v, %+v", r.Verdict, r.Credentials[0])
	}
	inner.Within = "credentials" // the twin: one of a presentation
	if r := policies.ConformanceSuites().Apply(outer); r.Credentials[0].Verdict != verify.Valid {
		t.Errorf("%+v", r.Credentials[0])
	}
}
