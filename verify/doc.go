// Package verify decides whether a verifiable credential can be relied on, and says exactly why.
//
// Three things stand apart and are never mixed: the evidence ([vc.Credential]), the lookups
// ([Config], one per process) and the demands ([Policy], one per call). [Verifier.Verify] puts them
// together into a [Report], in which every built-in check appears with an [Outcome] and, where it
// did not pass, with problems that carry a stable code, a JSON Pointer and a sentence.
//
// [Verifier.VerifyPresentation] does the same for a presentation and each credential in it.
//
// Valid, invalid and "could not decide" are different verdicts. A credential is [Valid] only when a
// signature that covers all of it was checked, the key is bound to the issuer as strongly as the
// policy demands, and every other check passed or had nothing to do. An answer that could not be
// had, such as an unreachable status list or an unknown cryptosuite, makes it [Indeterminate].
//
// Work is done in this order: what is local and cheap (parse, data model, issuer trust, suites,
// validity period); the keys; the proof; and only then anything else that the credential names. An
// issuer that the policy does not trust causes no lookup, and nothing but keys is fetched before
// the proof has passed.
package verify
