package verify_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// council is an issuer with three keys.
func council(t *testing.T, w *world) (issuers [3]*verifytest.Issuer) {
	t.Helper()
	const did = "did:web:council.example"
	var methods, listed []any
	for i, name := range []string{"a", "b", "c"} {
		issuers[i] = verifytest.NewIssuer(did, keys.Ed25519)
		issuers[i].Method = did + "#" + name
		methods = append(methods, map[string]any{"id": issuers[i].Method, "type": "Multikey", "controller": did, "publicKeyMultibase": issuers[i].Multikey})
		listed = append(listed, issuers[i].Method)
	}
	doc, err := json.Marshal(map[string]any{"id": did, "verificationMethod": methods, "assertionMethod": listed})
	if err != nil {
		t.Fatal(err)
	}
	w.host.Put("https://council.example/.well-known/did.json", "application/did+json", doc)
	return issuers
}

// TestNeededProofs: a policy may ask for proofs by some of the issuer's methods, or by methods with a
// name; then others may fail, and what is wrong with them is a warning.
func TestNeededProofs(t *testing.T) {
	w := newWorld(t)
	all := council(t, w)
	mallory := verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := verifytest.Badge(all[0].ID, nil)
	proof := func(i int) []byte { return all[i].Proof(badge, suite, nil) }
	bad := func(i int) []byte {
		return all[i].Proof(verifytest.Badge(all[0].ID, map[string]any{"name": "Other"}), suite, nil)
	}
	foreign := mallory.Proof(badge, suite, nil)
	unknown := []byte(strings.Replace(string(proof(1)), suite, "future-2040", 1))
	for _, c := range []struct {
		name    string
		proofs  [][]byte
		min     int
		methods []string
		verdict verify.Verdict
		code    string
	}{
		{"two of two", [][]byte{proof(0), proof(1)}, 2, nil, verify.Valid, ""},
		{"two of three, one bad", [][]byte{proof(0), bad(1), proof(2)}, 2, nil, verify.Valid, ""},
		{"two of two, one bad", [][]byte{proof(0), bad(1)}, 2, nil, verify.Invalid, "proof.too_few"},
		{"all by default, one bad", [][]byte{proof(0), bad(1), proof(2)}, 0, nil, verify.Invalid, "proof.signature"},
		{"one proof twice", [][]byte{proof(0), proof(0)}, 2, nil, verify.Invalid, "proof.too_few"},
		{"somebody else's does not count", [][]byte{proof(0), foreign}, 2, nil, verify.Invalid, "proof.too_few"},
		{"one undecided", [][]byte{proof(0), unknown}, 2, nil, verify.Indeterminate, "proof.open"},
		{"one undecided, one more than needed", [][]byte{proof(0), unknown}, 1, nil, verify.Valid, ""},
		{"the named one", [][]byte{proof(0), bad(1)}, 0, []string{all[0].Method}, verify.Valid, ""},
		{"the named one is bad", [][]byte{proof(0), bad(1)}, 0, []string{all[1].Method}, verify.Invalid, "proof.too_few"},
		{"the named one is missing", [][]byte{proof(0)}, 0, []string{all[2].Method}, verify.Invalid, "proof.too_few"},
		{"the named one is undecided", [][]byte{proof(0), unknown}, 0, []string{all[1].Method}, verify.Indeterminate, "proof.open"},
		{"somebody else by name", [][]byte{proof(0), foreign}, 1, []string{mallory.Method}, verify.Valid, ""},
		{"somebody else alone", [][]byte{foreign}, 0, []string{mallory.Method}, verify.Invalid, ""},
		{"none", nil, 1, nil, verify.Invalid, "proof.missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			signed := badge
			for _, p := range c.proofs {
				signed = verifytest.Attach(signed, p)
			}
			p := anyone()
			p.MinProofs, p.Methods = c.min, c.methods
			r := w.verify(t, signed, p)
			want(t, r, c.verdict, "proof", c.code)
			if proofs := check(t, r, "proof"); c.verdict == verify.Valid && len(proofs.Problems) > 0 || len(proofs.Parts) != len(c.proofs) {
				t.Errorf("%+v", proofs)
			}
		})
	}
	p := anyone()
	p.MinProofs = 1
	want(t, w.verify(t, jwt(all[0], all[0].ID, "EdDSA", nil), p), verify.Valid, "", "")
	p.MinProofs = 2
	want(t, w.verify(t, jwt(all[0], all[0].ID, "EdDSA", nil), p), verify.Invalid, "proof", "proof.too_few")
}
