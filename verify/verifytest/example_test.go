package verifytest_test

import (
	"context"
	"fmt"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// A badge by a university that exists for the length of a test, and its DID document, which the Host
// serves to whatever fetches it.
func Example() {
	var host verifytest.Host
	issuer := verifytest.NewIssuer("did:web:university.example", keys.Ed25519)
	issuer.Publish(&host)

	signed := issuer.Sign(verifytest.Badge(issuer.ID, nil), "eddsa-rdfc-2022")
	fmt.Println(len(signed) > 0)

	_, mediaType, err := host.Fetch(context.Background(), "https://university.example/.well-known/did.json", "")
	fmt.Println(mediaType, err, host.Calls())
	// Output:
	// true
	// application/did+json <nil> [https://university.example/.well-known/did.json]
}

// A proof that is wrong on purpose: made for authentication, and of an unknown time.
func ExampleIssuer_Proof() {
	issuer := verifytest.NewIssuer("did:key", keys.P256)
	badge := verifytest.Badge(issuer.ID, nil)
	proof := issuer.Proof(badge, "ecdsa-rdfc-2019", map[string]any{"proofPurpose": "authentication", "created": nil})
	wrong := verifytest.Attach(badge, proof)
	fmt.Println(len(wrong) > len(badge))
	// Output: true
}
