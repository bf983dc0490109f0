package verify_test

import (
	"bytes"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// TestFormatConfusion presents what was signed for one format or use as another.
func TestFormatConfusion(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := verifytest.Badge(issuer.ID, nil)
	sd := issuer.SignSDJWT(bound(issuer, issuer, nil), "EdDSA", nil, "name")
	untyped := issuer.SignSDJWT(badge, "EdDSA", map[string]any{"typ": nil}, "name")
	listed := issuer.SignSDJWT(verifytest.Badge(issuer.ID, map[string]any{"evidence": []any{map[string]any{"id": "https://university.example/e", "type": "Evidence"}, map[string]any{"...": "x"}}}), "EdDSA", map[string]any{"typ": nil})
	binding := issuer.Bind(sd, "EdDSA", presented(nil))[len(sd):]
	vp := []byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":"VerifiablePresentation","issuer":"` + issuer.ID + `"}`)
	for name, c := range map[string]struct {
		data        []byte
		check, code string
	}{
		"issuer's part as a JWT":           {sd[:bytes.IndexByte(sd, '~')], "proof", "jwt.header"},
		"key binding as a credential":      {binding, "proof", "jwt.header"},
		"key binding as an SD-JWT":         {append(bytes.Clone(binding), '~'), "proof", "jwt.header"},
		"JWT as an SD-JWT":                 {append(issuer.SignJWT(badge, "EdDSA", map[string]any{"typ": "vc+jwt"}), '~'), "proof", "jwt.header"},
		"SD-JWT VC as a JWT":               {issuer.SignJWT(membership(t, issuer.ID, nil), "EdDSA", dc), "proof", "jwt.header"},
		"status list token":                {issuer.SignJWT(badge, "EdDSA", map[string]any{"typ": "statuslist+jwt"}), "proof", "jwt.header"},
		"presentation in a JWT":            {issuer.SignJWT(vp, "EdDSA", map[string]any{"typ": "vc+jwt"}), "model", "model.value"},
		"presentation in an SD-JWT":        {issuer.SignSDJWT(vp, "EdDSA", nil), "model", "model.value"},
		"presentation in a COSE message":   {issuer.SignCOSE(vp, "EdDSA", nil), "model", "model.value"},
		"SD-JWT VC in a COSE message":      {issuer.SignCOSE(membership(t, issuer.ID, nil), "EdDSA", nil), "model", "model.missing"},
		"VC 1.1 in a COSE message":         {issuer.SignCOSE(plainVC(t, issuer.ID, map[string]any{"@context": []string{"https://www.w3.org/2018/credentials/v1"}}), "EdDSA", nil), "model", "model.context"},
		"COSE message around a vc claim":   {issuer.SignCOSE(plainVC(t, issuer.ID, map[string]any{"vc": map[string]any{}}), "EdDSA", nil), "model", "model.value"},
		"SD-JWT without a type as a JWT":   {untyped[:bytes.IndexByte(untyped, '~')], "model", "model.value"},
		"SD-JWT with its parts in arrays":  {listed[:len(listed)-1], "model", "model.value"},
		"JWT with the digests of an other": {issuer.SignJWT(badge, "EdDSA", map[string]any{"typ": "vc+sd-jwt"}), "proof", "jwt.header"},
	} {
		t.Run(name, func(t *testing.T) { want(t, w.verify(t, c.data, anyone()), verify.Invalid, c.check, c.code) })
	}
	for _, genuine := range [][]byte{sd, untyped, listed} {
		want(t, w.verify(t, genuine, anyone()), verify.Valid, "", "")
	}
	want(t, w.verify(t, issuer.SignCOSE(badge, "EdDSA", nil), anyone()), verify.Valid, "", "")
}
