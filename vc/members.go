package vc

import (
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// entryRule is what the data model asks of each object in a property.
type entryRule struct {
	property string
	id       Version // 0: optional; V1: required in VC 1.1; V2: required in both
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

// members checks each member that the data model defines.
func (k *checker) members(base *place) {
	for name, v := range k.c.value.Members() {
		at := &place{up: base, name: name, holder: k.c.value}
		switch name {
		case "@context":
			k.context(at, v)
		case "id":
			k.url(at, v, "id")
		case "type":
			k.types(at, v)
		case "issuer":
			k.issuer(at, v)
		case "credentialSubject":
			k.subjects(at, v)
		case "name", "description":
			k.text(at, v)
		case "validFrom", "validUntil", "issuanceDate", "expirationDate":
			k.date(at, v)
		default:
			for i := range entryRules {
				if entryRules[i].property == name {
					k.entries(at, v, &entryRules[i])
				}
			}
		}
	}
}

// each calls check for every value of a property that has one value or several, and reports an
// empty array.
func (k *checker) each(at *place, v strict.Value, check func(at *place, v strict.Value)) {
	if v.Kind() != strict.Array {
		check(at, v)
		return
	}
	if v.Len() == 0 {
		k.report(codeValue, at, v, at.name+" is an empty array; leave it out, or put at least one value in")
	}
	i := 0
	for e := range v.Elements() {
		check(&place{up: at, index: i}, e)
		i++
	}
}

// context checks @context: VC DM 2.0 section 4.3, VC DM 1.1 section 4.1.
func (k *checker) context(at *place, v strict.Value) {
	if v.Kind() != strict.Array {
		k.report(codeType, at, v, "@context is "+v.Kind().String()+"; it must be an array of context URLs")
	}
	if k.c.version == VersionUnknown {
		k.report(codeContext, at, v, "the first @context must be "+strconv.Quote(contextV2)+" or "+strconv.Quote(contextV1)+"; it says which data model this is")
	}
	i := 0
	for e := range v.Elements() {
		entry := &place{up: at, index: i}
		switch e.Kind() {
		case strict.String:
			k.url(entry, e, "a context")
		case strict.Object:
		default:
			k.report(codeType, entry, e, "a context is "+e.Kind().String()+"; it must be a URL or an object")
		}
		i++
	}
}

// url checks a value that must be one URL. Its absence is not its business.
func (k *checker) url(at *place, v strict.Value, what string) {
	switch {
	case v.Kind() != strict.String:
		k.report(codeType, at, v, what+" is "+v.Kind().String()+"; it must be a single URL")
	case !isURL(v.Text()):
		k.report(codeValue, at, v, what+" is "+clip(v.Text())+", which is not an absolute URL")
	}
}

// types checks the type of the credential: VC DM 2.0 section 4.5.
func (k *checker) types(at *place, v strict.Value) {
	k.typeNames(at, v)
	switch {
	case v.Has("VerifiableCredential"):
	case v.Has("VerifiablePresentation"), v.Has("EnvelopedVerifiablePresentation"):
		k.report(codeValue, at, v, "this is a presentation, not a credential")
	case v.Has("EnvelopedVerifiableCredential"):
		k.report(codeValue, at, v, "this is an envelope around a credential; take the credential out of the data: URL in its id")
	default:
		k.report(codeValue, at, v, "type does not include VerifiableCredential")
	}
}

// typeNames checks the values of any type member.
func (k *checker) typeNames(at *place, v strict.Value) {
	k.each(at, v, func(at *place, e strict.Value) {
		switch {
		case e.Kind() != strict.String:
			k.report(codeType, at, e, "a type is "+e.Kind().String()+"; it must be a string")
		case e.Text() == "":
			k.report(codeValue, at, e, "a type is the empty string")
		}
	})
}

// issuer checks VC DM 2.0 section 4.7: a URL, or an object with an id that is one.
func (k *checker) issuer(at *place, v strict.Value) {
	if v.Kind() == strict.String {
		k.url(at, v, "issuer")
		return
	}
	if v.Kind() != strict.Object {
		k.report(codeType, at, v, "issuer is "+v.Kind().String()+"; it must be a URL, or an object with an id")
		return
	}
	k.entryID(at, v, true)
	for name, m := range v.Members() {
		if name == "name" || name == "description" {
			k.text(&place{up: at, name: name, holder: v}, m)
		}
	}
}

// subjects checks VC DM 2.0 section 4.8: objects about which something is claimed.
func (k *checker) subjects(at *place, v strict.Value) {
	k.each(at, v, func(at *place, e strict.Value) {
		if e.Kind() != strict.Object {
			k.report(codeType, at, e, "credentialSubject is "+e.Kind().String()+"; it must be an object")
			return
		}
		id := e.Get("id")
		if id.Exists() {
			k.entryID(at, e, false)
		}
		if e.Len() == 0 || e.Len() == 1 && id.Exists() {
			k.report(codeMissing, at, e, "the credential claims nothing about this subject")
		}
	})
}

// text checks VC DM 2.0 section 4.6: a string, a language value object, or an array of these
// objects (section 11.1). What such an object holds is checked in structure.go. VC 1.1 does not
// define these members.
func (k *checker) text(at *place, v strict.Value) {
	if k.c.version != V2 || v.Kind() == strict.String {
		return
	}
	k.each(at, v, func(at *place, e strict.Value) {
		if e.Kind() != strict.Object || !e.Get("@value").Exists() {
			k.report(codeType, at, e, at.property().name+" must be a string, or an object with @value and @language")
		}
	})
}

// entries checks the objects of a property by its rule.
func (k *checker) entries(at *place, v strict.Value, rule *entryRule) {
	seen := map[string]bool(nil)
	n := 0
	k.each(at, v, func(at *place, e strict.Value) {
		if e.Kind() != strict.Object {
			k.report(codeType, at, e, rule.property+" is "+e.Kind().String()+"; it must be an object")
			return
		}
		required := rule.id == V2 || rule.id == V1 && k.c.version == V1
		k.entryID(at, e, required)
		if t := e.Get("type"); t.Exists() {
			k.typeNames(&place{up: at, name: "type", holder: e}, t)
		} else if !rule.untyped {
			k.report(codeMissing, at, e, "this "+rule.property+" has no type")
		}
		switch rule.property {
		case "relatedResource":
			k.digests(at, e)
			k.unique(at, e, &seen)
		case "proof":
			k.unique(at, e, &seen)
			if n++; n == k.c.limits.orDefault().Proofs+1 {
				k.report(codeBudget, at.property(), v, "the credential has more than "+strconv.Itoa(n-1)+" proofs")
			}
		}
	})
}

// entryID checks the id of an object.
func (k *checker) entryID(at *place, v strict.Value, required bool) {
	if id := v.Get("id"); id.Exists() {
		k.url(&place{up: at, name: "id", holder: v}, id, "id")
	} else if required {
		k.report(codeMissing, at, v, "this "+at.property().name+" has no id")
	}
}

// unique reports the second object with one id.
func (k *checker) unique(at *place, v strict.Value, seen *map[string]bool) {
	id := v.Get("id")
	if id.Kind() != strict.String || v.Source() == "" {
		return
	}
	if (*seen)[id.Text()] {
		k.report(codeValue, &place{up: at, name: "id", holder: v}, id, "two entries of "+at.property().name+" have the id "+clip(id.Text()))
	}
	if *seen == nil {
		*seen = make(map[string]bool)
	}
	(*seen)[id.Text()] = true
}

// digests checks VC DM 2.0 section 5.3: at least one digest. Whether it matches is not looked at.
func (k *checker) digests(at *place, v strict.Value) {
	found := false
	for name, d := range v.Members() {
		if name != "digestSRI" && name != "digestMultibase" {
			continue
		}
		found = true
		k.each(&place{up: at, name: name, holder: v}, d, func(at *place, e strict.Value) {
			if e.Kind() != strict.String || e.Text() == "" {
				k.report(codeType, at, e, "a digest must be a string that is not empty")
			}
		})
	}
	if !found {
		k.report(codeMissing, at, v, "this relatedResource has neither digestSRI nor digestMultibase")
	}
}

// date checks VC DM 2.0 section 4.9 and VC DM 1.1 sections 4.6 and 4.8.
func (k *checker) date(at *place, v strict.Value) {
	if k.c.version == V2 && (at.name == "issuanceDate" || at.name == "expirationDate") {
		k.report(codeValue, at, v, at.name+" is a property of VC 1.1; VC 2.0 has validFrom and validUntil in its place")
	}
	if v.Kind() != strict.String {
		k.report(codeType, at, v, at.name+" is "+v.Kind().String()+"; it must be a string")
		return
	}
	until, ok := parseTime(v.Text())
	if !ok {
		k.report(codeDate, at, v, at.name+" is "+clip(v.Text())+"; "+dateDetail)
		return
	}
	if at.name != "validUntil" {
		return
	}
	if from, ok := parseTime(k.c.value.Get("validFrom").Text()); ok && until.Before(from) {
		k.report(codeDate, at, v, "validUntil is before validFrom")
	}
}
