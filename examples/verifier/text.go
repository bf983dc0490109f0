package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

// ANSI colours.
const (
	plain  = ""
	green  = "\x1b[32m"
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	grey   = "\x1b[90m"
	bold   = "\x1b[1m"
	reset  = "\x1b[0m"
)

// Columns where things stand.
const (
	fieldColumn = 14 // what a field says
	checkColumn = 24 // what a check says
)

// text writes one report for a person. Everything goes through line, which makes it safe for a terminal.
type text struct {
	b         *strings.Builder
	colour    bool
	indent    int      // of all that is written: that of a credential inside another
	languages []string // of the reader, best first
	nested    int      // credentials inside that were told of
}

// span is a piece of a line in a colour.
type span struct{ colour, text string }

// line writes a line. No text in it can steer the terminal, whoever wrote it.
func (t *text) line(indent int, spans ...span) {
	t.b.WriteString(strings.Repeat(" ", min(t.indent, maxIndent)+indent))
	for _, s := range spans {
		if s.colour != plain && t.colour {
			t.b.WriteString(s.colour + printable(s.text) + reset)
		} else {
			t.b.WriteString(printable(s.text))
		}
	}
	t.b.WriteByte('\n')
}

// blank writes an empty line.
func (t *text) blank() { t.b.WriteByte('\n') }

// width is how much fits behind a column.
func (t *text) width(column int) int { return columns - column - min(t.indent, maxIndent) }

// block writes lines that begin at a column; the first one stands behind a label.
func (t *text) block(indent, column int, label span, lines []string) {
	for _, l := range lines {
		t.line(indent, span{label.colour, label.text + strings.Repeat(" ", max(column-indent-wide(label.text), 0))}, span{plain, l})
		label = span{}
	}
}

// field writes a label and a name or the like by a stranger.
func (t *text) field(label, value string) {
	t.block(2, fieldColumn, span{plain, label}, wrap(value, t.width(fieldColumn), maxField))
}

// prose writes a label and a longer text by a stranger, whose lines and paragraphs stay apart.
func (t *text) prose(label, value string) {
	t.block(2, fieldColumn, span{plain, label}, paragraphs(value, t.width(fieldColumn), maxText))
}

// list writes a field with several values, and tells how many there are where those are too many.
func (t *text) list(label string, values []string) {
	for i, v := range values {
		if i == maxItems {
			t.field("", "… and "+strconv.Itoa(len(values)-i)+" more")
			return
		}
		t.field(label, v)
	}
}

// report writes the verdict first, then what the badge says, then each check.
func (t *text) report(r *verify.Report, b *badge.Badge) {
	t.line(0, verdict(r), span{plain, "  " + r.Input})
	t.block(2, 2, span{}, wrap(firstReason(r), t.width(2), maxDetail))
	for _, cause := range causes(r) {
		t.block(2, 2, span{}, wrap("Likely cause: "+cause, t.width(2), maxDetail))
	}
	t.whole(r, b)
	switch {
	case b == nil:
	case b.Presentation() != nil:
		t.presented(r, b.Presentation())
	}
	t.line(2, span{grey, fmt.Sprintf("judged for %s with %s", r.At.Format(time.RFC3339), documents(len(r.Sources)))})
}

// whole writes all about one credential but its verdict: what it says, what is inside, and each check.
func (t *text) whole(r *verify.Report, b *badge.Badge) {
	t.statement(r, b)
	t.blank()
	if b == nil || b.Presentation() == nil {
		t.inside(r, b)
	}
	for _, c := range r.Checks {
		t.check(r, c)
	}
	t.blank()
}

// verdict is the verdict with its sign.
func verdict(r *verify.Report) span {
	switch r.Verdict {
	case verify.Valid:
		return span{bold + green, "✓ VALID"}
	case verify.Invalid:
		return span{bold + red, "✗ INVALID"}
	}
	return span{bold + yellow, "? COULD NOT DECIDE"}
}

// statement shows what the credential or presentation says; b is nil for an input that is neither.
func (t *text) statement(r *verify.Report, b *badge.Badge) {
	if b == nil {
		return
	}
	t.blank()
	if opaque(b) {
		t.field("format", formatWord(r, b)+", which is not opened here")
		return
	}
	if r.Verdict != verify.Valid {
		t.block(2, 2, span{}, wrap("What the "+kindWord(b)+" says"+vouchedWord(r), t.width(2), maxDetail))
	}
	if b.Presentation() != nil {
		t.presents(r)
	} else {
		t.says(r, b)
	}
}

// vouchedWord says whose word it is that a credential without a verdict of valid states.
func vouchedWord(r *verify.Report) string {
	proof, _ := r.Check("proof")
	issuer, ok := r.Check("issuer")
	switch said := proof.Outcome == verify.Passed && (issuer.Outcome == verify.Passed || issuer.Outcome == verify.Skipped && issuer.Reason == "not_asked"); {
	case !ok || !said:
		return ", which nobody vouches for:"
	case r.Verdict == verify.Invalid:
		return "; its issuer said so, but it is not valid:"
	}
	return "; its issuer said so, but whether it is valid is open:"
}

func documents(n int) string {
	switch n {
	case 0:
		return "nothing fetched"
	case 1:
		return "1 document fetched"
	}
	return strconv.Itoa(n) + " documents fetched"
}
