// Package keys knows public keys and where they come from: Multikey and JWK, the verification
// methods of controller documents, and the identifiers that lead to them (did:key, did:jwk,
// did:web and https URLs).
//
// The package finds keys and reads them strictly; it does not judge. It says which key a document
// lists for which purpose and who is named as its controller; whether that ties the key to an
// issuer, and whether a revocation or expiry time has passed, is decided by its caller. It opens
// no connection: a [Resolver] asks a [Fetcher].
//
// Every error about evidence is a [strict.Error] with one of the codes key.unresolved (nothing
// could be found out; trying again may help), key.malformed and key.revoked (the key cannot be
// used), and proof.method (the document does not list the method for the purpose). A pointer in
// such an error leads into the key or the document that was read, not into the credential.
package keys
