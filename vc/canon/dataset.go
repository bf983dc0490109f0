package canon

// termID numbers a term of a dataset.
type termID int32

// noGraph stands for the default graph in a quad.
const noGraph termID = -1

// term is an RDF term in the form that N-Quads writes it: <iri>, "literal"^^<datatype>,
// "literal"@tag, or _:label for a blank node. IRIs and literals are already in their canonical
// escaped form (RDF Dataset Canonicalization section 5).
type term struct {
	text  string
	blank bool
	full  bool // an IRI that the document has as an identifier, written out
}

// quad is a statement over term numbers.
type quad struct{ s, p, o, g termID }

// dataset is an RDF dataset over interned terms: equal terms have equal numbers. It may hold the
// same quad twice; canonicalization removes the second.
type dataset struct {
	terms []term
	quads []quad
}
