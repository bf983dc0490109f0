package bbs

// Feature is a variant of BBS proofs. The variants differ in their domain separation, so that a proof of one
// is none of another.
type Feature uint8

// The variants that bbs-2023 knows. The zero value is plain BBS.
const (
	Baseline               Feature = iota
	HolderBinding                  // blind BBS with one message of the holder, the holder secret
	Pseudonym                      // blind BBS with the secret that the pseudonym is made of
	HolderBindingPseudonym         // both of these secrets
)

// maxSecrets is the greatest number of messages that a holder puts in.
const maxSecrets = 3

// ciphersuite is the identifier that all domain separation starts with.
const ciphersuite = "BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_"

// api returns the api_id of the variant.
func (f Feature) api() string {
	switch f {
	case HolderBinding:
		return ciphersuite + "BLIND_H2G_HM2S_"
	case Pseudonym, HolderBindingPseudonym:
		return ciphersuite + "H2G_HM2S_PSEUDONYM_"
	}
	return ciphersuite + "H2G_HM2S_"
}

// secrets returns how many messages the holder put in, which are never disclosed: the blinding factor
// secret_prover_blind, the holder secret, the secret of the pseudonym, in this order after those of the
// signer.
func (f Feature) secrets() int {
	switch f {
	case HolderBinding, Pseudonym:
		return 2
	case HolderBindingPseudonym:
		return maxSecrets
	}
	return 0
}

// pseudonymous reports whether proofs of the variant show a pseudonym.
func (f Feature) pseudonymous() bool { return f == Pseudonym || f == HolderBindingPseudonym }
