package jose

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

const payload = `{"iss":"https://issuer.example","vc":{"id":"urn:uuid:1"}}`

// holder is a private key with the public key as the verifier gets it.
type holder struct {
	private crypto.Signer
	key     keys.Key
}

func generate(t testing.TB, kind keys.Kind) holder {
	t.Helper()
	var private crypto.Signer
	var err error
	switch kind {
	case keys.Ed25519:
		_, private, err = ed25519.GenerateKey(rand.Reader)
	case keys.P256:
		private, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case keys.P384:
		private, err = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	case keys.P521:
		private, err = ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	case keys.RSA:
		private, err = rsa.GenerateKey(rand.Reader, 2048)
	}
	check(t, err)
	text, err := json.Marshal(jose.JSONWebKey{Key: private.Public()})
	check(t, err)
	v, err := strict.Parse(text, strict.Limits{})
	check(t, err)
	jwk, err := keys.ParseJWK(v)
	check(t, err)
	return holder{private, jwk.Key}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// sign lets the JOSE library make a token, with these members added to the header.
func (h holder) sign(t testing.TB, alg jose.SignatureAlgorithm, header map[jose.HeaderKey]any) string {
	t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: h.private}, &jose.SignerOptions{ExtraHeaders: header})
	check(t, err)
	made, err := signer.Sign([]byte(payload))
	check(t, err)
	text, err := made.CompactSerialize()
	check(t, err)
	return text
}

// raw makes an EdDSA token with a header of any kind.
func (h holder) raw(t testing.TB, header string) string {
	t.Helper()
	input := base64.RawURLEncoding.EncodeToString([]byte(header)) + "." + base64.RawURLEncoding.EncodeToString([]byte(payload))
	sig, err := h.private.Sign(rand.Reader, []byte(input), crypto.Hash(0))
	check(t, err)
	return input + "." + base64.RawURLEncoding.EncodeToString(sig)
}

func verify(t testing.TB, token string, key keys.Key, keyAlg string) error {
	t.Helper()
	j, err := vc.ParseJWS([]byte(token), vc.Limits{})
	if err != nil {
		return err
	}
	return Verify(j, key, keyAlg, Credential)
}

// wantCode fails unless err is a *strict.Error with this code; "" asks for no error.
func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	var e *strict.Error
	switch {
	case code == "" && err != nil:
		t.Errorf("unexpected error: %v", err)
	case code != "" && !errors.As(err, &e):
		t.Errorf("got %v, want code %s", err, code)
	case code != "" && e.Code != code:
		t.Errorf("got code %s (%v), want %s", e.Code, err, code)
	}
}

var algorithms = map[jose.SignatureAlgorithm]keys.Kind{
	jose.EdDSA: keys.Ed25519, jose.ES256: keys.P256, jose.ES384: keys.P384, jose.ES512: keys.P521,
	jose.RS256: keys.RSA, jose.RS384: keys.RSA, jose.RS512: keys.RSA, jose.PS256: keys.RSA, jose.PS384: keys.RSA, jose.PS512: keys.RSA,
}

// TestAlgorithms checks tokens of every algorithm, made by the JOSE library, and their twins: each
// part altered, and verified with a key of every other kind and with another key of the same kind.
func TestAlgorithms(t *testing.T) {
	holders := map[keys.Kind]holder{}
	for _, kind := range []keys.Kind{keys.Ed25519, keys.P256, keys.P384, keys.P521, keys.RSA} {
		holders[kind] = generate(t, kind)
	}
	for alg, kind := range algorithms {
		t.Run(string(alg), func(t *testing.T) {
			token := holders[kind].sign(t, alg, nil)
			wantCode(t, verify(t, token, holders[kind].key, ""), "")
			wantCode(t, verify(t, token, holders[kind].key, string(alg)), "")
			wantCode(t, verify(t, token, holders[kind].key, "ES521"), "proof.method")
			wantCode(t, verify(t, token, generate(t, kind).key, ""), "proof.signature")
			wantCode(t, verify(t, token, keys.Key{}, ""), "proof.method")
			for other, h := range holders {
				if other != kind {
					wantCode(t, verify(t, token, h.key, ""), "proof.method")
				}
			}
			parts := strings.Split(token, ".")
			edit := func(i int, part string) string {
				out := append([]string(nil), parts...)
				out[i] = part
				return strings.Join(out, ".")
			}
			encode := base64.RawURLEncoding.EncodeToString
			sig, err := base64.RawURLEncoding.DecodeString(parts[2])
			check(t, err)
			key := holders[kind].key
			wantCode(t, verify(t, edit(1, encode([]byte(strings.Replace(payload, "issuer", "forger", 1)))), key, ""), "proof.signature")
			wantCode(t, verify(t, edit(1, encode([]byte(payload+" "))), key, ""), "proof.signature")
			wantCode(t, verify(t, edit(0, encode([]byte(`{"alg":"`+string(alg)+`","typ":"JWT"}`))), key, ""), "proof.signature")
			wantCode(t, verify(t, edit(2, ""), key, ""), "proof.signature")
			wantCode(t, verify(t, edit(2, encode(sig[:len(sig)-1])), key, ""), "proof.signature")
			wantCode(t, verify(t, edit(2, encode(append(sig, 0))), key, ""), "proof.signature")
			sig[0] ^= 1
			wantCode(t, verify(t, edit(2, encode(sig)), key, ""), "proof.signature")
		})
	}
}

