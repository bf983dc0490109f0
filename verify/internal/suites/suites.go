package suites

import (
	"crypto"
	"slices"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/signature"
)

// dataIntegrityProof is the type of proofs that name their suite in cryptosuite.
const dataIntegrityProof = "DataIntegrityProof"

// definition is what one suite is made of. All suites here hash and sign alike (see [Suite.HashData])
// and differ in how they are named and in the keys that they take.
type definition struct {
	name        string // as reports call it
	proofType   string // type of the proof
	cryptosuite string // cryptosuite of the proof, "" where the type is the name
	legacy      bool
	curves      []curve
}

// curve is what a suite does with a key of one kind.
type curve struct {
	kind      keys.Kind
	algorithm signature.Algorithm
	hash      crypto.Hash // of the canonical forms, and within canonicalization
	size      int         // of a signature, in bytes
}

// table lists the suites that are built.
func table() [4]definition {
	return [...]definition{eddsaRDFC2022(), eddsa2022(), ed25519Signature2020(), ecdsaRDFC2019()}
}

// Suite is a cryptosuite. It is immutable and safe for concurrent use. The zero Suite accepts no
// key and verifies nothing.
type Suite struct {
	d definition
}

// Find returns the suite of a proof by its type and cryptosuite, each of which must be a string and
// is compared exactly. A proof for which there is none is not thereby wrong.
func Find(proof strict.Value) (Suite, bool) {
	proofType, cryptosuite := proof.Get("type"), proof.Get("cryptosuite")
	for _, d := range table() {
		if proofType.Text() == d.proofType && (d.cryptosuite == "" || cryptosuite.Text() == d.cryptosuite) {
			return Suite{d}, true
		}
	}
	return Suite{}, false
}

// Name returns the name that reports use: the cryptosuite, or the type of proofs that have none.
func (s Suite) Name() string { return s.d.name }

// Legacy reports whether the suite is deprecated by its specification. It verifies all the same.
func (s Suite) Legacy() bool { return s.d.legacy }

// Accepts reports whether the suite is defined for keys of this kind.
func (s Suite) Accepts(kind keys.Kind) bool {
	_, ok := s.curve(kind)
	return ok
}

func (s Suite) curve(kind keys.Kind) (curve, bool) {
	i := slices.IndexFunc(s.d.curves, func(c curve) bool { return c.kind == kind })
	if i < 0 {
		return curve{}, false
	}
	return s.d.curves[i], true
}
