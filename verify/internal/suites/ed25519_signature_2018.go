package suites

// ed25519Signature2018 is Ed25519Signature2018 (Ed25519 Signature 2018, W3C CCG draft): a detached JWS
// with alg EdDSA.
func ed25519Signature2018() definition {
	return definition{curves: ed25519Curves(), legacy: true, verify: verifyJWS, hash: hashJWS}
}