// TestAlgorithmConfusion covers what the header alone must not bring about.
func TestAlgorithmConfusion(t *testing.T) {
	rsaKey := generate(t, keys.RSA)
	encode := base64.RawURLEncoding.EncodeToString
	input := func(alg string) string {
		return encode([]byte(`{"alg":"`+alg+`"}`)) + "." + encode([]byte(payload))
	}
	der, err := x509.MarshalPKIXPublicKey(rsaKey.private.Public())
	check(t, err)
	mac := hmac.New(sha256.New, der)
	mac.Write([]byte(input("HS256")))
	wantCode(t, verify(t, input("HS256")+"."+encode(mac.Sum(nil)), rsaKey.key, ""), "jwt.header")
	mac = hmac.New(sha256.New, der)
	mac.Write([]byte(input("RS256")))
	wantCode(t, verify(t, input("RS256")+"."+encode(mac.Sum(nil)), rsaKey.key, ""), "proof.signature")
	for _, none := range []string{"none", "None", "NONE", "nOnE", " none", "none ", ""} {
		wantCode(t, verify(t, input(none)+".", rsaKey.key, ""), "jwt.header")
		wantCode(t, verify(t, input(none)+".AAAA", rsaKey.key, ""), "jwt.header")
	}
}

// TestECDSAIsRaw refuses the ASN.1 form that other software signs with.
func TestECDSAIsRaw(t *testing.T) {
	h := generate(t, keys.P256)
	parts := strings.Split(h.sign(t, jose.ES256, nil), ".")
	digest := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	der, err := ecdsa.SignASN1(rand.Reader, h.private.(*ecdsa.PrivateKey), digest[:])
	check(t, err)
	wantCode(t, verify(t, parts[0]+"."+parts[1]+"."+base64.RawURLEncoding.EncodeToString(der), h.key, ""), "proof.signature")
}

// TestSaltLength refuses PS256 with a salt that is not as long as the hash (RFC 7518 section 3.5);
// the JOSE library by itself accepts any.
func TestSaltLength(t *testing.T) {
	h := generate(t, keys.RSA)
	parts := strings.Split(h.sign(t, jose.PS256, nil), ".")
	digest := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	for salt, code := range map[int]string{32: "", 20: "proof.signature", 64: "proof.signature"} {
		sig, err := rsa.SignPSS(rand.Reader, h.private.(*rsa.PrivateKey), crypto.SHA256, digest[:], &rsa.PSSOptions{SaltLength: salt})
		check(t, err)
		token := parts[0] + "." + parts[1] + "." + base64.RawURLEncoding.EncodeToString(sig)
		wantCode(t, verify(t, token, h.key, ""), code)
		parsed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.PS256})
		check(t, err)
		if _, err := parsed.Verify(h.private.Public()); err != nil {
			t.Errorf("the JOSE library has become strict about salts of %d bytes: %v", salt, err)
		}
	}
}

