package main

import (
	"strings"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

// passedWord says what a check that passed has established.
func passedWord(r *verify.Report, c verify.Result) string {
	switch c.Check {
	case "parse":
		return "read from " + containerWord(r.Container)
	case "model":
		if older(r) {
			return "follows the data model of Open Badges 2.0"
		}
		return "follows the data model of verifiable credentials"
	case "proof":
		if r.Format == badge.FormatHosted {
			return "read again from where the issuer hosts it; nothing is signed"
		}
		return "the signature matches" + suites(c)
	case "issuer":
		return "trusted; " + bindingWord(r.Binding)
	case "validity":
		return "within its period of validity"
	case "status":
		return "not revoked or suspended"
	case "schema":
		if len(c.Parts) > 0 && c.Parts[0].Profile != "" {
			return "follows its schema, which " + c.Parts[0].Profile + " stands for"
		}
		return "follows its schema"
	case "resources":
		return "what it refers to is what the issuer signed for"
	case "recipient":
		if len(c.Parts) > 0 {
			return "earned by who you named" + parenthesized("by "+printable(c.Parts[0].Identity))
		}
		return "earned by who you named"
	case "badge.conformance":
		if older(r) {
			return "follows Open Badges 2.0"
		}
		return "follows Open Badges 3.0"
	case "badge.endorsements":
		return "every endorsement is valid, see below"
	case "clr.credentials":
		return "every credential in the record is valid, see below"
	case "holder":
		return holderWord(c)
	case "credentials":
		return "all of them are valid, see below"
	}
	return "passed"
}

// suites names what signed, where the check has one part that passed.
func suites(c verify.Result) string {
	var names []string
	for _, p := range c.Parts {
		if p.Outcome == verify.Passed && p.Suite != "" {
			names = append(names, p.Suite)
		}
	}
	return parenthesized(strings.Join(names, ", "))
}

// older reports whether the report is about a badge of Open Badges 2.0.
func older(r *verify.Report) bool {
	return r.Format == badge.FormatHosted || r.Format == badge.FormatSigned
}

// skippedWord says why a check was not done.
func skippedWord(r *verify.Report, c verify.Result) string {
	switch c.Reason {
	case "absent":
		if c.Check == "proof" || c.Check == "holder" {
			return "nobody signed the presentation, so nothing says who presents it"
		}
		if _, presentation := r.Check("credentials"); c.Check == "validity" && presentation {
			return "nothing to check: the presentation has none"
		}
		return "nothing to check: the credential has none"
	case "off":
		return "switched off"
	case "not_asked":
		switch c.Check {
		case "issuer":
			return "anybody is accepted, since no --issuer was named; " + bindingWord(r.Binding)
		case "recipient":
			return "nobody was named with --recipient"
		case "badge.endorsements", "clr.credentials":
			if len(c.Parts) > 0 && len(c.Parts[0].Hints) > 0 {
				return c.Parts[0].Hints[0]
			}
		}
		return "not asked for"
	case "blocked":
		return "not done, because an earlier check did not pass"
	}
	return "not done"
}

// bindingWord says how the key is tied to the issuer.
func bindingWord(b verify.Binding) string {
	switch b {
	case verify.IssuerController:
		return "the issuer's own document lists the key"
	case verify.IssuerJWKS:
		return "the issuer's web site publishes the key"
	case verify.IssuerOrigin:
		return "the issuer's own site hosts the badge; no key is involved"
	case verify.SelfAsserted:
		return "only the credential itself names the key"
	}
	return "key-to-issuer binding: " + b.String()
}

func containerWord(container string) string {
	switch container {
	case "png", "svg":
		return "a baked " + strings.ToUpper(container) + " image"
	case "jwt":
		return "a JWT"
	case "sd-jwt":
		return "an SD-JWT"
	case "cose":
		return "a COSE message"
	case "json":
		return "JSON"
	}
	return "its file"
}
