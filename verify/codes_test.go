package verify

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// codePattern finds the codes that source and data spell out; tests may have a pointer behind.
var codePattern = regexp.MustCompile(`["\s]((?:json|jwt|sdjwt|cose|bake|model|badge|jsonld|proof|key|issuer|validity|status|schema|resource|recipient|tolerated|refresh|holder|credential|endorsement|check|ob2|hosted)\.[a-z_0-9]+|budget|deadline)(?:"| [/"])`)

// notCodes are names of checks and files that look like codes.
var notCodes = []string{partTrust, partBinding, partHolderBinding, partHolderSubject, "badge.conformance", "badge.endorsements"}

// spelled returns the codes in the files of the module that pick chooses, each with a file.
func spelled(t *testing.T, pick func(path string) bool) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := d.Name(); d.IsDir() && (name == "node_modules" || name == "generate" || name == ".git") {
			return fs.SkipDir
		}
		if d.IsDir() || !pick(filepath.ToSlash(path)) {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range codePattern.FindAllStringSubmatch(string(data), -1) {
			if !slices.Contains(notCodes, m[1]) {
				found[m[1]] = path
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestEveryCodeIsInTheTable: no package reports a code that the table does not know.
func TestEveryCodeIsInTheTable(t *testing.T) {
	source := spelled(t, func(path string) bool {
		return strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(path, "verify/codes.go")
	})
	if len(source) < 50 {
		t.Fatalf("found %d codes only: the pattern is wrong", len(source))
	}
	for code, path := range source {
		if _, ok := codes[code]; !ok {
			t.Errorf("%s reports %s, which is not in the table", path, code)
		}
	}
	for code := range codes {
		if _, ok := source[code]; !ok {
			t.Errorf("nothing reports %s", code)
		}
	}
}

// TestEveryCodeIsExpected: each code of the table is what some test or some case of testdata expects
// of an input, and these tests compare codes.
func TestEveryCodeIsExpected(t *testing.T) {
	expected := spelled(t, func(path string) bool {
		return strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(path, "verify/codes_test.go") ||
			strings.HasSuffix(path, "testdata/cases.json")
	})
	for code := range codes {
		if _, ok := expected[code]; !ok {
			t.Errorf("no test expects %s", code)
		}
	}
}

func TestTable(t *testing.T) {
	for code, k := range codes {
		if k.title == "" || strings.HasSuffix(k.title, ".") {
			t.Errorf("%s has the title %q", code, k.title)
		}
		if url := k.url(code); !strings.HasPrefix(url, "https://") {
			t.Errorf("%s has the type %q", code, url)
		}
	}
	if outcomeOf("status.revoked") != Failed || outcomeOf("status.offline") != Undecided {
		t.Error("outcomes are mixed up")
	}
	if outcomeOf("nobody.knows") != Failed {
		t.Error("a finding that nobody classified must fail")
	}
}
