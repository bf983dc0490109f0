package badge

import (
	"regexp"
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Codes of Conform, and of the warnings of the check.
const (
	codeMissing     = "badge.missing"
	codeType        = "badge.type"
	codeValue       = "badge.value"
	codeContext     = "badge.context"
	codeReference   = "badge.reference"   // an id that should lead to something in the badge leads to nothing
	codeRecommended = "badge.recommended" // something that the specification states with "should"
	codeUnattained  = "badge.unattained"  // no breach: a result below what the achievement requires
	codeLearner     = "badge.learner"     // no breach: a credential in a record about another id than the learner's
)

// badgeContext is what the second context of an Open Badge must be (Open Badges 3.0, classes
// AchievementCredential and EndorsementCredential), as it was published: versions of one digit
// each, and any number of them. A CLR has it third, and clrContext second (CLR 2.0, ClrCredential).
var (
	badgeContext = regexp.MustCompile(`^https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.\d\.\d)*\.json$`)
	clrContext   = regexp.MustCompile(`^https://purl\.imsglobal\.org/spec/clr/v2p0/context(-2\.\d\.\d)*\.json$`)
)

// Conform lists the breaches of the data model of Open Badges 3.0 or CLR 2.0 in a credential, at most
// [MaxFindings] of them, with the codes badge.missing, badge.type, badge.value, badge.context and
// badge.reference. It adds to [vc.Conform] and does not repeat it: what every verifiable
// credential must have is checked there. A credential that is neither an Open Badge nor a CLR, by
// its type and its subject's, has no breaches.
//
// The whole model is covered down to results and addresses, and across objects: results against
// their descriptions, rubric levels, allowed values and ranges; crossfield.go has these rules. The
// breaches that [Policy] tolerates are in the list. Not in it, but warnings of the check, are what the
// specification states with "should", and what is no malformation, such as a result below the
// required one.
//
// Endorsements and other credentials inside are credentials of their own: here they only need the shape of
// one; what is in them is for Conform on each.
func Conform(c *vc.Credential) []*strict.Error {
	breaches, tolerated, _ := conform(c)
	return inOrder(slices.Concat(breaches, tolerated))
}

// conform returns the breaches that make a badge malformed, those that a policy tolerates unless it is
// strict, and what is worth a warning and no breach.
func conform(c *vc.Credential) (breaches, tolerated, advice []*strict.Error) {
	name := badgeClass(c)
	if name == "" {
		return nil, nil, nil
	}
	k := &checker{credential: c}
	k.context(c.Value(), name)
	k.claims(c)
	k.object(c.Value(), name)
	k.entries(c.Value(), name)
	subject := first(c.Value().Get("credentialSubject"))
	switch kind(name) {
	case "AchievementCredential":
		k.recipient()
		k.results(subject)
	case "ClrCredential":
		k.recipient()
		k.associations(subject)
	}
	return inOrder(k.breaches), inOrder(k.tolerated), inOrder(k.advice)
}

// claims checks that a badge written as an IETF SD-JWT VC says the same as the claims that an SD-JWT VC is judged by,
// where it says it twice: who issued it, its id, and whom it is about.
func (k *checker) claims(c *vc.Credential) {
	if c.Version() != vc.SDJWTVC {
		return
	}
	same := func(v strict.Value, claim, said string) {
		if v.Exists() && said != "" && v.Text() != said {
			k.fail(codeValue, v, "the claim "+claim+" contradicts it, and that claim is what the credential is judged by")
		}
	}
	issuer := first(c.Value().Get("issuer"))
	if issuer.Kind() == strict.Object {
		issuer = issuer.Get("id")
	}
	same(issuer, "iss", c.Issuer())
	same(c.Value().Get("id"), "jti", c.ID())
	same(first(c.Value().Get("credentialSubject")).Get("id"), "sub", c.Value().Get("sub").Text())
}

// inOrder sorts findings by their place in the document.
func inOrder(all []*strict.Error) []*strict.Error {
	slices.SortStableFunc(all, func(a, b *strict.Error) int { return a.Offset - b.Offset })
	return all
}

// kind returns the class of a credential without the version of the VC data model.
func kind(class string) string { return strings.TrimSuffix(class, v1) }

// v1 ends the names of the classes for VC 1.1.
const v1 = "v1p1"

// badgeClass returns the class of the model that a credential claims to be, "" for none. The subject's type
// is a claim too, as is a record's list of credentials: a missing type must not switch the rules off.
func badgeClass(c *vc.Credential) string {
	name := classByType(c.Types())
	for s := range c.Value().Get("credentialSubject").Each() {
		if name == "" {
			name = classBySubject(s)
		}
	}
	if name != "" && c.Version() == vc.V1 {
		name += v1
	}
	return name
}

// classByType returns the class that the types of a credential name. Whoever names several has to keep to
// the first of them here, and cannot.
func classByType(types []string) string {
	switch {
	case slices.Contains(types, "AchievementCredential") || slices.Contains(types, "OpenBadgeCredential"):
		return "AchievementCredential"
	case slices.Contains(types, "ClrCredential"):
		return "ClrCredential"
	case slices.Contains(types, "EndorsementCredential"):
		return "EndorsementCredential"
	}
	return ""
}

// classBySubject returns the class of a credential with this subject.
func classBySubject(s strict.Value) string {
	switch t := s.Get("type"); {
	case t.Has("AchievementSubject"):
		return "AchievementCredential"
	case t.Has("ClrSubject") || s.Get("verifiableCredential").Exists():
		return "ClrCredential"
	case t.Has("EndorsementSubject"):
		return "EndorsementCredential"
	}
	return ""
}

// ofEveryCredential are the properties whose absence the VC data model reports.
var ofEveryCredential = []string{"@context", "issuer", "credentialSubject", "issuanceDate"}
