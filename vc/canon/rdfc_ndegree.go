package canon

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
)

// related is a blank node that shares a quad with the one being hashed, under the hash that says
// how: Hash Related Blank Node, section 4.7.
type related struct {
	hash digest
	node int32
}

// degree is the memory of N-degree hashing. Each slice is a stack: a level of the recursion
// appends to it and truncates it when it returns, so that the memory in use is bounded by the
// steps spent.
type degree struct {
	related []related
	text    []byte  // per level: what is hashed so far, the chosen path, the path in the making
	order   []int32 // blank nodes in the order of their temporary labels
	saved   []int32 // per level: the part of order that the chosen path made
	pending []int32 // per level: blank nodes that the path in the making has yet to hash
	results []result
	issued  []int32 // what the results refer to
}

// result is the outcome for one blank node of several with the same first-degree hash: its hash,
// and the blank nodes in the order of their temporary labels, degree.issued[from:to].
type result struct {
	hash     digest
	from, to int
}

// labelSimilar issues canonical labels to the blank nodes of one first-degree hash, and to those
// that telling them apart has put in order: step 5 of section 4.4.3.
func (c *canonicalizer) labelSimilar(same []int32) error {
	g := &c.degree
	g.results, g.issued = g.results[:0], g.issued[:0]
	for _, b := range same {
		if c.blanks[b].canonical != none {
			continue
		}
		c.issueTemporary(b)
		hash, err := c.nDegree(b)
		if err != nil {
			c.reset()
			return err
		}
		from := len(g.issued)
		g.issued = append(g.issued, g.order...)
		g.results = append(g.results, result{hash, from, len(g.issued)})
		c.rollback(0)
	}
	slices.SortStableFunc(g.results, func(x, y result) int { return x.hash.compare(&y.hash) })
	for _, r := range g.results {
		for _, b := range g.issued[r.from:r.to] {
			c.issue(b)
		}
	}
	return nil
}

// reset empties all stacks after an error.
func (c *canonicalizer) reset() {
	g := &c.degree
	g.related, g.text, g.order, g.saved, g.pending = g.related[:0], g.text[:0], g.order[:0], g.saved[:0], g.pending[:0]
}

// issueTemporary gives a blank node the next temporary label: the issuers of section 4.8 differ from
// each other by what was issued last, so that one list and its length stand for all of them.
func (c *canonicalizer) issueTemporary(b int32) {
	c.blanks[b].issued = int32(len(c.degree.order))
	c.degree.order = append(c.degree.order, b)
}

// rollback takes back all temporary labels but the first n.
func (c *canonicalizer) rollback(n int) {
	for _, b := range c.degree.order[n:] {
		c.blanks[b].issued = none
	}
	c.degree.order = c.degree.order[:n]
}

// nDegree hashes a blank node by the blank nodes around it, however far that leads: Hash N-Degree
// Quads, section 4.8. The temporary labels it leaves are those of the chosen paths. It costs a
// step, and so does each path that is tried; a blank node without related ones is free.
func (c *canonicalizer) nDegree(b int32) (digest, error) {
	g := &c.degree
	first, start := len(g.related), len(g.text)
	c.relate(b)
	end := len(g.related)
	if end > first {
		if err := c.spend(end - first); err != nil {
			return digest{}, err
		}
	}
	for from := first; from < end; {
		to := from + 1
		for to < end && g.related[to].hash == g.related[from].hash {
			to++
		}
		g.text = c.appendHex(g.text, &g.related[from].hash)
		if err := c.choosePath(from, to); err != nil {
			return digest{}, err
		}
		from = to
	}
	hash := c.hash(g.text[start:])
	g.related, g.text = g.related[:first], g.text[:start]
	return hash, nil
}

// relate appends the blank nodes that share a quad with b, once per place, sorted by hash.
// A node that is related in two ways stands there twice, as the Recommendation has it.
func (c *canonicalizer) relate(b int32) {
	g := &c.degree
	first, n := len(g.related), &c.blanks[b]
	for _, i := range c.links[n.links.from:n.links.to] {
		q := &c.quads[i]
		for _, place := range [...]struct {
			term termID
			name byte
		}{{q.s, 's'}, {q.o, 'o'}, {q.g, 'g'}} {
			if r := c.blankOf(place.term); r != none && r != b {
				g.related = append(g.related, related{c.relation(r, q, place.name), r})
			}
		}
	}
	slices.SortFunc(g.related[first:], func(x, y related) int {
		return cmp.Or(x.hash.compare(&y.hash), cmp.Compare(x.node, y.node))
	})
}

