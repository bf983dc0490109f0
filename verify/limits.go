package verify

import "time"

// Defaults of [Limits].
const (
	DefaultProofs        = 32
	DefaultStatusEntries = 16
	DefaultLookups       = 64
	DefaultStatusBytes   = 8 << 20
	DefaultDecodedList   = 16 << 20
	DefaultTime          = 60 * time.Second
)

// Limits bounds the work of one verification. A field that is zero or negative stands for its
// default. Size and depth of the credential itself are limited where it is parsed.
type Limits struct {
	Proofs        int           // proofs on a credential
	StatusEntries int           // status entries of a credential
	Lookups       int           // documents and keys asked for
	StatusBytes   int           // length of a fetched status list in bytes
	DecodedList   int           // length of a decompressed status list in bytes
	Time          time.Duration // the whole verification, where the context ends no sooner
}

func (l Limits) orDefault() Limits {
	def := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	def(&l.Proofs, DefaultProofs)
	def(&l.StatusEntries, DefaultStatusEntries)
	def(&l.Lookups, DefaultLookups)
	def(&l.StatusBytes, DefaultStatusBytes)
	def(&l.DecodedList, DefaultDecodedList)
	if l.Time <= 0 {
		l.Time = DefaultTime
	}
	return l
}
