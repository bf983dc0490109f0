package badge_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

// TestRedirectForms has where a redirect may lead: to the same host, in whatever spelling.
func TestRedirectForms(t *testing.T) {
	for to, same := range map[string]bool{
		"https://issuer.example/b": true, "https://ISSUER.example/b": true, "https://issuer.example:443/b": true, "https://issuer.example": true,
		"https://issuer.example:8443/b": false, "https://www.issuer.example/b": false, "https://issuer.example./b": false, "http://issuer.example/b": false,
		"https://issuer.example@evil.example/b": false, "https://issuer.example.evil.example/b": false, "//issuer.example/b": false, "/b": false, "x": false,
		"https://issuer.example\\@evil.example/": false, "https://evil.example/https://issuer.example/": false,
	} {
		for _, document := range []string{assertionURL, classURL, issuerURL, listURL, keyURL} {
			w, data := newOlderWorld(), []byte(nil)
			if data = text(t, w.assertion); document == keyURL || document == listURL {
				w.signed()
				data = olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, w.assertion))
			}
			w.from[document] = to
			_, r := w.judge(t, data, trusting())
			check := map[string]string{assertionURL: "proof", classURL: "proof", keyURL: "proof", issuerURL: "issuer", listURL: "status"}[document]
			if same {
				wantOlder(t, r, verify.Valid, "", "")
			} else if wantOlder(t, r, verify.Indeterminate, check, "hosted.redirect"); t.Failed() {
				t.Fatal(document, " from ", to)
			}
		}
	}
}

// TestTenants has two issuers on one host, one of whom is trusted. What the other hosts and signs is not the first one's.
func TestTenants(t *testing.T) {
	const other, otherBadge, otherAssertion, otherKeyURL = "https://issuer.example/tenants/2", "https://issuer.example/tenants/2/b", "https://issuer.example/tenants/2/a", "https://issuer.example/tenants/2/key"
	for name, c := range map[string]struct {
		edit    func(w *olderWorld)
		signed  bool
		verdict verify.Verdict
		check   string
		code    string
	}{
		"their badge": {func(w *olderWorld) { w.assertion["badge"] = otherBadge }, false, verify.Invalid, "issuer", "issuer.untrusted"},
		"their badge, in the name of the first, out of scope": {func(w *olderWorld) {
			w.issuer["verification"] = object{"startsWith": "https://issuer.example/assertions/"}
			w.assertion["id"] = otherAssertion
		}, false, verify.Invalid, "issuer", "hosted.scope"},
		"redirect into the scope": {func(w *olderWorld) {
			w.issuer["verification"] = object{"startsWith": "https://issuer.example/assertions/"}
			w.extra[assertionURL] = with(w.assertion, "id", otherAssertion)
		}, false, verify.Invalid, "proof", "hosted.id"},
		"their key": {func(w *olderWorld) {
			w.assertion["verification"] = object{"type": "signed", "creator": otherKeyURL}
		}, true, verify.Invalid, "proof", "proof.method"},
		"their key, listed by the first": {func(w *olderWorld) {
			w.issuer["publicKey"] = otherKeyURL
			w.assertion["verification"] = object{"type": "signed"}
		}, true, verify.Invalid, "proof", "proof.controller"},
		"their badge, signed by the first": {func(w *olderWorld) { w.assertion["badge"] = otherBadge }, true, verify.Invalid, "issuer", "issuer.untrusted"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newOlderWorld()
			w.extra[other] = with(w.issuer, "id", other)
			w.extra[otherBadge] = with(with(w.class, "id", otherBadge), "issuer", other)
			w.extra[otherKeyURL] = with(with(w.key, "id", otherKeyURL), "owner", other)
			if c.signed {
				w.signed()
			}
			c.edit(w)
			data := text(t, w.assertion)
			if c.signed {
				data = olderJWS(t, signingKey(), `{"alg":"RS256"}`, data)
			}
			_, r := w.judge(t, data, trusting())
			wantOlder(t, r, c.verdict, c.check, c.code)
		})
	}
	// With both trusted, whose badge it is says the badge class, and the report names that one.
	w := newOlderWorld()
	w.extra[other] = with(w.issuer, "id", other)
	w.extra[otherBadge] = with(with(w.class, "id", otherBadge), "issuer", other)
	w.assertion["badge"] = otherBadge
	p := trusting()
	p.Issuers = verify.IssuerSet(issuerURL, other)
	_, r := w.judge(t, text(t, w.assertion), p)
	if wantOlder(t, r, verify.Valid, "", ""); r.Credential.Issuer != other {
		t.Errorf("issued by %s", r.Credential.Issuer)
	}
}

