package fetch

import (
	"net/netip"
	"strings"
	"testing"
)

func TestCheckURLAccepts(t *testing.T) {
	for _, c := range []struct{ raw, host, want string }{
		{"https://example.edu", "example.edu", "https://example.edu"},
		{"https://example.edu/", "example.edu", "https://example.edu/"},
		{"https://example.edu/.well-known/did.json", "example.edu", "https://example.edu/.well-known/did.json"},
		{"HTTPS://Example.EDU/a", "Example.EDU", "https://Example.EDU/a"},
		{"https://a.b.c.example.edu:8443/x?y=z&a=%20#frag", "a.b.c.example.edu", "https://a.b.c.example.edu:8443/x?y=z&a=%20"},
		{"https://example.edu:443/x", "example.edu", "https://example.edu:443/x"},
		{"https://example.edu:1024/x", "example.edu", "https://example.edu:1024/x"},
		{"https://example.edu:65535/x", "example.edu", "https://example.edu:65535/x"},
		{"https://xn--bcher-kva.example/x", "xn--bcher-kva.example", "https://xn--bcher-kva.example/x"},
		{"https://1.2.3.4.example/x", "1.2.3.4.example", "https://1.2.3.4.example/x"},
		{"https://3com.com/x", "3com.com", "https://3com.com/x"},
		{"https://0x7f.com/", "0x7f.com", "https://0x7f.com/"},
		{"https://example.edu/a%2Fb/c%3Fd", "example.edu", "https://example.edu/a%2Fb/c%3Fd"},
		{"https://example.edu/@user/x", "example.edu", "https://example.edu/@user/x"},
		{"https://" + strings.Repeat("a", 63) + ".example/", strings.Repeat("a", 63) + ".example", "https://" + strings.Repeat("a", 63) + ".example/"},
	} {
		u, err := new(gate).checkURL(c.raw, defaultURLBytes)
		if err != nil {
			t.Errorf("%s: %v", c.raw, err)
			continue
		}
		if u.Hostname() != c.host || u.String() != c.want {
			t.Errorf("%s: host %s, URL %s, want %s, %s", c.raw, u.Hostname(), u, c.host, c.want)
		}
	}
}

// refusedURLs are refused whatever networks are allowed.
var refusedURLs = []string{
	// No https URL at all.
	"", "example.edu", "/did.json", "//example.edu/did.json", "https:", "https://", "https:///did.json", "https:example.edu",
	"http://example.edu/", "ftp://example.edu/", "file:///etc/passwd", "gopher://example.edu/", "data:application/json,{}",
	"did:web:example.edu", "urn:uuid:6a1676b8-b51f-11ed-937b-d76685a20ff5", "wss://example.edu/", "https+unix://x/", "httpss://example.edu/",
	"javascript:alert(1)", "jar:https://example.edu!/", "://example.edu/",
	// User information.
	"https://user@example.edu/", "https://user:password@example.edu/", "https://@example.edu/", "https://:@example.edu/",
	"https://example.edu@127.0.0.1/", "https://example.edu%40127.0.0.1/", "https://a@b@example.edu/",
	// Text that parsers disagree about.
	"https://example.edu\\@evil.example/", "https:\\\\example.edu/", "https://example.edu/a b", "https://example.edu/\t", "https://exam\nple.edu/",
	" https://example.edu/", "https://example.edu/ ", "https://example.edu/\x00", "https://example.edu/\x7f", "https://b\u00fccher.example/",
	"https://example.edu/b\u00fccher", "https://ex\u00adample.edu/", "https://\uff45xample.edu/", "https://example\u3002edu/", "https://example.edu/%", "https://example.edu/%zz",
	"https://example.edu/\xff", "https://127\u30020\u30020\u30021/",
	// Not a host name.
	"https://example..edu/", "https://.example.edu/", "https://example.edu./", "https://./", "https://-example.edu/", "https://example-.edu/",
	"https://exa_mple.edu/", "https://exa%6dple.edu/", "https://example.edu%00.evil.example/", "https://example.edu%2f.evil.example/", "https://*.example.edu/", "https://exa$mple.edu/",
	"https://exa,mple.edu/", "https://exa;mple.edu/", "https://(example).edu/", "https://%65xample.edu/", "https://example.edu:80:443/",
	// Ports.
	"https://example.edu:/", "https://example.edu:0/", "https://example.edu:00443/", "https://example.edu:0443/", "https://example.edu:65536/",
	"https://example.edu:99999999999999999999/", "https://example.edu:-1/", "https://example.edu:https/", "https://example.edu:+443/", "https://example.edu:443a/", "https://example.edu:%34%34%33/",
	"https://example.edu:22/", "https://example.edu:25/", "https://example.edu:80/", "https://example.edu:442/", "https://example.edu:444/", "https://example.edu:1023/",
	"https://example.edu:2375/", "https://example.edu:3306/", "https://example.edu:5432/", "https://example.edu:6000/", "https://example.edu:6379/", "https://example.edu:6667/", "https://example.edu:11211/", "https://example.edu:27017/",
	// Addresses in every spelling but the usual one.
	"https://2130706433/", "https://0x7f000001/", "https://0X7F000001/", "https://017700000001/", "https://0177.0.0.1/", "https://0x7f.0.0.1/", "https://0x7f.0x0.0x0.0x1/",
	"https://127.1/", "https://127.0.1/", "https://127.0.0.01/", "https://127.0.0.0x1/", "https://127.0.0.1./", "https://0/", "https://0x/", "https://0x0/", "https://127.0.0.1.0/", "https://256.256.256.256/",
	"https://example.123/", "https://example.0x1f/", "https://127.0.0.1%2f/", "https://1/", "https://999999999999/", "https://127.0.0.%31/",
	"https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[0:0:0:0:0:0:0:1]/", "https://[::0001]/", "https://[fe80::1%25lo]/", "https://[fe80::1%25eth0]/", "https://[::1%25]/", "https://[::1%lo]/", "https://[::127.0.0.1]/",
	"https://[v1.fe80]/", "https://[]/", "https://[::1/", "https://::1/", "https://[::1]x/", "https://[127.0.0.1]/", "https://[example.edu]/", "https://[::1]:/", "https://[::1]:22/", "https://[::FFFF:1.2.3.4]/",
}

