// Package bbs verifies BBS signatures and proofs over BLS12-381 with the ciphersuite
// BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_ of the CFRG draft (draft-irtf-cfrg-bbs-signatures), and proofs of
// its two extensions as the cryptosuite bbs-2023 uses them: blind signatures
// (draft-irtf-cfrg-bbs-blind-signatures-00) and pseudonyms
// (draft-irtf-cfrg-bbs-per-verifier-linkability-00). Names in comments are those of the drafts.
//
// A proof shows that somebody knows a signature of the key over a header and a list of messages, of which
// those disclosed stand at the places said, and that it was made for this presentation header. It does not
// show that the signature is fresh or that the holder is the one whom it was given to, unless a
// presentation header that the verifier chose, or holder binding, says so.
//
// Everything that is read here is hostile: points must be compressed, on the curve, of prime order and
// not the identity, scalars reduced and not zero, lengths exact. Work is bounded by limits.go. The package
// knows nothing of documents; it holds no state but what [Points] is given to keep, and is safe for concurrent use.
package bbs
