package strict

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// string reads a string with its quotes. A string without escapes shares the memory of the source.
func (p *parser) string() (string, error) {
	start := p.at + 1
	for i := start; i < len(p.src); i++ {
		switch c := p.src[i]; {
		case c == '"':
			p.at = i + 1
			return p.src[start:i], nil
		case c == '\\':
			return p.escaped(start, i)
		case c < 0x20:
			p.at = i
			return "", p.syntax("a control character inside a string must be escaped")
		}
	}
	p.at = len(p.src)
	return "", p.syntax("the text ends inside a string")
}

// escaped reads the rest of a string whose first escape stands at i.
func (p *parser) escaped(start, i int) (string, error) {
	out := append(make([]byte, 0, i-start+32), p.src[start:i]...)
	for p.at = i; p.at < len(p.src); {
		switch c := p.src[p.at]; {
		case c == '"':
			p.at++
			return string(out), nil
		case c < 0x20:
			return "", p.syntax("a control character inside a string must be escaped")
		case c != '\\':
			out = append(out, c)
			p.at++
		default:
			r, err := p.escape()
			if err != nil {
				return "", err
			}
			out = utf8.AppendRune(out, r)
		}
	}
	return "", p.syntax("the text ends inside a string")
}

// escape reads one escape sequence, a pair of surrogates included.
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
	if p.at+1 < len(p.src) && p.src[p.at] == '\\' && p.src[p.at+1] == 'u' {
		p.at += 2
		if low, ok := p.hex(); ok {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return pair, nil
			}
		}
	}
	return 0, p.fail(codeUTF8, start, "a lone surrogate in a string stands for no character")
}

func (p *parser) hex() (rune, bool) {
	if p.at+4 > len(p.src) {
		return 0, false
	}
	for _, c := range []byte(p.src[p.at : p.at+4]) {
		if !('0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F') {
			return 0, false
		}
	}
	n, err := strconv.ParseUint(p.src[p.at:p.at+4], 16, 32)
	p.at += 4
	return rune(n), err == nil
}
