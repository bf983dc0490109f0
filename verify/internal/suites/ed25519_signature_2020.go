package suites

// ed25519Signature2020 is the suite before cryptosuites had names of their own (Data Integrity EdDSA
// Cryptosuites v1.0, appendix on Ed25519Signature2020). The construction is that of eddsa-rdfc-2022.
// Its terms come from the context https://w3id.org/security/suites/ed25519-2020/v1, which the
// document must name.
func ed25519Signature2020() definition {
	d := eddsaRDFC2022()
	d.legacy = true
	return d
}
