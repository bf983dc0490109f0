package main

import (
	"strings"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// identityWords are the types of identifiers that people know by another name.
var identityWords = map[string]string{
	"emailAddress": "e-mail address", "userName": "user name", "name": "name", "accountId": "account",
	"nationalIdentityNumber": "national identity number", "systemId": "identifier in a system",
	"sourcedId": "sourced id", "lisSourcedId": "LIS sourced id", "oneRosterSourcedId": "OneRoster sourced id",
	"sisSourcedId": "identifier in a student information system", "ltiUserId": "LTI user id", "identifier": "identifier",
}

// recipient says who earned the badge by its own account, and which of that is who was asked for.
func (t *text) recipient(r *verify.Report, b *badge.Badge) {
	subject := b.Subject()
	asked, _ := r.Check("recipient")
	matched := func(pointer string) string { return matchedWord(asked, pointer) }
	var names []string
	if subject.ID != "" {
		at := "/recipient" // of Open Badges 2.0, which has one in either form
		if b.Generation() == 3 {
			at = strict.Join(subject.JSON().Pointer(), "id")
		}
		names = append(names, link(subject.ID)+matched(at))
	}
	for _, i := range subject.Identifier {
		at := "/recipient"
		if b.Generation() == 3 {
			at = i.JSON().Pointer()
		}
		if i.IdentityHash == subject.ID && !i.Hashed {
			continue // Open Badges 2.0 has one identity, which is both
		}
		names = append(names, identityWord(i, asked, matched(at)))
	}
	label, nobody := "earned by", "nobody in particular: the "+kindWord(b)+" does not say"
	switch kindOf(b) {
	case anEndorser:
		return
	case anything:
		label, nobody = "about", "somebody or something without an identifier"
	}
	if len(names) == 0 {
		names = append(names, nobody)
	}
	t.list(label, names[:1])
	t.list("", names[1:])
	if asked.Outcome == verify.Failed {
		t.field("", "which is not who you named")
	}
}

// matchedWord tells whether what stands at a place of the badge is who was asked for.
func matchedWord(asked verify.Result, pointer string) string {
	for _, p := range asked.Parts {
		if asked.Outcome == verify.Passed && p.Pointer == pointer {
			return ", who you named"
		}
	}
	return ""
}

// identityWord shows an identifier. A hash tells nothing to a person, so that its type is named instead.
func identityWord(i badge.IdentityObject, asked verify.Result, matched string) string {
	word := firstOf(identityWords[i.IdentityType], firstOf(strings.TrimPrefix(i.IdentityType, "ext:"), "identifier"))
	switch {
	case !i.Hashed:
		return i.IdentityHash + " (" + word + ")" + matched
	case asked.Outcome != verify.Skipped:
		return "a hidden " + word + matched
	}
	return "a hidden " + word + " (--recipient " + i.IdentityType + "=… compares)"
}
