package verify_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// keyDocument is the document of an issuer with several keys, listed by their purposes.
func keyDocument(t *testing.T, assertion, authentication []*verifytest.Issuer) []byte {
	t.Helper()
	const did = "did:web:university.example"
	var methods []any
	list := func(issuers []*verifytest.Issuer) []string {
		ids := []string{}
		for _, i := range issuers {
			methods = append(methods, map[string]any{"id": i.Method, "type": "Multikey", "controller": did, "publicKeyMultibase": i.Multikey})
			ids = append(ids, i.Method)
		}
		return ids
	}
	doc, err := json.Marshal(map[string]any{
		"@context": []string{"https://www.w3.org/ns/did/v1"}, "id": did,
		"assertionMethod": list(assertion), "authentication": list(authentication), "verificationMethod": methods,
	})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// keyed is an issuer of did:web:university.example with a key of this name.
func keyed(name string, kind keys.Kind) *verifytest.Issuer {
	i := verifytest.NewIssuer("did:web:university.example", kind)
	i.Method = i.ID + "#" + name
	return i
}

// TestOtherKeys: a signature by another key that the issuer lists is told as such; one by a stranger is not, nor is
// one by a key that nobody lists.
func TestOtherKeys(t *testing.T) {
	first, second, login := keyed("first", keys.Ed25519), keyed("second", keys.Ed25519), keyed("login", keys.Ed25519)
	curve, stranger := keyed("curve", keys.P256), keyed("stranger", keys.Ed25519)
	badge := verifytest.Badge(first.ID, nil)
	// named signs with the key of by under the name of the first key.
	named := func(by *verifytest.Issuer) []byte {
		as := *by
		as.Method = first.Method
		return as.Sign(badge, suite)
	}
	for name, c := range map[string]struct {
		signed []byte
		says   string
	}{
		"another for the purpose": {named(second), `"did:web:university.example#second", which did:web:university.example lists for the purpose assertionMethod`},
		"for another purpose":     {named(login), "lists for the purpose authentication"},
		"nobody's":                {named(stranger), ""},
	} {
		w := newWorldWith(t, verify.Limits{CauseTime: time.Hour})
		w.host.Put(didURL, "application/did+json", keyDocument(t, []*verifytest.Issuer{first, curve, second}, []*verifytest.Issuer{login}))
		r := w.verify(t, c.signed, anyone())
		want(t, r, verify.Invalid, "proof", "proof.signature")
		hints := check(t, r, "proof").Hints
		if (len(hints) == 1) != (c.says != "") || !strings.Contains(strings.Join(hints, ""), c.says) {
			t.Errorf("%s: hints %q", name, hints)
		}
		if calls := len(w.host.Calls()); calls != 1 {
			t.Errorf("%s: %d lookups", name, calls)
		}
	}
}

// TestOtherNameOfTheKey: the proof was made under another name of the same key.
func TestOtherNameOfTheKey(t *testing.T) {
	first := keyed("first", keys.Ed25519)
	again := *first
	again.Method = first.ID + "#again"
	w := newWorldWith(t, verify.Limits{CauseTime: time.Hour})
	w.host.Put(didURL, "application/did+json", keyDocument(t, []*verifytest.Issuer{first, &again}, nil))
	signed := first.Sign(verifytest.Badge(first.ID, nil), suite)
	want(t, w.verify(t, signed, anyone()), verify.Valid, "", "")
	r := w.verify(t, replace(t, signed, "#first", "#again"), anyone())
	want(t, r, verify.Invalid, "proof", "proof.signature")
	if hints := check(t, r, "proof").Hints; len(hints) != 1 || !strings.Contains(hints[0], first.Method) {
		t.Errorf("hints %q", hints)
	}
}

// TestOtherKeysOfTokens: the same for JWTs, with the keys of a DID document and of a JWKS.
func TestOtherKeysOfTokens(t *testing.T) {
	const issuer = "https://university.example/issuers/1"
	first, second := keyed("first", keys.P256), keyed("second", keys.P256)
	stranger := keyed("stranger", keys.P256)
	jwk := func(i *verifytest.Issuer, kid string) string {
		as := *i
		as.Method = kid
		return string(as.JWK())
	}
	for name, c := range map[string]struct {
		issuer, kid string
		by          *verifytest.Issuer
		says        string
	}{
		"of a DID document":    {first.ID, first.Method, second, "#second"},
		"of a DID, a stranger": {first.ID, first.Method, stranger, ""},
		"of a JWKS":            {issuer, "a", second, `"b" in the keys at https://university.example/.well-known/jwks.json`},
		"of a JWKS, stranger":  {issuer, "a", stranger, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorldWith(t, verify.Limits{CauseTime: time.Hour})
			w.host.Put(didURL, "application/did+json", keyDocument(t, []*verifytest.Issuer{first, second}, nil))
			w.host.Put("https://university.example/.well-known/jwks.json", "application/jwk-set+json", []byte(`{"keys":[`+jwk(first, "a")+`,`+jwk(second, "b")+`]}`))
			header := map[string]any{"kid": c.kid, "jwk": nil}
			claims := verifytest.Claims(verifytest.Badge(c.issuer, nil))
			want(t, w.verify(t, first.SignJWT(claims, "ES256", header), anyone()), verify.Valid, "", "")
			r := w.verify(t, c.by.SignJWT(claims, "ES256", header), anyone())
			want(t, r, verify.Invalid, "proof", "proof.signature")
			hints := check(t, r, "proof").Hints
			if (len(hints) == 1) != (c.says != "") || !strings.Contains(strings.Join(hints, ""), c.says) {
				t.Errorf("hints %q", hints)
			}
		})
	}
}
