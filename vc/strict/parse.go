package strict

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// smallObject is the number of members up to which names are compared one by one; larger objects
// use a map, so that the search for duplicates is never quadratic.
const smallObject = 32

// bytesPerValue is how much text a value of a typical credential takes, names and white space
// included; it only sizes the first allocation.
const bytesPerValue = 24

// Parse reads data as exactly one JSON value. The error is an [*Error] with one of the codes
// json.syntax, json.duplicate, json.depth, json.size and json.utf8. Parse copies data once and
// never keeps or changes it.
func Parse(data []byte, limits Limits) (Value, error) {
	limits = limits.orDefault()
	p := &parser{limits: limits}
	if len(data) > limits.Bytes {
		return Value{}, p.fail(codeSize, limits.Bytes, "the text is longer than "+strconv.Itoa(limits.Bytes)+" bytes")
	}
	p.source = string(data)
	if err := p.encoding(); err != nil {
		return Value{}, err
	}
	p.nodes = make([]node, 0, len(data)/bytesPerValue+8)
	p.path = p.open[:0]
	p.space()
	if err := p.value(span{}); err != nil {
		return Value{}, err
	}
	p.space()
	if p.at < len(p.source) {
		return Value{}, p.syntax("there is more text after the end of the JSON value")
	}
	return Value{doc: &p.document}, nil
}

// The grammar is read by recursive descent, one method for each of its rules. Each method starts at
// the first byte of what it reads, and leaves the parser behind the last; where it fails, the
// position is that of the error. Nothing recurses but containers, whose depth is limited before
// they are entered.

// step is where the parser stands in one open array or object.
type step struct {
	name   span
	index  int // -1 while a member name is being read
	object bool
}

// parser is the state of one call of Parse. The document lives in it, so that both are one
// allocation.
type parser struct {
	document        // what is being built; source is the whole text
	at       int    // next byte
	path     []step // arrays and objects that are open
	limits   Limits
	open     [16]step // first memory of path
}

// encoding refuses a byte order mark and invalid UTF-8 anywhere in the text (RFC 8259 section
// 8.1), so that nothing after it has to think of either. A byte order mark inside the text is a
// character like any other in strings, and a syntax error elsewhere.
func (p *parser) encoding() error {
	if strings.HasPrefix(p.source, "\ufeff") {
		return p.fail(codeUTF8, 0, "the text starts with a byte order mark; RFC 8259 forbids it")
	}
	if utf8.ValidString(p.source) {
		return nil
	}
	for i, r := range p.source {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(p.source[i:]); size == 1 {
				return p.fail(codeUTF8, i, "the text is not valid UTF-8; it was probably re-encoded on its way")
			}
		}
	}
	return nil
}

// fail makes an error at the value that is being read; while a member name is being read, at the
// object that has it.
func (p *parser) fail(code string, offset int, detail string) error {
	var pointer []byte
	for _, s := range p.path {
		if s.index < 0 {
			break
		}
		if s.object {
			pointer = appendToken(pointer, p.text(s.name))
		} else {
			pointer = strconv.AppendInt(append(pointer, '/'), int64(s.index), 10)
		}
	}
	return &Error{Code: code, Pointer: string(pointer), Offset: offset, Detail: detail}
}

// syntax makes the error for a text that is no JSON, at the next byte.
func (p *parser) syntax(detail string) error { return p.fail(codeSyntax, p.at, detail) }

// peek returns the next byte, 0 at the end of the text.
func (p *parser) peek() byte {
	if p.at < len(p.source) {
		return p.source[p.at]
	}
	return 0
}

