package verify

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// The built-in checks, in report order. Every one of them is in every report.
const (
	checkParse     = "parse"
	checkModel     = "model"
	checkProof     = "proof"
	checkIssuer    = "issuer"
	checkValidity  = "validity"
	checkStatus    = "status"
	checkSchema    = "schema"
	checkResources = "resources"
	checkRecipient = "recipient"
)

var builtin = [...]string{
	checkParse, checkModel, checkProof, checkIssuer, checkValidity,
	checkStatus, checkSchema, checkResources, checkRecipient,
}

// Report is the answer about one credential or presentation, with everything that it rests on. It marshals to the
// JSON that the example verifier prints; members may be added to that, and never change their names.
type Report struct {
	// Input and Container name where the credential came from; they are the caller's to set.
	Input     string `json:"input,omitempty"`
	Container string `json:"container,omitempty"`
	// Format is how the credential is secured.
	Format  vc.Format `json:"format,omitempty"`
	Verdict Verdict   `json:"verdict"`
	// At is the moment that the credential was judged for.
	At time.Time `json:"at"`
	// Binding is how the key of the best proof that verified is tied to the issuer.
	Binding    Binding `json:"binding"`
	Credential Summary `json:"credential"`
	// Checks holds the built-in checks in their order, then those of the policy's profile.
	Checks []Result `json:"checks"`
	// Pointer and Within say, of a credential that stands inside another or in a presentation, where it
	// stands there, and the name of the check that it was judged for.
	Pointer string `json:"pointer,omitempty"`
	Within  string `json:"within,omitempty"`
	// Credentials are the reports about the credentials inside: those in a presentation, and those that a
	// check of the policy's profile found in a credential, check by check, in their order. Each has the sources
	// that it rests on.
	Credentials []*Report `json:"credentials,omitempty"`
	// Sources are the documents that were fetched to decide, by URL.
	Sources []Source `json:"sources"`
	// NextChange is the next moment at which time alone could change the verdict: a period begins or is
	// over, a key or a status list expires. It is zero where nothing the verdict rests on has an end. What
	// documents that are fetched again say by then is another matter; see [Source.FreshUntil].
	NextChange time.Time `json:"nextChange,omitzero"`
	// Refreshed is the newer copy that [Policy.Refresh] brought, which the report is about in place of the
	// credential that was given; nil where there is none.
	Refreshed *vc.Credential `json:"-"`
	// Judged is what the function given to [Verifier.Judge] leaves for its own package, such as the documents
	// that it fetched; nil in every other report.
	Judged any `json:"-"`
}

// Summary says which credential or presentation a report is about. It repeats what the credential says; whether
// that is signed is the verdict's to tell.
type Summary struct {
	ID     string   `json:"id,omitempty"`
	Type   []string `json:"type,omitempty"`
	Issuer string   `json:"issuer,omitempty"`
	Name   string   `json:"name,omitempty"`
	// Holder is who presents it, of a presentation: whom it names or, where it names nobody, whose key
	// its proof names.
	Holder string `json:"holder,omitempty"`
}

// Source is a document that was fetched, and the SHA-256 of its body in hex.
type Source struct {
	URL    string `json:"url"`
	SHA256 string `json:"sha256"`
	// FreshUntil is when to fetch the document again: as the ttl of a status list asks, or as long as the
	// fetcher would answer from its cache. It is zero where that is not known.
	FreshUntil time.Time `json:"freshUntil,omitzero"`
	// Aggregation is the https URL that a status list token states as its aggregation_uri, for
	// [Verifier.StatusLists]; empty where it states none. Nothing is fetched from there by Verify.
	Aggregation string `json:"aggregation,omitempty"`
}

// Check returns the result of the check with this name; ok is false where the report has none.
func (r *Report) Check(name string) (result Result, ok bool) {
	for _, c := range r.Checks {
		if c.Check == name {
			return c, true
		}
	}
	return Result{}, false
}

// Unreadable makes the report for an input that is no credential at all: the check "parse" failed
// with cause, and everything after it is blocked. The error wraps [ErrInvalid].
func Unreadable(cause error, at time.Time) (*Report, error) {
	r := &Report{At: at.UTC(), Sources: []Source{}}
	for _, name := range builtin {
		r.Checks = append(r.Checks, skipped(name, reasonBlocked))
	}
	r.Checks[0] = Findings(checkParse, asFinding(cause, "json.syntax", ""))
	r.Verdict = Invalid
	return r, r.err()
}

// decide derives the verdict from the checks. Valid takes more than the absence of failures: what a
// verdict rests on must have passed.
func (r *Report) decide() { r.decideBy(checkParse, checkModel, checkProof) }

// decideBy does so where the checks that must have passed are these.
func (r *Report) decideBy(rests ...string) {
	needed := 0
	r.Verdict = Valid
	for _, c := range r.Checks {
		switch {
		case c.Outcome == Failed:
			r.Verdict = Invalid
			return
		case c.Outcome == Undecided || c.Outcome > Skipped || c.Reason == reasonBlocked:
			r.Verdict = Indeterminate
		case c.Outcome == Passed && slices.Contains(rests, c.Check):
			needed++
		}
	}
	if needed != len(rests) {
		r.Verdict = Indeterminate
	}
}

// err returns nil for a valid verdict, and otherwise an error that wraps [ErrInvalid] or
// [ErrIndeterminate] and tells the first problem that led there.
func (r *Report) err() error {
	sentinel := ErrIndeterminate
	switch r.Verdict {
	case Valid:
		return nil
	case Invalid:
		sentinel = ErrInvalid
	}
	if p := r.decisive(); p.Code != "" {
		return fmt.Errorf("verify: %w: %s: %s", sentinel, p.Code, p.Detail)
	}
	return fmt.Errorf("verify: %w", sentinel)
}

// decisive returns the first problem that led to a verdict other than valid.
func (r *Report) decisive() Problem {
	outcome := Undecided
	if r.Verdict == Invalid {
		outcome = Failed
	}
	for _, c := range r.Checks {
		if c.Outcome == outcome && len(c.Problems) > 0 {
			i := slices.IndexFunc(c.Problems, func(p Problem) bool { return p.Code == c.Reason })
			return c.Problems[max(i, 0)]
		}
	}
	return Problem{Detail: "it could not be verified"}
}

func summarize(c *vc.Credential) Summary {
	s := Summary{ID: c.ID(), Type: slices.Clone(c.Types()), Issuer: c.Issuer()}
	switch name := c.Value().Get("name"); name.Kind() {
	case strict.String:
		s.Name = name.Text()
	case strict.Object: // a language value object (VC Data Model 2.0, language and base direction)
		s.Name = name.Get("@value").Text()
	case strict.Array:
		s.Name = name.Index(0).Get("@value").Text()
	}
	return s
}

func sortSources(m map[string]string) []Source {
	out := make([]Source, 0, len(m))
	for url, sum := range m {
		out = append(out, Source{URL: url, SHA256: sum})
	}
	slices.SortFunc(out, func(a, b Source) int { return strings.Compare(a.URL, b.URL) })
	return out
}
