// Package vc holds the evidence: W3C Verifiable Credentials of data model 1.1 and 2.0, as a JSON
// object (secured by Data Integrity proofs, or not at all), as a compact JWS, an SD-JWT or a COSE
// message; Verifiable Presentations of such credentials in the same forms; and the SD-JWT VCs of the IETF.
//
// [Parse] reads a credential, [Conform] says in how far it keeps to the data model that it declares;
// [ParsePresentation] and [ConformPresentation] do so for presentations, and [ParseInside] reads a credential that
// stands inside another document, as an object, a token or an envelope. All work on the bytes alone: this package
// verifies no signature (it hashes disclosures, because without that nobody could say what an SD-JWT states),
// opens no connection, looks nothing up, and judges nobody. That a credential parses and conforms says nothing
// about who made it. What is parsed never changes, and is safe for concurrent use.
//
// Every error is a [strict.Error] with a stable code. JSON Pointers and offsets are those of the
// JSON text: the document itself, the decoded payload of a JWS or COSE message, or the payload of an
// SD-JWT with its disclosures in place; a credential in a vc claim therefore has pointers that begin
// with "/vc".
package vc
