package badge

import (
	"maps"
	"slices"
)

// This file is the data model of Open Badges 3.0 as facts: classes, properties, cardinalities
// and enumerations (specification, "Open Badges Data Model" and "Verifiable Credentials Data
// Model"; the model files of release 3.0). The classes of credentials stand here in the form of VC 2.0.
// Nested classes differ between the two in name only, and stand here once.

// property is one row of the model. The zero cardinality is 0..1.
type property struct {
	name string
	typ  string // a primitive type, an enumeration or a class
	card cardinality
}

// cardinality is how often a property occurs, and how that is written in JSON.
type cardinality uint8

const (
	optional   cardinality = iota // 0..1
	required                      // 1
	any0                          // 0..*, an array
	some                          // 1..*, an array
	anySingle                     // 0..*, where one value may stand bare
	someSingle                    // 1..*, where one value may stand bare
)

// needed reports whether the property must be there.
func (c cardinality) needed() bool { return c == required || c == some || c == someSingle }

// array reports whether the property may have several values.
func (c cardinality) array() bool { return c >= any0 }

// bare reports whether one value may be written without an array around it.
func (c cardinality) bare() bool { return !c.array() || c == anySingle || c == someSingle }

// class is an object of the model. Properties of its own that an open class has are checked by
// JSON-LD, which knows every term or refuses it; here they are ignored.
type class struct {
	closed     bool     // only the properties listed may occur
	elsewhere  bool     // not walked here: see vcClasses
	oneOf      []string // type must contain one of these; empty: the class has no type
	properties []property
}

// classes is the table of the model, by name of the class.
var classes = joined(badgeClasses, clrClasses, vcClasses)

// joined puts tables into one, with the credentials in them in the form for VC 1.1 as well.
func joined(tables ...map[string]class) map[string]class {
	all := map[string]class{}
	for _, t := range tables {
		maps.Copy(all, t)
	}
	for _, name := range [...]string{"AchievementCredential", "EndorsementCredential", "ClrCredential"} {
		all[name+v1] = all[name].inV1()
	}
	return all
}

// inV1 is a class of credentials as it is in VC 1.1: the issuer is an object, the period of validity has other
// names, and a name is required.
func (c class) inV1() class {
	c.properties = slices.Clone(c.properties)
	for i, p := range c.properties {
		switch p.name {
		case "issuer":
			c.properties[i].typ = "Profile"
		case "validFrom":
			c.properties[i].name = "issuanceDate"
		case "validUntil":
			c.properties[i].name = "expirationDate"
		case "name":
			c.properties[i].card = required
		}
	}
	return c
}

