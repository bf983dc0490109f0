package canon

import (
	"bytes"
	"slices"
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Relabel returns the lines of the canonical N-Quads document with other blank node labels, sorted
// anew in code point order; each line ends in a line feed. Labels maps canonical labels ("c14n0") to
// the new ones, both without "_:".
//
// The map must be complete and injective: it names every blank node of the document and nothing
// else, and no two of them alike. Otherwise two blank nodes could become one, and statements be made
// to say what they did not. The error is a [*strict.Error] with the code jsonld.value.
//
// This is the relabelling of selective disclosure (Data Integrity ECDSA Cryptosuites v1.0, section 3.4,
// createLabelMapFunction and labelReplacementCanonicalizeNQuads).
func (c *Canonical) Relabel(labels map[string]string) ([]string, error) {
	if err := c.checkLabels(labels); err != nil {
		return nil, err
	}
	lines := make([]string, 0, bytes.Count(c.nquads, []byte{'\n'}))
	var buf []byte
	for line := range bytes.Lines(c.nquads) {
		buf = appendRelabelled(buf[:0], line, labels)
		lines = append(lines, string(buf))
	}
	slices.Sort(lines)
	return lines, nil
}

// appendRelabelled appends a line of canonical N-Quads with other labels.
func appendRelabelled(dst, line []byte, labels map[string]string) []byte {
	for from, to := nextLabel(line); from >= 0; from, to = nextLabel(line) {
		dst = append(append(dst, line[:from]...), labels[string(line[from:to])]...)
		line = line[to:]
	}
	return append(dst, line...)
}

// checkLabels refuses a map that is not a renaming of the blank nodes of the document.
func (c *Canonical) checkLabels(labels map[string]string) error {
	if len(labels) != len(c.labels) {
		return badLabels("the label map names " + strconv.Itoa(len(labels)) + " blank nodes, and the document has " + strconv.Itoa(len(c.labels)))
	}
	taken := make(map[string]bool, len(labels))
	for _, canonical := range c.labels {
		label, ok := labels[canonical]
		switch {
		case !ok:
			return badLabels("the label map does not name the blank node " + canonical)
		case !isLabel(label):
			return badLabels("the label map gives " + canonical + " the label " + quote(label) + ", which is malformed")
		case taken[label]:
			return badLabels("the label map gives the label " + quote(label) + " to two blank nodes")
		}
		taken[label] = true
	}
	return nil
}

func badLabels(detail string) error {
	return &strict.Error{Code: codeValue, Offset: -1, Detail: detail}
}

// nextLabel finds the next blank node label in a line of canonical N-Quads, or in the rest of one
// that follows a label: the extent of what follows "_:". From is -1 where there is none. Spaces stand
// in literals and between terms only, and a quotation mark within a literal is escaped.
func nextLabel(line []byte) (from, to int) {
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '"':
			i = closingQuote(line, i)
		case line[i] == '_' && (i == 0 || line[i-1] == ' ') && bytes.HasPrefix(line[i:], []byte("_:")):
			from = i + len("_:")
			to = from
			for to < len(line) && line[to] != ' ' {
				to++
			}
			return from, to
		}
	}
	return -1, -1
}

// closingQuote returns the place of the quotation mark that ends the literal starting at i.
func closingQuote(line []byte, i int) int {
	for i++; i < len(line) && line[i] != '"'; i++ {
		if line[i] == '\\' {
			i++
		}
	}
	return i
}
