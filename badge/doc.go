// Package badge reads Open Badges 3.0 and 2.0: it finds the credential in whatever file arrived, shows
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
// # Open Badges 2.0
//
// [Verify] judges whatever was opened. A badge of Open Badges 2.0 or 2.1 is an assertion that is hosted or signed, and no verifiable
// credential. Of a hosted one, what was handed over only says where it is: what is found at its id counts,
// if the issuer's own document, found at the issuer's id, has that id in its scope. So its status and all else is that
// of the moment it is fetched, unless it is answered from evidence. Its binding is [verify.IssuerOrigin]: no key is
// involved, and it is worth what the certificates of the hosts are worth. A signed one is worth a signature by a key that the
// issuer's own document lists.
//
// One view shows both generations: [Badge.Resolved] has the badge class and the issuer that were fetched, in the terms of Open
// Badges 3.0, as [Badge.Shown] has them as a credential. Older versions are recognised, and left open.
//
// Nothing in a [Badge] is verified. What it shows may be shown as true only if the report of [Verify] on it says
// so.
package badge
