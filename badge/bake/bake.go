package bake

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Codes of this package.
const (
	codeFormat    = "bake.format"
	codeCRC       = "bake.crc"
	codeSize      = "bake.size"
	codeMissing   = "bake.missing"
	codeDuplicate = "bake.duplicate"
	codeText      = "bake.text"
)

// Container names the kind of image that a credential is baked into. The zero value is no
// image.
type Container string

// The containers.
const (
	PNG Container = "png"
	SVG Container = "svg"
)

// Detect tells what kind of image data starts as. It looks at the PNG signature or at the name
// of the XML root element only: an image that it names may still be refused by [Extract].
func Detect(data []byte) (Container, bool) {
	switch {
	case bytes.HasPrefix(data, []byte(signature)):
		return PNG, true
	case isMarkup(data) && rootIsSVG(data):
		return SVG, true
	}
	return "", false
}

// Extract returns the one credential that is baked into image, as [Read] finds it.
func Extract(image []byte, limits Limits) (credential []byte, c Container, err error) {
	baked, err := Read(image, limits)
	return baked.Text, baked.Container, err
}

// Insert returns a copy of image that carries credential, which is a JSON object or a compact
// JWS without white space around it. An image that already carries one of either generation is refused
// (bake.duplicate; [Replace] takes its place), as is an image that [Extract] would refuse. Everything else in the image
// stays as it is, byte for byte, and Extract gives back exactly the same credential. Insert
// does not check that the credential is one.
func Insert(image, credential []byte) ([]byte, error) {
	return insert(image, credential, current)
}

// insert does so in the form of a generation.
func insert(image, credential []byte, g generation) ([]byte, error) {
	form, err := formOf(credential, g)
	if err != nil {
		return nil, err
	}
	found, err := Read(image, Limits{})
	if err == nil {
		return nil, fail(codeDuplicate, -1, "the image already carries a credential of "+strconv.Itoa(len(found.Text))+" bytes; take it out first, or replace it")
	}
	if e, ok := err.(*strict.Error); !ok || e.Code != codeMissing {
		return nil, err
	}
	var baked []byte
	if found.Container == PNG {
		baked = insertPNG(image, credential, g)
	} else if baked, err = insertSVG(image, credential, form, g); err != nil {
		return nil, err
	}
	back, err := Read(baked, Limits{})
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(back.Text, credential) || back.Generation != g.number {
		return nil, fail(codeText, -1, "the credential cannot be carried by this image without being changed")
	}
	return baked, nil
}

// form is how a credential is written; it decides where an SVG carries it. A PNG carries all of them
// in the same way.
type form uint8

const (
	formJSON form = iota + 1
	formJWS
	formURL // of a hosted assertion, of Open Badges 2.0 or older
)

// formOf tells the form of a credential that is to be inserted, and refuses what no verifier
// would read.
func formOf(credential []byte, g generation) (form, error) {
	if len(credential) > defaultCredential {
		return 0, fail(codeSize, defaultCredential, "the credential is longer than "+strconv.Itoa(defaultCredential)+" bytes")
	}
	if err := checkText(credential, 0); err != nil {
		return 0, err
	}
	if bytes.HasPrefix(bytes.TrimLeft(credential, white), []byte("{")) {
		return formJSON, nil
	}
	if g == older && isURL(credential) {
		return formURL, nil
	}
	if i := bytes.IndexFunc(credential, notJWS); i >= 0 {
		return 0, fail(codeText, i, "a credential is a JSON object or a compact JWS without white space around it")
	}
	return formJWS, nil
}

// notJWS reports whether a compact JWS, or an SD-JWT with its tildes, cannot contain r. None of
// the characters that it can contain means anything to XML.
func notJWS(r rune) bool {
	return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_.~", r))
}

// white is the white space of JSON and of XML, which is the same.
const white = " \t\r\n"

// checkText refuses credential text that is empty or no UTF-8. Text that was read as Latin-1
// and written as UTF-8 once too often is valid UTF-8 and cannot be told from the real thing
// here: its signature does not match. The argument at is where it starts in the image, -1 where
// its bytes have no place there.
func checkText(text []byte, at int) error {
	if len(bytes.Trim(text, white)) == 0 {
		return fail(codeText, at, "the place for the credential is there, but it is empty")
	}
	if utf8.Valid(text) {
		return nil
	}
	if at >= 0 {
		at += invalidAt(text)
	}
	return fail(codeText, at, "the credential is not valid UTF-8; it was probably written as Latin-1: ask the issuer to bake it again")
}

// invalidAt returns the index of the first byte that is no UTF-8, or the length of text.
func invalidAt(text []byte) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(text)
}

// askForBadge says what to do with a file that is none.
const askForBadge = "ask whoever gave it out for the badge itself: an image, a JSON file, or a link to one of these"

// describe names what data is, for the person who handed over the wrong file. It looks at the
// first bytes and may be wrong; nothing depends on it.
func describe(data []byte) string {
	for _, k := range [...]struct{ prefix, name string }{
		{"\xff\xd8\xff", "a JPEG image"}, {"GIF8", "a GIF image"}, {"%PDF", "a PDF document"},
		{"RIFF", "a WebP image or another RIFF file"}, {"PK\x03\x04", "a ZIP archive"}, {"\x1f\x8b", "a gzip file"},
		{"\x89PN", "a PNG image with a damaged signature, as a text-mode transfer leaves it"},
		{"\xff\xfe", "UTF-16 text"}, {"\xfe\xff", "UTF-16 text"},
	} {
		if bytes.HasPrefix(data, []byte(k.prefix)) {
			return k.name
		}
	}
	if len(data) == 0 {
		return "an empty file"
	}
	return "no image that is known here"
}

// fail makes an error of this package. Bake errors have no JSON Pointer: an image is no JSON.
func fail(code string, offset int, detail string) *strict.Error {
	return &strict.Error{Code: code, Offset: offset, Detail: detail}
}
