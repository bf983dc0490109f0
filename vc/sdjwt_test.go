package vc_test

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// hash256 is the digest of a disclosure.
func hash256(disclosure string) string {
	sum := sha256.Sum256([]byte(disclosure))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// sdjwt puts an SD-JWT together whose payload may name the digest of disclosure n (a JSON text) as $n.
func sdjwt(payload string, disclosures ...string) string {
	texts := make([]string, len(disclosures))
	for n, d := range disclosures {
		for m := range n {
			d = strings.ReplaceAll(d, fmt.Sprintf("$%d", m), hash256(texts[m]))
		}
		texts[n] = b64(d)
	}
	for n, d := range texts {
		payload = strings.ReplaceAll(payload, fmt.Sprintf("$%d", n), hash256(d))
	}
	return jwt(`{"alg":"EdDSA"}`, payload) + "~" + strings.Join(append(texts, ""), "~")
}

func wantParse(t *testing.T, data, code string) *vc.Credential {
	t.Helper()
	c, err := vc.Parse([]byte(data), vc.Limits{})
	e, _ := errors.AsType[*strict.Error](err)
	switch {
	case err != nil && e == nil:
		t.Fatalf("an error without code: %v", err)
	case e != nil && e.Code != code:
		t.Errorf("code %s (%v), want %q", e.Code, err, code)
	case e == nil && code != "":
		t.Errorf("parses, want %s: %s", code, c.Value().Raw())
	}
	return c
}

// TestDisclosures places disclosures as RFC 9901 section 7.3 says.
func TestDisclosures(t *testing.T) {
	for name, c := range map[string]struct {
		payload     string
		disclosures []string
		want        string
		hidden      int
		disclosed   string
	}{
		"nothing to disclose":     {`{"a":1,"b":[]}`, nil, `{"a":1,"b":[]}`, 0, ""},
		"a claim":                 {`{"a":1,"_sd":["$0"]}`, []string{`["s","b",2]`}, `{"a":1,"b":2}`, 0, "b"},
		"a claim first":           {`{"_sd":["$0"],"a":1}`, []string{`["s","b",2]`}, `{"a":1,"b":2}`, 0, "b"},
		"two, out of order":       {`{"_sd":["$1","$0"]}`, []string{`["s","a",1]`, `["s","b",2]`}, `{"b":2,"a":1}`, 0, "a b"},
		"decoys":                  {`{"_sd":["x","$0","y"]}`, []string{`["s","a",1]`}, `{"a":1}`, 2, "a"},
		"nested object":           {`{"o":{"p":{"_sd":["$0"],"a":1}}}`, []string{`["s","b",{"c":[1,{}]}]`}, `{"o":{"p":{"a":1,"b":{"c":[1,{}]}}}}`, 0, "o"},
		"element":                 {`{"l":[1,{"...":"$0"},3]}`, []string{`["s",2]`}, `{"l":[1,2,3]}`, 0, "l"},
		"element that is hidden":  {`{"l":[1,{"...":"x"},3]}`, nil, `{"l":[1,3]}`, 1, ""},
		"all elements hidden":     {`{"l":[{"...":"x"},{"...":"y"}]}`, nil, `{"l":[]}`, 2, ""},
		"arrays of arrays":        {`{"l":[[{"...":"$0"}],{"...":"$1"}]}`, []string{`["s",1]`, `["s",[2]]`}, `{"l":[[1],[2]]}`, 0, "l"},
		"recursive":               {`{"_sd":["$1"]}`, []string{`["s","b",2]`, `["s","a",{"_sd":["$0","x"]}]`}, `{"a":{"b":2}}`, 1, "a"},
		"recursive in an element": {`{"l":[{"...":"$1"}]}`, []string{`["s","b",2]`, `["s",{"_sd":["$0"]}]`}, `{"l":[{"b":2}]}`, 0, "l"},
		"element in a claim":      {`{"_sd":["$1"]}`, []string{`["s",2]`, `["s","a",[1,{"...":"$0"}]]`}, `{"a":[1,2]}`, 0, "a"},
		"empty _sd":               {`{"a":{"_sd":[]}}`, nil, `{"a":{}}`, 0, ""},
		"sd_alg":                  {`{"_sd_alg":"sha-256","_sd":["$0"]}`, []string{`["s","a",1]`}, `{"a":1}`, 0, "a"},
		"texts are kept":          {`{"a":1.50,"b":"\u00e9","_sd":["$0"]}`, []string{`["s","c", {"d" : 1e2,"e":"\/"} ]`}, `{"a":1.50,"b":"\u00e9","c":{"d":1e2,"e":"\/"}}`, 0, "c"},
		"names are written again": {`{"_sd":["$0"]}`, []string{`["s","\u0001\"\\é",1]`}, `{"\u0001\"\\é":1}`, 0, "\x01\"\\é"},
		"null and false":          {`{"_sd":["$0","$1"]}`, []string{`["s","a",null]`, `["s","b",false]`}, `{"a":null,"b":false}`, 0, "a b"},
		"dots as a name":          {`{"..":1,"....":2}`, nil, `{"..":1,"....":2}`, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := wantParse(t, sdjwt(c.payload, c.disclosures...), "")
			if got == nil {
				return
			}
			s := got.SDJWT()
			if got.Value().Raw() != c.want || s.Undisclosed() != c.hidden || strings.Join(s.Disclosed(), " ") != c.disclosed {
				t.Errorf("%s, %d hidden, disclosed %q", got.Value().Raw(), s.Undisclosed(), s.Disclosed())
			}
			if got.Format() != vc.SelectiveDisclosure || got.JWS() != nil || s.Binding() != nil || string(got.Raw()) != sdjwt(c.payload, c.disclosures...) {
				t.Error("the credential is not what it should be")
			}
		})
	}
}

