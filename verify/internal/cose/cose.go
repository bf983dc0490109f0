// Package cose verifies a credential that is secured as a COSE_Sign1 message (RFC 9052), by the rules
// of VC-JOSE-COSE section 3.3.
//
// The key says which algorithms are acceptable, and the header has to name one of these. Where the
// key comes from, whether it belongs to the issuer, and what the claims say is not checked here.
package cose

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/veraison/go-cose"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/signature"
)

// Codes of this package.
const (
	codeHeader       = "cose.header"
	codeSignature    = "proof.signature"
	codeMethod       = "proof.method"
	codeSuiteUnknown = "proof.suite_unknown"
)

// algorithm returns the algorithm with this number in the registry of COSE (RFC 9053 section 2, RFC
// 8812, RFC 9864), "" for every other one. RFC 9053 lets the first three ES algorithms go with any
// curve; here they go with the curve that JOSE ties them to, as their fully specified relatives do.
func algorithm(number int64) signature.Algorithm {
	switch number {
	case -7, -9:
		return signature.ES256
	case -35, -51:
		return signature.ES384
	case -36, -52:
		return signature.ES512
	case -8, -19:
		return signature.EdDSA
	case -47:
		return signature.ES256K
	}
	return ""
}

// specified are the fully-specified names of algorithms in JWKs (RFC 9864 section 2).
var specified = map[string]signature.Algorithm{
	"Ed25519": signature.EdDSA, "ESP256": signature.ES256, "ESP384": signature.ES384, "ESP512": signature.ES512,
}

// Header checks the header by itself, before any key is looked for, and returns the algorithm by its
// name in JOSE. The error is a [*strict.Error]:
//
//   - proof.suite_unknown: alg is none of the algorithms that are built;
//   - cose.header: alg is missing or neither a number nor a text; it is a MAC; typ says that this is
//     something else than its use.
//
// What the parser of package vc refuses already is not looked at again: crit, alg outside of the
// protected header, labels that occur twice.
func Header(m *vc.COSE, use Use) (signature.Algorithm, error) {
	h := m.Header()
	if typ := h.Get("typ"); (typ.Exists() || use == StatusList) && !use.allows(typ) {
		return "", found(codeHeader, "typ says that this is "+strconv.Quote(typ.Raw())+"; here it is "+strconv.Quote("application/"+use.name()), nil)
	}
	alg := h.Get("alg")
	if alg.Kind() != strict.Number && alg.Kind() != strict.String {
		return "", found(codeHeader, "the protected header must name its algorithm in alg", nil)
	}
	number, _ := alg.Int()
	if name := algorithm(number); name != "" {
		return name, nil
	}
	if number >= 4 && number <= 7 || number == 14 || number == 15 || number == 25 || number == 26 {
		return "", found(codeHeader, "the algorithm "+alg.Raw()+" is a code with a shared secret; it proves nothing to a third party", nil)
	}
	return "", found(codeSuiteUnknown, "the signature algorithm "+strconv.Quote(alg.Raw())+" is not supported", nil)
}

// Use is what a message is used as, which its typ must not contradict.
type Use uint8

// The uses.
const (
	Credential Use = iota
	Presentation
	StatusList // a status list token, whose typ is required (IETF Token Status List section 5.2)
)

func (u Use) name() string { return [...]string{"vc+cose", "vp+cose", "statuslist+cwt"}[u] }

// allows reports whether typ is the media type for the use, or that of one of its drafts.
func (u Use) allows(typ strict.Value) bool {
	name := strings.TrimPrefix(strings.ToLower(typ.Text()), "application/")
	if u == StatusList {
		return name == u.name()
	}
	form, ok := strings.CutPrefix(name, strings.TrimSuffix(u.name(), "+cose"))
	return ok && (form == "+cose" || form == "+ld+cose" || form == "+ld+json+cose" || form == "-ld+cose")
}

// Verify checks the header and the signature of m with key. keyAlg is the algorithm that the source
// of the key restricts it to (alg of a JWK), "" where it names none.
//
// Errors are [*strict.Error]: what [Header] returns, proof.method where key and algorithm do not
// belong together, and proof.signature.
func Verify(m *vc.COSE, key keys.Key, keyAlg string, use Use) error {
	name, err := Header(m, use)
	if err != nil {
		return err
	}
	switch {
	case !slices.Contains(signature.ForKind(key.Kind()), name):
		return found(codeMethod, "the header says "+string(name)+", and the key is of the kind "+strconv.Quote(string(key.Kind())), nil)
	case keyAlg != "" && keyAlg != string(name) && specified[keyAlg] != name:
		return found(codeMethod, "the header says "+string(name)+", and the key is published for "+strconv.Quote(keyAlg)+" only", nil)
	}
	var message cose.Sign1Message
	if err := message.UnmarshalCBOR(m.Message()); err != nil {
		return found(codeHeader, "the COSE message is malformed", err)
	}
	number, _ := m.Header().Get("alg").Int()
	if err := message.Verify(nil, verifier{m, key, name, cose.Algorithm(number)}); err != nil {
		return found(codeSignature, "the signature does not match: the credential was changed after signing, or another key signed it", err)
	}
	return nil
}

// errMismatch is what the COSE library gets to hear; it reports every cause alike.
var errMismatch = errors.New("the signature does not match")

// verifier gives the COSE library the key. It checks that the library takes the same bytes for
// signed that were parsed.
type verifier struct {
	message   *vc.COSE
	key       keys.Key
	algorithm signature.Algorithm
	number    cose.Algorithm
}

// Algorithm returns the number that the library compares with the header's.
func (v verifier) Algorithm() cose.Algorithm { return v.number }

// Verify checks sig over the Sig_structure (RFC 9052 section 4.4).
func (v verifier) Verify(content, sig []byte) error {
	if !bytes.Equal(content, v.message.SigningInput()) || !bytes.Equal(sig, v.message.Signature()) ||
		!signature.Verify(v.algorithm, v.key, content, sig) {
		return errMismatch
	}
	return nil
}

// found is a finding about the header or the signature, which no pointer into the payload reaches.
func found(code, detail string, cause error) error {
	return &strict.Error{Code: code, Offset: -1, Detail: detail, Err: cause}
}
