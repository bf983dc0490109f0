package suites

import (
	"slices"
	"strconv"

	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// HashData returns what is signed: the hash of the canonical proof options, followed by the hash of
// the canonical document without its proofs (EdDSA section 3.2.4, ECDSA section 3.2.4). The proof
// options are the proof without proofValue, read under the contexts of the document (section 3.2.5).
// The kind of in.Key chooses the hash; no key is needed otherwise.
//
// Content selects among the published contents of the contexts; contents is how many there are, also
// where the error comes from canonicalization.
func (s Suite) HashData(in Input, content int) (data []byte, contents int, err error) {
	return s.hash(in, content, nil)
}

// hash is [Suite.HashData] with these members of the document left out as if they were not there.
func (s Suite) hash(in Input, content int, omit []string) (data []byte, contents int, err error) {
	c, ok := s.curve(in.Key.Kind())
	if !ok {
		return nil, 1, at(in.Proof, in.Proof, codeMethod, s.d.name+" is not defined for this kind of key", nil)
	}
	if previous := in.Proof.Get("previousProof"); previous.Exists() {
		return nil, 1, at(previous, in.Proof, codeSuiteUnknown, "chains of proofs are not supported", nil)
	}
	if err := proofContext(in); err != nil {
		return nil, 1, err
	}
	options := canon.Options{Hash: c.hash, Content: content, InlineContexts: in.InlineContexts}
	proof := canon.Input{Value: in.Proof, Context: in.Document.Get("@context"), Omit: []string{"@context", "proofValue"}}
	data, contents, err = in.Canon.Digest(proof, options)
	if err != nil {
		return nil, max(contents, 1), err
	}
	document, n, err := in.Canon.Digest(canon.Input{Value: in.Document, Omit: append(omit, "proof")}, options)
	if err != nil {
		return nil, max(contents, n), err
	}
	return append(slices.Clip(data), document...), max(contents, n), nil
}

// proofContext checks a proof's own @context. The suites replace it by the document's, so it is not
// signed and must not say anything else: each of its entries has to be one of the document's
// contexts, by its URL and in the same order.
func proofContext(in Input) error {
	rest := slices.Collect(in.Document.Get("@context").Each())
	for own := range in.Proof.Get("@context").Each() {
		i := slices.IndexFunc(rest, func(v strict.Value) bool {
			return own.Kind() == strict.String && v.Kind() == strict.String && v.Text() == own.Text()
		})
		if i < 0 {
			return at(own, in.Proof, codeContext, "the proof names a context that the document does not name in this order; "+
				"the proof's own contexts are not signed", nil)
		}
		rest = rest[i+1:]
	}
	return nil
}

// at is a finding about v, or about its parent where v is absent.
func at(v, parent strict.Value, code, detail string, cause error) error {
	if !v.Exists() {
		v = parent
	}
	return &strict.Error{Code: code, Pointer: v.Pointer(), Offset: v.Offset(), Detail: detail, Err: cause}
}

func quote(s string) string { return strconv.Quote(s) }
