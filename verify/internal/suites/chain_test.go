package suites

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// verifyChain verifies each proof of a document, and returns the codes.
func verifyChain(t *testing.T, p *canon.Processor, text []byte) []string {
	t.Helper()
	document := parse(t, text)
	proofs := slices.Collect(document.Get("proof").Each())
	previous, errs := Chain(proofs)
	codes := make([]string, len(proofs))
	for i, proof := range proofs {
		if codes[i] = codeOf(errs[i]); errs[i] != nil {
			continue
		}
		suite, ok := Find(proof)
		if !ok {
			t.Fatal("no suite")
		}
		_, key, _ := strings.Cut(proof.Get("verificationMethod").Text(), "#")
		in := Input{Document: document, Proof: proof, Key: multikey(t, key), Canon: p}
		for _, j := range previous[i] {
			in.Previous = append(in.Previous, proofs[j])
		}
		_, err := suite.Verify(in)
		codes[i] = codeOf(err)
	}
	return codes
}

// TestChainVector verifies the chain of the EdDSA specification: two proofs, one over both, one over that.
func TestChainVector(t *testing.T) {
	p, text := processor(t), string(sample(t, "w3c/proof-chain"))
	const s = "proof.signature"
	for _, tc := range []struct{ name, from, to, codes string }{
		{"as signed", "", "", ",,,"},
		{"the document", "The School of Examples", "The School of Forgery", s + "," + s + "," + s + "," + s},
		{"the first proof's date", "2023-02-24T23:36:38Z", "2023-02-24T23:36:39Z", s + "," + s + "," + s + ","},
		{"the first proof's value", "z5KTX5", "z5KTX6", s + ",," + s + ","},
		{"the third proof's date", "22:06:38", "22:06:39", ",," + s + "," + s},
		{"the third proof's value", "z2hcFb", "z2hcFc", ",," + s + "," + s},
		{"the last proof's date", "22:16:38", "22:16:39", ",,," + s},
		{"what the last refers to", `"previousProof": "urn:uuid:d94f792a-c546-4d06-b38a-da070ab56c23"`, `"previousProof": "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544"`, ",,," + s},
		{"what the third refers to", `"urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544",
        "urn`, `"urn`, ",," + s + "," + s},
		{"no reference", `"previousProof": "urn:uuid:d94f792a-c546-4d06-b38a-da070ab56c23",`, "", ",,," + s},
		{"a dangling one", `"previousProof": "urn:uuid:d94f792a`, `"previousProof": "urn:uuid:d94f792b`, ",,,proof.chain"},
		{"a missing id", `"id": "urn:uuid:d94f792a-c546-4d06-b38a-da070ab56c23",`, "", ",," + s + ",proof.chain"},
		{"two with one id", `"id": "urn:uuid:8cc9022b-6b14-4cf3-8571-74972c5feb54"`, `"id": "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544"`, "," + s + ",proof.chain,"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			altered := strings.ReplaceAll(text, tc.from, tc.to)
			if tc.from == "" {
				altered = text
			} else if altered == text {
				t.Fatal("the mutation changes nothing")
			}
			if got := strings.Join(verifyChain(t, p, []byte(altered)), ","); got != tc.codes {
				t.Errorf("got  %s\nwant %s", got, tc.codes)
			}
		})
	}
}

