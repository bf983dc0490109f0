package vc

import "strings"

// isURL reports whether s has the shape of an absolute URL: a scheme (RFC 3986 section 3.1), a
// colon, something after it, and no character that no URL can have. It does not check what
// the scheme demands of the rest.
func isURL(s string) bool {
	scheme, rest, found := strings.Cut(s, ":")
	return found && rest != "" && isScheme(scheme) && !strings.ContainsFunc(rest, notInURL)
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

// notInURL knows the characters that RFC 3987 leaves out of an IRI, white space and controls
// among them.
func notInURL(r rune) bool {
	return r <= ' ' || 0x7f <= r && r <= 0xa0 || strings.ContainsRune("<>\"{}|\\^`", r)
}
