package jose

import (
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/signature"
)

// The SD-JWT+KB of RFC 9901 section 8.2, in compact serialization, and the key of its issuer (appendix A.5).
const (
	rfcPresentation = `eyJhbGciOiAiRVMyNTYiLCAidHlwIjogImV4YW1wbGUrc2Qtand0In0.
		eyJfc2QiOiBbIjRIQm42YUlZM1d0dUdHV1R4LXFVajZjZGs2V0JwWn
		lnbHRkRmF2UGE3TFkiLCAiOHNtMVFDZjAyMXBObkhBQ0k1c1A0bTRLWmd5Tk9PQV
		ljVGo5SE5hQzF3WSIsICJjZ0ZkaHFQbzgzeFlObEpmYWNhQ2FhN3VQOVJDUjUwVk
		U1UjRMQVE5aXFVIiwgImpNQ1hWei0tOWI4eDM3WWNvRGZYUWluencxd1pjY2NmRl
		JCQ0ZHcWRHMm8iXSwgImlzcyI6ICJodHRwczovL2lzc3Vlci5leGFtcGxlLmNvbS
		IsICJpYXQiOiAxNjgzMDAwMDAwLCAiZXhwIjogMTg4MzAwMDAwMCwgIl9zZF9hbG
		ciOiAic2hhLTI1NiIsICJjbmYiOiB7Imp3ayI6IHsia3R5IjogIkVDIiwgImNydi
		I6ICJQLTI1NiIsICJ4IjogIlRDQUVSMTladnUzT0hGNGo0VzR2ZlNWb0hJUDFJTG
		lsRGxzN3ZDZUdlbWMiLCAieSI6ICJaeGppV1diWk1RR0hWV0tWUTRoYlNJaXJzVm
		Z1ZWNDRTZ0NGpUOUYySFpRIn19fQ.
		xqL5sHgX3vmGWLbs1pBNJUP24TCoT9yf0eiESX8U2QGWgsBJJpVp
		Zv0KOAoh20dl5yuQG7G9xpsI85h88lepYQ~
		WyI2SWo3dE0tYTVpVlBHYm9TNXRtdlZBIiwgImZhbWlseV9uYW1lIiwgIkRvZSJd~
		WyJlbHVWNU9nM2dTTklJOEVZbnN4QV9BIiwgImdpdmVuX25hbWUiLCAiSm9obiJd~
		eyJhbGciOiAiRVMyNTYiLCAidHlwIjogImtiK2p3dCJ9.eyJub25j
		ZSI6ICIxMjM0NTY3ODkwIiwgImF1ZCI6ICJodHRwczovL3ZlcmlmaWVyLmV4YW
		1wbGUub3JnIiwgImlhdCI6IDE3NDg1MzcyNDMsICJzZF9oYXNoIjogIlpuQjhK
		WDhCWWVmMS1iN25VdXpTZm5xUGVPZnJEZVF5S3pXbFpIdG5rM00ifQ.gFvS-x6
		subx4FDWt1oHvZdGEuK1_r6dd5e9C6aLtsDeS9d6uWGGinBmk6hkGJAzPqwxJw
		mU96xJ0VHOjlMdXgA`
	rfcIssuer = `{"kty":"EC","crv":"P-256","x":"b28d4MwZMjw8-00CG4xfnn9SLMVMM19SlqZpVb_uNtQ","y":"Xv5zWwuoaTgdS6hV43yI6gBwTnjukmFQQnJ_kCxzqk8"}`
)

// TestRFC9901 reads the RFC's own example: the disclosures, both signatures and the digest that binds them.
func TestRFC9901(t *testing.T) {
	c, err := vc.Parse([]byte(strings.NewReplacer("\n", "", "\t", "").Replace(rfcPresentation)), vc.Limits{})
	check(t, err)
	if c.Value().Get("family_name").Text() != "Doe" || c.Value().Get("given_name").Text() != "John" || c.SDJWT().Undisclosed() != 2 {
		t.Errorf("the processed payload is %s", c.Value().Raw())
	}
	s := c.SDJWT()
	if got := s.Binding().Claims().Get("sd_hash").Text(); got != s.BindingHash() {
		t.Errorf("sd_hash is %s, want %s", got, s.BindingHash())
	}
	v, err := strict.Parse([]byte(rfcIssuer), strict.Limits{})
	check(t, err)
	issuer, err := keys.ParseJWK(v)
	check(t, err)
	holder, err := keys.ParseJWK(c.Value().Get("cnf").Get("jwk"))
	check(t, err)
	wantCode(t, Verify(s.Binding(), holder.Key, "", KeyBinding), "")
	wantCode(t, Verify(s.Binding(), issuer.Key, "", KeyBinding), "proof.signature")
	wantCode(t, Verify(s.Binding(), holder.Key, "", Credential), "jwt.header")
	wantCode(t, Verify(s.JWS(), issuer.Key, "", SelectiveDisclosure), "jwt.header") // its typ is that of an example
	if !signature.Verify(signature.ES256, issuer.Key, s.JWS().SigningInput(), s.JWS().Signature()) {
		t.Error("the issuer's signature does not match")
	}
}
