package fetch

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
)

// reasons are all of them.
var reasons = []Reason{ReasonURL, ReasonAddress, ReasonRedirect, ReasonStatus, ReasonEncoding, ReasonLimit, ReasonTime, ReasonNetwork, ReasonOffline, ReasonEvidence}

func TestErrorKeepsItsCause(t *testing.T) {
	cause := &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
	err := fmt.Errorf("outer: %w", broken(cause))
	var e *Error
	var op *net.OpError
	if !errors.As(err, &e) || !errors.As(err, &op) || !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("%v has lost its cause", err)
	}
	if (&Error{}).Unwrap() != nil {
		t.Error("an error without a cause has one")
	}
}

func TestOnlyOfflineIsOffline(t *testing.T) {
	for _, r := range append(reasons, "", "Offline") {
		if got := (&Error{Reason: r}).Offline(); got != (r == ReasonOffline) {
			t.Errorf("%q: %v", r, got)
		}
	}
}

// Failures before there is an answer fall into classes that a caller can act on.
func TestBroken(t *testing.T) {
	for _, c := range []struct {
		err  error
		want Reason
	}{
		{&addressError{host: "example.edu", kind: "private"}, ReasonAddress},
		{&net.OpError{Op: "dial", Err: &addressError{host: "example.edu", kind: "private"}}, ReasonAddress},
		{&net.DNSError{IsNotFound: true}, ReasonNetwork},
		{&net.DNSError{IsTemporary: true}, ReasonNetwork},
		{&net.DNSError{IsTimeout: true}, ReasonTime},
		{&net.OpError{Op: "read", Err: os.ErrDeadlineExceeded}, ReasonTime},
		{&net.OpError{Op: "read", Err: syscall.ECONNRESET}, ReasonNetwork},
		{io.EOF, ReasonNetwork},
		{io.ErrUnexpectedEOF, ReasonNetwork},
		{errors.New("something else\x1b[2J"), ReasonNetwork},
		{errors.New(""), ReasonNetwork},
	} {
		e := wantReason(t, broken(c.err), c.want)
		if !errors.Is(e, c.err) || strings.ContainsRune(e.Error(), '\x1b') {
			t.Errorf("%v: %v", c.err, e)
		}
	}
}

// The addresses of this machine are in the causes, and stay out of what people are shown.
func TestDetailHasNoLocalAddress(t *testing.T) {
	local := &net.TCPAddr{IP: net.IPv4(10, 1, 2, 3), Port: 50000}
	e := broken(&net.OpError{Op: "read", Net: "tcp", Source: local, Addr: local, Err: syscall.ECONNRESET})
	if strings.Contains(e.Error(), "10.1.2.3") {
		t.Error(e)
	}
}

func TestReasonsInBundles(t *testing.T) {
	for _, r := range reasons {
		reason, detail := splitReason(joinReason(r, "why: because"))
		want, text := r, "why: because"
		if r == ReasonOffline { // it is never recorded, and a bundle cannot pretend it
			want, text = ReasonNetwork, "offline: why: because"
		}
		if reason != want || detail != text {
			t.Errorf("%q: %q, %q", r, reason, detail)
		}
	}
	for _, text := range []string{"", "refused", "url", "url:", "URL: x", "other: x", ": x", " url: x"} {
		if reason, detail := splitReason(text); reason != ReasonNetwork || detail != text {
			t.Errorf("%q: %q, %q", text, reason, detail)
		}
	}
	if text := joinReason(ReasonURL, strings.Repeat("\u00fc", maxBundleError)); len(text) > maxBundleError || !strings.HasSuffix(text, "\u00fc") {
		t.Errorf("%d bytes, ending in %q", len(text), text[len(text)-3:])
	}
}

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"":             "",
		`say "x"`:      `say "x"`,
		"a\nb\x1b\x00": `a\nb\x1b\x00`,
		"\u00fc\u202e": `\u00fc\u202e`,
		"\xff":         `\xff`,
		"1234567890":   "1234567890",
		"12345678901":  "1234567890\u2026",
	} {
		if got := printable(in, 10); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
