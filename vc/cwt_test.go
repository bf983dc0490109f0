package vc

import (
	"errors"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// cwt is an unsigned message with these claims.
func cwt(t testing.TB, claims any, protected map[int64]any) []byte {
	t.Helper()
	pack := func(v any) []byte {
		out, err := cbor.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	return pack(cbor.Tag{Number: 18, Content: []any{pack(protected), map[int64]any{}, pack(claims), []byte("signature")}})
}

func TestParseCWT(t *testing.T) {
	header := map[int64]any{1: -8, 16: "application/statuslist+cwt"}
	list := map[any]any{"bits": 1, "lst": []byte{1, 2, 3}, "aggregation_uri": "https://a.example"}
	claims := map[any]any{1: "did:example:a", 2: "https://a.example/1", 4: 1700000000, 5: 1600000000, 6: 1600000000.5, 65534: 600, 65533: list, 9: "other", "x": []byte{1}}
	good := cwt(t, claims, header)
	with := func(label any, v any) map[any]any {
		out := map[any]any{}
		for k, v := range claims {
			out[k] = v
		}
		out[label] = v
		return out
	}
	for _, c := range []struct {
		name string
		data []byte
		code string
	}{
		{"good", good, ""},
		{"in the tag of CWT", append([]byte{0xd8, 0x3d}, good...), ""},
		{"without a tag", good[1:], ""},
		{"no claims", cwt(t, map[any]any{}, header), ""},
		{"empty", nil, "cose.syntax"},
		{"a tag alone", []byte{0xd2}, "cose.syntax"},
		{"two tags of CWT", append([]byte{0xd8, 0x3d, 0xd8, 0x3d}, good...), "cose.syntax"},
		{"JSON", []byte("{}"), "cose.syntax"},
		{"cut off", good[:len(good)-1], "cose.syntax"},
		{"a byte after", append(append([]byte{}, good...), 0), "cose.syntax"},
		{"claims that are no map", cwt(t, []int{1}, header), "cose.syntax"},
		{"a claim of a wrong kind", cwt(t, with(2, []byte("x")), header), "cose.syntax"},
		{"a list that is no map", cwt(t, with(65533, 1), header), "cose.syntax"},
		{"a list without bytes", cwt(t, with(65533, map[string]any{"bits": 1}), header), "cose.syntax"},
		{"a list in text", cwt(t, with(65533, map[string]any{"bits": 1, "lst": "AQID"}), header), "cose.syntax"},
		{"extensions demanded", cwt(t, claims, map[int64]any{1: -8, 2: []int{1}}), "cose.header"},
	} {
		m, value, err := ParseCWT(c.data, Limits{})
		code := ""
		if e, ok := errors.AsType[*strict.Error](err); ok {
			code = e.Code
		}
		if code != c.code || (err == nil) != (m != nil) {
			t.Errorf("%s: %v, want %q", c.name, err, c.code)
		}
		if c.name == "good" && value.Raw() != `{"exp":1700000000,"iat":1600000000.5,"iss":"did:example:a","nbf":1600000000,"status_list":{"aggregation_uri":"https://a.example","bits":1,"lst":"AQID"},"sub":"https://a.example/1","ttl":600}` {
			t.Errorf("claims %s", value.Raw())
		}
	}
	if _, _, err := ParseCWT(good, Limits{JWT: len(good) - 1}); err == nil {
		t.Error("a message above the limit was read")
	}
}

// FuzzParseCWT: whatever is read has claims that are an object, and can be checked and read once more.
func FuzzParseCWT(f *testing.F) {
	seed := cwt(f, map[any]any{2: "x", 65533: map[string]any{"bits": 1, "lst": []byte{1}}}, map[int64]any{1: -8})
	f.Add(seed)
	f.Add([]byte{0xd8, 0x3d, 0xd2, 0x84})
	f.Fuzz(func(t *testing.T, data []byte) {
		m, claims, err := ParseCWT(data, Limits{})
		if err != nil {
			return
		}
		if claims.Kind() != strict.Object || len(m.SigningInput()) == 0 {
			t.Errorf("claims %s", claims.Raw())
		}
		if _, again, err := ParseCWT(m.Message(), Limits{}); err != nil || len(again.Raw()) != len(claims.Raw()) {
			t.Errorf("read once more: %v", err)
		}
	})
}
