package verify_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

const (
	challenge = "b1c6a2"
	domain    = "https://jobs.example"
)

// invited is a policy that asks for a challenge and a domain.
func invited() verify.Policy {
	p := anyone()
	p.Challenge, p.Domain = challenge, domain
	return p
}

// show parses and verifies a presentation; the report's error must agree with its verdict.
func (w *world) show(t testing.TB, data []byte, p verify.Policy) *verify.Report {
	t.Helper()
	vp, err := vc.ParsePresentation(data, vc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := w.verifier.VerifyPresentation(t.Context(), vp, p)
	if r == nil {
		t.Fatal(err)
	}
	wantErr := map[verify.Verdict]error{verify.Invalid: verify.ErrInvalid, verify.Indeterminate: verify.ErrIndeterminate}[r.Verdict]
	if !errors.Is(err, wantErr) {
		t.Errorf("verdict %v with the error %v", r.Verdict, err)
	}
	var names []string
	for _, c := range r.Checks {
		names = append(names, c.Check)
	}
	if !slices.Equal(names, []string{"parse", "model", "proof", "holder", "validity", "credentials"}) {
		t.Errorf("checks %q", names)
	}
	return r
}

// people are an issuer, a holder with a badge, and their presentation.
type people struct {
	issuer, holder *verifytest.Issuer
	badge          []byte
}

func newPeople(w *world, holder string) people {
	p := people{verifytest.NewIssuer("did:key", keys.Ed25519), verifytest.NewIssuer(holder, keys.Ed25519), nil}
	p.holder.Publish(w.host)
	p.badge = p.award(p.holder.ID)
	return p
}

// award is a badge for a subject, "" for one without an identifier.
func (p people) award(subject string, edits ...any) []byte {
	about := map[string]any{"type": []string{"AchievementSubject"}, "achievement": map[string]any{
		"id": "urn:uuid:1", "type": []string{"Achievement"}, "name": "x", "description": "x", "criteria": map[string]any{"narrative": "x"}}}
	if subject != "" {
		about["id"] = subject
	}
	all := map[string]any{"credentialSubject": about}
	for i := 0; i < len(edits); i += 2 {
		all[edits[i].(string)] = edits[i+1]
	}
	return p.issuer.Sign(verifytest.Badge(p.issuer.ID, all), suite)
}

func options(more ...any) map[string]any {
	all := map[string]any{"proofPurpose": "authentication", "challenge": challenge, "domain": domain, "created": "2026-01-01T00:00:00Z"}
	for i := 0; i < len(more); i += 2 {
		all[more[i].(string)] = more[i+1]
	}
	return all
}

// signed is a presentation of these credentials, signed by the holder.
func (p people) signed(credentials ...[]byte) []byte {
	vp := verifytest.Presentation(p.holder.ID, nil, credentials...)
	return verifytest.Attach(vp, p.holder.Proof(vp, suite, options()))
}

// token is a presentation as a JWT by the holder; edits are to its claims.
func (p people) token(header map[string]any, edits map[string]any, credentials ...[]byte) []byte {
	all := map[string]any{"nonce": challenge, "aud": domain}
	for name, v := range edits {
		all[name] = v
	}
	typ := map[string]any{"typ": "vp+jwt"}
	for name, v := range header {
		typ[name] = v
	}
	return p.holder.SignJWT(verifytest.Presentation(p.holder.ID, all, credentials...), "EdDSA", typ)
}

// TestPresentation: genuine presentations in every format, and what the report says about them.
func TestPresentation(t *testing.T) {
	for _, id := range []string{"did:key", "did:web:wallet.example", "https://wallet.example/ada"} {
		w := newWorld(t)
		p := newPeople(w, id)
		jwtBadge := p.issuer.SignJWT(verifytest.Claims(p.award(p.holder.ID, "id", "urn:uuid:2")), "EdDSA", nil)
		for name, data := range map[string][]byte{
			"data-integrity": p.signed(p.badge, jwtBadge),
			"jwt":            p.token(nil, nil, p.badge, jwtBadge),
			"sd-jwt":         p.holder.SignSDJWT(verifytest.Presentation(p.holder.ID, map[string]any{"nonce": challenge, "aud": domain}, p.badge, jwtBadge), "EdDSA", map[string]any{"typ": "vp+sd-jwt"}),
		} {
			r := w.show(t, data, invited())
			want(t, r, verify.Valid, "", "")
			if string(r.Format) != name || r.Binding != verify.IssuerController && r.Binding != verify.IssuerJWKS || r.Credential.Holder != p.holder.ID {
				t.Errorf("%s by %s: format %s, binding %v, holder %s", name, id, r.Format, r.Binding, r.Credential.Holder)
			}
			if len(r.Credentials) != 2 || r.Credentials[0].Verdict != verify.Valid || r.Credentials[1].Format != vc.JWT || r.Credentials[0].Credential.Issuer != p.issuer.ID {
				t.Errorf("%s by %s: the reports inside are %v", name, id, r.Credentials)
			}
			holder := check(t, r, "holder")
			if len(holder.Parts) != 3 || holder.Outcome != verify.Passed || holder.Parts[1].Outcome != verify.Passed {
				t.Errorf("%s by %s: %s", name, id, dump(r))
			}
			want(t, w.show(t, data, anyone()), verify.Valid, "", "")
		}
	}
}

// TestPresentationCOSE: a COSE message has no place for a challenge.
func TestPresentationCOSE(t *testing.T) {
	w := newWorld(t)
	p := newPeople(w, "did:key")
	vp := verifytest.Presentation(p.holder.ID, nil, p.badge)
	made := func(typ string) []byte { return p.holder.SignCOSE(vp, "EdDSA", map[int64]any{16: typ}) }
	want(t, w.show(t, made("application/vp+cose"), anyone()), verify.Valid, "", "")
	want(t, w.show(t, made("application/vp+cose"), invited()), verify.Invalid, "proof", "proof.challenge")
	want(t, w.show(t, made("application/vc+cose"), anyone()), verify.Invalid, "proof", "cose.header")
}

// TestPresentationProof: what a proof on a presentation must be, though the signature over it is right.
func TestPresentationProof(t *testing.T) {
	w := newWorld(t)
	p := newPeople(w, "did:key")
	mallory := verifytest.NewIssuer("did:key", keys.Ed25519)
	vp := verifytest.Presentation(p.holder.ID, nil, p.badge)
	for _, c := range []struct {
		name        string
		by          *verifytest.Issuer
		options     map[string]any
		check, code string
	}{
		{"as it should be", p.holder, options(), "", ""},
		{"one domain in a list", p.holder, options("domain", []string{domain}), "", ""},
		{"no challenge", p.holder, options("challenge", nil), "proof", "proof.challenge"},
		{"other challenge", p.holder, options("challenge", "b1c6a3"), "proof", "proof.challenge"},
		{"no domain", p.holder, options("domain", nil), "proof", "proof.domain"},
		{"other domain", p.holder, options("domain", "https://jobs.example/"), "proof", "proof.domain"},
		{"two domains", p.holder, options("domain", []string{domain, "https://evil.example"}), "proof", "proof.domain"},
		{"assertion", p.holder, options("proofPurpose", "assertionMethod"), "proof", "proof.purpose"},
		{"no purpose", p.holder, options("proofPurpose", nil), "proof", "proof.purpose"},
		{"expired", p.holder, options("expires", "2026-06-01T00:00:00Z"), "proof", "proof.expired"},
		{"from the future", p.holder, options("created", "2027-01-01T00:00:00Z"), "proof", "proof.created"},
		{"by somebody else", mallory, options(), "holder", "proof.controller"},
		{"by somebody else in the holder's name", mallory, options("verificationMethod", p.holder.Method), "proof", "proof.signature"},
		{"unlisted method", p.holder, options("verificationMethod", p.holder.ID+"#key-9"), "proof", "proof.method"},
	} {
		t.Run(c.name, func(t *testing.T) {
			verdict := verify.Valid
			if c.code != "" {
				verdict = verify.Invalid
			}
			want(t, w.show(t, verifytest.Attach(vp, c.by.Proof(vp, suite, c.options)), invited()), verdict, c.check, c.code)
		})
	}
	t.Run("proof set", func(t *testing.T) {
		good := verifytest.Attach(vp, p.holder.Proof(vp, suite, options()))
		want(t, w.show(t, verifytest.Attach(good, p.holder.Proof(vp, suite, options("challenge", "x"))), invited()), verify.Invalid, "proof", "proof.challenge")
		want(t, w.show(t, []byte(`{"proof":[],`+string(vp[1:])), invited()), verify.Invalid, "proof", "proof.missing")
		want(t, w.show(t, []byte(`{"proof":[],`+string(vp[1:])), anyone()), verify.Invalid, "proof", "proof.missing")
	})
	t.Run("suites", func(t *testing.T) {
		policy := invited()
		policy.Suites = []string{"ecdsa-rdfc-2019"}
		want(t, w.show(t, verifytest.Attach(vp, p.holder.Proof(vp, suite, options())), policy), verify.Invalid, "proof", "proof.suite_not_allowed")
	})
}

// TestAuthenticationIsNotAssertion: a key that its controller lists for assertions alone proves no
// holder, and one that is listed for authentication alone issues nothing.
func TestAuthenticationIsNotAssertion(t *testing.T) {
	w := newWorld(t)
	p := newPeople(w, "did:web:wallet.example")
	vp := verifytest.Presentation(p.holder.ID, nil, p.badge)
	signed := verifytest.Attach(vp, p.holder.Proof(vp, suite, options()))
	want(t, w.show(t, signed, invited()), verify.Valid, "", "")
	document, _, err := w.host.Fetch(t.Context(), "https://wallet.example/.well-known/did.json", "")
	if err != nil {
		t.Fatal(err)
	}
	w.host.Put("https://wallet.example/.well-known/did.json", "application/did+json", replace(t, document, `"authentication"`, `"keyAgreement"`))
	want(t, w.show(t, signed, invited()), verify.Invalid, "proof", "proof.method")
	want(t, w.show(t, p.token(nil, nil, p.badge), invited()), verify.Invalid, "proof", "proof.method")

	issuer := verifytest.NewIssuer("did:web:issuer.example", keys.Ed25519)
	issuer.Publish(w.host)
	badge := issuer.Sign(verifytest.Badge(issuer.ID, nil), suite)
	want(t, w.verify(t, badge, anyone()), verify.Valid, "", "")
	document, _, _ = w.host.Fetch(t.Context(), "https://issuer.example/.well-known/did.json", "")
	w.host.Put("https://issuer.example/.well-known/did.json", "application/did+json", replace(t, document, `"assertionMethod"`, `"keyAgreement"`))
	want(t, w.verify(t, badge, anyone()), verify.Invalid, "proof", "proof.method")
}

// TestPresentationToken: header and claims of a token.
func TestPresentationToken(t *testing.T) {
	w := newWorld(t)
	p := newPeople(w, "did:key")
	mallory := verifytest.NewIssuer("did:key", keys.Ed25519)
	for _, c := range []struct {
		name           string
		header, claims map[string]any
		check, code    string
	}{
		{"as it should be", nil, nil, "", ""},
		{"iss", nil, map[string]any{"iss": p.holder.ID}, "", ""},
		{"iss alone", nil, map[string]any{"iss": p.holder.ID, "holder": nil}, "", ""},
		{"nobody", nil, map[string]any{"holder": nil}, "", ""},
		{"generic typ", map[string]any{"typ": "JWT"}, nil, "", ""},
		{"typ of a credential", map[string]any{"typ": "vc+jwt"}, nil, "proof", "jwt.header"},
		{"alg none", map[string]any{"alg": "none"}, nil, "proof", "jwt.header"},
		{"crit", map[string]any{"crit": []string{"b64"}, "b64": false}, nil, "proof", "jwt.header"},
		{"no nonce", nil, map[string]any{"nonce": nil}, "proof", "proof.challenge"},
		{"nonces", nil, map[string]any{"nonce": []string{challenge}}, "proof", "proof.challenge"},
		{"other nonce", nil, map[string]any{"nonce": "x"}, "proof", "proof.challenge"},
		{"no aud", nil, map[string]any{"aud": nil}, "proof", "proof.domain"},
		{"one aud in a list", nil, map[string]any{"aud": []string{domain}}, "", ""},
		{"two auds", nil, map[string]any{"aud": []string{domain, "https://evil.example"}}, "proof", "proof.domain"},
		{"other iss", nil, map[string]any{"iss": mallory.ID}, "model", "jwt.claims"},
		{"iss of the wrong kind", nil, map[string]any{"iss": 7}, "model", "jwt.claims"},
		{"other iss in the header", map[string]any{"iss": mallory.ID}, nil, "model", "jwt.header"},
		{"other jti", nil, map[string]any{"jti": "urn:uuid:0"}, "model", "jwt.claims"},
		{"over", nil, map[string]any{"exp": now.Unix() - 1}, "validity", "validity.expired"},
		{"not over", nil, map[string]any{"exp": now.Unix()}, "", ""},
		{"not yet", nil, map[string]any{"nbf": now.Unix() + 1}, "validity", "validity.not_yet"},
		{"somebody else's key", map[string]any{"kid": mallory.Method}, nil, "proof", "proof.signature"},
		{"somebody else's name", nil, map[string]any{"holder": mallory.ID}, "holder", "proof.controller"},
	} {
		t.Run(c.name, func(t *testing.T) {
			verdict := verify.Valid
			if c.code != "" {
				verdict = verify.Invalid
			}
			want(t, w.show(t, p.token(c.header, c.claims, p.badge), invited()), verdict, c.check, c.code)
		})
	}
	old := []byte(`{"iss":"` + p.holder.ID + `","nonce":"` + challenge + `","aud":"` + domain + `","vp":{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiablePresentation"],"verifiableCredential":` + string(p.badge) + `}}`)
	want(t, w.show(t, p.holder.SignJWT(old, "EdDSA", nil), invited()), verify.Valid, "", "")
	want(t, w.show(t, p.holder.SignJWT(replace(t, old, `"aud":"`, `"aud":"x`), "EdDSA", nil), invited()), verify.Invalid, "proof", "proof.domain")
}

// TestUnsignedPresentation: it proves nothing about who presents it, and says so.
func TestUnsignedPresentation(t *testing.T) {
	w := newWorld(t)
	p := newPeople(w, "did:key")
	vp := verifytest.Presentation(p.holder.ID, nil, p.badge)
	r := w.show(t, vp, anyone())
	want(t, r, verify.Valid, "", "")
	if c := check(t, r, "proof"); c.Outcome != verify.Skipped || c.Reason != "absent" {
		t.Errorf("proof %v", c)
	}
	if c := check(t, r, "holder"); c.Outcome != verify.Skipped || c.Parts[1].Outcome != verify.Undecided || c.Parts[1].Reason != "holder.unidentified" {
		t.Errorf("holder %v", c)
	}
	policy := anyone()
	policy.Holder = verify.Required
	want(t, w.show(t, vp, policy), verify.Indeterminate, "holder", "holder.unidentified")
	for _, demand := range []func(*verify.Policy){
		func(p *verify.Policy) { p.Challenge = challenge }, func(p *verify.Policy) { p.Domain = domain },
	} {
		policy := anyone()
		demand(&policy)
		want(t, w.show(t, vp, policy), verify.Invalid, "proof", "proof.missing")
	}
	want(t, w.show(t, verifytest.Presentation(p.holder.ID, nil, replace(t, p.badge, `"Practical Cryptography"`, `"PhD"`)), anyone()), verify.Invalid, "credentials", "proof.signature")
}

// TestPresentationTampered: nothing in a signed presentation can be changed, added, removed or replaced.
func TestPresentationTampered(t *testing.T) {
	w := newWorld(t)
	p := newPeople(w, "did:key")
	other := p.award(p.holder.ID, "id", "urn:uuid:9")
	data := p.signed(p.badge, other)
	want(t, w.show(t, data, invited()), verify.Valid, "", "")
	for name, change := range map[string]func(map[string]any){
		"id":      func(vp map[string]any) { vp["id"] = "urn:uuid:0" },
		"no id":   func(vp map[string]any) { delete(vp, "id") },
		"holder":  func(vp map[string]any) { delete(vp, "holder") },
		"type":    func(vp map[string]any) { vp["type"] = []any{"VerifiablePresentation", "EvidenceDocument"} },
		"removed": func(vp map[string]any) { vp["verifiableCredential"] = vp["verifiableCredential"].([]any)[:1] },
		"swapped": func(vp map[string]any) {
			vp["verifiableCredential"] = []any{json.RawMessage(p.badge), json.RawMessage(p.award(p.holder.ID, "id", "urn:uuid:8"))}
		},
		"doubled": func(vp map[string]any) {
			vp["verifiableCredential"] = append(vp["verifiableCredential"].([]any), json.RawMessage(p.badge))
		},
		"terms":     func(vp map[string]any) { vp["termsOfUse"] = map[string]any{"type": "TrustPolicy", "id": "urn:t"} },
		"challenge": func(vp map[string]any) { vp["proof"].(map[string]any)["created"] = "2026-01-02T00:00:00Z" },
		"proof of a credential": func(vp map[string]any) {
			delete(vp["verifiableCredential"].([]any)[0].(map[string]any)["proof"].(map[string]any), "created")
		},
	} {
		t.Run(name, func(t *testing.T) {
			var vp map[string]any
			if err := json.Unmarshal(data, &vp); err != nil {
				t.Fatal(err)
			}
			change(vp)
			changed, err := json.Marshal(vp)
			if err != nil {
				t.Fatal(err)
			}
			r := w.show(t, changed, invited())
			if p := check(t, r, "proof"); r.Verdict != verify.Invalid || p.Outcome != verify.Failed {
				t.Errorf("%v: %s", r.Verdict, dump(r))
			}
		})
	}
}
