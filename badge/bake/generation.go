package bake

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
)

// generation is a way of baking: the keyword of the text chunk, and the name of the XML element. Numbers are
// those of the major versions of Open Badges.
type generation struct {
	number  int
	keyword string
	element xml.Name
}

// The generations.
var (
	current = generation{3, "openbadgecredential", xml.Name{Space: "https://purl.imsglobal.org/ob/v3p0", Local: "credential"}}
	older   = generation{2, "openbadges", xml.Name{Space: "http://openbadges.org", Local: "assertion"}}
)

// Baked is what an image carries.
type Baked struct {
	// Text is a JSON object or a compact JWS; of generation 2 it may be the URL of a hosted assertion, too. It is
	// a copy.
	Text      []byte
	Container Container // set as soon as it is known, also beside an error
	// Generation is 3 for what is baked as Open Badges 3.0 describes, and 2 for what is baked as older versions
	// do (Badge Baking 1.0). It says nothing about the text.
	Generation int
	// URL is where an SVG of generation 2 says that the assertion is hosted which stands in Text as JSON, ""
	// where it does not say so. The two are not compared here.
	URL string
}

// Read returns the one credential that is baked into image, of either generation. Two of them are an error
// (bake.duplicate), be they of one generation or of both: a reader of each would show another one. The image is
// neither kept nor changed.
//
// A tEXt chunk of generation 2, as the first bakers wrote it, is read as UTF-8.
func Read(image []byte, limits Limits) (Baked, error) {
	limits = limits.orDefault()
	if len(image) > limits.Image {
		c, _ := Detect(image[:limits.Image])
		return Baked{Container: c}, fail(codeSize, limits.Image, "the image is longer than "+strconv.Itoa(limits.Image)+" bytes")
	}
	switch {
	case bytes.HasPrefix(image, []byte(signature)):
		text, g, err := extractPNG(image, limits)
		if err != nil {
			return Baked{Container: PNG}, err
		}
		return Baked{Text: text, Container: PNG, Generation: g.number}, nil
	case isMarkup(image):
		e, err := extractSVG(image, limits)
		if err != nil {
			return Baked{Container: SVG}, err
		}
		return Baked{Text: e.text, Container: SVG, Generation: e.number, URL: e.url}, nil
	}
	return Baked{}, fail(codeFormat, 0, "this is "+describe(image)+"; credentials are baked into PNG and SVG images only; "+askForBadge)
}

// InsertAssertion is [Insert] for an assertion of Open Badges 2.0, as Badge Baking 1.0 describes: a JSON object, a
// compact JWS, or the http or https URL of a hosted assertion. [Read] gives it back as generation 2.
func InsertAssertion(image, assertion []byte) ([]byte, error) {
	return insert(image, assertion, older)
}

// isURL reports whether text is a URL and nothing else, of characters that a URL has and that need no care in
// XML but for the ampersand.
func isURL(text []byte) bool {
	s := string(text)
	if !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("<>\"'\\`{}|^", r) }) < 0
}

// plain reads the text of a tEXt chunk: keyword and text (PNG specification, section 11.3.3.2). It should be
// Latin-1; what bakers wrote is ASCII, or UTF-8 all the same, and nothing else is taken.
func (c chunk) plain(g generation, limits Limits) ([]byte, error) {
	start := len(g.keyword) + 1
	if len(c.data) < start {
		return nil, fail(codeText, c.at, "the tEXt chunk with the assertion has no text")
	}
	text := c.data[start:]
	if len(text) > limits.Credential {
		return nil, tooLong(c.at, limits.Credential)
	}
	if err := checkText(text, c.at+8+start); err != nil {
		return nil, err
	}
	return bytes.Clone(text), nil
}
