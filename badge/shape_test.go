package badge

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// readers reads and writes a value as each class of the model, by name of the class.
var readers = map[string]func(strict.Value) any{
	"AchievementCredential": as[AchievementCredential], "EndorsementCredential": as[EndorsementCredential],
	"ClrCredential": as[ClrCredential], "VerifiableCredential": as[VerifiableCredential],
	"AchievementSubject": as[Subject], "EndorsementSubject": as[EndorsementSubject], "ClrSubject": as[ClrSubject],
	"CredentialSubject": as[CredentialSubject], "Achievement": as[Achievement], "Profile": as[Profile],
	"Address": as[Address], "GeoCoordinates": as[GeoCoordinates], "Alignment": as[Alignment], "Criteria": as[Criteria],
	"Evidence": as[Evidence], "Image": as[Image], "IdentifierEntry": as[IdentifierEntry],
	"IdentityObject": as[IdentityObject], "Related": as[Related], "Result": as[Result],
	"ResultDescription": as[ResultDescription], "RubricCriterionLevel": as[RubricCriterionLevel],
	"CredentialSchema": as[CredentialSchema], "CredentialStatus": as[CredentialStatus],
	"RefreshService": as[RefreshService], "TermsOfUse": as[TermsOfUse], "Proof": as[Proof], "Association": as[Association],
}

func as[T model](v strict.Value) any { return Read[T](v) }

// shapeOf returns the shape of the class of the model with this name, which classes for VC 1.1 share
// with those for VC 2.0.
func shapeOf(name string) *shape {
	read := readers[strings.TrimSuffix(name, "v1p1")]
	if read == nil {
		return nil
	}
	return shapes()[reflect.TypeOf(read(strict.Value{}))]
}

func TestEveryTypeHasAShape(t *testing.T) {
	if len(shapes()) != len(readers) {
		t.Errorf("%d shapes of %d classes", len(shapes()), len(readers))
	}
	for name := range readers {
		if shapeOf(name) == nil {
			t.Errorf("%s is reached from no credential", name)
		}
	}
	for typ, s := range shapes() {
		if s.object == nil {
			t.Errorf("%s has no Object", typ)
		}
		if s.ref && s.id == nil {
			t.Errorf("%s is referred to and has no ID", typ)
		}
		for _, f := range s.fields {
			field := typ.FieldByIndex(f.index)
			if f.name == "" || s.fields[s.byName[f.name]].name != f.name {
				t.Errorf("%s.%s has no name of its own: %q", typ, field.Name, f.name)
			}
			if !strings.EqualFold(strings.TrimPrefix(f.name, "@"), field.Name) {
				t.Errorf("%s.%s is named %q in JSON", typ, field.Name, f.name)
			}
			_, options, _ := strings.Cut(field.Tag.Get("ob"), ",")
			for _, o := range strings.Split(options, ",") {
				if !slices.Contains([]string{"", "bare", "always", "ref", "text"}, o) {
					t.Errorf("%s.%s: unknown option %q", typ, field.Name, o)
				}
			}
		}
	}
}

// severalHere are properties of one value by the model, of which VC 2.0 and older practice have more.
var severalHere = []string{"type", "credentialStatus", "refreshService", "domain"}

// TestTypesHaveTheModel compares the types with the table that conformance is checked by: no property is
// missing, and each is of the right kind.
func TestTypesHaveTheModel(t *testing.T) {
	for name, c := range classes {
		s := shapeOf(name)
		if s == nil {
			t.Errorf("no type for %s", name)
			continue
		}
		for _, p := range c.properties {
			i, ok := s.byName[p.name]
			if !ok {
				t.Errorf("%s lacks %s", name, p.name)
				continue
			}
			several := p.card.array() || slices.Contains(severalHere, p.name) || name == "VerifiableCredential" && p.name == "credentialSubject" ||
				name == "VerifiableCredentialv1p1" && p.name == "credentialSubject"
			checkKind(t, name, p.name, p.typ, several, s.fields[i])
		}
	}
}

// checkKind holds the kind of a field against the type of its property.
func checkKind(t *testing.T, class, property, typ string, several bool, f field) {
	t.Helper()
	typ = strings.TrimSuffix(strings.TrimSuffix(typ, "v1p1"), "Ref")
	var kinds []fieldKind
	switch {
	case shapeOf(typ) != nil && several:
		kinds = []fieldKind{kindObjects}
	case shapeOf(typ) != nil:
		kinds = []fieldKind{kindObject, kindPointer}
	case several:
		kinds = []fieldKind{kindTexts}
	case typ == "Float":
		kinds = []fieldKind{kindFloat, kindNumber}
	case typ == "Boolean":
		kinds = []fieldKind{kindBool}
	case typ == "DateTime" || typ == "DateTimeZ":
		kinds = []fieldKind{kindTime}
	default:
		kinds = []fieldKind{kindText}
	}
	if !slices.Contains(kinds, f.kind) {
		t.Errorf("%s.%s is a %s, and kind %d", class, property, typ, f.kind)
	}
}

