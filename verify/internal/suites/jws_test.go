package suites

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/verify/internal/signature"
)

// signJWS makes a proof of an older suite over a small credential: sign signs the signing input.
func signJWS(t *testing.T, p *canon.Processor, key keys.Key, suite, header string, sign func(input []byte) []byte) Input {
	t.Helper()
	with := func(jws string) []byte {
		return fmt.Appendf(nil, `{"@context":["https://www.w3.org/2018/credentials/v1","https://w3id.org/security/suites/jws-2020/v1"],
			"type":["VerifiableCredential"],"issuer":"https://example.edu/1","issuanceDate":"2026-01-01T00:00:00Z","credentialSubject":{"id":"did:example:1"},
			"proof":{"type":"%s","proofPurpose":"assertionMethod","verificationMethod":"https://example.edu/1#k","jws":"%s"}}`, suite, jws)
	}
	v := parse(t, with(""))
	s, ok := Find(v.Get("proof"))
	if !ok {
		t.Fatal("no suite")
	}
	in := Input{Document: v, Proof: v.Get("proof"), Key: key, Canon: p}
	data, _, err := s.HashData(in, 0)
	wantCode(t, err, "")
	encoded := base64.RawURLEncoding.EncodeToString([]byte(header))
	sig := sign(append([]byte(encoded+"."), data...))
	in.Document = parse(t, with(encoded+".."+base64.RawURLEncoding.EncodeToString(sig)))
	in.Proof = in.Document.Get("proof")
	return in
}

// TestJWSHeader signs under headers of every shape: all signatures are right, and one header is.
func TestJWSHeader(t *testing.T) {
	p := canon.New(nil, canon.Limits{})
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	key := multikey(t, base58(t, append([]byte{0xed, 1}, public...)))
	sign := func(input []byte) []byte { return ed25519.Sign(private, input) }
	for _, tc := range []struct{ name, header, code string }{
		{"as libraries write it", `{"alg":"EdDSA","b64":false,"crit":["b64"]}`, ""},
		{"in another order", `{"crit":["b64"],"b64":false, "alg":"EdDSA"}`, ""},
		{"no crit", `{"alg":"EdDSA","b64":false}`, "proof.value"},
		{"no b64", `{"alg":"EdDSA"}`, "proof.value"},
		{"b64 true", `{"alg":"EdDSA","b64":true,"crit":["b64"]}`, "proof.value"},
		{"b64 a string", `{"alg":"EdDSA","b64":"false","crit":["b64"]}`, "proof.value"},
		{"crit a string", `{"alg":"EdDSA","b64":false,"crit":"b64"}`, "proof.value"},
		{"crit empty", `{"alg":"EdDSA","b64":false,"crit":[]}`, "proof.value"},
		{"crit twice", `{"alg":"EdDSA","b64":false,"crit":["b64","b64"]}`, "proof.value"},
		{"crit of something else", `{"alg":"EdDSA","b64":false,"crit":["exp"]}`, "proof.value"},
		{"crit of more", `{"alg":"EdDSA","b64":false,"crit":["b64","exp"],"exp":1}`, "proof.value"},
		{"a kid", `{"alg":"EdDSA","b64":false,"crit":["b64"],"kid":"other"}`, "proof.value"},
		{"a jwk", `{"alg":"EdDSA","b64":false,"crit":["b64"],"jwk":{}}`, "proof.value"},
		{"alg none", `{"alg":"none","b64":false,"crit":["b64"]}`, "proof.value"},
		{"alg HS256", `{"alg":"HS256","b64":false,"crit":["b64"]}`, "proof.value"},
		{"alg of another kind", `{"alg":"ES256","b64":false,"crit":["b64"]}`, "proof.value"},
		{"alg in another case", `{"alg":"EDDSA","b64":false,"crit":["b64"]}`, "proof.value"},
		{"alg missing", `{"b64":false,"crit":["b64"],"x":1}`, "proof.value"},
		{"alg a list", `{"alg":["EdDSA"],"b64":false,"crit":["b64"]}`, "proof.value"},
		{"names in another case", `{"ALG":"EdDSA","b64":false,"crit":["b64"]}`, "proof.value"},
		{"alg twice", `{"alg":"none","alg":"EdDSA","b64":false,"crit":["b64"]}`, "proof.value"},
		{"an array", `["EdDSA",false,["b64"]]`, "proof.value"},
		{"no JSON", `alg=EdDSA`, "proof.value"},
		{"empty", ``, "proof.value"},
		{"enormous", `{"alg":"EdDSA","b64":false,"crit":["b64"]` + strings.Repeat(" ", 5_000) + `}`, "proof.value"},
	} {
		for _, suite := range []string{"Ed25519Signature2018", "JsonWebSignature2020"} {
			t.Run(suite+"/"+tc.name, func(t *testing.T) {
				in := signJWS(t, p, key, suite, tc.header, sign)
				s, _ := Find(in.Proof)
				_, err := s.Verify(in)
				wantCode(t, err, tc.code)
			})
		}
	}
}

