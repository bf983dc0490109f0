package statuslist

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Codes of this package.
const (
	codeMalformed = "status.malformed"
	codeUnknown   = "status.unknown"
	codeShort     = "status.list_short"
	codeIndex     = "status.index"
	codeBudget    = "budget"
)

// Decode expands the value of encodedList (section 3.4): the multibase header "u", then unpadded
// base64url of one GZIP member. The alphabet, the unused bits, the checksum and the length of the
// GZIP trailer are checked; a list without the header, a second member and any byte after the
// first are refused.
//
// The error is a [*strict.Error] with the code status.malformed, or budget where the list is longer
// than limits.Bytes. Its pointer is empty: the caller knows where the text stood. The least number
// of entries is checked by [Bitstring.Entry], because it depends on the size of an entry.
func Decode(encoded string, limits Limits) (*Bitstring, error) {
	limits = limits.orDefault()
	compressed, err := unwrap(encoded)
	if err != nil {
		return nil, err
	}
	bits, err := expand(compressed, limits.Bytes)
	if err != nil {
		return nil, err
	}
	return &Bitstring{bits: bits, least: uint64(limits.Entries)}, nil
}

// unwrap removes the multibase encoding. The base64 decoder of the standard library skips line
// ends, so these are refused first.
func unwrap(encoded string) ([]byte, error) {
	text, found := strings.CutPrefix(encoded, "u")
	if !found {
		return nil, malformed("encodedList must start with \"u\", the multibase header of base64url", nil)
	}
	if strings.ContainsAny(text, "\r\n") {
		return nil, malformed("encodedList contains a line end; base64url has none", nil)
	}
	compressed, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil {
		return nil, malformed("encodedList is not base64url without padding", err)
	}
	return compressed, nil
}

// expand decompresses exactly one GZIP member (RFC 1952) to at most limit bytes. A bytes.Reader is
// an io.ByteReader, so the decompressor takes nothing from it beyond the member's end.
func expand(compressed []byte, limit int) ([]byte, error) {
	source := bytes.NewReader(compressed)
	member, err := gzip.NewReader(source)
	if err != nil {
		return nil, malformed("encodedList does not hold GZIP data", err)
	}
	member.Multistream(false)
	bits, err := io.ReadAll(io.LimitReader(member, int64(limit)+1))
	switch {
	case len(bits) > limit:
		return nil, &strict.Error{Code: codeBudget, Offset: -1,
			Detail: "the status list is longer than " + strconv.Itoa(limit) + " bytes after decompression"}
	case errors.Is(err, gzip.ErrChecksum):
		return nil, malformed("the checksum of the status list is wrong: the list was damaged or altered", err)
	case err != nil:
		return nil, malformed("the compressed status list is damaged or cut off", err)
	case source.Len() > 0:
		return nil, malformed("there is more data after the compressed status list", nil)
	}
	return bits, nil
}

func malformed(detail string, cause error) error {
	return &strict.Error{Code: codeMalformed, Offset: -1, Detail: detail, Err: cause}
}
