package badge_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

// graded is a badge with a result of every kind, each as its description wants it.
const graded = `{
  "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
  "id": "urn:uuid:b5f2", "type": ["VerifiableCredential", "AchievementCredential"],
  "issuer": {"id": "did:web:example.edu", "type": ["Profile"]}, "validFrom": "2026-01-01T00:00:00Z",
  "credentialSubject": {
    "id": "did:example:ada", "type": ["AchievementSubject"],
    "activityStartDate": "2025-01-01T00:00:00+02:00", "activityEndDate": "2025-02-01T00:00:00Z",
    "result": [
      {"type": ["Result"], "resultDescription": "urn:grade", "value": "B"},
      {"type": ["Result"], "resultDescription": "urn:points", "value": "71.5"},
      {"type": ["Result"], "resultDescription": "urn:level", "achievedLevel": "urn:level:high"},
      {"type": ["Result"], "resultDescription": "urn:status", "status": "Completed"},
      {"type": ["Result"], "value": "anything"}
    ],
    "achievement": {"id": "urn:uuid:a1", "type": ["Achievement"], "criteria": {"narrative": "n"}, "description": "d", "name": "n",
      "resultDescription": [
        {"id": "urn:grade", "type": ["ResultDescription"], "name": "Grade", "resultType": "LetterGrade", "allowedValue": ["D", "C", "B", "A"], "requiredValue": "C"},
        {"id": "urn:points", "type": ["ResultDescription"], "name": "Points", "resultType": "RawScore", "valueMin": "0", "valueMax": "100", "requiredValue": "60"},
        {"id": "urn:level", "type": ["ResultDescription"], "name": "Level", "resultType": "RubricCriterionLevel", "requiredLevel": "urn:level:mid",
         "rubricCriterionLevel": [
           {"id": "urn:level:low", "type": ["RubricCriterionLevel"], "name": "Low", "points": "1"},
           {"id": "urn:level:mid", "type": ["RubricCriterionLevel"], "name": "Middle", "points": "2"},
           {"id": "urn:level:high", "type": ["RubricCriterionLevel"], "name": "High", "points": "3"}]},
        {"id": "urn:status", "type": ["ResultDescription"], "name": "Status", "resultType": "Status"}
      ]}
  }
}`

const (
	result0   = "/credentialSubject/result/"
	described = "/credentialSubject/achievement/resultDescription/"
)

