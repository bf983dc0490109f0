package canon

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// namesTwice reports whether a quad names one blank node in two places. The oracle hashes such a
// quad twice (defect "repeated quad").
func namesTwice(d *dataset) bool {
	return slices.ContainsFunc(d.quads, func(q quad) bool {
		return d.terms[q.s].blank && (q.s == q.o || q.s == q.g) || d.terms[q.o].blank && q.o == q.g
	})
}

// TestDatasetsAgreeWithOracle compares canonical forms of random datasets, whose blank nodes stand
// in every place and are much alike.
func TestDatasetsAgreeWithOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	compared := 0
	for range 4000 {
		d := randomDataset(r)
		if namesTwice(d) {
			continue
		}
		text := nquadsOf(d, func(i termID) string { return d.terms[i].text })
		want, err := oracleDataset(text)
		if errors.Is(err, errOracle) {
			t.Logf("%v on\n%s", err, text)
			continue
		}
		if err != nil {
			t.Fatalf("%v on\n%s", err, text)
		}
		got, err := canonicalize(d, 0, Limits{Steps: 1_000_000})
		if err != nil {
			t.Fatal(err)
		}
		if string(got.nquads) != want {
			t.Fatalf("\n%s\nis canonically\n%s\nand by the oracle\n%s", text, got.nquads, want)
		}
		compared++
	}
	if compared < 1000 {
		t.Errorf("only %d datasets were compared", compared)
	}
}

// oracleSuiteFailures are the tests of the official suite that the oracle fails.
var oracleSuiteFailures = map[string]string{
	"test060c": "control characters are not escaped",
	"test075c": "there is no SHA-384",
}

func TestOracleOnTheOfficialSuite(t *testing.T) {
	for _, e := range readSuite(t) {
		if e.Type != "rdfc:RDFC10EvalTest" {
			continue
		}
		got, err := oracleDataset(string(readSuiteFile(t, e.Action)))
		want := string(readSuiteFile(t, e.Result))
		failed := err != nil || got != want
		if why, known := oracleSuiteFailures[strings.TrimPrefix(e.ID, "#")]; failed != known {
			t.Errorf("%s: fails: %v (%v), known: %q", e.ID, failed, err, why)
		}
	}
}
