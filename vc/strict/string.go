package strict

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// Strings are kept as they stand in the source wherever that is their value, which is nearly
// always; only those with escapes are decoded into memory of their own. UTF-8 has been checked
// before, so that bytes from 0x80 on need no look here.

// string reads a string with its quotes: a member name or a value (RFC 8259 section 7).
func (p *parser) string() (span, error) {
	start := p.at + 1
	i := special(p.source, start)
	switch {
	case i == len(p.source):
		p.at = i
		return span{}, p.syntax("the text ends inside a string")
	case p.source[i] == '"':
		p.at = i + 1
		return span{int32(start), int32(i - start)}, nil
	case p.source[i] == '\\':
		return p.escaped(start, i)
	}
	p.at = i
	return span{}, p.syntax("a control character inside a string must be escaped")
}

// escaped reads the rest of a string whose first escape stands at i.
func (p *parser) escaped(start, i int) (span, error) {
	out := append(make([]byte, 0, i-start+32), p.source[start:i]...)
	for p.at = i; p.at < len(p.source); {
		switch c := p.source[p.at]; {
		case c == '"':
			p.at++
			p.decoded = append(p.decoded, string(out))
			return span{int32(len(p.decoded) - 1), -1}, nil
		case c < 0x20:
			return span{}, p.syntax("a control character inside a string must be escaped")
		case c != '\\':
			end := special(p.source, p.at)
			out = append(out, p.source[p.at:end]...)
			p.at = end
		default:
			r, err := p.escape()
			if err != nil {
				return span{}, err
			}
			out = utf8.AppendRune(out, r)
		}
	}
	return span{}, p.syntax("the text ends inside a string")
}

// escape reads one escape sequence. Two \u escapes that form a surrogate pair are one; a surrogate
// that is not half of a pair stands for no character and cannot be written in UTF-8, and other
// parsers replace it by one that the issuer did not sign.
func (p *parser) escape() (rune, error) {
	start := p.at
	p.at++
	c := p.peek()
	p.at++
	switch c {
	case '"', '\\', '/':
		return rune(c), nil
	case 'b':
		return '\b', nil
	case 'f':
		return '\f', nil
	case 'n':
		return '\n', nil
	case 'r':
		return '\r', nil
	case 't':
		return '\t', nil
	case 'u':
	default:
		p.at = start
		return 0, p.syntax("unknown escape in a string")
	}
	r, ok := p.hex()
	if !ok {
		p.at = start
		return 0, p.syntax(`\u must be followed by four hexadecimal digits`)
	}
	if !utf16.IsSurrogate(r) {
		return r, nil
	}
	if p.at+1 < len(p.source) && p.source[p.at] == '\\' && p.source[p.at+1] == 'u' {
		p.at += 2
		if low, ok := p.hex(); ok {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return pair, nil
			}
		}
	}
	return 0, p.fail(codeUTF8, start, "a lone surrogate in a string stands for no character")
}

// hex reads exactly four hexadecimal digits, in either case.
func (p *parser) hex() (rune, bool) {
	if p.at+4 > len(p.source) {
		return 0, false
	}
	for _, c := range []byte(p.source[p.at : p.at+4]) {
		if !('0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F') {
			return 0, false
		}
	}
	n, err := strconv.ParseUint(p.source[p.at:p.at+4], 16, 32)
	p.at += 4
	return rune(n), err == nil
}
