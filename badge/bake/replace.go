package bake

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Replace returns a copy of image that carries credential in the place of whatever credentials of
// either generation it carries: none, one, or several, whole or damaged. It is [Insert] into what
// [Remove] leaves, and gives the same bytes, so that baking again and again does not change the
// picture and never leaves an old credential behind.
func Replace(image, credential []byte) ([]byte, error) {
	plain, err := Remove(image)
	if err != nil {
		return nil, err
	}
	return Insert(plain, credential)
}

// Remove returns a copy of image without the credentials of either generation that it carries.
// Everything else stays as it is, byte for byte and in its order: other chunks of a PNG, whatever
// their type; in an SVG comments, white space, other elements, and the declarations of namespaces
// that only the credential used. An image without a credential comes back as it is; one that
// [Extract] would refuse for anything but its credentials is refused here.
func Remove(image []byte) ([]byte, error) {
	limits := Limits{}.orDefault()
	var plain []byte
	var err error
	switch {
	case len(image) > limits.Image: // refused by Read, below
	case bytes.HasPrefix(image, []byte(signature)):
		plain, err = removePNG(image, limits)
	case isMarkup(image):
		plain, err = removeSVG(image, limits)
	}
	if err != nil {
		return nil, err
	}
	if plain == nil {
		plain = image
	}
	_, err = Read(plain, limits)
	if e, ok := err.(*strict.Error); ok && e.Code == codeMissing {
		return bytes.Clone(plain), nil
	}
	if err == nil { // removal and reading disagree about what a credential is
		return nil, fail(codeFormat, -1, "the credential cannot be taken out of this image")
	}
	return nil, err
}

// removePNG leaves out the text chunks with a keyword of either generation.
func removePNG(image []byte, limits Limits) ([]byte, error) {
	plain := make([]byte, 0, len(image))
	plain = append(plain, signature...)
	for at, n := len(signature), 1; at < len(image); n++ {
		c, err := readChunk(image, at)
		if err != nil {
			return nil, err
		}
		if n > limits.Chunks {
			return nil, fail(codeSize, at, "the PNG has too many chunks")
		}
		end := at + frame + len(c.data)
		if name := c.keyword(); name != current.keyword && name != older.keyword {
			plain = append(plain, image[at:end]...)
		}
		at = end
	}
	return plain, nil
}

// removeSVG leaves out the elements of either generation, with all that is in them, wherever they
// stand. What else is wrong with the document is found by who reads it next.
func removeSVG(image []byte, limits Limits) ([]byte, error) {
	text := bytes.TrimPrefix(image, []byte(byteOrderMark))
	if tooMuchMarkup(text, limits) {
		return nil, fail(codeSize, 0, "the SVG has too many elements and attributes")
	}
	plain := make([]byte, 0, len(image))
	plain = append(plain, image[:len(image)-len(text)]...)
	d := xml.NewDecoder(bytes.NewReader(text))
	kept, depth := 0, 0 // bytes of text that are done; elements open below and with a credential
	for {
		at := int(d.InputOffset())
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return append(plain, text[kept:]...), nil
		}
		if err != nil {
			e := fail(codeFormat, len(image)-len(text)+at, "the SVG is not well-formed XML: "+err.Error())
			e.Err = err
			return nil, e
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth == 0 && (t.Name == current.element || t.Name == older.element) {
				plain = append(plain, text[kept:at]...)
				depth++
			} else if depth > 0 {
				depth++
			}
		case xml.EndElement:
			if depth > 0 {
				depth--
				kept = int(d.InputOffset())
			}
		}
	}
}
