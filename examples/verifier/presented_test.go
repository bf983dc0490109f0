package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func presentationFile(name string) string { return filepath.Join(testdata, "presentations", name) }

// flat is a text without its line ends and indents.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

// TestPresentationText: the text says who presents, and what is known of each credential.
func TestPresentationText(t *testing.T) {
	const holder = "did:key:z6MkvWQ1A7PWeWkJ2ANEojw1iCYhkHzoznEChoMs7rJD8NFr"
	for _, c := range []struct {
		file         string
		status       int
		says, silent []string
	}{
		{"vp-two.json", exitValid, []string{
			"✓ VALID  ", "presented   by " + holder, "holds       2 credentials", "the key is the holder's, who is the subject of every credential",
			"credential 1 of 2: ✓ VALID", "credential 2 of 2: ✓ VALID", "Leadership", "read from JSON", "note: No challenge was asked for",
		}, []string{"unproved", "nobody vouches", "likely cause"}},
		{"vp-jwt-2.0.jwt", exitValid, []string{"read from a JWT", "credential 2 of 2"}, nil},
		{"vp-unsigned.json", exitValid, []string{"as it says,", "unproved", "nobody signed the presentation"}, []string{"the key is the holder's"}},
		{"vp-credential-tampered-second.json", exitInvalid, []string{
			"✗ INVALID  ", "credential 1 of 2: ✓ VALID", "credential 2 of 2: ✗ INVALID", "What the presentation says, which nobody vouches for",
			"What the badge says, which nobody vouches for", "code proof.signature",
		}, nil},
		{"vp-credential-key-gone.json", exitIndeterminate, []string{"? COULD NOT DECIDE  ", "credential 2 of 2: ? COULD NOT DECIDE"}, nil},
		{"vp-stolen-credential.json", exitInvalid, []string{"code holder.mismatch"}, nil},
		{"vp-empty.json", exitInvalid, []string{"holds       0 credentials", "code credential.missing"}, nil},
		{"vp-jwt-credential-is-text.jwt", exitInvalid, []string{"credential 1 of 1: ✗ INVALID"}, []string{"Leadership"}},
	} {
		out, _, status := execute(t, "", "--evidence", evidence, presentationFile(c.file))
		if status != c.status {
			t.Errorf("%s: exit status %d, want %d", c.file, status, c.status)
		}
		for _, s := range c.says {
			if !strings.Contains(out, s) && !strings.Contains(flat(out), s) {
				t.Errorf("%s does not say %q:\n%s", c.file, s, out)
			}
		}
		for _, s := range c.silent {
			if strings.Contains(out, s) {
				t.Errorf("%s says %q:\n%s", c.file, s, out)
			}
		}
		for i, line := range strings.Split(out, "\n") {
			if i > 0 && line != "" && !strings.HasPrefix(line, "  ") {
				t.Errorf("%s: line %d stands where verdicts do: %s", c.file, i, line)
			}
		}
	}
}

// TestPresentationReport: the JSON has a report about each credential, by its name.
func TestPresentationReport(t *testing.T) {
	r, status := invoke(t, "--json", "--evidence", evidence, presentationFile("vp-enveloped.json"))
	if status != exitValid || r.Container != "json" || len(r.Nested) != 2 {
		t.Fatalf("exit status %d: %+v", status, r)
	}
	if r.Nested[0].Container != "json" || r.Nested[1].Container != "jwt" || r.Nested[1].Verdict != "valid" || r.Nested[0].check("proof").Outcome != "passed" {
		t.Errorf("nested %+v", r.Nested)
	}
	holder := r.check("holder")
	if len(holder.Parts) != 3 || holder.Parts[0].Check != "holder.binding" || holder.Parts[2].Check != "holder.subject" || holder.Parts[2].Outcome != "passed" {
		t.Errorf("holder %+v", holder)
	}
	if !strings.Contains(string(r.Credential), `"holder":"did:key:`) {
		t.Errorf("summary %s", r.Credential)
	}
}
