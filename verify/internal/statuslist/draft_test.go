package statuslist

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"testing"
)

func pack64(t testing.TB, bits []byte, e *base64.Encoding) string {
	t.Helper()
	return e.EncodeToString(compress(t, bits))
}

func TestDecodeDraft(t *testing.T) {
	long := func(set byte) []byte {
		bits := make([]byte, DefaultEntries/8)
		bits[0] = set
		return bits
	}
	// odd is a list whose GZIP needs padding, so that its text differs between the variants.
	odd := long(0x81)
	for len(compress(t, odd))%3 == 0 {
		odd = append(odd, 0x80)
	}
	for _, tc := range []struct {
		name, text string
		want       Quirks
		code       string
	}{
		{"base64url", pack64(t, long(0x81), base64.RawURLEncoding), Quirks{}, ""},
		{"with a multibase header", "u" + pack64(t, long(0x81), base64.RawURLEncoding), Quirks{}, ""},
		{"base64url with padding", pack64(t, odd, base64.URLEncoding), Quirks{Base64: true}, ""},
		{"base64 with padding", pack64(t, odd, base64.StdEncoding), Quirks{Base64: true}, ""},
		{"short", pack64(t, []byte{0x81}, base64.RawURLEncoding), Quirks{Short: true}, ""},
		{"short, of zeros", pack64(t, make([]byte, 10), base64.RawURLEncoding), Quirks{Short: true}, ""},
		{"short, of zeros and ones", pack64(t, []byte{0, 1, 0}, base64.RawURLEncoding), Quirks{Short: true, Bytes: true}, ""},
		{"long, of zeros and ones", pack64(t, long(1), base64.RawURLEncoding), Quirks{}, ""},
		{"header of another base", "z" + pack64(t, odd, base64.StdEncoding), Quirks{}, "status.malformed"},
		{"empty", "", Quirks{}, "status.malformed"},
		{"line end", pack64(t, odd, base64.StdEncoding) + "\n", Quirks{}, "status.malformed"},
		{"cut off", pack64(t, odd, base64.RawURLEncoding)[:20], Quirks{}, "status.malformed"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, quirks, err := DecodeDraft(tc.text, Limits{})
			wantCode(t, err, tc.code)
			if err == nil && quirks != tc.want {
				t.Errorf("%+v, want %+v", quirks, tc.want)
			}
		})
	}
}

func TestByte(t *testing.T) {
	list, _, err := DecodeDraft(pack64(t, []byte{0, 1, 0}, base64.RawURLEncoding), Limits{})
	wantCode(t, err, "")
	for index, want := range []uint8{0, 1, 0} {
		if got, err := list.Byte(uint64(index)); err != nil || got != want {
			t.Errorf("byte %d is %d, %v", index, got, err)
		}
	}
	_, err = list.Byte(3)
	wantCode(t, err, "status.index")
}

