package main

import (
	"strings"

	"github.com/badgeproof/badgeproof/badge"
)

// pictureWords are whose picture one is.
var pictureWords = map[badge.PictureOf]string{
	badge.PictureSubject:     "of this award",
	badge.PictureAchievement: "of the achievement",
	badge.PictureCredential:  "of the credential",
	badge.PictureIssuer:      "of the issuer",
}

// pictures tells of the pictures of a badge, that to show first; of several that are the same, once. None is fetched.
func (t *text) pictures(b *badge.Badge) {
	label, told := "picture", map[string]bool{}
	for _, p := range b.Pictures() {
		word := pictureWord(p)
		if same := p.URL + string(p.Data); same != "" {
			if told[same] {
				continue
			}
			told[same] = true
		}
		t.field(label, word)
		label = ""
	}
}

// pictureWord says what a picture is, and whether it is what the issuer meant.
func pictureWord(p badge.Picture) string {
	of := joined(", ", pictureWords[p.Of], quoted(short(p.Caption))) + ": "
	switch {
	case p.Err != nil:
		return of + "none that can be shown, since " + p.Err.Detail
	case p.Of == badge.PictureFile:
		return "the " + imageWord(p.MediaType) + " itself, into which anybody can put a genuine badge"
	case p.Data != nil:
		return of + "a " + imageWord(p.MediaType) + " of " + size(len(p.Data)) + " in the badge itself"
	case p.Fixed:
		return of + p.URL + ", linked; the badge states its digest"
	}
	return of + p.URL + ", linked; its host can replace it"
}

// imageWord names a kind of picture.
func imageWord(mediaType string) string {
	kind, _, _ := strings.Cut(strings.TrimPrefix(mediaType, "image/"), "+")
	return strings.ToUpper(kind) + " image"
}
