package cose

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"errors"
	"testing"

	"github.com/go-jose/go-jose/v4"
	"github.com/veraison/go-cose"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

const payload = `{"issuer":"https://issuer.example"}`

// holder is a private key with the public key as the verifier gets it.
type holder struct {
	private crypto.Signer
	key     keys.Key
	alg     cose.Algorithm
}

func generate(t testing.TB, kind keys.Kind) holder {
	t.Helper()
	var h holder
	var err error
	switch kind {
	case keys.Ed25519:
		h.alg = cose.AlgorithmEdDSA
		_, h.private, err = ed25519.GenerateKey(rand.Reader)
	case keys.P256:
		h.alg = cose.AlgorithmES256
		h.private, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case keys.P384:
		h.alg = cose.AlgorithmES384
		h.private, err = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	case keys.P521:
		h.alg = cose.AlgorithmES512
		h.private, err = ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	}
	check(t, err)
	text, err := json.Marshal(jose.JSONWebKey{Key: h.private.Public()})
	check(t, err)
	v, err := strict.Parse(text, strict.Limits{})
	check(t, err)
	jwk, err := keys.ParseJWK(v)
	check(t, err)
	h.key = jwk.Key
	return h
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// sign lets the COSE library make a message; external is data that is signed and not in it.
func (h holder) sign(t testing.TB, header cose.ProtectedHeader, external []byte) []byte {
	t.Helper()
	signer, err := cose.NewSigner(h.alg, h.private)
	check(t, err)
	all := cose.ProtectedHeader{cose.HeaderLabelAlgorithm: h.alg}
	for label, v := range header {
		all[label] = v
	}
	message := cose.Sign1Message{Headers: cose.Headers{Protected: all}, Payload: []byte(payload)}
	check(t, message.Sign(rand.Reader, external, signer))
	data, err := message.MarshalCBOR()
	check(t, err)
	return data
}

func verify(t testing.TB, data []byte, key keys.Key, keyAlg string) error {
	t.Helper()
	c, err := vc.Parse(data, vc.Limits{})
	check(t, err)
	return Verify(c.COSE(), key, keyAlg, Credential)
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	var e *strict.Error
	errors.As(err, &e)
	if e == nil && code != "" || e != nil && e.Code != code {
		t.Errorf("got %v, want code %q", err, code)
	}
}

// TestAlgorithms checks messages of every algorithm and their twins: altered, and verified with keys of
// every other kind and another key of the same kind.
func TestAlgorithms(t *testing.T) {
	holders := map[keys.Kind]holder{}
	for _, kind := range []keys.Kind{keys.Ed25519, keys.P256, keys.P384, keys.P521} {
		holders[kind] = generate(t, kind)
	}
	names := map[keys.Kind]string{keys.Ed25519: "EdDSA", keys.P256: "ES256", keys.P384: "ES384", keys.P521: "ES512"}
	full := map[keys.Kind]string{keys.Ed25519: "Ed25519", keys.P256: "ESP256", keys.P384: "ESP384", keys.P521: "ESP512"}
	for kind, h := range holders {
		t.Run(names[kind], func(t *testing.T) {
			data := h.sign(t, nil, nil)
			wantCode(t, verify(t, data, h.key, ""), "")
			wantCode(t, verify(t, data, h.key, names[kind]), "")
			wantCode(t, verify(t, data, h.key, full[kind]), "")
			wantCode(t, verify(t, data, h.key, "ES521"), "proof.method")
			wantCode(t, verify(t, data, generate(t, kind).key, ""), "proof.signature")
			wantCode(t, verify(t, data, keys.Key{}, ""), "proof.method")
			for other, o := range holders {
				if other != kind {
					wantCode(t, verify(t, data, o.key, ""), "proof.method")
				}
			}
			wantCode(t, verify(t, h.sign(t, nil, []byte("external")), h.key, ""), "proof.signature")
			wantCode(t, verify(t, h.sign(t, cose.ProtectedHeader{int64(16): "application/vc+cose"}, nil), h.key, ""), "")
			wantCode(t, verify(t, h.sign(t, cose.ProtectedHeader{int64(16): "application/vp+cose"}, nil), h.key, ""), "cose.header")
			for i := range data {
				if i%7 == 0 && i > 2 {
					changed := append([]byte(nil), data...)
					changed[i] ^= 1
					if c, err := vc.Parse(changed, vc.Limits{}); err == nil && Verify(c.COSE(), h.key, "", Credential) == nil {
						t.Errorf("byte %d is not covered", i)
					}
				}
			}
		})
	}
}

// TestNumbers gives each number of the registry its name, and nothing else one.
func TestNumbers(t *testing.T) {
	names := map[int64]string{-7: "ES256", -9: "ES256", -35: "ES384", -51: "ES384", -36: "ES512", -52: "ES512", -8: "EdDSA", -19: "EdDSA", -47: "ES256K"}
	for n := int64(-300); n < 300; n++ {
		if got := string(algorithm(n)); got != names[n] {
			t.Errorf("%d is %q, want %q", n, got, names[n])
		}
	}
}
