package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"
)

// A dialer connects to host names through a gate. Its functions are those of package net except in
// tests.
type dialer struct {
	gate   *gate
	time   time.Duration // for one connection, name lookup included
	lookup func(ctx context.Context, host string) ([]netip.Addr, error)
	dial   func(ctx context.Context, network, address string) (net.Conn, error)
}

// newDialer returns the dialer that is in force outside of tests. It judges an address twice: once
// when the name was resolved, and once in the socket's control function, where nothing can come
// between the look and the connection.
func newDialer(g *gate, limit time.Duration) *dialer {
	d := &net.Dialer{
		Timeout: dialTime,
		// The last look, at the address the operating system is about to connect to.
		Control: func(_, address string, _ syscall.RawConn) error { return g.control(address) },
	}
	return &dialer{gate: g, time: limit, lookup: lookup, dial: d.DialContext}
}

// newTransport returns a transport that connects through d. It speaks HTTP/1.1, uses no proxy,
// asks for no compression, and trusts roots, or the system's roots for nil. Each connection serves
// one request: every request passes the gate anew, a host can leave nothing on a connection for the
// next answer, and nothing stays open between verifications.
func newTransport(d *dialer, roots *x509.CertPool, headerBytes int) *http.Transport {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Transport{
		Proxy:                  nil,
		DialContext:            d.connect,
		TLSClientConfig:        &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    handshakeTime,
		DisableCompression:     true,
		DisableKeepAlives:      true,
		MaxResponseHeaderBytes: int64(headerBytes),
		Protocols:              protocols,
	}
}

// lookup resolves a name. One with a dot is taken as complete, so that a local search list cannot
// turn it into the name of a host inside.
func lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	if strings.Contains(host, ".") {
		host += "."
	}
	return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
}

// connect resolves the host of address, and connects to the first of its permitted addresses that
// answers. What is dialled is the address that was judged, never the name again. The transport may
// let a dial go on when the request it was for is gone, so that it has a deadline of its own.
func (d *dialer) connect(ctx context.Context, _, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, d.time)
	defer cancel()
	addrs, err := d.resolve(ctx, host)
	if err != nil {
		return nil, err
	}
	var failed error
	// One after the other, each for at most dialTime: the limit of time bounds them all.
	for _, addr := range addrs {
		conn, err := d.dial(ctx, "tcp", net.JoinHostPort(addr.String(), port))
		if err == nil {
			return conn, nil
		}
		if failed == nil {
			failed = err
		}
		if ctx.Err() != nil {
			break
		}
	}
	return nil, failed
}

// resolve returns the addresses of a host that may be reached, at least one and at most
// maxAddresses, or an *addressError.
func (d *dialer) resolve(ctx context.Context, host string) ([]netip.Addr, error) {
	var found []netip.Addr
	if literal, err := netip.ParseAddr(host); err == nil {
		found = []netip.Addr{literal}
	} else if found, err = d.lookup(ctx, host); err != nil {
		return nil, err
	}
	var permitted []netip.Addr
	refused := &addressError{host: host}
	for _, addr := range found {
		if kind := d.gate.refuse(addr); kind == "" {
			permitted = append(permitted, addr.Unmap())
		} else if refused.kind == "" {
			refused.addr, refused.kind = addr.Unmap(), kind
		}
	}
	if len(permitted) == 0 {
		return nil, refused
	}
	return firstOfBoth(permitted), nil
}

// firstOfBoth cuts a list to maxAddresses, and moves the first address of the other family to the
// second place, so that a host is found where only one family is routed.
func firstOfBoth(addrs []netip.Addr) []netip.Addr {
	for i, a := range addrs {
		if a.Is4() != addrs[0].Is4() {
			copy(addrs[2:i+1], addrs[1:i])
			addrs[1] = a
			break
		}
	}
	return addrs[:min(len(addrs), maxAddresses)]
}

// control refuses a connection to an address that may not be reached.
func (g *gate) control(address string) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return &addressError{host: address, kind: "unreadable"}
	}
	if kind := g.refuse(at.Addr()); kind != "" {
		return &addressError{host: address, addr: at.Addr(), kind: kind}
	}
	return nil
}

// addressError says that a host is at no address that may be reached. Its text leaves the address
// out: a report may be shown to somebody who must not learn how the network inside is numbered.
type addressError struct {
	host string
	addr netip.Addr // one of the refused addresses; not valid where the name has none at all
	kind string     // what addr is
}

func (e *addressError) Error() string {
	if !e.addr.IsValid() {
		return fmt.Sprintf("the name %s has no address", printable(e.host, 80))
	}
	return fmt.Sprintf("%s is not at a public address (it is %s); if it is meant to be reached, its network must be allowed explicitly",
		printable(e.host, 80), e.kind)
}
