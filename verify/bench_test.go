package verify_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
	"github.com/multiformats/go-multibase"
	"github.com/piprate/json-gold/ld"
)

// The benchmarks come in three families over the same inputs, so that ratios can be taken within one
// run: Verify is the public way from bytes to report; Limit is what no verifier can do without
// (reading the JSON, hashing, checking the signature); Reference is the same verification with
// json-gold doing the canonicalization.

var benchTime = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

var (
	embeddedInputs = []string{"simple", "complete", "full"}
	jwtInputs      = []string{"jwt-eddsa", "jwt-es256", "jwt-rs256"}
)

// benchInput returns a credential with an embedded proof, or a badge that is signed as a JWT.
func benchInput(b *testing.B, name string) []byte {
	b.Helper()
	switch name {
	case "jwt-eddsa":
		return benchToken(keys.Ed25519, "EdDSA")
	case "jwt-es256":
		return benchToken(keys.P256, "ES256")
	case "jwt-rs256":
		return benchToken(keys.RSA, "RS256")
	}
	data, err := os.ReadFile(filepath.Join("..", "..", "shared", "bench", name+".json"))
	if err != nil {
		b.Skipf("no input %s: %v", name, err)
	}
	return data
}

func benchToken(kind keys.Kind, alg string) []byte {
	issuer := verifytest.NewIssuer("did:key", kind)
	return issuer.SignJWT(verifytest.Claims(verifytest.Badge(issuer.ID, nil)), alg, nil)
}

func benchVerifier(b testing.TB) (*verify.Verifier, verify.Policy) {
	b.Helper()
	v, err := verify.New(verify.Config{Keys: keys.Default(nil)})
	if err != nil {
		b.Fatal(err)
	}
	return v, verify.Policy{Issuers: verify.UnsafeAnyIssuer(), At: benchTime, Schema: verify.Off, Resources: verify.Off, Status: verify.Off}
}

func verifyOnce(b testing.TB, v *verify.Verifier, p verify.Policy, data []byte) {
	c, err := vc.Parse(data, vc.Limits{})
	if err != nil {
		b.Fatal(err)
	}
	report, err := v.Verify(context.Background(), c, p)
	if err != nil {
		b.Fatalf("%v: %+v", err, report)
	}
}

func BenchmarkVerify(b *testing.B) {
	v, p := benchVerifier(b)
	for _, name := range append(embeddedInputs, jwtInputs...) {
		b.Run(name, func(b *testing.B) {
			data := benchInput(b, name)
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				verifyOnce(b, v, p, data)
			}
		})
	}
}

// BenchmarkVerifyParallel is BenchmarkVerify/complete on every core at once.
func BenchmarkVerifyParallel(b *testing.B) {
	v, p := benchVerifier(b)
	data := benchInput(b, "complete")
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			verifyOnce(b, v, p, data)
		}
	})
}

func BenchmarkLimit(b *testing.B) {
	for _, name := range embeddedInputs {
		b.Run(name, func(b *testing.B) { limitEmbedded(b, benchInput(b, name)) })
	}
	for _, name := range jwtInputs {
		b.Run(name, func(b *testing.B) { limitToken(b, benchInput(b, name)) })
	}
}

// limitEmbedded reads the JSON, hashes two texts of the size of the canonical forms, and checks an
// Ed25519 signature over the hashes.
func limitEmbedded(b *testing.B, data []byte) {
	doc, options, _, _ := referenceForms(b, data)
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		b.Fatal(err)
	}
	hashes := func() []byte {
		o, d := sha256.Sum256(options), sha256.Sum256(doc)
		return append(o[:], d[:]...)
	}
	signature := ed25519.Sign(private, hashes())
	for b.Loop() {
		var v any
		if json.Unmarshal(data, &v) != nil || !ed25519.Verify(public, hashes(), signature) {
			b.Fatal("the limit must verify")
		}
	}
}

