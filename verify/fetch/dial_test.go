package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"
)

// public are addresses that documents may come from.
const (
	public  = "93.184.216.34"
	public2 = "93.184.216.35"
	public6 = "2606:2800:220:1:248:1893:25c8:1946"
)

func TestDefaultReachesPublicNames(t *testing.T) {
	n := newInternet(t, hello)
	n.name("example.com", []string{public})
	wantBody(t, n.client(Options{}), "https://example.com/", `{"hello":"world"}`)
	if !slices.Equal(n.dialled, []string{public + ":443"}) {
		t.Errorf("dialled %v", n.dialled)
	}
}

// Names that resolve to an address that is not public are refused before anything is dialled.
func TestDefaultRefusesNamesOfInnerAddresses(t *testing.T) {
	for _, a := range []string{
		"127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "168.63.129.16",
		"::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "2001:10::1", "2001:db8::1", "3fff::1",
	} {
		t.Run(a, func(t *testing.T) {
			n := newInternet(t, hello)
			n.name("example.com", []string{a})
			refused(t, n.client(Options{}), "https://example.com/", ReasonAddress)
			if len(n.dialled) != 0 {
				t.Errorf("dialled %v", n.dialled)
			}
		})
	}
}

// What a person reads about a refused name does not say how the network inside is numbered.
func TestRefusalKeepsAddressesToItself(t *testing.T) {
	n := newInternet(t, hello)
	n.name("example.com", []string{"10.11.12.13"})
	if e := refused(t, n.client(Options{}), "https://example.com/", ReasonAddress); strings.Contains(e.Error(), "10.11.12.13") {
		t.Errorf("the error gives the address away: %v", e)
	}
	if e := refused(t, n.client(Options{}), "https://nowhere.example/", ReasonNetwork); strings.Contains(e.Error(), "10.9.8.7") {
		t.Errorf("the error gives the name server away: %v", e)
	}
}

// The real dialer refuses as well, with nothing replaced: a listening loopback server is not reached.
func TestDefaultRefusesLoopbackForReal(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	reached := make(chan struct{}, 8)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			reached <- struct{}{}
			conn.Close()
		}
	}()
	d := newDialer(new(gate), time.Second)
	d.lookup = func(context.Context, string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	var address *addressError
	if _, err := d.connect(t.Context(), "tcp", net.JoinHostPort("example.com", port)); !errors.As(err, &address) {
		t.Errorf("connect: %v", err)
	}
	if _, err := d.connect(t.Context(), "tcp", l.Addr().String()); !errors.As(err, &address) {
		t.Errorf("connect to a literal: %v", err)
	}
	// The operating system's own view of the address is judged too, whoever asks for the dial.
	if _, err := d.dial(t.Context(), "tcp", l.Addr().String()); !errors.As(err, &address) {
		t.Errorf("dial: %v", err)
	}
	if _, err := d.dial(t.Context(), "tcp", net.JoinHostPort("localhost", port)); !errors.As(err, &address) {
		t.Errorf("dial of a name: %v", err)
	}
	select {
	case <-reached:
		t.Error("the server was reached")
	case <-time.After(50 * time.Millisecond):
	}
	// The control: the same dialer with the network allowed.
	conn, err := newDialer(&gate{allow: loopback()}, time.Second).connect(t.Context(), "tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
}

func TestLocalhostIsRefusedByDefault(t *testing.T) {
	srv := serve(t, hello)
	_, port, _ := net.SplitHostPort(srv.Listener.Addr().String())
	c := New(Options{RootCAs: rootsOf(srv)})
	refused(t, c, srv.URL, ReasonURL)
	refused(t, c, "https://localhost:"+port+"/", ReasonURL)
	wantBody(t, near(srv, Limits{}), srv.URL, `{"hello":"world"}`)
}

// Of several addresses only permitted ones are dialled.
func TestOnlyPermittedAddressesAreDialled(t *testing.T) {
	n := newInternet(t, hello)
	n.name("example.com", []string{"10.0.0.1", public, "::1", public6, "127.0.0.1"})
	n.dead[public+":443"] = true
	wantBody(t, n.client(Options{}), "https://example.com/", `{"hello":"world"}`)
	if want := []string{public + ":443", "[" + public6 + "]:443"}; !slices.Equal(n.dialled, want) {
		t.Errorf("dialled %v, want %v", n.dialled, want)
	}
}

// A name whose answer changes between the check and the dial gains nothing: there is one lookup for
// a connection, and the address that was judged is the one that is dialled.
func TestRebinding(t *testing.T) {
	n := newInternet(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		w.Header().Set("Cache-Control", "no-store")
		hello(w, r)
	})
	n.name("example.com", []string{public}, []string{"127.0.0.1"}, []string{"::ffff:10.0.0.1"}, []string{public2})
	c := n.client(Options{})
	wantBody(t, c, "https://example.com/", `{"hello":"world"}`)
	refused(t, c, "https://example.com/", ReasonAddress)
	refused(t, c, "https://example.com/", ReasonAddress)
	wantBody(t, c, "https://example.com/", `{"hello":"world"}`)
	if want := []string{public + ":443", public2 + ":443"}; !slices.Equal(n.dialled, want) {
		t.Errorf("dialled %v, want %v", n.dialled, want)
	}
	if len(n.lookups) != 4 {
		t.Errorf("%d lookups for 4 connections", len(n.lookups))
	}
}