func TestHeader(t *testing.T) {
	h := generate(t, keys.Ed25519)
	public, err := json.Marshal(jose.JSONWebKey{Key: h.private.Public()})
	check(t, err)
	private, err := json.Marshal(jose.JSONWebKey{Key: h.private})
	check(t, err)
	for _, tc := range []struct {
		name, header, code string
	}{
		{"bare", `{"alg":"EdDSA"}`, ""},
		{"as Open Badges asks", `{"alg":"EdDSA","kid":"https://issuer.example/keys/1","typ":"JWT"}`, ""},
		{"with its key", `{"alg":"EdDSA","jwk":` + string(public) + `}`, ""},
		{"unknown members", `{"alg":"EdDSA","x-trace":{"a":[1]},"cty":"vc","iss":"https://issuer.example","iat":1}`, ""},
		{"typ in lower case", `{"alg":"EdDSA","typ":"jwt"}`, ""},
		{"typ of VC-JOSE-COSE", `{"alg":"EdDSA","typ":"vc+jwt"}`, ""},
		{"typ in full", `{"alg":"EdDSA","typ":"application/vc+jwt"}`, ""},
		{"typ in another case", `{"alg":"EdDSA","typ":"Application/VC+JWT"}`, ""},
		{"typ of an early draft", `{"alg":"EdDSA","typ":"vc+ld+jwt"}`, ""},
		{"typ of a late draft", `{"alg":"EdDSA","typ":"vc+ld+json+jwt"}`, ""},

		{"presentation", `{"alg":"EdDSA","typ":"vp+jwt"}`, "jwt.header"},
		{"presentation in another case", `{"alg":"EdDSA","typ":"Application/VP+JWT"}`, "jwt.header"},
		{"presentation of a draft", `{"alg":"EdDSA","typ":"vp+ld+jwt"}`, "jwt.header"},
		{"access token", `{"alg":"EdDSA","typ":"at+jwt"}`, "jwt.header"},
		{"selective disclosure", `{"alg":"EdDSA","typ":"vc+sd-jwt"}`, "jwt.header"},
		{"typ twice prefixed", `{"alg":"EdDSA","typ":"application/application/jwt"}`, "jwt.header"},
		{"typ with a parameter", `{"alg":"EdDSA","typ":"vc+jwt;a=b"}`, "jwt.header"},
		{"typ empty", `{"alg":"EdDSA","typ":""}`, "jwt.header"},
		{"typ null", `{"alg":"EdDSA","typ":null}`, "jwt.header"},
		{"typ a list", `{"alg":"EdDSA","typ":["JWT"]}`, "jwt.header"},

		{"crit with a name", `{"alg":"EdDSA","crit":["exp"],"exp":1}`, "jwt.header"},
		{"crit with b64", `{"alg":"EdDSA","crit":["b64"],"b64":true}`, "jwt.header"},
		{"crit empty", `{"alg":"EdDSA","crit":[]}`, "jwt.header"},
		{"crit null", `{"alg":"EdDSA","crit":null}`, "jwt.header"},
		{"crit a string", `{"alg":"EdDSA","crit":"b64"}`, "jwt.header"},
		{"b64 false", `{"alg":"EdDSA","b64":false}`, "jwt.header"},
		{"b64 true", `{"alg":"EdDSA","b64":true}`, "jwt.header"},
		{"zip", `{"alg":"EdDSA","zip":"DEF"}`, "jwt.header"},
		{"kid a number", `{"alg":"EdDSA","kid":1}`, "jwt.header"},
		{"kid null", `{"alg":"EdDSA","kid":null}`, "jwt.header"},
		{"jwk a string", `{"alg":"EdDSA","jwk":"x"}`, "jwt.header"},
		{"jwk private", `{"alg":"EdDSA","jwk":` + string(private) + `}`, "jwt.header"},
		{"jwk symmetric", `{"alg":"EdDSA","jwk":{"kty":"oct","k":"AAAA"}}`, "jwt.header"},
		{"jwk empty", `{"alg":"EdDSA","jwk":{}}`, "jwt.header"},

		{"alg missing", `{"typ":"JWT"}`, "jwt.header"},
		{"alg in another case", `{"Alg":"EdDSA"}`, "jwt.header"},
		{"alg twice", `{"alg":"EdDSA","alg":"EdDSA"}`, "jwt.header"},
		{"alg twice by an escape", `{"alg":"EdDSA","\u0061lg":"none"}`, "jwt.header"},
		{"alg a number", `{"alg":1}`, "jwt.header"},
		{"alg null", `{"alg":null}`, "jwt.header"},
		{"alg a list", `{"alg":["EdDSA"]}`, "jwt.header"},
		{"HS256", `{"alg":"HS256"}`, "jwt.header"},
		{"hs512", `{"alg":"hs512"}`, "jwt.header"},
		{"ES512", `{"alg":"ES512"}`, "proof.method"},
		{"ES256K", `{"alg":"ES256K"}`, "proof.method"},
		{"RS384", `{"alg":"RS384"}`, "proof.method"},
		{"PS512", `{"alg":"PS512"}`, "proof.method"},
		{"ES521", `{"alg":"ES521"}`, "proof.suite_unknown"},
		{"ML-DSA-65", `{"alg":"ML-DSA-65"}`, "proof.suite_unknown"},
		{"alg spelled otherwise", `{"alg":"eddsa"}`, "proof.suite_unknown"},
		{"extension demanded and algorithm unknown", `{"alg":"ES512","crit":["x"],"x":1}`, "jwt.header"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			wantCode(t, verify(t, h.raw(t, tc.header), h.key, ""), tc.code)
		})
	}
}

