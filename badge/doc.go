// Package badge reads Open Badges 3.0 and 2.0 and learner records (CLR 2.0): it finds the credential in whatever
// file arrived, shows what it says, and adds the rules of these specifications to package verify.
//
// [Open] accepts JSON, a compact JWS, an SD-JWT, a COSE message, and a PNG or SVG image with one of these baked in.
// [Verify] judges whatever was opened, by a policy that [Policy] or [Demands] makes. [Email], [ID], [Identifier] and
// [AnyOf] say who must have earned it.
//
// Nothing in a [Badge] is verified. What it shows may be shown as true only if the report of [Verify] on it says so.
//
// # What is checked
//
// The policy adds three checks to those of package verify. "badge.conformance" holds the credential to the data
// models of Open Badges 3.0 and CLR 2.0 and to the rules across their fields, such as results against their
// descriptions ([Conform]). "badge.endorsements" judges each endorsement as a credential of its own, and compares what
// it is about with what it stands on (Open Badges 3.0, section "Verification"). "clr.credentials" judges the credentials
// in a learner record. Reports about those inside are in [verify.Report.Credentials]. The check "recipient" compares
// identifiers exactly, in plain text or hashed (section "Verify Recipient").
//
// Not checked is whether what an issuer states is true, whether the evidence and criteria that it links are there or
// say so, whether an issuer is accredited, nor that whoever shows a badge controls the id of its recipient: that takes a
// presentation. Pictures are not covered by the signature unless a digest says so; see [Picture].
//
// # The model
//
// The types are the data model: every class of Open Badges 3.0 and of CLR 2.0, for VC 1.1 and 2.0,
// with fields named as its properties. [Read] reads any object as one of them, tolerantly and without
// loss: what is in another language ([Badge.In], [Text]), of an extension ([Object]) or of the wrong
// kind is kept, and written again. [Badge.Pictures] says which picture to show. [Skills], [Outcomes] and [StackOf] make
// what badges say comparable; they verify nothing either.
//
// # Open Badges 2.0
//
// A badge of Open Badges 2.0 or 2.1 is an assertion that is hosted or signed, and no verifiable credential. Of a hosted
// one, what was handed over only says where it is: what is found at its id counts, if the issuer's own document, found
// at the issuer's id, has that id in its scope (sections "HostedBadge Verification" and "VerificationObject"). So its
// status and all else is that of the moment it is fetched, unless it is answered from evidence. Its binding is
// [verify.IssuerOrigin]: no key is involved, and it is worth what the certificates of the hosts are worth. A signed one
// is worth a signature by a key that the issuer's own document lists (section "SignedBadge Verification").
//
// All of these documents come from [verify.Config.Resources]; without it, such a badge is undecided. Endorsements are
// judged where they are hosted; one that is signed is not verified, and does not pass. Schemas of extensions are not checked.
//
// One view shows both generations: [Badge.Resolved] has the badge class and the issuer that were fetched, in the terms
// of Open Badges 3.0, as [Badge.Shown] has them as a credential. Older versions are recognised, and left open.
//
// # Errors and concurrency
//
// Errors about evidence are of the type [*strict.Error], with a stable code; [Verify] answers like
// [verify.Verifier.Verify]. All functions are safe for concurrent use, and so is a Badge, which never changes. Nothing
// here opens a connection.
package badge
