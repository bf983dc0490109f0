package statuslist

// Defaults of [Limits].
const (
	DefaultBytes   = 128 << 20 // decompressed list: 100 million entries of one byte, and some
	DefaultHeld    = 16 << 20  // decompressed list that is kept in memory
	DefaultEntries = 131_072   // Bitstring Status List v1.0, section 3.4: what a list must hold at least
)

// Limits bounds the reading of a list. A field that is zero or negative stands for its default, so
// the zero value is the safe setting.
type Limits struct {
	Bytes   int // most bytes that a list may have after decompression
	Held    int // most bytes of a decompressed list in memory; a longer list stays compressed
	Entries int // least entries that a list must have for the privacy of its holders
}

func (l Limits) orDefault() Limits {
	if l.Bytes <= 0 {
		l.Bytes = DefaultBytes
	}
	if l.Held <= 0 {
		l.Held = DefaultHeld
	}
	if l.Entries <= 0 {
		l.Entries = DefaultEntries
	}
	return l
}
