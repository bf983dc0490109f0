// Package badge reads Open Badges 3.0: it finds the credential in whatever file arrived, shows
// what it says, and adds the rules of the Open Badges profile to package verify.
//
// [Open] accepts a JSON document, a compact JWS, and a PNG or SVG image with a credential baked
// in. [Badge] shows the achievement, its recipient and its issuer in the specification's own
// terms. [Policy] is a verification policy that includes the profile's check
// "badge.conformance", and [Email], [ID] and [Identifier] say who must have earned the badge.
//
// The types are the data model: every class of Open Badges 3.0 and of CLR 2.0, for VC 1.1 and 2.0,
// with fields named as its properties. [Read] reads any object as one of them, tolerantly and without
// loss: what is in another language ([Badge.In], [Text]), of an extension ([Object]) or of the wrong
// kind is kept, and written again. [Badge.Pictures] says which picture to show.
//
// Nothing in a [Badge] is verified. What it shows may be shown as true only if the report of
// [verify.Verifier.Verify] on its credential says so.
package badge
