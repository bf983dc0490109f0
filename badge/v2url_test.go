package badge

import (
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc/strict"
)

func TestWebURL(t *testing.T) {
	for text, want := range map[string]webURL{
		"https://a.example":                 {"https://a.example", ""},
		"https://A.Example:443/B?c=/../d#e": {"https://a.example", "/B?c=/../d#e"},
		"https://a.example:8443/":           {"https://a.example:8443", "/"},
		"https://127.0.0.1:1/x;y=.":         {"https://127.0.0.1:1", "/x;y=."},
		"https://a.example/b..c/...":        {"https://a.example", "/b..c/..."},
		"https://a.example?x":               {"https://a.example", "?x"},
	} {
		if got, ok := parseWebURL(text); !ok || got != want {
			t.Errorf("%s is %+v, %v", text, got, ok)
		}
	}
	for _, text := range []string{
		"", "https://", "https:///a", "http://a.example", "HTTPS://a.example", "https:a.example", "//a.example", "https://a@b.example", "https://:1/", "https://a.example:", "https://a.example:0", "https://a.example:099999",
		"https://a.example:1a", "https://a.example:1:2", "https://[::1]/", "https://a..example", "https://.example", "https://a%2eexample/", "https://a.example\\b", "https://a.example/ b", "https://a.example/\n",
		"https://a.example/./b", "https://a.example/b/..", "https://a.example/%2e%2E/b", "https://a.example/.%2e", "https://a.example/..;x/b", "https://a.example/b%2Fc", "https://a.example/b%5cc", "https://ä.example", "https://a.example/ä",
		"https://a.example\u200b/", "https://a.example/" + strings.Repeat("a", maxURL),
	} {
		if got, ok := parseWebURL(text); ok {
			t.Errorf("%q was read as %+v", text, got)
		}
	}
}

