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
	"os/exec"
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

// benchServer is the server of a benchmark, in a process of its own: it answers from the recorded bundle until its
// standard input ends, and then tells how much processor time it has used.
func benchServer() {
	data, err := os.ReadFile("../../testdata/evidence/all.json")
	if err != nil {
		panic(err)
	}
	b, err := fetch.ParseBundle(data)
	if err != nil {
		panic(err)
	}
	s, err := api.New(api.Options{Policies: []*policies.Named{policies.Open()}, Source: replay{fetch.NewReplayer(b)},
		Clock: func() time.Time { return b.RecordedAt }, Log: slog.New(slog.NewJSONHandler(io.Discard, nil))})
	if err != nil {
		panic(err)
	}
	tune()
	served := httptest.NewServer(s)
	fmt.Println(served.Listener.Addr())
	marks := bufio.NewScanner(os.Stdin)
	for marks.Scan() {
		fmt.Println(int64(processorTime()))
	}
}

// BenchmarkThroughput verifies the same badges by the library, on as many goroutines as there are processors, and by a
// client of the server on loopback, with eight connections for each. The client writes prepared requests and reads answers, and does as little
// else as it can, since it takes its time from the same processors; cpu-ns/op is what the library, or the process of
// the server, has used of them, which is what decides the throughput where clients are elsewhere.
func BenchmarkThroughput(b *testing.B) {
	source, at := recorded(b)
	for _, name := range []string{"simple.json", "complete.json", "jwt-eddsa.jwt"} {
		data, err := os.ReadFile(badges + name)
		if err != nil {
			b.Fatal(err)
		}
		data = bytes.TrimSpace(data)
		b.Run(name+"/library", func(b *testing.B) { byLibrary(b, data, source, at) })
		b.Run(name+"/server", func(b *testing.B) { byServer(b, data) })
	}
}

func byLibrary(b *testing.B, data []byte, source lookup.Source, at time.Time) {
	tune()
	f := lookup.New(source, nil)
	v, err := verify.New(verify.Config{Keys: keys.Default(f), Status: f, Schemas: f, Resources: f, Clock: func() time.Time { return at }})
	if err != nil {
		b.Fatal(err)
	}
	p := badge.Policy(verify.UnsafeAnyIssuer())
	one := func() error {
		o, err := badge.Open(data)
		if err == nil {
			_, err = badge.Verify(b.Context(), v, o, p)
		}
		return err
	}
	if err := one(); err != nil { // contexts are compiled
		b.Fatal(err)
	}
	b.ResetTimer()
	start := processorTime()
	b.RunParallel(func(loop *testing.PB) {
		for loop.Next() {
			if err := one(); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(processorTime()-start)/float64(b.N), "cpu-ns/op")
}

func byServer(b *testing.B, data []byte) {
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "SERVER_UNDER_TEST=bench")
	in, err := c.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _, _ = in.Close(), c.Wait() }()
	lines := bufio.NewScanner(out)
	lines.Scan()
	address := lines.Text()
	used := func() (ns int64) {
		fmt.Fprintln(in)
		lines.Scan()
		_, _ = fmt.Sscan(lines.Text(), &ns)
		return ns
	}
	value := string(data)
	if value[0] != '{' {
		value = strconv.Quote(value)
	}
	request := post(address, "/credentials/verify", `{"verifiableCredential": `+value+`}`)
	client := func(next func() bool) {
		c, err := net.Dial("tcp", address)
		if err != nil {
			b.Error(err)
			return
		}
		defer c.Close()
		answers := bufio.NewReaderSize(c, 64<<10)
		for next() {
			if err := exchange(c, answers, request); err != nil {
				b.Error(err)
				return
			}
		}
	}
	warm := 0
	client(func() bool { warm++; return warm < 20 })
	b.SetParallelism(8)
	b.ResetTimer()
	start := used()
	b.RunParallel(func(loop *testing.PB) { client(loop.Next) })
	b.ReportMetric(float64(used()-start)/float64(b.N), "cpu-ns/op")
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

func processorTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
