package suites

import (
	"bytes"
	"strings"
	"testing"

	"github.com/multiformats/go-multibase"
)

func base58(t testing.TB, raw []byte) string {
	t.Helper()
	text, err := multibase.Encode(multibase.Base58BTC, raw)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestProofValue(t *testing.T) {
	raw := bytes.Repeat([]byte{0xa7}, 64)
	zeros := make([]byte, 64)
	text := base58(t, raw)
	other := func(e multibase.Encoding) string {
		out, err := multibase.Encode(e, raw)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, tc := range []struct {
		name  string
		proof any
		code  string
	}{
		{"as encoded", text, ""},
		{"zeros", base58(t, zeros), ""},
		{"missing", nil, "proof.value"},
		{"null", map[string]any{"proofValue": nil}, "proof.value"},
		{"number", 1, "proof.value"},
		{"list", []string{text}, "proof.value"},
		{"object", map[string]any{"proofValue": map[string]any{"@value": text}}, "proof.value"},
		{"empty", "", "proof.value"},
		{"header alone", "z", "proof.value"},
		{"no header", text[1:], "proof.value"},
		{"base64url", other(multibase.Base64url), "proof.value"},
		{"base16", other(multibase.Base16), "proof.value"},
		{"Flickr alphabet", other(multibase.Base58Flickr), "proof.value"},
		{"Flickr alphabet under the header z", "z" + other(multibase.Base58Flickr)[1:], ""}, // another value, not another form
		{"upper case header", "Z" + text[1:], "proof.value"},
		{"identity", "\x00" + string(raw[:1]), "proof.value"},
		{"letter outside the alphabet", text[:10] + "0" + text[11:], "proof.value"},
		{"lower case L", text[:10] + "l" + text[11:], "proof.value"},
		{"not ASCII", text[:10] + "é" + text[11:], "proof.value"},
		{"space at the end", text + " ", "proof.value"},
		{"newline at the end", text + "\n", "proof.value"},
		{"one byte short", base58(t, raw[1:]), "proof.value"},
		{"one byte long", base58(t, append([]byte{1}, raw...)), "proof.value"},
		{"leading zero byte", base58(t, append([]byte{0}, raw...)), "proof.value"},
		{"leading ones", "z1" + text[1:], "proof.value"},
		{"96 bytes", base58(t, bytes.Repeat([]byte{7}, 96)), "proof.value"},
		{"a megabyte", "z" + strings.Repeat("2", 1<<20), "proof.value"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			proof := map[string]any{"proofValue": tc.proof}
			switch v := tc.proof.(type) {
			case nil:
				proof = map[string]any{}
			case map[string]any:
				proof = v
			}
			value, err := proofValue(parse(t, encode(t, proof)), 64)
			wantCode(t, err, tc.code)
			if tc.code == "" && len(value) != 64 {
				t.Errorf("the value has %d bytes", len(value))
			}
		})
	}
}

// FuzzProofValue checks that what is accepted has exactly one text.
func FuzzProofValue(f *testing.F) {
	for _, size := range []int{64, 96} {
		text := base58(f, bytes.Repeat([]byte{0x5a}, size))
		if _, err := proofValue(parse(f, encode(f, map[string]string{"proofValue": text})), size); err != nil {
			f.Fatalf("a seed is refused: %v", err)
		}
		f.Add(text)
		f.Add(text + "1")
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, size := range []int{64, 96} {
			v := parse(t, encode(t, map[string]string{"proofValue": text}))
			value, err := proofValue(v, size)
			if err == nil && (len(value) != size || base58(t, value) != text) {
				t.Errorf("%q is accepted as %x", text, value)
			}
		}
	})
}
