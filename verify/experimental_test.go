package verify_test

import (
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// TestExperimental: a proof of a draft's suite is undecided, unless the policy allows it; then there is a warning.
func TestExperimental(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{"mldsa44-rdfc-2024", "mldsa44-jcs-2024"} {
		t.Run(name, func(t *testing.T) {
			text := suiteSample(t, name)
			altered := []byte(strings.ReplaceAll(string(text), "Robotics", "Surgery"))
			allowed, named := anyone(), anyone()
			allowed.Experimental = true
			named.Suites = []string{name}
			for _, policy := range []verify.Policy{anyone(), named} {
				r := w.verify(t, text, policy)
				want(t, r, verify.Indeterminate, "proof", "proof.suite_unknown")
				if warns(check(t, r, "proof"), "proof.experimental") {
					t.Errorf("warned of: %s", dump(r))
				}
				want(t, w.verify(t, altered, policy), verify.Indeterminate, "proof", "proof.suite_unknown")
			}
			r := w.verify(t, text, allowed)
			want(t, r, verify.Valid, "", "")
			p := check(t, r, "proof")
			if len(p.Parts) != 1 || p.Parts[0].Suite != name || !warns(p, "proof.experimental") || warns(p, "proof.legacy") {
				t.Errorf("the proof is %s", dump(r))
			}
			want(t, w.verify(t, altered, allowed), verify.Invalid, "proof", "proof.signature")
			allowed.Suites = []string{suite}
			want(t, w.verify(t, text, allowed), verify.Invalid, "proof", "proof.suite_not_allowed")
		})
	}
}

// TestExperimentalBeside: beside a good proof, one of a draft's suite is reported and ignored; allowed, it must
// verify as well.
func TestExperimentalBeside(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := verifytest.Badge(issuer.ID, nil)
	foreign := value(t, suiteSample(t, "mldsa44-jcs-2024")).Get("proof").Raw()
	both := verifytest.Attach(verifytest.Attach(badge, issuer.Proof(badge, suite, nil)), []byte(foreign))
	want(t, w.verify(t, both, anyone()), verify.Valid, "", "")
	allowed := anyone()
	allowed.Experimental = true
	if r := w.verify(t, both, allowed); r.Verdict != verify.Invalid {
		t.Errorf("a proof by somebody else over something else: %s", dump(r))
	}
}
