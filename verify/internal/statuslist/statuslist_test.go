package statuslist

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"hash/crc32"
	"strings"
	"sync"
	"testing"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// pack compresses and encodes a list as section 3.3 says.
func pack(t testing.TB, bits []byte) string {
	t.Helper()
	return "u" + base64.RawURLEncoding.EncodeToString(compress(t, bits))
}

func compress(t testing.TB, bits []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(bits); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// wantCode fails unless err is a *strict.Error with this code; "" asks for no error.
func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	var e *strict.Error
	switch {
	case code == "" && err != nil:
		t.Fatalf("unexpected error: %v", err)
	case code != "" && !errors.As(err, &e):
		t.Fatalf("got %v, want code %s", err, code)
	case code != "" && e.Code != code:
		t.Fatalf("got code %s (%v), want %s", e.Code, err, code)
	}
}

// minimal is the smallest list that is long enough, with entries 0, 9 and the last one set.
func minimal() []byte {
	bits := make([]byte, DefaultEntries/8)
	bits[0], bits[1], bits[len(bits)-1] = 0x80, 0x40, 0x01
	return bits
}

func TestEntryBitOrder(t *testing.T) {
	list, err := Decode(pack(t, minimal()), Limits{})
	wantCode(t, err, "")
	for index, want := range map[uint64]uint8{0: 1, 1: 0, 7: 0, 8: 0, 9: 1, 10: 0, DefaultEntries - 2: 0, DefaultEntries - 1: 1} {
		got, err := list.Entry(index, 1)
		wantCode(t, err, "")
		if got != want {
			t.Errorf("entry %d is %d, want %d", index, got, want)
		}
	}
}

// TestOfficialExample reads the encodedList of example 4 of the specification, an empty list of
// 131,072 entries that another implementation compressed.
func TestOfficialExample(t *testing.T) {
	list, err := Decode("uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA", Limits{})
	wantCode(t, err, "")
	if list.Entries(1) != DefaultEntries {
		t.Errorf("the list has %d entries, want %d", list.Entries(1), DefaultEntries)
	}
	status, err := list.Entry(94567, 1)
	wantCode(t, err, "")
	if status != 0 {
		t.Errorf("status is %d, want 0", status)
	}
}

func TestEntrySizes(t *testing.T) {
	bits := make([]byte, DefaultEntries)
	copy(bits, []byte{0b10110010, 0b01111000, 0b11110000})
	list, err := Decode(pack(t, bits), Limits{})
	wantCode(t, err, "")
	for _, tc := range []struct {
		size  int
		index uint64
		want  uint8
	}{
		{1, 0, 1}, {1, 1, 0}, {2, 0, 0b10}, {2, 1, 0b11}, {2, 3, 0b10}, {3, 0, 0b101}, {3, 1, 0b100},
		{3, 2, 0b100}, // bits 6 to 8, across a byte boundary
		{4, 1, 0b0010}, {5, 1, 0b01001}, {6, 1, 0b100111}, {7, 1, 0b0011110}, {8, 0, 0b10110010}, {8, 2, 0b11110000},
	} {
		got, err := list.Entry(tc.index, tc.size)
		wantCode(t, err, "")
		if got != tc.want {
			t.Errorf("entry %d of %d bits is %b, want %b", tc.index, tc.size, got, tc.want)
		}
	}
}

func TestEntryRefuses(t *testing.T) {
	decode := func(n int) *Bitstring {
		list, err := Decode(pack(t, make([]byte, n)), Limits{})
		wantCode(t, err, "")
		return list
	}
	full, short := decode(DefaultEntries/8), decode(DefaultEntries/8-1)
	for _, tc := range []struct {
		name  string
		list  *Bitstring
		index uint64
		size  int
		code  string
	}{
		{"last entry", full, DefaultEntries - 1, 1, ""},
		{"one beyond the end", full, DefaultEntries, 1, "status.index"},
		{"far beyond the end", full, 1<<64 - 1, 1, "status.index"},
		{"product of index and size overflows", decode(DefaultEntries), 1 << 61, 8, "status.index"},
		{"size zero", full, 0, 0, "status.malformed"},
		{"size negative", full, 0, -1, "status.malformed"},
		{"size too great", full, 0, 9, "status.unknown"},
		{"one byte short", short, 0, 1, "status.list_short"},
		{"entries too large for the list", full, 0, 2, "status.list_short"},
		{"zero value", new(Bitstring), 0, 1, "status.index"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := tc.list.Entry(tc.index, tc.size)
			wantCode(t, err, tc.code)
		})
	}
}