// TestWithheld: where digests without a disclosure stand is known as far as the name of the member shows.
func TestWithheld(t *testing.T) {
	for name, c := range map[string]struct {
		payload     string
		disclosures []string
		want        string
	}{
		"nothing":          {`{"a":1,"_sd":[]}`, nil, ""},
		"a member":         {`{"a":1,"_sd":["x","y"]}`, nil, ""},
		"inside":           {`{"a":{"_sd":["x","y"]},"b":[{"...":"z"}],"c":[1]}`, nil, "a b"},
		"deep inside":      {`{"a":[[{"b":[{"...":"x"}]}]]}`, nil, "a"},
		"beside disclosed": {`{"a":[{"...":"$0"},{"...":"x"}],"b":[{"...":"$1"}]}`, []string{`["s",1]`, `["t",1]`}, "a"},
		"in disclosed":     {`{"b":{"_sd":["$0"]},"_sd":["$1"]}`, []string{`["s","c",[{"...":"x"}]]`, `["t","a",{"_sd":["y"]}]`}, "a b"},
	} {
		t.Run(name, func(t *testing.T) {
			if s := wantParse(t, sdjwt(c.payload, c.disclosures...), "").SDJWT(); strings.Join(s.Withheld(), " ") != c.want {
				t.Errorf("withheld in %q, want %q", s.Withheld(), c.want)
			}
		})
	}
}

