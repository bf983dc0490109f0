package bake_test

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/badge/bake"
)

const (
	plainSVG = `<?xml version="1.0" encoding="UTF-8"?>
<!-- a badge -->
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><g fill="red"><rect width="8" height="8"/></g><script><![CDATA[alert("</svg>")]]></script></svg>
`
	space = "https://purl.imsglobal.org/ob/v3p0"
	root  = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">`
	body  = `<openbadges:credential><![CDATA[{"id":"x"}]]></openbadges:credential>`
)

func TestSVGGenuine(t *testing.T) {
	const want = `{"id":"x"}`
	for name, c := range map[string]struct{ image, want string }{
		"CDATA":               {root + body + "<g/></svg>", want},
		"text":                {root + `<openbadges:credential>{"id":"x"}</openbadges:credential></svg>`, want},
		"escaped text":        {root + `<openbadges:credential>{&quot;id&#34;:&#x22;x"}</openbadges:credential></svg>`, want},
		"verify":              {root + `<openbadges:credential verify="a.b.c"></openbadges:credential></svg>`, "a.b.c"},
		"verify, empty tag":   {root + `<openbadges:credential verify='a.b.c'/></svg>`, "a.b.c"},
		"verify, white body":  {root + "<openbadges:credential verify=' a.b.c\n'>\n </openbadges:credential></svg>", "a.b.c"},
		"other prefix":        {`<svg xmlns:b="` + space + `"><b:credential verify="a.b.c"/></svg>`, "a.b.c"},
		"default namespace":   {`<svg xmlns="http://www.w3.org/2000/svg"><credential xmlns="` + space + `" verify="a.b.c"/></svg>`, "a.b.c"},
		"namespace inside":    {`<svg><q:credential verify="a.b.c" xmlns:q="` + space + `"/></svg>`, "a.b.c"},
		"prefixed svg":        {`<s:svg xmlns:s="http://www.w3.org/2000/svg" xmlns:b="` + space + `"><b:credential verify="a.b.c"/></s:svg>`, "a.b.c"},
		"not the first child": {root + "<metadata><a:b xmlns:a='urn:a'>credential</a:b></metadata>" + body + "</svg>", want},
		"declaration":         {`<?xml version="1.0" encoding="utf-8" standalone="no"?>` + root + body + "</svg>", want},
		"single quotes":       {`<?xml version='1.0' encoding='UTF-8'?>` + root + body + "</svg>", want},
		"mark":                {"\ufeff<?xml version=\"1.0\"?>" + root + body + "</svg>", want},
		"plain DOCTYPE":       {"<!DOCTYPE svg>" + root + body + "</svg>", want},
		"instruction outside": {`<?xml-stylesheet href="a.css"?>` + root + body + "</svg>", want},
		"comments outside":    {"<!-- " + body + " -->" + root + "<!-- " + body + " -->" + body + "</svg><!-- " + body + " -->", want},
		"scripts are text":    {root + "<script>alert(1)</script>" + body + "</svg>", want},
		"other attributes":    {root + `<openbadges:credential id="b" xml:space="preserve">{"id":"x"}</openbadges:credential></svg>`, want},
		"two sections":        {root + `<openbadges:credential><![CDATA[{"id":]]><![CDATA["x"}]]></openbadges:credential></svg>`, want},
		"credential as text":  {root + "<title>&lt;openbadges:credential/&gt;</title>" + body + "</svg>", want},
	} {
		t.Run(name, func(t *testing.T) {
			got, container, err := bake.Extract([]byte(c.image), bake.Limits{})
			if err != nil || container != bake.SVG || string(got) != c.want {
				t.Fatalf("Extract = %q, %q, %v", got, container, err)
			}
		})
	}
}

