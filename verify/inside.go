package verify

import (
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Nested are the credentials inside a credential that a check of a profile ([ProfileCheck.Inside]) has judged
// on their own. The zero value says that there is none.
type Nested struct {
	// Level says how the check counts: by default every one of Credentials must be valid; with [Required]
	// there must be one that is judged, too; with [Advisory] what is wrong with them is a warning; with [Off]
	// none is judged.
	Level Level
	// Credentials are those that stand inside, in their order.
	Credentials []NestedCredential
	// Against is what is wrong with how they stand there, where it is nothing about a single one. It
	// counts like what is wrong with one of them.
	Against []*strict.Error
}

// NestedCredential is a credential inside another one.
type NestedCredential struct {
	// Pointer is where it stands in the outer credential, as a JSON Pointer from the root of its text. The
	// pointers of the credential itself begin anew, since it is a document of its own.
	Pointer string
	// Credential is nil where Err is not. Err is a [*strict.Error] that says why it cannot be read.
	Credential *vc.Credential
	Err        error
	// Issuers are who may have issued it. The zero value stands for those that the policy trusts.
	Issuers Issuers
	// Against is what is wrong with its standing there, such as that it is about something else. It is then not
	// judged otherwise, and fails by a code that the table of codes has as a failure.
	Against []*strict.Error
	// Enclosed accepts it without a proof of its own where it names the issuer of the outer credential, and the
	// outer proof covers all of it: then that issuer has said it. Otherwise a credential without a proof fails.
	Enclosed bool
	// Aside says why it is not judged, in a sentence; "" has it judged. It is told in the report, and counts
	// neither for nor against the outer credential.
	Aside string
}
