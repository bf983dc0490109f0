package badge

import (
	"slices"
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

// checkRecipient is the check that recipients answer.
const checkRecipient = "recipient"

// Email demands that the badge was earned by whoever has this address: one of its identifiers
// has the type "emailAddress" and matches as [Identifier] says. The specification compares
// exactly, and a hash leaves no other way: "Ada@example.org" is not "ada@example.org", and the
// two spellings of "ë" in Unicode differ. Pass the address as it was given to the issuer; where
// only the spelling differs, the report has a hint that says how.
func Email(address string) verify.Recipient { return Identifier(typeEmail, address) }

// ID demands that credentialSubject.id is exactly this identifier. That the person at hand
// controls it is not shown by the badge.
func ID(id string) verify.Recipient { return wanted{typeID, id} }

// Identifier demands an identifier of the subject with exactly this identityType and value, in
// plain text or as a salted or unsalted hash (Open Badges 3.0, section "Verify Recipient"). The
// type is one of the specification's, such as "userName", or an extension that begins with "ext:".
//
// Only the algorithms sha256 and md5 exist; an identifier that is malformed never matches. One
// that matches suffices, whatever the badge's other identifiers are: an achievement has one
// recipient, who may be known by several names. A badge without an identifier of this type leaves
// the check undecided, a badge with none but other values fails it.
func Identifier(identityType, value string) verify.Recipient { return wanted{identityType, value} }

// AnyOf demands one of several things that are known about a person: two addresses and a DID, say.
// The first that matches suffices, and the report says which identifier that was. Where none does,
// the check fails if the badge names its recipient in one of the ways asked for, and is undecided
// otherwise, as it is for an empty list.
func AnyOf(known ...verify.Recipient) verify.Recipient {
	return anyOf(slices.DeleteFunc(slices.Clone(known), func(r verify.Recipient) bool { return r == nil }))
}

// wanted is one thing that is known about who should have earned a badge.
type wanted struct{ kind, value string }

// anyOf are several of them.
type anyOf []verify.Recipient

// named is how a credential names its recipient. A badge of Open Badges 2.0 is compared in the form of one, so
// that one demand serves all versions.
type named struct {
	pointer  string     // where the badge names, or should name, its recipient
	open     string     // why nobody can be found there at all, as a sentence; "" otherwise
	identity []identity // the ways in which it is named
}

// Match looks for one identity of the credential's subject that stands for the value.
func (w wanted) Match(c *vc.Credential) verify.Result {
	n := recipientOf(c)
	if n.open == "" && w.value == "" {
		n.open = "there is no recipient to compare with: the value asked for is empty"
	}
	if n.open != "" {
		return verify.Findings(checkRecipient, n.finding(codeUnidentified, n.open))
	}
	same := n.of(w.kind)
	for _, i := range same {
		if i.is(w.value) {
			return i.matched()
		}
	}
	var result verify.Result
	if len(same) == 0 {
		result = verify.Findings(checkRecipient, n.finding(codeUnidentified, n.lacks(w.kind)))
	} else {
		result = verify.Findings(checkRecipient, n.finding(codeMismatch, other(w.kind, same)))
	}
	result.Hints = w.nearMisses(n)
	return result
}

// Match asks each in turn. It returns the first answer that is a match, and otherwise the first of those that say
// the most: a mismatch before an open question. The hints of all are in it.
func (a anyOf) Match(c *vc.Credential) verify.Result {
	best := verify.Findings(checkRecipient, recipientOf(c).finding(codeUnidentified, "there is no recipient to compare with: no value was asked for"))
	var hints []string
	for i, r := range a {
		result := r.Match(c)
		if result.Outcome == verify.Passed && len(result.Problems) == 0 {
			return result
		}
		for _, h := range result.Hints {
			if !slices.Contains(hints, h) {
				hints = append(hints, h)
			}
		}
		if i == 0 || best.Outcome != verify.Failed && result.Outcome == verify.Failed {
			best = result
		}
	}
	best.Hints = hints
	return best
}

// finding is about the place where the badge names its recipient. It holds no value that is asked for
// or that an identifier has: e-mail addresses do not belong in logs.
func (n named) finding(code, detail string) *strict.Error {
	return &strict.Error{Code: code, Pointer: n.pointer, Offset: -1, Detail: detail}
}

// of returns the identities of one type.
func (n named) of(kind string) []identity {
	return slices.DeleteFunc(slices.Clone(n.identity), func(i identity) bool { return i.kind != kind })
}

// lacks says that the badge names its recipient in other ways, or in none.
func (n named) lacks(kind string) string {
	var others []string
	for _, i := range n.identity {
		if name := i.kindName(); !slices.Contains(others, name) && len(others) < maxNamed {
			others = append(others, name)
		}
	}
	if len(others) == 0 {
		return "the badge does not say who earned it: it names its recipient neither by an id nor by an identifier, so that anybody may show it"
	}
	return "the badge names no " + kindName(kind) + " of its recipient; it names: " + strings.Join(others, ", ")
}

// other says that the badge was earned by somebody else. The id of the recipient is told, where it is one that is
// no address of a person.
func other(kind string, same []identity) string {
	if id := same[0].value; kind == typeID && len(id) <= maxShown && impersonal(id) {
		return "the badge was earned by " + strconv.Quote(id)
	}
	return "the badge was earned by somebody with another " + kindName(kind)
}

// impersonal reports whether an id is of a kind that is made up for the purpose, or the URL of a page, and holds no e-mail
// address, also not an escaped one. Whatever else is known as an id, such as mailto:, tel: or sms:, may be an address.
func impersonal(id string) bool {
	known := false
	for _, scheme := range [...]string{"did", "urn:uuid", "https", "http"} {
		known = known || hasScheme(id, scheme)
	}
	return known && !strings.ContainsAny(id, "@?\uff20\ufe6b") && !strings.Contains(id, "%40")
}

func hasScheme(id, scheme string) bool {
	return len(id) > len(scheme) && id[len(scheme)] == ':' && strings.EqualFold(id[:len(scheme)], scheme)
}
