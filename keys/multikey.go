package keys

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"strings"

	"github.com/multiformats/go-multibase"
)

// Multicodec prefixes of Multikeys (CID 1.0 section 2.2.2; for RSA the did:key method), as the two
// bytes of their varint. Secret keys have other prefixes, none of which is read.
const (
	codecEd25519 = 0xed01
	codecP256    = 0x8024
	codecP384    = 0x8124
	codecP521    = 0x8224
	codecRSA     = 0x8524
	codecBLSG2   = 0xeb01
	codecSecp    = 0xe701
)

// otherCodec names public keys that a Multikey may hold and this package does not read, "" for
// every other prefix. They are undecided rather than wrong: nothing says that their signatures are
// bad. The list is the public-key part of the multicodec table.
func otherCodec(codec int) string {
	switch codec {
	case 0xea01, 0xee01:
		return "BLS12-381 outside of G2"
	case 0xec01:
		return "X25519"
	case 0x8324:
		return "Ed448"
	case 0x8424:
		return "X448"
	case 0x8624:
		return "SM2"
	case 0x9024, 0x9124, 0x9224:
		return "ML-DSA"
	case 0xa024, 0xa424, 0xa824:
		return "SLH-DSA"
	}
	return ""
}

// ParseMultikey reads a public key in Multikey text: 'z', then in base58btc a multicodec prefix and
// the key, which is a compressed point or, for RSA, DER (CID 1.0 section 2.2.2). An ML-DSA-44 key has 'u' and
// base64url in their place. A key is accepted in its own alphabet only, so each has exactly one text.
//
// The error is a [strict.Error]: key.malformed, or key.unresolved for the public keys of
// algorithms that this package does not read.
func ParseMultikey(s string) (Key, error) {
	if strings.HasPrefix(s, "u") {
		return parseBase64Multikey(s)
	}
	if s == "" || s[0] != multibase.Base58BTC {
		return Key{}, malformed("a Multikey starts with the letter z, for base58btc, or u, for base64url", nil)
	}
	if len(s) > maxMultikey {
		return Key{}, malformed("the Multikey is longer than any supported key", nil)
	}
	_, raw, err := multibase.Decode(s)
	if err != nil {
		return Key{}, malformed("the Multikey is not base58btc", err)
	}
	if len(raw) < 3 {
		return Key{}, malformed("the Multikey is too short to hold a key", nil)
	}
	// No prefix begins with a zero byte, so base58btc has exactly one text for what is accepted.
	codec, raw := int(raw[0])<<8|int(raw[1]), raw[2:]
	switch codec {
	case codecEd25519:
		return newEd25519(raw)
	case codecP256:
		return newCompressed(P256, raw)
	case codecP384:
		return newCompressed(P384, raw)
	case codecP521:
		return newCompressed(P521, raw)
	case codecRSA:
		return newPKCS1(raw)
	case codecBLSG2:
		return newBLS(raw)
	case codecSecp:
		return newSecp256k1Multikey(raw)
	}
	if name := otherCodec(codec); name != "" {
		return Key{}, unresolved("keys of the kind "+name+" in base58btc are not supported", nil)
	}
	return Key{}, malformed("the Multikey does not start with the prefix of a public key", nil)
}

// Multikey returns the text that [ParseMultikey] reads, "" for the zero Key.
func (k Key) Multikey() string {
	var raw []byte
	switch public := k.public.(type) {
	case ed25519.PublicKey:
		raw = append([]byte{codecEd25519 >> 8, codecEd25519 & 0xff}, public...)
	case *ecdsa.PublicKey:
		codec := codecP256
		switch k.kind {
		case P384:
			codec = codecP384
		case P521:
			codec = codecP521
		}
		raw = append([]byte{byte(codec >> 8), byte(codec & 0xff)}, compress(public)...)
	case *rsa.PublicKey:
		raw = append([]byte{codecRSA >> 8, codecRSA & 0xff}, x509.MarshalPKCS1PublicKey(public)...)
	case [secp256k1Size]byte:
		raw = append([]byte{codecSecp >> 8, codecSecp & 0xff}, public[:]...)
	case [blsSize]byte:
		raw = append([]byte{codecBLSG2 >> 8, codecBLSG2 & 0xff}, public[:]...)
	case [mldsa44Size]byte:
		return mldsa44Multikey(public)
	default:
		return ""
	}
	text, err := multibase.Encode(multibase.Base58BTC, raw)
	if err != nil {
		return ""
	}
	return text
}

// parseBase58 reads the publicKeyBase58 of an Ed25519VerificationKey2018: the bare 32 bytes.
func parseBase58(s string) (Key, error) {
	if s == "" || len(s) > 2*ed25519.PublicKeySize {
		return Key{}, malformed("publicKeyBase58 does not have the length of an Ed25519 key", nil)
	}
	_, raw, err := multibase.Decode("z" + s)
	if err != nil {
		return Key{}, malformed("publicKeyBase58 is not base58btc", err)
	}
	if again, err := multibase.Encode(multibase.Base58BTC, raw); err != nil || again[1:] != s {
		return Key{}, malformed("publicKeyBase58 is not in its shortest form", err)
	}
	return newEd25519(raw)
}
