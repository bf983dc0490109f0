package suites

import (
	"crypto"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify/internal/signature"
)

// ecdsaSecp256k1Signature2019 is EcdsaSecp256k1Signature2019 (Ecdsa Secp256k1 Signature 2019, W3C CCG
// draft): a detached JWS with alg ES256K. Signatures that hold the means to recover the key (ES256K-R)
// are not read.
func ecdsaSecp256k1Signature2019() definition {
	return definition{curves: []curve{secp256k1Curve()}, legacy: true, verify: verifyJWS, hash: hashJWS}
}

func secp256k1Curve() curve {
	return curve{kind: keys.Secp256k1, algorithms: []signature.Algorithm{signature.ES256K}, hash: crypto.SHA256, size: 64}
}
