package main

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is the number of marks on one character that are left; a pile of them covers the lines around it.
const maxMarks = 4

// printable makes a stranger's text safe for a terminal: control characters and those that turn the
// direction of writing become a replacement character, line ends and tabs a space. Joiners stay, which Persian and
// the scripts of India are written with.
func printable(s string) string {
	marks := 0
	return strings.Map(func(c rune) rune {
		if marks++; !unicode.In(c, unicode.Mn, unicode.Me) {
			marks = 0
		}
		switch {
		case unicode.IsSpace(c) && (unicode.IsControl(c) || !unicode.IsGraphic(c)): // line ends of every kind, tabs
			return ' '
		case c == '\u200c' || c == '\u200d':
			return c
		case unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) || !unicode.IsGraphic(c):
			return unicode.ReplacementChar
		case marks > maxMarks:
			return -1
		}
		return c
	}, s)
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