// TestOfferedKeys has tokens that bring the key to verify them with.
func TestOfferedKeys(t *testing.T) {
	w := newOlderWorld().signed()
	payload := text(t, w.assertion)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"issuer.example"}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &otherKey().PublicKey, otherKey())
	if err != nil {
		t.Fatal(err)
	}
	n := base64.RawURLEncoding.EncodeToString(otherKey().N.Bytes())
	for name, header := range map[string]string{
		"jwk":     `"jwk":{"kty":"RSA","e":"AQAB","n":"` + n + `"}`,
		"jwk kid": `"jwk":{"kty":"RSA","e":"AQAB","n":"` + n + `","kid":"` + keyURL + `"},"kid":"` + keyURL + `"`,
		"x5c":     `"x5c":["` + base64.StdEncoding.EncodeToString(der) + `"]`,
		"x5u":     `"x5u":"https://evil.example/cert"`,
		"jku":     `"jku":"https://evil.example/jwks.json","kid":"1"`,
		"kid":     `"kid":"` + keyURL + `"`,
	} {
		for _, genuine := range []bool{false, true} {
			key, verdict, code := otherKey(), verify.Invalid, "proof.signature"
			if genuine { // of what the header says about keys, nothing is needed and nothing harms
				key, verdict, code = signingKey(), verify.Valid, ""
			}
			_, r := w.judge(t, olderJWS(t, key, `{"alg":"RS256",`+header+`}`, payload), trusting())
			if wantOlder(t, r, verdict, "proof", code); t.Failed() {
				t.Fatal(name, genuine)
			}
		}
	}
	if calls := strings.Join(w.host.Calls(), " "); strings.Contains(calls, "evil") {
		t.Errorf("asked for %s", calls)
	}
}

// TestListedKeys has keys that an issuer may list, and what of them does not count.
func TestListedKeys(t *testing.T) {
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Skip("this Go makes no weak keys: ", err)
	}
	point, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	pointDER, _ := x509.MarshalPKIXPublicKey(&point.PublicKey)
	private := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(signingKey())})
	embedded := func(members object) func(*olderWorld) {
		return func(w *olderWorld) {
			key := with(w.key, "id", keyURL)
			for name, m := range members {
				key[name] = m
			}
			w.issuer["publicKey"] = key
		}
	}
	for name, c := range map[string]struct {
		edit    func(w *olderWorld)
		key     *rsa.PrivateKey
		verdict verify.Verdict
		code    string
	}{
		"1024 bits":               {embedded(object{"publicKeyPem": pemOf(weak)}), weak, verify.Invalid, "key.malformed"},
		"another kind":            {embedded(object{"publicKeyPem": string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: pointDER}))}), signingKey(), verify.Invalid, "proof.method"},
		"private":                 {embedded(object{"publicKeyPem": string(private)}), signingKey(), verify.Invalid, "key.malformed"},
		"two in one text":         {embedded(object{"publicKeyPem": signingPEM() + pemOf(otherKey())}), signingKey(), verify.Invalid, "key.malformed"},
		"text before":             {embedded(object{"publicKeyPem": "x\n" + signingPEM()}), signingKey(), verify.Invalid, "key.malformed"},
		"PEM in an array":         {embedded(object{"publicKeyPem": []any{signingPEM()}}), signingKey(), verify.Indeterminate, "key.unresolved"},
		"owner by another URL":    {embedded(object{"owner": "https://ISSUER.example/profile"}), signingKey(), verify.Invalid, "proof.controller"},
		"owner is null":           {embedded(object{"owner": nil}), signingKey(), verify.Invalid, "proof.controller"},
		"owners, the first other": {embedded(object{"owner": []any{"https://evil.example/p", issuerURL}}), signingKey(), verify.Invalid, "proof.controller"},
		"owner as an object":      {func(w *olderWorld) { w.key["owner"] = object{"id": issuerURL} }, signingKey(), verify.Valid, ""},
		"named as an object":      {func(w *olderWorld) { w.issuer["publicKey"] = []any{object{"id": keyURL}} }, signingKey(), verify.Valid, ""},
		"two of one id": {func(w *olderWorld) {
			w.issuer["publicKey"] = []any{with(w.key, "publicKeyPem", pemOf(otherKey())), w.key}
		}, signingKey(), verify.Valid, ""},
		"two of one id, neither": {func(w *olderWorld) {
			w.issuer["publicKey"] = []any{with(w.key, "publicKeyPem", pemOf(otherKey())), with(w.key, "owner", "https://evil.example/p")}
		}, signingKey(), verify.Invalid, "proof.signature"},
		"one not known": {func(w *olderWorld) {
			w.issuer["publicKey"] = []any{with(w.key, "publicKeyPem", pemOf(otherKey())), "https://issuer.example/key2"}
			w.assertion["verification"] = object{"type": "signed"}
		}, signingKey(), verify.Indeterminate, "key.unresolved"},
		"without an id":          {embedded(object{"id": nil}), signingKey(), verify.Invalid, "proof.method"},
		"listed by another name": {func(w *olderWorld) { w.issuer["publicKeys"] = w.issuer["publicKey"]; delete(w.issuer, "publicKey") }, signingKey(), verify.Invalid, "proof.method"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newOlderWorld().signed()
			c.edit(w)
			_, r := w.judge(t, olderJWS(t, c.key, `{"alg":"RS256"}`, text(t, w.assertion)), trusting())
			wantOlder(t, r, c.verdict, "proof", c.code)
		})
	}
}

