package badge

import (
	"slices"

	"github.com/badgeproof/badgeproof/vc"
)

// stacker is one run of StackOf: what all the credentials say, by id. It reads each credential once and then answers
// from its tables, so that the work grows with the length of the credentials and not with their pairs. It is used by one
// goroutine.
type stacker struct {
	order  []string            // achievements with parts, in the order in which they are first named
	parts  map[string][]Step   // by whole
	whole  map[string]bool     // what is a part of something
	same   map[string][]step   // what stands for an achievement
	earned map[string][]int    // badges that award an achievement
	names  map[string]string   // of achievements
	nodes  map[string][]string // keys that an achievement is aligned with, as the larger credential says
	skills map[string][]Cover  // badges by key of an attained alignment
	aims   map[string][]Cover  // badges by URL of an attained alignment
	covers map[string][]Cover  // found
	left   int                 // parts that may still be listed
	over   bool                // there were more
}

// step leads from an achievement to one that stands for it.
type step struct {
	to string
	Step
}

// newStacker returns one that has read nothing, with room for [MaxParts] parts.
func newStacker() *stacker {
	return &stacker{
		parts: map[string][]Step{}, whole: map[string]bool{}, same: map[string][]step{}, earned: map[string][]int{},
		names: map[string]string{}, nodes: map[string][]string{}, skills: map[string][]Cover{}, aims: map[string][]Cover{},
		covers: map[string][]Cover{}, left: MaxParts,
	}
}

// read takes in what a credential says; badge is its index in the set, -1 for the larger one.
func (s *stacker) read(c *vc.Credential, badge int) {
	if c == nil {
		return
	}
	for w := range awards(c) {
		id := w.id
		if id == "" {
			continue
		}
		if s.names[id] == "" {
			s.names[id] = text(w.achievement.v.Get("name"))
		}
		for r := range w.achievement.objects("related") {
			if to := word(r.v.Get("id")); to != "" && to != id {
				s.link(id, to, Step{"related", id, to, badge, r.at}, true)
			}
		}
		s.award(w, id, badge)
	}
	for a := range associated(c) {
		s.associate(a, badge)
	}
}

// award takes in what an award says that its subject has. What was not attained, or is not said to be, covers nothing;
// of the larger credential, only what its achievements are aligned with is taken, since nobody covers a part by wanting it.
func (s *stacker) award(w award, id string, badge int) {
	met, _ := w.earned(outcomesOf(w))
	if badge >= 0 && met == Attained && !slices.Contains(s.earned[id], badge) {
		s.earned[id] = append(s.earned[id], badge)
	}
	for _, k := range w.skills() {
		switch {
		case badge < 0 && k.Place == "Achievement":
			s.nodes[id] = append(s.nodes[id], k.Key) // "" too: nobody shares what leads nowhere
		case k.Key != "" && badge >= 0 && k.Attained == Attained:
			cover(s.skills, k.Key, Cover{badge, []Step{{"alignment", id, k.Key, badge, k.Pointer}}})
			if k.URL != "" {
				cover(s.aims, k.URL, Cover{badge, []Step{{"alignment", id, k.URL, badge, k.Pointer}}})
			}
		}
	}
}

// cover notes a cover, the first by each badge. Badges are read one after another.
func cover(covers map[string][]Cover, key string, c Cover) {
	if all := covers[key]; len(all) == 0 || all[len(all)-1].Badge != c.Badge {
		covers[key] = append(all, c)
	}
}

// associate takes in an association. Only the larger credential says what is a part of what.
func (s *stacker) associate(a spot, badge int) {
	t := Step{word(a.v.Get("associationType")), word(a.v.Get("sourceId")), word(a.v.Get("targetId")), badge, a.at}
	if t.Source == "" || t.Target == "" || t.Source == t.Target {
		return
	}
	switch t.Relation {
	case "exactMatchOf":
		s.link(t.Source, t.Target, t, true)
	case "replacedBy":
		s.link(t.Source, t.Target, t, false)
	case "isChildOf", "isPartOf", "precedes":
		s.part(t.Target, t.Source, t)
	case "isParentOf":
		s.part(t.Source, t.Target, t)
	}
}

// link notes that one achievement stands for another, or each for the other.
func (s *stacker) link(from, to string, t Step, both bool) {
	s.same[from] = append(s.same[from], step{to, t})
	if both {
		s.same[to] = append(s.same[to], step{from, t})
	}
}

// part notes a part of a whole, or a prerequisite.
func (s *stacker) part(whole, part string, t Step) {
	if t.Badge >= 0 {
		return
	}
	if s.parts[whole] == nil {
		s.order = append(s.order, whole)
	}
	s.parts[whole] = append(s.parts[whole], t)
	if t.Relation != "precedes" {
		s.whole[part] = true
	}
}

// partOf returns the id of the part in a statement.
func (t Step) partOf() string {
	if t.Relation == "isParentOf" {
		return t.Target
	}
	return t.Source
}
