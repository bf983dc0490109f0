package canon

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// difference returns what is wrong when two canonical forms of a document differ, and "" where they
// are equal or a named defect of the oracle explains the difference.
func difference(set *contexts.Set, document, ours, theirs string) string {
	if ours == theirs || namedDefect(set, document, ours, theirs) != "" {
		return ""
	}
	return "the canonical form is\n" + ours + "and by the oracle\n" + theirs
}

// namedDefect returns the defect of the oracle that explains why it has another canonical form for
// a document. TestOracleDefects has one example of each.
func namedDefect(set *contexts.Set, document, ours, theirs string) string {
	d, err := parseNQuads([]byte(ours), Limits{})
	switch {
	case err != nil:
		return ""
	case strings.Contains(ours, `\u`), strings.Contains(ours, `\b`), strings.Contains(ours, `\f`):
		return "control characters"
	case namesTwice(d):
		return "repeated quad"
	case repeatsLine(theirs):
		return "repeated line"
	case slices.ContainsFunc(d.terms, func(t term) bool {
		return strings.HasSuffix(t.text, "#JSON>") && !strings.HasPrefix(t.text, `"{`)
	}):
		return "JSON literals"
	case typesTwice(set, document):
		return "two members of @type"
	case strings.Contains(document, `"verifiableCredential"`):
		return "graph container with a scoped context"
	}
	return ""
}

// typesTwice reports whether a node of a document has both @type and its usual alias, or may have
// one of them in a nested object too.
func typesTwice(set *contexts.Set, document string) bool {
	if strings.Contains(listed(set), `"@nest"`) && strings.Count(document, `type":`) > 1 {
		return true
	}
	var found func(v strict.Value) bool
	found = func(v strict.Value) bool {
		for _, member := range v.Members() {
			if found(member) {
				return true
			}
		}
		for element := range v.Elements() {
			if found(element) {
				return true
			}
		}
		return v.Get("@type").Exists() && v.Get("type").Exists()
	}
	v, err := strict.Parse([]byte(document), strict.Limits{})
	return err == nil && found(v)
}

func repeatsLine(nquads string) bool {
	last := ""
	for line := range strings.Lines(nquads) {
		if line == last {
			return true
		}
		last = line
	}
	return false
}

// verdict says how the two implementations took a document.
type verdict struct{ ours, theirs error }

// judge canonicalizes a document both ways and fails the test where both accept it and disagree,
// or where an error of ours has no known code or points to nothing. The processor p has the
// contexts of set.
func judge(t *testing.T, p *Processor, set *contexts.Set, document string) verdict {
	t.Helper()
	value, err := strict.Parse([]byte(document), strict.Limits{})
	if err != nil {
		t.Fatalf("%v: %s", err, document)
	}
	ours, err := p.Canonicalize(Input{Value: value}, Options{})
	if err != nil {
		var refused *strict.Error
		if !errors.As(err, &refused) || !strings.HasPrefix(refused.Code, "jsonld.") && refused.Code != codeBudget {
			t.Fatalf("the error has no code: %v\n%s", err, document)
		}
		if !value.Lookup(refused.Pointer).Exists() {
			t.Fatalf("nothing is at %q: %v\n%s", refused.Pointer, err, document)
		}
		return verdict{ours: err}
	}
	again, err := Normalize(ours.NQuads(), 0, Limits{})
	if err != nil || string(again.NQuads()) != string(ours.NQuads()) {
		t.Fatalf("the canonical form is not its own canonical form: %v\n%s", err, document)
	}
	theirs, err := oracle(set, document)
	if err != nil {
		return verdict{theirs: err}
	}
	if why := difference(set, document, string(ours.NQuads()), theirs); why != "" {
		t.Errorf("%s\n%s\n%s", document, listed(set), why)
	}
	return verdict{}
}

// listed returns the generated contexts of a set.
func listed(set *contexts.Set) string {
	var b strings.Builder
	for _, d := range set.All() {
		if strings.HasPrefix(d.URL, generatedURL) {
			b.WriteString(d.URL + " " + string(d.Body()) + "\n")
		}
	}
	return b.String()
}

// generate makes a document and its contexts out of bytes.
func generate(bytes []byte) (set *contexts.Set, document string, err error) {
	g := &generator{bytes: bytes, kinds: map[string]string{}}
	set, names, err := g.contexts()
	if err != nil {
		return nil, "", err
	}
	text, err := json.Marshal(g.document(names))
	return set, string(text), err
}

// randomBytes returns decisions for a generator.
func randomBytes(r *rand.Rand) []byte {
	bytes := make([]byte, 50+r.IntN(400))
	for i := range bytes {
		bytes[i] = byte(r.Uint32())
	}
	return bytes
}

func TestGeneratedDocumentsAgreeWithOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	both, ours, theirs := 0, 0, 0
	for range 4000 {
		set, document, err := generate(randomBytes(r))
		if err != nil {
			t.Fatal(err)
		}
		switch v := judge(t, New(set, Limits{}), set, document); {
		case v.ours != nil:
			ours++
		case v.theirs != nil:
			theirs++
		default:
			both++
		}
	}
	t.Logf("%d documents that both accept, %d that only the oracle does or nobody, %d that only this package does", both, ours, theirs)
	if both < 500 {
		t.Error("the generator makes too few acceptable documents to compare")
	}
}

// FuzzOracle compares documents and contexts that the fuzzer's bytes decide on.
func FuzzOracle(f *testing.F) {
	r := rand.New(rand.NewPCG(11, 12))
	seeds := 0
	for range 50 {
		f.Add(randomBytes(r))
		seeds++
	}
	if seeds == 0 {
		f.Fatal("there are no seeds")
	}
	f.Fuzz(func(t *testing.T, bytes []byte) {
		if len(bytes) > 1000 {
			return
		}
		set, document, err := generate(bytes)
		if err != nil {
			t.Fatal(err)
		}
		judge(t, New(set, Limits{}), set, document)
	})
}
