package badge

import (
	"iter"
	"slices"
	"strconv"

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
// is no subject, nor of one of several that one subject has: which of them its results are about is not said.
type award struct {
	subject, achievement spot
	id                   string // of the achievement
}

// rootOf returns the place of a credential.
func rootOf(c *vc.Credential) spot {
	if j := c.JWS(); j != nil && j.Claims() != c.Value() {
		return spot{c.Value(), "/vc"}
	}
	return spot{v: c.Value()}
}

// awards iterates over the achievements of a credential and, in a CLR, of those inside. Credentials in
// envelopes are documents of their own, and left out. The depth is that of the document.
func awards(c *vc.Credential) iter.Seq[award] {
	return func(yield func(award) bool) { rootOf(c).awards(yield) }
}

// awards calls yield for each, and reports whether to go on.
func (p spot) awards(yield func(award) bool) bool {
	for s := range p.objects("credentialSubject") {
		all := s.v.Get("achievement")
		listed := s.v.Get("type").Has("ClrSubject") || s.v.Get("verifiableCredential").Exists() || all.Kind() == strict.Array && all.Len() > 1
		for a := range s.objects("achievement") {
			w := award{s, a, word(a.v.Get("id"))}
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

// outcomesOf returns the results of one award, in order.
func outcomesOf(w award) []Outcome {
	var all []Outcome
	r := rubricOf(w.achievement.v)
	for v := range w.subject.objects("result") {
		if len(all) >= MaxSkills {
			break
		}
		all = append(all, w.outcome(v, r))
	}
	return all
}

// outcome reads one result. A description that it names is looked for in its own achievement only, a level in all
// descriptions of that; one that is not there leaves the fields of the description empty, and is for [Conform] to report.
func (w award) outcome(v spot, r rubric) Outcome {
	d := r.descriptions[word(v.v.Get("resultDescription"))]
	status := v.v.Get("status")
	o := Outcome{Pointer: v.at, Achievement: w.id, Value: text(v.v.Get("value")), Status: text(status)}
	o.illegible = o.Status == "" && status.Exists()
	o.measure(d)
	if id := word(v.v.Get("achievedLevel")); id != "" {
		o.Level = levelOf(id, r.levels[id], d)
	}
	o.Met = o.met(levelOf(o.RequiredLevel, r.levels[o.RequiredLevel], d))
	return o
}

// measure reads the value on the scale of a description, nil for none. A value that is among the allowed ones has a rank
// whatever its scale, and a number that is written with a percent sign is a percentage whatever the description says.
func (o *Outcome) measure(d *description) {
	if o.Rank = d.rank(o.Value); d != nil {
		o.d, o.Type, o.Allowed, o.Min, o.Max = d, d.kind, d.allowed, d.min, d.max
		o.Description, o.Name, o.RequiredValue, o.RequiredLevel = d.id, d.name, d.requiredValue, d.requiredLevel
	}
	n, ok := number(o.Value)
	switch {
	case ok && (o.Type == "Percent" || percent(o.Value)):
		o.Scale, o.Number = Percentage, n
	case ok:
		o.Scale, o.Number = Numeric, n
	case o.Rank >= 0:
		o.Scale = Ranked
	}
}

// levelOf reads a rubric level, which may be of another description than the result's, or of none.
func levelOf(id string, l RubricLevel, d *description) *RubricLevel {
	l.ID, l.Rank = id, d.level(id)
	return &l
}

// met compares the result with what its description requires. All that is required has to be met; a status
// other than Completed is no success, whatever the value is.
func (o *Outcome) met(required *RubricLevel) Attainment {
	standing := o.standing()
	if standing == Unattained {
		return Unattained
	}
	met := Attained
	if o.RequiredValue != "" {
		met = o.AtLeast(o.RequiredValue)
	}
	if o.RequiredLevel != "" {
		met = worse(met, o.reaches(required))
	}
	if met == Attained && (standing == Unsaid || o.Status == "" && o.RequiredValue+o.RequiredLevel == "") {
		return Unsaid // not final, or there is nothing to meet
	}
	return met
}

// unsuccessful are the statuses of those who have not, or not yet, succeeded.
var unsuccessful = [...]string{"Failed", "Withdrew", "InProgress", "Enrolled"}

// standing is what the status of a result says; one without a status is completed (Open Badges 3.0,
// ResultStatusType).
func (o *Outcome) standing() Attainment {
	switch {
	case o.illegible:
		return Unsaid
	case o.Status == "" || o.Status == "Completed":
		return Attained
	case slices.Contains(unsuccessful[:], o.Status):
		return Unattained
	}
	return Unsaid // on hold, provisional, or unknown
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
func (o *Outcome) reaches(want *RubricLevel) Attainment {
	switch got := o.Level; {
	case got == nil:
	case got.ID == want.ID:
		return Attained
	case got.HasPoints && want.HasPoints && got.Points != want.Points:
		return answer(got.Points > want.Points)
	case !got.HasPoints && !want.HasPoints && got.Rank >= 0 && want.Rank >= 0:
		return answer(got.Rank > want.Rank)
	}
	return Unsaid
}

// answer is [Attained] for yes and [Unattained] for no; what is not known is [Unsaid], and for the caller to say.
func answer(yes bool) Attainment {
	if yes {
		return Attained
	}
	return Unattained
}

// AtLeast compares the value with another one of the same kind, such as one that a service demands. Among
// allowed values, their order decides, whatever they look like; otherwise numbers are compared where more is
// known to be better: for the types of results that are scores, and between a minimum and a larger maximum.
// Everything else is [Unsaid], except for equal text.
func (o Outcome) AtLeast(value string) Attainment {
	if o.Value == "" || value == "" {
		return Unsaid
	}
	if want := o.d.rank(value); want >= 0 && o.Rank >= 0 {
		return answer(o.Rank >= want)
	}
	if got, n, ok := comparable(o.Value, value, o.Type); ok && got != n {
		low, high, ranged := comparable(o.Min, o.Max, o.Type)
		if len(o.Allowed) > 0 || ranged && low > high || !ranged && !higherIsBetter[o.Type] {
			return Unsaid
		}
		return answer(got > n)
	}
	if folded(o.Value) == folded(value) {
		return Attained
	}
	return Unsaid
}
