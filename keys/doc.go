// Package keys knows public keys and where they come from: Multikey and JWK, the verification
// methods of controller documents, and the identifiers that lead to them (did:key, did:jwk,
// did:web and https URLs).
//
// The package finds keys and reads them strictly; it does not judge. It says which key a document
// lists for which purpose and who is named as its controller; whether that ties the key to an
// issuer, and whether a revocation or expiry time has passed, is decided by its caller. It opens
// no connection: a [Resolver] asks a [Fetcher].
//
// # Identifiers
//
// did:key and did:jwk hold their key; nothing is fetched. did:web and https URLs lead to documents
// that must be about the identifier they were fetched for. An identifier that could lead anywhere
// else than it seems to, by user information, dot segments, escapes, an address for a name or a
// second spelling, is refused before a Fetcher sees it. What a Fetcher may reach is its own gate's
// business: address literals in https URLs, redirects and private networks are decided there.
//
// # Keys
//
// A key is one text only: base58btc in its shortest form, base64url without padding and unused
// bits, coordinates in full length, integers without leading zeros. A key whose secret stands
// beside it, and one that is not for verifying signatures, is refused. Certificates beside a key
// are not read.
//
// # Listing
//
// A method counts for a purpose when the document lists it there, by reference or by holding it.
// Methods are read when they are asked for: one that is broken, of an unknown type or published
// with its secret does not spoil the others. An id that two methods have is nobody's.
//
// # Errors
//
// Every error about evidence is a [strict.Error] with one of the codes key.unresolved (nothing
// could be found out; trying again may help), key.malformed and key.revoked (the key cannot be
// used), and proof.method (the document does not list the method for the purpose). A pointer in
// such an error leads into the key or the document that was read, not into the credential.
package keys
