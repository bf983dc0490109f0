package main

import (
	"strings"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

// says shows what the credential states: what was earned, by whom, from whom, and when it holds.
func (t *text) says(r *verify.Report, b *badge.Badge) {
	subject, issuer := b.Subject(), b.Issuer()
	achievement := subject.Achievement
	t.field("badge", firstOf(b.Name(), strings.Join(r.Credential.Type, ", ")))
	if achievement.Name != b.Name() {
		t.field("achievement", achievement.Name)
	}
	t.field("", achievement.Description)
	t.field("kind", achievement.AchievementType)
	t.field("issued by", named(issuer.Name, r.Credential.Issuer))
	t.field("earned by", recipient(subject))
	t.field("criteria", firstOf(achievement.Criteria.Narrative, achievement.Criteria.ID))
	for _, a := range achievement.Alignment {
		t.field("skill", named(a.TargetName, a.TargetFramework))
	}
	for _, e := range b.Evidence() {
		t.field("evidence", named(e.Name, e.ID))
	}
	t.field("valid", period(b))
}

// named joins a name with what identifies it.
func named(name, id string) string {
	switch {
	case name == "":
		return id
	case id == "":
		return name
	}
	return name + " (" + id + ")"
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// recipient says how the badge names who earned it. A hash tells nothing to a person, so that its
// kind is named instead.
func recipient(s badge.Subject) string {
	var names []string
	if s.ID != "" {
		names = append(names, s.ID)
	}
	for _, i := range s.Identifier {
		if i.Hashed {
			names = append(names, "a hidden "+i.IdentityType+" (--recipient "+i.IdentityType+"=… compares)")
		} else {
			names = append(names, i.IdentityHash+" ("+i.IdentityType+")")
		}
	}
	if len(names) == 0 {
		return "nobody in particular: the badge does not say"
	}
	return strings.Join(names, "; ")
}

// period is the period of validity in dates.
func period(b *badge.Badge) string {
	from, hasFrom := b.Shown().ValidFrom()
	until, hasUntil := b.Shown().ValidUntil()
	switch {
	case hasFrom && hasUntil:
		return from.Format(time.DateOnly) + " to " + until.Format(time.DateOnly)
	case hasFrom:
		return "from " + from.Format(time.DateOnly) + ", without end"
	case hasUntil:
		return "until " + until.Format(time.DateOnly)
	}
	return ""
}
