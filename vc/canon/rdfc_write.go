package canon

import (
	"hash"
)

// chunk is how much canonical text is held at most while only its digest is asked for.
const chunk = 32 << 10

// finish puts the quads in the order of their canonical lines: the order of index but where
// blank nodes, alike there, have different labels now.
func (c *canonicalizer) finish() {
	c.rankLabels()
	for from := 0; from < len(c.quads); {
		to, blanks := from+1, c.hasBlankTail(&c.quads[from])
		for to < len(c.quads) && c.quads[to].s == c.quads[from].s && c.quads[to].p == c.quads[from].p {
			blanks = c.hasBlankTail(&c.quads[to]) || blanks
			to++
		}
		if blanks && to-from > 1 {
			sortQuads(c.quads[from:to], c.compareLabelled)
		}
		from = to
	}
}

// compareLabelled orders quads of one subject and predicate by their canonical lines.
func (c *canonicalizer) compareLabelled(x, y quad) int {
	if n := c.compareRank(x.o, y.o); n != 0 {
		return n
	}
	return c.compareRank(x.g, y.g)
}

// compareRank orders terms, blank nodes by canonical label.
func (c *canonicalizer) compareRank(a, b termID) int {
	if n, decided := c.compareKinds(a, b); decided {
		return n
	}
	return int(c.blanks[c.number[a]].rank - c.blanks[c.number[b]].rank)
}

// rankLabels sorts the blank nodes by canonical label in code point order, in which c14n10 comes
// before c14n2.
//
// It walks the tree whose nodes are the labels and whose edges append a digit, in time linear in
// their number.
func (c *canonicalizer) rankLabels() {
	for i := range c.blanks {
		c.sorted[c.blanks[i].canonical] = int32(i)
	}
	rank := int32(0)
	var walk func(label int)
	walk = func(label int) {
		c.blanks[c.sorted[label]].rank = rank
		rank++
		for next := 10 * label; label > 0 && next < 10*label+10 && next < len(c.sorted); next++ {
			walk(next)
		}
	}
	for label := 0; label < 10 && label < len(c.sorted); label++ {
		walk(label)
	}
	for i := range c.blanks {
		c.sorted[c.blanks[i].rank] = int32(i)
	}
}

// appendNQuads appends the canonical N-Quads document to dst.
func (c *canonicalizer) appendNQuads(dst []byte) []byte {
	c.eachQuad(func(q *quad) { dst = c.appendQuad(dst, q) })
	return dst
}

// appendSum appends the digest of the canonical N-Quads document to dst, without holding the
// document where it is large.
func (c *canonicalizer) appendSum(dst []byte) []byte {
	var running hash.Hash
	c.buf = c.buf[:0]
	c.eachQuad(func(q *quad) {
		if c.buf = c.appendQuad(c.buf, q); len(c.buf) >= chunk {
			if running == nil {
				running = c.newHash()
			}
			running.Write(c.buf)
			c.buf = c.buf[:0]
		}
	})
	if running == nil {
		return c.appendHash(dst, c.buf)
	}
	running.Write(c.buf)
	return running.Sum(dst)
}

// eachQuad calls f with the quads in canonical order. The quads of a blank node stand together since
// index, so that only the groups are taken in the order of the labels.
func (c *canonicalizer) eachQuad(f func(q *quad)) {
	for i := range c.quads[:c.named] {
		f(&c.quads[i])
	}
	for _, b := range c.sorted {
		own := c.quads[c.blanks[b].own.from:c.blanks[b].own.to]
		for i := range own {
			f(&own[i])
		}
	}
}

// appendQuad writes a quad as a line of canonical N-Quads (section 5).
func (c *canonicalizer) appendQuad(dst []byte, q *quad) []byte {
	dst = append(c.appendTerm(dst, q.s), ' ')
	dst = append(append(dst, c.d.terms[q.p].text...), ' ')
	dst = append(c.appendTerm(dst, q.o), ' ')
	if q.g != noGraph {
		dst = append(c.appendTerm(dst, q.g), ' ')
	}
	return append(dst, '.', '\n')
}

// appendTerm writes a term, a blank node under its canonical label.
func (c *canonicalizer) appendTerm(dst []byte, t termID) []byte {
	if c.d.terms[t].blank {
		return appendCanonical(dst, c.blanks[c.number[t]].canonical)
	}
	return append(dst, c.d.terms[t].text...)
}
