package verify_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// bound is a badge bound to the key of a holder.
func bound(issuer, holder *verifytest.Issuer, edits map[string]any) []byte {
	all := map[string]any{"cnf": map[string]any{"jwk": json.RawMessage(holder.JWK())}}
	for name, v := range edits {
		all[name] = v
	}
	return verifytest.Badge(issuer.ID, all)
}

// presented are the claims of a key binding as it should be.
func presented(edits map[string]any) map[string]any {
	all := map[string]any{"nonce": "n1", "aud": "https://verifier.example", "iat": now.Add(-time.Minute).Unix()}
	for name, v := range edits {
		all[name] = v
		if v == nil {
			delete(all, name)
		}
	}
	return all
}

func asked(challenge, domain string) verify.Policy {
	p := anyone()
	p.Challenge, p.Domain = challenge, domain
	return p
}

func strictly() verify.Policy {
	p := anyone()
	p.Strict = true
	return p
}

// parseCode returns the code with which a credential cannot be read, "" for one that can.
func parseCode(data []byte) string {
	_, err := vc.Parse(data, vc.Limits{})
	if e, ok := errors.AsType[*strict.Error](err); ok {
		return e.Code
	}
	return ""
}

func TestSDJWT(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:web:university.example", keys.P256)
	issuer.Publish(w.host)
	badge := verifytest.Badge(issuer.ID, map[string]any{"awardedDate": "2026-01-02T00:00:00Z"})
	data := issuer.SignSDJWT(badge, "ES256", nil, "name", "awardedDate")
	r := w.verify(t, data, strictly())
	want(t, r, verify.Valid, "", "")
	if r.Format != "sd-jwt" || r.Binding != verify.IssuerController || r.Credential.Name != "Practical Cryptography" {
		t.Errorf("format %q, binding %v, name %q", r.Format, r.Binding, r.Credential.Name)
	}
	part := check(t, r, "proof").Parts[0]
	if part.Suite != "ES256" || part.Profile != "vc-jose-cose-sd-jwt" || len(part.Hints) != 0 {
		t.Errorf("part %+v", part)
	}

	withheld := data[:strings.LastIndexByte(string(data[:len(data)-1]), '~')+1]
	r = w.verify(t, withheld, anyone())
	want(t, r, verify.Valid, "", "")
	if len(check(t, r, "proof").Parts[0].Hints) != 1 {
		t.Error("nothing says that something was not disclosed")
	}

	parts := strings.Split(string(data), "~")
	token := strings.Split(parts[0], ".")
	other := strings.Split(string(verifytest.NewIssuer(issuer.ID, keys.P256).SignSDJWT(badge, "ES256", nil, "name", "awardedDate")), "~")
	want(t, w.verify(t, []byte(strings.Join(other, "~")), anyone()), verify.Invalid, "proof", "proof.signature")
	want(t, w.verify(t, []byte(token[0]+"."+token[1]+"."+swap(token[2])+"~"+parts[1]+"~"), anyone()), verify.Invalid, "proof", "proof.signature")
	for _, c := range []struct{ data, code string }{
		{strings.Join(append(parts[:len(parts)-1:len(parts)-1], parts[1], ""), "~"), "sdjwt.disclosure"},
		{parts[0] + "~" + swap(parts[1]) + "~", "sdjwt.disclosure"},
		{parts[0] + "~" + parts[1] + "~~", "sdjwt.disclosure"},
		{parts[0] + "~" + parts[1], "sdjwt.binding"},
		{parts[0] + "=~", "jwt.syntax"},
	} {
		if got := parseCode([]byte(c.data)); got != c.code {
			t.Errorf("%s: code %q, want %q", c.data, got, c.code)
		}
	}
}

// swap changes one letter in the middle of a base64url text.
func swap(text string) string {
	i := len(text) / 2
	letter := "A"
	if text[i] == 'A' {
		letter = "B"
	}
	return text[:i] + letter + text[i+1:]
}

