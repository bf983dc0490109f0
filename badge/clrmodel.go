package badge

// clrClasses are the classes that the Comprehensive Learner Record adds to those of Open Badges (CLR 2.0,
// sections "ClrCredential", "ClrSubject" and "Association"; required members, values and the closed
// class as in the published JSON Schema).
var clrClasses = map[string]class{
	// A record of one learner, put together by one publisher. Its name is required. Records were published in VC 1.1
	// before the final CLR 2.0.
	"ClrCredential": {oneOf: []string{"ClrCredential"}, properties: []property{
		{"@context", "Context", some}, {"id", "URI", required}, {"type", "IRI", someSingle},
		{"issuer", "ProfileRef", required}, {"validFrom", "DateTimeZ", required},
		{"validUntil", "DateTimeZ", optional}, {"credentialSubject", "ClrSubject", required},
		{"proof", "Proof", anySingle}, {"credentialSchema", "CredentialSchema", anySingle},
		{"credentialStatus", "CredentialStatus", optional}, {"refreshService", "RefreshService", optional},
		{"termsOfUse", "TermsOfUse", anySingle}, {"name", "String", required}, {"description", "String", optional},
		{"image", "Image", optional}, {"awardedDate", "DateTimeZ", optional}, {"partial", "Boolean", optional},
		{"endorsement", "EndorsementCredential", any0}, {"endorsementJwt", "CompactJws", any0},
		{"evidence", "Evidence", any0},
	}},
	// The learner, what was learned, and how the parts hang together. Beyond the table: an id or an
	// identifier is required.
	"ClrSubject": {oneOf: []string{"ClrSubject"}, properties: []property{
		{"id", "URI", optional}, {"type", "IRI", someSingle}, {"identifier", "IdentityObject", any0},
		{"achievement", "Achievement", any0}, {"verifiableCredential", "VerifiableCredential", some},
		{"association", "Association", any0},
	}},
	// A relation between two achievements: the source is a child of the target, and so on.
	"Association": {closed: true, oneOf: []string{"Association"}, properties: []property{
		{"type", "IRI", required}, {"associationType", "AssociationType", required},
		{"sourceId", "URI", required}, {"targetId", "URI", required},
	}},
}
