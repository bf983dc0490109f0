package canon

import (
	"net/netip"
	"strings"
	"unicode/utf8"
)

// Classes of the ASCII characters in an IRI (RFC 3987 section 2.2).
const (
	chScheme  = 1 << iota // ALPHA / DIGIT / "+" / "-" / "."
	chSegment             // ipchar and "/", but for "%"
	chName                // ireg-name and iuserinfo without ":", but for "%"
	chHex
)

var chClass = asciiClasses()

// asciiClasses returns the classes of each ASCII character.
func asciiClasses() (class [128]uint8) {
	for c := range class {
		switch b := byte(c); {
		case 'a' <= b|0x20 && b|0x20 <= 'z', '0' <= b && b <= '9':
			class[c] = chScheme | chSegment | chName
		case b == '+', b == '-', b == '.':
			class[c] = chScheme | chSegment | chName
		case strings.IndexByte("_~!$&'()*,;=", b) >= 0:
			class[c] = chSegment | chName
		case b == ':', b == '@', b == '/':
			class[c] = chSegment
		}
		if strings.IndexByte("0123456789abcdefABCDEF", byte(c)) >= 0 {
			class[c] |= chHex
		}
	}
	return class
}

// schemeEnd returns the length of the scheme that s starts with, the colon left out, and 0 where s
// is a relative reference.
func schemeEnd(s string) int {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ':':
			return i
		case c >= utf8.RuneSelf || chClass[c]&chScheme == 0:
			return 0
		case i == 0 && (c|0x20 < 'a' || c|0x20 > 'z'):
			return 0
		}
	}
	return 0
}

// isIRI reports whether s is an absolute IRI with an optional fragment, the rule "IRI" of RFC 3987
// section 2.2, and free of the bidirectional formatting characters that its section 4.1 forbids.
// Rules that single schemes add are not checked.
func isIRI(s string) bool {
	end := schemeEnd(s)
	if end == 0 {
		return false
	}
	rest := s[end+1:]
	if strings.HasPrefix(rest, "//") {
		rest = rest[2:]
		end := strings.IndexAny(rest, "/?#")
		if end < 0 {
			end = len(rest)
		}
		if !isAuthority(rest[:end]) {
			return false
		}
		rest = rest[end:]
	}
	rest, fragment, _ := strings.Cut(rest, "#")
	path, query, _ := strings.Cut(rest, "?")
	return isSpelled(path, chSegment, 0) && isSpelled(query, chSegment, inQuery) && isSpelled(fragment, chSegment, inFragment)
}

// isAuthority is the rule "iauthority": what stands between "//" and the path. The port may be empty
// and is not held to 65535, as the grammar has it.
func isAuthority(s string) bool {
	user, host, found := strings.Cut(s, "@")
	if !found {
		user, host = "", s
	}
	if !isSpelled(user, chName, inUser) {
		return false
	}
	port := ""
	if strings.HasPrefix(host, "[") {
		end := strings.IndexByte(host, ']')
		if end < 0 || !isAddress(host[1:end]) {
			return false
		}
		host, port = "", host[end+1:]
		if port != "" && port[0] != ':' {
			return false
		}
		port = strings.TrimPrefix(port, ":")
	} else {
		host, port, _ = strings.Cut(host, ":")
	}
	return isSpelled(host, chName, 0) && strings.Trim(port, "0123456789") == ""
}

// isAddress checks what stands between brackets: an IPv6 address without a zone, or IPvFuture.
func isAddress(s string) bool {
	if len(s) > 0 && s[0]|0x20 == 'v' {
		version, address, found := strings.Cut(s[1:], ".")
		return found && version != "" && address != "" && isSpelled(address, chName, inUser) &&
			!strings.Contains(address, "%") && strings.Trim(version, "0123456789abcdefABCDEF") == ""
	}
	address, err := netip.ParseAddr(s)
	return err == nil && address.Is6() && address.Zone() == ""
}

// Parts of an IRI that admit more than a segment or a name does.
const (
	inQuery = 1 + iota
	inFragment
	inUser
)

// isSpelled checks the characters and percent-encodings of one part.
func isSpelled(s string, class uint8, part int) bool {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c < utf8.RuneSelf && chClass[c]&class != 0:
			i++
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(s[i:])
			if !isUCS(r) && !(part == inQuery && isPrivate(r)) {
				return false
			}
			i += size
		case c == '%':
			if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
				return false
			}
			i += 3
		case c == '?' && (part == inQuery || part == inFragment), c == ':' && part == inUser:
			i++
		default:
			return false
		}
	}
	return true
}

// isHex is the rule "HEXDIG", in either case.
func isHex(c byte) bool { return c < utf8.RuneSelf && chClass[c]&chHex != 0 }

// isUCS is the rule "ucschar", less the bidirectional formatting characters.
func isUCS(r rune) bool {
	switch {
	case 0x200E <= r && r <= 0x200F, 0x202A <= r && r <= 0x202E:
		return false
	case r <= 0xFFFF:
		return 0xA0 <= r && r <= 0xD7FF || 0xF900 <= r && r <= 0xFDCF || 0xFDF0 <= r && r <= 0xFFEF
	}
	return r < 0xF0000 && r&0xFFFF <= 0xFFFD && (r < 0xE0000 || r >= 0xE1000)
}

// isPrivate is the rule "iprivate".
func isPrivate(r rune) bool {
	return 0xE000 <= r && r <= 0xF8FF || 0xF0000 <= r && r&0xFFFF <= 0xFFFD
}

// isLabel reports whether s is what may follow "_:" in N-Quads (its rule BLANK_NODE_LABEL).
func isLabel(s string) bool {
	if s == "" || s[len(s)-1] == '.' {
		return false
	}
	for i, r := range s {
		first := r == '_' || '0' <= r && r <= '9' || isNameStart(r)
		if !first && (i == 0 || r != '-' && r != '.' && r != 0xB7 && !(0x300 <= r && r <= 0x36F) && r != 0x203F && r != 0x2040) {
			return false
		}
	}
	return true
}

// isNameStart is the rule PN_CHARS_BASE of N-Quads.
func isNameStart(r rune) bool {
	switch {
	case r < 0xC0:
		return 'a' <= r|0x20 && r|0x20 <= 'z'
	case r <= 0x2FF:
		return r != 0xD7 && r != 0xF7
	}
	return 0x370 <= r && r <= 0x1FFF && r != 0x37E || 0x200C <= r && r <= 0x200D || 0x2070 <= r && r <= 0x218F ||
		0x2C00 <= r && r <= 0x2FEF || 0x3001 <= r && r <= 0xD7FF || 0xF900 <= r && r <= 0xFDCF ||
		0xFDF0 <= r && r < 0xFFFD || 0x10000 <= r && r <= 0xEFFFF
}

// isLanguage reports whether s has the form of a language tag that N-Quads can write: subtags of
// one to eight ASCII letters and digits, the first of letters only. Whether the subtags are
// registered is not checked.
func isLanguage(s string) bool {
	size, first := 0, true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '-':
			if size == 0 {
				return false
			}
			size, first = 0, false
			continue
		case 'a' <= c|0x20 && c|0x20 <= 'z':
		case '0' <= c && c <= '9' && !first:
		default:
			return false
		}
		if size++; size > 8 {
			return false
		}
	}
	return size > 0
}
