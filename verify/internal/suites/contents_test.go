package suites_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/suites"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

const (
	v2     = "https://www.w3.org/ns/credentials/v2"
	ob303  = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
	ob302  = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
	eddsa  = "eddsa-rdfc-2022"
	jwtTag = "eyJhbGciOiJub25lIn0.e30."
)

// attempt verifies the proof of a credential and says what came of it: the content that it was signed
// under, or the code and the pointer of the finding.
func attempt(t *testing.T, credential []byte, i *verifytest.Issuer) string {
	t.Helper()
	document, err := strict.Parse(credential, strict.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	key, err := keys.ParseMultikey(i.Multikey)
	if err != nil {
		t.Fatal(err)
	}
	proof := document.Get("proof")
	suite, ok := suites.Find(proof)
	if !ok {
		t.Fatal("no suite for the proof")
	}
	result, err := suite.Verify(suites.Input{Document: document, Proof: proof, Key: key, Canon: canon.New(nil, canon.Limits{})})
	var e *strict.Error
	switch {
	case err == nil:
		return fmt.Sprintf("content %d of %d", result.Content, result.Contents)
	case !errors.As(err, &e):
		t.Fatalf("not a finding: %v", err)
	}
	return e.Code + " " + e.Pointer
}

// splice puts a member in front of the others.
func splice(t *testing.T, credential []byte, member string) []byte {
	t.Helper()
	if !bytes.HasPrefix(credential, []byte("{")) {
		t.Fatal("not an object")
	}
	return append([]byte("{"+member+","), credential[1:]...)
}

// TestTwoContents covers the context that was changed under its URL: the later content defines
// endorsementJwt, the older one does not.
func TestTwoContents(t *testing.T) {
	i := verifytest.NewIssuer("did:key", keys.Ed25519)
	endorsed := map[string]any{"endorsementJwt": []string{jwtTag}}
	both := i.Sign(verifytest.Badge(i.ID, endorsed), eddsa)
	plain := i.Sign(verifytest.Badge(i.ID, nil), eddsa)
	older := map[string]any{"@context": []string{v2, ob302}}
	single := i.Sign(verifytest.Badge(i.ID, older), eddsa)
	member := `"endorsementJwt":["` + jwtTag + `"]`
	for _, tc := range []struct {
		name       string
		credential []byte
		want       string
	}{
		{"signed under either", plain, "content 0 of 2"},
		{"signed under the later one", both, "content 1 of 2"},
		{"one content only", single, "content 0 of 1"},
		{"later one, altered", bytes.Replace(both, []byte("Practical"), []byte("Applied"), 1), "proof.signature /proof/proofValue"},
		{"later one, endorsement altered", bytes.Replace(both, []byte(jwtTag), []byte("e30.e30."), 1), "proof.signature /proof/proofValue"},
		{"either, altered", bytes.Replace(plain, []byte("Practical"), []byte("Applied"), 1), "proof.signature /proof/proofValue"},
		{"endorsement added to a signed badge", splice(t, plain, member), "jsonld.undefined_term /endorsementJwt"},
		{"endorsement added, one content only", splice(t, single, member), "jsonld.undefined_term /endorsementJwt"},
		{"endorsement and a property added", splice(t, plain, member+`,"description":"x"`), "proof.signature /proof/proofValue"},
		{"another term added", splice(t, plain, `"nickname":"x"`), "jsonld.undefined_term /nickname"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := attempt(t, tc.credential, i); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// TestProofContext covers a @context in the proof itself, which the suites do not sign.
func TestProofContext(t *testing.T) {
	i := verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := verifytest.Badge(i.ID, nil)
	const refused = "jsonld.context /proof/@context"
	for _, tc := range []struct {
		name    string
		context any
		want    string
	}{
		{"none", nil, "content 0 of 2"},
		{"that of the document", []string{v2, ob303}, "content 0 of 2"},
		{"the first of the document", v2, "content 0 of 2"},
		{"the second of the document", []string{ob303}, "content 0 of 2"},
		{"an empty list", []string{}, "content 0 of 2"},
		{"another order", []string{ob303, v2}, refused + "/1"},
		{"one twice", []string{v2, v2}, refused + "/1"},
		{"another one", "https://w3id.org/security/data-integrity/v2", refused},
		{"one more", []string{v2, ob303, "https://w3id.org/security/data-integrity/v2"}, refused + "/2"},
		{"inline", map[string]any{"created": "https://attacker.example/"}, refused},
		{"null in a list", []any{nil}, refused + "/0"},
		{"a number", 1, refused},
	} {
		t.Run(tc.name, func(t *testing.T) {
			// The context is not signed, so that it can be added to a finished proof.
			proof := i.Proof(badge, eddsa, nil)
			if tc.context != nil {
				proof = splice(t, proof, `"@context":`+text(t, tc.context))
			}
			if got := attempt(t, verifytest.Attach(badge, proof), i); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// TestChainAlone makes sure that a proof in a chain is not verified without what it refers to.
func TestChainAlone(t *testing.T) {
	i := verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := verifytest.Badge(i.ID, nil)
	proof := splice(t, i.Proof(badge, eddsa, nil), `"previousProof":"urn:uuid:1"`)
	if got, want := attempt(t, verifytest.Attach(badge, proof), i), "proof.chain /proof/previousProof"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestLegacyNameIsSigned turns a proof into one of the same construction under its other name.
func TestLegacyNameIsSigned(t *testing.T) {
	i := verifytest.NewIssuer("did:key", keys.Ed25519)
	signed := i.Sign(verifytest.Badge(i.ID, nil), "eddsa-2022")
	if got := attempt(t, signed, i); got != "content 0 of 2" {
		t.Errorf("the old name: got %q", got)
	}
	renamed := bytes.Replace(signed, []byte(`"eddsa-2022"`), []byte(`"eddsa-rdfc-2022"`), 1)
	if got := attempt(t, renamed, i); got != "proof.signature /proof/proofValue" {
		t.Errorf("the new name in place of the old: got %q", got)
	}
}

// TestProofPointers makes sure that findings in the proof options point into the whole document.
func TestProofPointers(t *testing.T) {
	i := verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := verifytest.Badge(i.ID, nil)
	for member, want := range map[string]string{
		`"nickname":"x"`:        "jsonld.undefined_term /proof/nickname",
		`"id":"not an iri"`:     "jsonld.invalid_iri /proof/id",
		`"id":"relative"`:       "jsonld.invalid_iri /proof/id",
		`"expires":null`:        "jsonld.dropped /proof/expires",
		`"nonce":{"@value":{}}`: "jsonld.value /proof/nonce/@value",
	} {
		proof := splice(t, i.Proof(badge, eddsa, nil), member)
		if got := attempt(t, verifytest.Attach(badge, proof), i); got != want {
			t.Errorf("%s: got %q, want %q", member, got, want)
		}
	}
}

func text(t *testing.T, v any) string {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
