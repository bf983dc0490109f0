package verify

import (
	"context"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// severalValued are properties that hold one value or a list, and that programs write in either way.
var severalValued = [...]string{
	"type", "credentialSubject", "credentialStatus", "credentialSchema", "evidence", "termsOfUse", "identifier", "alignment", "endorsement",
}

// otherShapes tries single values for lists of one, and the reverse. Only proofs over JSON tell them apart; neither the order of
// members nor white space makes a difference to any.
func (s *search) otherShapes(ctx context.Context) string {
	const because = " A program that read the document wrote it in its own way, which is the same to JSON-LD and not to the proof's suite." + asOriginal
	if !s.jcs() || !s.inReach(ctx) {
		return ""
	}
	if s.try(ctx, s.unwrapped()...) {
		return "The signature matches with single values in place of lists of one." + because
	}
	for _, name := range severalValued {
		if s.over(ctx, len(s.value().Raw())) {
			return ""
		}
		var wrapped, single []patch
		s.lists(s.value(), "", func(member string, v strict.Value) bool {
			switch {
			case member != name:
				return false
			case v.Kind() != strict.Array:
				wrapped = append(wrapped, patch{v, "[" + v.Raw() + "]"})
			case v.Len() == 1:
				single = append(single, patch{v, v.Index(0).Raw()})
			default:
				return false
			}
			return true
		})
		if at, ok := s.tryEach(ctx, wrapped); ok {
			return "The signature matches with a list around " + name + at + "." + because
		}
		if at, ok := s.tryEach(ctx, single); ok {
			return "The signature matches with no list around " + name + at + "." + because
		}
	}
	return ""
}

// tryEach tries all patches together, and then the first few ([maxSingle]) alone; at says where it was one. Subsets in
// between are not tried: their number grows too fast.
func (s *search) tryEach(ctx context.Context, patches []patch) (at string, ok bool) {
	if s.try(ctx, patches...) {
		return "", true
	}
	for i, p := range patches {
		if i < maxSingle && len(patches) > 1 && s.try(ctx, p) {
			return " at " + shown(p.at.Pointer()), true
		}
	}
	return "", false
}

// unwrapped takes every value that stands in a list alone out of it, and returns one patch over the whole document; nil
// where no list holds one value. Contexts and proofs stay as they are.
func (s *search) unwrapped() []patch {
	var b strings.Builder
	changed := false
	var write func(v strict.Value, keep bool)
	write = func(v strict.Value, keep bool) {
		switch {
		case keep || v.Kind() != strict.Array && v.Kind() != strict.Object:
			b.WriteString(v.Raw())
		case v.Kind() == strict.Array && v.Len() == 1:
			changed = true
			write(v.Index(0), false)
		case v.Len() == 0:
			b.WriteString(v.Raw())
		case v.Kind() == strict.Array:
			separator := "["
			for e := range v.Elements() {
				b.WriteString(separator)
				write(e, false)
				separator = ","
			}
			b.WriteString("]")
		default:
			separator := "{"
			for name, m := range v.Members() {
				b.WriteString(separator + quoted(name) + ":")
				write(m, name == "@context" || name == "proof")
				separator = ","
			}
			b.WriteString("}")
		}
	}
	write(s.value(), false)
	if !changed {
		return nil
	}
	return []patch{{s.value(), b.String()}}
}

// lists visits the values of members, with their names, but for those of contexts and proofs. What is inside a value for
// which visit returns true is left out.
func (s *search) lists(v strict.Value, name string, visit func(name string, v strict.Value) bool) {
	if name != "" && visit(name, v) {
		return
	}
	for member, m := range v.Members() {
		if member != "@context" && member != "proof" {
			s.lists(m, member, visit)
		}
	}
	for e := range v.Elements() {
		s.lists(e, "", visit)
	}
}

// longTexts are properties whose text editors end with a line end, which others cut off.
var longTexts = [...]string{"narrative", "description", "name"}

// otherEnds tries texts with white space at their end, which may have been cut off: the first [maxEnds] of the
// properties in [longTexts], one by one. White space at the beginning is not tried.
func (s *search) otherEnds(ctx context.Context) (hint string) {
	for _, end := range []string{"\n", " ", "\r\n"} {
		if s.over(ctx, len(s.value().Raw())) {
			return ""
		}
		tried := 0
		s.lists(s.value(), "", func(name string, v strict.Value) bool {
			for _, long := range longTexts {
				if name != long || v.Kind() != strict.String || hint != "" || tried == maxEnds {
					continue
				}
				tried++
				if s.try(ctx, patch{v, quoted(v.Text() + end)}) {
					hint = "The signature matches with white space at the end of " + shown(v.Pointer()) + ": a program cut it off." + asOriginal
				}
			}
			return false
		})
		if hint != "" {
			return hint
		}
	}
	return ""
}
