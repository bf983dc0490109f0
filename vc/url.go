package vc

import "strings"

// isURL reports whether s has the shape of an absolute URL: a scheme (RFC 3986 section 3.1), a
// colon, something after it, and no character that no URL can have. It does not check what
// the scheme demands of the rest.
func isURL(s string) bool {
	scheme, rest, found := strings.Cut(s, ":")
	return found && rest != "" && isScheme(scheme) && inURL(rest)
}

func isScheme(s string) bool {
	for i := range len(s) {
		c := s[i] | 0x20
		letter := 'a' <= c && c <= 'z'
		if !letter && (i == 0 || !isDigit(s[i]) && s[i] != '+' && s[i] != '-' && s[i] != '.') {
			return false
		}
	}
	return s != ""
}

// Characters below 64 and from 64 on that no IRI has (RFC 3987 section 2.2): controls, the space and
// the delimiters of other grammars. Bit n stands for the n-th of them.
const (
	outLow  uint64 = 1<<0x21 - 1 | 1<<'"' | 1<<'<' | 1<<'>'
	outHigh uint64 = 1<<('\\'-64) | 1<<('^'-64) | 1<<('`'-64) | 1<<('{'-64) | 1<<('|'-64) | 1<<('}'-64) | 1<<(0x7f-64)
)

// inURL reports whether all characters of s, which is UTF-8, can stand in a URL. Beyond ASCII that
// is all but the controls and the no-break space, U+0080 to U+00A0.
func inURL(s string) bool {
	for i := range len(s) {
		c := s[i]
		switch {
		case c < 64 && outLow>>c&1 != 0, 64 <= c && c < 128 && outHigh>>(c-64)&1 != 0:
			return false
		case c == 0xc2 && i+1 < len(s) && s[i+1] <= 0xa0:
			return false
		}
	}
	return true
}
