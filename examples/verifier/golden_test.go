package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// update writes what the program prints to testdata, in place of comparing it:
//
//	go test ./examples/verifier -run TestGolden -update
var update = flag.Bool("update", false, "write the golden files anew")

// goldenFiles are command lines, run in the root of the repository, by the name of the file with what they print.
var goldenFiles = map[string]string{
	"complete":     "--evidence testdata/evidence/all.json testdata/badges/complete.png",
	"recipient":    "--evidence testdata/evidence/all.json --issuer did:web:badges.example.edu --recipient emailAddress=ada@example.org testdata/badges/complete.png",
	"mismatch":     "--evidence testdata/evidence/all.json --recipient emailAddress=Ada@example.org testdata/badges/complete.png",
	"endorsed":     "--evidence testdata/evidence/all.json testdata/badges/endorsed-all.json",
	"deep":         "--evidence testdata/evidence/all.json testdata/badges/endorsed-deep-expired.json",
	"record":       "--evidence testdata/evidence/all.json testdata/badges/clr-endorsed-expired.json",
	"enclosed":     "--evidence testdata/evidence/all.json testdata/badges/jwt-clr-unsigned.jwt",
	"open":         "--evidence testdata/evidence/all.json testdata/badges/endorsed-by-a-stranger.json",
	"revoked":      "--evidence testdata/evidence/all.json testdata/badges/status-revoked.json",
	"presentation": "--evidence testdata/evidence/all.json testdata/presentations/vp-credential-tampered-second.json",
	"cause":        "--evidence testdata/issuers/evidence.json testdata/issuers/credly-3-reencoded.json",
	"hosted":       "--evidence testdata/issuers/evidence.json --recipient emailAddress=lin.example@example.org testdata/issuers/badgr-2.png",
	"altered":      "--evidence testdata/issuers/evidence.json testdata/issuers/moodle-2-altered.json",
	"gone":         "--evidence testdata/issuers/evidence.json testdata/issuers/credly-2-revoked.json",
	"page":         "--evidence testdata/issuers/evidence.json testdata/issuers/udacity.html",
	"sealed":       "--evidence testdata/issuers/evidence.json testdata/issuers/europass.jsonld",
	"claims":       "--evidence testdata/sdjwt/evidence.json testdata/sdjwt/vct.sdjwt",
}

// TestGolden compares what is printed about samples with what somebody has read and found right.
func TestGolden(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for name, command := range goldenFiles {
		t.Run(name, func(t *testing.T) {
			t.Chdir(filepath.Join("..", ".."))
			out, stderr, _ := execute(t, "", strings.Fields(command)...)
			if stderr != "" {
				t.Fatal(stderr)
			}
			golden(t, filepath.Join(here, "testdata", name+".txt"), out)
		})
	}
}

// TestGoldenMade does so for badges that are made for it, since no sample has all that there is to show.
func TestGoldenMade(t *testing.T) {
	w := newWorld()
	for name, c := range map[string]struct {
		data []byte
		args []string
	}{
		"everything": {w.weldingBadge(t), []string{"--recipient", "emailAddress=ada@example.org"}},
		"relations":  {w.record(t), nil},
		"signed-2.0": {w.olderSigned(t), []string{"--issuer", olderIssuer}},
	} {
		t.Run(name, func(t *testing.T) {
			golden(t, filepath.Join("testdata", name+".txt"), w.show(t, c.data, c.args...))
		})
	}
}

// golden compares a text with a file. Whatever is printed stays in the columns of a terminal, with one verdict at
// its left edge.
func golden(t *testing.T, file, out string) {
	t.Helper()
	tidy(t, out)
	if *update {
		if err := os.WriteFile(file, []byte(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want := read(t, file); out != want {
		t.Errorf("%s says something else; run the test with -update, and read the difference. Now:\n%s", file, out)
	}
}

// tidy checks what holds for every report: no line is longer than a terminal is wide, nothing in it steers the
// terminal, and nothing but the first line begins at the left edge.
func tidy(t *testing.T, out string) {
	t.Helper()
	for i, line := range strings.Split(strings.TrimSuffix(out, "\n"), "\n") {
		switch {
		case i == 0 && !strings.HasPrefix(line, "✓ VALID") && !strings.HasPrefix(line, "✗ INVALID") && !strings.HasPrefix(line, "? COULD NOT DECIDE"):
			t.Errorf("the first line is no verdict: %q", line)
		case i > 0 && line != "" && !strings.HasPrefix(line, "  "):
			t.Errorf("line %d stands where the verdict does: %q", i+1, line)
		case i > 0 && wide(line) > columns:
			t.Errorf("line %d has %d columns: %q", i+1, wide(line), line)
		case line != printable(line):
			t.Errorf("line %d could steer a terminal: %q", i+1, line)
		case line != strings.TrimRight(line, " "):
			t.Errorf("line %d ends in spaces: %q", i+1, line)
		}
	}
}
