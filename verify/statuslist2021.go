package verify

import (
	"context"

	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify/internal/statuslist"
)

// statusList2021 checks an entry in a StatusList2021 (W3C Working Draft of 2023-04-27, section 5.1),
// which Open edX among others issues. It is a Bitstring Status List but for the names of its types,
// for entries of one bit, and for the encoding of the list, on which issuers disagree.
func (r *run) statusList2021(ctx context.Context, e strict.Value) answer {
	return r.bits(ctx, e, &statusList2021Kind)
}

var statusList2021Kind = bitsKind{
	name: "StatusList2021", index: "statusListIndex", list: "statusListCredential", decode: decodeDraft,
}

// decodeDraft reads the list of a draft of Bitstring Status List.
func decodeDraft(r *run, encoded string) (*statuslist.Bitstring, statuslist.Quirks, error) {
	return statuslist.DecodeDraft(encoded, r.v.limits.list())
}
