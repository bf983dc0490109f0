package keys_test

import (
	"encoding/base64"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
)

// rsaJWK writes an RSA key, with more members put first.
func rsaJWK(n *big.Int, e int64, more string) string {
	b64 := base64.RawURLEncoding.EncodeToString
	return fmt.Sprintf(`{%s"kty":"RSA","n":"%s","e":"%s"}`, more, b64(n.Bytes()), b64(big.NewInt(e).Bytes()))
}

// Members of the P-256 key in RFC 7517 appendix A.1, and of an Ed25519 key in RFC 8037 appendix A.2.
const (
	ecX   = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"
	ecY   = "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"
	okpX  = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
	ecJWK = `"kty":"EC","crv":"P-256","x":"` + ecX + `","y":"` + ecY + `"`
	okp   = `"kty":"OKP","crv":"Ed25519","x":"` + okpX + `"`
)

func TestParseJWKGenuine(t *testing.T) {
	n := modulus(2048)
	for name, c := range map[string]struct {
		text string
		want keys.JWK
		kind keys.Kind
	}{
		"Ed25519":          {`{` + okp + `}`, keys.JWK{}, keys.Ed25519},
		"Ed25519 EdDSA":    {`{` + okp + `,"alg":"EdDSA"}`, keys.JWK{Algorithm: "EdDSA"}, keys.Ed25519},
		"Ed25519 by name":  {`{` + okp + `,"alg":"Ed25519"}`, keys.JWK{Algorithm: "Ed25519"}, keys.Ed25519},
		"P-256":            {`{` + ecJWK + `}`, keys.JWK{}, keys.P256},
		"P-256 full":       {`{` + ecJWK + `,"use":"sig","key_ops":["verify"],"alg":"ES256","kid":"1","iss":"https://example.edu"}`, keys.JWK{ID: "1", Algorithm: "ES256", Issuer: "https://example.edu"}, keys.P256},
		"P-384":            {jwkText(t, key(t, p384Key), `"alg":"ES384",`), keys.JWK{Algorithm: "ES384"}, keys.P384},
		"P-521":            {jwkText(t, key(t, p521Key), `"alg":"ES512",`), keys.JWK{Algorithm: "ES512"}, keys.P521},
		"P-384 by name":    {jwkText(t, key(t, p384Key), `"alg":"ESP384",`), keys.JWK{Algorithm: "ESP384"}, keys.P384},
		"RSA":              {rsaJWK(n, 65537, ""), keys.JWK{}, keys.RSA},
		"RSA RS256":        {rsaJWK(n, 65537, `"alg":"RS256",`), keys.JWK{Algorithm: "RS256"}, keys.RSA},
		"RSA PS512":        {rsaJWK(n, 65537, `"alg":"PS512",`), keys.JWK{Algorithm: "PS512"}, keys.RSA},
		"sign and verify":  {`{` + okp + `,"key_ops":["sign","verify"]}`, keys.JWK{}, keys.Ed25519},
		"escaped names":    {`{"\u006bty":"OKP","crv":"Ed25519","x":"` + okpX + `"}`, keys.JWK{}, keys.Ed25519},
		"unknown members":  {`{` + okp + `,"ext":true,"nbf":1,"D":"x","K":"x"}`, keys.JWK{}, keys.Ed25519},
		"certificate":      {`{` + okp + `,"x5c":["AAAA"],"x5u":"https://evil.example/","x5t":"x","jku":7}`, keys.JWK{}, keys.Ed25519},
		"empty kid":        {`{` + okp + `,"kid":""}`, keys.JWK{}, keys.Ed25519},
		"folded overrides": {`{` + okp + `,"Kid":"no","KID":"no","Alg":"none","Use":"enc","Kty":"oct","ſ":1}`, keys.JWK{}, keys.Ed25519},
	} {
		t.Run(name, func(t *testing.T) {
			j, err := keys.ParseJWK(parse(t, c.text))
			wantCode(t, err, "")
			if j.ID != c.want.ID || j.Algorithm != c.want.Algorithm || j.Issuer != c.want.Issuer || j.Key.Kind() != c.kind {
				t.Errorf("got %q %q %q %s", j.ID, j.Algorithm, j.Issuer, j.Key.Kind())
			}
		})
	}
}

// TestParseJWKAgrees reads the same key as JWK and as Multikey.
func TestParseJWKAgrees(t *testing.T) {
	for _, text := range []string{ed25519Key, p256Key, p384Key, p521Key} {
		j, err := keys.ParseJWK(parse(t, jwkText(t, key(t, text), "")))
		wantCode(t, err, "")
		if !j.Key.Equal(key(t, text)) || j.Key.Multikey() != text {
			t.Errorf("%s came back as %s", text, j.Key.Multikey())
		}
	}
}

