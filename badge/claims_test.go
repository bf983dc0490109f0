package badge_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
)

// claimed is a badge for an achievement with one alignment, with these results and further members of the achievement.
func claimed(t *testing.T, results, achievement string) *vc.Credential {
	t.Helper()
	return open(t, `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential","AchievementCredential"],
	  "credentialSubject":{"type":["AchievementSubject"],"result":[`+results+`],"achievement":{`+achievement+`"id":"urn:a",
	  "alignment":[{"targetName":"n","targetUrl":"https://example.edu/n"}],
	  "resultDescription":[{"id":"urn:d","resultType":"RawScore","requiredValue":"60"}]}}}`).Credential()
}

// TestAwardIsNotClaimedAgainstResults has results that speak against an achievement, or leave it open, in every form in
// which they can be read, beside those that do not.
func TestAwardIsNotClaimedAgainstResults(t *testing.T) {
	for result, want := range map[string]badge.Attainment{
		`{"status":"Completed"}`:                       badge.Attained,
		`{"status":["Completed"]}`:                     badge.Attained,
		`{"status":"Failed"}`:                          badge.Unattained,
		`{"status":["Failed"]}`:                        badge.Unattained,
		`{"status":{"@value":"Failed"}}`:               badge.Unattained,
		`{"status":"OnHold"}`:                          badge.Unsaid,
		`{"status":"Provisional"}`:                     badge.Unsaid,
		`{"status":"failed"}`:                          badge.Unsaid,
		`{"status":7}`:                                 badge.Unsaid,
		`{"status":null}`:                              badge.Unsaid,
		`{"resultDescription":"urn:d","value":"61"}`:   badge.Attained,
		`{"resultDescription":["urn:d"],"value":"61"}`: badge.Attained,
		`{"resultDescription":["urn:d"],"value":"3"}`:  badge.Unattained,
		`{"resultDescription":"urn:d","value":["3"]}`:  badge.Unattained,
	} {
		c := claimed(t, result, "")
		if got := badge.Skills(c)[0].Attained; got != want {
			t.Errorf("%s: %d, want %d", result, got, want)
		}
		stack := badge.StackOf(claimed(t, "", ""), []*vc.Credential{c})
		if len(stack) != 1 || stack[0].Complete != (want == badge.Attained) {
			t.Errorf("%s: %+v", result, stack)
		}
	}
}

// TestAwardOfMoreThanIsRead: what a result says that is not read any more is not known.
func TestAwardOfMoreThanIsRead(t *testing.T) {
	for n, want := range map[int]badge.Attainment{badge.MaxSkills - 2: badge.Unattained, badge.MaxSkills: badge.Unsaid} {
		c := claimed(t, strings.Repeat(`{"value":"1"},`, n)+`{"status":"Failed"}`, "")
		if got := badge.Skills(c)[0].Attained; got != want {
			t.Errorf("behind %d: %d, want %d", n, got, want)
		}
	}
}

// TestAwardOfSeveral: of several achievements with the same results, none was attained for all that is said.
func TestAwardOfSeveral(t *testing.T) {
	one := `{"id":"urn:a","alignment":{"targetName":"n"}}`
	for achievements, want := range map[string]badge.Attainment{one: badge.Attained, `[` + one + `]`: badge.Attained, `[` + one + `,` + one + `]`: badge.Unsaid} {
		all := badge.Skills(open(t, `{"credentialSubject":{"type":"AchievementSubject","achievement":`+achievements+`}}`).Credential())
		if len(all) == 0 || all[0].Attained != want {
			t.Errorf("%s: %+v", achievements, all)
		}
	}
}

// TestStackSharesEverything: an alignment that leads nowhere is shared by nobody, so that the others do not suffice.
func TestStackSharesEverything(t *testing.T) {
	record := func(more string) *vc.Credential {
		return open(t, `{"type":["ClrCredential"],"credentialSubject":{"type":"ClrSubject",
		  "achievement":[{"id":"urn:part","name":"Same","alignment":[{"targetUrl":"https://example.edu/n"}`+more+`]}],
		  "association":[{"associationType":"isPartOf","sourceId":"urn:part","targetId":"urn:whole"}]}}`).Credential()
	}
	for more, want := range map[string]bool{``: true, `,{"targetName":"and more"}`: false, `,{"targetUrl":"https://example.edu/m"}`: false} {
		stack := badge.StackOf(record(more), []*vc.Credential{claimed(t, "", `"name":"Same",`)})
		if len(stack) != 1 || stack[0].Complete != want {
			t.Errorf("%q: %+v", more, stack)
		}
	}
}

