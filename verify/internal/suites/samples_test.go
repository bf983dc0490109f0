package suites

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/canon"
)

// samples are badges that other people's libraries signed; testdata/generate/suites makes them.
var samples = []struct {
	file, suite string
	kind        keys.Kind
	legacy      bool
}{
	{"eddsa-jcs-2022", "eddsa-jcs-2022", keys.Ed25519, false},
	{"ecdsa-jcs-2019-p256", "ecdsa-jcs-2019", keys.P256, false},
	{"ecdsa-jcs-2019-p384", "ecdsa-jcs-2019", keys.P384, false},
	{"mldsa44-rdfc-2024", "mldsa44-rdfc-2024", keys.MLDSA44, false},
	{"mldsa44-jcs-2024", "mldsa44-jcs-2024", keys.MLDSA44, false},
	{"ecdsa-sd-2023-mandatory", "ecdsa-sd-2023", keys.P256, false},
	{"ecdsa-sd-2023-some", "ecdsa-sd-2023", keys.P256, false},
	{"ecdsa-sd-2023-all", "ecdsa-sd-2023", keys.P256, false},
	{"Ed25519Signature2018-first", "Ed25519Signature2018", keys.Ed25519, true},
	{"Ed25519Signature2018", "Ed25519Signature2018", keys.Ed25519, true},
	{"Ed25519Signature2018-v2", "Ed25519Signature2018", keys.Ed25519, true},
	{"RsaSignature2018", "RsaSignature2018", keys.RSA, true},
	{"EcdsaSecp256k1Signature2019", "EcdsaSecp256k1Signature2019", keys.Secp256k1, true},
	{"JsonWebSignature2020-p256", "JsonWebSignature2020", keys.P256, true},
	{"JsonWebSignature2020-p384", "JsonWebSignature2020", keys.P384, true},
	{"JsonWebSignature2020-secp256k1", "JsonWebSignature2020", keys.Secp256k1, true},
}

func sample(t testing.TB, name string) []byte {
	t.Helper()
	return sampleFile(t, name+".json")
}

func sampleFile(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "testdata", "suites", name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestSamples(t *testing.T) {
	p := canon.New(nil, canon.Limits{})
	for _, tc := range samples {
		t.Run(tc.file, func(t *testing.T) {
			suite, in := input(t, p, sample(t, tc.file))
			if suite.Name() != tc.suite || suite.Legacy() != tc.legacy || in.Key.Kind() != tc.kind {
				t.Errorf("suite %s, legacy %t, key %s", suite.Name(), suite.Legacy(), in.Key.Kind())
			}
			result, err := suite.Verify(in)
			wantCode(t, err, "")
			if result.Content != 0 || result.UnsignedContexts != 0 || result.Contents != 1 && !strings.Contains(string(sample(t, tc.file)), "context-3.0.3") {
				t.Errorf("result %+v", result)
			}
		})
	}
}
