package bake_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/badgeproof/badgeproof/badge/bake"
)

// TestPNGKinds bakes into PNG images of every colour type that image/png writes, and of a size that
// takes several IDAT chunks. The picture stays the same, pixel for pixel.
func TestPNGKinds(t *testing.T) {
	noise := rand.New(rand.NewPCG(3, 4))
	small, large := image.Rect(0, 0, 9, 7), image.Rect(0, 0, 300, 300)
	palette := color.Palette{color.Black, color.White, color.NRGBA{1, 2, 3, 4}}
	for name, m := range map[string]draw.Image{
		"gray": image.NewGray(small), "gray, 16 bits": image.NewGray16(small), "colour": image.NewRGBA(small),
		"transparent": image.NewNRGBA(small), "transparent, 16 bits": image.NewNRGBA64(small),
		"palette": image.NewPaletted(small, palette), "one pixel": image.NewGray(image.Rect(0, 0, 1, 1)),
		"several chunks": image.NewNRGBA(large),
	} {
		for _, level := range []png.CompressionLevel{png.NoCompression, png.BestCompression} {
			t.Run(fmt.Sprintf("%s/%d", name, level), func(t *testing.T) {
				for i := range m.Bounds().Dx() * m.Bounds().Dy() {
					m.Set(i%m.Bounds().Dx(), i/m.Bounds().Dx(), color.NRGBA{uint8(noise.Uint32()), uint8(i), 9, uint8(noise.Uint32())})
				}
				var plain bytes.Buffer
				if err := (&png.Encoder{CompressionLevel: level}).Encode(&plain, m); err != nil {
					t.Fatal(err)
				}
				baked, err := bake.Insert(plain.Bytes(), []byte(credential))
				if err != nil {
					t.Fatal(err)
				}
				if got, _, err := bake.Extract(baked, bake.Limits{}); err != nil || string(got) != credential {
					t.Fatalf("Extract = %q, %v", got, err)
				}
				if !reflect.DeepEqual(decode(t, plain.Bytes()), decode(t, baked)) {
					t.Error("the picture has changed")
				}
				refused(t, plain.Bytes(), bake.Limits{}, "bake.missing")
			})
		}
	}
}

func decode(t *testing.T, data []byte) image.Image {
	t.Helper()
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// drawings are SVG images as programs write them.
var drawings = map[string]string{
	"inkscape": `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->

<svg
   width="210mm"
   height="297mm"
   viewBox="0 0 210 297"
   version="1.1"
   id="svg5"
   inkscape:version="1.2"
   sodipodi:docname="drawing.svg"
   xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
   xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
   xmlns="http://www.w3.org/2000/svg"
   xmlns:svg="http://www.w3.org/2000/svg">
  <sodipodi:namedview id="namedview7" pagecolor="#ffffff" />
  <defs id="defs2" />
  <metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><cc:Work xmlns:cc="http://creativecommons.org/ns#" rdf:about=""/></rdf:RDF></metadata>
  <g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1"><path d="M 0,0 L 1,1" style="fill:none;stroke:#000"/></g>
</svg>
`,
	"illustrator": `<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator 26.0.1, SVG Export Plug-In -->
<svg version="1.1" id="Layer_1" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" x="0px" y="0px"
	 viewBox="0 0 100 100" style="enable-background:new 0 0 100 100;" xml:space="preserve">
<style type="text/css">
	.st0{fill:#F2B;}
	.st1 > .st2{font-family:'Open Sans';}
</style>
<circle class="st0" cx="50" cy="50" r="50"/>
<image xlink:href="data:image/png;base64,iVBORw0KGgo=" width="1" height="1"/>
</svg>`,
	"one line": `<svg xmlns='http://www.w3.org/2000/svg'><title>A &amp; B &lt; C</title><text>Zoë 徽章</text></svg>`,
	"scripted": `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script><![CDATA[if (a < b && c > d) {}]]></script><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject></svg>`,
}

// TestSVGDrawings bakes into each of them. All that the XML parser sees of the picture stays the
// same: the tokens of the result are those of the drawing, and one element more.
func TestSVGDrawings(t *testing.T) {
	for name, drawing := range drawings {
		for _, text := range []string{credential, "a.b.c", "{\"x\":\"]]>\"}\r\n"} {
			t.Run(name, func(t *testing.T) {
				refused(t, []byte(drawing), bake.Limits{}, "bake.missing")
				baked, err := bake.Insert([]byte(drawing), []byte(text))
				if err != nil {
					t.Fatal(err)
				}
				if got, _, err := bake.Extract(baked, bake.Limits{}); err != nil || string(got) != text {
					t.Fatalf("Extract = %q, %v", got, err)
				}
				before, none := tokens(t, []byte(drawing))
				after, one := tokens(t, baked)
				if none != 0 || one != 1 || !reflect.DeepEqual(before, after) {
					t.Errorf("%d credentials, then %d; the drawing has changed: %s", none, one, baked)
				}
			})
		}
	}
}

// tokens parses an SVG and returns its tokens without the credentials, and how many these were.
func tokens(t *testing.T, data []byte) (all []xml.Token, credentials int) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all, credentials
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name == (xml.Name{Space: space, Local: "credential"}) {
			credentials++
			if err := d.Skip(); err != nil {
				t.Fatal(err)
			}
			continue
		}
		all = append(all, xml.CopyToken(token))
	}
}

// TestSVGMoved takes an element that is right and puts it where it is not: in each drawing, between
// any two tokens. Only directly in the root is it accepted.
func TestSVGMoved(t *testing.T) {
	element := []byte(`<b:credential xmlns:b="` + space + `" verify="a.b.c"/>`)
	for name, drawing := range drawings {
		accepted := 0
		for at, depth := range boundaries(t, []byte(drawing)) {
			moved := bytes.Join([][]byte{[]byte(drawing[:at]), []byte(drawing[at:])}, element)
			got, _, err := bake.Extract(moved, bake.Limits{})
			switch {
			case (err == nil) != (depth == 1):
				t.Errorf("%s: at byte %d, depth %d: %q, %v", name, at, depth, got, err)
			case err == nil:
				accepted++
			default:
				checkError(t, err, "bake.format", len(moved))
			}
		}
		if accepted == 0 {
			t.Errorf("%s: accepted nowhere", name)
		}
	}
}

// boundaries maps the offsets between two tokens to the number of elements open there. The two
// halves of an empty element have no place between them.
func boundaries(t *testing.T, data []byte) map[int]int {
	t.Helper()
	depths := map[int]int{}
	d := xml.NewDecoder(bytes.NewReader(data))
	depth := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return depths
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		depths[int(d.InputOffset())] = depth
	}
}
