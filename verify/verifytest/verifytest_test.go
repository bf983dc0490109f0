package verifytest

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/jose"
	"github.com/badgeproof/badgeproof/verify/internal/statuslist"
	"github.com/badgeproof/badgeproof/verify/internal/suites"
)

var kinds = []keys.Kind{keys.Ed25519, keys.P256, keys.P384, keys.RSA}

// key resolves the issuer's method the way that a verifier does.
func key(t *testing.T, i *Issuer) keys.Key {
	t.Helper()
	var host Host
	i.Publish(&host)
	controller, err := keys.Default(&host).Controller(t.Context(), i.ID)
	if err != nil {
		t.Fatal(err)
	}
	method, err := controller.Method(i.Method, "assertionMethod")
	if err != nil {
		t.Fatal(err)
	}
	if method.Controller != i.ID {
		t.Errorf("the controller is %q, want %q", method.Controller, i.ID)
	}
	return method.Key
}

// check verifies the last proof of a credential and returns the code of the error, "" for none.
func check(t *testing.T, credential []byte, k keys.Key) string {
	t.Helper()
	document, err := strict.Parse(credential, strict.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	proof := document.Get("proof")
	if proof.Kind() == strict.Array {
		proof = proof.Index(proof.Len() - 1)
	}
	suite, ok := suites.Find(proof)
	if !ok {
		return "proof.suite_unknown"
	}
	_, err = suite.Verify(suites.Input{Document: document, Proof: proof, Key: k, Canon: canon.New(nil, canon.Limits{})})
	return code(t, err)
}

func code(t *testing.T, err error) string {
	t.Helper()
	var e *strict.Error
	if err != nil && !errors.As(err, &e) {
		t.Fatalf("not a finding: %v", err)
	}
	if err == nil {
		return ""
	}
	return e.Code
}

func TestIdentities(t *testing.T) {
	for _, id := range []string{"did:key", "did:web:issuer.example", "did:web:issuer.example%3A8443:departments:cs", "https://issuer.example/profile"} {
		for _, kind := range kinds {
			t.Run(id+" "+string(kind), func(t *testing.T) {
				i := NewIssuer(id, kind)
				k := key(t, i)
				if k.Kind() != kind || k.Multikey() != i.Multikey {
					t.Errorf("resolved a key %s of the kind %s, want %s of the kind %s", k.Multikey(), k.Kind(), i.Multikey, kind)
				}
				if NewIssuer(id, kind).Multikey == i.Multikey {
					t.Error("two issuers have the same key")
				}
			})
		}
	}
}

func TestKeySet(t *testing.T) {
	for _, kind := range kinds {
		i := NewIssuer("https://issuer.example/profile", kind)
		var host Host
		i.Publish(&host)
		set, err := keys.Default(&host).KeySet(t.Context(), "https://issuer.example/.well-known/jwks.json")
		if err != nil {
			t.Fatal(err)
		}
		jwk, err := set.Find(i.Method)
		if err != nil || jwk.Key.Multikey() != i.Multikey {
			t.Errorf("%s: found %q, %v", kind, jwk.Key.Multikey(), err)
		}
	}
}

func TestSign(t *testing.T) {
	jws2020 := map[string]any{"@context": []string{"https://www.w3.org/ns/credentials/v2",
		"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://w3id.org/security/suites/jws-2020/v1"}}
	for _, tc := range []struct {
		suite string
		kind  keys.Kind
		edits map[string]any
	}{
		{"eddsa-rdfc-2022", keys.Ed25519, nil},
		{"eddsa-2022", keys.Ed25519, nil},
		{"ecdsa-rdfc-2019", keys.P256, nil},
		{"ecdsa-rdfc-2019", keys.P384, nil},
		{"eddsa-jcs-2022", keys.Ed25519, nil},
		{"ecdsa-jcs-2019", keys.P256, nil},
		{"ecdsa-jcs-2019", keys.P384, nil},
		{"JsonWebSignature2020", keys.P256, jws2020},
		{"JsonWebSignature2020", keys.RSA, jws2020},
		{"Ed25519Signature2020", keys.Ed25519, map[string]any{"@context": []string{"https://www.w3.org/ns/credentials/v2",
			"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://w3id.org/security/suites/ed25519-2020/v1"}}},
	} {
		t.Run(tc.suite+" "+string(tc.kind), func(t *testing.T) {
			i := NewIssuer("did:web:issuer.example", tc.kind)
			signed := i.Sign(Badge(i.ID, tc.edits), tc.suite)
			if got := check(t, signed, key(t, i)); got != "" {
				t.Errorf("a signed badge fails: %s", got)
			}
			altered := strings.Replace(string(signed), "Practical Cryptography", "Applied Cryptography", 1)
			if got := check(t, []byte(altered), key(t, i)); got != "proof.signature" {
				t.Errorf("an altered badge: %q", got)
			}
			if got := check(t, signed, key(t, NewIssuer(i.ID, tc.kind))); got != "proof.signature" {
				t.Errorf("a badge with another key: %q", got)
			}
			c, err := vc.Parse(signed, vc.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if problems := vc.Conform(c); len(problems) > 0 {
				t.Errorf("the badge does not conform: %v", problems)
			}
			proof := c.Proofs()[0]
			if proof.Get("created").Text() != "2026-01-01T00:00:00Z" || proof.Get("proofPurpose").Text() != "assertionMethod" ||
				proof.Get("verificationMethod").Text() != i.Method {
				t.Errorf("the proof is %s", proof.Raw())
			}
		})
	}
}

func TestProofOptions(t *testing.T) {
	i := NewIssuer("did:key", keys.Ed25519)
	badge := Badge(i.ID, nil)
	proof := i.Proof(badge, "eddsa-rdfc-2022", map[string]any{
		"proofPurpose": "authentication", "created": nil, "expires": "2026-02-01T00:00:00Z", "challenge": "abc", "domain": "example.com",
		"verificationMethod": "did:example:somebody#key",
	})
	v, err := strict.Parse(proof, strict.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"proofPurpose": "authentication", "created": "", "expires": "2026-02-01T00:00:00Z", "challenge": "abc",
		"domain": "example.com", "verificationMethod": "did:example:somebody#key", "cryptosuite": "eddsa-rdfc-2022",
	} {
		if got := v.Get(name).Text(); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := check(t, Attach(badge, proof), key(t, i)); got != "" {
		t.Errorf("a proof with options of its own fails: %s", got)
	}
	fixed := i.Proof(badge, "eddsa-rdfc-2022", map[string]any{"proofValue": "z111"})
	if got := check(t, Attach(badge, fixed), key(t, i)); got != "proof.value" {
		t.Errorf("a proof with a value of its own: %q", got)
	}
	unknown := i.Proof(badge, "eddsa-rdfc-2022", map[string]any{"cryptosuite": "eddsa-9999"})
	if got := check(t, Attach(badge, unknown), key(t, i)); got != "proof.suite_unknown" {
		t.Errorf("a proof that names another suite: %q", got)
	}
}

func TestAttach(t *testing.T) {
	one, two, three := []byte(`{"a":1}`), []byte(`{"b":2}`), []byte(`{"c":3}`)
	got := Attach([]byte(`{ "x" : 1.0, "é\"": "ü" }`), one)
	if want := `{"x":1.0,"é\"":"ü","proof":{"a":1}}`; string(got) != want {
		t.Errorf("one proof: %s", got)
	}
	got = Attach(Attach(got, two), three)
	if want := `{"x":1.0,"é\"":"ü","proof":[{"a":1},{"b":2},{"c":3}]}`; string(got) != want {
		t.Errorf("three proofs: %s", got)
	}
}

func TestSignJWT(t *testing.T) {
	for alg, kind := range map[string]keys.Kind{"EdDSA": keys.Ed25519, "ES256": keys.P256, "ES384": keys.P384, "ES512": keys.P521, "RS256": keys.RSA, "PS256": keys.RSA,
		"RS384": keys.RSA, "RS512": keys.RSA, "PS384": keys.RSA, "PS512": keys.RSA} {
		t.Run(alg, func(t *testing.T) {
			i := NewIssuer("https://issuer.example/profile", kind)
			verify := func(token []byte) string {
				j, err := vc.ParseJWS(token, vc.Limits{})
				if err != nil {
					t.Fatal(err)
				}
				return code(t, jose.Verify(j, key(t, i), "", jose.Credential))
			}
			payload := Claims(Badge(i.ID, nil))
			if got := verify(i.SignJWT(payload, alg, nil)); got != "" {
				t.Errorf("a signed JWT fails: %s", got)
			}
			if got := verify(NewIssuer(i.ID, kind).SignJWT(payload, alg, nil)); got != "proof.signature" {
				t.Errorf("a JWT by another key: %q", got)
			}
			if got := verify(i.SignJWT(payload, alg, map[string]any{"typ": nil, "kid": nil, "x": 1})); got != "" {
				t.Errorf("a JWT with a header of its own fails: %s", got)
			}
			if got := verify(i.SignJWT(payload, alg, map[string]any{"alg": "none"})); got != "jwt.header" {
				t.Errorf("a JWT that names no algorithm: %q", got)
			}
		})
	}
}

func TestClaims(t *testing.T) {
	for _, tc := range []struct {
		credential, want string
	}{
		{string(Badge("did:web:issuer.example", map[string]any{"validUntil": "2027-01-01T00:00:00Z", "@context": "https://www.w3.org/ns/credentials/v2",
			"id": "urn:uuid:1", "type": "VerifiableCredential", "name": nil, "credentialSubject": map[string]any{"id": "did:example:ada"}})),
			`{"@context":"https://www.w3.org/ns/credentials/v2","credentialSubject":{"id":"did:example:ada"},"exp":1798761600,"id":"urn:uuid:1",` +
				`"iss":"did:web:issuer.example","issuer":{"id":"did:web:issuer.example","name":"Example University","type":["Profile"]},` +
				`"jti":"urn:uuid:1","nbf":1767225600,"sub":"did:example:ada","type":"VerifiableCredential","validFrom":"2026-01-01T00:00:00Z","validUntil":"2027-01-01T00:00:00Z"}`},
		{`{"@context":["https://www.w3.org/2018/credentials/v1"],"issuer":"https://issuer.example","issuanceDate":"2026-01-01T00:00:00Z"}`,
			`{"iss":"https://issuer.example","nbf":1767225600,"vc":{"@context":["https://www.w3.org/2018/credentials/v1"],` +
				`"issuer":"https://issuer.example","issuanceDate":"2026-01-01T00:00:00Z"}}`},
	} {
		if got := string(Claims([]byte(tc.credential))); got != tc.want {
			t.Errorf("claims are\n%s\nwant\n%s", got, tc.want)
		}
	}
}

func TestStatusList(t *testing.T) {
	i := NewIssuer("did:key", keys.Ed25519)
	signed := i.Sign(StatusList("https://issuer.example/status/1", i.ID, "revocation", 0, 94567), "eddsa-rdfc-2022")
	if got := check(t, signed, key(t, i)); got != "" {
		t.Errorf("the status list fails: %s", got)
	}
	document, err := strict.Parse(signed, strict.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := statuslist.Decode(document.Lookup("/credentialSubject/encodedList").Text(), statuslist.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for index, want := range map[uint64]uint8{0: 1, 1: 0, 94566: 0, 94567: 1, 94568: 0, 131_071: 0} {
		if got, err := list.Entry(index, 1); err != nil || got != want {
			t.Errorf("entry %d is %d, %v; want %d", index, got, err, want)
		}
	}
}

func TestHost(t *testing.T) {
	var host Host
	down := errors.New("down")
	host.Put("https://a.example/x", "text/plain", []byte("one"))
	host.Put("https://a.example/x", "application/json", []byte("two"))
	host.Fail("https://a.example/down", down)
	body, mediaType, err := host.Fetch(t.Context(), "https://a.example/x", "")
	if string(body) != "two" || mediaType != "application/json" || err != nil {
		t.Errorf("got %q, %q, %v", body, mediaType, err)
	}
	body[0] = 'X'
	if again, _, _ := host.Fetch(t.Context(), "https://a.example/x", ""); string(again) != "two" {
		t.Errorf("the document changed to %q", again)
	}
	if _, _, err := host.Fetch(t.Context(), "https://a.example/down", ""); !errors.Is(err, down) {
		t.Errorf("got %v, want the error of Fail", err)
	}
	if _, _, err := host.Fetch(t.Context(), "https://a.example/X", ""); err == nil {
		t.Error("an unknown URL has a document")
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, _, err := host.Fetch(ended, "https://a.example/x", ""); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the end of the context", err)
	}
	want := "x x down X x"
	if got := strings.ReplaceAll(strings.Join(host.Calls(), " "), "https://a.example/", ""); got != want {
		t.Errorf("calls are %q, want %q", got, want)
	}
}

func TestMisusePanics(t *testing.T) {
	ed, rsa := NewIssuer("did:key", keys.Ed25519), NewIssuer("did:key", keys.RSA)
	badge := Badge(ed.ID, nil)
	for name, call := range map[string]func(){
		"unknown kind":            func() { NewIssuer("did:key", "secp256k1") },
		"unknown suite":           func() { ed.Sign(badge, "eddsa-9999") },
		"suite for another key":   func() { rsa.Sign(badge, "eddsa-rdfc-2022") },
		"algorithm for another":   func() { ed.SignJWT(badge, "RS256", nil) },
		"no JSON":                 func() { ed.Sign([]byte("{"), "eddsa-rdfc-2022") },
		"attach to no JSON":       func() { Attach([]byte("{"), badge) },
		"claims of no JSON":       func() { Claims([]byte("{")) },
		"undefined term":          func() { ed.Sign(Badge(ed.ID, map[string]any{"nickname": "x"}), "eddsa-rdfc-2022") },
		"status outside the list": func() { StatusList("https://a.example/1", ed.ID, "revocation", 131_072) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			call()
		})
	}
}
