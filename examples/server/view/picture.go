package view

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/badge"
)

// pictures are the media types of images that are shown. A browser runs no script of an SVG in an img element.
var pictures = []string{"image/png", "image/svg+xml", "image/jpeg", "image/gif", "image/webp"}

// picture returns an image that the credential holds. One that it only names by another URL is not shown: fetching
// it would tell its host who looks.
func picture(i badge.Image) *Picture {
	rest, ok := strings.CutPrefix(i.ID, "data:")
	if !ok || len(i.ID) > maxPicture {
		return nil
	}
	kind, _, ok := strings.Cut(rest, ",")
	kind, _, _ = strings.Cut(kind, ";")
	if !ok || !slices.Contains(pictures, strings.ToLower(kind)) {
		return nil
	}
	return &Picture{URL: i.ID, Caption: text(i.Caption), Source: "credential"}
}

// fromFile returns the baked image itself.
func fromFile(b *badge.Badge, data []byte) *Picture {
	kind := map[string]string{"png": "image/png", "svg": "image/svg+xml"}[b.Container()]
	if kind == "" || base64.StdEncoding.EncodedLen(len(data)) > maxPicture {
		return nil
	}
	return &Picture{URL: "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(data), Source: "file"}
}
