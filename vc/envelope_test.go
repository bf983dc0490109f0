package vc_test

import (
	"encoding/base64"
	"slices"
	"testing"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

func envelope(id string) string {
	return `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["EnvelopedVerifiableCredential"],"id":"` + id + `"}`
}

func TestEnvelope(t *testing.T) {
	token, sd := jwt(`{"alg":"EdDSA"}`, `{"id":"urn:uuid:1"}`), sdjwt(`{"id":"urn:uuid:1","_sd":["$0"]}`, `["s","a",1]`)
	message := tagged(sign1(t, labels{1: -7}, labels{}, []byte(`{"id":"urn:uuid:1"}`)))
	std, url := base64.StdEncoding.EncodeToString, base64.URLEncoding.EncodeToString
	for _, c := range []struct {
		text   string
		format vc.Format
		code   string
	}{
		{envelope("data:application/vc+jwt," + token), vc.JWT, ""},
		{envelope("data:Application/VC+JWT," + token), vc.JWT, ""},
		{envelope("data:application/vc+jwt;base64," + std([]byte(token))), vc.JWT, ""},
		{envelope("data:application/vc+jwt," + "%65" + token[1:]), vc.JWT, ""},
		{envelope("data:application/vc+sd-jwt," + sd), vc.SelectiveDisclosure, ""},
		{envelope("data:application/dc+sd-jwt," + sd), vc.SelectiveDisclosure, ""},
		{envelope("data:application/vc+cose;base64," + std(message)), vc.COSESign1, ""},
		{`{"@context":"https://www.w3.org/ns/credentials/v2","type":"EnvelopedVerifiableCredential","id":"data:application/vc+jwt,` + token + `","proof":{},"validUntil":"x"}`, vc.JWT, ""},

		{envelope(""), "", "model.value"},
		{envelope("urn:uuid:1"), "", "model.value"},
		{envelope("data:," + token), "", "model.value"},
		{envelope("data:application/vc+jwt"), "", "model.value"},
		{envelope("data:application/vc+jwt,"), "", "model.value"},
		{envelope("DATA:application/vc+jwt," + token), "", "model.value"},
		{envelope(" data:application/vc+jwt," + token), "", "model.value"},
		{envelope("data:application/vc+jwt;," + token), "", "model.value"},
		{envelope("data:application/vc+jwt;charset=utf-8," + token), "", "model.value"},
		{envelope("data:application/vc+jwt;base64;base64," + std([]byte(token))), "", "model.value"},
		{envelope("data:application/vc+jwt;BASE64," + std([]byte(token))), "", "model.value"},
		{envelope("data:application/vc+jwt, " + token), "", "model.value"},
		{envelope("data:application/vc+jwt," + token + "%"), "", "model.value"},
		{envelope("data:application/vc+jwt,%20" + token), vc.JWT, ""}, // white space around a JWT, as in a file
		{envelope("data:application/vc+jwt," + sd), "", "model.value"},
		{envelope("data:application/vc+jwt;base64," + std(message)), "", "model.value"},
		{envelope("data:application/vc+sd-jwt," + token), "", "model.value"},
		{envelope("data:application/vp+jwt," + token), "", "model.value"},
		{envelope("data:application/jwt," + token), "", "model.value"},
		{envelope("data:text/plain," + token), "", "model.value"},
		{envelope("data:application/vc,%7B%7D"), "", "model.value"},
		{envelope("data:application/vc+cose;base64," + std(message)[1:]), "", "model.value"},
		{envelope("data:application/vc+cose;base64," + url([]byte{0xd2, 0xfb, 0xff, 0xfe})), "", "model.value"},
		{envelope("data:application/vc+cose," + "%D2%84"), "", "model.value"},
		{envelope("data:application/vc+cose;base64," + std(message[:9])), "", "cose.syntax"},
		{envelope("data:application/vc+jwt,a.b"), "", "jwt.syntax"},

		{`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["EnvelopedVerifiableCredential"]}`, "", "model.type"},
		{`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["EnvelopedVerifiableCredential"],"id":["data:application/vc+jwt,` + token + `"]}`, "", "model.type"},
		{`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential","EnvelopedVerifiableCredential"],"id":"data:application/vc+jwt,` + token + `"}`, "", "model.value"},
		{`{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["EnvelopedVerifiableCredential"],"id":"data:application/vc+jwt,` + token + `"}`, "", "model.context"},
		{`{"type":["EnvelopedVerifiableCredential"],"id":"data:application/vc+jwt,` + token + `"}`, "", "model.context"},
	} {
		got := wantParse(t, c.text, c.code)
		if got == nil {
			continue
		}
		if got.Format() != c.format || got.ID() != "urn:uuid:1" || len(got.Proofs()) != 0 {
			t.Errorf("%s: format %q, id %q", c.text, got.Format(), got.ID())
		}
	}
	// What is in the envelope is not an envelope.
	inner := jwt(`{"alg":"EdDSA"}`, envelope("data:application/vc+jwt,"+token))
	breaches := vc.Conform(wantParse(t, envelope("data:application/vc+jwt,"+inner), ""))
	if !slices.ContainsFunc(breaches, func(e *strict.Error) bool { return e.Code == "model.value" && e.Pointer == "/type" }) {
		t.Errorf("an envelope in an envelope: %v", breaches)
	}
}
