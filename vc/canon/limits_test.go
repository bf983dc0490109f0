package canon

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/vc/strict"
)

const limitContext = `{"id":"@id","p":"urn:y:p","n":{"@id":"urn:y:n","@type":"@id"},"l":{"@id":"urn:y:l","@container":"@list"},
	"a":{"@id":"urn:y:a","@context":{"b":{"@id":"urn:y:b","@context":{"c":"urn:y:c"}}}}}`

// TestLimits sets each limit to what a document needs, and to one less.
func TestLimits(t *testing.T) {
	long := strings.Repeat("x", 1000)
	for _, test := range []struct {
		name, members string
		limit         func(l *Limits, n int)
		enough        int
		code, pointer string
	}{
		{"quads", `"p":["a","b","c"]`, func(l *Limits, n int) { l.Quads = n }, 3, codeBudget, "/p/2"},
		{"depth", `"n":[{"n":{"p":"a"}}]`, func(l *Limits, n int) { l.Depth = n }, 4, codeBudget, "/n/0/n"},
		{"contexts", `"n":{"@context":["` + contextURL + `","` + contextURL + `"],"p":"a"}`, func(l *Limits, n int) { l.Contexts = n }, 3, codeContext, "/n/@context/1"},
		{"inline contexts", `"n":{"@context":{"x":"urn:y:x"},"x":"a"}`, func(l *Limits, n int) { l.ContextBytes = n }, len(`{"x":"urn:y:x"}`), codeContext, "/n/@context"},
		{"text", `"p":"` + long + `","n":{"p":"b"}`, func(l *Limits, n int) { l.Text = n }, 1200, codeBudget, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, n := range []int{test.enough, test.enough - 1} {
				var limits Limits
				test.limit(&limits, n)
				if test.name == "text" && n != test.enough {
					test.limit(&limits, 900)
				}
				p := New(pinned(t, limitContext), limits)
				_, err := p.Canonicalize(Input{Value: parse(t, `{"@context":"`+contextURL+`","id":"urn:x:1",`+test.members+`}`)}, Options{InlineContexts: true})
				if n == test.enough {
					if err != nil {
						t.Errorf("limit %d: %v", n, err)
					}
				} else if test.name == "text" {
					wantCode(t, err, test.code)
				} else {
					wantError(t, err, test.code, test.pointer)
				}
			}
		})
	}
}

func wantCode(t testing.TB, err error, code string) {
	t.Helper()
	if e, ok := err.(*strict.Error); !ok || e.Code != code {
		t.Errorf("error %v, want code %s", err, code)
	}
}

// TestContextTerms checks the limit on what contexts in documents make the processor compile.
func TestContextTerms(t *testing.T) {
	p := New(pinned(t, limitContext), Limits{ContextTerms: 2000})
	inline := func(n int) strict.Value {
		var members, uses []string
		for i := range n {
			members = append(members, fmt.Sprintf(`"x%d":{"@id":"urn:z:%d","@context":{"z%d":"urn:w:%d"}}`, i, i, i, i))
			uses = append(uses, fmt.Sprintf(`"x%d":{"z%d":"a"}`, i, i))
		}
		return parse(t, `{"@context":{`+strings.Join(members, ",")+`},"@id":"urn:x:1",`+strings.Join(uses, ",")+`}`)
	}
	if _, err := p.Canonicalize(Input{Value: inline(10)}, Options{InlineContexts: true}); err != nil {
		t.Error(err)
	}
	_, err := p.Canonicalize(Input{Value: inline(100)}, Options{InlineContexts: true})
	wantCode(t, err, codeBudget)
}

