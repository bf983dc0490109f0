package verify

import (
	"context"
	"slices"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/schema"
)

// schemaType is a type of credentialSchema that is checked.
type schemaType struct {
	name  string
	check func(r *run, ctx context.Context, e strict.Value) []*strict.Error
}

// schemaTypes are all of them. An entry with several is checked by each.
func schemaTypes() [3]schemaType {
	plain := func(d schema.Dialect) func(r *run, ctx context.Context, e strict.Value) []*strict.Error {
		return func(r *run, ctx context.Context, e strict.Value) []*strict.Error { return r.jsonSchema(ctx, e, d) }
	}
	return [...]schemaType{
		{"JsonSchema", plain(schema.Draft2020)},
		{"1EdTechJsonSchemaValidator2019", plain(schema.Draft2019)},
		{"JsonSchemaCredential", (*run).schemaCredential},
	}
}

// schema checks the credential against each schema that it names, or takes the word of a check of the
// profile, which has been made, for a schema that this check stands for. Each schema is a part of the
// result.
func (r *run) schema(ctx context.Context, profile []Result) Result {
	entries := r.c.Schemas()
	switch {
	case r.p.Schema == Off:
		return skipped(checkSchema, reasonOff)
	case len(entries) == 0 && r.p.Schema == Required:
		return Findings(checkSchema, problem("schema.required", "", "the policy asks for a schema, and the credential names none"))
	case len(entries) == 0:
		return skipped(checkSchema, reasonAbsent)
	case len(entries) > r.v.limits.Schemas:
		return level(r.p.Schema, Findings(checkSchema, problem("budget", r.member("credentialSchema"), "the credential has more schemas than are checked")))
	}
	result := passed(checkSchema)
	for _, e := range entries {
		part, ok := r.answeredByProfile(e, profile)
		if !ok {
			part = Findings(checkSchema, r.oneSchema(ctx, e)...)
		}
		result.Parts = append(result.Parts, part)
		for _, p := range part.Problems {
			result.add(p)
		}
	}
	return level(r.p.Schema, result)
}

// answeredByProfile makes the part for a schema that a check of the profile stands for. Where that check
// did not decide, the schema itself has to.
func (r *run) answeredByProfile(e strict.Value, profile []Result) (Result, bool) {
	if hasDigest(e) {
		return Result{}, false // the digest speaks of the document
	}
	for i, p := range r.p.Profile {
		if p.Schema == nil || !p.Schema(e.Get("id").Text(), r.c) || profile[i].Outcome != Passed && profile[i].Outcome != Failed {
			continue
		}
		part := passed(checkSchema)
		if profile[i].Outcome == Failed {
			part = Findings(checkSchema, problem("schema.invalid", e.Pointer(), "the credential does not conform, as the check "+p.Name+" tells in detail"))
		}
		part.Profile = p.Name
		return part, true
	}
	return Result{}, false
}

// oneSchema checks one entry by each of its types that is known.
func (r *run) oneSchema(ctx context.Context, e strict.Value) (found []*strict.Error) {
	known := false
	for _, t := range schemaTypes() {
		if e.Get("type").Has(t.name) {
			found = append(found, t.check(r, ctx, e)...)
			known = true
		}
	}
	if !known {
		return []*strict.Error{problem("schema.unchecked", e.Pointer(),
			"the credential's schema is of the type "+quoteOr(first(e.Get("type")), "unnamed")+", which this version cannot check")}
	}
	return found
}

// jsonSchema checks a JsonSchema (W3C VC JSON Schema section 2.1) or a 1EdTechJsonSchemaValidator2019: the
// schema is the document at the entry's id, whose digest is compared where the entry has one.
func (r *run) jsonSchema(ctx context.Context, e strict.Value, dialect schema.Dialect) []*strict.Error {
	url := e.Get("id").Text()
	body, found := r.schemaBody(ctx, e, url)
	if found != nil {
		return []*strict.Error{found}
	}
	s, err := strict.Parse(body, strict.Limits{Bytes: r.v.limits.SchemaBytes})
	if err != nil {
		return []*strict.Error{problem("schema.unusable", e.Pointer(), "the schema at "+url+" cannot be read: "+asFinding(err, "json.syntax", "").Detail)}
	}
	return r.conforms(ctx, e, s, url, dialect)
}

