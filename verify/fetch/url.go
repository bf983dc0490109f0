package fetch

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// securePort is the port of https, and the only one below 1024 that is reached.
const securePort = 443

// otherServices are ports from 1024 up that belong to protocols other than HTTP, as browsers refuse
// them (WHATWG Fetch §2.9), with the data stores and control planes that a cloud tends to run. A TLS
// handshake sent there does little harm; not sending it does none.
var otherServices = []uint16{
	1433, 1521, 1719, 1720, 1723, 2049, 2375, 2376, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 5060, 5061,
	5432, 5671, 5672, 5900, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 9042, 9092,
	9300, 10080, 10250, 11211, 27017,
}

// A gate decides which URLs and which addresses may be reached.
type gate struct {
	allow []netip.Prefix // networks beside the public ones
}

// checkURL parses a URL and refuses whatever this package does not reach: any scheme but https, user
// information, hosts that are not plain names, ports of other services, and text that different
// software could read differently. A fragment is dropped, as it is no part of a request (RFC 9110
// §7.1). The error's text is a sentence without the URL.
//
// Where the name leads is not known here; gate.connect judges that.
func (g *gate) checkURL(raw string, limit int) (*url.URL, error) {
	if err := checkText(raw, limit); err != nil {
		return nil, err
	}
	u, err := url.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("it is no URL that can be parsed: %w", err)
	}
	if u.Scheme != "https" {
		return nil, fmt.Errorf("only https URLs are fetched, and its scheme is %q", printable(u.Scheme, 40))
	}
	if u.Opaque != "" || u.Host == "" {
		return nil, fmt.Errorf("the URL names no host")
	}
	if u.User != nil {
		return nil, fmt.Errorf("the URL has user information before its host, which is never sent")
	}
	if err := g.checkHost(u); err != nil {
		return nil, err
	}
	if err := checkPort(u); err != nil {
		return nil, err
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// checkText refuses a text that is too long for a URL, or has bytes that no URL has and that
// parsers deal with in different ways: white space, controls, backslashes, and all beyond ASCII.
func checkText(raw string, limit int) error {
	if len(raw) > limit {
		return fmt.Errorf("the URL has %d bytes, and %d are allowed", len(raw), limit)
	}
	for i := range len(raw) {
		if c := raw[i]; c <= ' ' || c >= 0x7f || c == '\\' {
			return fmt.Errorf("the URL has byte 0x%02x at offset %d; such bytes must be percent-encoded, and host names written in their ASCII form", c, i)
		}
	}
	return nil
}

// checkHost accepts a host name in ASCII. An address literal counts only if it is in the one usual
// spelling, and inside an allowed network.
func (g *gate) checkHost(u *url.URL) error {
	name := u.Hostname()
	if strings.HasPrefix(u.Host, "[") || endsInNumber(name) {
		return g.checkLiteral(name)
	}
	if len(name) > maxHostBytes {
		return fmt.Errorf("the host name has %d bytes, and %d are allowed", len(name), maxHostBytes)
	}
	labels := strings.Split(name, ".")
	for _, label := range labels {
		if !hostLabel(label) {
			return fmt.Errorf("%q is not a host name", printable(name, 80))
		}
	}
	if len(labels) == 1 && len(g.allow) == 0 {
		return fmt.Errorf("%q is a name of a local network; a public host has a dot in its name", name)
	}
	return nil
}

// checkLiteral refuses every host that is or could be taken for an address, except one that a
// caller allowed.
func (g *gate) checkLiteral(name string) error {
	addr, err := netip.ParseAddr(name)
	if err != nil || addr.Zone() != "" || addr.Is4In6() || addr.String() != strings.ToLower(name) {
		return fmt.Errorf("the host %q is an address, or can be read as one; a host name is needed", printable(name, 80))
	}
	if !g.allowed(addr) {
		return fmt.Errorf("the host %q is an address; a host name is needed, or the network must be allowed explicitly", name)
	}
	return nil
}

// endsInNumber reports whether the last part of a host is a number in decimal, octal or hexadecimal
// notation, so that some software reads the whole as an IPv4 address (WHATWG URL §3.5).
func endsInNumber(host string) bool {
	last := strings.TrimSuffix(host, ".")
	last = last[strings.LastIndexByte(last, '.')+1:]
	if len(last) > 1 && last[0] == '0' && last[1]|0x20 == 'x' {
		return true
	}
	return last != "" && strings.Trim(last, "0123456789") == ""
}

// hostLabel reports whether s is one part of a host name (RFC 1123 §2.1): letters, digits, and
// hyphens inside.
func hostLabel(s string) bool {
	if s == "" || len(s) > maxLabelBytes || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		c := s[i] | 0x20
		if (c < 'a' || c > 'z') && (s[i] < '0' || s[i] > '9') && s[i] != '-' {
			return false
		}
	}
	return true
}

// checkPort accepts 443 and, because did:web identifiers and test hosts use them, ports from 1024
// up that do not belong to another service.
func checkPort(u *url.URL) error {
	text := u.Port()
	if text == "" {
		if strings.HasSuffix(u.Host, ":") {
			return fmt.Errorf("the URL has a colon after its host, and no port")
		}
		return nil
	}
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil || text[0] == '0' {
		return fmt.Errorf("%q is not a port", printable(text, 20))
	}
	port := uint16(n)
	if port != securePort && (port < 1024 || slices.Contains(otherServices, port)) {
		return fmt.Errorf("port %d is not one that https documents are fetched from; 443 is, and those from 1024 up that belong to no other service", port)
	}
	return nil
}

// anywhere returns a gate that is open to every address, for URLs that nothing is asked at.
func anywhere() *gate {
	return &gate{allow: []netip.Prefix{netip.PrefixFrom(netip.IPv4Unspecified(), 0), netip.PrefixFrom(netip.IPv6Unspecified(), 0)}}
}
