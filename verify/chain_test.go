package verify_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// link adds a proof with an id that refers to others.
func link(i *verifytest.Issuer, badge []byte, id string, previous any) []byte {
	return verifytest.Attach(badge, i.Proof(badge, suite, map[string]any{"id": id, "previousProof": previous}))
}

// TestChain: a proof in a chain counts only if those that it refers to verify (VC Data Integrity 1.0 section 4.5).
func TestChain(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := verifytest.Badge(issuer.ID, nil)
	one := link(issuer, badge, "urn:1", nil)
	two := link(issuer, one, "urn:2", "urn:1")
	three := link(issuer, link(issuer, two, "urn:2b", nil), "urn:3", []string{"urn:2", "urn:2b"})
	proofs := func(document []byte) []strict.Value { return slices.Collect(value(t, document).Get("proof").Each()) }
	only := func(document []byte, places ...int) []byte {
		out, all := badge, proofs(document)
		for _, i := range places {
			out = verifytest.Attach(out, []byte(all[i].Raw()))
		}
		return out
	}
	with := func(i int, old, with string) []byte {
		out := badge
		for j, p := range proofs(three) {
			text := []byte(p.Raw())
			if j == i {
				text = replace(t, text, old, with)
			}
			out = verifytest.Attach(out, text)
		}
		return out
	}
	dangling := func(previous any) []byte {
		return verifytest.Attach(one, issuer.Proof(one, suite, map[string]any{"previousProof": previous, "proofValue": "z1"}))
	}
	codes := func(r *verify.Report) string {
		var out []string
		for _, p := range check(t, r, "proof").Parts {
			out = append(out, p.Outcome.String()+" "+p.Reason)
		}
		return strings.Join(out, ",")
	}
	const ok, bad, chain = "passed ", "failed proof.signature", "failed proof.chain"
	join := func(parts ...string) string { return strings.Join(parts, ",") }
	for _, c := range []struct {
		name     string
		document []byte
		verdict  verify.Verdict
		code     string
		parts    string
	}{
		{"one", one, verify.Valid, "", ok},
		{"two", two, verify.Valid, "", join(ok, ok)},
		{"four", three, verify.Valid, "", join(ok, ok, ok, ok)},
		{"in another order", only(three, 3, 2, 1, 0), verify.Valid, "", join(ok, ok, ok, ok)},
		{"without its end", only(three, 0, 1, 2), verify.Valid, "", join(ok, ok, ok)},
		{"without its beginning", only(three, 1, 2, 3), verify.Invalid, "proof.chain", join(chain, ok, chain)},
		{"without its middle", only(three, 0, 2, 3), verify.Invalid, "proof.chain", join(ok, ok, chain)},
		{"the end alone", only(three, 3), verify.Invalid, "proof.chain", chain},
		{"the first altered", with(0, `00Z",`, `00.5Z",`), verify.Invalid, "proof.signature", join(bad, bad, ok, chain)},
		{"the middle altered", with(2, `00Z",`, `00.5Z",`), verify.Invalid, "proof.signature", join(ok, ok, bad, bad)},
		{"the last altered", with(3, `00Z",`, `00.5Z",`), verify.Invalid, "proof.signature", join(ok, ok, ok, bad)},
		{"the last refers to less", with(3, `["urn:2","urn:2b"]`, `"urn:2"`), verify.Invalid, "proof.signature", join(ok, ok, ok, bad)},
		{"the first refers to the last", with(0, `"type"`, `"previousProof":"urn:3","type"`), verify.Invalid, "proof.chain", join(chain, chain, ok, chain)},
		{"one refers to itself", with(2, `"type"`, `"previousProof":"urn:2b","type"`), verify.Invalid, "proof.chain", join(ok, ok, chain, bad)},
		{"dangling", dangling("urn:9"), verify.Invalid, "proof.chain", join(ok, chain)},
		{"nothing referred to", dangling([]string{}), verify.Invalid, "proof.chain", join(ok, chain)},
		{"of an unknown suite", with(0, suite, "future-2030"), verify.Invalid, "proof.signature", // the second was made over another text
			join("undecided proof.suite_unknown", bad, ok, chain)},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := w.verify(t, c.document, anyone())
			if got := codes(r); got != c.parts {
				t.Errorf("parts\n%s, want\n%s", got, c.parts)
			}
			want(t, r, c.verdict, "proof", c.code)
		})
	}
	// A proof over one that cannot be checked is undecided for the same reason.
	unknown := verifytest.Attach(badge, []byte(`{"type":"DataIntegrityProof","cryptosuite":"future-2030","id":"urn:0","proofPurpose":"assertionMethod","verificationMethod":"did:example:1#1","proofValue":"z1"}`))
	r := w.verify(t, link(issuer, unknown, "urn:1", "urn:0"), anyone())
	want(t, r, verify.Indeterminate, "proof", "proof.suite_unknown")
	if got := codes(r); got != "undecided proof.suite_unknown,undecided proof.suite_unknown" {
		t.Errorf("parts %s", got)
	}
}

