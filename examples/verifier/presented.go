package main

import (
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
)

// presents shows who presents how many credentials.
func (t *text) presents(r *verify.Report) {
	who := r.Credential.Holder
	switch proof, _ := r.Check("proof"); {
	case who == "":
		who = "nobody in particular: the presentation does not say"
	case proof.Outcome == verify.Skipped:
		who += ", as it says, unproved"
	}
	t.field("presented", "by "+who)
	t.field("holds", credentials(len(r.Credentials)))
}

func credentials(n int) string { return count(n, "credential", "credentials") }

// containers says what each credential of a presentation is written as.
func containers(r *verify.Report, p *vc.Presentation) {
	if r == nil {
		return
	}
	for i, report := range r.Credentials {
		c := p.Credentials()[i].Credential
		switch {
		case c == nil:
		case c.Format() == vc.DataIntegrity, c.Format() == vc.Unsecured:
			report.Container = "json"
		default:
			report.Container = string(c.Format())
		}
	}
}

// presented writes the report about each credential inside, indented, so that none of their verdicts
// stands where that of the whole does. Of many, those that are valid are told in a line each.
func (t *text) presented(r *verify.Report, p *vc.Presentation) {
	for i, report := range r.Credentials {
		b := opened(p.Credentials()[i].Credential)
		t.line(2, span{plain, "credential " + strconv.Itoa(i+1) + " of " + strconv.Itoa(len(r.Credentials)) + ": "}, verdict(report))
		if b != nil {
			b = b.In(t.languages...)
		}
		inner := *t
		inner.indent += 2
		if i >= maxFull {
			inner.more(report, b, 2)
			continue
		}
		inner.whole(report, b)
	}
}

// holderWord says whose the key is, and what is known about holder and subjects.
func holderWord(c verify.Result) string {
	same, open := 0, 0
	for _, p := range c.Parts {
		switch {
		case p.Check != "holder.subject":
		case p.Outcome == verify.Passed:
			same++
		default:
			open++
		}
	}
	said := []string{"the key is the holder's"}
	switch {
	case open == 0 && same > 0:
		said = append(said, "who is the subject of every credential")
	case open > 0:
		said = append(said, "who may be another than the subject of "+credentials(open))
	}
	return strings.Join(said, ", ")
}
