package badge

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// spelling is a way to write one value differently, which people take for the same.
type spelling struct {
	says  string // behind "the value …"
	apply func(string) string
}

// normalForms bring two spellings of one value to the same text, whichever of them they begin with. Each leaves
// alone what it does not concern.
func normalForms(kind string) []spelling {
	forms := []spelling{
		{"without the white space around it", strings.TrimSpace},
		{"without invisible characters", func(s string) string { return strings.Map(visible, s) }},
		{"without mailto: before it", withoutMailto},
		{"with the domain in lower case", func(s string) string { return onHost(s, strings.ToLower) }},
		{"in lower case", strings.ToLower},
		{"with composed letters (Unicode NFC)", norm.NFC.String},
		{"without letters of another width or form (Unicode NFKC)", norm.NFKC.String},
		{"with the domain in ASCII (xn--)", func(s string) string {
			return onHost(s, func(host string) string { return asciiHost(norm.NFC.String(strings.ToLower(host))) })
		}},
		{"without the tag behind the plus sign", withoutTag},
	}
	if kind == typeID {
		return append(forms,
			spelling{"without the slash at its end", func(s string) string { return strings.TrimRight(s, "/") }},
			spelling{"without its fragment", func(s string) string { s, _, _ = strings.Cut(s, "#"); return s }})
	}
	return forms
}

// otherSpellings are what an issuer may have hashed in the place of a value.
func otherSpellings(kind string) []spelling {
	return append(normalForms(kind),
		spelling{"with mailto: before it", func(s string) string { return "mailto:" + s }},
		spelling{"with decomposed letters (Unicode NFD)", norm.NFD.String},
		spelling{"with the domain in Unicode", func(s string) string { return onHost(s, unicodeHost) }},
		spelling{"in upper case", strings.ToUpper},
		spelling{"with a capital letter at its beginning", capital})
}

// spelled is a value in another spelling.
type spelled struct{ text, says string }

// respell applies up to two of the ways to a value, each text once, the simplest first. The value as it is comes first.
func respell(value string, ways []spelling) []spelled {
	all := []spelled{{text: value}}
	add := func(s spelled) {
		if !slices.ContainsFunc(all, func(o spelled) bool { return o.text == s.text }) {
			all = append(all, s)
		}
	}
	for _, w := range ways {
		add(spelled{w.apply(value), w.says})
	}
	for _, first := range all[1:] {
		for _, w := range ways {
			add(spelled{w.apply(first.text), first.says + " and " + w.says})
		}
	}
	return all
}

// alike returns how two texts are the same: in one normal form, in two, or in all of them together.
func alike(a, b string, forms []spelling) (says string, ok bool) {
	for _, f := range forms {
		if f.apply(a) == f.apply(b) {
			return f.says, true
		}
	}
	for i, f := range forms {
		x, y := f.apply(a), f.apply(b)
		for _, g := range forms[i+1:] {
			if g.apply(x) == g.apply(y) {
				return f.says + " and " + g.says, true
			}
		}
	}
	for _, f := range forms {
		a, b = f.apply(a), f.apply(b)
	}
	return "but for several of: white space, mailto:, capital letters, Unicode forms, the tag behind a plus sign", a == b
}

// visible drops the characters that are there for formatting alone, such as a byte order mark, and
// those that some mail programs put in the place of a space.
func visible(c rune) rune {
	switch {
	case unicode.Is(unicode.Cf, c):
		return -1
	case unicode.IsSpace(c):
		return ' '
	}
	return c
}

func withoutMailto(s string) string {
	if hasScheme(s, "mailto") {
		return s[len("mailto:"):]
	}
	return s
}

// onHost applies convert to what stands behind the last "@". What stands before it is the business of that host
// (RFC 5321 section 2.4): two addresses that differ there in capital letters may be those of two people.
func onHost(s string, convert func(string) string) string {
	i := strings.LastIndexByte(s, '@')
	if i < 0 {
		return s
	}
	return s[:i+1] + convert(s[i+1:])
}

// withoutTag takes "+tag" out of an address (RFC 5233). Whether a host means something by it is its own business.
func withoutTag(s string) string {
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return s
	}
	if plus := strings.IndexByte(s[:at], '+'); plus > 0 {
		return s[:plus] + s[at:]
	}
	return s
}

// capital writes the first letter as one.
func capital(s string) string {
	for i, c := range s {
		return string(unicode.ToUpper(c)) + s[i+len(string(c)):]
	}
	return s
}