// crossed are changes to the graded badge: what fails, what is tolerated, and what is a warning under every policy.
var crossed = map[string]struct {
	breach
	outcome  verify.Outcome // of the check
	strictly verify.Outcome
}{
	"dangling description": {breach{`"urn:grade", "value"`, `"urn:other", "value"`, "badge.reference " + result0 + "0/resultDescription"}, verify.Failed, verify.Failed},
	"dangling level":       {breach{`"achievedLevel": "urn:level:high"`, `"achievedLevel": "urn:level:top"`, "badge.reference " + result0 + "2/achievedLevel"}, verify.Failed, verify.Failed},
	"dangling alone":       {breach{`"value": "anything"`, `"achievedLevel": "urn:x"`, "badge.reference " + result0 + "4/achievedLevel"}, verify.Failed, verify.Failed},
	"level of no result":   {breach{`"value": "anything"`, `"achievedLevel": "urn:level:low"`, ""}, verify.Passed, verify.Passed},
	"level of another":     {breach{`"value": "B"`, `"achievedLevel": "urn:level:low"`, "badge.reference " + result0 + "0/achievedLevel"}, verify.Passed, verify.Failed},
	"no status":            {breach{`, "status": "Completed"`, ``, "badge.missing " + result0 + "3/status"}, verify.Failed, verify.Failed},
	"value for status":     {breach{`"status": "Completed"`, `"value": "Completed"`, "badge.missing " + result0 + "3/status"}, verify.Failed, verify.Failed},
	"value not allowed":    {breach{`"value": "B"`, `"value": "E"`, "badge.value " + result0 + "0/value"}, verify.Failed, verify.Failed},
	"value in small":       {breach{`"value": "B"`, `"value": " b"`, ""}, verify.Passed, verify.Passed},
	"value in a list":      {breach{`"value": "B"`, `"value": {"en": "E"}`, ""}, verify.Passed, verify.Passed},
	"below the minimum":    {breach{`"value": "71.5"`, `"value": "-0.5"`, "badge.value " + result0 + "1/value"}, verify.Failed, verify.Failed},
	"above the maximum":    {breach{`"value": "71.5"`, `"value": "100,5"`, "badge.value " + result0 + "1/value"}, verify.Failed, verify.Failed},
	"at the minimum":       {breach{`"value": "71.5"`, `"value": "0"`, ""}, verify.Passed, verify.Passed},
	"at the maximum":       {breach{`"value": "71.5"`, `"value": "100.0"`, ""}, verify.Passed, verify.Passed},
	"no number":            {breach{`"value": "71.5"`, `"value": "71 of 100"`, ""}, verify.Passed, verify.Passed},
	"percent of points":    {breach{`"value": "71.5"`, `"value": "171%"`, ""}, verify.Passed, verify.Passed},
	"thousands":            {breach{`"value": "71.5"`, `"value": "1,000"`, ""}, verify.Passed, verify.Passed},
	"range reversed":       {breach{`"valueMin": "0"`, `"valueMin": "200"`, "badge.value " + described + "1/valueMin"}, verify.Passed, verify.Failed},
	"required value":       {breach{`"requiredValue": "C"`, `"requiredValue": "F"`, "badge.value " + described + "0/requiredValue"}, verify.Passed, verify.Failed},
	"required too much":    {breach{`"requiredValue": "60"`, `"requiredValue": "160"`, "badge.value " + described + "1/requiredValue"}, verify.Passed, verify.Failed},
	"required level":       {breach{`"requiredLevel": "urn:level:mid"`, `"requiredLevel": "urn:level:none"`, "badge.reference " + described + "2/requiredLevel"}, verify.Passed, verify.Failed},
	"description twice":    {breach{`"id": "urn:status", "type"`, `"id": "urn:points", "type"`, "badge.reference " + result0 + "3/resultDescription, badge.value " + described + "3/id"}, verify.Failed, verify.Failed},
	"level twice":          {breach{`"id": "urn:level:low"`, `"id": "urn:level:mid"`, "badge.value " + described + "2/rubricCriterionLevel/1/id"}, verify.Failed, verify.Failed},
	"level repeated": {breach{`"resultType": "Status"}`, `"resultType": "Status", "rubricCriterionLevel": [{"id": "urn:level:low", "type": ["RubricCriterionLevel"], "name": "Low", "points": "1"}]}`,
		"badge.value " + described + "3/rubricCriterionLevel/0/id"}, verify.Passed, verify.Failed},
}

// TestCrossFields breaks one rule between objects at a time.
func TestCrossFields(t *testing.T) {
	if r := check(t, open(t, graded)); r.Outcome != verify.Passed || len(r.Warnings) != 0 {
		t.Fatalf("the badge itself: %+v", r)
	}
	for name, c := range crossed {
		t.Run(name, func(t *testing.T) {
			b := open(t, change(t, graded, c.old, c.new))
			if got := places(badge.Conform(b.Credential())); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if r := check(t, b); r.Outcome != c.outcome {
				t.Errorf("check: %+v", r)
			}
			if r := strictly(t, b); r.Outcome != c.strictly {
				t.Errorf("strictly: %+v", r)
			}
		})
	}
}

// TestAllowedOrInRange has a description with both: a value is allowed by either.
func TestAllowedOrInRange(t *testing.T) {
	text := change(t, graded, `"allowedValue": ["D", "C", "B", "A"], "requiredValue": "C"`, `"allowedValue": ["pass"], "valueMin": "1", "valueMax": "6"`)
	for value, want := range map[string]string{"pass": "", "5.5": "", "7": "badge.value " + result0 + "0/value", "fail": "badge.value " + result0 + "0/value"} {
		if got := places(badge.Conform(open(t, change(t, text, `"value": "B"`, `"value": "`+value+`"`)).Credential())); got != want {
			t.Errorf("%s: %s", value, got)
		}
	}
}

