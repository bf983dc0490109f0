package policies_test

import (
	"testing"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
)

// counts reports whether the endorsement of a badge by somebody is judged by a policy, rather than set aside.
func counts(t *testing.T, p verify.Policy, endorser string) bool {
	t.Helper()
	c, err := vc.Parse([]byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential","OpenBadgeCredential"],"id":"urn:x:1","endorsement":[{
		"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential","EndorsementCredential"],"issuer":"`+endorser+`","credentialSubject":{"id":"urn:x:1","type":["EndorsementSubject"]}}]}`), vc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, check := range p.Profile {
		if check.Name == "badge.endorsements" {
			n := check.Inside(c)
			return len(n.Credentials) == 1 && n.Credentials[0].Aside == ""
		}
	}
	t.Fatal("endorsements are not looked for")
	return false
}
