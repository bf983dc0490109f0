package bake

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"io"
	"strconv"
)

// text reads the credential out of its chunk: keyword, compression flag and method, language
// tag, translated keyword, text (PNG specification, section 11.3.3.4). The badge specification
// asks for no compression and empty tags; compressed text and tags are read all the same, since
// the text has one meaning.
func (c chunk) text(g generation, limits Limits) ([]byte, error) {
	if c.kind != "iTXt" {
		return nil, fail(codeText, c.at, "the credential is in a "+c.kind+" chunk, whose text is Latin-1; it must be in an iTXt chunk")
	}
	start := len(g.keyword) + 1
	if len(c.data) < start+2 {
		return nil, fail(codeText, c.at, "the iTXt chunk with the credential ends too early")
	}
	flag, method := c.data[start], c.data[start+1]
	if flag > 1 || method != 0 {
		return nil, fail(codeText, c.at, "the iTXt chunk with the credential uses an unknown compression")
	}
	_, rest, tag := bytes.Cut(c.data[start+2:], []byte{0})
	_, text, translated := bytes.Cut(rest, []byte{0})
	if !tag || !translated {
		return nil, fail(codeText, c.at, "the iTXt chunk with the credential has no text")
	}
	at := c.at + 8 + len(c.data) - len(text)
	if flag == 1 {
		plain, err := inflate(text, at, limits.Credential)
		if err != nil {
			return nil, err
		}
		text, at = plain, -1
	}
	if len(text) > limits.Credential {
		return nil, tooLong(at, limits.Credential)
	}
	if err := checkText(text, at); err != nil {
		return nil, err
	}
	return bytes.Clone(text), nil
}

// tooLong is the error for a credential at an offset that exceeds the limit.
func tooLong(at, limit int) error {
	return fail(codeSize, at, "the credential in the image is longer than "+strconv.Itoa(limit)+" bytes")
}

// inflate reads a zlib stream that fills packed exactly; its checksum is verified. It stops at
// one byte more than limit, so that a small chunk cannot take much memory, whatever it expands
// to.
func inflate(packed []byte, at, limit int) ([]byte, error) {
	in := bytes.NewReader(packed)
	z, err := zlib.NewReader(in)
	if err != nil {
		return nil, fail(codeText, at, "the compressed credential is not a zlib stream")
	}
	plain, err := io.ReadAll(io.LimitReader(z, int64(limit)+1))
	switch {
	case len(plain) > limit:
		return nil, tooLong(at, limit)
	case err != nil:
		return nil, fail(codeText, at, "the compressed credential is damaged")
	case in.Len() > 0:
		return nil, fail(codeText, at, "there are more bytes behind the compressed credential")
	}
	return plain, nil
}

// insertPNG puts an uncompressed iTXt chunk directly behind IHDR, where readers that stop at
// the image data find it. The image has been read by extractPNG before.
func insertPNG(image, credential []byte, g generation) []byte {
	at := len(signature) + frame + 13
	data := append([]byte("iTXt"+g.keyword+"\x00\x00\x00\x00\x00"), credential...)
	out := make([]byte, 0, len(image)+frame+len(data))
	out = append(out, image[:at]...)
	out = binary.BigEndian.AppendUint32(out, uint32(len(data)-4))
	out = append(out, data...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(data))
	return append(out, image[at:]...)
}
