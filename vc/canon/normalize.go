package canon

import "crypto"

// Normalize returns the canonical form, by RDFC-1.0, of a dataset in RDF 1.1 N-Quads, for callers
// that have RDF rather than JSON-LD. The hash is SHA256 (0 stands for it) or SHA384.
//
// The error is a [*strict.Error] with the byte offset in nquads where it has a place there:
// jsonld.value for text that is not N-Quads, jsonld.invalid_iri for an IRI that is relative or
// malformed, budget where a limit of limits was reached.
func Normalize(nquads []byte, h crypto.Hash, limits Limits) (*Canonical, error) {
	d, err := parseNQuads(nquads, limits)
	if err != nil {
		return nil, err
	}
	r, err := canonicalize(d, h, limits)
	if err != nil {
		return nil, err
	}
	return &Canonical{nquads: r.nquads, sum: r.sum, labels: r.labels, contents: 1}, nil
}
