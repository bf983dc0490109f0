// Package verify decides whether a verifiable credential can be relied on, and says exactly why.
//
// Three things stand apart and are never mixed: the evidence ([vc.Credential]), the lookups
// ([Config], one per process) and the demands ([Policy], one per call). [Verifier.Verify] puts them
// together into a [Report], in which every built-in check appears with an [Outcome] and, where it
// did not pass, with problems that carry a stable code, a JSON Pointer and a sentence.
//
// [Verifier.VerifyPresentation] does the same for a presentation and each credential in it. [Verifier.Judge] does it
// for evidence of another kind, whose rules its caller brings: the [Session] offers the time, the budget of lookups,
// signatures, and the checks of issuer and recipient.
//
// # Verdicts
//
// Valid, invalid and "could not decide" are different verdicts. A credential is [Valid] only when a
// signature that covers all of it was checked, the key is bound to the issuer as strongly as the
// policy demands, and every other check passed or had nothing to do. An answer that could not be
// had, such as an unreachable status list or an unknown cryptosuite, makes it [Indeterminate].
//
// Valid does not say that what the issuer states is true nor, without [Policy.Recipient], that whoever shows the
// credential earned it. Of what was disclosed in part, it says nothing about the rest. Bindings by a certificate, a registry
// or a DID configuration have names, so that policies can rank them; nothing here establishes one yet.
//
// # Order of work
//
// Work is done in this order: what is local and cheap (parse, data model, issuer trust, suites,
// validity period); the keys; the proof; and only then anything else that the credential names. An
// issuer that the policy does not trust causes no lookup, and nothing but keys is fetched before
// the proof has passed.
//
// Last come the credentials inside it, such as endorsements, where a check of [Policy.Profile] finds some
// ([ProfileCheck.Inside]). Each is judged on its own, by the demands of the policy that are not about who shows the
// outer one, and has a report in [Report.Credentials]. All of them share one budget ([Limits]).
//
// # Causes
//
// When a proof failed, the verifier changes the document back in ways in which files usually get changed, and
// says in [Result.Hints] of the check "proof" under which change the signature matches. This looks nothing up, is
// bounded by [Limits.Causes], [Limits.CauseBytes] and [Limits.CauseTime], and never changes an outcome. It
// finds one change at a time, and no word that was replaced.
//
// # Errors and concurrency
//
// Errors wrap [ErrInvalid], [ErrIndeterminate] or [ErrPolicy]; the report has the details, and no error text is part
// of the contract. A [Verifier] is safe for concurrent use; what a Config and a Policy hold must be as well. The
// verification ends when its context does, with what is open undecided (deadline).
package verify
