package suites

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// change is one alteration of a document: where, and the altered document.
type change struct {
	pointer string
	text    []byte
}

// changes alters each text of a document in turn, and takes away and adds each member in turn.
func changes(t testing.TB, text []byte) (out []change) {
	t.Helper()
	var document any
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	emit := func(pointer string) { out = append(out, change{pointer, encode(t, document)}) }
	var walk func(pointer string, v any, set func(any))
	walk = func(pointer string, v any, set func(any)) {
		switch v := v.(type) {
		case string:
			for _, other := range []string{v + "x", strings.ToUpper(v), v[:max(len(v)-1, 0)]} {
				if other != v {
					set(other)
					emit(pointer + " " + other)
				}
			}
			set(v)
		case []any:
			for i := range v {
				walk(strict.Join(pointer, "-"), v[i], func(x any) { v[i] = x })
			}
			if len(v) > 1 {
				set(v[1:])
				emit(pointer + " shorter")
				set(v)
			}
		case map[string]any:
			for name, m := range v {
				walk(strict.Join(pointer, name), m, func(x any) { v[name] = x })
				delete(v, name)
				emit(strict.Join(pointer, name) + " away")
				v[name] = m
			}
			v["name"], v["Name"] = v["Name"], v["name"]
			for _, name := range []string{"name", "Name"} {
				if v[name] == nil {
					delete(v, name)
				}
			}
			if v["Name"] != nil {
				emit(pointer + " renamed")
				v["name"] = v["Name"]
				delete(v, "Name")
			}
		}
	}
	walk("", document, func(any) {})
	return out
}

// TestEveryMember alters every text and every member of each sample: none verifies any more.
func TestEveryMember(t *testing.T) {
	p := canon.New(nil, canon.Limits{})
	for _, tc := range samples {
		t.Run(tc.file, func(t *testing.T) {
			original := sample(t, tc.file)
			_, genuine := input(t, p, original)
			all := changes(t, original)
			if len(all) < 40 {
				t.Fatalf("only %d changes", len(all))
			}
			for _, c := range all {
				document, err := strict.Parse(c.text, strict.Limits{})
				if err != nil {
					t.Fatal(err)
				}
				suite, ok := Find(document.Get("proof"))
				if !ok {
					if !strings.HasPrefix(c.pointer, "/proof") {
						t.Errorf("%s: no suite", c.pointer)
					}
					continue
				}
				_, err = suite.Verify(Input{Document: document, Proof: document.Get("proof"), Key: genuine.Key, Canon: p})
				if code := codeOf(err); !strings.HasPrefix(code, "proof.") && !strings.HasPrefix(code, "jsonld.") {
					t.Errorf("%s: %v", c.pointer, err)
				}
			}
		})
	}
}

// TestConfusion checks each sample under the name of every other suite, and with a key of every other
// sample: only its own suite and key verify it.
func TestConfusion(t *testing.T) {
	p := canon.New(nil, canon.Limits{})
	var all []keys.Key
	for _, tc := range samples {
		_, in := input(t, p, sample(t, tc.file))
		if !slices.ContainsFunc(all, in.Key.Equal) {
			all = append(all, in.Key)
		}
	}
	if len(all) != 6 {
		t.Fatalf("%d keys", len(all))
	}
	for _, tc := range samples {
		t.Run(tc.file, func(t *testing.T) {
			own, in := input(t, p, sample(t, tc.file))
			for _, e := range table() {
				var document map[string]any
				if err := json.Unmarshal(sample(t, tc.file), &document); err != nil {
					t.Fatal(err)
				}
				proof := document["proof"].(map[string]any)
				proof["type"] = e.proofType
				if delete(proof, "cryptosuite"); e.cryptosuite != "" {
					proof["cryptosuite"] = e.cryptosuite
				}
				// A signature of another form in the member that the suite looks at.
				for _, member := range []string{"proofValue", "jws"} {
					if proof[member] == nil {
						proof[member] = "z" + strings.Repeat("1", 64)
					}
				}
				delete(proof, map[bool]string{true: "proofValue", false: "jws"}[own.d.legacy])
				text := encode(t, document)
				suite, ok := Find(parse(t, text).Get("proof"))
				if !ok {
					t.Fatalf("%s is not found", e.proofType)
				}
				for _, key := range append(all, keys.Key{}) {
					_, err := suite.Verify(Input{Document: parse(t, text), Proof: parse(t, text).Get("proof"), Key: key, Canon: p})
					want := suite.Name() == own.Name() && key.Equal(in.Key)
					if (err == nil) != want {
						t.Errorf("as %s with the %s key: %v", suite.Name(), key.Kind(), err)
					}
					if !suite.Accepts(key.Kind()) {
						wantCode(t, err, "proof.method")
					}
				}
			}
		})
	}
}
