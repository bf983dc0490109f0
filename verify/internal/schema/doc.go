// Package schema validates documents against JSON Schemas that a stranger chose: drafts 2020-12,
// 2019-09 and 7.
//
// A schema is a program. So its size, the documents that it refers to, the steps of a validation and
// the work of its patterns are bounded, its references go through the caller's loader and nowhere
// else, patterns are those that can be matched in linear time, and a panic of the validating library
// is an error. What could not be decided that way is told apart from a document that does not
// conform.
package schema
