package canon

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// TestTablesAreShared checks that applying the same contexts again leads to the same table, so that
// nested credentials that name the contexts of the outer one cost nothing.
func TestTablesAreShared(t *testing.T) {
	p := New(nil, Limits{})
	c := p.compiler(0, false)
	apply := func(table *table, urls ...string) *table {
		for _, url := range urls {
			next, fault := c.named(table, url, place{source: &source{}, propagate: true})
			if fault != nil {
				t.Fatal(fault.detail)
			}
			table = next
		}
		return table
	}
	badge := []string{urlV2, urlBadges + "context-3.0.3.json"}
	once := apply(c.root, badge...)
	if twice := apply(once, badge...); twice != once {
		t.Error("the same contexts make another table")
	}
	if other := apply(once, urlExtensions); other == once {
		t.Error("another context makes the same table")
	}
}

// TestCacheSettles checks that a processor keeps as much after many documents as after one.
func TestCacheSettles(t *testing.T) {
	p := New(nil, Limits{})
	v := parse(t, string(sharedFile(t, "bench/complete.json")))
	run := func() int {
		if _, _, err := p.Digest(Input{Value: v, Omit: []string{"proof"}}, Options{}); err != nil {
			t.Fatal(err)
		}
		return p.cache.Load().terms
	}
	first := run()
	for range 20 {
		if terms := run(); terms != first {
			t.Fatalf("the processor keeps %d definitions, %d after the first document", terms, first)
		}
	}
}

// TestCacheIsBounded lets documents name contexts in ever new orders and at ever new places.
func TestCacheIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles many contexts")
	}
	set := contexts.Embedded()
	var names []string
	for i := range 12 {
		var terms []string
		for j := range 200 {
			terms = append(terms, fmt.Sprintf(`"t%d_%d":"urn:v:%d_%d"`, i, j, i, j))
		}
		url := fmt.Sprintf("https://c.example/%d", i)
		var err error
		if set, err = set.With(url, []byte(`{"@context":{`+strings.Join(terms, ",")+`}}`)); err != nil {
			t.Fatal(err)
		}
		names = append(names, url)
	}
	p := New(set, Limits{})
	flushed := false
	for i := range 300 {
		order := append([]string(nil), names...)
		for j := range order {
			k := (i*7 + j*(i%11+1)) % len(order)
			order[j], order[k] = order[k], order[j]
		}
		before := p.cache.Load()
		v := parse(t, `{"@context":["`+strings.Join(order, `","`)+`"],"@id":"urn:x:1","t3_7":"a"}`)
		if _, _, err := p.Digest(Input{Value: v}, Options{}); err != nil {
			t.Fatal(err)
		}
		after := p.cache.Load()
		if after.terms > maxCachedTerms {
			t.Fatalf("the processor keeps %d definitions", after.terms)
		}
		flushed = flushed || after != before
	}
	if !flushed {
		t.Error("the bound was never reached; the test shows nothing")
	}
}

// TestConcurrentUse runs documents of all kinds on one new processor at once: each must get what it
// gets alone.
func TestConcurrentUse(t *testing.T) {
	documents := []Input{}
	for _, name := range []string{"simple", "complete", "full"} {
		v := parse(t, string(sharedFile(t, "bench/"+name+".json")))
		documents = append(documents, Input{Value: v, Omit: []string{"proof"}},
			Input{Value: v.Get("proof"), Context: v.Get("@context"), Omit: []string{"proofValue"}})
	}
	documents = append(documents, Input{Value: parse(t, `{"@context":"`+urlV2+`","id":"urn:x:1","zz":"a"}`)})
	result := func(p *Processor, in Input, content int) string {
		sum, contents, err := p.Digest(in, Options{Content: content})
		return fmt.Sprintf("%x %d %v", sum, contents, err)
	}
	var want []string
	for i := range 2 * len(documents) {
		want = append(want, result(New(nil, Limits{}), documents[i/2], i%2))
	}
	p := New(nil, Limits{})
	var wait sync.WaitGroup
	for g := range 8 {
		wait.Go(func() {
			for round := range 10 {
				i := (g + round*3) % len(want)
				if got := result(p, documents[i/2], i%2); got != want[i] {
					t.Errorf("document %d: %s, want %s", i, got, want[i])
				}
			}
		})
	}
	wait.Wait()
}