// TestSVGForged has, for every rule that the genuine images keep, an image that breaks just it.
func TestSVGForged(t *testing.T) {
	element := func(s string) string { return root + s + "</svg>" }
	for name, c := range map[string]struct{ image, code string }{
		"two":                       {element(body + body), "bake.duplicate"},
		"two, one with verify":      {element(body + `<openbadges:credential verify="a.b.c"/>`), "bake.duplicate"},
		"two, other prefix":         {element(body + `<x:credential xmlns:x="` + space + `" verify="a.b.c"/>`), "bake.duplicate"},
		"two, one deeper":           {element(body + "<g>" + body + "</g>"), "bake.duplicate"},
		"nested":                    {element("<openbadges:credential>" + body + "</openbadges:credential>"), "bake.duplicate"},
		"two, empty":                {element(body + "<openbadges:credential/>"), "bake.duplicate"},
		"verify and body":           {element(`<openbadges:credential verify="a.b.c">{}</openbadges:credential>`), "bake.text"},
		"empty verify and body":     {element(`<openbadges:credential verify="">{}</openbadges:credential>`), "bake.text"},
		"verify with a prefix":      {element(`<openbadges:credential openbadges:verify="a.b.c"/>`), "bake.text"},
		"verify twice":              {element(`<openbadges:credential verify="a.b.c" verify="d.e.f"/>`), "bake.format"},
		"namespace twice":           {`<svg><b:credential xmlns:b="urn:a" xmlns:b="` + space + `" verify="a.b.c"/></svg>`, "bake.format"},
		"empty":                     {element(`<openbadges:credential/>`), "bake.text"},
		"empty verify":              {element(`<openbadges:credential verify=" "/>`), "bake.text"},
		"white body":                {element("<openbadges:credential>\n</openbadges:credential>"), "bake.text"},
		"comment inside":            {element(`<openbadges:credential>{"id":<!-- x -->1}</openbadges:credential>`), "bake.text"},
		"instruction inside":        {element(`<openbadges:credential>{"id":<?x y?>1}</openbadges:credential>`), "bake.text"},
		"element inside":            {element(`<openbadges:credential>{"id":<b>1</b>}</openbadges:credential>`), "bake.text"},
		"deeper":                    {element("<g>" + body + "</g>"), "bake.format"},
		"as the root":               {`<credential xmlns="` + space + `" verify="a.b.c"/>`, "bake.format"},
		"none":                      {plainSVG, "bake.missing"},
		"in a comment":              {element("<!--" + body + "-->"), "bake.missing"},
		"in CDATA":                  {element("<desc><![CDATA[<openbadges:credential verify='a.b.c'/>]]></desc>"), "bake.missing"},
		"an older one too":          {element(`<a:assertion xmlns:a="http://openbadges.org" verify="x"/>` + body), "bake.duplicate"},
		"an older one inside":       {element(`<openbadges:credential><a:assertion xmlns:a="http://openbadges.org"/></openbadges:credential>`), "bake.duplicate"},
		"CLR":                       {`<svg xmlns:c="https://purl.imsglobal.org/clr/v2p0"><c:credential verify="a.b.c"/></svg>`, "bake.missing"},
		"http namespace":            {`<svg xmlns:o="http://purl.imsglobal.org/ob/v3p0"><o:credential verify="a.b.c"/></svg>`, "bake.missing"},
		"namespace with a slash":    {`<svg xmlns:o="` + space + `/"><o:credential verify="a.b.c"/></svg>`, "bake.missing"},
		"namespace undeclared":      {`<svg><openbadges:credential verify="a.b.c"/></svg>`, "bake.missing"},
		"no namespace":              {`<svg><credential verify="a.b.c"/></svg>`, "bake.missing"},
		"assertion":                 {element(`<openbadges:assertion verify="a.b.c"/>`), "bake.missing"},
		"capital":                   {element(`<openbadges:Credential verify="a.b.c"/>`), "bake.missing"},
		"prefix bound to another":   {root + `<openbadges:credential xmlns:openbadges="urn:x" verify="a.b.c"/></svg>`, "bake.missing"},
		"scope ended":               {`<svg><g xmlns:o="` + space + `"/><o:credential verify="a.b.c"/></svg>`, "bake.missing"},
		"external DTD":              {`<!DOCTYPE svg SYSTEM "http://evil.example/x.dtd">` + element(body), "bake.format"},
		"public DTD":                {`<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">` + element(body), "bake.format"},
		"internal subset":           {`<!DOCTYPE svg [<!ENTITY a "b">]>` + element(body), "bake.format"},
		"default attribute":         {`<!DOCTYPE svg [<!ATTLIST openbadges:credential verify CDATA "a.b.c">]>` + element(body), "bake.format"},
		"empty subset":              {`<!DOCTYPE svg []>` + element(body), "bake.format"},
		"two DOCTYPE":               {`<!DOCTYPE svg><!DOCTYPE svg>` + element(body), "bake.format"},
		"DOCTYPE html":              {`<!DOCTYPE html>` + element(body), "bake.format"},
		"DOCTYPE late":              {root + `<!DOCTYPE svg>` + body + "</svg>", "bake.format"},
		"entity declared outside":   {`<!ENTITY a "b">` + element(body), "bake.format"},
		"unknown entity":            {element(`<openbadges:credential>{"id":"&evil;"}</openbadges:credential>`), "bake.format"},
		"HTML entity":               {element(`<openbadges:credential>{"id":"&eacute;"}</openbadges:credential>`), "bake.format"},
		"entity in verify":          {element(`<openbadges:credential verify="&evil;"/>`), "bake.format"},
		"NUL reference":             {element(`<openbadges:credential>{"id":"&#0;"}</openbadges:credential>`), "bake.format"},
		"Latin-1 declared":          {`<?xml version="1.0" encoding="ISO-8859-1"?>` + element(body), "bake.format"},
		"Latin-1, spaced":           {`<?xml version="1.0" encoding = "ISO-8859-1"?>` + element(body), "bake.format"},
		"XML 1.1":                   {`<?xml version="1.1"?>` + element(body), "bake.format"},
		"no version":                {`<?xml encoding="UTF-8"?>` + element(body), "bake.format"},
		"declaration late":          {"\n" + `<?xml version="1.0"?>` + element(body), "bake.format"},
		"declaration twice":         {`<?xml version="1.0"?><?xml version="1.0"?>` + element(body), "bake.format"},
		"Latin-1 bytes":             {element(body + "<desc>caf\xe9</desc>"), "bake.format"},
		"html":                      {"<html>" + body + "</html>", "bake.format"},
		"svg of another namespace":  {`<svg xmlns="urn:x" xmlns:o="` + space + `"><o:credential verify="a.b.c"/></svg>`, "bake.format"},
		"second root":               {root + "</svg>" + element(body), "bake.format"},
		"text after":                {element(body) + "x", "bake.format"},
		"text before":               {"<!-- -->x" + element(body), "bake.format"},
		"not closed":                {root + body, "bake.format"},
		"closed by another":         {root + body + "</SVG>", "bake.format"},
		"unquoted attribute":        {element(`<openbadges:credential verify=a.b.c />`), "bake.format"},
		"attribute without a value": {element(`<openbadges:credential verify/>`), "bake.format"},
		"comment only":              {"<!-- -->", "bake.format"},
		"sign only":                 {"<", "bake.format"},
		"control character":         {element("<openbadges:credential>{\x01}</openbadges:credential>"), "bake.format"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, []byte(c.image), bake.Limits{}, c.code) })
	}
}

