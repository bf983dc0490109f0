package suites

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/multiformats/go-multibase"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/vc/contexts"
)

const sdVectors = "vectors/vc-di-ecdsa/ecdsa-sd-2023/prc/"

// citizenship knows the context that the vectors for selective disclosure name.
func citizenship(t testing.TB) *canon.Processor {
	t.Helper()
	set, err := contexts.Embedded().With("https://w3id.org/citizenship/v4rc1", sampleFile(t, "citizenship-v4rc1.jsonld"))
	if err != nil {
		t.Fatal(err)
	}
	return canon.New(set, canon.Limits{})
}

func readJSON(t testing.TB, name string, into any) {
	t.Helper()
	if err := json.Unmarshal(read(t, name), into); err != nil {
		t.Fatal(err)
	}
}

// TestOfficialSD verifies the derived proof of the specification, and compares every intermediate
// result on the way.
func TestOfficialSD(t *testing.T) {
	suite, in := input(t, citizenship(t), read(t, sdVectors+"derivedRevealDocument.json"))
	if suite.Name() != "ecdsa-sd-2023" || suite.Legacy() {
		t.Fatalf("the suite is %s", suite.Name())
	}
	result, err := suite.Verify(in)
	wantCode(t, err, "")
	if result != (Result{Contents: 1}) {
		t.Errorf("result %+v", result)
	}
	var want struct {
		BaseSignature, PublicKey, ProofHash string
		Signatures, NonMandatory            []string
		MandatoryHash                       string
		LabelMap                            [][2]string
		MandatoryIndexes                    []uint64
	}
	readJSON(t, sdVectors+"verifyDerivedProofValue.json", &want)
	readJSON(t, sdVectors+"verifyCreateVerifyData.json", &want)
	readJSON(t, sdVectors+"addHashData.json", &want)
	c, _ := suite.curve(keys.P256)
	p, key, err := parseEcdsaSD(in.Proof, c)
	wantCode(t, err, "")
	if hex.EncodeToString([]byte(p.Base)) != want.BaseSignature || key.Multikey() != want.PublicKey || !slices.Equal(p.Mandatory, want.MandatoryIndexes) {
		t.Errorf("the components are %x %s %v", p.Base, key.Multikey(), p.Mandatory)
	}
	for i, s := range p.Signatures {
		if hex.EncodeToString([]byte(s)) != want.Signatures[i] {
			t.Errorf("signature %d is %x", i, s)
		}
	}
	labels, err := hmacLabels(in.Proof, p.Labels)
	wantCode(t, err, "")
	for _, pair := range want.LabelMap {
		if labels[pair[0]] != pair[1] {
			t.Errorf("%s has the label %s, want %s", pair[0], labels[pair[0]], pair[1])
		}
	}
	d, _, err := disclose(in, c, 0, nil, labels, p.Mandatory)
	wantCode(t, err, "")
	mandatory := sha256.Sum256([]byte(strings.Join(d.mandatory, "")))
	if hex.EncodeToString(d.options) != want.ProofHash || hex.EncodeToString(mandatory[:]) != want.MandatoryHash {
		t.Errorf("the hashes are %x and %x", d.options, mandatory)
	}
	if diff := cmp.Diff(want.NonMandatory, d.nonMandatory); diff != "" {
		t.Errorf("statements (-want +got):\n%s", diff)
	}
}

// TestBaseProof: a base proof has its own code, the official one and the one of the sample.
func TestBaseProof(t *testing.T) {
	for _, text := range [][]byte{read(t, sdVectors+"addSignedSDBase.json"), sample(t, "ecdsa-sd-2023-base")} {
		suite, in := input(t, citizenship(t), text)
		_, err := suite.Verify(in)
		wantCode(t, err, "proof.base")
	}
}

// encodeSD writes a proof value.
func encodeSD(t testing.TB, p *ecdsaSDProof) string {
	t.Helper()
	raw, err := cbor.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return "u" + base64.RawURLEncoding.EncodeToString(append([]byte{0xd9, 0x5d, 1}, raw...))
}

