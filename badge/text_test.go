package badge_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/badgeproof/badgeproof/badge"
)

// TestText has a text in every form that it may have, and what is none.
func TestText(t *testing.T) {
	type text = badge.Text
	for json, want := range map[string]text{
		`"A"`:   {{Value: "A"}},
		`""`:    {{Value: ""}},
		`["A"]`: {{Value: "A"}},
		`{"@value":"A","@language":"en","@direction":"ltr"}`: {{"en", "ltr", "A"}},
		`{"@value":"A"}`:               {{Value: "A"}},
		`{"en":"A","pt-BR":"B"}`:       {{"en", "", "A"}, {"pt-BR", "", "B"}},
		`{"zh-Hans-CN":"A","gsw":"B"}`: {{"zh-Hans-CN", "", "A"}, {"gsw", "", "B"}},
		`{"@none":"A","en":["B","C"]}`: {{"", "", "A"}, {"en", "", "B"}, {"en", "", "C"}},
		`[{"@value":"A","@language":"en"},{"@value":"B","@language":"ar","@direction":"rtl"}]`: {{"en", "", "A"}, {"ar", "rtl", "B"}},
		`["A",{"de":"B"},7,null,["C"]]`:     {{Value: "A"}, {"de", "", "B"}},
		`{"en":7,"de":"A","fr":null}`:       {{"de", "", "A"}},
		`{"english":"A","x":"B","":"C"}`:    nil,
		`{"@value":7,"en":"A"}`:             nil,
		`{"@value":{"@value":"A"}}`:         nil,
		`{"@value":"A","@language":["en"]}`: {{Value: "A"}},
		`{"en":{"@value":"A"}}`:             nil,
		`7`:                                 nil,
		`null`:                              nil,
		`[]`:                                nil,
		`{}`:                                nil,
	} {
		b := open(t, `{"credentialSubject":{"achievement":{"description":`+json+`}}}`)
		got := b.Subject().Achievement.Text("description")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", json, diff)
		}
	}
	if got := (badge.Achievement{Name: "A"}).Text("name"); got != nil {
		t.Errorf("a made achievement: %v", got)
	}
}

