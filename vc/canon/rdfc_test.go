package canon

import (
	"crypto"
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// quadMaker makes datasets term by term.
type quadMaker struct {
	d     dataset
	terms map[string]termID
}

func (b *quadMaker) term(text string) termID {
	if b.terms == nil {
		b.terms = map[string]termID{}
	}
	t, ok := b.terms[text]
	if !ok {
		t = termID(len(b.d.terms))
		b.terms[text] = t
		b.d.terms = append(b.d.terms, term{text: text, blank: text[0] == '_'})
	}
	return t
}

// add adds a quad; graph may be empty.
func (b *quadMaker) add(s, p, o, g string) {
	q := quad{b.term(s), b.term(p), b.term(o), noGraph}
	if g != "" {
		q.g = b.term(g)
	}
	b.d.quads = append(b.d.quads, q)
}

// edge links two numbered blank nodes.
func (b *quadMaker) edge(from, to int) { b.add(node(from), "<u:p>", node(to), "") }

func node(i int) string { return "_:n" + strconv.Itoa(i) }

// randomDataset returns a small dataset with blank nodes in every place, many of them alike.
func randomDataset(r *rand.Rand) *dataset {
	b := &quadMaker{}
	blanks, iris := 1+r.IntN(7), 1+r.IntN(3)
	any := func(literal bool) string {
		switch n := r.IntN(10); {
		case n < 6:
			return node(r.IntN(blanks))
		case n < 9 || !literal:
			return fmt.Sprintf("<u:i%d>", r.IntN(iris))
		}
		return []string{`"x"`, `"x"@en`, `"x"^^<u:t>`, `"xy"`}[r.IntN(4)]
	}
	for range 1 + r.IntN(12) {
		graph := ""
		if r.IntN(3) == 0 {
			graph = any(false)
		}
		b.add(any(false), fmt.Sprintf("<u:p%d>", r.IntN(2)), any(true), graph)
	}
	return &b.d
}

// rearranged returns the same dataset with other labels, other term numbers, the quads in another
// order, and one of them repeated.
func rearranged(t *testing.T, r *rand.Rand, d *dataset) *dataset {
	t.Helper()
	labels := r.Perm(len(d.terms))
	lines := strings.SplitAfter(nquadsOf(d, func(i termID) string { return fmt.Sprintf("_:x%d", labels[i]) }), "\n")
	lines = lines[:len(lines)-1]
	lines = append(lines, lines[r.IntN(len(lines))])
	r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	other, err := parseNQuads([]byte(strings.Join(lines, "")), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return other
}

func TestLabelsAndOrderOfTheInputDecideNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 3000 {
		d := randomDataset(r)
		h := []crypto.Hash{crypto.SHA256, crypto.SHA384}[i%2]
		want, err := canonicalize(d, h, Limits{Steps: 1_000_000})
		if err != nil {
			t.Fatal(err)
		}
		got, err := canonicalize(rearranged(t, r, d), h, Limits{Steps: 1_000_000})
		if err != nil {
			t.Fatal(err)
		}
		if string(got.nquads) != string(want.nquads) {
			t.Fatalf("dataset %d:\n%s\nis canonically\n%s\nand rearranged\n%s", i, nquadsOf(d, func(t termID) string { return d.terms[t].text }), want.nquads, got.nquads)
		}
	}
}

// TestCanonicalFormIsTheDatasetRelabelled applies the label map to the input: the lines, sorted and
// without repetition, must be the canonical form.
func TestCanonicalFormIsTheDatasetRelabelled(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 1000 {
		d := randomDataset(r)
		got, err := canonicalize(d, 0, Limits{Steps: 1_000_000})
		if err != nil {
			t.Fatal(err)
		}
		relabelled := nquadsOf(d, func(i termID) string { return "_:" + got.labels[d.terms[i].text[2:]] })
		lines := strings.SplitAfter(relabelled, "\n")
		slices.Sort(lines)
		if want := strings.Join(slices.Compact(lines), ""); want != string(got.nquads) {
			t.Fatalf("canonical form\n%swant\n%s", got.nquads, want)
		}
	}
}

// TestMoreThanTenBlankNodes has labels of one and two digits, whose order is that of text.
func TestMoreThanTenBlankNodes(t *testing.T) {
	for _, n := range []int{1, 2, 9, 10, 11, 12, 99, 101, 250, 1001} {
		b := &quadMaker{}
		for i := range n {
			b.add("<u:root>", "<u:p>", node(i), "")
			b.add(node(i), "<u:value>", fmt.Sprintf("%q", strconv.Itoa(i)), "")
		}
		got, err := canonicalize(&b.d, 0, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.SplitAfter(string(got.nquads), "\n")
		if lines = lines[:len(lines)-1]; len(lines) != 2*n || !slices.IsSorted(lines) {
			t.Errorf("%d blank nodes: %d lines, sorted: %v", n, len(lines), slices.IsSorted(lines))
		}
	}
}

func TestSumIsTheHashOfTheCanonicalForm(t *testing.T) {
	for _, n := range []int{0, 1, 25, 5000} {
		b := &quadMaker{}
		for i := range n {
			b.add(node(i/5), fmt.Sprintf("<u:p%d>", i%5), fmt.Sprintf("\"value %d\"", i), "")
		}
		for _, h := range []crypto.Hash{0, crypto.SHA256, crypto.SHA384} {
			var c canonicalizer
			if err := c.run(&b.d, h, Limits{}); err != nil {
				t.Fatal(err)
			}
			text := c.appendNQuads(nil)
			want := sha256.Sum256(text)
			wanted := want[:]
			if h == crypto.SHA384 {
				long := sha512.Sum384(text)
				wanted = long[:]
			}
			if got := c.appendSum([]byte("x")); string(got) != "x"+string(wanted) {
				t.Errorf("%d quads with %v: the digest is not that of the text", n, h)
			}
		}
	}
}

// TestCanonicalizerForgets runs datasets of all sizes through one canonicalizer.
func TestCanonicalizerForgets(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var c canonicalizer
	for range 500 {
		d := randomDataset(r)
		want, err := canonicalize(d, 0, Limits{Steps: 1_000_000})
		if err != nil {
			t.Fatal(err)
		}
		if r.IntN(10) == 0 {
			if err := c.run(clique(8), 0, Limits{Steps: r.IntN(1000)}); err == nil {
				t.Fatal("a clique passed")
			}
		}
		if err := c.run(d, 0, Limits{Steps: 1_000_000}); err != nil {
			t.Fatal(err)
		}
		if got := c.appendNQuads(nil); string(got) != string(want.nquads) {
			t.Fatalf("got\n%swant\n%s", got, want.nquads)
		}
	}
}

func TestSmallDocumentsAreCanonicalizedWithoutAllocation(t *testing.T) {
	b := &quadMaker{}
	for i := range 25 {
		b.add([]string{"<u:a>", "<u:b>", node(1), node(2)}[i%4], fmt.Sprintf("<u:p%d>", i), fmt.Sprintf("\"value %d\"", i), "")
	}
	var c canonicalizer
	var sum []byte
	if n := testing.AllocsPerRun(100, func() {
		if err := c.run(&b.d, 0, Limits{}); err != nil {
			t.Fatal(err)
		}
		sum = c.appendSum(sum[:0])
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestDatasetsRefused(t *testing.T) {
	predicate := &quadMaker{}
	predicate.add("<u:s>", "_:p", "<u:o>", "")
	long := &quadMaker{}
	for i := range 10 {
		long.add("<u:"+strings.Repeat("s", 200)+">", "<u:p>", fmt.Sprintf("\"%d\"", i), "")
	}
	for _, c := range []struct {
		name   string
		d      *dataset
		limits Limits
		code   string
	}{
		{"a blank node as the predicate", &predicate.d, Limits{}, codeValue},
		{"too many quads", &long.d, Limits{Quads: 9}, codeBudget},
		{"too much text", &long.d, Limits{Text: 2000}, codeBudget},
		{"too much work", clique(10), Limits{}, codeBudget},
	} {
		_, err := canonicalize(c.d, 0, c.limits)
		var refused *strict.Error
		if !errors.As(err, &refused) || refused.Code != c.code {
			t.Errorf("%s: %v, want the code %s", c.name, err, c.code)
		}
	}
	if _, err := canonicalize(&long.d, 0, Limits{Quads: 10}); err != nil {
		t.Errorf("within the limits: %v", err)
	}
	if _, err := canonicalize(&long.d, crypto.SHA512, Limits{}); err == nil {
		t.Error("RDFC-1.0 with SHA-512 was computed")
	}
}
