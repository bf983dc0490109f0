package suites

import (
	"crypto"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify/internal/signature"
)

// ecdsaRDFC2019 is ecdsa-rdfc-2019 (Data Integrity ECDSA Cryptosuites v1.0, section 3.2). The key
// decides the hash: with P-384 it is SHA-384 everywhere, also inside RDFC-1.0.
func ecdsaRDFC2019() definition {
	return definition{curves: ecdsaCurves(), verify: verifyValue, hash: hashRDFC}
}

func ecdsaCurves() []curve { return []curve{p256Curve(), p384Curve()} }

func p256Curve() curve {
	return curve{kind: keys.P256, algorithms: []signature.Algorithm{signature.ES256}, hash: crypto.SHA256, size: 64}
}

func p384Curve() curve {
	return curve{kind: keys.P384, algorithms: []signature.Algorithm{signature.ES384}, hash: crypto.SHA384, size: 96}
}
