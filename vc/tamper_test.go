package vc_test

import (
	"os"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// sample returns a signed sample badge; its proof holds for every document with the same
// statements.
func sample(t *testing.T, name string) strict.Value {
	t.Helper()
	data, err := os.ReadFile("../../shared/bench/" + name + ".json")
	if err != nil {
		t.Skip("the sample badges are not here: ", err)
	}
	v, err := strict.Parse(data, strict.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// edit writes v out with the value at each pointer replaced; "" removes the member.
func edit(v strict.Value, at map[string]string) string {
	if text, found := at[v.Pointer()]; found {
		return text
	}
	var parts []string
	switch v.Kind() {
	case strict.Object:
		for name, m := range v.Members() {
			if text := edit(m, at); text != "" {
				parts = append(parts, `"`+name+`":`+text)
			}
		}
		return "{" + strings.Join(parts, ",") + "}"
	case strict.Array:
		for e := range v.Elements() {
			parts = append(parts, edit(e, at))
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	return v.Raw()
}

// Every property of the signed badge, moved onto the refresh service of its endorsement, which
// has the credential's id: the statements stay what they were, the reader loses sight of one.
func TestMovingAnyPropertyOfTheCredential(t *testing.T) {
	v := sample(t, "complete")
	const hiding = "/endorsement/0/refreshService"
	place := v.Lookup(hiding)
	if place.Get("id").Text() != v.Get("id").Text() {
		t.Fatal("the sample has no second object with the id of the credential")
	}
	n := 0
	for name, m := range v.Members() {
		if name == "@context" || name == "id" || name == "type" || name == "endorsement" {
			continue
		}
		moved := strings.TrimSuffix(place.Raw(), "}") + `,"` + name + `":` + m.Raw() + "}"
		forged := edit(v, map[string]string{m.Pointer(): "", hiding: moved})
		wantCode(t, "moved "+name, forged, "model.restructured", hiding)
		n++
	}
	if n < 9 {
		t.Errorf("moved %d properties; want at least 9", n)
	}
	wantCode(t, "unchanged", edit(v, nil), "", "")
}

// Every claim about the subject, moved to where only a reference to the subject could stand, or
// into a second subject that is the same one.
func TestMovingAnyClaimOfTheSubject(t *testing.T) {
	v := sample(t, "complete")
	subject := v.Get("credentialSubject")
	n := 0
	for name, m := range subject.Members() {
		if name == "id" || name == "type" {
			continue
		}
		piece := `{"id":` + subject.Get("id").Raw() + `,"type":["AchievementSubject"],"` + name + `":` + m.Raw() + `}`
		rest := edit(subject, map[string]string{m.Pointer(): ""})
		for where, at := range map[string]map[string]string{
			"/credentialSubject/1":  {"/credentialSubject": "[" + rest + "," + piece + "]"},
			"/issuer":               {"/credentialSubject": rest, "/issuer": piece},
			"/evidence/0/narrative": {"/credentialSubject": rest, "/evidence/0/narrative": piece},
			"/endorsement/0/issuer": {"/credentialSubject": rest, "/endorsement/0/issuer": piece},
			"/issuer/parentOrg":     {"/credentialSubject": rest, "/issuer/parentOrg": piece},
		} {
			wantCode(t, name+" in "+where, edit(v, at), "model.restructured", where)
		}
		n++
	}
	if n < 10 {
		t.Errorf("moved %d claims; want at least 10", n)
	}
}

// The signed badge in forms that make the same statements, by way of the types and of arrays.
func TestSpellingTheBadgeOtherwise(t *testing.T) {
	v := sample(t, "simple")
	const vocabulary = `"https://purl.imsglobal.org/spec/vc/ob/vocab.html#`
	subject := v.Get("credentialSubject")
	id, text := subject.Get("id").Raw(), edit(subject, nil)
	achievement := subject.Get("achievement")
	for _, c := range []struct{ what, at, text, pointer string }{
		{"credential's type", "/type", `["VerifiableCredential",` + vocabulary + `OpenBadgeCredential"]`, "/type/1"},
		{"image's type", "/credentialSubject/achievement/image/type", vocabulary + `Image"`, "/credentialSubject/achievement/image/type"},
		{"subject and a bare one", "/credentialSubject", `[` + text + `,{"id":` + id + `}]`, "/credentialSubject/1"},
		{"subject and one with the type's IRI", "/credentialSubject", `[{"id":` + id + `,"type":` + vocabulary + `AchievementSubject"},` + text + `]`, "/credentialSubject/1"},
		{"array in an array", achievement.Pointer(), `[[` + achievement.Raw() + `]]`, achievement.Pointer() + "/0/0"},
	} {
		wantCode(t, c.what, edit(v, map[string]string{c.at: c.text}), "model.restructured", c.pointer)
	}
	wantCode(t, "unchanged", edit(v, nil), "", "")
}

// The value of every member of the badge, wrapped in each JSON-LD object that stands for the same.
func TestWrappingAnyValue(t *testing.T) {
	v := sample(t, "simple")
	n := 0
	var visit func(strict.Value)
	visit = func(at strict.Value) {
		for name, m := range at.Members() {
			if name == "@context" || name == "id" || name == "type" {
				continue
			}
			for _, wrapper := range []string{`{"@set":[%]}`, `{"@list":[%]}`, `{"@graph":%}`, `{"@id":%}`, `{"@value":%,"@type":"x"}`, `{"@nest":%}`} {
				forged := edit(v, map[string]string{m.Pointer(): strings.Replace(wrapper, "%", m.Raw(), 1)})
				keyword := wrapper[2:strings.Index(wrapper, `":`)]
				wantCode(t, wrapper, forged, "model.restructured", strict.Join(m.Pointer(), keyword))
				n++
			}
			visit(m)
		}
		for e := range at.Elements() {
			visit(e)
		}
	}
	visit(v)
	if n < 140 {
		t.Errorf("wrapped %d values; want at least 140", n)
	}
}

// wantCode checks that Conform finds a code at a pointer among whatever else; "" for no finding.
func wantCode(t *testing.T, what, text, code, pointer string) {
	t.Helper()
	found := vc.Conform(parse(t, text))
	if code == "" && len(found) == 0 {
		return
	}
	for _, e := range found {
		if e.Code == code && e.Pointer == pointer {
			return
		}
	}
	t.Errorf("%s: found %v; want %s at %q", what, found, code, pointer)
}