// TestSerialization refuses what is not one compact JWS; the parser of package vc does it, and
// this test shows that nothing gets around it.
func TestSerialization(t *testing.T) {
	h := generate(t, keys.Ed25519)
	token := h.raw(t, `{"alg":"EdDSA"}`)
	parts := strings.Split(token, ".")
	flattened := `{"protected":"` + parts[0] + `","payload":"` + parts[1] + `","signature":"` + parts[2] + `"}`
	for name, tc := range map[string]struct{ token, code string }{
		"as made":               {token, ""},
		"newline at the end":    {token + "\n", ""},
		"padded":                {token + "==", "jwt.syntax"},
		"newline inside":        {parts[0] + ".\n" + parts[1] + "." + parts[2], "jwt.syntax"},
		"two parts":             {parts[0] + "." + parts[1], "jwt.syntax"},
		"four parts":            {token + ".AAAA", "jwt.syntax"},
		"five parts":            {token + ".AAAA.AAAA", "jwt.syntax"},
		"flattened JSON":        {flattened, "jwt.syntax"},
		"standard alphabet":     {parts[0] + "." + parts[1] + "." + parts[2][:84] + "+/", "jwt.syntax"},
		"unused bits":           {parts[0] + "." + parts[1] + "." + parts[2][:85] + nextLetter(parts[2][85]), "jwt.syntax"},
		"disclosures":           {token + "~", "jwt.syntax"},
		"empty header":          {"." + parts[1] + "." + parts[2], "jwt.syntax"},
		"header is a list":      {h.raw(t, `["EdDSA"]`), "jwt.header"},
		"header with a comment": {h.raw(t, `{"alg":"EdDSA"/**/}`), "jwt.header"},
	} {
		t.Run(name, func(t *testing.T) { wantCode(t, verify(t, tc.token, h.key, ""), tc.code) })
	}
}

// nextLetter returns the base64url letter after c, which differs from it in the lowest bit for the
// letters that 64 bytes end in.
func nextLetter(c byte) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return string(letters[strings.IndexByte(letters, c)+1])
}

// TestPointers makes sure that findings name the member of the header.
func TestPointers(t *testing.T) {
	h := generate(t, keys.Ed25519)
	for header, pointer := range map[string]string{
		`{"alg":"ES512"}`:               "/alg",
		`{"alg":"ES256"}`:               "/alg",
		`{"alg":"EdDSA","typ":"x"}`:     "/typ",
		`{"alg":"EdDSA","crit":["x"]}`:  "/crit",
		`{"alg":"EdDSA","b64":false}`:   "/b64",
		`{"alg":"EdDSA","kid":{}}`:      "/kid",
		`{"kid":"did:example:1#key-1"}`: "",
	} {
		var e *strict.Error
		if err := verify(t, h.raw(t, header), h.key, ""); !errors.As(err, &e) || e.Pointer != pointer {
			t.Errorf("%s: got %v, want the pointer %q", header, err, pointer)
		}
	}
}

func TestDeviations(t *testing.T) {
	h := generate(t, keys.Ed25519)
	for header, want := range map[string]string{
		`{"alg":"EdDSA","kid":"k","typ":"JWT"}`:                   "",
		`{"alg":"EdDSA","kid":"k"}`:                               "",
		`{"alg":"EdDSA","kid":"k","typ":"vc+jwt"}`:                "/typ",
		`{"alg":"EdDSA","kid":"k","cty":"vc","iss":"x"}`:          "/cty /iss",
		`{"alg":"EdDSA"}`:                                         "",
		`{"alg":"EdDSA","x5c":["A"],"typ":"vc+jwt","a/b":"true"}`: "/x5c /typ /a~1b ",
	} {
		j, err := vc.ParseJWS([]byte(h.raw(t, header)), vc.Limits{})
		check(t, err)
		var got []string
		for _, d := range OpenBadges.Deviations(j.Header()) {
			if d.Code != "jwt.header" {
				t.Errorf("%s: code %s", header, d.Code)
			}
			got = append(got, d.Pointer)
		}
		if header == `{"alg":"EdDSA"}` && len(got) != 1 {
			t.Errorf("a header without kid and jwk has %d deviations, want 1", len(got))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: deviations at %q, want %q", header, strings.Join(got, " "), want)
		}
	}
}

// FuzzVerify checks that no token but the one that was signed verifies.
func FuzzVerify(f *testing.F) {
	h := generate(f, keys.Ed25519)
	token := h.raw(f, `{"alg":"EdDSA","kid":"k"}`)
	if err := verify(f, token, h.key, ""); err != nil {
		f.Fatalf("the seed does not verify: %v", err)
	}
	f.Add(token)
	f.Add(strings.Replace(token, ".", "..", 1))
	f.Add(generate(f, keys.Ed25519).raw(f, `{"alg":"EdDSA"}`))
	f.Fuzz(func(t *testing.T, text string) {
		if verify(t, text, h.key, "") == nil && strings.Trim(text, " \t\r\n") != token {
			t.Errorf("another token verifies: %q", text)
		}
	})
}
