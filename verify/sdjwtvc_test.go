package verify_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

const university = "https://university.example/programmes/a"

// membership is an SD-JWT VC of the IETF.
func membership(t testing.TB, issuer string, edits map[string]any) []byte {
	t.Helper()
	claims := map[string]any{"iss": issuer, "vct": "https://university.example/membership", "nbf": now.Unix() - 60, "exp": now.Unix() + 60, "given_name": "Ada", "family_name": "Lovelace"}
	for name, v := range edits {
		claims[name] = v
		if v == nil {
			delete(claims, name)
		}
	}
	text, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

var dc = map[string]any{"typ": "dc+sd-jwt"}

func TestSDJWTVC(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer(university, keys.P256)
	issuer.Publish(w.host)
	sign := func(edits map[string]any, disclosable ...string) []byte {
		return issuer.SignSDJWT(membership(t, issuer.ID, edits), "ES256", dc, disclosable...)
	}
	r := w.verify(t, sign(map[string]any{"jti": "urn:uuid:1"}, "given_name", "family_name"), strictly())
	want(t, r, verify.Valid, "", "")
	if r.Binding != verify.IssuerJWKS || r.Credential.Issuer != university || r.Credential.ID != "urn:uuid:1" || len(r.Credential.Type) != 1 {
		t.Errorf("binding %v, summary %+v", r.Binding, r.Credential)
	}
	if part := check(t, r, "proof").Parts[0]; part.Profile != "sd-jwt-vc" {
		t.Errorf("profile %q", part.Profile)
	}
	p := strictly()
	p.Issuers = verify.IssuerSet(university)
	want(t, w.verify(t, sign(nil), p), verify.Valid, "", "")
	p.Issuers = verify.IssuerSet("https://university.example/programmes/b")
	want(t, w.verify(t, sign(nil), p), verify.Invalid, "issuer", "issuer.untrusted")
	p = anyone()
	p.Status = verify.Required
	want(t, w.verify(t, sign(nil), p), verify.Invalid, "status", "status.required")

	for _, c := range []struct {
		edits       map[string]any
		disclosable []string
		check, code string
	}{
		{map[string]any{"vct": ""}, nil, "model", "model.value"},
		{map[string]any{"vct": 7}, nil, "model", "model.type"},
		{map[string]any{"vct": []string{"a"}}, nil, "model", "model.type"},
		{map[string]any{"nbf": "now"}, nil, "model", "model.date"},
		{map[string]any{"exp": nil, "nbf": now.Unix() + 1}, nil, "validity", "validity.not_yet"},
		{map[string]any{"exp": now.Unix() - 1}, nil, "validity", "validity.expired"},
		{map[string]any{"exp": now.Unix() - 61}, nil, "model", "model.date"},
		{map[string]any{"cnf": "key"}, nil, "model", "model.type"},
		{map[string]any{"status": "good"}, nil, "model", "model.type"},
		{map[string]any{"vct#integrity": 1}, nil, "model", "model.type"},
		{nil, []string{"exp"}, "model", "model.value"},
		{nil, []string{"iss"}, "model", "model.value"},
		{nil, []string{"vct"}, "model", "model.value"},
		{map[string]any{"status": map[string]any{}}, []string{"status"}, "model", "model.value"},
		{map[string]any{"status": map[string]any{"_sd": []string{"x"}}}, nil, "model", "model.value"},
		{map[string]any{"cnf": map[string]any{"kid": "did:example:ada#1", "_sd": []string{"x"}}}, nil, "model", "model.value"},
		{map[string]any{"vc": map[string]any{"expirationDate": "2026-01-01T00:00:00Z"}}, nil, "model", "model.value"},
		{map[string]any{"vp": map[string]any{}}, nil, "model", "model.value"},
		{map[string]any{"validUntil": "2026-11-21T23:59:59Z"}, nil, "validity", "validity.expired"},
		{map[string]any{"expirationDate": "2026-11-21T23:59:59Z"}, nil, "validity", "validity.expired"},
		{map[string]any{"validFrom": "2026-11-22T00:00:01Z"}, nil, "validity", "validity.not_yet"},
		{map[string]any{"issuanceDate": "2026-11-22T00:00:01Z"}, []string{"issuanceDate"}, "validity", "validity.not_yet"},
	} {
		want(t, w.verify(t, sign(c.edits, c.disclosable...), anyone()), verify.Invalid, c.check, c.code)
	}
	for _, edits := range []map[string]any{
		{"validFrom": "2026-11-22T00:00:00Z", "validUntil": "2026-11-22T00:00:00Z"},
		{"expirationDate": "2026-01-01"}, {"validUntil": 7}, {"address": map[string]any{"_sd": []string{"x"}}},
	} {
		want(t, w.verify(t, sign(edits), anyone()), verify.Valid, "", "")
	}
	want(t, w.verify(t, sign(map[string]any{"vct": nil}), anyone()), verify.Invalid, "model", "model.missing")
	want(t, w.verify(t, sign(map[string]any{"iss": nil}), anyone()), verify.Invalid, "model", "model.missing")
	want(t, w.verify(t, sign(map[string]any{"status": map[string]any{"other": 1}}), anyone()), verify.Indeterminate, "status", "status.unknown")
	for _, status := range []any{map[string]any{"type": "BitstringStatusListEntry"}, []any{map[string]any{}}, "good"} {
		want(t, w.verify(t, sign(map[string]any{"credentialStatus": status}), anyone()), verify.Indeterminate, "status", "status.unknown")
	}
}

// TestSDJWTVCKeys: the keys of an https issuer are those of its metadata, and of no other document.
func TestSDJWTVCKeys(t *testing.T) {
	issuer, other := verifytest.NewIssuer(university, keys.P256), verifytest.NewIssuer(university, keys.P256)
	const place = "https://university.example/.well-known/jwt-vc-issuer/programmes/a"
	metadata := func(iss string, all ...*verifytest.Issuer) string {
		set := `{"keys":[`
		for n, i := range all {
			if n > 0 {
				set += ","
			}
			set += string(i.JWK())
		}
		return `{"issuer":"` + iss + `","jwks":` + set + `]}}`
	}
	issuer.Method, other.Method = "key-1", "key-2"
	nameless := map[string]any{"typ": "dc+sd-jwt", "kid": nil}
	for name, c := range map[string]struct {
		metadata string // "" publishes what the issuer would
		header   map[string]any
		verdict  verify.Verdict
		code     string
	}{
		"its key":               {"", dc, verify.Valid, ""},
		"older type":            {"", map[string]any{"typ": "vc+sd-jwt"}, verify.Valid, ""},
		"no type":               {"", map[string]any{"typ": nil}, verify.Invalid, "jwt.header"},
		"a JWT's type":          {"", map[string]any{"typ": "JWT"}, verify.Invalid, "jwt.header"},
		"key by its set":        {"", map[string]any{"typ": "dc+sd-jwt", "kid": nil, "jwk": json.RawMessage(issuer.JWK())}, verify.Valid, ""},
		"only key":              {"", nameless, verify.Valid, ""},
		"one of two keys":       {metadata(university, issuer, other), dc, verify.Valid, ""},
		"no name among two":     {metadata(university, issuer, other), nameless, verify.Indeterminate, "key.unresolved"},
		"another key":           {metadata(university, other), dc, verify.Indeterminate, "key.unresolved"},
		"another only key":      {metadata(university, other), nameless, verify.Invalid, "proof.signature"},
		"of another issuer":     {metadata("https://university.example/programmes/b", issuer), dc, verify.Invalid, "key.malformed"},
		"of another, nameless":  {metadata("https://university.example/programmes/b", issuer), nameless, verify.Invalid, "key.malformed"},
		"no metadata but a set": {`{"keys":[` + string(issuer.JWK()) + `]}`, nameless, verify.Invalid, "key.malformed"},
		"issuer in the header":  {"", map[string]any{"typ": "dc+sd-jwt", "iss": university}, verify.Valid, ""},
		"certificate":           {"", map[string]any{"typ": "dc+sd-jwt", "kid": nil, "x5c": []string{"AAAA"}}, verify.Indeterminate, "key.unresolved"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			issuer.Publish(w.host)
			if c.metadata != "" {
				w.host.Put(place, "application/json", []byte(c.metadata))
			}
			want(t, w.verify(t, issuer.SignSDJWT(membership(t, university, nil), "ES256", c.header, "given_name"), anyone()), c.verdict, "proof", c.code)
		})
	}
	w := newWorld(t)
	want(t, w.verify(t, issuer.SignSDJWT(membership(t, university, nil), "ES256", dc), anyone()), verify.Indeterminate, "proof", "key.unresolved")
	issuer.Publish(w.host)
	want(t, w.verify(t, issuer.SignSDJWT(membership(t, university, nil), "ES256", map[string]any{"typ": "dc+sd-jwt", "iss": "https://other.example"}), anyone()), verify.Invalid, "model", "jwt.header")
	did := verifytest.NewIssuer("did:key", keys.Ed25519)
	want(t, w.verify(t, did.SignSDJWT(membership(t, did.ID, nil), "EdDSA", dc, "given_name"), anyone()), verify.Valid, "", "")
	want(t, w.verify(t, did.SignSDJWT(membership(t, "did:example:other", nil), "EdDSA", dc), anyone()), verify.Invalid, "issuer", "proof.controller")
	want(t, w.verify(t, did.SignSDJWT(membership(t, did.ID, nil), "EdDSA", nameless), anyone()), verify.Indeterminate, "proof", "key.unresolved")
	want(t, w.verify(t, did.SignSDJWT(membership(t, "urn:uuid:1", nil), "EdDSA", nameless), anyone()), verify.Indeterminate, "proof", "key.unresolved")
}

