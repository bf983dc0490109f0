package verify

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// added says that something was put into the document after signing.
func added(pointer string) string {
	return "The signature matches without " + shown(pointer) + ": it was added after signing, and the issuer did not sign it."
}

// withoutOffence takes out what cannot be signed, or what it stands in, and then whatever else cannot be, and
// asks whether the signature matches what is left.
func (s *search) withoutOffence(ctx context.Context) string {
	for pointer := s.err.Pointer; pointer != "" && pointer != s.value().Pointer(); pointer = pointer[:strings.LastIndexByte(pointer, '/')] {
		switch n := s.strip(ctx, pointer); {
		case n == 1 && s.err.Code == "jsonld.undefined_term":
			return "The signature matches without " + shown(pointer) + ": it was added after signing, or the issuer's software left it out when it signed, since nothing defines it. The issuer did not sign it either way."
		case n == 1:
			return added(pointer)
		case n > 1:
			return "The signature matches without " + shown(pointer) + " and " + strconv.Itoa(n-1) + " more that no signature can cover: these were added after signing, or left out by the issuer's software when it signed."
		}
	}
	return ""
}

// strip takes out what stands at a pointer and, as long as that is what is wrong, what an error then points to. It
// returns how many those were where the signature matches the rest, and 0 otherwise.
func (s *search) strip(ctx context.Context, pointer string) (removed int) {
	v := s.value()
	for removed < maxOffences {
		container, child, ok := parentOf(v, pointer)
		if !ok || !s.afford(ctx, len(v.Raw())) {
			return 0
		}
		removed++
		next, err := s.again(rewrite(v, []patch{without(container, child)}))
		if err == nil {
			return removed
		}
		e, ok := errors.AsType[*strict.Error](err)
		if !ok || !explicable(e.Code) || e.Code == "proof.signature" {
			return 0
		}
		v, pointer = next, e.Pointer
	}
	return 0
}

// parentOf finds the value at a pointer into the text of v, and what it stands in. Contexts and proofs are not for this
// search to take out.
func parentOf(v strict.Value, pointer string) (container, child strict.Value, ok bool) {
	root := v.Root()
	i := strings.LastIndexByte(pointer, '/')
	if i < 0 {
		return container, child, false
	}
	container, child = root.Lookup(pointer[:i]), root.Lookup(pointer)
	inside := container.Offset() >= v.Offset() && container.Offset() < v.Offset()+len(v.Raw())
	for _, not := range []string{"@context", "proof"} {
		if m := v.Get(not); m.Exists() && child.Offset() >= m.Offset() && child.Offset() < m.Offset()+len(m.Raw()) {
			return container, child, false
		}
	}
	return container, child, child.Exists() && inside
}

// fewerMembers tries the document without each of its members and elements, the outermost first, one at a time: two
// additions in different places are not found. Values that no issuer leaves out ([essential]) stay, as do contexts and
// proofs. It looks at no more than twice as many values as it may try.
func (s *search) fewerMembers(ctx context.Context) string {
	level := []strict.Value{s.value()}
	for looked := 0; len(level) > 0; {
		var next []strict.Value
		for _, container := range level {
			for _, child := range removable(container, s.value(), s.v.limits.Causes) {
				if looked++; looked > 2*s.v.limits.Causes || s.over(ctx, len(s.value().Raw())) {
					return ""
				}
				if !essential(container, child) && s.try(ctx, without(container, child)) {
					return added(child.Pointer())
				}
				if child.Kind() == strict.Object || child.Kind() == strict.Array {
					next = append(next, child)
				}
			}
		}
		level = next
	}
	return ""
}

// essential reports whether nobody adds a value to what was signed without it: a type, the only element of an
// array, what a credential is about and whose it is. What is inside it is another matter.
func essential(container, child strict.Value) bool {
	if container.Kind() == strict.Array {
		return container.Len() == 1
	}
	for _, name := range []string{"type", "issuer", "credentialSubject", "achievement"} {
		if container.Get(name).Offset() == child.Offset() {
			return true
		}
	}
	return false
}

// removable returns members or elements of a container that may have been added to it: the first ones, as many as
// could be tried at most.
func removable(container, document strict.Value, most int) (all []strict.Value) {
	for name, m := range container.Members() {
		if name != "@context" && (name != "proof" || container.Offset() != document.Offset()) {
			all = append(all, m)
		}
		if len(all) == most {
			return all
		}
	}
	for e := range container.Elements() {
		if all = append(all, e); len(all) == most {
			return all
		}
	}
	return all
}
