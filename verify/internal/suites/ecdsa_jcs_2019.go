package suites

// ecdsaJCS2019 is ecdsa-jcs-2019 (Data Integrity ECDSA Cryptosuites v1.0, section 3.3).
func ecdsaJCS2019() definition {
	return definition{curves: ecdsaCurves(), verify: verifyJCS, hash: hashJCS}
}
