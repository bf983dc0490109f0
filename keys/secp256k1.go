package keys

import (
	"encoding/hex"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"
	"github.com/multiformats/go-multibase"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// secp256k1Size is the length of a compressed point of secp256k1 in bytes.
const secp256k1Size = secp256k1.PubKeyBytesLenCompressed

// newSecp256k1 reads a point of secp256k1 (SEC 2 section 2.4.1) in compressed form, or in uncompressed form where
// that is what the material has. Hybrid forms are refused.
func newSecp256k1(raw []byte) (Key, error) {
	if len(raw) == 0 || len(raw) != secp256k1Size && raw[0] != 4 {
		return Key{}, malformed("a secp256k1 public key must be a point of 33 or 65 bytes", nil)
	}
	public, err := secp256k1.ParsePubKey(raw)
	if err != nil {
		return Key{}, malformed("the secp256k1 public key is no point of the curve", err)
	}
	return Key{kind: Secp256k1, public: [secp256k1Size]byte(public.SerializeCompressed())}, nil
}

// newSecp256k1Multikey reads the compressed form alone, so that every key has one Multikey.
func newSecp256k1Multikey(raw []byte) (Key, error) {
	if len(raw) != secp256k1Size {
		return Key{}, malformed("a secp256k1 public key must be a compressed point", nil)
	}
	return newSecp256k1(raw)
}

// parseHex reads the publicKeyHex of an EcdsaSecp256k1VerificationKey2019: a compressed point.
func parseHex(s string) (Key, error) {
	raw, err := hex.DecodeString(s)
	if err != nil || len(raw) != secp256k1Size {
		return Key{}, malformed("publicKeyHex is not the hexadecimal form of a compressed point", err)
	}
	return newSecp256k1(raw)
}

// parseSecp256k1Base58 reads the publicKeyBase58 of an EcdsaSecp256k1VerificationKey2019: a compressed
// point.
func parseSecp256k1Base58(s string) (Key, error) {
	if s == "" || len(s) > 2*secp256k1Size {
		return Key{}, malformed("publicKeyBase58 does not have the length of a secp256k1 key", nil)
	}
	_, raw, err := multibase.Decode("z" + s)
	if err != nil {
		return Key{}, malformed("publicKeyBase58 is not base58btc", err)
	}
	if again, err := multibase.Encode(multibase.Base58BTC, raw); err != nil || again[1:] != s {
		return Key{}, malformed("publicKeyBase58 is not in its shortest form", err)
	}
	return newSecp256k1Multikey(raw)
}

// jwkSecp256k1 reads an elliptic curve key on secp256k1 (RFC 8812 section 3.1).
func jwkSecp256k1(v strict.Value) (Key, error) {
	x, err := octets(v, "x", 32)
	if err != nil {
		return Key{}, err
	}
	y, err := octets(v, "y", 32)
	if err != nil {
		return Key{}, err
	}
	return placed(v.Get("x"))(newSecp256k1(append(append([]byte{4}, x...), y...)))
}
