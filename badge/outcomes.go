package badge

import (
	"iter"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// spot is a value together with its JSON Pointer, which is put together on the way: to ask every value
// of a broad document for its pointer takes time in the square of its size.
type spot struct {
	v  strict.Value
	at string
}

// in returns the spot of a member.
func (p spot) in(name string) spot { return spot{p.v.Get(name), strict.Join(p.at, name)} }

// objects iterates over the objects among the values of a member, one bare object included.
func (p spot) objects(name string) iter.Seq[spot] {
	m := p.in(name)
	return func(yield func(spot) bool) {
		i := 0
		for e := range m.v.Each() {
			at := m.at
			if m.v.Kind() == strict.Array {
				at = strict.Join(at, strconv.Itoa(i))
			}
			if i++; e.Kind() == strict.Object && !yield(spot{e, at}) {
				return
			}
		}
	}
}

// award is an achievement, and the subject that earned it; of an achievement that a CLR only lists, there
// is no subject.
type award struct {
	subject, achievement spot
}

// awards iterates over the achievements of a credential and, in a CLR, of those inside. Credentials in
// envelopes are documents of their own, and left out. The depth is that of the document.
func awards(c *vc.Credential) iter.Seq[award] {
	return func(yield func(award) bool) {
		root := c.Value()
		at := ""
		if j := c.JWS(); j != nil && j.Claims() != root {
			at = "/vc"
		}
		spot{root, at}.awards(yield)
	}
}

// awards calls yield for each, and reports whether to go on.
func (p spot) awards(yield func(award) bool) bool {
	for s := range p.objects("credentialSubject") {
		listed := s.v.Get("type").Has("ClrSubject") || s.v.Get("verifiableCredential").Exists()
		for a := range s.objects("achievement") {
			w := award{s, a}
			if listed {
				w.subject = spot{}
			}
			if !yield(w) {
				return false
			}
		}
		for inner := range s.objects("verifiableCredential") {
			if !inner.awards(yield) {
				return false
			}
		}
	}
	return true
}

// outcomes is what [Outcomes] does.
func outcomes(c *vc.Credential) []Outcome {
	var all []Outcome
	for w := range awards(c) {
		all = append(all, outcomesOf(w)...)
		if len(all) >= MaxSkills {
			return all[:MaxSkills]
		}
	}
	return all
}

// outcomesOf returns the results of one award.
func outcomesOf(w award) []Outcome {
	var all []Outcome
	r := rubricOf(w.achievement.v)
	for v := range w.subject.objects("result") {
		if len(all) >= MaxSkills {
			break
		}
		o := Outcome{Pointer: v.at, Achievement: w.achievement.v.Get("id").Text(), Value: text(v.v.Get("value")), Status: v.v.Get("status").Text(), Rank: -1}
		d := r.descriptions[v.v.Get("resultDescription").Text()]
		o.describe(d)
		id := v.v.Get("achievedLevel").Text()
		if l := r.levels[id]; l.Exists() {
			o.Level = levelOf(l, d)
		} else if id != "" {
			o.Level = &RubricLevel{ID: id, Rank: -1}
		}
		o.Met = o.met(r.levels[d.Get("requiredLevel").Text()], d)
		all = append(all, o)
	}
	return all
}

// describe takes over what a description says of the value.
func (o *Outcome) describe(d strict.Value) {
	o.Description, o.Name, o.Type = d.Get("id").Text(), text(d.Get("name")), d.Get("resultType").Text()
	o.Allowed = texts(d.Get("allowedValue"))
	o.Min, o.Max = text(d.Get("valueMin")), text(d.Get("valueMax"))
	o.RequiredValue, o.RequiredLevel = text(d.Get("requiredValue")), d.Get("requiredLevel").Text()
	if i, ok := rank(o.Allowed, o.Value); ok && o.Value != "" {
		o.Rank = i
	}
	n, ok := number(o.Value)
	switch {
	case ok && (o.Type == "Percent" || strings.HasSuffix(strings.TrimSpace(o.Value), "%")):
		o.Scale, o.Number = Percentage, n
	case ok:
		o.Scale, o.Number = Numeric, n
	case o.Rank >= 0:
		o.Scale = Ranked
	}
}

// levelOf reads a rubric level, which may be of another description than the result's.
func levelOf(l, d strict.Value) *RubricLevel {
	level := &RubricLevel{ID: l.Get("id").Text(), Name: text(l.Get("name")), Level: text(l.Get("level")), Rank: -1}
	level.Points, level.HasPoints = number(text(l.Get("points")))
	i := 0
	for other := range objects(d.Get("rubricCriterionLevel")) {
		if other.Get("id").Text() == level.ID && level.Rank < 0 {
			level.Rank = i
		}
		i++
	}
	return level
}

// met compares the result with what its description requires. All that is required has to be met; a status
// other than Completed is no success, whatever the value is.
func (o *Outcome) met(required, d strict.Value) Attainment {
	met := Unsaid
	switch o.Status {
	case "Completed":
		met = Attained
	case "Failed", "Withdrew", "InProgress", "Enrolled":
		return Unattained
	}
	if o.RequiredValue == "" && o.RequiredLevel == "" {
		return met
	}
	met = Attained
	if o.RequiredValue != "" {
		met = o.AtLeast(o.RequiredValue)
	}
	if o.RequiredLevel != "" {
		met = worse(met, o.reaches(required, d))
	}
	if met == Attained && o.Status != "" && o.Status != "Completed" {
		return Unsaid // on hold, or provisional
	}
	return met
}

// worse returns the one of two answers that both have to give.
func worse(a, b Attainment) Attainment {
	switch {
	case a == Unattained || b == Unattained:
		return Unattained
	case a == Unsaid || b == Unsaid:
		return Unsaid
	}
	return Attained
}

// reaches compares the level reached with the required one: by their points where these differ, and otherwise, where
// neither has points, by their order, which should be from low to high.
func (o *Outcome) reaches(required, d strict.Value) Attainment {
	if o.Level == nil {
		return Unsaid
	}
	if o.Level.ID == o.RequiredLevel {
		return Attained
	}
	want := levelOf(required, d)
	switch got := o.Level; {
	case got.HasPoints && want.HasPoints && got.Points != want.Points:
		return answer(got.Points > want.Points)
	case !got.HasPoints && !want.HasPoints && got.Rank >= 0 && want.Rank >= 0:
		return answer(got.Rank > want.Rank)
	}
	return Unsaid
}

func answer(yes bool) Attainment {
	if yes {
		return Attained
	}
	return Unattained
}

// higherIsBetter are the result types of which more is better, unless the allowed values are in another order.
// Of letter grades and performance levels that are numbers, it may be the other way round.
var higherIsBetter = map[string]bool{
	"GradePointAverage": true, "Percent": true, "PredictedScore": true, "RawScore": true, "Result": true,
	"RubricScore": true, "ScaledScore": true,
}

// AtLeast compares the value with another one of the same kind, such as one that a service demands. Among
// allowed values, their order decides, whatever they look like; otherwise numbers are compared where more is
// known to be better: for the types of results that are scores, and between a minimum and a larger maximum.
// Everything else is [Unsaid], except for equal text.
func (o Outcome) AtLeast(value string) Attainment {
	if o.Value == "" || value == "" {
		return Unsaid
	}
	if want, ok := rank(o.Allowed, value); ok && o.Rank >= 0 {
		return answer(o.Rank >= want)
	}
	if got, n, ok := comparable(o.Value, value, o.Type); ok {
		low, high, ranged := comparable(o.Min, o.Max, o.Type)
		switch {
		case got == n:
			return Attained
		case ranged && low > high:
			return Unsaid
		case len(o.Allowed) == 0 && (ranged || higherIsBetter[o.Type]):
			return answer(got >= n)
		}
		return Unsaid
	}
	if strings.EqualFold(strings.TrimSpace(value), strings.TrimSpace(o.Value)) {
		return Attained
	}
	return Unsaid
}

// decimal is how numbers are written in results: with a point, or with a comma before one or two digits, and
// perhaps a percent sign. "1,000" may be a thousand or one, and is no number here.
var decimal = regexp.MustCompile(`^[+-]?[0-9]{1,18}(?:\.[0-9]{1,18}|,[0-9]{1,2})? ?%?$`)

// number reads a number.
func number(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	if !decimal.MatchString(s) {
		return 0, false
	}
	s = strings.TrimRight(strings.Replace(s, ",", ".", 1), " %")
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil
}

// comparable reads two numbers that can be compared: both with a percent sign or both without, or, in a result
// of percent, both of them no fractions of one.
func comparable(a, b, resultType string) (x, y float64, ok bool) {
	x, okX := number(a)
	y, okY := number(b)
	alike := strings.HasSuffix(strings.TrimSpace(a), "%") == strings.HasSuffix(strings.TrimSpace(b), "%")
	return x, y, okX && okY && (alike || resultType == "Percent" && x > 1 && y > 1)
}

// instant reads a dateTime; one without a zone is taken for UTC.
func instant(s string) (time.Time, bool) {
	t, err := vc.ParseTime(s)
	if err != nil {
		t, err = vc.ParseTime(s + "Z")
	}
	return t, err == nil
}
