package keys

import "github.com/badgeproof/badgeproof/vc/strict"

// Codes of this package.
const (
	codeUnresolved = "key.unresolved"
	codeMalformed  = "key.malformed"
	codeRevoked    = "key.revoked"
	codeMethod     = "proof.method"
)

// malformed is a finding about an identifier or a key that no document holds.
func malformed(detail string, cause error) error {
	return &strict.Error{Code: codeMalformed, Offset: -1, Detail: detail, Err: cause}
}

// unresolved is the finding that nothing could be found out.
func unresolved(detail string, cause error) error {
	return &strict.Error{Code: codeUnresolved, Offset: -1, Detail: detail, Err: cause}
}

// unlisted is the finding that a document does not list a method for a purpose.
func unlisted(detail string) error {
	return &strict.Error{Code: codeMethod, Offset: -1, Detail: detail}
}

// at is a finding about a member of a fetched or decoded document.
func at(v strict.Value, code, detail string) error {
	return &strict.Error{Code: code, Pointer: v.Pointer(), Offset: v.Offset(), Detail: detail}
}
