package main

import (
	"strings"

	"github.com/badgeproof/badgeproof/verify"
)

// insideWords are what the credentials inside another are to it, by the check that judged them.
var insideWords = map[string]string{"badge.endorsements": "endorsement", "clr.credentials": "credential"}

// inside writes a line about each credential inside a credential, and about those inside it in turn: they have
// verdicts of their own, which are indented so that none stands where that of the whole does.
func (t *text) inside(r *verify.Report, indent int) {
	for _, report := range r.Credentials {
		what := insideWords[report.Within]
		if what == "" {
			what = "credential"
		}
		said := what + " at " + report.Pointer
		if report.Credential.Name != "" {
			said += ", " + report.Credential.Name
		}
		if report.Credential.Issuer != "" {
			said += ", by " + report.Credential.Issuer
		}
		if why := firstReason(report); why != "" {
			said += ": " + why
		}
		lines := wrap(printable(said), 70-indent)
		t.line(indent, t.verdict(report)+"  "+strings.Join(lines[:1], ""))
		for _, l := range lines[min(1, len(lines)):] {
			t.line(indent+4, l)
		}
		t.inside(report, indent+2)
	}
	if indent == 2 && len(r.Credentials) > 0 {
		t.line(0, "")
	}
}
