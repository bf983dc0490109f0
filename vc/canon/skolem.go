package canon

import (
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// skolemPrefix starts the IRIs that stand for blank nodes: their labels follow it.
const skolemPrefix = "urn:bnid:"

// Skolemize returns N-Quads in which each blank node is an IRI, "urn:bnid:" and its label, so that
// statements taken out of the document still name the same things (Data Integrity ECDSA
// Cryptosuites v1.0, section 3.4). The statements keep their order, one a line in canonical form.
//
// The error is a [*strict.Error]: those of [Normalize], and jsonld.invalid_iri for a document that
// has such an IRI already, which could not be told from a blank node.
func Skolemize(nquads []byte) ([]byte, error) {
	return mapTerms(nquads, func(t *term) error {
		if label, ok := strings.CutPrefix(t.text, "_:"); ok {
			t.text = "<" + skolemPrefix + label + ">"
		} else if strings.HasPrefix(t.text, "<"+skolemPrefix) {
			return skolemError(t.text, "could not be told from a blank node")
		}
		return nil
	})
}

// Deskolemize undoes [Skolemize]: each IRI that starts with "urn:bnid:" becomes a blank node
// (section 3.4, deskolemizeNQuads).
//
// The error is a [*strict.Error]: those of [Normalize], jsonld.invalid_iri where what follows the
// prefix is no label, and jsonld.value for a document with blank nodes of its own
// or with such an IRI as a predicate.
func Deskolemize(nquads []byte) ([]byte, error) {
	return mapTerms(nquads, func(t *term) error {
		if t.blank {
			return badLabels("the blank node " + quote(t.text) + " stands in a document whose blank nodes should all be IRIs")
		}
		if label, ok := strings.CutPrefix(t.text, "<"+skolemPrefix); ok {
			label = strings.TrimSuffix(label, ">")
			if !isLabel(label) {
				return skolemError(t.text, "holds no label of a blank node")
			}
			t.text = "_:" + label
		}
		return nil
	})
}

func skolemError(iri, why string) error {
	return &strict.Error{Code: codeIRI, Offset: -1, Detail: "the IRI " + quote(iri) + " " + why}
}

// mapTerms rewrites the terms of N-Quads.
func mapTerms(nquads []byte, f func(t *term) error) ([]byte, error) {
	d, err := parseNQuads(nquads, Limits{})
	if err != nil {
		return nil, err
	}
	for i := range d.terms {
		if err := f(&d.terms[i]); err != nil {
			return nil, err
		}
	}
	out := make([]byte, 0, len(nquads)+len(skolemPrefix)*len(d.quads))
	for _, q := range d.quads {
		if strings.HasPrefix(d.terms[q.p].text, "_:") {
			return nil, badLabels("a blank node cannot be the predicate of a statement")
		}
		for _, t := range [...]termID{q.s, q.p, q.o, q.g} {
			if t != noGraph {
				out = append(append(out, d.terms[t].text...), ' ')
			}
		}
		out = append(out, '.', '\n')
	}
	return out, nil
}
