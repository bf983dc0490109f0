package fetch

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"
)

// readTree reads a JSON text into maps, slices, strings, json.Numbers, booleans and nil. Structs
// would not do, since encoding/json takes "URL" for "url", keeps the last of two members with one
// name, and replaces what is not UTF-8 without a word. Size and depth are bounded by those of a
// bundle before anything is built.
func readTree(data []byte, limits bundleLimits) (any, error) {
	switch {
	case len(data) > limits.bytes:
		return nil, fmt.Errorf("it has %d bytes, and %d are allowed", len(data), limits.bytes)
	case !utf8.Valid(data):
		return nil, errors.New("it is not UTF-8")
	case !json.Valid(data):
		// Asked for first, since a Decoder is content with less: with text after the value.
		return nil, errors.New("it is not JSON")
	case loneSurrogate(data):
		return nil, errors.New(`it has half of a surrogate pair (\ud800 to \udfff)`)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	return readValue(dec, maxBundleDepth)
}

// readValue reads the next value, in which depth arrays and objects may be open at once.
func readValue(dec *json.Decoder, depth int) (any, error) {
	t, err := dec.Token()
	if err != nil {
		return nil, err
	}
	delim, open := t.(json.Delim)
	if !open {
		return t, nil
	}
	if depth == 0 {
		return nil, errors.New("it is nested deeper than the format goes")
	}
	if delim == '[' {
		return readArray(dec, depth-1)
	}
	return readObject(dec, depth-1)
}

// readArray reads the rest of an array whose bracket was read.
func readArray(dec *json.Decoder, depth int) (any, error) {
	list := []any{}
	for dec.More() {
		v, err := readValue(dec, depth)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	_, err := dec.Token()
	return list, err
}

// readObject reads the rest of an object whose brace was read. Two names are the same if they are
// once their escapes are undone.
func readObject(dec *json.Decoder, depth int) (any, error) {
	m := map[string]any{}
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return nil, err
		}
		name, _ := t.(string)
		if _, twice := m[name]; twice {
			return nil, fmt.Errorf("member %q is there twice in one object", printable(name, 80))
		}
		if m[name], err = readValue(dec, depth); err != nil {
			return nil, err
		}
	}
	_, err := dec.Token()
	return m, err
}

// membersOf returns the members of an object that has no other names than these.
func membersOf(v any, names ...string) (map[string]any, error) {
	m, ok := v.(map[string]any)
	if !ok {
		return nil, errors.New("it is not an object")
	}
	for name := range m {
		if !slices.Contains(names, name) {
			return nil, fmt.Errorf("member %q is not one of the format", printable(name, 80))
		}
	}
	return m, nil
}

// loneSurrogate reports whether a JSON text has an escape for half of a surrogate pair, which
// encoding/json would replace. The text is valid, so that backslashes are in strings only, and four
// hexadecimal digits follow each \u.
func loneSurrogate(data []byte) bool {
	for i := 0; i < len(data); i++ {
		if data[i] != '\\' {
			continue
		}
		i++
		if data[i] != 'u' {
			continue
		}
		switch half := surrogate(data[i+1 : i+5]); {
		case half == 'l':
			return true
		case half == 'h':
			if next := data[i+5:]; len(next) < 6 || next[0] != '\\' || next[1] != 'u' || surrogate(next[2:6]) != 'l' {
				return true
			}
			i += 6
		}
		i += 4
	}
	return false
}

// surrogate returns 0 for other characters, and otherwise tells the high (h) and low (l) halves of surrogate pairs by their hexadecimal digits.
func surrogate(digits []byte) byte {
	if digits[0]|0x20 != 'd' {
		return 0
	}
	switch digits[1] | 0x20 {
	case '8', '9', 'a', 'b':
		return 'h'
	case 'c', 'd', 'e', 'f':
		return 'l'
	}
	return 0
}
