package canon

import "unicode/utf8"

// appendQuoted appends a literal's lexical form, which must be valid UTF-8, between quotes as
// canonical N-Quads writes it (RDFC-1.0 section 5): the short escapes for \b \t \n \f \r " and \,
// a \u escape in capitals for the other control characters below U+0020, for DEL and for U+FFFE and
// U+FFFF, which XML 1.1 excludes too; every other character as it is.
func appendQuoted(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= ' ' && c != '"' && c != '\\' && c != 0x7F && c != 0xEF:
			i++
			continue
		case c == 0xEF && (i+2 >= len(s) || s[i+1] != 0xBF || s[i+2] < 0xBE):
			i++
			continue
		}
		r, size := rune(c), 1
		if c == 0xEF {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		dst = appendEscape(append(dst, s[start:i]...), r)
		i += size
		start = i
	}
	return append(append(dst, s[start:]...), '"')
}

// appendEscape appends the escape of a character of the basic plane.
func appendEscape(dst []byte, r rune) []byte {
	switch r {
	case '"', '\\':
		return append(dst, '\\', byte(r))
	case '\b':
		return append(dst, '\\', 'b')
	case '\t':
		return append(dst, '\\', 't')
	case '\n':
		return append(dst, '\\', 'n')
	case '\f':
		return append(dst, '\\', 'f')
	case '\r':
		return append(dst, '\\', 'r')
	}
	const digits = "0123456789ABCDEF"
	return append(dst, '\\', 'u', digits[r>>12&15], digits[r>>8&15], digits[r>>4&15], digits[r&15])
}
