package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/examples/server/api"
	"github.com/badgeproof/badgeproof/examples/server/lookup"
	"github.com/badgeproof/badgeproof/examples/server/policies"
	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/fetch"
)

const badges = "../../testdata/badges/"

// replay answers from the bundle that the badges of testdata come with, and says that it always will, as a client
// with a full cache does.
type replay struct{ *fetch.Replayer }

func (replay) FreshUntil(string) time.Time { return time.Now().Add(time.Hour) }

func recorded(t testing.TB) (lookup.Source, time.Time) {
	t.Helper()
	data, err := os.ReadFile("../../testdata/evidence/all.json")
	if err != nil {
		t.Fatal(err)
	}
	b, err := fetch.ParseBundle(data)
	if err != nil {
		t.Fatal(err)
	}
	return replay{fetch.NewReplayer(b)}, b.RecordedAt
}

// BenchmarkThroughput verifies the same badges by the library and by a client of the server on loopback, each on as
// many goroutines as there are processors. The client writes prepared requests and reads answers, and does as little
// else as it can, since it takes its time from the same processors.
func BenchmarkThroughput(b *testing.B) {
	source, at := recorded(b)
	clock := func() time.Time { return at }
	for _, name := range []string{"simple.json", "complete.json", "jwt-eddsa.jwt"} {
		data, err := os.ReadFile(badges + name)
		if err != nil {
			b.Fatal(err)
		}
		data = bytes.TrimSpace(data)
		b.Run(name+"/library", func(b *testing.B) {
			f := lookup.New(source, nil)
			v, err := verify.New(verify.Config{Keys: keys.Default(f), Status: f, Schemas: f, Resources: f, Clock: clock})
			if err != nil {
				b.Fatal(err)
			}
			p := badge.Policy(verify.UnsafeAnyIssuer())
			defer spent(b)()
			b.RunParallel(func(loop *testing.PB) {
				for loop.Next() {
					o, err := badge.Open(data)
					if err == nil {
						_, err = badge.Verify(b.Context(), v, o, p)
					}
					if err != nil {
						b.Error(err)
					}
				}
			})
		})
		b.Run(name+"/server", func(b *testing.B) {
			log := slog.New(slog.NewJSONHandler(io.Discard, nil))
			s, err := api.New(api.Options{Policies: []*policies.Named{policies.Open()}, Source: source, Clock: clock, Log: log})
			if err != nil {
				b.Fatal(err)
			}
			served := httptest.NewServer(s)
			defer served.Close()
			value := string(data)
			if value[0] != '{' {
				value = strconv.Quote(value)
			}
			request := post(served.Listener.Addr().String(), "/credentials/verify", `{"verifiableCredential": `+value+`}`)
			defer spent(b)()
			b.RunParallel(func(loop *testing.PB) {
				c, err := net.Dial("tcp", served.Listener.Addr().String())
				if err != nil {
					b.Error(err)
					return
				}
				defer c.Close()
				answers := bufio.NewReaderSize(c, 64<<10)
				for loop.Next() {
					if err := exchange(c, answers, request); err != nil {
						b.Error(err)
						return
					}
				}
			})
		})
	}
}

// post writes a request as it goes over the wire.
func post(host, path, body string) []byte {
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", path, host, len(body), body)
}

// exchange sends a request and reads the answer, which has to be 200.
func exchange(c net.Conn, answers *bufio.Reader, request []byte) error {
	if _, err := c.Write(request); err != nil {
		return err
	}
	r, err := http.ReadResponse(answers, nil)
	if err != nil {
		return err
	}
	defer r.Body.Close()
	if _, err = io.Copy(io.Discard, r.Body); err == nil && r.StatusCode != http.StatusOK {
		err = fmt.Errorf("status %d", r.StatusCode)
	}
	return err
}

// spent reports the processor time of an operation, which other processes on the machine do not change as they change
// how long it takes.
func spent(b *testing.B) func() {
	b.ResetTimer()
	start := processorTime()
	return func() { b.ReportMetric(float64((processorTime()-start).Nanoseconds())/float64(b.N), "cpu-ns/op") }
}

func processorTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
