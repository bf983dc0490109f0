package badge_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// skilled is a subject with an alignment in every place where there can be one.
const skilled = `{"id":"urn:x","type":["AchievementSubject"],
  "result":[{"resultDescription":"urn:d1","achievedLevel":"urn:l2","alignment":[{"targetName":"R","targetUrl":"http://data.europa.eu/esco/skill/x1"}]},
            {"resultDescription":"urn:d2","value":"10"}],
  "achievement":{"id":"urn:a","name":"n",
    "alignment":[{"targetName":"A","targetUrl":"https://e/1","targetCode":"c","targetFramework":"F","targetType":"CFItem","targetDescription":"D"}],
    "resultDescription":[
      {"id":"urn:d1","requiredLevel":"urn:l2","alignment":[{"targetName":"D1","targetUrl":"https://e/2"}],
       "rubricCriterionLevel":[{"id":"urn:l1","alignment":[{"targetName":"L1","targetUrl":"https://e/3"}]},{"id":"urn:l2","alignment":[{"targetName":"L2","targetUrl":"https://e/4"}]}]},
      {"id":"urn:d2","resultType":"RawScore","requiredValue":"5","alignment":[{"targetName":"D2","targetUrl":"https://e/5"}]},
      {"id":"urn:d3","alignment":[{"targetName":"D3","targetUrl":"https://e/6"}]}]}}`

// said lists skills as name, place, attainment and the pointer of the result that says so.
func said(all []badge.Skill) string {
	var lines []string
	for _, s := range all {
		by := "-"
		if s.Outcome != nil {
			by = s.Outcome.Pointer
		}
		lines = append(lines, fmt.Sprintf("%s %s %d %s", s.Name, s.Place, s.Attained, by))
	}
	return strings.Join(lines, "\n")
}

func TestSkills(t *testing.T) {
	credential := func(subject string) *vc.Credential { return open(t, `{"credentialSubject":`+subject+`}`).Credential() }
	all := badge.Skills(credential(skilled))
	want := `A Achievement 1 -
D1 ResultDescription 1 /credentialSubject/result/0
L1 RubricCriterionLevel 0 -
L2 RubricCriterionLevel 1 /credentialSubject/result/0
D2 ResultDescription 1 /credentialSubject/result/1
D3 ResultDescription 0 -
R Result 1 /credentialSubject/result/0`
	if got := said(all); got != want {
		t.Error(cmp.Diff(want, got))
	}
	first := all[0]
	first.Outcome = nil
	if first != (badge.Skill{Framework: badge.CASE, Kind: "item", Key: "url:https://e/1|c", Name: "A", Description: "D", Code: "c", URL: "https://e/1", FrameworkName: "F", TargetType: "CFItem",
		Place: "Achievement", Pointer: "/credentialSubject/achievement/alignment/0", Achievement: "urn:a", Attained: badge.Attained}) {
		t.Errorf("%+v", first)
	}
	if all[6].Key != "esco:skill:x1" || all[6].Pointer != "/credentialSubject/result/0/alignment/0" {
		t.Errorf("%+v", all[6])
	}
	// The twin: results that are not enough, and what follows for the achievement.
	less := strings.Replace(strings.Replace(skilled, `"achievedLevel":"urn:l2"`, `"achievedLevel":"urn:l1"`, 1), `"value":"10"`, `"value":"4"`, 1)
	want = `A Achievement 2 /credentialSubject/result/0
D1 ResultDescription 2 /credentialSubject/result/0
L1 RubricCriterionLevel 1 /credentialSubject/result/0
L2 RubricCriterionLevel 0 -
D2 ResultDescription 2 /credentialSubject/result/1
D3 ResultDescription 0 -
R Result 2 /credentialSubject/result/0`
	if got := said(badge.Skills(credential(less))); got != want {
		t.Error(cmp.Diff(want, got))
	}
	// A level that a result names was reached, but not by who failed, and not for sure while on hold.
	for status, want := range map[string]string{"Failed": "2", "OnHold": "0", "Completed": "1"} {
		with := strings.Replace(skilled, `"achievedLevel"`, `"status":"`+status+`","achievedLevel"`, 1)
		if got := said(badge.Skills(credential(with))); !strings.Contains(got, "L2 RubricCriterionLevel "+want+" ") || !strings.Contains(got, "R Result "+want+" ") {
			t.Errorf("%s: %s", status, got)
		}
	}
	// The better of two results of one description counts, wherever it stands.
	for values, at := range map[[2]string]string{{"4", "6"}: "2", {"6", "4"}: "1"} {
		both := strings.Replace(skilled, `{"resultDescription":"urn:d2","value":"10"}`, `{"resultDescription":"urn:d2","value":"`+values[0]+`"},{"resultDescription":"urn:d2","value":"`+values[1]+`"}`, 1)
		if got := said(badge.Skills(credential(both))); !strings.Contains(got, "D2 ResultDescription 1 /credentialSubject/result/"+at) {
			t.Error(got)
		}
	}
}

