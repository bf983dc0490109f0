package main

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// more is the sign at the end of what is cut.
const more = " …"

// wrap breaks s at spaces into lines of at most width columns, and a longer word wherever its line is full: else a
// stranger's word could run on to the left edge of the terminal, where verdicts stand. Of more than limit lines it
// gives the first ones, the last of them with a sign.
func wrap(s string, width, limit int) []string {
	s, long := start(s, width*limit)
	s = printable(s)
	var lines []string
	line, n := "", 0
	for _, word := range words(s, width) {
		w := wide(word)
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
	return cut(lines, width, limit, long)
}

// paragraphs wraps each line of a text on its own, and drops empty ones.
func paragraphs(s string, width, limit int) []string {
	var lines []string
	for paragraph := range strings.Lines(s) {
		if lines = append(lines, wrap(paragraph, width, limit)...); len(lines) > limit {
			break
		}
	}
	return cut(lines, width, limit, false)
}

// cut keeps the first lines, and marks the last one where that was not all.
func cut(lines []string, width, limit int, long bool) []string {
	if len(lines) <= limit && !long || len(lines) == 0 {
		return lines
	}
	lines = slices.Clone(lines[:min(limit, len(lines))])
	last := strings.TrimSuffix(lines[len(lines)-1], more)
	for last != "" && wide(last)+wide(more) > width {
		_, size := utf8.DecodeLastRuneInString(last)
		last = last[:len(last)-size]
	}
	lines[len(lines)-1] = strings.TrimRight(last, " ") + more
	return lines
}

// start is as much of s as can fill so many columns, and a little more; long tells that there is more.
func start(s string, columns int) (begin string, long bool) {
	s, n := strings.TrimSpace(s), 0
	for i := range s {
		if n++; n > columns+columns/4 {
			return s[:i], true
		}
	}
	return s, false
}

// words cuts s at spaces, and into pieces of at most width columns.
func words(s string, width int) []string {
	var out []string
	for _, word := range strings.Fields(s) {
		from, n := 0, 0
		for i, c := range word {
			w := columnsOf(c)
			if n+w > width && n > 0 {
				out, from, n = append(out, word[from:i]), i, 0
			}
			n += w
		}
		out = append(out, word[from:])
	}
	return out
}

// wide is the number of columns that s takes on a terminal, or more.
func wide(s string) (n int) {
	for _, c := range s {
		n += columnsOf(c)
	}
	return n
}

// columnsOf is the number of columns that a character takes on a terminal, or more: characters of East Asian
// scripts and pictures count two. Marks that stand above or below another character count as well, so that what is
// counted is never less than what is shown.
func columnsOf(c rune) int {
	switch {
	case c < 0x1100:
		return 1
	case unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo, unicode.Yi),
		c >= 0x2e80 && c <= 0x303e, c >= 0xfe30 && c <= 0xfe6f, c >= 0xff01 && c <= 0xff60, c >= 0xffe0 && c <= 0xffe6,
		c >= 0x231a && c <= 0x23ff, c >= 0x25fd && c <= 0x27bf && c != '✓' && c != '✗', c >= 0x2b1b && c <= 0x2b55, c >= 0x16fe0:
		return 2
	}
	return 1
}
