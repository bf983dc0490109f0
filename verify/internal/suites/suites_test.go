package suites

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// shared is where the official vectors and contexts are, beside the repository.
const shared = "../../../../shared"

func parse(t testing.TB, text []byte) strict.Value {
	t.Helper()
	v, err := strict.Parse(text, strict.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(shared, name))
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("the official vectors are not at %s", shared)
	}
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// wantCode fails unless err is a *strict.Error with this code; "" asks for no error.
func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	var e *strict.Error
	switch {
	case code == "" && err != nil:
		t.Fatalf("unexpected error: %v", err)
	case code != "" && !errors.As(err, &e):
		t.Fatalf("got %v, want code %s", err, code)
	case code != "" && e.Code != code:
		t.Fatalf("got code %s (%v), want %s", e.Code, err, code)
	}
}

func multikey(t testing.TB, text string) keys.Key {
	t.Helper()
	key, err := keys.ParseMultikey(text)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// processor knows the embedded contexts and the one that the examples of the specifications name.
func processor(t testing.TB) *canon.Processor {
	t.Helper()
	set, err := contexts.Embedded().With("https://www.w3.org/ns/credentials/examples/v2", read(t, "contexts/credentials-examples-v2.jsonld"))
	if err != nil {
		t.Fatal(err)
	}
	return canon.New(set, canon.Limits{})
}

// official are the vectors of the specifications: a signed document and its intermediate results.
var official = []struct {
	name, folder, suffix, suite string
	kind                        keys.Kind
}{
	{"eddsa-rdfc-2022", "vc-di-eddsa/eddsa-rdfc-2022", "DataInt", "eddsa-rdfc-2022", keys.Ed25519},
	{"Ed25519Signature2020", "vc-di-eddsa/Ed25519Signature2020", "EdSig", "Ed25519Signature2020", keys.Ed25519},
	{"ecdsa-rdfc-2019 P-256", "vc-di-ecdsa/ecdsa-rdfc-2019-p256", "ECDSAP256", "ecdsa-rdfc-2019", keys.P256},
	{"ecdsa-rdfc-2019 P-384", "vc-di-ecdsa/ecdsa-rdfc-2019-p384", "ECDSAP384", "ecdsa-rdfc-2019", keys.P384},
}

// input reads a signed document with one proof, by the key in its did:key verification method.
func input(t testing.TB, p *canon.Processor, text []byte) (Suite, Input) {
	t.Helper()
	document := parse(t, text)
	proof := document.Get("proof")
	suite, ok := Find(proof)
	if !ok {
		t.Fatal("no suite for the proof")
	}
	_, key, _ := strings.Cut(proof.Get("verificationMethod").Text(), "#")
	return suite, Input{Document: document, Proof: proof, Key: multikey(t, key), Canon: p}
}

func TestOfficialVectors(t *testing.T) {
	for _, tc := range official {
		t.Run(tc.name, func(t *testing.T) {
			file := func(kind string) string { return "vectors/" + tc.folder + "/" + kind + tc.suffix }
			suite, in := input(t, processor(t), read(t, file("signed")+".json"))
			if suite.Name() != tc.suite || in.Key.Kind() != tc.kind {
				t.Errorf("suite %s and kind %s, want %s and %s", suite.Name(), in.Key.Kind(), tc.suite, tc.kind)
			}
			result, err := suite.Verify(in)
			wantCode(t, err, "")
			if result != (Result{Content: 0, Contents: 1}) {
				t.Errorf("result %+v", result)
			}
			data, _, err := suite.HashData(in, 0)
			wantCode(t, err, "")
			for part, got := range map[string][]byte{
				"combinedHash": data, "proofHash": data[:len(data)/2], "docHash": data[len(data)/2:],
			} {
				if want := strings.TrimSpace(string(read(t, file(part)+".txt"))); hex.EncodeToString(got) != want {
					t.Errorf("%s is %x, want %s", part, got, want)
				}
			}
			value, err := proofValue(in.Proof, len(data))
			wantCode(t, err, "")
			if want := strings.TrimSpace(string(read(t, file("sigHex")+".txt"))); hex.EncodeToString(value) != want {
				t.Errorf("the signature is %x, want %s", value, want)
			}
		})
	}
}

// TestMutations alters one signed part at a time of each official vector. The document stays one that
// can be canonicalized, so that it is the signature that refuses it.
func TestMutations(t *testing.T) {
	mutations := []struct{ name, from, to, code string }{
		{"nothing", "", "", ""},
		{"white space", `"name":`, `"name" : `, ""},
		{"a value", "The School of Examples", "The School of Forgery", "proof.signature"},
		{"the issuer", "https://vc.example/issuers/5678", "https://vc.example/issuers/5679", "proof.signature"},
		{"a date", "2023-01-01T00:00:00Z", "2033-01-01T00:00:00Z", "proof.signature"},
		{"a type", `"AlumniCredential"`, `"ExampleDegreeCredential"`, "proof.signature"},
		{"the subject", "did:example:abcdefgh", "did:example:mallory", "proof.signature"},
		{"a property more", `"name":`, `"validUntil": "2099-01-01T00:00:00Z", "name":`, "proof.signature"},
		{"a property less", `"name": "Alumni Credential",`, ``, "proof.signature"},
		{"created", "2023-02-24T23:36:38Z", "2023-02-24T23:36:39Z", "proof.signature"},
		{"created left out", `"created": "2023-02-24T23:36:38Z",`, ``, "proof.signature"},
		{"purpose", "assertionMethod", "authentication", "proof.signature"},
		{"verification method", `"verificationMethod": "did:key:`, `"verificationMethod": "did:kez:`, "proof.signature"},
		{"an expiry more", `"proofPurpose":`, `"expires": "2099-01-01T00:00:00Z", "proofPurpose":`, "proof.signature"},
		{"a domain more", `"proofPurpose":`, `"domain": "example.com", "proofPurpose":`, "proof.signature"},
		{"a name of the proof more", `"proofPurpose":`, `"id": "urn:uuid:1", "proofPurpose":`, "proof.signature"},
		{"a property renamed", `"name":`, `"nickname":`, "proof.signature"}, // the examples context has @vocab
		{"a member of the proof more", `"proofPurpose":`, `"nickname": "x", "proofPurpose":`, "proof.signature"},
		{"a relative identifier", "did:example:abcdefgh", "abcdefgh", "jsonld.invalid_iri"},
		{"unknown context", `examples/v2"`, `examples/v3"`, "jsonld.context"},
	}
	p := processor(t)
	for _, tc := range official {
		text := read(t, "vectors/"+tc.folder+"/signed"+tc.suffix+".json")
		for _, m := range mutations {
			t.Run(tc.name+"/"+m.name, func(t *testing.T) {
				altered := bytes.ReplaceAll(text, []byte(m.from), []byte(m.to))
				if m.from == "" {
					altered = text
				} else if bytes.Equal(altered, text) {
					t.Fatal("the mutation changes nothing")
				}
				suite, in := input(t, p, altered)
				_, err := suite.Verify(in)
				wantCode(t, err, m.code)
			})
		}
	}
}

// TestEveryBitOfSignature flips each bit of a signature in turn.
func TestEveryBitOfSignature(t *testing.T) {
	p := processor(t)
	for _, tc := range official {
		t.Run(tc.name, func(t *testing.T) {
			text := read(t, "vectors/"+tc.folder+"/signed"+tc.suffix+".json")
			_, in := input(t, p, text)
			original := in.Proof.Get("proofValue").Text()
			raw, err := hex.DecodeString(strings.TrimSpace(string(read(t, "vectors/"+tc.folder+"/sigHex"+tc.suffix+".txt"))))
			wantCode(t, err, "")
			for bit := 0; bit < 8*len(raw); bit += 7 {
				raw[bit/8] ^= 1 << (bit % 8)
				suite, in := input(t, p, bytes.Replace(text, []byte(original), []byte(base58(t, raw)), 1))
				_, err := suite.Verify(in)
				wantCode(t, err, "proof.signature")
				raw[bit/8] ^= 1 << (bit % 8)
			}
		})
	}
}

func TestWrongKey(t *testing.T) {
	const (
		ed   = "z6MktgKTsu1QhX6QPbyqG6geXdw6FQCZBPq7uQpieWbiQiG7" // of the proof set vectors
		p256 = "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP"
		p384 = "z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ"
	)
	p := processor(t)
	for _, tc := range official {
		text := read(t, "vectors/"+tc.folder+"/signed"+tc.suffix+".json")
		for kind, key := range map[keys.Kind]keys.Key{
			keys.Ed25519: multikey(t, ed), keys.P256: multikey(t, p256), keys.P384: multikey(t, p384), "": {},
		} {
			suite, in := input(t, p, text)
			in.Key = key
			_, err := suite.Verify(in)
			switch {
			case !suite.Accepts(kind):
				wantCode(t, err, "proof.method")
			case kind == keys.Ed25519:
				wantCode(t, err, "proof.signature")
			case kind == tc.kind: // the key of the vector itself
				wantCode(t, err, "")
			default: // the other curve: a signature of its size is something else
				wantCode(t, err, "proof.value")
			}
		}
	}
}

func TestProofSet(t *testing.T) {
	p := processor(t)
	for _, name := range []string{"signedProofSet1.json", "signedProofSet2.json"} {
		document := parse(t, read(t, "vectors/vc-di-eddsa/proof-set-chain/"+name))
		for proof := range document.Get("proof").Each() {
			suite, ok := Find(proof)
			if !ok {
				t.Fatal("no suite")
			}
			_, key, _ := strings.Cut(proof.Get("verificationMethod").Text(), "#")
			in := Input{Document: document, Proof: proof, Key: multikey(t, key), Canon: p}
			_, err := suite.Verify(in)
			wantCode(t, err, "")
			in.Key = multikey(t, "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2")
			_, err = suite.Verify(in)
			wantCode(t, err, "proof.signature")
		}
	}
}

func TestFind(t *testing.T) {
	for _, tc := range []struct {
		proof, name string
		legacy      bool
	}{
		{`{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022"}`, "eddsa-rdfc-2022", false},
		{`{"type":"DataIntegrityProof","cryptosuite":"eddsa-2022"}`, "eddsa-2022", true},
		{`{"type":"DataIntegrityProof","cryptosuite":"ecdsa-rdfc-2019"}`, "ecdsa-rdfc-2019", false},
		{`{"type":"Ed25519Signature2020"}`, "Ed25519Signature2020", true},
		{`{"type":"DataIntegrityProof"}`, "", false},
		{`{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdf-2022"}`, "", false},
		{`{"type":"DataIntegrityProof","cryptosuite":"EDDSA-RDFC-2022"}`, "", false},
		{`{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022 "}`, "", false},
		{`{"type":"DataIntegrityProof","cryptosuite":["eddsa-rdfc-2022"]}`, "", false},
		{`{"type":["DataIntegrityProof"],"cryptosuite":"eddsa-rdfc-2022"}`, "", false},
		{`{"type":"DataIntegrityProof","cryptosuite":"eddsa-jcs-2022"}`, "eddsa-jcs-2022", false},
		{`{"type":"DataIntegrityProof","cryptosuite":"ecdsa-jcs-2019"}`, "ecdsa-jcs-2019", false},
		{`{"type":"DataIntegrityProof","cryptosuite":"ecdsa-sd-2023"}`, "ecdsa-sd-2023", false},
		{`{"type":"DataIntegrityProof","cryptosuite":"bbs-2023"}`, "bbs-2023", false},
		{`{"type":"DataIntegrityProof","cryptosuite":"bbs-2022"}`, "", false},
		{`{"type":"Ed25519Signature2018"}`, "Ed25519Signature2018", true},
		{`{"type":"JsonWebSignature2020"}`, "JsonWebSignature2020", true},
		{`{"type":"EcdsaSecp256k1Signature2019"}`, "EcdsaSecp256k1Signature2019", true},
		{`{"type":"RsaSignature2018"}`, "RsaSignature2018", true},
		{`{"type":"RsaSignature2017"}`, "", false},
		{`{"type":"eddsa-rdfc-2022"}`, "", false},
		{`{"Type":"Ed25519Signature2020"}`, "", false},
		{`{"cryptosuite":"eddsa-rdfc-2022"}`, "", false},
		{`{}`, "", false}, {`[]`, "", false}, {`null`, "", false}, {`"Ed25519Signature2020"`, "", false},
	} {
		suite, ok := Find(parse(t, []byte(tc.proof)))
		if suite.Name() != tc.name || suite.Legacy() != tc.legacy || suite.Selective() != (suite.Name() == "ecdsa-sd-2023" || suite.Name() == "bbs-2023") || ok != (tc.name != "") {
			t.Errorf("%s: %q, legacy %t, %t", tc.proof, suite.Name(), suite.Legacy(), ok)
		}
	}
}

func TestAccepts(t *testing.T) {
	want := map[string]string{
		"eddsa-rdfc-2022": "Ed25519", "eddsa-2022": "Ed25519", "Ed25519Signature2020": "Ed25519", "ecdsa-rdfc-2019": "P-256 P-384", "": "",
		"eddsa-jcs-2022": "Ed25519", "ecdsa-jcs-2019": "P-256 P-384", "ecdsa-sd-2023": "P-256", "bbs-2023": "BLS12-381-G2",
		"Ed25519Signature2018": "Ed25519", "JsonWebSignature2020": "Ed25519 P-256 P-384 secp256k1 RSA",
		"EcdsaSecp256k1Signature2019": "secp256k1", "RsaSignature2018": "RSA",
		"mldsa44-rdfc-2024": "ML-DSA-44", "mldsa44-jcs-2024": "ML-DSA-44",
	}
	all := []Suite{{}}
	for _, e := range table() {
		all = append(all, e.suite())
	}
	if len(all) != len(want) {
		t.Errorf("%d suites, want %d", len(all), len(want))
	}
	for _, s := range all {
		var kinds []string
		for _, kind := range []keys.Kind{keys.Ed25519, keys.P256, keys.P384, keys.P521, keys.Secp256k1, keys.RSA, keys.BLS12381G2, keys.MLDSA44, ""} {
			if s.Accepts(kind) {
				kinds = append(kinds, string(kind))
			}
		}
		if s.Experimental() != strings.HasPrefix(s.name, "mldsa") {
			t.Errorf("%q is experimental: %t", s.name, s.Experimental())
		}
		if got := strings.Join(kinds, " "); got != want[s.name] {
			t.Errorf("%q accepts %q, want %q", s.name, got, want[s.name])
		}
	}
}

// encode writes an altered proof or document.
func encode(t testing.TB, v any) []byte {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
