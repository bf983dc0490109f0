package keys_test

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/multiformats/go-multibase"
)

// mldsaKey is the key of the vectors of Quantum-Resistant Cryptosuites v1.0.
func mldsaKey(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("../testdata/suites/w3c/mldsa44-jcs-2024.json")
	if err != nil {
		t.Fatal(err)
	}
	var signed struct {
		Proof struct{ VerificationMethod string }
	}
	if err := json.Unmarshal(text, &signed); err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(signed.Proof.VerificationMethod, "did:key:")
}

func TestMLDSA44(t *testing.T) {
	text := mldsaKey(t)
	key, err := keys.ParseMultikey(text)
	wantCode(t, err, "")
	public, ok := key.Public().([1312]byte)
	if key.Kind() != keys.MLDSA44 || key.Multikey() != text || !key.Equal(key) || key.Equal(keys.Key{}) || !ok {
		t.Errorf("the key is %s %s", key.Kind(), key.Multikey())
	}
	public[0] ^= 1
	other, err := keys.ParseMultikey(encode(t, multibase.Base64url, "9024", public[:]))
	wantCode(t, err, "")
	if key.Equal(other) || other.Equal(key) {
		t.Error("two keys are equal")
	}
	c, err := keys.Default(nil).Controller(t.Context(), "did:key:"+text)
	wantCode(t, err, "")
	method, err := c.Method("did:key:"+text+"#"+text, "assertionMethod")
	wantCode(t, err, "")
	if !method.Key.Equal(key) {
		t.Errorf("the method of the did:key has the key %s", method.Key.Multikey())
	}
}

func TestMLDSA44Forged(t *testing.T) {
	text := mldsaKey(t)
	raw, ed := decode(t, text), decode(t, ed25519Key)
	const u, z = multibase.Base64url, multibase.Base58BTC
	for name, c := range map[string]struct{ text, code string }{
		"control":                    {encode(t, u, "9024", raw), ""},
		"control: zeros":             {encode(t, u, "9024", make([]byte, 1312)), ""},
		"in base58btc":               {encode(t, z, "9024", raw[:900]), "key.unresolved"},
		"empty":                      {"u", "key.malformed"},
		"prefix alone":               {encode(t, u, "9024", nil), "key.malformed"},
		"short":                      {encode(t, u, "9024", raw[1:]), "key.malformed"},
		"long":                       {encode(t, u, "9024", append(append([]byte(nil), raw...), 0)), "key.malformed"},
		"ML-DSA-65":                  {encode(t, u, "9124", make([]byte, 1952)), "key.unresolved"},
		"ML-DSA-87":                  {encode(t, u, "9224", make([]byte, 2592)), "key.unresolved"},
		"SLH-DSA":                    {encode(t, u, "a024", make([]byte, 32)), "key.unresolved"},
		"Ed25519":                    {encode(t, u, "ed01", ed), "key.malformed"},
		"secret key":                 {encode(t, u, "9726", make([]byte, 2560)), "key.malformed"},
		"seed":                       {encode(t, u, "9a26", make([]byte, 32)), "key.malformed"},
		"base64url with padding":     {encode(t, multibase.Base64urlPad, "9024", raw), "key.malformed"},
		"base64":                     {"m" + text[1:], "key.malformed"},
		"padding":                    {text + "=", "key.malformed"},
		"line break":                 {text + "\n", "key.malformed"},
		"letter outside of alphabet": {text[:50] + "+" + text[51:], "key.malformed"},
		"unused bits":                {"u" + base64.RawURLEncoding.EncodeToString([]byte{0xa0, 0x24, 1, 2})[:5] + "h", "key.malformed"},
		"huge":                       {"u" + strings.Repeat("A", 1<<20), "key.malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			k, err := keys.ParseMultikey(c.text)
			wantCode(t, err, c.code)
			if err != nil && (k.Kind() != "" || k.Public() != nil || k.Multikey() != "") {
				t.Error("a refused key is not the zero Key")
			}
		})
	}
}
