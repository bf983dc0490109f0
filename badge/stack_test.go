package badge_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc"
)

// clr makes a record with associations, each "source relation target", and with credentials.
func clr(t *testing.T, associations []string, credentials ...string) *vc.Credential {
	t.Helper()
	var all []string
	for _, a := range associations {
		f := strings.Fields(a)
		all = append(all, `{"type":"Association","sourceId":"`+f[0]+`","associationType":"`+f[1]+`","targetId":"`+f[2]+`"}`)
	}
	return open(t, `{"id":"urn:clr","name":"Record","type":["ClrCredential"],"credentialSubject":{"type":"ClrSubject","association":[`+strings.Join(all, ",")+
		`],"verifiableCredential":[`+strings.Join(credentials, ",")+`]}}`).Credential()
}

// award is a credential that awards an achievement.
func award(id, more, result string) string {
	return `{"credentialSubject":{"type":"AchievementSubject","achievement":{"id":"` + id + `","name":"` + id + `"` + more + `},"result":[` + result + `]}}`
}

// badges opens awards.
func badges(t *testing.T, awards ...string) []*vc.Credential {
	t.Helper()
	var all []*vc.Credential
	for _, a := range awards {
		all = append(all, open(t, a).Credential())
	}
	return all
}

// outline shows stacks: each part with its depth, what makes it a part, and who covers it.
func outline(stacks []badge.Stack) string {
	var b strings.Builder
	for _, s := range stacks {
		fmt.Fprintf(&b, "%s %t\n", s.Goal, s.Complete)
		depth := map[int]int{-1: 0}
		for i, p := range s.Parts {
			depth[i] = depth[p.Whole] + 1
			fmt.Fprintf(&b, "%s%s by %s", strings.Repeat(" ", depth[i]), p.ID, p.Why.Relation)
			if p.Prerequisite {
				b.WriteString(" before")
			}
			for _, c := range p.Covered {
				fmt.Fprintf(&b, " [%d", c.Badge)
				for _, step := range c.Steps {
					fmt.Fprintf(&b, " %s(%d)", step.Relation, step.Badge)
				}
				b.WriteString("]")
			}
			fmt.Fprintf(&b, " %t\n", p.Complete)
		}
	}
	return b.String()
}

