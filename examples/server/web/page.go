package web

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// document is the page, in which elements name the texts that they show: data-t that of their content, and
// data-t-NAME that of the attribute NAME. The script of the page knows the same convention.
const document = "index.html"

// languages are those that the page speaks; the first is for who speaks none of them. The texts of each
// are the file of its name.
var languages = [...]string{"en", "de"}

var (
	contentKey   = regexp.MustCompile(`data-t="([^"]+)"([^>]*)>`)
	attributeKey = regexp.MustCompile(`data-t-([a-z-]+)="([^"]+)"`)
)

// page serves the document in the language that the query names, or else in the one that the browser asks
// for.
func page(o Options) http.Handler {
	rendered := map[string]*asset{}
	for _, l := range languages {
		rendered[l] = newAsset(document, render(o, l, texts(l)))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l := r.URL.Query().Get("lang")
		if !slices.Contains(languages[:], l) {
			l = preferred(r.Header.Get("Accept-Language"))
		}
		w.Header().Set("Vary", "Accept-Language")
		w.Header().Set("Content-Language", l)
		rendered[l].ServeHTTP(w, r)
	})
}

// texts returns the table of a language.
func texts(language string) map[string]string {
	var t map[string]string
	if err := json.Unmarshal(read(language+".json"), &t); err != nil {
		panic(err) // it is embedded, and a test reads it
	}
	return t
}

// render fills the texts in, and what the page is told about the server.
func render(o Options, language string, t map[string]string) []byte {
	text := func(key string) string {
		s, there := t[key]
		if !there {
			panic("no text for " + key)
		}
		return html.EscapeString(s)
	}
	policies, err := json.Marshal(o.Policies)
	if err != nil {
		panic(err) // strings can be marshalled
	}
	out := string(read(document))
	out = contentKey.ReplaceAllStringFunc(out, func(m string) string {
		return m + text(contentKey.FindStringSubmatch(m)[1])
	})
	out = attributeKey.ReplaceAllStringFunc(out, func(m string) string {
		part := attributeKey.FindStringSubmatch(m)
		return fmt.Sprintf(`%s %s="%s"`, m, part[1], text(part[2]))
	})
	return []byte(strings.NewReplacer(
		`<html lang="en">`, `<html lang="`+language+`">`,
		`<body>`, fmt.Sprintf(`<body data-relay="%t" data-policies="%s">`, o.Relay, html.EscapeString(string(policies))),
	).Replace(out))
}

// preferred picks the language for an Accept-Language header (RFC 9110 section 12.5.4): the one of the highest
// quality, and among equals the one named first.
func preferred(header string) string {
	best, quality := languages[0], 0.0
	for i, part := range strings.Split(header, ",") {
		if i == maxRanges {
			break
		}
		tag, parameters, _ := strings.Cut(part, ";")
		primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		if !slices.Contains(languages[:], primary) {
			continue
		}
		q := 1.0
		if value, there := strings.CutPrefix(strings.TrimSpace(parameters), "q="); there {
			var err error
			if q, err = strconv.ParseFloat(value, 64); err != nil || !(q >= 0 && q <= 1) {
				continue
			}
		}
		if q > quality {
			best, quality = primary, q
		}
	}
	return best
}
