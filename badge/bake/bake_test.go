package bake_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/badge/bake"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// refused asserts that Extract gives nothing but an error with this code, and that the error is
// usable: a sentence, and an offset within the image or none.
func refused(t testing.TB, image []byte, limits bake.Limits, code string) {
	t.Helper()
	got, _, err := bake.Extract(image, limits)
	checkError(t, err, code, len(image))
	if got != nil {
		t.Errorf("a credential of %d bytes beside the error", len(got))
	}
}

func checkError(t testing.TB, err error, code string, length int) {
	t.Helper()
	e, ok := errors.AsType[*strict.Error](err)
	if !ok || e.Code != code {
		t.Fatalf("error %v, want %s", err, code)
	}
	if e.Detail == "" || e.Pointer != "" || e.Offset < -1 || e.Offset > length {
		t.Errorf("error is not usable: %+v", e)
	}
}

func TestDetect(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		want bake.Container
	}{
		"png":               {"\x89PNG\r\n\x1a\nwhatever", bake.PNG},
		"svg":               {`<svg xmlns="http://www.w3.org/2000/svg"/>`, bake.SVG},
		"svg, declaration":  {"<?xml version=\"1.0\"?>\n<!-- c --><svg></svg>", bake.SVG},
		"svg, mark":         {"\ufeff<svg/>", bake.SVG},
		"svg, space":        {"\n <svg/>", bake.SVG},
		"svg, prefix":       {`<s:svg xmlns:s="http://www.w3.org/2000/svg"/>`, bake.SVG},
		"svg, refused":      {`<!DOCTYPE svg [<!ENTITY a "b">]><svg></svg><svg/>`, bake.SVG},
		"html":              {"<!DOCTYPE html><html><svg/></html>", ""},
		"svg in a comment":  {"<!-- <svg> --><html/>", ""},
		"json":              {`{"svg":1}`, ""},
		"jws":               {"eyJ.e30.x", ""},
		"png, text mode":    {"\x89PNG\n\x1a\n", ""},
		"empty":             {"", ""},
		"sign":              {"<", ""},
		"too much markup":   {strings.Repeat("<?a?>", bake.DefaultMarkup) + "<svg/>", ""},
		"longer than limit": {"<svg>" + strings.Repeat(" ", bake.DefaultImage), ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := bake.Detect([]byte(c.data)); got != c.want || ok != (c.want != "") {
				t.Errorf("Detect = %q, %v", got, ok)
			}
		})
	}
}

func TestOtherFiles(t *testing.T) {
	for name, data := range map[string]string{
		"empty": "", "jpeg": "\xff\xd8\xff\xe0", "gif": "GIF89a", "pdf": "%PDF-1.7", "webp": "RIFF....WEBP", "zip": "PK\x03\x04",
		"page": "<!DOCTYPE html><title>A badge</title>", "older page": `<!doctype HTML PUBLIC "-//W3C//DTD HTML 4.01//EN"><p>`, "bare page": "<HTML><svg/></HTML>",
		"gzip": "\x1f\x8b\x08", "json": "{}", "jws": "eyJ.e30.x", "utf-16": "\xff\xfe<\x00s\x00",
	} {
		t.Run(name, func(t *testing.T) { refused(t, []byte(data), bake.Limits{}, "bake.format") })
	}
}

// TestInsertRefuses has the credentials and the images that Insert must not put together.
func TestInsertRefuses(t *testing.T) {
	p, s := picture(t), []byte(plainSVG)
	baked := func(image []byte) []byte {
		b, err := bake.Insert(image, []byte(credential))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, c := range map[string]struct {
		image      []byte
		credential string
		code       string
	}{
		"a second one, png":      {baked(p), credential, "bake.duplicate"},
		"a second one, svg":      {baked(s), credential, "bake.duplicate"},
		"already two":            {afterHeader(baked(p), chunk("iTXt", itxt(keyword, "{}"))), credential, "bake.duplicate"},
		"empty":                  {p, "", "bake.text"},
		"white":                  {p, " ", "bake.text"},
		"not UTF-8":              {p, "{\"\xe9\":1}", "bake.text"},
		"array":                  {p, "[]", "bake.text"},
		"JWS with a line feed":   {p, "a.b.c\n", "bake.text"},
		"mark":                   {p, "\ufeff{}", "bake.text"},
		"too long":               {p, "{" + strings.Repeat(" ", bake.DefaultCredential), "bake.size"},
		"no XML character":       {s, "{\"\uffff\":1}", "bake.text"},
		"NUL":                    {s, "{\x00}", "bake.text"},
		"malformed, format":      {[]byte("GIF89a"), credential, "bake.format"},
		"malformed, svg":         {[]byte("<svg>"), credential, "bake.format"},
		"malformed, png":         {p[:40], credential, "bake.format"},
		"credential in a tEXt":   {afterHeader(p, chunk("tEXt", keyword+"\x00{}")), credential, "bake.text"},
		"image at its limit":     {beforeEnd(p, chunk("prVt", strings.Repeat("x", bake.DefaultImage-len(p)-12))), credential, "bake.size"},
		"markup at its limit":    {[]byte("<svg>" + strings.Repeat("<a/>", bake.DefaultMarkup-2) + "</svg>"), credential, "bake.size"},
		"credential is all tags": {s, "{" + strings.Repeat("<", bake.DefaultMarkup) + "}", "bake.size"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := bake.Insert(c.image, []byte(c.credential))
			checkError(t, err, c.code, max(len(c.image), len(c.credential)))
			if got != nil {
				t.Error("an image beside the error")
			}
		})
	}
}

