package keys_test

import (
	"encoding/hex"
	"encoding/pem"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
)

// secpKey is the example of the did:key specification; secpX and secpY are the same point.
const (
	secpKey = "zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme"
	secpX   = "h0wVx_2iDlOcblulc8E5iEw1EYh5n1RYtLQfeSTyNc0"
	secpY   = "O2EATIGbu6DezKFptj5scAIRntgfecanVNXxat1rnwE"
)

func TestSecp256k1(t *testing.T) {
	key, err := keys.ParseMultikey(secpKey)
	wantCode(t, err, "")
	if key.Kind() != keys.Secp256k1 || key.Multikey() != secpKey || !key.Equal(key) {
		t.Errorf("the key is %s %s", key.Kind(), key.Multikey())
	}
	j, err := keys.ParseJWK(parse(t, `{"kty":"EC","crv":"secp256k1","x":"`+secpX+`","y":"`+secpY+`","alg":"ES256K"}`))
	wantCode(t, err, "")
	if !j.Key.Equal(key) || key.Equal(keys.Key{}) {
		t.Errorf("the same key as a JWK is %s", j.Key.Multikey())
	}
	raw := decode(t, secpKey)
	raw[0] ^= 1
	other, err := keys.ParseMultikey(encode(t, 'z', "e701", raw))
	wantCode(t, err, "")
	if key.Equal(other) {
		t.Error("a point equals its negative")
	}
}

func TestSecp256k1Forged(t *testing.T) {
	raw := decode(t, secpKey)
	flipped := func(i int, b byte) []byte { out := append([]byte(nil), raw...); out[i] = b; return out }
	for name, c := range map[string]struct {
		raw  []byte
		code string
	}{
		"control":             {raw, ""},
		"control: other y":    {flipped(0, raw[0]^1), ""},
		"short":               {raw[:32], "key.malformed"},
		"long":                {append(append([]byte(nil), raw...), 0), "key.malformed"},
		"tag 4":               {flipped(0, 4), "key.malformed"},
		"tag 0":               {flipped(0, 0), "key.malformed"},
		"hybrid":              {flipped(0, 6), "key.malformed"},
		"x above the prime":   {append([]byte{2}, []byte(strings.Repeat("\xff", 32))...), "key.malformed"},
		"x of no point":       {append([]byte{2}, append(make([]byte, 31), 5)...), "key.malformed"},
		"zeros":               {make([]byte, 33), "key.malformed"},
		"uncompressed length": {append([]byte{4}, make([]byte, 64)...), "key.malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := keys.ParseMultikey(encode(t, 'z', "e701", c.raw))
			wantCode(t, err, c.code)
		})
	}
	for name, c := range map[string]struct{ jwk, code string }{
		"control":              {`"x":"` + secpX + `","y":"` + secpY + `"`, ""},
		"another curve's y":    {`"x":"` + secpX + `","y":"` + ecY + `"`, "key.malformed"},
		"a P-256 point":        {`"x":"` + ecX + `","y":"` + ecY + `"`, "key.malformed"},
		"no y":                 {`"x":"` + secpX + `"`, "key.malformed"},
		"alg of another curve": {`"x":"` + secpX + `","y":"` + secpY + `","alg":"ES256"`, "key.malformed"},
		"secret":               {`"x":"` + secpX + `","y":"` + secpY + `","d":"AA"`, "key.malformed"},
	} {
		t.Run("JWK "+name, func(t *testing.T) {
			_, err := keys.ParseJWK(parse(t, `{"kty":"EC","crv":"secp256k1",`+c.jwk+`}`))
			wantCode(t, err, c.code)
		})
	}
}

// TestOldMethods reads verification methods in the forms that wallets of 2018 to 2021 wrote.
func TestOldMethods(t *testing.T) {
	raw := decode(t, secpKey)
	base58 := encode(t, 'z', "", raw)[1:]
	der := pem.EncodeToMemory(&pem.Block{Type: "RSA PUBLIC KEY", Bytes: decode(t, rsaKey)})
	rsaPEM := strings.ReplaceAll(string(der), "\n", `\n`)
	for name, c := range map[string]struct{ method, code string }{
		"secp256k1 in hex":       {`"type":"EcdsaSecp256k1VerificationKey2019","publicKeyHex":"` + hex.EncodeToString(raw) + `"`, ""},
		"secp256k1 in base58":    {`"type":"EcdsaSecp256k1VerificationKey2019","publicKeyBase58":"` + base58 + `"`, ""},
		"secp256k1 as Multikey":  {`"type":"EcdsaSecp256k1VerificationKey2019","publicKeyMultibase":"` + secpKey + `"`, ""},
		"secp256k1 as JWK":       {`"type":"EcdsaSecp256k1VerificationKey2019","publicKeyJwk":{"kty":"EC","crv":"secp256k1","x":"` + secpX + `","y":"` + secpY + `"}`, ""},
		"RSA in PEM":             {`"type":"RsaVerificationKey2018","publicKeyPem":"` + rsaPEM + `"`, ""},
		"two forms":              {`"type":"EcdsaSecp256k1VerificationKey2019","publicKeyHex":"` + hex.EncodeToString(raw) + `","publicKeyBase58":"` + base58 + `"`, "key.malformed"},
		"two forms with the JWK": {`"type":"EcdsaSecp256k1VerificationKey2019","publicKeyHex":"` + hex.EncodeToString(raw) + `","publicKeyJwk":{"kty":"EC","crv":"secp256k1","x":"` + secpX + `","y":"` + secpY + `"}`, "key.malformed"},
		"none":                   {`"type":"EcdsaSecp256k1VerificationKey2019"`, "key.malformed"},
		"another curve":          {`"type":"EcdsaSecp256k1VerificationKey2019","publicKeyMultibase":"` + p256Key + `"`, "key.malformed"},
		"hex of odd length":      {`"type":"EcdsaSecp256k1VerificationKey2019","publicKeyHex":"` + hex.EncodeToString(raw)[1:] + `"`, "key.malformed"},
		"hex of an address":      {`"type":"EcdsaSecp256k1VerificationKey2019","publicKeyHex":"` + strings.Repeat("ab", 20) + `"`, "key.malformed"},
		"base58 too long":        {`"type":"EcdsaSecp256k1VerificationKey2019","publicKeyBase58":"` + strings.Repeat("2", 100) + `"`, "key.malformed"},
		"base58 with zeros":      {`"type":"EcdsaSecp256k1VerificationKey2019","publicKeyBase58":"1` + base58 + `"`, "key.malformed"},
		"no PEM":                 {`"type":"RsaVerificationKey2018","publicKeyPem":"MIIB"`, "key.malformed"},
		"PEM twice":              {`"type":"RsaVerificationKey2018","publicKeyPem":"` + rsaPEM + rsaPEM + `"`, "key.malformed"},
		"PEM of a certificate":   {`"type":"RsaVerificationKey2018","publicKeyPem":"` + strings.ReplaceAll(rsaPEM, "PUBLIC KEY", "CERTIFICATE") + `"`, "key.malformed"},
		"PEM enormous":           {`"type":"RsaVerificationKey2018","publicKeyPem":"` + strings.Repeat("x", 10_000) + `"`, "key.malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := readMethod(t, `"controller":"`+issuer+`",`+c.method)
			wantCode(t, err, c.code)
		})
	}
}
