// Package strict reads JSON (RFC 8259) as a verifier must: one text has one meaning, and whatever
// two parsers could read differently is refused.
//
// Refused, each with a code, a JSON Pointer (RFC 6901) and a byte offset: invalid UTF-8, a byte
// order mark, lone surrogates, a member name that occurs twice in one object (compared after
// unescaping), anything after the first value, numbers outside the JSON grammar, and texts beyond
// the [Limits]. Member names compare byte by byte: "Issuer" is not "issuer".
//
// The package keeps the text: a [Value] knows where it stands and what was written there. It does
// not interpret numbers beyond their grammar, and knows no schema.
package strict
