package vc

import (
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// JSON-LD allows one set of statements to be written in many ways, and a signature over the
// canonical RDF holds for all of them. Whoever has a signed credential can therefore move, say,
// credentialStatus out of the sight of a reader of the JSON. So a credential must be compact, and
// the objects that its verdict depends on must be in one piece (spread.go). Breaches are
// model.restructured, anywhere but inside @context:
//
//   - members whose name begins with @, other than @context; but @value, @language and @direction
//     make up a language value object (VC DM 2.0 section 11.1), which is allowed where it cannot
//     stand for a plain string: with @language or @direction, or as a name or description
//   - members whose name is an IRI or a compact IRI, that is, has a colon
//   - ids that are blank node labels
//
// The inside of a JSON literal (jsonSchema of a JsonSchema, VC JSON Schema section 4) is not part
// of this.

// structure walks the whole credential.
func (k *checker) structure(base *place) {
	k.collectRoles()
	k.object(base, k.c.value, 0)
}

// value walks a value at p inside nested credentials.
func (k *checker) value(p *place, v strict.Value, nested int) {
	switch v.Kind() {
	case strict.Array:
		i := 0
		for e := range v.Elements() {
			at := place{up: p, index: i}
			k.value(&at, e, nested)
			i++
		}
	case strict.Object:
		if v != k.c.value && isCredential(p, v) {
			nested++
			k.countNested(p, v, nested)
		}
		k.spread(p, v)
		k.object(p, v, nested)
	}
}

// object walks the members of an object.
func (k *checker) object(p *place, v strict.Value, nested int) {
	language := isLanguageValue(p.property(), v)
	for name, m := range v.Members() {
		at := place{up: p, name: name, holder: v}
		switch {
		case name == "@context":
			continue
		case strings.HasPrefix(name, "@"):
			if !language {
				k.report(codeRestructured, &at, m, "the member "+clip(name)+" can hide content from readers of the JSON; credentials are written without it")
			}
		case strings.Contains(name, ":"):
			k.report(codeRestructured, &at, m, "the member "+clip(name)+" is named by an IRI; credentials name members by the terms of their contexts")
		case name == "id" && strings.HasPrefix(m.Text(), "_:"):
			k.report(codeRestructured, &at, m, "the id "+clip(m.Text())+" is a blank node label, by which one thing can be spread over several objects")
		case name == "jsonSchema" && v.Get("type").Has("JsonSchema"):
			continue
		}
		k.value(&at, m, nested)
	}
}

// isLanguageValue reports whether v is a language value object where one is allowed.
func isLanguageValue(property *place, v strict.Value) bool {
	if v.Get("@value").Kind() != strict.String {
		return false
	}
	for name, m := range v.Members() {
		switch {
		case m.Kind() != strict.String:
			return false
		case name == "@value", name == "@language":
		case name == "@direction" && (m.Text() == "ltr" || m.Text() == "rtl"):
		default:
			return false
		}
	}
	return v.Len() > 1 || property != nil && (property.name == "name" || property.name == "description")
}

// isCredential reports whether the object at p is a credential or presentation inside another.
func isCredential(p *place, v strict.Value) bool {
	t := v.Get("type")
	if !t.Exists() {
		return false
	}
	return t.Has("VerifiableCredential") || t.Has("VerifiablePresentation") || p.property().name == "verifiableCredential"
}

// countNested keeps to the limits; each is reported once.
func (k *checker) countNested(p *place, v strict.Value, depth int) {
	limits := k.c.limits.orDefault()
	if k.nested++; k.nested == limits.Nested+1 {
		k.report(codeBudget, p, v, "more than "+strconv.Itoa(limits.Nested)+" credentials are inside this one")
	}
	if depth > limits.NestedDepth && !k.tooDeep {
		k.tooDeep = true
		k.report(codeBudget, p, v, "credentials are inside each other more than "+strconv.Itoa(limits.NestedDepth)+" deep")
	}
}
