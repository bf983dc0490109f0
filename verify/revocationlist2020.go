package verify

import (
	"context"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// revocationList2020 checks an entry in a RevocationList2020 (W3C CCG, vc-status-rl-2020 section 3),
// the oldest of the lists of bits. It knows revocation only.
func (r *run) revocationList2020(ctx context.Context, e strict.Value) answer {
	return r.bits(ctx, e, &revocationList2020Kind)
}

var revocationList2020Kind = bitsKind{
	name: "RevocationList2020", index: "revocationListIndex", list: "revocationListCredential",
	purpose: "revocation", decode: decodeDraft,
}
