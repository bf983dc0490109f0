package bake

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Names of the element that carries the credential, and of the image around it.
const (
	badgeSpace   = "https://purl.imsglobal.org/ob/v3p0"
	badgeElement = "credential"
	badgeToken   = "verify" // the attribute for a JWS
	svgSpace     = "http://www.w3.org/2000/svg"
	svgElement   = "svg"
)

// foreignElements are, as [foreignKeywords] for PNG, what else is baked into SVG images, and
// what it is.
var foreignElements = [...]struct {
	name    xml.Name
	meaning string
}{
	{xml.Name{Space: "http://openbadges.org", Local: "assertion"}, foreignKeywords[0].meaning},
	{xml.Name{Space: "https://purl.imsglobal.org/clr/v2p0", Local: badgeElement}, foreignKeywords[1].meaning},
}

// byteOrderMark may start an SVG, though not a JSON text.
const byteOrderMark = "\ufeff"

// declaration is the XML declaration as it may be: encodings other than UTF-8 would make other
// text of the same bytes.
var declaration = regexp.MustCompile(`^version\s*=\s*["']1\.0["'](\s+encoding\s*=\s*["'](?i:utf-8)["'])?(\s+standalone\s*=\s*["'](yes|no)["'])?\s*$`)

// plainDoctype is the only document type that is accepted: it names the root element and
// nothing else, so that no entity and no default attribute can come from anywhere.
var plainDoctype = regexp.MustCompile(`^DOCTYPE\s+(?:[A-Za-z_][\w.-]*:)?svg\s*$`)

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
func extractSVG(image []byte, limits Limits) ([]byte, error) {
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
	return s.found.text(limits)
}

// scan is the state of one pass over an SVG. It judges token by token, so that the first thing
// wrong in the document is what is reported.
type scan struct {
	limits  Limits
	skipped int // bytes before the text that the decoder sees
	at      int // offset of the current token in that text
	depth   int // elements open
	rooted  bool
	typed   bool // a document type was read
	inside  bool // the credential's element is open
	found   *element
	foreign string
}

// token takes the next token of the document into account.
func (s *scan) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		return s.start(t)
	case xml.EndElement:
		s.depth--
		s.inside = s.inside && s.depth > 1
	case xml.CharData:
		return s.chars(t)
	case xml.Comment:
		return s.nothingInside("a comment")
	case xml.ProcInst:
		return s.instruction(t)
	case xml.Directive:
		return s.directive(t)
	}
	return nil
}

// start takes a start tag; encoding/xml sees to it that the end tag matches.
func (s *scan) start(e xml.StartElement) error {
	switch {
	case s.depth == 0 && s.rooted:
		return s.wrong("the SVG has a second root element")
	case s.depth == 0 && (e.Name.Local != svgElement || e.Name.Space != svgSpace && e.Name.Space != ""):
		return s.wrong("the document is <" + e.Name.Local + ">, not an SVG image")
	case s.depth >= s.limits.Depth:
		return s.fail(codeSize, s.at, "the elements of the SVG are nested deeper than "+strconv.Itoa(s.limits.Depth))
	}
	if repeated(e.Attr) {
		return s.wrong("an element of the SVG has the same attribute twice")
	}
	s.rooted = true
	s.depth++
	if e.Name.Space == badgeSpace && e.Name.Local == badgeElement {
		return s.credential(e)
	}
	if s.foreign == "" {
		s.foreign = foreignElement(e.Name)
	}
	return s.nothingInside("an element <" + e.Name.Local + ">")
}