func TestDisclosuresRefused(t *testing.T) {
	a := `["s","a",1]`
	for name, c := range map[string]struct {
		payload     string
		disclosures []string
		code        string
	}{
		"unused":                       {`{"_sd":["x"]}`, []string{a}, "sdjwt.disclosure"},
		"used in what is not there":    {`{}`, []string{`["s","b",1]`, `["s","a",{"_sd":["$0"]}]`}, "sdjwt.disclosure"},
		"twice":                        {`{"_sd":["$0"]}`, []string{a, a}, "sdjwt.disclosure"},
		"digest twice":                 {`{"_sd":["$0","$0"]}`, []string{a}, "sdjwt.disclosure"},
		"digest twice apart":           {`{"_sd":["$0"],"b":{"_sd":["$0"]}}`, []string{a}, "sdjwt.disclosure"},
		"decoy twice":                  {`{"_sd":["x"],"l":[{"...":"x"}]}`, nil, "sdjwt.disclosure"},
		"digest again in a disclosure": {`{"_sd":["$0","$1"]}`, []string{a, `["s","b",{"_sd":["$0"]}]`}, "sdjwt.disclosure"},
		"claim for an element":         {`{"l":[{"...":"$0"}]}`, []string{a}, "sdjwt.disclosure"},
		"element for a claim":          {`{"_sd":["$0"]}`, []string{`["s",1]`}, "sdjwt.disclosure"},
		"name _sd":                     {`{"_sd":["$0"]}`, []string{`["s","_sd",["x"]]`}, "sdjwt.disclosure"},
		"name ...":                     {`{"_sd":["$0"]}`, []string{`["s","...","x"]`}, "sdjwt.disclosure"},
		"name _sd_alg":                 {`{"_sd":["$0"]}`, []string{`["s","_sd_alg","sha-256"]`}, "sdjwt.disclosure"},
		"name escaped":                 {`{"_sd":["$0"]}`, []string{`["s","\u005fsd",["x"]]`}, "sdjwt.disclosure"},
		"name of a claim":              {`{"a":0,"_sd":["$0"]}`, []string{a}, "sdjwt.disclosure"},
		"name of a claim behind":       {`{"_sd":["$0"],"a":0}`, []string{a}, "sdjwt.disclosure"},
		"name of a claim, escaped":     {`{"\u0061":0,"_sd":["$0"]}`, []string{a}, "sdjwt.disclosure"},
		"name of another disclosure":   {`{"_sd":["$0","$1"]}`, []string{a, `["t","a",2]`}, "sdjwt.disclosure"},
		"_sd no array":                 {`{"_sd":"$0"}`, []string{a}, "sdjwt.disclosure"},
		"_sd null":                     {`{"_sd":null}`, nil, "sdjwt.disclosure"},
		"digest a number":              {`{"_sd":[1]}`, nil, "sdjwt.disclosure"},
		"digest an array":              {`{"_sd":[["$0"]]}`, []string{a}, "sdjwt.disclosure"},
		"element a number":             {`{"l":[{"...":1}]}`, nil, "sdjwt.disclosure"},
		"element with more":            {`{"l":[{"...":"x","a":1}]}`, nil, "sdjwt.disclosure"},
		"dots outside of an array":     {`{"o":{"...":"x"}}`, nil, "sdjwt.disclosure"},
		"dots at the top":              {`{"...":"x"}`, nil, "sdjwt.disclosure"},
		"dots in a disclosure":         {`{"_sd":["$0"]}`, []string{`["s","a",{"...":"x"}]`}, "sdjwt.disclosure"},
		"_sd_alg inside":               {`{"o":{"_sd_alg":"sha-256"}}`, nil, "sdjwt.disclosure"},
		"_sd_alg unknown":              {`{"_sd_alg":"sha3-256"}`, nil, "sdjwt.disclosure"},
		"_sd_alg weak":                 {`{"_sd_alg":"sha-1"}`, nil, "sdjwt.disclosure"},
		"_sd_alg cut":                  {`{"_sd_alg":"sha-256-128"}`, nil, "sdjwt.disclosure"},
		"_sd_alg in capitals":          {`{"_sd_alg":"SHA-256"}`, nil, "sdjwt.disclosure"},
		"_sd_alg null":                 {`{"_sd_alg":null}`, nil, "sdjwt.disclosure"},
		"disclosure no array":          {`{"_sd":["$0"]}`, []string{`{"a":1}`}, "sdjwt.disclosure"},
		"disclosure of one":            {`{"_sd":["$0"]}`, []string{`["s"]`}, "sdjwt.disclosure"},
		"disclosure of four":           {`{"_sd":["$0"]}`, []string{`["s","a",1,2]`}, "sdjwt.disclosure"},
		"salt no string":               {`{"_sd":["$0"]}`, []string{`[1,"a",1]`}, "sdjwt.disclosure"},
		"name no string":               {`{"_sd":["$0"]}`, []string{`["s",1,1]`}, "sdjwt.disclosure"},
		"disclosure no JSON":           {`{"_sd":["$0"]}`, []string{`["s","a",1`}, "sdjwt.disclosure"},
		"duplicate in a disclosure":    {`{"_sd":["$0"]}`, []string{`["s","a",{"b":1,"b":2}]`}, "sdjwt.disclosure"},
		"payload no object":            {`[]`, nil, "jwt.claims"},
		"payload with a duplicate":     {`{"a":1,"a":2}`, nil, "json.duplicate"},
	} {
		t.Run(name, func(t *testing.T) { wantParse(t, sdjwt(c.payload, c.disclosures...), c.code) })
	}
}

