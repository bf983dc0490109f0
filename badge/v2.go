package badge

import (
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Formats of assertions of Open Badges 2.0, in reports.
const (
	FormatHosted vc.Format = "ob2-hosted" // what the issuer's host says of the badge is the badge
	FormatSigned vc.Format = "ob2-signed" // a compact JWS around it
)

// Classes of Open Badges 2.0 that may be handed over as a document of their own.
const (
	classAssertion   = "Assertion"
	classBadge       = "BadgeClass"
	classProfile     = "Profile"
	classEndorsement = "Endorsement"
	classRevocation  = "RevocationList"
	classKey         = "CryptographicKey"
)

// older is a document of Open Badges 2.0, or of a version before it, as it was handed over or as it was found.
// It never changes.
type older struct {
	version string       // "2.0" for 2.1, too; "1.1", "1.0" or "0.5"
	class   string       // one of those above
	value   strict.Value // absent where url is all there is
	jws     *vc.JWS      // around the document, nil where there is none
	url     string       // where a hosted assertion is
	badge   strict.Value // its badge class, embedded or fetched
	issuer  strict.Value // its issuer, embedded or fetched
}

// contexts of Open Badges, by version. Those of 2.1, which is 2.0 with an interface for transport, are among
// them.
var olderContexts = map[string]string{
	"https://w3id.org/openbadges/v2":                            "2.0",
	"http://w3id.org/openbadges/v2":                             "2.0",
	"https://openbadgespec.org/v2/context.json":                 "2.0",
	"https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld":    "2.0",
	"https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1_ld.jsonld": "2.0",
	"https://w3id.org/openbadges/v1":                            "1.1",
	"http://w3id.org/openbadges/v1":                             "1.1",
	"https://openbadgespec.org/v1/context.json":                 "1.1",
}

// credentialContexts begin verifiable credentials; a document that begins with one of them is judged as such,
// whatever comes behind.
var credentialContexts = []string{"https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2"}

// recognize tells whether v is a document of Open Badges 2.0 or before, by its contexts and its type; of 1.0 and
// 0.5, which had neither, by its members.
func recognize(v strict.Value) (version, class string, ok bool) {
	if v.Kind() != strict.Object || slices.Contains(credentialContexts, first(v.Get("@context")).Text()) {
		return "", "", false
	}
	if !v.Get("@context").Exists() {
		return recognizeOldest(v)
	}
	for c := range v.Get("@context").Each() {
		if found := olderContexts[c.Text()]; found > version {
			version = found
		}
	}
	class = classOf(v)
	return version, class, version != "" && class != ""
}

// classOf returns the class that v has by its type. An assertion that was revoked may have lost its type.
func classOf(v strict.Value) string {
	for t := range v.Get("type").Each() {
		switch name := localName(t.Text()); name {
		case classAssertion, classBadge, classProfile, classEndorsement, classRevocation, classKey:
			return name
		case "Issuer":
			return classProfile
		}
	}
	if !v.Get("type").Exists() && (v.Get("recipient").Exists() || v.Get("revoked").Exists()) {
		return classAssertion
	}
	return ""
}

// localName is a term of the context without its compact or full IRI.
func localName(name string) string {
	for _, prefix := range [...]string{"https://w3id.org/openbadges#", "obi:"} {
		name = strings.TrimPrefix(name, prefix)
	}
	return name
}

// recognizeOldest does so for documents without a context.
func recognizeOldest(v strict.Value) (version, class string, ok bool) {
	has := func(names ...string) bool {
		return !slices.ContainsFunc(names, func(name string) bool { return !v.Get(name).Exists() })
	}
	switch recipient := v.Get("recipient"); {
	case has("badge") && recipient.Kind() == strict.String:
		return "0.5", classAssertion, true
	case has("badge", "recipient") && (has("verify") || has("uid")):
		return "1.0", classAssertion, true
	case has("name", "criteria", "issuer") && !has("type"):
		return "1.0", classBadge, true
	}
	return "", "", false
}

// olderOf returns what c is where it is a document of Open Badges 2.0 or before, nil otherwise.
func olderOf(c *vc.Credential) *older {
	v := c.Value()
	if c.JWS() != nil {
		v = c.JWS().Claims()
	} else if c.Format() != vc.Unsecured && c.Format() != vc.DataIntegrity {
		return nil
	}
	version, class, ok := recognize(v)
	if !ok {
		return nil
	}
	o := &older{version: version, class: class, value: v, jws: c.JWS()}
	switch class {
	case classAssertion:
		if o.badge = first(v.Get("badge")); o.badge.Kind() == strict.Object {
			o.issuer = first(o.badge.Get("issuer"))
		}
	case classBadge:
		o.badge, o.issuer = v, first(v.Get("issuer"))
	case classProfile:
		o.issuer = v
	}
	return o
}

// verification returns the verification object of an assertion or an endorsement, under its name or the alias that
// the context has for it.
func verification(v strict.Value) strict.Value {
	if named := v.Get("verification"); named.Exists() {
		return first(named)
	}
	return first(v.Get("verify"))
}

// methods of verification, as far as they are known.
const (
	methodHosted = "HostedBadge"
	methodSigned = "SignedBadge"
)

// methodOf returns how an assertion or an endorsement is verified: one of those above, what the document names
// instead, or "" where it names nothing.
func methodOf(v strict.Value) string {
	other := ""
	for t := range verification(v).Get("type").Each() {
		switch name := localName(t.Text()); name {
		case methodHosted, "hosted":
			return methodHosted
		case methodSigned, "signed":
			return methodSigned
		default:
			if other == "" {
				other = name
			}
		}
	}
	return other
}

// isLink reports whether text is the URL of a hosted assertion.
func isLink(text string) bool {
	return strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://")
}

// hosted is the badge of which there is only the URL.
func hosted(url, container string) *Badge {
	o := &older{version: "2.0", class: classAssertion, url: url}
	return &Badge{credential: o.shown(), evidence: &vc.Credential{}, older: o, container: container}
}
