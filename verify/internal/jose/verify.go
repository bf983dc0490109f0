package jose

import (
	"bytes"
	"errors"
	"slices"
	"strconv"

	"github.com/go-jose/go-jose/v4"

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
// proof.signature.
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
	allowed := []jose.SignatureAlgorithm{jose.SignatureAlgorithm(alg.Text())}
	parsed, err := jose.ParseSignedCompact(j.Compact(), allowed)
	if err != nil {
		return &strict.Error{Code: codeHeader, Offset: -1, Detail: "the header of the JWT is malformed", Err: err}
	}
	if _, err := parsed.Verify(verifier{j, key, algorithm}); err != nil {
		return &strict.Error{Code: codeSignature, Offset: -1, Err: err,
			Detail: "the signature does not match: the credential was changed after signing, or another key signed it"}
	}
	return nil
}

// errMismatch is what the JOSE library gets to hear; it reports every cause alike.
var errMismatch = errors.New("the signature does not match")

// verifier gives the JOSE library the key. It checks that the library takes the same bytes for
// signed that were parsed, and that it asks for the algorithm that was decided on.
type verifier struct {
	token     *vc.JWS
	key       keys.Key
	algorithm signature.Algorithm
}

// VerifyPayload checks sig over the signing input (RFC 7515 section 5.2, step 8).
func (v verifier) VerifyPayload(input, sig []byte, alg jose.SignatureAlgorithm) error {
	if string(alg) != v.token.Header().Get("alg").Text() || !bytes.Equal(input, v.token.SigningInput()) || !bytes.Equal(sig, v.token.Signature()) ||
		!signature.Verify(v.algorithm, v.key, input, sig) {
		return errMismatch
	}
	return nil
}

// at is a finding about a member of the header.
func at(v strict.Value, code, detail string) error {
	return &strict.Error{Code: code, Pointer: v.Pointer(), Offset: v.Offset(), Detail: detail}
}
