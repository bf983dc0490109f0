package main

import (
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc"
)

// frameworkWords are the frameworks of skills that are known by name.
var frameworkWords = map[badge.Framework]string{
	badge.CASE: "CASE", badge.CTDL: "Credential Engine (CTDL)", badge.ESCO: "ESCO", badge.ONET: "O*NET", badge.Custom: "",
}

// skills are those of a badge, each with its framework, its code there, and the level reached.
func skills(c *vc.Credential) []string {
	var all []string
	told := map[string]bool{}
	for _, s := range badge.Skills(c) {
		word := skillWord(s)
		if !told[word] {
			told[word] = true
			all = append(all, word)
		}
	}
	return all
}

// skillWord says what a skill is, and whether it was reached. That the badge was awarded says so where nothing else
// is said.
func skillWord(s badge.Skill) string {
	framework := frameworkWords[s.Framework]
	if s.FrameworkName != "" && !strings.Contains(framework, s.FrameworkName) {
		framework = joined(", ", s.FrameworkName, framework)
	}
	said := named(firstOf(s.Name, link(s.URL)), joined(", ", framework, labelled("code ", s.Code)))
	switch {
	case s.Attained == badge.Unsaid:
		return said + ": the badge does not say whether it was reached"
	case s.Outcome == nil:
		return said
	case s.Attained == badge.Unattained:
		said += ": not reached"
	default:
		said = joined(" at ", said+": reached", levelWord(*s.Outcome))
	}
	return said + labelled(", by the result ", quoted(firstOf(s.Outcome.Name, s.Outcome.Type)))
}

// results are those of a badge as its descriptions explain them.
func results(c *vc.Credential) []string {
	var all []string
	for _, o := range badge.Outcomes(c) {
		if word := outcomeWord(o); word != "" {
			all = append(all, word)
		}
	}
	return all
}

// outcomeWord says what a result is: its name, its value on its scale, its level, and what it is worth.
func outcomeWord(o badge.Outcome) string {
	value := o.Value
	if o.Scale == badge.Percentage && value != "" && !strings.Contains(value, "%") {
		value += " %"
	}
	if value != "" {
		value += scaleWord(o)
	}
	said := joined(", ", value, levelWord(o), o.Status, metWord(o))
	return joined(": ", firstOf(o.Name, o.Type), said)
}

// scaleWord says what a value is out of.
func scaleWord(o badge.Outcome) string {
	switch {
	case o.Rank >= 0 && len(o.Allowed) > 1:
		return " (on a scale from " + o.Allowed[0] + " to " + o.Allowed[len(o.Allowed)-1] + ")"
	case o.Min != "" && o.Max != "":
		return " (of " + o.Min + " to " + o.Max + ")"
	case o.Max != "":
		return " (of " + o.Max + ")"
	}
	return ""
}

// levelWord names the level of a rubric that was reached.
func levelWord(o badge.Outcome) string {
	if o.Level == nil {
		return ""
	}
	said := "level " + firstOf(quoted(o.Level.Name), firstOf(o.Level.Level, link(o.Level.ID)))
	if o.Level.HasPoints {
		said += " (" + strconv.FormatFloat(o.Level.Points, 'f', -1, 64) + " points)"
	}
	return said
}

// metWord says whether a result is what is required.
func metWord(o badge.Outcome) string {
	required := o.RequiredValue
	if required == "" && o.RequiredLevel != "" {
		required = "level"
	}
	switch {
	case required == "":
		return ""
	case o.Met == badge.Attained:
		return "at least the required " + required
	case o.Met == badge.Unattained:
		return "below the required " + required
	}
	return "required is " + required
}
