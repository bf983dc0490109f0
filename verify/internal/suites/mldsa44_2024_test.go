package suites

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/vc/contexts"
)

// mldsaVectors are the vectors of Quantum-Resistant Cryptosuites v1.0 (appendix A.5), with the hashes of its
// appendix A.4: of the proof options, then of the document.
var mldsaVectors = []struct{ file, suite, hash string }{
	{"w3c/mldsa44-rdfc-2024", "mldsa44-rdfc-2024", "fa074359f280ed66bd74b65c8f644175b2f413e24ef3b917d557b3bc261b28f2" +
		"03f59e5b04ab575b1172cb684f22eede72f0e9033e0b5c67d0e2506768d6ce11"},
	{"w3c/mldsa44-jcs-2024", "mldsa44-jcs-2024", "1f49de8352bfcdef9457b14be9f4375c7288fb914cf1c974eab20f3d145b011a" +
		"6ca388adaff807c71d063f666548493ba60c8c0fa109b3dd1e2564d61abe09cc"},
}

// mldsaInput reads a vector. Its verification method is a did:key without the fragment.
func mldsaInput(t testing.TB, text []byte) (Suite, Input) {
	t.Helper()
	set, err := contexts.Embedded().With("https://w3id.org/citizenship/v4rc1", sampleFile(t, "citizenship-v4rc1.jsonld"))
	if err != nil {
		t.Fatal(err)
	}
	document := parse(t, text)
	proof := document.Get("proof")
	suite, ok := Find(proof)
	if !ok {
		t.Fatal("no suite for the proof")
	}
	key := multikey(t, strings.TrimPrefix(proof.Get("verificationMethod").Text(), "did:key:"))
	return suite, Input{Document: document, Proof: proof, Key: key, Canon: canon.New(set, canon.Limits{})}
}

func TestMLDSAOfficial(t *testing.T) {
	for _, tc := range mldsaVectors {
		t.Run(tc.suite, func(t *testing.T) {
			suite, in := mldsaInput(t, sample(t, tc.file))
			if suite.Name() != tc.suite || !suite.Experimental() || suite.Legacy() || suite.Selective() || in.Key.Kind() != keys.MLDSA44 {
				t.Errorf("suite %s, key %s", suite.Name(), in.Key.Kind())
			}
			data, _, err := suite.HashData(in, 0)
			wantCode(t, err, "")
			if got := hex.EncodeToString(data); got != tc.hash {
				t.Errorf("signed are %s, want %s", got, tc.hash)
			}
			result, err := suite.Verify(in)
			wantCode(t, err, "")
			if result != (Result{Contents: 1}) {
				t.Errorf("result %+v", result)
			}
		})
	}
}

// TestMLDSAMutations alters one signed part at a time of each official vector.
func TestMLDSAMutations(t *testing.T) {
	for _, tc := range mldsaVectors {
		_, genuine := mldsaInput(t, sample(t, tc.file))
		text := string(sample(t, tc.file))
		tail := strings.TrimSuffix(genuine.Proof.Get("proofValue").Text(), "Q")
		tail = tail[len(tail)-8:]
		for _, m := range []struct{ name, from, to, code string }{
			{"nothing", "", "", ""},
			{"white space", `"name":`, `"name" :  `, ""},
			{"a value", `"JOHN"`, `"JANE"`, "proof.signature"},
			{"a date", "2029-12-03", "2099-12-03", "proof.signature"},
			{"a member less", `"gender": "Male",`, ``, "proof.signature"},
			{"a member more", `"gender":`, `"id": "did:example:mallory", "gender":`, "proof.signature"},
			{"created", "23:36:38Z", "23:36:39Z", "proof.signature"},
			{"purpose", "assertionMethod", "authentication", "proof.signature"},
			{"an expiry more", `"proofPurpose":`, `"expires": "2099-01-01T00:00:00Z", "proofPurpose":`, "proof.signature"},
			{"the challenge", `"proofValue": "u`, `"proofValue": "uA`, "proof.value"},
			{"the response", `"proofValue": "u` + genuine.Proof.Get("proofValue").Text()[1:5], `"proofValue": "uAAAA`, "proof.signature"},
			{"the hint", tail, "AAAAAAAA", "proof.signature"},
		} {
			t.Run(tc.suite+"/"+m.name, func(t *testing.T) {
				altered := strings.Replace(text, m.from, m.to, 1)
				if m.from != "" && altered == text {
					t.Fatal("nothing was altered")
				}
				suite, in := mldsaInput(t, []byte(altered))
				_, err := suite.Verify(in)
				wantCode(t, err, m.code)
			})
		}
	}
}