// badgeClasses are the classes of Open Badges 3.0.
var badgeClasses = map[string]class{
	// A badge: what VC 2.0 asks of a credential, and exactly one subject.
	"AchievementCredential": {oneOf: []string{"AchievementCredential", "OpenBadgeCredential"}, properties: []property{
		{"@context", "Context", some}, {"id", "URI", required}, {"type", "IRI", someSingle},
		{"issuer", "ProfileRef", required}, {"validFrom", "DateTimeZ", required},
		{"validUntil", "DateTimeZ", optional}, {"credentialSubject", "AchievementSubject", required},
		{"proof", "Proof", anySingle}, {"credentialSchema", "CredentialSchema", anySingle},
		{"credentialStatus", "CredentialStatus", optional}, {"refreshService", "RefreshService", optional},
		{"termsOfUse", "TermsOfUse", anySingle}, {"name", "String", optional}, {"description", "String", optional},
		{"image", "Image", optional}, {"awardedDate", "DateTimeZ", optional},
		{"endorsement", "EndorsementCredential", any0}, {"endorsementJwt", "CompactJws", any0},
		{"evidence", "Evidence", any0},
	}},
	// A statement about a badge, an issuer or an achievement. Its name is required.
	"EndorsementCredential": {oneOf: []string{"EndorsementCredential"}, properties: []property{
		{"@context", "Context", some}, {"id", "URI", required}, {"type", "IRI", someSingle},
		{"issuer", "ProfileRef", required}, {"validFrom", "DateTimeZ", required},
		{"validUntil", "DateTimeZ", optional}, {"credentialSubject", "EndorsementSubject", required},
		{"proof", "Proof", anySingle}, {"credentialSchema", "CredentialSchema", anySingle},
		{"credentialStatus", "CredentialStatus", optional}, {"refreshService", "RefreshService", optional},
		{"termsOfUse", "TermsOfUse", anySingle}, {"name", "String", required}, {"description", "String", optional},
		{"awardedDate", "DateTimeZ", optional},
	}},
	// The recipient. Beyond the table: an id or an identifier is required.
	"AchievementSubject": {oneOf: []string{"AchievementSubject"}, properties: []property{
		{"id", "URI", optional}, {"type", "IRI", someSingle}, {"activityEndDate", "DateTime", optional},
		{"activityStartDate", "DateTime", optional}, {"creditsEarned", "Float", optional},
		{"achievement", "Achievement", required}, {"identifier", "IdentityObject", any0},
		{"image", "Image", optional}, {"licenseNumber", "String", optional}, {"narrative", "Markdown", optional},
		{"result", "Result", any0}, {"role", "String", optional}, {"source", "Profile", optional},
		{"term", "String", optional},
	}},
	// What is endorsed, always by its id.
	"EndorsementSubject": {oneOf: []string{"EndorsementSubject"}, properties: []property{
		{"id", "URI", required}, {"type", "IRI", someSingle}, {"endorsementComment", "Markdown", optional},
	}},
	// What was achieved. Beyond the table: all text may be in several languages.
	"Achievement": {oneOf: []string{"Achievement"}, properties: []property{
		{"id", "URI", required}, {"type", "IRI", someSingle}, {"alignment", "Alignment", any0},
		{"achievementType", "AchievementType", optional}, {"creator", "Profile", optional},
		{"creditsAvailable", "Float", optional}, {"criteria", "Criteria", required},
		{"description", "String", required}, {"endorsement", "EndorsementCredential", any0},
		{"endorsementJwt", "CompactJws", any0}, {"fieldOfStudy", "String", optional},
		{"humanCode", "String", optional}, {"image", "Image", optional}, {"inLanguage", "LanguageCode", optional},
		{"name", "String", required}, {"otherIdentifier", "IdentifierEntry", any0}, {"related", "Related", any0},
		{"resultDescription", "ResultDescription", any0}, {"specialization", "String", optional},
		{"tag", "String", any0}, {"version", "String", optional},
	}},
	// An issuer, creator, source or parent organization.
	"Profile": {oneOf: []string{"Profile"}, properties: []property{
		{"id", "URI", required}, {"type", "IRI", someSingle}, {"name", "String", optional}, {"url", "URI", optional},
		{"phone", "PhoneNumber", optional}, {"description", "String", optional},
		{"endorsement", "EndorsementCredential", any0}, {"endorsementJwt", "CompactJws", any0},
		{"image", "Image", optional}, {"email", "EmailAddress", optional}, {"address", "Address", optional},
		{"otherIdentifier", "IdentifierEntry", any0}, {"official", "String", optional},
		{"parentOrg", "Profile", optional}, {"familyName", "String", optional}, {"givenName", "String", optional},
		{"additionalName", "String", optional}, {"patronymicName", "String", optional},
		{"honorificPrefix", "String", optional}, {"honorificSuffix", "String", optional},
		{"familyNamePrefix", "String", optional}, {"dateOfBirth", "Date", optional},
	}},
	// A picture. The bare URI of VC 1.1 practice is not an Image.
	"Image": {closed: true, oneOf: []string{"Image"}, properties: []property{
		{"id", "URI", required}, {"type", "IRI", required}, {"caption", "String", optional},
	}},
	// It should have an id or a narrative, and need have neither. It has no type.
	"Criteria": {properties: []property{
		{"id", "URI", optional}, {"narrative", "Markdown", optional},
	}},
	"Alignment": {oneOf: []string{"Alignment"}, properties: []property{
		{"type", "IRI", someSingle}, {"targetCode", "String", optional}, {"targetDescription", "String", optional},
		{"targetName", "String", required}, {"targetFramework", "String", optional},
		{"targetType", "AlignmentTargetType", optional}, {"targetUrl", "URL", required},
	}},
	// The identity of a recipient; identityHash holds it in plain text where hashed is false.
	"IdentityObject": {closed: true, oneOf: []string{"IdentityObject"}, properties: []property{
		{"type", "IRI", required}, {"hashed", "Boolean", required}, {"identityHash", "IdentityHash", required},
		{"identityType", "IdentifierTypeEnum", required}, {"salt", "String", optional},
	}},
	// An identifier of anything but the recipient.
	"IdentifierEntry": {closed: true, oneOf: []string{"IdentifierEntry"}, properties: []property{
		{"type", "IRI", required}, {"identifier", "Identifier", required},
		{"identifierType", "IdentifierTypeEnum", required},
	}},
	// What the achievement was awarded for.
	"Evidence": {oneOf: []string{"Evidence"}, properties: []property{
		{"id", "URI", optional}, {"type", "IRI", someSingle}, {"narrative", "Markdown", optional},
		{"name", "String", optional}, {"description", "String", optional}, {"genre", "String", optional},
		{"audience", "String", optional},
	}},
	"Related": {oneOf: []string{"Related"}, properties: []property{
		{"id", "URI", required}, {"type", "IRI", someSingle}, {"inLanguage", "LanguageCode", optional},
		{"version", "String", optional},
	}},
	// A result of the recipient. How it fits its description is in crossfield.go.
	"Result": {oneOf: []string{"Result"}, properties: []property{
		{"type", "IRI", someSingle}, {"achievedLevel", "URI", optional}, {"alignment", "Alignment", any0},
		{"resultDescription", "URI", optional}, {"status", "ResultStatusType", optional},
		{"value", "String", optional},
	}},
	// What results there can be.
	"ResultDescription": {oneOf: []string{"ResultDescription"}, properties: []property{
		{"id", "URI", required}, {"type", "IRI", someSingle}, {"alignment", "Alignment", any0},
		{"allowedValue", "String", any0}, {"name", "String", required}, {"requiredLevel", "URI", optional},
		{"requiredValue", "String", optional}, {"resultType", "ResultType", required},
		{"rubricCriterionLevel", "RubricCriterionLevel", any0}, {"valueMax", "String", optional},
		{"valueMin", "String", optional},
	}},
	"RubricCriterionLevel": {oneOf: []string{"RubricCriterionLevel"}, properties: []property{
		{"id", "URI", required}, {"type", "IRI", someSingle}, {"alignment", "Alignment", any0},
		{"description", "String", optional}, {"level", "String", optional}, {"name", "String", required},
		{"points", "String", optional},
	}},
	// A postal address.
	"Address": {oneOf: []string{"Address"}, properties: []property{
		{"type", "IRI", someSingle}, {"addressCountry", "String", optional},
		{"addressCountryCode", "CountryCode", optional}, {"addressRegion", "String", optional},
		{"addressLocality", "String", optional}, {"streetAddress", "String", optional},
		{"postOfficeBoxNumber", "String", optional}, {"postalCode", "String", optional},
		{"geo", "GeoCoordinates", optional},
	}},
	"GeoCoordinates": {oneOf: []string{"GeoCoordinates"}, properties: []property{
		{"type", "IRI", required}, {"latitude", "Float", required}, {"longitude", "Float", required},
	}},
}

