package statuslist

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// container is the format that a list is compressed in.
type container uint8

const (
	gzipMember container = iota // exactly one member, RFC 1952
	zlibStream                  // RFC 1950
)

// open starts the decompression. A bytes.Reader is an io.ByteReader, so that nothing is taken from
// it beyond the end of the compressed data.
func (c container) open(source *bytes.Reader) (io.Reader, error) {
	if c == zlibStream {
		r, err := zlib.NewReader(source)
		if err != nil {
			return nil, malformed("the list is not in the ZLIB format", err)
		}
		return r, nil
	}
	member, err := gzip.NewReader(source)
	if err != nil {
		return nil, malformed("the list does not hold GZIP data", err)
	}
	member.Multistream(false)
	return member, nil
}

// expand decompresses everything once, so that length and checksum are known to be right. What is
// longer than limits.Held is counted and forgotten; the compressed form is kept in its place.
func (b *Bitstring) expand(compressed []byte, limits Limits) error {
	source := bytes.NewReader(compressed)
	r, err := b.container.open(source)
	if err != nil {
		return err
	}
	held := min(limits.Held, limits.Bytes)
	bits, err := io.ReadAll(io.LimitReader(r, int64(held)+1))
	b.bits, b.length = bits, uint64(len(bits))
	if err == nil && len(bits) > held {
		b.bits, b.compressed = nil, compressed
		var more int64
		more, err = io.Copy(io.Discard, io.LimitReader(r, int64(limits.Bytes-len(bits))+1))
		b.length += uint64(more)
	}
	switch {
	case b.length > uint64(limits.Bytes):
		return &strict.Error{Code: codeBudget, Offset: -1,
			Detail: "the status list is longer than " + strconv.Itoa(limits.Bytes) + " bytes after decompression"}
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, zlib.ErrChecksum):
		return malformed("the checksum of the status list is wrong: the list was damaged or altered", err)
	case err != nil:
		return malformed("the compressed status list is damaged or cut off", err)
	case source.Len() > 0:
		return malformed("there is more data after the compressed status list", nil)
	}
	return nil
}

// span returns the bytes from first to last, which are in the list. Where the list is not in memory
// it is decompressed up to last.
func (b *Bitstring) span(first, last uint64) ([]byte, error) {
	if b.compressed == nil {
		return b.bits[first : last+1], nil
	}
	r, err := b.container.open(bytes.NewReader(b.compressed))
	if err != nil {
		return nil, err
	}
	if _, err := io.CopyN(io.Discard, r, int64(first)); err != nil {
		return nil, malformed("the compressed status list is damaged or cut off", err)
	}
	out := make([]byte, last-first+1)
	if _, err := io.ReadFull(r, out); err != nil {
		return nil, malformed("the compressed status list is damaged or cut off", err)
	}
	return out, nil
}
