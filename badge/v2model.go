package badge

import "slices"

// This file is the data model of Open Badges 2.0 as facts (specification, "Open Badges Vocabulary"): classes,
// properties, and what they may hold. Version 2.1 has the same.

// olderProperty is a row of the model.
type olderProperty struct {
	name   string
	kind   olderKind
	class  string // of what stands there as an object
	needed needed
	many   bool // an array may stand there
}

// needed says whether a property has to be there.
type needed uint8

const (
	mayBe    needed = iota
	shouldBe        // the specification requires it, issuers in circulation leave it out, and what is said is the same without it
	mustBe
)

// olderKind is what a property may hold, as JSON; see [wrongKind] for what each accepts.
type olderKind uint8

const (
	aText   olderKind = iota
	aScalar           // a text or a number
	anIRI             // with a scheme
	aName             // a term of the context or an IRI
	aTime             // with a time zone
	aBool
	anObject // of the class
	aRef     // an IRI, or an object of the class
	aPicture // the same, or a data: URL
)

// olderTerm reports whether the context of Open Badges 2.0 defines a name that is read here.
func olderTerm(name string) bool {
	switch name {
	case "verify", "uid", "Issuer", methodHosted, methodSigned, "hosted", "signed", "revokedAssertions":
		return true
	}
	for class, properties := range olderClasses {
		if name == class || slices.ContainsFunc(properties, func(p olderProperty) bool { return p.name == name && name[0] != '@' }) {
			return true
		}
	}
	return slices.ContainsFunc(olderCommon, func(p olderProperty) bool { return p.name == name && name[0] != '@' })
}

// olderCommon are the properties that assertions, badge classes, profiles and endorsements share.
var olderCommon = []olderProperty{
	{"@language", aText, "", mayBe, false}, {"version", aScalar, "", mayBe, false},
	{"related", aRef, "", mayBe, true}, {"endorsement", aRef, classEndorsement, mayBe, true},
}

// olderClasses is the table of the model. Properties that are not in it are extensions, or the issuer's own.
var olderClasses = map[string][]olderProperty{
	classAssertion: {
		{"id", anIRI, "", mustBe, false}, {"type", aName, "", mustBe, true}, {"recipient", anObject, "IdentityObject", mustBe, false},
		{"badge", aRef, classBadge, mustBe, false}, {"verification", anObject, "VerificationObject", mustBe, false},
		{"issuedOn", aTime, "", mustBe, false}, {"expires", aTime, "", mayBe, false}, {"image", aPicture, "Image", mayBe, false},
		{"evidence", aRef, "Evidence", mayBe, true}, {"narrative", aText, "", mayBe, false},
		{"revoked", aBool, "", mayBe, false}, {"revocationReason", aText, "", mayBe, false},
	},
	classBadge: {
		{"id", anIRI, "", mustBe, false}, {"type", aName, "", mustBe, true}, {"name", aText, "", mustBe, false},
		{"description", aText, "", shouldBe, false}, {"image", aPicture, "Image", shouldBe, false},
		{"criteria", aRef, "Criteria", shouldBe, false}, {"issuer", aRef, classProfile, mustBe, false},
		{"alignment", anObject, "AlignmentObject", mayBe, true}, {"tags", aText, "", mayBe, true},
	},
	classProfile: {
		{"id", anIRI, "", mustBe, false}, {"type", aName, "", mustBe, true}, {"name", aText, "", mustBe, false},
		{"url", anIRI, "", shouldBe, false}, {"email", aText, "", shouldBe, false}, {"telephone", aText, "", mayBe, false},
		{"description", aText, "", mayBe, false}, {"image", aPicture, "Image", mayBe, false},
		{"publicKey", aRef, classKey, mayBe, true}, {"verification", anObject, "issuer's VerificationObject", mayBe, false},
		{"revocationList", aRef, classRevocation, mayBe, false},
	},
	classEndorsement: {
		{"id", anIRI, "", mustBe, false}, {"type", aName, "", mustBe, true}, {"claim", anObject, "claim", mustBe, false},
		{"issuer", aRef, classProfile, mustBe, false}, {"issuedOn", aTime, "", mustBe, false},
		{"verification", anObject, "VerificationObject", mustBe, false},
	},
	classKey: {
		{"id", anIRI, "", mayBe, false}, {"type", aName, "", mayBe, true}, {"owner", anIRI, "", mayBe, false},
		{"publicKeyPem", aText, "", mayBe, false},
	},
	classRevocation: {{"id", anIRI, "", mayBe, false}, {"type", aName, "", mustBe, true}, {"issuer", aRef, "", mayBe, false}},
	"IdentityObject": {
		{"type", aName, "", mustBe, false}, {"identity", aText, "", mustBe, false}, {"hashed", aBool, "", shouldBe, false},
		{"salt", aText, "", mayBe, false},
	},
	"VerificationObject":          {{"type", aName, "", mustBe, true}, {"creator", aRef, classKey, mayBe, false}},
	"issuer's VerificationObject": {{"type", aName, "", mayBe, true}, {"verificationProperty", aName, "", mayBe, false}, {"startsWith", anIRI, "", mayBe, true}, {"allowedOrigins", aText, "", mayBe, true}},
	"claim":                       {{"id", anIRI, "", mustBe, false}, {"endorsementComment", aText, "", mayBe, false}},
	"Evidence": {
		{"id", anIRI, "", mayBe, false}, {"type", aName, "", mayBe, true}, {"narrative", aText, "", mayBe, false},
		{"name", aText, "", mayBe, false}, {"description", aText, "", mayBe, false}, {"genre", aText, "", mayBe, false},
		{"audience", aText, "", mayBe, false},
	},
	"Image":    {{"id", aPicture, "", mustBe, false}, {"type", aName, "", mayBe, true}, {"caption", aText, "", mayBe, false}, {"author", aRef, "", mayBe, false}},
	"Criteria": {{"id", anIRI, "", mayBe, false}, {"type", aName, "", mayBe, true}, {"narrative", aText, "", mayBe, false}},
	"AlignmentObject": {
		{"type", aName, "", mayBe, true}, {"targetName", aText, "", mustBe, false}, {"targetUrl", anIRI, "", mustBe, false},
		{"targetDescription", aText, "", mayBe, false}, {"targetFramework", aText, "", mayBe, false}, {"targetCode", aText, "", mayBe, false},
	},
}
