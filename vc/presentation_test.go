package vc_test

import (
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

const (
	context1 = `["https://www.w3.org/2018/credentials/v1"]`
	context2 = `["https://www.w3.org/ns/credentials/v2"]`
)

// Members of a sound presentation of VC 2.0, of VC 1.1 without what a JWT states in claims, and of the
// payload around the latter.
var soundVP = []string{
	"@context", context2, "id", `"urn:uuid:7"`, "type", `["VerifiablePresentation"]`,
	"holder", `"did:example:h"`, "verifiableCredential", `[` + v2() + `]`,
}
var soundVP1 = []string{"@context", context1, "type", `["VerifiablePresentation"]`, "verifiableCredential", `[` + v1() + `]`}

func vp2(pairs ...string) string { return object(soundVP, pairs...) }
func vp1(pairs ...string) string { return object(soundVP1, pairs...) }

// jwtVP is a JWT with a vp claim.
func jwtVP(vp string, claims ...string) string {
	return jwt(`{"alg":"EdDSA"}`, object([]string{"iss", `"did:example:h"`, "jti", `"urn:uuid:7"`, "vp", vp}, claims...))
}

func parseVP(t testing.TB, text string) *vc.Presentation {
	t.Helper()
	p, err := vc.ParsePresentation([]byte(text), vc.Limits{})
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return p
}

// TestPresentationIsRead: holder, id and credentials come out of every form that a presentation has.
func TestPresentationIsRead(t *testing.T) {
	message := tagged(sign1(t, labels{1: -7}, labels{}, []byte(vp2())))
	for name, c := range map[string]struct {
		text    string
		format  vc.Format
		version vc.Version
	}{
		"unsigned":     {vp2(), vc.Unsecured, vc.V2},
		"proof":        {vp2("proof", `{"type":"DataIntegrityProof"}`), vc.DataIntegrity, vc.V2},
		"whole":        {jwt(`{"alg":"EdDSA"}`, vp2()) + "\n", vc.JWT, vc.V2},
		"whole, iss":   {jwt(`{"alg":"EdDSA"}`, object(soundVP[:6], "verifiableCredential", `[`+v2()+`]`, "iss", `"did:example:h"`)), vc.JWT, vc.V2},
		"vp claim":     {jwtVP(vp1()), vc.JWT, vc.V1},
		"vp, holder":   {jwtVP(vp1("holder", `"did:example:h"`, "id", `"urn:uuid:7"`)), vc.JWT, vc.V1},
		"sd-jwt":       {jwt(`{"alg":"EdDSA"}`, vp2()) + "~", vc.SelectiveDisclosure, vc.V2},
		"cose":         {string(message), vc.COSESign1, vc.V2},
		"jwt envelope": {envelopeVP("data:application/vp+jwt," + jwt(`{"alg":"EdDSA"}`, vp2())), vc.JWT, vc.V2},
		"sd envelope":  {envelopeVP("data:application/vp+sd-jwt," + jwt(`{"alg":"EdDSA"}`, vp2()) + "~"), vc.SelectiveDisclosure, vc.V2},
		"cose envelope": {envelopeVP("data:application/vp+cose;base64," + base64.StdEncoding.EncodeToString(message)),
			vc.COSESign1, vc.V2},
		"object holder": {vp2("holder", `{"id":"did:example:h","name":"Ada"}`), vc.Unsecured, vc.V2},
	} {
		t.Run(name, func(t *testing.T) {
			p := parseVP(t, c.text)
			if p.Format() != c.format || p.Version() != c.version {
				t.Errorf("format %s, version %d", p.Format(), p.Version())
			}
			if p.Holder() != "did:example:h" || p.ID() != "urn:uuid:7" || !slices.Equal(p.Types(), []string{"VerifiablePresentation"}) {
				t.Errorf("holder %q, id %q, types %q", p.Holder(), p.ID(), p.Types())
			}
			if (p.JWS() != nil) != (c.format == vc.JWT) || (p.SDJWT() != nil) != (c.format == vc.SelectiveDisclosure) || (p.COSE() != nil) != (c.format == vc.COSESign1) {
				t.Error("the wrapping is not that of the format")
			}
			all := p.Credentials()
			if len(all) != 1 || all[0].Err != nil || all[0].Credential.Issuer() != "did:example:issuer" {
				t.Fatalf("credentials %v", all)
			}
			if found := vc.ConformPresentation(p); found != nil {
				t.Errorf("found %v", found)
			}
			again := parseVP(t, string(p.Raw()))
			if again.Value().Raw() != p.Value().Raw() || again.Format() != p.Format() {
				t.Error("the bytes do not lead back to the presentation")
			}
		})
	}
}

func envelopeVP(id string) string {
	return `{"@context":` + context2 + `,"type":"EnvelopedVerifiablePresentation","id":"` + id + `"}`
}

// TestPresentationIsRefused: what cannot be read at all.
func TestPresentationIsRefused(t *testing.T) {
	token := jwt(`{"alg":"EdDSA"}`, vp2())
	for _, c := range []struct{ text, code string }{
		{``, "json.syntax"},
		{`[` + vp2() + `]`, "model.type"},
		{`"` + token + `"`, "model.type"},
		{vp2() + vp2(), "json.syntax"},
		{strings.Replace(vp2(), `"holder"`, `"holder":"did:example:x","holder"`, 1), "json.duplicate"},
		{"a.b.c", "jwt.syntax"},
		{jwt(`[]`, vp2()), "jwt.header"},
		{jwt(`{}`, `[]`), "jwt.claims"},
		{envelopeVP(""), "model.value"},
		{envelopeVP("data:application/vc+jwt," + token), "model.value"},
		{envelopeVP("data:application/dp+jwt," + token), "model.value"},
		{envelopeVP("data:+jwt," + token), "model.value"},
		{envelopeVP("data:application/vp+jwt," + token + "~"), "model.value"},
		{strings.Replace(envelopeVP("data:application/vp+jwt,"+token), "v2", "v3", 1), "model.context"},
		{strings.Replace(envelopeVP("data:application/vp+jwt,"+token), `"EnvelopedVerifiablePresentation"`, `["EnvelopedVerifiablePresentation","VerifiablePresentation"]`, 1), "model.value"},
		{strings.Replace(envelopeVP("data:application/vp+jwt,"+token), `"EnvelopedVerifiablePresentation"`, `["EnvelopedVerifiablePresentation","EnvelopedVerifiableCredential"]`, 1), "model.value"},
	} {
		_, err := vc.ParsePresentation([]byte(c.text), vc.Limits{})
		if e, _ := errors.AsType[*strict.Error](err); e == nil || e.Code != c.code || e.Detail == "" {
			t.Errorf("%v, want %s: %s", err, c.code, c.text)
		}
	}
}

// TestPresented: each credential is read from exactly its own text, whatever stands beside it.
func TestPresented(t *testing.T) {
	spaced := strings.Replace(v2(), `{`, "{\n ", 1)
	token := jwt(`{"alg":"EdDSA"}`, v2())
	p := parseVP(t, vp1("verifiableCredential", `[`+strings.Join([]string{
		spaced, `"` + token + `"`, `"` + token + `~"`, envelope("data:application/vc+jwt," + token),
		`"{}"`, `""`, `7`, `null`, `"a.b.c"`, envelope("urn:x"), `"did:example:x"`, `[]`,
	}, ",")+`]`))
	type row struct {
		pointer string
		format  vc.Format
		code    string
	}
	var got []row
	for _, c := range p.Credentials() {
		r := row{pointer: c.Pointer}
		if c.Credential != nil {
			r.format = c.Credential.Format()
		}
		if e, _ := errors.AsType[*strict.Error](c.Err); e != nil {
			r.code = e.Code
		}
		got = append(got, r)
	}
	want := []row{
		{"/verifiableCredential/0", vc.Unsecured, ""}, {"/verifiableCredential/1", vc.JWT, ""},
		{"/verifiableCredential/2", vc.SelectiveDisclosure, ""}, {"/verifiableCredential/3", vc.JWT, ""},
		{"/verifiableCredential/4", "", "model.value"}, {"/verifiableCredential/5", "", "model.value"},
		{"/verifiableCredential/6", "", "model.type"}, {"/verifiableCredential/7", "", "model.type"},
		{"/verifiableCredential/8", "", "jwt.syntax"}, {"/verifiableCredential/9", "", "model.value"},
		{"/verifiableCredential/10", "", "model.value"}, {"/verifiableCredential/11", "", "model.type"},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(row{})); diff != "" {
		t.Error(diff)
	}
	if raw := string(p.Credentials()[0].Credential.Raw()); raw != spaced {
		t.Errorf("the text of the first is %s", raw)
	}
	if one := parseVP(t, vp2("verifiableCredential", v2())).Credentials(); len(one) != 1 || one[0].Pointer != "/verifiableCredential" || one[0].Err != nil {
		t.Errorf("one credential without an array: %v", one)
	}
	for _, none := range []string{vp2("verifiableCredential", `[]`), object(soundVP[:8]), `{}`} {
		if got := parseVP(t, none).Credentials(); len(got) != 0 {
			t.Errorf("%d credentials in %s", len(got), none)
		}
	}
}

// TestPresentedLimit: no more credentials are read than the limit, and the rest is not passed over silently.
func TestPresentedLimit(t *testing.T) {
	three := vp2("verifiableCredential", `[`+v2()+`,`+v2()+`,`+v2()+`]`)
	for limit, want := range map[int]int{2: 2, 3: 3, 0: 3} {
		p, err := vc.ParsePresentation([]byte(three), vc.Limits{Nested: limit})
		if err != nil || len(p.Credentials()) != want {
			t.Fatalf("limit %d: %d credentials, %v", limit, len(p.Credentials()), err)
		}
		over := slices.ContainsFunc(vc.ConformPresentation(p), func(e *strict.Error) bool { return e.Code == "budget" })
		if over != (limit == 2) {
			t.Errorf("limit %d: budget reported is %v", limit, over)
		}
	}
}

// TestHolder: who is said to present it, where that is said in another way or not at all.
func TestHolder(t *testing.T) {
	unnamed := object(soundVP[:6])
	for _, c := range []struct{ text, holder string }{
		{unnamed, ""},
		{vp2("holder", `["did:example:h"]`), ""},
		{vp2("holder", `7`), ""},
		{vp2("holder", `{"name":"x"}`), ""},
		{object(soundVP[:6], "iss", `"did:example:x"`), ""}, // no token: iss is an undefined term
		{jwt(`{"alg":"EdDSA"}`, vp2("iss", `"did:example:x"`)), "did:example:h"},
		{jwt(`{"alg":"EdDSA"}`, object(soundVP[:6], "iss", `["did:example:x"]`)), ""},
		{jwt(`{"alg":"EdDSA"}`, object(soundVP[:6], "iss", `"did:example:x"`)) + "~", "did:example:x"},
		{jwtVP(vp1(), "iss", `"did:example:x"`), "did:example:x"},
		{jwtVP(vp1("holder", `{}`), "iss", `"did:example:x"`), "did:example:x"},
		{jwtVP(vp1("holder", `7`), "iss", `"did:example:x"`), ""},
	} {
		if got := parseVP(t, c.text).Holder(); got != c.holder {
			t.Errorf("holder %q, want %q: %s", got, c.holder, c.text)
		}
	}
}

// TestIsPresentation: the two are told apart by what they say, and neither passes for the other.
func TestIsPresentation(t *testing.T) {
	both := `["VerifiableCredential","VerifiablePresentation"]`
	for _, c := range []struct {
		text string
		is   bool
	}{
		{vp2(), true}, {vp1(), true}, {vp2("type", `"VerifiablePresentation"`), true},
		{jwt(`{}`, vp2()), true}, {jwtVP(vp1()), true}, {jwt(`{}`, vp2()) + "~", true},
		{envelopeVP("data:application/vp+jwt," + jwt(`{}`, vp2())), true},
		{v2(), false}, {v1(), false}, {jwt(`{}`, v2()), false}, {`{}`, false}, {vp2("type", both), false},
		{jwt(`{}`, object(nil, "vc", v1())), false}, {jwt(`{}`, object(nil, "vc", v1(), "vp", vp1())), false},
		{jwt(`{}`, v2("vp", vp1())), false}, {jwt(`{}`, object(nil, "vp", `"x"`)), false},
		{envelope("data:application/vc+jwt," + jwt(`{}`, v2())), false},
	} {
		if got := parse(t, c.text).IsPresentation(); got != c.is {
			t.Errorf("%v, want %v: %s", got, c.is, c.text)
		}
		p, err := vc.ParsePresentation([]byte(c.text), vc.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		conforms := len(vc.ConformPresentation(p)) == 0
		if conforms != c.is {
			t.Errorf("as a presentation it conforms: %v; want %v: %s", conforms, c.is, c.text)
		}
		if c.is && len(vc.Conform(parse(t, c.text))) == 0 {
			t.Errorf("it conforms as a credential: %s", c.text)
		}
	}
}
