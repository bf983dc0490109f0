package badge

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// genuineOlder has an object of each class of the model, with every property that must be there and nothing else.
var genuineOlder = map[string]string{
	classAssertion: `{"@context":"https://w3id.org/openbadges/v2","id":"https://a.example/1","type":"Assertion","recipient":{"type":"email","identity":"ada@example.org","hashed":false},
		"badge":"https://a.example/b","verification":{"type":"hosted"},"issuedOn":"2026-05-31T12:00:00Z"}`,
	classBadge:           `{"@context":"https://w3id.org/openbadges/v2","id":"urn:b","type":"BadgeClass","name":"B","issuer":"https://a.example/i","description":"D","image":"https://a.example/p","criteria":"https://a.example/c"}`,
	classProfile:         `{"@context":"https://w3id.org/openbadges/v2","id":"https://a.example/i","type":"Profile","name":"I","url":"https://a.example","email":"i@a.example"}`,
	classEndorsement:     `{"@context":"https://w3id.org/openbadges/v2","id":"urn:e","type":"Endorsement","claim":{"id":"urn:b"},"issuer":"https://a.example/i","issuedOn":"2026-05-31T12:00:00Z","verification":{"type":"hosted"}}`,
	classKey:             `{}`,
	classRevocation:      `{"type":"RevocationList"}`,
	"IdentityObject":     `{"type":"email","identity":"ada@example.org","hashed":false}`,
	"VerificationObject": `{"type":"signed"}`, "issuer's VerificationObject": `{}`, "claim": `{"id":"urn:b"}`, "Evidence": `{}`, "Image": `{"id":"https://a.example/p"}`,
	"Criteria": `{"narrative":"N"}`, "AlignmentObject": `{"targetName":"T","targetUrl":"https://a.example/t"}`,
}

// valuesOlder has, for each kind, values that can stand there, and values that cannot.
var valuesOlder = map[olderKind]struct{ right, wrong []string }{
	aText:    {[]string{`"x"`, `""`, `{"@value":"x","@language":"en"}`}, []string{`1`, `true`, `{}`, `{"@value":1}`}},
	aScalar:  {[]string{`"x"`, `1.5`}, []string{`false`, `{}`}},
	aName:    {[]string{`"x"`}, []string{`""`, `1`, `{}`}},
	anIRI:    {[]string{`"urn:x"`, `"https://a.example/ä"`, `"did:web:a.example#k"`}, []string{`"x"`, `""`, `"a b:c"`, `"urn:a b"`, `"https://a.example/\n"`, `":x"`, `"urn:"`, `1`, `{}`, `"https://a.example/<"`}},
	aTime:    {[]string{`"2026-05-31T12:00:00Z"`, `"2026-05-31T12:00:00.5+02:00"`, `"2026-05-31T12:00+0200"`, `"2026-05-31T12:00:00+02"`}, []string{`"2026-05-31"`, `"2026-05-31T12:00:00"`, `"2026-02-30T12:00:00Z"`, `"x"`, `1780228800`, `{}`}},
	aBool:    {[]string{`true`, `false`}, []string{`"true"`, `0`, `{}`}},
	anObject: {nil, []string{`"x"`, `1`, `"urn:x"`}},
	aRef:     {[]string{`"urn:x"`}, []string{`"x"`, `1`, `false`, `"a b:c"`}},
	aPicture: {[]string{`"https://a.example/p"`, `"data:image/png;base64,AA=="`}, []string{`"x"`, `1`}},
}

// checkOlder checks a document of a class after an edit, and returns the codes of breaches and of what is tolerated, each
// with its pointer.
func checkOlder(t *testing.T, class string, edit func(members map[string]json.RawMessage)) (breaches, tolerated []string) {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(genuineOlder[class]), &members); err != nil {
		t.Fatal(err)
	}
	edit(members)
	data, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	v, err := strict.Parse(data, strict.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	k := olderChecker{place: "/at"}
	k.object(v, class)
	list := func(all []*strict.Error) (out []string) {
		for _, e := range all {
			out = append(out, e.Code+" "+strings.TrimPrefix(e.Pointer, "/at"))
			if !strings.HasPrefix(e.Pointer, "/at") || e.Detail == "" {
				t.Errorf("the finding %+v has no place or says nothing", e)
			}
		}
		return out
	}
	return list(k.breaches), list(k.tolerated)
}

