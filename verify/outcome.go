package verify

import "github.com/badgeproof/badgeproof/vc/strict"

// Outcome is how one check ended. Its zero value is [Undecided].
type Outcome uint8

// The outcomes.
const (
	Undecided Outcome = iota // the answer could not be had
	Passed                   // checked, and right
	Failed                   // checked, and wrong
	Skipped                  // not done; the reason says why
)

// String returns the outcome as reports write it; what is no outcome decides nothing.
func (o Outcome) String() string {
	if o > Skipped {
		o = Undecided
	}
	return [...]string{"undecided", "passed", "failed", "skipped"}[o]
}

// MarshalText writes the outcome as in [Outcome.String].
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// Verdict is the answer about a credential. Its zero value is [Indeterminate].
type Verdict uint8

// The verdicts.
const (
	Indeterminate Verdict = iota // could not decide; trying again may help
	Valid                        // everything that was asked for has been confirmed
	Invalid                      // proved bad
)

// String returns the verdict as reports write it.
func (v Verdict) String() string {
	return [...]string{"indeterminate", "valid", "invalid"}[v]
}

// MarshalText writes the verdict as in [Verdict.String].
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// Reasons of a skipped check.
const (
	reasonAbsent   = "absent"    // the credential has nothing to check
	reasonOff      = "off"       // the policy switched the check off
	reasonNotAsked = "not_asked" // the policy named nothing to compare with
	reasonBlocked  = "blocked"   // an earlier check did not pass
)

// Result is one check of a report, or one part of a check.
type Result struct {
	// Check is the stable name: "proof", "status", "badge.conformance".
	Check   string  `json:"check"`
	Outcome Outcome `json:"outcome"`
	// Reason is the code of the first problem that decided the outcome; for a skipped check it is
	// "absent", "off", "not_asked" or "blocked".
	Reason string `json:"reason,omitempty"`
	// Suite names the cryptosuite, or the JOSE algorithm, of a part of the proof check.
	Suite string `json:"suite,omitempty"`
	// Profile names the rules for the header and the claims that a JWT, an SD-JWT or a COSE message was
	// held to, in a part of the proof check. In a part of the schema check, it names the check of the
	// policy's profile that stood for the schema, which was then not fetched.
	Profile string `json:"profile,omitempty"`
	// Identity is the type of the identifier that a part of the recipient check matched, such as
	// "emailAddress", or "id" for the id of the subject. Pointer is where it stands in the credential.
	Identity string    `json:"identity,omitempty"`
	Pointer  string    `json:"pointer,omitempty"`
	Problems []Problem `json:"problems,omitempty"`
	// Warnings are findings that do not change the outcome.
	Warnings []Problem `json:"warnings,omitempty"`
	// Hints are likely causes of a failure, or what a pass does not say, in sentences. They are no
	// findings.
	Hints []string `json:"hints,omitempty"`
	Parts []Result `json:"parts,omitempty"`
}

func passed(check string) Result { return Result{Check: check, Outcome: Passed} }

func skipped(check, reason string) Result {
	return Result{Check: check, Outcome: Skipped, Reason: reason}
}

// Findings makes the result of a check from what it found: passed where that is nothing, failed
// where the table of codes says that one of the findings is a failure, undecided otherwise.
func Findings(check string, found ...*strict.Error) Result {
	r := passed(check)
	for _, f := range found {
		r.add(newProblem(f))
	}
	return r
}

// add takes one more problem into r: a failure outweighs an undecided problem, and either of them
// outweighs a pass.
func (r *Result) add(p Problem) {
	r.Problems = append(r.Problems, p)
	o := outcomeOf(p.Code)
	if r.Outcome == Passed || r.Outcome == Undecided && o == Failed {
		r.Outcome, r.Reason = o, p.Code
	}
}