// enumeration is a list of allowed values; an open one may be extended by values that begin
// with "ext:".
type enumeration struct {
	open   bool
	values []string
}

// enumerations is the table of enumerations, by name of the type.
var enumerations = map[string]enumeration{
	"AchievementType": {true, []string{
		"Achievement", "ApprenticeshipCertificate", "Assessment", "Assignment", "AssociateDegree", "Award", "Badge",
		"BachelorDegree", "Certificate", "CertificateOfCompletion", "Certification", "CommunityService",
		"Competency", "Course", "CoCurricular", "Degree", "Diploma", "DoctoralDegree", "Fieldwork",
		"GeneralEducationDevelopment", "JourneymanCertificate", "LearningProgram", "License", "Membership",
		"ProfessionalDoctorate", "QualityAssuranceCredential", "MasterCertificate", "MasterDegree",
		"MicroCredential", "ResearchDoctorate", "SecondarySchoolDiploma",
	}},
	"AlignmentTargetType": {true, []string{
		"ceasn:Competency", "ceterms:Credential", "CFItem", "CFRubric", "CFRubricCriterion",
		"CFRubricCriterionLevel", "CTDL",
	}},
	"IdentifierTypeEnum": {true, []string{
		"name", "sourcedId", "systemId", "productId", "userName", "accountId", "emailAddress",
		"nationalIdentityNumber", "isbn", "issn", "lisSourcedId", "oneRosterSourcedId", "sisSourcedId",
		"ltiContextId", "ltiDeploymentId", "ltiToolId", "ltiPlatformId", "ltiUserId", "identifier",
	}},
	"ResultType": {true, []string{
		"GradePointAverage", "LetterGrade", "Percent", "PerformanceLevel", "PredictedScore", "RawScore", "Result",
		"RubricCriterion", "RubricCriterionLevel", "RubricScore", "ScaledScore", "Status",
	}},
	// Of CLR 2.0.
	"AssociationType": {false, []string{
		"exactMatchOf", "isChildOf", "isParentOf", "isPartOf", "isPeerOf", "isRelatedTo", "precedes", "replacedBy",
	}},
	"ResultStatusType": {false, []string{
		"Completed", "Enrolled", "Failed", "InProgress", "OnHold", "Provisional", "Withdrew",
	}},
}
