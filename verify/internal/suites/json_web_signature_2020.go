package suites

import (
	"crypto"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify/internal/signature"
)

// jsonWebSignature2020 is JsonWebSignature2020 (JSON Web Signature 2020, W3C CCG report, section 3): a
// detached JWS whose alg is the one of the key. The hash of the canonical forms is SHA-256 whatever the key.
func jsonWebSignature2020() definition {
	p256, p384 := p256Curve(), p384Curve()
	p384.hash = crypto.SHA256
	curves := append(ed25519Curves(), p256, p384, secp256k1Curve(), rsaCurve(signature.PS256))
	return definition{curves: curves, legacy: true, verify: verifyJWS, hash: hashJWS}
}

func rsaCurve(algorithms ...signature.Algorithm) curve {
	return curve{kind: keys.RSA, algorithms: algorithms, hash: crypto.SHA256}
}
