package verify

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// patch puts other JSON text in the place of a value.
type patch struct {
	at  strict.Value
	raw string
}

// rewrite returns the text of v with patches applied. They must be of values in v, none inside another, and
// are sorted in place. The text of v itself is not changed; what is returned is parsed again by whoever uses it.
func rewrite(v strict.Value, patches []patch) string {
	slices.SortFunc(patches, func(a, b patch) int { return cmp.Compare(a.at.Offset(), b.at.Offset()) })
	source, start, b := v.Raw(), v.Offset(), strings.Builder{}
	done := 0
	for _, p := range patches {
		from := p.at.Offset() - start
		b.WriteString(source[done:from])
		b.WriteString(p.raw)
		done = from + len(p.at.Raw())
	}
	b.WriteString(source[done:])
	return b.String()
}

// quoted writes a string as JSON, with as few escapes as there can be.
func quoted(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return `""` // unreachable: every string has a form
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// without returns the text of an object less one member, or of an array less one element.
func without(container, child strict.Value) patch {
	var parts []string
	for name, m := range container.Members() {
		if m.Offset() != child.Offset() {
			parts = append(parts, quoted(name)+":"+m.Raw())
		}
	}
	if container.Kind() == strict.Object {
		return patch{container, "{" + strings.Join(parts, ",") + "}"}
	}
	for e := range container.Elements() {
		if e.Offset() != child.Offset() {
			parts = append(parts, e.Raw())
		}
	}
	return patch{container, "[" + strings.Join(parts, ",") + "]"}
}

// with returns the text of an object with one member more, or with another value of the one it has.
func with(object strict.Value, name, raw string) patch {
	if m := object.Get(name); m.Exists() {
		return patch{m, raw}
	}
	rest := strings.TrimPrefix(strings.TrimSpace(object.Raw()), "{")
	if object.Len() > 0 {
		rest = "," + rest
	}
	return patch{object, "{" + quoted(name) + ":" + raw + rest}
}

// walk visits the values of v that are neither arrays nor objects, in document order, contexts apart. It
// stops where visit returns false. The nesting of a parsed text is bounded.
func walk(v strict.Value, visit func(strict.Value) bool) bool {
	switch v.Kind() {
	case strict.Object:
		for name, m := range v.Members() {
			if name != "@context" && !walk(m, visit) {
				return false
			}
		}
		return true
	case strict.Array:
		for e := range v.Elements() {
			if !walk(e, visit) {
				return false
			}
		}
		return true
	}
	return visit(v)
}
