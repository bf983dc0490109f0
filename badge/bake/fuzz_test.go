package bake_test

import (
	"bytes"
	"errors"
	"testing"
	"unicode/utf8"

	"github.com/badgeproof/badgeproof/badge/bake"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// FuzzPNG and FuzzSVG feed any image to Extract and Insert. They hold:
// an error is always a *strict.Error and comes with nothing else; what comes out is UTF-8 within
// the limit; what was inserted comes out again, byte for byte; and an image has room for one.
func FuzzPNG(f *testing.F) {
	p := picture(f)
	seeds := [][]byte{
		p, afterHeader(p, chunk("iTXt", itxt(keyword, credential))), afterHeader(p, chunk("iTXt", packed(f, credential))),
		afterHeader(p, chunk("tEXt", keyword+"\x00x")), beforeEnd(p, chunk("iTXt", itxt("openbadges", "{}"))), afterHeader(p, chunk("tEXt", "openbadges\x00https://example.edu/a")),
	}
	for i, s := range seeds {
		if c, ok := bake.Detect(s); !ok || c != bake.PNG {
			f.Fatalf("seed %d is no PNG", i)
		}
		f.Add(s, []byte(credential))
		f.Add(s, []byte("a.b.c"))
	}
	f.Fuzz(properties)
}

func FuzzSVG(f *testing.F) {
	seeds := []string{
		plainSVG, root + body + "</svg>", `<svg xmlns:b="` + space + `"><b:credential verify="a.b.c"/></svg>`, "<svg/>",
		`<!DOCTYPE svg><s:svg xmlns:s="http://www.w3.org/2000/svg"></s:svg>`, "\ufeff<svg a='/'/>", `<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>`,
	}
	for i, s := range seeds {
		if c, ok := bake.Detect([]byte(s)); !ok || c != bake.SVG {
			f.Fatalf("seed %d is no SVG", i)
		}
		f.Add([]byte(s), []byte(credential))
		f.Add([]byte(s), []byte("{\"a\":\"]]>\"}\r\n"))
		f.Add([]byte(s), []byte("a.b.c"))
	}
	f.Fuzz(properties)
}

func properties(t *testing.T, image, credential []byte) {
	limits := bake.Limits{Credential: 1 << 16}
	got, container, err := bake.Extract(image, limits)
	checkResult(t, got, err, limits.Credential)
	if detected, ok := bake.Detect(image); ok && detected != container {
		t.Fatalf("Detect says %q, Extract %q", detected, container)
	}
	if baked, err := bake.InsertAssertion(image, credential); err == nil {
		if back, err := bake.Read(baked, bake.Limits{}); err != nil || back.Generation != 2 || !bytes.Equal(back.Text, credential) {
			t.Fatalf("put in %q, took out %q of generation %d, %v", credential, back.Text, back.Generation, err)
		}
	}
	baked, err := bake.Insert(image, credential)
	if err != nil {
		checkResult(t, baked, err, 0)
		return
	}
	back, _, err := bake.Extract(baked, bake.Limits{})
	if err != nil || !bytes.Equal(back, credential) {
		t.Fatalf("put in %q, took out %q, %v", credential, back, err)
	}
	if _, err := bake.Insert(baked, credential); err == nil {
		t.Fatal("a second credential was inserted")
	}
}

func checkResult(t *testing.T, got []byte, err error, limit int) {
	t.Helper()
	if err == nil {
		if len(got) == 0 || len(got) > limit || !utf8.Valid(got) {
			t.Fatalf("took out %q", got)
		}
		return
	}
	if e, ok := errors.AsType[*strict.Error](err); !ok || e.Code == "" || e.Detail == "" || got != nil {
		t.Fatalf("error %#v beside %q", err, got)
	}
}
