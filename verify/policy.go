package verify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/badgeproof/badgeproof/vc"
)

// Errors of [Verifier.Verify], to branch on with errors.Is.
var (
	ErrInvalid       = errors.New("credential is invalid")       // proved bad
	ErrIndeterminate = errors.New("credential is indeterminate") // could not find out
	ErrPolicy        = errors.New("policy cannot be used")       // the caller's mistake
)

// Level says how a check counts. Its zero value is [IfPresent].
type Level uint8

// The levels.
const (
	IfPresent Level = iota // must pass where the credential has something to check
	Required               // must pass, and the credential must have something to check
	Advisory               // is done and reported; what it finds are warnings
	Off                    // is not done
)

// Policy is what a caller demands of a credential. Only Issuers has no default; every other zero
// value is the strict setting. A Policy is not changed by [Verifier.Verify].
type Policy struct {
	// Issuers are the issuers that the caller trusts. Required.
	Issuers Issuers
	// Binding is the weakest binding of key to issuer that suffices; zero stands for [Certificate].
	Binding Binding
	// Recipient is who must have earned the credential; nil asks for nobody.
	Recipient Recipient
	// At is the moment to judge for; the zero time stands for now.
	At time.Time
	// Skew is how far clocks may differ where a time is compared with At. The default is none.
	Skew time.Duration
	// Suites are the acceptable cryptosuites and JOSE algorithms by name, such as "eddsa-rdfc-2022"
	// and "ES256"; nil accepts every one that this library verifies.
	Suites []string
	// RefuseLegacy refuses proofs of obsolete suites, such as Ed25519Signature2018. They are verified
	// otherwise, with a warning. Suites says so in more detail.
	RefuseLegacy bool
	// Experimental allows the suites of drafts, such as mldsa44-jcs-2024: what they sign, and how, may still
	// change under their name. A proof of one is undecided otherwise, also where Suites names it; where it is
	// verified, there is a warning.
	Experimental bool
	// MinProofs is how many different verification methods of the issuer must have made a proof that
	// verifies. Zero asks for every proof of a known suite to verify.
	MinProofs int
	// Methods are verification methods, each of which must have made a proof that verifies, whoever
	// controls it. With Methods or MinProofs, what is wrong with other proofs is a warning. Neither
	// concerns the proofs of presentations.
	Methods []string
	// Status, Schema and Resources say how these checks count.
	Status, Schema, Resources Level
	// Refresh asks the issuer's refresh service, where the credential names one, for a newer copy of it,
	// once and after the proof. The report is then about the copy; where there is none that is signed by
	// the same issuer for the same id, the credential is judged as it is. The service learns which
	// credential is being verified. Without Refresh the report only tells that there is a service.
	Refresh bool
	// Challenge and Domain, where they are not empty, must be those of every embedded proof. A JWT
	// has no place for them, and fails. Of a presentation, they must be those of its own proofs, or the
	// claims nonce and aud of its token; the credentials in it are not asked.
	Challenge, Domain string
	// Holder says how it counts whether who shows a presentation is the subject of the credentials in
	// it. By default it must not be somebody else; with [Required] the credentials must also say who
	// their subject is, and the presentation prove who shows it.
	Holder Level
	// InlineContexts allows contexts written out in the document. They may define new terms only.
	InlineContexts bool
	// Strict refuses what is otherwise tolerated, with a warning, because issuers in circulation
	// do it.
	Strict bool
	// Profile lists further checks, reported after the built-in ones in this order.
	Profile []ProfileCheck
}

// ProfileCheck is a check that a profile such as Open Badges adds. It is either about the credential
// itself (Run) or about the credentials inside it (Inside); exactly one of the two is set. It must be safe
// for concurrent use.
type ProfileCheck struct {
	Name string // as it stands in reports
	// Run runs before any lookup, on the parsed credential alone. The policy is the one that the credential is
	// judged by, for what a check does more or less strictly by it; what time it is must make no difference.
	Run func(ctx context.Context, c *vc.Credential, p Policy) Result
	// Inside finds the credentials inside c that are to be judged on their own, on the parsed credential
	// alone. They are judged once the proof of c has passed and its issuer has not failed, by the demands of the
	// policy and with its profile, so that what is inside them is judged as well. Of them are not asked: Recipient,
	// Challenge, Domain, MinProofs, Methods, and Refresh, since c is about the copy that stands in it.
	Inside func(c *vc.Credential) Nested
	// Schema reports whether this check stands for the JSON Schema at url: whether it makes sure of all
	// that the schema would, for this credential. Such a schema is not fetched. Nil stands for none.
	Schema func(url string, c *vc.Credential) bool
}

// Recipient knows who should have earned a credential. Match returns what [Findings] makes of no problem for
// a match, and of a problem with a code recipient.* otherwise; its parts may say what matched, and its hints what
// a match lacks. Every other answer is undecided. It must be safe for concurrent use.
type Recipient interface {
	Match(c *vc.Credential) Result
}

// Issuers is a set of trusted issuers. The zero value is no policy, and is refused.
type Issuers struct {
	any bool
	ids map[string]struct{}
}

// IssuerSet trusts the issuers with exactly these identifiers.
func IssuerSet(ids ...string) Issuers {
	s := Issuers{ids: make(map[string]struct{}, len(ids))}
	for _, id := range ids {
		s.ids[id] = struct{}{}
	}
	return s
}

// UnsafeAnyIssuer trusts every issuer: the check of the issuer then only says whether the key is
// bound to whoever the credential names, and is reported as skipped where it is.
func UnsafeAnyIssuer() Issuers { return Issuers{any: true} }

// Has reports whether the set trusts the issuer with this identifier.
func (s Issuers) Has(id string) bool {
	_, ok := s.ids[id]
	return s.any || ok
}

// IsZero reports whether the set is the zero value. [IssuerSet] without an argument makes another one, that trusts
// nobody.
func (s Issuers) IsZero() bool { return !s.any && s.ids == nil }

// check refuses a policy that was forgotten or makes no sense.
func (p *Policy) check() error {
	switch {
	case p.Issuers.IsZero():
		return fmt.Errorf("verify: %w: Policy.Issuers is required; UnsafeAnyIssuer waives it", ErrPolicy)
	case p.Binding > IssuerController:
		return fmt.Errorf("verify: %w: unknown binding", ErrPolicy)
	case p.Status > Off || p.Schema > Off || p.Resources > Off || p.Holder > Off:
		return fmt.Errorf("verify: %w: unknown level", ErrPolicy)
	case p.Skew < 0:
		return fmt.Errorf("verify: %w: negative skew", ErrPolicy)
	case p.MinProofs < 0:
		return fmt.Errorf("verify: %w: negative number of proofs", ErrPolicy)
	case !p.At.IsZero() && (p.At.UTC().Year() < 1 || p.At.UTC().Year() > 9999):
		return fmt.Errorf("verify: %w: a moment that RFC 3339 cannot write", ErrPolicy)
	case slices.ContainsFunc(p.Profile, func(c ProfileCheck) bool { return c.Name == "" || (c.Run == nil) == (c.Inside == nil) }):
		return fmt.Errorf("verify: %w: a profile check needs a name, and one of Run and Inside", ErrPolicy)
	}
	return nil
}
