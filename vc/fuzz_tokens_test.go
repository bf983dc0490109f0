package vc_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// samples returns the files of a folder of testdata.
func samples(f *testing.F, pattern string, least int) [][]byte {
	f.Helper()
	paths, err := filepath.Glob(filepath.Join("..", "testdata", filepath.FromSlash(pattern)))
	if err != nil || len(paths) < least {
		f.Fatalf("found %d seeds at %s, want at least %d: %v", len(paths), pattern, least, err)
	}
	var all [][]byte
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		all = append(all, data)
	}
	return all
}

// FuzzSDJWT checks that nothing of the mechanics remains in a processed payload, that it is no longer
// than the input, and that the bytes lead back to it.
func FuzzSDJWT(f *testing.F) {
	for _, data := range samples(f, "sdjwt/*.sdjwt", 7) {
		f.Add(data)
	}
	f.Add([]byte(sdjwt(`{"_sd":["$1"],"l":[{"...":"$2"}]}`, `["s","b",2]`, `["s","a",{"_sd":["$0"]}]`, `["s",[1]]`)))
	f.Add([]byte(sdjwt(`{"_sd":["$0","$0"]}`, `["s","_sd",[]]`)))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := vc.Parse(data, vc.Limits{})
		if err != nil {
			if e, ok := err.(*strict.Error); !ok || e.Code == "" || e.Detail == "" {
				t.Fatalf("%#v is no error with a code and a sentence", err)
			}
			return
		}
		s := c.SDJWT()
		if s == nil {
			return
		}
		if text := c.Value().Raw(); len(text) > len(data) || reservedName(c.Value()) {
			t.Fatalf("the payload is %s", text)
		}
		if c.Value() != c.Value().Root() || s.JWS() == nil || s.Undisclosed() < 0 || len(s.BindingHash()) < 43 {
			t.Fatal("the parts do not hold together")
		}
		again, err := vc.Parse(c.Raw(), vc.Limits{})
		if err != nil || again.Value().Raw() != c.Value().Raw() || again.SDJWT().BindingHash() != s.BindingHash() {
			t.Fatalf("the bytes do not lead back: %v", err)
		}
		if b := s.Binding(); b != nil {
			free, err := vc.Parse([]byte(strings.TrimSuffix(string(c.Raw()), b.Compact())), vc.Limits{})
			if err != nil || free.Value().Raw() != c.Value().Raw() || free.SDJWT().Binding() != nil {
				t.Fatalf("without its binding it is another credential: %v", err)
			}
		}
		vc.Conform(c)
	})
}

// reservedName reports whether a name of the mechanics stands in v.
func reservedName(v strict.Value) bool {
	for name, m := range v.Members() {
		if name == "_sd" || name == "..." || name == "_sd_alg" || reservedName(m) {
			return true
		}
	}
	for e := range v.Elements() {
		if reservedName(e) {
			return true
		}
	}
	return false
}

// FuzzCOSE checks that what is read, signed and written again is the same.
func FuzzCOSE(f *testing.F) {
	for _, data := range samples(f, "cose/*.cose", 4) {
		f.Add(data)
	}
	f.Add(sign1(f, labels{1: -8, 15: labels{1: "did:example:i"}}, labels{4: []byte("k")}, []byte(`{}`)))
	f.Add([]byte{0xd2, 0x84, 0x41, 0xa0, 0xa0, 0x42, '{', '}', 0x40})
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := vc.Parse(data, vc.Limits{})
		if err != nil {
			if e, ok := err.(*strict.Error); !ok || e.Code == "" || e.Detail == "" {
				t.Fatalf("%#v is no error with a code and a sentence", err)
			}
			return
		}
		m := c.COSE()
		if m == nil {
			return
		}
		if !bytes.Contains(m.SigningInput(), []byte(c.Value().Source())) || !bytes.Contains(data, []byte(c.Value().Source())) {
			t.Fatal("what is signed is not what was read")
		}
		again, err := vc.Parse(m.Message(), vc.Limits{})
		if err != nil || again.Value().Raw() != c.Value().Raw() || again.COSE().Header().Raw() != m.Header().Raw() ||
			!bytes.Equal(again.COSE().SigningInput(), m.SigningInput()) || !bytes.Equal(again.COSE().Signature(), m.Signature()) {
			t.Fatalf("the tagged form is another message: %v", err)
		}
		vc.Conform(c)
	})
}
