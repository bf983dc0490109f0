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

// entry is a line of the table: what a proof must say for a suite to be meant.
type entry struct {
	proofType   string // type of the proof
	cryptosuite string // cryptosuite of the proof, "" where the type is the name
	define      func() definition
}

// table lists the suites that are built.
func table() [14]entry {
	return [...]entry{
		{dataIntegrityProof, "eddsa-rdfc-2022", eddsaRDFC2022},
		{dataIntegrityProof, "ecdsa-rdfc-2019", ecdsaRDFC2019},
		{dataIntegrityProof, "eddsa-jcs-2022", eddsaJCS2022},
		{dataIntegrityProof, "ecdsa-jcs-2019", ecdsaJCS2019},
		{dataIntegrityProof, "ecdsa-sd-2023", ecdsaSD2023},
		{dataIntegrityProof, "bbs-2023", bbs2023},
		{dataIntegrityProof, "mldsa44-rdfc-2024", mldsa44RDFC2024},
		{dataIntegrityProof, "mldsa44-jcs-2024", mldsa44JCS2024},
		{dataIntegrityProof, "eddsa-2022", eddsa2022},
		{"Ed25519Signature2020", "", ed25519Signature2020},
		{"Ed25519Signature2018", "", ed25519Signature2018},
		{"JsonWebSignature2020", "", jsonWebSignature2020},
		{"EcdsaSecp256k1Signature2019", "", ecdsaSecp256k1Signature2019},
		{"RsaSignature2018", "", rsaSignature2018},
	}
}

// definition is what one suite is made of.
type definition struct {
	curves    []curve
	legacy    bool
	selective bool // the holder chose which of the issuer's statements to show
	// experimental suites are those of a draft: what they sign, and how, may change under their name.
	experimental bool
	// value decodes a proofValue that holds a signature of size bytes and nothing else. It is nil for
	// [proofValue], and not asked by suites that have something else there.
	value func(proof strict.Value, size int) ([]byte, error)
	// verify checks a proof with a key that is of one of the curves.
	verify func(s Suite, in Input, c curve) (Result, error)
	// hash is [Suite.HashData] for such a key, with the members of the document that omit names left
	// out as if they were not there. It is nil for suites that sign something else.
	hash func(in Input, c curve, content int, omit []string) (data []byte, contents int, err error)
}

// curve is what a suite does with a key of one kind.
type curve struct {
	kind       keys.Kind
	algorithms []signature.Algorithm // of which the proof may name one; most suites have just one
	hash       crypto.Hash           // of the canonical forms, and within canonicalization
	size       int                   // of a signature, in bytes; 0 where the key decides
}

// Suite is a cryptosuite. It is immutable and safe for concurrent use. The zero Suite accepts no
// key and verifies nothing.
type Suite struct {
	name string
	d    definition
}

// Find returns the suite of a proof by its type and cryptosuite, each of which must be a string and
// is compared exactly. A proof for which there is none is not thereby wrong.
func Find(proof strict.Value) (Suite, bool) {
	proofType, cryptosuite := proof.Get("type").Text(), proof.Get("cryptosuite").Text()
	for _, e := range table() {
		if proofType == e.proofType && (e.cryptosuite == "" || cryptosuite == e.cryptosuite) {
			return e.suite(), true
		}
	}
	return Suite{}, false
}

// suite makes the suite of a line. Its name is the cryptosuite, or the type of proofs that have none.
func (e entry) suite() Suite {
	if e.cryptosuite != "" {
		return Suite{e.cryptosuite, e.define()}
	}
	return Suite{e.proofType, e.define()}
}

// Name returns the name that reports use: the cryptosuite, or the type of proofs that have none.
func (s Suite) Name() string { return s.name }

// Legacy reports whether the suite is deprecated by its specification. It verifies all the same.
func (s Suite) Legacy() bool { return s.d.legacy }

// Experimental reports whether the suite is that of a draft, which may change it in any way.
func (s Suite) Experimental() bool { return s.d.experimental }

// Selective reports whether proofs of the suite are derived by a holder, who may have left out whatever
// the issuer did not make mandatory.
func (s Suite) Selective() bool { return s.d.selective }

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
