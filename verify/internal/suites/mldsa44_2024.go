package suites

import (
	"crypto"
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/signature"
)

// Quantum-Resistant Cryptosuites v1.0, a working draft that may change in any way: its suites with
// ML-DSA-44 (section 3.3). It names no suite with ML-DSA-65 or ML-DSA-87. Its mldsa44-sd-2024 is not built.

// mldsa44RDFC2024 is mldsa44-rdfc-2024.
func mldsa44RDFC2024() definition {
	return definition{curves: mldsa44Curves(), experimental: true, value: base64Value, verify: verifyValue, hash: hashRDFC}
}

// mldsa44JCS2024 is mldsa44-jcs-2024.
func mldsa44JCS2024() definition {
	return definition{curves: mldsa44Curves(), experimental: true, value: base64Value, verify: verifyJCS, hash: hashJCS}
}

func mldsa44Curves() []curve {
	return []curve{{kind: keys.MLDSA44, algorithms: []signature.Algorithm{signature.MLDSA44}, hash: crypto.SHA256, size: 2420}}
}

// base64Value decodes the signature of a proof as the draft's section 2.2.1 writes it: the multibase
// header "u", and base64url without padding of exactly size bytes. One signature has one text: line breaks and
// unused bits that are set are refused.
func base64Value(proof strict.Value, size int) ([]byte, error) {
	v := proof.Get("proofValue")
	text, isBase64 := strings.CutPrefix(v.Text(), "u")
	switch {
	case !v.Exists():
		return nil, at(v, proof, codeValue, "the proof has no proofValue, so nothing is signed", nil)
	case v.Kind() != strict.String:
		return nil, at(v, proof, codeValue, "proofValue must be a string, not "+v.Kind().String(), nil)
	case !isBase64:
		return nil, at(v, proof, codeValue, `proofValue must start with "u", the multibase header of base64url`, nil)
	case len(text) != base64.RawURLEncoding.EncodedLen(size):
		return nil, at(v, proof, codeValue, "proofValue does not have the length of "+strconv.Itoa(size)+
			" bytes, as a signature of this suite has", nil)
	}
	value, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(value) != size {
		return nil, at(v, proof, codeValue, "proofValue is not base64url without padding", err)
	}
	return value, nil
}
