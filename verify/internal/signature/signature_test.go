package signature

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"testing"

	"filippo.io/mldsa"
	"github.com/decred/dcrd/dcrec/secp256k1/v4"
	secp256k1ecdsa "github.com/decred/dcrd/dcrec/secp256k1/v4/ecdsa"

	"github.com/badgeproof/badgeproof/keys"
)

// pair is a key with the signatures that it can make.
type pair struct {
	key  keys.Key
	sign map[Algorithm]func(message []byte) []byte
}

func pairs(t testing.TB) map[keys.Kind]pair {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	edPublic, ed, err := ed25519.GenerateKey(rand.Reader)
	must(err)
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	must(err)
	p521, err := ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	must(err)
	koblitz, err := secp256k1.GeneratePrivateKey()
	must(err)
	modulus, err := rsa.GenerateKey(rand.Reader, 2048)
	must(err)
	lattice, err := mldsa.GenerateKey(mldsa.MLDSA44())
	must(err)
	p1363 := func(key *ecdsa.PrivateKey, digest []byte) []byte {
		r, s, err := ecdsa.Sign(rand.Reader, key, digest)
		must(err)
		size := (key.Params().BitSize + 7) / 8
		return append(r.FillBytes(make([]byte, size)), s.FillBytes(make([]byte, size))...)
	}
	point := func(key *ecdsa.PrivateKey) []byte {
		raw, err := key.PublicKey.Bytes()
		must(err)
		return compressed(raw)
	}
	return map[keys.Kind]pair{
		keys.Ed25519: {multikey(t, "ed01", edPublic), map[Algorithm]func([]byte) []byte{
			EdDSA: func(m []byte) []byte { return ed25519.Sign(ed, m) },
		}},
		keys.P256: {multikey(t, "8024", point(p256)), map[Algorithm]func([]byte) []byte{
			ES256: func(m []byte) []byte { d := sha256.Sum256(m); return p1363(p256, d[:]) },
		}},
		keys.P384: {multikey(t, "8124", point(p384)), map[Algorithm]func([]byte) []byte{
			ES384: func(m []byte) []byte { d := sha512.Sum384(m); return p1363(p384, d[:]) },
		}},
		keys.P521: {multikey(t, "8224", point(p521)), map[Algorithm]func([]byte) []byte{
			ES512: func(m []byte) []byte { d := sha512.Sum512(m); return p1363(p521, d[:]) },
		}},
		keys.Secp256k1: {multikey(t, "e701", koblitz.PubKey().SerializeCompressed()), map[Algorithm]func([]byte) []byte{
			ES256K: func(m []byte) []byte {
				d := sha256.Sum256(m)
				return secp256k1ecdsa.SignCompact(koblitz, d[:], true)[1:]
			},
		}},
		keys.MLDSA44: {mldsaKey(t, lattice), map[Algorithm]func([]byte) []byte{
			MLDSA44: func(m []byte) []byte {
				sig, err := lattice.Sign(nil, m, &mldsa.Options{})
				must(err)
				return sig
			},
		}},
		keys.RSA: {multikey(t, "8524", x509.MarshalPKCS1PublicKey(&modulus.PublicKey)), map[Algorithm]func([]byte) []byte{
			RS256: func(m []byte) []byte { return pkcs1(t, modulus, crypto.SHA256, m) },
			RS384: func(m []byte) []byte { return pkcs1(t, modulus, crypto.SHA384, m) },
			RS512: func(m []byte) []byte { return pkcs1(t, modulus, crypto.SHA512, m) },
			PS256: func(m []byte) []byte { return pss(t, modulus, crypto.SHA256, m, 32) },
			PS384: func(m []byte) []byte { return pss(t, modulus, crypto.SHA384, m, 48) },
			PS512: func(m []byte) []byte { return pss(t, modulus, crypto.SHA512, m, 64) },
		}},
	}
}

func mldsaKey(t testing.TB, secret *mldsa.PrivateKey) keys.Key {
	t.Helper()
	raw := append([]byte{0x90, 0x24}, secret.PublicKey().Bytes()...)
	key, err := keys.ParseMultikey("u" + base64.RawURLEncoding.EncodeToString(raw))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func pkcs1(t testing.TB, key *rsa.PrivateKey, hash crypto.Hash, message []byte) []byte {
	t.Helper()
	sig, err := rsa.SignPKCS1v15(nil, key, hash, sum(hash, message))
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

func pss(t testing.TB, key *rsa.PrivateKey, hash crypto.Hash, message []byte, salt int) []byte {
	t.Helper()
	sig, err := rsa.SignPSS(rand.Reader, key, hash, sum(hash, message), &rsa.PSSOptions{SaltLength: salt})
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

// TestKeyDecides tries every signature under every algorithm and every key: only the algorithm that
// made it, with the key that made it, verifies it.
func TestKeyDecides(t *testing.T) {
	message := []byte("a badge")
	all := pairs(t)
	algorithms := []Algorithm{EdDSA, ES256, ES384, RS256, PS256, ES512, ES256K, RS384, RS512, PS384, PS512, MLDSA44, "ES521", "none", "HS256", ""}
	for signer, p := range all {
		for made, sign := range p.sign {
			sig := sign(message)
			for holder, other := range all {
				for _, algorithm := range algorithms {
					want := holder == signer && algorithm == made
					if got := Verify(algorithm, other.key, message, sig); got != want {
						t.Errorf("%s signature as %s with the %s key: verified is %t, want %t", made, algorithm, holder, got, want)
					}
				}
			}
			if Verify(made, p.key, []byte("another badge"), sig) {
				t.Errorf("%s signature verifies for another message", made)
			}
			sig[len(sig)/2] ^= 1
			if Verify(made, p.key, message, sig) {
				t.Errorf("altered %s signature verifies", made)
			}
		}
		again := pairs(t)[signer]
		for made, sign := range p.sign {
			if Verify(made, again.key, message, sign(message)) {
				t.Errorf("%s signature verifies with another key of the same kind", made)
			}
		}
	}
}

func TestZeroKey(t *testing.T) {
	for _, algorithm := range []Algorithm{EdDSA, ES256, ES384, RS256, PS256, ""} {
		if Verify(algorithm, keys.Key{}, nil, nil) {
			t.Errorf("%s verifies with no key", algorithm)
		}
	}
}

func TestSaltLength(t *testing.T) {
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	key := multikey(t, "8524", x509.MarshalPKCS1PublicKey(&private.PublicKey))
	message := []byte("a badge")
	for algorithm, hash := range map[Algorithm]crypto.Hash{PS256: crypto.SHA256, PS384: crypto.SHA384, PS512: crypto.SHA512} {
		for _, salt := range []int{rsa.PSSSaltLengthAuto, 20, 31, 32, 33, 47, 48, 49, 63, 64, 65} {
			if got := Verify(algorithm, key, message, pss(t, private, hash, message, salt)); got != (salt == hash.Size()) {
				t.Errorf("%s with a salt of %d bytes: verified is %t", algorithm, salt, got)
			}
		}
	}
}

func TestForKind(t *testing.T) {
	for kind, p := range pairs(t) {
		list := ForKind(kind)
		if len(list) != len(p.sign) {
			t.Errorf("%s has the algorithms %v, want %d of them", kind, list, len(p.sign))
		}
		for _, algorithm := range list {
			if p.sign[algorithm] == nil {
				t.Errorf("%s cannot sign with %s", kind, algorithm)
			}
		}
	}
	if list := ForKind("Ed448"); len(list) != 0 {
		t.Errorf("an unknown kind has the algorithms %v", list)
	}
}