// TestSDJWTVCStatus: the key of a status list is looked up as that of the credential is, in the metadata
// of the issuer, and of no other.
func TestSDJWTVCStatus(t *testing.T) {
	const (
		place   = "https://university.example/.well-known/jwt-vc-issuer/programmes/a"
		jwks    = "https://university.example/.well-known/jwks.json"
		another = "https://university.example/programmes/b"
	)
	issuer, forger := verifytest.NewIssuer(university, keys.P256), verifytest.NewIssuer(university, keys.P256)
	forger.Method = issuer.Method
	set := func(i *verifytest.Issuer) string { return `{"keys":[` + string(i.JWK()) + `]}` }
	metadata := func(iss string, i *verifytest.Issuer) string { return `{"issuer":"` + iss + `","jwks":` + set(i) + `}` }
	typ, nameless := map[string]any{"typ": "statuslist+jwt"}, map[string]any{"typ": "statuslist+jwt", "kid": nil}
	claims := tokenClaims(university, 1, zipped(t, []byte{0b10}))
	token := func(i *verifytest.Issuer, header map[string]any) []byte {
		return i.SignJWT(marshal(t, claims), "ES256", header)
	}
	status := func(idx int) map[string]any {
		return map[string]any{"status": map[string]any{"status_list": map[string]any{"idx": idx, "uri": tokenURL}}}
	}
	badge := func(idx int) []byte { return issuer.SignSDJWT(membership(t, university, status(idx)), "ES256", dc) }
	for name, c := range map[string]struct {
		list    []byte
		jwks    string
		idx     int
		verdict verify.Verdict
		code    string
	}{
		"by the metadata":         {token(issuer, typ), "", 0, verify.Valid, ""},
		"revoked":                 {token(issuer, typ), "", 1, verify.Invalid, "status.revoked"},
		"only key":                {token(issuer, nameless), "", 0, verify.Valid, ""},
		"forged":                  {token(forger, typ), "", 0, verify.Indeterminate, "status.list_proof"},
		"forged, nameless":        {token(forger, nameless), "", 0, verify.Indeterminate, "status.list_proof"},
		"by the authority's keys": {token(forger, typ), set(forger), 0, verify.Indeterminate, "status.list_proof"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.host.Put(place, "application/json", []byte(metadata(university, issuer)))
			w.host.Put(tokenURL, "", c.list)
			if c.jwks != "" {
				w.host.Put(jwks, "application/json", []byte(c.jwks))
			}
			want(t, w.verify(t, badge(c.idx), anyone()), c.verdict, "status", c.code)
			if c.verdict == verify.Valid && slices.Contains(w.host.Calls(), jwks) {
				t.Error("the keys of the authority were asked for")
			}
		})
	}
	// A credential that brings its key, which the policy lets pass, needs no metadata; its list does.
	brought := issuer.SignSDJWT(membership(t, university, status(0)), "ES256", map[string]any{"typ": "dc+sd-jwt", "kid": nil, "jwk": json.RawMessage(issuer.JWK())})
	p := anyone()
	p.Binding = verify.SelfAsserted
	for iss, verdict := range map[string]verify.Verdict{university: verify.Valid, another: verify.Indeterminate} {
		for _, header := range []map[string]any{typ, nameless} {
			w := newWorld(t)
			w.host.Put(place, "application/json", []byte(metadata(iss, issuer)))
			w.host.Put(tokenURL, "", token(issuer, header))
			code := ""
			if verdict != verify.Valid {
				code = "status.list_proof"
			}
			want(t, w.verify(t, brought, p), verdict, "status", code)
		}
	}
	// What the authority's keys signed counts for a badge of the W3C's model, and is not taken as read for
	// an SD-JWT VC of the same issuer.
	w := newWorld(t)
	w.host.Put(place, "application/json", []byte(metadata(university, issuer)))
	w.host.Put(jwks, "application/json", []byte(set(forger)))
	w.host.Put(tokenURL, "", token(forger, typ))
	members := changed(badgeMembers(t, forger), status(0))
	want(t, w.verify(t, forger.SignJWT(marshal(t, members), "ES256", nil), anyone()), verify.Valid, "", "")
	want(t, w.verify(t, badge(0), anyone()), verify.Indeterminate, "status", "status.list_proof")
}
