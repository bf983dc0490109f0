package verify

import (
	"testing"

	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/suites"
)

// TestCoverage: how much the proofs of a suite are over. A derived proof covers what was disclosed alone.
func TestCoverage(t *testing.T) {
	for text, want := range map[string]coverage{
		`{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022"}`:   allStatements,
		`{"type":"DataIntegrityProof","cryptosuite":"ecdsa-rdfc-2019"}`:   allStatements,
		`{"type":"DataIntegrityProof","cryptosuite":"eddsa-jcs-2022"}`:    wholeText,
		`{"type":"DataIntegrityProof","cryptosuite":"ecdsa-jcs-2019"}`:    wholeText,
		`{"type":"DataIntegrityProof","cryptosuite":"mldsa44-jcs-2024"}`:  wholeText,
		`{"type":"DataIntegrityProof","cryptosuite":"mldsa44-rdfc-2024"}`: allStatements,
		`{"type":"DataIntegrityProof","cryptosuite":"ecdsa-sd-2023"}`:     someStatements,
		`{"type":"DataIntegrityProof","cryptosuite":"bbs-2023"}`:          someStatements,
		`{"type":"Ed25519Signature2020"}`:                                 allStatements,
		`{"type":"JsonWebSignature2020"}`:                                 allStatements,
	} {
		proof, err := strict.Parse([]byte(text), strict.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		suite, ok := suites.Find(proof)
		if !ok || coverageOf(suite) != want {
			t.Errorf("%s: known %v, covers %d, want %d", text, ok, coverageOf(suite), want)
		}
	}
}
