package suites

import (
	"slices"
	"strconv"

	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// HashData returns what is signed: the hash of the canonical proof options, followed by the hash of
// the canonical document without its proofs, or with those that the proof refers to. The kind of
// in.Key chooses the hash; no key is needed otherwise.
//
// Content selects among the published contents of the contexts; contents is how many there are, also
// where the error comes from canonicalization. The error is proof.method for a key that the suite does not
// take, and for suites that sign something other than two hashes.
func (s Suite) HashData(in Input, content int) (data []byte, contents int, err error) {
	c, ok := s.curve(in.Key.Kind())
	if !ok || s.d.hash == nil {
		return nil, 1, at(in.Proof, in.Proof, codeMethod, s.name+" is not defined for this kind of key", nil)
	}
	if in, err = in.chained(); err != nil {
		return nil, 1, err
	}
	return s.d.hash(in, c, content, nil)
}

// hashRDFC is the construction of the suites over JSON-LD (EdDSA section 3.2.4, ECDSA section 3.2.4).
// The proof options are the proof without proofValue, read under the contexts of the document
// (section 3.2.5).
func hashRDFC(in Input, c curve, content int, omit []string) (data []byte, contents int, err error) {
	return hashGraphs(in, c, content, omit, in.Document.Get("@context"), "proofValue")
}

// hashGraphs hashes the proof options, less the member that holds the signature and read under the
// contexts given, and the document.
func hashGraphs(in Input, c curve, content int, omit []string, contexts strict.Value, value string) (data []byte, contents int, err error) {
	data, contents, err = hashOptions(in, c, content, contexts, value)
	if err != nil {
		return nil, contents, err
	}
	document, omit := in.hashed(omit)
	options := canon.Options{Hash: c.hash, Content: content, InlineContexts: in.InlineContexts}
	sum, n, err := in.Canon.Digest(canon.Input{Value: document, Omit: omit}, options)
	if err != nil {
		return nil, max(contents, n), in.relocate(err)
	}
	return append(slices.Clip(data), sum...), max(contents, n), nil
}

// hashOptions hashes the proof options.
func hashOptions(in Input, c curve, content int, contexts strict.Value, value string) (sum []byte, contents int, err error) {
	if err := proofContext(in); err != nil {
		return nil, 1, err
	}
	options := canon.Options{Hash: c.hash, Content: content, InlineContexts: in.InlineContexts}
	proof := canon.Input{Value: in.Proof, Context: contexts, Omit: []string{"@context", value}}
	sum, contents, err = in.Canon.Digest(proof, options)
	return sum, max(contents, 1), err
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
