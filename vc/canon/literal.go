package canon

import (
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// literalTail returns what N-Quads writes after the text of a literal of a datatype.
func literalTail(datatype string) string {
	if datatype == xsdString {
		return ""
	}
	return "^^<" + datatype + ">"
}

// textual returns the term of a literal of a string and what follows it.
func (c *converter) textual(v strict.Value, tail string) termID {
	text := v.Text()
	// A string that is written without escapes holds nothing that N-Quads escapes but DEL and
	// U+FFFE and U+FFFF, whose UTF-8 starts with EF.
	if len(v.Raw()) != len(text)+2 || strings.IndexByte(text, 0x7F) >= 0 || strings.IndexByte(text, 0xEF) >= 0 {
		return c.quoted(text, tail)
	}
	from := len(c.text)
	c.text = append(append(append(append(c.text, '"'), text...), '"'), tail...)
	t, _ := c.builder.intern(from, false)
	return t
}

// quoted returns the term of a literal of a text and what follows it.
func (c *converter) quoted(text, tail string) termID {
	from := len(c.text)
	c.text = append(appendQuoted(c.text, text), tail...)
	t, _ := c.builder.intern(from, false)
	return t
}

// languageOf returns the language of a text that is the value of a property.
func languageOf(t *table, prop *definition, at strict.Value) (string, error) {
	language, direction := t.language, t.direction
	if prop.hasLanguage {
		language = prop.language
	}
	if prop.hasDirection {
		direction = prop.direction
	}
	if direction != "" {
		return "", dropped(at, "the base direction "+direction)
	}
	return language, nil
}

// native returns the literal of a JSON number or boolean, or of a string that has a datatype. An
// empty datatype stands for the native one.
func (c *converter) native(v strict.Value, datatype, tail string) (termID, error) {
	standard := tailBoolean
	from := len(c.text)
	switch v.Kind() {
	case strict.String:
		if datatype == xsdDouble && !isCanonicalDouble(v.Text()) {
			return 0, fail(v, codeValue, "a string of the type xsd:double has no agreed form unless it is canonical, such as 1.5E0")
		}
		return c.textual(v, tail), nil
	case strict.Bool:
		c.text = append(append(append(c.text, '"'), v.Raw()...), '"')
	case strict.Number:
		text, double, err := appendNumber(append(c.text, '"'), v, datatype == xsdDouble)
		if err != nil {
			return 0, err
		}
		c.text = append(text, '"')
		standard = tailInteger
		if double {
			standard = tailDouble
		}
	default:
		return 0, fail(v, codeValue, "@value must be a string, a number or a boolean, and not %s", v.Kind())
	}
	if datatype == "" {
		tail = standard
	}
	c.text = append(c.text, tail...)
	t, _ := c.builder.intern(from, false)
	return t, nil
}

// json states a JSON literal (JSON-LD 1.1 section 4.2.2): any JSON value in the form of RFC 8785.
func (c *converter) json(v strict.Value, s *sink) error {
	text, err := JCS(v)
	if err != nil {
		return err
	}
	return c.literal(s, c.quoted(string(text), tailJSON), v)
}