func TestParseJWKForged(t *testing.T) {
	zeros := strings.Repeat("A", 43)
	for name, c := range map[string]struct{ text, code, pointer string }{
		"null":                     {`null`, "key.malformed", ""},
		"string":                   {`"x"`, "key.malformed", ""},
		"array":                    {`[]`, "key.malformed", ""},
		"empty":                    {`{}`, "key.malformed", ""},
		"kty in another case":      {`{"Kty":"OKP","crv":"Ed25519","x":"` + okpX + `"}`, "key.malformed", ""},
		"kty with a Kelvin sign":   {`{"` + "\u212a" + `ty":"OKP","crv":"Ed25519","x":"` + okpX + `"}`, "key.malformed", ""},
		"kty a number":             {`{"kty":1}`, "key.malformed", "/kty"},
		"kty null":                 {`{"kty":null}`, "key.malformed", "/kty"},
		"kty value in lower case":  {`{"kty":"okp","crv":"Ed25519","x":"` + okpX + `"}`, "key.unresolved", "/kty"},
		"crv missing":              {`{"kty":"OKP","x":"` + okpX + `"}`, "key.malformed", ""},
		"crv of EC missing":        {`{"kty":"EC","x":"` + ecX + `","y":"` + ecY + `"}`, "key.malformed", ""},
		"crv in another case":      {`{"kty":"OKP","crv":"ed25519","x":"` + okpX + `"}`, "key.unresolved", "/crv"},
		"symmetric":                {`{"kty":"oct","k":"AAAA"}`, "key.malformed", "/k"},
		"symmetric without k":      {`{"kty":"oct"}`, "key.malformed", "/kty"},
		"private Ed25519":          {`{` + okp + `,"d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}`, "key.malformed", "/d"},
		"private, d null":          {`{` + okp + `,"d":null}`, "key.malformed", "/d"},
		"private EC":               {`{` + ecJWK + `,"d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"}`, "key.malformed", "/d"},
		"private p":                {rsaJWK(modulus(2048), 3, `"p":"AQ",`), "key.malformed", "/p"},
		"private q":                {rsaJWK(modulus(2048), 3, `"q":"AQ",`), "key.malformed", "/q"},
		"private dp":               {rsaJWK(modulus(2048), 3, `"dp":"AQ",`), "key.malformed", "/dp"},
		"private dq":               {rsaJWK(modulus(2048), 3, `"dq":"AQ",`), "key.malformed", "/dq"},
		"private qi":               {rsaJWK(modulus(2048), 3, `"qi":"AQ",`), "key.malformed", "/qi"},
		"private oth":              {rsaJWK(modulus(2048), 3, `"oth":[],`), "key.malformed", "/oth"},
		"k in an EC key":           {`{` + ecJWK + `,"k":"AAAA"}`, "key.malformed", "/k"},
		"priv":                     {`{` + okp + `,"priv":"AAAA"}`, "key.malformed", "/priv"},
		"x missing":                {`{"kty":"OKP","crv":"Ed25519"}`, "key.malformed", ""},
		"x empty":                  {`{"kty":"OKP","crv":"Ed25519","x":""}`, "key.malformed", "/x"},
		"x short":                  {`{"kty":"OKP","crv":"Ed25519","x":"` + okpX[:42] + `"}`, "key.malformed", "/x"},
		"x long":                   {`{"kty":"OKP","crv":"Ed25519","x":"` + okpX + `AA"}`, "key.malformed", "/x"},
		"x padded":                 {`{"kty":"OKP","crv":"Ed25519","x":"` + okpX + `="}`, "key.malformed", "/x"},
		"x with unused bits":       {`{"kty":"OKP","crv":"Ed25519","x":"` + okpX[:42] + `p"}`, "key.malformed", "/x"},
		"x with a line break":      {`{"kty":"OKP","crv":"Ed25519","x":"` + okpX[:10] + `\n` + okpX[10:] + `"}`, "key.malformed", "/x"},
		"x with a space":           {`{"kty":"OKP","crv":"Ed25519","x":" ` + okpX + `"}`, "key.malformed", "/x"},
		"x in base64":              {`{"kty":"OKP","crv":"Ed25519","x":"` + strings.ReplaceAll(okpX, "_", "/") + `"}`, "key.malformed", "/x"},
		"x of small order":         {`{"kty":"OKP","crv":"Ed25519","x":"` + zeros + `"}`, "key.malformed", "/x"},
		"y in an OKP key":          {`{` + okp + `,"y":"AAAA"}`, "key.malformed", "/y"},
		"EC without y":             {`{"kty":"EC","crv":"P-256","x":"` + ecX + `"}`, "key.malformed", ""},
		"EC with the wrong y":      {`{"kty":"EC","crv":"P-256","x":"` + ecX + `","y":"` + ecX + `"}`, "key.malformed", "/x"},
		"EC of zeros":              {`{"kty":"EC","crv":"P-256","x":"` + zeros + `","y":"` + zeros + `"}`, "key.malformed", "/x"},
		"EC y short":               {`{"kty":"EC","crv":"P-256","x":"` + ecX + `","y":"` + ecY[:42] + `"}`, "key.malformed", "/y"},
		"P-256 named P-384":        {`{"kty":"EC","crv":"P-384","x":"` + ecX + `","y":"` + ecY + `"}`, "key.malformed", "/x"},
		"P-256 as OKP":             {`{"kty":"OKP","crv":"P-256","x":"` + ecX + `","y":"` + ecY + `"}`, "key.unresolved", "/crv"},
		"Ed25519 as EC":            {`{"kty":"EC","crv":"Ed25519","x":"` + okpX + `","y":"` + okpX + `"}`, "key.unresolved", "/crv"},
		"RSA as a curve":           {`{"kty":"EC","crv":"RSA","x":"` + ecX + `","y":"` + ecY + `"}`, "key.unresolved", "/crv"},
		"brainpool":                {`{"kty":"EC","crv":"brainpoolP256r1","x":"` + ecX + `","y":"` + ecY + `"}`, "key.unresolved", "/crv"},
		"P-256 named P-521":        {`{"kty":"EC","crv":"P-521","x":"` + ecX + `","y":"` + ecY + `"}`, "key.malformed", "/x"},
		"alg of P-256 by name":     {jwkText(t, key(t, p384Key), `"alg":"ESP256",`), "key.malformed", "/alg"},
		"alg of P-521 for P-384":   {jwkText(t, key(t, p384Key), `"alg":"ES512",`), "key.malformed", "/alg"},
		"X25519":                   {`{"kty":"OKP","crv":"X25519","x":"` + okpX + `"}`, "key.unresolved", "/crv"},
		"Ed448":                    {`{"kty":"OKP","crv":"Ed448","x":"` + okpX + `"}`, "key.unresolved", "/crv"},
		"AKP":                      {`{"kty":"AKP","alg":"ML-DSA-44","pub":"AAAA"}`, "key.unresolved", "/kty"},
		"RSA without e":            {`{"kty":"RSA","n":"AQAB"}`, "key.malformed", ""},
		"RSA without n":            {`{"kty":"RSA","e":"AQAB"}`, "key.malformed", ""},
		"RSA n with leading zero":  {strings.Replace(rsaJWK(modulus(2048), 3, ""), `"n":"`, `"n":"AAAA`, 1), "key.malformed", "/n"},
		"RSA e with leading zero":  {strings.Replace(rsaJWK(modulus(2048), 3, ""), `"e":"Aw"`, `"e":"AAAD"`, 1), "key.malformed", "/e"},
		"RSA e a number":           {strings.Replace(rsaJWK(modulus(2048), 3, ""), `"e":"Aw"`, `"e":3`, 1), "key.malformed", "/e"},
		"RSA e of nine bytes":      {strings.Replace(rsaJWK(modulus(2048), 3, ""), `"e":"Aw"`, `"e":"AQAAAAAAAAAB"`, 1), "key.malformed", "/e"},
		"RSA n enormous":           {`{"kty":"RSA","e":"AQAB","n":"` + strings.Repeat("_", 200_000) + `"}`, "key.malformed", "/n"},
		"use enc":                  {`{` + okp + `,"use":"enc"}`, "key.malformed", "/use"},
		"use empty":                {`{` + okp + `,"use":""}`, "key.malformed", "/use"},
		"use an array":             {`{` + okp + `,"use":["sig"]}`, "key.malformed", "/use"},
		"use in upper case":        {`{` + okp + `,"use":"SIG"}`, "key.malformed", "/use"},
		"key_ops without verify":   {`{` + okp + `,"key_ops":["sign"]}`, "key.malformed", "/key_ops"},
		"key_ops empty":            {`{` + okp + `,"key_ops":[]}`, "key.malformed", "/key_ops"},
		"key_ops a string":         {`{` + okp + `,"key_ops":"verify"}`, "key.malformed", "/key_ops"},
		"key_ops null":             {`{` + okp + `,"key_ops":null}`, "key.malformed", "/key_ops"},
		"key_ops twice the same":   {`{` + okp + `,"key_ops":["verify","verify"]}`, "key.malformed", "/key_ops/1"},
		"key_ops with a number":    {`{` + okp + `,"key_ops":["verify",1]}`, "key.malformed", "/key_ops/1"},
		"use sig against key_ops":  {`{` + okp + `,"use":"sig","key_ops":["encrypt"]}`, "key.malformed", "/key_ops"},
		"alg of another curve":     {`{` + ecJWK + `,"alg":"ES384"}`, "key.malformed", "/alg"},
		"alg of another kind":      {`{` + okp + `,"alg":"ES256"}`, "key.malformed", "/alg"},
		"alg RS256 for EC":         {`{` + ecJWK + `,"alg":"RS256"}`, "key.malformed", "/alg"},
		"alg ES256 for RSA":        {rsaJWK(modulus(2048), 3, `"alg":"ES256",`), "key.malformed", "/alg"},
		"alg RSA-OAEP":             {rsaJWK(modulus(2048), 3, `"alg":"RSA-OAEP",`), "key.malformed", "/alg"},
		"alg EdDSA for P-384":      {jwkText(t, key(t, p384Key), `"alg":"EdDSA",`), "key.malformed", "/alg"},
		"alg HS256 with a public":  {rsaJWK(modulus(2048), 3, `"alg":"HS256",`), "key.malformed", "/alg"},
		"alg none":                 {`{` + okp + `,"alg":"none"}`, "key.malformed", "/alg"},
		"alg in lower case":        {`{` + okp + `,"alg":"eddsa"}`, "key.malformed", "/alg"},
		"alg a number":             {`{` + okp + `,"alg":-8}`, "key.malformed", "/alg"},
		"kid a number":             {`{` + okp + `,"kid":1}`, "key.malformed", "/kid"},
		"iss an object":            {`{` + okp + `,"iss":{}}`, "key.malformed", "/iss"},
		"certificate without key":  {`{"kty":"EC","x5c":["AAAA"]}`, "key.malformed", ""},
		"certificate URL, no key":  {`{"kty":"RSA","x5u":"https://evil.example/"}`, "key.malformed", ""},
		"thumbprint without a key": {`{"kty":"OKP","crv":"Ed25519","x5t":"AAAA"}`, "key.malformed", ""},
	} {
		t.Run(name, func(t *testing.T) {
			j, err := keys.ParseJWK(parse(t, c.text))
			wantCode(t, err, c.code)
			wantPointer(t, err, c.pointer)
			if j.Key.Public() != nil || j.ID != "" {
				t.Error("a refused JWK is not the zero JWK")
			}
		})
	}
}