// TestLimits makes each limit bite just above what passes.
func TestLimits(t *testing.T) {
	p, err := bake.Insert(picture(t), []byte(credential))
	if err != nil {
		t.Fatal(err)
	}
	s, err := bake.Insert([]byte(plainSVG), []byte(credential))
	if err != nil {
		t.Fatal(err)
	}
	z := afterHeader(picture(t), chunk("iTXt", packed(t, credential)))
	verify := []byte(`<svg xmlns:ob="https://purl.imsglobal.org/ob/v3p0"><ob:credential verify="a.b.c"/></svg>`)
	markup := strings.Count(string(s), "<") + strings.Count(string(s), "=")
	for name, c := range map[string]struct {
		image     []byte
		pass, bad bake.Limits
	}{
		"image":                  {p, bake.Limits{Image: len(p)}, bake.Limits{Image: len(p) - 1}},
		"image, svg":             {s, bake.Limits{Image: len(s)}, bake.Limits{Image: len(s) - 1}},
		"credential":             {p, bake.Limits{Credential: len(credential)}, bake.Limits{Credential: len(credential) - 1}},
		"credential, compressed": {z, bake.Limits{Credential: len(credential)}, bake.Limits{Credential: len(credential) - 1}},
		"credential, svg":        {s, bake.Limits{Credential: len(credential)}, bake.Limits{Credential: len(credential) - 1}},
		"credential, verify":     {verify, bake.Limits{Credential: 5}, bake.Limits{Credential: 4}},
		"chunks":                 {p, bake.Limits{Chunks: 4}, bake.Limits{Chunks: 3}},
		"markup":                 {s, bake.Limits{Markup: markup}, bake.Limits{Markup: markup - 1}},
		"depth":                  {s, bake.Limits{Depth: 3}, bake.Limits{Depth: 2}},
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, err := bake.Extract(c.image, c.pass); err != nil {
				t.Errorf("at the limit: %v", err)
			}
			refused(t, c.image, c.bad, "bake.size")
		})
	}
}

// TestHostileCost feeds images of every shape that costs most for its size. They are a tenth of
// what the defaults admit, so that the race detector is bearable, and the time allowed is generous: what
// the test catches is work that is not linear, which these sizes would show.
func TestHostileCost(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	const tenth, many = bake.DefaultImage / 10, bake.DefaultMarkup/20 - 9
	for name, image := range map[string][]byte{
		"bomb":            afterHeader(picture(t), chunk("iTXt", packed(t, "{"+strings.Repeat(" ", 32<<20)))),
		"empty chunks":    afterHeader(picture(t), bytes.Repeat(chunk("tEXt", ""), tenth/12)),
		"elements":        []byte("<svg>" + strings.Repeat("<a/>", 2*many) + "</svg>"),
		"attributes":      []byte("<svg " + strings.Repeat(`a="" `, 2*many) + "/>"),
		"deep":            []byte(strings.Repeat("<svg>", tenth/12)),
		"text":            []byte("<svg>" + strings.Repeat("&#13;", tenth/5) + "</svg>"),
		"sections":        []byte(`<svg><credential xmlns="https://purl.imsglobal.org/ob/v3p0">` + strings.Repeat("<![CDATA[]]>", many) + "</credential></svg>"),
		"namespaces":      []byte("<svg>" + strings.Repeat(`<a xmlns:x="y"/>`, many/2) + "</svg>"),
		"comment":         []byte("<svg><!--" + strings.Repeat("x", tenth) + "--></svg>"),
		"attribute value": []byte(`<svg a="` + strings.Repeat("x", tenth) + `"/>`),
		"name":            []byte("<" + strings.Repeat("x", tenth) + "/>"),
		"document type":   []byte("<!DOCTYPE svg [" + strings.Repeat("(", tenth) + "]><svg/>"),
		"billion laughs":  []byte(`<!DOCTYPE svg [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg>&b;</svg>`),
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			start := time.Now()
			if _, _, err := bake.Extract(image, bake.Limits{}); err == nil {
				t.Error("accepted")
			}
			bake.Detect(image)
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			t.Logf("%d bytes: %v, %d MB allocated", len(image), took, (after.TotalAlloc-before.TotalAlloc)>>20)
			if took > 10*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

// TestTestdata reads the images that other software baked.
func TestTestdata(t *testing.T) {
	files, err := filepath.Glob("../../testdata/badges/*")
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, file := range files {
		if ext := filepath.Ext(file); ext != ".png" && ext != ".svg" {
			continue
		}
		image, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		read++
		credential, container, err := bake.Extract(image, bake.Limits{})
		if err != nil {
			if e, ok := errors.AsType[*strict.Error](err); !ok || !strings.HasPrefix(e.Code, "bake.") {
				t.Errorf("%s: %v", file, err)
			}
			continue
		}
		if "."+string(container) != filepath.Ext(file) || len(credential) == 0 {
			t.Errorf("%s: %q, %d bytes", file, container, len(credential))
		}
	}
	if read == 0 {
		t.Skip("testdata/badges holds no images")
	}
}
