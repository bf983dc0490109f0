package bake_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/badgeproof/badgeproof/badge/bake"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// TestForeignBakers compares what other software baked with the same badge as a file of its own.
func TestForeignBakers(t *testing.T) {
	const badges = "../../testdata/badges/"
	if _, err := os.Stat(badges); err != nil {
		t.Skip("testdata/badges is not here")
	}
	for image, plain := range map[string]string{
		"complete.png": "complete.json", "complete-compressed.png": "complete.json", "simple.png": "simple.json",
		"simple-body.svg": "simple.json", "simple-jwt.png": "jwt-2.0.jwt", "simple-verify.svg": "jwt-2.0.jwt",
	} {
		t.Run(image, func(t *testing.T) {
			data, err := os.ReadFile(badges + image)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(badges + plain)
			if err != nil {
				t.Fatal(err)
			}
			got, container, err := bake.Extract(data, bake.Limits{})
			if err != nil || "."+string(container) != filepath.Ext(image) {
				t.Fatalf("container %q, %v", container, err)
			}
			if !same(t, got, want) {
				t.Errorf("the image and %s hold different credentials", plain)
			}
			unbaked := change(t, data, got, []byte(strings.Repeat(" ", len(got))))
			if _, _, err := bake.Extract(unbaked, bake.Limits{}); err == nil {
				t.Error("accepted without its credential")
			}
		})
	}
}

// change replaces the first occurrence of old, or cuts the data short where it is compressed.
func change(t *testing.T, data, old, new []byte) []byte {
	t.Helper()
	if !bytes.Contains(data, old) {
		return data[:len(data)-1]
	}
	return bytes.Replace(data, old, new, 1)
}

// same compares two JSON texts by value, and other texts without the white space around them.
func same(t *testing.T, a, b []byte) bool {
	t.Helper()
	if a = bytes.TrimSpace(a); a[0] != '{' {
		return bytes.Equal(a, bytes.TrimSpace(b))
	}
	var va, vb any
	if err := errors.Join(json.Unmarshal(a, &va), json.Unmarshal(b, &vb)); err != nil {
		t.Fatal(err)
	}
	return reflect.DeepEqual(va, vb)
}

// TestOffsets checks that errors point at the place that a person has to look at.
func TestOffsets(t *testing.T) {
	good := chunk("iTXt", itxt(keyword, credential))
	p := picture(t)
	twice := afterHeader(p, good, good)
	latin := afterHeader(p, chunk("iTXt", itxt(keyword, "{\"name\":\"Zo\xeb\"}")))
	crc := afterHeader(p, good)
	crc[33+len(good)-1]++
	svg := "<svg xmlns:o='" + space + "'><o:credential verify='a'/><o:credential verify='b'/></svg>"
	for name, c := range map[string]struct {
		image string
		want  int
	}{
		"second chunk":           {string(twice), 33 + len(good)},
		"byte that is no UTF-8":  {string(latin), bytes.IndexByte(latin, 0xeb)},
		"chunk with a wrong CRC": {string(crc), 33},
		"behind IEND":            {string(p) + "tail tail tail", len(p)},
		"cut":                    {string(p[:len(p)-1]), len(p) - 12},
		"second element":         {svg, strings.LastIndex(svg, "<o:")},
		"behind a mark":          {"\ufeff" + svg, 3 + strings.LastIndex(svg, "<o:")},
		"no UTF-8 in an SVG":     {"<svg>\xeb</svg>", 5},
		"DOCTYPE":                {"<!-- --><!DOCTYPE svg []><svg/>", 8},
		"second root":            {"<svg/>\n<svg/>", 7},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := bake.Extract([]byte(c.image), bake.Limits{})
			e, ok := errors.AsType[*strict.Error](err)
			if !ok || e.Offset != c.want {
				t.Errorf("%v, want offset %d", err, c.want)
			}
		})
	}
}

// TestResultsAreCopies changes the arguments after the call.
func TestResultsAreCopies(t *testing.T) {
	for _, image := range [][]byte{picture(t), []byte(plainSVG)} {
		for _, text := range []string{credential, "a.b.c"} {
			put := []byte(text)
			baked, err := bake.Insert(image, put)
			if err != nil {
				t.Fatal(err)
			}
			clear(put)
			got, _, err := bake.Extract(baked, bake.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			clear(baked)
			if string(got) != text {
				t.Errorf("the result shares memory with an argument: %q", got)
			}
		}
	}
}

// TestConcurrent has many goroutines read one image.
func TestConcurrent(t *testing.T) {
	image := afterHeader(picture(t), chunk("iTXt", packed(t, credential)))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				if got, _, err := bake.Extract(image, bake.Limits{}); err != nil || string(got) != credential {
					t.Errorf("Extract = %q, %v", got, err)
				}
			}
		})
	}
	group.Wait()
}

// TestRandomChunkOrder shuffles the chunks of a sound image. What is accepted has its chunks in an
// order that the PNG specification allows.
func TestRandomChunkOrder(t *testing.T) {
	p := picture(t)
	chunks := [][]byte{p[8:33], chunk("tEXt", "a\x00b"), chunk("iTXt", itxt(keyword, credential)), p[33 : len(p)-12], chunk("eXIf", "x"), p[len(p)-12:]}
	source := rand.New(rand.NewPCG(1, 2))
	accepted := 0
	for range 2000 {
		source.Shuffle(len(chunks), func(i, j int) { chunks[i], chunks[j] = chunks[j], chunks[i] })
		image := append(slices.Clone(p[:8]), bytes.Join(chunks, nil)...)
		allowed := string(chunks[0][4:8]) == "IHDR" && string(chunks[5][4:8]) == "IEND"
		_, _, err := bake.Extract(image, bake.Limits{})
		if (err == nil) != allowed {
			t.Fatalf("allowed %v: %v", allowed, err)
		}
		if allowed {
			accepted++
			continue
		}
		checkError(t, err, "bake.format", len(image))
	}
	if accepted == 0 {
		t.Error("no order was accepted")
	}
}

// TestSVGEveryTruncation cuts an SVG everywhere: no prefix of it is an image with a credential.
func TestSVGEveryTruncation(t *testing.T) {
	baked, err := bake.Insert([]byte(strings.TrimSpace(plainSVG)), []byte(credential))
	if err != nil {
		t.Fatal(err)
	}
	for n := range baked {
		if got, _, err := bake.Extract(baked[:n:n], bake.Limits{}); err == nil {
			t.Fatalf("cut to %d bytes: %q", n, got)
		}
	}
}

// TestSVGEveryDeletion removes every byte in turn. There is no checksum, so that text may change;
// but an image never starts to carry two credentials or nothing without an error.
func TestSVGEveryDeletion(t *testing.T) {
	baked, err := bake.Insert([]byte(plainSVG), []byte(credential))
	if err != nil {
		t.Fatal(err)
	}
	start := bytes.Index(baked, []byte("<openbadges:"))
	end := bytes.Index(baked, []byte("</openbadges:"))
	for i := range baked {
		got, _, err := bake.Extract(slices.Delete(slices.Clone(baked), i, i+1), bake.Limits{})
		inside := start <= i && i < end
		switch {
		case err != nil && got != nil:
			t.Fatalf("byte %d: text beside %v", i, err)
		case err == nil && !inside && string(got) != credential:
			t.Fatalf("byte %d, outside the credential, changes it to %q", i, got)
		}
	}
}
