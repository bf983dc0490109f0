package statuslist

import (
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// maxSize is the greatest statusSize that is read, in bits.
const maxSize = 8

// Bitstring is a decoded status list. It never changes and is safe for concurrent use, so one
// decoded list can answer for all credentials that point into it. The zero Bitstring has no entries.
type Bitstring struct {
	bits  []byte
	least uint64
}

// Entries returns how many whole entries of size bits the list holds, 0 where size is not positive.
func (b *Bitstring) Entries(size int) uint64 {
	if size <= 0 {
		return 0
	}
	return uint64(len(b.bits)) * 8 / uint64(size)
}

// Entry returns the status at index, where each entry has size bits (statusSize; 1 where a
// credential names none). Index 0 is the leftmost bit, which is the most significant bit of the
// first byte, and the bits of an entry are read in that order (section 3.2, step 9 and on).
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
		return 0, &strict.Error{Code: codeIndex, Offset: -1, Detail: "the status list has " +
			strconv.FormatUint(entries, 10) + " entries, and the credential points at entry " + strconv.FormatUint(index, 10)}
	}
	var status uint8
	for position, end := index*uint64(size), (index+1)*uint64(size); position < end; position++ {
		status = status<<1 | b.bits[position/8]>>(7-position%8)&1
	}
	return status, nil
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
			Detail: "statusListIndex must be a whole number that is not negative, written in decimal digits", Err: err}
	}
	return index, nil
}
