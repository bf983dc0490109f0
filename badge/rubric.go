package badge

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// rubric is what results are checked against and measured by: the descriptions of an achievement, and all
// their levels, by id. It is read once for an achievement, so that the work for each result is the same however
// many there are.
type rubric struct {
	descriptions map[string]*description
	levels       map[string]RubricLevel // without their ranks
}

// description is a ResultDescription. The nil one is that of a result without, and says nothing. What is asked
// for each result is read before: an object may have more members than an achievement has results.
type description struct {
	v                            strict.Value
	id, name                     string
	kind, min, max               string
	requiredValue, requiredLevel string
	allowed                      []string
	ranks                        map[string]int // of the allowed values, as written and in the form of folded
	levels                       map[string]int // index by id
}

// rubricOf reads the descriptions of an achievement. The first of several with one id counts.
func rubricOf(achievement strict.Value) rubric {
	r := rubric{map[string]*description{}, map[string]RubricLevel{}}
	for v := range objects(achievement.Get("resultDescription")) {
		d := descriptionOf(v)
		if d.id != "" && r.descriptions[d.id] == nil {
			r.descriptions[d.id] = d
		}
		for l := range objects(v.Get("rubricCriterionLevel")) {
			if level := rubricLevel(l); level.ID != "" && r.levels[level.ID].ID == "" {
				r.levels[level.ID] = level
			}
		}
	}
	return r
}

// descriptionOf reads a description.
func descriptionOf(v strict.Value) *description {
	d := &description{v: v, id: word(v.Get("id")), name: text(v.Get("name")), kind: word(v.Get("resultType")),
		min: text(v.Get("valueMin")), max: text(v.Get("valueMax")),
		requiredValue: text(v.Get("requiredValue")), requiredLevel: text(v.Get("requiredLevel")),
		allowed: texts(v.Get("allowedValue")), ranks: map[string]int{}, levels: map[string]int{}}
	for i, s := range d.allowed {
		for _, key := range [...]string{s, folded(s)} {
			if _, again := d.ranks[key]; !again {
				d.ranks[key] = i
			}
		}
	}
	i := 0
	for l := range objects(v.Get("rubricCriterionLevel")) {
		if id := word(l.Get("id")); id != "" {
			if _, again := d.levels[id]; !again {
				d.levels[id] = i
			}
		}
		i++
	}
	return d
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

// rubricLevel reads a level, but for its rank.
func rubricLevel(v strict.Value) RubricLevel {
	l := RubricLevel{ID: word(v.Get("id")), Name: text(v.Get("name")), Level: text(v.Get("level"))}
	l.Points, l.HasPoints = number(text(v.Get("points")))
	return l
}

// rank returns the index of a value among the allowed ones: of the one that is written alike or, failing that,
// differs in case or white space, or in how the same number is written. It is -1 for none.
func (d *description) rank(value string) int {
	if d == nil || value == "" {
		return -1
	}
	for _, key := range [...]string{value, folded(value)} {
		if i, ok := d.ranks[key]; ok {
			return i
		}
	}
	return -1
}

// level returns the index of a level of the description; -1 for none.
func (d *description) level(id string) int {
	if d != nil {
		if i, ok := d.levels[id]; ok {
			return i
		}
	}
	return -1
}

// outside says why a description does not allow a value, "" where it does or nothing can be said: numbers
// that cannot be read or compared, or a range the wrong way round, exclude nothing. A value is allowed by
// being among the allowed ones or in the range, where there are both.
func (d *description) outside(value string) string {
	if d == nil || d.rank(value) >= 0 || d.reversed() {
		return ""
	}
	n, low, okLow := comparable(value, d.min, d.kind)
	m, high, okHigh := comparable(value, d.max, d.kind)
	switch {
	case okLow && n < low:
		return "less than the minimum, " + clip(d.min)
	case okHigh && m > high:
		return "more than the maximum, " + clip(d.max)
	case len(d.allowed) > 0 && !okLow && !okHigh:
		return "none of the allowed ones"
	}
	return ""
}

// reversed reports whether the minimum is more than the maximum.
func (d *description) reversed() bool {
	low, high, ok := comparable(d.min, d.max, d.kind)
	return ok && low > high
}

// higherIsBetter are the result types of which more is better, unless the allowed values are in another order.
// Of letter grades and performance levels that are numbers, it may be the other way round.
var higherIsBetter = map[string]bool{
	"GradePointAverage": true, "Percent": true, "PredictedScore": true, "RawScore": true, "Result": true,
	"RubricScore": true, "ScaledScore": true,
}

// decimal is how numbers are written in results: with a point, or with a comma before one or two digits, and
// perhaps a percent sign. "1,000" may be a thousand or one, and is no number here.
var decimal = regexp.MustCompile(`^[+-]?[0-9]{1,18}(?:\.[0-9]{1,18}|,[0-9]{1,2})? ?%?$`)

// number reads a number, of percent or not.
func number(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	if !decimal.MatchString(s) {
		return 0, false
	}
	n, err := strconv.ParseFloat(strings.TrimRight(strings.Replace(s, ",", ".", 1), " %"), 64)
	return n, err == nil
}

// percent reports whether a number has a percent sign.
func percent(s string) bool { return strings.HasSuffix(strings.TrimSpace(s), "%") }

// comparable reads two numbers that can be compared: both with a percent sign or both without, or, in a result
// of percent, both of them no fractions of one.
func comparable(a, b, resultType string) (x, y float64, ok bool) {
	x, okX := number(a)
	y, okY := number(b)
	return x, y, okX && okY && (percent(a) == percent(b) || resultType == "Percent" && x > 1 && y > 1)
}

// folded returns a form in which two ways to write a value are the same. It begins with a zero byte, so
// that it is no value itself.
func folded(s string) string {
	if n, ok := number(s); ok {
		return "\x00n" + strconv.FormatFloat(n, 'g', -1, 64) + strconv.FormatBool(percent(s))
	}
	return "\x00t" + strings.ToLower(strings.TrimSpace(s))
}

// instant reads a dateTime; one without a zone is taken for UTC.
func instant(s string) (time.Time, bool) {
	t, err := vc.ParseTime(s)
	if err != nil {
		t, err = vc.ParseTime(s + "Z")
	}
	return t, err == nil
}
