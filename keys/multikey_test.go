package keys_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"math/big"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/multiformats/go-multibase"
)

// encode writes a Multikey of any bytes, in any alphabet.
func encode(t testing.TB, base multibase.Encoding, prefix string, raw []byte) string {
	t.Helper()
	head, err := hex.DecodeString(prefix)
	if err != nil {
		t.Fatal(err)
	}
	text, err := multibase.Encode(base, append(head, raw...))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// decode returns the bytes of a key without the prefix.
func decode(t testing.TB, multikey string) []byte {
	t.Helper()
	_, raw, err := multibase.Decode(multikey)
	if err != nil {
		t.Fatal(err)
	}
	return raw[2:]
}

// TestParseMultikeyGenuine reads the examples of the did:key specification.
func TestParseMultikeyGenuine(t *testing.T) {
	for _, c := range []struct {
		text string
		kind keys.Kind
	}{
		{ed25519Key, keys.Ed25519},
		{otherKey, keys.Ed25519},
		{"z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", keys.Ed25519},
		{"z6MkmM42vxfqZQsv4ehtTjFFxQ4sQKS2w6WR7emozFAn5cxu", keys.Ed25519},
		{p256Key, keys.P256},
		{"zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169", keys.P256},
		{"zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv", keys.P256},
		{p384Key, keys.P384},
		{"zUC7K4ndUaGZgV7Cp2yJy6JtMoUHY6u7tkcSYUvPrEidqBmLCTLmi6d5WvwnUqejscAkERJ3bfjEiSYtdPkRSE8kSa11hFBr4sTgnbZ95SJj19PN2jdvJjyzpSZgxkyyxNnBNnY", keys.BLS12381G2},
		{"z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9", keys.P384},
		{"z82LkvCwHNreneWpsgPEbV3gu1C6NFJEBg4srfJ5gdxEsMGRJUz2sG9FE42shbn2xkZJh54", keys.P384},
		{p521Key, keys.P521},
		{rsaKey, keys.RSA},
		{"zgghBUVkqmWS8e1ioRVp2WN9Vw6x4NvnE9PGAyQsPqM3fnfPf8EdauiRVfBTcVDyzhqM5FFC7ekAvuV1cJHawtfgB9wDcru1hPDobk3hqyedijhgWmsYfJCmodkiiFnjNWATE7PvqTyoCjcmrc8yMRXmFPnoASyT5beUd4YZxTE9VfgmavcPy3BSouNmASMQ8xUXeiRwjb7xBaVTiDRjkmyPD7NYZdXuS93gFhyDFr5b3XLg7Rfj9nHEqtHDa7NmAX7iwDAbMUFEfiDEf9hrqZmpAYJracAjTTR8Cvn6mnDXMLwayNG8dcsXFodxok2qksYF4D8ffUxMRmyyQVQhhhmdSi4YaMPqTnC1J6HTG9Yfb98yGSVaWi4TApUhLXFow2ZvB6vqckCNhjCRL2R4MDUSk71qzxWHgezKyDeyThJgdxydrn1osqH94oSeA346eipkJvKqYREXBKwgB5VL6WF4qAK6sVZxJp2dQBfCPVZ4EbsBQaJXaVK7cNcWG8tZBFWZ79gG9Cu6C4u8yjBS8Ux6dCcJPUTLtixQu4z2n5dCsVSNdnP1EEs8ZerZo5pBgc68w4Yuf9KL3xVxPnAB1nRCBfs9cMU6oL1EdyHbqrTfnjE8HpY164akBqe92LFVsk8RusaGsVPrMekT8emTq5y8v8CabuZg5rDs3f9NPEtogjyx49wiub1FecM5B7QqEcZSYiKHgF4mfkteT2", keys.RSA},
	} {
		k, err := keys.ParseMultikey(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text[:12], err)
			continue
		}
		if k.Kind() != c.kind {
			t.Errorf("%s is of kind %s, want %s", c.text[:12], k.Kind(), c.kind)
		}
		if again := k.Multikey(); again != c.text {
			t.Errorf("%s is written as %s", c.text, again)
		}
	}
}