// value reads a value of any kind, which is the member with this name where its parent is an
// object. Its node stands before those of its children; where it ends is known only behind them.
func (p *parser) value(name span) error {
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

// body reads the value of node i, and sets its kind.
func (p *parser) body(i int) error {
	switch c := p.peek(); c {
	case '{', '[':
		return p.container(i, c == '{')
	case '"':
		text, err := p.string()
		p.nodes[i].kind = String
		if text.length < 0 {
			p.nodes[i].size = text.at + 1
		}
		return err
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		p.nodes[i].kind = Number
		return p.number()
	case 't':
		return p.literal(i, "true", Bool)
	case 'f':
		return p.literal(i, "false", Bool)
	case 'n':
		return p.literal(i, "null", Null)
	}
	if p.at == len(p.source) {
		return p.syntax("the text ends where a value is expected")
	}
	return p.syntax("a JSON value cannot start with " + strconv.QuoteRune(p.rune()))
}

// literal reads true, false or null.
func (p *parser) literal(i int, text string, kind Kind) error {
	if !strings.HasPrefix(p.source[p.at:], text) {
		return p.syntax("a JSON value cannot start with " + strconv.QuoteRune(p.rune()))
	}
	p.nodes[i].kind = kind
	p.at += len(text)
	return nil
}

// rune returns the next character, for use in sentences.
func (p *parser) rune() rune {
	r, _ := utf8.DecodeRuneInString(p.source[p.at:])
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
	top := len(p.path) - 1
	var seen map[string]struct{}
	for n := 0; ; n++ {
		name := span{}
		if object {
			p.path[top].index = -1
			var err error
			if name, err = p.member(i, n, &seen); err != nil {
				return err
			}
		}
		p.path[top].name, p.path[top].index = name, n
		if err := p.value(name); err != nil {
			return err
		}
		p.nodes[i].size++
		p.space()
		switch c := p.peek(); {
		case c == closing:
			p.at++
			p.path = p.path[:top]
			return nil
		case c != ',':
			p.path = p.path[:top]
			return p.syntax("expected a comma or " + strconv.QuoteRune(rune(closing)))
		}
		p.at++
		p.space()
	}
}

// member reads the n-th name of object i, and the colon.
func (p *parser) member(i, n int, seen *map[string]struct{}) (span, error) {
	start := p.at
	if p.peek() != '"' {
		return span{}, p.syntax("expected a member name in double quotes")
	}
	name, err := p.string()
	if err != nil {
		return span{}, err
	}
	if p.duplicate(i, n, name, seen) {
		p.path[len(p.path)-1] = step{name, n, true}
		return span{}, p.fail(codeDuplicate, start, "the member name "+strconv.Quote(p.text(name))+" occurs twice in one object")
	}
	p.space()
	if p.peek() != ':' {
		return span{}, p.syntax("expected a colon after the member name")
	}
	p.at++
	p.space()
	return name, nil
}

// duplicate reports whether object i, which has n members so far, has one with this name. Names
// are compared after decoding, so that "a" and "\u0061" are one name. The set of names seen is made
// only for large objects.
func (p *parser) duplicate(i, n int, name span, seen *map[string]struct{}) bool {
	if n < smallObject {
		for c := i + 1; c < len(p.nodes); c = int(p.nodes[c].next) {
			if other := p.nodes[c].name; (other.length == name.length || other.length < 0 || name.length < 0) &&
				p.text(other) == p.text(name) {
				return true
			}
		}
		return false
	}
	if *seen == nil {
		*seen = make(map[string]struct{}, 2*smallObject)
		for c := i + 1; c < len(p.nodes); c = int(p.nodes[c].next) {
			(*seen)[p.text(p.nodes[c].name)] = struct{}{}
		}
	}
	_, found := (*seen)[p.text(name)]
	(*seen)[p.text(name)] = struct{}{}
	return found
}

// number reads a number by the grammar of RFC 8259 section 6: no plus, no leading zero, digits on
// both sides of the point. Size and precision are not looked at; the text is what is kept.
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

// digits reads as many digits as there are, and returns how many.
func (p *parser) digits() int {
	start := p.at
	for c := p.peek(); '0' <= c && c <= '9'; c = p.peek() {
		p.at++
	}
	return p.at - start
}