// TestSVGInsert puts in what is hard to carry in XML, into images that are hard to open.
func TestSVGInsert(t *testing.T) {
	images := map[string]string{
		"plain":           plainSVG,
		"empty root":      `<svg xmlns="http://www.w3.org/2000/svg"/>`,
		"empty, spaced":   "<svg\n\txmlns=\"http://www.w3.org/2000/svg\" a=\"/\" />",
		"bare":            "<svg></svg>",
		"bare, empty":     "<svg/>",
		"prefixed":        `<s:svg xmlns:s="http://www.w3.org/2000/svg"/>`,
		"sign in a tag":   `<svg a=">" b='/>'><g/></svg>`,
		"comment first":   `<!-- <svg> --><svg><g/></svg>`,
		"mark":            "\ufeff<svg><g/></svg>",
		"prefix taken":    `<svg xmlns:openbadges="urn:other"><openbadges:x/></svg>`,
		"line endings":    "<svg>\r\n<g/>\r</svg>\r\n",
		"default is ours": `<svg xmlns:s="http://www.w3.org/2000/svg" a="b"><s:g/></svg>`,
	}
	credentials := map[string]string{
		"json":          credential,
		"jws":           "eyJhbGciOiJFZERTQSJ9.e30.c2ln-_",
		"sd-jwt":        "eyJhbGciOiJFZERTQSJ9.e30.c2ln~WyJhIl0~",
		"section end":   `{"a":"]]>","b":"]]]]>>","c":"<![CDATA["}`,
		"line endings":  "{\r\n\"a\":1,\r\"b\":2\n}\r\n",
		"end and CR":    "{\"a\":\"]]\",\r\"b\":\"]]\"\r}",
		"markup":        `{"a":"<b>&amp;&lt;</b><!-- --><?x?>"}`,
		"white around":  "\n\t{ }\n ",
		"high plane":    `{"a":"𝔸🎖\u0000�"}`,
		"private use":   "{\"\ue000\ufffd\":\"\u0085\u2028\"}",
		"many brackets": "{" + strings.Repeat("]", 999) + ">}",
	}
	for in, image := range images {
		for cn, c := range credentials {
			t.Run(in+"/"+cn, func(t *testing.T) {
				baked, err := bake.Insert([]byte(image), []byte(c))
				if err != nil {
					t.Fatal(err)
				}
				got, _, err := bake.Extract(baked, bake.Limits{})
				if err != nil || string(got) != c {
					t.Fatalf("Extract = %q, %v", got, err)
				}
				if !keeps(baked, []byte(image)) {
					t.Errorf("Insert changed the image:\n%s\n%s", image, baked)
				}
			})
		}
	}
}

// keeps reports whether an SVG is another one with an insertion, where an empty root element may
// have been opened.
func keeps(baked, image []byte) bool {
	head := 0
	for head < len(image) && baked[head] == image[head] {
		head++
	}
	image = bytes.TrimPrefix(image[head:], []byte("/>"))
	return bytes.HasSuffix(baked, image)
}

// TestSVGInsertParses holds the result against a plain reading of the same document.
func TestSVGInsertParses(t *testing.T) {
	baked, err := bake.Insert([]byte(plainSVG), []byte(credential))
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		XMLName    xml.Name `xml:"http://www.w3.org/2000/svg svg"`
		Credential []string `xml:"https://purl.imsglobal.org/ob/v3p0 credential"`
		Group      struct{} `xml:"http://www.w3.org/2000/svg g"`
	}
	if err := xml.Unmarshal(baked, &doc); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(doc.Credential, []string{credential}) {
		t.Errorf("credentials %q", doc.Credential)
	}
}
