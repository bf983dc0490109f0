package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"strings"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

// printer writes reports: as JSON, one a line, or as text for people.
type printer struct {
	w         io.Writer
	json      bool
	colour    bool
	blank     bool     // a report was printed before
	languages []string // of the reader, best first
}

// newPrinter uses colour only on a terminal, and not where NO_COLOR is set (no-color.org).
func newPrinter(w io.Writer, asJSON bool) *printer {
	p := &printer{w: w, json: asJSON, languages: languages(os.Getenv)}
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
	if b != nil {
		b = b.In(p.languages...)
	}
	t := &text{b: &out, colour: p.colour, languages: p.languages}
	t.report(r, b)
	_, err := io.WriteString(p.w, out.String())
	return err
}
