package badge

import (
	"context"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// FormatSealed is a JWS in its JSON form around a credential, in reports. It is recognized and named, and not
// checked: European Digital Credentials come so, sealed with JAdES and a certificate.
const FormatSealed vc.Format = "jws-json"

// isSealed reports whether v is a JWS in its JSON form, flattened or general (RFC 7515, section 7.2). A credential
// has contexts, and none of these members.
func isSealed(v strict.Value) bool {
	if v.Get("payload").Kind() != strict.String || v.Get("@context").Exists() {
		return false
	}
	return v.Get("signatures").Kind() == strict.Array || v.Get("signature").Kind() == strict.String
}

// verifySealed says of a JWS in its JSON form what it is. Nothing about it is known, so that nothing is decided.
func verifySealed(ctx context.Context, v *verify.Verifier, b *Badge, p verify.Policy) (*verify.Report, error) {
	sealed := b.Credential().Value()
	detail := "the credential is a signed message in the JSON form of JWS, which is not checked here; ask for the compact form"
	for s := range sealed.Get("signatures").Each() {
		if s.Get("header").Get("etsiU").Exists() {
			detail = "the credential is sealed with an electronic signature or seal of the EU (JAdES), as European Digital " +
				"Credentials are; it is not checked here, and the viewer of European Digital Credentials can do so"
		}
	}
	return v.Judge(ctx, p, func(context.Context, *verify.Session) verify.Judgement {
		j := verify.Judgement{Format: FormatSealed, Binding: verify.Unbound, Checks: []verify.Result{
			{Check: "parse", Outcome: verify.Passed},
			verify.Findings("proof", &strict.Error{Code: "proof.suite_unknown", Pointer: "/signatures", Offset: -1, Detail: detail}),
		}}
		for _, check := range [...]string{"model", "issuer", "validity", "status", "schema", "resources", "recipient"} {
			j.Checks = append(j.Checks, verify.Result{Check: check, Outcome: verify.Skipped, Reason: "blocked"})
		}
		for _, check := range p.Profile {
			j.Checks = append(j.Checks, verify.Result{Check: check.Name, Outcome: verify.Skipped, Reason: "absent"})
		}
		return j
	})
}
