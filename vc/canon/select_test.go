package canon

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// sdVector reads a file of the vectors of ecdsa-sd-2023.
func sdVector(t testing.TB, name string, into any) {
	t.Helper()
	if err := json.Unmarshal(sharedFile(t, "vectors/vc-di-ecdsa/ecdsa-sd-2023/"+name), into); err != nil {
		t.Fatal(err)
	}
}

func normalForm(t testing.TB, nquads string) *Canonical {
	t.Helper()
	c, err := Normalize([]byte(nquads), 0, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func codeIs(t *testing.T, err error, code string) {
	t.Helper()
	var e *strict.Error
	switch {
	case code == "" && err != nil:
		t.Errorf("unexpected error: %v", err)
	case code != "" && (!errors.As(err, &e) || e.Code != code):
		t.Errorf("got %v, want code %s", err, code)
	}
}

// TestRelabelVectors replaces the labels of the whole document by HMACs, as an issuer does, and
// those of the revealed part by the label map, as a verifier does.
func TestRelabelVectors(t *testing.T) {
	var material struct{ HmacKeyString string }
	var canonical, hmacs, revealed []string
	sdVector(t, "SDKeyMaterial.json", &material)
	sdVector(t, "prc/addBaseDocCanon.json", &canonical)
	sdVector(t, "prc/addBaseDocHMACCanon.json", &hmacs)
	sdVector(t, "prc/verifyNQuads.json", &revealed)
	key, err := hex.DecodeString(material.HmacKeyString)
	if err != nil {
		t.Fatal(err)
	}
	base := normalForm(t, strings.Join(canonical, ""))
	labels := map[string]string{}
	for label := range maps.Values(base.Labels()) {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(label))
		labels[label] = "u" + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
	}
	lines, err := base.Relabel(labels)
	codeIs(t, err, "")
	if diff := cmp.Diff(hmacs, lines); diff != "" {
		t.Errorf("the whole document (-want +got):\n%s", diff)
	}
	var derived struct{ LabelMap [][2]string }
	sdVector(t, "prc/verifyDerivedProofValue.json", &derived)
	labels = map[string]string{}
	for _, pair := range derived.LabelMap {
		labels[pair[0]] = pair[1]
	}
	lines, err = normalForm(t, strings.Join(revealed, "")).Relabel(labels)
	codeIs(t, err, "")
	if diff := cmp.Diff(revealed, lines); diff != "" {
		t.Errorf("the revealed part (-want +got):\n%s", diff)
	}
}

func TestRelabel(t *testing.T) {
	c := normalForm(t, `<urn:a> <urn:p> "_:c14n0 said \" _:c14n0 \\" .
_:x <urn:p> "one _:c14n1"@en _:y .
_:y <urn:_:c14n0> _:x .
_:y <urn:q> <urn:_:c14n0> <urn:g> .
`)
	for _, tc := range []struct {
		name   string
		labels map[string]string
		code   string
	}{
		{"other names", map[string]string{"c14n0": "u", "c14n1": "v"}, ""},
		{"the other way round", map[string]string{"c14n0": "c14n1", "c14n1": "c14n0"}, ""},
		{"its own names", map[string]string{"c14n0": "c14n0", "c14n1": "c14n1"}, ""},
		{"none", nil, "jsonld.value"},
		{"one missing", map[string]string{"c14n0": "u"}, "jsonld.value"},
		{"another in its place", map[string]string{"c14n0": "u", "c14n2": "v"}, "jsonld.value"},
		{"one more", map[string]string{"c14n0": "u", "c14n1": "v", "c14n2": "w"}, "jsonld.value"},
		{"not injective", map[string]string{"c14n0": "u", "c14n1": "u"}, "jsonld.value"},
		{"empty label", map[string]string{"c14n0": "u", "c14n1": ""}, "jsonld.value"},
		{"a statement in a label", map[string]string{"c14n0": "u", "c14n1": "v> <urn:p> <urn:o> .\n_:w"}, "jsonld.value"},
		{"a label with its sign", map[string]string{"c14n0": "u", "c14n1": "_:v"}, "jsonld.value"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			lines, err := c.Relabel(tc.labels)
			codeIs(t, err, tc.code)
			if err != nil {
				return
			}
			if !slices.IsSorted(lines) {
				t.Error("the lines are not sorted")
			}
			again := normalForm(t, strings.Join(lines, ""))
			if string(again.NQuads()) != string(c.NQuads()) {
				t.Errorf("another graph:\n%s", again.NQuads())
			}
			text := strings.Join(lines, "")
			for from, to := range tc.labels {
				if !strings.Contains(text, "_:"+to+" ") || tc.labels[to] == "" && strings.Contains(text, "\n_:"+from+" ") {
					t.Errorf("%s did not become %s:\n%s", from, to, text)
				}
			}
			if !strings.Contains(text, `"_:c14n0 said \" _:c14n0 \\"`) || !strings.Contains(text, `"one _:c14n1"@en`) || !strings.Contains(text, "<urn:_:c14n0> .") && !strings.Contains(text, "<urn:_:c14n0> <urn:g> .") {
				t.Errorf("a literal or an IRI was changed:\n%s", text)
			}
		})
	}
}