// TestDisguises has documents that are of two generations at once, and of one in the clothes of another. What is judged as
// Open Badges 2.0 needs the word of its host; what is judged as a credential needs its proof.
func TestDisguises(t *testing.T) {
	vc2, ob3 := "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
	both := func(contexts ...any) object {
		return object{"@context": contexts, "id": assertionURL, "type": []any{"VerifiableCredential", "OpenBadgeCredential", "Assertion"},
			"issuer": issuerURL, "validFrom": "2026-05-31T12:00:00Z", "credentialSubject": object{"type": "AchievementSubject", "achievement": object{"id": "urn:a", "type": "Achievement"}},
			"recipient": object{"type": "email", "identity": "eve@example.org", "hashed": false}, "badge": classURL, "issuedOn": "2026-05-31T12:00:00Z", "verification": object{"type": "hosted"},
			"proof": object{"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod", "verificationMethod": issuerURL + "#k", "proofValue": "z1"}}
	}
	p := trusting()
	p.Recipient = badge.Email("eve@example.org")
	for name, c := range map[string]struct {
		document   object
		generation int
	}{
		"credential first": {both(vc2, ob3, context2), 3},
		"older first":      {both(context2, vc2, ob3), 2},
		"older between":    {both(ob3, context2, vc2), 2},
	} {
		w := newOlderWorld()
		b, r := w.judge(t, text(t, c.document), p)
		if b.Generation() != c.generation || r.Verdict != verify.Invalid {
			t.Errorf("%s: generation %d is %v", name, b.Generation(), r.Verdict)
		}
		v, err := verify.New(verify.Config{Resources: w})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := v.Verify(t.Context(), b.Credential(), p); err == nil {
			t.Errorf("%s: valid as a credential", name)
		}
		// Hosted by the issuer as it is, it is still no assertion of the issuer's to somebody else.
		w.extra[assertionURL] = w.assertion
		_, r = w.judge(t, text(t, c.document), p)
		if r.Verdict != verify.Invalid {
			t.Errorf("%s: hosted, it is %v", name, r.Verdict)
		}
	}
	// A JWT that is a credential by its claim vc and an assertion by the others is the assertion.
	w := newOlderWorld().signed()
	claims := with(w.assertion, "vc", object{"@context": []any{"https://www.w3.org/2018/credentials/v1"}, "type": []any{"VerifiableCredential"}, "issuer": "https://evil.example"})
	b, r := w.judge(t, olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, claims)), trusting())
	if wantOlder(t, r, verify.Valid, "", ""); b.Generation() != 2 || r.Credential.Issuer != issuerURL {
		t.Errorf("generation %d, issued by %s", b.Generation(), r.Credential.Issuer)
	}
	_, r = w.judge(t, olderJWS(t, otherKey(), `{"alg":"RS256"}`, text(t, claims)), trusting())
	wantOlder(t, r, verify.Invalid, "proof", "proof.signature")
}

