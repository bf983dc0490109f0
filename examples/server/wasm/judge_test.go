//go:build !js

package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/fetch"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

const testdata = "../../../testdata/"

var moment = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(testdata + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// offline is a page that fetches nothing.
type offline struct{}

func (offline) FetchFrom(_ context.Context, url, _ string) ([]byte, string, string, error) {
	return relayed{offline: true}.document(url)
}

func (o offline) Fetch(ctx context.Context, url, accept string) ([]byte, string, error) {
	body, mediaType, _, err := o.FetchFrom(ctx, url, accept)
	return body, mediaType, err
}

// fetching is a page that fetches from hosts in memory.
type fetching struct{ *verifytest.Host }

func (f fetching) FetchFrom(ctx context.Context, url, accept string) ([]byte, string, string, error) {
	body, mediaType, err := f.Fetch(ctx, url, accept)
	return body, mediaType, url, err
}

func reasonOf(r *verify.Report, check string) string {
	c, _ := r.Check(check)
	return c.Reason
}

// Everything in the test data that is judged for the time of its evidence comes out as it does elsewhere.
func TestJudgeTestdata(t *testing.T) {
	var cases []struct {
		Name, File, Evidence, Verdict         string
		At                                    time.Time
		Binding, Recipient, Challenge, Domain string
		Issuers                               any
		Offline                               bool
	}
	if err := json.Unmarshal(read(t, "cases.json"), &cases); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, c := range cases {
		if c.Binding+c.Recipient+c.Challenge+c.Domain != "" || c.Issuers != nil || c.Offline || !c.At.Equal(moment) ||
			c.Evidence != "evidence/all.json" || !strings.HasPrefix(c.File, "badges/") {
			continue // judged by more than the page asks for
		}
		got := judge(t.Context(), read(t, c.File), options{Evidence: string(read(t, c.Evidence))}, offline{}, time.Now())
		if got.Refused != nil {
			t.Errorf("%s: refused: %s", c.Name, got.Refused.Reason)
		} else if v := got.Report.Verdict.String(); v != c.Verdict || got.Badge.Verdict != v || !got.Report.At.Equal(moment) {
			t.Errorf("%s: %s at %v, want %s", c.Name, v, got.Report.At, c.Verdict)
		}
		n++
	}
	if n < 80 {
		t.Errorf("only %d cases", n)
	}
}

func TestJudgeWithoutLookups(t *testing.T) {
	for file, want := range map[string]string{"badges/simple.json": "valid", "badges/simple.png": "valid", "badges/complete.png": "indeterminate", "badges/text-truncated.json": "invalid", "badges/baked-nothing.png": "invalid"} {
		got := judge(t.Context(), read(t, file), options{}, offline{}, moment)
		if got.Report.Verdict.String() != want {
			t.Errorf("%s: %s", file, got.Report.Verdict)
		}
		if b, err := fetch.ParseBundle(got.Evidence); err != nil || len(b.Documents) != 0 {
			t.Errorf("%s: the evidence of no lookups is %s", file, got.Evidence)
		}
	}
}

func TestJudgeByThePage(t *testing.T) {
	host := fetching{new(verifytest.Host)}
	i := verifytest.NewIssuer("did:web:issuer.example", keys.Ed25519)
	i.Publish(host.Host)
	badge := i.Sign(verifytest.Badge(i.ID, nil), "eddsa-rdfc-2022")
	for _, c := range []struct {
		o              options
		verdict, check string
		reason         string
	}{
		{options{}, "valid", "recipient", "not_asked"},
		{options{Recipient: "did:example:ada"}, "valid", "recipient", ""},
		{options{Recipient: "did:example:eve"}, "invalid", "recipient", "recipient.mismatch"},
		{options{Recipient: "ada@example.org"}, "indeterminate", "recipient", "recipient.unidentified"},
		{options{Issuer: i.ID}, "valid", "issuer", ""},
		{options{Issuer: "did:web:other.example"}, "invalid", "issuer", "issuer.untrusted"},
	} {
		got := judge(t.Context(), badge, c.o, host, moment)
		if v, r := got.Report.Verdict.String(), reasonOf(got.Report, c.check); v != c.verdict || r != c.reason && c.reason != "" {
			t.Errorf("%+v: %s, %s", c.o, v, r)
		}
		if c.verdict != "valid" {
			continue
		}
		again := judge(t.Context(), badge, options{Evidence: string(got.Evidence)}, offline{}, time.Now())
		if again.Report == nil || again.Report.Verdict != verify.Valid {
			t.Errorf("with its own evidence it is %+v", again)
		}
	}
	host.Fail("https://issuer.example/.well-known/did.json", &fetch.Error{Reason: fetch.ReasonNetwork, Detail: "gone"})
	if got := judge(t.Context(), badge, options{}, host, moment); got.Report.Verdict != verify.Indeterminate || reasonOf(got.Report, "proof") != "key.unresolved" {
		t.Errorf("without the key it is %s", got.Report.Verdict)
	}
}

// What is given beside the badge and cannot be used is no verdict.
func TestRefused(t *testing.T) {
	for _, text := range []string{"{", `{"version":2,"recordedAt":"2026-11-22T00:00:00Z","documents":[]}`, "null"} {
		got := judge(t.Context(), read(t, "badges/simple.json"), options{Evidence: text}, offline{}, moment)
		if got.Report != nil || got.Refused == nil || !got.Refused.Bundle || got.Refused.Reason == "" {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func TestRun(t *testing.T) {
	text, err := run(t.Context(), read(t, "badges/simple.png"), `{"languages":["de","en"]}`, offline{})
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Report   struct{ Verdict, Container string }
		Badge    struct{ Name, Kind string }
		Evidence struct{ Version int }
		Refused  any
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil || got.Report.Container != "png" || got.Badge.Name == "" || got.Badge.Kind != "badge" || got.Evidence.Version != 1 || got.Refused != nil {
		t.Errorf("%v: %+v", err, got)
	}
	for _, bad := range []string{"", "[]", "{", `{"recipient":1}`} {
		if _, err := run(t.Context(), nil, bad, offline{}); err == nil {
			t.Errorf("the options %q are taken", bad)
		}
	}
}

// Nothing of the library's that opens connections is called: the program is no larger for it.
func TestOpensNoConnection(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 5 {
		t.Fatal(err, files)
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(f, "_test.go") && (strings.Contains(string(text), "net/http") || strings.Contains(string(text), "fetch.New(")) {
			t.Errorf("%s fetches by itself", f)
		}
	}
}