func TestStackOf(t *testing.T) {
	tree := []string{"a isChildOf p", "p isParentOf b", "c isPartOf b", "d isPartOf b", "z precedes a", "a isRelatedTo x"}
	related := `,"related":[{"id":"a","type":["Related"]}]`
	aligned := `,"alignment":[{"targetUrl":"https://e/1"},{"targetUrl":"https://e/2"}]`
	for name, c := range map[string]struct {
		larger *vc.Credential
		badges []string
		want   string
	}{
		"nothing":                {clr(t, tree), nil, "p false\n a by isChildOf false\n  z by precedes before false\n b by isParentOf false\n  c by isPartOf false\n  d by isPartOf false\n"},
		"all but one":            {clr(t, tree), []string{award("a", "", ""), award("c", "", "")}, "p false\n a by isChildOf [0] true\n  z by precedes before false\n b by isParentOf false\n  c by isPartOf [1] true\n  d by isPartOf false\n"},
		"parts of a part":        {clr(t, tree), []string{award("a", "", ""), award("c", "", ""), award("d", "", "")}, "p true\n a by isChildOf [0] true\n  z by precedes before false\n b by isParentOf true\n  c by isPartOf [1] true\n  d by isPartOf [2] true\n"},
		"the part itself":        {clr(t, tree), []string{award("a", "", ""), award("b", "", "")}, "p true\n a by isChildOf [0] true\n  z by precedes before false\n b by isParentOf [1] true\n  c by isPartOf false\n  d by isPartOf false\n"},
		"failed":                 {clr(t, []string{"a isChildOf p"}), []string{award("a", "", `{"status":"Failed"}`)}, "p false\n a by isChildOf false\n"},
		"passed":                 {clr(t, []string{"a isChildOf p"}), []string{award("a", "", `{"status":"Completed"}`)}, "p true\n a by isChildOf [0] true\n"},
		"twice":                  {clr(t, []string{"a isChildOf p", "p isParentOf a"}), []string{award("a", "", ""), award("a", "", "")}, "p true\n a by isChildOf [0] [1] true\n"},
		"exact match":            {clr(t, []string{"a isChildOf p", "b exactMatchOf a"}), []string{award("b", "", "")}, "p true\n a by isChildOf [0 exactMatchOf(-1)] true\n"},
		"replaced by":            {clr(t, []string{"a isChildOf p", "a replacedBy b", "b replacedBy c"}), []string{award("c", "", "")}, "p true\n a by isChildOf [0 replacedBy(-1) replacedBy(-1)] true\n"},
		"replaces":               {clr(t, []string{"a isChildOf p", "b replacedBy a"}), []string{award("b", "", "")}, "p false\n a by isChildOf false\n"},
		"peer":                   {clr(t, []string{"a isChildOf p", "b isPeerOf a"}), []string{award("b", "", "")}, "p false\n a by isChildOf false\n"},
		"related by itself":      {clr(t, []string{"a isChildOf p"}), []string{award("b", related, "")}, "p true\n a by isChildOf [0 related(0)] true\n"},
		"aligned with the part":  {clr(t, []string{"https://e/a isChildOf p"}), []string{award("b", `,"alignment":[{"targetUrl":"https://e/a"}]`, "")}, "p true\n https://e/a by isChildOf [0 alignment(0)] true\n"},
		"same alignments":        {clr(t, []string{"a isChildOf p"}, award("a", aligned, "")), []string{award("b", aligned, "")}, "p true\n a by isChildOf [0 alignment(0) alignment(0)] true\n"},
		"one of two alignments":  {clr(t, []string{"a isChildOf p"}, award("a", aligned, "")), []string{award("b", `,"alignment":[{"targetUrl":"https://e/1"}]`, "")}, "p false\n a by isChildOf false\n"},
		"a record in the set":    {clr(t, []string{"a isChildOf p"}), []string{`{"credentialSubject":{"verifiableCredential":[` + award("a", "", "") + `]}}`}, "p true\n a by isChildOf [0] true\n"},
		"parts said by the set":  {clr(t, []string{"a isChildOf p"}), []string{`{"credentialSubject":{"association":[{"sourceId":"x","associationType":"isPartOf","targetId":"p"}],"verifiableCredential":[` + award("a", "", "") + `]}}`}, "p true\n a by isChildOf [0] true\n"},
		"in a circle":            {clr(t, []string{"a isChildOf b", "b isChildOf c", "c isChildOf a"}), []string{award("a", "", "")}, "b true\n a by isChildOf [0] true\n  c by isChildOf false\n"},
		"of itself":              {clr(t, []string{"a isChildOf a"}, award("a", "", "")), nil, "urn:clr false\n a by verifiableCredential false\n"},
		"part of two":            {clr(t, []string{"a isPartOf p", "a isPartOf q"}), []string{award("a", "", "")}, "p true\n a by isPartOf [0] true\nq true\n a by isPartOf [0] true\n"},
		"without associations":   {clr(t, nil, award("a", "", ""), award("b", "", ""), award("a", "", "")), []string{award("b", "", "")}, "urn:clr false\n a by verifiableCredential false\n b by verifiableCredential [0] true\n"},
		"alignments of a badge":  {badges(t, award("p", aligned, ""))[0], []string{award("b", `,"alignment":[{"targetUrl":"https://E/1"}]`, ""), award("https://e/2", "", "")}, "p true\n url:https://e/1 by alignment [0 alignment(0)] true\n url:https://e/2 by alignment [1] true\n"},
		"alignment not attained": {badges(t, award("p", `,"alignment":[{"targetUrl":"https://e/1"}]`, ""))[0], []string{award("b", `,"alignment":[{"targetUrl":"https://e/1"}]`, `{"status":"Withdrew"}`)}, "p false\n url:https://e/1 by alignment false\n"},
		"nothing to go by":       {badges(t, award("p", "", ""))[0], []string{award("p", "", "")}, "p false\n"},
	} {
		if got := outline(badge.StackOf(c.larger, badges(t, c.badges...))); got != c.want {
			t.Errorf("%s:\n%swant\n%s", name, got, c.want)
		}
	}
	if got := badge.StackOf(nil, nil); got != nil {
		t.Errorf("of nothing: %+v", got)
	}
}

