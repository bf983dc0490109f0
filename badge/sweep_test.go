package badge_test

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// requiredMembers are the members without which the badge "full" is malformed, by pointer. What the
// VC data model requires is not among them: package vc reports it.
var requiredMembers = []string{
	"/id", "/validFrom", "/image/id", "/image/type",
	"/evidence/0/type", "/credentialStatus/id",
	"/endorsement/0/@context", "/endorsement/0/type", "/endorsement/0/issuer", "/endorsement/0/credentialSubject",
	"/credentialSubject/type", "/credentialSubject/id", "/credentialSubject/achievement",
	"/credentialSubject/source/id", "/credentialSubject/source/type",
	"/credentialSubject/source/address/type",
	"/credentialSubject/source/address/geo/type", "/credentialSubject/source/address/geo/latitude", "/credentialSubject/source/address/geo/longitude",
	"/credentialSubject/result/0/type",
	"/credentialSubject/achievement/id", "/credentialSubject/achievement/type", "/credentialSubject/achievement/criteria",
	"/credentialSubject/achievement/description", "/credentialSubject/achievement/name",
	"/credentialSubject/achievement/alignment/0/type", "/credentialSubject/achievement/alignment/0/targetName",
	"/credentialSubject/achievement/alignment/0/targetUrl",
	"/credentialSubject/achievement/otherIdentifier/0/type", "/credentialSubject/achievement/otherIdentifier/0/identifier",
	"/credentialSubject/achievement/otherIdentifier/0/identifierType",
	"/credentialSubject/achievement/related/0/id", "/credentialSubject/achievement/related/0/type",
	"/credentialSubject/achievement/resultDescription/0/id", "/credentialSubject/achievement/resultDescription/0/type",
	"/credentialSubject/achievement/resultDescription/0/name", "/credentialSubject/achievement/resultDescription/0/resultType",
	"/credentialSubject/achievement/resultDescription/0/rubricCriterionLevel/0/id",
	"/credentialSubject/achievement/resultDescription/0/rubricCriterionLevel/0/type",
	"/credentialSubject/achievement/resultDescription/0/rubricCriterionLevel/0/name",
}

// ofVC are the members that package vc judges. Their removal is not a breach of the profile, and
// neither is a wrong value.
var ofVC = []string{"/@context", "/issuer", "/credentialSubject", "/proof", "/credentialStatus", "/type", "/validFrom"}

// TestEveryMemberRemoved removes each member of a full badge in turn: exactly the required ones are
// reported, at the place where they are missing, and nothing else is.
func TestEveryMemberRemoved(t *testing.T) {
	seen := 0
	for _, at := range members(t, full) {
		if slices.Contains([]string{"/@context", "/issuer", "/credentialSubject", "/type"}, at) || strings.HasSuffix(at, "/@value") {
			continue
		}
		found := badge.Conform(open(t, edit(t, full, at, nil)).Credential())
		want := ""
		if slices.Contains(requiredMembers, at) {
			want = "badge.missing " + at
			seen++
		}
		if got := places(found); got != want {
			t.Errorf("without %s: %q, want %q", at, got, want)
		}
	}
	if seen != len(requiredMembers) {
		t.Errorf("%d of %d required members are in the badge", seen, len(requiredMembers))
	}
}

// TestEveryMemberMistyped puts a value of every JSON type in the place of each member. No accessor
// may fail, findings are at that place or what follows from it, and at least one value is refused
// for each member that the model knows.
func TestEveryMemberMistyped(t *testing.T) {
	wrong := []string{"7", "true", "null", `""`, `" "`, "[]", "{}", `[[]]`, `[{}]`, `[null]`, `["a","b"]`, `{"@value":7}`, `{"id":7}`}
	for _, at := range members(t, full) {
		refused := 0
		for _, value := range wrong {
			b := open(t, edit(t, full, at, &value))
			show(b)
			for _, e := range badge.Conform(b.Credential()) {
				refused++
				parent := at[:strings.LastIndexByte(at, '/')]
				if !strings.HasPrefix(e.Pointer, at) && !strings.HasPrefix(e.Pointer, parent) {
					t.Errorf("%s = %s: a finding elsewhere: %v", at, value, e)
				}
			}
		}
		unknown := strings.HasPrefix(at, "/endorsement/0/") || strings.HasSuffix(at, "/unknown") || strings.HasPrefix(at, "/name/") || strings.HasPrefix(at, "/description/")
		ours := !slices.ContainsFunc(ofVC, func(p string) bool { return at == p || p != "/credentialSubject" && strings.HasPrefix(at, p+"/") })
		if ours && !unknown && refused == 0 {
			t.Errorf("%s: every value is accepted", at)
		}
	}
}

