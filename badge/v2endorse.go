package badge

import (
	"context"

	"github.com/badgeproof/badgeproof/verify"
)

// endorsements says what others say of the badge.
func (j *olderJudge) endorsements(_ context.Context, _, _ verify.Result) verify.Result {
	return absent(checkEndorsements)
}
