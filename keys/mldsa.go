package keys

import (
	"encoding/base64"
	"strings"
)

// ML-DSA public keys (FIPS 204), which Quantum-Resistant Cryptosuites v1.0 writes as Multikeys in base64url
// (section 2.1.1): 'u', then the multicodec prefix and the key. The draft names ML-DSA-44 alone.
const (
	mldsa44Size  = 1312 // of an encoded public key of ML-DSA-44, in bytes (FIPS 204 table 2)
	codecMLDSA44 = 0x9024
)

// parseBase64Multikey reads a Multikey in base64url without padding. Every key has one text: keys of the
// other kinds are in base58btc only, and unused bits that are set are refused.
func parseBase64Multikey(s string) (Key, error) {
	if len(s) > maxBase64Multikey {
		return Key{}, malformed("the Multikey is longer than any supported key", nil)
	}
	text := strings.TrimPrefix(s, "u")
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || strings.ContainsAny(text, "\r\n") {
		return Key{}, malformed("the Multikey is not base64url without padding", err)
	}
	if len(raw) < 3 {
		return Key{}, malformed("the Multikey is too short to hold a key", nil)
	}
	codec, raw := int(raw[0])<<8|int(raw[1]), raw[2:]
	if codec == codecMLDSA44 {
		return newMLDSA44(raw)
	}
	if name := otherCodec(codec); name != "" {
		return Key{}, unresolved("keys of the kind "+name+" in base64url are not supported", nil)
	}
	return Key{}, malformed("a Multikey in base64url holds a post-quantum key; keys of other kinds are in base58btc", nil)
}

// newMLDSA44 reads the encoding of a public key of ML-DSA-44 (FIPS 204 algorithm 23). Only its length can be
// wrong: whatever the bytes are, they decode to a seed and to coefficients within their range.
func newMLDSA44(raw []byte) (Key, error) {
	if len(raw) != mldsa44Size {
		return Key{}, malformed("an ML-DSA-44 public key has 1312 bytes", nil)
	}
	return Key{kind: MLDSA44, public: [mldsa44Size]byte(raw)}, nil
}

// mldsa44Multikey is the text that [parseBase64Multikey] reads.
func mldsa44Multikey(public [mldsa44Size]byte) string {
	raw := append([]byte{codecMLDSA44 >> 8, codecMLDSA44 & 0xff}, public[:]...)
	return "u" + base64.RawURLEncoding.EncodeToString(raw)
}
