package badge

import (
	"slices"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// The rules of this file span several objects of an AchievementSubject. What the specification demands is a
// breach: that a result's description is in the achievement ("must be in the achievement that is being
// asserted"), that a status is there where it is "required", that a value is an "allowed" one that "may be
// asserted", that ids are "unique". What it merely defines, so that a badge which departs from it is at
// odds with itself and still says something, is tolerated (Open Badges 3.0, classes Result,
// ResultDescription and RubricCriterionLevel). The complete example of the specification itself has the level of one description
// in the result of another.
//
// No rule says that an activity ends after it started, that a criterion says anything, or that a result
// reaches what is required; warnings tell. Not checked, since nothing is said of it: the order of
// awardedDate and validFrom, and whether a value is written as its resultType suggests.

// rubric is what results are checked against: the descriptions of an achievement and their levels, by id.
type rubric struct {
	descriptions map[string]strict.Value
	levels       map[string]strict.Value
}

// rubricOf reads the descriptions of an achievement. The first of several with one id counts.
func rubricOf(achievement strict.Value) rubric {
	r := rubric{map[string]strict.Value{}, map[string]strict.Value{}}
	for d := range objects(achievement.Get("resultDescription")) {
		remember(r.descriptions, d)
		for l := range objects(d.Get("rubricCriterionLevel")) {
			remember(r.levels, l)
		}
	}
	return r
}

// remember adds an object by its id, and returns the one that had it before.
func remember(known map[string]strict.Value, v strict.Value) strict.Value {
	id := v.Get("id").Text()
	before, again := known[id]
	if id != "" && !again {
		known[id] = v
	}
	return before
}

// results checks a subject with its achievement and its results.
func (k *checker) results(subject strict.Value) {
	achievement := first(subject.Get("achievement"))
	r := rubricOf(achievement)
	k.unique(achievement)
	for d := range objects(achievement.Get("resultDescription")) {
		k.description(d)
	}
	for v := range objects(subject.Get("result")) {
		if k.full() {
			break
		}
		k.result(v, r)
	}
	for _, o := range outcomesOf(award{subject: spot{v: subject}, achievement: spot{v: achievement}}) {
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
func (k *checker) description(d strict.Value) {
	if level := d.Get("requiredLevel"); level.Text() != "" && !hasLevel(d, level.Text()) {
		k.tolerate(codeReference, level, "the required level is none of the levels of this result description")
	}
	if low, high, ok := comparable(d.Get("valueMin").Text(), d.Get("valueMax").Text(), d.Get("resultType").Text()); ok && low > high {
		k.tolerate(codeValue, d.Get("valueMin"), "the minimum is more than the maximum")
		return
	}
	if v := d.Get("requiredValue"); v.Text() != "" && outside(d, v.Text()) != "" {
		k.tolerate(codeValue, v, "the required value is "+outside(d, v.Text()))
	}
}

// hasLevel reports whether a description has the level with this id.
func hasLevel(d strict.Value, id string) bool {
	for l := range objects(d.Get("rubricCriterionLevel")) {
		if l.Get("id").Text() == id {
			return true
		}
	}
	return false
}

// result checks a result against its description.
func (k *checker) result(v strict.Value, r rubric) {
	link := v.Get("resultDescription")
	d := r.descriptions[link.Text()]
	if link.Kind() == strict.String && !d.Exists() {
		k.fail(codeReference, link, "no result description of the achievement has this id")
	}
	level := v.Get("achievedLevel")
	switch {
	case level.Kind() != strict.String || d.Exists() && hasLevel(d, level.Text()):
	case !r.levels[level.Text()].Exists():
		k.fail(codeReference, level, "no rubric level of the achievement has this id")
	case d.Exists():
		k.tolerate(codeReference, level, "this level is of another result description than the one that the result names")
	}
	if d.Get("resultType").Text() == "Status" && !v.Get("status").Exists() {
		k.missing(v, "status", "a result of the type Status needs a status")
	}
	if value := v.Get("value"); value.Text() != "" {
		if wrong := outside(d, value.Text()); wrong != "" {
			k.fail(codeValue, value, "the value is "+wrong)
		}
	}
}

// outside says why a description does not allow a value, "" where it does or nothing can be said: numbers
// that cannot be read, or a range the wrong way round, exclude nothing. A value is allowed by being among the
// allowed ones or in the range, where there are both.
func outside(d strict.Value, value string) string {
	allowed := texts(d.Get("allowedValue"))
	if _, ok := rank(allowed, value); ok {
		return ""
	}
	lo, hi, kind := d.Get("valueMin").Text(), d.Get("valueMax").Text(), d.Get("resultType").Text()
	if low, high, ok := comparable(lo, hi, kind); ok && low > high {
		return ""
	}
	n, low, okLow := comparable(value, lo, kind)
	m, high, okHigh := comparable(value, hi, kind)
	switch {
	case okLow && n < low:
		return "less than the minimum, " + clip(lo)
	case okHigh && m > high:
		return "more than the maximum, " + clip(hi)
	case len(allowed) > 0 && !okLow && !okHigh:
		return "none of the allowed ones"
	}
	return ""
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

// rank returns the index of a value in a list, whether written alike or as the same number.
func rank(list []string, value string) (int, bool) {
	if i := slices.Index(list, value); i >= 0 {
		return i, true
	}
	n, ok := number(value)
	for i, s := range list {
		if m, isNumber := number(s); ok && isNumber && m == n || strings.EqualFold(strings.TrimSpace(s), strings.TrimSpace(value)) {
			return i, true
		}
	}
	return 0, false
}

// clip quotes a stranger's text in a sentence.
func clip(s string) string {
	if len(s) > maxShown {
		s = s[:maxShown] + "…"
	}
	return strconv.Quote(s)
}
