package canon

import (
	"math"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// maxInteger is the least magnitude that a JSON number is written as a double from on, however few
// its digits (JSON-LD API section 8.6).
const maxInteger = 1e21

// appendNumber writes a JSON number in the canonical lexical form of JSON-LD API section 8.6, and
// reports whether that is a double. The form goes by way of a float64; a number whose value does
// not survive that is refused, and so is negative zero, of which implementations make different
// things.
func appendNumber(dst []byte, v strict.Value, double bool) ([]byte, bool, error) {
	f, ok := v.Float()
	if !ok {
		return dst, false, fail(v, codeValue, "the number %s is beyond the range of a double", quote(v.Raw()))
	}
	if f == 0 && math.Signbit(f) {
		return dst, false, fail(v, codeValue, "negative zero has no agreed form; write 0")
	}
	start := len(dst)
	double = double || f != math.Trunc(f) || math.Abs(f) >= maxInteger
	if double {
		dst = appendDouble(dst, f)
	} else {
		dst = strconv.AppendFloat(dst, f, 'f', 0, 64)
	}
	if !sameDecimal(v.Raw(), string(dst[start:])) {
		return dst, false, fail(v, codeValue, "the number %s would be signed as %s; write it with fewer digits or as a string", quote(v.Raw()), dst[start:])
	}
	return dst, double, nil
}

// appendDouble writes a float64 in the canonical form of xsd:double with 15 digits after the point
// at most.
func appendDouble(dst []byte, f float64) []byte {
	var scratch [32]byte
	text := strconv.AppendFloat(scratch[:0], f, 'E', 15, 64)
	mantissa, exponent, _ := strings.Cut(string(text), "E")
	mantissa = strings.TrimRight(mantissa, "0")
	if strings.HasSuffix(mantissa, ".") {
		mantissa += "0"
	}
	n, _ := strconv.Atoi(exponent)
	return strconv.AppendInt(append(append(dst, mantissa...), 'E'), int64(n), 10)
}

// isCanonicalDouble reports whether a text is what appendDouble writes for its value. Some processors
// put any text of the type xsd:double into this form, and some leave it as it is.
func isCanonicalDouble(s string) bool {
	f, err := strconv.ParseFloat(s, 64)
	return err == nil && !math.IsInf(f, 0) && !math.IsNaN(f) && string(appendDouble(nil, f)) == s
}

// sameDecimal reports whether two decimal numbers, each with or without fraction and exponent, have
// the same value. It takes time linear in their length, whatever the exponents.
func sameDecimal(a, b string) bool {
	x, xExponent := normalDecimal(a)
	y, yExponent := normalDecimal(b)
	return x == y && xExponent == yExponent
}

// normalDecimal returns the digits of a number, its sign included, without zeros at either end, and
// the power of ten of the last one.
func normalDecimal(s string) (digits string, exponent int) {
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		n, err := strconv.Atoi(s[i+1:])
		if err != nil {
			n = math.MinInt32 // beyond all that a float64 writes; differs from every other
		}
		s, exponent = s[:i], n
	}
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, fraction, _ := strings.Cut(s, ".")
	s, exponent = strings.TrimLeft(whole+fraction, "0"), exponent-len(fraction)
	digits = strings.TrimRight(s, "0")
	if digits == "" {
		return "0", 0
	}
	return sign + digits, exponent + len(s) - len(digits)
}