// TestRecipientConfusion asks for somebody whom the badge does not name, however it may look.
func TestRecipientConfusion(t *testing.T) {
	hash := hashed(ada, "salt")
	for name, c := range map[string]struct {
		recipient object
		asked     verify.Recipient
		verdict   verify.Verdict
	}{
		"hashed":                       {object{"type": "email", "hashed": true, "salt": "salt", "identity": hash}, badge.Email(ada), verify.Valid},
		"hash asked for":               {object{"type": "email", "hashed": true, "salt": "salt", "identity": hash}, badge.Email(hash), verify.Invalid},
		"hash that is said to be none": {object{"type": "email", "hashed": false, "identity": hash}, badge.Email(hash), verify.Invalid},
		"hash, nothing said":           {object{"type": "email", "salt": "salt", "identity": hash}, badge.Email(ada), verify.Invalid},
		"plain, said to be hashed":     {object{"type": "email", "hashed": true, "identity": ada}, badge.Email(ada), verify.Invalid},
		"hashed in words":              {object{"type": "email", "hashed": "true", "salt": "salt", "identity": hash}, badge.Email(ada), verify.Invalid},
		"salt for another place":       {object{"type": "email", "hashed": true, "identity": hash}, badge.Email(ada + "salt"), verify.Valid}, // which is the same text
		"salt in front":                {object{"type": "email", "hashed": true, "salt": "salt", "identity": hashed("salt", ada)}, badge.Email(ada), verify.Invalid},
		"salt is a number":             {object{"type": "email", "hashed": true, "salt": 1, "identity": hashed(ada, "1")}, badge.Email(ada), verify.Invalid},
		"other case":                   {object{"type": "email", "hashed": false, "identity": "Ada@example.org"}, badge.Email(ada), verify.Invalid},
		"other algorithm":              {object{"type": "email", "hashed": true, "identity": "sha1$" + strings.Repeat("0", 40)}, badge.Email(ada), verify.Invalid},
		"algorithm in capitals":        {object{"type": "email", "hashed": true, "identity": strings.ToUpper(hashed(ada, ""))}, badge.Email(ada), verify.Invalid},
		"digits in capitals":           {object{"type": "email", "hashed": true, "identity": "sha256$" + strings.ToUpper(hashed(ada, "")[7:])}, badge.Email(ada), verify.Valid},
		"URL asked as an address":      {object{"type": "url", "hashed": false, "identity": "https://ada.example"}, badge.Email("https://ada.example"), verify.Indeterminate},
		"URL":                          {object{"type": "url", "hashed": false, "identity": "https://ada.example"}, badge.Identifier("url", "https://ada.example"), verify.Valid},
		"URL asked as an id":           {object{"type": "url", "hashed": false, "identity": "https://ada.example"}, badge.ID("https://ada.example"), verify.Indeterminate},
		"by the full name of email":    {object{"type": "schema:email", "hashed": false, "identity": ada}, badge.Email(ada), verify.Valid},
		"empty":                        {object{"type": "email", "hashed": false, "identity": ""}, badge.Email(""), verify.Indeterminate},
	} {
		for _, signed := range []bool{false, true} {
			t.Run(fmt.Sprint(name, signed), func(t *testing.T) {
				w := newOlderWorld()
				data := []byte(nil)
				if w.assertion["recipient"] = c.recipient; signed {
					w.signed()
					data = olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, w.assertion))
				} else {
					data = text(t, w.assertion)
				}
				p := trusting()
				p.Recipient = c.asked
				if _, r := w.judge(t, data, p); r.Verdict != c.verdict {
					all, _ := json.Marshal(r.Checks)
					t.Errorf("verdict %v, want %v: %s", r.Verdict, c.verdict, all)
				}
			})
		}
	}
}

