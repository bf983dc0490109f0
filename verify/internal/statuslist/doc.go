// Package statuslist reads the compressed lists in which issuers publish the status of credentials,
// and looks up entries in them: those of W3C Bitstring Status List v1.0 (sections 3.3 and 3.4), of its
// drafts StatusList2021 and RevocationList2020, and of the IETF Token Status List.
//
// It reads the text of the list and nothing else. Who issued the list, whether its proof holds, what
// purpose it serves and what a status of one means for a credential are decided elsewhere.
//
// A list of usual size is decompressed once and then costs nanoseconds a look-up. A list that is
// longer than [Limits.Held] stays compressed: each look-up reads it up to the entry that is asked
// for, with a buffer of constant size.
package statuslist
