package bake_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/badge/bake"
)

const keyword = "openbadgecredential"

// picture returns a small sound PNG.
func picture(t testing.TB) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 8, 8))
	for i := range 64 {
		m.Set(i%8, i/8, color.RGBA{uint8(4 * i), uint8(255 - i), 7, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// chunk returns a chunk with a right CRC.
func chunk(kind, data string) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// afterHeader puts chunks between IHDR and whatever follows it.
func afterHeader(image []byte, chunks ...[]byte) []byte {
	return slices.Concat(image[:33], bytes.Join(chunks, nil), image[33:])
}

// beforeEnd puts chunks before IEND.
func beforeEnd(image []byte, chunks ...[]byte) []byte {
	at := len(image) - 12
	return slices.Concat(image[:at], bytes.Join(chunks, nil), image[at:])
}

// itxt is the data of an uncompressed iTXt chunk.
func itxt(keyword, text string) string { return keyword + "\x00\x00\x00\x00\x00" + text }

// packed is the data of a compressed iTXt chunk.
func packed(t testing.TB, text string) string {
	t.Helper()
	return keyword + "\x00\x01\x00\x00\x00" + deflate(t, text)
}

func deflate(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const credential = `{"id":"urn:uuid:1","name":"Zoë's badge — 徽章 🎖"}`

func TestPNGGenuine(t *testing.T) {
	jws := "eyJhbGciOiJFZERTQSJ9.eyJpZCI6InVybjp1dWlkOjEifQ.c2ln-_"
	latin := "caf\xe9" // other chunks may be Latin-1
	for name, c := range map[string]struct {
		image []byte
		want  string
	}{
		"plain":              {afterHeader(picture(t), chunk("iTXt", itxt(keyword, credential))), credential},
		"compact JWS":        {afterHeader(picture(t), chunk("iTXt", itxt(keyword, jws))), jws},
		"compressed":         {afterHeader(picture(t), chunk("iTXt", packed(t, credential))), credential},
		"compressed, long":   {afterHeader(picture(t), chunk("iTXt", packed(t, strings.Repeat(credential, 999)))), strings.Repeat(credential, 999)},
		"before IEND":        {beforeEnd(picture(t), chunk("iTXt", itxt(keyword, credential))), credential},
		"language tag":       {afterHeader(picture(t), chunk("iTXt", keyword+"\x00\x00\x00en\x00Abzeichen\x00"+credential)), credential},
		"other text around":  {afterHeader(picture(t), chunk("tEXt", "Title\x00"+latin), chunk("iTXt", itxt(keyword, credential)), chunk("zTXt", "Comment\x00\x00junk")), credential},
		"white space around": {afterHeader(picture(t), chunk("iTXt", itxt(keyword, "\n"+credential+"\r\n"))), "\n" + credential + "\r\n"},
		"byte order mark":    {afterHeader(picture(t), chunk("iTXt", itxt(keyword, "\ufeff{}"))), "\ufeff{}"},
		"private chunks":     {afterHeader(picture(t), chunk("vpAg", "123456789"), chunk("iTXt", itxt(keyword, credential))), credential},
		"keyword in a value": {afterHeader(picture(t), chunk("tEXt", "Title\x00"+keyword), chunk("iTXt", itxt(keyword, credential))), credential},
	} {
		t.Run(name, func(t *testing.T) {
			got, container, err := bake.Extract(c.image, bake.Limits{})
			if err != nil || container != bake.PNG || string(got) != c.want {
				t.Fatalf("Extract = %q, %q, %v", got, container, err)
			}
		})
	}
}

// TestPNGForged has, for every rule that the genuine images keep, an image that breaks just it.
func TestPNGForged(t *testing.T) {
	good := chunk("iTXt", itxt(keyword, credential))
	p := picture(t)
	header, end := p[8:33], p[len(p)-12:]
	data := p[33 : len(p)-12] // IDAT
	with := func(chunks ...[]byte) []byte { return afterHeader(p, chunks...) }
	sig := p[:8]
	for name, c := range map[string]struct {
		image []byte
		code  string
	}{
		"two":                     {with(good, good), "bake.duplicate"},
		"two, different":          {with(good, chunk("iTXt", itxt(keyword, "{}"))), "bake.duplicate"},
		"two, one compressed":     {beforeEnd(with(good), chunk("iTXt", packed(t, credential))), "bake.duplicate"},
		"two, one tEXt":           {with(good, chunk("tEXt", keyword+"\x00{}")), "bake.duplicate"},
		"two, one malformed":      {with(chunk("iTXt", keyword), good), "bake.duplicate"},
		"tEXt":                    {with(chunk("tEXt", keyword+"\x00{}")), "bake.text"},
		"zTXt":                    {with(chunk("zTXt", keyword+"\x00\x00"+deflate(t, "{}"))), "bake.text"},
		"none":                    {p, "bake.missing"},
		"keyword in capitals":     {with(chunk("iTXt", itxt("OpenBadgeCredential", credential))), "bake.missing"},
		"keyword with a space":    {with(chunk("iTXt", itxt(keyword+" ", credential))), "bake.missing"},
		"keyword not ended":       {with(chunk("iTXt", itxt(keyword+"s", credential))), "bake.missing"},
		"keyword too long":        {with(chunk("iTXt", itxt(strings.Repeat("k", 80), credential))), "bake.missing"},
		"an older one too":        {with(chunk("iTXt", itxt("openbadges", "{}")), good), "bake.duplicate"},
		"an older one, tEXt, too": {with(good, chunk("tEXt", "openbadges\x00{}")), "bake.duplicate"},
		"CLR":                     {with(chunk("iTXt", itxt("clrcredential", "{}"))), "bake.missing"},
		"chunk type iTXT":         {with(chunk("iTXT", itxt(keyword, credential))), "bake.missing"},
		"Latin-1":                 {with(chunk("iTXt", itxt(keyword, "{\"name\":\"Zo\xeb\"}"))), "bake.text"},
		"Latin-1, compressed":     {with(chunk("iTXt", packed(t, "{\"name\":\"Zo\xeb\"}"))), "bake.text"},
		"surrogate as UTF-8":      {with(chunk("iTXt", itxt(keyword, "{\"\xed\xa0\x80\":1}"))), "bake.text"},
		"overlong UTF-8":          {with(chunk("iTXt", itxt(keyword, "{\"\xc0\xaf\":1}"))), "bake.text"},
		"UTF-16":                  {with(chunk("iTXt", itxt(keyword, "\xff\xfe{\x00}\x00"))), "bake.text"},
		"empty":                   {with(chunk("iTXt", itxt(keyword, ""))), "bake.text"},
		"white":                   {with(chunk("iTXt", itxt(keyword, " \n"))), "bake.text"},
		"empty, compressed":       {with(chunk("iTXt", packed(t, ""))), "bake.text"},
		"no flags":                {with(chunk("iTXt", keyword+"\x00")), "bake.text"},
		"no tags":                 {with(chunk("iTXt", keyword+"\x00\x00\x00")), "bake.text"},
		"one tag":                 {with(chunk("iTXt", keyword+"\x00\x00\x00\x00")), "bake.text"},
		"flag 2":                  {with(chunk("iTXt", keyword+"\x00\x02\x00\x00\x00{}")), "bake.text"},
		"method 1":                {with(chunk("iTXt", keyword+"\x00\x01\x01\x00\x00{}")), "bake.text"},
		"method 1, uncompressed":  {with(chunk("iTXt", keyword+"\x00\x00\x01\x00\x00{}")), "bake.text"},
		"compressed, not zlib":    {with(chunk("iTXt", keyword+"\x00\x01\x00\x00\x00{}")), "bake.text"},
		"compressed, cut":         {with(chunk("iTXt", strings.TrimSuffix(packed(t, credential), packed(t, credential)[90:]))), "bake.text"},
		"compressed, checksum":    {with(chunk("iTXt", packed(t, credential)[:len(packed(t, credential))-1]+"\xee")), "bake.text"},
		"compressed, more behind": {with(chunk("iTXt", packed(t, credential)+"x")), "bake.text"},
		"compressed twice over":   {with(chunk("iTXt", packed(t, credential)+deflate(t, "{}"))), "bake.text"},

		"no IHDR":             {slices.Concat(sig, data, end), "bake.format"},
		"credential first":    {slices.Concat(sig, good, header, data, end), "bake.format"},
		"two IHDR":            {with(header, good), "bake.format"},
		"IHDR short":          {slices.Concat(sig, chunk("IHDR", "\x00\x00\x00\x08\x00\x00\x00\x08"), good, data, end), "bake.format"},
		"no width":            {slices.Concat(sig, chunk("IHDR", "\x00\x00\x00\x00\x00\x00\x00\x08\x08\x06\x00\x00\x00"), good, data, end), "bake.format"},
		"negative height":     {slices.Concat(sig, chunk("IHDR", "\x00\x00\x00\x08\x80\x00\x00\x00\x08\x06\x00\x00\x00"), good, data, end), "bake.format"},
		"no IDAT":             {slices.Concat(sig, header, good, end), "bake.format"},
		"IDAT in two runs":    {beforeEnd(p, good, data), "bake.format"},
		"no IEND":             {with(good)[:len(p)+len(good)-12], "bake.format"},
		"IEND with data":      {slices.Concat(sig, header, good, data, chunk("IEND", "x")), "bake.format"},
		"bytes behind IEND":   {append(with(good), 0), "bake.format"},
		"chunk behind IEND":   {append(slices.Clone(p), good...), "bake.format"},
		"PNG behind PNG":      {append(with(good), p...), "bake.format"},
		"type of digits":      {with(chunk("1234", ""), good), "bake.format"},
		"length beyond file":  {with(slices.Concat([]byte{0xff, 0xff, 0xff, 0xff}, good[4:])), "bake.format"},
		"cut":                 {with(good)[:60], "bake.format"},
		"signature only":      {sig, "bake.format"},
		"signature damaged":   {append([]byte("\x89PNG\n\x1a\n"), with(good)[8:]...), "bake.format"},
		"CRC of another":      {with(slices.Concat(good[:len(good)-4], end[8:])), "bake.crc"},
		"CRC of zero":         {with(slices.Concat(good[:len(good)-4], make([]byte, 4))), "bake.crc"},
		"CRC of an IDAT":      {slices.Concat(sig, header, good, data[:len(data)-1], []byte{data[len(data)-1] ^ 1}, end), "bake.crc"},
		"CRC of another iTXt": {with(good, slices.Concat(chunk("iTXt", "a\x00")[:10], make([]byte, 4))), "bake.crc"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.image, bake.Limits{}, c.code) })
	}
}

// TestPNGEveryByte flips each bit pattern of every byte of the chunk, and some of the rest.
func TestPNGEveryByte(t *testing.T) {
	baked, err := bake.Insert(picture(t), []byte(credential))
	if err != nil {
		t.Fatal(err)
	}
	for i := range baked {
		for _, mask := range []byte{1, 0x20, 0x80, 0xff} {
			baked[i] ^= mask
			if got, _, err := bake.Extract(baked, bake.Limits{}); err == nil {
				t.Fatalf("byte %d changed by %#x: Extract = %q", i, mask, got)
			}
			baked[i] ^= mask
		}
	}
	if _, _, err := bake.Extract(baked, bake.Limits{}); err != nil {
		t.Fatal(err)
	}
}

func TestPNGEveryLength(t *testing.T) {
	baked, err := bake.Insert(picture(t), []byte(credential))
	if err != nil {
		t.Fatal(err)
	}
	for n := range baked {
		if _, _, err := bake.Extract(baked[:n:n], bake.Limits{}); err == nil {
			t.Fatalf("accepted when cut to %d bytes", n)
		}
	}
}

func TestPNGInsertKeepsTheRest(t *testing.T) {
	p := afterHeader(picture(t), chunk("tEXt", "Title\x00caf\xe9"))
	before := bytes.Clone(p)
	baked, err := bake.Insert(p, []byte(credential))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(p, before) {
		t.Error("Insert changed its argument")
	}
	want := afterHeader(p, chunk("iTXt", itxt(keyword, credential)))
	if !bytes.Equal(baked, want) {
		t.Error("Insert changed more than one chunk")
	}
	if _, err := png.Decode(bytes.NewReader(baked)); err != nil {
		t.Errorf("image/png cannot read the result: %v", err)
	}
}
