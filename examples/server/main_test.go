package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// TestMain makes the test binary the server itself where a test starts it as one.
func TestMain(m *testing.M) {
	switch os.Getenv("SERVER_UNDER_TEST") {
	case "bench":
		benchServer()
		return
	case "1":
		main()
		return
	}
	os.Exit(m.Run())
}

// process is a server of its own.
type process struct {
	*exec.Cmd
	url string
	log *bytes.Buffer
	mu  sync.Mutex
}

// start runs the server with these flags on a free port of loopback, and waits until it listens.
func start(t testing.TB, flags ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(os.Args[0], append([]string{"-listen", "127.0.0.1:0"}, flags...)...), log: &bytes.Buffer{}}
	p.Env = append(os.Environ(), "SERVER_UNDER_TEST=1")
	out, err := p.StderrPipe()
	if err == nil {
		err = p.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = p.Process.Kill(), p.Wait() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var line struct{ Msg, URL string }
		_ = json.Unmarshal(lines.Bytes(), &line)
		p.keep(lines.Text())
		if line.Msg == "listening" {
			p.url = strings.TrimSuffix(line.URL, "/")
			break
		}
	}
	if p.url == "" {
		t.Fatalf("the server does not listen: %s", p.log)
	}
	go func() {
		for lines.Scan() {
			p.keep(lines.Text())
		}
	}()
	return p
}

func (p *process) keep(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.log.WriteString(line + "\n")
}

func (p *process) said(word string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Contains(p.log.String(), word)
}

func simple(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile(badges + "simple.json")
	if err != nil {
		t.Fatal(err)
	}
	return `{"verifiableCredential": ` + string(data) + `}`
}

// TestRuns starts the server without any configuration, as people do.
func TestRuns(t *testing.T) {
	p := start(t)
	for path, kind := range map[string]string{"/": "text/html", "/healthz": "application/json", "/openapi.json": "application/json", "/metrics": "text/plain"} {
		r, err := http.Get(p.url + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Body.Close()
		if r.StatusCode != 200 || !strings.HasPrefix(r.Header.Get("Content-Type"), kind) {
			t.Errorf("%s: %d %s", path, r.StatusCode, r.Header.Get("Content-Type"))
		}
	}
	r, err := http.Post(p.url+"/credentials/verify", "application/json", strings.NewReader(simple(t)))
	if err != nil || r.StatusCode != 200 {
		t.Error(r, err)
	}
	q, err := http.NewRequest("GET", p.url+"/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	q.Host = "rebound.example"
	if r, err := http.DefaultClient.Do(q); err != nil || r.StatusCode != http.StatusMisdirectedRequest {
		t.Error("another name for loopback:", r, err)
	}
}

// TestEndUnderLoad: the server is told to end while clients keep it busy. Until it says, by closing a connection after
// an answer, that they should go elsewhere, each of their requests is answered.
func TestEndUnderLoad(t *testing.T) {
	p := start(t, "-drain", "700ms")
	body := simple(t)
	var clients sync.WaitGroup
	var answered, after atomic.Int64
	var told atomic.Bool
	for range 8 {
		clients.Go(func() {
			c := &http.Client{Transport: &http.Transport{}, Timeout: 20 * time.Second}
			for {
				r, err := c.Post(p.url+"/credentials/verify", "application/json", strings.NewReader(body))
				if err != nil {
					t.Errorf("after %d answers: %v", answered.Load(), err)
					return
				}
				_, err = io.Copy(io.Discard, r.Body)
				_ = r.Body.Close()
				if err != nil || r.StatusCode != 200 {
					t.Errorf("%d %v", r.StatusCode, err)
				}
				answered.Add(1)
				if told.Load() {
					after.Add(1)
				}
				if r.Close { // as a balancer that reads /readyz, or this, would
					return
				}
			}
		})
	}
	time.Sleep(500 * time.Millisecond)
	told.Store(true)
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	clients.Wait()
	if err := p.Wait(); err != nil {
		t.Errorf("the end: %v", err)
	}
	if answered.Load() == 0 || after.Load() == 0 || !p.said("draining") || !p.said(`"msg":"ended"`) {
		t.Errorf("%d answers, %d after the signal", answered.Load(), after.Load())
	}
}

// slowly sends a request whose body comes in two parts, with a pause between them, and returns the answer's first line.
func slowly(url, body string, pause func()) (string, error) {
	c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		return "", err
	}
	defer c.Close()
	request := string(post("localhost", "/credentials/verify", body))
	half := len(request) - len(body)/2
	if _, err = io.WriteString(c, request[:half]); err == nil {
		pause()
		_, err = io.WriteString(c, request[half:])
	}
	if err != nil {
		return "", err
	}
	return bufio.NewReader(c).ReadString('\n')
}

// TestEndWaitsForTheSlow: a request that began before the end is answered after it.
func TestEndWaitsForTheSlow(t *testing.T) {
	p := start(t, "-drain", "0s")
	line, err := slowly(p.url, simple(t), func() {
		time.Sleep(200 * time.Millisecond)
		_ = p.Process.Signal(syscall.SIGTERM)
		time.Sleep(500 * time.Millisecond)
		if _, err := http.Get(p.url + "/healthz"); err == nil {
			t.Error("new connections are taken after the end")
		}
	})
	if err != nil || !strings.Contains(line, "200") {
		t.Error(line, err)
	}
	if err := p.Wait(); err != nil {
		t.Error(err)
	}
}

// TestGraceEnds is its twin: who takes longer than the grace is cut off, and the exit status tells.
func TestGraceEnds(t *testing.T) {
	p := start(t, "-drain", "0s", "-grace", "300ms")
	_, err := slowly(p.url, simple(t), func() {
		time.Sleep(200 * time.Millisecond)
		_ = p.Process.Signal(syscall.SIGTERM)
		if err := p.Wait(); p.ProcessState.ExitCode() != exitFailed {
			t.Error("exit status:", err)
		}
	})
	if err == nil {
		t.Error("there was an answer")
	}
}

// TestToldTwice: who tells it to end again does not want to wait.
func TestToldTwice(t *testing.T) {
	p := start(t, "-drain", "1m")
	began, ended := time.Now(), make(chan error, 1)
	_ = p.Process.Signal(syscall.SIGTERM)
	go func() { ended <- p.Wait() }()
	select {
	case <-ended:
		t.Fatal("once is enough")
	case <-time.After(300 * time.Millisecond):
	}
	_ = p.Process.Signal(syscall.SIGTERM)
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Error("it goes on after", time.Since(began))
	}
}

