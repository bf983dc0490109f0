package keys_test

import (
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/multiformats/go-multibase"
)

// blsKey is the example of the did:key specification.
const blsKey = "zUC7K4ndUaGZgV7Cp2yJy6JtMoUHY6u7tkcSYUvPrEidqBmLCTLmi6d5WvwnUqejscAkERJ3bfjEiSYtdPkRSE8kSa11hFBr4sTgnbZ95SJj19PN2jdvJjyzpSZgxkyyxNnBNnY"

// otherBLSKey is the key of the W3C vectors for bbs-2023.
const otherBLSKey = "zUC7DerdEmfZ8f4pFajXgGwJoMkV1ofMTmEG5UoNvnWiPiLuGKNeqgRpLH2TV4Xe5mJ2cXV76gRN7LFQwapF1VFu6x2yrr5ci1mXqC1WNUrnHnLgvfZfMH7h6xP6qsf9EKRQrPQ"

func TestBLSForm(t *testing.T) {
	genuine := decode(t, blsKey)
	flagged := func(flags byte) []byte {
		raw := append([]byte(nil), genuine...)
		raw[0] = raw[0]&0x1f | flags
		return raw
	}
	for name, c := range map[string]struct {
		raw  []byte
		code string
	}{
		"control":                     {genuine, ""},
		"control: the other y":        {flagged(0x80 | ^genuine[0]&0x20), ""},
		"empty":                       {nil, "key.malformed"},
		"short":                       {genuine[:95], "key.malformed"},
		"long":                        {append(genuine[:96:96], 0), "key.malformed"},
		"a point of G1":               {genuine[:48], "key.malformed"},
		"not compressed":              {flagged(0), "key.malformed"},
		"uncompressed in full":        {append(flagged(0), genuine...), "key.malformed"},
		"the identity":                {append([]byte{0xc0}, make([]byte, 95)...), "key.malformed"},
		"the identity with a point":   {flagged(0xc0), "key.malformed"},
		"uncompressed identity":       {append([]byte{0x40}, make([]byte, 95)...), "key.malformed"},
		"all bits":                    {flagged(0xe0), "key.malformed"},
		"sign of an uncompressed one": {flagged(0x20), "key.malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			k, err := keys.ParseMultikey(encode(t, multibase.Base58BTC, "eb01", c.raw))
			wantCode(t, err, c.code)
			if err == nil && k.Public() != [96]byte(c.raw) {
				t.Error("Public is not the point as it was written")
			}
		})
	}
}

func TestBLSEqual(t *testing.T) {
	read := func(text string) keys.Key {
		t.Helper()
		k, err := keys.ParseMultikey(text)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	k, again, other, ed := read(blsKey), read(blsKey), read(otherBLSKey), read(ed25519Key)
	if !k.Equal(again) {
		t.Error("a key does not equal itself")
	}
	for _, o := range []keys.Key{other, ed, {}} {
		if k.Equal(o) || o.Equal(k) {
			t.Errorf("a key equals another one of kind %q", o.Kind())
		}
	}
}

// TestBLSController finds the key in the document that did:key stands for, among others that it is not.
func TestBLSController(t *testing.T) {
	did := "did:key:" + blsKey
	c, err := keys.Default(nil).Controller(t.Context(), did)
	if err != nil {
		t.Fatal(err)
	}
	m, err := c.Method(did+"#"+blsKey, "assertionMethod")
	if err != nil || m.Key.Kind() != keys.BLS12381G2 {
		t.Fatalf("the method has a key of kind %q, %v", m.Key.Kind(), err)
	}
	_, err = c.Method(did+"#"+otherBLSKey, "assertionMethod")
	wantCode(t, err, "proof.method")
}
