package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// program is the verifier as WebAssembly, and the script by Go that runs it. It is built or read once, when
// somebody first asks for it.
type program struct {
	make  func(context.Context) (wasm, script []byte, err error)
	clock func() time.Time
	log   *slog.Logger // told why it could not be made

	mu    sync.Mutex
	ready *build
	tried time.Time
	err   error // of the last try
}

// build is the program, ready to be sent.
type build struct {
	script *asset
	plain  representation
	gzip   representation
	length int // bytes of plain
}

// representation is the program in one coding, with its digest (RFC 9530).
type representation struct {
	body         []byte
	etag, digest string
}

func newProgram(file string, log *slog.Logger) *program {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	p := &program{clock: time.Now, log: log}
	p.make = func(ctx context.Context) ([]byte, []byte, error) {
		if file != "" {
			return prebuilt(file)
		}
		return compile(ctx)
	}
	return p
}

// get returns the program. Those who ask while it is being made wait for it; a failure is not tried again at
// once. The build is nobody's alone, so that it does not end with the request that began it.
func (p *program) get() (*build, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ready != nil {
		return p.ready, nil
	}
	if p.err != nil && p.clock().Sub(p.tried) < retryBuild {
		return nil, p.err
	}
	ctx, cancel := context.WithTimeout(context.Background(), buildTime)
	defer cancel()
	wasm, script, err := p.make(ctx)
	if err == nil {
		p.ready, err = newBuild(wasm, script)
	}
	if err != nil {
		p.log.Error("the verifier for the browser could not be made", slog.String("error", err.Error()))
	}
	p.err, p.tried = err, p.clock()
	return p.ready, err
}

// reason is why there is no program, in words for anybody. Other errors have names of files in them, or what the Go
// tool says of the source, and are for the log alone.
type reason string

func (r reason) Error() string { return string(r) }

// newBuild compresses the program once for all who ask.
func newBuild(wasm, script []byte) (*build, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(wasm); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return &build{script: newAsset("wasm_exec.js", script), plain: represent(wasm), gzip: represent(b.Bytes()), length: len(wasm)}, nil
}

func represent(body []byte) representation {
	sum := sha256.Sum256(body)
	return representation{
		body: body, etag: `"` + hex.EncodeToString(sum[:16]) + `"`,
		digest: "sha-256=:" + base64.StdEncoding.EncodeToString(sum[:]) + ":",
	}
}

// serveWasm sends the program, compressed to who takes that. X-Length is its length without compression,
// for the page to show how far it is.
func (p *program) serveWasm(w http.ResponseWriter, r *http.Request) {
	// Whoever asks first waits for the Go tool, longer than a server lets other answers take.
	_ = http.NewResponseController(w).SetWriteDeadline(p.clock().Add(buildTime + sendTime))
	b, err := p.get()
	if err != nil {
		unavailable(w, err)
		return
	}
	h, v := w.Header(), b.plain
	h.Set("Vary", "Accept-Encoding")
	if acceptsGzip(r.Header.Get("Accept-Encoding")) {
		v = b.gzip
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Type", "application/wasm")
	h.Set("ETag", v.etag)
	h.Set("Repr-Digest", v.digest)
	h.Set("X-Length", strconv.Itoa(b.length))
	if r.Header.Get("If-None-Match") == v.etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(v.body)))
	w.Write(v.body) // an error is the client's, who is gone
}

// serveScript sends wasm_exec.js, to the worker. It runs under the worker's policy.
func (p *program) serveScript(w http.ResponseWriter, r *http.Request) {
	b, err := p.get()
	if err != nil {
		unavailable(w, err)
		return
	}
	b.script.ServeHTTP(w, r)
}

// unavailable says why there is no program, as text for the page to show.
func unavailable(w http.ResponseWriter, err error) {
	said, ok := errors.AsType[reason](err)
	if !ok {
		said = "the verifier for the browser could not be made; the log of the server says why"
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Retry-After", strconv.Itoa(int(retryBuild.Seconds())))
	w.WriteHeader(http.StatusServiceUnavailable)
	w.Write([]byte(said))
}

// acceptsGzip reads an Accept-Encoding header (RFC 9110 section 12.5.3).
func acceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		coding, parameters, _ := strings.Cut(part, ";")
		if coding = strings.ToLower(strings.TrimSpace(coding)); coding != "gzip" && coding != "*" {
			continue
		}
		q, weighed := strings.CutPrefix(strings.TrimSpace(parameters), "q=")
		value, err := strconv.ParseFloat(q, 64)
		return !weighed || err == nil && value > 0
	}
	return false
}