// TestMLDSAOptionsContext: the draft's own file leaves out the @context of the proof over JCS, which its hash covers. As it
// is published, it does not verify.
func TestMLDSAOptionsContext(t *testing.T) {
	suite, in := mldsaInput(t, sample(t, "w3c/mldsa44-jcs-2024"))
	text := strings.Replace(in.Document.Raw(), `"@context": `+in.Proof.Get("@context").Raw()+",\n", "", 1)
	document := parse(t, []byte(text))
	if document.Get("proof").Get("@context").Exists() || !document.Get("@context").Exists() {
		t.Fatal("the wrong member was taken away, or none")
	}
	in.Document, in.Proof = document, document.Get("proof")
	_, err := suite.Verify(in)
	wantCode(t, err, "proof.signature")
}

func TestBase64Value(t *testing.T) {
	raw := bytes.Repeat([]byte{0xa7}, 2420)
	text := "u" + base64.RawURLEncoding.EncodeToString(raw)
	for _, tc := range []struct {
		name  string
		value any
		code  string
	}{
		{"as encoded", text, ""},
		{"number", 1, "proof.value"},
		{"list", []string{text}, "proof.value"},
		{"empty", "", "proof.value"},
		{"header alone", "u", "proof.value"},
		{"no header", text[1:], "proof.value"},
		{"base58", base58(t, raw[:64]), "proof.value"},
		{"header of base58", "z" + text[1:], "proof.value"},
		{"header of base64url with padding", "U" + text[1:], "proof.value"},
		{"padding", text + "=", "proof.value"},
		{"unused bits", text[:len(text)-1] + "d", "proof.value"},
		{"base64", text[:9] + "+" + text[10:], "proof.value"},
		{"line break", text[:9] + "\n" + text[10:], "proof.value"},
		{"line break more", text[:9] + "\n" + text[9:], "proof.value"},
		{"one byte short", "u" + base64.RawURLEncoding.EncodeToString(raw[1:]), "proof.value"},
		{"one byte long", "u" + base64.RawURLEncoding.EncodeToString(append([]byte{1}, raw...)), "proof.value"},
		{"a megabyte", "u" + strings.Repeat("A", 1<<20), "proof.value"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			value, err := base64Value(parse(t, encode(t, map[string]any{"proofValue": tc.value})), 2420)
			wantCode(t, err, tc.code)
			if tc.code == "" && !bytes.Equal(value, raw) {
				t.Errorf("the value is %x", value)
			}
		})
	}
	_, err := base64Value(parse(t, []byte(`{}`)), 2420)
	wantCode(t, err, "proof.value")
}

// FuzzBase64Value checks that what is accepted has exactly one text.
func FuzzBase64Value(f *testing.F) {
	seed := "u" + base64.RawURLEncoding.EncodeToString(bytes.Repeat([]byte{0x5a}, 20))
	if _, err := base64Value(parse(f, encode(f, map[string]string{"proofValue": seed})), 20); err != nil {
		f.Fatalf("a seed is refused: %v", err)
	}
	f.Add(seed)
	f.Add(seed[:len(seed)-1] + "p")
	f.Fuzz(func(t *testing.T, text string) {
		value, err := base64Value(parse(t, encode(t, map[string]string{"proofValue": text})), 20)
		if err == nil && (len(value) != 20 || "u"+base64.RawURLEncoding.EncodeToString(value) != text) {
			t.Errorf("%q is accepted as %x", text, value)
		}
	})
}