func TestLeastEntriesCanBeSet(t *testing.T) {
	text := pack(t, make([]byte, 2))
	list, err := Decode(text, Limits{Entries: 16})
	wantCode(t, err, "")
	_, err = list.Entry(15, 1)
	wantCode(t, err, "")
	list, err = Decode(text, Limits{Entries: 17})
	wantCode(t, err, "")
	_, err = list.Entry(15, 1)
	wantCode(t, err, "status.list_short")
}

func TestDecodeRefuses(t *testing.T) {
	member := compress(t, minimal())
	encode := base64.RawURLEncoding.EncodeToString
	edit := func(at int, to byte) []byte {
		out := bytes.Clone(member)
		out[at] = to
		return out
	}
	for _, tc := range []struct {
		name, text, code string
	}{
		{"as issued", "u" + encode(member), ""},
		{"empty", "", "status.malformed"},
		{"header alone", "u", "status.malformed"},
		{"no multibase header", encode(member), "status.malformed"},
		{"header of base64url with padding", "U" + encode(member), "status.malformed"},
		{"header of base58", "z" + encode(member), "status.malformed"},
		{"padding", "u" + base64.URLEncoding.EncodeToString(append(member, 0)[:len(member)-len(member)%3+1]), "status.malformed"},
		{"standard alphabet", "u" + strings.NewReplacer("-", "+", "_", "/").Replace(encode(member)) + "+", "status.malformed"},
		{"line end inside", "u" + encode(member)[:8] + "\n" + encode(member)[8:], "status.malformed"},
		{"line end after", "u" + encode(member) + "\r\n", "status.malformed"},
		{"space after", "u" + encode(member) + " ", "status.malformed"},
		{"unused bits set", "u" + encode([]byte{0x1f, 0x8b})[:2] + "x", "status.malformed"},
		{"not compressed", "u" + encode(minimal()), "status.malformed"},
		{"zlib", "u" + encode([]byte{0x78, 0x9c, 3, 0, 0, 0, 0, 1}), "status.malformed"},
		{"wrong checksum", "u" + encode(edit(len(member)-8, member[len(member)-8]^1)), "status.malformed"},
		{"wrong length", "u" + encode(edit(len(member)-1, 1)), "status.malformed"},
		{"cut inside the data", "u" + encode(member[:len(member)-12]), "status.malformed"},
		{"cut inside the trailer", "u" + encode(member[:len(member)-1]), "status.malformed"},
		{"one byte after", "u" + encode(append(bytes.Clone(member), 0)), "status.malformed"},
		{"second member", "u" + encode(append(bytes.Clone(member), member...)), "status.malformed"},
		{"empty second member", "u" + encode(append(bytes.Clone(member), compress(t, nil)...)), "status.malformed"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Decode(tc.text, Limits{})
			wantCode(t, err, tc.code)
		})
	}
}

func TestDecodeBounds(t *testing.T) {
	for _, tc := range []struct {
		name   string
		bytes  int
		limits Limits
		code   string
	}{
		{"default, at the limit", DefaultBytes, Limits{}, ""},
		{"default, one more", DefaultBytes + 1, Limits{}, "budget"},
		{"longer than what is held", DefaultHeld + 1, Limits{}, ""},
		{"own limit, at it", 16384, Limits{Bytes: 16384}, ""},
		{"own limit, one more", 16385, Limits{Bytes: 16384}, "budget"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Decode(pack(t, make([]byte, tc.bytes)), tc.limits)
			wantCode(t, err, tc.code)
		})
	}
}

// TestBombAtLimitStillChecked makes sure that a list of exactly the greatest length has its checksum
// read, which stands after the last byte.
func TestBombAtLimitStillChecked(t *testing.T) {
	member := compress(t, make([]byte, 16384))
	member[len(member)-5] ^= 0x10
	_, err := Decode("u"+base64.RawURLEncoding.EncodeToString(member), Limits{Bytes: 16384})
	wantCode(t, err, "status.malformed")
}