// schemaBody fetches the document at url and compares it with the digest in v.
func (r *run) schemaBody(ctx context.Context, v strict.Value, url string) ([]byte, *strict.Error) {
	all, found := digestsOf(v)
	if found != nil {
		return nil, found
	}
	body, found := r.document(ctx, r.schemaSource(), url, "application/schema+json, application/json, application/vc, application/vc+jwt, */*;q=0.5", v.Pointer())
	if found != nil {
		return nil, found
	}
	return body, compareDigests(all, body, v)
}

// conforms applies a schema to the credential. Any JSON document that is none, such as an error message, would
// be a schema that allows everything, since keywords that are not known count for nothing: one that does not say
// in $schema what it is, as it should (W3C VC JSON Schema, section "$schema"), must demand something.
func (r *run) conforms(ctx context.Context, e, s strict.Value, url string, dialect schema.Dialect) []*strict.Error {
	if !s.Get("$schema").Exists() && !demanding(s) {
		return []*strict.Error{problem("schema.unusable", e.Pointer(), "the document at "+clipped(url)+" does not say in $schema that it is a JSON Schema, and demands nothing")}
	}
	breaches, err := schema.Validate(ctx, schema.Input{
		Document: r.c.Value(), Schema: s, URL: url, Dialect: dialect, Cache: &r.v.compiled,
		Limits: schema.Limits{Documents: r.v.limits.Schemas, Bytes: r.v.limits.SchemaBytes},
		Load: func(ctx context.Context, url string) ([]byte, error) {
			body, found := r.document(ctx, r.schemaSource(), url, "application/schema+json, application/json, */*;q=0.5", e.Pointer())
			if found != nil {
				return nil, found
			}
			return body, nil
		},
	})
	if err != nil {
		found := *asFinding(err, "schema.unusable", e.Pointer())
		found.Pointer, found.Offset = e.Pointer(), -1
		return []*strict.Error{&found}
	}
	return breaches
}

// demanding reports whether a schema has one of the keywords that the schemas of objects are made of.
func demanding(s strict.Value) bool {
	keywords := []string{"$ref", "type", "properties", "patternProperties", "additionalProperties", "required", "allOf", "anyOf", "oneOf", "not", "if"}
	return slices.ContainsFunc(keywords, func(keyword string) bool { return s.Get(keyword).Exists() })
}

// schemaCredential checks a JsonSchemaCredential (W3C VC JSON Schema section 2.2): a credential whose
// subject holds the schema. It must verify like any other, whoever issued it: the credential's own issuer
// chose it. Its status is not followed. A digest that its subject states is compared too.
func (r *run) schemaCredential(ctx context.Context, e strict.Value) []*strict.Error {
	url := e.Get("id").Text()
	body, found := r.schemaBody(ctx, e, url)
	if found != nil {
		return []*strict.Error{found}
	}
	unusable := func(detail string) []*strict.Error {
		return []*strict.Error{problem("schema.unusable", e.Pointer(), "the schema credential cannot be relied on: "+detail)}
	}
	c, err := vc.Parse(body, vc.Limits{JSON: strict.Limits{Bytes: r.v.limits.SchemaBytes}, JWT: r.v.limits.SchemaBytes})
	if err != nil {
		return unusable("it is no credential: " + asFinding(err, "json.syntax", "").Detail)
	}
	nested := &run{v: r.v, c: c, p: listPolicy(r.p, c.Issuer()), at: r.at, trace: r.trace, nested: true}
	report := nested.judge(ctx)
	r.within(nested.window)
	if report.Verdict != Valid {
		return unusable(report.err().Error())
	}
	subjects := c.Subjects()
	if !slices.Contains(c.Types(), "JsonSchemaCredential") || len(subjects) != 1 || !subjects[0].Get("type").Has("JsonSchema") || !subjects[0].Get("jsonSchema").Exists() {
		return unusable("it is not a JsonSchemaCredential with one JsonSchema")
	}
	subject := subjects[0]
	if id := subject.Get("id").Text(); hasDigest(subject) {
		if _, found := r.schemaBody(ctx, subject, id); found != nil {
			found.Pointer = e.Pointer()
			return []*strict.Error{found}
		}
	}
	return r.conforms(ctx, e, subject.Get("jsonSchema"), url, schema.Draft2020)
}