// limitToken decodes the three parts, reads header and payload, and checks the signature.
func limitToken(b *testing.B, data []byte) {
	token := strings.TrimSpace(string(data))
	for b.Loop() {
		parts := strings.Split(token, ".")
		var header, payload map[string]any
		h, _ := base64.RawURLEncoding.DecodeString(parts[0])
		p, _ := base64.RawURLEncoding.DecodeString(parts[1])
		s, _ := base64.RawURLEncoding.DecodeString(parts[2])
		if json.Unmarshal(h, &header) != nil || json.Unmarshal(p, &payload) != nil {
			b.Fatal("the token must be JSON")
		}
		kid, _ := header["kid"].(string)
		if !checkToken(b, kid, parts[0]+"."+parts[1], s) {
			b.Fatal("the limit must verify")
		}
	}
}

var benchKeys = map[string]crypto.PublicKey{}

func checkToken(b *testing.B, kid, signed string, signature []byte) bool {
	key, ok := benchKeys[kid]
	if !ok {
		b.StopTimer()
		did, _, _ := strings.Cut(kid, "#")
		c, err := keys.Default(nil).Controller(context.Background(), did)
		if err != nil {
			b.Fatal(err)
		}
		if !strings.Contains(kid, "#") {
			b.Fatalf("kid %q", kid)
		}
		m, err := c.Method(kid, "assertionMethod")
		if err != nil {
			b.Fatal(err)
		}
		key = m.Key.Public()
		benchKeys[kid] = key
		b.StartTimer()
	}
	digest := sha256.Sum256([]byte(signed))
	switch key := key.(type) {
	case ed25519.PublicKey:
		return ed25519.Verify(key, []byte(signed), signature)
	case *ecdsa.PublicKey:
		r, s := new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])
		return ecdsa.Verify(key, digest[:], r, s)
	case *rsa.PublicKey:
		return rsa.VerifyPKCS1v15(key, crypto.SHA256, digest[:], signature) == nil
	}
	return false
}

func BenchmarkReference(b *testing.B) {
	for _, name := range embeddedInputs {
		b.Run(name, func(b *testing.B) {
			data := benchInput(b, name)
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				doc, options, key, signature := referenceForms(b, data)
				o, d := sha256.Sum256(options), sha256.Sum256(doc)
				if !ed25519.Verify(key, append(o[:], d[:]...), signature) {
					b.Fatal("the reference must verify")
				}
			}
		})
	}
}

// referenceLoader hands the embedded contexts to json-gold, parsed once.
type referenceLoader map[string]*ld.RemoteDocument

var reference = referenceLoader{}

func (l referenceLoader) LoadDocument(url string) (*ld.RemoteDocument, error) {
	if d, ok := l[url]; ok {
		return d, nil
	}
	docs := contexts.Embedded().Lookup(url)
	if len(docs) == 0 {
		return nil, errors.New("unknown context " + url)
	}
	var body any
	if err := json.Unmarshal([]byte(docs[0].Body()), &body); err != nil {
		return nil, err
	}
	l[url] = &ld.RemoteDocument{DocumentURL: url, Document: body}
	return l[url], nil
}

// referenceForms canonicalizes a credential and its proof options with json-gold, and takes key and
// signature out of the proof.
func referenceForms(b *testing.B, data []byte) (doc, options []byte, key ed25519.PublicKey, signature []byte) {
	var credential map[string]any
	if err := json.Unmarshal(data, &credential); err != nil {
		b.Fatal(err)
	}
	proof := credential["proof"].(map[string]any)
	delete(credential, "proof")
	_, signature, err := multibase.Decode(proof["proofValue"].(string))
	if err != nil {
		b.Fatal(err)
	}
	delete(proof, "proofValue")
	proof["@context"] = credential["@context"]
	_, name, _ := strings.Cut(proof["verificationMethod"].(string), "#")
	_, multikey, err := multibase.Decode(name)
	if err != nil || len(multikey) != 34 {
		b.Fatal("the inputs are signed with did:key and Ed25519", err)
	}
	return referenceNQuads(b, credential), referenceNQuads(b, proof), multikey[2:], signature
}

func referenceNQuads(b *testing.B, doc map[string]any) []byte {
	options := ld.NewJsonLdOptions("")
	options.Algorithm, options.Format, options.DocumentLoader = ld.AlgorithmURDNA2015, "application/n-quads", reference
	out, err := ld.NewJsonLdProcessor().Normalize(doc, options)
	if err != nil {
		b.Fatal(err)
	}
	return []byte(out.(string))
}
