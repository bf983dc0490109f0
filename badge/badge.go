package badge

import (
	"bytes"
	"strings"

	"github.com/badgeproof/badgeproof/badge/bake"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Badge is a credential together with what it came in. It never changes and is safe for
// concurrent use. Its accessors show what the credential says, verified or not: they are
// tolerant, leave out what has the wrong JSON type, and give the first of several values where
// the specification has one.
type Badge struct {
	credential   *vc.Credential
	presentation *vc.Presentation
	container    string
	languages    []string // as of [Badge.In]
	// older is set for what is no verifiable credential: a document of Open Badges 2.0 or before. Then credential
	// shows what it says (see [older.shown]), and evidence is what was opened.
	older    *older
	evidence *vc.Credential
}

// Open reads a credential from a JSON document, a compact JWS, an SD-JWT, a COSE message, or a PNG or
// SVG image with one of these baked in, and tells them apart by their first bytes. An envelope around a
// credential ([vc.Parse]) is opened. White space around text is ignored. It verifies nothing, and takes every credential: whether it is an Open Badge is
// for [Conform]. A presentation is opened like a credential; [Badge.Presentation] tells the two apart.
//
// Assertions of Open Badges 2.0 are opened as well, as JSON, as a compact JWS, and from images, which may
// hold nothing but the URL of one. [Verify] judges whatever was opened. Older assertions, and documents that are
// no badge but part of one, such as a BadgeClass, are recognised, and Verify says what they are.
//
// The error is a [*strict.Error] with one of the codes of [vc.Parse] or bake.*. For a baked
// credential, the offset of the former counts within the credential, that of bake.* within
// the image. The default limits of packages bake and vc apply.
func Open(data []byte) (*Badge, error) {
	if !isImage(data) {
		return parse(data, "")
	}
	baked, err := bake.Read(data, bake.Limits{})
	if err != nil {
		return nil, err
	}
	if url := strings.TrimSpace(string(baked.Text)); baked.Generation == 2 && isLink(url) {
		return hosted(url, string(baked.Container)), nil
	}
	b, err := parse(baked.Text, string(baked.Container))
	switch {
	case err != nil:
		return nil, err
	case baked.Generation == 2 && b.older == nil:
		return nil, &strict.Error{Code: "bake.missing", Offset: -1,
			Detail: "the image carries something baked as Open Badges 2.0 asks that is none; a credential is baked in another way"}
	case baked.URL != "" && b.older.version == "2.0" && b.older.value.Get("id").Text() != baked.URL:
		return nil, &strict.Error{Code: "bake.duplicate", Offset: -1,
			Detail: "the image carries an assertion, and the URL of another one; which one is meant cannot be known"}
	}
	return b, nil
}

// parse reads the text of a credential; the container is "" where the text is the file itself.
func parse(text []byte, container string) (*Badge, error) {
	c, err := vc.Parse(text, vc.Limits{})
	if err != nil {
		return nil, err
	}
	if container == "" {
		container = string(c.Format())
		if text := bytes.TrimLeft(text, " \t\r\n"); text[0] == '{' {
			container = "json"
		}
	}
	b := &Badge{credential: c, container: container}
	if b.older = olderOf(c); b.older != nil {
		b.credential, b.evidence = b.older.shown(), c
		return b, nil
	}
	if c.IsPresentation() {
		if b.presentation, err = vc.ParsePresentation(text, vc.Limits{}); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// Credential returns the evidence, for [verify.Verifier.Verify] and for what the view leaves
// out. What is no verifiable credential, such as an assertion of Open Badges 2.0, is none to that method either,
// and never valid there: [Verify] judges it. It is never nil, but empty where an image holds a URL alone.
func (b *Badge) Credential() *vc.Credential {
	if b.evidence != nil {
		return b.evidence
	}
	return b.credential
}

// Presentation returns what was opened as a presentation, for [verify.Verifier.VerifyPresentation], where
// by its type it is one; nil where it is a credential. The other accessors show a presentation as if
// it were a credential, of which there is then next to nothing.
func (b *Badge) Presentation() *vc.Presentation { return b.presentation }

// Container returns what the credential came in: "json", "jwt", "sd-jwt", "cose", "png" or "svg". It
// says nothing about the credential: a PNG may hold JSON or a JWS, and JSON an envelope around one. [vc.Credential.Format] tells these apart.
func (b *Badge) Container() string { return b.container }

// isImage reports whether data is for package bake: markup, or binary. Files of other kinds are
// among them because bake says what they are.
func isImage(data []byte) bool {
	for _, prefix := range [...]string{"\x89PN", "\xff\xd8\xff", "GIF8", "RIFF", "%PDF", "PK\x03\x04", "\x1f\x8b"} {
		if bytes.HasPrefix(data, []byte(prefix)) {
			return true
		}
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n")
	return bytes.HasPrefix(text, []byte("<"))
}
