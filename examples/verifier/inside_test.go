package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestInsideIsShown: what is inside a credential is told with its own verdict, indented below that of the whole.
func TestInsideIsShown(t *testing.T) {
	for name, tc := range map[string]struct {
		verdict string
		lines   []string
	}{
		"endorsed-credential.json": {"✓ VALID", []string{"    ✓ VALID  Example Council (did:web:council.example.org) endorses the badge", "“Well made, and fairly assessed.”", "every endorsement that counts is valid"}},
		"endorsed-expired.json":    {"✗ INVALID", []string{"    ✗ INVALID  Example Council (did:web:council.example.org) is said to endorse", "An endorsement does not pass: the credential was valid until"}},
		"clr-endorsed.json":        {"✓ VALID", []string{"    ✓ VALID  Teamwork, Badge, by Example University", "      ✓ VALID  Example Council (did:web:council.example.org) endorses the badge"}},
		"clr-endorsed-expired.json": {"✗ INVALID", []string{"    ✓ VALID  Teamwork, Badge, by Example University",
			"    ✗ INVALID  Teamwork, Badge, by Example University", "      ✗ INVALID  Example Council (did:web:council.example.org) is said to"}},
		"simple.json": {"✓ VALID", nil},
	} {
		out, _, _ := execute(t, "", "--evidence", evidence, filepath.Join(testdata, "badges", name))
		if !strings.HasPrefix(out, tc.verdict) {
			t.Errorf("%s: %s", name, out)
		}
		for _, l := range tc.lines {
			if !strings.Contains(out, l) {
				t.Errorf("%s does not say %q:\n%s", name, l, out)
			}
		}
		if tc.lines == nil && strings.Count(out, "VALID") != 1 {
			t.Errorf("%s has another verdict than its own:\n%s", name, out)
		}
	}
}
