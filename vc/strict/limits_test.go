package strict_test

import (
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Each limit is met exactly by one text, and exceeded by one by the next.
func TestLimits(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	objects := func(n int) string { return strings.Repeat(`{"a":`, n) + "1" + strings.Repeat("}", n) }
	wide := func(n int) string { return "[" + strings.TrimSuffix(strings.Repeat("1,", n), ",") + "]" }
	for _, c := range []struct {
		name           string
		limits         strict.Limits
		at, over       string
		code, pointer  string
		offset         int
		defaultAccepts bool
	}{
		{"bytes", strict.Limits{Bytes: 4}, `"ab"`, `"abc"`, "json.size", "", 4, true},
		{"depth", strict.Limits{Depth: 3}, deep(3), deep(4), "json.depth", "/0/0/0", 3, true},
		{"depth of objects", strict.Limits{Depth: 2}, objects(2), objects(3), "json.depth", "/a/a", 10, true},
		{"values", strict.Limits{Values: 4}, wide(3), wide(4), "json.size", "/3", 7, true},
		{"default depth", strict.Limits{}, deep(64), deep(64 + 1),
			"json.depth", strings.Repeat("/0", 64), 64, false},
		{"default values", strict.Limits{}, wide(200_000 - 1), wide(200_000),
			"json.size", "/199999", 2*199999 + 1, false},
		{"default bytes", strict.Limits{}, strings.Repeat(" ", 4<<20-1) + "1", strings.Repeat(" ", 4<<20) + "1",
			"json.size", "", 4 << 20, false},
		{"negative means default", strict.Limits{Bytes: -1, Depth: -1, Values: -1}, deep(64), deep(65),
			"json.depth", strings.Repeat("/0", 64), 64, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := strict.Parse([]byte(c.at), c.limits); err != nil {
				t.Errorf("at the limit: %v", err)
			}
			_, err := strict.Parse([]byte(c.over), c.limits)
			wantError(t, err, c.code, c.pointer, c.offset)
			if _, err := strict.Parse([]byte(c.over), strict.Limits{}); (err == nil) != c.defaultAccepts {
				t.Errorf("with the default limits: %v", err)
			}
		})
	}
}

// No setting makes the parser run out of stack.
func TestDepthHasACeiling(t *testing.T) {
	limits := strict.Limits{Bytes: 1 << 40, Depth: 1 << 40, Values: 1 << 40}
	for _, open := range []string{"[", `{"a":`} {
		if _, err := strict.Parse([]byte(strings.Repeat(open, 10_000)), limits); err == nil {
			t.Fatal("an open array is no JSON")
		} else if code(err) != "json.syntax" {
			t.Errorf("10,000 levels: %s; want json.syntax", code(err))
		}
		_, err := strict.Parse([]byte(strings.Repeat(open, 1_000_000)), limits)
		if code(err) != "json.depth" {
			t.Errorf("1,000,000 levels: %s; want json.depth", code(err))
		}
	}
}
