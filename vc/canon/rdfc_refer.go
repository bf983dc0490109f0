package canon

import "slices"

// mention says that a quad names a blank node, by their numbers.
type mention struct{ blank, quad int32 }

// refer lists for each blank node the quads that name it as object or graph and not as subject: with
// those of which it is the subject, they are its first-degree quads. The list of a blank node is in
// the order of canonicalizer.quads.
func (c *canonicalizer) refer() {
	c.mentions = c.mentions[:0]
	for i := range c.quads {
		if q := &c.quads[i]; c.hasBlankTail(q) {
			c.mentions = c.mention(c.mentions, int32(i), c.distinct(q), 1)
		}
	}
	c.refs = c.collect(c.refs, c.mentions, func(b *blank) *span { return &b.refs })
}

// link lists for each blank node the quads that it shares with another blank node. Only those lead
// N-degree hashing from one node to the next.
func (c *canonicalizer) link() {
	c.shared = c.shared[:0]
	last := none
	for _, m := range c.mentions {
		if m.quad == last {
			continue // named twice, as object and as graph
		}
		last = m.quad
		blanks := c.distinct(&c.quads[m.quad])
		if shares(blanks) {
			c.shared = c.mention(c.shared, m.quad, blanks, 0)
		}
	}
	c.links = c.collect(c.links, c.shared, func(b *blank) *span { return &b.links })
}

// shares reports whether at least two of the places hold a blank node.
func shares(blanks [3]int32) bool {
	n := 0
	for _, b := range blanks {
		if b != none {
			n++
		}
	}
	return n > 1
}

// mention appends a mention for each blank node from the given place on.
func (c *canonicalizer) mention(list []mention, quad int32, blanks [3]int32, from int) []mention {
	for _, b := range blanks[from:] {
		if b != none {
			list = append(list, mention{b, quad})
		}
	}
	return list
}

// distinct returns the blank nodes that a quad names as subject, object and graph, each once: a quad
// belongs to a blank node once, in however many places it names it.
func (c *canonicalizer) distinct(q *quad) [3]int32 {
	s, o, g := c.blankOf(q.s), c.blankOf(q.o), c.blankOf(q.g)
	if g == o || g == s {
		g = none
	}
	if o == s {
		o = none
	}
	return [3]int32{s, o, g}
}

// hasBlankTail reports whether the object or the graph of a quad is a blank node.
func (c *canonicalizer) hasBlankTail(q *quad) bool {
	return c.d.terms[q.o].blank || q.g != noGraph && c.d.terms[q.g].blank
}

// blankOf returns the number of a blank node, none for any other term and for the default graph.
func (c *canonicalizer) blankOf(t termID) int32 {
	if t == noGraph || !c.d.terms[t].blank {
		return none
	}
	return c.number[t]
}

// collect groups the quads of mentions by blank node in list, and notes in the span that part
// returns where the group of each blank node is. It is a counting sort and keeps the order.
func (c *canonicalizer) collect(list []int32, mentions []mention, part func(b *blank) *span) []int32 {
	for i := range c.blanks {
		*part(&c.blanks[i]) = span{}
	}
	for _, m := range mentions {
		part(&c.blanks[m.blank]).to++
	}
	start := int32(0)
	for i := range c.blanks {
		s := part(&c.blanks[i])
		start, *s = start+s.to, span{start, start}
	}
	list = slices.Grow(list[:0], len(mentions))[:len(mentions)]
	for _, m := range mentions {
		s := part(&c.blanks[m.blank])
		list[s.to] = m.quad
		s.to++
	}
	return list
}
