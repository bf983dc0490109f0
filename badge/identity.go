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

// Types of identifiers that have a meaning here; see IdentifierTypeEnum for the others. The id of
// the subject is none of them, and stands beside them under a name that no identityType has.
const (
	typeEmail = "emailAddress"
	typeName  = "name"
	typeID    = "id"
)

// identity is one way in which a badge names its recipient: its id, or an IdentityObject.
type identity struct {
	kind   string // identityType
	value  string // in plain text; of a hash, the algorithm, "$" and hex digits in either case
	salt   string // behind the value that was hashed
	hashed bool
	broken string       // what is malformed, in words; such an identity stands for nobody
	at     strict.Value // where it stands; its pointer takes time in a broad document
}

// recipientOf reads how a credential names its recipient. Where there are several subjects, the
// credential may say different things of each, so that naming one of them names nobody.
func recipientOf(c *vc.Credential) named {
	v := c.Value().Get("credentialSubject")
	n := named{pointer: v.Pointer()}
	if !v.Exists() {
		n.pointer = strict.Join(c.Value().Pointer(), "credentialSubject")
	}
	subjects := c.Subjects()
	switch {
	case kind(badgeClass(c)) == "EndorsementCredential":
		n.open = "this is an endorsement: it says something about what somebody has or is, and nobody has earned it"
		return n
	case len(subjects) == 0 || subjects[0].Kind() != strict.Object:
		n.open = "the badge has no recipient to compare with: its subject is missing or malformed"
		return n
	case len(subjects) > 1:
		n.open = "the credential is about several subjects; whose badge it is cannot be known"
		return n
	}
	if id := subjectID(c, subjects[0]); id != "" {
		at := subjects[0].Get("id")
		if !at.Exists() {
			at = c.JWS().Claims().Get("sub")
		}
		n.identity = append(n.identity, identity{kind: typeID, value: id, at: at})
	}
	for i := range objects(subjects[0].Get("identifier")) {
		n.identity = append(n.identity, identityOf(i))
	}
	return n
}

// identityOf reads an IdentityObject. A missing salt is no salt; every other deviation from the
// specification makes the identity one that stands for nobody.
func identityOf(v strict.Value) identity {
	hash, salt, hashed := v.Get("identityHash"), v.Get("salt"), v.Get("hashed")
	i := identity{kind: v.Get("identityType").Text(), value: hash.Text(), salt: salt.Text(), hashed: hashed.Bool(), at: v}
	switch {
	case i.kind == typeID || i.kind == "":
		i.kind, i.broken = "", "its identityType is none"
	case hashed.Kind() != strict.Bool:
		i.broken = "hashed is neither true nor false"
	case hash.Kind() != strict.String:
		i.broken = "identityHash is no string"
	case i.hashed && salt.Exists() && salt.Kind() != strict.String:
		i.broken = "salt is no string"
	case i.hashed && !wellFormedHash(i.value):
		i.broken = "identityHash is not one of sha256$ and md5$ with as many hex digits"
	}
	return i
}

// is reports whether the identity stands for value. The hash hides nothing from somebody who can
// guess the address, md5 less than sha256: it is a courtesy, and not what makes the badge genuine.
func (i identity) is(value string) bool {
	switch {
	case i.broken != "" || value == "":
		return false
	case !i.hashed:
		return i.value == value
	}
	return isHash(i.value, value+i.salt)
}

// isHash reports whether a hash as identityHash writes it is one of text. Hex digits count in either case,
// the name of the algorithm in lower case only.
func isHash(hash, text string) bool {
	algorithm, digits, _ := strings.Cut(hash, "$")
	sum, err := hex.DecodeString(digits)
	if err != nil {
		return false
	}
	switch algorithm {
	case "sha256":
		want := sha256.Sum256([]byte(text))
		return string(sum) == string(want[:])
	case "md5":
		want := md5.Sum([]byte(text))
		return string(sum) == string(want[:])
	}
	return false
}

func wellFormedHash(hash string) bool {
	algorithm, digits, _ := strings.Cut(hash, "$")
	sum, err := hex.DecodeString(digits)
	return err == nil && (algorithm == "sha256" && len(sum) == sha256.Size || algorithm == "md5" && len(sum) == md5.Size)
}

// matched is the result of a match: its part says which identity it was, and not its value.
func (i identity) matched() verify.Result {
	part := verify.Result{Check: checkRecipient, Outcome: verify.Passed, Identity: i.kind, Pointer: i.at.Pointer()}
	if i.kind == typeName {
		part.Hints = []string{"A name is not one person's alone; an identifier such as an address says more about who earned the badge."}
	}
	return verify.Result{Check: checkRecipient, Outcome: verify.Passed, Parts: []verify.Result{part}}
}

func (i identity) kindName() string { return kindName(i.kind) }

// kindName is a type of identifiers in a sentence. What a badge brings as a type is a stranger's text.
func kindName(kind string) string {
	if len(kind) > maxShown {
		kind = strings.ToValidUTF8(kind[:maxShown], "") + "…"
	}
	if kind == typeID {
		return "id"
	}
	return strconv.Quote(kind)
}
