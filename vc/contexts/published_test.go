package contexts

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// publishedDir holds the published contexts as data.
const publishedDir = "../../../shared/contexts"

type publishedIndex struct {
	Contexts []struct{ URL, File, SHA256 string }
}

func readIndex(t *testing.T) publishedIndex {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(publishedDir, "index.json"))
	if os.IsNotExist(err) {
		t.Skip("the published contexts are not at ", publishedDir)
	}
	if err != nil {
		t.Fatal(err)
	}
	var index publishedIndex
	if err := json.Unmarshal(text, &index); err != nil {
		t.Fatal(err)
	}
	if len(index.Contexts) < 25 {
		t.Fatalf("the index names %d contexts", len(index.Contexts))
	}
	return index
}

func TestEmbeddedContextsEqualThePublishedOnes(t *testing.T) {
	checked := 0
	for _, p := range readIndex(t).Contexts {
		if p.File == "credentials-examples-v2.jsonld" {
			continue // a catch-all vocabulary for examples, which is not embedded
		}
		d, ok := byPublished(p.URL, p.SHA256)
		if !ok {
			t.Errorf("%s with the digest %s is not embedded", p.URL, p.SHA256)
			continue
		}
		want, err := os.ReadFile(filepath.Join(publishedDir, p.File))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(decode(t, want), decode(t, d.Body())); diff != "" {
			t.Errorf("%s differs from the published one:\n%s", d.name, diff)
		}
		checked++
	}
	if checked != 24 {
		t.Errorf("%d contexts were compared, want 24", checked)
	}
}

func byPublished(url, sum string) (Document, bool) {
	for _, d := range Embedded().Lookup(url) {
		if d.Published == sum {
			return d, true
		}
	}
	return Document{}, false
}

func decode(t *testing.T, text []byte) (v any) {
	t.Helper()
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// TestPublishedFilesAreTakenForWhatTheyAre adds each published file, whose white space differs
// from the embedded one: it is the same content, not another.
func TestPublishedFilesAreTakenForWhatTheyAre(t *testing.T) {
	for _, p := range readIndex(t).Contexts {
		body, err := os.ReadFile(filepath.Join(publishedDir, p.File))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Embedded().With(p.URL, body); err != nil {
			t.Errorf("%s: %v", p.File, err)
		}
	}
}