func TestParseJWKAbsent(t *testing.T) {
	_, err := keys.ParseJWK(parse(t, `{}`).Get("publicKeyJwk"))
	wantCode(t, err, "key.malformed")
}

// TestWycheproofKeys reads every public key of the Wycheproof files, also as Multikey and back.
func TestWycheproofKeys(t *testing.T) {
	for file, count := range map[string]int{
		"ed25519_test.json":                      78,
		"ecdsa_secp256r1_sha256_p1363_test.json": 112,
		"ecdsa_secp384r1_sha384_p1363_test.json": 104,
		"rsa_pss_2048_sha256_mgf1_32_test.json":  1,
	} {
		var f struct {
			TestGroups []struct{ PublicKeyJwk map[string]string }
		}
		vector(t, "wycheproof/"+file, &f)
		if len(f.TestGroups) != count {
			t.Errorf("%s has %d groups, want %d", file, len(f.TestGroups), count)
		}
		read := 0
		for i, g := range f.TestGroups {
			if g.PublicKeyJwk == nil {
				continue
			}
			var members []string
			for name, value := range g.PublicKeyJwk {
				members = append(members, fmt.Sprintf("%q:%q", name, value))
			}
			j, err := keys.ParseJWK(parse(t, "{"+strings.Join(members, ",")+"}"))
			if err != nil {
				t.Errorf("%s group %d: %v", file, i, err)
				continue
			}
			if again := key(t, j.Key.Multikey()); !again.Equal(j.Key) {
				t.Errorf("%s group %d: another key after encoding", file, i)
			}
			read++
		}
		if read == 0 {
			t.Errorf("%s has no JWK", file)
		}
	}
}