// TestStackMissing lists what is to be earned still, and holds that every step points at what says it.
func TestStackMissing(t *testing.T) {
	larger := clr(t, []string{"a isChildOf p", "b isPartOf p", "c isPartOf b", "d isPartOf b", "z precedes d"})
	stacks := badge.StackOf(larger, badges(t, award("c", "", "")))
	var missing []string
	for _, p := range stacks[0].Missing() {
		missing = append(missing, p.ID)
	}
	if got := strings.Join(missing, " "); got != "a d" {
		t.Errorf("missing %q", got)
	}
	for _, p := range stacks[0].Parts {
		if at := larger.Value().Lookup(p.Why.Pointer); at.Get("sourceId").Text() != p.Why.Source || at.Get("targetId").Text() != p.Why.Target || p.Why.Badge != -1 {
			t.Errorf("%+v", p.Why)
		}
	}
}

// TestStackBounds has associations without end: too deep, too many, and every way through a lattice.
func TestStackBounds(t *testing.T) {
	var deep, broad, lattice, circles []string
	for i := range 100 {
		deep = append(deep, fmt.Sprintf("n%d isChildOf n%d", i+1, i))
	}
	for i := range badge.MaxParts + 1 {
		broad = append(broad, fmt.Sprintf("n%d isChildOf p", i))
	}
	for i := range 20 {
		for _, edge := range []string{"a%d isPartOf a%d", "a%d isPartOf b%d", "b%d isPartOf a%d", "b%d isPartOf b%d"} {
			lattice = append(lattice, fmt.Sprintf(edge, i+1, i))
		}
	}
	for i := range 10_000 {
		circles = append(circles, fmt.Sprintf("x%d isPartOf y%d", i, i), fmt.Sprintf("y%d isPartOf x%d", i, i))
	}
	for name, c := range map[string]struct {
		associations []string
		parts        int
	}{"deep": {deep, 32}, "broad": {broad, badge.MaxParts}, "lattice": {lattice, badge.MaxParts}, "circles": {circles, badge.MaxParts}} {
		start, parts := time.Now(), 0
		stacks := badge.StackOf(clr(t, c.associations), badges(t, award("n1000", "", "")))
		for _, s := range stacks {
			parts += len(s.Parts)
			if s.Complete {
				t.Errorf("%s: complete", name)
			}
		}
		if parts != c.parts || time.Since(start) > 10*time.Second {
			t.Errorf("%s: %d parts, want %d, in %v", name, parts, c.parts, time.Since(start))
		}
	}
}

// TestStackTooMany has a badge for every one of so many parts: what was not looked at is not complete.
func TestStackTooMany(t *testing.T) {
	var associations, awards []string
	for i := range badge.MaxParts + 1 {
		associations = append(associations, fmt.Sprintf("n%d isChildOf p", i))
		awards = append(awards, award(fmt.Sprintf("n%d", i), "", ""))
	}
	set := badges(t, awards...)
	if stacks := badge.StackOf(clr(t, associations), set); len(stacks) != 1 || stacks[0].Complete || len(stacks[0].Missing()) != 0 {
		t.Error("one part more than are looked at")
	}
	if stacks := badge.StackOf(clr(t, associations[1:]), set); len(stacks) != 1 || !stacks[0].Complete {
		t.Error("as many parts as are looked at")
	}
}