// TestOlderModel takes each row of the model: without the property, with nothing for it, with one and several values, and
// with those that can and cannot stand there.
func TestOlderModel(t *testing.T) {
	for class, properties := range olderClasses {
		if breaches, tolerated := checkOlder(t, class, func(map[string]json.RawMessage) {}); len(breaches)+len(tolerated) > 0 {
			t.Errorf("%s: the genuine one has %v, %v", class, breaches, tolerated)
		}
		if _, common := map[string]bool{classAssertion: true, classBadge: true, classProfile: true, classEndorsement: true}[class]; common {
			properties = slices.Concat(properties, olderCommon)
		}
		for _, p := range properties {
			t.Run(class+" "+p.name, func(t *testing.T) {
				missing := map[needed][2][]string{mayBe: {}, mustBe: {{codeOlderMissing + " /" + p.name}}, shouldBe: {nil, {codeOlderMissing + " /" + p.name}}}[p.needed]
				breaches, tolerated := checkOlder(t, class, func(m map[string]json.RawMessage) { delete(m, p.name) })
				want(t, "without it", breaches, missing[0]...)
				if class != "Criteria" { // of which one of two has to be there
					want(t, "without it, tolerated", tolerated, missing[1]...)
				}
				set := func(value string) ([]string, []string) {
					return checkOlder(t, class, func(m map[string]json.RawMessage) { m[p.name] = json.RawMessage(value) })
				}
				for _, nothing := range []string{"null", "[]"} {
					breaches, _ := set(nothing)
					if p.name != "type" || p.needed == mayBe {
						want(t, nothing, breaches, missing[0]...)
					} else if !slices.Contains(breaches, missing[0][0]) { // which breaks the rule for types as well
						t.Errorf("%s: %v", nothing, breaches)
					}
				}
				valuesOf(t, p, set)
			})
		}
	}
}

// valuesOf puts values of each kind into a property.
func valuesOf(t *testing.T, p olderProperty, set func(value string) (breaches, tolerated []string)) {
	t.Helper()
	right := slices.Clone(valuesOlder[p.kind].right)
	if (p.kind == anObject || p.kind == aRef) && genuineOlder[p.class] != "" {
		right = append(right, genuineOlder[p.class])
	}
	for _, value := range right {
		if p.name == "type" || p.name == "identity" || p.name == "hashed" { // which have rules of their own
			continue
		}
		breaches, _ := set(value)
		want(t, value, breaches)
		breaches, tolerated := set("[" + value + "]")
		if p.name == "id" {
			want(t, "["+value+"]", breaches, codeOlderType+" /id")
			continue
		}
		want(t, "["+value+"]", breaches)
		if told := slices.Contains(tolerated, codeOlderType+" /"+p.name); told == p.many {
			t.Errorf("an array of one %s: %v", value, tolerated)
		}
		breaches, _ = set("[" + value + "," + value + "]")
		if several := slices.Contains(breaches, codeOlderType+" /"+p.name); several == p.many {
			t.Errorf("two of %s: %v", value, breaches)
		}
	}
	for _, value := range valuesOlder[p.kind].wrong {
		breaches, _ := set(value)
		if !slices.Contains(breaches, codeOlderType+" /"+p.name) {
			t.Errorf("%s was taken: %v", value, breaches)
		}
		if p.many {
			breaches, _ = set("[" + value + "]")
			if !slices.Contains(breaches, codeOlderType+" /"+p.name+"/0") {
				t.Errorf("[%s] was taken: %v", value, breaches)
			}
		}
	}
}

// want fails unless the findings are exactly these.
func want(t *testing.T, what string, got []string, findings ...string) {
	t.Helper()
	if !slices.Equal(got, findings) {
		t.Errorf("%s: %v, want %v", what, got, findings)
	}
}

// TestOlderTerms has every property and class of the model among the terms that no context defines anew, and nothing else.
func TestOlderTerms(t *testing.T) {
	for class, properties := range olderClasses {
		for _, p := range properties {
			if !olderTerm(p.name) {
				t.Errorf("%s of %s is no term", p.name, class)
			}
		}
	}
	for _, name := range []string{"verify", "uid", "HostedBadge", "signed", "related", "version", "Issuer"} {
		if !olderTerm(name) {
			t.Errorf("%s is no term", name)
		}
	}
	for _, name := range []string{"", "@language", "@vocab", "mine", "ID", "extensions", "obi"} {
		if olderTerm(name) {
			t.Errorf("%q is a term", name)
		}
	}
	if got := slices.Sorted(maps.Keys(genuineOlder)); len(got) != len(olderClasses) {
		t.Errorf("there are %v for %d classes", got, len(olderClasses))
	}
}

// TestOlderFindings bounds what is listed, and keeps the order.
func TestOlderFindings(t *testing.T) {
	v, err := strict.Parse([]byte(`{"evidence":[`+strings.Repeat("1,", 300)+`1]}`), strict.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var k olderChecker
	k.object(v, classAssertion)
	if len(k.breaches)+len(k.tolerated) != MaxFindings || !k.full() {
		t.Errorf("%d breaches, %d tolerated", len(k.breaches), len(k.tolerated))
	}
	for i, e := range k.breaches[:5] { // the members come in the order of the model
		if e.Code != codeOlderMissing || strings.HasPrefix(e.Pointer, "/evidence") {
			t.Errorf("finding %d is %s at %s", i, e.Code, e.Pointer)
		}
	}
	if last := k.breaches[len(k.breaches)-1]; last.Code != codeOlderType || !strings.HasPrefix(last.Pointer, "/evidence/") {
		t.Errorf("the last is %s at %s", last.Code, last.Pointer)
	}
}
