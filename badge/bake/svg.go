package bake

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
)

// Names in the image around the credential.
const (
	badgeToken = "verify" // the attribute for a JWS
	svgSpace   = "http://www.w3.org/2000/svg"
	svgElement = "svg"
)

// foreignElements are, as [foreignKeywords] for PNG, what else is baked into SVG images, and
// what it is.
var foreignElements = [...]struct {
	name    xml.Name
	meaning string
}{
	{xml.Name{Space: "https://purl.imsglobal.org/clr/v2p0", Local: current.element.Local}, foreignKeywords[0].meaning},
}

// byteOrderMark may start an SVG, though not a JSON text.
const byteOrderMark = "\ufeff"

// declaration is the XML declaration as it may be: encodings other than UTF-8 would make other
// text of the same bytes.
var declaration = regexp.MustCompile(`^version\s*=\s*["']1\.0["'](\s+encoding\s*=\s*["'](?i:utf-8)["'])?(\s+standalone\s*=\s*["'](yes|no)["'])?\s*$`)

// plainDoctype is the only document type that is accepted: it names the root element and
// nothing else, so that no entity and no default attribute can come from anywhere.
var plainDoctype = regexp.MustCompile(`^DOCTYPE\s+(?:[A-Za-z_][\w.-]*:)?svg\s*$`)

// htmlDoctype is how web pages start (HTML, section 13.1.1, and what older ones have after the name).
var htmlDoctype = regexp.MustCompile(`(?i)^DOCTYPE\s+html\b`)

// isMarkup reports whether data starts as XML or HTML does.
func isMarkup(data []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(data, []byte(byteOrderMark)), white), []byte("<"))
}

// tooMuchMarkup reports whether data could make the decoder build more tags and attributes than
// the limits allow. Every element has a '<' and every attribute a '='.
func tooMuchMarkup(data []byte, limits Limits) bool {
	return bytes.Count(data, []byte("<"))+bytes.Count(data, []byte("=")) > limits.Markup
}

// rootIsSVG reports whether the first element of data is named svg.
func rootIsSVG(data []byte) bool {
	limits := Limits{}.orDefault()
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	if len(data) > limits.Image || tooMuchMarkup(data, limits) {
		return false
	}
	_, local, _ := firstElement(data)
	return local == svgElement
}

// firstElement returns the offset behind the first start tag, and the local name in it.
func firstElement(data []byte) (end int, local string, err error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		t, err := d.RawToken()
		if err != nil {
			return 0, "", err
		}
		if e, ok := t.(xml.StartElement); ok {
			return int(d.InputOffset()), e.Name.Local, nil
		}
	}
}

// extractSVG reads the whole document, since a second credential may stand anywhere.
// encoding/xml in its strict mode does the parsing, and knows no entities but the five of XML.
// What it lets pass is checked here: repeated attributes, several roots, text outside the root,
// document types, and XML declarations in odd places or for other encodings. It neither
// resolves nor fetches anything.
func extractSVG(image []byte, limits Limits) (*element, error) {
	text := bytes.TrimPrefix(image, []byte(byteOrderMark))
	s := &scan{limits: limits, skipped: len(image) - len(text)}
	if at := invalidAt(text); at < len(text) {
		return nil, s.fail(codeFormat, at, "the SVG is not UTF-8; save it again in that encoding")
	}
	if tooMuchMarkup(text, limits) {
		return nil, s.fail(codeSize, 0, "the SVG has too many elements and attributes")
	}
	d := xml.NewDecoder(bytes.NewReader(text))
	for {
		s.at = int(d.InputOffset())
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			e := s.fail(codeFormat, s.at, "the SVG is not well-formed XML: "+err.Error())
			e.Err = err
			return nil, e
		}
		if err := s.token(token); err != nil {
			return nil, err
		}
	}
	if !s.rooted {
		return nil, s.fail(codeFormat, len(text), "the SVG has no elements")
	}
	if s.found == nil {
		return nil, missing(s.foreign)
	}
	return s.found, s.found.read(limits)
}

// element is the element that carries the credential.
type element struct {
	generation
	at     int // offset in the image
	verify string
	token  bool // there is an attribute verify
	body   []byte
	url    string // of verify where the credential is in the body
	text   []byte // once it is read
}

// read takes as text the JWS of the attribute, without white space around it, or the JSON of the body as it
// stands there. The older generation repeats beside the JSON where the assertion is hosted, or has only that.
func (e *element) read(limits Limits) error {
	text, verify := e.body, bytes.Trim([]byte(e.verify), white)
	if e.token {
		switch both := len(bytes.Trim(e.body, white)) > 0; {
		case both && e.generation == older && isURL(verify):
			e.url = string(verify)
		case both:
			return fail(codeText, e.at, "the credential has both an attribute verify and a body; which one is meant cannot be known")
		default:
			text = verify
		}
	}
	if e.generation == older {
		text = bytes.Trim(text, white) // as the specification's own example has it around the JSON
	}
	if len(text) > limits.Credential {
		return tooLong(e.at, limits.Credential)
	}
	e.text = text
	return checkText(text, e.at)
}

// foreignElement says what an element is that could be taken for a credential, "" for others.
func foreignElement(n xml.Name) string {
	for _, f := range foreignElements {
		if n == f.name {
			return f.meaning
		}
	}
	if n.Local == current.element.Local || n.Space == current.element.Space {
		return "an element " + strconv.Quote(n.Local) + " in the namespace " + strconv.Quote(n.Space) + ", where " +
			strconv.Quote(current.element.Local) + " in " + strconv.Quote(current.element.Space) + " is required"
	}
	return ""
}
