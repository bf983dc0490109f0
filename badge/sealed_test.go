package badge_test

import (
	"errors"
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

// TestSealed has signed messages in the JSON form of JWS, which are named and left open; and what only looks like
// one, and is judged as the credential that it says it is.
func TestSealed(t *testing.T) {
	v, err := verify.New(verify.Config{})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text   string
		sealed bool
	}{
		"JAdES":              {`{"payload": "{}", "signatures": [{"protected": "e30", "header": {"etsiU": []}, "signature": "c2ln"}]}`, true},
		"general":            {`{"payload": "e30", "signatures": [{"protected": "e30", "signature": "c2ln"}]}`, true},
		"flattened":          {`{"payload": "e30", "protected": "e30", "signature": "c2ln"}`, true},
		"no signatures":      {`{"payload": "e30", "signatures": []}`, true},
		"no payload":         {`{"signatures": [{"signature": "c2ln"}]}`, false},
		"payload an object":  {`{"payload": {}, "signature": "c2ln"}`, false},
		"nothing signed":     {`{"payload": "e30"}`, false},
		"in capitals":        {`{"Payload": "e30", "signature": "c2ln"}`, false},
		"with its contexts":  {change(t, minimal, `"issuer"`, `"payload": "e30", "signature": "c2ln", "issuer"`), false},
		"signature a number": {`{"payload": "e30", "signature": 1}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			p := badge.Policy(verify.UnsafeAnyIssuer())
			r, err := badge.Verify(t.Context(), v, open(t, c.text), p)
			if r == nil || r.Verdict == verify.Valid || errors.Is(err, verify.ErrIndeterminate) != c.sealed {
				t.Fatalf("%v", err)
			}
			named := r.Format == badge.FormatSealed
			proof, of := r.Check("proof")
			if named != c.sealed || !of || c.sealed && (proof.Outcome != verify.Undecided || proof.Reason != "proof.suite_unknown") {
				t.Errorf("format %q, proof %v %s", r.Format, proof.Outcome, proof.Reason)
			}
		})
	}
}
