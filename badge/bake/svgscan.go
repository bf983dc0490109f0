package bake

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

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
	case s.depth == 0 && strings.EqualFold(e.Name.Local, "html"):
		return s.wrong(webPage)
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
	for _, g := range [...]generation{current, older} {
		if e.Name == g.element {
			return s.credential(e, g)
		}
	}
	if s.foreign == "" {
		s.foreign = foreignElement(e.Name)
	}
	return s.nothingInside("an element <" + e.Name.Local + ">")
}

// credential takes the element that carries the credential. It must be a child of the root, so
// that no wrapper can change what it means.
func (s *scan) credential(e xml.StartElement, g generation) error {
	if s.found != nil {
		return s.fail(codeDuplicate, s.at, "the image carries two credentials; which one is meant cannot be known")
	}
	if s.depth != 2 {
		return s.wrong("the credential must stand directly in the <svg> element, not deeper")
	}
	s.found, s.inside = &element{generation: g, at: s.skipped + s.at}, true
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

// webPage is for the person who has the page of a certificate instead of a badge.
const webPage = "this is a web page, in which nothing can be checked, even where it shows a badge; " + askForBadge

// directive refuses every document type that could define anything.
func (s *scan) directive(d xml.Directive) error {
	if htmlDoctype.Match(d) {
		return s.wrong(webPage)
	}
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
