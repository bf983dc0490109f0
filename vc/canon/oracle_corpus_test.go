package canon

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// corpus returns the JSON documents with a context below the folders, by path.
func corpus(t testing.TB, folders ...string) map[string]strict.Value {
	t.Helper()
	documents := map[string]strict.Value{}
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".json") {
				if d != nil && d.Name() == "node_modules" {
					return fs.SkipDir
				}
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			v, err := strict.Parse(text, strict.Limits{})
			if err == nil && v.Get("@context").Exists() {
				documents[path] = v
			}
			return nil
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	return documents
}

// TestCorpusAgreesWithOracle compares the credentials of the test data and of the official vectors,
// with and without their proofs.
func TestCorpusAgreesWithOracle(t *testing.T) {
	set, err := contexts.Embedded().With("https://www.w3.org/ns/credentials/examples/v2", sharedFile(t, "contexts/credentials-examples-v2.jsonld"))
	if err != nil {
		t.Fatal(err)
	}
	p := New(set, Limits{})
	documents := corpus(t, "../../testdata", shared+"/vectors", shared+"/bench")
	if len(documents) == 0 {
		t.Skip("there are no documents")
	}
	compared, refused := 0, 0
	for path, v := range documents {
		for _, omit := range [][]string{nil, {"proof"}} {
			ours, err := p.Canonicalize(Input{Value: v, Omit: omit}, Options{InlineContexts: true})
			if err != nil {
				refused++
				continue
			}
			text, err := JCSOmit(v, omit...)
			if err != nil {
				t.Fatal(err)
			}
			theirs, err := oracle(set, string(text))
			if err != nil {
				t.Errorf("%s: only the oracle refuses it: %v", path, err)
				continue
			}
			if why := difference(set, string(text), string(ours.NQuads()), theirs); why != "" {
				t.Errorf("%s: %s", path, why)
			}
			compared++
		}
	}
	t.Logf("%d documents compared, %d refused", compared, refused)
	if compared == 0 {
		t.Error("nothing was compared")
	}
}
