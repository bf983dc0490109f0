package schema

import (
	"context"
	"fmt"
	"sync"
	"testing"
)

// TestCache: a schema that is kept judges as a new one does, whatever came before it, and reaches its limits
// anew each time.
func TestCache(t *testing.T) {
	cache := &Cache{}
	run := func(schema, document, url string, limits Limits) string {
		breaches, err := Validate(t.Context(), Input{Document: parse(t, document), Schema: parse(t, schema), URL: url, Limits: limits, Cache: cache})
		return outcome(breaches, err)
	}
	const url = "https://schemas.example/root.json"
	items, steps := `{"items":{"type":"string","pattern":"^a"}}`, Limits{Steps: 10}
	for range 3 {
		for document, want := range map[string]string{`["a"]`: "", `["b"]`: "schema.invalid", `[1]`: "schema.invalid", `["a","a","a","a","a","a"]`: "budget"} {
			if got := run(items, document, url, steps); got != want {
				t.Errorf("%s: %q, want %q", document, got, want)
			}
		}
	}
	// The same text is another schema under another URL or dialect, and another text under the same URL.
	if got := run(`{"items":{"type":"number"}}`, `["a"]`, url, steps); got != "schema.invalid" {
		t.Errorf("another text: %q", got)
	}
	if got := run(`{"items":[{"type":"number"}]}`, `["a"]`, url, steps); got != "schema.unusable" {
		t.Errorf("2020-12: %q", got)
	}
	breaches, err := Validate(t.Context(), Input{Document: parse(t, `["a"]`), Schema: parse(t, `{"items":[{"type":"number"}]}`), URL: url, Dialect: Draft2019, Cache: cache})
	if got := outcome(breaches, err); got != "schema.invalid" {
		t.Errorf("2019-09: %q", got)
	}
	for i := range 2 * maxPrograms {
		run(fmt.Sprintf(`{"const":%d}`, i), `0`, url, steps)
	}
	if len(cache.idle) != maxPrograms || len(cache.order) != maxPrograms {
		t.Errorf("%d and %d are kept", len(cache.idle), len(cache.order))
	}
}

// TestCacheKeepsNoReferences: a schema that refers to another document is compiled each time, since that
// document may have changed.
func TestCacheKeepsNoReferences(t *testing.T) {
	cache := &Cache{}
	for _, other := range []string{`{"type":"string"}`, `{"type":"number"}`} {
		breaches, err := Validate(t.Context(), Input{Document: parse(t, `"a"`), Schema: parse(t, `{"$ref":"other.json"}`), URL: "https://schemas.example/root.json",
			Load: func(context.Context, string) ([]byte, error) { return []byte(other), nil }, Cache: cache})
		if got := outcome(breaches, err) == ""; got != (other == `{"type":"string"}`) {
			t.Errorf("%s: %v %v", other, breaches, err)
		}
	}
	if len(cache.idle) != 0 {
		t.Error("it was kept")
	}
}

func TestConcurrentCache(t *testing.T) {
	cache := &Cache{}
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			for range 50 {
				breaches, err := Validate(t.Context(), Input{Document: parse(t, fmt.Sprintf(`[%d]`, i)), Schema: parse(t, `{"items":{"maximum":7}}`), URL: "https://schemas.example/root.json", Cache: cache})
				if got := outcome(breaches, err); (got == "") != (i <= 7) {
					t.Errorf("%d: %q", i, got)
				}
			}
		})
	}
	all.Wait()
}