// TestParseMultikeyOfficial reads the key pairs beside the W3C vectors; their secrets are refused.
func TestParseMultikeyOfficial(t *testing.T) {
	type pair struct{ PublicKeyMultibase, SecretKeyMultibase, PrivateKeyMultibase string }
	var eddsa, p256, p384 pair
	var selective struct{ BaseKeyPair, ProofKeyPair pair }
	vector(t, "vc-di-eddsa/keyPair.json", &eddsa)
	vector(t, "vc-di-ecdsa/p256KeyPair.json", &p256)
	vector(t, "vc-di-ecdsa/p384KeyPair.json", &p384)
	vector(t, "vc-di-ecdsa/ecdsa-sd-2023/SDKeyMaterial.json", &selective)
	for i, p := range []pair{eddsa, p256, p384, selective.BaseKeyPair, selective.ProofKeyPair} {
		if _, err := keys.ParseMultikey(p.PublicKeyMultibase); err != nil {
			t.Errorf("pair %d: %v", i, err)
		}
		_, err := keys.ParseMultikey(p.SecretKeyMultibase + p.PrivateKeyMultibase)
		wantCode(t, err, "key.malformed")
	}
	if eddsa.PublicKeyMultibase != ed25519Key || p256.PublicKeyMultibase != p256Key || p384.PublicKeyMultibase != p384Key {
		t.Error("the shared keys of the tests are not those of the vectors")
	}
}

func TestParseMultikeyForged(t *testing.T) {
	ed, p256, p384, p521, rsa := decode(t, ed25519Key), decode(t, p256Key), decode(t, p384Key), decode(t, p521Key), decode(t, rsaKey)
	with := func(raw []byte, at int, b byte) []byte {
		raw = append([]byte(nil), raw...)
		raw[at] = b
		return raw
	}
	z := multibase.Encoding(multibase.Base58BTC)
	for name, c := range map[string]struct{ text, code string }{
		"empty":                        {"", "key.malformed"},
		"alphabet letter alone":        {"z", "key.malformed"},
		"one byte":                     {"z2", "key.malformed"},
		"prefix alone":                 {encode(t, z, "ed01", nil), "key.malformed"},
		"no alphabet":                  {ed25519Key[1:], "key.malformed"},
		"base64url":                    {encode(t, multibase.Base64url, "ed01", ed), "key.malformed"},
		"base64":                       {encode(t, multibase.Base64, "ed01", ed), "key.malformed"},
		"base16":                       {encode(t, multibase.Base16, "ed01", ed), "key.malformed"},
		"base58flickr":                 {encode(t, multibase.Base58Flickr, "ed01", ed), "key.malformed"},
		"base58flickr under z":         {"z" + encode(t, multibase.Base58Flickr, "ed01", ed)[1:], "key.malformed"},
		"identity":                     {encode(t, multibase.Identity, "ed01", ed), "key.malformed"},
		"letter outside base58":        {ed25519Key[:20] + "0" + ed25519Key[21:], "key.malformed"},
		"letter outside ASCII":         {ed25519Key[:20] + "é" + ed25519Key[21:], "key.malformed"},
		"white space after":            {ed25519Key + " ", "key.malformed"},
		"white space before":           {" " + ed25519Key, "key.malformed"},
		"leading zero byte":            {"z1" + ed25519Key[1:], "key.malformed"},
		"other case of the letter":     {"Z" + ed25519Key[1:], "key.malformed"},
		"no prefix":                    {encode(t, z, "", ed), "key.malformed"},
		"unregistered prefix":          {encode(t, z, "0102", ed), "key.malformed"},
		"one-byte prefix":              {encode(t, z, "ed", ed), "key.malformed"},
		"swapped prefix":               {encode(t, z, "01ed", ed), "key.malformed"},
		"secret Ed25519":               {encode(t, z, "8026", ed), "key.malformed"},
		"secret P-256":                 {encode(t, z, "8626", ed), "key.malformed"},
		"secret P-384":                 {encode(t, z, "8726", p384[1:]), "key.malformed"},
		"Ed25519 short":                {encode(t, z, "ed01", ed[:31]), "key.malformed"},
		"Ed25519 long":                 {encode(t, z, "ed01", append(ed[:32:32], 0)), "key.malformed"},
		"Ed25519 as P-256":             {encode(t, z, "8024", ed), "key.malformed"},
		"P-256 as Ed25519":             {encode(t, z, "ed01", p256), "key.malformed"},
		"P-256 as P-384":               {encode(t, z, "8124", p256), "key.malformed"},
		"P-384 as P-256":               {encode(t, z, "8024", p384), "key.malformed"},
		"P-256 short":                  {encode(t, z, "8024", p256[:32]), "key.malformed"},
		"P-256 long":                   {encode(t, z, "8024", append(p256[:33:33], 0)), "key.malformed"},
		"P-256 uncompressed tag":       {encode(t, z, "8024", with(p256, 0, 4)), "key.malformed"},
		"P-256 hybrid tag":             {encode(t, z, "8024", with(p256, 0, 6)), "key.malformed"},
		"P-256 tag 0":                  {encode(t, z, "8024", with(p256, 0, 0)), "key.malformed"},
		"P-256 at infinity":            {encode(t, z, "8024", []byte{0}), "key.malformed"},
		"P-256 x not below the prime":  {encode(t, z, "8024", append([]byte{2}, elliptic.P256().Params().P.Bytes()...)), "key.malformed"},
		"P-384 short":                  {encode(t, z, "8124", p384[:48]), "key.malformed"},
		"P-384 tag 4":                  {encode(t, z, "8124", with(p384, 0, 4)), "key.malformed"},
		"RSA trailing byte":            {encode(t, z, "8524", append(rsa[:len(rsa):len(rsa)], 0)), "key.malformed"},
		"RSA truncated":                {encode(t, z, "8524", rsa[:len(rsa)-1]), "key.malformed"},
		"RSA as SubjectPublicKeyInfo":  {encode(t, z, "8524", spki(t)), "key.malformed"},
		"RSA negative modulus":         {encode(t, z, "8524", with(rsa, 8, 0xff)), "key.malformed"},
		"huge":                         {"z" + strings.Repeat("2", 1<<20), "key.malformed"},
		"huge ones":                    {"z" + strings.Repeat("1", 1<<20), "key.malformed"},
		"P-384 as P-521":               {encode(t, z, "8224", p384), "key.malformed"},
		"P-521 short":                  {encode(t, z, "8224", p521[:66]), "key.malformed"},
		"P-521 tag 4":                  {encode(t, z, "8224", with(p521, 0, 4)), "key.malformed"},
		"P-521 x not below the prime":  {encode(t, z, "8224", append([]byte{2}, elliptic.P521().Params().P.Bytes()...)), "key.malformed"},
		"BLS12-381 in G1":              {encode(t, z, "ea01", make([]byte, 48)), "key.unresolved"},
		"BLS12-381 in G1 and G2":       {encode(t, z, "ee01", make([]byte, 144)), "key.unresolved"},
		"X25519":                       {"z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc", "key.unresolved"},
		"Ed448":                        {encode(t, z, "8324", make([]byte, 57)), "key.unresolved"},
		"X448":                         {encode(t, z, "8424", make([]byte, 56)), "key.unresolved"},
		"SM2":                          {encode(t, z, "8624", p256), "key.unresolved"},
		"ML-DSA-44":                    {encode(t, z, "9024", ed), "key.unresolved"},
		"control: Ed25519 re-encoded":  {encode(t, z, "ed01", ed), ""},
		"control: P-256 re-encoded":    {encode(t, z, "8024", p256), ""},
		"control: P-256, the other y":  {encode(t, z, "8024", with(p256, 0, p256[0]^1)), ""},
		"control: P-384, the other y":  {encode(t, z, "8124", with(p384, 0, p384[0]^1)), ""},
		"control: RSA re-encoded":      {encode(t, z, "8524", rsa), ""},
		"control: Ed25519 the other x": {encode(t, z, "ed01", with(ed, 31, ed[31]^0x80)), ""},
	} {
		t.Run(name, func(t *testing.T) {
			k, err := keys.ParseMultikey(c.text)
			wantCode(t, err, c.code)
			if err != nil && (k.Kind() != "" || k.Public() != nil || k.Multikey() != "") {
				t.Error("a refused key is not the zero Key")
			}
		})
	}
}

