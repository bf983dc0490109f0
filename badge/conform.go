package badge

import (
	"regexp"
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Codes of Conform.
const (
	codeMissing = "badge.missing"
	codeType    = "badge.type"
	codeValue   = "badge.value"
	codeContext = "badge.context"
)

// badgeContext is what the second context of an Open Badge must be (Open Badges 3.0, classes
// AchievementCredential and EndorsementCredential), as it was published: versions of one digit
// each, and any number of them.
var badgeContext = regexp.MustCompile(`^https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.\d\.\d)*\.json$`)

// Conform lists the breaches of the Open Badges 3.0 data model in a credential, at most
// [MaxFindings] of them. It adds to [vc.Conform] and does not repeat it: what every verifiable
// credential must have is checked there. A credential that is no Open Badge, by neither its
// type nor its subject's, has no breaches.
//
// The whole model is covered down to results and addresses, except for what spans several
// objects (a result and its description) and for the endorsements inside, which are credentials
// of their own: they are only required to be objects. No rule that the specification states
// with "should" is checked.
func Conform(c *vc.Credential) []*strict.Error {
	return inOrder(slices.Concat(conform(c)))
}

// conform returns the breaches that make a badge malformed, and those that [Policy] tolerates.
func conform(c *vc.Credential) (breaches, tolerated []*strict.Error) {
	name := badgeClass(c)
	if name == "" {
		return nil, nil
	}
	k := &checker{credential: c}
	k.context(c.Value())
	k.object(c.Value(), name)
	if strings.HasPrefix(name, "Achievement") {
		k.recipient()
	}
	return inOrder(k.breaches), inOrder(k.tolerated)
}

// inOrder sorts findings by their place in the document.
func inOrder(all []*strict.Error) []*strict.Error {
	slices.SortStableFunc(all, func(a, b *strict.Error) int { return a.Offset - b.Offset })
	return all
}

// badgeClass returns the class of the model that a credential claims to be, "" for none. A
// subject that is typed as a badge's is a claim too: a missing type must not switch the rules
// off.
func badgeClass(c *vc.Credential) string {
	types := c.Types()
	subject := first(c.Value().Get("credentialSubject")).Get("type")
	name := ""
	switch {
	case slices.Contains(types, "AchievementCredential") || slices.Contains(types, "OpenBadgeCredential") || subject.Has("AchievementSubject"):
		name = "AchievementCredential"
	case slices.Contains(types, "EndorsementCredential") || subject.Has("EndorsementSubject"):
		name = "EndorsementCredential"
	default:
		return ""
	}
	if c.Version() == vc.V1 {
		name += "v1p1"
	}
	return name
}

// ofEveryCredential are the properties whose absence the VC data model reports.
var ofEveryCredential = []string{"@context", "issuer", "credentialSubject", "issuanceDate"}
