package verify

import (
	"context"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// conversion is a way in which programs change texts, or the way back. It is applied to every text of the document at
// once, since a program that changes one changes all; a text that it leaves as it is costs nothing. convert has to be
// a function of the text alone, safe for concurrent use, and linear in its length.
type conversion struct {
	says    string // behind "The signature matches "
	because string // a sentence
	convert func(string) string
}

const asOriginal = " Ask for the original file."

// conversions of text, those that happen most first.
var conversions = [...]conversion{
	{"once its text is read as UTF-8", "A program read it as Latin-1 or Windows-1252." + asOriginal, reread},
	{"once its text is read as UTF-8, twice", "Two programs read it as Latin-1 or Windows-1252." + asOriginal, func(s string) string { return reread(reread(s)) }},
	{"with line ends of LF in place of CR LF", "A program changed the line ends." + asOriginal, strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace},
	{"with line ends of CR LF in place of LF", "A program changed the line ends." + asOriginal, strings.NewReplacer("\r\n", "\r\n", "\n", "\r\n").Replace},
	{"with composed letters (Unicode NFC)", "A program decomposed them (NFD), as some file systems do." + asOriginal, norm.NFC.String},
	{"with decomposed letters (Unicode NFD)", "A program composed them (NFC)." + asOriginal, norm.NFD.String},
	{"without the escapes of HTML in its text, such as &amp;", "A program put its text into a web page and took it from there." + asOriginal, html.UnescapeString},
	{"with escapes of HTML in its text, such as &amp;", "The issuer signed the text with these escapes, and a program took them away." + asOriginal, strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace},
	{"with escapes of HTML in its text, such as &quot;", "The issuer signed the text with these escapes, and a program took them away." + asOriginal, strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#039;").Replace},
	{"with escapes of HTML in its text, such as &#39;", "The issuer signed the text with these escapes, and a program took them away." + asOriginal, html.EscapeString},
	{"with plain quotation marks, dashes and dots", "A program made them typographic." + asOriginal, plain},
	{"without byte order marks and invisible characters", "A program put them into its text." + asOriginal, func(s string) string { return strings.Map(visible, s) }},
	{"with spaces in place of no-break spaces", "A program changed them." + asOriginal, strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace},
	{"without white space at the ends of its texts", "A program added it." + asOriginal, strings.TrimSpace},
	{"with https: made http: again", "A program changed the addresses in it." + asOriginal, func(s string) string { return swapScheme(s, "https://", "http://") }},
	{"with http: made https: again", "A program changed the addresses in it." + asOriginal, func(s string) string { return swapScheme(s, "http://", "https://") }},
	{"with its text as Latin-1 would show it", "The issuer signed text that was read in the wrong way, and a program repaired it." + asOriginal, func(s string) string { return misreadAs(s, false) }},
	{"with its text as Windows-1252 would show it", "The issuer signed text that was read in the wrong way, and a program repaired it." + asOriginal, func(s string) string { return misreadAs(s, true) }},
}

// otherTexts tries the document with every text in it converted. Names of members stay as they are: a document in which
// these were changed has terms without a definition, which is another search.
func (s *search) otherTexts(ctx context.Context) string {
	for _, c := range conversions {
		if s.try(ctx, s.texts(ctx, c.convert)...) {
			return "The signature matches " + c.says + ". " + c.because
		}
	}
	return ""
}

// texts returns patches for every string that convert changes, those of proofs and contexts apart.
func (s *search) texts(ctx context.Context, convert func(string) string) (patches []patch) {
	if !s.inReach(ctx) {
		return nil
	}
	s.body(func(v strict.Value) bool {
		if v.Kind() == strict.String {
			if text := convert(v.Text()); text != v.Text() {
				patches = append(patches, patch{v, quoted(text)})
			}
		}
		return true
	})
	return patches
}

// inReach reports whether one more attempt would be within the budget. Looking through a document is work as
// well, and costs a fraction of its bytes.
func (s *search) inReach(ctx context.Context) bool {
	length := len(s.value().Raw())
	s.searched.bytes += length / lookBytes
	return !s.over(ctx, length)
}

// body visits the values of the document but for those of its proofs.
func (s *search) body(visit func(strict.Value) bool) {
	for name, m := range s.value().Members() {
		if name != "proof" && name != "@context" && !walk(m, visit) {
			return
		}
	}
}

// suspicions are likely causes that could not be made sure of. They are looked for in as many bytes as there are for
// attempts, beside these.
func (s *search) suspicions() (hints []string) {
	if s.searched.looked += len(s.value().Raw()); s.searched.looked > s.v.limits.CauseBytes {
		return nil
	}
	if at, ok := s.findText(misread); ok {
		hints = append(hints, "The text at "+at+" looks as if it was re-encoded: UTF-8 read as Latin-1 or Windows-1252, or with characters replaced."+asOriginal)
	}
	if at, ok := s.findText(func(t string) bool { return strings.Contains(t, "\r\n") }); ok {
		hints = append(hints, "The text at "+at+" has Windows line ends (CR LF). If a program changed them on the way, the signature no longer matches.")
	}
	if at, ok := s.findText(controls); ok {
		hints = append(hints, "The text at "+at+" has a tab or another control character. Software from before RDFC-1.0 writes these differently when it signs.")
	}
	return hints
}

// findText returns the pointer of the first string in the document for which is is true.
func (s *search) findText(is func(string) bool) (pointer string, ok bool) {
	s.body(func(v strict.Value) bool {
		if v.Kind() == strict.String && is(v.Text()) {
			pointer, ok = shown(v.Pointer()), true
		}
		return !ok
	})
	return pointer, ok
}

// controls reports whether s has a control character that RDFC-1.0 escapes (section 5) and URDNA2015
// did not.
func controls(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return c != '\n' && c != '\r' && (c < ' ' || c == 0x7f) }) >= 0
}

