package canon

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc/contexts"
)

// mutator changes a credential a little, at places that bytes decide on.
type mutator struct {
	generator
	members []memberOf
}

// memberOf is a member of an object somewhere in a document.
type memberOf struct {
	in   object
	name string
}

// mutated returns a credential of the corpus with up to three changes.
func mutated(credentials []string, bytes []byte) (string, error) {
	m := &mutator{generator: generator{bytes: bytes, kinds: map[string]string{}}}
	var document any
	if err := json.Unmarshal([]byte(credentials[m.pick(len(credentials))]), &document); err != nil {
		return "", err
	}
	for range 1 + m.pick(3) {
		m.members = m.members[:0]
		m.collect(document)
		if len(m.members) == 0 {
			break // nothing but contexts is left, or was there
		}
		m.change(m.members[m.pick(256)*len(m.members)/256], m.members[m.pick(256)*len(m.members)/256])
	}
	text, err := json.Marshal(document)
	return string(text), err
}

func (m *mutator) collect(v any) {
	switch v := v.(type) {
	case object:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if name == "@context" {
				continue
			}
			m.members = append(m.members, memberOf{v, name})
			m.collect(v[name])
		}
	case []any:
		for _, e := range v {
			m.collect(e)
		}
	}
}

// change makes one change at a place, with something taken from another place where needed. What it
// takes is a copy, so that no document contains itself.
func (m *mutator) change(at, other memberOf) {
	value := copied(other.in[other.name])
	switch m.pick(8) {
	case 0:
		at.in[at.name] = m.value(1)
	case 1:
		delete(at.in, at.name)
	case 2:
		at.in[at.name] = value
	case 3:
		at.in[other.name] = value
	case 4:
		at.in[at.name] = []any{at.in[at.name], value}
	case 5:
		at.in[at.name] = []any{at.in[at.name], at.in[at.name]}
	case 6:
		at.in[m.of("id", "type", "@id", "@type", "@graph", "@included", "name", "evidence", "endorsement", "proof", "https://e.example/p")] = value
	case 7:
		at.in[at.name] = object{m.of("@value", "@list", "@set", "@graph", "id", "name"): at.in[at.name]}
	}
}

func copied(v any) any {
	text, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	var c any
	if err := json.Unmarshal(text, &c); err != nil {
		return nil
	}
	return c
}

// credentials returns the texts of the corpus, in a fixed order.
func credentials(t testing.TB) []string {
	t.Helper()
	documents := corpus(t, "../../testdata", shared+"/bench")
	var texts []string
	for _, path := range slices.Sorted(maps.Keys(documents)) {
		if !strings.Contains(path, "node_modules") {
			texts = append(texts, documents[path].Raw())
		}
	}
	if len(texts) == 0 {
		t.Skip("there are no credentials")
	}
	return texts
}

func TestMutatedCredentialsAgreeWithOracle(t *testing.T) {
	texts := credentials(t)
	r := rand.New(rand.NewPCG(13, 14))
	p, both := New(nil, Limits{}), 0
	for range 400 {
		document, err := mutated(texts, randomBytes(r))
		if err != nil {
			t.Fatal(err)
		}
		if v := judge(t, p, contexts.Embedded(), document); v.ours == nil && v.theirs == nil {
			both++
		}
	}
	t.Logf("%d documents that both accept", both)
	if both < 50 {
		t.Error("too few mutated credentials are acceptable to compare")
	}
}

// FuzzOracleCredential compares credentials with small changes that the fuzzer's bytes decide on.
func FuzzOracleCredential(f *testing.F) {
	texts := credentials(f)
	r := rand.New(rand.NewPCG(15, 16))
	for range 20 {
		f.Add(randomBytes(r))
	}
	p := New(nil, Limits{})
	f.Fuzz(func(t *testing.T, bytes []byte) {
		document, err := mutated(texts, bytes)
		if err != nil {
			t.Fatal(err)
		}
		judge(t, p, contexts.Embedded(), document)
	})
}
