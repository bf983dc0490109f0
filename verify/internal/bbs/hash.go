package bbs

import (
	"encoding/binary"

	"github.com/consensys/gnark-crypto/ecc/bls12-381/fr"
	"github.com/consensys/gnark-crypto/field/hash"
)

// expandLength is expand_len of the ciphersuite, in bytes.
const expandLength = 48

// expandMessage is expand_message_xmd of RFC 9380 with SHA-256 to expandLength bytes. The error of the
// library speaks of tags and outputs over 255 blocks, which there are none of here.
func expandMessage(message []byte, tag string) []byte {
	out, err := hash.ExpandMsgXmd(message, []byte(tag), expandLength)
	if err != nil {
		return make([]byte, expandLength)
	}
	return out
}

// hashToScalar is hash_to_scalar: the expanded message as a number, modulo the order.
func hashToScalar(message []byte, tag string) fr.Element {
	var s fr.Element
	s.SetBytes(expandMessage(message, tag))
	return s
}

// messageScalars is messages_to_scalars.
func messageScalars(messages [][]byte, api string) []fr.Element {
	scalars := make([]fr.Element, len(messages))
	for i, m := range messages {
		scalars[i] = hashToScalar(m, api+"MAP_MSG_TO_SCALAR_AS_HASH_")
	}
	return scalars
}

// appendScalar serializes a scalar, in 32 bytes.
func appendScalar(dst []byte, s *fr.Element) []byte {
	b := s.Bytes()
	return append(dst, b[:]...)
}

// appendInt serializes a number that is not negative, in 8 bytes.
func appendInt(dst []byte, n int) []byte { return binary.BigEndian.AppendUint64(dst, uint64(n)) }

// appendText appends the length of text in 8 bytes, and text.
func appendText(dst, text []byte) []byte { return append(appendInt(dst, len(text)), text...) }
