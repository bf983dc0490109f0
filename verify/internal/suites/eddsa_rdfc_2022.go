package suites

import (
	"crypto"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify/internal/signature"
)

// eddsaRDFC2022 is eddsa-rdfc-2022 (Data Integrity EdDSA Cryptosuites v1.0, section 3.2).
func eddsaRDFC2022() definition {
	return definition{curves: ed25519Curves(), verify: verifyValue, hash: hashRDFC}
}

// eddsa2022 is the name that eddsa-rdfc-2022 had in drafts. The construction is the same; the name
// is part of what is signed.
func eddsa2022() definition {
	d := eddsaRDFC2022()
	d.legacy = true
	return d
}

func ed25519Curves() []curve {
	return []curve{{kind: keys.Ed25519, algorithms: []signature.Algorithm{signature.EdDSA}, hash: crypto.SHA256, size: 64}}
}
