package vc_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"github.com/badgeproof/badgeproof/vc"
)

// encodeCBOR writes v in the deterministic form.
func encodeCBOR(t testing.TB, v any) []byte {
	t.Helper()
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		t.Fatal(err)
	}
	out, err := mode.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

type labels = map[any]any

// sign1 is a COSE_Sign1 without its tag.
func sign1(t testing.TB, protected, unprotected any, payload any) []byte {
	t.Helper()
	if m, ok := protected.(labels); ok {
		protected = encodeCBOR(t, m)
	}
	return encodeCBOR(t, []any{protected, unprotected, payload, []byte("signature")})
}

func tagged(message []byte) []byte { return append([]byte{0xd2}, message...) }

func TestCOSE(t *testing.T) {
	payload := []byte(`{"id":"urn:uuid:1"}`)
	message := sign1(t, labels{1: -7, 3: "application/vc", 16: "application/vc+cose", 15: labels{1: "did:example:i", 4: 5, 6: 1.5}}, labels{4: []byte("k")}, payload)
	for _, data := range [][]byte{message, tagged(message)} {
		c := wantParse(t, string(data), "")
		m := c.COSE()
		if c.Format() != vc.COSESign1 || c.ID() != "urn:uuid:1" || !bytes.Equal(c.Raw(), data) || !bytes.Equal(m.Message(), tagged(message)) {
			t.Error("the credential is not what it should be")
		}
		for name, raw := range map[string]string{"alg": "-7", "kid": `"k"`, "typ": `"application/vc+cose"`, "cty": `"application/vc"`, "iss": `"did:example:i"`, "exp": "5", "iat": "1.5", "x5c": ""} {
			if got := m.Header().Get(name).Raw(); got != raw {
				t.Errorf("%s is %s, want %s", name, got, raw)
			}
		}
		want := encodeCBOR(t, []any{"Signature1", encodeCBOR(t, labels{1: -7, 3: "application/vc", 16: "application/vc+cose", 15: labels{1: "did:example:i", 4: 5, 6: 1.5}}), []byte{}, payload})
		if !bytes.Equal(m.SigningInput(), want) || string(m.Signature()) != "signature" {
			t.Errorf("what is signed is %x, want %x", m.SigningInput(), want)
		}
	}
	// Lengths of every size are written as CBOR says.
	for _, n := range []int{0, 23, 24, 255, 256, 65535, 65536} {
		payload := []byte(`{"a":"` + strings.Repeat("x", n) + `"}`)
		m := wantParse(t, string(sign1(t, labels{1: -7}, labels{}, payload)), "").COSE()
		if !bytes.Equal(m.SigningInput(), encodeCBOR(t, []any{"Signature1", encodeCBOR(t, labels{1: -7}), []byte{}, payload})) {
			t.Errorf("a payload of %d bytes is not written as it should be", len(payload))
		}
	}
}

