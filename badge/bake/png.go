package bake

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"strconv"
	"strings"
)

// signature is how every PNG starts (PNG specification, section 5.2).
const signature = "\x89PNG\r\n\x1a\n"

// frame is the number of bytes of a chunk that are not its data: length, type and CRC.
const frame = 12

// foreignKeywords are what else is baked into images, and what it is. They are looked for only
// to say so: an image may carry them beside a credential.
var foreignKeywords = [...]struct{ keyword, meaning string }{
	{"clrcredential", "a Comprehensive Learner Record (CLR 2.0), which is not a single Open Badges 3.0 credential"},
}

// chunk is one chunk of a PNG (PNG specification, section 5.3). Its CRC has been checked; its
// data shares the memory of the image.
type chunk struct {
	kind string
	data []byte
	at   int // offset of the chunk in the image
}

// extractPNG finds the chunk with the keyword. It reads to the end of the image even when it
// has found it: the specification lets a reader stop at the first such chunk, and then two
// readers could show two different credentials of one image. The other chunks are ignored once
// their CRCs are right, unknown and private ones too.
func extractPNG(image []byte, limits Limits) (text []byte, g generation, err error) {
	var found *chunk
	foreign := ""
	check := order{}
	for at := len(signature); at < len(image); {
		c, err := readChunk(image, at)
		if err != nil {
			return nil, g, err
		}
		if err := check.next(c, limits); err != nil {
			return nil, g, err
		}
		at += frame + len(c.data)
		switch name := c.keyword(); {
		case (name == current.keyword || name == older.keyword) && found != nil:
			return nil, g, fail(codeDuplicate, c.at, "the image carries two credentials; which one is meant cannot be known")
		case name == current.keyword:
			found, g = &c, current
		case name == older.keyword:
			found, g = &c, older
		case foreign == "":
			foreign = foreignMeaning(name)
		}
	}
	if err := check.end(image); err != nil {
		return nil, g, err
	}
	if found == nil {
		return nil, g, missing(foreign)
	}
	if g == older && found.kind == "tEXt" {
		text, err = found.plain(g, limits)
	} else {
		text, err = found.text(g, limits)
	}
	return text, g, err
}

// readChunk reads the chunk at an offset, and checks its extent and its CRC, in this order: a
// length is not believed before it is known to fit in what is left of the file.
func readChunk(image []byte, at int) (chunk, error) {
	rest := image[at:]
	if len(rest) < frame {
		return chunk{}, fail(codeFormat, at, "the PNG ends in the middle of a chunk; it is incomplete")
	}
	length := binary.BigEndian.Uint32(rest)
	if uint64(length) > uint64(len(rest)-frame) {
		return chunk{}, fail(codeFormat, at, "a chunk of the PNG claims to be longer than the file; the file is incomplete or damaged")
	}
	end := 8 + int(length)
	c := chunk{kind: string(rest[4:8]), data: rest[8:end], at: at}
	if strings.IndexFunc(c.kind, notLetter) >= 0 {
		return chunk{}, fail(codeFormat, at+4, "a chunk of the PNG has a type that is not four letters")
	}
	if crc32.ChecksumIEEE(rest[4:end]) != binary.BigEndian.Uint32(rest[end:]) {
		return chunk{}, fail(codeCRC, at, "the checksum of a "+c.kind+" chunk is wrong: the image was changed after it was made")
	}
	return c, nil
}

// notLetter reports whether r cannot be part of a chunk type.
func notLetter(r rune) bool { return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z') }

// order checks the sequence of chunks (PNG specification, section 5.6): one IHDR, first; image
// data, in one run; one IEND, last and empty, with nothing behind it. Bytes behind IEND are
// refused, though most viewers ignore them, because a second image with another credential
// could stand there. Palettes and the order of ancillary chunks do not matter here.
type order struct {
	count int  // chunks so far
	data  bool // IDAT has begun
	over  bool // IDAT has ended
	ended bool // IEND was read
}

// next takes one more chunk into account.
func (o *order) next(c chunk, limits Limits) error {
	if o.count++; o.count > limits.Chunks {
		return fail(codeSize, c.at, "the PNG has more than "+strconv.Itoa(limits.Chunks)+" chunks")
	}
	wrong := ""
	switch {
	case o.ended:
		wrong = "the PNG goes on after its IEND chunk"
	case (o.count == 1) != (c.kind == "IHDR"):
		wrong = "a PNG must start with its only IHDR chunk"
	case c.kind == "IHDR" && !soundHeader(c.data):
		wrong = "the IHDR chunk of the PNG is malformed"
	case c.kind == "IDAT" && o.over:
		wrong = "the IDAT chunks of the PNG are not in one run"
	case c.kind == "IEND" && len(c.data) != 0:
		wrong = "the IEND chunk of the PNG is not empty"
	}
	if wrong != "" {
		return fail(codeFormat, c.at, wrong)
	}
	o.over = o.data && c.kind != "IDAT"
	o.data = o.data || c.kind == "IDAT"
	o.ended = c.kind == "IEND"
	return nil
}

// end says whether the image may end where it does.
func (o *order) end(image []byte) error {
	switch {
	case !o.ended:
		return fail(codeFormat, len(image), "the PNG has no IEND chunk; it is incomplete")
	case !o.data:
		return fail(codeFormat, len(image), "the PNG has no image data")
	}
	return nil
}

// soundHeader reports whether an IHDR chunk has its 13 bytes and a width and height.
func soundHeader(data []byte) bool {
	return len(data) == 13 && inSize(data[0:4]) && inSize(data[4:8])
}

// inSize reports whether a width or height is between 1 and 2^31-1.
func inSize(b []byte) bool { n := binary.BigEndian.Uint32(b); return 0 < n && n < 1<<31 }

// keyword returns the keyword of a text chunk of any of the three types, "" for other chunks.
func (c chunk) keyword() string {
	if c.kind != "iTXt" && c.kind != "tEXt" && c.kind != "zTXt" {
		return ""
	}
	name, _, _ := bytes.Cut(c.data, []byte{0})
	if len(name) > 79 {
		return "" // longer than a keyword can be
	}
	return string(name)
}

// foreignMeaning says what a chunk with this keyword is, where it is no credential but could be
// taken for one; "" for everything else.
func foreignMeaning(name string) string {
	for _, f := range foreignKeywords {
		if name == f.keyword {
			return f.meaning
		}
	}
	for _, g := range [...]generation{current, older} {
		if strings.EqualFold(strings.TrimSpace(name), g.keyword) {
			return "text under the keyword " + strconv.Quote(name) + ", where exactly " + strconv.Quote(g.keyword) + " is required"
		}
	}
	return ""
}

// missing is the error for an image without a credential; foreign says what it carries instead.
func missing(foreign string) error {
	if foreign != "" {
		return fail(codeMissing, -1, "the image carries "+foreign)
	}
	return fail(codeMissing, -1, "the image is sound but carries no credential: it is a plain picture, or a program that re-saved it dropped the credential")
}
