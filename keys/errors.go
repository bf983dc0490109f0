package keys

import (
	"errors"
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Codes of this package.
const (
	codeUnresolved = "key.unresolved"
	codeMalformed  = "key.malformed"
	codeRevoked    = "key.revoked"
	codeMethod     = "proof.method"
)

// malformed is a finding about an identifier or a key that stands in no document.
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

// at is a finding about a member of a fetched or decoded document. The pointer leads into that
// document.
func at(v strict.Value, code, detail string) error {
	return &strict.Error{Code: code, Pointer: v.Pointer(), Offset: v.Offset(), Detail: detail}
}

// in returns a finding that also names the document it is about, so that its sentence stands alone;
// nil for nil. The finding given is not changed.
func in(document string, err error) error {
	var e *strict.Error
	if !errors.As(err, &e) {
		return err
	}
	named := *e
	named.Detail += " (in " + strconv.Quote(document) + ")"
	return &named
}

// placed gives the error of a key constructor the place that the key was read from.
func placed(v strict.Value) func(Key, error) (Key, error) {
	return func(k Key, err error) (Key, error) {
		var e *strict.Error
		if errors.As(err, &e) {
			e.Pointer, e.Offset = v.Pointer(), v.Offset()
		}
		return k, err
	}
}

// requiredText returns the text of a member that must be a string with at least one character. Where
// the member is not there the finding points to the object that lacks it.
func requiredText(v strict.Value, name string) (string, error) {
	m := v.Get(name)
	if m.Kind() != strict.String || m.Text() == "" {
		place := m
		if !m.Exists() {
			place = v
		}
		return "", at(place, codeMalformed, name+" must be a string that is not empty")
	}
	return m.Text(), nil
}

// optionalText returns the text of a member that must be a string where it is there.
func optionalText(v strict.Value, name string) (string, error) {
	m := v.Get(name)
	if m.Exists() && m.Kind() != strict.String {
		return "", at(m, codeMalformed, name+" must be a string, not "+m.Kind().String())
	}
	return m.Text(), nil
}
