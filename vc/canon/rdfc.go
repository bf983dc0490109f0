package canon

import (
	"crypto"
	"fmt"
	"slices"
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

const (
	codeBudget = "budget"
	codeValue  = "jsonld.value"
)

// none stands for a number that has not been given.
const none = int32(-1)

// canonicalPrefix starts the labels that RDFC-1.0 issues.
const canonicalPrefix = "_:c14n"

// blank is what RDFC-1.0 knows of one blank node. Blank nodes are numbered from 0 in the order in
// which the quads name them; the numbers decide nothing.
type blank struct {
	term      termID
	own       span   // of canonicalizer.quads: those with the node as subject
	refs      span   // of canonicalizer.refs: those that name it elsewhere only
	links     span   // of canonicalizer.links: those that it shares with other blank nodes
	first     digest // hash of its first-degree quads; zero in a dataset with a single blank node
	canonical int32  // the N of _:c14nN, or none
	issued    int32  // the N of the temporary label _:bN, or none
	rank      int32  // place of its canonical label among all of them in code point order
}

// span is a part of a list.
type span struct{ from, to int32 }

// canonicalizer runs RDF Dataset Canonicalization (RDFC-1.0) over a dataset. It is scratch memory
// that serves one dataset after the other; it is not safe for concurrent use. Between run and the
// next run its other methods answer for the dataset of the first.
//
// The steps, by the section numbers of the Recommendation:
//
//   - index numbers the blank nodes and sorts the quads (4.4.3 steps 1 and 2)
//   - refer and firstDegree hash each blank node by the quads that name it (step 3, 4.6)
//   - label gives those with a hash of their own their labels in the order of the hashes (step 4),
//     and has labelSimilar tell the others apart (step 5, 4.8)
//   - finish and eachQuad put the lines in order (4.5 and 5)
//
// Nothing here is quadratic in the number of quads or blank nodes but N-degree hashing, whose work
// has a budget.
//
// The order of N-Quads lines in code points is the order of their terms in turn: no term is the
// start of another but for blank node labels and literals, and there the space that follows sorts
// first. So nothing is sorted as text that equal numbers can decide.
type canonicalizer struct {
	d      *dataset
	sha384 bool
	steps  int // of N-degree work that are left

	// What index finds out.
	number []int32 // per term: blank node number, or place of an IRI among the subjects, or none
	blanks []blank
	quads  []quad  // without duplicates; by subject, the IRIs sorted first, then predicate, object, graph
	named  int32   // how many of quads have an IRI as the subject
	refs   []int32 // numbers of quads, grouped by blank node
	links  []int32 // likewise; filled only when N-degree hashing needs it

	mentions []mention // what refs is made of, by quad
	shared   []mention // what links is made of

	// Memory of single steps.
	starts   []int32  // per subject: where its quads begin
	subjects []termID // the IRIs among the subjects, sorted
	sorted   []int32  // blank nodes by first-degree hash, later by canonical label
	issued   int32    // canonical labels
	lines    []quad   // first-degree quads of one blank node
	buf      []byte
	degree   degree
}

// run canonicalizes d with SHA-256 (h 0 or SHA256) or SHA-384. The error is a [*strict.Error] with
// the code budget where a limit is reached, or jsonld.value for a blank node as the predicate. A
// dataset is not changed, and no longer needed once the results are taken.
//
// N-degree hashing may take limits.Steps steps, and one for each quad: similar blank nodes that
// are told apart by their neighbours cost a few steps each, however many they are.
func (c *canonicalizer) run(d *dataset, h crypto.Hash, limits Limits) error {
	switch h {
	case 0, crypto.SHA256, crypto.SHA384:
	default:
		return fmt.Errorf("canon: RDFC-1.0 with %v is not supported", h)
	}
	limits = limits.orDefault()
	c.d, c.sha384, c.issued = d, h == crypto.SHA384, 0
	if err := c.index(limits); err != nil {
		return err
	}
	c.steps = limits.Steps + len(c.quads)
	if err := c.label(); err != nil {
		return err
	}
	c.finish()
	return nil
}

// label issues a canonical label to every blank node: steps 3 to 5 of section 4.4.3. A single
// blank node needs no hash.
func (c *canonicalizer) label() error {
	c.sorted = c.sorted[:0]
	for i := range c.blanks {
		c.sorted = append(c.sorted, int32(i))
	}
	if len(c.blanks) < 2 {
		for i := range c.blanks {
			c.issue(int32(i))
		}
		return nil
	}
	// Steps 3 and 4. In most documents all hashes differ, and that is the end of it.
	c.refer()
	for i := range c.blanks {
		c.blanks[i].first = c.firstDegree(int32(i))
	}
	slices.SortFunc(c.sorted, func(a, b int32) int { return c.blanks[a].first.compare(&c.blanks[b].first) })
	shared := false
	c.eachHash(func(same []int32) error {
		if len(same) == 1 {
			c.issue(same[0])
		} else {
			shared = true
		}
		return nil
	})
	if !shared {
		return nil
	}
	// Step 5. Labels that one group issues can be in the way of the next, so that the order of the
	// groups, that of their hashes, counts.
	c.link()
	return c.eachHash(func(same []int32) error {
		if len(same) == 1 {
			return nil
		}
		return c.labelSimilar(same)
	})
}

// eachHash calls f with the blank nodes of each first-degree hash, in the order of the hashes.
func (c *canonicalizer) eachHash(f func(same []int32) error) error {
	for from := 0; from < len(c.sorted); {
		to := from + 1
		for to < len(c.sorted) && c.blanks[c.sorted[to]].first == c.blanks[c.sorted[from]].first {
			to++
		}
		if err := f(c.sorted[from:to]); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// issue gives a blank node its canonical label, unless it has one.
func (c *canonicalizer) issue(b int32) {
	if c.blanks[b].canonical == none {
		c.blanks[b].canonical = c.issued
		c.issued++
	}
}

// spend takes a step of N-degree work that handles so many blank nodes from the budget, and more
// than one step where they are many, so that the time of a step is bounded.
func (c *canonicalizer) spend(nodes int) error {
	const nodesPerStep = 16
	if c.steps -= 1 + nodes/nodesPerStep; c.steps < 0 {
		return budget("telling the blank nodes of the document apart takes more steps than allowed; documents made to be verified never do")
	}
	return nil
}

// budget is the error about a limit that was reached. It says nothing about the document: another
// verifier with other limits may come to a result.
func budget(detail string) error {
	return &strict.Error{Code: codeBudget, Offset: -1, Detail: detail}
}

// labels returns the canonical label of each blank node by its label in the dataset, both without
// the leading "_:". A blank node that no quad names has none.
func (c *canonicalizer) labels() map[string]string {
	labels := make(map[string]string, len(c.blanks))
	for i := range c.blanks {
		b := &c.blanks[i]
		labels[c.d.terms[b.term].text[len("_:"):]] = canonicalPrefix[len("_:"):] + strconv.Itoa(int(b.canonical))
	}
	return labels
}

// rdfc is the canonical form of a dataset: its document, the hash of that, and the canonical label
// of each blank node by the label that it came with.
type rdfc struct {
	nquads []byte
	sum    []byte
	labels map[string]string
}

// canonicalize returns the canonical form of d. Where only the digest is asked for, a
// canonicalizer with sum is cheaper.
func canonicalize(d *dataset, h crypto.Hash, limits Limits) (*rdfc, error) {
	var c canonicalizer
	if err := c.run(d, h, limits); err != nil {
		return nil, err
	}
	nquads := c.appendNQuads(nil)
	return &rdfc{nquads: nquads, sum: c.appendHash(nil, nquads), labels: c.labels()}, nil
}
