package canon

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"github.com/badgeproof/badgeproof/vc/strict"
)

const (
	codeIRI       = "jsonld.invalid_iri"
	xsdString     = "http://www.w3.org/2001/XMLSchema#string"
	rdfLangString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
)

// parseNQuads reads an RDF 1.1 N-Quads document. It is stricter than the grammar where RDF is:
// IRIs are absolute and well-formed also after unescaping, language tags have subtags of at most
// eight characters, a literal of the type rdf:langString has a tag. A literal of the type xsd:string
// is the same as one without a type.
//
// The error is a [*strict.Error] with the byte offset: jsonld.value for text that is not N-Quads,
// jsonld.invalid_iri, or budget.
func parseNQuads(text []byte, limits Limits) (*dataset, error) {
	limits = limits.orDefault()
	p := &nquadsParser{text: text, d: &dataset{}, terms: map[string]termID{}}
	if len(text) > limits.Text {
		return nil, budget("the N-Quads document is longer than " + strconv.Itoa(limits.Text) + " bytes")
	}
	if !utf8.Valid(text) {
		return nil, p.fail("the N-Quads document is not valid UTF-8")
	}
	for p.skip(); p.at < len(p.text); p.skip() {
		if len(p.d.quads) == limits.Quads {
			return nil, budget("the N-Quads document holds more than " + strconv.Itoa(limits.Quads) + " statements")
		}
		q, err := p.statement()
		if err != nil {
			return nil, err
		}
		p.d.quads = append(p.d.quads, q)
	}
	return p.d, nil
}

// nquadsParser reads one document from its start to its end. Its methods leave at behind what they
// have read; after an error it is where the fault is.
type nquadsParser struct {
	text  []byte
	at    int
	d     *dataset
	terms map[string]termID // by canonical text
	term  []byte            // canonical text of the term being read
	value []byte            // of the IRI or literal being read, unescaped
}

// fail returns an error about the text at this place.
func (p *nquadsParser) fail(detail string) error {
	return &strict.Error{Code: codeValue, Offset: p.at, Detail: detail}
}

// peek returns the next byte, 0 at the end of the text. A NUL in the text is no part of the grammar
// outside literals, so that the two need no telling apart.
func (p *nquadsParser) peek() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

// space passes white space within a line.
func (p *nquadsParser) space() {
	for p.peek() == ' ' || p.peek() == '\t' {
		p.at++
	}
}

// skip passes white space, ends of lines and comments between statements.
func (p *nquadsParser) skip() {
	for {
		p.space()
		switch p.peek() {
		case '\r', '\n':
			p.at++
		case '#':
			for p.at < len(p.text) && p.text[p.at] != '\r' && p.text[p.at] != '\n' {
				p.at++
			}
		default:
			return
		}
	}
}

// statement reads one quad, the period and the end of the line included.
func (p *nquadsParser) statement() (q quad, err error) {
	q.g = noGraph
	if q.s, err = p.next("subject", "<_"); err != nil {
		return q, err
	}
	if q.p, err = p.next("predicate", "<"); err != nil {
		return q, err
	}
	if q.o, err = p.next("object", "<_\""); err != nil {
		return q, err
	}
	if p.space(); p.peek() != '.' {
		if q.g, err = p.next("graph", "<_"); err != nil {
			return q, err
		}
		p.space()
	}
	if p.peek() != '.' {
		return q, p.fail("a statement must end with a period")
	}
	p.at++
	switch p.space(); p.peek() {
	case '\r', '\n', '#':
		return q, nil
	}
	if p.at < len(p.text) {
		return q, p.fail("a statement must be followed by the end of the line")
	}
	return q, nil
}

// next reads a term that starts with one of the characters given, and interns it.
func (p *nquadsParser) next(what, starts string) (t termID, err error) {
	p.space()
	c := p.peek()
	if c == 0 || bytes.IndexByte([]byte(starts), c) < 0 {
		return 0, p.fail("this cannot be the " + what + " of a statement")
	}
	p.term = p.term[:0]
	switch c {
	case '<':
		err = p.iri()
	case '"':
		err = p.literal()
	default:
		err = p.label()
	}
	if err != nil {
		return 0, err
	}
	if t, ok := p.terms[string(p.term)]; ok {
		return t, nil
	}
	t = termID(len(p.d.terms))
	text := string(p.term)
	p.terms[text] = t
	p.d.terms = append(p.d.terms, term{text: text, blank: c == '_'})
	return t, nil
}