// TestSkillsInside has a CLR: what is awarded inside counts, what is only listed does not, and every pointer leads to
// the alignment.
func TestSkillsInside(t *testing.T) {
	text := `{"type":["ClrCredential"],"credentialSubject":{"type":"ClrSubject",
	  "achievement":[{"id":"urn:p","alignment":[{"targetName":"P"}]}],
	  "verifiableCredential":[{"credentialSubject":` + skilled + `},{"type":"EnvelopedVerifiableCredential"},"x",
	    {"credentialSubject":[{"verifiableCredential":{"credentialSubject":{"achievement":{"alignment":{"targetName":"deep"}}}}}]}]}}`
	c := open(t, text).Credential()
	all := badge.Skills(c)
	if len(all) != 9 || all[0].Name != "P" || all[0].Attained != badge.Unsaid || all[1].Attained != badge.Attained || all[8].Name != "deep" {
		t.Errorf("%s", said(all))
	}
	for _, s := range all {
		if at := c.Value().Lookup(s.Pointer); at.Get("targetName").Text() != s.Name {
			t.Errorf("%s leads to %s", s.Pointer, at.Raw())
		}
	}
	if got := badge.Outcomes(c); len(got) != 2 || got[1].Pointer != "/credentialSubject/verifiableCredential/0/credentialSubject/result/1" {
		t.Errorf("%+v", got)
	}
	// In the vc claim of a VC 1.1 JWT, pointers begin there.
	token := open(t, "eyJhbGciOiJFZERTQSJ9."+base64URL(`{"vc":{"@context":["https://www.w3.org/2018/credentials/v1"],"credentialSubject":`+skilled+`}}`)+".c2ln")
	inToken := badge.Skills(token.Credential())
	if len(inToken) != 7 || inToken[0].Pointer != "/vc/credentialSubject/achievement/alignment/0" {
		t.Errorf("%+v", inToken)
	}
}

// TestSkillsTolerant has what is left out.
func TestSkillsTolerant(t *testing.T) {
	for _, alignment := range []string{`null`, `7`, `"x"`, `[]`, `[[]]`, `[null, 7]`, `{}`, `{"targetName":7,"targetUrl":[["a"]]}`, `{"targetDescription":"d","targetFramework":"f"}`} {
		if got := badge.Skills(open(t, `{"credentialSubject":{"achievement":{"alignment":`+alignment+`}}}`).Credential()); len(got) != 0 {
			t.Errorf("%s: %+v", alignment, got)
		}
	}
	if got := badge.Skills(open(t, `{"credentialSubject":{"achievement":{"alignment":["x",{"targetCode":"c"}]}}}`).Credential()); len(got) != 1 || got[0].Pointer != "/credentialSubject/achievement/alignment/1" {
		t.Errorf("%+v", got)
	}
	if got := badge.Skills(&vc.Credential{}); got != nil {
		t.Errorf("of nothing: %+v", got)
	}
	many := open(t, `{"credentialSubject":{"achievement":{"alignment":[`+strings.Repeat(`{"targetCode":"c"},`, badge.MaxSkills+1)+`{}]}}}`)
	if got := badge.Skills(many.Credential()); len(got) != badge.MaxSkills {
		t.Errorf("%d skills", len(got))
	}
}

// TestSkillsOfficial reads the complete example of the specification.
func TestSkillsOfficial(t *testing.T) {
	data, err := os.ReadFile("../../shared/bench/full.json")
	if err != nil {
		t.Skipf("the examples are not here: %v", err)
	}
	places := map[string]int{}
	for _, s := range badge.Skills(open(t, string(data)).Credential()) {
		places[s.Place+" "+string(s.Framework)]++
	}
	if places["Achievement ctdl"] != 1 || places["Achievement case"] != 1 || places["ResultDescription case"] != 2 || places["RubricCriterionLevel case"] != 2 || places["Result case"] != 2 {
		t.Errorf("%v", places)
	}
}

// FuzzSkills holds that no document makes Conform, Skills, Outcomes or StackOf fail, that every pointer leads
// to what it names, and that findings have one of the codes of the profile.
func FuzzSkills(f *testing.F) {
	seeds := []string{graded, record, full, minimal, `{"credentialSubject":` + skilled + `}`}
	files, _ := filepath.Glob("../testdata/badges/*.json")
	for _, file := range files {
		if data, err := os.ReadFile(file); err == nil {
			seeds = append(seeds, string(data))
		}
	}
	skills := 0
	for _, seed := range seeds {
		if b, err := badge.Open([]byte(seed)); err == nil {
			skills += len(badge.Skills(b.Credential()))
		}
		f.Add(seed)
	}
	if skills < 8 {
		f.Fatalf("the seeds have %d skills", skills)
	}
	f.Fuzz(func(t *testing.T, text string) {
		b, err := badge.Open([]byte(text))
		if err != nil {
			return
		}
		c := b.Credential()
		for _, s := range badge.Skills(c) {
			if c.Value().Root().Lookup(s.Pointer).Kind() != strict.Object || s.Place == "" || s.Attained == badge.Unattained && s.Outcome == nil {
				t.Errorf("%+v", s)
			}
		}
		for _, o := range badge.Outcomes(c) {
			if c.Value().Root().Lookup(o.Pointer).Kind() != strict.Object {
				t.Errorf("%+v", o)
			}
		}
		for _, e := range badge.Conform(c) {
			if !strings.HasPrefix(e.Code, "badge.") || e.Detail == "" {
				t.Errorf("%+v", e)
			}
		}
		for _, s := range badge.StackOf(c, []*vc.Credential{c, nil}) {
			if len(s.Parts) > badge.MaxParts || s.Complete && len(s.Missing()) > 0 {
				t.Errorf("%+v", s)
			}
		}
	})
}
