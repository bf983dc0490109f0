package badge_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/badge"
)

// outcome reads the one result of a badge with this description.
func outcome(t *testing.T, description, result string) badge.Outcome {
	t.Helper()
	all := badge.Outcomes(open(t, `{"credentialSubject":{"type":"AchievementSubject","result":[{`+result+`}],"achievement":{"id":"urn:a","resultDescription":[{`+description+`}]}}}`).Credential())
	if len(all) != 1 {
		t.Fatalf("%d outcomes", len(all))
	}
	return all[0]
}

// TestOutcomeMet has results and what is required, each beside one that differs in the answer.
func TestOutcomeMet(t *testing.T) {
	letters := `"id":"urn:d","resultType":"LetterGrade","allowedValue":["D","C","B","A"],"requiredValue":"C"`
	german := `"id":"urn:d","resultType":"LetterGrade","allowedValue":["5.0","4.0","3.0","2.0","1.0"],"requiredValue":"4.0"`
	mixed := `"id":"urn:d","resultType":"RawScore","valueMin":"1","valueMax":"6","allowedValue":["6","4","1"],"requiredValue":"4"`
	points := `"id":"urn:d","resultType":"RawScore","requiredValue":"60"`
	percents := `"id":"urn:d","resultType":"Percent","requiredValue":"80%"`
	bare := `"id":"urn:d","resultType":"LetterGrade","requiredValue":"4.0"`
	ranged := `"id":"urn:d","resultType":"ext:Grade","valueMin":"1","valueMax":"6","requiredValue":"4"`
	turned := `"id":"urn:d","resultType":"RawScore","valueMin":"6","valueMax":"1","requiredValue":"4"`
	rubric := func(low, high string) string {
		return `"id":"urn:d","resultType":"RubricCriterionLevel","requiredLevel":"urn:2","rubricCriterionLevel":[{"id":"urn:1"` + low + `},{"id":"urn:2"},{"id":"urn:3"` + high + `}]`
	}
	pointed := `"id":"urn:d","requiredLevel":"urn:2","rubricCriterionLevel":[{"id":"urn:1","points":"3"},{"id":"urn:2","points":"2"},{"id":"urn:3","points":"2"}]`
	link := `"resultDescription":"urn:d",`
	for name, c := range map[string]struct {
		description, result string
		want                badge.Attainment
	}{
		"grade":                {letters, link + `"value":"B"`, badge.Attained},
		"grade, in small":      {letters, link + `"value":" b "`, badge.Attained},
		"same grade":           {letters, link + `"value":"C"`, badge.Attained},
		"lower grade":          {letters, link + `"value":"D"`, badge.Unattained},
		"unknown grade":        {letters, link + `"value":"X"`, badge.Unsaid},
		"less is more":         {german, link + `"value":"1.0"`, badge.Attained},
		"more is less":         {german, link + `"value":"5"`, badge.Unattained},
		"in between":           {german, link + `"value":"1.3"`, badge.Unsaid},
		"list over range":      {mixed, link + `"value":"6"`, badge.Unattained},
		"not in the list":      {mixed, link + `"value":"5"`, badge.Unsaid},
		"points":               {points, link + `"value":"60,5"`, badge.Attained},
		"few points":           {points, link + `"value":"59.9"`, badge.Unattained},
		"points of how many":   {points, link + `"value":"61 of 100"`, badge.Unsaid},
		"points in percent":    {points, link + `"value":"61%"`, badge.Unsaid},
		"no points":            {points, link + `"status":"Completed"`, badge.Unsaid},
		"percent":              {percents, link + `"value":"80.5"`, badge.Attained},
		"few percent":          {percents, link + `"value":"79"`, badge.Unattained},
		"percent as fraction":  {percents, link + `"value":"0.9"`, badge.Unsaid},
		"number for a grade":   {bare, link + `"value":"1.0"`, badge.Unsaid},
		"the very number":      {bare, link + `"value":"4,0"`, badge.Attained},
		"in a range":           {ranged, link + `"value":"4.5"`, badge.Attained},
		"low in a range":       {ranged, link + `"value":"3.5"`, badge.Unattained},
		"in a turned range":    {turned, link + `"value":"5"`, badge.Unsaid},
		"level":                {rubric("", ""), link + `"achievedLevel":"urn:3"`, badge.Attained},
		"the very level":       {rubric("", ""), link + `"achievedLevel":"urn:2"`, badge.Attained},
		"lower level":          {rubric("", ""), link + `"achievedLevel":"urn:1"`, badge.Unattained},
		"unknown level":        {rubric("", ""), link + `"achievedLevel":"urn:9"`, badge.Unsaid},
		"no level":             {rubric("", ""), link + `"value":"3"`, badge.Unsaid},
		"points of one level":  {rubric("", `,"points":"1"`), link + `"achievedLevel":"urn:3"`, badge.Unsaid},
		"points over order":    {pointed, link + `"achievedLevel":"urn:1"`, badge.Attained},
		"points alike":         {pointed, link + `"achievedLevel":"urn:3"`, badge.Unsaid},
		"no result":            {letters, `"value":"D"`, badge.Unsaid},
		"completed":            {letters, `"status":"Completed"`, badge.Attained},
		"failed":               {letters, link + `"value":"A","status":"Failed"`, badge.Unattained},
		"on hold":              {letters, link + `"value":"A","status":"OnHold"`, badge.Unsaid},
		"provisional, too low": {letters, link + `"value":"D","status":"Provisional"`, badge.Unattained},
	} {
		if got := outcome(t, c.description, c.result).Met; got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

// TestOutcomeValues has the scales, and demands that are not the issuer's.
func TestOutcomeValues(t *testing.T) {
	o := outcome(t, `"id":"urn:d","name":{"en":"Grade"},"resultType":"LetterGrade","allowedValue":["C","B","A"]`, `"resultDescription":"urn:d","value":"B"`)
	if o.Scale != badge.Ranked || o.Rank != 1 || o.Name != "Grade" || o.Type != "LetterGrade" || o.Achievement != "urn:a" || o.Description != "urn:d" || o.Pointer != "/credentialSubject/result/0" {
		t.Errorf("%+v", o)
	}
	for value, want := range map[string]badge.Attainment{"A": badge.Unattained, "B": badge.Attained, "C": badge.Attained, "F": badge.Unsaid, "": badge.Unsaid} {
		if got := o.AtLeast(value); got != want {
			t.Errorf("at least %q: %d", value, got)
		}
	}
	if o := outcome(t, `"id":"urn:d","resultType":"Percent"`, `"resultDescription":"urn:d","value":"85"`); o.Scale != badge.Percentage || o.Number != 85 {
		t.Errorf("%+v", o)
	}
	if o := outcome(t, ``, `"value":"3,7"`); o.Scale != badge.Numeric || o.Number != 3.7 || o.Rank != -1 || o.AtLeast("3.7") != badge.Attained || o.AtLeast("3.6") != badge.Unsaid {
		t.Errorf("%+v", o)
	}
	for _, value := range []string{"NaN", "Inf", "1e3", "0x10", "1_0", "1,000", "--1", "1.", "١", strings.Repeat("9", 19)} {
		quoted, _ := json.Marshal(value)
		if o := outcome(t, ``, `"value":`+string(quoted)); o.Scale != badge.Worded {
			t.Errorf("%q is a number: %+v", value, o)
		}
	}
	level := outcome(t, `"id":"urn:d","rubricCriterionLevel":[{"id":"urn:1"},{"id":"urn:2","name":"N","level":"L","points":"4.5"}]`, `"resultDescription":"urn:d","achievedLevel":"urn:2"`).Level
	if level == nil || *level != (badge.RubricLevel{ID: "urn:2", Name: "N", Level: "L", Points: 4.5, HasPoints: true, Rank: 1}) {
		t.Errorf("%+v", level)
	}
	if (badge.Outcome{}).AtLeast("A") != badge.Unsaid {
		t.Error("the zero outcome is at least something")
	}
}