func TestCOSERefuses(t *testing.T) {
	payload := []byte(`{}`)
	good := sign1(t, labels{1: -7}, labels{}, payload)
	deep := []byte{0x84, 0x40, 0xa0, 0x42, '{', '}'}
	deep = append(append(deep, bytes.Repeat([]byte{0x81}, 1000)...), 0)
	for name, c := range map[string]struct {
		data []byte
		code string
	}{
		"as made":                    {good, ""},
		"tagged":                     {tagged(good), ""},
		"empty protected header":     {sign1(t, []byte{}, labels{}, payload), ""},
		"kid that is no text":        {sign1(t, labels{1: -7}, labels{4: []byte{0xff}}, payload), ""},
		"unknown labels":             {sign1(t, labels{1: -7, "x": []int{1}, -70000: "y"}, labels{99: labels{}}, payload), ""},
		"certificates":               {sign1(t, labels{1: -7, 33: []byte{1}}, labels{}, payload), ""},
		"tag twice":                  {tagged(tagged(good)), "cose.syntax"},
		"tag alone":                  {[]byte{0xd2}, "cose.syntax"},
		"another tag":                {append([]byte{0xd1}, good...), "json.utf8"},
		"tag in a longer form":       {append([]byte{0xd8, 18}, good...), "json.utf8"},
		"array in a longer form":     {append([]byte{0x98, 4}, good[1:]...), "json.utf8"},
		"array without end":          {append(append([]byte{0x9f}, good[1:]...), 0xff), "json.utf8"},
		"array of three":             {tagged(encodeCBOR(t, []any{[]byte{}, labels{}, payload})), "cose.syntax"},
		"array of five":              {tagged(encodeCBOR(t, []any{[]byte{}, labels{}, payload, []byte{}, 1})), "cose.syntax"},
		"something behind":           {append(bytes.Clone(good), '\n'), "cose.syntax"},
		"cut off":                    {good[:len(good)-1], "cose.syntax"},
		"detached payload":           {sign1(t, labels{1: -7}, labels{}, nil), "cose.syntax"},
		"payload a text":             {sign1(t, labels{1: -7}, labels{}, "{}"), "cose.syntax"},
		"payload in chunks":          {[]byte{0x84, 0x40, 0xa0, 0x5f, 0x42, '{', '}', 0xff, 0x40}, "cose.syntax"},
		"payload an array":           {sign1(t, labels{1: -7}, labels{}, []int{123, 125}), "cose.syntax"},
		"signature a text":           {encodeCBOR(t, []any{[]byte{}, labels{}, payload, "s"}), "cose.syntax"},
		"protected a map":            {encodeCBOR(t, []any{labels{1: -7}, labels{}, payload, []byte{}}), "cose.syntax"},
		"nested too deep":            {deep, "cose.syntax"},
		"protected no map":           {sign1(t, []byte{0x01}, labels{}, payload), "cose.header"},
		"protected cut off":          {sign1(t, []byte{0xa1, 0x01}, labels{}, payload), "cose.header"},
		"protected with more":        {sign1(t, []byte{0xa0, 0x01}, labels{}, payload), "cose.header"},
		"label twice":                {sign1(t, []byte{0xa2, 0x01, 0x26, 0x01, 0x27}, labels{}, payload), "cose.header"},
		"label twice, longer":        {sign1(t, []byte{0xa2, 0x01, 0x26, 0x18, 0x01, 0x27}, labels{}, payload), "cose.header"},
		"label in both":              {sign1(t, labels{1: -7, 4: []byte("a")}, labels{4: []byte("b")}, payload), "cose.header"},
		"unprotected an array":       {sign1(t, labels{1: -7}, []int{}, payload), "cose.header"},
		"alg unprotected":            {sign1(t, labels{}, labels{1: -7}, payload), "cose.header"},
		"typ unprotected":            {sign1(t, labels{1: -7}, labels{16: "application/vc+cose"}, payload), "cose.header"},
		"claims unprotected":         {sign1(t, labels{1: -7}, labels{15: labels{}}, payload), "cose.header"},
		"crit":                       {sign1(t, labels{1: -7, 2: []int{1}}, labels{}, payload), "cose.header"},
		"crit unprotected":           {sign1(t, labels{1: -7}, labels{2: []int{1}}, payload), "cose.header"},
		"kid a text":                 {sign1(t, labels{1: -7, 4: "k"}, labels{}, payload), "cose.header"},
		"alg an array":               {sign1(t, labels{1: []int{-7}}, labels{}, payload), "cose.header"},
		"claims no map":              {sign1(t, labels{1: -7, 15: 1}, labels{}, payload), "cose.header"},
		"expiry not finite":          {sign1(t, []byte{0xa1, 0x0f, 0xa1, 0x04, 0xf9, 0x7c, 0x00}, labels{}, payload), "cose.header"},
		"header too long":            {sign1(t, labels{1: -7, 99: make([]byte, 20<<10)}, labels{}, payload), "cose.syntax"},
		"too many labels":            {sign1(t, labels{1: -7}, many(), payload), "cose.syntax"},
		"payload no JSON":            {sign1(t, labels{1: -7}, labels{}, []byte("{")), "json.syntax"},
		"payload no object":          {sign1(t, labels{1: -7}, labels{}, []byte("[]")), "model.type"},
		"payload in CBOR":            {sign1(t, labels{1: -7}, labels{}, encodeCBOR(t, labels{"a": 1})), "json.utf8"},
		"payload with two equal":     {sign1(t, labels{1: -7}, labels{}, []byte(`{"a":1,"a":2}`)), "json.duplicate"},
		"huge length that is no end": {[]byte{0x84, 0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, "cose.syntax"},
		"huge map that is no end":    {[]byte{0x84, 0x40, 0xbb, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, "cose.syntax"},
	} {
		t.Run(name, func(t *testing.T) { wantParse(t, string(c.data), c.code) })
	}
}

func many() labels {
	out := labels{}
	for n := range 100 {
		out[1000+n] = 0
	}
	return out
}