// relation is Hash Related Blank Node, section 4.7.
func (c *canonicalizer) relation(b int32, q *quad, place byte) digest {
	c.buf = append(c.buf[:0], place)
	if place != 'g' {
		c.buf = append(c.buf, c.d.terms[q.p].text...)
	}
	var labelled bool
	if c.buf, labelled = c.appendLabel(c.buf, b); !labelled {
		c.buf = c.appendHex(c.buf, &c.blanks[b].first)
	}
	return c.hash(c.buf)
}

// appendLabel appends the canonical label of a blank node, or else its temporary one.
func (c *canonicalizer) appendLabel(dst []byte, b int32) (_ []byte, labelled bool) {
	switch n := &c.blanks[b]; {
	case n.canonical != none:
		return appendCanonical(dst, n.canonical), true
	case n.issued != none:
		return strconv.AppendInt(append(dst, "_:b"...), int64(n.issued), 10), true
	}
	return dst, false
}

// appendCanonical appends the canonical label of a number.
func appendCanonical(dst []byte, n int32) []byte {
	return strconv.AppendInt(append(dst, canonicalPrefix...), int64(n), 10)
}

// choosePath tries the orders of the blank nodes related[from:to], which are alike so far, and
// appends the least path to the text: step 5.4 of section 4.8.3. Orders that differ only in the
// place of a repeated node are the same.
//
// The orders are tried in place, and each is undone by truncating the stacks before the next: no
// issuer is ever copied as a whole. Only what the best order so far has issued is saved, and a
// single order, which is the rule, needs not even that.
func (c *canonicalizer) choosePath(from, to int) error {
	g := &c.degree
	chosen := len(g.text)
	if to-from == 1 {
		_, err := c.tryPath(from, to, chosen, chosen)
		return err
	}
	labels, saved, path := len(g.order), len(g.saved), chosen
	for {
		better, err := c.tryPath(from, to, chosen, path)
		if err != nil {
			return err
		}
		if better {
			path = chosen + copy(g.text[chosen:], g.text[path:])
			g.saved = append(g.saved[:saved], g.order[labels:]...)
		}
		g.text = g.text[:path]
		c.rollback(labels)
		if !nextOrder(g.related[from:to]) {
			break
		}
	}
	for _, b := range g.saved[saved:] {
		c.issueTemporary(b)
	}
	g.saved = g.saved[:saved]
	return nil
}

// tryPath writes the path of one order at text[path:], and reports whether it is less than the
// chosen one, text[chosen:path]. It stops early where it cannot be.
func (c *canonicalizer) tryPath(from, to, chosen, path int) (better bool, err error) {
	g := &c.degree
	pending := len(g.pending)
	defer func() { g.pending = g.pending[:pending] }()
	if err := c.spend(to - from); err != nil {
		return false, err
	}
	for _, r := range g.related[from:to] {
		var labelled bool
		if g.text, labelled = c.appendLabel(g.text, r.node); !labelled {
			c.issueTemporary(r.node)
			g.pending = append(g.pending, r.node)
			g.text, _ = c.appendLabel(g.text, r.node)
		}
	}
	for i := pending; i < len(g.pending); i++ {
		if c.hopeless(chosen, path) {
			return false, nil
		}
		b := g.pending[i]
		hash, err := c.nDegree(b)
		if err != nil {
			return false, err
		}
		g.text, _ = c.appendLabel(g.text, b)
		g.text = append(c.appendHex(append(g.text, '<'), &hash), '>')
	}
	return path == chosen || bytes.Compare(g.text[path:], g.text[chosen:path]) < 0, nil
}

// hopeless reports whether the path in the making is as long as the chosen one and greater.
func (c *canonicalizer) hopeless(chosen, path int) bool {
	made, best := c.degree.text[path:], c.degree.text[chosen:path]
	return len(best) > 0 && len(made) >= len(best) && bytes.Compare(made, best) > 0
}

// nextOrder rearranges the nodes to the next order, in which repeated nodes are alike; it reports
// whether there is one.
func nextOrder(r []related) bool {
	i := len(r) - 2
	for i >= 0 && r[i].node >= r[i+1].node {
		i--
	}
	if i < 0 {
		return false
	}
	j := len(r) - 1
	for r[j].node <= r[i].node {
		j--
	}
	r[i], r[j] = r[j], r[i]
	slices.Reverse(r[i+1:])
	return true
}
