package verify_test

import (
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// TestProofOptions: what a proof says about itself counts, even where the signature over it is right.
func TestProofOptions(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	other := verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := verifytest.Badge(issuer.ID, nil)
	for _, c := range []struct {
		name    string
		options map[string]any
		verdict verify.Verdict
		code    string
	}{
		{"as it should be", nil, verify.Valid, ""},
		{"without created", map[string]any{"created": nil}, verify.Valid, ""},
		{"created now", map[string]any{"created": "2026-11-22T00:00:00Z"}, verify.Valid, ""},
		{"created in future", map[string]any{"created": "2026-11-22T00:00:01Z"}, verify.Invalid, "proof.created"},
		{"created without zone", map[string]any{"created": "2026-01-01T00:00:00"}, verify.Invalid, "proof.created"},
		{"expires now", map[string]any{"expires": "2026-11-22T00:00:00Z"}, verify.Valid, ""},
		{"expired", map[string]any{"expires": "2026-11-21T23:59:59Z"}, verify.Invalid, "proof.expired"},
		{"expires never", map[string]any{"expires": "never"}, verify.Invalid, "proof.expired"},
		{"other purpose", map[string]any{"proofPurpose": "authentication"}, verify.Invalid, "proof.purpose"},
		{"no purpose", map[string]any{"proofPurpose": nil}, verify.Invalid, "proof.purpose"},
		{"no method", map[string]any{"verificationMethod": nil}, verify.Invalid, "proof.method"},
		{"unknown method of the key", map[string]any{"verificationMethod": issuer.ID + "#key-9"}, verify.Invalid, "proof.method"},
		{"somebody else's method", map[string]any{"verificationMethod": other.Method}, verify.Invalid, "proof.signature"},
		{"no value", map[string]any{"proofValue": nil}, verify.Invalid, "proof.value"},
		{"value of another alphabet", map[string]any{"proofValue": "uAAAA"}, verify.Invalid, "proof.value"},
	} {
		t.Run(c.name, func(t *testing.T) {
			signed := verifytest.Attach(badge, issuer.Proof(badge, suite, c.options))
			want(t, w.verify(t, signed, anyone()), c.verdict, "proof", c.code)
		})
	}
}

// TestRenamedExpiry: under a context with another name for it, the end of a proof can be renamed with the
// signature intact. It counts all the same.
func TestRenamedExpiry(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := verifytest.Badge(issuer.ID, nil)
	for until, code := range map[string]string{"2026-12-01T00:00:00Z": "", "2026-06-01T00:00:00Z": "proof.expired"} {
		signed := verifytest.Attach(badge, issuer.Proof(badge, suite, map[string]any{"expires": until}))
		renamed := replace(t, signed, `"expires"`, `"expiration"`)
		renamed = replace(t, renamed, `context-3.0.3.json"`, `context-3.0.3.json","https://w3id.org/security/v2"`)
		r := w.verify(t, renamed, anyone())
		if code == "" {
			if has(check(t, r, "proof"), "proof.expired") {
				t.Errorf("%s: %s", until, dump(r))
			}
			continue
		}
		want(t, r, verify.Invalid, "proof", code)
	}
}

func TestChallengeAndDomain(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := verifytest.Badge(issuer.ID, nil)
	signed := verifytest.Attach(badge, issuer.Proof(badge, suite, map[string]any{"challenge": "n1", "domain": "verifier.example"}))
	for _, c := range []struct {
		challenge, domain string
		verdict           verify.Verdict
		code              string
	}{
		{"", "", verify.Valid, ""},
		{"n1", "verifier.example", verify.Valid, ""},
		{"n2", "verifier.example", verify.Invalid, "proof.challenge"},
		{"n1", "other.example", verify.Invalid, "proof.domain"},
	} {
		p := anyone()
		p.Challenge, p.Domain = c.challenge, c.domain
		want(t, w.verify(t, signed, p), c.verdict, "proof", c.code)
	}
	// A JWT answers neither, so that it cannot have been made for whoever asks.
	token := jwt(issuer, issuer.ID, "EdDSA", nil)
	for code, p := range map[string]verify.Policy{
		"":                {},
		"proof.challenge": {Challenge: "n1"},
		"proof.domain":    {Domain: "verifier.example"},
	} {
		p.Issuers, p.At = anyone().Issuers, now
		verdict := verify.Invalid
		if code == "" {
			verdict = verify.Valid
		}
		want(t, w.verify(t, token, p), verdict, "proof", code)
	}
	two := verifytest.Attach(badge, issuer.Proof(badge, suite, map[string]any{"domain": []string{"verifier.example", "other.example"}}))
	p := anyone()
	p.Domain = "verifier.example"
	want(t, w.verify(t, two, p), verify.Invalid, "proof", "proof.domain")
}

// TestProofSets: every proof of a known suite must verify, and an unknown one beside a good one is
// reported and ignored.
func TestProofSets(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	mallory := verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := verifytest.Badge(issuer.ID, nil)
	good := issuer.Proof(badge, suite, nil)
	bad := issuer.Proof(verifytest.Badge(issuer.ID, map[string]any{"name": "Other"}), suite, nil)
	unknown := []byte(strings.Replace(string(good), suite, "future-2040", 1))
	foreign := mallory.Proof(badge, suite, nil)
	for _, c := range []struct {
		name    string
		proofs  [][]byte
		verdict verify.Verdict
		check   string
		code    string
		parts   int
	}{
		{"one", [][]byte{good}, verify.Valid, "", "", 1},
		{"two good ones", [][]byte{good, good}, verify.Valid, "", "", 2},
		{"none", nil, verify.Invalid, "proof", "proof.missing", 0},
		{"good and bad", [][]byte{good, bad}, verify.Invalid, "proof", "proof.signature", 2},
		{"bad and good", [][]byte{bad, good}, verify.Invalid, "proof", "proof.signature", 2},
		{"unknown alone", [][]byte{unknown}, verify.Indeterminate, "proof", "proof.suite_unknown", 1},
		{"good and unknown", [][]byte{good, unknown}, verify.Valid, "", "", 2},
		{"unknown and bad", [][]byte{unknown, bad}, verify.Invalid, "proof", "proof.signature", 2},
		{"issuer's and somebody else's", [][]byte{good, foreign}, verify.Valid, "", "", 2},
		{"somebody else's alone", [][]byte{foreign}, verify.Invalid, "issuer", "proof.controller", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			signed := badge
			for _, p := range c.proofs {
				signed = verifytest.Attach(signed, p)
			}
			r := w.verify(t, signed, anyone())
			want(t, r, c.verdict, c.check, c.code)
			if got := check(t, r, "proof").Parts; len(got) != c.parts {
				t.Errorf("%d parts, want %d", len(got), c.parts)
			}
		})
	}
	empty := append(badge[:len(badge)-1:len(badge)-1], `,"proof":[]}`...)
	want(t, w.verify(t, empty, anyone()), verify.Invalid, "proof", "proof.missing")
	text := append(badge[:len(badge)-1:len(badge)-1], `,"proof":"trust me"}`...)
	if r := w.verify(t, text, anyone()); r.Verdict != verify.Invalid {
		t.Errorf("a proof that is a string: %s", dump(r))
	}
}

