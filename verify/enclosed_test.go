package verify_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

func problemOf(code string) *strict.Error {
	return &strict.Error{Code: code, Offset: -1, Detail: "found"}
}

func enclose(n *verify.NestedCredential) { n.Enclosed = true }

// own is an unsigned credential by the issuer of the badge that it stands in.
func (c *cast) own(edits map[string]any) []byte {
	all := map[string]any{"issuer": map[string]any{"id": c.issuer.ID, "type": []string{"Profile"}, "name": "Example University"}}
	for name, v := range edits {
		all[name] = v
	}
	return c.unsigned(all)
}

// about is a subject of its own, which nothing else in the badge is about.
func about(id string) map[string]any {
	return map[string]any{"id": id, "type": []string{"EndorsementSubject"}, "endorsementComment": "Good."}
}

// TestEnclosed: a credential without a proof is what the issuer around it says, where its proof is over all of
// it and it is in the same name.
func TestEnclosed(t *testing.T) {
	c := newCast(t, verify.Limits{})
	own := c.own(nil)
	apart := c.own(map[string]any{"credentialSubject": about("urn:x:thing")})
	token := func(inside []byte) []byte {
		return c.issuer.SignJWT(verifytest.Claims(c.around(nil, inside)), "EdDSA", nil)
	}
	sdjwt := c.issuer.SignSDJWT(c.around(nil, own), "EdDSA", nil, "name")
	withheld := sdjwt[:strings.IndexByte(string(sdjwt), '~')+1]
	for _, tc := range []struct {
		name    string
		data    []byte
		policy  func(*verify.NestedCredential)
		verdict verify.Verdict
		code    string // of the credential inside
	}{
		{"a JWT", token(own), enclose, verify.Valid, ""},
		{"not allowed", token(own), nil, verify.Invalid, "proof.missing"},
		{"an SD-JWT with everything disclosed", sdjwt, enclose, verify.Valid, ""},
		{"an SD-JWT with something withheld", withheld, enclose, verify.Invalid, "proof.missing"},
		{"a COSE message", c.issuer.SignCOSE(c.around(nil, own), "EdDSA", nil), enclose, verify.Valid, ""},
		{"JCS", c.issuer.Sign(c.around(nil, own), "eddsa-jcs-2022"), enclose, verify.Valid, ""},
		{"RDFC, the recipient described twice", c.issuer.Sign(c.around(nil, own), suite), enclose, verify.Invalid, "proof.missing"},
		{"RDFC, nothing described twice", c.issuer.Sign(c.around(nil, apart), suite), enclose, verify.Valid, ""},
		{"RDFC, its id on something else", c.issuer.Sign(c.around(map[string]any{"evidence": []any{map[string]any{"id": innerID, "type": []string{"Evidence"}}}}, apart), suite), enclose, verify.Invalid, "proof.missing"},
		{"by somebody else", token(c.unsigned(nil)), enclose, verify.Invalid, "proof.missing"},
		{"by nobody", token(c.own(map[string]any{"issuer": nil})), enclose, verify.Invalid, "proof.missing"},
		{"an empty proof", token(c.own(map[string]any{"proof": []any{}})), enclose, verify.Invalid, "proof.missing"},
		{"a proof of its own that fails", token(replace(t, c.issuer.Sign(own, suite), "Good.", "Best.")), enclose, verify.Invalid, "proof.signature"},
		{"a proof of its own that holds", token(c.issuer.Sign(own, suite)), enclose, verify.Valid, ""},
		{"expired", token(c.own(map[string]any{"validUntil": "2026-06-01T00:00:00Z"})), enclose, verify.Invalid, "validity.expired"},
		{"malformed", token(c.own(map[string]any{"type": "EndorsementCredential"})), enclose, verify.Invalid, "model.value"},
		{"a place where another stands", token(own), func(n *verify.NestedCredential) { n.Enclosed, n.Pointer = true, "/issuer" }, verify.Invalid, "proof.missing"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := c.verify(t, tc.data, looking(verify.IfPresent, tc.policy))
			want(t, r, tc.verdict, inner, "")
			want(t, r.Credentials[0], tc.verdict, strings.SplitN(tc.code, ".", 2)[0], tc.code)
			if n := r.Credentials[0]; tc.verdict == verify.Valid && n.Binding != verify.IssuerController {
				t.Errorf("binding %v", n.Binding)
			}
		})
	}
}

// TestEnclosedExchange: the statements about one recipient can be exchanged between two credentials without
// harm to a signature over statements, and so neither of them counts as said there.
func TestEnclosedExchange(t *testing.T) {
	c := newCast(t, verify.Limits{})
	said := func(id, comment, until string) []byte {
		return c.own(map[string]any{"id": id, "validUntil": until, "credentialSubject": map[string]any{
			"id": "urn:x:thing", "type": []string{"EndorsementSubject"}, "endorsementComment": comment}})
	}
	before := c.badge(said("urn:uuid:1", "Mastered.", "2026-06-01T00:00:00Z"), said("urn:uuid:2", "Took part.", "2099-01-01T00:00:00Z"))
	after := []byte(strings.NewReplacer("Mastered.", "Took part.", "Took part.", "Mastered.").Replace(string(before)))
	r := c.verify(t, after, looking(verify.IfPresent, enclose))
	if check(t, r, "proof").Outcome != verify.Passed {
		t.Fatal("the exchange was found: this test is about one that is not")
	}
	want(t, r.Credentials[1], verify.Invalid, "proof", "proof.missing")
	text := c.issuer.Sign(c.around(nil, said("urn:uuid:2", "Took part.", "2099-01-01T00:00:00Z")), "eddsa-jcs-2022")
	want(t, c.verify(t, text, looking(verify.IfPresent, enclose)), verify.Valid, "", "")
}

// TestEnclosedUnbound: a key that is not bound to the issuer around says nothing in its name inside either.
func TestEnclosedUnbound(t *testing.T) {
	c := newCast(t, verify.Limits{})
	c.issuer = verifytest.NewIssuer("https://issuer.example/1", keys.Ed25519)
	data := c.issuer.SignJWT(verifytest.Claims(c.around(nil, c.own(nil))), "EdDSA", map[string]any{"kid": nil, "jwk": json.RawMessage(c.issuer.JWK())})
	r := c.verify(t, data, looking(verify.IfPresent, enclose))
	want(t, r, verify.Indeterminate, "issuer", "issuer.unbound")
	want(t, r.Credentials[0], verify.Indeterminate, "issuer", "issuer.unbound")
	if p := check(t, r.Credentials[0], "issuer").Problems[0]; p.Pointer != "/issuer" {
		t.Errorf("pointer %q", p.Pointer)
	}
	weak := looking(verify.IfPresent, enclose)
	weak.Binding = verify.SelfAsserted
	want(t, c.verify(t, data, weak), verify.Valid, "", "")
}
