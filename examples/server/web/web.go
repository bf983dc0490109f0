// Package web is the page at / of the example server: its document, its assets, and the verifier compiled
// to WebAssembly.
package web

import (
	"log/slog"
	"net/http"
)

// Options are what the page is told about the server that it comes from.
type Options struct {
	// Relay says that GET /document answers: a badge can be checked in the browser, and what it rests on
	// is fetched through this server.
	Relay bool
	// Policies are the names of the policies that requests may ask for, the default one first. With fewer
	// than two of them the page offers no choice.
	Policies []string
	// Wasm is a file that has the verifier compiled to WebAssembly (package examples/server/wasm), with
	// the wasm_exec.js of the same Go beside it. Where it is "", the first who asks has the server build
	// it with the Go tool from the source that the server itself was built from.
	Wasm string
	// Log is told why the verifier for the browser could not be made; nil tells nobody.
	Log *slog.Logger
}

// The Content-Security-Policy of the page and of all that it loads: nothing from elsewhere, nothing
// inline, and of what is dangerous only WebAssembly. Pictures of badges are data: URLs.
const pagePolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; " +
	"connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// workerPolicy is that of the worker that reads badges where they are checked in the browser: it may load
// its scripts and nothing else. The browser sees to it that it sends nothing.
const workerPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"

// Handler serves /, the assets of the page, /badgeproof.wasm and /wasm_exec.js, and nothing else. It sets the
// Content-Security-Policy and the caching of what it serves. It is safe for concurrent use.
func Handler(o Options) http.Handler {
	mux := http.NewServeMux()
	p := newProgram(o.Wasm, o.Log)
	mux.Handle("GET /{$}", page(o))
	mux.Handle("GET /assets/{name}", assets())
	mux.HandleFunc("GET /badgeproof.wasm", p.serveWasm)
	mux.HandleFunc("GET /wasm_exec.js", p.serveScript)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		guard(w.Header())
		mux.ServeHTTP(w, r)
	})
}

// guard sets the headers that everything here has.
func guard(h http.Header) {
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Permissions-Policy", "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Embedder-Policy", "require-corp")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cache-Control", "no-cache")
}
