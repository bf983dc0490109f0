package badge

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Codes of documents of Open Badges 2.0.
const (
	codeOlderMissing = "ob2.missing"
	codeOlderType    = "ob2.type"
	codeOlderValue   = "ob2.value"
	codeOlderContext = "ob2.context"
)

// olderChecker holds documents of Open Badges 2.0 to their model, and collects breaches. It is used once, by one
// goroutine. What leaves no doubt about what is said, and is in circulation, is tolerated: null and empty arrays
// for nothing at all, one value in an array, and properties that the specification requires for display.
type olderChecker struct {
	place               string // where the document stands, for pointers: what is linked counts as if it were embedded
	replaced            bool   // the issuer's own document is checked in place of a copy in the badge class
	breaches, tolerated []*strict.Error
}

// found is what is wrong at a place.
func found(code, pointer, detail string) *strict.Error {
	return &strict.Error{Code: code, Pointer: pointer, Offset: -1, Detail: detail}
}

// add notes a finding about v or, where a name is given, about the member of v with this name, which may be missing. The
// pointer to v takes time in a broad document, so that it is made for those findings only that are kept.
func (k *olderChecker) add(to *[]*strict.Error, code string, v strict.Value, name, detail string) {
	if all := len(k.breaches) + len(k.tolerated); k.full() || to == &k.tolerated && all >= MaxFindings {
		return
	} else if all >= MaxFindings { // what is tolerated makes way: it must not hide what is not
		k.tolerated = k.tolerated[:len(k.tolerated)-1]
	}
	pointer := v.Pointer()
	if name != "" {
		pointer = strict.Join(pointer, name)
	}
	*to = append(*to, found(code, k.place+pointer, detail))
}

// full reports whether there are [MaxFindings] breaches, after which nothing more is noted.
func (k *olderChecker) full() bool { return len(k.breaches) >= MaxFindings }

// fail notes a breach: the check fails.
func (k *olderChecker) fail(code string, v strict.Value, detail string) {
	k.add(&k.breaches, code, v, "", detail)
}

// tolerate notes what is a warning, and a breach where the policy is strict.
func (k *olderChecker) tolerate(code string, v strict.Value, detail string) {
	k.add(&k.tolerated, code, v, "", detail)
}

// document checks a document that stands for itself: its context, its class and all in it. Contexts are compared by
// URL and never read: Open Badges 2.0 are compared as JSON, and what JSON-LD would make of them is not checked.
func (k *olderChecker) document(v strict.Value, class string) {
	if !slices.ContainsFunc(slices.Collect(v.Get("@context").Each()), func(c strict.Value) bool { return olderContexts[c.Text()] == "2.0" }) {
		k.add(&k.breaches, codeOlderContext, v, "@context", "the context of Open Badges 2.0 is https://w3id.org/openbadges/v2, and it is not there")
	}
	k.object(v, class)
}

// object checks an object against a class of the model. The depth of the document bounds that of the recursion.
func (k *olderChecker) object(v strict.Value, class string) {
	properties := olderClasses[class]
	k.spelling(v)
	switch class {
	case classAssertion, classBadge, classProfile, classEndorsement:
		properties = slices.Concat(properties, olderCommon)
		if t := v.Get("type"); t.Exists() && classOf(v) != class {
			k.fail(codeOlderValue, t, "the type must contain "+strconv.Quote(class))
		}
	case "IdentityObject":
		k.identity(v)
	case "Criteria":
		if !v.Get("id").Exists() && !v.Get("narrative").Exists() {
			k.tolerate(codeOlderMissing, v, "the criteria have neither an id nor a narrative: nobody is told how the badge is earned")
		}
	}
	for _, p := range properties {
		k.property(v, p)
	}
}

// spelling checks that a processor of JSON-LD is not shown something else in an object than who reads the terms: a keyword
// beside the term for it, and a property of Open Badges by its IRI, are breaches. A term that a context in the document
// defines anew is tolerated, since it is what the issuer wrote and others read; contexts at other URLs are not fetched, and
// may do the same.
func (k *olderChecker) spelling(v strict.Value) {
	for c := range v.Get("@context").Each() {
		for term := range c.Members() {
			if olderTerm(term) {
				k.tolerate(codeOlderContext, c, "a context in the document defines "+clip(term)+" anew; it is read as Open Badges define it")
			}
		}
	}
	for name, m := range v.Members() {
		switch {
		case name == "@id" && v.Get("id").Exists(), name == "@type" && v.Get("type").Exists():
			k.fail(codeOlderValue, m, "the keyword "+name+" stands beside the term for it: one of them is read, and which one is not certain")
		case localName(name) != name:
			k.fail(codeOlderValue, m, "a property of Open Badges is written by its term, and not as "+clip(name))
		}
	}
}

