package main

import (
	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
)

// associationWords say how one achievement stands to another (CLR 2.0, AssociationType).
var associationWords = map[string]string{
	"exactMatchOf": "is the same as", "isChildOf": "is part of", "isParentOf": "has as a part", "isPartOf": "is part of",
	"isPeerOf": "stands beside", "isRelatedTo": "is related to", "precedes": "comes before", "replacedBy": "was replaced by",
}

// record says what a learner record holds and how that is related. The credentials inside have verdicts of their
// own, and stand below.
func (t *text) record(r *verify.Report, b *badge.Badge) {
	clr := badge.Read[badge.ClrCredential](b.Shown().Value(), t.languages...)
	subject := clr.CredentialSubject
	held := 0
	for _, n := range r.Credentials {
		if n.Within == withinRecord {
			held++
		}
	}
	said := count(held, "credential, see below", "credentials, see below")
	if _, ok := r.Check(withinRecord); !ok || held == 0 {
		said = "no credential that was judged"
	}
	if clr.Partial {
		said += "; it says itself that there are more elsewhere"
	}
	t.field("holds", said)
	var names []string
	for _, a := range subject.Achievement {
		names = append(names, named(firstOf(a.Name, link(a.ID)), joined(", ", a.AchievementType, a.HumanCode)))
	}
	t.list("achievement", names)
	t.list("skill", skills(b.Shown()))
	t.list("relation", relations(subject.Association, t.names(b, subject)))
}

// relations are the associations of a record in words.
func relations(associations []badge.Association, names map[string]string) []string {
	var all []string
	called := callers(associations, names)
	for _, a := range associations[:min(len(associations), maxMembers)] {
		all = append(all, called(a.SourceID)+" "+firstOf(associationWords[a.AssociationType], a.AssociationType)+" "+called(a.TargetID))
	}
	return all
}

// callers says what the ends of associations are called: by name, where that tells them apart, and by their ids.
func callers(associations []badge.Association, names map[string]string) func(id string) string {
	ids := map[string]string{} // the one id that has the name, "" for several
	for _, a := range associations {
		for _, id := range [...]string{a.SourceID, a.TargetID} {
			if other, there := ids[names[id]]; there && other != id {
				ids[names[id]] = ""
			} else {
				ids[names[id]] = id
			}
		}
	}
	return func(id string) string {
		name := names[id]
		if name != "" && ids[name] == id {
			return quoted(short(name))
		}
		return named(labelled("", quoted(short(name))), link(id))
	}
}

// names are what the achievements and credentials of a record are called, by their ids.
func (t *text) names(b *badge.Badge, s badge.ClrSubject) map[string]string {
	names := map[string]string{}
	add := func(id, name string) {
		if names[id] == "" {
			names[id] = name
		}
	}
	for _, a := range s.Achievement {
		add(a.ID, a.Name)
	}
	for _, subject := range b.Shown().Subjects() {
		for v := range subject.Get("verifiableCredential").Each() {
			if inner := opened(vc.ParseInside(v, vc.Limits{}).Credential); inner != nil {
				inner = inner.In(t.languages...)
				add(inner.Subject().Achievement.ID, inner.Subject().Achievement.Name)
				add(inner.Credential().ID(), inner.Name())
			}
		}
	}
	return names
}

// opened is the badge of a credential inside another document; nil where there is none.
func opened(c *vc.Credential) *badge.Badge {
	if c == nil {
		return nil
	}
	b, err := badge.Open(c.Raw())
	if err != nil {
		return nil
	}
	return b
}
