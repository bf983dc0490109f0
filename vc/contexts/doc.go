// Package contexts holds the JSON-LD contexts that credentials name, embedded in the program and
// each pinned by its SHA-256. Nothing is ever fetched.
//
// A context is part of what an issuer signed: the same document under another context is another
// statement. So a context is found by its exact URL and in no other way, a URL with two published
// contents has both, and the content of an embedded URL cannot be replaced.
//
// The files come from the npm packages of their publishers, and a few from a table of facts;
// README.md names the origin and the licence of each, and "go generate" rebuilds them all.
// Package copies differ from the published files in white space, so that each [Document] has two
// digests: of the embedded bytes, and of the file as published.
package contexts

//go:generate go run ./internal/generate
