package badge

import (
	"context"
	"fmt"

	"github.com/badgeproof/badgeproof/verify"
)

// Verify decides about whatever [Open] read by the demands of p: a credential by
// [verify.Verifier.Verify], a presentation by [verify.Verifier.VerifyPresentation], and an assertion of Open
// Badges 2.0 by the rules of that specification. It sets [verify.Report.Container]. Errors are those of
// Verify: nil if and only if the verdict is valid.
func Verify(ctx context.Context, v *verify.Verifier, b *Badge, p verify.Policy) (*verify.Report, error) {
	if v == nil || b == nil {
		return nil, fmt.Errorf("badge: %w: no verifier, or no badge", verify.ErrPolicy)
	}
	var report *verify.Report
	var err error
	switch {
	case b.older != nil:
		report, err = v.Judge(ctx, p, judgeOlder(b, p))
	case isSealed(b.Credential().Value()):
		report, err = verifySealed(ctx, v, b, p)
	case b.Presentation() != nil:
		report, err = v.VerifyPresentation(ctx, b.Presentation(), p)
	default:
		report, err = v.Verify(ctx, b.Credential(), p)
	}
	if report != nil {
		report.Container = b.Container()
	}
	return report, err
}

// Resolved returns the badge with the documents that were fetched to decide about it: of an assertion of
// Open Badges 2.0, its badge class and its issuer. It is b itself where the report has none.
func (b *Badge) Resolved(r *verify.Report) *Badge {
	if r != nil {
		if resolved, ok := r.Judged.(*Badge); ok && resolved != nil {
			return resolved
		}
	}
	return b
}

// Generation returns the generation of Open Badges that was opened: 2 for a document of Open Badges 2.0 or
// 2.1, 1 for one of an older version, and 3 for everything else, which is judged as a verifiable credential.
func (b *Badge) Generation() int {
	switch {
	case b.older == nil:
		return 3
	case b.older.version == "2.0":
		return 2
	}
	return 1
}
