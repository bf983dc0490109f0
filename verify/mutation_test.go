package verify_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/fetch"

	"github.com/badgeproof/badgeproof/keys"
)

// replayWorld answers from the evidence of testdata. It searches for few causes: thousands of texts fail in these tests.
func replayWorld(t testing.TB) *verify.Verifier { return replayWorldWith(t, verify.Limits{Causes: 2}) }

func replayWorldWith(t testing.TB, limits verify.Limits) *verify.Verifier {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "testdata", "evidence", "all.json"))
	if err != nil {
		t.Fatal(err)
	}
	bundle, err := fetch.ParseBundle(data)
	if err != nil {
		t.Fatal(err)
	}
	net := fetch.NewReplayer(bundle)
	v, err := verify.New(verify.Config{Keys: keys.Default(net), Status: net, Limits: limits})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// mutations calls yield with every document that differs from v in one place: a value changed or
// replaced by one of another kind, a member or element removed or added. Place says where.
func mutations(v any, place string, yield func(place string, changed any)) {
	for _, other := range []any{nil, true, 7.0, "x", []any{}, map[string]any{}} {
		if fmt.Sprintf("%T", other) != fmt.Sprintf("%T", v) {
			yield(fmt.Sprintf("%s replaced by %v", place, other), other)
		}
	}
	switch v := v.(type) {
	case string:
		yield(place+" longer", v+"x")
		yield(place+" with a space", v+" ")
		if v != "" {
			yield(place+" shorter", v[:len(v)-1])
		}
	case float64:
		yield(place+" greater", v+1)
	case bool:
		yield(place+" negated", !v)
	case []any:
		mutateArray(v, place, yield)
	case map[string]any:
		mutateObject(v, place, yield)
	}
}

func mutateArray(v []any, place string, yield func(string, any)) {
	with := func(i int, e ...any) []any {
		return append(append(append([]any{}, v[:i]...), e...), v[i+1:]...)
	}
	for i, e := range v {
		at := fmt.Sprintf("%s/%d", place, i)
		if len(v) > 1 || place != "/type" {
			yield(at+" removed", with(i))
		}
		mutations(e, at, func(p string, changed any) { yield(p, with(i, changed)) })
	}
	yield(place+" with one more", append(append([]any{}, v...), "x"))
}

func mutateObject(v map[string]any, place string, yield func(string, any)) {
	with := func(name string, changed any, keep bool) map[string]any {
		out := map[string]any{}
		for k, e := range v {
			out[k] = e
		}
		delete(out, name)
		if keep {
			out[name] = changed
		}
		return out
	}
	for name, e := range v {
		at := place + "/" + name
		yield(at+" removed", with(name, nil, false))
		mutations(e, at, func(p string, changed any) { yield(p, with(name, changed, true)) })
	}
	for name, e := range map[string]any{"name": "x", "id": "urn:x:1", "type": "x", "undefined": "x", "@graph": []any{}, "https://schema.org/name": "x"} {
		if _, there := v[name]; !there {
			yield(place+"/"+name+" added", with(name, e, true))
		}
	}
}

// repeated are statements that complete.json makes twice, since its issuer is also the creator of the
// achievement, and both images are one: taking one copy away leaves the signed statements as they are.
var repeated = regexp.MustCompile(`^complete\.json (/issuer|/credentialSubject/achievement/creator)/(url|email|name) (removed|replaced by \[\])$|` +
	`^complete\.json (/credentialSubject/achievement)?/image/caption (removed|replaced by \[\])$`)

// TestEveryMutationFails changes genuine badges in every place: none of the results may be valid.
func TestEveryMutationFails(t *testing.T) {
	v := replayWorld(t)
	for _, name := range []string{"simple.json", "complete.json"} {
		data, err := os.ReadFile(filepath.Join("..", "testdata", "badges", name))
		if err != nil {
			t.Fatal(err)
		}
		var genuine any
		if err := json.Unmarshal(data, &genuine); err != nil {
			t.Fatal(err)
		}
		try := func(place string, doc any) verify.Verdict {
			text, err := json.Marshal(doc)
			if err != nil {
				t.Fatal(err)
			}
			c, err := vc.Parse(text, vc.Limits{})
			if err != nil {
				return verify.Invalid
			}
			r, err := v.Verify(t.Context(), c, anyone())
			if r == nil {
				t.Fatal(place, err)
			}
			return r.Verdict
		}
		if got := try("", genuine); got != verify.Valid {
			t.Fatalf("%s as it is: %v", name, got)
		}
		n := 0
		mutations(genuine, "", func(place string, changed any) {
			n++
			if try(place, changed) == verify.Valid && !repeated.MatchString(name+" "+place) {
				t.Errorf("%s is valid with %s", name, place)
			}
		})
		if n < 390 {
			t.Errorf("%s: %d mutations only", name, n)
		}
		t.Logf("%s: %d mutations", name, n)
	}
}
