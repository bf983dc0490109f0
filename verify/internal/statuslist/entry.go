package statuslist

import (
	"bytes"
	"io"
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// maxSize is the greatest statusSize that is read, in bits.
const maxSize = 8

// Bitstring is a decoded status list. It never changes and is safe for concurrent use, so one
// decoded list can answer for all credentials that point into it. The zero Bitstring has no entries.
type Bitstring struct {
	bits       []byte // nil where the list is too long to be held
	compressed []byte // the list, where bits is nil
	container  container
	length     uint64 // of the list in bytes
	least      uint64 // entries that it must have
	lowFirst   bool   // an entry begins at the least significant bit of a byte
}

// Entries returns how many whole entries of size bits the list holds, 0 where size is not positive.
func (b *Bitstring) Entries(size int) uint64 {
	if size <= 0 {
		return 0
	}
	return b.length * 8 / uint64(size)
}

// Memory returns the bytes that the list keeps in memory, compressed or not.
func (b *Bitstring) Memory() int { return cap(b.bits) + len(b.compressed) }

// Entry returns the status at index, where each entry has size bits (statusSize; 1 where a
// credential names none). For the lists of the W3C, index 0 is the leftmost bit, which is the most
// significant bit of the first byte, and the bits of an entry are read in that order (section 3.2, step
// 9 and on); for those of the IETF it is the least significant bit, and entries do not cross bytes.
//
// Errors are [*strict.Error]: status.malformed for a size below 1, status.unknown for one above 8,
// status.list_short for a list with fewer entries than it must have, and status.index for an index
// beyond its end. What a status other than 0 means depends on the purpose of the list.
func (b *Bitstring) Entry(index uint64, size int) (uint8, error) {
	switch {
	case size < 1:
		return 0, malformed("statusSize must be at least 1", nil)
	case size > maxSize:
		return 0, &strict.Error{Code: codeUnknown, Offset: -1,
			Detail: "status entries of " + strconv.Itoa(size) + " bits are not supported"}
	}
	entries := b.Entries(size)
	if entries < b.least {
		return 0, &strict.Error{Code: codeShort, Offset: -1, Detail: "the status list has " +
			strconv.FormatUint(entries, 10) + " entries; it must have at least " + strconv.FormatUint(b.least, 10)}
	}
	if index >= entries {
		return 0, beyond(entries, index)
	}
	position, end := index*uint64(size), (index+1)*uint64(size)
	first := position / 8
	bits, err := b.span(first, (end-1)/8)
	if err != nil {
		return 0, err
	}
	if b.lowFirst {
		return bits[0] >> (position % 8) & (1<<size - 1), nil
	}
	var status uint8
	for ; position < end; position++ {
		status = status<<1 | bits[position/8-first]>>(7-position%8)&1
	}
	return status, nil
}

// Byte returns the byte at index: the status of an entry, where each has a byte. The error is
// status.index for an index beyond the end.
func (b *Bitstring) Byte(index uint64) (uint8, error) {
	if index >= b.length {
		return 0, beyond(b.length, index)
	}
	bits, err := b.span(index, index)
	if err != nil {
		return 0, err
	}
	return bits[0], nil
}

func beyond(entries, index uint64) error {
	return &strict.Error{Code: codeIndex, Offset: -1, Detail: "the status list has " +
		strconv.FormatUint(entries, 10) + " entries, and the credential points at entry " + strconv.FormatUint(index, 10)}
}

// zeroOrOne reports whether every byte is 0 or 1, and some are 1. A list that is not held is
// decompressed for it.
func (b *Bitstring) zeroOrOne() bool {
	var all union
	all.Write(b.bits)
	if b.compressed != nil {
		r, err := b.container.open(bytes.NewReader(b.compressed))
		if err != nil {
			return false
		}
		if _, err := io.Copy(&all, r); err != nil {
			return false
		}
	}
	return all == 1
}

// union is every bit that was set in a byte that was written to it.
type union byte

func (u *union) Write(p []byte) (int, error) {
	for _, v := range p {
		*u |= union(v)
	}
	return len(p), nil
}

// Index reads a statusListIndex: a string of decimal digits without sign, space or leading zeros
// (section 3.1), or, as issuers in the field write it, a JSON integer. The error is a
// [*strict.Error] with the code status.malformed and the pointer of v.
func Index(v strict.Value) (uint64, error) {
	text := v.Text()
	if v.Kind() == strict.Number {
		text = v.Raw()
	}
	index, err := strconv.ParseUint(text, 10, 64)
	if err != nil || text[0] == '+' || text[0] == '0' && text != "0" {
		return 0, &strict.Error{Code: codeMalformed, Pointer: v.Pointer(), Offset: v.Offset(),
			Detail: "the status index must be a whole number that is not negative, written in decimal digits", Err: err}
	}
	return index, nil
}
