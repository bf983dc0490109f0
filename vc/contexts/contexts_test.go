package contexts

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/badgeproof/badgeproof/vc/strict"
)

const (
	credentialsV2 = "https://www.w3.org/ns/credentials/v2"
	openBadges303 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
	ownURL        = "https://example.org/context/v1"
	ownBody       = `{"@context": {"name": "https://schema.org/name"}}`
)

func TestEveryEmbeddedFileHasItsRecordedDigest(t *testing.T) {
	all := Embedded().All()
	if len(all) != 26 {
		t.Fatalf("%d embedded contexts, want 26", len(all))
	}
	names := map[string]bool{}
	for _, d := range all {
		sum := sha256.Sum256(d.Body())
		if hex.EncodeToString(sum[:]) != d.SHA256 {
			t.Errorf("%s: the body of %s does not have the recorded digest", d.URL, d.name)
		}
		if published, err := hex.DecodeString(d.Published); err != nil || len(published) != sha256.Size {
			t.Errorf("%s: no published digest", d.URL)
		}
		names[d.name] = true
	}
	entries, err := files.ReadDir("files")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !names[e.Name()] {
			t.Errorf("files/%s is in no entry of the table", e.Name())
		}
	}
}

func TestEveryEmbeddedFileIsAContextInStrictJSON(t *testing.T) {
	for _, d := range Embedded().All() {
		if err := checkBody(d.URL, d.Body()); err != nil {
			t.Errorf("%s: %v", d.name, err)
		}
	}
}

func TestLookupTakesTheExactURLOnly(t *testing.T) {
	set := Embedded()
	if got := set.Lookup(credentialsV2); len(got) != 1 || got[0].URL != credentialsV2 {
		t.Fatalf("credentials/v2: %v", got)
	}
	for _, url := range []string{
		"", "https://www.w3.org/ns/credentials/v2/", "https://www.w3.org/ns/credentials/v2#", "http://www.w3.org/ns/credentials/v2",
		"HTTPS://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/v2 ", "https://www.w3.org:443/ns/credentials/v2",
		"https://www.w3.org/ns/credentials/V2", "https://www.w3.org/ns/credentials/v", "https://www.w3.org/ns/./credentials/v2",
		"https://www.w3.org/ns/credentials/examples/v2", "https://example.org/",
	} {
		if got := set.Lookup(url); got != nil {
			t.Errorf("Lookup(%q) = %v, want nothing", url, got)
		}
	}
}

func TestLookupFindsEveryEntry(t *testing.T) {
	set := Embedded()
	if !slices.IsSortedFunc(embedded[:], func(a, b Document) int { return strings.Compare(a.URL, b.URL) }) {
		t.Fatal("the table is not sorted")
	}
	for _, d := range set.All() {
		if !slices.Contains(set.Lookup(d.URL), d) {
			t.Errorf("%s (%s) is not found", d.URL, d.name)
		}
	}
}

