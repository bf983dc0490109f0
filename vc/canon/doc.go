// Package canon puts documents into canonical forms: JSON-LD into the N-Quads of RDF Dataset
// Canonicalization ([Processor], RDFC-1.0), N-Quads into the same ([Normalize]), and JSON into the
// form of RFC 8785 ([JCS]).
//
// JSON-LD is read as JSON-LD 1.1 says, all of it but for frames, and always in what other processors
// call safe mode: whatever would be lost on the way to RDF is an error, since no signature would
// cover it. The base IRI is null, so that relative IRIs are errors. Contexts come from a set of the
// package contexts and from nowhere else; one that stands in the document is refused, or, where the
// caller permits it, held to new terms for new IRIs.
//
// Where JSON-LD processors are known to disagree, so that one text would have two meanings, the
// text is refused as well: numbers that a float64 cannot hold, strings of the type xsd:double that
// are not canonical, negative zero, arrays directly inside @list, @set inside a list, the context
// of a property that redefines the property, nodes by identifier under the context of a type, and
// @propagate in a context that is named by URL. Language tags are lower-cased, as all do.
//
// Contexts are compiled into tables once per processor; a document is converted in one pass over
// its JSON under those tables, and no expanded form of it is ever built.
package canon
