package canon

import (
	"fmt"
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Codes of what a document cannot hold. codeIRI, codeValue and codeBudget stand with the N-Quads
// they are shared with.
const (
	codeUndefined = "jsonld.undefined_term"
	codeContext   = "jsonld.context"
	codeProtected = "jsonld.protected"
	codeDropped   = "jsonld.dropped"
)

// fail returns an error about a value of the document.
func fail(v strict.Value, code, format string, args ...any) error {
	return &strict.Error{Code: code, Pointer: v.Pointer(), Offset: v.Offset(), Detail: fmt.Sprintf(format, args...)}
}

// dropped is the error about a value that RDF has no place for, so that no signature covers it.
func dropped(v strict.Value, what string) error {
	return fail(v, codeDropped, "%s would be lost, and no signature would cover it", what)
}

// contextError places a fault: where in the document the context is written or asked for.
func (c *converter) contextError(f *flaw, asked strict.Value) error {
	at := asked
	if f.at.Exists() {
		at = f.at
	}
	detail := f.detail
	if f.code == codeProtected {
		if hint := conflictHint(c.document); hint != "" {
			detail += ". " + hint
		}
	}
	return &strict.Error{Code: f.code, Pointer: at.Pointer(), Offset: at.Offset(), Detail: detail}
}

// unknownContext is the fault of a document that names a context which the set does not hold.
func unknownContext(url string) *flaw {
	return faultf(codeContext, "the context %s is not known; contexts are never fetched, so it must be pinned beforehand", quote(url))
}

// The contexts that the sentences below speak of.
const (
	urlV1         = "https://www.w3.org/2018/credentials/v1"
	urlV2         = "https://www.w3.org/ns/credentials/v2"
	urlBadges     = "https://purl.imsglobal.org/spec/ob/v3p0/"
	urlExtensions = urlBadges + "extensions.json"
	urlIntegrity  = "https://w3id.org/security/data-integrity/"
	urlEd25519    = "https://w3id.org/security/suites/ed25519-2020/v1"
)

// conflictHint says which of the well-known contexts of a document exclude each other.
func conflictHint(context strict.Value) string {
	switch {
	case !context.Has(urlV2):
		return ""
	case context.Has(urlV1):
		return "The contexts of the data models 1.1 and 2.0, " + urlV1 + " and " + urlV2 + ", exclude each other"
	case context.Has(urlBadges + "context.json"), context.Has(urlBadges + "context-3.0.1.json"):
		return "The contexts of Open Badges 3.0.0 and 3.0.1 cannot stand beside " + urlV2 + "; context-3.0.2.json and context-3.0.3.json can"
	case context.Has(urlIntegrity + "v1"):
		return "The context " + urlIntegrity + "v1 cannot stand beside " + urlV2 + ", which defines the same terms itself"
	}
	return ""
}

// undefined is the error about a term that no context in force defines.
func (c *converter) undefined(v strict.Value, name, what string) error {
	detail := fmt.Sprintf("no context in force defines the %s %s, so no signature would cover it", what, quote(name))
	if hint := c.missing(name); hint != "" {
		detail += ". " + hint
	}
	return &strict.Error{Code: codeUndefined, Pointer: v.Pointer(), Offset: v.Offset(), Detail: detail}
}

// missing says which of the well-known contexts defines a term, if the document does without it.
func (c *converter) missing(name string) string {
	url := ""
	switch {
	case resemblesKeyword(name):
		return "Names of this form are reserved for keywords"
	case strings.HasPrefix(name, "1EdTech"):
		url = urlExtensions
	case name == "Ed25519Signature2020" || name == "Ed25519VerificationKey2020":
		url = urlEd25519
	case slices.Contains([]string{"DataIntegrityProof", "cryptosuite", "proofPurpose", "verificationMethod", "proofValue"}, name):
		url = urlIntegrity + "v2"
	case name == "endorsementJwt":
		return "Only the newest content of " + urlBadges + "context-3.0.3.json defines it"
	case name == "awardedDate" || name == "inLanguage":
		url = urlBadges + "context-3.0.3.json"
	case slices.Contains([]string{"OpenBadgeCredential", "AchievementCredential", "AchievementSubject", "Achievement", "EndorsementCredential"}, name):
		url = urlBadges + "context-3.0.3.json"
	case name == "VerifiableCredential" || name == "VerifiablePresentation":
		url = urlV2
	}
	if url == "" || c.document.Has(url) {
		return ""
	}
	return "The context " + url + " defines it, and the document does not name that"
}