func TestScope(t *testing.T) {
	for _, c := range []struct {
		rules, url string
		in, open   bool
	}{
		{`{}`, "https://i.example/x", true, false},
		{`{}`, "https://i.example.evil.example/x", false, false},
		{`{"verification":null}`, "https://i.example/x", true, false},
		{`{"verification":{"allowedOrigins":[]}}`, "https://j.example/x", false, false},
		{`{"verification":{"allowedOrigins":"J.example"}}`, "https://j.example/x", true, false},
		{`{"verification":{"allowedOrigins":"J.example"}}`, "https://i.example/x", false, false},
		{`{"verification":{"allowedOrigins":["https://j.example/","k.example:8443"]}}`, "https://k.example:8443/x", true, false},
		{`{"verification":{"allowedOrigins":["k.example:8443"]}}`, "https://k.example/x", false, false},
		{`{"verification":{"startsWith":"https://j.example"}}`, "https://j.example/x", true, false},
		{`{"verification":{"startsWith":"https://j.example"}}`, "https://j.example.evil.example/x", false, false},
		{`{"verification":{"startsWith":"https://j.example/u/ada"}}`, "https://j.example/u/ada/1", true, false},
		{`{"verification":{"startsWith":"https://j.example/u/ada"}}`, "https://j.example/u/ada?1", true, false},
		{`{"verification":{"startsWith":"https://j.example/u/ada"}}`, "https://j.example/u/ada", true, false},
		{`{"verification":{"startsWith":"https://j.example/u/ada"}}`, "https://j.example/u/ada2/1", false, true},
		{`{"verification":{"startsWith":"https://j.example/u/ada"}}`, "https://j.example/u/ad", false, false},
		{`{"verification":{"startsWith":["https://j.example/a","https://j.example/a/"]}}`, "https://j.example/a/1", true, false},
		{`{"verification":{"startsWith":"https://j.example/b.php?id="}}`, "https://j.example/b.php?id=7", true, false},
		{`{"verification":{"startsWith":"https://j.example/","allowedOrigins":"i.example"}}`, "https://j.example/x", false, false},
	} {
		profile, err := strict.Parse([]byte(c.rules), strict.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		id, _ := parseWebURL("https://i.example/profile")
		s, bad := scopeOf(id, profile)
		u, ok := parseWebURL(c.url)
		if bad != nil || !ok {
			t.Fatalf("%s: %v", c.rules, bad)
		}
		if in, open := s.covers(u); in != c.in || open != c.open {
			t.Errorf("%s covers %s: %v, %v", c.rules, c.url, in, open)
		}
	}
}

// FuzzScope holds for any rules and any URL: what is in the scope is at an origin that the rules name as a whole,
// and what is read as a URL is plain text that begins with its origin.
func FuzzScope(f *testing.F) {
	f.Add("i.example", "https://i.example/a/", "https://i.example/a/1")
	f.Add("i.example:8443", "https://i.example", "https://i.example.evil.example/")
	f.Add("*", "https://i.example@evil.example/", "https://evil.example\\@i.example/")
	f.Fuzz(func(t *testing.T, origin, start, url string) {
		u, ok := parseWebURL(url)
		if !ok {
			return
		}
		if !strings.HasPrefix(strings.ToLower(url), u.origin) && !strings.HasPrefix(strings.ToLower(url), u.origin+":443") {
			t.Fatalf("%q has the origin %q", url, u.origin)
		}
		if strings.ContainsAny(u.origin[len("https://"):], "/@?#\\%") || !strings.HasSuffix(url, u.rest) {
			t.Fatalf("%q was read as %+v", url, u)
		}
		p, okay := parseWebURL(start)
		if o, is := parseOrigin(origin); is && okay {
			in, _ := scope{origins: []string{o}, prefixes: []webURL{p}}.covers(u)
			if in && (u.origin != o || u.origin != p.origin || !strings.HasPrefix(u.rest, p.rest)) {
				t.Fatalf("%q is in the scope of %q and %q", url, origin, start)
			}
		}
	})
}

// FuzzOlder opens any text as a document of Open Badges 2.0: nothing that is done with it without a network panics,
// and what is shown is never empty of an id that is there.
func FuzzOlder(f *testing.F) {
	for _, seed := range []string{
		`{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://a.example/1","recipient":{"type":"email","identity":"a@b.example","hashed":false},"badge":{"type":"BadgeClass","issuer":"https://a.example/i","tags":["x"],"alignment":[{"targetName":"x"}]},"verify":{"type":"hosted"},"issuedOn":"2026-05-31T12:00Z"}`,
		`{"@context":["https://w3id.org/openbadges/v2"],"type":"BadgeClass","id":"urn:x","name":"y","criteria":{"narrative":"z"},"image":{"id":"data:,"}}`,
		`{"@context":"https://w3id.org/openbadges/v1","type":"Assertion"}`, `{"recipient":"x","badge":{}}`, `{"@context":[[],{},null]}`,
	} {
		if _, err := Open([]byte(seed)); err != nil {
			f.Fatalf("seed %s: %v", seed, err)
		}
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Open(data)
		if err != nil || b.older == nil {
			return
		}
		if b.Generation() > 2 || b.Credential() == nil || b.Shown() == nil {
			t.Fatal("an older badge without a credential")
		}
		if id := b.older.value.Get("id"); id.Kind() == strict.String && b.Shown().ID() != id.Text() {
			t.Fatalf("the id %q is shown as %q", id.Text(), b.Shown().ID())
		}
		b.Name()
		b.Subject()
		b.Issuer()
		b.Evidence()
		var k olderChecker
		k.document(b.older.value, b.older.class)
		for _, e := range append(k.breaches, k.tolerated...) {
			if e.Code == "" || e.Detail == "" || len(k.breaches)+len(k.tolerated) > MaxFindings {
				t.Fatalf("finding %+v", e)
			}
		}
		differences(b.older.value, b.Credential().Value())
		methodOf(b.older.value)
		revokedBy(b.older.value)
	})
}
