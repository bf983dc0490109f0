package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"time"
)

// static is the page as it was written by hand; there is no build step.
//
//go:embed static
var static embed.FS

// types are the media types of the assets, so that those of the machine do not matter.
var types = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".svg": "image/svg+xml", ".html": "text/html; charset=utf-8",
}

// asset is a file that is served as it is.
type asset struct {
	name string
	body []byte
	etag string
}

func newAsset(name string, body []byte) *asset {
	sum := sha256.Sum256(body)
	return &asset{name: name, body: body, etag: `"` + hex.EncodeToString(sum[:16]) + `"`}
}

// ServeHTTP answers with the file, or with 304 to who has it already.
func (a *asset) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("ETag", a.etag)
	kind := types[path.Ext(a.name)]
	if kind == "" {
		kind = mime.TypeByExtension(path.Ext(a.name))
	}
	w.Header().Set("Content-Type", kind)
	http.ServeContent(w, r, a.name, time.Time{}, bytes.NewReader(a.body))
}

// assets serves the files of the folder static by their names, but the page itself, which is rendered.
func assets() http.Handler {
	files := map[string]*asset{}
	entries, err := fs.ReadDir(static, "static")
	if err != nil {
		panic(err) // it is embedded
	}
	for _, e := range entries {
		if e.Name() != document {
			files[e.Name()] = newAsset(e.Name(), read(e.Name()))
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, there := files[r.PathValue("name")]
		if !there {
			http.NotFound(w, r)
			return
		}
		if a.name == "worker.js" {
			w.Header().Set("Content-Security-Policy", workerPolicy)
		}
		a.ServeHTTP(w, r)
	})
}

// read returns an embedded file.
func read(name string) []byte {
	body, err := static.ReadFile("static/" + name)
	if err != nil {
		panic(err) // it is embedded
	}
	return body
}
