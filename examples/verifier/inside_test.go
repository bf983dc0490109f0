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
		"endorsed-credential.json": {"✓ VALID", []string{"  ✓ VALID  endorsement at /endorsement/0, Endorsement, by", "every endorsement is valid"}},
		"endorsed-expired.json":    {"✗ INVALID", []string{"  ✗ INVALID  endorsement at /endorsement/0, Endorsement, by"}},
		"clr-endorsed.json":        {"✓ VALID", []string{"  ✓ VALID  credential at /credentialSubject/verifiableCredential/1", "    ✓ VALID  endorsement at /endorsement/0"}},
		"clr-endorsed-expired.json": {"✗ INVALID", []string{"  ✓ VALID  credential at /credentialSubject/verifiableCredential/0",
			"  ✗ INVALID  credential at /credentialSubject/verifiableCredential/1", "    ✗ INVALID  endorsement at /endorsement/0"}},
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
