package badge

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// facts is the part of the published model that the table repeats.
type facts struct {
	Classes map[string]struct {
		Extensible bool
		Properties []struct {
			Name, Type, Cardinality string
			SingleAllowedWhenOne    bool
			Constraints             []struct{ Contains, Equals any }
		}
	}
	Enums map[string]struct {
		Values     []string
		Extensible bool
	}
}

// TestModelFacts compares the table with the model as it was extracted from the specification.
func TestModelFacts(t *testing.T) {
	data, err := os.ReadFile("../../shared/requirements/ob3-model.json")
	if err != nil {
		t.Skipf("the facts of the model are not here: %v", err)
	}
	var f facts
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	for name, c := range classes {
		fact, ok := f.Classes[name]
		if !ok {
			t.Errorf("%s is no class of the model", name)
			continue
		}
		want := class{closed: !fact.Extensible}
		for _, p := range fact.Properties {
			want.properties = append(want.properties, property{p.Name, strings.TrimSuffix(p.Type, "v1p1"), cardinalityOf(p.Cardinality, p.SingleAllowedWhenOne)})
			for _, c := range p.Constraints {
				if own := stringsOf(c.Contains, c.Equals); p.Name == "type" && !slices.Equal(own, []string{"VerifiableCredential"}) {
					want.oneOf = own
				}
			}
		}
		if diff := cmp.Diff(want, c, cmp.AllowUnexported(class{}, property{})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for name, e := range enumerations {
		fact := f.Enums[name]
		if diff := cmp.Diff(enumeration{fact.Extensible, fact.Values}, e, cmp.AllowUnexported(enumeration{})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if len(enumerations) != len(f.Enums) {
		t.Errorf("%d enumerations, want %d", len(enumerations), len(f.Enums))
	}
}

func cardinalityOf(s string, bare bool) cardinality {
	switch {
	case s == "0..1":
		return optional
	case s == "1":
		return required
	case s == "0..*" && bare:
		return anySingle
	case s == "0..*":
		return any0
	case bare:
		return someSingle
	}
	return some
}

// stringsOf reads a constraint, which is a string or a list of them.
func stringsOf(values ...any) (all []string) {
	for _, v := range values {
		switch v := v.(type) {
		case string:
			all = append(all, v)
		case []any:
			for _, e := range v {
				all = append(all, stringsOf(e)...)
			}
		}
	}
	return all
}

// TestModelTypes proves that every type that the table names is known: a typing error in it must
// not switch a rule off.
func TestModelTypes(t *testing.T) {
	textual := []string{"URI", "URL", "IRI", "String", "Markdown", "DateTime", "DateTimeZ", "Date", "Identifier", "IdentityHash",
		"LanguageCode", "CompactJws", "PhoneNumber", "EmailAddress", "CountryCode", "ProfileRef", "EndorsementSubject", "AchievementSubject"}
	if len(classes) != 20 {
		t.Errorf("%d classes, want 20", len(classes))
	}
	for name, c := range classes {
		for _, p := range c.properties {
			_, isClass := classes[p.typ]
			_, isEnum := enumerations[p.typ]
			_, isKind := kinds[p.typ]
			if !isClass && !isEnum && !isKind && !checkedByVC[p.typ] && !slices.Contains(textual, p.typ) {
				t.Errorf("%s.%s has the unknown type %q", name, p.name, p.typ)
			}
		}
		if len(c.oneOf) == 0 && name != "Criteria" {
			t.Errorf("%s has no type", name)
		}
	}
}
