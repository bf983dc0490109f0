package fetch

import (
	"net/netip"
	"slices"
	"testing"
)

func TestRefusedAddresses(t *testing.T) {
	for _, a := range []string{
		// This network, private, shared, loopback, link-local.
		"0.0.0.0", "0.1.2.3", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.100.100.200", "100.127.255.255", "127.0.0.1", "127.255.255.254",
		"169.254.0.1", "169.254.169.254", "172.16.0.0", "172.31.255.255", "192.168.0.1", "192.168.255.255", "168.63.129.16",
		// Protocol assignments, documentation, sinks, relays, benchmarking, multicast, reserved, broadcast.
		"192.0.0.1", "192.0.0.8", "192.0.0.170", "192.0.0.192", "192.0.2.1", "198.51.100.255", "203.0.113.7", "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.175.48.1",
		"198.18.0.0", "198.19.255.255", "224.0.0.1", "233.252.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
		// IPv6: unspecified, loopback, compatible, mapped, translated.
		"::", "::1", "::2", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1",
		"64:ff9b::1", "64:ff9b::8.8.8.8", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "64:ff9b:2::1",
		// Discard, local, site, multicast.
		"100::", "100::1", "100:0:0:1::1", "fc00::1", "fd00:ec2::254", "fdff::1", "fe80::1", "febf::1", "fec0::1", "feff::1", "ff00::1", "ff02::1", "ff0e::1",
		// Protocol assignments, Teredo, benchmarking, AMT, ORCHID, DET, documentation, 6to4, sinks, segment routing.
		"2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:1::1", "2001:2::1", "2001:3::1", "2001:4:112::1", "2001:10::1", "2001:1f:ffff::", "2001:20::1", "2001:30::1",
		"2001:1ff:ffff::1", "2001:db8::1", "2001:db8:ffff::1", "2002:7f00:1::", "2002:a00:1::1", "2002:808:808::1", "2620:4f:8000::1", "3fff::1", "3fff:fff::1", "5f00::1",
		// Not assigned.
		"4000::1", "8000::1", "1::1", "200::1", "e000::1", "1fff:ffff::1",
		// Bound to an interface.
		"fe80::1%eth0", "2606:2800:220:1::1%eth0",
	} {
		addr := netip.MustParseAddr(a)
		if new(gate).refuse(addr) == "" {
			t.Errorf("%s may be reached", a)
		}
		if addr.Is4() && new(gate).refuse(netip.AddrFrom16(addr.As16())) == "" {
			t.Errorf("%s may be reached when it is mapped", a)
		}
		if err := new(gate).control(netip.AddrPortFrom(addr, 443).String()); err == nil {
			t.Errorf("%s may be connected to", a)
		}
	}
	if new(gate).refuse(netip.Addr{}) == "" {
		t.Error("no address may be reached")
	}
	if new(gate).control("example.edu:443") == nil || new(gate).control("") == nil {
		t.Error("something that is not an address may be connected to")
	}
}

func TestPublicAddresses(t *testing.T) {
	for _, a := range []string{
		"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "93.184.216.34", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0", "168.63.129.15", "169.253.255.255", "169.255.0.0",
		"172.15.255.255", "172.32.0.0", "191.255.255.255", "192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "198.51.99.1", "203.0.112.1", "203.0.114.1", "223.255.255.255",
		"2000::1", "2001:200::1", "2001:db7::1", "2001:db9::1", "2003::1", "2606:2800:220:1:248:1893:25c8:1946", "2a00:1450:4001:81b::200e", "2620:4f:7fff::1", "3ffe::1", "3fff:1000::1",
	} {
		addr := netip.MustParseAddr(a)
		if kind := new(gate).refuse(addr); kind != "" {
			t.Errorf("%s is refused as %s", a, kind)
		}
		if kind := new(gate).refuse(netip.AddrFrom16(addr.As16())); kind != "" {
			t.Errorf("%s is refused as %s in 16 bytes", a, kind)
		}
		if err := new(gate).control(netip.AddrPortFrom(addr, 443).String()); err != nil {
			t.Errorf("%s: %v", a, err)
		}
	}
}

// Every block is refused at both of its ends. That also guards against a prefix with host bits,
// which would contain less than its text says.
func TestBlocksAreWhole(t *testing.T) {
	if len(special) != 38 {
		t.Errorf("%d blocks; a change needs an entry in the tests above", len(special))
	}
	for _, b := range special {
		if b.prefix != b.prefix.Masked() {
			t.Errorf("%s has host bits", b.prefix)
		}
		for _, a := range []netip.Addr{b.prefix.Addr(), last(b.prefix)} {
			if new(gate).refuse(a) == "" {
				t.Errorf("%s of %s may be reached", a, b.prefix)
			}
		}
	}
}

// last returns the last address of a prefix.
func last(p netip.Prefix) netip.Addr {
	bytes := p.Addr().AsSlice()
	for bit := p.Bits(); bit < 8*len(bytes); bit++ {
		bytes[bit/8] |= 0x80 >> (bit % 8)
	}
	a, _ := netip.AddrFromSlice(bytes)
	return a
}

func TestAllowedNetworks(t *testing.T) {
	g := &gate{allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("fd00:1::/32"), {}}}
	for a, want := range map[string]bool{
		"127.0.0.1": true, "127.9.9.9": true, "::ffff:127.0.0.1": true, "fd00:1::1": true, "8.8.8.8": true,
		"128.0.0.1": true, "10.0.0.1": false, "fd00:2::1": false, "::1": false, "::ffff:10.0.0.1": false, "64:ff9b::127.0.0.1": false, "2002:7f00:1::": false, "fd00:1::1%eth0": false,
	} {
		if kind := g.refuse(netip.MustParseAddr(a)); (kind == "") != want {
			t.Errorf("%s: refused as %q, want reachable %v", a, kind, want)
		}
	}
}

// The caller's list is copied, so that changing it later opens nothing.
func TestAllowIsCopied(t *testing.T) {
	allow := loopback()
	c := New(Options{Allow: allow})
	allow[0] = netip.MustParsePrefix("10.0.0.0/8")
	if c.gate.refuse(netip.MustParseAddr("10.0.0.1")) == "" {
		t.Error("a network was opened after the client was made")
	}
	if !slices.Equal(c.gate.allow, loopback()) {
		t.Errorf("allowed: %v", c.gate.allow)
	}
}
