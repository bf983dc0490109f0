package badge

import "github.com/badgeproof/badgeproof/vc"

// Framework is a family of frameworks of skills, competencies or occupations.
type Framework string

// The frameworks that Skills tells apart.
const (
	Custom Framework = ""     // any other, such as an issuer's own
	CASE   Framework = "case" // 1EdTech Competencies and Academic Standards Exchange
	CTDL   Framework = "ctdl" // Credential Transparency Description Language, by Credential Engine
	ESCO   Framework = "esco" // European Skills, Competences, Qualifications and Occupations
	ONET   Framework = "onet" // O*NET, of the US Department of Labor
)

// Attainment is whether a credential says that its subject has a skill, or what is required.
type Attainment uint8

// The attainments.
const (
	Unsaid     Attainment = iota // nothing says so, such as where another level was reached
	Attained                     // the award or a result says so
	Unattained                   // a result is below what is required, or has a status that is none of success
)

// Skill is one alignment of a credential: a node of a framework, and what the credential says about
// the subject and that node. Nothing of it is looked up.
type Skill struct {
	Framework Framework
	// Kind is what the node is within its framework, such as "skill", "occupation", "competency",
	// "item" or "level"; "" where nothing says.
	Kind string
	// Key is the same for two alignments to the same node, however each is written: "esco:skill:<uuid>",
	// "ctdl:ce-<uuid>", "onet:15-1252.00", "onet:2.A.1.a", "case:<uuid>". Where the framework does not show in an
	// identifier of its own, the key begins with "url:" or "code:" and is made of the URL and the code.
	Key string
	// Name, Description, Code, URL, FrameworkName and TargetType are as the alignment has them.
	Name, Description, Code, URL, FrameworkName, TargetType string
	// Place is the class of the object that the alignment stands in: "Achievement",
	// "ResultDescription", "RubricCriterionLevel" or "Result".
	Place string
	// Pointer is where the alignment stands in the credential, as a JSON Pointer.
	Pointer string
	// Achievement is the id of the achievement that the alignment belongs to.
	Achievement string
	// Attained is what the credential says about it: for an alignment of the achievement, that it was awarded,
	// unless a result says that it was not reached or is not final, such as one that is provisional; for one of a description, what the
	// results of that description say, and nothing without one; for one of a rubric level, that a result names
	// that level; for one of a result, what the result says.
	Attained Attainment
	// Outcome is the result that says so; nil where the award alone does, or nothing.
	Outcome *Outcome
}

// Skills returns the skills that a credential speaks of: the alignments of its achievements, and of their
// results and rubrics; of a CLR, those of the credentials inside, too, other than in envelopes. They are what
// the credential says, verified or not: only the report of [verify.Verifier.Verify] tells whether it may be
// believed, and each credential inside a CLR needs a report of its own. Alignments without any of name, URL and
// code are left out, like everything with the wrong JSON type. At most [MaxSkills] are returned.
func Skills(c *vc.Credential) []Skill {
	var all []Skill
	for w := range awards(c) {
		all = append(all, w.skills()...)
		if len(all) >= MaxSkills {
			return all[:MaxSkills]
		}
	}
	return all
}

// skills returns the skills of one award.
func (w award) skills() []Skill {
	outcomes := outcomesOf(w)
	var all []Skill
	add := func(holder spot, class string, met Attainment, o *Outcome) {
		for a := range holder.objects("alignment") {
			if s := w.skill(a); s.Name+s.URL+s.Code != "" && len(all) < MaxSkills {
				s.Place, s.Attained, s.Outcome = class, met, o
				all = append(all, s)
			}
		}
	}
	met, o := w.earned(outcomes)
	add(w.achievement, "Achievement", met, o)
	described, levelled := spoken{}, spoken{}
	for i := range outcomes {
		o := &outcomes[i]
		described.add(o.Description, o.Met, o)
		if o.Level != nil {
			levelled.add(o.Level.ID, o.standing(), o)
		}
	}
	for d := range w.achievement.objects("resultDescription") {
		said := described[word(d.v.Get("id"))]
		add(d, "ResultDescription", said.met, said.by)
		for l := range d.objects("rubricCriterionLevel") {
			said := levelled[word(l.v.Get("id"))]
			add(l, "RubricCriterionLevel", said.met, said.by)
		}
	}
	i := 0
	for r := range w.subject.objects("result") {
		if i < len(outcomes) {
			add(r, "Result", reached(&outcomes[i]), &outcomes[i])
		}
		i++
	}
	return all
}

// skill reads an alignment.
func (w award) skill(a spot) Skill {
	s := Skill{
		Name: text(a.v.Get("targetName")), Description: text(a.v.Get("targetDescription")), Code: text(a.v.Get("targetCode")),
		URL: word(a.v.Get("targetUrl")), FrameworkName: text(a.v.Get("targetFramework")), TargetType: word(a.v.Get("targetType")),
		Pointer: a.at, Achievement: w.id,
	}
	n := nodeOf(aim{url: s.URL, code: s.Code, kind: s.TargetType, framework: s.FrameworkName})
	s.Framework, s.Kind, s.Key = n.framework, n.kind, n.key
	return s
}

// earned says whether the achievement as a whole was reached: it was, if it was awarded (a status is Completed if
// none is said: Open Badges 3.0, ResultStatusType), unless a result says otherwise. A result whose status is not that of
// success leaves it open, as do more results than are read.
func (w award) earned(outcomes []Outcome) (Attainment, *Outcome) {
	if !w.subject.v.Exists() {
		return Unsaid, nil
	}
	var open *Outcome
	for i := range outcomes {
		switch o := &outcomes[i]; {
		case o.Met == Unattained:
			return Unattained, o
		case open == nil && o.standing() == Unsaid:
			open = o
		}
	}
	if open != nil || len(outcomes) == MaxSkills {
		return Unsaid, open
	}
	return Attained, nil
}

// reached is what a result says of what it was given for: that it was reached, unless it was not enough or is
// not final. Of a rubric level that it names, even one below what is required, its status alone says so.
func reached(o *Outcome) Attainment {
	if o.Met == Unattained {
		return Unattained
	}
	return o.standing()
}

// spoken is what the best of the results says about each description, or each level, by id.
type spoken map[string]struct {
	met Attainment
	by  *Outcome
}

// add adds what a result says.
func (s spoken) add(id string, met Attainment, by *Outcome) {
	before := s[id]
	if id != "" && (before.by == nil || met == Attained && before.met != Attained) {
		before.met, before.by = met, by
		s[id] = before
	}
}
