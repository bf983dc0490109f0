package web

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/verify"
)

// codesFile has the table of all codes of package verify, and checkFiles the names of its checks and those of the
// profile.
const codesFile = "../../../verify/codes.go"

var checkFiles = []string{"../../../verify", "../../../badge"}

// codes returns the keys of the table of codes.
func codes(t *testing.T) (out []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), codesFile, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || spec.Names[0].Name != "codes" {
			return true
		}
		for _, e := range spec.Values[0].(*ast.CompositeLit).Elts {
			code, err := strconv.Unquote(e.(*ast.KeyValueExpr).Key.(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, code)
		}
		return false
	})
	if len(out) < 100 {
		t.Fatalf("%d codes", len(out))
	}
	return out
}

// literals returns the strings that the packages of the checks write down.
func literals(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, dir := range checkFiles {
		files, err := filepath.Glob(dir + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatal(dir, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
					if s, err := strconv.Unquote(l.Value); err == nil {
						out[s] = true
					}
				}
				return true
			})
		}
	}
	return out
}

// checkNames are the checks that reports have; each has to be written down in the library, and to have its texts.
var checkNames = []string{
	"parse", "model", "proof", "issuer", "validity", "status", "schema", "resources", "recipient",
	"badge.conformance", "badge.endorsements", "clr.credentials", "holder", "credentials",
}

// reasons are why a check is skipped.
var reasons = []string{"absent", "off", "not_asked", "blocked"}

// families are the keys that the scripts put together at run time, from what reports and views say.
func families(t *testing.T) map[string]bool {
	out := map[string]bool{}
	add := func(prefix string, names ...string) {
		for _, n := range names {
			out[prefix+n] = true
		}
	}
	add("code.", codes(t)...)
	for _, c := range checkNames {
		add("check."+c, "", ".passed")
	}
	add("skipped.", reasons...)
	add("outcome.", reasons...)
	for o := verify.Undecided; o <= verify.Skipped; o++ {
		add("outcome.", o.String())
	}
	for _, v := range []verify.Verdict{verify.Indeterminate, verify.Valid, verify.Invalid} {
		add("verdict."+v.String(), "", ".because", ".note")
		add("badge.endorsement.", v.String())
	}
	for b := verify.Unbound; b <= verify.IssuerController; b++ {
		add("binding.", b.String())
	}
	add("trust.", "trusted", "untrusted", "any") // view.Issuer.Trust
	add("badge.endorsement.", "unchecked")       // view.Endorsement.Verdict
	return out
}

// optional are keys of families that need not be there: a check that has its own words for being skipped, a check
// of what is inside, an identifier that is written differently from its type.
var optional = regexp.MustCompile(`^(check\.(` + strings.ReplaceAll(strings.Join(checkNames, "|"), ".", `\.`) + `)\.(absent|off|not_asked|blocked)|check\.(proof|issuer)\.hosted|inside\.(credentials|clr\.credentials|badge\.endorsements)|identity\.(emailAddress|name))$`)

// written returns the keys that the page and the scripts name: in data-t attributes, and as strings.
func written(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	entries, err := fs.ReadDir(static, "static")
	if err != nil {
		t.Fatal(err)
	}
	attribute, quoted := regexp.MustCompile(`data-t(?:-[a-z-]+)?="([^"]+)"`), regexp.MustCompile(`"([a-z]+(?:\.[a-z]+)*)"`)
	for _, e := range entries {
		text := string(read(e.Name()))
		switch {
		case strings.HasSuffix(e.Name(), ".html"):
			for _, m := range attribute.FindAllStringSubmatch(text, -1) {
				out[m[1]] = true
			}
		case strings.HasSuffix(e.Name(), ".js"):
			for _, m := range quoted.FindAllStringSubmatch(text, -1) {
				out[m[1]] = true
			}
		}
	}
	return out
}

func TestTables(t *testing.T) {
	families, written := families(t), written(t)
	first := texts(languages[0])
	for _, l := range languages {
		table := texts(l)
		for key, text := range table {
			if strings.TrimSpace(text) != text || text == "" {
				t.Errorf("%s %s: %q", l, key, text)
			}
			if !families[key] && !written[key] && !optional.MatchString(key) {
				t.Errorf("%s: nothing uses %s", l, key)
			}
			if got, want := placeholders(text), placeholders(first[key]); !slices.Equal(got, want) {
				t.Errorf("%s %s: has %v in place of %v", l, key, got, want)
			}
		}
		for key := range families {
			if table[key] == "" {
				t.Errorf("%s: there is no text for %s; add one to static/%s.json", l, key, l)
			}
		}
		if got, want := slices.Sorted(maps.Keys(table)), slices.Sorted(maps.Keys(first)); !slices.Equal(got, want) {
			t.Errorf("%s has other keys than %s", l, languages[0])
		}
	}
}

// Every key that a script names for its text is there.
func TestNamedTextsExist(t *testing.T) {
	table := texts(languages[0])
	named := regexp.MustCompile(`(?:\bt\(|new Trouble\(|key: |has\(|\[)"([a-z]+(?:\.[a-zA-Z]+)+)"`)
	entries, _ := fs.ReadDir(static, "static")
	n := 0
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".js") {
			continue
		}
		for _, m := range named.FindAllStringSubmatch(string(read(e.Name())), -1) {
			n++
			if table[m[1]] == "" {
				t.Errorf("%s: there is no text %s", e.Name(), m[1])
			}
		}
	}
	if n < 60 {
		t.Errorf("only %d were found", n)
	}
}

// A check or a reason that the table has texts for is one of the library's.
func TestChecksExist(t *testing.T) {
	there := literals(t)
	for _, name := range append(slices.Clone(checkNames), reasons...) {
		if !there[name] {
			t.Errorf("nothing is called %s", name)
		}
	}
	known := map[string]bool{}
	for _, c := range codes(t) {
		known[c] = true
	}
	for key := range texts(languages[0]) {
		if code, ok := strings.CutPrefix(key, "code."); ok && !known[code] {
			t.Errorf("there is no code %s", code)
		}
	}
}

// The tables are read as JSON in the browser, and have each key once.
func TestTablesAreStrict(t *testing.T) {
	for _, l := range languages {
		d := json.NewDecoder(strings.NewReader(string(read(l + ".json"))))
		seen := map[string]bool{}
		if _, err := d.Token(); err != nil {
			t.Fatal(err)
		}
		for d.More() {
			key, err := d.Token()
			if err != nil {
				t.Fatal(err)
			}
			if seen[key.(string)] {
				t.Errorf("%s: %s twice", l, key)
			}
			seen[key.(string)] = true
			if _, err := d.Token(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func placeholders(text string) []string {
	out := regexp.MustCompile(`\{\w+\}`).FindAllString(text, -1)
	slices.Sort(out)
	return out
}