func TestTooManyProofs(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := verifytest.Badge(issuer.ID, nil)
	proof := string(issuer.Proof(badge, suite, nil))
	many := func(n int) []byte {
		list := strings.Repeat(proof+",", n-1) + proof
		return append(badge[:len(badge)-1:len(badge)-1], `,"proof":[`+list+`]}`...)
	}
	want(t, w.verify(t, many(verify.DefaultProofs), anyone()), verify.Valid, "", "")
	want(t, w.verify(t, many(verify.DefaultProofs+1), anyone()), verify.Indeterminate, "proof", "budget")
}

// TestSuites: each suite verifies with its keys, a policy may leave it out, and a changed document does
// not verify.
func TestSuites(t *testing.T) {
	for _, c := range []struct {
		suite    string
		kind     keys.Kind
		contexts []string
	}{
		{"eddsa-rdfc-2022", keys.Ed25519, nil},
		{"eddsa-2022", keys.Ed25519, nil},
		{"Ed25519Signature2020", keys.Ed25519, []string{"https://w3id.org/security/suites/ed25519-2020/v1"}},
		{"ecdsa-rdfc-2019", keys.P256, nil},
		{"ecdsa-rdfc-2019", keys.P384, nil},
	} {
		t.Run(c.suite+" "+string(c.kind), func(t *testing.T) {
			w, issuer := newWorld(t), verifytest.NewIssuer("did:key", c.kind)
			badge := verifytest.Badge(issuer.ID, map[string]any{"@context": append([]string{
				"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"}, c.contexts...)})
			signed := issuer.Sign(badge, c.suite)
			r := w.verify(t, signed, anyone())
			want(t, r, verify.Valid, "", "")
			if parts := check(t, r, "proof").Parts; len(parts) != 1 || parts[0].Suite != c.suite {
				t.Errorf("parts %+v", parts)
			}
			tampered := replace(t, signed, "did:example:ada", "did:example:eve")
			want(t, w.verify(t, tampered, anyone()), verify.Invalid, "proof", "proof.signature")
			p := anyone()
			p.Suites = []string{"ES256"}
			want(t, w.verify(t, signed, p), verify.Invalid, "proof", "proof.suite_not_allowed")
			p.Suites = []string{c.suite}
			want(t, w.verify(t, signed, p), verify.Valid, "", "")
		})
	}
}