// TestForgedSD alters each component of a derived proof.
func TestForgedSD(t *testing.T) {
	text := sample(t, "ecdsa-sd-2023-some")
	p := canon.New(nil, canon.Limits{})
	suite, genuine := input(t, p, text)
	value := genuine.Proof.Get("proofValue").Text()
	c, _ := suite.curve(keys.P256)
	flip := func(s cbor.ByteString) cbor.ByteString { b := []byte(s); b[len(b)-1] ^= 1; return cbor.ByteString(b) }
	first, last := uint64(0), uint64(0)
	for _, tc := range []struct {
		name  string
		alter func(p *ecdsaSDProof)
		code  string
	}{
		{"nothing", func(*ecdsaSDProof) {}, ""},
		{"base signature", func(p *ecdsaSDProof) { p.Base = flip(p.Base) }, "proof.signature"},
		{"base signature short", func(p *ecdsaSDProof) { p.Base = p.Base[1:] }, "proof.value"},
		{"base signature empty", func(p *ecdsaSDProof) { p.Base = "" }, "proof.value"},
		{"base signature of 96 bytes", func(p *ecdsaSDProof) { p.Base += p.Base[:32] }, "proof.value"},
		{"key of nobody", func(p *ecdsaSDProof) { p.Key = p.Key[:2] + "\x02" + cbor.ByteString(strings.Repeat("\xff", 32)) }, "proof.value"},
		{"the other point", func(p *ecdsaSDProof) { p.Key = p.Key[:2] + string2(p.Key[2]^1) + p.Key[3:] }, "proof.signature"},
		{"key of P-384", func(p *ecdsaSDProof) { p.Key = "\x81\x24" + p.Key[2:] }, "proof.value"},
		{"key of Ed25519", func(p *ecdsaSDProof) { p.Key = "\xed\x01" + p.Key[3:] }, "proof.value"},
		{"key without prefix", func(p *ecdsaSDProof) { p.Key = p.Key[2:] }, "proof.value"},
		{"key empty", func(p *ecdsaSDProof) { p.Key = "" }, "proof.value"},
		{"key enormous", func(p *ecdsaSDProof) { p.Key += cbor.ByteString(make([]byte, 100_000)) }, "proof.value"},
		{"the issuer's key", func(p *ecdsaSDProof) { p.Key = rawKey(t, genuine.Key) }, "proof.signature"},
		{"a signature", func(p *ecdsaSDProof) { p.Signatures[0] = flip(p.Signatures[0]) }, "proof.signature"},
		{"the last signature", func(p *ecdsaSDProof) { i := len(p.Signatures) - 1; p.Signatures[i] = flip(p.Signatures[i]) }, "proof.signature"},
		{"signatures swapped", func(p *ecdsaSDProof) { p.Signatures[0], p.Signatures[1] = p.Signatures[1], p.Signatures[0] }, "proof.signature"},
		{"a signature less", func(p *ecdsaSDProof) { p.Signatures = p.Signatures[1:] }, "proof.signature"},
		{"a signature more", func(p *ecdsaSDProof) { p.Signatures = append(p.Signatures, p.Signatures[0]) }, "proof.signature"},
		{"no signatures", func(p *ecdsaSDProof) { p.Signatures = []cbor.ByteString{} }, "proof.signature"},
		{"a signature short", func(p *ecdsaSDProof) { p.Signatures[0] = p.Signatures[0][1:] }, "proof.value"},
		{"a signature in DER", func(p *ecdsaSDProof) { p.Signatures[0] = "\x30\x44\x02\x20" + p.Signatures[0] }, "proof.value"},
		{"no labels", func(p *ecdsaSDProof) { p.Labels = map[uint64]cbor.ByteString{} }, "proof.signature"},
		{"a label less", func(p *ecdsaSDProof) { delete(p.Labels, 0) }, "proof.signature"},
		{"a label more", func(p *ecdsaSDProof) { p.Labels[99] = flip(p.Labels[0]) }, "proof.signature"},
		{"a label for another node", func(p *ecdsaSDProof) { p.Labels[99] = p.Labels[0]; delete(p.Labels, 0) }, "proof.signature"},
		{"a label changed", func(p *ecdsaSDProof) { p.Labels[0] = flip(p.Labels[0]) }, "proof.signature"},
		{"labels swapped", func(p *ecdsaSDProof) { p.Labels[0], p.Labels[1] = p.Labels[1], p.Labels[0] }, "proof.signature"},
		{"two nodes with one label", func(p *ecdsaSDProof) { p.Labels[0] = p.Labels[1] }, "proof.value"},
		{"a label short", func(p *ecdsaSDProof) { p.Labels[0] = p.Labels[0][1:] }, "proof.value"},
		{"a label empty", func(p *ecdsaSDProof) { p.Labels[0] = "" }, "proof.value"},
		{"a label for an enormous number", func(p *ecdsaSDProof) { p.Labels[1<<63] = p.Labels[0]; delete(p.Labels, 0) }, "proof.signature"},
		{"an index less", func(p *ecdsaSDProof) { p.Mandatory = p.Mandatory[1:] }, "proof.signature"},
		{"no index", func(p *ecdsaSDProof) { p.Mandatory = []uint64{} }, "proof.signature"},
		{"null for the indexes", func(p *ecdsaSDProof) { p.Mandatory = nil }, "proof.value"},
		{"null for the labels", func(p *ecdsaSDProof) { p.Labels = nil }, "proof.value"},
		{"null for the signatures", func(p *ecdsaSDProof) { p.Signatures = nil }, "proof.value"},
		{"an index more", func(p *ecdsaSDProof) { p.Mandatory = append(p.Mandatory, last) }, "proof.signature"},
		{"another index", func(p *ecdsaSDProof) { p.Mandatory[0] = last }, "proof.signature"},
		{"an index twice", func(p *ecdsaSDProof) { p.Mandatory[1] = first }, "proof.value"},
		{"an index beyond", func(p *ecdsaSDProof) { p.Mandatory[0] = 1_000 }, "proof.signature"},
		{"an enormous index", func(p *ecdsaSDProof) { p.Mandatory[0] = 1<<64 - 1 }, "proof.signature"},
		{"indexes in another order", func(p *ecdsaSDProof) { slices.Reverse(p.Mandatory) }, ""}, // a set
		{"too many signatures", func(p *ecdsaSDProof) { p.Signatures = slices.Repeat(p.Signatures[:1], maxDisclosures+1) }, "budget"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			proof, _, err := parseEcdsaSD(genuine.Proof, c)
			wantCode(t, err, "")
			first = proof.Mandatory[0]
			for last = 0; slices.Contains(proof.Mandatory, last); last++ {
			}
			tc.alter(proof)
			_, in := input(t, p, bytes.Replace(text, []byte(value), []byte(encodeSD(t, proof)), 1))
			_, err = suite.Verify(in)
			wantCode(t, err, tc.code)
		})
	}
}

