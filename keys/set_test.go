package keys_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
)

const setURL = "https://example.edu/.well-known/jwks.json"

func keySet(t *testing.T, body string) (*keys.Set, error) {
	t.Helper()
	return serve(setURL, body).KeySet(context.Background(), setURL)
}

func TestKeySet(t *testing.T) {
	body := `{"keys":[` + strings.Join([]string{
		`{` + okp + `,"kid":"ed","alg":"EdDSA","iss":"https://example.edu"}`,
		`{` + ecJWK + `,"kid":"ec"}`,
		rsaJWK(modulus(2048), 65537, `"kid":"rsa","use":"sig","x5c":["AAAA"],`),
		`{` + okp + `}`,
		`{` + okp + `,"kid":"enc","use":"enc"}`,
		`{` + okp + `,"kid":"private","d":"AAAA"}`,
		`{"kty":"oct","kid":"oct","k":"AAAA"}`,
		`{"kty":"EC","crv":"brainpoolP256r1","kid":"k1","x":"` + ecX + `","y":"` + ecY + `"}`,
		`{` + okp + `,"kid":"twice"}`,
		`{` + ecJWK + `,"kid":"twice"}`,
		`{` + okp + `,"kid":"half"}`,
		`{"kty":"AKP","kid":"half"}`,
		`{` + okp + `,"kid":7}`,
		`7`,
		`{` + okp + `,"Kid":"folded"}`,
		`{` + okp + `,"kid":""}`,
	}, ",") + `],"other":true}`
	s, err := keySet(t, body)
	wantCode(t, err, "")
	var ids []string
	for _, k := range s.Keys() {
		ids = append(ids, k.ID)
	}
	if got := strings.Join(ids, ","); got != "ed,ec,rsa,,twice,twice,half,," {
		t.Errorf("usable keys are %s", got)
	}
	sum := sha256.Sum256([]byte(body))
	if src := s.Sources(); len(src) != 1 || src[0].URL != setURL || src[0].SHA256 != hex.EncodeToString(sum[:]) {
		t.Errorf("sources are %v", src)
	}
	for kid, code := range map[string]string{
		"ed": "", "ec": "", "rsa": "",
		"enc": "key.malformed", "private": "key.malformed", "oct": "key.malformed", "k1": "key.unresolved",
		"twice": "key.malformed", "half": "key.malformed",
		"": "proof.method", "missing": "proof.method", "ED": "proof.method", "ed ": "proof.method", "7": "proof.method", "folded": "proof.method",
		setURL + "#ed": "proof.method",
	} {
		j, err := s.Find(kid)
		wantCode(t, err, code)
		if err == nil && j.ID != kid || err != nil && j.Key.Public() != nil {
			t.Errorf("%q: key %q, %v", kid, j.ID, err)
		}
	}
	if j, _ := s.Find("ed"); j.Issuer != "https://example.edu" || j.Algorithm != "EdDSA" {
		t.Errorf("key is %+v", j)
	}
}

func TestKeySetForms(t *testing.T) {
	for name, c := range map[string]struct {
		body, code string
		keys       int
	}{
		"control: one key":       {`{"keys":[{` + okp + `}]}`, "", 1},
		"control: no key":        {`{"keys":[]}`, "", 0},
		"control: a bare JWK":    {`{` + okp + `,"kid":"1"}`, "", 1},
		"control: as many":       {`{"keys":[` + strings.Repeat(`{},`, 255) + `{` + okp + `}]}`, "", 1},
		"too many":               {`{"keys":[` + strings.Repeat(`{},`, 256) + `{` + okp + `}]}`, "key.unresolved", 0},
		"keys an object":         {`{"keys":{"0":{` + okp + `}}}`, "key.malformed", 0},
		"keys null":              {`{"keys":null}`, "key.malformed", 0},
		"Keys":                   {`{"Keys":[{` + okp + `}]}`, "key.malformed", 0},
		"keys twice":             {`{"keys":[],"keys":[]}`, "key.unresolved", 0},
		"a list":                 {`[{` + okp + `}]`, "key.malformed", 0},
		"empty":                  {`{}`, "key.malformed", 0},
		"null":                   {`null`, "key.malformed", 0},
		"a bare private JWK":     {`{` + okp + `,"d":"AAAA"}`, "key.malformed", 0},
		"a bare JWK, encryption": {`{` + okp + `,"use":"enc"}`, "key.malformed", 0},
		"a bare JWK, unknown":    {`{"kty":"AKP"}`, "key.unresolved", 0},
		"a controller document":  {document(`"assertionMethod":[]`), "key.malformed", 0},
		"a bare key, folded":     {`{"Kty":"OKP","crv":"Ed25519","x":"` + okpX + `"}`, "key.malformed", 0},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := keySet(t, c.body)
			wantCode(t, err, c.code)
			if err != nil {
				if s != nil {
					t.Error("a set beside the error")
				}
				return
			}
			if len(s.Keys()) != c.keys {
				t.Errorf("%d keys, want %d", len(s.Keys()), c.keys)
			}
		})
	}
	s, err := keySet(t, `{`+okp+`,"kid":"1"}`)
	wantCode(t, err, "")
	if j, err := s.Find("1"); err != nil || j.ID != "1" {
		t.Errorf("the bare key is not found: %v", err)
	}
}