// TestUnsignedContent: what a signature does not cover is never reported as verified.
func TestUnsignedContent(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	signed := issuer.Sign(verifytest.Badge(issuer.ID, nil), suite)
	with := func(member string) []byte {
		return append([]byte("{"+member+","), signed[1:]...)
	}
	for _, c := range []struct {
		name, member, check, code string
	}{
		{"malformed IRI", `"evidence":[{"id":"http://evil example/","type":["Evidence"],"name":"PhD in everything"}]`, "proof", "jsonld.invalid_iri"},
		{"undefined term", `"honours":"summa cum laude"`, "proof", "jsonld.undefined_term"},
		{"defined term", `"description":"summa cum laude"`, "proof", "proof.signature"},
		{"null", `"description":null`, "proof", "jsonld.dropped"},
		{"relative id", `"evidence":[{"id":"evidence/1","type":["Evidence"]}]`, "proof", "jsonld.invalid_iri"},
		{"graph", `"@graph":[{"id":"urn:x:1","name":"PhD"}]`, "model", "model.restructured"},
		{"absolute IRI", `"https://schema.org/name":"PhD"`, "model", "model.restructured"},
	} {
		t.Run(c.name, func(t *testing.T) {
			want(t, w.verify(t, with(c.member), anyone()), verify.Invalid, c.check, c.code)
		})
	}
}

// TestHints: a text that was re-encoded is named as the likely cause; a changed word is not.
func TestHints(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	signed := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"name": "Überprüfung – geschafft"}), suite)
	want(t, w.verify(t, signed, anyone()), verify.Valid, "", "")
	var latin1 []rune
	for _, b := range []byte("Überprüfung") {
		latin1 = append(latin1, rune(b))
	}
	for _, c := range []struct {
		old, with string
		hints     bool
	}{
		{"Überprüfung", string(latin1), true},
		{"Überprüfung – geschafft", "Ãœberpr\u00c3\u00bcfung â€“ geschafft", true},
		{"Überprüfung", "\ufffdberpr\ufffdfung", true},
		{"geschafft", "ge\\r\\nschafft", true},
		{"geschafft", "ge\\tschafft", true},
		{"geschafft", "verpasst", false},
	} {
		r := w.verify(t, replace(t, signed, c.old, c.with), anyone())
		want(t, r, verify.Invalid, "proof", "proof.signature")
		if got := len(check(t, r, "proof").Hints) > 0; got != c.hints {
			t.Errorf("%q: hints %v", c.with, check(t, r, "proof").Hints)
		}
	}
}

// TestManyProofsOnMuch: each proof is a pass over the whole credential, so that their product is limited.
func TestManyProofsOnMuch(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := verifytest.Badge(issuer.ID, nil)
	proof := issuer.Proof(badge, suite, nil)
	two := verifytest.Attach(verifytest.Attach(badge, proof), proof)
	for limit, code := range map[int]string{2 * len(two): "", 2*len(two) - 1: "budget"} {
		v, err := verify.New(verify.Config{Keys: keys.Default(nil), Limits: verify.Limits{ProofBytes: limit}})
		if err != nil {
			t.Fatal(err)
		}
		w := &world{nil, v}
		if code == "" {
			want(t, w.verify(t, two, anyone()), verify.Valid, "", "")
		} else {
			want(t, w.verify(t, two, anyone()), verify.Indeterminate, "proof", code)
		}
		want(t, w.verify(t, verifytest.Attach(badge, proof), anyone()), verify.Valid, "", "")
	}
}
