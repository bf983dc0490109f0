package badge_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// The starts of pictures of every kind that is known.
const (
	jpegStart = "\xff\xd8\xff\xe0\x00\x10JFIF"
	gifStart  = "GIF89a\x01\x00\x01\x00"
	webpStart = "RIFF\x1a\x00\x00\x00WEBPVP8L"
	svgText   = "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
)

func dataURL(mediaType, data string) string {
	return "data:" + mediaType + ";base64," + base64.StdEncoding.EncodeToString([]byte(data))
}

// withImage is a badge whose achievement has an image.
func withImage(t testing.TB, id string) *badge.Badge {
	t.Helper()
	quoted, err := json.Marshal(id)
	if err != nil {
		t.Fatal(err)
	}
	return open(t, `{"credentialSubject":{"achievement":{"image":{"id":`+string(quoted)+`,"type":"Image","caption":"A medal"}}}}`)
}

// one returns the only picture of a badge.
func one(t testing.TB, b *badge.Badge) badge.Picture {
	t.Helper()
	all := b.Pictures()
	if len(all) != 1 {
		t.Fatalf("%d pictures: %+v", len(all), all)
	}
	return all[0]
}

// TestPictureData has data: URLs that hold a picture, in the forms that browsers take.
func TestPictureData(t *testing.T) {
	p := string(picture(t))
	for name, c := range map[string]struct{ url, typ, data string }{
		"png":                {dataURL("image/png", p), "image/png", p},
		"jpeg":               {dataURL("image/jpeg", jpegStart), "image/jpeg", jpegStart},
		"gif":                {dataURL("image/gif", gifStart), "image/gif", gifStart},
		"webp":               {dataURL("image/webp", webpStart), "image/webp", webpStart},
		"svg":                {dataURL("image/svg+xml", svgText), "image/svg+xml", svgText},
		"svg, escaped":       {"data:image/svg+xml;utf8," + url.PathEscape(svgText), "image/svg+xml", svgText},
		"svg, plain":         {"data:image/svg+xml," + svgText, "image/svg+xml", svgText},
		"wrong type":         {dataURL("text/html", p), "image/png", p},
		"no type":            {dataURL("", p), "image/png", p},
		"capitals":           {strings.Replace(strings.Replace(dataURL("image/png", p), "data", "DATA", 1), "base64", "Base64", 1), "image/png", p},
		"no padding":         {strings.TrimRight(dataURL("image/gif", gifStart), "="), "image/gif", gifStart},
		"line feeds":         {strings.Replace(dataURL("image/gif", gifStart), "R0", "R\r\n 0", 1), "image/gif", gifStart},
		"escaped base64":     {strings.ReplaceAll(strings.ReplaceAll(dataURL("image/jpeg", jpegStart), "+", "%2B"), "/9j", "%2F9j"), "image/jpeg", jpegStart},
		"parameters":         {dataURL("image/gif;charset=utf-8;name=a", gifStart), "image/gif", gifStart},
		"script in a png":    {dataURL("image/svg+xml", p+"<svg/>"), "image/png", p + "<svg/>"},
		"as large as can be": {dataURL("image/gif", gifStart+strings.Repeat("x", badge.MaxPicture-len(gifStart))), "image/gif", gifStart + strings.Repeat("x", badge.MaxPicture-len(gifStart))},
	} {
		t.Run(name, func(t *testing.T) {
			got := one(t, withImage(t, c.url))
			if got.Err != nil || got.MediaType != c.typ || string(got.Data) != c.data || !got.Fixed || got.URL != "" ||
				got.Of != badge.PictureAchievement || got.Caption != "A medal" || got.Pointer != "/credentialSubject/achievement/image" {
				got.Data = got.Data[:min(len(got.Data), 100)]
				t.Errorf("%+v", got)
			}
		})
	}
}