// A redirect to a name or an address inside is refused like the first URL.
func TestRedirectPassesTheGate(t *testing.T) {
	for location, want := range map[string]Reason{
		"https://inside.example/":            ReasonAddress,
		"https://inside.example:8443/":       ReasonAddress,
		"//inside.example/":                  ReasonAddress,
		"https://127.0.0.1/":                 ReasonRedirect,
		"https://[::1]/":                     ReasonRedirect,
		"https://[::ffff:127.0.0.1]/":        ReasonRedirect,
		"https://2130706433/":                ReasonRedirect,
		"https://0x7f.1/":                    ReasonRedirect,
		"https://localhost/":                 ReasonRedirect,
		"https://169.254.169.254/":           ReasonRedirect,
		"//169.254.169.254/latest/meta-data": ReasonRedirect,
		"http://example.com/":                ReasonRedirect,
		"https://user@example.com/":          ReasonRedirect,
		"https://example.com:22/":            ReasonRedirect,
		"file:///etc/passwd":                 ReasonRedirect,
		"data:application/json,{}":           ReasonRedirect,
		"\\\\inside.example\\":               ReasonRedirect,
		"https://b\u00fccher.example/":       ReasonRedirect,
		"":                                   ReasonRedirect,
		"https://%zz/":                       ReasonRedirect,
		"/" + strings.Repeat("a", 4000):      ReasonRedirect,
	} {
		t.Run(fmt.Sprintf("%.40s", location), func(t *testing.T) {
			n := newInternet(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/start" {
					hello(w, r)
					return
				}
				w.Header()["Location"] = []string{location}
				w.WriteHeader(http.StatusFound)
			})
			n.name("example.com", []string{public})
			n.name("inside.example", []string{"10.0.0.1"})
			url := "https://example.com/start"
			if location == "" {
				url = "https://example.com/start?empty" // leads to itself until the limit
			}
			refused(t, n.client(Options{}), url, want)
			if slices.ContainsFunc(n.dialled, func(a string) bool { return a != public+":443" }) {
				t.Errorf("dialled %v", n.dialled)
			}
		})
	}
}

// A name that changes its answer between two hops of one fetch is refused at the second.
func TestRebindingBetweenRedirects(t *testing.T) {
	n := newInternet(t, countdown)
	n.name("example.com", []string{public}, []string{"192.168.0.1"})
	refused(t, n.client(Options{}), "https://example.com/1", ReasonAddress)
	if !slices.Equal(n.dialled, []string{public + ":443"}) {
		t.Errorf("dialled %v", n.dialled)
	}
}

