package suites

import (
	"errors"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/signature"
)

// Codes of this package. Those of canonicalization (jsonld.*, budget) pass through.
const (
	codeSignature    = "proof.signature"
	codeValue        = "proof.value"
	codeMethod       = "proof.method"
	codeSuiteUnknown = "proof.suite_unknown"
	codeContext      = "jsonld.context"
	codeUndefined    = "jsonld.undefined_term"
)

// Input is one proof of one document.
type Input struct {
	Document       strict.Value // the secured document, its proofs included
	Proof          strict.Value // the proof, which stands in Document
	Key            keys.Key     // that the proof's verification method stands for
	Canon          *canon.Processor
	InlineContexts bool // allow contexts that are written out in the document
}

// Result is what is known about a proof that verified.
type Result struct {
	// Content is which published content of its contexts the document was signed under: 0 is the
	// oldest one.
	Content int
	// Contents is how many there are: 2 where a context in use was changed under its URL, else 1.
	Contents int
}

// Verify checks the signature of a proof. Where a context of the document was published with
// several contents under one URL, the oldest is tried first, then the later ones; a member that
// only a later content defines is thus never taken for signed under the older.
//
// Errors are [*strict.Error]: proof.value, proof.signature; proof.method for a key of a kind that
// the suite does not take; proof.suite_unknown for a proof in a chain (previousProof), which is not
// supported; and those of canonicalization, with pointers into the whole document.
func (s Suite) Verify(in Input) (Result, error) {
	c, ok := s.curve(in.Key.Kind())
	if !ok {
		return Result{}, at(in.Proof.Get("verificationMethod"), in.Proof, codeMethod,
			"the key is of the kind "+quote(string(in.Key.Kind()))+", which "+s.d.name+" does not take", nil)
	}
	value, err := proofValue(in.Proof, c.size)
	if err != nil {
		return Result{}, err
	}
	return s.tryContents(in, func(data []byte) bool {
		return signature.Verify(c.algorithm, in.Key, data, value)
	})
}

// tryContents hashes the document under each published content in turn, until matches is true.
func (s Suite) tryContents(in Input, matches func(data []byte) bool) (Result, error) {
	try := func(content int, omit ...string) (contents int, err error) {
		data, contents, err := s.hash(in, content, omit)
		if err == nil && !matches(data) {
			err = at(in.Proof.Get("proofValue"), in.Proof, codeSignature,
				"the signature does not match: the credential or its proof was changed after signing, or another key signed it", nil)
		}
		return contents, err
	}
	contents, first := try(0)
	if first == nil {
		return Result{Contents: contents}, nil
	}
	last := first
	for content := 1; content < contents && retry(first); content++ {
		if _, last = try(content); last == nil {
			return Result{Content: content, Contents: contents}, nil
		}
	}
	// Either the signature is under the oldest content, and a member that it does not define was never
	// signed; or it is under a later one, and something was altered. Without that member it shows.
	if member, ok := undefinedMember(in, first); ok {
		if _, err := try(0, member); err == nil {
			return Result{}, first
		}
		return Result{}, last
	}
	return Result{}, first
}

// retry reports whether another content of a context can make a difference.
func retry(err error) bool { return codeOf(err) == codeSignature || codeOf(err) == codeUndefined }

// undefinedMember returns the member of the document for whose name there is no definition, if that
// is what err says.
func undefinedMember(in Input, err error) (name string, ok bool) {
	var e *strict.Error
	if !errors.As(err, &e) || e.Code != codeUndefined {
		return "", false
	}
	for name := range in.Document.Members() {
		if e.Pointer == strict.Join(in.Document.Pointer(), name) {
			return name, true
		}
	}
	return "", false
}

func codeOf(err error) string {
	if e := (*strict.Error)(nil); errors.As(err, &e) {
		return e.Code
	}
	return ""
}
