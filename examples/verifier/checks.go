package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/verify"
)

// firstReason is the sentence that explains a verdict other than valid. Where that is about a credential inside, it
// is what explains the verdict of that one.
func firstReason(r *verify.Report) string {
	c, ok := decisive(r)
	if !ok {
		return ""
	}
	failed := " does not pass: "
	if r.Verdict == verify.Indeterminate {
		failed = " could not be decided: "
	}
	for _, n := range r.Credentials {
		if inside := insideWords[n.Within]; n.Within == c.Check && n.Verdict == r.Verdict && inside.one != "" && firstReason(n) != "" {
			return "An " + inside.one + failed + lower(firstReason(n))
		}
	}
	return sentence(c.Problems[max(slices.IndexFunc(c.Problems, func(p verify.Problem) bool { return p.Code == c.Reason }), 0)].Detail)
}

// causes are the first likely causes of a verdict other than valid. The check has all of them.
func causes(r *verify.Report) []string {
	c, _ := decisive(r)
	return c.Hints[:min(len(c.Hints), maxCauses)]
}

// decisive is the first check that decided a verdict other than valid.
func decisive(r *verify.Report) (verify.Result, bool) {
	want := verify.Failed
	switch r.Verdict {
	case verify.Valid:
		return verify.Result{}, false
	case verify.Indeterminate:
		want = verify.Undecided
	}
	i := slices.IndexFunc(r.Checks, func(c verify.Result) bool { return c.Outcome == want && len(c.Problems) > 0 })
	if i < 0 {
		return verify.Result{}, false
	}
	return r.Checks[i], true
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
	t.block(2, checkColumn, span{colour, sign + " " + c.Check}, wrap(word, t.width(checkColumn), maxDetail))
	t.found(c)
	signatures := 0
	for _, part := range c.Parts {
		if part.Suite != "" {
			signatures++
		}
	}
	for i, part := range c.Parts {
		if i == maxItems {
			t.note(span{}, andMore(len(c.Parts)-i))
			break
		}
		if part.Suite != "" && signatures > 1 {
			t.note(span{}, part.Suite+": "+part.Outcome.String()+parenthesized(part.Reason))
		}
		if c.Outcome != verify.Skipped || word != hint(part) {
			t.found(verify.Result{Outcome: part.Outcome, Warnings: part.Warnings, Hints: part.Hints})
		}
	}
}

// found writes what was found: problems, then warnings, which do not count against the credential, then hints, which
// are no findings at all.
func (t *text) found(c verify.Result) {
	for i, p := range c.Problems {
		if i == maxItems {
			t.note(span{}, andMore(len(c.Problems)-i))
			break
		}
		t.note(span{}, sentence(p.Detail))
		t.note(span{grey, "code "}, p.Code+place(p))
	}
	for i, w := range c.Warnings {
		if i == maxItems {
			t.note(span{yellow, "warning: "}, andMore(len(c.Warnings)-i))
			break
		}
		t.note(span{yellow, "warning: "}, sentence(w.Detail)+parenthesized(strings.TrimSpace(place(w))))
	}
	sign := span{grey, "note: "}
	if c.Outcome == verify.Failed || c.Outcome == verify.Undecided {
		sign.text = "likely cause: "
	}
	for _, h := range c.Hints[:min(len(c.Hints), maxItems)] {
		t.note(sign, h)
	}
}

func andMore(n int) string { return "… and " + strconv.Itoa(n) + " more, which --json prints" }

// note writes a sentence below a check, behind a sign that says what it is.
func (t *text) note(sign span, s string) {
	for i, l := range wrap(sign.text+s, t.width(checkColumn), maxDetail) {
		if rest, ok := strings.CutPrefix(l, sign.text); ok && i == 0 {
			t.line(checkColumn, sign, span{plain, rest})
		} else {
			t.line(checkColumn, span{plain, l})
		}
	}
}

func hint(c verify.Result) string {
	if len(c.Hints) > 0 {
		return c.Hints[0]
	}
	return ""
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
		return " at " + p.Pointer + ", byte " + strconv.Itoa(*p.Offset)
	case p.Offset != nil:
		return " at byte " + strconv.Itoa(*p.Offset)
	case p.Pointer != "":
		return " at " + p.Pointer
	}
	return ""
}

// lower takes the capital letter from a sentence that goes on another.
func lower(s string) string {
	if len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'a' && s[1] <= 'z' || strings.HasPrefix(s, "A ") {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
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