// TestSlowHeaders: who sends a header byte by byte is cut off.
func TestSlowHeaders(t *testing.T) {
	if testing.Short() {
		t.Skip("takes as long as a header may")
	}
	t.Parallel()
	p := start(t)
	c, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	begin := time.Now()
	for time.Since(begin) < 3*headerTime {
		if _, err = io.WriteString(c, "G"); err != nil {
			return
		}
		time.Sleep(200 * time.Millisecond)
	}
	t.Error("still connected after", time.Since(begin))
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestFlags(t *testing.T) {
	policy := write(t, "a.json", `{"name": "campus", "issuers": ["did:web:example.edu"]}`)
	context := write(t, "c.json", `{"@context": {}}`)
	for name, c := range map[string]struct {
		args []string
		ok   func(*config) bool
	}{
		"nothing": {nil, func(c *config) bool {
			return c.loopback && c.api.Relay && len(c.api.Hosts) == 3 && c.api.Policies[0].Name == "default"
		}},
		"address":    {[]string{"-listen", "127.0.0.9:0"}, func(c *config) bool { return c.loopback && len(c.api.Hosts) == 4 }},
		"everywhere": {[]string{"-listen", ":8080"}, func(c *config) bool { return !c.loopback && !c.api.Relay && c.api.Hosts == nil }},
		"named":      {[]string{"-listen", ":8080", "-host", "Verify.Example", "-relay"}, func(c *config) bool { return c.api.Hosts[0] == "verify.example" && c.api.Relay }},
		"policy": {[]string{"-policy", "conformance", "-policy", policy}, func(c *config) bool {
			return c.api.Policies[0].Name == "campus" && c.api.Policies[1].Name == "conformance"
		}},
		"conformance": {[]string{"-policy", "conformance"}, func(c *config) bool { return c.api.Policies[0].Name == "default" && len(c.api.Policies) == 2 }},
		"issuer":      {[]string{"-issuer", "did:web:a.example"}, func(c *config) bool { return !c.api.Policies[0].Policy.Issuers.Has("did:web:b.example") }},
		"context":     {[]string{"-context", "https://a.example/?q=1=" + context}, func(c *config) bool { return len(c.api.Contexts.Lookup("https://a.example/?q=1")) == 1 }},
		"network":     {[]string{"-allow-address", "10.0.0.0/8"}, func(c *config) bool { return len(c.allow) == 1 }},
	} {
		got, err := parseFlags(c.args, io.Discard)
		if err != nil || !c.ok(got) {
			t.Errorf("%s: %v", name, err)
		}
	}
	broken := write(t, "b.json", `{"name": "b"}`)
	for _, args := range [][]string{
		{"extra"}, {"-moon"}, {"-listen", "nowhere"}, {"-listen", ""}, {"-issuer", ""}, {"-policy", "gone.json"}, {"-policy", broken},
		{"-policy", policy, "-issuer", "did:web:a.example"}, {"-context", "https://a.example/"}, {"-context", "https://a.example/=gone"},
		{"-context", "https://www.w3.org/ns/credentials/v2=" + context}, {"-allow-address", "10.0.0.1"}, {"-log", "xml"}, {"-log-level", "loud"},
		{"-max-body", "0"}, {"-timeout", "-1s"}, {"-max-requests", "0"}, {"-max-bytes", "0"}, {"-max-per-client", "-1"}, {"-drain", "-1s"}, {"-grace", "-1s"}, {"-otlp", ":"}, {"-otlp", "localhost:4318"},
	} {
		if _, err := parseFlags(args, io.Discard); err == nil {
			t.Errorf("%q was taken", args)
		}
	}
}

func TestExitStatus(t *testing.T) {
	var out bytes.Buffer
	if run(t.Context(), []string{"-h"}, &out) != exitDone || !strings.Contains(out.String(), "-allow-address") {
		t.Error("-h does not help")
	}
	if run(t.Context(), []string{"-moon"}, io.Discard) != exitUsage {
		t.Error("a flag that there is not")
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	if run(t.Context(), []string{"-log-level", "error", "-listen", taken.Addr().String()}, io.Discard) != exitFailed {
		t.Error("an address that is taken")
	}
	done, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if run(done, []string{"-log-level", "error", "-listen", "127.0.0.1:0", "-drain", "0s"}, io.Discard) != exitDone {
		t.Error("told to end, it failed")
	}
}
