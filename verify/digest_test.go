package verify

import (
	"crypto"
	"encoding/base64"
	"testing"

	"github.com/multiformats/go-multibase"
)

// FuzzDigest: a digest of a document, written in any way, is read and matches that document and no other;
// whatever else is read is a digest of a known length.
func FuzzDigest(f *testing.F) {
	for _, seed := range []string{"sha256-AAAA", "sha384-x sha256-y", "zQm", "uEiA", "f1220", "sha512-", " ", "sha256-?", ""} {
		f.Add(seed, []byte("body"))
	}
	f.Fuzz(func(t *testing.T, text string, body []byte) {
		for _, read := range []func(string) (digests, string){readSRI, readMultihash} {
			all, code := read(text)
			if (len(all) == 0) == (code == "") {
				t.Fatalf("%q: %v %q", text, all, code)
			}
			for _, d := range all {
				if len(d.sum) != d.hash.Size() {
					t.Errorf("%q has %d bytes", text, len(d.sum))
				}
			}
		}
		other := append([]byte{0}, body...)
		for _, h := range sriHashes {
			sum := h.hash.New()
			sum.Write(body)
			d, code := readSRI(h.name + "-" + base64.StdEncoding.EncodeToString(sum.Sum(nil)) + " " + text)
			if code == "" && len(d) == 1 && d[0].hash == h.hash && (!d.match(body) || d.match(other)) {
				t.Errorf("%s of %q does not tell it from another", h.name, body)
			}
		}
		for code, hash := range multihashes {
			sum := hash.New()
			sum.Write(body)
			packed, err := multibase.Encode(multibase.Base58BTC, append([]byte{code, byte(hash.Size())}, sum.Sum(nil)...))
			if err != nil {
				t.Fatal(err)
			}
			if d, problem := readMultihash(packed); problem != "" || !d.match(body) || d.match(other) {
				t.Errorf("multihash %x of %q: %q", code, body, problem)
			}
		}
	})
}

// TestStrongestDigest: of several algorithms the strongest counts alone (Subresource Integrity section 3.3.4).
func TestStrongestDigest(t *testing.T) {
	sum := func(h crypto.Hash, s string) string {
		w := h.New()
		w.Write([]byte(s))
		return base64.StdEncoding.EncodeToString(w.Sum(nil))
	}
	text := "sha512-" + sum(crypto.SHA512, "a") + " sha256-" + sum(crypto.SHA256, "b") + "\n\tsha512-" + sum(crypto.SHA512, "c")
	d, code := readSRI(text)
	if code != "" || len(d) != 2 || !d.match([]byte("a")) || d.match([]byte("b")) || !d.match([]byte("c")) {
		t.Errorf("%v %q", d, code)
	}
}

func TestDataURL(t *testing.T) {
	for text, want := range map[string]string{
		"data:,a": "a", "data:text/plain,a%20b": "a b", "data:text/plain;charset=utf-8;base64,YQ==": "a", "data:;base64,YQ": "a", "data:;base64,YQ%3D%3D": "a", "data:,": "",
	} {
		if got, ok := dataURL(text); !ok || string(got) != want {
			t.Errorf("%s: %q, %v", text, got, ok)
		}
	}
	for _, text := range []string{"data:", "data:text/plain", "data:,%zz", "data:;base64,*"} {
		if got, ok := dataURL(text); ok {
			t.Errorf("%s: %q", text, got)
		}
	}
}