// plain undoes what word processors do to punctuation.
var plain = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "‘", "'", "’", "'", "–", "-", "—", "-", "…", "...").Replace

// visible drops characters that are there for formatting alone.
func visible(c rune) rune {
	if unicode.Is(unicode.Cf, c) {
		return -1
	}
	return c
}

// swapScheme exchanges the scheme that s begins with; every other text stays as it is. Addresses amid a text are left
// alone, since what rewrites them there rewrites markup as well.
func swapScheme(s, from, to string) string {
	if rest, ok := strings.CutPrefix(s, from); ok {
		return to + rest
	}
	return s
}

// windows1252 are the characters that Windows-1252 has at the bytes 0x80 to 0x9f; zero where it has none, which
// programs take for the control character of Latin-1.
var windows1252 = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

// misread reports whether s has a replacement character, or holds UTF-8 that was read as Latin-1 or
// Windows-1252.
func misread(s string) bool { return strings.ContainsRune(s, utf8.RuneError) || reread(s) != s }

// reread undoes reading UTF-8 as Latin-1 or Windows-1252, in every run of characters beyond ASCII which is
// well-formed UTF-8 once written back as single bytes.
func reread(s string) string {
	var b strings.Builder
	for s != "" {
		start := strings.IndexFunc(s, beyondASCII)
		if start < 0 {
			break
		}
		end := len(s)
		if i := strings.IndexFunc(s[start:], func(c rune) bool { return !beyondASCII(c) }); i >= 0 {
			end = start + i
		}
		b.WriteString(s[:start])
		if bytes := singleBytes(s[start:end]); utf8.Valid(bytes) {
			b.Write(bytes)
		} else {
			b.WriteString(s[start:end])
		}
		s = s[end:]
	}
	b.WriteString(s)
	return b.String()
}

// misreadAs reads the bytes of s as Latin-1 or Windows-1252: it makes of UTF-8 what [reread] undoes.
func misreadAs(s string, windows bool) string {
	var b strings.Builder
	for i := range len(s) {
		c := rune(s[i])
		if windows && c >= 0x80 && c < 0xa0 && windows1252[c-0x80] != 0 {
			c = windows1252[c-0x80]
		}
		b.WriteRune(c)
	}
	return b.String()
}

// beyondASCII reports whether UTF-8 and Latin-1 write a character differently.
func beyondASCII(c rune) bool { return c >= utf8.RuneSelf }

// singleBytes writes s in Windows-1252, of which Latin-1 is the rest. A character that neither has
// becomes 0xff, which no UTF-8 holds.
func singleBytes(s string) []byte {
	out := make([]byte, 0, len(s))
	for _, c := range s {
		out = append(out, singleByte(c))
	}
	return out
}

// singleByte is the byte of one character; 0xff where there is none, and for "ÿ", which has that byte.
func singleByte(c rune) byte {
	for i, w := range windows1252 {
		if c == w {
			return byte(0x80 + i)
		}
	}
	if c <= 0xff {
		return byte(c)
	}
	return 0xff
}
