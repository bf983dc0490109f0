package badge_test

import (
	"encoding/base64"
	"errors"
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/badge/bake"
	"github.com/badgeproof/badgeproof/vc/strict"
)

const presentation = `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"holder":"did:example:ada","verifiableCredential":[` + minimal + `]}`

// compact is an unsigned compact JWS.
func compact(payload string) string {
	return "eyJhbGciOiJFZERTQSJ9." + base64.RawURLEncoding.EncodeToString([]byte(payload)) + ".c2ln"
}

// TestPresentation: a presentation is told from a credential by its type, in whatever it comes.
func TestPresentation(t *testing.T) {
	baked, err := bake.Insert(picture(t), []byte(presentation))
	if err != nil {
		t.Fatal(err)
	}
	envelope := `{"@context":"https://www.w3.org/ns/credentials/v2","type":"EnvelopedVerifiablePresentation","id":"data:application/vp+jwt,` + compact(presentation) + `"}`
	for container, texts := range map[string][]string{
		"json": {presentation, " \n" + presentation, envelope}, "jwt": {compact(presentation) + "\n", compact(`{"vp":` + presentation + `}`)},
		"sd-jwt": {compact(presentation) + "~"}, "png": {string(baked)},
	} {
		for _, text := range texts {
			b := open(t, text)
			p := b.Presentation()
			if p == nil || p.Holder() != "did:example:ada" || len(p.Credentials()) != 1 || b.Container() != container {
				t.Errorf("%s: presentation %v in %s", container, p, b.Container())
			}
		}
	}
	for _, text := range []string{minimal, jws, compact(minimal), compact(`{"vc":` + minimal + `,"vp":` + presentation + `}`)} {
		if open(t, text).Presentation() != nil {
			t.Errorf("taken for a presentation: %s", text)
		}
	}
	_, err = badge.Open([]byte(change(t, envelope, "vp+jwt", "vc+jwt")))
	if e, _ := errors.AsType[*strict.Error](err); e == nil || e.Code != "model.value" {
		t.Errorf("a presentation in an envelope for something else: %v", err)
	}
}
