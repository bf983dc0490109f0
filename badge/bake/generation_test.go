package bake_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/badge/bake"
)

const (
	assertion    = `{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://example.edu/a/1","name":"Zoë"}`
	assertionURL = "https://example.edu/a?b=1&obversion=2"
	oldSpace     = "http://openbadges.org"
	oldRoot      = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="` + oldSpace + `">`
)

// TestOlderGenuine reads what bakers of Open Badges 2.0 and before it wrote.
func TestOlderGenuine(t *testing.T) {
	with := func(kind, data string) []byte { return afterHeader(picture(t), chunk(kind, data)) }
	svg := func(inner string) []byte { return []byte(oldRoot + inner + "</svg>") }
	for name, c := range map[string]struct {
		image     []byte
		want, url string
	}{
		"PNG, JSON":            {with("iTXt", itxt("openbadges", assertion)), assertion, ""},
		"PNG, JWS":             {with("iTXt", itxt("openbadges", "a.b.c")), "a.b.c", ""},
		"PNG, URL":             {with("iTXt", itxt("openbadges", assertionURL)), assertionURL, ""},
		"PNG, URL in a tEXt":   {with("tEXt", "openbadges\x00"+assertionURL), assertionURL, ""},
		"PNG, JSON in a tEXt":  {with("tEXt", "openbadges\x00"+assertion), assertion, ""},
		"SVG, JWS":             {svg(`<openbadges:assertion verify="a.b.c"/>`), "a.b.c", ""},
		"SVG, URL":             {svg(`<openbadges:assertion verify="https://example.edu/a?b=1&amp;obversion=2"></openbadges:assertion>`), assertionURL, ""},
		"SVG, JSON":            {svg("<openbadges:assertion><![CDATA[" + assertion + "]]></openbadges:assertion>"), assertion, ""},
		"SVG, JSON with a URL": {svg(`<openbadges:assertion verify="https://example.edu/a/1">` + "\n  <![CDATA[\n " + assertion + "\n]]>\n</openbadges:assertion>"), assertion, "https://example.edu/a/1"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := bake.Read(c.image, bake.Limits{})
			if err != nil || got.Generation != 2 || string(got.Text) != c.want || got.URL != c.url {
				t.Fatalf("Read = %d, %q, %q, %v", got.Generation, got.Text, got.URL, err)
			}
			if text, _, err := bake.Extract(c.image, bake.Limits{}); err != nil || string(text) != c.want {
				t.Errorf("Extract = %q, %v", text, err)
			}
		})
	}
}

// TestOlderForged has a broken twin for each of them.
func TestOlderForged(t *testing.T) {
	with := func(chunks ...[]byte) []byte { return afterHeader(picture(t), chunks...) }
	good := chunk("iTXt", itxt("openbadges", assertion))
	svg := func(inner string) []byte { return []byte(oldRoot + inner + "</svg>") }
	element := `<openbadges:assertion verify="a.b.c"/>`
	for name, c := range map[string]struct {
		image []byte
		code  string
	}{
		"PNG, two":              {with(good, good), "bake.duplicate"},
		"PNG, a tEXt too":       {with(chunk("tEXt", "openbadges\x00"+assertionURL), good), "bake.duplicate"},
		"PNG, zTXt":             {with(chunk("zTXt", "openbadges\x00\x00"+deflate(t, "{}"))), "bake.text"},
		"PNG, tEXt of nothing":  {with(chunk("tEXt", "openbadges\x00")), "bake.text"},
		"PNG, tEXt, no end":     {with(chunk("tEXt", "openbadges")), "bake.text"},
		"PNG, tEXt in Latin-1":  {with(chunk("tEXt", "openbadges\x00{\"name\":\"Zo\xeb\"}")), "bake.text"},
		"PNG, other case":       {with(chunk("tEXt", "OpenBadges\x00"+assertionURL)), "bake.missing"},
		"PNG, longer keyword":   {with(chunk("iTXt", itxt("openbadges2", assertion))), "bake.missing"},
		"SVG, two":              {svg(element + element), "bake.duplicate"},
		"SVG, nested":           {svg("<openbadges:assertion>" + element + "</openbadges:assertion>"), "bake.duplicate"},
		"SVG, deeper":           {svg("<g>" + element + "</g>"), "bake.format"},
		"SVG, JWS and JSON":     {svg(`<openbadges:assertion verify="a.b.c">{}</openbadges:assertion>`), "bake.text"},
		"SVG, script and JSON":  {svg(`<openbadges:assertion verify="javascript:x">{}</openbadges:assertion>`), "bake.text"},
		"SVG, spaced URL, JSON": {svg(`<openbadges:assertion verify="https://example.edu/a b">{}</openbadges:assertion>`), "bake.text"},
		"SVG, empty":            {svg(`<openbadges:assertion/>`), "bake.text"},
		"SVG, other namespace":  {[]byte(strings.Replace(string(svg(element)), oldSpace, "https://openbadges.org", 1)), "bake.missing"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := bake.Read(c.image, bake.Limits{})
			checkError(t, err, c.code, len(c.image))
			if got.Text != nil || got.Generation != 0 {
				t.Errorf("%+v beside the error", got)
			}
		})
	}
}

// TestInsertAssertion bakes every form into both kinds of images, and gets it back.
func TestInsertAssertion(t *testing.T) {
	for _, image := range [][]byte{picture(t), []byte(plainSVG)} {
		for _, text := range []string{assertion, "a.b.c", assertionURL, "http://example.edu/a"} {
			baked, err := bake.InsertAssertion(image, []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := bake.Read(baked, bake.Limits{}); err != nil || got.Generation != 2 || string(got.Text) != text {
				t.Errorf("%q came back as %d, %q, %v", text, got.Generation, got.Text, err)
			}
			for _, again := range []func([]byte, []byte) ([]byte, error){bake.Insert, bake.InsertAssertion} {
				_, err = again(baked, []byte(credential))
				checkError(t, err, "bake.duplicate", len(baked))
			}
			if !bytes.Contains(baked, image[len(image)-20:]) {
				t.Error("the picture changed")
			}
		}
		for _, text := range []string{"", "ftp://example.edu/a", "https://example.edu/a b", "https://example.edu/\""} {
			_, err := bake.InsertAssertion(image, []byte(text))
			checkError(t, err, "bake.text", len(image))
		}
		_, err := bake.Insert(image, []byte(assertionURL))
		checkError(t, err, "bake.text", len(image))
	}
	if got, err := bake.Read(afterHeader(picture(t), chunk("iTXt", itxt(keyword, credential))), bake.Limits{}); err != nil || got.Generation != 3 {
		t.Errorf("the current generation is read as %d, %v", got.Generation, err)
	}
}
