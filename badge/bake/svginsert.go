package bake

import (
	"bytes"
	"slices"
	"strings"
)

// insertSVG puts the element behind the start tag of the root, by bytes: re-encoding the
// document would change it. The namespace is declared on the element itself, so that the root
// stays as it is. The image has been read by extractSVG before.
func insertSVG(image, credential []byte, f form, g generation) ([]byte, error) {
	text := bytes.TrimPrefix(image, []byte(byteOrderMark))
	end, _, err := firstElement(text)
	if err != nil {
		return nil, fail(codeFormat, 0, "the SVG has no elements")
	}
	inner, err := svgCredential(credential, f, g)
	if err != nil {
		return nil, err
	}
	end += len(image) - len(text)
	head, tail := image[:end], image[end:]
	if bytes.HasSuffix(head, []byte("/>")) {
		head, tail = openRoot(head, tail)
	}
	return slices.Concat(head, []byte(inner), tail), nil
}

// openRoot turns an empty root element <svg/> into <svg></svg>, and splits it between the tags.
// It is the one case in which Insert changes more than it adds; the document says the same as
// before.
func openRoot(head, tail []byte) (opened, rest []byte) {
	start := bytes.LastIndexByte(head, '<') // attribute values cannot hold a '<'
	name := head[start+1 : len(head)-2]
	if i := bytes.IndexAny(name, white); i >= 0 {
		name = name[:i]
	}
	return slices.Concat(head[:len(head)-2], []byte(">")), slices.Concat([]byte("</"), name, []byte(">"), tail)
}

// svgCredential writes the element: a JWS or a URL as the attribute verify, JSON as CDATA.
func svgCredential(credential []byte, f form, g generation) (string, error) {
	name := "openbadges:" + g.element.Local
	tag := "<" + name + ` xmlns:openbadges="` + g.element.Space + `"`
	if f == formJWS || f == formURL {
		return tag + ` verify="` + strings.ReplaceAll(string(credential), "&", "&amp;") + `"/>`, nil
	}
	for i, r := range string(credential) {
		if !inXML(r) {
			return "", fail(codeText, i, "the credential has a character that XML cannot carry; write it as a JSON escape")
		}
	}
	return tag + "><![CDATA[" + cdata.Replace(string(credential)) + "]]></" + name + ">", nil
}

// cdata keeps text whole in a CDATA section: its end mark is split over two sections, and a
// carriage return, which XML would turn into a line feed, is written as a reference between
// them.
var cdata = strings.NewReplacer("]]>", "]]]]><![CDATA[>", "\r", "]]>&#13;<![CDATA[")

// inXML reports whether a document can hold r (XML 1.0, production 2).
func inXML(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || 0x20 <= r && r <= 0xd7ff || 0xe000 <= r && r <= 0xfffd || r >= 0x10000
}
