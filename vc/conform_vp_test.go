package vc_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/badgeproof/badgeproof/vc"
)

// wantBreaches compares what ConformPresentation finds with "code pointer" lines.
func wantBreaches(t *testing.T, text string, want ...string) {
	t.Helper()
	p := parseVP(t, text)
	var got []string
	for _, e := range vc.ConformPresentation(p) {
		got = append(got, e.Code+" "+e.Pointer)
		if at := p.Value().Root().Lookup(e.Pointer); e.Detail == "" || e.Code != "budget" && (!at.Exists() || at.Offset() != e.Offset) {
			t.Errorf("%v does not point at what it speaks of", e)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("breaches (-want +got):\n%s\nin %s", diff, text)
	}
}

func TestConformPresentation(t *testing.T) {
	wantBreaches(t, vp2())
	wantBreaches(t, vp1())
	wantBreaches(t, jwtVP(vp1()))
	wantBreaches(t, object(soundVP[:6]))                         // neither holder nor credentials are required
	wantBreaches(t, vp2("termsOfUse", `{"type":"TrustPolicy"}`)) // VC DM 2.0 section 5.5
	wantBreaches(t, vp1("verifiableCredential", `["`+jwt(`{}`, v1())+`"]`))
	wantBreaches(t, vp2("verifiableCredential", `[`+envelope("data:application/vc+jwt,"+jwt(`{}`, v2()))+`]`))
	for _, c := range []struct{ member, value, code, at string }{
		{"@context", `[]`, "model.context", ""},
		{"@context", `"https://www.w3.org/ns/credentials/v2"`, "model.type", ""},
		{"@context", `["https://www.w3.org/ns/credentials/v3"]`, "model.context", ""},
		{"id", `["urn:uuid:7"]`, "model.type", ""},
		{"id", `"7"`, "model.value", ""},
		{"id", `"_:b"`, "model.restructured", ""},
		{"type", `"VerifiableCredential"`, "model.value", ""},
		{"type", `["VerifiablePresentation","VerifiableCredential"]`, "model.value", ""},
		{"type", `["VerifiablePresentation","EnvelopedVerifiableCredential"]`, "model.value", ""},
		{"type", `[]`, "model.value", ""},
		{"type", `["Presentation"]`, "model.value", ""},
		{"type", `["verifiablePresentation"]`, "model.value", ""},
		{"type", `["VerifiablePresentation",7]`, "model.type", "/1"},
		{"holder", `7`, "model.type", ""},
		{"holder", `"ada"`, "model.value", ""},
		{"holder", `["did:example:h"]`, "model.type", ""},
		{"holder", `{"name":"Ada"}`, "model.missing", ""},
		{"holder", `{"id":"ada"}`, "model.value", "/id"},
		{"verifiableCredential", `[]`, "model.value", ""},
		{"verifiableCredential", `[7]`, "model.type", "/0"},
		{"verifiableCredential", `[null]`, "model.type", "/0"},
		{"verifiableCredential", `[[]]`, "model.type", "/0"},
		{"verifiableCredential", `["` + jwt(`{}`, v2()) + `"]`, "model.type", "/0"},
		{"verifiableCredential", `[` + v2("@graph", `[]`) + `]`, "model.restructured", "/0/@graph"},
		{"verifiableCredential", `[` + v2("cred:issuer", `"did:example:x"`) + `]`, "model.restructured", "/0/cred:issuer"},
		{"verifiableCredential", `[` + vp2() + `]`, "model.value", "/0"},
		{"verifiableCredential", envelopeVP("data:application/vp+jwt," + jwt(`{}`, vp2())), "model.value", ""},
		{"proof", `7`, "model.type", ""},
		{"proof", `[]`, "model.value", ""},
		{"proof", `{}`, "model.missing", ""},
		{"proof", `[{"type":"A","id":"urn:p"},{"type":"B","id":"urn:p"}]`, "model.value", "/1/id"},
		{"termsOfUse", `{}`, "model.missing", ""},
		{"@included", `[{"id":"urn:uuid:7","holder":"did:example:x"}]`, "model.restructured", ""},
		{"cred:holder", `"did:example:x"`, "model.restructured", ""},
	} {
		t.Run(c.member+" "+c.value[:min(len(c.value), 40)], func(t *testing.T) {
			at := "/" + strings.ReplaceAll(c.member, "/", "~1") + c.at
			p := parseVP(t, vp2(c.member, c.value))
			for _, e := range vc.ConformPresentation(p) {
				if e.Code == c.code && e.Pointer == at {
					return
				}
			}
			t.Errorf("found %v; want %s at %s", vc.ConformPresentation(p), c.code, at)
		})
	}
}

// TestConformPresentationSpread: nobody can hide a holder of the presentation in another object.
func TestConformPresentationSpread(t *testing.T) {
	wantBreaches(t, vp2("termsOfUse", `{"type":"T","about":{"id":"urn:uuid:7","holder":"did:example:x"}}`), "model.restructured /termsOfUse/about")
	wantBreaches(t, vp2("termsOfUse", `{"type":"T","about":{"id":"urn:uuid:7"}}`))
}

// TestConformPresentationToken: the shape of a token is that of the data model that it declares.
func TestConformPresentationToken(t *testing.T) {
	wantBreaches(t, jwt(`{}`, vp1()), "model.context ")
	wantBreaches(t, jwt(`{}`, vp2("@context", context1)), "model.context ")
	wantBreaches(t, jwtVP(vp2()), "model.context /vp")
	wantBreaches(t, jwtVP(vp1(), "vc", v1()), "model.value /vc")
	wantBreaches(t, jwtVP(vp1(), "verifiableCredential", `[]`), "model.value /vp")
	wantBreaches(t, jwtVP(vp1(), "holder", `"did:example:x"`), "model.value /vp")
	wantBreaches(t, jwtVP(vp1(), "iss", `7`), "model.type /iss")
	wantBreaches(t, jwtVP(vp1(), "jti", `"7"`), "model.value /jti")
	wantBreaches(t, jwtVP(vp1("type", `"x"`)), "model.value /vp/type")
	wantBreaches(t, jwt(`{}`, vp2("vp", `7`)), "model.type /vp")
	wantBreaches(t, jwt(`{}`, vp1())+"~", "model.context ")
	wantBreaches(t, jwt(`{}`, vp2("vp", vp1()))+"~", "model.value /vp")
	wantBreaches(t, jwt(`{}`, `{"vct":"x"}`)+"~", "model.missing ", "model.missing ")
}

// FuzzParsePresentation checks that whatever is read holds together, and that nothing conforms both as
// a credential and as a presentation.
func FuzzParsePresentation(f *testing.F) {
	all := append(seeds(), vp2(), vp1(), jwtVP(vp1()), jwt(`{}`, vp2()), jwt(`{}`, vp2())+"~",
		envelopeVP("data:application/vp+jwt,"+jwt(`{}`, vp2())), vp2("verifiableCredential", `["a.b.c",7,{}]`))
	for _, s := range all {
		f.Add([]byte(s))
	}
	if len(all) < 21 {
		f.Fatalf("found %d seeds", len(all))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := vc.ParsePresentation(data, vc.Limits{})
		if err != nil {
			return
		}
		for _, c := range p.Credentials() {
			if (c.Credential == nil) == (c.Err == nil) || !p.Value().Root().Lookup(c.Pointer).Exists() {
				t.Fatalf("%v is neither a credential nor an error, or nowhere", c)
			}
		}
		again, err := vc.ParsePresentation(p.Raw(), vc.Limits{})
		if err != nil || again.Value().Raw() != p.Value().Raw() || len(again.Credentials()) != len(p.Credentials()) {
			t.Fatalf("the bytes do not lead back to the presentation: %v", err)
		}
		found := vc.ConformPresentation(p)
		for _, e := range found {
			if at := p.Value().Root().Lookup(e.Pointer); e.Code == "" || e.Detail == "" || e.Code != "budget" && (!at.Exists() || at.Offset() != e.Offset) {
				t.Fatalf("%v does not point at its value", e)
			}
		}
		if c, err := vc.Parse(data, vc.Limits{}); len(found) == 0 && (err != nil || len(vc.Conform(c)) == 0) {
			t.Fatalf("it conforms as a presentation, and as a credential: %v", err)
		}
	})
}