func string2(b byte) cbor.ByteString { return cbor.ByteString([]byte{b}) }

func rawKey(t testing.TB, k keys.Key) cbor.ByteString {
	t.Helper()
	_, raw, err := multibase.Decode(k.Multikey())
	if err != nil {
		t.Fatal(err)
	}
	return cbor.ByteString(raw)
}

// TestOtherEncodings presents the same components in CBOR of other forms.
func TestOtherEncodings(t *testing.T) {
	text := sample(t, "ecdsa-sd-2023-some")
	p := canon.New(nil, canon.Limits{})
	suite, genuine := input(t, p, text)
	value := genuine.Proof.Get("proofValue").Text()
	raw, err := base64.RawURLEncoding.DecodeString(value[1:])
	if err != nil {
		t.Fatal(err)
	}
	splice := func(from, to string) []byte {
		out := bytes.Replace(raw, []byte(from), []byte(to), 1)
		if bytes.Equal(out, raw) {
			t.Fatalf("no %x", from)
		}
		return out
	}
	index := raw[len(raw)-1]
	for _, tc := range []struct {
		name string
		raw  []byte
		code string
	}{
		{"as made", raw, ""},
		{"empty", nil, "proof.value"},
		{"header alone", raw[:3], "proof.value"},
		{"another header", append([]byte{0xd9, 0x5e, 1}, raw[3:]...), "proof.value"},
		{"no header", raw[3:], "proof.value"},
		{"a bbs-2023 proof", append([]byte{0xd9, 0x5d, 3}, raw[3:]...), "proof.value"},
		{"cut off", raw[:len(raw)-1], "proof.value"},
		{"a byte more", append(slices.Clone(raw), 0), "proof.value"},
		{"four components", splice("\x01\x85\x58\x40", "\x01\x84\x58\x40"), "proof.value"},
		{"six components", append(splice("\x01\x85\x58\x40", "\x01\x86\x58\x40"), 0x80), "proof.value"},
		{"an array of indefinite length", append(splice("\x01\x85\x58\x40", "\x01\x9f\x58\x40"), 0xff), "proof.value"},
		{"a longer length", splice("\x85\x58\x40", "\x85\x59\x00\x40"), "proof.value"},
		{"a tagged byte string", splice("\x85\x58\x40", "\x85\xd8\x40\x58\x40"), "proof.value"},
		{"a text for bytes", splice("\x85\x58\x40", "\x85\x78\x40"), "proof.value"},
		{"null for bytes", append(append(slices.Clone(raw[:4]), 0xf6), raw[4+2+64:]...), "proof.value"},
		{"a longer index", append(slices.Clone(raw[:len(raw)-1]), 0x18, index), "proof.value"},
		{"a negative index", append(slices.Clone(raw[:len(raw)-1]), 0x20), "proof.value"},
		{"a floating-point index", append(slices.Clone(raw[:len(raw)-1]), 0xf9, 0x3c, 0x00), "proof.value"},
		{"null for an index", append(slices.Clone(raw[:len(raw)-1]), 0xf6), "proof.value"},
		{"true for an index", append(slices.Clone(raw[:len(raw)-1]), 0xf5), "proof.value"},
		{"a big index", append(slices.Clone(raw[:len(raw)-1]), 0xc2, 0x41, index), "proof.value"},
		{"nested arrays", append([]byte{0xd9, 0x5d, 1}, bytes.Repeat([]byte{0x81}, 100_000)...), "proof.value"},
		{"a bomb", append([]byte{0xd9, 0x5d, 1, 0x9b}, bytes.Repeat([]byte{0xff}, 8)...), "proof.value"},
		{"a map for the array", append([]byte{0xd9, 0x5d, 1, 0xa0}, raw[4:]...), "proof.value"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			altered := "u" + base64.RawURLEncoding.EncodeToString(tc.raw)
			_, in := input(t, p, bytes.Replace(text, []byte(value), []byte(altered), 1))
			_, err := suite.Verify(in)
			wantCode(t, err, tc.code)
		})
	}
	for name, altered := range map[string]string{
		"base58": "z" + value[1:], "padding": value + "=", "the other alphabet": strings.NewReplacer("-", "+", "_", "/").Replace(value),
		"a line break": value[:40] + `\n` + value[40:], "no multibase header": value[1:], "unused bits": unusedBits(value), "empty": "",
	} {
		t.Run(name, func(t *testing.T) {
			if altered == value {
				t.Skip("nothing to change")
			}
			_, in := input(t, p, bytes.Replace(text, []byte(value), []byte(altered), 1))
			_, err := suite.Verify(in)
			wantCode(t, err, "proof.value")
		})
	}
}