func value(t testing.TB, text []byte) strict.Value {
	t.Helper()
	v, err := strict.Parse(text, strict.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// suiteSample reads a badge of testdata/suites.
func suiteSample(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "testdata", "suites", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestForeignSuites verifies what other people's libraries signed, from bytes to report, and a twin of each that was
// altered. Obsolete suites are warned about, and refused where the policy says so.
func TestForeignSuites(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		name, suite string
		legacy      bool
	}{
		{"eddsa-jcs-2022", "eddsa-jcs-2022", false},
		{"ecdsa-jcs-2019-p256", "ecdsa-jcs-2019", false},
		{"ecdsa-jcs-2019-p384", "ecdsa-jcs-2019", false},
		{"ecdsa-sd-2023-some", "ecdsa-sd-2023", false},
		{"ecdsa-sd-2023-all", "ecdsa-sd-2023", false},
		{"Ed25519Signature2018", "Ed25519Signature2018", true},
		{"RsaSignature2018", "RsaSignature2018", true},
		{"EcdsaSecp256k1Signature2019", "EcdsaSecp256k1Signature2019", true},
		{"JsonWebSignature2020-p256", "JsonWebSignature2020", true},
		{"JsonWebSignature2020-p384", "JsonWebSignature2020", true},
		{"JsonWebSignature2020-secp256k1", "JsonWebSignature2020", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := suiteSample(t, c.name)
			r := w.verify(t, text, anyone())
			want(t, r, verify.Valid, "", "")
			p := check(t, r, "proof")
			if len(p.Parts) != 1 || p.Parts[0].Suite != c.suite || warns(p, "proof.legacy") != c.legacy || warns(p, "proof.context") {
				t.Errorf("the proof is %s", dump(r))
			}
			if selective := strings.HasPrefix(c.name, "ecdsa-sd"); selective != (len(p.Parts[0].Hints) > 0) {
				t.Errorf("hints: %q", p.Parts[0].Hints)
			}
			altered := []byte(strings.ReplaceAll(string(text), "Robotics", "Surgery"))
			want(t, w.verify(t, altered, anyone()), verify.Invalid, "proof", "proof.signature")
			policy := anyone()
			policy.RefuseLegacy = true
			if r := w.verify(t, text, policy); c.legacy {
				want(t, r, verify.Invalid, "proof", "proof.suite_not_allowed")
			} else {
				want(t, r, verify.Valid, "", "")
			}
			policy = anyone()
			policy.Suites = []string{c.suite}
			want(t, w.verify(t, text, policy), verify.Valid, "", "")
			policy.Suites = []string{suite}
			want(t, w.verify(t, text, policy), verify.Invalid, "proof", "proof.suite_not_allowed")
		})
	}
	want(t, w.verify(t, suiteSample(t, "ecdsa-sd-2023-base"), anyone()), verify.Invalid, "proof", "proof.base")
}

// TestUnsignedContext: a context that was added to a credential with a proof over JCS is reported.
func TestUnsignedContext(t *testing.T) {
	w := newWorld(t)
	var badge map[string]any
	if err := json.Unmarshal(suiteSample(t, "eddsa-jcs-2022"), &badge); err != nil {
		t.Fatal(err)
	}
	badge["@context"] = append(badge["@context"].([]any), "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
	text, err := json.Marshal(badge)
	if err != nil {
		t.Fatal(err)
	}
	r := w.verify(t, text, anyone())
	want(t, r, verify.Valid, "", "")
	if !warns(check(t, r, "proof"), "proof.context") {
		t.Errorf("no warning: %s", dump(r))
	}
	policy := anyone()
	policy.Strict = true
	want(t, w.verify(t, text, policy), verify.Invalid, "proof", "proof.context")
	want(t, w.verify(t, suiteSample(t, "eddsa-jcs-2022"), policy), verify.Valid, "", "")
	for _, c := range []struct {
		name    string
		context any
		inline  bool // with a policy that allows inline contexts
		verdict verify.Verdict
	}{
		{"known", "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json", false, verify.Valid},
		{"unknown", "https://attacker.example/v1", false, verify.Invalid},
		{"unknown with inline contexts", "https://attacker.example/v1", true, verify.Invalid},
		{"inline", map[string]any{"name": "https://attacker.example/name"}, false, verify.Invalid},
		{"inline where allowed", map[string]any{"name": "https://attacker.example/name"}, true, verify.Valid},
		{"null", nil, true, verify.Invalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := badge["@context"].([]any)
			altered := maps.Clone(badge)
			altered["@context"] = append(slices.Clone(all[:len(all)-1]), c.context, "https://www.w3.org/ns/credentials/undefined-terms/v2")
			text, err := json.Marshal(altered)
			if err != nil {
				t.Fatal(err)
			}
			policy := anyone()
			policy.InlineContexts = c.inline
			code := ""
			if c.verdict != verify.Valid {
				code = "jsonld.context"
			}
			want(t, w.verify(t, text, policy), c.verdict, "proof", code)
		})
	}
}

// TestUnknownSuiteNames: an unsigned proof beside the issuer's is reported by the name of its suite, and cannot put
// anything else into the report.
func TestUnknownSuiteNames(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	good := issuer.Sign(verifytest.Badge(issuer.ID, nil), suite)
	for _, c := range []struct{ name, want string }{
		{"FutureSignature2030", "FutureSignature2030"},
		{"https://example.org/ns#Proof 1", ""},
		{"https://example.org/ns#Proof-1.0", "https://example.org/ns#Proof-1.0"},
		{"issuer: passed", ""},
		{"passed\n\u001b[2J", ""},
		{"оk", ""}, // the first letter is Cyrillic
		{strings.Repeat("a", 64), strings.Repeat("a", 64)},
		{strings.Repeat("a", 65), ""},
	} {
		for _, member := range []string{`"type":`, `"type":"DataIntegrityProof","cryptosuite":`} {
			name, err := json.Marshal(c.name)
			if err != nil {
				t.Fatal(err)
			}
			r := w.verify(t, verifytest.Attach(good, []byte("{"+member+string(name)+`,"proofValue":"z1"}`)), anyone())
			want(t, r, verify.Valid, "", "")
			parts := check(t, r, "proof").Parts
			if len(parts) != 2 || parts[0].Suite != suite || parts[1].Suite != c.want || !has(parts[1], "proof.suite_unknown") {
				t.Errorf("%q: parts %+v", c.name, parts)
			}
			if out := dump(r); c.want == "" && strings.Contains(out, string(name[1:len(name)-1])) {
				t.Errorf("%q stands in the report: %s", c.name, out)
			}
		}
	}
}

// TestChainOfSuites: what a proof was made over is hashed as its own suite hashes it.
func TestChainOfSuites(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := verifytest.Badge(issuer.ID, nil)
	for _, suites := range [][2]string{{"eddsa-jcs-2022", "eddsa-jcs-2022"}, {"eddsa-rdfc-2022", "eddsa-jcs-2022"}, {"eddsa-jcs-2022", "eddsa-rdfc-2022"}} {
		t.Run(suites[0]+" "+suites[1], func(t *testing.T) {
			one := verifytest.Attach(badge, issuer.Proof(badge, suites[0], map[string]any{"id": "urn:1"}))
			two := verifytest.Attach(one, issuer.Proof(one, suites[1], map[string]any{"previousProof": "urn:1"}))
			want(t, w.verify(t, two, anyone()), verify.Valid, "", "")
			// The first proof made anew is as good, and not the one that the second was made over.
			other := issuer.Proof(badge, suites[0], map[string]any{"id": "urn:1", "created": nil})
			last := slices.Collect(value(t, two).Get("proof").Each())[1]
			exchanged := verifytest.Attach(verifytest.Attach(badge, other), []byte(last.Raw()))
			want(t, w.verify(t, exchanged, anyone()), verify.Invalid, "proof", "proof.signature")
		})
	}
}
