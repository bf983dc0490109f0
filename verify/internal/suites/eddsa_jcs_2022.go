package suites

// eddsaJCS2022 is eddsa-jcs-2022 (Data Integrity EdDSA Cryptosuites v1.0, section 3.3).
func eddsaJCS2022() definition {
	return definition{curves: ed25519Curves(), verify: verifyJCS, hash: hashJCS}
}
