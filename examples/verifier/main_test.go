package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/badgeproof/badgeproof/verify/fetch"
)

var (
	completePNG = filepath.Join(testdata, "badges", "complete.png")
	simplePNG   = filepath.Join(testdata, "badges", "simple.png")
	simpleJSON  = filepath.Join(testdata, "badges", "simple.json")
	evidence    = filepath.Join(testdata, "evidence", "all.json")
)

// execute runs the program with text output.
func execute(t *testing.T, stdin string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	var out, errs bytes.Buffer
	status = run(t.Context(), args, strings.NewReader(stdin), &out, &errs)
	return out.String(), errs.String(), status
}

func TestMainJob(t *testing.T) {
	out, _, status := execute(t, "", "--evidence", evidence, completePNG)
	if status != exitValid || !strings.HasPrefix(out, "✓ VALID") {
		t.Fatalf("exit status %d:\n%s", status, out)
	}
	if strings.Contains(out, "\x1b") {
		t.Error("colour where the output is no terminal")
	}
	r, _ := invoke(t, "--json", "--evidence", evidence, completePNG)
	want := []string{"parse", "model", "proof", "issuer", "validity", "status", "schema", "resources", "recipient", "badge.conformance", "badge.endorsements", "clr.credentials"}
	var got []string
	for _, c := range r.Checks {
		got = append(got, c.Check)
	}
	if !slices.Equal(got, want) {
		t.Errorf("checks %v, want %v", got, want)
	}
	if r.Container != "png" || r.Format != "data-integrity" || r.Binding != "controller" || len(r.Sources) == 0 {
		t.Errorf("container %q, format %q, binding %q, %d sources", r.Container, r.Format, r.Binding, len(r.Sources))
	}
	if r.check("issuer").Outcome != "skipped" || r.check("issuer").Reason != "not_asked" {
		t.Errorf("without --issuer the report must say so: %+v", r.check("issuer"))
	}
}

// TestOfflineIsUndecided: without a network nobody knows the key of a did:web, or whether a badge
// with a status list is revoked.
func TestOfflineIsUndecided(t *testing.T) {
	r, status := invoke(t, "--json", "--offline", completePNG)
	if status != exitIndeterminate || !r.check("proof").has("key.unresolved") {
		t.Errorf("exit status %d, proof %+v", status, r.check("proof"))
	}
	if c := r.check("status"); c.Outcome != "skipped" || c.Reason != "blocked" {
		t.Errorf("status %+v", c)
	}
	if r, status := invoke(t, "--json", "--offline", simplePNG); status != exitValid {
		t.Errorf("a did:key needs no network: exit status %d, %s", status, r.Verdict)
	}
}

// TestFlippedBytes flips each byte of the baked credential: none of the results is valid.
func TestFlippedBytes(t *testing.T) {
	png, err := os.ReadFile(simplePNG)
	if err != nil {
		t.Fatal(err)
	}
	start := bytes.Index(png, []byte("openbadgecredential"))
	end := bytes.Index(png, []byte("IEND"))
	if start < 0 || end < start {
		t.Fatal("the sample has no credential")
	}
	file := filepath.Join(t.TempDir(), "flipped.png")
	for at := start; at < end; at += 1 + (end-start)/200 {
		flipped := slices.Clone(png)
		flipped[at] ^= 1
		if err := os.WriteFile(file, flipped, 0o600); err != nil {
			t.Fatal(err)
		}
		r, status := invoke(t, "--json", "--offline", file)
		if status != exitInvalid || r.check("parse").Reason == "" {
			t.Fatalf("byte %d flipped: exit status %d, %+v", at, status, r.Checks[0])
		}
	}
}

// TestRecordAndReplay: a report made from recorded evidence is the report that was made when it was
// recorded. The recorder here stands on another replayer's failures, so that no network is needed.
func TestRecordAndReplay(t *testing.T) {
	file := filepath.Join(t.TempDir(), "evidence.json")
	first, status := invoke(t, "--json", "--offline", "--record", file, completePNG)
	if status != exitIndeterminate {
		t.Fatalf("exit status %d", status)
	}
	second, status := invoke(t, "--json", "--evidence", file, completePNG)
	if status != exitIndeterminate || second.At != first.At || second.Verdict != first.Verdict {
		t.Errorf("exit status %d, at %s and %s", status, first.At, second.At)
	}
}