// iri reads an IRI and appends it to the term, brackets included.
func (p *nquadsParser) iri() error {
	start := p.at
	if err := p.unescape('>', false); err != nil {
		return err
	}
	if !isIRI(string(p.value)) {
		return &strict.Error{Code: codeIRI, Offset: start, Detail: strconv.Quote(string(p.value)) + " is not an absolute IRI"}
	}
	p.term = append(append(append(p.term, '<'), p.value...), '>')
	return nil
}

// literal reads a literal with its type or language.
func (p *nquadsParser) literal() error {
	if err := p.unescape('"', true); err != nil {
		return err
	}
	p.term = appendQuoted(p.term, string(p.value))
	switch p.peek() {
	case '@':
		return p.language()
	case '^':
		return p.datatype()
	}
	return nil
}

// language reads a language tag and appends it as it is written: RDFC-1.0 does not fold its case.
func (p *nquadsParser) language() error {
	start := p.at
	for p.at++; p.at < len(p.text) && isTagByte(p.text[p.at]); p.at++ {
	}
	if tag := p.text[start+1 : p.at]; !isLanguage(string(tag)) {
		return p.fail("the language tag " + strconv.Quote(string(tag)) + " is malformed")
	}
	p.term = append(p.term, p.text[start:p.at]...)
	return nil
}

// isTagByte reports whether a byte can be part of a language tag.
func isTagByte(c byte) bool {
	return c == '-' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// datatype reads the type of a literal and appends it, but for xsd:string, which canonical N-Quads
// leaves out.
func (p *nquadsParser) datatype() error {
	if !bytes.HasPrefix(p.text[p.at:], []byte("^^<")) {
		return p.fail("a literal's type must be written as ^^ and an IRI")
	}
	size := len(p.term)
	p.at += len("^^")
	p.term = append(p.term, "^^"...)
	if err := p.iri(); err != nil {
		return err
	}
	switch string(p.value) {
	case xsdString:
		p.term = p.term[:size]
	case rdfLangString:
		return p.fail("a literal of the type rdf:langString must have a language tag")
	}
	return nil
}

// label reads a blank node label, which may hold but not end with a period.
func (p *nquadsParser) label() error {
	start := p.at
	if !bytes.HasPrefix(p.text[p.at:], []byte("_:")) {
		return p.fail("a blank node must be written as _: and a label")
	}
	p.at += len("_:")
	for p.at < len(p.text) {
		r, size := utf8.DecodeRune(p.text[p.at:])
		if r != '.' && r != '-' && !isLabel("a"+string(r)) {
			break
		}
		p.at += size
	}
	for p.text[p.at-1] == '.' {
		p.at--
	}
	if !isLabel(string(p.text[start+len("_:") : p.at])) {
		return p.fail("the label of a blank node is malformed")
	}
	p.term = append(p.term, p.text[start:p.at]...)
	return nil
}

// unescape reads from a delimiter to the closing one into value. Short escapes such as \n are for
// literals.
func (p *nquadsParser) unescape(closing byte, short bool) error {
	p.value = p.value[:0]
	for p.at++; p.at < len(p.text); {
		switch c := p.text[p.at]; {
		case c == closing:
			p.at++
			return nil
		case c == '\n' || c == '\r':
			return p.fail("the line ends inside a term")
		case c == '\\':
			if err := p.escape(short); err != nil {
				return err
			}
		default:
			p.value = append(p.value, c)
			p.at++
		}
	}
	return p.fail("the document ends inside a term")
}

// escape reads one escape. Surrogates and numbers beyond U+10FFFF stand for no character.
func (p *nquadsParser) escape(short bool) error {
	p.at++
	c := p.peek()
	const names, values = `tbnrf"'\`, "\t\b\n\r\f\"'\\"
	if i := bytes.IndexByte([]byte(names), c); short && c != 0 && i >= 0 {
		p.value = append(p.value, values[i])
		p.at++
		return nil
	}
	digits := 0
	switch c {
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	}
	if digits == 0 || p.at+1+digits > len(p.text) {
		return p.fail("unknown escape in a term")
	}
	n, err := strconv.ParseUint(string(p.text[p.at+1:p.at+1+digits]), 16, 32)
	if err != nil || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return p.fail("an escape in a term stands for no character")
	}
	p.value = utf8.AppendRune(p.value, rune(n))
	p.at += 1 + digits
	return nil
}
