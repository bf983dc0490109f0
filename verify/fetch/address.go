package fetch

import "net/netip"

// A block is a range of addresses that is not the public internet, and the word for it.
type block struct {
	prefix netip.Prefix
	name   string
}

// globalUnicast is all of IPv6 that is assigned for public use (RFC 4291 §2.4, IANA IPv6 Global
// Unicast Address Assignments). What lies outside of it is refused without a look at the table.
var globalUnicast = netip.MustParsePrefix("2000::/3")

// special are the ranges of the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890),
// multicast, and one address that clouds serve their machines' secrets from although it is
// nominally public. Ranges that the registries call globally reachable are refused as well where
// they lead to relays and sinks rather than to hosts.
var special = []block{
	blockOf("0.0.0.0/8", "this network"),
	blockOf("10.0.0.0/8", "private"),
	blockOf("100.64.0.0/10", "shared by carrier-grade NAT"),
	blockOf("127.0.0.0/8", "loopback"),
	blockOf("168.63.129.16/32", "a cloud's platform service"),
	blockOf("169.254.0.0/16", "link-local"),
	blockOf("172.16.0.0/12", "private"),
	blockOf("192.0.0.0/24", "protocol assignments"),
	blockOf("192.0.2.0/24", "documentation"),
	blockOf("192.31.196.0/24", "a DNS sink"),
	blockOf("192.52.193.0/24", "multicast tunnelling"),
	blockOf("192.88.99.0/24", "a 6to4 relay"),
	blockOf("192.168.0.0/16", "private"),
	blockOf("192.175.48.0/24", "a DNS sink"),
	blockOf("198.18.0.0/15", "benchmarking"),
	blockOf("198.51.100.0/24", "documentation"),
	blockOf("203.0.113.0/24", "documentation"),
	blockOf("224.0.0.0/4", "multicast"),
	blockOf("240.0.0.0/4", "reserved"),

	blockOf("::/128", "unspecified"),
	blockOf("::1/128", "loopback"),
	blockOf("::ffff:0:0/96", "mapped from IPv4"),
	blockOf("64:ff9b::/96", "translated to IPv4 (NAT64)"),
	blockOf("64:ff9b:1::/48", "translated to IPv4 (local NAT64)"),
	blockOf("100::/64", "discarded"),
	blockOf("fc00::/7", "private (unique local)"),
	blockOf("fe80::/10", "link-local"),
	blockOf("fec0::/10", "site-local"),
	blockOf("ff00::/8", "multicast"),
	blockOf("2001::/32", "tunnelled to IPv4 (Teredo)"),
	blockOf("2001:2::/48", "benchmarking"),
	blockOf("2001:10::/28", "a hash and no place (ORCHID)"),
	blockOf("2001:20::/28", "a hash and no place (ORCHIDv2)"),
	blockOf("2001::/23", "protocol assignments"),
	blockOf("2001:db8::/32", "documentation"),
	blockOf("2002::/16", "tunnelled to IPv4 (6to4)"),
	blockOf("2620:4f:8000::/48", "a DNS sink"),
	blockOf("3fff::/20", "documentation"),
}

// blockOf panics for a text that is no prefix, which a test of the table would show.
func blockOf(prefix, name string) block {
	return block{netip.MustParsePrefix(prefix), name}
}

// refuse says what an address is that may not be reached, and is empty for one that may: a public
// unicast address, or one in an allowed network. IPv4 that comes wrapped in IPv6, as some resolvers
// hand it out, is judged as the IPv4 address it is.
func (g *gate) refuse(addr netip.Addr) string {
	addr = addr.Unmap()
	if g.allowed(addr) {
		return ""
	}
	if !addr.IsValid() || addr.Zone() != "" {
		return "bound to an interface"
	}
	for _, b := range special {
		if b.prefix.Contains(addr) {
			return b.name
		}
	}
	if addr.Is6() && !globalUnicast.Contains(addr) {
		return "outside of the public internet"
	}
	return ""
}

// allowed reports whether the caller named a network that has the address. An address with a zone
// is in none.
func (g *gate) allowed(addr netip.Addr) bool {
	for _, p := range g.allow {
		if p.Contains(addr) {
			return true
		}
	}
	return false
}
