package badge

import (
	"iter"
	"slices"

	"github.com/badgeproof/badgeproof/vc"
)

// associated iterates over the associations of a CLR, and of those inside.
func associated(c *vc.Credential) iter.Seq[spot] {
	return func(yield func(spot) bool) { rootOf(c).associated(yield) }
}

// associated calls yield for each, and reports whether to go on.
func (p spot) associated(yield func(spot) bool) bool {
	for s := range p.objects("credentialSubject") {
		for a := range s.objects("association") {
			if !yield(a) {
				return false
			}
		}
		for inner := range s.objects("verifiableCredential") {
			if !inner.associated(yield) {
				return false
			}
		}
	}
	return true
}

// stacks returns the stacks of the larger credential: one for each achievement with parts that is no part itself, then
// one for each circle, begun at the achievement that is named first. Where no association makes parts, they are those of [stacker.plain].
func (s *stacker) stacks(larger *vc.Credential) []Stack {
	if larger == nil {
		return nil
	}
	var all []Stack
	under := map[string]bool{}
	for _, top := range [...]bool{true, false} { // what is left after the tops goes in circles
		for _, id := range s.order {
			if s.whole[id] != top && !under[id] && s.assembled(id) && s.left > 0 {
				s.mark(under, id)
				all = append(all, s.stack(id))
			}
		}
	}
	if all != nil {
		return all
	}
	return s.plain(larger)
}

// assembled reports whether an achievement has parts, and not only prerequisites.
func (s *stacker) assembled(id string) bool {
	return slices.ContainsFunc(s.parts[id], func(t Step) bool { return t.Relation != "precedes" })
}

// mark notes an achievement and what is below it, at any depth.
func (s *stacker) mark(under map[string]bool, id string) {
	next := []string{id}
	for len(next) > 0 {
		at := next[len(next)-1]
		if next = next[:len(next)-1]; under[at] {
			continue
		}
		under[at] = true
		for _, t := range s.parts[at] {
			next = append(next, t.partOf())
		}
	}
}

// stack follows the associations down from a goal.
func (s *stacker) stack(goal string) Stack {
	st := Stack{Goal: goal, Name: s.names[goal]}
	s.descend(&st, goal, -1, []string{goal})
	s.conclude(&st)
	return st
}

// descend lists the parts of a whole, each followed by its own. The path are the wholes around: none of them
// is a part of itself.
func (s *stacker) descend(st *Stack, whole string, index int, path []string) {
	listed := map[string]bool{}
	for _, t := range s.parts[whole] {
		id := t.partOf()
		if listed[id] || slices.Contains(path, id) {
			continue
		}
		listed[id] = true
		if !s.list(st, Part{ID: id, Name: s.names[id], Whole: index, Prerequisite: t.Relation == "precedes", Why: t, Covered: s.covered(id)}) {
			return
		}
		if len(path) < maxStackDepth {
			s.descend(st, id, len(st.Parts)-1, append(path[:len(path):len(path)], id))
		} else if s.parts[id] != nil {
			s.over = true
		}
	}
}

// list adds a part, and reports whether there was room for it.
func (s *stacker) list(st *Stack, p Part) bool {
	if s.left == 0 {
		s.over = true
		return false
	}
	s.left--
	st.Parts = append(st.Parts, p)
	return true
}

// conclude says which parts are complete: parts stand before their own, so that from behind each is known
// before it counts.
func (s *stacker) conclude(st *Stack) {
	open, has := map[int]bool{}, map[int]bool{}
	for i := len(st.Parts) - 1; i >= 0; i-- {
		p := &st.Parts[i]
		p.Complete = len(p.Covered) > 0 || has[i] && !open[i]
		if !p.Prerequisite {
			has[p.Whole] = true
			open[p.Whole] = open[p.Whole] || !p.Complete
		}
	}
	st.Complete = has[-1] && !open[-1] && !s.over
}

