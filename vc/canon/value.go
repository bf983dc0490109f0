package canon

import (
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// What follows the text of literals of the types that JSON-LD itself gives.
const (
	tailBoolean = "^^<" + xsd + "boolean>"
	tailDouble  = "^^<" + xsdDouble + ">"
	tailInteger = "^^<" + xsd + "integer>"
	tailJSON    = "^^<" + rdf + "JSON>"
)

// value converts a value of the property prop, which is nil where there is none, under the active
// context t.
func (c *converter) value(t *table, prop *definition, v strict.Value, s *sink) error {
	switch v.Kind() {
	case strict.Object:
		return c.object(t, v, s, frame{prop: prop, fromMap: s.fromMap})
	case strict.Array:
		if s.kind != element {
			return c.elements(t, prop, v, s)
		}
		if prop == nil || prop.container&inList == 0 {
			return fail(v, codeValue, "an array directly inside @list has no agreed meaning; write a @list object")
		}
		return c.list(s, v, func(inner *sink) error { return c.elements(t, prop, v, inner) })
	case strict.Null:
		return dropped(v, "null")
	}
	return c.scalar(t, prop, v, s)
}

// elements converts the elements of an array, or a value that is none. Arrays within arrays are one set, as JSON-LD has
// it, other than in lists.
func (c *converter) elements(t *table, prop *definition, v strict.Value, s *sink) error {
	if v.Kind() != strict.Array {
		return c.value(t, prop, v, s)
	}
	if err := c.open(v); err != nil {
		return err
	}
	for item := range v.Elements() {
		if err := c.value(t, prop, item, s); err != nil {
			return err
		}
	}
	c.depth--
	return nil
}

// in returns the definition that a property has under another active context; one without
// coercion where it has none there.
func (t *table) in(prop *definition) *definition {
	if prop == nil {
		return nil
	}
	if d := t.names.find(prop.name); d != nil {
		return d
	}
	return &definition{name: prop.name}
}

// scalar converts a string, number or boolean (JSON-LD API section 5.3).
func (c *converter) scalar(t *table, prop *definition, v strict.Value, s *sink) error {
	if prop == nil {
		return dropped(v, "a value that no property refers to")
	}
	if prop.scoped != nil {
		var err error
		if t, err = c.enterProperty(t, prop, v); err != nil {
			return err
		}
		prop = t.in(prop)
	}
	if prop.coerce == coerceJSON {
		return c.json(v, s)
	}
	o, node, err := c.coerced(t, prop, v)
	if err != nil {
		return err
	}
	if node {
		return c.reference(s, o, v)
	}
	return c.literal(s, o, v)
}

// coerced returns the term for a scalar that a property's definition is applied to, and whether it
// is a node. Numbers and booleans are never nodes, whatever the definition says (JSON-LD API section 5.3).
func (c *converter) coerced(t *table, prop *definition, v strict.Value) (o termID, node bool, err error) {
	if v.Kind() == strict.String {
		switch prop.coerce {
		case coerceID, coerceVocab:
			o, err = c.resource(t, v.Text(), prop.coerce == coerceVocab, v)
			return o, true, err
		case coerceTyped:
			o, err = c.native(v, prop.datatype, prop.tail)
			return o, false, err
		}
		language, err := languageOf(t, prop, v)
		if err != nil || language == "" {
			return c.textual(v, ""), false, err
		}
		return c.textual(v, "@"+language), false, nil
	}
	o, err = c.native(v, prop.datatype, prop.tail)
	return o, false, err
}

// valueObject converts an object with @value (JSON-LD 1.1 section 9.5). Types stands for the active
// context before that of the object's type.
func (c *converter) valueObject(t, types *table, v strict.Value, s *sink) error {
	var value, typ, language strict.Value
	for name, m := range v.Members() {
		d, err := c.member(t, name, m)
		if err != nil {
			return err
		}
		target := &value
		switch d.keyword {
		case kwContext:
			continue
		case kwValue:
		case kwType:
			target = &typ
		case kwLanguage:
			target = &language
		case kwIndex, kwDirection:
			return dropped(m, quote(name))
		default:
			return fail(m, codeValue, "%s cannot stand beside @value", quote(name))
		}
		if target.Exists() {
			return fail(m, codeValue, "%s repeats a keyword under another name", quote(name))
		}
		*target = m
	}
	switch {
	case typ.Exists():
		return c.typedValue(types, value, typ, language, s)
	case value.Kind() == strict.Null:
		return dropped(value, "null")
	case !language.Exists():
		o, err := c.native(value, "", "")
		if err != nil {
			return err
		}
		return c.literal(s, o, v)
	case value.Kind() != strict.String || language.Kind() != strict.String || !isLanguage(language.Text()):
		return fail(language, codeValue, "@language must be a well-formed language tag, and stand beside a string")
	}
	return c.literal(s, c.quoted(value.Text(), "@"+strings.ToLower(language.Text())), v)
}

// typedValue converts an object with @value and @type.
func (c *converter) typedValue(types *table, value, typ, language strict.Value, s *sink) error {
	if typ.Kind() != strict.String || language.Exists() {
		return fail(typ, codeValue, "@type beside @value must be one IRI, without @language")
	}
	name := typ.Text()
	if d := types.names.find(name); name == "@json" || d != nil && d.keyword == kwJSON {
		return c.json(value, s)
	}
	if value.Kind() == strict.Null {
		return dropped(value, "null")
	}
	datatype, err := c.resource(types, name, true, typ)
	if err != nil {
		return err
	}
	tail := "^^" + c.textOf(datatype)
	iri := strings.TrimSuffix(strings.TrimPrefix(tail, "^^<"), ">")
	switch {
	case c.terms[datatype].blank:
		return fail(typ, codeValue, "a blank node cannot be a datatype")
	case iri == rdfLangString:
		return fail(typ, codeValue, "a text of this type needs @language instead")
	}
	o, err := c.native(value, iri, literalTail(iri))
	if err != nil {
		return err
	}
	return c.literal(s, o, value)
}