// TestSelectVectors selects what the holder of the official document reveals.
func TestSelectVectors(t *testing.T) {
	const dir = "vectors/vc-di-ecdsa/ecdsa-sd-2023/prc/"
	base := parse(t, string(sharedFile(t, dir+"addSignedSDBase.json")))
	want := parse(t, string(sharedFile(t, dir+"derivedUnsignedReveal.json")))
	got, err := Select(base, []string{"/issuer", "/validFrom", "/validUntil", "/credentialSubject/birthCountry"})
	codeIs(t, err, "")
	if diff := cmp.Diff(jcsText(t, want), jcsText(t, got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func jcsText(t testing.TB, v strict.Value) string {
	t.Helper()
	text, err := JCS(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestSelect(t *testing.T) {
	const document = `{"@context":["a",{"b":"c"}],"id":"urn:1","type":["T"],"x":{"id":"_:b","type":"U","k":[{"m":1},{"type":"V","m":2,"id":"urn:2"},[3,4,5]],"a/b":{"~":true,"":null}},"y":"z","@context2":{"@context":"inner","id":7,"q":1}}`
	const common = `"@context":["a",{"b":"c"}],"id":"urn:1","type":["T"]`
	for _, tc := range []struct {
		name, pointers, want, code string
	}{
		{"a literal", "/y", `{` + common + `,"y":"z"}`, ""},
		{"nothing", "", ``, ""},
		{"a blank node's id stays away", "/x/k/0", `{` + common + `,"x":{"type":"U","k":[{"m":1}]}}`, ""},
		{"elements keep their order", "/x/k/1/m /x/k/0", `{` + common + `,"x":{"type":"U","k":[{"m":1},{"type":"V","m":2,"id":"urn:2"}]}}`, ""},
		{"elements of elements", "/x/k/2/2 /x/k/2/0", `{` + common + `,"x":{"type":"U","k":[[3,5]]}}`, ""},
		{"a part and the whole", "/x/k/0/m /x /x/k/2", `{` + common + `,"x":{"id":"_:b","type":"U","k":[{"m":1},{"type":"V","m":2,"id":"urn:2"},[3,4,5]],"a/b":{"~":true,"":null}}}`, ""},
		{"escapes", "/x/a~1b/~0", `{` + common + `,"x":{"type":"U","a/b":{"~":true}}}`, ""},
		{"an empty name", "/x/a~1b/", `{` + common + `,"x":{"type":"U","a/b":{"":null}}}`, ""},
		{"only the document's context comes along", "/@context2/q", `{` + common + `,"@context2":{"q":1}}`, ""},
		{"twice", "/y /y", `{` + common + `,"y":"z"}`, ""},
		{"no such member", "/nothing", "", "jsonld.value"},
		{"no such element", "/x/k/3", "", "jsonld.value"},
		{"the element after the last", "/x/k/-", "", "jsonld.value"},
		{"below a literal", "/y/z", "", "jsonld.value"},
		{"no pointer", "y", "", "jsonld.value"},
		{"one of two", "/y /nothing", "", "jsonld.value"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := Select(parse(t, document), strings.Fields(tc.pointers))
			codeIs(t, err, tc.code)
			if err != nil || tc.want == "" {
				if got.Exists() {
					t.Errorf("something was selected: %s", got.Raw())
				}
				return
			}
			if got.Raw() != tc.want {
				t.Errorf("got  %s\nwant %s", got.Raw(), tc.want)
			}
		})
	}
	whole, err := Select(parse(t, document), []string{""})
	codeIs(t, err, "")
	if whole.Raw() != document {
		t.Errorf("the whole document came out as %s", whole.Raw())
	}
	_, err = Select(parse(t, `[1]`), []string{"/0"})
	codeIs(t, err, "jsonld.value")
}

func TestSkolemize(t *testing.T) {
	const plain = "_:c14n0 <urn:p> _:b1 <urn:g> .\n<urn:bnida> <urn:p> \"<urn:bnid:x> _:y\"^^<urn:t> _:c14n0 .\n"
	skolem, err := Skolemize([]byte(plain))
	codeIs(t, err, "")
	const want = "<urn:bnid:c14n0> <urn:p> <urn:bnid:b1> <urn:g> .\n<urn:bnida> <urn:p> \"<urn:bnid:x> _:y\"^^<urn:t> <urn:bnid:c14n0> .\n"
	if string(skolem) != want {
		t.Errorf("got %s", skolem)
	}
	back, err := Deskolemize(skolem)
	codeIs(t, err, "")
	if string(back) != plain {
		t.Errorf("got back %s", back)
	}
	for _, tc := range []struct{ name, skolemize, deskolemize, code string }{
		{"an IRI of this form already", "_:a <urn:p> <urn:bnid:a> .\n", "", "jsonld.invalid_iri"},
		{"no N-Quads", "_:a", "", "jsonld.value"},
		{"blank nodes left", "", "<urn:bnid:a> <urn:p> _:a .\n", "jsonld.value"},
		{"no label", "", "<urn:bnid:a/b> <urn:p> <urn:o> .\n", "jsonld.invalid_iri"},
		{"empty label", "", "<urn:bnid:> <urn:p> <urn:o> .\n", "jsonld.invalid_iri"},
		{"a blank predicate", "", "<urn:s> <urn:bnid:p> <urn:o> .\n", "jsonld.value"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if tc.skolemize != "" {
				_, err = Skolemize([]byte(tc.skolemize))
			} else {
				_, err = Deskolemize([]byte(tc.deskolemize))
			}
			codeIs(t, err, tc.code)
		})
	}
}

func BenchmarkRelabel(b *testing.B) {
	var lines []string
	sdVector(b, "prc/addBaseDocHMACCanon.json", &lines)
	c := normalForm(b, strings.Join(lines, ""))
	labels := map[string]string{}
	for from, to := range c.Labels() {
		labels[to] = from
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Relabel(labels); err != nil {
			b.Fatal(err)
		}
	}
}
