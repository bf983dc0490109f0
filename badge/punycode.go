package badge

import (
	"math"
	"strings"
	"unicode/utf8"
)

// Names of hosts in several alphabets have two spellings, in Unicode and in ASCII (RFC 5890: U-label and A-label).
// Both convert for comparison alone: whether a name is one that may be registered is not checked.

// asciiHost writes every label of a host in ASCII. A label that has no such form stays as it is.
func asciiHost(host string) string {
	return eachLabel(host, func(label string) string {
		if ascii(label) {
			return label
		}
		if encoded, ok := punycode(label); ok {
			return "xn--" + encoded
		}
		return label
	})
}

// unicodeHost writes every label of a host in Unicode, where it has that form.
func unicodeHost(host string) string {
	return eachLabel(host, func(label string) string {
		if len(label) > 4 && strings.EqualFold(label[:4], "xn--") {
			if decoded, ok := unpunycode(strings.ToLower(label[4:])); ok {
				return decoded
			}
		}
		return label
	})
}

// eachLabel converts the labels of a host one by one; dots other than the ASCII one are part of a label.
func eachLabel(host string, convert func(string) string) string {
	labels := strings.Split(host, ".")
	for i, l := range labels {
		labels[i] = convert(l)
	}
	return strings.Join(labels, ".")
}

// ascii reports whether s is ASCII throughout; the empty text is.
func ascii(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return c >= utf8.RuneSelf }) < 0
}

// Parameters of Punycode (RFC 3492 section 5).
const (
	punyBase        = 36
	punyMin         = 1
	punyMax         = 26
	punySkew        = 38
	punyDamp        = 700
	punyInitialBias = 72
	punyInitial     = utf8.RuneSelf
	punyDigits      = "abcdefghijklmnopqrstuvwxyz0123456789"
	maxLabel        = 63 // octets of a label in the domain name system
)

// punycode encodes a label (RFC 3492 section 6.3); ok is false where it does not fit into one.
func punycode(label string) (encoded string, ok bool) {
	input := []rune(label)
	if len(input) > maxLabel || !utf8.ValidString(label) {
		return "", false
	}
	var out []byte
	for _, c := range input {
		if c < punyInitial {
			out = append(out, byte(c))
		}
	}
	basic := len(out)
	if basic > 0 {
		out = append(out, '-')
	}
	n, delta, bias := rune(punyInitial), 0, punyInitialBias
	for handled := basic; handled < len(input); {
		next := rune(math.MaxInt32)
		for _, c := range input {
			if c >= n {
				next = min(next, c)
			}
		}
		delta += int(next-n) * (handled + 1)
		n = next
		for _, c := range input {
			if c < n {
				delta++
			}
			if c == n {
				out = punyInteger(out, delta, bias)
				bias = punyAdapt(delta, handled+1, handled == basic)
				delta = 0
				handled++
			}
		}
		delta++
		n++
	}
	return string(out), len(out) <= maxLabel-len("xn--")
}

// punyInteger appends an integer of variable length.
func punyInteger(out []byte, q, bias int) []byte {
	for k := punyBase; ; k += punyBase {
		t := min(max(k-bias, punyMin), punyMax)
		if q < t {
			return append(out, punyDigits[q])
		}
		out = append(out, punyDigits[t+(q-t)%(punyBase-t)])
		q = (q - t) / (punyBase - t)
	}
}

// unpunycode decodes a label in lower case (RFC 3492 section 6.2).
func unpunycode(encoded string) (label string, ok bool) {
	if len(encoded) > maxLabel || !ascii(encoded) {
		return "", false
	}
	var out []rune
	if i := strings.LastIndexByte(encoded, '-'); i >= 0 {
		out, encoded = []rune(encoded[:i]), encoded[i+1:]
	}
	n, i, bias := punyInitial, 0, punyInitialBias
	for encoded != "" {
		before := i
		for w, k := 1, punyBase; ; k += punyBase {
			if encoded == "" {
				return "", false
			}
			digit := strings.IndexByte(punyDigits, encoded[0])
			encoded = encoded[1:]
			if digit < 0 || digit > (math.MaxInt32-i)/w {
				return "", false
			}
			i += digit * w
			t := min(max(k-bias, punyMin), punyMax)
			if digit < t {
				break
			}
			if w > math.MaxInt32/(punyBase-t) {
				return "", false
			}
			w *= punyBase - t
		}
		bias = punyAdapt(i-before, len(out)+1, before == 0)
		n += i / (len(out) + 1)
		i %= len(out) + 1
		if n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
			return "", false
		}
		out = append(out[:i], append([]rune{rune(n)}, out[i:]...)...)
		i++
	}
	return string(out), true
}

// punyAdapt is the adaptation of the bias (RFC 3492 section 6.1).
func punyAdapt(delta, points int, first bool) int {
	if first {
		delta /= punyDamp
	} else {
		delta /= 2
	}
	delta += delta / points
	k := 0
	for ; delta > (punyBase-punyMin)*punyMax/2; k += punyBase {
		delta /= punyBase - punyMin
	}
	return k + (punyBase-punyMin+1)*delta/(delta+punySkew)
}
