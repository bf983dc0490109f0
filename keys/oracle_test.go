package keys_test

import (
	"crypto"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/go-jose/go-jose/v4"
)

// TestJoseAgrees reads genuine keys with go-jose too, which must find the same key, algorithm and
// kid.
func TestJoseAgrees(t *testing.T) {
	for _, text := range []string{
		`{` + okp + `,"kid":"1","alg":"EdDSA"}`,
		`{` + ecJWK + `,"kid":"2","alg":"ES256"}`,
		jwkText(t, key(t, p384Key), `"kid":"3","alg":"ES384",`),
		jwkText(t, key(t, ed25519Key), ""),
		rsaJWK(modulus(2048), 65537, `"alg":"PS256",`),
		rsaJWK(modulus(4096), 3, ""),
	} {
		j, err := keys.ParseJWK(parse(t, text))
		wantCode(t, err, "")
		var other jose.JSONWebKey
		if err := other.UnmarshalJSON([]byte(text)); err != nil {
			t.Fatal(err)
		}
		public, ok := j.Key.Public().(interface{ Equal(crypto.PublicKey) bool })
		if !ok || !public.Equal(other.Key) || other.Algorithm != j.Algorithm || other.KeyID != j.ID {
			t.Errorf("go-jose reads %s as another key", text)
		}
	}
}

// TestJoseLess shows what the checks add to go-jose: it takes these keys, or keys like them.
func TestJoseLess(t *testing.T) {
	for name, text := range map[string]string{
		"private":    `{` + okp + `,"d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}`,
		"symmetric":  `{"kty":"oct","k":"AAAA"}`,
		"encryption": `{` + okp + `,"use":"enc"}`,
		"small RSA":  rsaJWK(modulus(512), 65537, ""),
		"wrong alg":  `{` + okp + `,"alg":"ES256"}`,
	} {
		var other jose.JSONWebKey
		if err := other.UnmarshalJSON([]byte(text)); err != nil {
			t.Errorf("%s: go-jose refuses it too: %v", name, err)
		}
		_, err := keys.ParseJWK(parse(t, text))
		wantCode(t, err, "key.malformed")
	}
}

// TestChangedLetters changes every letter of a did:key and of a did:jwk in turn: what comes out is
// refused or is another key, never the same one.
func TestChangedLetters(t *testing.T) {
	for _, text := range []string{ed25519Key, p256Key, p384Key} {
		genuine := key(t, text)
		for i := range text {
			for _, c := range []byte("12zZAau-_0 \x00\xff") {
				if text[i] == c {
					continue
				}
				k, err := keys.ParseMultikey(text[:i] + string(rune(c)) + text[i+1:])
				if err == nil && k.Equal(genuine) {
					t.Fatalf("letter %d may be %q", i, c)
				}
			}
		}
	}
	encoded := base64.RawURLEncoding.EncodeToString(decode(t, ed25519Key))
	for i := range encoded {
		for _, c := range []byte("AZaz09-_+/= \n") {
			if encoded[i] == c {
				continue
			}
			changed := encoded[:i] + string(rune(c)) + encoded[i+1:]
			j, err := keys.ParseJWK(parse(t, `{"kty":"OKP","crv":"Ed25519","x":"`+strings.ReplaceAll(changed, "\n", `\n`)+`"}`))
			if err == nil && j.Key.Equal(key(t, ed25519Key)) {
				t.Fatalf("letter %d may be %q", i, c)
			}
		}
	}
}

// TestTruncated cuts every text of a key short at every place.
func TestTruncated(t *testing.T) {
	for _, text := range []string{ed25519Key, p256Key, p384Key, rsaKey} {
		for i := range text {
			if _, err := keys.ParseMultikey(text[:i]); err == nil {
				t.Errorf("%s is a key", text[:i])
			}
		}
	}
	body := document(`"verificationMethod":[`+method("#k", issuer, ed25519Key, "")+`]`, `"assertionMethod":["#k"]`)
	for i := range body {
		if _, err := resolve(t, body[:i]); err == nil {
			t.Errorf("%s is a document", body[:i])
		} else {
			wantCode(t, err, "key.unresolved")
		}
	}
}

// TestChangedDocument changes every byte of a document in turn. Where the method is still given out
// for the purpose, its members are those that the changed text has.
func TestChangedDocument(t *testing.T) {
	body := document(`"verificationMethod":[`+method(issuer+"#k", issuer, ed25519Key, "")+`]`, `"assertionMethod":["#k"]`)
	genuine, same := key(t, ed25519Key), 0
	for i := range body {
		changed := body[:i] + string(rune(body[i]^1)) + body[i+1:]
		doc, err := resolve(t, changed)
		if err != nil {
			continue
		}
		m, err := doc.Method(issuer+"#k", assert)
		if err != nil {
			continue
		}
		if m.Key.Equal(genuine) && m.Controller == issuer && m.Type == "Multikey" {
			same++
			t.Errorf("a change at byte %d has no effect: %s", i, changed)
		}
	}
	if same > 0 {
		t.Errorf("%d changes have no effect", same)
	}
}
