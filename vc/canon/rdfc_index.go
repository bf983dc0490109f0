package canon

import (
	"cmp"
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// index numbers the blank nodes, sorts the quads by subject and drops repeated ones: what step 2 of
// section 4.4.3 needs. Its time is that of sorting, whatever the shape of the graph.
func (c *canonicalizer) index(limits Limits) error {
	if len(c.d.quads) > limits.Quads {
		return budget("the document makes more statements than allowed")
	}
	c.number = slices.Grow(c.number[:0], len(c.d.terms))[:len(c.d.terms)]
	for i := range c.number {
		c.number[i] = none
	}
	c.blanks, c.subjects = c.blanks[:0], c.subjects[:0]
	text := 0
	for i := range c.d.quads {
		q := &c.d.quads[i]
		if c.d.terms[q.p].blank {
			return &strict.Error{Code: codeValue, Offset: -1, Detail: "a blank node stands as a property"}
		}
		text += c.enter(q)
	}
	if text > limits.Text {
		return budget("the statements of the document are longer in total than allowed")
	}
	c.group()
	c.sortSubjects()
	return nil
}

// enter numbers the terms of a quad and returns the length of its line, about.
func (c *canonicalizer) enter(q *quad) int {
	size := len(c.d.terms[q.s].text) + len(c.d.terms[q.p].text) + len(c.d.terms[q.o].text)
	if !c.enterBlank(q.s) && c.number[q.s] == none {
		c.number[q.s] = 0
		c.subjects = append(c.subjects, q.s)
	}
	c.enterBlank(q.o)
	if q.g != noGraph {
		c.enterBlank(q.g)
		size += len(c.d.terms[q.g].text)
	}
	return size
}

// enterBlank numbers a blank node; it reports whether the term is one.
func (c *canonicalizer) enterBlank(t termID) bool {
	if !c.d.terms[t].blank {
		return false
	}
	if c.number[t] == none {
		c.number[t] = int32(len(c.blanks))
		c.blanks = append(c.blanks, blank{term: t, canonical: none, issued: none})
	}
	return true
}

// subject returns the place of a quad's subject: IRIs in code point order, then blank nodes.
func (c *canonicalizer) subject(q *quad) int {
	if c.d.terms[q.s].blank {
		return len(c.subjects) + int(c.number[q.s])
	}
	return int(c.number[q.s])
}

// group brings the quads of each subject together.
// It is a counting sort: afterwards starts[i], which was where the quads of subject i begin, is
// where they end.
func (c *canonicalizer) group() {
	slices.SortFunc(c.subjects, func(a, b termID) int { return strings.Compare(c.d.terms[a].text, c.d.terms[b].text) })
	for i, t := range c.subjects {
		c.number[t] = int32(i)
	}
	n := len(c.subjects) + len(c.blanks)
	c.starts = slices.Grow(c.starts[:0], n+1)[:n+1]
	clear(c.starts)
	for i := range c.d.quads {
		c.starts[c.subject(&c.d.quads[i])+1]++
	}
	for i := range n {
		c.starts[i+1] += c.starts[i]
	}
	c.quads = slices.Grow(c.quads[:0], len(c.d.quads))[:len(c.d.quads)]
	for i := range c.d.quads {
		q := &c.d.quads[i]
		at := &c.starts[c.subject(q)]
		c.quads[*at] = *q
		*at++
	}
}

// sortSubjects sorts the quads of each subject and drops repeated ones, which are neighbours then.
// The quads of one subject are few as a rule, so that sorting costs little more than reading them;
// one subject with all the quads costs n log n comparisons.
func (c *canonicalizer) sortSubjects() {
	kept, start := int32(0), int32(0)
	for i := range len(c.starts) - 1 {
		if i == len(c.subjects) {
			c.named = kept
		}
		end := c.starts[i]
		own := c.quads[start:end]
		sortQuads(own, c.compareTail)
		from := kept
		for j, q := range own {
			if j == 0 || q != own[j-1] {
				c.quads[kept] = q
				kept++
			}
		}
		if b := i - len(c.subjects); b >= 0 {
			c.blanks[b].own = span{from, kept}
		}
		start = end
	}
	if len(c.blanks) == 0 {
		c.named = kept
	}
	c.quads = c.quads[:kept]
}

// compareTail orders quads of one subject by predicate, object and graph, all blank nodes being
// alike; only equal quads compare as equal.
func (c *canonicalizer) compareTail(a, b quad) int {
	if n := c.compareText(a.p, b.p); n != 0 {
		return n
	}
	if n := c.compareAlike(a.o, b.o); n != 0 {
		return n
	}
	return cmp.Or(c.compareAlike(a.g, b.g), cmp.Compare(a.o, b.o), cmp.Compare(a.g, b.g))
}

// compareText orders terms that are no blank nodes.
func (c *canonicalizer) compareText(a, b termID) int {
	if a == b {
		return 0
	}
	return strings.Compare(c.d.terms[a].text, c.d.terms[b].text)
}

// compareAlike orders terms, the default graph first and all blank nodes alike and last. That is
// where their labels would stand: in a line the period that follows no graph sorts before "<", and
// that before the "_" of a label; a literal's quote sorts before both.
func (c *canonicalizer) compareAlike(a, b termID) int {
	if n, decided := c.compareKinds(a, b); decided {
		return n
	}
	return 0
}

// compareKinds orders terms unless both are blank nodes and differ.
func (c *canonicalizer) compareKinds(a, b termID) (n int, decided bool) {
	switch {
	case a == b:
		return 0, true
	case a == noGraph:
		return -1, true
	case b == noGraph:
		return 1, true
	}
	x, y := &c.d.terms[a], &c.d.terms[b]
	switch {
	case x.blank && y.blank:
		return 0, false
	case x.blank:
		return 1, true
	case y.blank:
		return -1, true
	}
	return strings.Compare(x.text, y.text), true
}

// sortQuads sorts quads, most often few of them and in order already. It need not be stable: quads
// that compare as equal make equal lines.
func sortQuads(quads []quad, compare func(a, b quad) int) {
	if len(quads) > 16 {
		slices.SortFunc(quads, compare)
		return
	}
	for i := 1; i < len(quads); i++ {
		q, j := quads[i], i
		for ; j > 0 && compare(q, quads[j-1]) < 0; j-- {
			quads[j] = quads[j-1]
		}
		quads[j] = q
	}
}
