package canon

// firstDegree returns the hash of the quads that name a blank node, written with _:a for that node
// and _:z for every other one: Hash First Degree Quads, section 4.6.
func (c *canonicalizer) firstDegree(b int32) digest {
	n := &c.blanks[b]
	refs := c.refs[n.refs.from:n.refs.to]
	c.lines = c.lines[:0]
	for len(refs) > 0 && refs[0] < c.named {
		c.lines = append(c.lines, c.quads[refs[0]])
		refs = refs[1:]
	}
	c.lines = append(c.lines, c.quads[n.own.from:n.own.to]...)
	for _, r := range refs {
		c.lines = append(c.lines, c.quads[r])
	}
	sortQuads(c.lines, func(x, y quad) int { return c.compareSeen(n.term, x, y) })
	c.buf = c.buf[:0]
	for i := range c.lines {
		c.buf = c.appendSeen(c.buf, n.term, &c.lines[i])
	}
	return c.hash(c.buf)
}

// compareSeen orders quads by the lines that appendSeen writes.
func (c *canonicalizer) compareSeen(from termID, x, y quad) int {
	if n := c.compareTerm(from, x.s, y.s); n != 0 {
		return n
	}
	if n := c.compareText(x.p, y.p); n != 0 {
		return n
	}
	if n := c.compareTerm(from, x.o, y.o); n != 0 {
		return n
	}
	return c.compareTerm(from, x.g, y.g)
}

// compareTerm orders terms as _:a and _:z order: blank nodes come last, and from before the others,
// which are alike.
func (c *canonicalizer) compareTerm(from, a, b termID) int {
	n, decided := c.compareKinds(a, b)
	switch {
	case decided:
		return n
	case a == from:
		return -1
	case b == from:
		return 1
	}
	return 0
}

// appendSeen writes a quad as the blank node from sees it.
func (c *canonicalizer) appendSeen(dst []byte, from termID, q *quad) []byte {
	dst = append(c.appendSeenTerm(dst, from, q.s), ' ')
	dst = append(append(dst, c.d.terms[q.p].text...), ' ')
	dst = append(c.appendSeenTerm(dst, from, q.o), ' ')
	if q.g != noGraph {
		dst = append(c.appendSeenTerm(dst, from, q.g), ' ')
	}
	return append(dst, '.', '\n')
}

// appendSeenTerm writes a term as the blank node from sees it.
func (c *canonicalizer) appendSeenTerm(dst []byte, from, t termID) []byte {
	switch {
	case t == from:
		return append(dst, "_:a"...)
	case c.d.terms[t].blank:
		return append(dst, "_:z"...)
	}
	return append(dst, c.d.terms[t].text...)
}
