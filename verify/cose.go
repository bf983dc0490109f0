package verify

import (
	"context"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify/internal/cose"
)

// message checks the signature of a COSE_Sign1 message (RFC 9052, VC-JOSE-COSE section 3.3).
func (r *run) message(ctx context.Context) attempt {
	use := cose.Credential
	if r.vp != nil {
		use = cose.Presentation
	}
	return r.wrapped(ctx, sign1(r.cose(), use), r.unanswered())
}

// sign1 is a COSE_Sign1 message that is used as a credential, or as something else that is signed.
func sign1(m *vc.COSE, use cose.Use) token {
	return token{
		header: m.Header(), code: "cose.header",
		algorithm: func() (string, error) {
			name, err := cose.Header(m, use)
			if name == "" {
				return m.Header().Get("alg").Raw(), err
			}
			return string(name), err
		},
		verify: func(key keys.Key, keyAlg string) error { return cose.Verify(m, key, keyAlg, use) },
	}
}