// TestWideDocumentsTakeNoLonger: the time for what a credential says does not grow with the product of the
// numbers of its members and its results, alignments or badges.
func TestWideDocumentsTakeNoLonger(t *testing.T) {
	var b strings.Builder
	for i := range 90_000 {
		fmt.Fprintf(&b, `"m%d":1,`, i)
	}
	wide := b.String()
	times := func(n int, s string) string { return strings.TrimSuffix(strings.Repeat(s+",", n), ",") }
	described := strings.Replace(`{"type":["AchievementCredential"],"credentialSubject":{"type":["AchievementSubject"],"result":[R],"achievement":{"id":"urn:a","resultDescription":[{WIDE"id":"urn:d","rubricCriterionLevel":{"id":"urn:l"}}]}}}`, "WIDE", wide, 1)
	levelled := strings.Replace(`{"type":["AchievementCredential"],"credentialSubject":{"type":["AchievementSubject"],"result":[R],"achievement":{"id":"urn:a","resultDescription":[{"id":"urn:d","rubricCriterionLevel":{WIDE"id":"urn:l"}}]}}}`, "WIDE", wide, 1)
	aligned := `{"type":["AchievementCredential"],"credentialSubject":{"type":["AchievementSubject"],"achievement":{` + wide + `"id":"urn:a","alignment":[` + times(30_000, `{"targetUrl":"urn:d"}`) + `]}}}`
	several := `{"type":["AchievementCredential"],"credentialSubject":{"type":["AchievementSubject"],"result":[` + times(30_000, `{"value":"1"}`) + `],"achievement":[` + times(30_000, `{"id":"urn:a"}`) + `]}}`
	for name, text := range map[string]string{
		"descriptions": strings.Replace(described, "R", times(20_000, `{"resultDescription":"urn:d","status":"Failed"}`), 1),
		"levels":       strings.Replace(levelled, "R", times(20_000, `{"achievedLevel":"urn:l","status":"Failed"}`), 1),
		"alignments":   aligned, "achievements": several,
	} {
		c := open(t, text).Credential()
		start := time.Now()
		badge.Skills(c)
		badge.Outcomes(c)
		badge.Conform(c)
		badge.StackOf(c, []*vc.Credential{c, c})
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: %v for %d bytes", name, took, len(text))
		}
	}
}

// TestStacksTakeNoLonger: many parts with many alignments to what a badge is aligned with many times.
func TestStacksTakeNoLonger(t *testing.T) {
	alignments := strings.TrimSuffix(strings.Repeat(`{"targetUrl":"https://example.edu/n"},`, 90), ",")
	var parts, associations strings.Builder
	for i := range 700 {
		fmt.Fprintf(&parts, `{"id":"urn:%d","alignment":[%s]},`, i, alignments)
		fmt.Fprintf(&associations, `{"associationType":"isChildOf","sourceId":"urn:%d","targetId":"urn:goal"},`, i)
	}
	larger := open(t, `{"type":["ClrCredential"],"credentialSubject":{"type":["ClrSubject"],"achievement":[`+strings.TrimSuffix(parts.String(), ",")+
		`],"association":[`+strings.TrimSuffix(associations.String(), ",")+`]}}`).Credential()
	held := open(t, `{"credentialSubject":{"achievement":{"id":"urn:b","alignment":[`+strings.TrimSuffix(strings.Repeat(`{"targetUrl":"https://example.edu/n"},`, 9000), ",")+`]}}}`).Credential()
	start := time.Now()
	stack := badge.StackOf(larger, []*vc.Credential{held})
	if took := time.Since(start); took > 10*time.Second || len(stack) != 1 || !stack[0].Complete {
		t.Errorf("%v, %d stacks", took, len(stack))
	}
}

// TestTolerableDoesNotHide: however much of a badge is tolerated, what is not fails it.
func TestTolerableDoesNotHide(t *testing.T) {
	var members strings.Builder
	for i := range 3 * badge.MaxFindings {
		fmt.Fprintf(&members, `,"own%d":1`, i)
	}
	tolerable := change(t, full, `"caption": "c"`, `"caption": "c"`+members.String())
	if got := check(t, open(t, tolerable)); got.Outcome != verify.Passed || len(got.Warnings) < badge.MaxFindings {
		t.Errorf("%v with %d warnings", got.Outcome, len(got.Warnings))
	}
	for name, text := range map[string]string{
		"last":  change(t, tolerable, `"awardedDate": "2026-01-01T00:00:00+02:00"`, `"awardedDate": "yesterday"`),
		"first": change(t, tolerable, `"creditsEarned": 1.5`, `"creditsEarned": "1.5"`),
	} {
		if got := check(t, open(t, text)); got.Outcome != verify.Failed || len(got.Problems)+len(got.Warnings) > badge.MaxFindings+10 {
			t.Errorf("%s: %v with %d problems and %d warnings", name, got.Outcome, len(got.Problems), len(got.Warnings))
		}
	}
}

// TestFindingsAreShort: what a finding quotes of the badge is cut.
func TestFindingsAreShort(t *testing.T) {
	long := strings.Repeat("x", 100_000)
	text := change(t, full, `"caption": "c"`, `"caption": "c","`+long+`":1`)
	for _, e := range badge.Conform(open(t, text).Credential()) {
		if len(e.Detail) > 1000 {
			t.Errorf("%s: a sentence of %d bytes", e.Code, len(e.Detail))
		}
	}
}