// TestAdvice has what is no breach, and a warning also under a strict policy; each with a twin that has none.
func TestAdvice(t *testing.T) {
	for name, c := range map[string]struct{ text, old, new, want string }{
		"grade too low":       {graded, `"value": "B"`, `"value": "D"`, "badge.unattained " + result0 + "0"},
		"grade just enough":   {graded, `"value": "B"`, `"value": "C"`, ""},
		"points too few":      {graded, `"value": "71.5"`, `"value": "59"`, "badge.unattained " + result0 + "1"},
		"points just enough":  {graded, `"value": "71.5"`, `"value": "60.0"`, ""},
		"level too low":       {graded, `"achievedLevel": "urn:level:high"`, `"achievedLevel": "urn:level:low"`, "badge.unattained " + result0 + "2"},
		"level just enough":   {graded, `"achievedLevel": "urn:level:high"`, `"achievedLevel": "urn:level:mid"`, ""},
		"failed":              {graded, `"Completed"`, `"Failed"`, "badge.unattained " + result0 + "3"},
		"withdrew":            {graded, `"Completed"`, `"Withdrew"`, "badge.unattained " + result0 + "3"},
		"under way":           {graded, `"Completed"`, `"InProgress"`, "badge.unattained " + result0 + "3"},
		"provisional":         {graded, `"Completed"`, `"Provisional"`, ""},
		"ended before":        {graded, `"2025-02-01T00:00:00Z"`, `"2024-12-31T21:59:59Z"`, "badge.value /credentialSubject/activityEndDate"},
		"ended at once":       {graded, `"2025-02-01T00:00:00Z"`, `"2024-12-31T22:00:00Z"`, ""},
		"criteria of nothing": {graded, `"criteria": {"narrative": "n"}`, `"criteria": {}`, "badge.recommended /credentialSubject/achievement/criteria"},
		"criteria by id":      {graded, `"criteria": {"narrative": "n"}`, `"criteria": {"id": "https://e/c"}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, change(t, c.text, c.old, c.new))
			if got := places(badge.Conform(b.Credential())); got != "" {
				t.Errorf("breaches: %s", got)
			}
			for _, r := range []verify.Result{check(t, b), strictly(t, b)} {
				var got []string
				for _, w := range r.Warnings {
					got = append(got, w.Code+" "+w.Pointer)
				}
				if r.Outcome != verify.Passed || strings.Join(got, ", ") != c.want {
					t.Errorf("%v, warnings %v, want %s", r.Outcome, got, c.want)
				}
			}
		})
	}
}

// TestCrossFieldsCost holds the work on many results of many descriptions to their number.
func TestCrossFieldsCost(t *testing.T) {
	var values, results, descriptions strings.Builder
	for i := range 9_000 {
		fmt.Fprintf(&values, `"%d",`, i)
		fmt.Fprintf(&results, `{"type":["Result"],"resultDescription":"urn:grade","value":"%d.0"},`, 8_999-i)
		fmt.Fprintf(&descriptions, `{"id":"urn:d%d","type":["ResultDescription"],"name":"n","resultType":"Result"},`, i)
	}
	text := change(t, graded, `["D", "C", "B", "A"], "requiredValue": "C"`, "["+values.String()+`"A","B","C"]`)
	text = change(t, text, `"result": [`, `"result": [`+results.String())
	text = change(t, text, `"resultDescription": [`, `"resultDescription": [`+descriptions.String())
	c := open(t, text).Credential()
	start := time.Now()
	if got := places(badge.Conform(c)); got != "" {
		t.Error(got)
	}
	badge.Skills(c)
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("%v", took)
	}
}