// property checks one property of an object, and each of its values:
// whether it has to be there, how many values it may have, and of which kind they are. What is behind a URL is not
// fetched here.
func (k *olderChecker) property(parent strict.Value, p olderProperty) {
	v := parent.Get(p.name)
	if p.name == "verification" && parent.Get("verify").Exists() {
		if v.Exists() {
			k.fail(codeOlderValue, v, "verification and verify are two names of one property, and both are there")
		}
		v = parent.Get("verify")
	}
	if nothing := v.Kind() == strict.Null || v.Kind() == strict.Array && v.Len() == 0; nothing || !v.Exists() {
		k.absent(parent, p)
		if nothing && p.needed == mayBe {
			k.tolerate(codeOlderType, v, "a property without a value is left out")
		}
		return
	}
	switch {
	case v.Kind() == strict.Array && p.name == "id": // which JSON-LD does not have either
		k.fail(codeOlderType, v, "an id is one IRI, and no array")
		return
	case v.Kind() == strict.Array && !p.many && v.Len() > 1:
		k.fail(codeOlderType, v, "the property "+strconv.Quote(p.name)+" has one value only")
		return
	case v.Kind() == strict.Array && !p.many:
		k.tolerate(codeOlderType, v, "the property "+strconv.Quote(p.name)+" is written without an array")
	}
	for e := range v.Each() {
		if detail := wrongKind(e, p); detail != "" {
			k.fail(codeOlderType, e, detail)
		} else if e.Kind() == strict.Object && p.class != "" && !(k.replaced && p.name == "issuer") {
			k.object(e, p.class)
		}
	}
}

// absent tells that a property is not there.
func (k *olderChecker) absent(parent strict.Value, p olderProperty) {
	detail := "the property " + strconv.Quote(p.name) + " is required here"
	switch p.needed {
	case mustBe:
		k.add(&k.breaches, codeOlderMissing, parent, p.name, detail)
	case shouldBe:
		k.add(&k.tolerated, codeOlderMissing, parent, p.name, detail)
	}
}

// wrongKind says why a value cannot stand where it does, "" where it can.
func wrongKind(v strict.Value, p olderProperty) string {
	ok, want := false, ""
	switch p.kind {
	case aText:
		ok, want = olderText(v), "a text"
	case aScalar:
		ok, want = olderText(v) || v.Kind() == strict.Number, "a text or a number"
	case aName:
		ok, want = v.Kind() == strict.String && v.Text() != "", "a name"
	case anIRI:
		ok, want = iri.MatchString(v.Text()), "an absolute IRI"
	case aTime:
		_, ok = olderTime(v)
		want = "a time like 2016-12-31T23:59:59+00:00, with a time zone"
	case aBool:
		ok, want = v.Kind() == strict.Bool, "true or false"
	case anObject:
		ok, want = v.Kind() == strict.Object, "an object of class "+p.class
	case aRef, aPicture:
		ok, want = v.Kind() == strict.Object || iri.MatchString(v.Text()), "an absolute IRI or an object"
	}
	if ok {
		return ""
	}
	return "the property " + strconv.Quote(p.name) + " must be " + want
}

// iri matches absolute IRIs as far as a verifier needs to tell them from text.
var iri = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^` + "`" + `]+$`)

// olderText reports whether v is a text, in plain or as a value object of JSON-LD.
func olderText(v strict.Value) bool {
	return v.Kind() == strict.String || v.Kind() == strict.Object && v.Get("@value").Kind() == strict.String
}

// identity checks a recipient beyond its table: that a hash is one, and is said to be one. Whether it is anybody's is for
// the check of the recipient.
func (k *olderChecker) identity(v strict.Value) {
	value, hashed := v.Get("identity").Text(), v.Get("hashed").Bool()
	switch {
	case value == "":
	case hashed && !wellFormedHash(value):
		k.fail(codeOlderValue, v.Get("identity"), "a hashed identity is sha256$ or md5$ and as many hex digits")
	case !hashed && wellFormedHash(value):
		k.fail(codeOlderValue, v.Get("identity"), "the identity is a hash, and the badge says that it is none")
	case !hashed && recipientKind(v.Get("type").Text()) == typeEmail && !strings.Contains(value, "@"):
		k.fail(codeOlderValue, v.Get("identity"), "the identity should be an e-mail address, and is none")
	}
}

// olderLayouts are the forms of ISO 8601 that the specification allows and RFC 3339 does not.
var olderLayouts = []string{"2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05Z07", "2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700", "2006-01-02T15:04Z07"}

// olderTime reads a time of Open Badges 2.0 (its section "Primitive datatypes": ISO 8601 with a time zone), in UTC.
func olderTime(v strict.Value) (time.Time, bool) {
	if t, err := vc.ParseTime(v.Text()); err == nil {
		return t, true
	}
	for _, layout := range olderLayouts {
		if t, err := time.Parse(layout, v.Text()); err == nil && 1 <= t.UTC().Year() && t.UTC().Year() <= 9999 {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// recipientKind is the type of a recipient as Open Badges 3.0 calls it.
func recipientKind(name string) string {
	switch strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(name, "https://schema.org/"), "http://schema.org/"), "schema:") {
	case "email":
		return typeEmail
	case "url":
		return "url"
	case "telephone":
		return "telephone"
	}
	return name
}
