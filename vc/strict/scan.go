package strict

import "math/bits"

// Eight bytes at a time: the same byte in every place of a word.
const (
	ones   = 0x0101010101010101
	highs  = 0x80 * ones
	spaces = ' ' * ones
)

// word returns the eight bytes of s from i on, the first of them lowest. The compiler makes one
// load of it.
func word(s string, i int) uint64 {
	_ = s[i+7]
	return uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
		uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
}

// special returns the position of the first byte of s, from i on, that ends the plain part of a
// JSON string: a quotation mark, a backslash or a control character; len(s) if there is none.
func special(s string, i int) int {
	for ; i+8 <= len(s); i += 8 {
		w := word(s, i)
		quote, slash := w^('"'*ones), w^('\\'*ones)
		// A byte is flagged if it is below the subtrahend; a borrow can flag others wrongly, but
		// only above the first one.
		if found := ((w-0x20*ones)&^w | (quote-ones)&^quote | (slash-ones)&^slash) & highs; found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for ; i < len(s); i++ {
		if c := s[i]; c < 0x20 || c == '"' || c == '\\' {
			return i
		}
	}
	return i
}

// space moves past white space as RFC 8259 section 2 has it.
func (p *parser) space() {
	s, i := p.source, p.at
	for i < len(s) && s[i] <= ' ' {
		switch s[i] {
		case ' ', '\t', '\n', '\r':
			i++
		default:
			p.at = i
			return
		}
		for i+8 <= len(s) && word(s, i) == spaces {
			i += 8
		}
	}
	p.at = i
}