func TestManyAddresses(t *testing.T) {
	n := newInternet(t, hello)
	var flood []string
	for i := range 2000 {
		a := fmt.Sprintf("93.184.%d.%d", i/256, i%256)
		flood = append(flood, a)
		n.dead[a+":443"] = true
	}
	n.name("example.com", flood)
	refused(t, n.client(Options{}), "https://example.com/", ReasonNetwork)
	if len(n.dialled) != maxAddresses {
		t.Errorf("dialled %d addresses, want %d", len(n.dialled), maxAddresses)
	}
}

func TestFirstOfBoth(t *testing.T) {
	for in, want := range map[string]string{
		"1.1.1.1":         "1.1.1.1",
		"1.1.1.1 2.2.2.2": "1.1.1.1 2.2.2.2",
		"1.1.1.1 2000::1": "1.1.1.1 2000::1",
		"1.1.1.1 2.2.2.2 3.3.3.3 2000::1 4.4.4.4":   "1.1.1.1 2000::1 2.2.2.2 3.3.3.3",
		"2000::1 2000::2 2000::3 2000::4 1.1.1.1":   "2000::1 1.1.1.1 2000::2 2000::3",
		"2000::1 1.1.1.1 2000::2 2.2.2.2 3.3.3.3":   "2000::1 1.1.1.1 2000::2 2.2.2.2",
		"1.1.1.1 2.2.2.2 3.3.3.3 4.4.4.4 5.5.5.5":   "1.1.1.1 2.2.2.2 3.3.3.3 4.4.4.4",
		"2000::1 2000::2 2000::3 2000::4 2000::500": "2000::1 2000::2 2000::3 2000::4",
	} {
		var addrs []netip.Addr
		for _, a := range strings.Fields(in) {
			addrs = append(addrs, netip.MustParseAddr(a))
		}
		var got []string
		for _, a := range firstOfBoth(addrs) {
			got = append(got, a.String())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", in, got, want)
		}
	}
}

func TestNamesThatFail(t *testing.T) {
	n := newInternet(t, hello)
	n.name("empty.example", []string{})
	c := n.client(Options{})
	refused(t, c, "https://nowhere.example/", ReasonNetwork)
	refused(t, c, "https://empty.example/", ReasonAddress)
	d := newDialer(c.gate, time.Second)
	d.lookup = func(ctx context.Context, _ string) ([]netip.Addr, error) {
		return nil, &net.DNSError{Err: "server misbehaving", IsTemporary: true}
	}
	c.transport = newTransport(d, nil, 1000)
	refused(t, c, "https://example.com/", ReasonNetwork)
}

// A name server that never answers is waited for no longer than the limit.
func TestLookupHasADeadline(t *testing.T) {
	c := New(Options{Limits: Limits{Time: 50 * time.Millisecond}})
	d := newDialer(c.gate, c.limits.Time)
	ended := make(chan struct{})
	d.lookup = func(ctx context.Context, _ string) ([]netip.Addr, error) {
		<-ctx.Done()
		close(ended)
		return nil, ctx.Err()
	}
	c.transport = newTransport(d, nil, 1000)
	refused(t, c, "https://example.com/", ReasonTime)
	<-ended
}

// The environment's proxies would resolve names for themselves, behind the gate's back.
func TestNoProxyFromTheEnvironment(t *testing.T) {
	proxy := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("the proxy was asked") })
	for _, name := range []string{"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY"} {
		t.Setenv(name, proxy.URL)
	}
	n := newInternet(t, hello)
	n.name("example.com", []string{public})
	wantBody(t, n.client(Options{}), "https://example.com/", `{"hello":"world"}`)
	if newTransport(newDialer(new(gate), 0), nil, 1).Proxy != nil {
		t.Error("the transport has a proxy function")
	}
}

// The resolver in force asks the system, and not beyond the caller's context.
func TestLookup(t *testing.T) {
	addrs, err := lookup(t.Context(), "localhost")
	if err != nil {
		t.Skip("this machine does not know localhost:", err)
	}
	for _, a := range addrs {
		if new(gate).refuse(a) == "" {
			t.Errorf("localhost is at %v, which may be reached", a)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := lookup(ctx, "badgeproof.invalid"); err == nil {
		t.Error("a name that does not exist has an address")
	}
}