// TestWorkspacesForget checks that nothing of one document is seen in the next.
func TestWorkspacesForget(t *testing.T) {
	p := New(nil, Limits{})
	good := Input{Value: parse(t, string(sharedFile(t, "bench/simple.json"))), Omit: []string{"proof"}}
	want, _, err := p.Digest(good, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{`{"zz":1}`, `{"@id":"_:b0","urn:p":[[[[1e999]]]]}`, `{"@context":["` + urlV2 + `"],"id":"urn:x","evidence":{"id":"a b"}}`} {
		if _, _, err := p.Digest(Input{Value: parse(t, text)}, Options{InlineContexts: true}); err == nil {
			t.Fatalf("%s is accepted", text)
		}
		if got, _, err := p.Digest(good, Options{}); err != nil || string(got) != string(want) {
			t.Errorf("after %s: %x, %v, want %x", text, got, err, want)
		}
	}
}

// TestInput checks what of a document is taken: all of it but for the members that are left out,
// with its own context or the one given.
func TestInput(t *testing.T) {
	p := New(pinned(t, `{"id":"@id","kind":"@type","p":"urn:y:p","proof":"urn:y:proof"}`), Limits{})
	context := parse(t, `"`+contextURL+`"`)
	for _, test := range []struct {
		text    string
		context strict.Value
		omit    []string
		want    string
	}{
		{text: `{"@context":"` + contextURL + `","id":"urn:x:1","p":"a","proof":"b"}`, want: `<urn:x:1> <urn:y:p> "a" .` + "\n" + `<urn:x:1> <urn:y:proof> "b" .` + "\n"},
		{text: `{"@context":"` + contextURL + `","id":"urn:x:1","p":"a","proof":"b"}`, omit: []string{"proof"}, want: `<urn:x:1> <urn:y:p> "a" .` + "\n"},
		{text: `{"@context":"` + contextURL + `","id":"urn:x:1","p":{"id":"urn:x:2","proof":"b"},"proof":null}`, omit: []string{"proof", "q"}, want: `<urn:x:1> <urn:y:p> <urn:x:2> .` + "\n" + `<urn:x:2> <urn:y:proof> "b" .` + "\n"},
		{text: `{"id":"urn:x:1","p":"a"}`, context: context, want: `<urn:x:1> <urn:y:p> "a" .` + "\n"},
		{text: `{"@context":"https://unknown.example/","id":"urn:x:1","p":"a"}`, context: context, want: `<urn:x:1> <urn:y:p> "a" .` + "\n"},
		{text: `{"@context":"` + contextURL + `","id":"urn:x:1","kind":"Undefined","p":"a"}`, omit: []string{"id", "kind"}, want: `_:c14n0 <urn:y:p> "a" .` + "\n"},
	} {
		c, err := p.Canonicalize(Input{Value: parse(t, test.text), Context: test.context, Omit: test.omit}, Options{})
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
		} else if string(c.NQuads()) != test.want {
			t.Errorf("%s:\n%swant\n%s", test.text, c.NQuads(), test.want)
		}
	}
	_, err := p.Canonicalize(Input{Value: parse(t, `{"@context":"`+contextURL+`","id":"urn:x:1","p":"a","proof":{"zz":1}}`)}, Options{})
	wantError(t, err, codeUndefined, "/proof/zz")
}

// TestLabels checks that blank nodes are reported under the labels that the document gives them.
func TestLabels(t *testing.T) {
	p := New(pinned(t, `{"id":"@id","p":"urn:y:p"}`), Limits{})
	c, err := p.Canonicalize(Input{Value: parse(t, `{"@context":"`+contextURL+`","id":"_:b1","p":[{"id":"_:b0","p":"a"},{"p":"b"},{"p":["c",{"p":"d"}]}]}`)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	labels := c.Labels()
	if len(labels) != 5 || labels["b0"] == "" || labels["b1"] == "" {
		t.Fatalf("labels %v", labels)
	}
	seen := map[string]bool{}
	for _, canonical := range labels {
		seen[canonical] = true
	}
	if len(seen) != 5 {
		t.Errorf("labels %v", labels)
	}
	if !strings.Contains(string(c.NQuads()), "_:"+labels["b0"]+` <urn:y:p> "a" .`) {
		t.Errorf("labels %v do not fit\n%s", labels, c.NQuads())
	}
}
