package schema

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/vc/strict"
)

func parse(t testing.TB, text string) strict.Value {
	t.Helper()
	v, err := strict.Parse([]byte(text), strict.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

var errNone = errors.New("nothing is there")

// validate runs a schema over a document; others are what it may refer to.
func validate(t testing.TB, schema, document string, others map[string]string, limits Limits) ([]*strict.Error, error) {
	t.Helper()
	return Validate(t.Context(), Input{
		Document: parse(t, document), Schema: parse(t, schema), URL: "https://schemas.example/root.json", Limits: limits,
		Load: func(_ context.Context, url string) ([]byte, error) {
			if body, ok := others[url]; ok {
				return []byte(body), nil
			}
			return nil, errNone
		},
	})
}

// outcome is the code of the error, that of the first breach, or "".
func outcome(breaches []*strict.Error, err error) string {
	if e, ok := errors.AsType[*strict.Error](err); ok {
		return e.Code
	}
	if err != nil {
		return "load"
	}
	if len(breaches) > 0 {
		return breaches[0].Code
	}
	return ""
}

func TestValidate(t *testing.T) {
	const d2020, d2019, d7 = `"$schema":"https://json-schema.org/draft/2020-12/schema"`, `"$schema":"https://json-schema.org/draft/2019-09/schema"`, `"$schema":"http://json-schema.org/draft-07/schema#"`
	other := map[string]string{
		"https://schemas.example/other.json": `{` + d2020 + `,"$defs":{"n":{"type":"number"}},"type":"object","required":["a"]}`,
		"https://else.example/deep.json":     `{"$ref":"https://schemas.example/other.json"}`,
		"https://else.example/broken.json":   `{"type":`,
		"https://else.example/none.json":     `{"type":"nonsense"}`,
	}
	for _, c := range []struct{ name, schema, document, code, pointer string }{
		{"conforms", `{` + d2020 + `,"type":"object","required":["a"]}`, `{"a":1}`, "", ""},
		{"missing", `{` + d2020 + `,"type":"object","required":["a"]}`, `{}`, "schema.invalid", ""},
		{"deep inside", `{"properties":{"a":{"items":{"type":"string"}}}}`, `{"a":["x",2]}`, "schema.invalid", "/a/1"},
		{"escaped pointer", `{"additionalProperties":{"type":"string"}}`, `{"a/b":1}`, "schema.invalid", "/a~1b"},
		{"true", `true`, `{}`, "", ""},
		{"false", `false`, `{}`, "schema.invalid", ""},
		{"tuple of 2019-09", `{` + d2019 + `,"properties":{"a":{"items":[{"const":1}],"additionalItems":false}}}`, `{"a":[1,2]}`, "schema.invalid", "/a"},
		{"the same in 2020-12 is no schema", `{` + d2020 + `,"properties":{"a":{"items":[{"const":1}]}}}`, `{"a":[2]}`, "schema.unusable", ""},
		{"prefixItems of 2020-12", `{` + d2020 + `,"properties":{"a":{"prefixItems":[{"const":1}]}}}`, `{"a":[2]}`, "schema.invalid", "/a/0"},
		{"draft 7 asserts formats", `{` + d7 + `,"properties":{"a":{"format":"date-time"}}}`, `{"a":"yesterday"}`, "schema.invalid", "/a"},
		{"2020-12 does not", `{` + d2020 + `,"properties":{"a":{"format":"date-time"}}}`, `{"a":"yesterday"}`, "", ""},
		{"draft 4", `{"$schema":"http://json-schema.org/draft-04/schema#"}`, `{}`, "schema.unusable", ""},
		{"a dialect of somebody's own", `{"$schema":"https://else.example/meta"}`, `{}`, "schema.unusable", ""},
		{"one inside", `{"$defs":{"a":{"$id":"https://else.example/a","$schema":"https://else.example/meta"}}}`, `{}`, "schema.unusable", ""},
		{"a property called $schema", `{"properties":{"$schema":{"type":"string"}}}`, `{"$schema":"x"}`, "", ""},
		{"no schema", `{"type":"nonsense"}`, `{}`, "schema.unusable", ""},
		{"no schema at all", `[]`, `{}`, "schema.unusable", ""},
		{"relative reference", `{"$ref":"other.json"}`, `{}`, "schema.invalid", ""},
		{"reference into another", `{"properties":{"a":{"$ref":"other.json#/$defs/n"}}}`, `{"a":"x"}`, "schema.invalid", "/a"},
		{"reference through another", `{"$ref":"https://else.example/deep.json"}`, `{"a":1}`, "", ""},
		{"reference to nothing", `{"$ref":"https://else.example/missing.json"}`, `{}`, "load", ""},
		{"reference into nothing", `{"$ref":"#/$defs/missing"}`, `{}`, "schema.unusable", ""},
		{"reference to a broken one", `{"$ref":"https://else.example/broken.json"}`, `{}`, "schema.unusable", ""},
		{"reference to none", `{"$ref":"https://else.example/none.json"}`, `{}`, "schema.unusable", ""},
		{"reference to a file", `{"$ref":"file:///etc/passwd"}`, `{}`, "schema.unusable", ""},
		{"reference over http", `{"$ref":"http://else.example/deep.json"}`, `{}`, "schema.unusable", ""},
		{"reference to itself", `{"$ref":"#"}`, `{}`, "schema.unusable", ""},
		{"recursion", `{"type":"object","additionalProperties":{"$ref":"#"}}`, `{"a":{"b":{"c":1}}}`, "schema.invalid", "/a/b/c"},
		{"the meta-schema, which is built in", `{"$ref":"http://json-schema.org/draft-07/schema#"}`, `{"type":"nonsense"}`, "schema.invalid", "/type"},
		{"exact numbers", `{"properties":{"a":{"maximum":9007199254740992}}}`, `{"a":9007199254740993}`, "schema.invalid", "/a"},
		{"a number beyond reason in the schema", `{"maximum":1e999999999}`, `{}`, "schema.unusable", ""},
		{"a number beyond reason in the document", `{"properties":{"a":{"multipleOf":3}}}`, `{"a":1e999999999}`, "budget", ""},
		{"digits beyond reason", `{"properties":{"a":{"multipleOf":3}}}`, `{"a":` + strings.Repeat("1", 401) + `}`, "budget", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			breaches, err := validate(t, c.schema, c.document, other, Limits{})
			if got := outcome(breaches, err); got != c.code {
				t.Fatalf("%q, want %q: %v %v", got, c.code, breaches, err)
			}
			if len(breaches) > 0 && breaches[0].Pointer != c.pointer {
				t.Errorf("at %q, want %q", breaches[0].Pointer, c.pointer)
			}
		})
	}
}

func TestPatterns(t *testing.T) {
	for _, c := range []struct{ pattern, text, code string }{
		{`^a+$`, "aaa", ""}, {`^a+$`, "aab", "schema.invalid"}, {`^https:\/\/x\.y$`, "https://x.y", ""},
		{`^\u0041\x42$`, "AB", ""}, {`^[\u0041-\u0043]$`, "B", ""}, {`^(?<year>\d{4})$`, "2026", ""}, {`^(?:a|b)$`, "c", "schema.invalid"},
		{`^\p{L}$`, "é", ""}, {`a$`, "a\n", "schema.invalid"}, {`(a+)+$`, strings.Repeat("a", 30000) + "b", "schema.invalid"},
		{`^(?=a)`, "a", "schema.unusable"}, {`(?<!a)b`, "b", "schema.unusable"}, {`(a)\1`, "aa", "schema.unusable"}, {`(?i)a`, "A", "schema.unusable"},
		{`\Aa\z`, "a", "schema.unusable"}, {`[[:alpha:]]`, "a", "schema.unusable"}, {`\pL`, "a", "schema.unusable"}, {`(`, "a", "schema.unusable"},
		{`\`, "a", "schema.unusable"}, {`(?P<a>b)`, "b", "schema.unusable"},
		{strings.Repeat("a", 2001), "a", "schema.unusable"}, {`((a{30}){30}){30}`, "a", "schema.unusable"}, {`\cA`, "a", "schema.unusable"},
	} {
		schema := fmt.Sprintf(`{"properties":{"a":{"pattern":%s}}}`, quote(t, c.pattern))
		breaches, err := validate(t, schema, `{"a":`+quote(t, c.text)+`}`, nil, Limits{})
		if got := outcome(breaches, err); got != c.code {
			t.Errorf("%s: %q, want %q: %v", clip(c.pattern), got, c.code, err)
		}
	}
}

func quote(t testing.TB, s string) string {
	t.Helper()
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range s {
		fmt.Fprintf(&out, `\u%04x`, r)
	}
	return out.String() + `"`
}

// ladder is a schema of n rungs, each of which applies the next one twice.
func ladder(n int, rung, last string) string {
	var out strings.Builder
	out.WriteString(`{"$ref":"#/$defs/r0","$defs":{`)
	for i := range n {
		next := fmt.Sprintf(`{"$ref":"#/$defs/r%d"}`, i+1)
		fmt.Fprintf(&out, `"r%d":%s,`, i, strings.ReplaceAll(rung, "NEXT", next))
	}
	fmt.Fprintf(&out, `"r%d":%s}}`, n, last)
	return out.String()
}

// nested is a document of n objects in each other.
func nested(n int) string { return strings.Repeat(`{"aa":`, n) + "1" + strings.Repeat("}", n) }

// broad is an object of n members.
func broad(n int) string {
	var out strings.Builder
	out.WriteString(`{"a":0`)
	for i := range n {
		fmt.Fprintf(&out, `,"m%d":0`, i)
	}
	return out.String() + "}"
}

// TestHostileSchemas: each of these would run for longer than the sun shines, or eat all memory.
func TestHostileSchemas(t *testing.T) {
	for _, c := range []struct{ name, schema, document string }{
		{"allOf", ladder(40, `{"allOf":[NEXT,NEXT]}`, `true`), `{}`},
		{"anyOf that fails", ladder(40, `{"anyOf":[NEXT,NEXT]}`, `false`), `{}`},
		{"oneOf", ladder(40, `{"oneOf":[NEXT,NEXT]}`, `{"type":"object"}`), `{}`},
		{"not of allOf", `{"not":` + ladder(40, `{"anyOf":[NEXT,NEXT]}`, `{"type":"string"}`) + `}`, `{}`},
		{"dependentSchemas under not", strings.Replace(ladder(40, `{"dependentSchemas":{"a":NEXT,"b":NEXT}}`, `{"minProperties":9}`), `{"$ref":"#/$defs/r0"`, `{"not":{"$ref":"#/$defs/r0"}`, 1), `{"a":1,"b":2}`},
		{"if, then, else", ladder(40, `{"if":NEXT,"then":NEXT,"else":NEXT}`, `{"minProperties":9}`), `{}`},
		{"patternProperties", `{"not":{"$ref":"#/$defs/x"},"$defs":{"x":{"patternProperties":{"a":{"$ref":"#/$defs/x"},"aa":{"$ref":"#/$defs/x"}},"type":"object"}}}`, nested(60)},
		{"contains", ladder(40, `{"contains":NEXT,"unevaluatedItems":NEXT}`, `false`), `[[[[[[[[1]]]]]]]]`},
		{"unevaluatedProperties", ladder(13, `{"allOf":[NEXT,NEXT],"unevaluatedProperties":true}`, `true`), broad(100_000)},
		{"uniqueItems", ladder(13, `{"allOf":[NEXT,NEXT],"properties":{"a":{"uniqueItems":true}}}`, `true`), `{"a":[` + broad(100_000) + `]}`},
		{"propertyNames", ladder(40, `{"propertyNames":NEXT,"allOf":[NEXT,NEXT]}`, `true`), `{"a":1}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			breaches, err := validate(t, c.schema, c.document, nil, Limits{})
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
			if got := outcome(breaches, err); got != "budget" && c.name != "contains" && c.name != "not of allOf" {
				t.Errorf("%q: %v %v", got, len(breaches), err)
			}
		})
	}
}

// TestDeepChains: schemas that refer to one another in a long row, at every level of a deep document,
// end in time and within memory.
func TestDeepChains(t *testing.T) {
	var out strings.Builder
	const n = 4000
	out.WriteString(`{"$ref":"#/$defs/r0","$defs":{`)
	for i := range n {
		fmt.Fprintf(&out, `"r%d":{"$ref":"#/$defs/r%d"},`, i, i+1)
	}
	fmt.Fprintf(&out, `"r%d":{"additionalProperties":{"$ref":"#/$defs/r0"}}}}`, n)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	breaches, err := validate(t, out.String(), nested(60), nil, Limits{})
	runtime.ReadMemStats(&after)
	t.Logf("%v, %d MB of stack, %v", time.Since(start), (after.StackSys-before.StackSys)>>20, outcome(breaches, err))
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
	if got := outcome(breaches, err); got != "budget" {
		t.Errorf("%q: %v", got, err)
	}
}

func TestLimits(t *testing.T) {
	var others = map[string]string{}
	for i := range 5 {
		others[fmt.Sprintf("https://schemas.example/%d.json", i)] = fmt.Sprintf(`{"$ref":"%d.json"}`, i+1)
	}
	others["https://schemas.example/5.json"] = `true`
	for _, c := range []struct {
		name, schema, document string
		limits                 Limits
		code                   string
	}{
		{"documents", `{"$ref":"0.json"}`, `{}`, Limits{}, ""},
		{"too many documents", `{"$ref":"0.json"}`, `{}`, Limits{Documents: 5}, "budget"},
		{"too long a document", `{"$ref":"0.json"}`, `{}`, Limits{Bytes: 5}, "schema.unusable"},
		{"too many values", `{"enum":[1,2,3]}`, `1`, Limits{Values: 4}, "budget"},
		{"too many values together", `{"$ref":"0.json"}`, `{}`, Limits{Values: 6}, "budget"},
		{"too much work", `{"enum":[1,2,3]}`, `[1,2,3]`, Limits{Work: 19}, "budget"},
		{"enough work", `{"enum":[[1,2,3]]}`, `[1,2,3]`, Limits{Work: 40}, ""},
		{"steps", `{"items":{"type":"number"}}`, `[1,2,3]`, Limits{Steps: 4}, ""},
		{"too many steps", `{"items":{"type":"number"}}`, `[1,2,3]`, Limits{Steps: 3}, "budget"},
		{"work of patterns", `{"pattern":"a"}`, quote(t, strings.Repeat("b", 100)), Limits{Work: 200}, "budget"},
	} {
		breaches, err := validate(t, c.schema, c.document, others, c.limits)
		if got := outcome(breaches, err); got != c.code {
			t.Errorf("%s: %q, want %q: %v", c.name, got, c.code, err)
		}
	}
	breaches, err := validate(t, `{"items":{"type":"string"}}`, `[1,2,3,4,5]`, nil, Limits{Findings: 3})
	if err != nil || len(breaches) != 3 {
		t.Errorf("%d breaches, %v", len(breaches), err)
	}
}

func TestDeadline(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Validate(ctx, Input{Document: parse(t, `{}`), Schema: parse(t, ladder(40, `{"allOf":[NEXT,NEXT]}`, `true`)), URL: "https://schemas.example/root.json"})
	if got := outcome(nil, err); got != "deadline" {
		t.Errorf("%q: %v", got, err)
	}
}

// FuzzValidate: no schema makes the validation panic, take long, or list a breach outside the document.
func FuzzValidate(f *testing.F) {
	for _, seed := range []string{
		`{"type":"object","required":["a"]}`, `{"properties":{"a":{"items":[{"const":1}]}}}`, `{"$ref":"#"}`,
		`{"patternProperties":{"^a":{"$ref":"#"}},"pattern":"("}`, `{"multipleOf":0}`, `{"$id":":","$anchor":"","$dynamicRef":"#x"}`,
		`{"unevaluatedProperties":false,"if":true,"then":{"uniqueItems":true}}`, `{"dependentSchemas":{"a":{"not":{}}},"enum":[{"a":[1,"x",null]}]}`,
	} {
		f.Add(seed)
	}
	document := `{"a":[1,"x",{"a":null,"b":1.5e3}],"b":{"a":{"a":[]}},"":false}`
	f.Fuzz(func(t *testing.T, text string) {
		s, err := strict.Parse([]byte(text), strict.Limits{})
		if err != nil {
			return
		}
		doc := parse(t, document)
		breaches, err := Validate(t.Context(), Input{Document: doc, Schema: s, URL: "https://schemas.example/root.json",
			Load: func(context.Context, string) ([]byte, error) { return nil, errNone }, Limits: Limits{Steps: 2000}})
		for _, b := range breaches {
			if err != nil || b.Code != codeInvalid || !doc.Lookup(b.Pointer).Exists() {
				t.Errorf("%v with %v", b, err)
			}
		}
	})
}

// TestManyPatterns: patterns are bounded together, since each is compiled before the first is matched.
func TestManyPatterns(t *testing.T) {
	schema := func(n int) string {
		var out strings.Builder
		for i := range n {
			fmt.Fprintf(&out, `{"pattern":"%s%d"},`, strings.Repeat("a{999}", 18), i)
		}
		return `{"allOf":[` + out.String() + `true]}`
	}
	for n, want := range map[int]string{1: "", 2000: "budget"} {
		start := time.Now()
		breaches, err := validate(t, schema(n), `{}`, nil, Limits{})
		if got := outcome(breaches, err); got != want || time.Since(start) > 5*time.Second {
			t.Errorf("%d patterns: %q after %v, want %q", n, got, time.Since(start), want)
		}
	}
}