// literalURLs are refused unless their network is allowed.
var literalURLs = []string{
	"https://127.0.0.1/", "https://10.0.0.1/", "https://93.184.216.34/", "https://169.254.169.254/latest/meta-data/", "https://0.0.0.0/", "https://255.255.255.255/",
	"https://[::1]/", "https://[::]/", "https://[fe80::1]/", "https://[fc00::1]/", "https://[2606:2800:220:1:248:1893:25c8:1946]/", "https://127.0.0.1:8443/", "https://[::1]:8443/", "https://[FE80::A]/",
	"https://localhost/", "https://localhost:8443/", "https://intranet/", "https://metadata/",
}

func TestCheckURLRefuses(t *testing.T) {
	long := "https://example.edu/" + strings.Repeat("a", defaultURLBytes)
	manyLabels := "https://" + strings.Repeat("a.", 130) + "example/"
	longLabel := "https://" + strings.Repeat("a", 64) + ".example/"
	for _, raw := range append([]string{long, manyLabels, longLabel}, refusedURLs...) {
		for _, g := range []*gate{new(gate), anywhere()} {
			if u, err := g.checkURL(raw, defaultURLBytes); err == nil {
				t.Errorf("%.60q passes as %s (allowed networks: %v)", raw, u, g.allow)
			}
		}
	}
	for _, raw := range literalURLs {
		if u, err := new(gate).checkURL(raw, defaultURLBytes); err == nil {
			t.Errorf("%q passes as %s", raw, u)
		}
		if _, err := anywhere().checkURL(raw, defaultURLBytes); err != nil {
			t.Errorf("%q is refused although every network is allowed: %v", raw, err)
		}
	}
}

func TestLiteralOnlyInsideItsNetwork(t *testing.T) {
	g := &gate{allow: []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("fd00:1::/32")}}
	for raw, want := range map[string]bool{
		"https://10.1.2.3/":          true,
		"https://10.2.2.3/":          false,
		"https://93.184.216.34/":     false,
		"https://[fd00:1::5]:8443/":  true,
		"https://[fd00:2::5]:8443/":  false,
		"https://[::ffff:10.1.2.3]/": false,
		"https://[fd00:1::5%25a]/":   false,
		"http://10.1.2.3/":           false,
		"https://167838211/":         false, // 10.1.2.3 in decimal
	} {
		if _, err := g.checkURL(raw, defaultURLBytes); (err == nil) != want {
			t.Errorf("%s: %v, want accepted %v", raw, err, want)
		}
	}
}

func TestURLLimitIsExact(t *testing.T) {
	raw := "https://example.edu/" + strings.Repeat("a", 30)
	if _, err := new(gate).checkURL(raw, len(raw)); err != nil {
		t.Error(err)
	}
	if _, err := new(gate).checkURL(raw, len(raw)-1); err == nil {
		t.Error("one byte too many passes")
	}
}

// The errors of hostile URLs are shown to people, so they hold no bytes that a terminal acts on and
// do not grow with the URL.
func TestURLErrorsArePrintable(t *testing.T) {
	c := New(Options{})
	for _, raw := range append([]string{"https://example.edu/\x1b[2J\u202e", "https://" + strings.Repeat("x", 1<<20)}, refusedURLs...) {
		text := refused(t, c, raw, ReasonURL).Error()
		if len(text) > 1000 {
			t.Errorf("%.40q: the error has %d bytes", raw, len(text))
		}
		for _, r := range text {
			if r < ' ' || r == 0x7f || r == '\u202e' || r == '\ufffd' {
				t.Errorf("%.40q: the error has the character %U", raw, r)
			}
		}
	}
}
