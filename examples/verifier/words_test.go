package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
)

// checkNames are the names of all checks: those in the report of what is no credential, those that the policy adds,
// and those of presentations.
func checkNames(t *testing.T) []string {
	t.Helper()
	var names []string
	add := func(r report) {
		for _, c := range r.Checks {
			if !slices.Contains(names, c.Check) {
				names = append(names, c.Check)
			}
		}
	}
	for _, file := range []string{"badges/complete.png", "badges/text-no-credential.json", "presentations/vp-two.json"} {
		r, _ := invoke(t, "--json", "--evidence", evidence, filepath.Join(testdata, file))
		add(r)
	}
	for _, c := range badge.Policy(verify.UnsafeAnyIssuer()).Profile {
		if !slices.Contains(names, c.Name) {
			t.Errorf("no report of the samples has the check %s", c.Name)
		}
	}
	if len(names) < 14 {
		t.Errorf("checks %v", names)
	}
	return names
}

// TestEveryCheckHasWords: what each check has established, and why it was skipped, is said in words of its own.
func TestEveryCheckHasWords(t *testing.T) {
	for _, name := range checkNames(t) {
		r := &verify.Report{Container: "json", Format: vc.DataIntegrity, Binding: verify.IssuerController}
		if word := passedWord(r, verify.Result{Check: name, Outcome: verify.Passed}); word == "passed" || word == "" {
			t.Errorf("%s has no word for a pass", name)
		}
		for _, reason := range []string{"absent", "off", "not_asked", "blocked"} {
			word := skippedWord(r, verify.Result{Check: name, Outcome: verify.Skipped, Reason: reason})
			if word == "" || word == "not done" {
				t.Errorf("%s has no word for %s", name, reason)
			}
		}
	}
	if passedWord(&verify.Report{}, verify.Result{Check: "no.such"}) != "passed" || skippedWord(&verify.Report{}, verify.Result{Reason: "no such"}) != "not done" {
		t.Error("what is not known has no word")
	}
}

// TestEveryBindingHasWords, those that no resolver finds yet included.
func TestEveryBindingHasWords(t *testing.T) {
	n := 0
	for b := verify.Unbound; b <= verify.IssuerController; b++ {
		n++
		if bindingWords[b] == "" {
			t.Errorf("%s has no words", b)
		}
		if parsed, err := verify.ParseBinding(b.String()); b != verify.Unbound && (err != nil || parsed != b) {
			t.Errorf("%s is no binding", b)
		}
	}
	if n != len(bindingWords) {
		t.Errorf("%d bindings, and words for %d", n, len(bindingWords))
	}
}

// TestKeyIdentifiers: of an identifier that is a key, nobody can list the key.
func TestKeyIdentifiers(t *testing.T) {
	for issuer, key := range map[string]bool{"did:key:z6Mk": true, "did:jwk:e30": true, "did:web:key.example": false, "https://did.key": false} {
		r := &verify.Report{Binding: verify.IssuerController, Credential: verify.Summary{Issuer: issuer}}
		if said := strings.Contains(bindingWord(r), "is the key itself"); said != key {
			t.Errorf("%s: %s", issuer, bindingWord(r))
		}
	}
}

// TestEveryFormatHasWords: the constants of the type vc.Format, wherever they are declared.
func TestEveryFormatHasWords(t *testing.T) {
	formats := append(formatsOf(t, "../../vc", "Format"), formatsOf(t, "../../badge", "vc.Format")...)
	for _, f := range formats {
		if formatWords[f] == "" {
			t.Errorf("the format %s has no words", f)
		}
	}
	if len(formats) != len(formatWords) {
		t.Errorf("formats %v, and words for %d", formats, len(formatWords))
	}
}

// formatsOf returns the values of the constants of a type in the source of a package.
func formatsOf(t *testing.T, dir, typ string) (all []vc.Format) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatal(dir, err)
	}
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 || written(spec.Type) != typ {
				return true
			}
			if literal, ok := spec.Values[0].(*ast.BasicLit); ok {
				value, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, vc.Format(value))
			}
			return true
		})
	}
	return all
}

// written is a type as it stands in the source.
func written(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return written(e.X) + "." + e.Sel.Name
	}
	return ""
}

// TestSpecifications: each kind of document is named as what it is.
func TestSpecifications(t *testing.T) {
	for text, want := range map[string]string{
		`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential","OpenBadgeCredential"]}`: "Open Badges 3.0, not signed",
		`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential","ClrCredential"]}`:       "Comprehensive Learner Record 2.0, not signed",
		`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"]}`:                       "Verifiable Credentials 2.0, not signed",
		`{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiableCredential"],"proof":{}}`:          "Verifiable Credentials 1.1, signed in its JSON (Data Integrity)",
		`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["EndorsementCredential"]}`:                      "Open Badges 3.0, not signed",
		`{"type":["SomethingElse"]}`: "not signed",
		`{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://a.example/1"}`:                         "Open Badges 2.0, hosted by its issuer",
		`{"@context":"https://w3id.org/openbadges/v1","type":"Assertion","id":"https://a.example/1"}`:                         "older than Open Badges 2.0",
		`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential","AchievementCredential"],"x":1}`: "Open Badges 3.0, not signed",
	} {
		out, _, _ := execute(t, text, "--offline", "-")
		if !strings.Contains(flat(out), " format "+want) {
			t.Errorf("%s is not called %q:\n%s", text, want, out)
		}
	}
}

// TestFollowed: a check says what it has compared with.
func TestFollowed(t *testing.T) {
	for file, want := range map[string][]string{
		"badges/clr.json":                 {"badge.conformance follows the Comprehensive Learner Record 2.0", "model follows the data model of verifiable credentials"},
		"badges/simple.json":              {"badge.conformance follows Open Badges 3.0"},
		"presentations/vp-two.json":       {"model follows the data model of verifiable presentations"},
		"badges/jwt-clr-unsigned.jwt":     {"Nobody signed this credential itself."},
		"badges/schema-good.json":         {"schema follows its schema"},
		"badges/resource-sri.json":        {"resources what it refers to is what the issuer signed for"},
		"badges/status-good.json":         {"status not revoked or suspended"},
		"badges/proof-set.json":           {"the signature matches (", "eddsa-rdfc-2022: passed", "ecdsa-rdfc-2019: passed"},
		"badges/endorsed-credential.json": {"every endorsement that counts is valid, see above"},
	} {
		out, _, _ := execute(t, "", "--evidence", evidence, filepath.Join(testdata, file))
		for _, s := range want {
			if !strings.Contains(flat(out), s) {
				t.Errorf("%s does not say %q:\n%s", file, s, out)
			}
		}
	}
}
