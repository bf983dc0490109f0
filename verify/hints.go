package verify

import (
	"strings"
	"unicode/utf8"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// hints looks for likely causes of a proof that failed. A hint is no finding: it never changes an
// outcome.
func (r *run) hints(code string) []string {
	if code != "proof.signature" {
		return nil
	}
	var hints []string
	if at, ok := findText(r.value(), misread); ok {
		hints = append(hints, "The text at "+at+" looks as if it was re-encoded: UTF-8 read as Latin-1 or Windows-1252, or with characters replaced. Ask for the original file.")
	}
	if at, ok := findText(r.value(), func(s string) bool { return strings.Contains(s, "\r\n") }); ok {
		hints = append(hints, "The text at "+at+" has Windows line ends (CR LF). If a program changed them on the way, the signature no longer matches.")
	}
	if at, ok := findText(r.value(), controls); ok {
		hints = append(hints, "The text at "+at+" has a tab or another control character. Software from before RDFC-1.0 writes these differently when it signs.")
	}
	return hints
}

// controls reports whether s has a control character that RDFC-1.0 escapes (section 5) and URDNA2015
// did not.
func controls(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return c != '\n' && c != '\r' && (c < ' ' || c == 0x7f) }) >= 0
}

// findText returns the pointer of the first string in v for which is is true. The nesting of a
// parsed text is bounded.
func findText(v strict.Value, is func(string) bool) (pointer string, ok bool) {
	found, ok := find(v, is)
	return found.Pointer(), ok
}

func find(v strict.Value, is func(string) bool) (found strict.Value, ok bool) {
	if v.Kind() == strict.String {
		return v, is(v.Text())
	}
	for e := range v.Elements() {
		if found, ok := find(e, is); ok {
			return found, true
		}
	}
	for _, m := range v.Members() {
		if found, ok := find(m, is); ok {
			return found, true
		}
	}
	return strict.Value{}, false
}

// windows1252 maps the characters that Windows-1252 has at bytes 0x80 to 0x9f back to those bytes.
var windows1252 = strings.NewReplacer(
	"€", "\x80", "‚", "\x82", "ƒ", "\x83", "„", "\x84", "…", "\x85", "†", "\x86", "‡", "\x87", "ˆ", "\x88",
	"‰", "\x89", "Š", "\x8a", "‹", "\x8b", "Œ", "\x8c", "Ž", "\x8e", "‘", "\x91", "’", "\x92", "“", "\x93",
	"”", "\x94", "•", "\x95", "–", "\x96", "—", "\x97", "˜", "\x98", "™", "\x99", "š", "\x9a", "›", "\x9b",
	"œ", "\x9c", "ž", "\x9e", "Ÿ", "\x9f")

// misread reports whether s has a replacement character, or holds UTF-8 that was read as Latin-1 or
// Windows-1252: whether a run of its characters beyond ASCII, written back as single bytes, is
// well-formed UTF-8.
func misread(s string) bool {
	if strings.ContainsRune(s, utf8.RuneError) {
		return true
	}
	for s != "" {
		start := strings.IndexFunc(s, beyondASCII)
		if start < 0 {
			return false
		}
		end := strings.IndexFunc(s[start:], func(c rune) bool { return !beyondASCII(c) })
		if end < 0 {
			end = len(s) - start
		}
		if utf8.Valid(singleBytes(s[start : start+end])) {
			return true
		}
		s = s[start+end:]
	}
	return false
}

func beyondASCII(c rune) bool { return c >= utf8.RuneSelf }

// singleBytes writes s in Windows-1252, of which Latin-1 is the rest. A character that neither has
// becomes 0xff, which no UTF-8 holds.
func singleBytes(s string) []byte {
	out := make([]byte, 0, len(s))
	for _, c := range s {
		b := byte(0xff)
		if single := windows1252.Replace(string(c)); len(single) == 1 {
			b = single[0]
		} else if c <= 0xff {
			b = byte(c)
		}
		out = append(out, b)
	}
	return out
}
