package badge

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// Codes of recipients.
const (
	codeMismatch     = "recipient.mismatch"
	codeUnidentified = "recipient.unidentified"
)

// Email demands that the badge was earned by whoever has this address: one of its identifiers
// has the type "emailAddress" and matches as [Identifier] says. The specification compares
// exactly, and a hash leaves no other way: "Ada@example.org" is not "ada@example.org", and the
// two spellings of "ë" in Unicode differ. Pass the address as it was given to the issuer.
func Email(address string) verify.Recipient { return Identifier("emailAddress", address) }

// ID demands that credentialSubject.id is exactly this identifier. That the person at hand
// controls it is not shown by the badge.
func ID(id string) verify.Recipient { return byID(id) }

// Identifier demands an identifier of the subject with exactly this identityType and value, in
// plain text or as a salted or unsalted hash (Open Badges 3.0, section "Verify Recipient").
// Only the algorithms sha256 and md5 exist; an identifier that is malformed never matches. A
// badge without an identifier of this type leaves the check undecided, a badge with another
// value fails it.
func Identifier(identityType, value string) verify.Recipient {
	return byIdentifier{identityType, value}
}

// byID is the recipient of [ID].
type byID string

// Match compares with the id of the subject.
func (id byID) Match(c *vc.Credential) error {
	return match(c, string(id), func(subject strict.Value) finding {
		switch found := subjectID(c, subject); found {
		case "":
			return finding{detail: "the badge names no id of its recipient"}
		case string(id):
			return finding{known: true, same: true}
		default:
			return finding{known: true, detail: "the badge was earned by " + strconv.Quote(found)}
		}
	})
}

// byIdentifier is the recipient of [Identifier].
type byIdentifier struct{ identityType, value string }

// Match looks for one identifier that stands for the value; the others may be anybody's, since
// an achievement has one recipient, who may be known by several names.
func (r byIdentifier) Match(c *vc.Credential) error {
	return match(c, r.value, func(subject strict.Value) finding {
		f := finding{detail: "the badge names no " + strconv.Quote(r.identityType) + " of its recipient"}
		for i := range objects(subject.Get("identifier")) {
			if i.Get("identityType").Text() != r.identityType {
				continue
			}
			if identical(i, r.value) {
				return finding{known: true, same: true}
			}
			f.known = true
			f.detail = "the badge was earned by somebody with another " + strconv.Quote(r.identityType)
			if identical(i, strings.ToLower(r.value)) || !i.Get("hashed").Bool() && strings.EqualFold(i.Get("identityHash").Text(), r.value) {
				f.detail = "the badge names its recipient with other capital letters; the specification compares exactly"
				return f
			}
		}
		return f
	})
}

// finding is what one subject says about the recipient.
type finding struct {
	known  bool // it names a recipient in the way that was asked for
	same   bool // it is the one
	detail string
}

// match applies look to the only subject of a credential. Where there are several, the
// credential may say different things of each, so that naming one of them is no match.
func match(c *vc.Credential, wanted string, look func(subject strict.Value) finding) error {
	subjects := c.Subjects()
	if wanted == "" || len(subjects) == 0 || subjects[0].Kind() != strict.Object {
		return mismatch(codeUnidentified, c, "there is no recipient to compare")
	}
	found := look(subjects[0])
	switch {
	case len(subjects) > 1:
		return mismatch(codeUnidentified, c, "the credential is about several subjects; whose badge it is cannot be known")
	case !found.known:
		return mismatch(codeUnidentified, c, found.detail)
	case !found.same:
		return mismatch(codeMismatch, c, found.detail)
	}
	return nil
}

// mismatch makes the error for a recipient. It names the value in the badge only where the
// badge has it in plain text as an id: e-mail addresses do not belong in logs.
func mismatch(code string, c *vc.Credential, detail string) error {
	v := c.Value().Get("credentialSubject")
	pointer := v.Pointer()
	if !v.Exists() {
		pointer = strict.Join(c.Value().Pointer(), "credentialSubject")
	}
	return &strict.Error{Code: code, Pointer: pointer, Offset: v.Offset(), Detail: detail}
}

// identical reports whether an IdentityObject stands for value. A missing salt is no salt;
// every other deviation from the specification is no match. The hash hides nothing from
// somebody who can guess the address, md5 less than sha256: it is a courtesy, and not what
// makes the badge genuine.
func identical(identity strict.Value, value string) bool {
	hash, salt, hashed := identity.Get("identityHash"), identity.Get("salt"), identity.Get("hashed")
	if hash.Kind() != strict.String || hashed.Kind() != strict.Bool {
		return false
	}
	if !hashed.Bool() {
		return hash.Text() == value
	}
	if salt.Exists() && salt.Kind() != strict.String {
		return false
	}
	algorithm, digits, _ := strings.Cut(hash.Text(), "$")
	sum, err := hex.DecodeString(digits)
	if err != nil {
		return false
	}
	salted := []byte(value + salt.Text())
	switch algorithm {
	case "sha256":
		want := sha256.Sum256(salted)
		return string(sum) == string(want[:])
	case "md5":
		want := md5.Sum(salted)
		return string(sum) == string(want[:])
	}
	return false
}
