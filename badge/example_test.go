package badge_test

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/fetch"
)

func verifyBadge(ctx context.Context, data []byte, net verify.Fetcher) (*verify.Report, error) {
	b, err := badge.Open(data) // whatever a badge comes in; verifies nothing
	if err != nil {
		return nil, err
	}
	v, err := verify.New(verify.Config{ // one per process
		Keys: keys.Default(net), Status: net, Schemas: net, Resources: net,
	})
	if err != nil {
		return nil, err
	}
	p := badge.Policy(verify.IssuerSet("did:web:badges.example.edu"))
	p.Recipient = badge.Email("ada@example.org")
	return badge.Verify(ctx, v, b, p) // err == nil if and only if the verdict is valid
}

// A badge in a PNG image, by an issuer that is trusted, earned by Ada. In production net is
// fetch.New(fetch.Options{}); here a recorded bundle answers instead.
func Example() {
	image, err := os.ReadFile("../testdata/badges/complete.png")
	if err != nil {
		fmt.Println(err)
		return
	}
	recorded, err := os.ReadFile("../testdata/evidence/all.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	bundle, err := fetch.ParseBundle(recorded)
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := verifyBadge(context.Background(), image, fetch.NewReplayer(bundle))
	fmt.Println(report.Verdict, err)
	for _, c := range report.Checks {
		fmt.Println(strings.TrimSpace(fmt.Sprint(c.Check, " ", c.Outcome, " ", c.Reason)))
	}
	// Output:
	// valid <nil>
	// parse passed
	// model passed
	// proof passed
	// issuer passed
	// validity passed
	// status passed
	// schema skipped absent
	// resources skipped absent
	// recipient passed
	// badge.conformance passed
	// badge.endorsements skipped absent
	// clr.credentials skipped absent
}
