package web_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/examples/server/web"
)

func TestLanguageOfThePage(t *testing.T) {
	h := web.Handler(web.Options{})
	for _, c := range []struct{ path, accept, want string }{
		{"/", "", "en"}, {"/", "de", "de"}, {"/", "DE-at", "de"}, {"/", "en-GB,en;q=0.9,de;q=0.8", "en"}, {"/", "fr,de;q=0.5,en;q=0.4", "de"}, {"/", "de;q=0.4, en;q=0.5", "en"},
		{"/", "de;q=0", "en"}, {"/", "de;q=2", "en"}, {"/", "de;q=x", "en"}, {"/", "*", "en"}, {"/", "deu", "en"}, {"/", strings.Repeat("fr,", 100) + "de", "en"},
		{"/?lang=de", "en", "de"}, {"/?lang=en", "de", "en"}, {"/?lang=fr", "de", "de"}, {"/?lang=../en", "", "en"},
	} {
		r := get(h, c.path, "Accept-Language", c.accept)
		text := body(t, r)
		if r.StatusCode != 200 || r.Header.Get("Content-Language") != c.want || r.Header.Get("Vary") != "Accept-Language" || !strings.Contains(text, `<html lang="`+c.want+`">`) {
			t.Errorf("%s %q: %d %s", c.path, c.accept, r.StatusCode, r.Header.Get("Content-Language"))
		}
		if title := map[string]string{"en": "Can this badge be relied on?</h1>", "de": "Ist auf dieses Badge Verlass?</h1>"}[c.want]; !strings.Contains(text, title) {
			t.Errorf("%s %q: the text is in another language", c.path, c.accept)
		}
	}
}

// What the page is told cannot break out of its attribute.
func TestOptionsAreEscaped(t *testing.T) {
	text := body(t, get(web.Handler(web.Options{Relay: true, Policies: []string{`"><script>`, "a"}}), "/"))
	if !strings.Contains(text, `data-relay="true" data-policies="[&#34;\u003e`) && !strings.Contains(text, `data-relay="true" data-policies="[&#34;`) || strings.Contains(text, `"><script>`) {
		t.Error("the policies are not escaped")
	}
	if !strings.Contains(body(t, get(web.Handler(web.Options{}), "/")), `data-relay="false" data-policies="null"`) {
		t.Error("the page is told something else")
	}
}

func TestHeaders(t *testing.T) {
	h := web.Handler(web.Options{})
	const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
	for path, want := range map[string]string{"/": policy, "/assets/main.js": policy, "/assets/icon.svg": policy, "/nothing": policy, "/assets/worker.js": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"} {
		r := get(h, path)
		for name, value := range map[string]string{
			"Content-Security-Policy": want, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
			"Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Resource-Policy": "same-origin", "X-Frame-Options": "DENY", "Cache-Control": "no-cache",
		} {
			if got := r.Header.Get(name); got != value {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if !strings.Contains(r.Header.Get("Permissions-Policy"), "camera=()") {
			t.Errorf("%s: no Permissions-Policy", path)
		}
	}
}

func TestAssets(t *testing.T) {
	h := web.Handler(web.Options{})
	for path, kind := range map[string]string{"/": "text/html; charset=utf-8", "/assets/main.js": "text/javascript; charset=utf-8", "/assets/page.css": "text/css; charset=utf-8", "/assets/icon.svg": "image/svg+xml", "/assets/de.json": "application/json"} {
		r := get(h, path)
		if r.StatusCode != 200 || r.Header.Get("Content-Type") != kind || r.Header.Get("ETag") == "" {
			t.Errorf("%s: %d %v", path, r.StatusCode, r.Header)
		}
		if again := get(h, path, "If-None-Match", r.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
			t.Errorf("%s: %d for who has it already", path, again.StatusCode)
		}
		if other := get(h, path, "If-None-Match", `"another"`); other.StatusCode != 200 {
			t.Errorf("%s: %d for who has another", path, other.StatusCode)
		}
	}
	for _, path := range []string{"/assets/", "/assets/index.html", "/assets/../web.go", "/assets/%2e%2e/web.go", "/nothing", "/assets/x/y"} {
		if r := get(h, path); r.StatusCode == 200 {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
	}
}

// The page loads nothing from elsewhere, has nothing inline, and no script makes elements from HTML.
func TestNothingInline(t *testing.T) {
	files, err := filepath.Glob("static/*")
	if err != nil || len(files) < 15 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	forbidden := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new Function|style=|\son[a-z]+=["']|javascript:|@import|url\(`)
	elsewhere := regexp.MustCompile(`(?:src|href|action)="(?:https?:)?//|from "(?:https?:)?//|fetch\("?(?:https?:)?//`)
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if m := forbidden.Find(text); m != nil && !strings.HasSuffix(f, ".svg") {
			t.Errorf("%s has %s", f, m)
		}
		if m := elsewhere.Find(text); m != nil {
			t.Errorf("%s has %s", f, m)
		}
		if strings.HasSuffix(f, ".html") && strings.Count(string(text), "<script") != strings.Count(string(text), "<script type=\"module\" src=") {
			t.Errorf("%s has an inline script", f)
		}
	}
}

// TestContrast computes the contrast of text on its ground (WCAG 2.2, 1.4.3: 4.5) and of the edges of fields
// (1.4.11: 3), in both colour schemes.
func TestContrast(t *testing.T) {
	text, err := os.ReadFile("static/page.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, found := strings.Cut(string(text), "prefers-color-scheme: dark")
	if !found {
		t.Fatal("there is no dark scheme")
	}
	dark, _, _ = strings.Cut(dark, "\n*")
	for scheme, css := range map[string]string{"light": light, "dark": dark} {
		colours := map[string][3]float64{}
		for _, m := range regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{3,6});`).FindAllStringSubmatch(css, -1) {
			colours[m[1]] = rgb(t, m[2])
		}
		for _, c := range []struct {
			text, ground string
			least        float64
		}{
			{"ink", "ground", 7}, {"ink", "card", 7}, {"soft", "ground", 4.5}, {"soft", "card", 4.5}, {"soft", "sunk", 4.5}, {"accent", "card", 4.5}, {"accent", "ground", 4.5}, {"accent", "accent-soft", 4.5},
			{"accent-ink", "accent", 4.5}, {"good", "good-soft", 4.5}, {"good", "card", 4.5}, {"bad", "bad-soft", 4.5}, {"bad", "card", 4.5}, {"open", "open-soft", 4.5}, {"open", "card", 4.5},
			{"soft", "good-soft", 4.5}, {"soft", "bad-soft", 4.5}, {"soft", "open-soft", 4.5}, {"ink", "good-soft", 7}, {"ink", "bad-soft", 7}, {"ink", "open-soft", 7}, {"edge", "card", 3}, {"edge", "sunk", 3},
		} {
			if len(colours[c.text]) == 0 || colours[c.ground] == colours[c.text] {
				t.Errorf("%s: %s and %s are not there", scheme, c.text, c.ground)
			}
			if got := contrast(colours[c.text], colours[c.ground]); got < c.least {
				t.Errorf("%s: %s on %s has a contrast of %.2f", scheme, c.text, c.ground, got)
			}
		}
	}
}

func rgb(t *testing.T, s string) (out [3]float64) {
	t.Helper()
	s = s[1:]
	if len(s) == 3 {
		s = fmt.Sprintf("%c%c%c%c%c%c", s[0], s[0], s[1], s[1], s[2], s[2])
	}
	for i := range out {
		n, err := strconv.ParseUint(s[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = float64(n) / 255
	}
	return out
}
