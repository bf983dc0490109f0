package badge

// vcClasses are the classes that Open Badges and CLR take over from the VC data model. The table has them so
// that it is whole; what it says of them is judged elsewhere: by package vc, by the checks of proof,
// status and schema in package verify, and, for a credential inside another one, by the report on
// that credential. What Open Badges ask beyond that is in entries.go.
var vcClasses = map[string]class{
	// A credential of any kind, as a CLR holds them.
	"VerifiableCredential": {elsewhere: true, properties: []property{
		{"@context", "Context", some}, {"id", "URI", optional}, {"type", "IRI", someSingle},
		{"issuer", "ProfileRef", required}, {"validFrom", "DateTimeZ", required},
		{"validUntil", "DateTimeZ", optional}, {"credentialSubject", "CredentialSubject", required},
		{"proof", "Proof", anySingle}, {"credentialSchema", "CredentialSchema", anySingle},
		{"credentialStatus", "CredentialStatus", optional}, {"refreshService", "RefreshService", optional},
		{"termsOfUse", "TermsOfUse", anySingle},
	}},
	"VerifiableCredentialv1p1": {elsewhere: true, properties: []property{
		{"@context", "Context", some}, {"id", "URI", optional}, {"type", "IRI", someSingle},
		{"issuer", "Profile", required}, {"issuanceDate", "DateTimeZ", required},
		{"expirationDate", "DateTimeZ", optional}, {"credentialSubject", "CredentialSubject", required},
		{"proof", "Proof", anySingle}, {"credentialSchema", "CredentialSchema", anySingle},
		{"credentialStatus", "CredentialStatus", optional}, {"refreshService", "RefreshService", optional},
		{"termsOfUse", "TermsOfUse", anySingle},
	}},
	"CredentialSubject": {elsewhere: true, properties: []property{{"id", "URI", optional}}},
	"CredentialSchema":  {elsewhere: true, properties: []property{{"id", "URI", required}, {"type", "IRI", required}}},
	"CredentialStatus":  {elsewhere: true, properties: []property{{"id", "URI", required}, {"type", "IRI", required}}},
	"RefreshService":    {elsewhere: true, properties: []property{{"id", "URI", required}, {"type", "IRI", required}}},
	"TermsOfUse":        {elsewhere: true, properties: []property{{"id", "URI", optional}, {"type", "IRI", required}}},
	"Proof": {elsewhere: true, properties: []property{
		{"type", "IRI", required}, {"created", "DateTime", optional}, {"cryptosuite", "String", optional},
		{"challenge", "String", optional}, {"domain", "String", optional}, {"nonce", "String", optional},
		{"proofPurpose", "String", optional}, {"proofValue", "String", optional}, {"verificationMethod", "URI", optional},
	}},
}
