package canon

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// appendECMANumber writes a finite number as ECMAScript's Number::toString does (RFC 8785 section
// 3.2.2.3): the shortest digits that read back as the same number, with an exponent below 1e-6 and
// from 1e21 on.
func appendECMANumber(dst []byte, f float64) []byte {
	if f == 0 {
		return append(dst, '0') // also for -0
	}
	if size := math.Abs(f); 1e-6 <= size && size < 1e21 {
		return strconv.AppendFloat(dst, f, 'f', -1, 64)
	}
	dst = strconv.AppendFloat(dst, f, 'e', -1, 64)
	// Go writes an exponent of at least two digits, ECMAScript of as many as it takes.
	if n := len(dst); dst[n-2] == '0' && (dst[n-3] == '+' || dst[n-3] == '-') {
		dst = append(dst[:n-2], dst[n-1])
	}
	return dst
}

// appendJSONString writes a string as RFC 8785 section 3.2.2.2 asks.
// Characters that need no escape are written as they are, DEL and the line separators included.
func appendJSONString(dst []byte, s string) []byte {
	const digits = "0123456789abcdef"
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		dst = append(dst, s[start:i]...)
		start = i + 1
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\b':
			dst = append(dst, '\\', 'b')
		case '\t':
			dst = append(dst, '\\', 't')
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\f':
			dst = append(dst, '\\', 'f')
		case '\r':
			dst = append(dst, '\\', 'r')
		default:
			dst = append(dst, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		}
	}
	return append(append(dst, s[start:]...), '"')
}

// compareUTF16 orders strings of valid UTF-8 by their UTF-16 code units (RFC 8785 section 3.2.3):
// the order of code points, but that those beyond U+FFFF come before U+E000.
func compareUTF16(a, b string) int {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	if i == len(a) || i == len(b) {
		return len(a) - len(b)
	}
	for i > 0 && !utf8.RuneStart(a[i]) {
		i--
	}
	x, _ := utf8.DecodeRuneInString(a[i:])
	y, _ := utf8.DecodeRuneInString(b[i:])
	if (x > 0xFFFF) != (y > 0xFFFF) {
		// A pair of surrogates starts with a unit from U+D800 to U+DBFF.
		if x > 0xFFFF {
			x = 0xD800
		} else {
			y = 0xD800
		}
	}
	// Two pairs of surrogates are ordered as their code points are.
	return int(x - y)
}
