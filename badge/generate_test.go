package badge

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// generator makes documents of the classes of the table.
type generator struct {
	*rand.Rand
	odd bool // shapes and values that are not as the specification says
}

// class makes an object.
func (g generator) class(name string, depth int) map[string]any {
	all := map[string]any{}
	for _, p := range classes[name].properties {
		if _, object := classes[p.typ]; g.IntN(8) < 3 && !p.card.needed() || depth == 0 && object {
			continue
		}
		v := g.property(p, depth)
		if g.odd && g.IntN(12) == 0 {
			v = g.oddity(v)
		}
		all[p.name] = v
	}
	if g.IntN(4) == 0 {
		all[[]string{"ext:x", "@language", "unknown", "Name", "a\"<&>é"}[g.IntN(5)]] = g.any(2)
	}
	return all
}

// property makes the value of a property: a list where it has several.
func (g generator) property(p property, depth int) any {
	if !p.card.array() {
		return g.one(p, depth)
	}
	list := []any{}
	for range 1 + g.IntN(3) {
		list = append(list, g.one(p, depth))
	}
	if len(list) == 1 && (p.card.bare() && p.name != "type" || g.odd && g.IntN(2) == 0) {
		return list[0]
	}
	return list
}

// one makes a single value of the type of a property.
func (g generator) one(p property, depth int) any {
	typ := strings.TrimSuffix(strings.TrimSuffix(p.typ, "Ref"), "v1p1")
	if _, ok := classes[typ]; ok && depth > 0 {
		if p.typ == "ProfileRef" && g.IntN(2) == 0 {
			return "did:web:" + g.word()
		}
		o := g.class(typ, depth-1)
		if len(o) > 0 {
			return o
		}
		return map[string]any{"id": "urn:" + g.word()}
	}
	switch typ {
	case "Float":
		return float64(g.IntN(1000)) / 8
	case "Boolean":
		return g.IntN(2) == 0 || !g.odd
	case "DateTime", "DateTimeZ":
		return time.Unix(g.Int64N(4e9), 0).UTC().Format(time.RFC3339)
	}
	return "x" + g.word()
}

// oddity puts something else in the place of a value.
func (g generator) oddity(v any) any {
	switch g.IntN(7) {
	case 0:
		return []any{v}
	case 1:
		return []any{g.any(2), v, g.any(2)}
	case 2:
		return map[string]any{"en": g.word(), "pt-BR": g.word(), "@none": []any{g.word(), 1}}
	case 3:
		return []any{map[string]any{"@value": g.word(), "@language": "ar", "@direction": "rtl"}, map[string]any{"@value": g.word(), "@language": "en"}}
	case 4:
		return []any{}
	case 5:
		return map[string]any{}
	}
	return g.any(3)
}

// any makes any JSON value.
func (g generator) any(depth int) any {
	switch k := g.IntN(8); {
	case k == 0:
		return nil
	case k == 1:
		return g.IntN(2) == 0
	case k == 2:
		return json.Number([]string{"0", "-0", "1.0", "1e999", "0.10", "12345678901234567890"}[g.IntN(6)])
	case k == 3 && depth > 0:
		return []any{g.any(depth - 1), g.any(depth - 1)}
	case k == 4 && depth > 0:
		return map[string]any{"id": g.any(depth - 1), g.word(): g.any(depth - 1)}
	}
	return g.word()
}

func (g generator) word() string {
	return []string{"", "a", "Zoë", "<b>&amp;</b>", "e\u0301", "\u2028\"\\\t", "日本語", "\U0001f393"}[g.IntN(8)]
}

// document is a generated object of a class.
func (g generator) document(t testing.TB, name string) strict.Value {
	t.Helper()
	data, err := json.Marshal(g.class(name, 4))
	if err != nil {
		t.Fatal(err)
	}
	return value(t, string(data))
}
