package bake_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/badge/bake"
)

const newer = `{"id":"urn:uuid:2","name":"another — 徽章"}`

// ancillary are chunks as programs put them into pictures: colours, times, metadata, previews, private data.
func ancillary() (before, after []byte) {
	before = bytes.Join([][]byte{
		chunk("gAMA", "\x00\x00\xb1\x8f"), chunk("pHYs", "\x00\x00\x0b\x13\x00\x00\x0b\x13\x01"), chunk("tIME", "\x07\xea\x05\x1f\x0c\x00\x00"),
		chunk("tEXt", "Title\x00caf\xe9"), chunk("iTXt", itxt("XML:com.adobe.xmp", "<x:xmpmeta/>")), chunk("tEXt", "OpenBadges\x00x"),
		chunk("iTXt", itxt("openbadgecredential2", credential)), chunk("vpAg", "private"),
	}, nil)
	after = bytes.Join([][]byte{chunk("eXIf", "MM\x00*"), chunk("zTXt", "Comment\x00\x00x"), chunk("tEXt", "")}, nil)
	return before, after
}

// replaced bakes, and holds that what comes out is the picture with the credential and nothing else.
func replaced(t *testing.T, image, plain []byte, text string) {
	t.Helper()
	before := bytes.Clone(image)
	removed, err := bake.Remove(image)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(removed, plain) {
		t.Errorf("without its credential the image is\n%q, want\n%q", removed, plain)
	}
	got, err := bake.Replace(image, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if want, err := bake.Insert(plain, []byte(text)); err != nil || !bytes.Equal(got, want) {
		t.Errorf("replaced is not inserted (%v):\n%q, want\n%q", err, got, want)
	}
	if read, err := bake.Read(got, bake.Limits{}); err != nil || string(read.Text) != text || read.Generation != 3 {
		t.Errorf("Read = %+v, %v", read, err)
	}
	if again, err := bake.Replace(got, []byte(text)); err != nil || !bytes.Equal(again, got) {
		t.Errorf("baking once more changes the image: %v", err)
	}
	if !bytes.Equal(image, before) {
		t.Error("the argument was changed")
	}
}

// TestReplacePNG bakes anew over credentials of every kind, wherever they stand, and one by one over the
// chunks of pictures.
func TestReplacePNG(t *testing.T) {
	before, after := ancillary()
	plain := beforeEnd(afterHeader(picture(t), before), after)
	with := func(front, back string) []byte {
		image := picture(t)
		if back != "" {
			image = beforeEnd(image, []byte(back))
		}
		image = afterHeader(beforeEnd(image, after), before)
		if front != "" {
			image = afterHeader(image, []byte(front))
		}
		return image
	}
	ours := func(text string) string { return string(chunk("iTXt", itxt(keyword, text))) }
	for name, image := range map[string][]byte{
		"none":           with("", ""),
		"front":          with(ours(credential), ""),
		"back":           with("", ours(credential)),
		"two":            with(ours(credential), ours(newer)),
		"compressed":     with(string(chunk("iTXt", packed(t, credential))), ""),
		"older":          with(string(chunk("iTXt", itxt("openbadges", assertion))), ""),
		"older, Latin-1": with(string(chunk("tEXt", "openbadges\x00"+assertionURL)), ""),
		"both":           with(string(chunk("iTXt", itxt("openbadges", assertion))), ours(credential)),
		"damaged text":   with(ours("\xff"), ""),
		"empty":          with(ours(""), ""),
		"wrong kind":     with(string(chunk("zTXt", keyword+"\x00\x00x")), ""),
	} {
		t.Run(name, func(t *testing.T) {
			replaced(t, image, plain, newer)
			replaced(t, image, plain, "a.b.c")
		})
	}
}

// TestReplaceSVG does the same with drawings as programs write them, of which comments, white space,
// namespaces, entities and sections stay as they are.
func TestReplaceSVG(t *testing.T) {
	for name, drawing := range drawings {
		end := strings.LastIndex(drawing, "</svg>")
		for kind, element := range map[string]string{
			"none":       "",
			"json":       `<openbadges:credential xmlns:openbadges="` + space + `"><![CDATA[` + credential + `]]></openbadges:credential>`,
			"jws":        `<ob:credential xmlns:ob="` + space + `" verify="a.b.c"/>`,
			"no prefix":  `<credential xmlns="` + space + `" verify = 'a.b.c' ></credential >`,
			"two":        `<credential xmlns="` + space + `" verify="a.b.c"/><credential xmlns="` + space + `" verify="d.e.f"/>`,
			"older":      `<o:assertion xmlns:o="` + oldSpace + `" verify="https://example.edu/a?b=1&amp;c=2"/>`,
			"both":       `<o:assertion xmlns:o="` + oldSpace + `" verify="a.b.c"/><credential xmlns="` + space + `" verify="d.e.f"/>`,
			"in another": `<credential xmlns="` + space + `"><credential><!-- --><g/></credential>x</credential>`,
			"empty":      `<credential xmlns="` + space + `"/>`,
		} {
			t.Run(name+"/"+kind, func(t *testing.T) {
				replaced(t, []byte(drawing[:end]+element+drawing[end:]), []byte(drawing), newer)
			})
		}
		deeper := strings.Replace(drawing, "</svg>", `<g><credential xmlns="`+space+`" verify="a.b.c"/></g></svg>`, 1)
		replaced(t, []byte(deeper), []byte(strings.Replace(drawing, "</svg>", "<g></g></svg>", 1)), newer)
		replaced(t, []byte("\ufeff"+drawing[:end]+`<credential xmlns="`+space+`"/>`+drawing[end:]), []byte("\ufeff"+drawing), "a.b.c")
	}
	// The namespace that an image declares on its root stays, and so does what looks like a credential.
	image := root + body + `<openbadges:x/><credential>` + "</credential></svg>"
	replaced(t, []byte(image), []byte(root+`<openbadges:x/><credential></credential></svg>`), newer)
}

// TestReplaceRefuses has the images and credentials that Replace and Remove must refuse.
func TestReplaceRefuses(t *testing.T) {
	p := picture(t)
	flipped := afterHeader(p, chunk("iTXt", itxt(keyword, credential)))
	flipped[60] ^= 1
	for name, c := range map[string]struct {
		image []byte
		code  string
	}{
		"empty":              {nil, "bake.format"},
		"gif":                {[]byte("GIF89a"), "bake.format"},
		"html":               {[]byte("<html></html>"), "bake.format"},
		"cut png":            {p[:len(p)-5], "bake.format"},
		"no end":             {p[:len(p)-12], "bake.format"},
		"after the end":      {append(bytes.Clone(p), chunk("iTXt", itxt("x", "y"))...), "bake.format"},
		"changed":            {flipped, "bake.crc"},
		"many chunks":        {afterHeader(p, bytes.Repeat(chunk("tEXt", ""), bake.DefaultChunks)), "bake.size"},
		"many credentials":   {afterHeader(p, bytes.Repeat(chunk("iTXt", keyword+"\x00"), bake.DefaultChunks)), "bake.size"},
		"large":              {beforeEnd(p, chunk("prVt", strings.Repeat("x", bake.DefaultImage))), "bake.size"},
		"open svg":           {[]byte("<svg>"), "bake.format"},
		"open credential":    {[]byte(root + `<openbadges:credential></svg>`), "bake.format"},
		"markup":             {[]byte("<svg>" + strings.Repeat("<a/>", bake.DefaultMarkup) + "</svg>"), "bake.size"},
		"deep":               {[]byte(strings.Repeat("<svg>", bake.DefaultDepth+1) + strings.Repeat("</svg>", bake.DefaultDepth+1)), "bake.size"},
		"entities":           {[]byte(`<!DOCTYPE svg [<!ENTITY a "b">]><svg>` + body + `</svg>`), "bake.format"},
		"root is credential": {[]byte(`<credential xmlns="` + space + `" verify="a.b.c"/>`), "bake.format"},
		"not UTF-8":          {[]byte("<svg>\xff" + body + "</svg>"), "bake.format"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := bake.Replace(c.image, []byte(newer))
			checkError(t, err, c.code, len(c.image))
			plain, err := bake.Remove(c.image)
			checkError(t, err, c.code, len(c.image))
			if got != nil || plain != nil {
				t.Error("an image beside the error")
			}
		})
	}
	for _, text := range []string{"", "[]", "{\xff}", "a b"} {
		if got, err := bake.Replace(p, []byte(text)); err == nil || got != nil {
			t.Errorf("%q was baked in", text)
		} else {
			checkError(t, err, "bake.text", len(p))
		}
	}
}

