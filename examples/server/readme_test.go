package main

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/examples/server/policies"
)

// TestReadme: it has every flag, and its policy is one.
func TestReadme(t *testing.T) {
	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	var f flags
	set := flag.NewFlagSet("server", flag.ContinueOnError)
	f.define(set)
	f.limits(set)
	set.VisitAll(func(f *flag.Flag) {
		if !strings.Contains(text, "`-"+f.Name) {
			t.Errorf("it does not know -%s", f.Name)
		}
	})
	_, rest, _ := strings.Cut(text, "## Policies")
	_, rest, _ = strings.Cut(rest, "```json\n")
	example, rest, _ := strings.Cut(rest, "```")
	n, err := policies.Parse([]byte(example), os.DirFS("."))
	if err != nil || n.Name != "campus" {
		t.Error(err)
	}
	for _, member := range policies.Members() {
		if !strings.Contains(rest, "`"+member+"`") {
			t.Errorf("it does not know the member %s of policies", member)
		}
	}
}
