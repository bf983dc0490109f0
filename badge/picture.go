package badge

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/badge/bake"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Whose picture one is.
const (
	PictureSubject     PictureOf = "subject"     // of this award to this recipient
	PictureAchievement PictureOf = "achievement" // of everybody's who earned the same
	PictureCredential  PictureOf = "credential"  // for wallets
	PictureFile        PictureOf = "file"        // the PNG or SVG that the credential was baked into
	PictureIssuer      PictureOf = "issuer"      // a logo
)

// PictureOf says what a [Picture] shows, and where it comes from.
type PictureOf string

// Picture is a picture to show beside a badge. It is never fetched here, and its pixels are not
// decoded: show it to people in an <img> element and nowhere else. An SVG is active content: opened
// as a document, or put into a page as markup, its scripts run.
type Picture struct {
	Of      PictureOf
	Caption string // for those who cannot see it
	// MediaType is what the bytes of Data start as, whatever the badge calls them: "image/png",
	// "image/jpeg", "image/gif", "image/webp" or "image/svg+xml". Of [PictureFile] it is the type of
	// the file, whose bytes the caller has; they are not kept here.
	MediaType string
	Data      []byte // of a picture that stands in the badge; a copy
	// URL is where a picture is that does not: an https or http URL by a stranger. Whoever fetches it
	// tells the stranger who looks at the badge, and when.
	URL string
	// DigestSRI and DigestMultibase are what the credential says that the bytes at URL hash to (VC DM
	// 2.0 section 5.3); they are not compared here.
	DigestSRI, DigestMultibase string
	// Fixed is true where the credential fixes the bytes: they stand in it, or it states their digest.
	// Everything else can be replaced and the badge is as valid as before: the picture of a file above
	// all, for anybody can bake a genuine credential into another picture.
	Fixed   bool
	Pointer string // where the credential names it; "" for a file, and in documents of Open Badges 2.0
	// Err is why there is nothing to show: no data: URL that can be read, no picture of a kind that is
	// known here, no web address. Then Data, URL and MediaType are empty. Its code is badge.value.
	Err *strict.Error
}

// Pictures returns the pictures of the badge, that to show first: those whose bytes the credential
// fixes, then the file itself, then linked ones, then those that cannot be shown; among equals that of
// the award, of the achievement, of the credential. A badge need not have any.
//
// Like everything that a [Badge] shows, they are not verified.
func (b *Badge) Pictures() []Picture {
	var all []Picture
	subject := b.Subject()
	for _, named := range [...]struct {
		of    PictureOf
		image Image
	}{
		{PictureSubject, subject.Image}, {PictureAchievement, subject.Achievement.Image},
		{PictureCredential, Read[Image](first(b.credential.Value().Get("image")), b.languages...)},
	} {
		if named.image.JSON().Exists() {
			all = append(all, b.picture(named.of, named.image))
		}
	}
	if c := bake.Container(b.container); c == bake.PNG || c == bake.SVG {
		all = append(all, Picture{Of: PictureFile, MediaType: fileTypes[c]})
	}
	slices.SortStableFunc(all, func(p, q Picture) int { return p.rank() - q.rank() })
	return all
}

// Logo returns the picture of the issuer; ok is false where it has none.
func (b *Badge) Logo() (p Picture, ok bool) {
	image := b.Issuer().Image
	if !image.JSON().Exists() {
		return Picture{}, false
	}
	return b.picture(PictureIssuer, image), true
}

// rank orders pictures for [Badge.Pictures].
func (p Picture) rank() int {
	switch {
	case p.Err != nil:
		return 4
	case p.Data != nil:
		return 0
	case p.Fixed:
		return 1
	case p.Of == PictureFile:
		return 2
	}
	return 3
}

// fileTypes are the media types of images that credentials are baked into.
var fileTypes = map[bake.Container]string{bake.PNG: "image/png", bake.SVG: "image/svg+xml"}

// picture reads an image.
func (b *Badge) picture(of PictureOf, image Image) Picture {
	p := Picture{Of: of, Caption: image.Caption}
	if b.Generation() == 3 {
		p.Pointer = image.JSON().Pointer()
	}
	if isData(image.ID) {
		detail := ""
		if p.Data, detail = decodeData(image.ID); detail == "" {
			if p.MediaType = sniff(p.Data); p.MediaType == "" {
				detail = "the data: URL holds no PNG, SVG, JPEG, GIF or WebP"
			}
		}
		if p.Fixed = detail == ""; !p.Fixed {
			p.Data = nil
			p.Err = b.noPicture(image, p.Pointer, detail)
		}
		return p
	}
	if !isWeb(image.ID) {
		p.Err = b.noPicture(image, p.Pointer, "the picture is at no web address: its id must be an https or a data: URL")
		return p
	}
	p.URL = image.ID
	if b.Generation() == 3 { // Open Badges 2.0 has no digests, and nothing compares them
		p.DigestSRI, p.DigestMultibase = b.digests(image)
	}
	p.Fixed = p.DigestSRI != "" || p.DigestMultibase != ""
	return p
}

// noPicture is the error for an image that cannot be shown.
func (b *Badge) noPicture(image Image, pointer, detail string) *strict.Error {
	offset := -1
	if b.Generation() == 3 {
		offset = image.JSON().Offset()
	}
	return &strict.Error{Code: codeValue, Pointer: pointer, Offset: offset, Detail: detail}
}

// digests returns the digests that the credential states of a picture, on the image itself or in
// relatedResource.
func (b *Badge) digests(image Image) (sri, multibase string) {
	places := append([]strict.Value{image.JSON()}, b.credential.Resources()...)
	for i, v := range places {
		if i > 0 && v.Get("id").Text() != image.ID {
			continue
		}
		if sri, multibase = v.Get("digestSRI").Text(), v.Get("digestMultibase").Text(); sri != "" || multibase != "" {
			return sri, multibase
		}
	}
	return "", ""
}

// isWeb reports whether s is an http or https URL with a host.
func isWeb(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil
}

// sniff returns the media type that data starts as, "" for what is no picture of a kind that is known
// here. What follows the start is not looked at, except that an SVG must begin as one.
func sniff(data []byte) string {
	for _, k := range [...]struct{ start, typ string }{
		{"\x89PNG\r\n\x1a\n", "image/png"}, {"\xff\xd8\xff", "image/jpeg"}, {"GIF87a", "image/gif"}, {"GIF89a", "image/gif"},
	} {
		if bytes.HasPrefix(data, []byte(k.start)) {
			return k.typ
		}
	}
	if len(data) >= 12 && bytes.HasPrefix(data, []byte("RIFF")) && string(data[8:12]) == "WEBP" {
		return "image/webp"
	}
	if c, ok := bake.Detect(data); ok {
		return fileTypes[c]
	}
	return ""
}

// isData reports whether s is a data: URL.
func isData(s string) bool { return len(s) >= 5 && strings.EqualFold(s[:5], "data:") }
