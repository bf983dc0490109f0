// Package policies holds the demands that an operator writes down under a name, and the two that are built in.
//
// Requests choose among them by name and can make nothing of them weaker.
package policies

import (
	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/verify"
)

// Names of the policies that are built in.
const (
	Default     = "default"
	Conformance = "conformance"
)

// Named is a policy under its name.
type Named struct {
	Name   string
	Policy verify.Policy
	// Contexts are added to those of the server; a map of URL to the file's content.
	Contexts map[string][]byte
	// Note says in a sentence what is special about it, for every answer made with it.
	Note string
	// unbound says that the check of the issuer is reported and does not count.
	unbound bool
}

// Unbound reports that the policy does not count the check of the issuer: anybody can sign in anybody's name.
func (n *Named) Unbound() bool { return n.unbound }

// Open returns the policy of a server that nobody configured: that of Open Badges, with these issuers, or any
// issuer where there are none.
func Open(issuers ...string) *Named {
	if len(issuers) > 0 {
		return &Named{Name: Default, Policy: badge.Policy(verify.IssuerSet(issuers...))}
	}
	return &Named{
		Name: Default, Policy: badge.Policy(verify.UnsafeAnyIssuer()),
		Note: "Any issuer is accepted, as long as the key is bound to it.",
	}
}

// ConformanceSuites returns the policy that official test suites can be run with. Their fixtures are signed by
// keys that the issuers they name do not control, so it asks whether the signature is right and not whose it is.
// It is the default of no server.
func ConformanceSuites() *Named {
	p := badge.Policy(verify.UnsafeAnyIssuer())
	p.Binding = verify.SelfAsserted
	return &Named{
		Name: Conformance, Policy: p, unbound: true,
		Note: "Not for relying on: under the policy \"conformance\" the key is not tied to the issuer, so that anybody can sign in anybody's name.",
	}
}

// With returns the contexts of a server together with those of the policy.
func (n *Named) With(s *contexts.Set) (*contexts.Set, error) {
	var err error
	for _, url := range sorted(n.Contexts) {
		if s, err = s.With(url, n.Contexts[url]); err != nil {
			return nil, err
		}
	}
	return s, nil
}