func TestSDJWTHeader(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	for _, c := range []struct {
		header  map[string]any
		verdict verify.Verdict
		code    string // of the proof
		deviate bool
	}{
		{nil, verify.Valid, "", false},
		{map[string]any{"cty": "vc"}, verify.Valid, "", false},
		{map[string]any{"typ": "application/vc+sd-jwt"}, verify.Valid, "", false},
		{map[string]any{"typ": nil}, verify.Valid, "", true},
		{map[string]any{"typ": "vc+ld+json+sd-jwt"}, verify.Valid, "", true},
		{map[string]any{"typ": "dc+sd-jwt"}, verify.Valid, "", true},
		{map[string]any{"cty": "vp"}, verify.Valid, "", true},
		{map[string]any{"typ": "vp+sd-jwt"}, verify.Invalid, "jwt.header", false},
		{map[string]any{"typ": "vc+jwt"}, verify.Invalid, "jwt.header", false},
		{map[string]any{"typ": "kb+jwt"}, verify.Invalid, "jwt.header", false},
		{map[string]any{"crit": []string{"x"}, "x": 1}, verify.Invalid, "jwt.header", false},
		{map[string]any{"alg": "none"}, verify.Invalid, "jwt.header", false},
		{map[string]any{"alg": "HS256"}, verify.Invalid, "jwt.header", false},
		{map[string]any{"alg": "ML-DSA-65"}, verify.Indeterminate, "proof.suite_unknown", false},
		{map[string]any{"alg": "ES256"}, verify.Invalid, "proof.method", false},
		{map[string]any{"kid": nil}, verify.Invalid, "jwt.header", false},
		{map[string]any{"kid": nil, "x5c": []string{"AAAA"}}, verify.Indeterminate, "key.unresolved", false},
	} {
		data := issuer.SignSDJWT(verifytest.Badge(issuer.ID, nil), "EdDSA", c.header, "name")
		r := w.verify(t, data, anyone())
		want(t, r, c.verdict, "proof", c.code)
		if got := warns(check(t, r, "proof"), "jwt.header"); got != c.deviate {
			t.Errorf("%v: a deviation is told: %t", c.header, got)
		}
		if c.deviate {
			want(t, w.verify(t, data, strictly()), verify.Invalid, "proof", "jwt.header")
		}
	}
}

func TestSDJWTClaims(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	for _, c := range []struct {
		edits       map[string]any
		check, code string
	}{
		{nil, "", ""},
		{map[string]any{"iss": issuer.ID, "sub": "did:example:ada", "exp": now.Unix()}, "", ""},
		{map[string]any{"exp": now.Unix() - 1}, "validity", "validity.expired"},
		{map[string]any{"nbf": now.Unix() + 1}, "validity", "validity.not_yet"},
		{map[string]any{"exp": "soon"}, "model", "jwt.claims"},
		{map[string]any{"iss": "did:example:other"}, "model", "jwt.claims"},
		{map[string]any{"sub": "did:example:eve"}, "model", "jwt.claims"},
		{map[string]any{"jti": "urn:uuid:0"}, "model", "jwt.claims"},
		{map[string]any{"vc": map[string]any{}}, "model", "model.value"},
		{map[string]any{"@context": []string{"https://www.w3.org/2018/credentials/v1"}}, "model", "model.context"},
		{map[string]any{"validUntil": "2026-11-21T00:00:00Z"}, "validity", "validity.expired"},
		{map[string]any{"cnf": "key"}, "", ""},
	} {
		verdict := verify.Valid
		if c.code != "" {
			verdict = verify.Invalid
		}
		data := issuer.SignSDJWT(verifytest.Badge(issuer.ID, c.edits), "EdDSA", nil, "name")
		want(t, w.verify(t, data, anyone()), verdict, c.check, c.code)
	}
	// What a verdict depends on should not be the holder's to withhold.
	data := issuer.SignSDJWT(verifytest.Badge(issuer.ID, map[string]any{"validUntil": "2027-01-01T00:00:00Z"}), "EdDSA", nil, "validUntil")
	r := w.verify(t, data, anyone())
	want(t, r, verify.Valid, "", "")
	if !warns(check(t, r, "model"), "sdjwt.disclosure") {
		t.Error("nothing says that the end of validity could have been withheld")
	}
	want(t, w.verify(t, data, strictly()), verify.Invalid, "model", "sdjwt.disclosure")
}