// spki is the RSA key in the other DER form in use.
func spki(t *testing.T) []byte {
	der, err := x509.MarshalPKIXPublicKey(key(t, rsaKey).Public())
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// TestOffCurve tries x coordinates until some are no point of the curve; both must occur.
func TestOffCurve(t *testing.T) {
	for kind, prefix := range map[keys.Kind]string{keys.P256: "8024", keys.P384: "8124"} {
		size, on, off := 33, 0, 0
		if kind == keys.P384 {
			size = 49
		}
		for x := range byte(40) {
			raw := make([]byte, size)
			raw[0], raw[size-1] = 2, x
			_, err := keys.ParseMultikey(encode(t, multibase.Base58BTC, prefix, raw))
			if err == nil {
				on++
				continue
			}
			wantCode(t, err, "key.malformed")
			off++
		}
		if on < 10 || off < 10 {
			t.Errorf("%s: %d on, %d off the curve", kind, on, off)
		}
	}
}

// TestRSABounds checks sizes and exponents at their edges. The moduli are no products of primes.
func TestRSABounds(t *testing.T) {
	for name, c := range map[string]struct {
		n    *big.Int
		e    int64
		code string
	}{
		"control: 2048 bits":           {modulus(2048), 65537, ""},
		"control: 8192 bits":           {modulus(8192), 65537, ""},
		"control: exponent 3":          {modulus(2048), 3, ""},
		"control: largest exponent":    {modulus(2048), 1<<31 - 1, ""},
		"2047 bits":                    {modulus(2047), 65537, "key.malformed"},
		"1024 bits":                    {modulus(1024), 65537, "key.malformed"},
		"8193 bits":                    {modulus(8193), 65537, "key.malformed"},
		"even modulus":                 {new(big.Int).Add(modulus(2048), big.NewInt(1)), 65537, "key.malformed"},
		"modulus with the factor 3":    {multiple(3), 65537, "key.malformed"},
		"modulus with the factor 751":  {multiple(751), 65537, "key.malformed"},
		"zero modulus":                 {new(big.Int), 65537, "key.malformed"},
		"negative modulus":             {new(big.Int).Neg(modulus(2048)), 65537, "key.malformed"},
		"exponent 1":                   {modulus(2048), 1, "key.malformed"},
		"exponent 0":                   {modulus(2048), 0, "key.malformed"},
		"negative exponent":            {modulus(2048), -3, "key.malformed"},
		"even exponent":                {modulus(2048), 65536, "key.malformed"},
		"exponent beyond 31 bits":      {modulus(2048), 1<<31 + 1, "key.malformed"},
		"exponent beyond 32 bits":      {modulus(2048), 1<<33 + 1, "key.malformed"},
		"exponent as a 32-bit overrun": {modulus(2048), 1<<32 + 65537, "key.malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			der, err := asn1.Marshal(struct {
				N *big.Int
				E int64
			}{c.n, c.e})
			if err != nil {
				t.Fatal(err)
			}
			k, err := keys.ParseMultikey(encode(t, multibase.Base58BTC, "8524", der))
			wantCode(t, err, c.code)
			if err == nil && k.Public().(*rsa.PublicKey).N.Cmp(c.n) != 0 {
				t.Error("another modulus was read")
			}
			if c.n.Sign() > 0 && c.e > 0 {
				_, err = keys.ParseJWK(parse(t, rsaJWK(c.n, c.e, "")))
				wantCode(t, err, c.code)
			}
		})
	}
}

