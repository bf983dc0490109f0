package suites

import (
	"errors"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/bbs"
	"github.com/badgeproof/badgeproof/verify/internal/signature"
)

// Codes of this package. Those of canonicalization (jsonld.*, budget) pass through.
const (
	codeSignature = "proof.signature"
	codeValue     = "proof.value"
	codeMethod    = "proof.method"
	codeChain     = "proof.chain"
	codeBase      = "proof.base"
	codeKey       = "key.malformed"
	codeContext   = "jsonld.context"
	codeUndefined = "jsonld.undefined_term"
	codeBudget    = "budget"
)

// Input is one proof of one document.
type Input struct {
	Document strict.Value // the secured document, its proofs included
	Proof    strict.Value // the proof, which stands in Document
	// Previous are the proofs that previousProof refers to, as [Chain] finds them; none for a proof
	// without that member.
	Previous  []strict.Value
	Key       keys.Key // that the proof's verification method stands for
	Algorithm string   // the one algorithm that Key is for (alg of a JWK), "" for any

	Canon          *canon.Processor
	InlineContexts bool    // allow contexts that are written out in the document
	Memory         *Memory // of earlier proofs; nil keeps nothing

	rewritten strict.Value // Document with Previous as its proofs; see chained
}

// Memory keeps what was computed for one proof and is the same for others, whosever they are. It is
// bounded, safe for concurrent use, and changes no result. The zero Memory is empty and ready for use.
type Memory struct {
	points bbs.Points
}

// Result is what is known about a proof that verified.
type Result struct {
	// Content is which published content of its contexts the document was signed under: 0 is the
	// oldest one.
	Content int
	// Contents is how many there are: 2 where a context in use was changed under its URL, else 1.
	Contents int
	// UnsignedContexts is how many entries of the document's @context, counted from its end, the proof does
	// not cover. Proofs over JCS alone may leave some out, by naming in their own @context those that they
	// were made for; everything else in the document is signed.
	UnsignedContexts int
}

// Verify checks the signature of a proof. Where a context of the document was published with
// several contents under one URL, the oldest is tried first, then the later ones; a member that
// only a later content defines is thus never taken for signed under the older.
//
// Errors are [*strict.Error]: proof.value, proof.signature; proof.base for a base proof, from which a
// holder derives proofs; proof.chain for a proof in a chain without the proofs it refers to;
// proof.method for a key of a kind that the suite does not take; key.malformed for a key that is no point
// of its group; and those of canonicalization, with
// pointers into the whole document.
func (s Suite) Verify(in Input) (Result, error) {
	c, ok := s.curve(in.Key.Kind())
	if !ok {
		return Result{}, at(in.Proof.Get("verificationMethod"), in.Proof, codeMethod,
			"the key is of the kind "+quote(string(in.Key.Kind()))+", which "+s.name+" does not take", nil)
	}
	in, err := in.chained()
	if err != nil {
		return Result{}, err
	}
	return s.d.verify(s, in, c)
}

// verifyValue checks a signature over [Suite.HashData] that stands in proofValue.
func verifyValue(s Suite, in Input, c curve) (Result, error) {
	decode := s.d.value
	if decode == nil {
		decode = proofValue
	}
	value, err := decode(in.Proof, c.size)
	if err != nil {
		return Result{}, err
	}
	return in.tryContents(func(content int, omit []string) (int, error) {
		data, contents, err := s.d.hash(in, c, content, omit)
		if err == nil && !signature.Verify(c.algorithms[0], in.Key, data, value) {
			err = mismatch(in, "proofValue")
		}
		return contents, err
	})
}

// mismatch is the finding that the signature is not one over the document.
func mismatch(in Input, member string) error {
	return at(in.Proof.Get(member), in.Proof, codeSignature,
		"the signature does not match: the credential or its proof was changed after signing, or another key signed it", nil)
}

// tryContents checks the proof under each published content of the contexts in turn, until try has no
// error. Try leaves out the members of the document that omit names, as if they were not there.
func (in Input) tryContents(try func(content int, omit []string) (contents int, err error)) (Result, error) {
	contents, first := try(0, nil)
	if first == nil {
		return Result{Contents: contents}, nil
	}
	last := first
	for content := 1; content < contents && retry(first); content++ {
		if _, last = try(content, nil); last == nil {
			return Result{Content: content, Contents: contents}, nil
		}
	}
	// Either the signature is under the oldest content, and a member that it does not define was never
	// signed; or it is under a later one, and something was altered. Without that member it shows.
	if member, ok := undefinedMember(in, first); ok {
		if _, err := try(0, []string{member}); err == nil {
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
