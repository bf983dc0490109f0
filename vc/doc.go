// Package vc holds the evidence: W3C Verifiable Credentials of data model 1.1 and 2.0, as a JSON
// object (secured by Data Integrity proofs, or not at all) or as a compact JWS.
//
// [Parse] reads one, [Conform] says in how far it keeps to the data model that it declares. Both
// work on the bytes alone: this package has no cryptography, opens no connection, looks nothing
// up, and judges nobody. That a credential parses and conforms says nothing about who made it.
//
// Every error is a [strict.Error] with a stable code. JSON Pointers and offsets are those of the
// JSON text: the document itself, or the decoded payload of a JWS; a credential in a vc claim
// therefore has pointers that begin with "/vc".
package vc