// unusedBits sets a bit of the last character that stands for nothing, where there is one.
func unusedBits(value string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	if (len(value)-1)%4 == 0 {
		return value
	}
	i := strings.IndexByte(alphabet, value[len(value)-1])
	return value[:len(value)-1] + alphabet[i|1:i|1+1]
}

// TestWhoseKeySD: the base signature must be the issuer's. A proof whose base signature was made
// with the key of the proof, which anybody can make, is refused.
func TestWhoseKeySD(t *testing.T) {
	issuer, scoped := ecdsaKey(t), ecdsaKey(t)
	document := []byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],
		"issuer":"https://example.edu/1","credentialSubject":{"name":"Ada","type":[]}}`)
	p := canon.New(nil, canon.Limits{})
	for name, tc := range map[string]struct {
		base *ecdsa.PrivateKey
		code string
	}{"the issuer's": {issuer, ""}, "the proof's": {scoped, "proof.signature"}} {
		t.Run(name, func(t *testing.T) {
			signed := signSD(t, p, document, tc.base, scoped)
			v := parse(t, signed)
			suite, _ := Find(v.Get("proof"))
			_, err := suite.Verify(Input{Document: v, Proof: v.Get("proof"), Key: multikey(t, multikeyOf(t, issuer)), Canon: p})
			wantCode(t, err, tc.code)
		})
	}
}

// signSD makes a derived proof with nothing mandatory; base signs the whole, scoped each statement.
func signSD(t *testing.T, p *canon.Processor, document []byte, base, scoped *ecdsa.PrivateKey) []byte {
	t.Helper()
	const members = `"type":"DataIntegrityProof","cryptosuite":"ecdsa-sd-2023","proofPurpose":"assertionMethod","verificationMethod":"https://example.edu/1#k"`
	with := func(value string) []byte {
		return []byte(fmt.Sprintf(`%s,"proof":{%s,"proofValue":"%s"}}`, bytes.TrimSuffix(document, []byte("}")), members, value))
	}
	v := parse(t, with(""))
	c := p256Curve()
	in := Input{Document: v, Proof: v.Get("proof"), Canon: p}
	canonical, err := p.Canonicalize(canon.Input{Value: v, Omit: []string{"proof"}}, canon.Options{})
	wantCode(t, err, "")
	proof := &ecdsaSDProof{Key: rawKey(t, multikey(t, multikeyOf(t, scoped))), Labels: map[uint64]cbor.ByteString{}, Mandatory: []uint64{}, Signatures: []cbor.ByteString{}}
	for i := range len(canonical.Labels()) {
		label := sha256.Sum256([]byte{byte(i)})
		proof.Labels[uint64(i)] = cbor.ByteString(label[:])
	}
	labels, err := hmacLabels(v.Get("proof"), proof.Labels)
	wantCode(t, err, "")
	d, _, err := disclose(in, c, 0, nil, labels, nil)
	wantCode(t, err, "")
	for _, line := range d.nonMandatory {
		proof.Signatures = append(proof.Signatures, p1363(t, scoped, []byte(line)))
	}
	empty := sha256.Sum256(nil)
	proof.Base = p1363(t, base, slices.Concat(d.options, []byte(proof.Key), empty[:]))
	return with(encodeSD(t, proof))
}

func ecdsaKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func multikeyOf(t testing.TB, key *ecdsa.PrivateKey) string {
	t.Helper()
	point, err := key.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return base58(t, append([]byte{0x80, 0x24, 2 | point[64]&1}, point[1:33]...))
}

func p1363(t testing.TB, key *ecdsa.PrivateKey, message []byte) cbor.ByteString {
	t.Helper()
	digest := sha256.Sum256(message)
	r, s, err := ecdsa.Sign(rand.Reader, key, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	out := make([]byte, 64)
	r.FillBytes(out[:32])
	s.FillBytes(out[32:])
	return cbor.ByteString(out)
}

// FuzzDerivedValue: what is read as components is written again as the same bytes, but for the order of the map.
func FuzzDerivedValue(f *testing.F) {
	accepted := 0
	for _, name := range []string{"ecdsa-sd-2023-mandatory", "ecdsa-sd-2023-some", "ecdsa-sd-2023-all"} {
		value := parse(f, sample(f, name)).Get("proof").Get("proofValue").Text()
		if _, _, err := parseEcdsaSD(parse(f, []byte(`{"proofValue":"`+value+`"}`)), p256Curve()); err == nil {
			accepted++
		}
		raw, _ := base64.RawURLEncoding.DecodeString(value[1:])
		f.Add(raw)
	}
	if accepted != 3 {
		f.Fatalf("%d of 3 seeds are accepted", accepted)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		text := "u" + base64.RawURLEncoding.EncodeToString(raw)
		p, key, err := parseEcdsaSD(parse(t, []byte(`{"proofValue":"`+text+`"}`)), p256Curve())
		if err != nil {
			return
		}
		again, err := cbor.Marshal(p)
		if err != nil || len(again) != len(raw)-3 {
			t.Errorf("%x is accepted, and written as %x (%v)", raw, again, err)
		}
		if key.Kind() != keys.P256 || len(p.Base) != 64 {
			t.Errorf("%x is accepted with a key of the kind %s", raw, key.Kind())
		}
	})
}
