package verify_test

import (
	"bytes"
	"encoding/base64"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

func TestCOSE(t *testing.T) {
	for alg, kind := range map[string]keys.Kind{"EdDSA": keys.Ed25519, "ES256": keys.P256, "ES384": keys.P384, "ES512": keys.P521} {
		t.Run(alg, func(t *testing.T) {
			w, issuer := newWorld(t), verifytest.NewIssuer("did:web:university.example", kind)
			issuer.Publish(w.host)
			badge := verifytest.Badge(issuer.ID, nil)
			data := issuer.SignCOSE(badge, alg, nil)
			r := w.verify(t, data, strictly())
			want(t, r, verify.Valid, "", "")
			part := check(t, r, "proof").Parts[0]
			if r.Format != "cose" || r.Binding != verify.IssuerController || part.Suite != alg || part.Profile != "vc-jose-cose-cose" {
				t.Errorf("format %q, binding %v, %+v", r.Format, r.Binding, part)
			}
			want(t, w.verify(t, data[1:], strictly()), verify.Valid, "", "")
			want(t, w.verify(t, bytes.Replace(data, []byte("Cryptography"), []byte("cryptography"), 1), anyone()), verify.Invalid, "proof", "proof.signature")
			want(t, w.verify(t, append(data[:len(data)-1:len(data)-1], data[len(data)-1]^1), anyone()), verify.Invalid, "proof", "proof.signature")
			want(t, w.verify(t, bytes.Replace(data, []byte("application/vc\x04"), []byte("application/vd\x04"), 1), anyone()), verify.Invalid, "proof", "proof.signature")
			want(t, w.verify(t, verifytest.NewIssuer(issuer.ID, kind).SignCOSE(badge, alg, nil), anyone()), verify.Invalid, "proof", "proof.signature")
			other := verifytest.NewIssuer("did:web:other.example", kind)
			other.Publish(w.host)
			want(t, w.verify(t, other.SignCOSE(badge, alg, nil), anyone()), verify.Invalid, "issuer", "proof.controller")
		})
	}
}

func TestCOSEHeader(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	claims := func(label int64, v any) map[int64]any { return map[int64]any{15: map[int64]any{label: v}} }
	for _, c := range []struct {
		header      map[int64]any
		verdict     verify.Verdict
		check, code string
		deviates    bool
	}{
		{nil, verify.Valid, "", "", false},
		{map[int64]any{3: nil}, verify.Valid, "", "", false},
		{map[int64]any{3: "application/json"}, verify.Valid, "", "", true},
		{map[int64]any{16: nil}, verify.Valid, "", "", true},
		{map[int64]any{16: "application/vc+ld+json+cose"}, verify.Valid, "", "", true},
		{map[int64]any{16: "application/vp+cose"}, verify.Invalid, "proof", "cose.header", false},
		{map[int64]any{16: 60}, verify.Invalid, "proof", "cose.header", false},
		{map[int64]any{1: nil}, verify.Invalid, "proof", "cose.header", false},
		{map[int64]any{1: 5}, verify.Invalid, "proof", "cose.header", false},
		{map[int64]any{1: -7}, verify.Invalid, "proof", "proof.method", false},
		{map[int64]any{1: -48}, verify.Indeterminate, "proof", "proof.suite_unknown", false},
		{map[int64]any{1: "EdDSA"}, verify.Indeterminate, "proof", "proof.suite_unknown", false},
		{map[int64]any{4: nil}, verify.Invalid, "proof", "cose.header", false},
		{map[int64]any{4: nil, 33: []byte{1}}, verify.Indeterminate, "proof", "key.unresolved", false},
		{map[int64]any{4: []byte{0xff}}, verify.Invalid, "proof", "proof.method", false},
		{claims(1, issuer.ID), verify.Valid, "", "", false},
		{claims(1, "did:example:other"), verify.Invalid, "model", "cose.header", false},
		{claims(2, "did:example:eve"), verify.Invalid, "model", "cose.header", false},
		{claims(4, now.Unix()), verify.Valid, "", "", false},
		{claims(4, now.Unix()-1), verify.Invalid, "validity", "validity.expired", false},
		{claims(5, now.Unix()+1), verify.Invalid, "validity", "validity.not_yet", false},
		{claims(4, "soon"), verify.Invalid, "model", "cose.header", false},
	} {
		data := issuer.SignCOSE(verifytest.Badge(issuer.ID, nil), "EdDSA", c.header)
		r := w.verify(t, data, anyone())
		want(t, r, c.verdict, c.check, c.code)
		if got := warns(check(t, r, "proof"), "cose.header"); got != c.deviates {
			t.Errorf("%v: a deviation is told: %t", c.header, got)
		}
		if c.deviates {
			want(t, w.verify(t, data, strictly()), verify.Invalid, "proof", "cose.header")
		}
	}
	for claim, at := range map[string][2]int64{"exp": {now.Unix(), now.Unix() - 1}, "nbf": {now.Unix(), now.Unix() + 1}} {
		for i, verdict := range []verify.Verdict{verify.Valid, verify.Invalid} {
			payload := verifytest.Badge(issuer.ID, map[string]any{claim: at[i]})
			want(t, w.verify(t, issuer.SignCOSE(payload, "EdDSA", nil), anyone()), verdict, "validity", map[verify.Verdict]string{verify.Invalid: map[string]string{"exp": "validity.expired", "nbf": "validity.not_yet"}[claim]}[verdict])
		}
	}
	data := issuer.SignCOSE(verifytest.Badge(issuer.ID, nil), "EdDSA", nil)
	want(t, w.verify(t, data, asked("n1", "")), verify.Invalid, "proof", "proof.challenge")
	want(t, w.verify(t, data, asked("", "https://verifier.example")), verify.Invalid, "proof", "proof.domain")
	for what, bad := range map[string][]byte{"cose.syntax": data[:len(data)-1], "cose.header": issuer.SignCOSE(verifytest.Badge(issuer.ID, nil), "EdDSA", map[int64]any{2: []int64{15}})} {
		if code := parseCode(bad); code != what {
			t.Errorf("code %q, want %q", code, what)
		}
	}
}

// TestEnvelope: what is in an envelope is judged as it would be without.
func TestEnvelope(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := verifytest.Badge(issuer.ID, nil)
	wrap := func(mediaType string, inner []byte) []byte {
		return []byte(`{"@context":"https://www.w3.org/ns/credentials/v2","type":"EnvelopedVerifiableCredential","id":"data:` + mediaType + "," + string(inner) + `"}`)
	}
	b64 := func(b []byte) []byte { return []byte(base64.StdEncoding.EncodeToString(b)) }
	token := issuer.SignJWT(badge, "EdDSA", map[string]any{"typ": "vc+jwt"})
	for mediaType, inner := range map[string][]byte{
		"application/vc+jwt": token, "application/vc+jwt;base64": b64(token),
		"application/vc+sd-jwt":      issuer.SignSDJWT(badge, "EdDSA", nil, "name"),
		"application/dc+sd-jwt":      issuer.SignSDJWT(membership(t, issuer.ID, nil), "EdDSA", dc),
		"application/vc+cose;base64": b64(issuer.SignCOSE(badge, "EdDSA", nil)),
	} {
		t.Run(mediaType, func(t *testing.T) {
			want(t, w.verify(t, wrap(mediaType, inner), anyone()), verify.Valid, "", "")
			spoiled := bytes.Clone(inner)
			for i := len(spoiled) / 2; ; i++ { // somewhere in the payload
				if spoiled[i] == 'J' {
					spoiled[i] = 'K'
					break
				}
			}
			data := wrap(mediaType, spoiled)
			if parseCode(data) != "" {
				return
			}
			want(t, w.verify(t, data, anyone()), verify.Invalid, "proof", "proof.signature")
		})
	}
	nested := issuer.SignJWT(wrap("application/vc+jwt", token), "EdDSA", nil)
	want(t, w.verify(t, nested, anyone()), verify.Invalid, "model", "model.value")
	want(t, w.verify(t, wrap("application/vc+jwt", nested), anyone()), verify.Invalid, "model", "model.value")
}