// TestJWSForm alters the text of a detached JWS around its parts.
func TestJWSForm(t *testing.T) {
	p := canon.New(nil, canon.Limits{})
	text := sample(t, "Ed25519Signature2018")
	_, genuine := input(t, p, text)
	jws := genuine.Proof.Get("jws").Text()
	header, sig, _ := strings.Cut(jws, "..")
	for name, altered := range map[string]string{
		"": jws, "payload": header + ".e30." + sig, "one dot": header + "." + sig, "three dots": header + "..." + sig, "no dots": header + sig,
		"a part more": jws + ".x", "padding": jws + "==", "a line break": header + `..\n` + sig, "header padded": header + "=.." + sig,
		"no signature": header + "..", "signature short": jws[:len(jws)-2], "signature long": jws + "AA", "no header": ".." + sig, "empty": "",
		"unused bits": header + ".." + unusedBits("u" + sig)[1:], "signature doubled": jws + sig, "signature enormous": jws + strings.Repeat("A", 10_000),
	} {
		t.Run(name, func(t *testing.T) {
			suite, in := input(t, p, bytes.Replace(text, []byte(jws), []byte(altered), 1))
			_, err := suite.Verify(in)
			if name == "" {
				wantCode(t, err, "")
			} else {
				wantCode(t, err, "proof.value")
			}
		})
	}
	for name, member := range map[string]string{"a list": `["` + jws + `"]`, "null": "null", "an object": "{}"} {
		t.Run(name, func(t *testing.T) {
			suite, in := input(t, p, bytes.Replace(text, []byte(`"`+jws+`"`), []byte(member), 1))
			_, err := suite.Verify(in)
			wantCode(t, err, "proof.value")
		})
	}
	suite, in := input(t, p, bytes.Replace(text, []byte(`"jws"`), []byte(`"proofValue"`), 1))
	_, err := suite.Verify(in)
	wantCode(t, err, "proof.value")
}

// TestJWSKeyAlgorithm: a key that is for one algorithm alone verifies no proof with another.
func TestJWSKeyAlgorithm(t *testing.T) {
	suite, in := input(t, canon.New(nil, canon.Limits{}), sample(t, "Ed25519Signature2018"))
	for algorithm, code := range map[string]string{"": "", "EdDSA": "", "Ed25519": "", "ES256": "proof.method", "eddsa": "proof.method"} {
		in.Algorithm = algorithm
		_, err := suite.Verify(in)
		wantCode(t, err, code)
	}
}

// TestJWSRSA: the header says which of the two paddings was used, and the key may say that it is for one.
func TestJWSRSA(t *testing.T) {
	p := canon.New(nil, canon.Limits{})
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	key := multikey(t, base58(t, append([]byte{0x85, 0x24}, x509.MarshalPKCS1PublicKey(&private.PublicKey)...)))
	pkcs1 := func(input []byte) []byte {
		digest := sha256.Sum256(input)
		out, _ := rsa.SignPKCS1v15(nil, private, crypto.SHA256, digest[:])
		return out
	}
	pss := func(salt int) func(input []byte) []byte {
		return func(input []byte) []byte {
			digest := sha256.Sum256(input)
			out, _ := rsa.SignPSS(rand.Reader, private, crypto.SHA256, digest[:], &rsa.PSSOptions{SaltLength: salt})
			return out
		}
	}
	for _, tc := range []struct {
		name, suite, alg, key, code string
		sign                        func([]byte) []byte
	}{
		{"PS256", "RsaSignature2018", "PS256", "", "", pss(32)},
		{"RS256", "RsaSignature2018", "RS256", "", "", pkcs1},
		{"PS256 as RS256", "RsaSignature2018", "RS256", "", "proof.signature", pss(32)},
		{"RS256 as PS256", "RsaSignature2018", "PS256", "", "proof.signature", pkcs1},
		{"a salt of another length", "RsaSignature2018", "PS256", "", "proof.signature", pss(20)},
		{"RS512", "RsaSignature2018", "RS512", "", "proof.value", pkcs1},
		{"a key for the algorithm", "RsaSignature2018", "PS256", "PS256", "", pss(32)},
		{"a key for the other one", "RsaSignature2018", "PS256", "RS256", "proof.method", pss(32)},
		{"2020 PS256", "JsonWebSignature2020", "PS256", "", "", pss(32)},
		{"2020 RS256", "JsonWebSignature2020", "RS256", "", "proof.value", pkcs1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			in := signJWS(t, p, key, tc.suite, `{"alg":"`+tc.alg+`","b64":false,"crit":["b64"]}`, tc.sign)
			in.Algorithm = tc.key
			s, _ := Find(in.Proof)
			_, err := s.Verify(in)
			wantCode(t, err, tc.code)
		})
	}
}

// FuzzJWS: no text panics, and what is read has an algorithm of the suite and a signature of its size.
func FuzzJWS(f *testing.F) {
	accepted := 0
	for _, tc := range samples {
		if !tc.legacy {
			continue
		}
		proof := parse(f, sample(f, tc.file)).Get("proof")
		suite, _ := Find(proof)
		c, _ := suite.curve(tc.kind)
		if _, err := parseJWS(proof, c); err == nil {
			accepted++
		}
		f.Add(proof.Get("jws").Text())
	}
	if accepted != 8 {
		f.Fatalf("%d of 8 seeds are accepted", accepted)
	}
	f.Fuzz(func(t *testing.T, text string) {
		proof := parse(t, encode(t, map[string]string{"jws": text}))
		for _, c := range jsonWebSignature2020().curves {
			jws, err := parseJWS(proof, c)
			if err != nil {
				continue
			}
			if jws.algorithm != c.algorithms[0] || c.size != 0 && len(jws.signature) != c.size || jws.algorithm == signature.RS256 {
				t.Errorf("%q is read as %+v", text, jws)
			}
			if jws.header+".."+base64.RawURLEncoding.EncodeToString(jws.signature) != text {
				t.Errorf("%q has another text", text)
			}
		}
	})
}
