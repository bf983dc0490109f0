package main

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text         string
		width, limit int
		want         []string
	}{
		{"", 10, 3, nil},
		{"  \t ", 10, 3, nil},
		{"one two three", 10, 3, []string{"one two", "three"}},
		{"one two three", 13, 3, []string{"one two three"}},
		{"one two three", 7, 1, []string{"one t …"}},
		{"one two three four", 7, 2, []string{"one two", "three …"}},
		{"abcdefghijkl", 5, 3, []string{"abcde", "fghij", "kl"}},
		{"abcdefghijklm", 5, 2, []string{"abcde", "fgh …"}},
		{"字字字", 4, 2, []string{"字字", "字"}},
		{"a\nb\tc", 10, 2, []string{"a b c"}},
		{"x\x1b[2Jy", 10, 2, []string{"x\ufffd[2Jy"}},
		{"a", 1, 1, []string{"a"}},
		{"字", 1, 1, []string{"字"}},
	} {
		if got := wrap(c.text, c.width, c.limit); !slices.Equal(got, c.want) {
			t.Errorf("wrap(%q, %d, %d) = %q, want %q", c.text, c.width, c.limit, got, c.want)
		}
	}
}

func TestParagraphs(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit int
		want  []string
	}{
		{"# One\n\n* two\n* three", 5, []string{"# One", "* two", "* three"}},
		{"one\ntwo\nthree", 2, []string{"one", "two …"}},
		{"one\ntwo", 2, []string{"one", "two"}},
		{strings.Repeat("word ", 100) + "\nlast", 2, []string{"word word", "word word …"}},
	} {
		if got := paragraphs(c.text, 11, c.limit); !slices.Equal(got, c.want) {
			t.Errorf("paragraphs(%.20q, %d) = %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}

// TestCutSaysSo: what was cut is marked, and only that.
func TestCutSaysSo(t *testing.T) {
	long := strings.Repeat("many words ", 1000)
	for limit := 1; limit < 20; limit++ {
		lines := wrap(long, 40, limit)
		if len(lines) != limit || !strings.HasSuffix(lines[limit-1], more) || strings.Count(strings.Join(lines, ""), "…") != 1 {
			t.Errorf("%d lines: %q", limit, lines)
		}
	}
	if lines := wrap("few words", 40, 1); strings.Contains(lines[0], "…") {
		t.Errorf("%q", lines)
	}
}

func TestColumns(t *testing.T) {
	for text, want := range map[string]int{"abc": 3, "é": 1, "字": 2, "한": 2, "あ": 2, "😀": 2, "→": 1, "✓ VALID": 7, "–": 1, "…": 1, "“": 1, "ｆ": 2, "م": 1} {
		if got := wide(text); got != want {
			t.Errorf("%q takes %d columns, not %d", text, want, got)
		}
	}
}

// FuzzWrap: whatever the text, no line is too long, nothing in it steers the terminal, and no word is lost but by a cut.
func FuzzWrap(f *testing.F) {
	for _, s := range []string{"one two three", "字字字 字", "\x1b[2J\u202e", "a\u0301\u0301\u0301\u0301\u0301\u0301", "\xff\xfe", "\v", "a\u0085b\u2028\fc", strings.Repeat("x", 500)} {
		f.Add(s, 10, 3)
	}
	f.Fuzz(func(t *testing.T, s string, width, limit int) {
		width, limit = 4+abs(width)%100, 1+abs(limit)%20
		lines := wrap(s, width, limit)
		if len(lines) > limit {
			t.Errorf("%d lines, not %d", len(lines), limit)
		}
		for _, l := range lines {
			if wide(l) > width || l != printable(l) || !utf8.ValidString(l) || l == "" {
				t.Errorf("%q has %d columns of %d", l, wide(l), width)
			}
		}
		if joined := strings.Join(lines, ""); !strings.HasSuffix(joined, more) &&
			strings.Join(strings.Fields(joined), "") != strings.Join(strings.Fields(printable(s)), "") {
			t.Errorf("%q became %q", s, lines)
		}
	})
}

func abs(n int) int {
	if n < 0 {
		return -(n + 1)
	}
	return n
}
