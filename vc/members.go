package vc

import (
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// entryRule is what the data model asks of each object in a property. Whatever it does not ask
// for is left to the specification of the type.
type entryRule struct {
	property string
	id       Version // VersionUnknown: optional; V1: required in VC 1.1; V2: required in both
	untyped  bool    // type is not required
}

// entryRules are the properties whose values are objects that other specifications define: VC DM
// 2.0 sections 4.10 (status), 4.11 (schemas), 5.3 to 5.6 and 4.12 (proofs), and VC DM 1.1 sections
// 4.7, 4.9 and 5.4 to 5.6.
var entryRules = [...]entryRule{
	{property: "credentialStatus", id: V1},
	{property: "credentialSchema", id: V2},
	{property: "refreshService", id: V1},
	{property: "termsOfUse"},
	{property: "evidence"},
	{property: "relatedResource", id: V2, untyped: true},
	{property: "proof"},
}

// members checks each member of the credential that the data model defines, whether required or
// not. Members that it does not define are not looked at.
func (k *checker) members() {
	for name, v := range k.c.value.Members() {
		k.path.member(name, k.c.value)
		switch name {
		case "@context":
			k.context(v)
		case "id":
			k.url(v, "id")
		case "type":
			k.types(v)
		case "issuer":
			k.issuer(v)
		case "credentialSubject":
			k.each(v, k.subject)
		case "name", "description":
			k.text(v)
		case "validFrom", "validUntil", "issuanceDate", "expirationDate":
			k.date(name, v)
		default:
			for i := range entryRules {
				if entryRules[i].property == name {
					k.entries(v, &entryRules[i])
				}
			}
		}
		k.path.leave()
	}
}

// each calls check for every value of a property that has one value or several, and reports an
// empty array.
func (k *checker) each(v strict.Value, check func(strict.Value)) {
	if v.Kind() != strict.Array {
		check(v)
		return
	}
	if v.Len() == 0 {
		k.report(codeValue, v, k.path.property().name+" is an empty array; leave it out, or put at least one value in")
	}
	i := 0
	for e := range v.Elements() {
		k.path.element(i)
		check(e)
		k.path.leave()
		i++
	}
}

// child calls check for the member of an object, if it has it.
func (k *checker) child(v strict.Value, name string, check func(strict.Value)) {
	if m := v.Get(name); m.Exists() {
		k.path.member(name, v)
		check(m)
		k.path.leave()
	}
}

// context checks @context: VC DM 2.0 section 4.3, VC DM 1.1 section 4.1. It must be an array, since
// its order counts. What the contexts say, and whether they are known, is not looked at.
func (k *checker) context(v strict.Value) {
	if v.Kind() != strict.Array {
		k.report(codeType, v, "@context is "+v.Kind().String()+"; it must be an array of context URLs")
	}
	if k.c.version == VersionUnknown {
		k.report(codeContext, v, "the first @context must be "+strconv.Quote(contextV2)+" or "+strconv.Quote(contextV1)+"; it says which data model this is")
	}
	i := 0
	for e := range v.Elements() {
		k.path.element(i)
		if e.Kind() == strict.String {
			k.url(e, "a context")
		} else if e.Kind() != strict.Object {
			k.report(codeType, e, "a context is "+e.Kind().String()+"; it must be a URL or an object")
		}
		k.path.leave()
		i++
	}
}

// url checks a value that must be one URL. Nothing is fetched, and relative references are refused:
// a credential has no base.
func (k *checker) url(v strict.Value, what string) {
	switch {
	case v.Kind() != strict.String:
		k.report(codeType, v, what+" is "+v.Kind().String()+"; it must be a single URL")
	case !isURL(v.Text()):
		k.report(codeValue, v, what+" is "+clip(v.Text())+", which is not an absolute URL")
	}
}

// types checks the type of the credential: VC DM 2.0 section 4.5. For what people take for
// credentials, the sentence says what it is.
func (k *checker) types(v strict.Value) {
	k.each(v, k.typeName)
	switch {
	case v.Has("VerifiableCredential") && v.Has("VerifiablePresentation"):
		k.report(codeValue, v, "this says that it is a credential and a presentation; it can be one of the two only")
	case v.Has("VerifiableCredential"):
	case v.Has("VerifiablePresentation"), v.Has("EnvelopedVerifiablePresentation"):
		k.report(codeValue, v, "this is a presentation, not a credential")
	case v.Has("EnvelopedVerifiableCredential"):
		k.report(codeValue, v, "this is an envelope inside another one; one is opened, and what is in it must be the credential itself")
	default:
		k.report(codeValue, v, "type does not include VerifiableCredential")
	}
}

// typeName checks one value of any type member.
func (k *checker) typeName(v strict.Value) {
	switch {
	case v.Kind() != strict.String:
		k.report(codeType, v, "a type is "+v.Kind().String()+"; it must be a string")
	case v.Text() == "":
		k.report(codeValue, v, "a type is the empty string")
	}
}

// issuer checks VC DM 2.0 section 4.7: a URL, or an object with an id that is one.
func (k *checker) issuer(v strict.Value) {
	switch v.Kind() {
	case strict.String:
		k.url(v, "issuer")
	case strict.Object:
		k.entryID(v, k.c.claim("iss").Kind() != strict.String)
		k.child(v, "name", k.text)
		k.child(v, "description", k.text)
	default:
		k.report(codeType, v, "issuer is "+v.Kind().String()+"; it must be a URL, or an object with an id")
	}
}

// subject checks VC DM 2.0 section 4.8: an object about which something is said. An object with
// an id alone passes, as it does in the W3C's test suite.
func (k *checker) subject(v strict.Value) {
	if v.Kind() != strict.Object {
		k.report(codeType, v, "credentialSubject is "+v.Kind().String()+"; it must be an object")
		return
	}
	k.entryID(v, false)
	if v.Len() == 0 {
		k.report(codeMissing, v, "the credential claims nothing about this subject")
	}
}

// text checks VC DM 2.0 section 4.6: a string, a language value object, or an array of these
// objects (section 11.1). What such an object holds is checked in structure.go. VC 1.1 does not
// define these members.
func (k *checker) text(v strict.Value) {
	if k.c.version == V2 && v.Kind() != strict.String {
		k.each(v, func(e strict.Value) {
			if e.Kind() != strict.Object || !e.Get("@value").Exists() {
				k.report(codeType, e, k.path.property().name+" must be a string, or an object with @value and @language")
			}
		})
	}
}

// entries checks the objects of a property by its rule.
func (k *checker) entries(v strict.Value, rule *entryRule) {
	if rule.property == "proof" && count(v) > k.limits.Proofs {
		k.report(codeBudget, v, "the credential has more than "+strconv.Itoa(k.limits.Proofs)+" proofs")
	}
	k.each(v, func(e strict.Value) { k.entry(e, rule) })
	if v.Kind() == strict.Array && (rule.property == "proof" || rule.property == "relatedResource") {
		k.unique(v)
	}
}

// entry checks one object of such a property.
func (k *checker) entry(v strict.Value, rule *entryRule) {
	if v.Kind() != strict.Object {
		k.report(codeType, v, rule.property+" is "+v.Kind().String()+"; it must be an object")
		return
	}
	k.entryID(v, rule.id == V2 || rule.id == V1 && k.c.version == V1)
	k.child(v, "type", func(t strict.Value) { k.each(t, k.typeName) })
	if !rule.untyped && !v.Get("type").Exists() {
		k.report(codeMissing, v, "this "+rule.property+" has no type")
	}
	if rule.property == "relatedResource" {
		k.digests(v)
	}
}

// entryID checks the id of an object.
func (k *checker) entryID(v strict.Value, required bool) {
	if required && !v.Get("id").Exists() {
		k.report(codeMissing, v, "this "+k.path.property().name+" has no id")
	}
	k.child(v, "id", func(id strict.Value) { k.url(id, "id") })
}

// unique reports each entry of an array whose id an entry before it has: resources by VC DM 2.0
// section 5.3, proofs because previousProof would not say which (Data Integrity section 2.1.2).
func (k *checker) unique(v strict.Value) {
	seen := make(map[string]bool, v.Len())
	i := 0
	for e := range v.Elements() {
		k.path.element(i)
		k.child(e, "id", func(id strict.Value) {
			if id.Kind() == strict.String && seen[id.Text()] {
				k.report(codeValue, id, "another entry has the id "+clip(id.Text())+" already")
			}
			seen[id.Text()] = true
		})
		k.path.leave()
		i++
	}
}

// digests checks VC DM 2.0 section 5.3: at least one digest. Whether it matches is not looked at.
func (k *checker) digests(v strict.Value) {
	for _, name := range [...]string{"digestSRI", "digestMultibase"} {
		k.child(v, name, func(d strict.Value) {
			k.each(d, func(e strict.Value) {
				if e.Kind() != strict.String {
					k.report(codeType, e, "a digest is "+e.Kind().String()+"; it must be a string")
				}
			})
		})
	}
	if !v.Get("digestSRI").Exists() && !v.Get("digestMultibase").Exists() {
		k.report(codeMissing, v, "this relatedResource has neither digestSRI nor digestMultibase")
	}
}

// date checks VC DM 2.0 section 4.9 and VC DM 1.1 sections 4.6 and 4.8. A zone is required in both:
// without one, nobody could say when the time is. In VC 2.0 the names of VC 1.1 are a breach and not
// an extension, because whoever wrote them meant them to count, and they do not. The time that it
// is now plays no part.
func (k *checker) date(name string, v strict.Value) {
	if k.c.version == V2 && (name == "issuanceDate" || name == "expirationDate") {
		k.report(codeValue, v, name+" is a property of VC 1.1; VC 2.0 has validFrom and validUntil in its place")
	}
	if v.Kind() != strict.String {
		k.report(codeType, v, name+" is "+v.Kind().String()+"; it must be a string")
		return
	}
	until, ok := parseTime(v.Text())
	if !ok {
		k.report(codeDate, v, name+" is "+clip(v.Text())+"; "+dateDetail)
		return
	}
	from, ok := parseTime(k.c.value.Get("validFrom").Text())
	if ok && name == "validUntil" && until.Before(from) {
		k.report(codeDate, v, "validUntil is before validFrom")
	}
}
