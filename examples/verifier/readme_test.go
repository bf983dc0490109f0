package main

import (
	"os"
	"strings"
	"testing"
)

// TestReadme: what the README shows is what the code is and what the program prints.
func TestReadme(t *testing.T) {
	readme := read(t, "../../README.md")
	t.Chdir("../..")
	const command = "--evidence testdata/evidence/all.json testdata/badges/complete.png"
	if !strings.Contains(readme, "    go run ./examples/verifier "+command+"\n") {
		t.Error("the README's main job is another command")
	}
	out, _, status := execute(t, "", strings.Fields(command)...)
	if status != exitValid || !strings.Contains(readme, "```\n"+out+"```\n") {
		t.Errorf("exit status %d; the README does not show this output:\n%s", status, out)
	}
	example := read(t, "badge/example_test.go")
	start, end := strings.Index(example, "func verifyBadge("), strings.Index(example, "\n}\n")
	if start < 0 || end < start || !strings.Contains(readme, "```go\n"+example[start:end]+"\n}\n```\n") {
		t.Error("the README does not show the Example of package badge")
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