func TestChain(t *testing.T) {
	for _, tc := range []struct{ name, proofs, want string }{
		{"none", `[]`, ``},
		{"a set", `[{"id":"a"},{},{"id":"a"}]`, `[] [] []`},
		{"a string", `[{"id":"a"},{"previousProof":"a"}]`, `[] [0]`},
		{"before what it refers to", `[{"previousProof":"a"},{"id":"a"}]`, `[1] []`},
		{"a list", `[{"id":"a"},{"id":"b"},{"previousProof":["b","a"]}]`, `[] [] [0 1]`},
		{"two ways to one", `[{"id":"a"},{"id":"b","previousProof":"a"},{"id":"c","previousProof":"a"},{"previousProof":["b","c"]}]`, `[] [0] [0] [1 2]`},
		{"itself", `[{"id":"a","previousProof":"a"}]`, `proof.chain`},
		{"a loop of two", `[{"id":"a","previousProof":"b"},{"id":"b","previousProof":"a"}]`, `proof.chain proof.chain`},
		{"a loop of three, and one outside", `[{"id":"a","previousProof":"c"},{"id":"b","previousProof":"a"},{"id":"c","previousProof":"b"},{"previousProof":"a"}]`, `proof.chain proof.chain proof.chain [0]`},
		{"dangling", `[{"id":"a"},{"previousProof":"b"}]`, `[] proof.chain`},
		{"one of two dangling", `[{"id":"a"},{"previousProof":["a","b"]}]`, `[] proof.chain`},
		{"no id", `[{},{"previousProof":"a"}]`, `[] proof.chain`},
		{"ambiguous", `[{"id":"a"},{"id":"a"},{"previousProof":"a"}]`, `[] [] proof.chain`},
		{"twice", `[{"id":"a"},{"previousProof":["a","a"]}]`, `[] proof.chain`},
		{"empty list", `[{"id":"a"},{"previousProof":[]}]`, `[] proof.chain`},
		{"empty string", `[{"id":""},{"previousProof":""}]`, `[] proof.chain`},
		{"null", `[{"id":"a"},{"previousProof":null}]`, `[] proof.chain`},
		{"a number", `[{"id":1},{"previousProof":1}]`, `[] proof.chain`},
		{"an object", `[{"id":"a"},{"previousProof":{"id":"a"}}]`, `[] proof.chain`},
		{"a list in a list", `[{"id":"a"},{"previousProof":[["a"]]}]`, `[] proof.chain`},
		{"the proof itself is no object", `["a",{"previousProof":"a"}]`, `[] proof.chain`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			previous, errs := Chain(slices.Collect(parse(t, []byte(tc.proofs)).Elements()))
			var got []string
			for i := range previous {
				if errs[i] != nil {
					got = append(got, codeOf(errs[i]))
				} else {
					got = append(got, fmt.Sprint(previous[i]))
				}
			}
			if s := strings.Join(got, " "); s != tc.want {
				t.Errorf("got %q, want %q", s, tc.want)
			}
		})
	}
}

// TestChainLong is no slower than it has to be for as many proofs as a document can have.
func TestChainLong(t *testing.T) {
	var text bytes.Buffer
	text.WriteString(`[{"id":"0"}`)
	for i := 1; i < 32; i++ {
		fmt.Fprintf(&text, `,{"id":"%d","previousProof":[`, i)
		for j := range i {
			if j > 0 {
				text.WriteByte(',')
			}
			fmt.Fprintf(&text, `"%d"`, j)
		}
		text.WriteString(`]}`)
	}
	text.WriteByte(']')
	previous, errs := Chain(slices.Collect(parse(t, text.Bytes()).Elements()))
	for i := range previous {
		if errs[i] != nil || len(previous[i]) != i {
			t.Fatalf("proof %d: %v, %v", i, previous[i], errs[i])
		}
	}
}

// TestChainPointers: a finding about a document that was put together leads into the document as given.
func TestChainPointers(t *testing.T) {
	p, text := processor(t), string(sample(t, "w3c/proof-chain"))
	for _, tc := range []struct{ name, from, to, pointer string }{
		{"in the document", "did:example:abcdefgh", "abcdefgh", "/credentialSubject/id"},
		{"in a proof that is referred to", `"verificationMethod": "https://vc.example/issuers/56783#`, `"verificationMethod": "issuers/56783#`, "/proof/2/verificationMethod"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			document := parse(t, []byte(strings.ReplaceAll(text, tc.from, tc.to)))
			proofs := slices.Collect(document.Get("proof").Each())
			suite, _ := Find(proofs[3])
			_, key, _ := strings.Cut(proofs[3].Get("verificationMethod").Text(), "#")
			_, err := suite.Verify(Input{Document: document, Proof: proofs[3], Previous: proofs[2:3], Key: multikey(t, key), Canon: p})
			wantCode(t, err, "jsonld.invalid_iri")
			if e := err.(*strict.Error); e.Pointer != tc.pointer {
				t.Errorf("the pointer is %s, want %s", e.Pointer, tc.pointer)
			}
		})
	}
}
