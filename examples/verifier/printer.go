package main

import (
	"encoding/json"
	"io"
	"os"
	"strings"
	"unicode"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

// printer writes reports: as JSON, one a line, or as text for people.
type printer struct {
	w      io.Writer
	json   bool
	colour bool
	blank  bool // a report was printed before
}

// newPrinter uses colour only on a terminal, and not where NO_COLOR is set (no-color.org).
func newPrinter(w io.Writer, asJSON bool) *printer {
	p := &printer{w: w, json: asJSON}
	if f, ok := w.(*os.File); ok && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" {
		info, err := f.Stat()
		p.colour = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return p
}

// print writes one report; b is nil where the input was no credential.
func (p *printer) print(r *verify.Report, b *badge.Badge) error {
	if p.json {
		e := json.NewEncoder(p.w)
		e.SetEscapeHTML(false)
		return e.Encode(r)
	}
	var out strings.Builder
	if p.blank {
		out.WriteString("\n")
	}
	p.blank = true
	t := &text{b: &out, colour: p.colour}
	t.report(r, b)
	_, err := io.WriteString(p.w, out.String())
	return err
}

// printable makes a stranger's text safe for a terminal: control characters and those that turn the
// direction of writing become a replacement character, line ends and tabs a space.
func printable(s string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\n' || c == '\t' || c == '\r':
			return ' '
		case unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) || !unicode.IsGraphic(c):
			return unicode.ReplacementChar
		}
		return c
	}, s)
}
