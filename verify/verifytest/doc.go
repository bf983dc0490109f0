// Package verifytest is for tests of code that verifies credentials, as net/http/httptest is for
// tests of code that speaks HTTP: throw-away issuers with keys of every kind, credentials signed in
// every format that package verify reads, status lists, and a host for documents that opens no
// connection and remembers what was asked for.
//
// It also makes what is wrong: a proof for another purpose, by another key, with any options; a
// JWT with any header; a document that cannot be fetched. What an [Issuer] signs it does not check.
//
// Functions panic where their arguments make no sense, so that tests stay short. Nothing here is
// meant for credentials that somebody relies on: private keys live in memory and are never stored.
package verifytest
