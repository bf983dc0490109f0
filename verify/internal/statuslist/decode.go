package statuslist

import (
	"encoding/base64"
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
	text, found := strings.CutPrefix(encoded, "u")
	if !found {
		return nil, malformed("encodedList must start with \"u\", the multibase header of base64url", nil)
	}
	compressed, err := unwrap(text, base64.RawURLEncoding)
	if err != nil {
		return nil, err
	}
	limits = limits.orDefault()
	b := &Bitstring{container: gzipMember, least: uint64(limits.Entries)}
	return b, b.expand(compressed, limits)
}

// Quirks are the deviations of a list that [DecodeDraft] tolerates; whether they are acceptable is
// for the caller to say.
type Quirks struct {
	Base64 bool // the text is not unpadded base64url, but in another variant of base64
	Short  bool // there are fewer entries than limits.Entries
	// Bytes says that a list with one byte an entry cannot be told from one with one bit: every byte
	// is 0 or 1, some are 1, and the list has one of the other quirks too. Open edX publishes such
	// lists. [Bitstring.Byte] reads an entry that way.
	Bytes bool
}

// DecodeDraft expands the encodedList of a StatusList2021 (W3C draft of 2023-04, section 5.2) or a
// RevocationList2020, which have no multibase header: "base-64 encoded" is read as base64url, which
// most issuers write, or as any other variant of RFC 4648. Beyond that, it does what [Decode] does,
// but the least number of entries is left to the caller.
func DecodeDraft(encoded string, limits Limits) (*Bitstring, Quirks, error) {
	var quirks Quirks
	text := encoded
	if strings.HasPrefix(text, "uH4s") { // GZIP begins with H4s in base64, so the u is a header
		text = text[1:]
	}
	compressed, err := unwrap(text, base64.RawURLEncoding)
	for _, other := range [...]*base64.Encoding{base64.URLEncoding, base64.StdEncoding, base64.RawStdEncoding} {
		if err != nil {
			quirks.Base64 = true
			compressed, err = unwrap(text, other)
		}
	}
	if err != nil {
		return nil, quirks, err
	}
	limits = limits.orDefault()
	b := &Bitstring{container: gzipMember}
	if err := b.expand(compressed, limits); err != nil {
		return nil, quirks, err
	}
	quirks.Short = b.Entries(1) < uint64(limits.Entries)
	quirks.Bytes = (quirks.Short || quirks.Base64) && b.zeroOrOne()
	return b, quirks, nil
}

// DecodeToken expands the lst of a status list of the IETF (Token Status List, section 4): unpadded
// base64url of data in the ZLIB format, whose entries have so many bits, 1, 2, 4 or 8, and begin at
// the least significant bit of each byte. There is no least number of entries. The errors are those
// of [Decode], and status.malformed for another number of bits.
func DecodeToken(lst string, bits int, limits Limits) (*Bitstring, error) {
	if bits != 1 && bits != 2 && bits != 4 && bits != 8 {
		return nil, malformed("the entries of a status list have 1, 2, 4 or 8 bits", nil)
	}
	compressed, err := unwrap(lst, base64.RawURLEncoding)
	if err != nil {
		return nil, err
	}
	b := &Bitstring{container: zlibStream, lowFirst: true}
	return b, b.expand(compressed, limits.orDefault())
}

// unwrap undoes base64. The decoder of the standard library skips line ends, so these are refused
// first.
func unwrap(text string, encoding *base64.Encoding) ([]byte, error) {
	if strings.ContainsAny(text, "\r\n") {
		return nil, malformed("the list contains a line end; base64url has none", nil)
	}
	compressed, err := encoding.Strict().DecodeString(text)
	if err != nil {
		return nil, malformed("the list is not base64url without padding", err)
	}
	return compressed, nil
}

func malformed(detail string, cause error) error {
	return &strict.Error{Code: codeMalformed, Offset: -1, Detail: detail, Err: cause}
}