// TestWithheldInside: a holder who keeps back a part of what a verdict depends on is found out where it
// shows.
func TestWithheldInside(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	const url = "https://university.example/revoked"
	w.host.Put(url, "application/json", fmt.Appendf(nil, `{"issuer":%q,"revokedCredential":[]}`, issuer.ID))
	status := map[string]any{"id": url, "type": "1EdTechRevocationList"}
	hidden := map[string]any{"...": "x"}
	for name, c := range map[string]struct {
		edits       map[string]any
		verdict     verify.Verdict
		check, code string
		deviates    bool
	}{
		"whole status":          {map[string]any{"credentialStatus": []any{status}}, verify.Valid, "", "", false},
		"one of two":            {map[string]any{"credentialStatus": []any{status, hidden}}, verify.Indeterminate, "model", "status.unknown", true},
		"the only one":          {map[string]any{"credentialStatus": []any{hidden}}, verify.Invalid, "model", "model.value", true},
		"a part of one":         {map[string]any{"credentialStatus": map[string]any{"id": url, "type": "1EdTechRevocationList", "_sd": []string{"x"}}}, verify.Indeterminate, "model", "status.unknown", true},
		"a part of a claim":     {map[string]any{"status": map[string]any{"_sd": []string{"x"}}}, verify.Indeterminate, "model", "status.unknown", true},
		"a term":                {map[string]any{"termsOfUse": []any{map[string]any{"type": "Policy"}, hidden}}, verify.Valid, "", "", true},
		"the holder's key":      {map[string]any{"cnf": map[string]any{"_sd": []string{"x"}}}, verify.Valid, "", "", true},
		"nothing of importance": {map[string]any{"evidence": []any{map[string]any{"id": url, "type": "Evidence"}, hidden}}, verify.Valid, "", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			data := issuer.SignSDJWT(verifytest.Badge(issuer.ID, c.edits), "EdDSA", nil)
			r := w.verify(t, data, anyone())
			want(t, r, c.verdict, c.check, c.code)
			if warns(check(t, r, "model"), "sdjwt.disclosure") != c.deviates {
				t.Errorf("warnings %+v", check(t, r, "model").Warnings)
			}
			if c.deviates {
				want(t, w.verify(t, data, strictly()), verify.Invalid, "model", "sdjwt.disclosure")
			} else {
				want(t, w.verify(t, data, strictly()), verify.Valid, "", "")
			}
		})
	}
}

