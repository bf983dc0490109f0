package badge

// ClrCredential is a Comprehensive Learner Record (CLR 2.0, section "ClrCredential"): credentials
// of one learner, put together by one publisher.
type ClrCredential struct {
	CredentialBase
	CredentialSubject ClrSubject              `ob:"credentialSubject"`
	Image             Image                   `ob:"image,ref"`
	Partial           bool                    `ob:"partial"` // it does not hold everything that the publisher has of the learner
	Endorsement       []EndorsementCredential `ob:"endorsement"`
	EndorsementJWT    []string                `ob:"endorsementJwt"`
}

// ClrSubject is the learner, and what was learned (CLR 2.0, section "ClrSubject").
type ClrSubject struct {
	Object
	ID                   string                 `ob:"id"` // a URI; "" where Identifier alone names the learner
	Type                 []string               `ob:"type"`
	Identifier           []IdentityObject       `ob:"identifier"`
	Achievement          []Achievement          `ob:"achievement,ref"`      // what associations speak of beside the credentials
	VerifiableCredential []VerifiableCredential `ob:"verifiableCredential"` // those that are objects; each judged on its own
	Association          []Association          `ob:"association"`
}

// Association relates two achievements or credentials of a record (CLR 2.0, section "Association").
type Association struct {
	Object
	Type            []string `ob:"type,bare"`
	AssociationType string   `ob:"associationType"` // such as "isPartOf": the source is part of the target
	SourceID        string   `ob:"sourceId"`
	TargetID        string   `ob:"targetId"`
}
