package suites

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/verify/internal/bbs"
)

// otherBLSKey is the key of the W3C vectors, which signed none of the samples.
const otherBLSKey = "zUC7DerdEmfZ8f4pFajXgGwJoMkV1ofMTmEG5UoNvnWiPiLuGKNeqgRpLH2TV4Xe5mJ2cXV76gRN7LFQwapF1VFu6x2yrr5ci1mXqC1WNUrnHnLgvfZfMH7h6xP6qsf9EKRQrPQ"

func bbsFile(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "testdata", "bbs", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// bbsSamples are badges that Digital Bazaar's library signed and derived.
var bbsSamples = []string{"derived-mandatory", "derived-some", "derived-all", "derived-complete"}

func TestBBSSamples(t *testing.T) {
	p := canon.New(nil, canon.Limits{})
	for _, name := range bbsSamples {
		t.Run(name, func(t *testing.T) {
			suite, in := input(t, p, bbsFile(t, name))
			result, err := suite.Verify(in)
			wantCode(t, err, "")
			if suite.Name() != "bbs-2023" || result != (Result{Content: 0, Contents: 2}) {
				t.Errorf("suite %s, result %+v", suite.Name(), result)
			}
			in.Key = multikey(t, otherBLSKey)
			_, err = suite.Verify(in)
			wantCode(t, err, "proof.signature")
		})
	}
}

func TestBBSBaseProof(t *testing.T) {
	suite, in := input(t, canon.New(nil, canon.Limits{}), bbsFile(t, "base"))
	_, err := suite.Verify(in)
	wantCode(t, err, "proof.base")
}

// windsurf are the terms that the W3C vectors for bbs-2023 have from an inline @vocab, which is not allowed
// here. The statements, and so the signatures, are the same.
const windsurf = "https://windsurf.example/v1"

func windsurfing(t testing.TB) *canon.Processor {
	t.Helper()
	terms := map[string]string{}
	for _, term := range []string{"sailNumber", "sails", "size", "sailName", "year", "boards", "boardName", "brand"} {
		terms[term] = "https://windsurf.grotto-networking.com/selective#" + term
	}
	set, err := contexts.Embedded().With(windsurf, encode(t, map[string]any{"@context": terms}))
	if err != nil {
		t.Fatal(err)
	}
	return canon.New(set, canon.Limits{})
}

func windsurfDocument(t testing.TB, name string) []byte {
	t.Helper()
	var document map[string]any
	if err := json.Unmarshal(read(t, "vectors/vc-di-bbs/"+name), &document); err != nil {
		t.Fatal(err)
	}
	document["@context"] = []any{document["@context"].([]any)[0], windsurf}
	return encode(t, document)
}

func TestBBSOfficialVector(t *testing.T) {
	suite, in := input(t, windsurfing(t), windsurfDocument(t, "derivedRevealDocument.json"))
	result, err := suite.Verify(in)
	wantCode(t, err, "")
	if result != (Result{Contents: 1}) {
		t.Errorf("result %+v", result)
	}

	// The intermediate results.
	var want struct {
		BBSProof            string
		LabelMap            struct{ Value [][2]string }
		MandatoryIndexes    []uint64
		AdjSelectiveIndexes []int
	}
	if err := json.Unmarshal(read(t, "vectors/vc-di-bbs/derivedDisclosureData.json"), &want); err != nil {
		t.Fatal(err)
	}
	p, err := parseBBS(in.Proof)
	wantCode(t, err, "")
	labels := map[string]string{}
	for _, pair := range want.LabelMap.Value {
		labels[pair[0]] = pair[1]
	}
	if hex.EncodeToString(p.value) != want.BBSProof || !maps.Equal(p.labels, labels) || p.feature != bbs.Baseline ||
		!slices.Equal(p.mandatory, want.MandatoryIndexes) || !slices.Equal(p.selective, want.AdjSelectiveIndexes) {
		t.Errorf("the components are %+v", p)
	}
	var hashes struct{ ProofHash, MandatoryHash string }
	if err := json.Unmarshal(read(t, "vectors/vc-di-bbs/addHashData.json"), &hashes); err != nil {
		t.Fatal(err)
	}
	d, _, err := disclose(in, bbs2023().curves[0], 0, nil, p.labels, p.mandatory)
	wantCode(t, err, "")
	if hex.EncodeToString(d.options) != hashes.ProofHash {
		t.Errorf("proofHash is %x", d.options)
	}

	_, base := input(t, windsurfing(t), windsurfDocument(t, "addSignedSDBase.json"))
	_, err = suite.Verify(base)
	wantCode(t, err, "proof.base")
}

// featured are the W3C vectors for the optional features: the components of proofs, put together as the
// text of the specification has it.
type featured struct {
	PresentationHeader                 string
	LabelMap                           map[uint64]uint64
	MandatoryIndexes, SelectiveIndexes []uint64
	LengthBBSMessages                  uint64
	NymDomain, Pseudonym               string
	Proofs                             map[string]string
	Document, Terms                    json.RawMessage
}

var featureKinds = map[string]byte{"anonymous_holder_binding": 5, "pseudonym": 7, "holder_binding_pseudonym": 9}

func unhex(t testing.TB, text string) []byte {
	t.Helper()
	out, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// featuredInput makes the input of a vector with a processor that knows its terms.
func featuredInput(t testing.TB, feature string) (Suite, Input, []any) {
	t.Helper()
	var f featured
	if err := json.Unmarshal(bbsFile(t, "features"), &f); err != nil {
		t.Fatal(err)
	}
	set, err := contexts.Embedded().With("https://w3id.org/vdl/v1", encode(t, map[string]any{"@context": f.Terms}))
	if err != nil {
		t.Fatal(err)
	}
	set, err = set.With("https://w3id.org/vdl/aamva/v1", []byte(`{"@context":{}}`))
	if err != nil {
		t.Fatal(err)
	}
	components := []any{unhex(t, f.Proofs[feature]), f.LabelMap, f.MandatoryIndexes, f.SelectiveIndexes, unhex(t, f.PresentationHeader)}
	if strings.Contains(feature, "pseudonym") {
		components = append(components, []byte(f.NymDomain), unhex(t, f.Pseudonym))
	}
	components = append(components, f.LengthBBSMessages)
	suite, in := input(t, canon.New(set, canon.Limits{}), withValue(t, f.Document, encodeBBS(t, featureKinds[feature], components)))
	return suite, in, components
}

// encodeBBS encodes a proofValue.
func encodeBBS(t testing.TB, kind byte, components any) string {
	t.Helper()
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		t.Fatal(err)
	}
	data, err := mode.Marshal(components)
	if err != nil {
		t.Fatal(err)
	}
	return "u" + base64.RawURLEncoding.EncodeToString(append([]byte{0xd9, 0x5d, kind}, data...))
}

// withValue replaces the proofValue of a document.
func withValue(t testing.TB, document []byte, value any) []byte {
	t.Helper()
	var d map[string]any
	if err := json.Unmarshal(document, &d); err != nil {
		t.Fatal(err)
	}
	d["proof"].(map[string]any)["proofValue"] = value
	return encode(t, d)
}

func TestBBSFeatures(t *testing.T) {
	for feature := range featureKinds {
		t.Run(feature, func(t *testing.T) {
			suite, in, components := featuredInput(t, feature)
			_, err := suite.Verify(in)
			wantCode(t, err, "")

			changed := func(kind byte, change func(c []any)) error {
				t.Helper()
				c := slices.Clone(components)
				change(c)
				_, again := input(t, in.Canon, withValue(t, []byte(in.Document.Raw()), encodeBBS(t, kind, c)))
				_, err := suite.Verify(again)
				return err
			}
			last := len(components) - 1
			for _, length := range []uint64{0, 1, 22, 24, 1 << 31, 1 << 40, 1<<64 - 1} {
				wantCode(t, changed(featureKinds[feature], func(c []any) { c[last] = length }), "proof.value")
			}
			if strings.Contains(feature, "pseudonym") {
				wantCode(t, changed(featureKinds[feature], func(c []any) { c[5] = []byte("https://other.example/") }), "proof.signature")
				wantCode(t, changed(featureKinds[feature], func(c []any) { c[6] = c[0].([]byte)[:48] }), "proof.signature")
				wantCode(t, changed(featureKinds[feature], func(c []any) { c[6] = make([]byte, 48) }), "proof.value")
				wantCode(t, changed(featureKinds[feature], func(c []any) { c[6] = []byte{} }), "proof.value")
			}
			for _, kind := range featureKinds { // the components of one feature under the bytes of another
				if kind != featureKinds[feature] {
					if err := changed(kind, func([]any) {}); err == nil {
						t.Errorf("verifies as kind %d", kind)
					}
				}
			}
			in.Key = multikey(t, sampleKey(t))
			_, err = suite.Verify(in)
			wantCode(t, err, "proof.signature")
		})
	}
}

// sampleKey is the key that signed the samples.
func sampleKey(t testing.TB) string {
	t.Helper()
	_, key, _ := strings.Cut(parse(t, bbsFile(t, "derived-some")).Get("proof").Get("verificationMethod").Text(), "#")
	return key
}

// bbsComponents decodes the proofValue of a sample.
func bbsComponents(t testing.TB, document []byte) []any {
	t.Helper()
	p, err := parseBBS(parse(t, document).Get("proof"))
	fatal(t, err)
	_, data, err := derivedValue(parse(t, document).Get("proof"))
	fatal(t, err)
	var c bbsBaseline
	if err := cbor.Unmarshal(data, &c); err != nil || p.feature != bbs.Baseline {
		t.Fatal("not a baseline proof", err)
	}
	return []any{[]byte(c.Proof), c.Labels, c.Mandatory, c.Selective, []byte(c.PresentationHeader)}
}

func fatal(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func BenchmarkBBS(b *testing.B) {
	p := canon.New(nil, canon.Limits{})
	for _, name := range bbsSamples {
		b.Run(name, func(b *testing.B) {
			suite, in := input(b, p, bbsFile(b, name))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := suite.Verify(in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