// show calls every accessor.
func show(b *badge.Badge) []any {
	return []any{b.Name(), b.Issuer(), b.Subject(), b.Evidence(), b.Container()}
}

// members lists the pointers of all members of objects in a JSON text, outermost first.
func members(t *testing.T, text string) []string {
	t.Helper()
	v, err := strict.Parse([]byte(text), strict.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	var walk func(v strict.Value)
	walk = func(v strict.Value) {
		for _, m := range v.Members() {
			all = append(all, m.Pointer())
			walk(m)
		}
		for e := range v.Elements() {
			walk(e)
		}
	}
	walk(v)
	return all
}

// edit replaces the value at a pointer by other JSON, or removes it with its name. The tree is
// rebuilt, so that the text keeps its order.
func edit(t *testing.T, text, at string, value *string) string {
	t.Helper()
	v, err := strict.Parse([]byte(text), strict.Limits{})
	if err != nil || !v.Lookup(at).Exists() {
		t.Fatalf("nothing at %q: %v", at, err)
	}
	var write func(v strict.Value) string
	write = func(v strict.Value) string {
		if v.Pointer() == at && value != nil {
			return *value
		}
		var parts []string
		switch v.Kind() {
		case strict.Object:
			for name, m := range v.Members() {
				if m.Pointer() != at || value != nil {
					quoted, _ := json.Marshal(name)
					parts = append(parts, string(quoted)+":"+write(m))
				}
			}
			return "{" + strings.Join(parts, ",") + "}"
		case strict.Array:
			for e := range v.Elements() {
				parts = append(parts, write(e))
			}
			return "[" + strings.Join(parts, ",") + "]"
		}
		return v.Raw()
	}
	return write(v)
}

// TestConcurrent shows, checks and matches one badge in many goroutines.
func TestConcurrent(t *testing.T) {
	b := open(t, full)
	want, p := show(b), recipients[1]
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				if diff := cmp.Diff(want, show(b)); diff != "" {
					t.Error(diff)
				}
				if found := badge.Conform(b.Credential()); len(found) != 0 {
					t.Error(found[0])
				}
				if r := p.Match(b.Credential()); r.Outcome != verify.Passed {
					t.Errorf("%+v", r)
				}
			}
		})
	}
	group.Wait()
}

// TestViewsAreCopies changes what one call returned.
func TestViewsAreCopies(t *testing.T) {
	b := open(t, full)
	want := show(b)
	s, e := b.Subject(), b.Evidence()
	clear(s.Type)
	clear(s.Achievement.Tag)
	clear(s.Achievement.Alignment)
	clear(e)
	if diff := cmp.Diff(want, show(b)); diff != "" {
		t.Error(diff)
	}
}

// FuzzRecipient holds that a recipient matches the identity that was baked for it, in plain text or
// hashed in each of the two ways, and no other.
func FuzzRecipient(f *testing.F) {
	for _, seed := range [][3]string{{"a@example.com", "Kosher", "b@example.com"}, {"zoë", "", "zoe\u0308"}, {"a", "b", "ab"}} {
		if seed[0] == seed[2] {
			f.Fatal("a seed that compares nothing")
		}
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, value, salt, other string) {
		quoted := func(s string) string { b, _ := json.Marshal(s); return string(b) }
		for _, s := range []string{value, salt, other} {
			var back string
			if json.Unmarshal([]byte(quoted(s)), &back) != nil || back != s {
				t.Skip("no text")
			}
		}
		for _, id := range []string{
			`"hashed":false,"identityHash":` + quoted(value),
			`"hashed":true,"salt":` + quoted(salt) + `,"identityHash":"sha256$` + hexSHA256(value+salt) + `"`,
			`"hashed":true,"salt":` + quoted(salt) + `,"identityHash":"md5$` + strings.ToUpper(hexMD5(value+salt)) + `"`,
		} {
			c := open(t, identity(id)).Credential()
			if r := badge.Email(value).Match(c); (r.Outcome == verify.Passed) != (value != "") {
				t.Fatalf("%s is not %q: %+v", id, value, r)
			}
			if r := badge.Email(other).Match(c); r.Outcome == verify.Passed && other != value {
				t.Fatalf("%s is %q", id, other)
			}
			if r := badge.Identifier("name", value).Match(c); r.Outcome != verify.Undecided {
				t.Fatalf("%s is a name: %+v", id, r)
			}
			if r := badge.AnyOf(badge.Email(other), badge.Email(value)).Match(c); (r.Outcome == verify.Passed) != (value != "") {
				t.Fatalf("%s is neither: %+v", id, r)
			}
		}
	})
}
