package strict

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// smallObject is the number of members up to which names are compared one by one; larger objects
// use a map, so that the search for duplicates is never quadratic.
const smallObject = 16

// Parse reads data as exactly one JSON value. The error is an [*Error] with one of the codes
// json.syntax, json.duplicate, json.depth, json.size and json.utf8. Parse copies data once and
// never keeps or changes it.
func Parse(data []byte, limits Limits) (Value, error) {
	limits = limits.orDefault()
	p := &parser{limits: limits}
	if len(data) > limits.Bytes {
		return Value{}, p.fail(codeSize, limits.Bytes, "the text is longer than "+strconv.Itoa(limits.Bytes)+" bytes")
	}
	p.src = string(data)
	if err := p.encoding(); err != nil {
		return Value{}, err
	}
	p.nodes = make([]node, 0, len(data)/24+8)
	p.space()
	if err := p.value(""); err != nil {
		return Value{}, err
	}
	p.space()
	if p.at < len(p.src) {
		return Value{}, p.syntax("there is more text after the end of the JSON value")
	}
	return Value{doc: &document{source: p.src, nodes: p.nodes}}, nil
}

// step is where the parser stands in one open array or object.
type step struct {
	name   string
	index  int
	object bool
}

type parser struct {
	limits Limits
	src    string
	at     int
	nodes  []node
	path   []step
}

// encoding refuses a byte order mark and invalid UTF-8 anywhere in the text.
func (p *parser) encoding() error {
	if strings.HasPrefix(p.src, "\ufeff") {
		return p.fail(codeUTF8, 0, "the text starts with a byte order mark; RFC 8259 forbids it")
	}
	if utf8.ValidString(p.src) {
		return nil
	}
	for i, r := range p.src {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(p.src[i:]); size == 1 {
				return p.fail(codeUTF8, i, "the text is not valid UTF-8; it was probably re-encoded on its way")
			}
		}
	}
	return nil
}

func (p *parser) fail(code string, offset int, detail string) error {
	pointer := ""
	for _, s := range p.path {
		if s.object {
			pointer = Join(pointer, s.name)
		} else {
			pointer += "/" + strconv.Itoa(s.index)
		}
	}
	return &Error{Code: code, Pointer: pointer, Offset: offset, Detail: detail}
}

func (p *parser) syntax(detail string) error { return p.fail(codeSyntax, p.at, detail) }

func (p *parser) space() {
	for p.at < len(p.src) {
		switch p.src[p.at] {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return
		}
	}
}

// peek returns the next byte, 0 at the end of the text.
func (p *parser) peek() byte {
	if p.at < len(p.src) {
		return p.src[p.at]
	}
	return 0
}

func (p *parser) value(name string) error {
	if len(p.nodes) >= p.limits.Values {
		return p.fail(codeSize, p.at, "the text holds more than "+strconv.Itoa(p.limits.Values)+" values")
	}
	i := len(p.nodes)
	p.nodes = append(p.nodes, node{name: name, start: int32(p.at)})
	if err := p.body(i); err != nil {
		return err
	}
	p.nodes[i].end, p.nodes[i].next = int32(p.at), int32(len(p.nodes))
	return nil
}

func (p *parser) body(i int) (err error) {
	switch c := p.peek(); {
	case c == '{' || c == '[':
		return p.container(i, c == '{')
	case c == '"':
		p.nodes[i].kind = String
		p.nodes[i].text, err = p.string()
		return err
	case c == '-' || '0' <= c && c <= '9':
		p.nodes[i].kind = Number
		return p.number()
	}
	for _, l := range [...]struct {
		text string
		kind Kind
	}{{"true", Bool}, {"false", Bool}, {"null", Null}} {
		if strings.HasPrefix(p.src[p.at:], l.text) {
			p.nodes[i].kind = l.kind
			p.at += len(l.text)
			return nil
		}
	}
	if p.at == len(p.src) {
		return p.syntax("the text ends where a value is expected")
	}
	return p.syntax("a JSON value cannot start with " + strconv.QuoteRune(p.rune()))
}

func (p *parser) rune() rune {
	r, _ := utf8.DecodeRuneInString(p.src[p.at:])
	return r
}

// container reads an array or an object, the opening bracket included.
func (p *parser) container(i int, object bool) error {
	if len(p.path) >= p.limits.Depth {
		return p.fail(codeDepth, p.at, "arrays and objects are nested deeper than "+strconv.Itoa(p.limits.Depth))
	}
	kind, closing := Array, byte(']')
	if object {
		kind, closing = Object, '}'
	}
	p.nodes[i].kind = kind
	p.at++
	p.space()
	if p.peek() == closing {
		p.at++
		return nil
	}
	p.path = append(p.path, step{object: object})
	var seen map[string]struct{}
	for n := 0; ; n++ {
		name := ""
		if object {
			var err error
			if name, err = p.member(i, n, &seen); err != nil {
				return err
			}
		}
		p.path[len(p.path)-1].name, p.path[len(p.path)-1].index = name, n
		if err := p.value(name); err != nil {
			return err
		}
		p.nodes[i].size++
		p.space()
		switch c := p.peek(); {
		case c == closing:
			p.at++
			p.path = p.path[:len(p.path)-1]
			return nil
		case c != ',':
			p.path = p.path[:len(p.path)-1]
			return p.syntax("expected a comma or " + strconv.QuoteRune(rune(closing)))
		}
		p.at++
		p.space()
	}
}

// member reads the n-th name of object i, and the colon.
func (p *parser) member(i, n int, seen *map[string]struct{}) (string, error) {
	start := p.at
	if p.peek() != '"' {
		return "", p.syntax("expected a member name in double quotes")
	}
	name, err := p.string()
	if err != nil {
		return "", err
	}
	if p.duplicate(i, n, name, seen) {
		p.path[len(p.path)-1].name = name
		return "", p.fail(codeDuplicate, start, "the member name "+strconv.Quote(name)+" occurs twice in one object")
	}
	p.space()
	if p.peek() != ':' {
		return "", p.syntax("expected a colon after the member name")
	}
	p.at++
	p.space()
	return name, nil
}

func (p *parser) duplicate(i, n int, name string, seen *map[string]struct{}) bool {
	if n < smallObject {
		for c := i + 1; c < len(p.nodes); c = int(p.nodes[c].next) {
			if p.nodes[c].name == name {
				return true
			}
		}
		return false
	}
	if *seen == nil {
		*seen = make(map[string]struct{}, 2*smallObject)
		for c := i + 1; c < len(p.nodes); c = int(p.nodes[c].next) {
			(*seen)[p.nodes[c].name] = struct{}{}
		}
	}
	_, found := (*seen)[name]
	(*seen)[name] = struct{}{}
	return found
}

// number reads a number by the grammar of RFC 8259 section 6.
func (p *parser) number() error {
	if p.peek() == '-' {
		p.at++
	}
	switch c := p.peek(); {
	case c == '0':
		p.at++
	case '1' <= c && c <= '9':
		p.digits()
	default:
		return p.syntax("a minus sign must be followed by a digit")
	}
	if p.peek() == '.' {
		p.at++
		if p.digits() == 0 {
			return p.syntax("a decimal point must be followed by a digit")
		}
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		p.at++
		if c := p.peek(); c == '+' || c == '-' {
			p.at++
		}
		if p.digits() == 0 {
			return p.syntax("an exponent must have a digit")
		}
	}
	return nil
}

func (p *parser) digits() int {
	start := p.at
	for c := p.peek(); '0' <= c && c <= '9'; c = p.peek() {
		p.at++
	}
	return p.at - start
}
