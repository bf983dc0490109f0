package canon

import (
	"crypto"
	"encoding/json"
	"errors"
	"maps"
	"testing"

	"github.com/badgeproof/badgeproof/vc/strict"
)

type suiteEntry struct {
	ID, Type, Action, Result string
	HashAlgorithm            string
}

func (e suiteEntry) hash() crypto.Hash {
	if e.HashAlgorithm == "SHA384" {
		return crypto.SHA384
	}
	return crypto.SHA256
}

func readSuite(t testing.TB) []suiteEntry {
	t.Helper()
	var manifest struct{ Entries []suiteEntry }
	if err := json.Unmarshal(readSuiteFile(t, "manifest.jsonld"), &manifest); err != nil {
		t.Fatal(err)
	}
	return manifest.Entries
}

// readSuiteFile reads a file of the official test suite of RDF Dataset Canonicalization.
func readSuiteFile(t testing.TB, name string) []byte {
	t.Helper()
	return sharedFile(t, "vectors/rdf-canon/"+name)
}

func TestOfficialSuite(t *testing.T) {
	passed := 0
	for _, e := range readSuite(t) {
		t.Run(e.ID[1:], func(t *testing.T) {
			runSuiteEntry(t, e)
			if !t.Failed() {
				passed++
			}
		})
	}
	if passed != 86 {
		t.Errorf("%d of 86 tests passed", passed)
	}
}

func runSuiteEntry(t *testing.T, e suiteEntry) {
	got, err := Normalize(readSuiteFile(t, e.Action), e.hash(), Limits{})
	switch e.Type {
	case "rdfc:RDFC10EvalTest":
		if err != nil {
			t.Fatal(err)
		}
		if want := readSuiteFile(t, e.Result); string(got.NQuads()) != string(want) {
			t.Errorf("got\n%s\nwant\n%s", got.NQuads(), want)
		}
	case "rdfc:RDFC10MapTest":
		if err != nil {
			t.Fatal(err)
		}
		var want map[string]string
		if err := json.Unmarshal(readSuiteFile(t, e.Result), &want); err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(got.Labels(), want) {
			t.Errorf("labels %v, want %v", got.Labels(), want)
		}
	case "rdfc:RDFC10NegativeEvalTest":
		var limit *strict.Error
		if !errors.As(err, &limit) || limit.Code != codeBudget {
			t.Errorf("the error is %v, want the code %s", err, codeBudget)
		}
	default:
		t.Errorf("unknown type of test %q", e.Type)
	}
}