// hostile are documents made to take long. Each must be done with, one way or the other, within a
// time that is far above what linear work takes and far below what anything quadratic would.
func hostile(n int) map[string]string {
	many := func(format string) string {
		parts := make([]string, n)
		for i := range parts {
			parts[i] = strings.ReplaceAll(format, "%d", fmt.Sprint(i))
		}
		return strings.Join(parts, ",")
	}
	deep := func(before, inside, after string) string {
		return strings.Repeat(before, 60) + inside + strings.Repeat(after, 60)
	}
	return map[string]string{
		"literals":             `"p":[` + many(`"v%d"`) + `]`,
		"equal literals":       `"p":[` + many(`"v"`) + `]`,
		"identifiers":          `"n":[` + many(`"urn:v:%d"`) + `]`,
		"nodes":                `"n":[` + many(`{"p":"v%d"}`) + `]`,
		"list":                 `"l":[` + many(`"v%d"`) + `]`,
		"members":              many(`"urn:v:%d":"a"`),
		"types":                `"@type":[` + many(`"urn:v:%d"`) + `]`,
		"one long string":      `"p":"` + strings.Repeat(`\u0001`, 10*n) + `"`,
		"one long identifier":  `"n":"urn:` + strings.Repeat(`a`, 60*n) + `"`,
		"long label":           `"n":"_:` + strings.Repeat(`a`, 60*n) + `"`,
		"long undefined term":  `"` + strings.Repeat(`a`, 60*n) + `":"x"`,
		"depth":                deep(`"n":{`, `"p":"x"`, `}`),
		"deep lists":           `"l":` + deep(`[`, `"x"`, `]`),
		"deep nests":           deep(`"@nest":{`, `"p":"x"`, `}`),
		"wide nests":           `"@nest":[` + many(`{"p":"v%d"}`) + `]`,
		"wide sets":            `"p":{"@set":[` + many(`{"@set":["v%d"]}`) + `]}`,
		"undefined at the end": `"p":[` + many(`"v%d"`) + `],"zz":1`,
		"contexts":             `"n":[` + many(`{"@context":["`+contextURL+`"],"p":"v%d"}`) + `]`,
		"inline contexts":      `"n":[` + many(`{"@context":{"x%d":"urn:w:%d"},"x%d":"v"}`) + `]`,
		"scoped contexts":      `"a":[` + many(`{"b":{"c":"v%d"}}`) + `]`,
	}
}

// TestHostileDocuments bounds the time that documents made to take long can take.
func TestHostileDocuments(t *testing.T) {
	p := New(pinned(t, limitContext), Limits{})
	for name, members := range hostile(20_000) {
		v, err := strict.Parse([]byte(`{"@context":"`+contextURL+`","@id":"urn:x:1",`+members+`}`), strict.Limits{Depth: 200})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		start := time.Now()
		_, _, err = p.Digest(Input{Value: v}, Options{InlineContexts: true})
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s takes %v (%v)", name, took, err)
		}
		if e, ok := err.(*strict.Error); err != nil && (!ok || !v.Lookup(e.Pointer).Exists()) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestHostileInlineContexts bounds the time that contexts in documents can take.
func TestHostileInlineContexts(t *testing.T) {
	p := New(contexts.Embedded(), Limits{ContextBytes: 1 << 20})
	chain := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format+",", i, i+1)
		}
		return strings.TrimSuffix(b.String(), ",")
	}
	for name, context := range map[string]string{
		"prefix chain":    chain(`"t%d":"t%d:"`, 20_000),
		"growing chain":   chain(`"t%d":"t%d:aaaaaaaaaaaaaaaa/"`, 20_000),
		"alias chain":     chain(`"t%d":"t%d"`, 20_000),
		"many terms":      chain(`"t%d":"urn:v:%d"`, 20_000),
		"scoped depth":    strings.Repeat(`"t":{"@id":"urn:v:t","@context":{`, 50) + `"x":"urn:v:x"` + strings.Repeat(`}}`, 50),
		"colliding names": chain(`"aaaaaaaa%08daaaaaaaa":"urn:v:%d"`, 20_000),
	} {
		v, err := strict.Parse([]byte(`{"@context":[{`+context+`}],"@id":"urn:x:1","urn:y:p":"a"}`), strict.Limits{Depth: 200})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		start := time.Now()
		_, _, err = p.Digest(Input{Value: v}, Options{InlineContexts: true})
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s takes %v (%v)", name, took, err)
		}
	}
}

// TestCollidingNames checks that names which the hash cannot tell apart are found all the same.
func TestCollidingNames(t *testing.T) {
	all := map[string]*definition{}
	for i := range 1000 {
		name := fmt.Sprintf("aaaaaaaa%04daaaaaaaa", i)
		all[name] = &definition{name: name}
	}
	l := newLookup(all)
	if l.slots != nil {
		t.Fatal("the names do not collide")
	}
	for name, d := range all {
		if l.find(name) != d {
			t.Errorf("%s is not found", name)
		}
	}
	if l.find("aaaaaaaa0000aaaaaaab") != nil || l.find("") != nil {
		t.Error("a name is found that is not there")
	}
}