// TestRevocationForms has entries of a list: what names the badge revokes it, what names another one does not, and what
// names nothing leaves the list in doubt.
func TestRevocationForms(t *testing.T) {
	const id, uid = "urn:uuid:6f2b4b1e-2f0a-4a0e-9c1b-111111111111", "abc"
	revoked, kept, open := verify.Invalid, verify.Valid, verify.Indeterminate
	for name, c := range map[string]struct {
		list    string
		verdict verify.Verdict
	}{
		"id": {`["` + id + `"]`, revoked}, "alone": {`"` + id + `"`, revoked}, "object": {`[{"id":"` + id + `"}]`, revoked}, "one object": {`{"id":"` + id + `"}`, revoked},
		"uid": {`["` + uid + `"]`, revoked}, "uid in an object": {`[{"uid":"` + uid + `"}]`, revoked}, "uid beside another id": {`[{"id":"urn:x","uid":"` + uid + `"}]`, revoked},
		"in words": {`[{"id":"` + id + `","revoked":"no"}]`, revoked}, "null": {`[{"id":"` + id + `","revoked":null}]`, revoked}, "escaped": {`["\u0075rn:uuid:6f2b4b1e-2f0a-4a0e-9c1b-111111111111"]`, revoked},
		"last of many": {`[` + strings.Repeat(`"urn:x",`, 50_000) + `"` + id + `"]`, revoked},
		"nobody":       {`[]`, kept}, "another": {`["` + id + `0"]`, kept}, "other case": {`["` + strings.ToUpper(id) + `"]`, kept}, "lifted": {`[{"id":"` + id + `","revoked":false}]`, kept},
		"not at all": {`null`, open}, "a number": {`[1]`, open}, "nested": {`[["` + id + `"]]`, open}, "nothing": {`[{}]`, open}, "by @id": {`[{"@id":"` + id + `"}]`, open}, "empty": {`[""]`, open},
		"uids as names": {`{"` + uid + `":"why"}`, open}, "uid is a number": {`[{"uid":7}]`, open},
	} {
		t.Run(name, func(t *testing.T) {
			w := newOlderWorld().signed()
			w.assertion["uid"] = uid
			w.list["revokedAssertions"] = json.RawMessage(c.list)
			_, r := w.judge(t, olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, w.assertion)), trusting())
			code := map[verify.Verdict]string{revoked: "status.revoked", open: "status.list_proof"}[c.verdict]
			wantOlder(t, r, c.verdict, "status", code)
		})
	}
}

// TestPolicyOfOlder asks everything of a policy that badges of both kinds can fail.
func TestPolicyOfOlder(t *testing.T) {
	for name, edit := range map[string]func(p *verify.Policy){
		"issuers":   func(p *verify.Policy) { p.Issuers = verify.IssuerSet(issuerURL + "/") },
		"nobody":    func(p *verify.Policy) { p.Issuers = verify.IssuerSet() },
		"suites":    func(p *verify.Policy) { p.Suites = []string{} },
		"challenge": func(p *verify.Policy) { p.Challenge = "x" },
		"domain":    func(p *verify.Policy) { p.Domain = "x" },
		"proofs":    func(p *verify.Policy) { p.MinProofs = 2 },
		"methods":   func(p *verify.Policy) { p.Methods = []string{issuerURL + "#other"} },
		"recipient": func(p *verify.Policy) { p.Recipient = badge.Email("eve@example.org") },
		"before":    func(p *verify.Policy) { p.At = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) },
		"schema":    func(p *verify.Policy) { p.Schema = verify.Required },
		"resources": func(p *verify.Policy) { p.Resources = verify.Required },
		"endorsed": func(p *verify.Policy) {
			p.Profile = badge.Demands{Endorsements: verify.Required}.Policy(verify.IssuerSet(issuerURL)).Profile
		},
	} {
		for _, signed := range []bool{false, true} {
			w := newOlderWorld()
			data := text(t, w.assertion)
			if signed {
				w.signed()
				data = olderJWS(t, signingKey(), `{"alg":"RS256"}`, text(t, w.assertion))
			}
			p := trusting()
			if _, r := w.judge(t, data, p); r.Verdict != verify.Valid {
				t.Fatalf("signed %v: %v", signed, r.Verdict)
			}
			edit(&p)
			if _, r := w.judge(t, data, p); r.Verdict != verify.Invalid {
				t.Errorf("%s, signed %v: %v", name, signed, r.Verdict)
			}
		}
	}
	w := newOlderWorld()
	b, _ := w.judge(t, text(t, w.assertion), trusting())
	v, err := verify.New(verify.Config{Resources: w})
	if err != nil {
		t.Fatal(err)
	}
	for name, p := range map[string]verify.Policy{"no issuers": {}, "a level of no kind": {Issuers: verify.UnsafeAnyIssuer(), Status: 9}, "skew": {Issuers: verify.UnsafeAnyIssuer(), Skew: -1}} {
		if r, err := badge.Verify(t.Context(), v, b, p); !errors.Is(err, verify.ErrPolicy) || r != nil {
			t.Errorf("%s: %v, %v", name, r, err)
		}
	}
}
