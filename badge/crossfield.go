package badge

import (
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// The rules of this file span several objects. What the specification demands is a
// breach: that a result's description is in the achievement ("must be in the achievement that is being
// asserted"), that a status is there where it is "required", that a value is an "allowed" one that "may be
// asserted", that ids are "unique". What it merely defines, so that a badge which departs from it is at
// odds with itself and still says something, is tolerated (Open Badges 3.0, classes Result,
// ResultDescription and RubricCriterionLevel). The complete example of the specification itself has the level
// of one description in a result of another.
//
// No rule says that an activity ends after it started, that criteria say anything, or that a result
// reaches what is required; warnings tell. Not checked, since nothing is said of it: the order of
// awardedDate and validFrom, and whether a value is written as its resultType suggests.

// results checks a subject with its achievement and its results.
func (k *checker) results(subject strict.Value) {
	achievement := first(subject.Get("achievement"))
	r := rubricOf(achievement)
	k.unique(achievement)
	for v := range objects(achievement.Get("resultDescription")) {
		if k.full() {
			break
		}
		k.description(descriptionOf(v))
	}
	for v := range objects(subject.Get("result")) {
		if k.full() {
			break
		}
		k.result(v, r)
	}
	for _, o := range outcomesOf(award{subject: spot{v: subject}, achievement: spot{v: achievement}}) {
		if len(k.advice) == MaxFindings {
			break
		}
		if o.Met == Unattained {
			k.advise(codeUnattained, subject.Lookup(o.Pointer), "the result is not what the achievement requires, or its status is not one of success")
		}
	}
	if c := first(achievement.Get("criteria")); c.Kind() == strict.Object && !c.Get("id").Exists() && !c.Get("narrative").Exists() {
		k.advise(codeRecommended, c, "criteria should have an id or a narrative; these do not say how the achievement is earned")
	}
	start, end := subject.Get("activityStartDate"), subject.Get("activityEndDate")
	if from, ok := instant(start.Text()); ok {
		if to, ok := instant(end.Text()); ok && to.Before(from) {
			k.advise(codeValue, end, "the activity ended before it started")
		}
	}
}

// unique checks that no two descriptions, and no two levels, have one id. To write the same down twice is
// tolerated.
func (k *checker) unique(achievement strict.Value) {
	descriptions, levels := map[string]strict.Value{}, map[string]strict.Value{}
	for d := range objects(achievement.Get("resultDescription")) {
		k.again(remember(descriptions, d), d, "a result description")
		for l := range objects(d.Get("rubricCriterionLevel")) {
			k.again(remember(levels, l), l, "a rubric level")
		}
	}
}

// again reports an object whose id another one had before.
func (k *checker) again(before, v strict.Value, what string) {
	detail := "the id of " + what + " is unique; an earlier one has this id, too"
	switch id := v.Get("id"); {
	case !before.Exists():
	case before.Raw() == v.Raw():
		k.tolerate(codeValue, id, detail)
	default:
		k.fail(codeValue, id, detail)
	}
}

// description checks what a result description requires.
func (k *checker) description(d *description) {
	if level := d.v.Get("requiredLevel"); d.requiredLevel != "" && d.level(d.requiredLevel) < 0 {
		k.tolerate(codeReference, level, "the required level is none of the levels of this result description")
	}
	if d.reversed() {
		k.tolerate(codeValue, d.v.Get("valueMin"), "the minimum is more than the maximum")
	}
	if d.requiredValue != "" {
		if wrong := d.outside(d.requiredValue); wrong != "" {
			k.tolerate(codeValue, d.v.Get("requiredValue"), "the required value is "+wrong)
		}
	}
}

// result checks a result against its description.
func (k *checker) result(v strict.Value, r rubric) {
	link := v.Get("resultDescription")
	d := r.descriptions[word(link)]
	if word(link) != "" && d == nil {
		k.fail(codeReference, link, "no result description of the achievement has this id")
	}
	level := v.Get("achievedLevel")
	switch id := word(level); {
	case id == "" || d.level(id) >= 0:
	case r.levels[id].ID == "":
		k.fail(codeReference, level, "no rubric level of the achievement has this id")
	case d != nil:
		k.tolerate(codeReference, level, "this level is of another result description than the one that the result names")
	}
	if d != nil && d.kind == "Status" && !v.Get("status").Exists() {
		k.missing(v, "status", "a result of the type Status needs a status")
	}
	if value := v.Get("value"); word(value) != "" {
		if wrong := d.outside(word(value)); wrong != "" {
			k.fail(codeValue, value, "the value is "+wrong)
		}
	}
}

// associations checks that what the associations of a CLR relate is in it. Nothing that could be read says
// that it must be, and records of 1EdTech's own name others, so that these are warnings. Where credentials are
// in envelopes, what is in the record is not known here.
func (k *checker) associations(subject strict.Value) {
	known := map[string]bool{}
	if !contained(subject, known) {
		return
	}
	for a := range objects(subject.Get("association")) {
		for _, name := range [...]string{"sourceId", "targetId"} {
			if id := a.Get(name); id.Text() != "" && !known[id.Text()] {
				k.advise(codeReference, id, "no achievement and no credential in this record has this id")
			}
		}
	}
}

// contained collects the ids of the achievements and credentials in a subject, and reports whether it could
// see all of them.
func contained(subject strict.Value, known map[string]bool) bool {
	for a := range objects(subject.Get("achievement")) {
		known[a.Get("id").Text()] = true
	}
	all := true
	for c := range subject.Get("verifiableCredential").Each() {
		if c.Kind() != strict.Object || c.Get("type").Has(envelope) {
			all = false
			continue
		}
		known[c.Get("id").Text()] = true
		for s := range objects(c.Get("credentialSubject")) {
			all = contained(s, known) && all
		}
	}
	return all
}

// clip quotes a stranger's text in a sentence.
func clip(s string) string {
	if len(s) > maxShown {
		s = s[:maxShown] + "…"
	}
	return strconv.Quote(s)
}
