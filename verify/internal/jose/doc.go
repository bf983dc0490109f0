// Package jose verifies a credential that is secured as a compact JSON Web Signature (RFC 7515), by
// the rules of VC-JOSE-COSE and of the Open Badges 3.0 JWT proof format.
//
// The key says which algorithms are acceptable, and the header has to name one of these. Where the
// key comes from, whether it belongs to the issuer, and what the claims say is not checked here.
package jose
