package canon

import (
	"crypto"
	_ "crypto/sha512"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// withExamples returns the embedded contexts and the one that the vectors of the W3C use for their
// example terms, pinned as a caller would.
func withExamples(t testing.TB) *contexts.Set {
	t.Helper()
	set, err := contexts.Embedded().With("https://www.w3.org/ns/credentials/examples/v2", sharedFile(t, "contexts/credentials-examples-v2.jsonld"))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// suiteVectors are the vectors that print the canonical forms, each with the folder, the suffix of
// its files and the hash.
var suiteVectors = []struct {
	dir, suffix string
	hash        crypto.Hash
}{
	{"vc-di-eddsa/eddsa-rdfc-2022", "DataInt", crypto.SHA256},
	{"vc-di-eddsa/Ed25519Signature2020", "EdSig", crypto.SHA256},
	{"vc-di-ecdsa/ecdsa-rdfc-2019-p256", "ECDSAP256", crypto.SHA256},
	{"vc-di-ecdsa/ecdsa-rdfc-2019-p384", "ECDSAP384", crypto.SHA384},
}

// TestSuiteVectors compares document and proof options with the canonical forms that the W3C's
// suites print.
func TestSuiteVectors(t *testing.T) {
	set := withExamples(t)
	for _, vector := range suiteVectors {
		t.Run(vector.dir, func(t *testing.T) {
			read := func(name, ext string) string {
				return strings.TrimSpace(string(sharedFile(t, "vectors/"+vector.dir+"/"+name+vector.suffix+ext)))
			}
			signed := parse(t, read("signed", ".json"))
			proof := signed.Get("proof")
			p := New(set, Limits{})
			for _, part := range []struct {
				in    Input
				canon string
				hash  string
			}{
				{Input{Value: signed, Omit: []string{"proof"}}, "canonDoc", "docHash"},
				{Input{Value: proof, Context: signed.Get("@context"), Omit: []string{"proofValue"}}, "proofCanon", "proofHash"},
			} {
				c, err := p.Canonicalize(part.in, Options{Hash: vector.hash})
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(read(part.canon, ".txt"), strings.TrimSpace(string(c.NQuads()))); diff != "" {
					t.Errorf("%s (-want +got):\n%s", part.canon, diff)
				}
				sum, contents, err := p.Digest(part.in, Options{Hash: vector.hash})
				if err != nil {
					t.Fatal(err)
				}
				if want := read(part.hash, ".txt"); hex.EncodeToString(sum) != want || hex.EncodeToString(c.Sum()) != want {
					t.Errorf("%s: %x, want %s", part.hash, sum, want)
				}
				if contents != 1 || c.Contents() != 1 {
					t.Errorf("%s used %d contents of a context, want 1", part.canon, contents)
				}
			}
		})
	}
}

// TestSuiteVectorsNeedTheirContext is the failing twin: without the pinned context the vectors
// are refused.
func TestSuiteVectorsNeedTheirContext(t *testing.T) {
	p := New(contexts.Embedded(), Limits{})
	for _, vector := range suiteVectors {
		signed := parse(t, string(sharedFile(t, "vectors/"+vector.dir+"/signed"+vector.suffix+".json")))
		_, err := p.Canonicalize(Input{Value: signed, Omit: []string{"proof"}}, Options{Hash: vector.hash})
		wantError(t, err, codeContext, "/@context/1")
	}
}

// wantError checks code and pointer of an error.
func wantError(t testing.TB, err error, code, pointer string) {
	t.Helper()
	e, ok := err.(*strict.Error)
	if !ok {
		t.Errorf("error %v, want code %s", err, code)
		return
	}
	if e.Code != code || e.Pointer != pointer {
		t.Errorf("error %v\nwant code %s at %q", e, code, pointer)
	}
}

// TestDisclosureVectors compares the proof options of a vector for selective disclosure, whose
// context stands in the document.
func TestDisclosureVectors(t *testing.T) {
	in := Input{Value: parse(t, string(sharedFile(t, "vectors/vc-di-bbs/addProofConfig.json")))}
	p := New(contexts.Embedded(), Limits{})
	c, err := p.Canonicalize(in, Options{InlineContexts: true})
	if err != nil {
		t.Fatal(err)
	}
	want := string(sharedFile(t, "vectors/vc-di-bbs/addProofConfigCanon.txt"))
	if diff := cmp.Diff(strings.TrimSpace(want), strings.TrimSpace(string(c.NQuads()))); diff != "" {
		t.Errorf("canonical form (-want +got):\n%s", diff)
	}
	_, err = p.Canonicalize(in, Options{})
	wantError(t, err, codeContext, "/@context/1")
}
