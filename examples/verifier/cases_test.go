package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const testdata = "../../testdata"

// testCase is one line of testdata/cases.json.
type testCase struct {
	Name      string   `json:"name"`
	File      string   `json:"file"`
	Evidence  string   `json:"evidence"`
	At        string   `json:"at"`
	Issuers   []string `json:"issuers"`
	Recipient string   `json:"recipient"`
	Binding   string   `json:"binding"`
	Offline   bool     `json:"offline"`
	Strict    bool     `json:"strict"`
	Challenge string   `json:"challenge"`
	Domain    string   `json:"domain"`
	Verdict   string   `json:"verdict"`
	Check     string   `json:"check"`
	Code      string   `json:"code"`
	SignedBy  string   `json:"signedBy"`
	Note      string   `json:"note"`
}

// report is the JSON contract of the command line, read by its names.
type report struct {
	Input      string          `json:"input"`
	Container  string          `json:"container"`
	Format     string          `json:"format"`
	Verdict    string          `json:"verdict"`
	At         string          `json:"at"`
	Binding    string          `json:"binding"`
	Credential json.RawMessage `json:"credential"`
	Checks     []checkResult   `json:"checks"`
	Nested     []report        `json:"credentials"`
	Sources    []struct {
		URL    string `json:"url"`
		SHA256 string `json:"sha256"`
		Fresh  string `json:"freshUntil"`
	} `json:"sources"`
	NextChange string `json:"nextChange"`
	Pointer    string `json:"pointer"`
	Within     string `json:"within"`
}

type checkResult struct {
	Check    string `json:"check"`
	Outcome  string `json:"outcome"`
	Reason   string `json:"reason"`
	Suite    string `json:"suite"`
	Profile  string `json:"profile"`
	Problems []struct {
		Type    string  `json:"type"`
		Title   string  `json:"title"`
		Detail  string  `json:"detail"`
		Code    string  `json:"code"`
		Pointer *string `json:"pointer"`
		Offset  *int    `json:"offset"`
	} `json:"problems"`
	Warnings []json.RawMessage `json:"warnings"`
	Hints    []string          `json:"hints"`
	Identity string            `json:"identity"`
	Pointer  string            `json:"pointer"`
	Parts    []checkResult     `json:"parts"`
}

func (r report) check(name string) checkResult {
	for _, c := range r.Checks {
		if c.Check == name {
			return c
		}
	}
	return checkResult{}
}

func (c checkResult) has(code string) bool {
	for _, p := range c.Problems {
		if p.Code == code {
			return true
		}
	}
	for _, part := range c.Parts {
		if part.has(code) {
			return true
		}
	}
	return false
}

// strictly decodes JSON into v; unknown members are fatal.
func strictly(t *testing.T, data []byte, v any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		t.Fatalf("%v in %.300s", err, data)
	}
}

// cases returns the table that was made together with the files.
func cases(t *testing.T) []testCase {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(testdata, "cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []testCase
	strictly(t, data, &all)
	return all
}

func (c testCase) args(more ...string) []string {
	args := append([]string{"--json", "--at", c.At}, more...)
	if c.Evidence != "" {
		args = append(args, "--evidence", filepath.Join(testdata, c.Evidence))
	}
	for _, i := range c.Issuers {
		args = append(args, "--issuer", i)
	}
	if c.Recipient != "" {
		args = append(args, "--recipient", c.Recipient)
	}
	if c.Binding != "" {
		args = append(args, "--binding", c.Binding)
	}
	if c.Offline {
		args = append(args, "--offline")
	}
	if c.Strict {
		args = append(args, "--strict")
	}
	if c.Challenge != "" {
		args = append(args, "--challenge", c.Challenge)
	}
	if c.Domain != "" {
		args = append(args, "--domain", c.Domain)
	}
	return append(args, filepath.Join(testdata, c.File))
}

// invoke runs the program and reads its one report.
func invoke(t *testing.T, args ...string) (report, int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status := run(t.Context(), args, strings.NewReader(""), &stdout, &stderr)
	if stderr.Len() > 0 {
		t.Fatalf("%q: %s", args, stderr.String())
	}
	var r report
	strictly(t, stdout.Bytes(), &r)
	return r, status
}

var statusOf = map[string]int{"valid": exitValid, "invalid": exitInvalid, "indeterminate": exitIndeterminate}

// TestCases runs every sample and compares verdict, exit status, check and code with the table.
func TestCases(t *testing.T) {
	all := cases(t)
	valid := 0
	for _, c := range all {
		t.Run(c.Name, func(t *testing.T) {
			r, status := invoke(t, c.args()...)
			if r.Verdict != c.Verdict || status != statusOf[c.Verdict] {
				t.Errorf("verdict %s, exit status %d; want %s", r.Verdict, status, c.Verdict)
			}
			if c.Check != "" && !r.check(c.Check).has(c.Code) {
				t.Errorf("check %s has no problem %s", c.Check, c.Code)
			}
			for _, k := range r.Checks {
				if k.Reason == "absent" && absentWords[k.Check] == "" {
					t.Errorf("nothing says what the check %s found none of", k.Check)
				}
			}
			if t.Failed() {
				for _, k := range r.Checks {
					t.Logf("%s %s %s %v", k.Check, k.Outcome, k.Reason, k.Problems)
				}
			}
		})
		if c.Verdict == "valid" {
			valid++
		} else if c.Check == "" || c.Code == "" {
			t.Errorf("%s: a case that is not valid needs a check and a code", c.Name)
		}
	}
	if len(all) < 100 || valid < 30 {
		t.Errorf("%d cases, %d of them valid: the table has shrunk", len(all), valid)
	}
}

// TestEverySampleHasACase finds samples that no test looks at.
func TestEverySampleHasACase(t *testing.T) {
	used := map[string]bool{}
	for _, c := range cases(t) {
		used[c.File] = true
	}
	for _, folder := range []string{"badges", "presentations"} {
		files, err := filepath.Glob(filepath.Join(testdata, folder, "*"))
		if err != nil || len(files) == 0 {
			t.Fatal("no samples", folder, err)
		}
		for _, f := range files {
			if rel, _ := filepath.Rel(testdata, f); !used[filepath.ToSlash(rel)] {
				t.Errorf("%s stands in no case", rel)
			}
		}
	}
}
