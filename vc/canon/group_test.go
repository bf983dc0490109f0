package canon

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/badgeproof/badgeproof/vc/contexts"
)

// TestGroupVectors makes the statements of the base proof and of the derived proof of the official
// document as issuer and holder do, and compares lines and places.
func TestGroupVectors(t *testing.T) {
	context, err := os.ReadFile("../../testdata/suites/citizenship-v4rc1.jsonld")
	if err != nil {
		t.Fatal(err)
	}
	set, err := contexts.Embedded().With("https://w3id.org/citizenship/v4rc1", context)
	if err != nil {
		t.Fatal(err)
	}
	var material struct{ HmacKeyString string }
	var hmacs []string
	var indexes struct{ CombinedIndexes, MandatoryIndexes, SelectiveIndexes []int }
	sdVector(t, "SDKeyMaterial.json", &material)
	sdVector(t, "prc/addBaseDocHMACCanon.json", &hmacs)
	sdVector(t, "prc/derivedGroupIndexes.json", &indexes)
	key, err := hex.DecodeString(material.HmacKeyString)
	if err != nil {
		t.Fatal(err)
	}
	labels := func(canonical []string) map[string]string {
		out := map[string]string{}
		for _, label := range canonical {
			mac := hmac.New(sha256.New, key)
			mac.Write([]byte(label))
			out[label] = "u" + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
		}
		return out
	}
	signed := parse(t, string(sharedFile(t, "vectors/vc-di-ecdsa/ecdsa-sd-2023/prc/addSignedSDBase.json")))
	mandatory := []string{"/issuer"}
	selective := []string{"/validFrom", "/validUntil", "/credentialSubject/birthCountry"}
	g, err := New(set, Limits{}).Group(Input{Value: signed, Omit: []string{"proof"}}, Options{}, labels,
		mandatory, selective, slices.Concat(mandatory, selective), nil, []string{""})
	codeIs(t, err, "")
	if diff := cmp.Diff(hmacs, g.Lines); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	all := make([]int, len(hmacs))
	for i := range all {
		all[i] = i
	}
	want := [][]int{indexes.MandatoryIndexes, indexes.SelectiveIndexes, indexes.CombinedIndexes, nil, all}
	if diff := cmp.Diff(want, g.Groups); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
}

// same keeps the canonical labels.
func same(canonical []string) map[string]string {
	out := map[string]string{}
	for _, label := range canonical {
		out[label] = label
	}
	return out
}

// TestGroup groups documents with objects that are nodes and objects that are not.
func TestGroup(t *testing.T) {
	const v2 = `"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"https://example.edu/1",`
	for _, tc := range []struct {
		name, document, pointer, code string
		lines, selected               int
	}{
		{"nothing to name", `{` + v2 + `"id":"urn:1","credentialSubject":{"id":"urn:2","type":"Person"}}`, "/issuer", "jsonld.undefined_term", 0, 0},
		{"names at hand", `{` + v2 + `"id":"urn:1","credentialSubject":{"id":"urn:2"}}`, "/issuer", "", 3, 2},
		{"a node without a name", `{` + v2 + `"credentialSubject":{"name":"Ada"}}`, "/credentialSubject", "", 4, 3},
		{"values with a language", `{` + v2 + `"name":[{"@value":"Robotics","@language":"en"}],"credentialSubject":{"id":"urn:2"}}`, "/name", "", 4, 2},
		{"a named one in one without", `{` + v2 + `"credentialSubject":{"description":"x"},"evidence":{"id":"urn:3","type":["Evidence"]}}`, "/evidence", "jsonld.undefined_term", 0, 0},
		{"the same node twice over", `{` + v2 + `"credentialSubject":[{"name":"Ada"},{"name":"Ada"}]}`, "/credentialSubject/1", "", 6, 3},
		{"proof options", `{` + v2 + `"credentialSubject":{"id":"urn:2"},"proof":{"type":"DataIntegrityProof","cryptosuite":"x","proofPurpose":"assertionMethod"}}`, "/issuer", "jsonld.value", 0, 0},
		{"a label of its own", `{` + v2 + `"credentialSubject":{"id":"_:x"}}`, "/issuer", "jsonld.value", 0, 0},
		{"no such place", `{` + v2 + `"credentialSubject":{"id":"urn:2"}}`, "/name", "jsonld.value", 0, 0},
		{"an IRI that is taken for a name", `{` + v2 + `"credentialSubject":{"id":"urn:bnid:b1"}}`, "/issuer", "jsonld.value", 0, 0},
		{"no JSON-LD", `{"type":"x"}`, "/type", "jsonld.undefined_term", 0, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			v := parse(t, tc.document)
			g, err := New(nil, Limits{}).Group(Input{Value: v}, Options{}, same, []string{tc.pointer})
			codeIs(t, err, tc.code)
			if err != nil {
				return
			}
			plain, err := New(nil, Limits{}).Canonicalize(Input{Value: v}, Options{})
			codeIs(t, err, "")
			if strings.Join(g.Lines, "") != string(plain.NQuads()) || len(g.Lines) != tc.lines || len(g.Groups[0]) != tc.selected {
				t.Errorf("%d of %d lines are selected:\n%s", len(g.Groups[0]), len(g.Lines), strings.Join(g.Lines, ""))
			}
		})
	}
}

