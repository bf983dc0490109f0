package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

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
		var line bytes.Buffer
		e := json.NewEncoder(&line)
		e.SetEscapeHTML(false)
		if err := e.Encode(r); err != nil {
			return err
		}
		_, err := p.w.Write(escaped(line.Bytes()))
		return err
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

// escaped writes the characters that a terminal could obey, and that JSON lets stand in a string as they
// are, as escapes. The line is what it was to whoever reads it as JSON.
func escaped(line []byte) []byte {
	out := make([]byte, 0, len(line))
	for _, c := range string(line) {
		if c >= 0x7f && unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) {
			out = fmt.Appendf(out, `\u%04x`, c)
		} else {
			out = utf8.AppendRune(out, c)
		}
	}
	return out
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