func TestBothContentsOf303OldestFirst(t *testing.T) {
	got := Embedded().Lookup(openBadges303)
	if len(got) != 2 {
		t.Fatalf("%d contents, want 2", len(got))
	}
	if got[0].Published != "ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761" ||
		got[1].Published != "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84" {
		t.Error("the contents are not in the order of their publication")
	}
	for i, want := range []bool{false, true} {
		v, err := strict.Parse(got[i].Body(), strict.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if has := v.Get("@context").Get("endorsementJwt").Exists(); has != want {
			t.Errorf("content %d: endorsementJwt defined: %v, want %v", i, has, want)
		}
	}
}

func TestWhatCallersGetIsTheirs(t *testing.T) {
	set := Embedded()
	found := set.Lookup(credentialsV2)
	found[0].SHA256 = "changed"
	clear(found[0].Body())
	all := set.All()
	clear(all)
	again := set.Lookup(credentialsV2)[0]
	if again.SHA256 == "changed" || again.Body()[0] != '{' || set.All()[0].URL == "" {
		t.Error("a caller's change reached the set")
	}
}

func TestWithAddsOneContextToANewSet(t *testing.T) {
	body := []byte(ownBody)
	set, err := Embedded().With(ownURL, body)
	if err != nil {
		t.Fatal(err)
	}
	body[0] = 'x'
	got := set.Lookup(ownURL)
	sum := sha256.Sum256([]byte(ownBody))
	if len(got) != 1 || string(got[0].Body()) != ownBody || got[0].SHA256 != hex.EncodeToString(sum[:]) || got[0].Published != "" {
		t.Errorf("Lookup = %+v", got)
	}
	if Embedded().Lookup(ownURL) != nil || len(set.All()) != len(embedded)+1 {
		t.Error("the set it was added to changed, or the new one misses something")
	}
	second, err := set.With("https://example.org/a", []byte(`{"@context": []}`))
	if err != nil {
		t.Fatal(err)
	}
	if second.Lookup(ownURL) == nil || second.Lookup("https://example.org/a") == nil || set.Lookup("https://example.org/a") != nil {
		t.Error("the second addition lost the first, or reached the first set")
	}
	if !slices.IsSortedFunc(second.All(), func(a, b Document) int { return strings.Compare(a.URL, b.URL) }) {
		t.Error("All is not sorted")
	}
}

func TestWithTakesAKnownContentAgain(t *testing.T) {
	embedded := Embedded().Lookup(openBadges303)[1]
	set, err := Embedded().With(openBadges303, embedded.Body())
	if err != nil || len(set.Lookup(openBadges303)) != 2 {
		t.Errorf("the embedded content: %v", err)
	}
	set, _ = Embedded().With(ownURL, []byte(ownBody))
	if again, err := set.With(ownURL, []byte(ownBody)); err != nil || len(again.Lookup(ownURL)) != 1 {
		t.Errorf("the caller's content: %v", err)
	}
}

func TestWithRefuses(t *testing.T) {
	own, err := Embedded().With(ownURL, []byte(ownBody))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, url, body string }{
		{"another content for an embedded URL", credentialsV2, ownBody},
		{"a third content for 3.0.3", openBadges303, ownBody},
		{"another content for an added URL", ownURL, ownBody + "\n"},
		{"no URL", "", ownBody},
		{"a relative URL", "context/v1", ownBody},
		{"a path", "/context/v1", ownBody},
		{"no host", "https:///v1", ownBody},
		{"a malformed URL", "https://exa mple.org/", ownBody},
		{"a fragment", "https://example.org/#v1", ownBody},
		{"an empty fragment", "https://example.org/#", ownBody},
		{"no content", "https://example.org/x", ""},
		{"no JSON", "https://example.org/x", "<html>"},
		{"two values", "https://example.org/x", ownBody + "{}"},
		{"a byte order mark", "https://example.org/x", "\ufeff" + ownBody},
		{"a term twice", "https://example.org/x", `{"@context": {"a": "b:", "a": "c:"}}`},
		{"no @context", "https://example.org/x", `{"context": {}}`},
		{"a null @context", "https://example.org/x", `{"@context": null}`},
		{"a URL as @context", "https://example.org/x", `{"@context": "https://example.org/y"}`},
		{"an array", "https://example.org/x", `[` + ownBody + `]`},
		{"nested too deep", "https://example.org/x", `{"@context": ` + strings.Repeat("[", 32) + strings.Repeat("]", 32) + `}`},
		{"too large", "https://example.org/x", ownBody + strings.Repeat(" ", maxBytes)},
	} {
		set, err := own.With(c.url, []byte(c.body))
		var refused *strict.Error
		if set != nil || !errors.As(err, &refused) || refused.Code != codeContext {
			t.Errorf("%s: With = %v, %v; want the code %s", c.name, set, err, codeContext)
		}
	}
}

func TestWithNamesTheCause(t *testing.T) {
	_, err := Embedded().With(ownURL, []byte(`{"@context": {"a": 1, "a": 2}}`))
	var outer, cause *strict.Error
	if !errors.As(err, &outer) || !errors.As(outer.Err, &cause) || cause.Code != "json.duplicate" || cause.Pointer != "/@context/a" {
		t.Errorf("the cause of %v is %+v", err, cause)
	}
}

func TestSetIsSafeForConcurrentUse(t *testing.T) {
	set := Embedded()
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			own, err := set.With(ownURL, []byte(ownBody))
			if err != nil || own.Lookup(ownURL) == nil || len(set.All()) != len(embedded) {
				t.Error("a concurrent addition went wrong")
			}
		})
	}
	wait.Wait()
}

func TestEmbeddedReadsNothing(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { Embedded().Lookup("https://example.org/") }); n > 1 {
		t.Errorf("Embedded and a failing Lookup allocate %v times", n)
	}
}

func FuzzWith(f *testing.F) {
	f.Add(ownURL, []byte(ownBody))
	f.Add(credentialsV2, []byte(ownBody))
	f.Fuzz(func(t *testing.T, url string, body []byte) {
		set, err := Embedded().With(url, body)
		if err != nil {
			return
		}
		got := set.Lookup(url)
		if !slices.ContainsFunc(got, func(d Document) bool { return string(d.Body()) == string(body) || d.Published != "" }) {
			t.Error("an accepted context is not found")
		}
		if _, err := set.With(url, append([]byte("\n"), body...)); err == nil {
			t.Error("another content for the same URL was accepted")
		}
	})
}
