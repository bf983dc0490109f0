package badge_test

import (
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

// TestTolerance has deviations of issuers in circulation: breaches to Conform and to a strict policy, warnings
// to any other. What goes one step further fails.
func TestTolerance(t *testing.T) {
	const otherContext = `"https://example.edu/a", "https://purl.imsglobal`
	for name, c := range map[string]struct{ text, old, new, further, want string }{
		"context further back": {minimal, `"https://purl.imsglobal`, otherContext,
			strings.Replace(otherContext, "imsglobal", "example", 1), "badge.context /@context/1"},
		"kind of achievement without prefix": {full, "ext:Micro", "Program", "Pro gram",
			"badge.value /credentialSubject/achievement/achievementType"},
		"image by its URI": {full, `{"id": "https://example.edu/i", "type": "Image", "caption": "c"}`, `"https://example.edu/i"`, `"an image"`,
			"badge.type /image"},
		"two statuses": {full, `"credentialStatus": {"id": "urn:status", "type": "BitstringStatusListEntry"}`,
			`"credentialStatus": [{"id": "urn:status", "type": "BitstringStatusListEntry"}, {"id": "urn:status:2", "type": "BitstringStatusListEntry"}]`,
			`"refreshService": [{"id": "urn:r", "type": "a"}, {"id": "urn:r:2", "type": "a"}]`, "badge.type /credentialStatus"},
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, change(t, c.text, c.old, c.new))
			if got := places(badge.Conform(b.Credential())); got != c.want {
				t.Errorf("breaches %s", got)
			}
			r := check(t, b)
			code, pointer, _ := strings.Cut(c.want, " ")
			if r.Outcome != verify.Passed || len(r.Warnings) != 1 || r.Warnings[0].Code != code || r.Warnings[0].Pointer != pointer {
				t.Errorf("%v with %v", r.Outcome, r.Warnings)
			}
			if r := strictly(t, b); r.Outcome != verify.Failed || r.Reason != code {
				t.Errorf("strictly %v %s", r.Outcome, r.Reason)
			}
			if r := check(t, open(t, change(t, c.text, c.old, c.further))); r.Outcome != verify.Failed || r.Reason != code {
				t.Errorf("one step further %v %s", r.Outcome, r.Reason)
			}
		})
	}
}