func TestIndex(t *testing.T) {
	for _, tc := range []struct {
		json string
		want uint64
		code string
	}{
		{`"0"`, 0, ""}, {`"94567"`, 94567, ""}, {`94567`, 94567, ""}, {`0`, 0, ""},
		{`"18446744073709551615"`, 1<<64 - 1, ""},
		{`"18446744073709551616"`, 0, "status.malformed"},
		{`""`, 0, "status.malformed"}, {`"-1"`, 0, "status.malformed"}, {`-1`, 0, "status.malformed"},
		{`-0`, 0, "status.malformed"}, {`"+1"`, 0, "status.malformed"}, {`" 1"`, 0, "status.malformed"},
		{`"1 "`, 0, "status.malformed"}, {`"01"`, 0, "status.malformed"}, {`"1.0"`, 0, "status.malformed"},
		{`1.0`, 0, "status.malformed"}, {`1e3`, 0, "status.malformed"}, {`"1e3"`, 0, "status.malformed"},
		{`"0x10"`, 0, "status.malformed"}, {`"1_000"`, 0, "status.malformed"}, {`"١"`, 0, "status.malformed"},
		{`null`, 0, "status.malformed"}, {`true`, 0, "status.malformed"}, {`["1"]`, 0, "status.malformed"},
		{`{"a":1}`, 0, "status.malformed"},
	} {
		t.Run(tc.json, func(t *testing.T) {
			v, err := strict.Parse([]byte(tc.json), strict.Limits{})
			wantCode(t, err, "")
			got, err := Index(v)
			wantCode(t, err, tc.code)
			if got != tc.want {
				t.Errorf("got %d, want %d", got, tc.want)
			}
		})
	}
	_, err := Index(strict.Value{})
	wantCode(t, err, "status.malformed")
}

func TestConcurrentReaders(t *testing.T) {
	list, err := Decode(pack(t, minimal()), Limits{})
	wantCode(t, err, "")
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for index := range uint64(1000) {
				want := uint8(0)
				if index == 0 || index == 9 {
					want = 1
				}
				if got, err := list.Entry(index, 1); err != nil || got != want {
					t.Errorf("entry %d: %d, %v", index, got, err)
					return
				}
			}
		})
	}
	group.Wait()
}

// FuzzDecode checks that what decodes has the checksum that the text carries, that packing it again
// gives the same list, and that no look-up in it panics.
func FuzzDecode(f *testing.F) {
	seeds := [][]byte{nil, {0}, minimal(), bytes.Repeat([]byte{0xa5}, 20000)}
	for _, bits := range seeds {
		text := pack(f, bits)
		if _, err := Decode(text, Limits{}); err != nil {
			f.Fatalf("a seed does not decode: %v", err)
		}
		f.Add(text, uint64(9), 1)
		f.Add(text[:len(text)/2], uint64(1)<<63, 8)
	}
	f.Fuzz(func(t *testing.T, text string, index uint64, size int) {
		list, err := Decode(text, Limits{Bytes: 1 << 20, Entries: 1})
		if err != nil {
			var e *strict.Error
			if !errors.As(err, &e) || e.Code != "status.malformed" && e.Code != "budget" {
				t.Fatalf("unexpected error %v", err)
			}
			return
		}
		raw, err := base64.RawURLEncoding.DecodeString(text[1:])
		if err != nil {
			t.Fatal(err)
		}
		if sum := crc32.ChecksumIEEE(list.bits); !bytes.Contains(raw, []byte{byte(sum), byte(sum >> 8), byte(sum >> 16), byte(sum >> 24)}) {
			t.Error("the checksum of the list is not in the text")
		}
		again, err := Decode(pack(t, list.bits), Limits{Bytes: 1 << 20, Entries: 1})
		if err != nil || !bytes.Equal(again.bits, list.bits) {
			t.Errorf("packing the list again changed it: %v", err)
		}
		status, err := list.Entry(index, size)
		if err == nil && (index >= list.Entries(size) || status>>size != 0) {
			t.Errorf("entry %d of %d bits is %d", index, size, status)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	text := pack(b, minimal())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Decode(text, Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEntry(b *testing.B) {
	list, err := Decode(pack(b, minimal()), Limits{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := list.Entry(94567, 1); err != nil {
			b.Fatal(err)
		}
	}
}