// credential takes the element that carries the credential. It must be a child of the root, so
// that no wrapper can change what it means.
func (s *scan) credential(e xml.StartElement) error {
	if s.found != nil {
		return s.fail(codeDuplicate, s.at, "the image carries two credentials; which one is meant cannot be known")
	}
	if s.depth != 2 {
		return s.wrong("the credential must stand directly in the <svg> element, not deeper")
	}
	s.found, s.inside = &element{at: s.skipped + s.at}, true
	for _, a := range e.Attr {
		if a.Name.Local != badgeToken || a.Name.Space == "xmlns" {
			continue
		}
		if a.Name.Space != "" {
			return s.fail(codeText, s.at, "the attribute verify of the credential must have no prefix")
		}
		s.found.verify, s.found.token = a.Value, true
	}
	return nil
}

// chars takes text: the body of the credential, or what may stand elsewhere. CDATA sections
// arrive here too, one by one.
func (s *scan) chars(text xml.CharData) error {
	if s.inside {
		s.found.body = append(s.found.body, text...)
		if len(s.found.body) > s.limits.Credential {
			return tooLong(s.found.at, s.limits.Credential)
		}
		return nil
	}
	if s.depth == 0 && len(bytes.Trim(text, white)) > 0 {
		return s.wrong("there is text outside the <svg> element")
	}
	return nil
}

// instruction refuses an XML declaration that is not the first thing in the file or is not for
// UTF-8. Other instructions concern how the picture is shown, and are ignored.
func (s *scan) instruction(p xml.ProcInst) error {
	if p.Target == "xml" && (s.at != 0 || !declaration.Match(p.Inst)) {
		return s.wrong("the XML declaration must come first and may only say version 1.0 and encoding UTF-8")
	}
	return s.nothingInside("a processing instruction")
}

// directive refuses every document type that could define anything.
func (s *scan) directive(d xml.Directive) error {
	if s.rooted || s.typed || !plainDoctype.Match(d) {
		return s.wrong("the SVG has a document type declaration, which could change what it says; remove it: the credential is not affected")
	}
	s.typed = true
	return nil
}

// nothingInside refuses what stands in the credential's element and is no text.
func (s *scan) nothingInside(what string) error {
	if s.inside {
		return s.fail(codeText, s.at, "there is "+what+" inside the credential; it may hold text only")
	}
	return nil
}

// wrong makes an error for the current token.
func (s *scan) wrong(detail string) error { return s.fail(codeFormat, s.at, detail) }

// fail makes an error whose offset counts from the start of the image.
func (s *scan) fail(code string, at int, detail string) *strict.Error {
	return fail(code, s.skipped+at, detail)
}

// element is the element that carries the credential.
type element struct {
	at     int // offset in the image
	verify string
	token  bool // there is an attribute verify
	body   []byte
}

// text returns the JWS of the attribute, without white space around it, or the JSON of the body
// as it stands there.
func (e *element) text(limits Limits) ([]byte, error) {
	text := e.body
	if e.token {
		if len(bytes.Trim(e.body, white)) > 0 {
			return nil, fail(codeText, e.at, "the credential has both an attribute verify and a body; which one is meant cannot be known")
		}
		text = bytes.Trim([]byte(e.verify), white)
	}
	if len(text) > limits.Credential {
		return nil, tooLong(e.at, limits.Credential)
	}
	if err := checkText(text, e.at); err != nil {
		return nil, err
	}
	return text, nil
}

// repeated reports whether two attributes have the same name, which encoding/xml lets pass.
func repeated(attributes []xml.Attr) bool {
	if len(attributes) < 2 {
		return false
	}
	seen := make(map[xml.Name]struct{}, len(attributes))
	for _, a := range attributes {
		seen[a.Name] = struct{}{}
	}
	return len(seen) < len(attributes)
}

// foreignElement says what an element is that could be taken for a credential, "" for others.
func foreignElement(n xml.Name) string {
	for _, f := range foreignElements {
		if n == f.name {
			return f.meaning
		}
	}
	if n.Local == badgeElement || n.Space == badgeSpace {
		return "an element " + strconv.Quote(n.Local) + " in the namespace " + strconv.Quote(n.Space) + ", where " +
			strconv.Quote(badgeElement) + " in " + strconv.Quote(badgeSpace) + " is required"
	}
	return ""
}