// TestGroupKinds groups under contexts with maps, literals and lists, where an object may be anything.
func TestGroupKinds(t *testing.T) {
	set, err := contexts.Embedded().With("https://example.edu/context", []byte(`{"@context":{"@version":1.1,"id":"@id","type":"@type",
		"e":"urn:e:","node":"e:node","words":{"@id":"e:words","@container":"@language"},"index":{"@id":"e:index","@container":"@index"},
		"json":{"@id":"e:json","@type":"@json"},"list":{"@id":"e:list","@container":"@list"},"ids":{"@id":"e:ids","@container":"@id"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ name, members, pointer, code string }{
		{"a language map", `"words":{"en":"Hello","de":["Hallo","Tach"]},"node":{"node":{"words":{"en":"x"}}}`, "/words/en", ""},
		{"an index map of nodes", `"index":{"a":{"words":{"en":"x"}}}`, "/index/a", "jsonld.dropped"},
		{"a JSON literal", `"json":{"a":{"b":[{"c":1}]}},"node":{"json":[{}]}`, "/json", ""},
		{"a map by id", `"ids":{"urn:9":{"node":"y"}}`, "/ids", ""},
		{"a list", `"list":["a","b"]`, "/list", "jsonld.value"},
		{"a part of a JSON literal", `"json":{"a":1,"b":2}`, "/json/a", "jsonld.value"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			v := parse(t, `{"@context":"https://example.edu/context",`+tc.members+`}`)
			g, err := New(set, Limits{}).Group(Input{Value: v}, Options{}, same, []string{tc.pointer})
			codeIs(t, err, tc.code)
			if err == nil && len(g.Groups[0]) == 0 {
				t.Error("nothing is selected")
			}
		})
	}
}

// TestGroupBadges: the statements of a badge stay what they are, and those of its members are all of it.
func TestGroupBadges(t *testing.T) {
	for name, code := range map[string]string{
		"badges/simple": "", "suites/eddsa-jcs-2022": "", "suites/RsaSignature2018": "",
		"badges/complete": "jsonld.value", // it holds an endorsement with a proof, which is a graph without a name
	} {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile("../../testdata/" + name + ".json")
			if err != nil {
				t.Fatal(err)
			}
			v, p := parse(t, string(text)), New(nil, Limits{})
			var groups [][]string
			for member := range v.Members() {
				if member != "@context" && member != "proof" {
					groups = append(groups, []string{"/" + member})
				}
			}
			in := Input{Value: v, Omit: []string{"proof"}}
			g, err := p.Group(in, Options{}, same, groups...)
			if codeIs(t, err, code); err != nil {
				return
			}
			plain, err := p.Canonicalize(in, Options{})
			codeIs(t, err, "")
			if strings.Join(g.Lines, "") != string(plain.NQuads()) {
				t.Fatal("the statements are others")
			}
			covered := map[int]bool{}
			for _, places := range g.Groups {
				for _, i := range places {
					covered[i] = true
				}
			}
			if len(covered) != len(g.Lines) {
				t.Errorf("%d of %d statements are of some member", len(covered), len(g.Lines))
			}
		})
	}
}

func BenchmarkGroup(b *testing.B) {
	text, err := os.ReadFile("../../testdata/suites/eddsa-jcs-2022.json")
	if err != nil {
		b.Fatal(err)
	}
	v, p := parse(b, string(text)), New(nil, Limits{})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Group(Input{Value: v, Omit: []string{"proof"}}, Options{}, same, []string{"/issuer"}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestGroupLabels: labels that are no renaming are refused.
func TestGroupLabels(t *testing.T) {
	v := parse(t, `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"urn:1","credentialSubject":{"name":"Ada"}}`)
	_, err := New(nil, Limits{}).Group(Input{Value: v}, Options{}, func([]string) map[string]string { return nil })
	codeIs(t, err, "jsonld.value")
}