// TestRemoveIsACopy changes what Remove returned for an image that it left as it was.
func TestRemoveIsACopy(t *testing.T) {
	p := picture(t)
	plain, err := bake.Remove(p)
	if err != nil || !bytes.Equal(plain, p) {
		t.Fatalf("a picture without a credential comes back changed: %v", err)
	}
	clear(plain)
	if bytes.Equal(plain, p) {
		t.Error("the memory is shared")
	}
}

// FuzzReplace holds for any image that is not refused: what comes out carries the credential, is the same
// however often it is baked, and has nothing of the old one, nor lost anything else.
func FuzzReplace(f *testing.F) {
	before, after := ancillary()
	seeds := []string{
		string(beforeEnd(afterHeader(picture(f), chunk("iTXt", itxt(keyword, credential)), before), after)),
		root + body + "</svg>", root + body + body + "<g/></svg>", "<svg/>", "<svg>]]" + body + "></svg>",
		oldRoot + `<openbadges:assertion verify="a.b.c"/></svg>`, drawings["inkscape"], drawings["scripted"],
	}
	for i, s := range seeds {
		if _, ok := bake.Detect([]byte(s)); !ok {
			f.Fatalf("seed %d is no image", i)
		}
		f.Add([]byte(s), []byte(newer))
		f.Add([]byte(s), []byte("a.b.c"))
	}
	f.Fuzz(func(t *testing.T, image, text []byte) {
		plain, err := bake.Remove(image)
		if err != nil {
			checkResult(t, plain, err, 0)
			return
		}
		refused(t, plain, bake.Limits{}, "bake.missing")
		got, err := bake.Replace(image, text)
		if err != nil {
			checkResult(t, got, err, 0)
			return
		}
		if read, err := bake.Read(got, bake.Limits{}); err != nil || !bytes.Equal(read.Text, text) {
			t.Fatalf("put in %q, took out %q, %v", text, read.Text, err)
		}
		back, err := bake.Remove(got)
		if err != nil || !bytes.Equal(back, plain) && !bytes.Contains(plain, []byte("/>")) { // but for a root that was empty, and now is open
			t.Fatalf("%v: %q becomes %q", err, plain, back)
		}
		if again, err := bake.Replace(got, text); err != nil || !bytes.Equal(again, got) {
			t.Fatalf("baking once more changes %q to %q (%v)", got, again, err)
		}
	})
}
