package suites

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/canon"
)

// officialJCS are the vectors of the specifications for the suites over JCS.
var officialJCS = []struct {
	folder, suffix, suite string
	kind                  keys.Kind
}{
	{"vc-di-eddsa/eddsa-jcs-2022", "JCS", "eddsa-jcs-2022", keys.Ed25519},
	{"vc-di-ecdsa/ecdsa-jcs-2019-p256", "JCSECDSAP256", "ecdsa-jcs-2019", keys.P256},
	{"vc-di-ecdsa/ecdsa-jcs-2019-p384", "JCSECDSAP384", "ecdsa-jcs-2019", keys.P384},
}

func TestOfficialJCS(t *testing.T) {
	for _, tc := range officialJCS {
		t.Run(tc.folder, func(t *testing.T) {
			file := func(kind string) string { return "vectors/" + tc.folder + "/" + kind + tc.suffix }
			suite, in := input(t, canon.New(nil, canon.Limits{}), read(t, file("signed")+".json"))
			if suite.Name() != tc.suite || in.Key.Kind() != tc.kind {
				t.Errorf("suite %s and kind %s", suite.Name(), in.Key.Kind())
			}
			result, err := suite.Verify(in)
			wantCode(t, err, "")
			if result != (Result{Contents: 1}) {
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
		})
	}
}

// TestMutationsJCS alters one thing at a time. Nothing is read as JSON-LD, so terms that no context
// defines are signed, and contexts need not be known.
func TestMutationsJCS(t *testing.T) {
	const v2, examples = `"https://www.w3.org/ns/credentials/v2"`, `"https://www.w3.org/ns/credentials/examples/v2"`
	for _, tc := range officialJCS {
		text := read(t, "vectors/"+tc.folder+"/signed"+tc.suffix+".json")
		for _, m := range []struct {
			name, from, to string
			count          int
			code           string
		}{
			{"nothing", "", "", 0, ""},
			{"white space", `"name":`, `"name" : `, -1, ""},
			{"an escape", `Alumni Credential"`, `\u0041lumni Credential"`, -1, ""},
			{"a value", "The School of Examples", "The School of Forgery", -1, "proof.signature"},
			{"a member more", `"name":`, `"validUntil": "2099-01-01T00:00:00Z", "name":`, -1, "proof.signature"},
			{"a member that no context defines", `"name":`, `"undefined": 1, "name":`, -1, "proof.signature"},
			{"a member less", `"name": "Alumni Credential",`, ``, -1, "proof.signature"},
			{"null", `"name":`, `"nothing": null, "name":`, -1, "proof.signature"},
			{"created", "2023-02-24T23:36:38Z", "2023-02-24T23:36:39Z", -1, "proof.signature"},
			{"purpose", "assertionMethod", "authentication", -1, "proof.signature"},
			{"verification method", `"verificationMethod": "did:key:`, `"verificationMethod": "did:kez:`, -1, "proof.signature"},
			{"a member of the proof more", `"proofPurpose":`, `"domain": "example.com", "proofPurpose":`, -1, "proof.signature"},
			{"an array for a value", `"alumniOf": "The School of Examples"`, `"alumniOf": ["The School of Examples"]`, -1, "proof.signature"},
			{"another number", `"name":`, `"number": 9007199254740993, "name":`, -1, "jsonld.value"},
			{"contexts swapped in the document", v2 + ",\n    " + examples, examples + ",\n    " + v2, -1, "jsonld.context"},
			{"a context of the document", examples, `"https://attacker.example/v2"`, 1, "jsonld.context"},
			{"both contexts", examples, `"https://attacker.example/v2"`, 2, "proof.signature"},
			{"a context less in the document", ",\n    " + examples + "\n  ],\n  \"id\"", "\n  ],\n  \"id\"", 1, "jsonld.context"},
			{"no context in the proof", `"@context": [`, `"unknown": [`, -1, "proof.signature"},
		} {
			t.Run(tc.suite+"/"+m.name, func(t *testing.T) {
				altered := bytes.Replace(text, []byte(m.from), []byte(m.to), m.count)
				if m.from != "" && bytes.Equal(altered, text) {
					t.Fatal("the mutation changes nothing")
				}
				suite, in := input(t, canon.New(nil, canon.Limits{}), altered)
				_, err := suite.Verify(in)
				wantCode(t, err, m.code)
			})
		}
	}
}

// TestUnsignedContexts: contexts that were added behind those of the proof are counted, and nothing else can
// be added.
func TestUnsignedContexts(t *testing.T) {
	text := string(sample(t, "eddsa-jcs-2022"))
	const last = `context-3.0.3.json"`
	for _, tc := range []struct {
		name, with string
		unsigned   int
		code       string
	}{
		{"none", last, 0, ""},
		{"one", last + `,"https://attacker.example/v1"`, 1, ""},
		{"an object", last + `,{"name":"https://attacker.example/name"}, "b"`, 2, ""},
		{"in between", `x", "https://purl.imsglobal.org/spec/ob/v3p0/` + last, 0, "jsonld.context"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			suite, in := input(t, canon.New(nil, canon.Limits{}), []byte(strings.Replace(text, last, tc.with, 1)))
			result, err := suite.Verify(in)
			wantCode(t, err, tc.code)
			if result.UnsignedContexts != tc.unsigned {
				t.Errorf("%d contexts are unsigned, want %d", result.UnsignedContexts, tc.unsigned)
			}
		})
	}
}
