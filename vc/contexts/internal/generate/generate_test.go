package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// committed reads the embedded files by name.
func committed(t *testing.T) map[string][]byte {
	t.Helper()
	bodies := map[string][]byte{}
	for _, o := range origins {
		body, err := os.ReadFile(filepath.Join("..", "..", "files", o.file+".jsonld"))
		if err != nil {
			t.Fatal(err)
		}
		bodies[o.file] = body
	}
	return bodies
}

func TestFactsRebuildTheCommittedFiles(t *testing.T) {
	want := committed(t)
	got := maps.Clone(want)
	rebuilt := 0
	for _, o := range origins {
		if o.pkg == "" {
			delete(got, o.file)
			rebuilt++
		}
	}
	if err := fromFacts(got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" || rebuilt != 7 {
		t.Errorf("%d contexts rebuilt; difference:\n%s", rebuilt, diff)
	}
}

func TestTableIsTheCommittedOne(t *testing.T) {
	want, err := os.ReadFile(filepath.Join("..", "..", "table.go"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(table(committed(t)))); diff != "" {
		t.Error(diff)
	}
}

func TestEveryOriginNamesAPinnedPackage(t *testing.T) {
	for _, o := range origins {
		pinned := slices.ContainsFunc(packages, func(p npmPackage) bool { return p.name == o.pkg && strings.HasPrefix(p.integrity, "sha512-") })
		if o.pkg != "" && !pinned {
			t.Errorf("%s: the package %s is not pinned", o.file, o.pkg)
		}
	}
}

func TestBuildFacts(t *testing.T) {
	const text = `
# a comment
prefix ex https://example.org/
block names
  id = @id
context one
  protected
  use names
  Thing {ex}Thing
    use names
    part {ex}part type=@id container=@set
extend two base
  more = {ex}more
`
	got, err := buildFacts(text, map[string]object{"base": {"old": "https://example.org/old"}})
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"one": {"@protected": true, "id": "@id", "Thing": {"@id": "https://example.org/Thing",
		"@context": {"id": "@id", "part": {"@id": "https://example.org/part", "@type": "@id", "@container": "@set"}}}},
		"two": {"old": "https://example.org/old", "more": "https://example.org/more"}}`
	var parsed, built any
	if err := json.Unmarshal([]byte(want), &parsed); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(encode(got), &built); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(parsed, built); diff != "" {
		t.Error(diff)
	}
}

func TestBuildFactsRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"an unknown section":   "something else\n",
		"an unknown base":      "extend two nowhere\n",
		"an unknown block":     "context one\n  use nothing\n",
		"an unknown option":    "context one\n  term https://example.org/ language=en\n",
		"an option alone":      "context one\n  term https://example.org/ type\n",
		"a term without IRI":   "context one\n  term\n",
		"a term twice":         "context one\n  a = b\n  a = c\n",
		"a wrong indentation":  "context one\n    a = b\n",
		"an error in a scope":  "context one\n  a https://example.org/\n    b\n",
		"protection twice":     "context one\n  protected\n  protected\n",
		"a block with mistake": "block b\n  term\ncontext one\n  use b\n",
	} {
		if _, err := buildFacts(text, nil); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestIntegrityIsChecked(t *testing.T) {
	const empty = "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="
	if err := checkIntegrity(nil, empty); err != nil {
		t.Error(err)
	}
	if err := checkIntegrity([]byte("x"), empty); err == nil {
		t.Error("other bytes were accepted")
	}
}

func TestUnpackStaysInItsFolder(t *testing.T) {
	var archive bytes.Buffer
	zipped := gzip.NewWriter(&archive)
	files := tar.NewWriter(zipped)
	for _, name := range []string{"package/contexts/a.jsonld", "package/../../b", "../c", "d", "package/e\x00"} {
		if err := files.WriteHeader(&tar.Header{Name: name, Typeflag: tar.TypeReg, Size: 2, Mode: 0o644}); err != nil {
			continue
		}
		if _, err := files.Write([]byte("{}")); err != nil {
			t.Fatal(err)
		}
	}
	files.Close()
	zipped.Close()
	parent := t.TempDir()
	if err := unpack(archive.Bytes(), filepath.Join(parent, "inside")); err != nil {
		t.Fatal(err)
	}
	var found []string
	err := filepath.WalkDir(parent, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			relative, _ := filepath.Rel(parent, path)
			found = append(found, filepath.ToSlash(relative))
		}
		return err
	})
	if err != nil || !slices.Equal(found, []string{"inside/contexts/a.jsonld"}) {
		t.Errorf("unpacked %v, %v", found, err)
	}
	if err := unpack([]byte("no archive"), parent); err == nil {
		t.Error("no archive was accepted")
	}
}