func zipped(t testing.TB, bits []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	if _, err := w.Write(bits); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestDecodeToken reads the lists of 1 and 2 bits of the specification (Token Status List, sections 4.1
// and 4.2), and their statuses as printed there.
func TestDecodeToken(t *testing.T) {
	for _, tc := range []struct {
		bits int
		lst  string
		want []uint8
	}{
		{1, "eNrbuRgAAhcBXQ", []uint8{1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1}},
		{2, "eNo76fITAAPfAgc", []uint8{1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3}},
		{4, base64.RawURLEncoding.EncodeToString(zipped(t, []byte{0x21, 0xf3})), []uint8{1, 2, 3, 15}},
		{8, base64.RawURLEncoding.EncodeToString(zipped(t, []byte{7, 0xff})), []uint8{7, 255}},
	} {
		list, err := DecodeToken(tc.lst, tc.bits, Limits{})
		wantCode(t, err, "")
		for index, want := range tc.want {
			if got, err := list.Entry(uint64(index), tc.bits); err != nil || got != want {
				t.Errorf("%d bits: entry %d is %d, %v; want %d", tc.bits, index, got, err, want)
			}
		}
		_, err = list.Entry(uint64(len(tc.want)), tc.bits)
		wantCode(t, err, "status.index")
	}
}

func TestDecodeTokenRefuses(t *testing.T) {
	good := zipped(t, []byte{1, 2, 3})
	encode := base64.RawURLEncoding.EncodeToString
	broken := bytes.Clone(good)
	broken[len(broken)-1] ^= 1
	for _, tc := range []struct {
		name, lst string
		bits      int
		code      string
	}{
		{"as issued", encode(good), 1, ""},
		{"three bits", encode(good), 3, "status.malformed"},
		{"no bits", encode(good), 0, "status.malformed"},
		{"padding", base64.URLEncoding.EncodeToString(append(good, 0)[:10]), 1, "status.malformed"},
		{"wrong checksum", encode(broken), 1, "status.malformed"},
		{"cut off", encode(good[:len(good)-1]), 1, "status.malformed"},
		{"one byte after", encode(append(bytes.Clone(good), 0)), 1, "status.malformed"},
		{"gzip", encode(compress(t, []byte{1})), 1, "status.malformed"},
		{"raw deflate", encode(good[2 : len(good)-4]), 1, "status.malformed"},
		{"a preset dictionary", encode([]byte{0x78, 0xbb, 0, 0, 0, 2, 3, 0, 0, 0, 0, 1}), 1, "status.malformed"},
		{"a bomb", encode(zipped(t, make([]byte, 2000))), 1, "budget"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := DecodeToken(tc.lst, tc.bits, Limits{Bytes: 1000})
			wantCode(t, err, tc.code)
		})
	}
}

// TestStreamed: a list that is not held answers as one that is, and refuses the same.
func TestStreamed(t *testing.T) {
	bits := make([]byte, DefaultEntries)
	for i := range bits {
		bits[i] = byte(i*7 + i>>8)
	}
	held, err := Decode(pack(t, bits), Limits{})
	wantCode(t, err, "")
	streamed, err := Decode(pack(t, bits), Limits{Held: 1000})
	wantCode(t, err, "")
	if streamed.Memory() >= held.Memory() || streamed.Entries(1) != held.Entries(1) {
		t.Errorf("%d bytes for %d entries, and %d for %d", streamed.Memory(), streamed.Entries(1), held.Memory(), held.Entries(1))
	}
	for _, size := range []int{1, 3, 8} {
		for _, index := range []uint64{0, 1, 999, 8001, streamed.Entries(size) - 1, streamed.Entries(size), 1 << 62} {
			a, errA := held.Entry(index, size)
			b, errB := streamed.Entry(index, size)
			if a != b || (errA == nil) != (errB == nil) {
				t.Errorf("entry %d of %d bits: %d, %v and %d, %v", index, size, a, errA, b, errB)
			}
		}
	}
	member := compress(t, bits)
	member[len(member)-8] ^= 1
	_, err = Decode("u"+base64.RawURLEncoding.EncodeToString(member), Limits{Held: 1000})
	wantCode(t, err, "status.malformed")
	_, err = Decode(pack(t, bits), Limits{Held: 1000, Bytes: len(bits) - 1})
	wantCode(t, err, "budget")
}

// FuzzDecodeDraft: whatever is read has entries that can be asked, in memory and streamed alike, and
// nothing is kept beyond the limit.
func FuzzDecodeDraft(f *testing.F) {
	seeds := []string{pack(f, []byte{1, 2, 3}), pack64(f, []byte{0, 1}, base64.StdEncoding), "eNrbuRgAAhcBXQ", "u", ""}
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		limits := Limits{Bytes: 4096, Entries: 1}
		list, _, err := DecodeDraft(text, limits)
		if err != nil {
			if list, err = DecodeToken(text, 1, limits); err != nil {
				return
			}
		}
		if list.Memory() > 4*4096 {
			t.Errorf("%d bytes are kept", list.Memory())
		}
		if n := list.Entries(1); n > 0 {
			if _, err := list.Entry(n-1, 1); err != nil {
				t.Error(err)
			}
			if _, err := list.Entry(n, 1); err == nil {
				t.Error("an entry beyond the end")
			}
		}
	})
}

// BenchmarkDecodeHundredMillion expands lists of one bit an entry, of which one in a hundred is set.
func BenchmarkDecodeHundredMillion(b *testing.B) {
	for name, entries := range map[string]int{"131072": DefaultEntries, "100M": 100_000_000} {
		text := pack(b, sparse(entries))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(entries / 8))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Decode(text, Limits{Held: 1 << 20}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkEntryStreamed looks one entry up: in a list in memory, and in one of 100 million that is streamed to
// the middle.
func BenchmarkEntryStreamed(b *testing.B) {
	for name, entries := range map[string]uint64{"held": DefaultEntries, "streamed": 100_000_000} {
		list, err := Decode(pack(b, sparse(int(entries))), Limits{Held: 1 << 20})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := list.Entry(entries/2, 1); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func sparse(entries int) []byte {
	bits := make([]byte, entries/8)
	state := uint32(1)
	for range entries / 100 {
		state = state*1664525 + 1013904223
		i := int(state>>3) % entries
		bits[i/8] |= 0x80 >> (i % 8)
	}
	return bits
}

// TestBytesNotHeld: a list with a byte for each entry is told by its bytes, also where it is not held.
func TestBytesNotHeld(t *testing.T) {
	for _, held := range []int{0, 1} {
		for last, want := range map[byte]bool{1: true, 2: false} {
			list, quirks, err := DecodeDraft(pack64(t, []byte{0, 1, 0, last}, base64.RawURLEncoding), Limits{Held: held})
			wantCode(t, err, "")
			if quirks.Bytes != want {
				t.Errorf("held %d, last byte %d: %+v", held, last, quirks)
			}
			if status, err := list.Byte(1); err != nil || status != 1 {
				t.Errorf("byte 1 is %d, %v", status, err)
			}
		}
	}
}
