package signature

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"github.com/multiformats/go-multibase"

	"github.com/badgeproof/badgeproof/keys"
)

// Project Wycheproof's vectors, version 0.9rc5, beside the repository.
const wycheproof = "../../../../shared/vectors/wycheproof"

type suite struct {
	NumberOfTests int `json:"numberOfTests"`
	TestGroups    []struct {
		PublicKey struct {
			Type, Curve, PK, Uncompressed, Modulus, PublicExponent string
		} `json:"publicKey"`
		PublicKeyAsn string `json:"publicKeyAsn"`
		Tests        []vector
	}
}

type vector struct {
	TcID    int `json:"tcId"`
	Comment string
	Flags   []string
	Msg     string
	Sig     string
	Result  string
}

func load(t *testing.T, name string) suite {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(wycheproof, name))
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("the vectors of Project Wycheproof are not at %s", wycheproof)
	}
	if err != nil {
		t.Fatal(err)
	}
	var s suite
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	out, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// multikey builds a key the way that verification gets it, from its public text.
func multikey(t testing.TB, prefix string, raw []byte) keys.Key {
	t.Helper()
	text, err := multibase.Encode(multibase.Base58BTC, append(unhex(t, prefix), raw...))
	if err != nil {
		t.Fatal(err)
	}
	key, err := keys.ParseMultikey(text)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// compressed turns an uncompressed point into a compressed one.
func compressed(point []byte) []byte {
	size := (len(point) - 1) / 2
	return append([]byte{2 + point[len(point)-1]&1}, point[1:1+size]...)
}

func TestWycheproof(t *testing.T) {
	for _, tc := range []struct {
		file      string
		algorithm Algorithm
		prefix    string // multicodec of the key
		valid     int    // how many of the vectors are valid
		count     int
	}{
		{"ed25519_test.json", EdDSA, "ed01", 88, 151},
		{"ecdsa_secp256r1_sha256_p1363_test.json", ES256, "8024", 173, 262},
		{"ecdsa_secp384r1_sha384_p1363_test.json", ES384, "8124", 193, 280},
		{"ecdsa_secp256k1_sha256_p1363_test.json", ES256K, "e701", 167, 252},
		{"rsa_signature_2048_sha256_test.json", RS256, "8524", 9, 259},
		{"rsa_pss_2048_sha256_mgf1_32_test.json", PS256, "8524", 63, 108},
	} {
		t.Run(string(tc.algorithm), func(t *testing.T) {
			s := load(t, tc.file)
			valid, count := 0, 0
			for _, g := range s.TestGroups {
				raw := unhex(t, g.PublicKey.PK+g.PublicKeyAsn)
				if g.PublicKey.Uncompressed != "" {
					raw = compressed(unhex(t, g.PublicKey.Uncompressed))
				}
				key := multikey(t, tc.prefix, raw)
				for _, v := range g.Tests {
					count++
					got := Verify(tc.algorithm, key, unhex(t, v.Msg), unhex(t, v.Sig))
					if got {
						valid++
					}
					// The one "acceptable" RSA vector leaves NULL out of DigestInfo; RFC 8017 wants it there.
					if want := v.Result == "valid"; got != want {
						t.Errorf("case %d (%s %v): verified is %t, want %t", v.TcID, v.Comment, v.Flags, got, want)
					}
				}
			}
			if valid != tc.valid || count != tc.count || count != s.NumberOfTests {
				t.Errorf("%d of %d vectors verify, want %d of %d", valid, count, tc.valid, tc.count)
			}
		})
	}
}

// TestECDSAMalleability states what is accepted: (r, n-s) is as good as (r, s), and nothing else
// made from them is.
func TestECDSAMalleability(t *testing.T) {
	s := load(t, "ecdsa_secp256r1_sha256_p1363_test.json")
	g := s.TestGroups[0]
	key := multikey(t, "8024", compressed(unhex(t, g.PublicKey.Uncompressed)))
	message, sig := unhex(t, g.Tests[0].Msg), unhex(t, g.Tests[0].Sig)
	order, _ := new(big.Int).SetString("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16)
	other := new(big.Int).Sub(order, new(big.Int).SetBytes(sig[32:]))
	swapped := append(bytes.Clone(sig[:32]), other.FillBytes(make([]byte, 32))...)
	for name, tc := range map[string]struct {
		sig  []byte
		want bool
	}{
		"as made":        {sig, true},
		"s negated":      {swapped, true},
		"r and s traded": {append(bytes.Clone(sig[32:]), sig[:32]...), false},
		"leading zero":   {append([]byte{0}, sig...), false},
		"last byte off":  {sig[:63], false},
		"empty":          {nil, false},
		"all zero":       {make([]byte, 64), false},
	} {
		if got := Verify(ES256, key, message, tc.sig); got != tc.want {
			t.Errorf("%s: verified is %t, want %t", name, got, tc.want)
		}
	}
}