// modulus returns the first number of this length, from its largest down, that is odd and has no
// small prime factor.
func modulus(size int) *big.Int {
	small := big.NewInt(1)
	for f := int64(2); f <= 751; f++ {
		small.Mul(small, big.NewInt(f))
	}
	n := new(big.Int).Lsh(big.NewInt(1), uint(size))
	n.Sub(n, big.NewInt(1))
	for new(big.Int).GCD(nil, nil, n, small).Cmp(big.NewInt(1)) != 0 {
		n.Sub(n, big.NewInt(1))
	}
	return n
}

// multiple returns an odd multiple of f with 2048 bits.
func multiple(f int64) *big.Int {
	n := new(big.Int).Lsh(big.NewInt(1), 2047)
	n.Add(n, big.NewInt(1))
	for new(big.Int).Mod(n, big.NewInt(f)).Sign() != 0 {
		n.Add(n, big.NewInt(2))
	}
	return n
}

func TestKeyEqual(t *testing.T) {
	all := []string{ed25519Key, otherKey, p256Key, "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169", p384Key, rsaKey}
	for i, a := range all {
		for j, b := range all {
			if got := key(t, a).Equal(key(t, b)); got != (i == j) {
				t.Errorf("%s equals %s: %v", a[:12], b[:12], got)
			}
		}
		if key(t, a).Equal(keys.Key{}) || (keys.Key{}).Equal(key(t, a)) {
			t.Errorf("%s equals the zero Key", a[:12])
		}
	}
	if (keys.Key{}).Equal(keys.Key{}) {
		t.Error("the zero Key equals itself")
	}
}

func TestKeyPublic(t *testing.T) {
	if _, ok := key(t, ed25519Key).Public().(ed25519.PublicKey); !ok {
		t.Error("no ed25519.PublicKey")
	}
	for _, text := range []string{p256Key, p384Key} {
		if _, ok := key(t, text).Public().(*ecdsa.PublicKey); !ok {
			t.Error("no *ecdsa.PublicKey")
		}
	}
	if _, ok := key(t, rsaKey).Public().(*rsa.PublicKey); !ok {
		t.Error("no *rsa.PublicKey")
	}
	if (keys.Key{}).Public() != nil || (keys.Key{}).Kind() != "" || (keys.Key{}).Multikey() != "" {
		t.Error("the zero Key holds something")
	}
}
