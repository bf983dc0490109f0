package verify_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// world is a host that remembers what was asked for, and a verifier that asks it.
type world struct {
	host     *verifytest.Host
	verifier *verify.Verifier
}

func newWorld(t testing.TB) *world { return newWorldWith(t, verify.Limits{}) }

func newWorldWith(t testing.TB, limits verify.Limits) *world {
	t.Helper()
	host := &verifytest.Host{}
	v, err := verify.New(verify.Config{Keys: keys.Default(host), Status: host, Schemas: host, Resources: host, Limits: limits})
	if err != nil {
		t.Fatal(err)
	}
	return &world{host, v}
}

const suite = "eddsa-rdfc-2022"

var now = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// anyone is the laxest policy that tests start from.
func anyone() verify.Policy { return verify.Policy{Issuers: verify.UnsafeAnyIssuer(), At: now} }

// verify parses and verifies; the report's error must agree with its verdict.
func (w *world) verify(t testing.TB, data []byte, p verify.Policy) *verify.Report {
	t.Helper()
	c, err := vc.Parse(data, vc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := w.verifier.Verify(t.Context(), c, p)
	if r == nil {
		t.Fatal(err)
	}
	wantErr := map[verify.Verdict]error{verify.Invalid: verify.ErrInvalid, verify.Indeterminate: verify.ErrIndeterminate}[r.Verdict]
	if !errors.Is(err, wantErr) {
		t.Errorf("verdict %v with the error %v", r.Verdict, err)
	}
	return r
}

func has(c verify.Result, code string) bool {
	if slices.ContainsFunc(c.Problems, func(p verify.Problem) bool { return p.Code == code }) {
		return true
	}
	return slices.ContainsFunc(c.Parts, func(p verify.Result) bool { return has(p, code) })
}

func warns(c verify.Result, code string) bool {
	return slices.ContainsFunc(c.Warnings, func(p verify.Problem) bool { return p.Code == code }) ||
		slices.ContainsFunc(c.Parts, func(p verify.Result) bool { return warns(p, code) })
}

func check(t testing.TB, r *verify.Report, name string) verify.Result {
	t.Helper()
	c, ok := r.Check(name)
	if !ok {
		t.Fatalf("the report has no check %s", name)
	}
	return c
}

// want compares a report with a verdict and, where it is not valid, with the check and the code that
// must have led there.
func want(t testing.TB, r *verify.Report, verdict verify.Verdict, name, code string) {
	t.Helper()
	if r.Verdict != verdict {
		t.Errorf("verdict %v, want %v: %s", r.Verdict, verdict, dump(r))
	}
	if code == "" {
		return
	}
	c := check(t, r, name)
	if !has(c, code) {
		t.Errorf("check %s does not have %s: %s", name, code, dump(r))
	}
	if verdict == verify.Invalid && c.Outcome != verify.Failed || verdict == verify.Indeterminate && c.Outcome != verify.Undecided {
		t.Errorf("check %s ended %v: %s", name, c.Outcome, dump(r))
	}
}

func dump(r *verify.Report) string {
	out, _ := json.Marshal(r.Checks)
	return string(out)
}

// replace changes the one occurrence of old in a document.
func replace(t testing.TB, document []byte, old, with string) []byte {
	t.Helper()
	if strings.Count(string(document), old) != 1 {
		t.Fatalf("%q stands %d times in %s", old, strings.Count(string(document), old), document)
	}
	return []byte(strings.Replace(string(document), old, with, 1))
}
