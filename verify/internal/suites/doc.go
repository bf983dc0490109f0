// Package suites verifies the cryptosuites of Verifiable Credential Data Integrity 1.0 over
// canonicalized JSON-LD: one file a suite, and one table.
//
// A suite answers one question: was this proof made over this document, with these proof options,
// by the holder of this key? Whether the key belongs to the issuer and may be used for the purpose,
// whether the proof was made for this purpose, domain or challenge, and whether created and expires
// hold now, is not checked here. All of these are signed, though, as is every other member of
// the proof but proofValue.
package suites
