// Package suites verifies the cryptosuites of Verifiable Credential Data Integrity 1.0, and the suites
// of Linked Data Proofs that came before: one file a suite, and one table.
//
// A suite answers one question: was this proof made over this document, with these proof options,
// by the holder of this key? Whether the key belongs to the issuer and may be used for the purpose,
// whether the proof was made for this purpose, domain or challenge, and whether created and expires
// hold now, is not checked here. All of these are signed, though, as is every other member of
// the proof but the one that holds the signature.
//
// There are four constructions. Most suites sign two hashes, that of the proof options and that of
// the document, over canonical N-Quads (hash.go) or over JCS (jcs.go); the signature stands in proofValue or is
// a detached JWS (jws.go). Those with selective disclosure sign each statement apart (disclosure.go), so
// that a holder can leave statements out: whatever the issuer did not make mandatory, a status
// or an end of validity among it, may have been there. A proof in a chain is over a document that holds other
// proofs (chain.go).
package suites
