package suites

import "github.com/badgeproof/badgeproof/verify/internal/signature"

// rsaSignature2018 is RsaSignature2018 (RSA Signature Suite 2018, W3C CCG draft): a detached JWS. The draft
// says RS256, and the libraries that signed with the suite say PS256; the header tells which.
func rsaSignature2018() definition {
	return definition{curves: []curve{rsaCurve(signature.RS256, signature.PS256)}, legacy: true, verify: verifyJWS, hash: hashJWS}
}
