package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

var module0 = append([]byte("\x00asm\x01\x00\x00\x00"), bytes.Repeat([]byte("same"), 1000)...)

func ask(t *testing.T, p *program, headers ...string) (*http.Response, []byte) {
	t.Helper()
	r := httptest.NewRequest("GET", "/badgeproof.wasm", nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	p.serveWasm(w, r)
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Result(), body
}

func made(wasm []byte, err error) *program {
	return &program{clock: time.Now, log: slog.New(slog.DiscardHandler), make: func(context.Context) ([]byte, []byte, error) { return wasm, []byte("// script"), err }}
}

func TestServeWasm(t *testing.T) {
	p := made(module0, nil)
	tags := map[string]bool{}
	for _, accept := range []string{"", "gzip, deflate, br", "*", "identity", "br", "gzip;q=0", "gzip;q=x", "GZIP;q=0.1"} {
		r, got := ask(t, p, "Accept-Encoding", accept)
		sum := sha256.Sum256(got)
		if digest := "sha-256=:" + base64.StdEncoding.EncodeToString(sum[:]) + ":"; r.Header.Get("Repr-Digest") != digest {
			t.Errorf("%q: the digest is %s", accept, r.Header.Get("Repr-Digest"))
		}
		zipped := strings.Contains(strings.ToLower(accept), "gzip") && !strings.Contains(accept, "q=0") && !strings.Contains(accept, "q=x") || accept == "*" || accept == "GZIP;q=0.1"
		if (r.Header.Get("Content-Encoding") == "gzip") != zipped {
			t.Errorf("%q: %q", accept, r.Header.Get("Content-Encoding"))
		}
		if zipped {
			z, err := gzip.NewReader(bytes.NewReader(got))
			if err != nil {
				t.Fatal(err)
			}
			if len(got) >= len(module0) {
				t.Error("nothing is gained")
			}
			if got, err = io.ReadAll(z); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(got, module0) || r.Header.Get("X-Length") != "4008" || r.Header.Get("Content-Type") != "application/wasm" || r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: %d bytes, %v", accept, len(got), r.Header)
		}
		tags[r.Header.Get("ETag")] = true
		if r, again := ask(t, p, "Accept-Encoding", accept, "If-None-Match", r.Header.Get("ETag")); r.StatusCode != http.StatusNotModified || len(again) != 0 {
			t.Errorf("%q: %d for who has it already", accept, r.StatusCode)
		}
	}
	if len(tags) != 2 {
		t.Errorf("%d tags for two representations", len(tags))
	}
	w := httptest.NewRecorder()
	p.serveScript(w, httptest.NewRequest("GET", "/wasm_exec.js", nil))
	if w.Body.String() != "// script" || w.Header().Get("Content-Type") != "text/javascript; charset=utf-8" {
		t.Errorf("%q, %v", w.Body, w.Header())
	}
}

// A failure is said as text, kept for a while, and tried again then.
func TestBuildFails(t *testing.T) {
	now, tries := time.Unix(0, 0), 0
	p := &program{clock: func() time.Time { return now }, log: slog.New(slog.DiscardHandler), make: func(context.Context) ([]byte, []byte, error) {
		if tries++; tries < 2 {
			return nil, nil, fmt.Errorf("go: %w", reason("the Go tool <is> not there"))
		}
		return module0, nil, nil
	}}
	for range 3 {
		r, text := ask(t, p)
		if r.StatusCode != http.StatusServiceUnavailable || string(text) != "the Go tool <is> not there" || r.Header.Get("Content-Type") != "text/plain; charset=utf-8" || r.Header.Get("Retry-After") != "10" {
			t.Errorf("%d %q %v", r.StatusCode, text, r.Header)
		}
	}
	w := httptest.NewRecorder()
	if p.serveScript(w, httptest.NewRequest("GET", "/wasm_exec.js", nil)); w.Code != http.StatusServiceUnavailable {
		t.Error(w.Code)
	}
	if tries != 1 {
		t.Errorf("tried %d times at once", tries)
	}
	now = now.Add(retryBuild)
	if r, _ := ask(t, p); r.StatusCode != 200 || tries != 2 {
		t.Errorf("%d after %d tries", r.StatusCode, tries)
	}
}

// All who ask while it is built get what one build made.
func TestBuildOnce(t *testing.T) {
	builds := 0
	p := &program{clock: time.Now, log: slog.New(slog.DiscardHandler), make: func(context.Context) ([]byte, []byte, error) {
		builds++
		time.Sleep(20 * time.Millisecond)
		return module0, nil, nil
	}}
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			if r, _ := ask(t, p); r.StatusCode != 200 {
				t.Error(r.StatusCode)
			}
		})
	}
	all.Wait()
	if builds != 1 {
		t.Errorf("built %d times", builds)
	}
}

func TestPrebuilt(t *testing.T) {
	dir := t.TempDir()
	put := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	file := put("a.wasm", module0)
	if r, _ := ask(t, newProgram(file, nil)); r.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("%d without the script beside it", r.StatusCode)
	}
	put("wasm_exec.js", []byte("// script"))
	if r, got := ask(t, newProgram(file, nil)); r.StatusCode != 200 || !bytes.Equal(got, module0) {
		t.Errorf("%d, %d bytes", r.StatusCode, len(got))
	}
	if r, text := ask(t, newProgram(put("b.wasm", []byte("hello")), nil)); r.StatusCode != http.StatusServiceUnavailable || bytes.Contains(text, []byte(dir)) {
		t.Errorf("%d %q for what is no module", r.StatusCode, text)
	}
	if _, err := readFile(file, 4007); err == nil {
		t.Error("a file of one byte too many is read")
	}
	if got, err := readFile(file, 4008); err != nil || len(got) != 4008 {
		t.Error(err)
	}
	var log bytes.Buffer // the names of files are for the log, and not for who asks
	r, text := ask(t, newProgram(filepath.Join(dir, "nothing.wasm"), slog.New(slog.NewTextHandler(&log, nil))))
	if r.StatusCode != http.StatusServiceUnavailable || bytes.Contains(text, []byte("nothing")) || bytes.Contains(text, []byte(dir)) || !strings.Contains(log.String(), "nothing.wasm") {
		t.Errorf("%d %q, and in the log %q", r.StatusCode, text, log.String())
	}
}

// Without the Go tool, or with one that fails, the error says so.
func TestGoTool(t *testing.T) {
	root, err := source()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := goTool(t.Context(), root, "build", module+"/nothing"); err == nil || len(err.Error()) > maxBuildLog+100 {
		t.Errorf("a package that is not there is built: %v", err)
	}
	t.Setenv("PATH", t.TempDir())
	if _, _, err := compile(t.Context()); err == nil {
		t.Error("it is built without the Go tool")
	}
}

// maxProgram is how large the compiled verifier may be when it is sent, in bytes. Whoever adds a package that is
// larger than what it does should hear of it.
const maxProgram = 6 << 20

func TestCompile(t *testing.T) {
	wasm, script, err := compile(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b, err := newBuild(wasm, script)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(script, []byte("globalThis.Go = class")) || len(b.gzip.body) > maxProgram {
		t.Errorf("the program has %d bytes, %d compressed, its script %d", len(wasm), len(b.gzip.body), len(script))
	}
	t.Logf("the program has %d bytes, %d compressed", len(wasm), len(b.gzip.body))
}
