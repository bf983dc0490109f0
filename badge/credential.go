package badge

import "time"

// CredentialBase is what every verifiable credential has (VC DM 2.0 section 4; VC DM 1.1 section
// 4). Nothing in it is verified.
type CredentialBase struct {
	Object
	Context          []string           `ob:"@context"`        // URLs, in order; a context that stands in the document is left out
	ID               string             `ob:"id"`              // a URI
	Type             []string           `ob:"type"`            // "VerifiableCredential", and what kind of one
	Name             string             `ob:"name"`            // for lists in wallets
	Description      string             `ob:"description"`     // short, for wallets
	Issuer           Profile            `ob:"issuer,ref,bare"` // who says so; only its ID where the credential gives a URI
	ValidFrom        time.Time          `ob:"validFrom"`       // VC 2.0; zero where absent or malformed
	ValidUntil       time.Time          `ob:"validUntil"`      // VC 2.0; zero where absent or malformed
	IssuanceDate     time.Time          `ob:"issuanceDate"`    // VC 1.1, in the place of ValidFrom
	ExpirationDate   time.Time          `ob:"expirationDate"`  // VC 1.1, in the place of ValidUntil
	AwardedDate      time.Time          `ob:"awardedDate"`     // when it was awarded, which may be long before it was issued
	Evidence         []Evidence         `ob:"evidence"`        // of the whole credential
	Proof            []Proof            `ob:"proof,bare"`      // embedded proofs, right or wrong
	CredentialSchema []CredentialSchema `ob:"credentialSchema,bare"`
	CredentialStatus []CredentialStatus `ob:"credentialStatus,bare"` // Open Badges 3.0 has at most one, VC 2.0 several
	RefreshService   []RefreshService   `ob:"refreshService,bare"`   // Open Badges 3.0 has at most one, VC 2.0 several
	TermsOfUse       []TermsOfUse       `ob:"termsOfUse,bare"`
}

// AchievementCredential is an Open Badge: one achievement of one recipient (section
// "AchievementCredential"), for VC 2.0 and 1.1.
type AchievementCredential struct {
	CredentialBase
	CredentialSubject Subject                 `ob:"credentialSubject"`
	Image             Image                   `ob:"image,ref"`      // of the credential, for wallets
	Endorsement       []EndorsementCredential `ob:"endorsement"`    // what others say of the credential
	EndorsementJWT    []string                `ob:"endorsementJwt"` // the same, each as a compact JWS
}

// EndorsementCredential is what somebody says of a credential, an achievement or a profile
// (section "EndorsementCredential"), for VC 2.0 and 1.1.
type EndorsementCredential struct {
	CredentialBase
	CredentialSubject EndorsementSubject `ob:"credentialSubject"`
}

// EndorsementSubject is what is endorsed, and in which words (section "EndorsementSubject").
type EndorsementSubject struct {
	Object
	ID                 string   `ob:"id"` // of what is endorsed
	Type               []string `ob:"type"`
	EndorsementComment string   `ob:"endorsementComment"` // perhaps Markdown
}

// VerifiableCredential is a credential of any kind: what may stand in a learner record. [Read] its
// JSON as the class that its Type names.
type VerifiableCredential struct {
	CredentialBase
	CredentialSubject []CredentialSubject `ob:"credentialSubject,bare"`
}

// CredentialSubject is the subject of a credential of any kind. What is claimed of it is in Others.
type CredentialSubject struct {
	Object
	ID string `ob:"id"`
}

// CredentialSchema is a schema that the credential conforms to, by its own account (section
// "CredentialSchema").
type CredentialSchema struct {
	Object
	ID   string   `ob:"id"` // the URL of the schema
	Type []string `ob:"type,bare"`
}

// CredentialStatus says where to look whether the credential is revoked (section
// "CredentialStatus"). What the status methods add is in Others.
type CredentialStatus struct {
	Object
	ID   string   `ob:"id"`
	Type []string `ob:"type,bare"` // such as "BitstringStatusListEntry"
}

// RefreshService says where a newer copy of the credential is (section "RefreshService").
type RefreshService struct {
	Object
	ID   string   `ob:"id"` // a URL
	Type []string `ob:"type,bare"`
}

// TermsOfUse are terms that the credential was issued under (section "TermsOfUse"). They are shown
// and never enforced.
type TermsOfUse struct {
	Object
	ID   string   `ob:"id"`
	Type []string `ob:"type,bare"`
}

// Proof is an embedded proof, as it stands there (section "Proof"). Package verify checks it; what
// its type adds is in Others.
type Proof struct {
	Object
	Type               []string  `ob:"type,bare"`
	Created            time.Time `ob:"created"` // zero where absent or malformed
	Cryptosuite        string    `ob:"cryptosuite"`
	Challenge          string    `ob:"challenge"`
	Domain             []string  `ob:"domain,bare"`
	Nonce              string    `ob:"nonce"`
	ProofPurpose       string    `ob:"proofPurpose"`
	ProofValue         string    `ob:"proofValue"`
	VerificationMethod string    `ob:"verificationMethod"` // a URL
}
