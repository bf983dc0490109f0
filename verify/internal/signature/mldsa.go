package signature

import "filippo.io/mldsa"

// MLDSA44 is ML-DSA-44 (FIPS 204), not prehashed and with the empty context string. JOSE has the same name
// for it (RFC 9964); tokens are not verified with it here.
const MLDSA44 Algorithm = "ML-DSA-44"

func verifyMLDSA44(public, message, signature []byte) bool {
	key, err := mldsa.NewPublicKey(mldsa.MLDSA44(), public)
	return err == nil && mldsa.Verify(key, message, signature, nil) == nil
}