// TestPictureRefused has what is no picture, or none that anything here would show.
func TestPictureRefused(t *testing.T) {
	for name, id := range map[string]string{
		"empty":             "data:image/png;base64,",
		"no comma":          "data:image/png;base64",
		"nothing":           "data:",
		"no base64":         "data:image/png;base64,iVBOR w0KGgo!",
		"url base64":        "data:image/png;base64,_9j_4AAQSkZJRg",
		"too much padding":  "data:image/gif;base64,R0lGODlhAQABAA===",
		"bad escape":        "data:image/svg+xml,%3Csvg%3%3E",
		"html":              dataURL("image/png", "<!DOCTYPE html><html><svg/></html>"),
		"script":            dataURL("image/svg+xml", "alert(1)"),
		"pdf":               dataURL("image/png", "%PDF-1.7"),
		"bitmap":            dataURL("image/bmp", "BM\x00\x00"),
		"other RIFF":        dataURL("image/webp", "RIFF\x1a\x00\x00\x00WAVEfmt "),
		"base64 as text":    "data:image/png," + base64.StdEncoding.EncodeToString(picture(t)),
		"too large":         dataURL("image/gif", gifStart+strings.Repeat("x", badge.MaxPicture)),
		"too large, plain":  "data:," + gifStart + strings.Repeat("x", badge.MaxPicture),
		"no id":             "",
		"relative":          "/logo.png",
		"no scheme":         "//example.edu/logo.png",
		"script URL":        "javascript:alert(1)",
		"file":              "file:///etc/passwd",
		"no host":           "https:///logo.png",
		"credentials":       "https://user:pass@example.edu/logo.png",
		"blob":              "blob:https://example.edu/1",
		"urn":               "urn:uuid:1",
		"space":             " https://example.edu/logo.png",
		"control character": "https://example.edu/\nlogo.png",
	} {
		t.Run(name, func(t *testing.T) {
			got := one(t, withImage(t, id))
			if got.Err == nil || got.Err.Code != "badge.value" || got.Err.Detail == "" || got.Err.Pointer != "/credentialSubject/achievement/image" ||
				got.Data != nil || got.URL != "" || got.MediaType != "" || got.Fixed {
				t.Errorf("%+v", got)
			}
		})
	}
}

// TestPictureLinked has linked pictures and the digests that a credential states of them.
func TestPictureLinked(t *testing.T) {
	const link = "https://example.edu/a.png"
	for name, c := range map[string]struct {
		json           string
		sri, multibase string
	}{
		"no digest":     {`"image":{"id":"` + link + `"}`, "", ""},
		"bare":          {`"image":"` + link + `"`, "", ""},
		"in an array":   {`"image":[{"id":"` + link + `"}]`, "", ""},
		"on the image":  {`"image":{"id":"` + link + `","digestSRI":"sha256-a"}`, "sha256-a", ""},
		"both":          {`"image":{"id":"` + link + `","digestSRI":"sha256-a","digestMultibase":"uE"}`, "sha256-a", "uE"},
		"related":       {`"image":{"id":"` + link + `"},"relatedResource":{"id":"` + link + `","digestMultibase":"uE"}`, "", "uE"},
		"second":        {`"image":"` + link + `","relatedResource":[{"id":"https://x","digestSRI":"sha256-b"},{"id":"` + link + `","digestSRI":"sha256-a"}]`, "sha256-a", ""},
		"of another":    {`"image":"` + link + `","relatedResource":{"id":"` + link + `?","digestSRI":"sha256-b"}`, "", ""},
		"wrong type":    {`"image":{"id":"` + link + `","digestSRI":["sha256-a"]}`, "", ""},
		"of the badge":  {`"digestSRI":"sha256-b","image":{"id":"` + link + `"}`, "", ""},
		"the image's":   {`"image":{"id":"` + link + `","digestSRI":"sha256-a"},"relatedResource":{"id":"` + link + `","digestSRI":"sha256-b"}`, "sha256-a", ""},
		"empty digests": {`"image":{"id":"` + link + `","digestSRI":""}`, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			want := badge.Picture{Of: badge.PictureCredential, URL: link, DigestSRI: c.sri, DigestMultibase: c.multibase,
				Fixed: c.sri+c.multibase != "", Pointer: "/image"}
			got := one(t, open(t, "{"+c.json+"}"))
			if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(badge.Picture{}, "Pointer")); diff != "" || !strings.HasPrefix(got.Pointer, "/image") {
				t.Error(diff, got.Pointer)
			}
		})
	}
	for _, none := range []string{`{}`, `{"image":null}`, `{"image":7}`, `{"image":[]}`, `{"credentialSubject":{"image":[["x"]]}}`} {
		if got := open(t, none).Pictures(); len(got) != 0 {
			t.Errorf("%s: %+v", none, got)
		}
	}
}