func TestSDJWTSyntax(t *testing.T) {
	good := sdjwt(`{"_sd":["$0"]}`, `["s","a",1]`)
	parts := strings.Split(good, "~")
	kb := jwt(`{"alg":"EdDSA","typ":"kb+jwt"}`, `{"nonce":"n"}`)
	wide := b64(`["s","a",1] `)
	for name, c := range map[string]struct{ data, code string }{
		"as made":                     {good, ""},
		"newline at the end":          {good + "\n", ""},
		"with key binding":            {good + kb, ""},
		"and a newline":               {good + kb + "\n", ""},
		"without disclosure":          {parts[0] + "~", ""},
		"space in the middle":         {parts[0] + " ~" + parts[1] + "~", "jwt.syntax"},
		"newline in the middle":       {parts[0] + "~\n" + parts[1] + "~", "jwt.syntax"},
		"space before the binding":    {good + " " + kb, "jwt.syntax"},
		"empty disclosure":            {parts[0] + "~~" + parts[1] + "~", "sdjwt.disclosure"},
		"padded disclosure":           {parts[0] + "~" + parts[1] + "=~", "sdjwt.disclosure"},
		"disclosure spelled anew":     {parts[0] + "~" + wide + "~", "sdjwt.disclosure"},
		"no tilde at the end":         {parts[0] + "~" + parts[1], "sdjwt.binding"},
		"binding of two parts":        {good + "a.b", "sdjwt.binding"},
		"binding that is an SD-JWT":   {good + kb + "~", "sdjwt.disclosure"},
		"binding without JSON":        {good + b64("{}") + "." + b64("x") + ".", "sdjwt.binding"},
		"binding with a list":         {good + b64("{}") + "." + b64("[]") + ".", "sdjwt.binding"},
		"issuer's JWT with two parts": {"a.b~", "jwt.syntax"},
		"issuer's header no JSON":     {b64("x") + "." + b64("{}") + ".~", "jwt.header"},
	} {
		t.Run(name, func(t *testing.T) { wantParse(t, c.data, c.code) })
	}
	c := wantParse(t, "\n"+good+kb, "")
	if s := c.SDJWT(); s.Binding() == nil || s.Binding().Compact() != kb || s.BindingHash() != hash256(good) || s.JWS().Compact() != parts[0] {
		t.Error("the parts are wrong")
	}
}

func TestDisclosureHashes(t *testing.T) {
	d := b64(`["s","a",1]`)
	sum384, sum512 := sha512.Sum384([]byte(d)), sha512.Sum512([]byte(d))
	for alg, digest := range map[string][]byte{"sha-384": sum384[:], "sha-512": sum512[:]} {
		payload := `{"_sd_alg":"` + alg + `","_sd":["` + base64.RawURLEncoding.EncodeToString(digest) + `"]}`
		c := wantParse(t, jwt(`{}`, payload)+"~"+d+"~", "")
		if c.Value().Raw() != `{"a":1}` {
			t.Errorf("%s: %s", alg, c.Value().Raw())
		}
		wantParse(t, jwt(`{}`, strings.Replace(payload, alg, "sha-256", 1))+"~"+d+"~", "sdjwt.disclosure")
	}
}

// TestSDJWTLimits: nothing that a holder adds gets around the limits on a credential.
func TestSDJWTLimits(t *testing.T) {
	var deep []string
	inner := b64(`["s","a",1]`)
	deep = append(deep, inner)
	for range 70 {
		inner = b64(`["s","a",{"_sd":["` + hash256(inner) + `"]}]`)
		deep = append(deep, inner)
	}
	wantParse(t, jwt(`{}`, `{"_sd":["`+hash256(inner)+`"]}`)+"~"+strings.Join(deep, "~")+"~", "json.depth")
	some := deep[:40]
	wantParse(t, jwt(`{}`, `{"_sd":["`+hash256(some[39])+`"]}`)+"~"+strings.Join(some, "~")+"~", "")

	many := make([]string, 0, 1001)
	digests := make([]string, 0, 1001)
	for n := range 1001 {
		d := b64(fmt.Sprintf(`["s","a%d",1]`, n))
		many, digests = append(many, d), append(digests, `"`+hash256(d)+`"`)
	}
	payload := `{"_sd":[` + strings.Join(digests, ",") + `]}`
	wantParse(t, jwt(`{}`, payload)+"~"+strings.Join(many, "~")+"~", "sdjwt.disclosure")
	wantParse(t, jwt(`{}`, payload)+"~"+strings.Join(many[:1000], "~")+"~", "")
	if _, err := vc.Parse([]byte(sdjwt(`{"_sd":["$0"]}`, `["s","a",1]`)), vc.Limits{JWT: 20}); err == nil {
		t.Error("a limit on the length is not kept")
	}
}
