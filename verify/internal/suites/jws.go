package suites

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/signature"
)

// securityV2 is the context under which the oldest libraries read proof options.
const securityV2 = `"https://w3id.org/security/v2"`

// detachedJWS is the value of the member jws: a JWS whose payload is left out and not encoded (RFC 7797
// sections 3 and 4, RFC 7515 appendix F).
type detachedJWS struct {
	algorithm signature.Algorithm
	header    string // as it stands in the text
	signature []byte
}

// verifyJWS checks a proof that is a detached JWS over [Suite.HashData] (Linked Data Cryptographic
// Suites of 2018 to 2020; JSON Web Signature 2020 section 3).
//
// Which context the proof options are read under was never settled: later libraries take that of the
// document, the first ones always https://w3id.org/security/v2. Both are tried. The terms of a proof
// mean the same under both, so that a reader is not misled whichever was signed.
func verifyJWS(s Suite, in Input, c curve) (Result, error) {
	jws, err := parseJWS(in.Proof, c)
	if err != nil {
		return Result{}, err
	}
	if !jws.agrees(in.Algorithm) {
		return Result{}, at(in.Proof.Get("jws"), in.Proof, codeMethod,
			"the key is for the algorithm "+quote(in.Algorithm)+" alone, and the proof was made with "+string(jws.algorithm), nil)
	}
	old, err := strict.Parse([]byte(securityV2), strict.Limits{})
	if err != nil {
		return Result{}, err
	}
	return in.tryContents(func(content int, omit []string) (int, error) {
		data, contents, err := hashGraphs(in, c, content, omit, in.Document.Get("@context"), "jws")
		if err = jws.check(in, data, err); err == nil {
			return contents, nil
		}
		if data, n, oldErr := hashGraphs(in, c, content, omit, old, "jws"); jws.check(in, data, oldErr) == nil {
			return n, nil
		}
		return contents, err
	})
}

// agrees reports whether a key that is for one algorithm alone is for that of the proof. Ed25519 is the name
// of RFC 9864 for what EdDSA means with such a key.
func (j *detachedJWS) agrees(keyAlgorithm string) bool {
	return keyAlgorithm == "" || keyAlgorithm == string(j.algorithm) || keyAlgorithm == "Ed25519" && j.algorithm == signature.EdDSA
}

// hashJWS is what such a proof signs where its options are read under the document's contexts.
func hashJWS(in Input, c curve, content int, omit []string) (data []byte, contents int, err error) {
	return hashGraphs(in, c, content, omit, in.Document.Get("@context"), "jws")
}

// check checks the signature over what was hashed, unless hashing failed.
func (j *detachedJWS) check(in Input, data []byte, err error) error {
	if err != nil {
		return err
	}
	message := append([]byte(j.header+"."), data...)
	if !signature.Verify(j.algorithm, in.Key, message, j.signature) {
		return mismatch(in, "jws")
	}
	return nil
}

// parseJWS reads the member jws. Its header says alg, b64 and crit and nothing else; alg is one of
// those that the suite has for this kind of key.
func parseJWS(proof strict.Value, c curve) (*detachedJWS, error) {
	v := proof.Get("jws")
	malformed := func(detail string, cause error) (*detachedJWS, error) {
		return nil, at(v, proof, codeValue, detail, cause)
	}
	switch {
	case !v.Exists():
		return malformed("the proof has no jws, so nothing is signed", nil)
	case v.Kind() != strict.String:
		return malformed("jws must be a string, not "+v.Kind().String(), nil)
	}
	header, rest, _ := strings.Cut(v.Text(), ".")
	text, ok := strings.CutPrefix(rest, ".")
	if !ok || len(header) > maxJWSHeader {
		return malformed("jws must be a header and a signature with two dots between them, and no payload", nil)
	}
	algorithm, err := jwsAlgorithm(header)
	if err != nil {
		return malformed("the header of jws cannot be read", err)
	}
	if !slices.Contains(c.algorithms, algorithm) {
		return malformed("jws must have a header with b64 false, crit b64 and an alg of this suite for this key, and nothing else", nil)
	}
	raw, err := decodeBase64url(text, maxSignature)
	switch {
	case err != nil:
		return malformed("the signature in jws is not base64url without padding", err)
	case c.size != 0 && len(raw) != c.size:
		return malformed("the signature in jws has the wrong length", nil)
	}
	return &detachedJWS{algorithm: algorithm, header: header, signature: raw}, nil
}

// jwsAlgorithm returns the alg of a header, "" where the header is not that of a detached JWS.
func jwsAlgorithm(encoded string) (signature.Algorithm, error) {
	text, err := decodeBase64url(encoded, maxJWSHeader)
	if err != nil {
		return "", err
	}
	header, err := strict.Parse(text, strict.Limits{})
	if err != nil {
		return "", err
	}
	b64, crit, alg := header.Get("b64"), header.Get("crit"), header.Get("alg")
	if header.Len() != 3 || b64.Raw() != "false" || crit.Kind() != strict.Array || crit.Len() != 1 || !crit.Has("b64") {
		return "", nil
	}
	return signature.Algorithm(alg.Text()), nil
}

// decodeBase64url decodes base64url strictly: no padding, no line breaks, no unused bits that are set.
func decodeBase64url(text string, size int) ([]byte, error) {
	encoding := base64.RawURLEncoding.Strict()
	if len(text) > encoding.EncodedLen(size) || strings.ContainsAny(text, "\r\n") {
		return nil, base64.CorruptInputError(0)
	}
	return encoding.DecodeString(text)
}