func TestKeyBinding(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	holder, thief := verifytest.NewIssuer("did:key", keys.P256), verifytest.NewIssuer("did:key", keys.P256)
	data := issuer.SignSDJWT(bound(issuer, holder, nil), "EdDSA", nil, "name")
	free := issuer.SignSDJWT(verifytest.Badge(issuer.ID, nil), "EdDSA", nil, "name")
	bind := func(data []byte, by *verifytest.Issuer, edits map[string]any) []byte {
		return by.Bind(data, "ES256", presented(edits))
	}
	withCnf := func(cnf any) []byte {
		return issuer.SignSDJWT(bound(issuer, holder, map[string]any{"cnf": cnf}), "EdDSA", nil, "name")
	}
	secret := map[string]any{"kty": "oct", "k": "AAAA"}
	good := asked("n1", "https://verifier.example")
	for name, c := range map[string]struct {
		data    []byte
		policy  verify.Policy
		verdict verify.Verdict
		code    string
	}{
		"as asked":                      {bind(data, holder, nil), good, verify.Valid, ""},
		"not asked":                     {bind(data, holder, nil), anyone(), verify.Valid, ""},
		"audience in a list of one":     {bind(data, holder, map[string]any{"aud": []string{"https://verifier.example"}}), good, verify.Valid, ""},
		"none and none asked":           {data, anyone(), verify.Valid, ""},
		"none where one is asked":       {data, good, verify.Invalid, "proof.challenge"},
		"none for the domain":           {data, asked("", "https://verifier.example"), verify.Invalid, "proof.domain"},
		"another challenge":             {bind(data, holder, nil), asked("n2", ""), verify.Invalid, "proof.challenge"},
		"another audience":              {bind(data, holder, nil), asked("", "https://verifier.example/"), verify.Invalid, "proof.domain"},
		"two audiences":                 {bind(data, holder, map[string]any{"aud": []string{"https://verifier.example", "https://other.example"}}), good, verify.Invalid, "proof.domain"},
		"by a thief":                    {bind(data, thief, nil), good, verify.Invalid, "sdjwt.binding"},
		"by a thief and not asked":      {bind(data, thief, nil), anyone(), verify.Invalid, "sdjwt.binding"},
		"for other disclosures":         {append(data[:len(data):len(data)], bind(free, holder, nil)[len(free):]...), good, verify.Invalid, "sdjwt.binding"},
		"without sd_hash":               {bind(data, holder, map[string]any{"sd_hash": ""}), good, verify.Invalid, "sdjwt.binding"},
		"without nonce":                 {bind(data, holder, map[string]any{"nonce": nil}), anyone(), verify.Invalid, "sdjwt.binding"},
		"nonce a number":                {bind(data, holder, map[string]any{"nonce": 1}), anyone(), verify.Invalid, "sdjwt.binding"},
		"without aud":                   {bind(data, holder, map[string]any{"aud": nil}), anyone(), verify.Invalid, "sdjwt.binding"},
		"without iat":                   {bind(data, holder, map[string]any{"iat": nil}), good, verify.Invalid, "sdjwt.binding"},
		"iat a text":                    {bind(data, holder, map[string]any{"iat": "now"}), good, verify.Invalid, "sdjwt.binding"},
		"from the future":               {bind(data, holder, map[string]any{"iat": now.Unix() + 1}), good, verify.Invalid, "sdjwt.binding"},
		"of this second":                {bind(data, holder, map[string]any{"iat": now.Unix()}), good, verify.Valid, ""},
		"expired":                       {bind(data, holder, map[string]any{"exp": now.Unix() - 1}), good, verify.Invalid, "sdjwt.binding"},
		"not yet":                       {bind(data, holder, map[string]any{"nbf": now.Unix() + 1}), good, verify.Invalid, "sdjwt.binding"},
		"of another type":               {append(data[:len(data):len(data)], holder.SignJWT([]byte(`{}`), "ES256", map[string]any{"typ": "JWT"})...), anyone(), verify.Invalid, "sdjwt.binding"},
		"credential without a key":      {bind(free, holder, nil), anyone(), verify.Invalid, "sdjwt.binding"},
		"key named otherwise":           {bind(withCnf(map[string]any{"kid": "k"}), holder, nil), anyone(), verify.Indeterminate, "key.unresolved"},
		"key by a DID":                  {bind(withCnf(map[string]any{"kid": holder.Method}), holder, nil), good, verify.Valid, ""},
		"key by a DID, other key":       {bind(withCnf(map[string]any{"kid": holder.Method}), thief, nil), good, verify.Invalid, "sdjwt.binding"},
		"key by a DID, other challenge": {bind(withCnf(map[string]any{"kid": holder.Method}), holder, nil), asked("n2", ""), verify.Invalid, "proof.challenge"},
		"key by a DID that is unknown":  {bind(withCnf(map[string]any{"kid": "did:example:1#k"}), holder, nil), good, verify.Indeterminate, "key.unresolved"},
		"key by a DID without method":   {bind(withCnf(map[string]any{"kid": holder.ID + "#other"}), holder, nil), good, verify.Invalid, "proof.method"},
		"key by a DID beside a jwk":     {bind(withCnf(map[string]any{"kid": thief.Method, "jwk": json.RawMessage(holder.JWK())}), thief, nil), good, verify.Invalid, "sdjwt.binding"},
		"binding not by what is wanted": {bind(data, holder, nil), func() verify.Policy { p := good; p.Suites = []string{"EdDSA"}; return p }(), verify.Invalid, "proof.suite_not_allowed"},
		"key a secret":                  {bind(withCnf(map[string]any{"jwk": secret}), holder, nil), anyone(), verify.Invalid, "key.malformed"},
		"cnf empty":                     {bind(withCnf(map[string]any{}), holder, nil), anyone(), verify.Invalid, "sdjwt.binding"},
		"credential by somebody else":   {bind(thief.SignSDJWT(bound(issuer, holder, nil), "ES256", map[string]any{"kid": issuer.Method}, "name"), holder, nil), good, verify.Invalid, "proof.method"},
		"algorithm that is not allowed": {bind(data, holder, nil), func() verify.Policy { p := good; p.Suites = []string{"ES256"}; return p }(), verify.Invalid, "proof.suite_not_allowed"},
	} {
		t.Run(name, func(t *testing.T) { want(t, w.verify(t, c.data, c.policy), c.verdict, "proof", c.code) })
	}
	if hints := check(t, w.verify(t, data, anyone()), "proof").Parts[0].Hints; len(hints) != 1 {
		t.Errorf("a badge that is bound and presented without binding has the hints %q", hints)
	}
	for _, signed := range [][]byte{data, bind(data, holder, nil)} {
		if code := parseCode(append(signed, '~')); code != "sdjwt.disclosure" {
			t.Errorf("one more tilde: %q", code)
		}
	}
}