// plain makes the stack of a credential without associations that make parts.
func (s *stacker) plain(larger *vc.Credential) []Stack {
	if kind(badgeClass(larger)) == "ClrCredential" {
		st := Stack{Goal: larger.ID(), Name: text(larger.Value().Get("name"))}
		listed := map[string]bool{}
		for w := range awards(larger) {
			id := w.id
			if id == "" || listed[id] || !w.subject.v.Exists() {
				continue
			}
			listed[id] = true
			why := Step{"verifiableCredential", id, st.Goal, -1, w.achievement.at}
			if !s.list(&st, Part{ID: id, Name: s.names[id], Whole: -1, Why: why, Covered: s.covered(id)}) {
				break
			}
		}
		s.conclude(&st)
		return []Stack{st}
	}
	var all []Stack
	for w := range awards(larger) {
		all = append(all, s.aligned(w))
	}
	return all
}

// aligned makes the stack of an achievement that is made up of what it is aligned with.
func (s *stacker) aligned(w award) Stack {
	id := w.id
	st := Stack{Goal: id, Name: text(w.achievement.v.Get("name"))}
	listed := map[string]bool{}
	for _, k := range w.skills() {
		if k.Place != "Achievement" || k.Key == "" || listed[k.Key] {
			continue
		}
		listed[k.Key] = true
		covered := slices.Clone(s.skills[k.Key])
		for _, b := range s.earned[k.URL] {
			covered = append(covered, Cover{Badge: b})
		}
		if !s.list(&st, Part{ID: k.Key, Name: k.Name, Whole: -1, Why: Step{"alignment", id, k.Key, -1, k.Pointer}, Covered: once(covered)}) {
			break
		}
	}
	s.conclude(&st)
	return st
}

// covered returns the badges that cover an achievement, each once: awarded or standing for it,
// aligned with it, or sharing its alignments. What was found is kept, for an achievement that is a part of several.
func (s *stacker) covered(id string) []Cover {
	if found, ok := s.covers[id]; ok {
		return found
	}
	all := append(s.standing(id), s.aims[id]...)
	all = once(append(all, s.sharing(id)...))
	s.covers[id] = all
	return all
}

// standing returns the badges that award the achievement or one that stands for it, by the fewest steps. The
// search ends after so many achievements.
func (s *stacker) standing(id string) []Cover {
	type reached struct {
		id    string
		steps []Step
	}
	var all []Cover
	seen, next := map[string]bool{id: true}, []reached{{id: id}}
	for i := 0; i < len(next); i++ {
		at := next[i]
		for _, b := range s.earned[at.id] {
			all = append(all, Cover{b, at.steps})
		}
		for _, t := range s.same[at.id] {
			if !seen[t.to] && len(next) < maxStanding {
				seen[t.to] = true
				next = append(next, reached{t.to, append(at.steps[:len(at.steps):len(at.steps)], t.Step)})
			}
		}
	}
	return all
}

// sharing returns the badges that are aligned with everything that the larger credential aligns the
// achievement with, by one alignment each.
func (s *stacker) sharing(id string) []Cover {
	if len(s.nodes[id]) > maxShared {
		return nil
	}
	var all []Cover
	for i, key := range s.nodes[id] {
		var still []Cover
		for _, c := range once(slices.Clone(s.skills[key])) {
			before := slices.IndexFunc(all, func(b Cover) bool { return b.Badge == c.Badge })
			switch {
			case i == 0:
				still = append(still, c)
			case before >= 0:
				still = append(still, Cover{c.Badge, append(slices.Clone(all[before].Steps), c.Steps...)})
			}
		}
		if all = still; len(all) == 0 {
			break
		}
	}
	return all
}

// once keeps the first cover by each badge.
func once(all []Cover) []Cover {
	seen := map[int]bool{}
	return slices.DeleteFunc(all, func(c Cover) bool {
		again := seen[c.Badge]
		seen[c.Badge] = true
		return again
	})
}
