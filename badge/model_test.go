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
		Kind       string
		Pattern    string
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
	PrimitiveTypes map[string]any
	CLR            struct {
		Classes map[string]clrFact
	}
}

// clrFact is a class of CLR 2.0 as its JSON Schema has it.
type clrFact struct {
	Required             []string
	AdditionalProperties bool
	Properties           map[string]struct {
		Class string
		Array bool
		Enum  []string
		Items json.RawMessage
	}
}

// noCredential are the classes of the model that no credential has in it: key documents, and an answer of the API.
var noCredential = []string{"Multikey", "JWK", "JWKS", "GetOpenBadgeCredentialsResponse", "Map"}

// readFacts reads the model as it was extracted from the specification.
func readFacts(t *testing.T) facts {
	t.Helper()
	data, err := os.ReadFile("../../shared/requirements/ob3-model.json")
	if err != nil {
		t.Skipf("the facts of the model are not here: %v", err)
	}
	var f facts
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// TestModelFacts compares the table with the model: every class, property, cardinality, and whether it is
// extensible. A class for VC 1.1 that differs in the names of nested classes only stands for both.
func TestModelFacts(t *testing.T) {
	f := readFacts(t)
	compared := 0
	for name, fact := range f.Classes {
		if fact.Kind != "class" || slices.Contains(noCredential, name) {
			continue
		}
		c, ok := classes[name]
		if !ok {
			c, ok = classes[strings.TrimSuffix(name, "v1p1")]
		}
		if !ok {
			t.Errorf("the table lacks %s", name)
			continue
		}
		want := class{closed: !fact.Extensible, elsewhere: c.elsewhere}
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
		compared++
	}
	if compared != 31 {
		t.Errorf("%d classes compared, want 31", compared)
	}
	for name := range classes {
		if _, ok := f.Classes[name]; !ok && f.CLR.Classes[kind(name)].Properties == nil {
			t.Errorf("%s is no class of the model", name)
		}
	}
}

// TestModelEnumerations compares the enumerations, and the patterns of types that are not classes.
func TestModelEnumerations(t *testing.T) {
	f := readFacts(t)
	for name, e := range enumerations {
		fact, ok := f.Enums[name]
		if name == "AssociationType" {
			fact.Values, ok = f.CLR.Classes["Association"].Properties["associationType"].Enum, true
		}
		if diff := cmp.Diff(enumeration{fact.Extensible, fact.Values}, e, cmp.AllowUnexported(enumeration{})); diff != "" || !ok {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if len(enumerations) != len(f.Enums)+1 {
		t.Errorf("%d enumerations, want %d and that of CLR", len(enumerations), len(f.Enums))
	}
	if got := f.Classes["CompactJws"].Pattern; got != compactJWS.String() {
		t.Errorf("CompactJws is %s", got)
	}
	language, _ := f.PrimitiveTypes["LanguageCode"].(map[string]any)
	if got := language["pattern"]; got != languageCode.String() {
		t.Errorf("LanguageCode is %v", got)
	}
}

// TestModelCLR compares the classes of CLR with its JSON Schema, which knows no types but names of classes.
func TestModelCLR(t *testing.T) {
	f := readFacts(t)
	for _, name := range []string{"ClrCredential", "ClrSubject", "Association"} {
		fact, c := f.CLR.Classes[name], classes[name]
		if c.closed == fact.AdditionalProperties {
			t.Errorf("%s is closed: %t", name, c.closed)
		}
		if len(c.properties) != len(fact.Properties) {
			t.Errorf("%s has %d properties, want %d", name, len(c.properties), len(fact.Properties))
		}
		for _, p := range c.properties {
			want, ok := fact.Properties[p.name]
			class := want.Class
			if want.Array {
				var item struct{ Class string }
				_ = json.Unmarshal(want.Items, &item)
				class = item.Class
			}
			_, known := classes[p.typ]
			if !ok || known && p.typ != class || p.card.needed() != slices.Contains(fact.Required, p.name) {
				t.Errorf("%s.%s: the table has %v, the schema %+v", name, p.name, p, want)
			}
			if p.name != "type" && p.card.array() != want.Array {
				t.Errorf("%s.%s: array is %t", name, p.name, want.Array)
			}
		}
	}
	old, now := classes["ClrCredentialv1p1"], classes["ClrCredential"]
	if len(old.properties) != len(now.properties) {
		t.Error("the two forms of a CLR differ")
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
		"LanguageCode", "CompactJws", "PhoneNumber", "EmailAddress", "CountryCode", "ProfileRef", "Context"}
	if len(classes) != 32 {
		t.Errorf("%d classes, want 32", len(classes))
	}
	for name, c := range classes {
		for _, p := range c.properties {
			_, isClass := classes[p.typ]
			_, isEnum := enumerations[p.typ]
			_, isKind := kinds[p.typ]
			if !isClass && !isEnum && !isKind && !slices.Contains(textual, p.typ) {
				t.Errorf("%s.%s has the unknown type %q", name, p.name, p.typ)
			}
		}
		if len(c.oneOf) == 0 && name != "Criteria" && !c.elsewhere {
			t.Errorf("%s has no type", name)
		}
	}
}
