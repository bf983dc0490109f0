package jose

import (
	"crypto/sha256"
	"encoding/base64"
	"testing"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"
	"github.com/decred/dcrd/dcrec/secp256k1/v4/ecdsa"
	"github.com/go-jose/go-jose/v4"
	"github.com/multiformats/go-multibase"

	"github.com/badgeproof/badgeproof/keys"
)

// TestFullySpecified takes the newer names of algorithms for what they are, in the header and beside the key.
func TestFullySpecified(t *testing.T) {
	h, other := generate(t, keys.Ed25519), generate(t, keys.Ed25519)
	for _, alg := range []string{"EdDSA", "Ed25519"} {
		token := h.raw(t, `{"alg":"`+alg+`"}`)
		for keyAlg, code := range map[string]string{"": "", "EdDSA": "", "Ed25519": "", "ES256": "proof.method", "Ed448": "proof.method", "ESP256": "proof.method"} {
			wantCode(t, verify(t, token, h.key, keyAlg), code)
		}
		wantCode(t, verify(t, token, other.key, ""), "proof.signature")
		wantCode(t, verify(t, token, generate(t, keys.P256).key, ""), "proof.method")
	}
	wantCode(t, verify(t, h.raw(t, `{"alg":"ESP256"}`), h.key, ""), "proof.method")
	wantCode(t, verify(t, h.raw(t, `{"alg":"Ed448"}`), h.key, ""), "proof.suite_unknown")
}

// TestES256K checks the one algorithm that the JOSE library does not know.
func TestES256K(t *testing.T) {
	private, err := secp256k1.GeneratePrivateKey()
	check(t, err)
	text, err := multibase.Encode(multibase.Base58BTC, append([]byte{0xe7, 0x01}, private.PubKey().SerializeCompressed()...))
	check(t, err)
	key, err := keys.ParseMultikey(text)
	check(t, err)
	sign := func(header, payload string) string {
		input := base64.RawURLEncoding.EncodeToString([]byte(header)) + "." + base64.RawURLEncoding.EncodeToString([]byte(payload))
		digest := sha256.Sum256([]byte(input))
		return input + "." + base64.RawURLEncoding.EncodeToString(ecdsa.SignCompact(private, digest[:], true)[1:])
	}
	token := sign(`{"alg":"ES256K"}`, payload)
	wantCode(t, verify(t, token, key, ""), "")
	wantCode(t, verify(t, token, key, "ES256K"), "")
	wantCode(t, verify(t, token, key, "ES256"), "proof.method")
	wantCode(t, verify(t, token, generate(t, keys.P256).key, ""), "proof.method")
	wantCode(t, verify(t, sign(`{"alg":"ES256"}`, payload), key, ""), "proof.method")
	wantCode(t, verify(t, token[:len(token)-2], key, ""), "proof.signature")
	other := sign(`{"alg":"ES256K"}`, payload+" ")
	wantCode(t, verify(t, token[:len(token)-86]+other[len(other)-86:], key, ""), "proof.signature")
	wantCode(t, verify(t, generate(t, keys.P256).sign(t, jose.ES256, nil), key, ""), "proof.method")
}
