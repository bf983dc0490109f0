package suites

import (
	"bytes"
	"crypto"
	"slices"

	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// hashJCS is the construction of the suites over JCS (EdDSA sections 3.3.2 to 3.3.5, ECDSA likewise):
// the hash of the proof without proofValue, followed by the hash of the document without its proofs.
// Nothing is read as JSON-LD, so that every member is signed, whether or not a context defines it.
//
// Where the proof has an @context, it must be what the document's begins with, and takes its place in
// what is signed. Contexts of the document beyond it are not signed: see [Result.UnsignedContexts].
func hashJCS(in Input, c curve, _ int, omit []string) (data []byte, contents int, err error) {
	document, omit := in.hashed(omit)
	own := in.Proof.Get("@context")
	if all := document.Get("@context"); own.Exists() && own.Raw() != all.Raw() && !sameJSON(own, all) {
		if err := prefixOf(own, all, in.Proof); err != nil {
			return nil, 1, err
		}
		if document, err = replace(document, map[string]string{"@context": own.Raw()}); err != nil {
			return nil, 1, at(own, in.Proof, codeContext, "the document cannot be put together with the contexts of the proof", err)
		}
	}
	options, err := canon.JCSOmit(in.Proof, "proofValue")
	if err != nil {
		return nil, 1, err
	}
	text, err := canon.JCSOmit(document, omit...)
	if err != nil {
		return nil, 1, in.relocate(err)
	}
	return append(digest(c.hash, options), digest(c.hash, text)...), 1, nil
}

// verifyJCS checks a signature over [hashJCS] that stands in proofValue.
func verifyJCS(s Suite, in Input, c curve) (Result, error) {
	result, err := verifyValue(s, in, c)
	if err == nil {
		result.UnsignedContexts = unsignedContexts(in)
	}
	return result, err
}

// prefixOf checks that the contexts of a proof are those that the document's begin with.
func prefixOf(own, document, proof strict.Value) error {
	rest := slices.Collect(document.Each())
	i := 0
	for v := range own.Each() {
		if i == len(rest) || !sameJSON(v, rest[i]) {
			return at(v, proof, codeContext, "the contexts of the proof are not those that the document's begin with", nil)
		}
		i++
	}
	return nil
}

// unsignedContexts returns how many contexts of the document a proof over JCS leaves unsigned.
func unsignedContexts(in Input) int {
	own, all := in.Proof.Get("@context"), in.Document.Get("@context")
	if !own.Exists() {
		return 0
	}
	count := func(v strict.Value) int {
		if v.Kind() == strict.Array {
			return v.Len()
		}
		return 1
	}
	return count(all) - count(own)
}

// sameJSON compares two values by their canonical form.
func sameJSON(a, b strict.Value) bool {
	x, err := canon.JCS(a)
	if err != nil {
		return false
	}
	y, err := canon.JCS(b)
	return err == nil && bytes.Equal(x, y)
}

func digest(h crypto.Hash, data []byte) []byte {
	w := h.New()
	w.Write(data)
	return w.Sum(nil)
}
