package vc_test

import (
	"slices"
	"testing"

	"github.com/badgeproof/badgeproof/vc"
)

// TestConformSDJWTVC checks each rule of an SD-JWT VC with the place of its breach.
func TestConformSDJWTVC(t *testing.T) {
	for name, c := range map[string]struct {
		payload     string
		disclosures []string
		want        []string
	}{
		"sound":                {`{"iss":"https://i.example","vct":"urn:v","nbf":1,"exp":2,"iat":1.5,"cnf":{},"status":{},"sub":"s","jti":"j","_sd":["$0"]}`, []string{`["s","a",1]`}, nil},
		"little":               {`{"iss":"i","vct":"v"}`, nil, nil},
		"no issuer":            {`{"vct":"v"}`, nil, []string{"model.missing "}},
		"everything wrong":     {`{"iss":1,"vct":"","nbf":"1","exp":null,"iat":{},"cnf":"k","status":[],"sub":1,"jti":false,"vct#integrity":1}`, nil, []string{"model.type /iss", "model.value /vct", "model.date /nbf", "model.date /exp", "model.date /iat", "model.type /cnf", "model.type /status", "model.type /sub", "model.type /jti", "model.type /vct#integrity"}},
		"ends before it began": {`{"iss":"i","vct":"v","nbf":2,"exp":1}`, nil, []string{"model.date /exp"}},
		"disclosed":            {`{"vct":"v","_sd":["$0","$1"]}`, []string{`["s","iss","i"]`, `["s","exp",1]`}, []string{"model.value /iss", "model.value /exp"}},
		"disclosed inside":     {`{"iss":"i","vct":"v","cnf":{"_sd":["$0"]}}`, []string{`["s","jwk",{}]`}, []string{"model.value /cnf"}},
		"withheld inside":      {`{"iss":"i","vct":"v","cnf":{"_sd":["x"]},"status":{"l":[{"...":"y"}]},"a":{"_sd":["z"]}}`, nil, []string{"model.value /cnf", "model.value /status"}},
		"another credential":   {`{"iss":"i","vct":"v","vc":{},"vp":1}`, nil, []string{"model.value /vc", "model.value /vp"}},
		"a keyword is a name":  {`{"iss":"i","vct":"v","@graph":[],"https://x.example/":1}`, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			parsed := wantParse(t, sdjwt(c.payload, c.disclosures...), "")
			if parsed.Version() != vc.SDJWTVC {
				t.Fatalf("version %d", parsed.Version())
			}
			var got []string
			for _, e := range vc.Conform(parsed) {
				got = append(got, e.Code+" "+e.Pointer)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("breaches %q, want %q", got, c.want)
			}
		})
	}
	// With an @context it is a credential of the W3C, and a plain JWT with a vct is no SD-JWT VC.
	for _, data := range []string{sdjwt(`{"@context":["https://www.w3.org/ns/credentials/v2"],"iss":"i","vct":"v"}`), jwt(`{}`, `{"iss":"i","vct":"v"}`)} {
		if parsed := wantParse(t, data, ""); parsed.Version() == vc.SDJWTVC || len(vc.Conform(parsed)) == 0 {
			t.Errorf("version %d: %s", parsed.Version(), data)
		}
	}
}
