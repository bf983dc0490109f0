package keys_test

import (
	"context"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
)

const metadataURL = "https://example.edu/.well-known/jwt-vc-issuer/a"

func TestIssuerMetadata(t *testing.T) {
	set := `{"keys":[{` + okp + `,"kid":"1"}]}`
	for name, c := range map[string]struct{ text, code string }{
		"keys inside":           {`{"issuer":"https://example.edu/a","jwks":` + set + `}`, ""},
		"keys elsewhere":        {`{"issuer":"https://example.edu/a","jwks_uri":"` + setURL + `"}`, ""},
		"other members":         {`{"issuer":"https://example.edu/a","jwks":` + set + `,"display":[]}`, ""},
		"both":                  {`{"issuer":"https://example.edu/a","jwks":` + set + `,"jwks_uri":"` + setURL + `"}`, "key.malformed"},
		"neither":               {`{"issuer":"https://example.edu/a"}`, "key.malformed"},
		"issuer no string":      {`{"issuer":7,"jwks":` + set + `}`, "key.malformed"},
		"issuer empty":          {`{"issuer":"","jwks":` + set + `}`, "key.malformed"},
		"no set":                {`{"issuer":"https://example.edu/a","jwks":{` + okp + `}}`, "key.malformed"},
		"a list":                {`{"issuer":"https://example.edu/a","jwks":[` + set + `]}`, "key.malformed"},
		"metadata of metadata":  {`{"issuer":"https://example.edu/a","jwks_uri":"` + metadataURL + `"}`, "key.malformed"},
		"keys over http":        {`{"issuer":"https://example.edu/a","jwks_uri":"http://example.edu/keys"}`, "key.unresolved"},
		"keys that are missing": {`{"issuer":"https://example.edu/a","jwks_uri":"https://example.edu/nothing"}`, "key.unresolved"},
		"jwks_uri no string":    {`{"issuer":"https://example.edu/a","jwks_uri":{}}`, "key.malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			r := keys.Default(&network{answers: map[string]answer{
				metadataURL: {body: c.text, mediaType: "application/json"}, setURL: {body: set, mediaType: "application/json"},
			}})
			s, err := r.KeySet(context.Background(), metadataURL)
			wantCode(t, err, c.code)
			if err != nil {
				return
			}
			if _, err := s.Find("1"); err != nil || s.Issuer() != "https://example.edu/a" {
				t.Errorf("issuer %q, %v", s.Issuer(), err)
			}
			if n := len(s.Sources()); (name == "keys elsewhere") != (n == 2) {
				t.Errorf("%d sources", n)
			}
		})
	}
	s, err := keySet(t, set)
	wantCode(t, err, "")
	if s.Issuer() != "" {
		t.Error("a set without metadata has an issuer")
	}
}
