package keys

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// didWebURL returns the https URL of the document of a did:web identifier, given without "did:web:"
// and with the characters of a DID only. The identifier has one spelling: a host name in lower
// case, an optional port behind %3A, and path segments in which nothing is percent-encoded that
// need not be.
//
// Refused are address literals in every notation, empty and dot segments, and encoded slashes,
// backslashes, percent signs and control characters, which servers decode differently. Names in
// other scripts come as "xn--" labels; which letters they stand for is not looked at.
func didWebURL(specific string) (string, error) {
	if len(specific) > maxDIDWeb {
		return "", malformed("a did:web identifier is at most "+strconv.Itoa(maxDIDWeb)+" bytes long", nil)
	}
	// The colon of a port is escaped, so the first plain one ends the authority.
	authority, path, hasPath := strings.Cut(specific, ":")
	host, port, hasPort := strings.Cut(authority, "%3A")
	if err := checkHost(host); err != nil {
		return "", err
	}
	var url strings.Builder
	url.Grow(len(specific) + len("https:///.well-known/did.json"))
	url.WriteString("https://" + host)
	if hasPort {
		if err := checkPort(port); err != nil {
			return "", err
		}
		url.WriteString(":" + port)
	}
	if !hasPath {
		url.WriteString("/.well-known")
	}
	for hasPath {
		var segment string
		segment, path, hasPath = strings.Cut(path, ":")
		if err := checkSegment(segment); err != nil {
			return "", err
		}
		url.WriteString("/" + segment)
	}
	url.WriteString("/did.json")
	return url.String(), nil
}

// checkHost checks a host name (RFC 1123 section 2.1) that is no address. Every spelling of an
// IPv4 address that any resolver takes ends in a label that is a number (URL Standard section
// 3.5), and an IPv6 address has colons or brackets, which no label has.
func checkHost(host string) error {
	if host == "" || len(host) > maxHost {
		return malformed("a did:web identifier starts with a host name of at most "+strconv.Itoa(maxHost)+" bytes", nil)
	}
	label := ""
	for rest, more := host, true; more; {
		label, rest, more = strings.Cut(rest, ".")
		if !isLabel(label) {
			return malformed("the host name of a did:web identifier has labels of lower-case letters, digits and inner hyphens, not "+strconv.Quote(label), nil)
		}
	}
	// label is the last one here.
	if isNumber(label) {
		return malformed("a did:web identifier must not name an IP address", nil)
	}
	return nil
}

// isLabel reports whether s is a label of letters in lower case, digits and inner hyphens (RFC 1123
// section 2.1). Punycode is not decoded.
func isLabel(s string) bool {
	if s == "" || len(s) > maxLabel || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !isDigit(c) && (c < 'a' || c > 'z') && c != '-' {
			return false
		}
	}
	return true
}

// isNumber reports whether a label is decimal, octal or hexadecimal ("0x" alone included).
func isNumber(label string) bool {
	digits := isDigit
	if rest, ok := strings.CutPrefix(label, "0x"); ok {
		label, digits = rest, isHex
	}
	for i := range len(label) {
		if !digits(label[i]) {
			return false
		}
	}
	return true
}

// checkPort checks a port in its shortest decimal form. Which ports may be dialled is decided by
// the fetcher.
func checkPort(port string) error {
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 0 || port[0] == '0' {
		return malformed("the port of a did:web identifier is a number from 1 to 65535 behind %3A", nil)
	}
	return nil
}

// checkSegment checks one path segment, percent-encoded, whose escapes are known to be complete. It
// stays encoded in the URL. Escaped percent signs are refused because a proxy that decodes twice
// would see a dot segment in %252E%252E; escaped unreserved characters (RFC 3986 section 2.3)
// because they give one path two spellings.
func checkSegment(segment string) error {
	if strings.Trim(segment, ".") == "" {
		return malformed("a path segment of a did:web identifier is not empty and not made of dots", nil)
	}
	if strings.IndexByte(segment, '%') < 0 {
		return nil
	}
	decoded := make([]byte, 0, len(segment))
	for i := 0; i < len(segment); i++ {
		c := segment[i]
		if c == '%' {
			c = unhex(segment[i+1])<<4 | unhex(segment[i+2])
			if isUnreserved(c) || isLowerHex(segment[i+1]) || isLowerHex(segment[i+2]) {
				return malformed("percent-encoding in a did:web identifier is in upper case, and only where it is needed", nil)
			}
			if c < ' ' || c == 0x7f || c == '/' || c == '\\' || c == '%' {
				return malformed("a path segment of a did:web identifier must not hide the byte "+strconv.Itoa(int(c)), nil)
			}
			i += 2
		}
		decoded = append(decoded, c)
	}
	if !utf8.Valid(decoded) {
		return malformed("a path segment of a did:web identifier must encode UTF-8", nil)
	}
	return nil
}

// isLowerHex reports whether c is a hexadecimal digit that has another spelling in upper case.
func isLowerHex(c byte) bool { return 'a' <= c && c <= 'f' }

// unhex returns the value of a hexadecimal digit; c must be one.
func unhex(c byte) byte {
	switch {
	case isDigit(c):
		return c - '0'
	case isLowerHex(c):
		return c - 'a' + 10
	}
	return c - 'A' + 10
}