// TestTypesHaveThePublishedModel compares the types with the model as it was published.
func TestTypesHaveThePublishedModel(t *testing.T) {
	data, err := os.ReadFile("../../shared/requirements/ob3-model.json")
	if err != nil {
		t.Skipf("the published model is not here: %v", err)
	}
	var published struct {
		Classes map[string]struct {
			Properties []struct{ Name string }
			JSONSchema struct{ PropertyNames []string }
		}
		CLR struct {
			Classes map[string]struct{ Properties map[string]any }
		}
	}
	if err := json.Unmarshal(data, &published); err != nil {
		t.Fatal(err)
	}
	compared := 0
	has := func(class, property string) {
		if s := shapeOf(class); s != nil {
			if _, ok := s.byName[property]; !ok {
				t.Errorf("%s lacks %s", class, property)
			}
			compared++
		}
	}
	for name, c := range published.Classes {
		for _, p := range c.Properties {
			has(name, p.Name)
		}
		for _, p := range c.JSONSchema.PropertyNames {
			has(name, p)
		}
	}
	for name, c := range published.CLR.Classes {
		if shapeOf(name) == nil {
			t.Errorf("no type for %s", name)
		}
		for p := range c.Properties {
			has(name, p)
		}
	}
	if compared < 500 {
		t.Errorf("%d properties compared only", compared)
	}
	for _, name := range []string{"Multikey", "JWK", "JWKS", "GetOpenBadgeCredentialsResponse"} { // key documents and an answer of the API
		delete(published.Classes, name)
	}
	for name, c := range published.Classes {
		if len(c.Properties) > 0 && shapeOf(name) == nil {
			t.Errorf("no type for %s", name)
		}
	}
}

// TestKinds reads a value of every kind of field, right and wrong.
func TestKinds(t *testing.T) {
	parse := func(text string) strict.Value {
		v, err := strict.Parse([]byte(text), strict.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	three, none := 3.5, (*float64)(nil)
	day := time.Date(2026, 5, 31, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]any{
		`{"creditsEarned":3.5}`:                             &three,
		`{"creditsEarned":[3.5]}`:                           &three,
		`{"creditsEarned":"3.5"}`:                           none,
		`{"creditsEarned":1e999}`:                           none,
		`{"creditsEarned":null}`:                            none,
		`{"activityStartDate":"2026-05-31T12:00:00Z"}`:      day,
		`{"activityStartDate":"2026-05-31T14:00:00+02:00"}`: day,
		`{"activityStartDate":"2026-05-31T12:00:00"}`:       day,
		`{"activityStartDate":"2026-05-31"}`:                time.Time{},
		`{"activityStartDate":20260531}`:                    time.Time{},
		`{"role":"x"}`:                                      "x",
		`{"role":["x","y"]}`:                                "x",
		`{"role":true}`:                                     "",
		`{"type":"A"}`:                                      []string{"A"},
		`{"type":["A",1,"B",null]}`:                         []string{"A", "B"},
		`{"type":{"en":"A"}}`:                               []string(nil),
		`{"achievement":{"tag":["a",{"en":"b"},{"x":1}]}}`:  []string{"a", "b"},
		`{"achievement":{"tag":{"@value":"a"}}}`:            []string{"a"},
		`{"achievement":"urn:a"}`:                           "urn:a",
		`{"achievement":["urn:a"]}`:                         "urn:a",
		`{"achievement":7}`:                                 "",
		`{"identifier":{"hashed":true}}`:                    true,
		`{"identifier":{"hashed":"true"}}`:                  false,
		`{"source":{"parentOrg":"urn:p"}}`:                  "urn:p",
		`{"source":{"parentOrg":{"id":"urn:p"}}}`:           "urn:p",
		`{"source":{"address":{"geo":{"latitude":3.5}}}}`:   3.5,
		`{"source":{"address":{"geo":{"latitude":"3.5"}}}}`: 0.0,
		`{"result":[{"value":"A"},"B",{"value":"C"}]}`:      2,
		`{"result":{"value":"A"}}`:                          1,
		`{"result":"A"}`:                                    0,
		`{"result":[[{"value":"A"}]]}`:                      0,
	} {
		s := Read[Subject](parse(text))
		var got any
		switch {
		case strings.Contains(text, "creditsEarned"):
			got = s.CreditsEarned
		case strings.Contains(text, "activity"):
			got = s.ActivityStartDate
		case strings.Contains(text, "role"):
			got = s.Role
		case strings.Contains(text, "tag"):
			got = s.Achievement.Tag
		case strings.Contains(text, "achievement"):
			got = s.Achievement.ID
		case strings.Contains(text, "identifier"):
			got = s.Identifier[0].Hashed
		case strings.Contains(text, "parentOrg"):
			got = s.Source.ParentOrg.ID
		case strings.Contains(text, "geo"):
			got = s.Source.Address.Geo.Latitude
		case strings.Contains(text, "result"):
			got = len(s.Result)
		default:
			got = s.Type
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %#v, want %#v", text, got, want)
		}
	}
	if p := Read[Profile](parse(`"urn:p"`)); p.ID != "urn:p" || p.JSON().Text() != "urn:p" {
		t.Errorf("the URI of a profile: %+v", p)
	}
	if r := Read[Result](parse(`"urn:r"`)); !reflect.ValueOf(r).IsZero() {
		t.Errorf("a string is read as a result: %+v", r)
	}
	if a := Read[Achievement](parse(`[{"id":"urn:a"}]`)); a.ID != "" {
		t.Errorf("an array is read as an achievement: %+v", a)
	}
	if a := Read[Achievement](strict.Value{}); !reflect.ValueOf(a).IsZero() {
		t.Errorf("nothing is read as an achievement: %+v", a)
	}
}
