package badge

import (
	"regexp"
	"slices"
	"strconv"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// checker walks one credential along the table of the model, and collects breaches. It is used
// once, by one goroutine.
type checker struct {
	credential                  *vc.Credential
	breaches, tolerated, advice []*strict.Error
}

// full reports whether there are enough findings. Pointers are computed on demand and cost time
// in a broad document, so their number bounds the work as well. What is tolerated does not end the search: however
// much of it there is, it must not hide what is not.
func (k *checker) full() bool { return len(k.breaches) >= MaxFindings }

// fail notes a breach that makes the badge malformed.
func (k *checker) fail(code string, v strict.Value, detail string) {
	k.breach(code, v, "", detail)
}

// breach notes a breach at v or, where a name is given, at the member of v that should have it. Where there is no room,
// what is tolerated makes way.
func (k *checker) breach(code string, v strict.Value, name, detail string) {
	if k.full() {
		return
	}
	if len(k.breaches)+len(k.tolerated) == MaxFindings {
		k.tolerated = k.tolerated[:len(k.tolerated)-1]
	}
	pointer := v.Pointer()
	if name != "" {
		pointer = strict.Join(pointer, name)
	}
	k.breaches = append(k.breaches, &strict.Error{Code: code, Pointer: pointer, Offset: v.Offset(), Detail: detail})
}

// tolerate notes a breach that leaves no doubt about what is said.
func (k *checker) tolerate(code string, v strict.Value, detail string) {
	if len(k.breaches)+len(k.tolerated) < MaxFindings {
		k.tolerated = append(k.tolerated, &strict.Error{Code: code, Pointer: v.Pointer(), Offset: v.Offset(), Detail: detail})
	}
}

// advise notes what is worth a warning and breaches nothing.
func (k *checker) advise(code string, v strict.Value, detail string) {
	if len(k.advice) < MaxFindings {
		k.advice = append(k.advice, &strict.Error{Code: code, Pointer: v.Pointer(), Offset: v.Offset(), Detail: detail})
	}
}

// missing notes the absence of a property; the pointer is where it would stand.
func (k *checker) missing(parent strict.Value, name, detail string) {
	k.breach(codeMissing, parent, name, detail)
}

// context checks the contexts after the first, which is the VC data model's: that of Open Badges, and that of
// CLR before it. The order matters even to readers that do not process JSON-LD. Whether the contexts go
// together (some versions do not) shows when the document is canonicalized.
func (k *checker) context(credential strict.Value, name string) {
	v := credential.Get("@context")
	if !v.Exists() { // reported by the VC data model
		return
	}
	at := 1
	if kind(name) == "ClrCredential" {
		if !k.nextContext(v, at, clrContext, "CLR 2.0, such as https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json") {
			return
		}
		if at++; name != kind(name) {
			k.tolerate(codeContext, v.Index(0), "a CLR of the final CLR 2.0 is a credential of VC 2.0; this one is of VC 1.1, as before")
		}
	}
	k.nextContext(v, at, badgeContext, "Open Badges 3.0, such as https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
}

// nextContext checks the context with this index, and reports whether there is one. One that stands further back
// is in force all the same, and is tolerated: Open edX puts those of the proof and of the status first.
func (k *checker) nextContext(v strict.Value, at int, pattern *regexp.Regexp, want string) bool {
	e := v.Index(at)
	switch {
	case !e.Exists():
		k.fail(codeContext, v, "after the context of the credential there must be that of "+want)
	case pattern.MatchString(e.Text()):
	case slices.ContainsFunc(slices.Collect(v.Elements()), func(e strict.Value) bool { return pattern.MatchString(e.Text()) }):
		k.tolerate(codeContext, e, "context "+strconv.Itoa(at+1)+" must be one of "+want+"; it stands further back")
	default:
		k.fail(codeContext, e, "context "+strconv.Itoa(at+1)+" must be one of "+want)
	}
	return e.Exists()
}

// recipient checks that the recipient of an achievement, or the learner of a CLR, is named. Any object among the
// identifiers counts: what is in it is checked by the table.
func (k *checker) recipient() {
	s := first(k.credential.Value().Get("credentialSubject"))
	if s.Kind() == strict.Object && subjectID(k.credential, s) == "" && first(s.Get("identifier")).Kind() != strict.Object {
		k.missing(s, "id", "the badge does not say who earned it: the subject needs an id or an identifier")
	}
}

// object checks an object against a class of the model. The depth of the recursion is bounded
// by the depth of the document.
func (k *checker) object(v strict.Value, name string) {
	c := classes[name]
	for _, p := range c.properties {
		if k.full() {
			return
		}
		k.property(v, p)
	}
	if len(c.oneOf) > 0 {
		k.typeOf(v, c.oneOf)
	}
	if c.closed {
		k.unlisted(v, name, c.properties)
	}
}

// property checks how often a property occurs, and each of its values. Presence is checked here
// and nowhere else; null counts as a value of the wrong type (specification, "Serialization":
// nulls and empty arrays are left out).
func (k *checker) property(parent strict.Value, p property) {
	v := parent.Get(p.name)
	if !v.Exists() {
		if p.card.needed() && !slices.Contains(ofEveryCredential, p.name) && !k.claimed(parent, p.name) {
			k.missing(parent, p.name, "the property "+strconv.Quote(p.name)+" is required here")
		}
		return
	}
	if v.Kind() != strict.Array || p.typ == "Context" {
		if !p.card.bare() && p.typ != "Context" && v.Kind() != strict.Null {
			k.tolerate(codeType, v, "the property "+strconv.Quote(p.name)+" is written as an array, also for a single value")
		}
		k.value(v, p)
		return
	}
	switch {
	case v.Len() == 0:
		k.fail(codeValue, v, "an empty array must be left out")
	case p.name == "credentialStatus" && v.Len() > 1: // every entry is checked; VC DM 2.0 section 4.10 allows several
		k.tolerate(codeType, v, "the property "+strconv.Quote(p.name)+" has one value only")
	case !p.card.array() && v.Len() > 1 && !languageList(v, p.typ):
		k.fail(codeType, v, "the property "+strconv.Quote(p.name)+" has one value only")
	case !p.card.array() && v.Len() == 1:
		k.tolerate(codeType, v, "the property "+strconv.Quote(p.name)+" is written without an array")
	}
	for e := range v.Elements() {
		if k.full() {
			return
		}
		k.value(e, p)
	}
}

// claimed reports whether a claim of a VC 1.1 JWT stands in for a missing id.
func (k *checker) claimed(parent strict.Value, name string) bool {
	if name != "id" || k.credential.Format() != vc.JWT {
		return false
	}
	if parent == k.credential.Value() {
		return k.credential.ID() != ""
	}
	subject := first(k.credential.Value().Get("credentialSubject"))
	return parent == subject && subjectID(k.credential, subject) != ""
}

// languageList reports whether v is one text in several languages (VC DM 2.0 section 11.1).
func languageList(v strict.Value, typ string) bool {
	for e := range v.Elements() {
		if !e.Get("@value").Exists() {
			return false
		}
	}
	return typ == "String"
}

// value checks one value against the type of its property.
func (k *checker) value(v strict.Value, p property) {
	if p.typ == "EndorsementCredential" || p.typ == "VerifiableCredential" {
		k.embedded(v, p.typ)
		return
	}
	if c, ok := classes[p.typ]; ok && !c.elsewhere {
		switch {
		case v.Kind() == strict.Object:
			k.object(v, p.typ)
		case p.typ == "Image" && v.Kind() == strict.String && malformed(v.Text(), "URI") == "": // the same statement, in the form of release candidates
			k.tolerate(codeType, v, "an image is an object of class Image, not the URI of one alone")
		default:
			k.fail(codeType, v, "expected an object of class "+p.typ+", not "+v.Kind().String())
		}
		return
	}
	if e, ok := enumerations[p.typ]; ok {
		k.enumerated(v, e, p.typ)
		return
	}
	if code, detail := primitive(v, p); code != "" {
		k.fail(code, v, detail)
	}
	if p.typ == "ProfileRef" && v.Kind() == strict.Object {
		k.object(v, "Profile")
	}
}

// ownWord is what an issuer's own value of an enumeration looks like that lacks the prefix.
var ownWord = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9._-]*$`)

// enumerated checks a value of an enumeration, byte by byte. A kind of achievement of the issuer's own making is
// tolerated without its prefix, because nothing follows from it: MIT Learn calls its programs "Program".
func (k *checker) enumerated(v strict.Value, e enumeration, typ string) {
	switch {
	case v.Kind() != strict.String:
		k.fail(codeType, v, "expected a string, not "+v.Kind().String())
	case slices.Contains(e.values, v.Text()) || e.open && extension.MatchString(v.Text()):
	case typ == "AchievementType" && ownWord.MatchString(v.Text()):
		k.tolerate(codeValue, v, clip(v.Text())+" is not one of the values of the specification, which own values extend with the prefix ext:")
	case e.open:
		k.fail(codeValue, v, clip(v.Text())+" is not one of the values of the specification, which own values extend with the prefix ext:")
	default:
		k.fail(codeValue, v, clip(v.Text())+" is not one of the values of the specification")
	}
}

// typeOf checks that the type of an object, if it has one, names its class. Further types may
// stand beside it.
func (k *checker) typeOf(v strict.Value, oneOf []string) {
	t := v.Get("type")
	if empty := t.Kind() == strict.Array && t.Len() == 0; t.Exists() && !empty && !slices.ContainsFunc(oneOf, t.Has) {
		k.fail(codeValue, t, "the type must contain "+strconv.Quote(oneOf[len(oneOf)-1]))
	}
}

// unlisted looks for properties that a closed class does not have.
func (k *checker) unlisted(v strict.Value, name string, listed []property) {
	for member, m := range v.Members() {
		if k.full() {
			return
		}
		if !slices.ContainsFunc(listed, func(p property) bool { return p.name == member }) {
			k.tolerate(codeValue, m, "the class "+name+" has no property "+clip(member))
		}
	}
}