// TestPicturesInOrder holds which picture is shown.
func TestPicturesInOrder(t *testing.T) {
	gif := dataURL("image/gif", gifStart)
	for name, c := range map[string]struct {
		subject, achievement, credential string
		baked                            bool
		want                             string
	}{
		"all alike":                {gif, gif, gif, false, "subject achievement credential"},
		"the embedded one":         {"https://a/1", gif, "https://a/2", false, "achievement subject credential"},
		"one with a digest":        {"https://a/1", "https://a/2", "https://a/digest", false, "credential subject achievement"},
		"embedded, then digest":    {"https://a/digest", gif, "", false, "achievement subject"},
		"file before links":        {"", "https://a/1", "", true, "file achievement"},
		"what is signed first":     {"", gif, "https://a/1", true, "achievement file credential"},
		"what cannot be shown":     {"urn:x", "data:,", "https://a/1", true, "file credential subject achievement"},
		"nothing but the file":     {"", "", "", true, "file"},
		"nothing":                  {"", "", "", false, ""},
		"a digest before the file": {"", "https://a/digest", "", true, "achievement file"},
	} {
		t.Run(name, func(t *testing.T) {
			text := `{"relatedResource":[{"id":"https://a/digest","digestSRI":"sha256-a"}]` + imageMember(c.credential) +
				`,"credentialSubject":{"id":"urn:s"` + imageMember(c.subject) + `,"achievement":{"id":"urn:a"` + imageMember(c.achievement) + `}}}`
			if c.baked {
				text = baked(t, picture(t), text)
			}
			var got []string
			for _, p := range open(t, text).Pictures() {
				got = append(got, string(p.Of))
				if p.Of == badge.PictureFile && (p.MediaType != "image/png" || p.Fixed || p.Data != nil || p.Pointer != "") {
					t.Errorf("the file: %+v", p)
				}
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%s, want %s", s, c.want)
			}
		})
	}
	if p := one(t, open(t, baked(t, []byte("<svg/>"), jws))); p.Of != badge.PictureFile || p.MediaType != "image/svg+xml" {
		t.Errorf("an SVG: %+v", p)
	}
}

func imageMember(id string) string {
	if id == "" {
		return ""
	}
	return `,"image":{"type":"Image","id":"` + id + `"}`
}

func TestLogo(t *testing.T) {
	p, ok := open(t, `{"issuer":{"id":"did:web:a","image":{"id":"https://a/logo.png","caption":{"en":"Logo","de":"Zeichen"}}}}`).In("de").Logo()
	if want := (badge.Picture{Of: badge.PictureIssuer, URL: "https://a/logo.png", Caption: "Zeichen", Pointer: "/issuer/image"}); !ok || !cmp.Equal(p, want) {
		t.Errorf("%+v", p)
	}
	if p, ok := open(t, `{"issuer":{"image":"data:image/png,x"}}`).Logo(); !ok || p.Err == nil || p.Err.Code != "badge.value" {
		t.Errorf("%+v", p)
	}
	for _, none := range []string{`{}`, `{"issuer":"did:web:a"}`, `{"issuer":{"id":"did:web:a"}}`, `{"issuer":{"image":1}}`} {
		if p, ok := open(t, none).Logo(); ok {
			t.Errorf("%s: %+v", none, p)
		}
	}
}

// TestPictureIsACopy changes what one call returned.
func TestPictureIsACopy(t *testing.T) {
	b := withImage(t, "data:,"+gifStart)
	first := one(t, b)
	clear(first.Data)
	if again := one(t, b); !bytes.HasPrefix(again.Data, []byte("GIF")) {
		t.Error("the bytes are shared")
	}
}

// FuzzPicture holds that a picture is shown as what its bytes start as, or not at all.
func FuzzPicture(f *testing.F) {
	for _, s := range []string{dataURL("image/png", string(picture(f))), "data:image/svg+xml," + url.PathEscape(svgText), "https://a/b.png", "data:;base64,====", "javascript:1"} {
		if len(s) == 0 {
			f.Fatal("an empty seed")
		}
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, id string) {
		quoted, _ := json.Marshal(id)
		b, err := badge.Open([]byte(`{"image":{"id":` + string(quoted) + `}}`))
		if err != nil {
			t.Skip("no text")
		}
		p := one(t, b)
		switch {
		case p.Err != nil:
			if e, ok := errors.AsType[*strict.Error](error(p.Err)); !ok || e.Detail == "" || p.Data != nil || p.URL != "" || p.Fixed {
				t.Fatalf("%+v", p)
			}
		case p.Data != nil:
			if p.URL != "" || !p.Fixed || len(p.Data) > badge.MaxPicture {
				t.Fatalf("%+v", p)
			}
			again := one(t, withImage(t, dataURL("", string(p.Data))))
			if again.MediaType != p.MediaType || !bytes.Equal(again.Data, p.Data) {
				t.Fatalf("%q becomes %q", p.MediaType, again.MediaType)
			}
		case !strings.HasPrefix(strings.ToLower(p.URL), "http"):
			t.Fatalf("%+v", p)
		}
	})
}
