package policies_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/examples/server/policies"
	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// judge applies a policy as the server does.
func judge(t *testing.T, n *policies.Named, text []byte) *verify.Report {
	t.Helper()
	v, err := verify.New(verify.Config{Keys: keys.Default(&verifytest.Host{})})
	if err != nil {
		t.Fatal(err)
	}
	b, err := badge.Open(text)
	if err != nil {
		t.Fatal(err)
	}
	before, _ := badge.Verify(t.Context(), v, b, n.Policy)
	kept, _ := json.Marshal(before)
	after := n.Apply(before)
	if now, _ := json.Marshal(before); string(now) != string(kept) {
		t.Error("the report of the library was changed")
	}
	return after
}

// samples are credentials by what is special about them, all signed by a key of did:key.
func samples(i *verifytest.Issuer) map[string][]byte {
	const suite = "eddsa-rdfc-2022"
	sign := func(issuer string, edits map[string]any) []byte {
		return i.Sign(verifytest.Badge(issuer, edits), suite)
	}
	tampered := func(b []byte) []byte {
		var m map[string]any
		_ = json.Unmarshal(b, &m)
		m["name"] = "another name"
		b, _ = json.Marshal(m)
		return b
	}
	status := map[string]any{"credentialStatus": map[string]any{
		"id": "https://status.example/1#7", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
		"statusListIndex": "7", "statusListCredential": "https://status.example/1"}}
	return map[string][]byte{
		"own":              sign(i.ID, nil),
		"foreign":          sign("https://somebody.example/", nil),
		"foreign tampered": tampered(sign("https://somebody.example/", nil)),
		"foreign expired":  sign("https://somebody.example/", map[string]any{"validUntil": "2020-01-01T00:00:00Z", "validFrom": "2019-01-01T00:00:00Z"}),
		"foreign status":   sign("https://somebody.example/", status),
	}
}

func TestConformance(t *testing.T) {
	i := verifytest.NewIssuer("did:key", keys.Ed25519)
	all := samples(i)
	want := map[string][2]verify.Verdict{ // by the default policy, and by that of the suites
		"own":              {verify.Valid, verify.Valid},
		"foreign":          {verify.Invalid, verify.Valid},
		"foreign tampered": {verify.Invalid, verify.Invalid},
		"foreign expired":  {verify.Invalid, verify.Invalid},
		"foreign status":   {verify.Invalid, verify.Indeterminate},
	}
	for name, text := range all {
		for n, p := range []*policies.Named{policies.Open(), policies.ConformanceSuites()} {
			r := judge(t, p, text)
			if r.Verdict != want[name][n] {
				t.Errorf("%s by %s: %s, want %s", name, p.Name, r.Verdict, want[name][n])
			}
			issuer, _ := r.Check("issuer")
			if waived := issuer.Reason == "off" && len(issuer.Hints) > 0; waived != (n == 1) {
				t.Errorf("%s by %s: the issuer's check is %+v", name, p.Name, issuer)
			}
		}
		// The same inside a presentation, where the verdict hangs on that of the credential.
		vp := verifytest.Presentation(i.ID, nil, all[name])
		for n, p := range []*policies.Named{policies.Open(), policies.ConformanceSuites()} {
			r := judge(t, p, vp)
			if r.Verdict != want[name][n] {
				t.Errorf("%s in a presentation by %s: %s, want %s", name, p.Name, r.Verdict, want[name][n])
			}
			c, _ := r.Check("credentials")
			if says := slices.Contains(c.Hints, policies.ConformanceSuites().Note); says != (n == 1) {
				t.Errorf("%s in a presentation by %s: the hints are %q", name, p.Name, c.Hints)
			}
		}
	}
}

func TestConformanceCountsEachCredential(t *testing.T) {
	i := verifytest.NewIssuer("did:key", keys.Ed25519)
	all := samples(i)
	vp := verifytest.Presentation(i.ID, nil, all["foreign"], all["foreign tampered"])
	r := judge(t, policies.ConformanceSuites(), vp)
	c, _ := r.Check("credentials")
	if r.Verdict != verify.Invalid || c.Outcome != verify.Failed || len(c.Problems) != 1 || c.Reason != "proof.signature" {
		t.Errorf("%s: %+v", r.Verdict, c)
	}
	if r.Credentials[0].Verdict != verify.Valid || r.Credentials[1].Verdict != verify.Invalid {
		t.Error("the verdicts inside")
	}
}

func TestApplyNothing(t *testing.T) {
	if policies.ConformanceSuites().Apply(nil) != nil {
		t.Error("a report out of nothing")
	}
}
