package jose

import (
	"slices"
	"strconv"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/signature"
)

// Codes of this package.
const (
	codeHeader       = "jwt.header"
	codeSignature    = "proof.signature"
	codeMethod       = "proof.method"
	codeSuiteUnknown = "proof.suite_unknown"
)

// Verify checks the header for its use, and the signature of j with key. keyAlg is the algorithm that the source
// of the key restricts it to (alg of a JWK), "" where it names none.
//
// Errors are [*strict.Error] whose pointers point into the header: jwt.header and proof.suite_unknown
// as [Header] returns them, proof.method where key and algorithm do not belong together, and
// proof.signature. What is checked are the bytes that package vc split and parsed, so that no second reading of
// the token can differ from the first.
func Verify(j *vc.JWS, key keys.Key, keyAlg string, use Use) error {
	algorithm, err := Header(j, use)
	if err != nil {
		return err
	}
	alg := j.Header().Get("alg")
	switch {
	case !slices.Contains(signature.ForKind(key.Kind()), algorithm):
		return at(alg, codeMethod, "the header says "+string(algorithm)+", and the key is of the kind "+strconv.Quote(string(key.Kind())))
	case keyAlg != "" && keyAlg != string(algorithm) && specified[keyAlg] != algorithm:
		return at(alg, codeMethod, "the header says "+string(algorithm)+", and the key is published for "+strconv.Quote(keyAlg)+" only")
	}
	if !signature.Verify(algorithm, key, j.SigningInput(), j.Signature()) {
		return &strict.Error{Code: codeSignature, Offset: -1,
			Detail: "the signature does not match: the credential was changed after signing, or another key signed it"}
	}
	return nil
}

// at is a finding about a member of the header.
func at(v strict.Value, code, detail string) error {
	return &strict.Error{Code: code, Pointer: v.Pointer(), Offset: v.Offset(), Detail: detail}
}
