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
//   - types written as IRIs of the vocabularies of credentials and badges, which readers look for by name
//   - objects in an array that is itself an element of an array, where a proof is embedded
//
//   - in a plain JWT, the digests of selective disclosure (RFC 9901 sections 4.2.4.1 and 4.2.4.2), which say that
//     it was taken out of an SD-JWT: model.value
//
// The inside of a JSON literal (jsonSchema of a JsonSchema, VC JSON Schema section 4) is not part
// of this.

// structure walks the whole credential.
func (k *checker) structure() {
	k.collectRoles()
	k.object(k.c.value, 0, true)
}

// walk looks at a value, which is inside so many nested credentials.
func (k *checker) walk(v strict.Value, nested int) {
	switch v.Kind() {
	case strict.Array:
		k.repeated(v)
		inArray, i := k.inArray(), 0
		for e := range v.Elements() {
			k.path.element(i)
			if inArray && e.Kind() == strict.Object {
				k.report(codeRestructured, e, "this object is in an array inside another array, which means nothing in JSON-LD and hides it from readers of the JSON")
			}
			k.walk(e, nested)
			k.path.leave()
			i++
		}
	case strict.Object:
		credential := isCredential(k.path.property().name, v)
		if credential {
			nested++
			k.countNested(v, nested)
		}
		k.spread(v, credential)
		k.object(v, nested, credential)
	}
}

// object looks at the members of an object, which may be a credential itself.
func (k *checker) object(v strict.Value, nested int, credential bool) {
	for name, m := range v.Members() {
		if name == "@context" || name == "jsonSchema" && v.Get("type").Has("JsonSchema") {
			continue
		}
		k.path = append(k.path, step{name: name, holder: v, credential: credential})
		switch {
		case strings.HasPrefix(name, "@"):
			if !k.inLanguageValue(v) {
				k.report(codeRestructured, m, "the member "+clip(name)+" can hide content from readers of the JSON; credentials are written without it")
			}
		case strings.IndexByte(name, ':') >= 0:
			k.report(codeRestructured, m, "the member "+clip(name)+" is named by an IRI; credentials name members by the terms of their contexts")
		case (name == sdDigests || name == sdElement) && k.c.jws != nil:
			k.report(codeValue, m, "the member "+clip(name)+" stands for what a holder may withhold: this is the issuer's part of an SD-JWT, without what follows it")
		case name == "type":
			k.typeNames(m)
		case name == "id" && strings.HasPrefix(m.Text(), "_:"):
			k.report(codeRestructured, m, "the id "+clip(m.Text())+" is a blank node label, by which one thing can be spread over several objects")
		}
		k.walk(m, nested)
		k.path.leave()
	}
}

// inArray reports whether the path leads to an element of an array in a credential with an embedded proof.
// Other signatures cover the arrays themselves.
func (k *checker) inArray() bool {
	return len(k.path) > 0 && !k.path[len(k.path)-1].holder.Exists() && len(k.c.proofs) > 0
}

// vocabularies are where the types of credentials, status entries, badges and CLRs are defined, and where
// those without a definition are put.
var vocabularies = [...]string{
	"https://www.w3.org/2018/credentials#", "https://www.w3.org/ns/credentials/",
	"https://w3id.org/vc/status-list#", "https://purl.imsglobal.org/spec/",
}

// typeNames reports the types that are written as IRIs although contexts have terms for them. Types of
// other vocabularies may have no term.
func (k *checker) typeNames(v strict.Value) {
	i := 0
	for t := range v.Each() {
		if v.Kind() == strict.Array {
			k.path.element(i)
		}
		for _, vocabulary := range vocabularies {
			if strings.HasPrefix(t.Text(), vocabulary) {
				k.report(codeRestructured, t, "the type "+clip(t.Text())+" is written as an IRI; readers look for it by its name in the contexts")
			}
		}
		if v.Kind() == strict.Array {
			k.path.leave()
		}
		i++
	}
}

// inLanguageValue reports whether v, of which the path leads to a member, is a language value
// object where one is allowed.
func (k *checker) inLanguageValue(v strict.Value) bool {
	if v.Len() > 3 || v.Get("@value").Kind() != strict.String {
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
	property := k.path[:len(k.path)-1].property().name
	return v.Len() > 1 || property == "name" || property == "description"
}

// isCredential reports whether an object in this property is a credential or presentation, by its
// own word or by its place.
func isCredential(property string, v strict.Value) bool {
	t := v.Get("type")
	return t.Has("VerifiableCredential") || t.Has("VerifiablePresentation") || property == "verifiableCredential"
}

// countNested keeps to the limits; each is reported once. They are on how many credentials a
// verifier of this one may have to look into, not on what this package does.
func (k *checker) countNested(v strict.Value, depth int) {
	if k.nested++; k.nested == k.limits.Nested+1 {
		k.report(codeBudget, v, "more than "+strconv.Itoa(k.limits.Nested)+" credentials are inside this one")
	}
	if depth > k.limits.NestedDepth && !k.tooDeep {
		k.tooDeep = true
		k.report(codeBudget, v, "credentials are inside each other more than "+strconv.Itoa(k.limits.NestedDepth)+" deep")
	}
}
