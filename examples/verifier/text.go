package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

// ANSI colours.
const (
	green  = "\x1b[32m"
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	grey   = "\x1b[90m"
	bold   = "\x1b[1m"
	reset  = "\x1b[0m"
)

// text writes one report for a person.
type text struct {
	b      *strings.Builder
	colour bool
}

func (t *text) paint(colour, s string) string {
	if !t.colour {
		return s
	}
	return colour + s + reset
}

func (t *text) line(indent int, s string) {
	t.b.WriteString(strings.Repeat(" ", indent))
	t.b.WriteString(s)
	t.b.WriteByte('\n')
}

// field writes a label and a stranger's words, wrapped to the width of a terminal.
func (t *text) field(label, value string) {
	if value == "" {
		return
	}
	for paragraph := range strings.Lines(value) {
		for _, l := range wrap(printable(paragraph), 74) {
			t.line(2, fmt.Sprintf("%-11s %s", label, l))
			label = ""
		}
	}
}

// report writes the verdict first, then what the badge says, then each check.
func (t *text) report(r *verify.Report, b *badge.Badge) {
	t.line(0, t.verdict(r)+"  "+printable(r.Input))
	if why := firstReason(r); why != "" {
		for _, l := range wrap(printable(why), 84) {
			t.line(2, l)
		}
	}
	t.statement(r, b)
	t.line(0, "")
	for _, c := range r.Checks {
		t.check(r, c)
	}
	t.line(0, "")
	if b != nil && b.Presentation() != nil {
		t.presented(r, b.Presentation())
	} else {
		t.inside(r, 2)
	}
	t.line(2, t.paint(grey, fmt.Sprintf("judged for %s with %s", r.At.Format(time.RFC3339), documents(len(r.Sources)))))
}

// verdict is the verdict with its sign.
func (t *text) verdict(r *verify.Report) string {
	sign, colour, word := "?", yellow, "COULD NOT DECIDE"
	switch r.Verdict {
	case verify.Valid:
		sign, colour, word = "✓", green, "VALID"
	case verify.Invalid:
		sign, colour, word = "✗", red, "INVALID"
	}
	return t.paint(bold+colour, sign+" "+word)
}

// statement shows what the credential or presentation says; b is nil for an input that is neither.
func (t *text) statement(r *verify.Report, b *badge.Badge) {
	if b == nil {
		return
	}
	t.line(0, "")
	if r.Verdict != verify.Valid {
		t.line(2, t.paint(grey, "What the "+kindWord(b)+" says, which nobody vouches for:"))
	}
	if b.Presentation() != nil {
		t.presents(r)
	} else {
		t.says(r, b)
	}
}

func documents(n int) string {
	switch n {
	case 0:
		return "nothing looked up"
	case 1:
		return "1 document looked up"
	}
	return strconv.Itoa(n) + " documents looked up"
}

// firstReason is the sentence that explains a verdict other than valid.
func firstReason(r *verify.Report) string {
	want := verify.Failed
	switch r.Verdict {
	case verify.Valid:
		return ""
	case verify.Indeterminate:
		want = verify.Undecided
	}
	for _, c := range r.Checks {
		if c.Outcome == want && len(c.Problems) > 0 {
			i := slices.IndexFunc(c.Problems, func(p verify.Problem) bool { return p.Code == c.Reason })
			return sentence(c.Problems[max(i, 0)].Detail)
		}
	}
	return ""
}

// check writes one check with its sign, and what to know where it did not pass.
func (t *text) check(r *verify.Report, c verify.Result) {
	sign, colour, word := "?", yellow, "could not be decided"
	switch c.Outcome {
	case verify.Passed:
		sign, colour, word = "✓", green, passedWord(r, c)
	case verify.Failed:
		sign, colour, word = "✗", red, "failed"
	case verify.Skipped:
		sign, colour, word = "–", grey, skippedWord(r, c)
	}
	label := t.paint(colour, fmt.Sprintf("%s %-19s", sign, c.Check)) + " "
	for _, l := range wrap(printable(word), 64) {
		t.line(2, label+l)
		label = strings.Repeat(" ", 22)
	}
	for _, p := range c.Problems {
		t.problem(p)
	}
	for _, w := range c.Warnings {
		t.note("note: " + sentence(w.Detail) + place(w))
	}
	for _, h := range c.Hints {
		if c.Outcome == verify.Passed {
			t.note("note: " + h)
		} else {
			t.note("likely cause: " + h)
		}
	}
	for _, part := range c.Parts {
		if part.Suite != "" && len(c.Parts) > 1 {
			t.note(part.Suite + ": " + part.Outcome.String() + parenthesized(part.Reason))
		}
		for _, w := range part.Warnings {
			t.note("note: " + sentence(w.Detail) + place(w))
		}
		for _, h := range part.Hints {
			t.note("note: " + h)
		}
	}
}

func (t *text) problem(p verify.Problem) {
	t.note(sentence(p.Detail) + place(p))
	t.line(24, t.paint(grey, "code "+p.Code))
}

func (t *text) note(s string) {
	for _, l := range wrap(printable(s), 64) {
		t.line(24, l)
	}
}

func parenthesized(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

// place says where a problem is: by its pointer, and by the byte where the text could not be read on.
func place(p verify.Problem) string {
	switch {
	case p.Offset != nil && p.Pointer != "":
		return " [at " + p.Pointer + ", byte " + strconv.Itoa(*p.Offset) + "]"
	case p.Offset != nil:
		return " [at byte " + strconv.Itoa(*p.Offset) + "]"
	case p.Pointer != "":
		return " [at " + p.Pointer + "]"
	}
	return ""
}

// sentence gives a detail its capital letter and full stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	if s[0] >= 'a' && s[0] <= 'z' && !strings.Contains(strings.Fields(s)[0], ":") {
		s = strings.ToUpper(s[:1]) + s[1:]
	}
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}

// wrap breaks s at spaces into lines of at most width characters, and a longer word wherever its line
// is full: else a stranger's word could run on to the left edge of the terminal, where verdicts stand.
func wrap(s string, width int) []string {
	var lines []string
	line, n := "", 0
	for _, word := range words(s, width) {
		w := len([]rune(word))
		if n > 0 && n+1+w > width {
			lines, line, n = append(lines, line), "", 0
		}
		if n > 0 {
			line, n = line+" ", n+1
		}
		line, n = line+word, n+w
	}
	if n > 0 {
		lines = append(lines, line)
	}
	return lines
}

// words cuts s at spaces, and into pieces of at most width characters.
func words(s string, width int) []string {
	var out []string
	for _, word := range strings.Fields(s) {
		for piece := range slices.Chunk([]rune(word), width) {
			out = append(out, string(piece))
		}
	}
	return out
}