// TestTextIn holds which language is chosen for whom.
func TestTextIn(t *testing.T) {
	languages := func(list string) badge.Text {
		var all badge.Text
		for _, l := range strings.Fields(list) {
			all = append(all, badge.Translation{Language: strings.TrimPrefix(l, "none"), Value: l})
		}
		return all
	}
	for name, c := range map[string]struct{ have, like, want string }{
		"the same":                {"en de fr", "de", "de"},
		"without regard to case":  {"en PT-br", "pt-BR", "PT-br"},
		"the order of the reader": {"en de fr", "fr de", "fr"},
		"the next that is there":  {"en de", "fr de", "de"},
		"closer":                  {"en de-AT", "de", "de-AT"},
		"wider":                   {"en de", "de-AT", "de"},
		"wider by two":            {"en zh", "zh-Hans-CN", "zh"},
		"the same before closer":  {"de-AT de", "de", "de"},
		"closer before wider":     {"de de-AT-1996", "de-AT", "de-AT-1996"},
		"no sister":               {"en de-CH", "de-AT", "en"},
		"wider before the next":   {"de fr", "de-AT fr", "de"},
		"no part of a word":       {"en deu", "de", "en"},
		"without a language":      {"en none", "fr", "none"},
		"the first":               {"en de", "fr", "en"},
		"the first of all":        {"en none", "", "en"},
		"nothing":                 {"", "de", ""},
		"an empty wish":           {"en", "-", "en"},
	} {
		t.Run(name, func(t *testing.T) {
			like := strings.Fields(c.like)
			if got := languages(c.have).In(like...); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
	if got := languages("en de").String(); got != "en" {
		t.Errorf("as a string: %q", got)
	}
	if got := languages("en none").In("", "fr"); got != "none" {
		t.Errorf("an empty language: %q", got)
	}
}

// TestIn shows one badge to readers of several languages, in all of its texts.
func TestIn(t *testing.T) {
	b := open(t, `{"name":{"en":"Diploma","de":"Zeugnis"},"issuer":{"name":{"en":"School","de":"Schule"}},
	  "evidence":[{"name":{"en":"Essay","de":"Aufsatz"}}],
	  "credentialSubject":{"role":"Autor","achievement":{"name":[{"@value":"First","@language":"en"},{"@value":"Erste","@language":"de"}],
	    "tag":[{"en":"code","de":"Programm"},"x"],"resultDescription":[{"name":{"en":"Grade","de":"Note"}}]}}}`)
	shown := func(b *badge.Badge) string {
		a := b.Subject().Achievement
		return strings.Join([]string{b.Name(), b.Issuer().Name, b.Evidence()[0].Name, b.Subject().Role, a.Name, strings.Join(a.Tag, "+"), a.ResultDescription[0].Name}, " ")
	}
	for language, want := range map[string]string{
		"en": "Diploma School Essay Autor First code+x Grade",
		"de": "Zeugnis Schule Aufsatz Autor Erste Programm+x Note",
		"fr": "Diploma School Essay Autor First code+x Grade",
	} {
		if got := shown(b.In(language)); got != want {
			t.Errorf("%s: %s", language, got)
		}
	}
	if got := shown(b); got != "Diploma School Essay Autor First code+x Grade" {
		t.Errorf("no language: %s", got)
	}
	wishes := []string{"de"}
	german := b.In(wishes...)
	wishes[0] = "en"
	if german.Name() != "Zeugnis" || german.Credential() != b.Credential() || german.Container() != b.Container() {
		t.Error("the badge in a language is not the same badge, or changes with what was given to it")
	}
	only := open(t, `{"credentialSubject":{"achievement":{"name":{"en":"First","de":"Erste"}}}}`)
	if got := only.In("de").Name(); got != "Erste" {
		t.Errorf("the name of the achievement: %q", got)
	}
}

// TestExtensions keeps what the specification leaves to others.
func TestExtensions(t *testing.T) {
	s := open(t, `{"credentialSubject":{"skillLevel":{"n":1.50},"identifier":[{"identityType":"ext:badgeNumber","identityHash":"7"}],
	  "achievement":{"achievementType":"ext:Micro|Course","ext:hours":40,"alignment":[{"targetType":"ext:ESCO","targetUrl":"https://e"}]}}}`).Subject()
	a := s.Achievement
	if a.AchievementType != "ext:Micro|Course" || a.Alignment[0].TargetType != "ext:ESCO" || s.Identifier[0].IdentityType != "ext:badgeNumber" {
		t.Errorf("values of extensions: %+v", s)
	}
	if hours := a.Others["ext:hours"]; hours.Raw() != "40" || len(a.Others) != 1 || s.Others["skillLevel"].Get("n").Raw() != "1.50" {
		t.Errorf("properties of extensions: %v %v", a.Others, s.Others)
	}
	if a.Alignment[0].Others != nil {
		t.Errorf("others where there are none: %v", a.Alignment[0].Others)
	}
}

// TestObjectEqual compares what two texts say.
func TestObjectEqual(t *testing.T) {
	read := func(text string) badge.Criteria {
		return open(t, `{"credentialSubject":{"achievement":{"criteria":`+text+`}}}`).Subject().Achievement.Criteria
	}
	a := read(`{"narrative":"n","x":{"a":[1,"b"],"c":null}}`)
	for text, same := range map[string]bool{
		`{"x": {"c": null, "a": [1, "\u0062"]}, "narrative": "n"}`: true,
		`{"narrative":"n","x":{"a":[1,"b"]}}`:                      false,
		`{"narrative":"n","x":{"a":[1,"b"],"d":null}}`:             false,
		`{"narrative":"n","x":{"a":["b",1],"c":null}}`:             false,
		`{"narrative":"n","x":{"a":[1.0,"b"],"c":null}}`:           false,
		`{"narrative":"n","x":{"a":[1,"B"],"c":null}}`:             false,
		`{"narrative":"n","x":{"a":[1,"b"],"c":false}}`:            false,
		`{"narrative":"n","y":{"a":[1,"b"],"c":null}}`:             false,
		`{"narrative":"n"}`:                                        false,
	} {
		b := read(text)
		if got := a.Equal(b.Object); got != same {
			t.Errorf("%s: equal is %v", text, got)
		}
		if got := cmp.Equal(a, b); got != same {
			t.Errorf("%s: cmp says %v", text, got)
		}
	}
}
