package keys

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// TestParsePEM reads a key of every kind, and its twins: cut short, with something behind it, as another block.
func TestParsePEM(t *testing.T) {
	rsaSigner, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	edPublic, _, _ := ed25519.GenerateKey(rand.Reader)
	public := map[Kind]crypto.PublicKey{RSA: &rsaSigner.PublicKey, Ed25519: edPublic}
	for kind, curve := range map[Kind]elliptic.Curve{P256: elliptic.P256(), P384: elliptic.P384(), P521: elliptic.P521()} {
		key, err := ecdsa.GenerateKey(curve, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		public[kind] = &key.PublicKey
	}
	for kind, p := range public {
		der, err := x509.MarshalPKIXPublicKey(p)
		if err != nil {
			t.Fatal(err)
		}
		block := func(name string, der []byte) string {
			return string(pem.EncodeToMemory(&pem.Block{Type: name, Bytes: der}))
		}
		text := block("PUBLIC KEY", der)
		if key, err := ParsePEM("\n" + text + "\n"); err != nil || key.Kind() != kind {
			t.Errorf("%s: read %q, %v", kind, key.Kind(), err)
		}
		for name, bad := range map[string]string{
			"cut": block("PUBLIC KEY", der[:len(der)-1]), "twice": text + text, "certificate": block("CERTIFICATE", der),
			"private": block("PRIVATE KEY", der), "none": "", "too long": text + strings.Repeat(" ", maxPEM),
			"text before": "a key:\n" + text, "damaged before": strings.Replace(text, "M", "*", 1) + text, "begun before": "-----BEGIN PUBLIC KEY-----\n" + text,
			"headers": strings.Replace(text, "KEY-----\n", "KEY-----\nA: b\n\n", 1),
		} {
			_, err := ParsePEM(bad)
			if e, ok := errors.AsType[*strict.Error](err); !ok || e.Code != "key.malformed" {
				t.Errorf("%s, %s: %v", kind, name, err)
			}
		}
	}
	weak, err := ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, _ := x509.MarshalPKIXPublicKey(&weak.PublicKey)
	if _, err := ParsePEM(string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))); err == nil {
		t.Error("a P-224 key was read")
	}
}
