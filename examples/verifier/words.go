package main

import (
	"strings"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
)

// passedWords say what a check that passed has established, where that is the same for every credential.
var passedWords = map[string]string{
	"validity":         "within its period of validity",
	"status":           "not revoked or suspended",
	"resources":        "what it refers to is what the issuer signed for",
	withinEndorsements: "every endorsement that counts is valid, see above",
	withinRecord:       "every credential in the record is valid, see above",
	"credentials":      "all of them are valid, see below",
}

// passedWord says what a check that passed has established.
func passedWord(r *verify.Report, c verify.Result) string {
	switch c.Check {
	case "parse":
		return "read from " + containerWord(r.Container)
	case "model":
		return "follows " + modelWord(r)
	case "proof":
		return proofWord(r, c)
	case "issuer":
		return "trusted; " + bindingWord(r)
	case "schema":
		if len(c.Parts) > 0 && c.Parts[0].Profile != "" {
			return "follows its schema, which " + c.Parts[0].Profile + " stands for"
		}
		return "follows its schema"
	case "recipient":
		return recipientWord(c)
	case "badge.conformance":
		return "follows " + profileWord(r)
	case "holder":
		return holderWord(c)
	}
	return firstOf(passedWords[c.Check], "passed")
}

// proofWord says how the issuer is known to have said it.
func proofWord(r *verify.Report, c verify.Result) string {
	switch {
	case r.Format == badge.FormatHosted:
		return "found where the issuer hosts it, and judged as it is there"
	case r.Format == vc.Unsecured && r.Within != "":
		return "covered by the proof of the credential around it"
	}
	return "the signature matches" + suites(c)
}

// suites names what signed, by each part that passed.
func suites(c verify.Result) string {
	var names []string
	for _, p := range c.Parts {
		if p.Outcome == verify.Passed && p.Suite != "" {
			names = append(names, p.Suite)
		}
	}
	return parenthesized(strings.Join(names, ", "))
}

func recipientWord(c verify.Result) string {
	if len(c.Parts) > 0 {
		kind := c.Parts[0].Identity
		return "earned by who you named" + parenthesized("by "+firstOf(identityWords[kind], kind))
	}
	return "earned by who you named"
}

// modelWord names the data model that the check "model" holds a document to.
func modelWord(r *verify.Report) string {
	_, presentation := r.Check("credentials")
	switch {
	case isOlder(r.Format):
		return "the data model of Open Badges 2.0"
	case presentation:
		return "the data model of verifiable presentations"
	}
	return "the data model of verifiable credentials"
}

// profileWord names the specification that the check "badge.conformance" holds a badge to.
func profileWord(r *verify.Report) string {
	switch {
	case isOlder(r.Format):
		return "Open Badges 2.0"
	case hasType(r, "ClrCredential"):
		return "the Comprehensive Learner Record 2.0"
	}
	return "Open Badges 3.0"
}

func hasType(r *verify.Report, name string) bool {
	for _, t := range r.Credential.Type {
		if t == name {
			return true
		}
	}
	return false
}

// absentWords say what a check would have looked at, and found nothing.
var absentWords = map[string]string{
	"proof":             "nobody signed the presentation, so nothing says who presents it",
	"holder":            "nobody signed the presentation, so nothing says who presents it",
	"validity":          "it states no period of validity",
	"status":            "it names no place that would say whether it was revoked",
	"schema":            "it names no schema",
	"resources":         "it states no digest of what it refers to",
	"badge.conformance": "it is no Open Badge, as far as it says",
	withinEndorsements:  "nobody endorses it",
	withinRecord:        "it holds no credentials",
}

// skippedWord says why a check was not done.
func skippedWord(r *verify.Report, c verify.Result) string {
	switch c.Reason {
	case "absent":
		if c.Check == "badge.conformance" && isOlder(r.Format) {
			return "there is no badge any more that could be checked"
		}
		return firstOf(absentWords[c.Check], "there is nothing to check")
	case "off":
		return "switched off"
	case "not_asked":
		switch c.Check {
		case "issuer":
			return "anybody is accepted, since no --issuer was named; " + bindingWord(r)
		case "recipient":
			return "nobody was named with --recipient"
		case withinEndorsements, withinRecord:
			if len(c.Parts) > 0 && len(c.Parts[0].Hints) > 0 {
				return c.Parts[0].Hints[0]
			}
		}
		return "not asked for"
	case "blocked":
		return "not done, because another check did not pass"
	}
	return "not done"
}

// bindingWords say how the issuer is tied to what it says.
var bindingWords = map[verify.Binding]string{
	verify.Unbound:          "nothing ties the key to the issuer",
	verify.SelfAsserted:     "only the credential itself names the key",
	verify.Certificate:      "a certificate that you trust names the issuer",
	verify.Registry:         "a registry that you trust names the issuer's key",
	verify.DIDConfiguration: "the issuer's DID and its domain name each other",
	verify.IssuerOrigin:     "the issuer's own site hosts the badge; no key is involved",
	verify.IssuerJWKS:       "the issuer's web site publishes the key",
	verify.IssuerController: "the issuer's own document lists the key",
}

// bindingWord says how the issuer of a credential is tied to it. Some identifiers are nothing but a key, and then
// there is nobody else to ask.
func bindingWord(r *verify.Report) string {
	b := r.Binding
	if b == verify.IssuerController && (strings.HasPrefix(r.Credential.Issuer, "did:key:") || strings.HasPrefix(r.Credential.Issuer, "did:jwk:")) {
		return "the issuer's identifier is the key itself"
	}
	return firstOf(bindingWords[b], "key-to-issuer binding: "+b.String())
}

// formatWords say how a credential is secured.
var formatWords = map[vc.Format]string{
	vc.DataIntegrity:       "signed in its JSON (Data Integrity)",
	vc.JWT:                 "signed as a JWT",
	vc.SelectiveDisclosure: "signed as an SD-JWT, of which a holder can leave out parts",
	vc.COSESign1:           "signed as a COSE message",
	vc.Unsecured:           "not signed",
	badge.FormatHosted:     "hosted by its issuer",
	badge.FormatSigned:     "signed as a JWS",
	badge.FormatSealed:     "sealed as a JWS in its JSON form",
}

// formatWord names the specification that the input follows by its own account, and how it is secured.
func formatWord(r *verify.Report, b *badge.Badge) string {
	return joined(", ", specificationWord(b), formatWords[r.Format])
}

func specificationWord(b *badge.Badge) string {
	switch kind := kindOf(b); {
	case b.Generation() == 2:
		return "Open Badges 2.0"
	case b.Generation() == 1:
		return "older than Open Badges 2.0"
	case kind == aRecord:
		return "Comprehensive Learner Record 2.0"
	case kind == aBadge, kind == anEndorser:
		return "Open Badges 3.0"
	}
	switch b.Shown().Version() {
	case vc.V1:
		return "Verifiable Credentials 1.1"
	case vc.V2:
		return "Verifiable Credentials 2.0"
	case vc.SDJWTVC:
		return "IETF SD-JWT VC"
	}
	return ""
}

// containerWords say what a credential was read from.
var containerWords = map[string]string{
	"png": "a baked PNG image", "svg": "a baked SVG image", "jwt": "a JWT", "sd-jwt": "an SD-JWT", "cose": "a COSE message", "json": "JSON",
}

func containerWord(container string) string { return firstOf(containerWords[container], "its file") }
