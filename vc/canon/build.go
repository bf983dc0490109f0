package canon

import (
	"hash/maphash"
	"strconv"
)

// builder collects the terms and quads of one dataset. The texts of new terms are written one after
// the other into text, and become one string in the end. Its memory serves one dataset after the
// other; it is not safe for concurrent use.
type builder struct {
	seed  maphash.Seed
	text  []byte
	terms []term
	marks []mark  // of terms, by number
	slots []int32 // open addressing: term number + 1, 0 for a free slot; a power of two of them
	quads []quad
	known int  // terms that are in slots
	fresh int  // blank nodes without a label of their own
	given bool // the document labels blank nodes itself
	done  dataset
}

// mark is where the text of a term is, until the dataset is finished.
type mark struct {
	hash uint64
	from int32 // place in builder.text, or none: the term has its text already
	to   int32
}

const minSlots = 256

// reset empties the builder for another dataset.
func (b *builder) reset() {
	if len(b.slots) > 4*minSlots || len(b.slots) == 0 {
		b.slots = make([]int32, minSlots)
	} else {
		clear(b.slots)
	}
	b.text, b.terms, b.marks, b.quads = b.text[:0], b.terms[:0], b.marks[:0], b.quads[:0]
	b.known, b.fresh, b.given = 0, 0, false
}

// oversized reports whether the builder holds more memory than is worth keeping.
func (b *builder) oversized() bool {
	return cap(b.terms) > maxPooledTerms || cap(b.quads) > maxPooledTerms || cap(b.text) > maxPooledBytes
}

// constant returns the number of a term whose text is a string already, with its hash.
func (b *builder) constant(text string, hash uint64) termID {
	slot := find(b, hash, text)
	if t := b.slots[slot]; t != 0 {
		return termID(t - 1)
	}
	return b.add(slot, term{text: text}, mark{hash: hash, from: none})
}

// intern returns the number of the term that was written to b.text from here on. The text is
// taken back if the term was there before; isNew tells.
func (b *builder) intern(from int, blank bool) (t termID, isNew bool) {
	hash := maphash.Bytes(b.seed, b.text[from:])
	slot := find(b, hash, b.text[from:])
	if t := b.slots[slot]; t != 0 {
		b.text = b.text[:from]
		return termID(t - 1), false
	}
	return b.add(slot, term{blank: blank}, mark{hash: hash, from: int32(from), to: int32(len(b.text))}), true
}

// find returns the slot of a term, or the free one where it belongs.
func find[T string | []byte](b *builder, hash uint64, text T) int {
	mask := len(b.slots) - 1
	for slot := int(hash) & mask; ; slot = (slot + 1) & mask {
		t := b.slots[slot]
		if t == 0 {
			return slot
		}
		m := &b.marks[t-1]
		if m.hash != hash {
			continue
		}
		if m.from == none && b.terms[t-1].text == string(text) || m.from != none && string(b.text[m.from:m.to]) == string(text) {
			return slot
		}
	}
}

// add appends a term that is in no slot yet, and enters it in the free slot that find returned.
func (b *builder) add(slot int, t term, m mark) termID {
	b.terms = append(b.terms, t)
	b.marks = append(b.marks, m)
	b.slots[slot] = int32(len(b.terms))
	if b.known++; 2*b.known > len(b.slots) {
		b.grow()
	}
	return termID(len(b.terms) - 1)
}

// grow doubles the slots, so that at least every second one is free.
func (b *builder) grow() {
	old := b.slots
	b.slots = make([]int32, 2*len(old))
	mask := len(b.slots) - 1
	for _, t := range old {
		if t == 0 {
			continue
		}
		slot := int(b.marks[t-1].hash) & mask
		for b.slots[slot] != 0 {
			slot = (slot + 1) & mask
		}
		b.slots[slot] = t
	}
}

// textOf returns the text of a term that is no new blank node.
func (b *builder) textOf(t termID) string {
	if m := b.marks[t]; m.from != none {
		return string(b.text[m.from:m.to])
	}
	return b.terms[t].text
}

// blank returns a new blank node. It is labelled _:b0, _:b1 … in the end.
func (b *builder) blank() termID {
	b.fresh++
	b.terms = append(b.terms, term{blank: true})
	b.marks = append(b.marks, mark{from: none})
	return termID(len(b.terms) - 1)
}

// finish returns the dataset. It is good until the builder is used again; its strings stay good.
func (b *builder) finish() *dataset {
	n := 0
	for i := range b.terms {
		if m := &b.marks[i]; b.terms[i].blank && m.from == none {
			m.from = int32(len(b.text))
			b.text = strconv.AppendInt(append(b.text, "_:b"...), int64(n), 10)
			for b.given && b.slots[find(b, maphash.Bytes(b.seed, b.text[m.from:]), b.text[m.from:])] != 0 {
				n++ // the document has a blank node of this label
				b.text = strconv.AppendInt(append(b.text[:m.from], "_:b"...), int64(n), 10)
			}
			m.to = int32(len(b.text))
			n++
		}
	}
	text := string(b.text)
	for i := range b.terms {
		if m := b.marks[i]; m.from != none {
			b.terms[i].text = text[m.from:m.to]
		}
	}
	b.done = dataset{terms: b.terms, quads: b.quads}
	return &b.done
}
