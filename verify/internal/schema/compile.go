package schema

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// hook is a vocabulary without keywords. The library calls it for every schema that it compiles.
const hook = "urn:badgeproof:steps"

// compile compiles a schema and what it refers to, and makes every part of it count its steps.
func (v *validation) compile(in Input) (*program, error) {
	p := &program{run: v}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if in.Dialect == Draft2019 {
		c.DefaultDraft(jsonschema.Draft2019)
	}
	c.UseLoader(v)
	c.UseRegexpEngine(p.pattern)
	c.RegisterVocabulary(&jsonschema.Vocabulary{URL: hook,
		Compile: func(ctx *jsonschema.CompilerContext, _ map[string]any) (jsonschema.SchemaExt, error) {
			v.schemas = append(v.schemas, ctx.Enqueue(nil))
			return nil, nil
		}})
	c.AssertVocabs()
	root, err := v.accept(in.Schema)
	if err != nil {
		return nil, err
	}
	if err := c.AddResource(in.URL, root); err != nil {
		return nil, err
	}
	compiled, err := c.Compile(in.URL)
	if err != nil {
		return nil, err
	}
	member := 1
	for _, s := range v.schemas {
		if s.UnevaluatedProperties != nil || s.UnevaluatedItems != nil {
			member = bookkeeping
		}
	}
	for _, s := range v.schemas {
		p.count(s, member)
	}
	p.compiled, p.values, p.alone = compiled, v.values, v.documents == 0
	return p, nil
}

// count makes a schema count its applications. The library asks the format of a value before it goes
// into anything that could go on for long. A member costs so much work.
func (p *program) count(s *jsonschema.Schema, member int) {
	whole := s.UniqueItems || s.Enum != nil || s.Const != nil // may look at all that is inside a value
	own := s.Format
	counted := &jsonschema.Format{Validate: func(value any) error {
		p.run.step()
		switch value := value.(type) {
		case map[string]any:
			p.run.spend(member * len(value))
		case []any:
			p.run.spend(member * len(value))
		}
		if whole {
			p.run.spend(p.run.size)
		}
		if own != nil {
			return own.Validate(value)
		}
		return nil
	}}
	if own != nil {
		counted.Name = own.Name
	}
	s.Format = counted
}

// Load gets a schema that another one refers to. It is the library's interface to us.
func (v *validation) Load(url string) (any, error) {
	fail := func(err error) (any, error) {
		v.cause = err
		return nil, err
	}
	if v.documents++; v.documents > v.limits.Documents {
		return fail(budget("the schema refers to more than " + strconv.Itoa(v.limits.Documents) + " others"))
	}
	if !strings.HasPrefix(url, "https://") {
		return fail(unusable("the schema refers to "+strconv.Quote(clip(url))+", which is no https URL", nil))
	}
	body, err := v.load(v.ctx, url)
	if err != nil {
		return fail(err)
	}
	parsed, err := strict.Parse(body, strict.Limits{Bytes: v.limits.Bytes, Values: v.limits.Values})
	if err != nil {
		return fail(unusable("the schema at "+clip(url)+" cannot be read", err))
	}
	schema, err := v.accept(parsed)
	if err != nil {
		return fail(err)
	}
	return schema, nil
}

// dialects are the values of $schema that are known. Meta-schemas of somebody's own are refused.
var dialects = []string{
	"https://json-schema.org/draft/2020-12/schema", "https://json-schema.org/draft/2019-09/schema",
	"http://json-schema.org/draft-07/schema", "https://json-schema.org/draft-07/schema",
}

// accept takes a schema into account, and checks what the library would not.
func (v *validation) accept(schema strict.Value) (any, error) {
	out, n, err := plain(schema)
	if err != nil {
		return nil, err
	}
	if v.values += n; v.values > v.limits.Values {
		return nil, budget("the schema has too many parts")
	}
	if name, ok := foreign(schema); ok {
		return nil, unusable("the schema is written in "+strconv.Quote(clip(name))+", and only JSON Schema 2020-12, 2019-09 and draft 7 are known", nil)
	}
	return out, nil
}

// foreign returns a dialect in a schema, or in one inside it, that is none of those known.
func foreign(v strict.Value) (string, bool) {
	if v.Kind() == strict.Object {
		if d := v.Get("$schema"); d.Kind() == strict.String && !known(d.Text()) {
			return d.Text(), true
		}
		for _, m := range v.Members() {
			if name, ok := foreign(m); ok {
				return name, true
			}
		}
	}
	for e := range v.Elements() {
		if name, ok := foreign(e); ok {
			return name, true
		}
	}
	return "", false
}

func known(dialect string) bool {
	for _, d := range dialects {
		if strings.TrimSuffix(dialect, "#") == d {
			return true
		}
	}
	return false
}

// plain converts a value to what the library reads, and counts the values in it. The nesting of a
// parsed text is bounded. A number that would take long to be compared is refused.
func plain(v strict.Value) (out any, n int, err error) {
	switch v.Kind() {
	case strict.Object:
		object := make(map[string]any, v.Len())
		n = 1
		for name, m := range v.Members() {
			value, k, err := plain(m)
			if err != nil {
				return nil, 0, err
			}
			object[name], n = value, n+k
		}
		return object, n, nil
	case strict.Array:
		array := make([]any, 0, v.Len())
		n = 1
		for e := range v.Elements() {
			value, k, err := plain(e)
			if err != nil {
				return nil, 0, err
			}
			array, n = append(array, value), n+k
		}
		return array, n, nil
	case strict.Number:
		if !short(v.Raw()) {
			return nil, 0, unusable("the schema has a number that is too long to be compared", nil)
		}
		return json.Number(v.Raw()), 1, nil
	case strict.String:
		return v.Text(), 1, nil
	case strict.Bool:
		return v.Bool(), 1, nil
	}
	return nil, 1, nil
}

// short reports whether a number can be compared exactly at little cost: neither its digits nor its
// exponent are out of proportion.
func short(number string) bool {
	if len(number) > maxDigits {
		return false
	}
	if i := strings.IndexAny(number, "eE"); i >= 0 {
		exponent, err := strconv.Atoi(number[i+1:])
		return err == nil && -maxDigits <= exponent && exponent <= maxDigits
	}
	return true
}
