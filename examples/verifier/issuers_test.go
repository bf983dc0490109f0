package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// issuers is where the badges are that look like those of issuers in circulation.
var issuers = filepath.Join(testdata, "issuers")

// issuerCase is one line of testdata/issuers/issuers.json. Checks has outcome and reason of every check that is
// not skipped as absent.
type issuerCase struct {
	Name      string            `json:"name"`
	Issuer    string            `json:"issuer"`
	File      string            `json:"file"`
	At        string            `json:"at"`
	Issuers   []string          `json:"issuers"`
	Recipient string            `json:"recipient"`
	Verdict   string            `json:"verdict"`
	Checks    map[string]string `json:"checks"`
	Warnings  []string          `json:"warnings"`
	SignedBy  string            `json:"signedBy"`
}

// issuerCases reads the table; unknown members are fatal.
func issuerCases(t *testing.T) []issuerCase {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(issuers, "issuers.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []issuerCase
	strictly(t, data, &all)
	return all
}

func (c issuerCase) args() []string {
	args := []string{"--json", "--at", c.At, "--evidence", filepath.Join(issuers, "evidence.json")}
	for _, i := range c.Issuers {
		args = append(args, "--issuer", i)
	}
	if c.Recipient != "" {
		args = append(args, "--recipient", c.Recipient)
	}
	return append(args, filepath.Join(issuers, c.File))
}

// outcomes returns the checks of a report as the table has them, and the codes of all warnings.
func (r report) outcomes(t *testing.T) (map[string]string, []string) {
	t.Helper()
	checks, warnings := map[string]string{}, []string{}
	for _, c := range r.Checks {
		checks[c.Check] = strings.TrimSpace(c.Outcome + " " + c.Reason)
		for _, raw := range c.Warnings {
			var w struct{ Code string }
			if err := json.Unmarshal(raw, &w); err != nil {
				t.Fatal(err)
			}
			warnings = append(warnings, w.Code)
		}
	}
	return checks, warnings
}

// TestIssuers runs every badge that looks like one of an issuer in circulation, and compares the report with the
// table: the verdict, the exit status, outcome and reason of each check, and the warnings.
func TestIssuers(t *testing.T) {
	all := issuerCases(t)
	said, used, valid := map[string]map[string]bool{}, map[string]bool{"README.md": true, "evidence.json": true, "issuers.json": true}, 0
	for _, c := range all {
		used[c.File] = true
		if said[c.Issuer] == nil {
			said[c.Issuer] = map[string]bool{}
		}
		said[c.Issuer][c.Verdict] = true
		if c.Verdict == "valid" {
			valid++
		}
		t.Run(c.Name, func(t *testing.T) {
			r, status := invoke(t, c.args()...)
			if r.Verdict != c.Verdict || status != statusOf[c.Verdict] {
				t.Errorf("verdict %s, exit status %d; want %s", r.Verdict, status, c.Verdict)
			}
			got, warnings := r.outcomes(t)
			maps.DeleteFunc(got, func(check, outcome string) bool { return outcome == "skipped absent" })
			if !maps.Equal(got, c.Checks) {
				t.Errorf("got  %v\nwant %v", got, c.Checks)
			}
			if !slices.Equal(warnings, c.Warnings) {
				t.Errorf("warnings %v; want %v", warnings, c.Warnings)
			}
			if t.Failed() {
				for _, k := range r.Checks {
					t.Logf("%s %v", k.Check, k.Problems)
				}
			}
		})
	}
	files, err := os.ReadDir(issuers)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !used[f.Name()] {
			t.Errorf("%s stands in no case", f.Name())
		}
	}
	for issuer, verdicts := range said {
		if !verdicts["invalid"] && !verdicts["indeterminate"] {
			t.Errorf("%s has no badge that fails", issuer)
		}
	}
	if len(all) != 43 || len(said) != 12 || valid != 19 {
		t.Errorf("%d cases of %d issuers, %d of them valid: the table has changed", len(all), len(said), valid)
	}
}

// TestHostedInWords holds what a person reads about a hosted badge to what was checked: no signature was.
func TestHostedInWords(t *testing.T) {
	for file, signed := range map[string]bool{"credly-2.json": false, "badgr-2.png": false, "credly-3.json": true} {
		t.Run(file, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			status := run(t.Context(), []string{"--evidence", filepath.Join(issuers, "evidence.json"), filepath.Join(issuers, file)},
				strings.NewReader(""), &stdout, &stderr)
			said := stdout.String()
			if status != exitValid || strings.Contains(said, "signature") != signed || strings.Contains(said, "Open Badges 2.0") == signed {
				t.Errorf("status %d, %s%s", status, said, stderr.String())
			}
		})
	}
}
