package verify_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/badgeproof/badgeproof"

// arrows are the imports that each room may have among the others. What is not here is not allowed.
var arrows = map[string][]string{
	"vc/strict":   {},
	"vc/contexts": {"vc/strict"},
	"vc/canon":    {"vc/strict", "vc/contexts"},
	"vc":          {"vc/strict"},
	"keys":        {"vc/strict"},

	"verify/fetch":               {},
	"verify/internal/signature":  {"keys"},
	"verify/internal/jose":       {"keys", "vc", "vc/strict", "verify/internal/signature"},
	"verify/internal/cose":       {"keys", "vc", "vc/strict", "verify/internal/signature"},
	"verify/internal/bbs":        {},
	"verify/internal/suites":     {"keys", "vc/canon", "vc/strict", "verify/internal/bbs", "verify/internal/signature"},
	"verify/internal/statuslist": {"vc/strict"},
	"verify/internal/schema":     {"vc/strict"},
	"verify": {"keys", "vc", "vc/canon", "vc/contexts", "vc/strict",
		"verify/internal/cose", "verify/internal/jose", "verify/internal/suites", "verify/internal/schema", "verify/internal/statuslist"},
	"verify/verifytest": {"keys", "vc", "vc/canon", "vc/strict", "verify/internal/signature", "verify/internal/suites"},

	"badge/bake": {"vc/strict"},
	"badge":      {"badge/bake", "verify", "vc", "vc/strict"},

	"examples/ratios":      {},
	"examples/watch":       {"badge", "keys", "verify", "verify/fetch"},
	"examples/conformance": {"keys", "vc", "vc/strict", "verify"},
	"examples/verifier":    {"badge", "keys", "vc", "vc/contexts", "vc/strict", "verify", "verify/fetch"},
}

// onlyIn are packages from outside that few rooms may import. The library has one door to the network;
// what replays requests to somebody's endpoint is its own.
var onlyIn = map[string][]string{
	"net/http":   {"verify/fetch", "examples/conformance"},
	"crypto/tls": {"verify/fetch"},
	"net":        {"verify/fetch"},
}

// imports returns what each folder imports, tests and tools that generate files apart.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	root, found, fset := "..", map[string][]string{}, token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := d.Name(); d.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "node_modules") {
			return fs.SkipDir
		}
		if _, err := os.Stat(filepath.Join(path, "go.mod")); d.IsDir() && path != root && err == nil {
			return fs.SkipDir // a module of its own, that nothing here can import
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(fset, path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, filepath.Dir(path))
		room := filepath.ToSlash(rel)
		if f.Name.Name == "main" && !strings.HasPrefix(room, "examples/") {
			return nil
		}
		for _, i := range f.Imports {
			p, _ := strconv.Unquote(i.Path.Value)
			found[room] = append(found[room], p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestArrows(t *testing.T) {
	found := imports(t)
	for room := range arrows {
		if _, ok := found[room]; !ok {
			t.Errorf("there is no room %s", room)
		}
	}
	for room, list := range found {
		allowed, known := arrows[room]
		if !known {
			t.Errorf("the room %s is not in the plan", room)
			continue
		}
		for _, p := range list {
			if breaks(room, p, allowed) {
				t.Errorf("%s imports %s", room, p)
			}
		}
	}
}

// breaks reports whether an import is against the plan.
func breaks(room, imported string, allowed []string) bool {
	if only, ok := onlyIn[imported]; ok {
		return !slices.Contains(only, room)
	}
	inside, ok := strings.CutPrefix(imported, module+"/")
	return ok && !slices.Contains(allowed, inside)
}

// TestArrowsCanFail is the twin of TestArrows: imports against the plan are seen.
func TestArrowsCanFail(t *testing.T) {
	for _, c := range []struct{ room, imported string }{
		{"keys", module + "/verify"}, {"vc", module + "/keys"}, {"vc", "net/http"},
		{"verify/fetch", module + "/vc/strict"}, {"badge/bake", module + "/badge"},
	} {
		if !breaks(c.room, c.imported, arrows[c.room]) {
			t.Errorf("%s may import %s", c.room, c.imported)
		}
	}
}