func TestExitStatus(t *testing.T) {
	dir := t.TempDir()
	nonsense := filepath.Join(dir, "nonsense.json")
	if err := os.WriteFile(nonsense, []byte("no credential"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want int
	}{
		{[]string{"-h"}, exitValid},
		{[]string{}, exitUsage},
		{[]string{"--nonsense", simplePNG}, exitUsage},
		{[]string{"--offline", simplePNG, "--issuer", "did:web:nobody.example"}, exitUsage}, // a demand that would go unasked
		{[]string{"--binding", "strong", simplePNG}, exitUsage},
		{[]string{"--at", "yesterday", simplePNG}, exitUsage},
		{[]string{"--at", "2026-11-22T05:00:00", simplePNG}, exitUsage},
		{[]string{"--offline", "--recipient", "", simplePNG}, exitUsage},
		{[]string{"--offline", "--challenge=", simplePNG}, exitUsage},
		{[]string{"--offline", "--domain", "", simplePNG}, exitUsage},
		{[]string{"--offline", "--issuer", "", simplePNG}, exitUsage},
		{[]string{"--offline", "--binding", "", simplePNG}, exitUsage},
		{[]string{"--evidence", "", simplePNG}, exitUsage},
		{[]string{"--offline", "--record", filepath.Join(dir, "none", "x"), simplePNG}, exitNoInput},
		{[]string{"--offline", "--record", filepath.Join(dir, "none", "x"), nonsense}, exitInvalid},
		{[]string{"--at", "0001-01-01T00:00:00Z", simplePNG}, exitUsage},
		{[]string{"--json", "--at", "9999-12-31T23:59:59-01:00", simplePNG}, exitUsage},
		{[]string{"--offline", "--at", "9999-12-31T23:59:59Z", simplePNG}, exitInvalid}, // expired
		{[]string{"--offline", "--at", "0002-01-01T00:00:00Z", simplePNG}, exitInvalid},
		{[]string{"--recipient", "ada", simplePNG}, exitUsage},
		{[]string{"--allow-address", "10.0.0.1", simplePNG}, exitUsage},
		{[]string{"--context", "https://example.org/c", simplePNG}, exitUsage},
		{[]string{"--context", "https://example.org/c=" + nonsense, simplePNG}, exitUsage},
		{[]string{"--evidence", evidence, "--record", "x", simplePNG}, exitUsage},
		{[]string{"--evidence", nonsense, simplePNG}, exitUsage},
		{[]string{"--evidence", filepath.Join(dir, "none"), simplePNG}, exitNoInput},
		{[]string{filepath.Join(dir, "none.png")}, exitNoInput},
		{[]string{"--offline", "https://badges.example.edu/1"}, exitNoInput},
		{[]string{"--offline", nonsense}, exitInvalid},
		{[]string{"--offline", simplePNG, nonsense}, exitInvalid},
		{[]string{"--offline", simplePNG, completePNG}, exitIndeterminate},
		{[]string{"--offline", completePNG, nonsense}, exitInvalid},
		{[]string{"--offline", simplePNG, filepath.Join(dir, "none.png")}, exitNoInput},
		{[]string{"--offline", simplePNG, simpleJSON}, exitValid},
	} {
		if _, stderr, got := execute(t, "", c.args...); got != c.want {
			t.Errorf("%q: exit status %d, want %d; %s", c.args, got, c.want, stderr)
		}
	}
}

func TestInputs(t *testing.T) {
	data, err := os.ReadFile(simpleJSON)
	if err != nil {
		t.Fatal(err)
	}
	var line bytes.Buffer
	if err := json.Compact(&line, data); err != nil {
		t.Fatal(err)
	}
	lines := filepath.Join(t.TempDir(), "badges.ndjson")
	tampered := strings.Replace(line.String(), `"name":"`, `"name":"Not `, 1)
	if err := os.WriteFile(lines, []byte(line.String()+"\n\n"+tampered+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _, status := execute(t, "", "--json", "--offline", lines)
	reports := strings.Split(strings.TrimSpace(out), "\n")
	if status != exitInvalid || len(reports) != 2 || !strings.Contains(reports[0], `"verdict":"valid"`) || !strings.Contains(reports[1], "proof.signature") {
		t.Errorf("exit status %d:\n%s", status, out)
	}
	for _, nothing := range []string{"", "\n", " \n\r\n\t"} {
		empty := filepath.Join(t.TempDir(), "empty.jsonl")
		if err := os.WriteFile(empty, []byte(nothing), 0o600); err != nil {
			t.Fatal(err)
		}
		if r, status := invoke(t, "--json", "--offline", empty); status != exitInvalid || r.check("parse").Outcome != "failed" {
			t.Errorf("no line in %q: exit status %d, %+v", nothing, status, r)
		}
	}
	if _, _, status := execute(t, line.String(), "--offline", "-"); status != exitValid {
		t.Errorf("standard input: exit status %d", status)
	}
	if _, _, status := execute(t, tampered, "--offline", "-"); status != exitInvalid {
		t.Errorf("tampered standard input: exit status %d", status)
	}
}

// TestURLs: an https URL is an input like a file, lines included, and is evidence like everything else.
func TestURLs(t *testing.T) {
	data, err := os.ReadFile(simpleJSON)
	if err != nil {
		t.Fatal(err)
	}
	var line bytes.Buffer
	if err := json.Compact(&line, data); err != nil {
		t.Fatal(err)
	}
	tampered := strings.Replace(line.String(), `"name":"`, `"name":"Not `, 1)
	bundle := &fetch.Bundle{RecordedAt: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}
	for url, body := range map[string]string{
		"https://badges.example.edu/1":         line.String(),
		"https://badges.example.edu/2":         tampered,
		"https://badges.example.edu/all.jsonl": line.String() + "\n" + tampered,
	} {
		bundle.Documents = append(bundle.Documents, fetch.Document{URL: url, FetchedAt: bundle.RecordedAt, Status: 200, MediaType: "application/json", Body: []byte(body)})
	}
	text, err := bundle.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "evidence.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	for url, want := range map[string]struct{ status, reports int }{
		"https://badges.example.edu/1":         {exitValid, 1},
		"https://badges.example.edu/2":         {exitInvalid, 1},
		"https://badges.example.edu/all.jsonl": {exitInvalid, 2},
		"https://badges.example.edu/3":         {exitNoInput, 0},
		"https://badges.example.edu/3.jsonl":   {exitNoInput, 0},
	} {
		out, stderr, status := execute(t, "", "--json", "--evidence", file, url)
		if reports := strings.Count(out, "\n"); status != want.status || reports != want.reports {
			t.Errorf("%s: exit status %d with %d reports; %s", url, status, reports, stderr)
		}
	}
}

// TestLongWords: a word of any length stays in its column.
func TestLongWords(t *testing.T) {
	for _, long := range []string{strings.Repeat("⠀", 500) + "✓⠀VALID", strings.Repeat("x", 5000)} {
		hostile, err := json.Marshal(map[string]any{"@context": []string{"https://www.w3.org/ns/credentials/v2"}, "type": "VerifiableCredential",
			"name": long, "issuer": "did:web:" + long, "validFrom": long, "credentialSubject": map[string]any{"id": long}})
		if err != nil {
			t.Fatal(err)
		}
		out, _, _ := execute(t, string(hostile), "--offline", "-")
		for l := range strings.Lines(out) {
			if n := utf8.RuneCountInString(l); n > 100 {
				t.Errorf("a line of %d characters: %q", n, l)
			}
		}
	}
}

// TestHostileText: what a stranger wrote cannot steer the terminal.
func TestHostileText(t *testing.T) {
	hostile := `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"name":"\u001b[2J\u001b[32m VALID \u202e","issuer":"did:key:\u001b]0;x\u0007"}`
	out, _, status := execute(t, hostile, "--offline", "-")
	if status != exitInvalid || strings.ContainsAny(out, "\x1b\x07\u202e") {
		t.Errorf("exit status %d: %q", status, out)
	}
	// JSON escapes the first 32 characters only; what it says stays the same.
	const name = "\u009b2J\u007f\u202e\u2066 VALID é \U0001f600"
	hostile = `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"name":"` + name + `"}`
	out, _, _ = execute(t, hostile, "--offline", "--json", "-")
	var r struct{ Credential struct{ Name string } }
	if err := json.Unmarshal([]byte(out), &r); err != nil || r.Credential.Name != name {
		t.Errorf("%v: %q", err, r.Credential.Name)
	}
	if strings.ContainsAny(out, "\u009b\u007f\u202e\u2066") || !strings.Contains(out, "é \U0001f600") {
		t.Errorf("%q", out)
	}
}

func TestWrongRecipient(t *testing.T) {
	r, status := invoke(t, "--json", "--offline", "--recipient", "emailAddress=mallory@example.org", simplePNG)
	if status == exitValid || r.check("recipient").Outcome == "passed" {
		t.Errorf("exit status %d, %+v", status, r.check("recipient"))
	}
}

// TestRecipients: of several recipients one has to match, and the report says which identifier did.
func TestRecipients(t *testing.T) {
	const sum = "emailAddress=ada@example.org"
	r, _ := invoke(t, "--json", "--evidence", evidence, "--recipient", "emailAddress=mallory@example.org", "--recipient", sum, completePNG)
	if c := r.check("recipient"); c.Outcome != "passed" || len(c.Parts) != 1 || c.Parts[0].Identity != "emailAddress" || c.Parts[0].Pointer == "" {
		t.Errorf("%+v", c)
	}
	r, _ = invoke(t, "--json", "--evidence", evidence, "--recipient", "emailAddress=mallory@example.org", "--recipient", "emailAddress=Ada@example.org", completePNG)
	if c := r.check("recipient"); c.Outcome != "failed" || !c.has("recipient.mismatch") || len(c.Hints) != 1 {
		t.Errorf("%+v", c)
	}
}

func TestUntrustedIssuerIsNotLookedUp(t *testing.T) {
	r, status := invoke(t, "--json", "--issuer", "did:web:elsewhere.example", "--evidence", evidence, completePNG)
	if status != exitInvalid || !r.check("issuer").has("issuer.untrusted") || len(r.Sources) != 0 {
		t.Errorf("exit status %d, %d sources, %+v", status, len(r.Sources), r.check("issuer"))
	}
}
