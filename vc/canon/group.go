package canon

import (
	"slices"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Grouping is the statements of a document, and which of them JSON Pointers select.
type Grouping struct {
	// Lines are the statements as canonical N-Quads lines with the labels that were asked for, sorted.
	Lines []string
	// Groups holds, for each group of pointers, the places in Lines of what they select, ascending.
	Groups [][]int
	// Labels maps canonical labels to those in Lines, both without "_:".
	Labels map[string]string
}

// Group canonicalizes a document, gives its blank nodes other labels, and finds the statements that
// groups of JSON Pointers select: what an issuer's base proof and a holder's derived proof are made from
// (Data Integrity ECDSA Cryptosuites v1.0, section 3.4, canonicalizeAndGroup). Labels is given the
// canonical labels in the order of their numbers, and returns the map that [Canonical.Relabel] takes.
//
// For the statements of a part to be found again, each blank node of the document must be an object in it;
// the document is hashed once for each group and several times to find those objects. A document with lists
// (@list), with graphs that have no name, such as the proof of a credential inside it, or with labels of
// blank nodes cannot be grouped.
//
// The error is a [*strict.Error]: those of [Processor.Canonicalize], [Select] and [Canonical.Relabel], and
// jsonld.value for a document that cannot be grouped.
func (p *Processor) Group(in Input, o Options, labels func(canonical []string) map[string]string, groups ...[]string) (*Grouping, error) {
	document, canonical, err := p.identified(in, o)
	if err != nil {
		return nil, err
	}
	g := &Grouping{Labels: labels(numbered(len(canonical.labels)))}
	if g.Lines, err = canonical.Relabel(g.Labels); err != nil {
		return nil, err
	}
	own := make(map[string]string, len(canonical.labels)) // label in the document to label in Lines
	for label, c14n := range canonical.labels {
		own[label] = g.Labels[c14n]
	}
	for _, pointers := range groups {
		places, err := p.selected(g.Lines, document, o, own, pointers)
		if err != nil {
			return nil, err
		}
		g.Groups = append(g.Groups, places)
	}
	return g, nil
}

func numbered(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = strings.TrimPrefix(canonicalPrefix, "_:") + strconv.Itoa(i)
	}
	return out
}

// selected returns the places in lines of the statements that pointers select.
func (p *Processor) selected(lines []string, document strict.Value, o Options, own map[string]string, pointers []string) ([]int, error) {
	part, err := Select(document, pointers)
	if err != nil || !part.Exists() {
		return nil, err
	}
	c, err := p.Canonicalize(Input{Value: part}, o)
	if err != nil {
		return nil, err
	}
	nquads, err := Deskolemize(c.nquads)
	if err != nil {
		return nil, err
	}
	var places []int
	for line := range strings.Lines(string(nquads)) {
		i, ok := slices.BinarySearch(lines, string(appendRelabelled(nil, []byte(line), own)))
		if !ok {
			return nil, ungrouped(document, "a statement of the selected part is not one of the whole")
		}
		places = append(places, i)
	}
	slices.Sort(places)
	return places, nil
}

func ungrouped(document strict.Value, why string) error {
	return fail(document, codeValue, "the statements of the document cannot be grouped: %s", why)
}
