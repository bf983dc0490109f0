package badge

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/vc/canon"
	"github.com/badgeproof/badgeproof/vc/strict"
)

func value(t testing.TB, text string) strict.Value {
	t.Helper()
	v, err := strict.Parse([]byte(text), strict.Limits{Depth: 200})
	if err != nil {
		t.Fatalf("%v in %.2000s", err, text)
	}
	return v
}

// written marshals a class, and reads what comes out.
func written(t testing.TB, class any) strict.Value {
	t.Helper()
	data, err := json.Marshal(class)
	if err != nil {
		t.Fatal(err)
	}
	return value(t, string(data))
}

// difference is where two values differ first.
func difference(a, b strict.Value) string {
	for name, m := range a.Members() {
		if n := b.Get(name); !sameJSON(m, n) {
			return "/" + name + difference(m, n)
		}
	}
	for i := range a.Len() {
		if m, n := a.Index(i), b.Index(i); !sameJSON(m, n) {
			return "/" + strconv.Itoa(i) + difference(m, n)
		}
	}
	return fmt.Sprintf(": %.300s becomes %.300s", a.Raw(), b.Raw())
}

// lossless holds that a value that is read as a class and written again says the same.
func lossless(t testing.TB, name string, v strict.Value) {
	t.Helper()
	if v.Kind() != strict.Object {
		return
	}
	if got := written(t, readers[name](v)); !sameJSON(v, got) {
		t.Fatalf("as %s: %s", name, difference(v, got))
	}
}

// TestRoundTripCorpus reads everything in the corpus that opens as a badge, as the kind of credential that it
// names, and as every class that it is none of.
func TestRoundTripCorpus(t *testing.T) {
	opened := map[string]int{}
	err := filepath.WalkDir("../testdata", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if err == nil && d.Name() == "generate" {
				return fs.SkipDir
			}
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		b, err := Open(data)
		if err != nil {
			return nil
		}
		opened[filepath.Base(filepath.Dir(file))]++
		v := b.Credential().Value()
		for name := range readers {
			lossless(t, name, v)
		}
		want, err := canon.JCS(v)
		if err != nil {
			return nil // a number that JCS has no form for; compared by its digits above
		}
		got, err := canon.JCS(written(t, Read[AchievementCredential](v)))
		if err != nil || string(got) != string(want) {
			t.Errorf("%s: %v\n%s\nbecomes\n%s", file, err, want, got)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if opened["badges"] < 100 {
		t.Errorf("badges opened: %v", opened)
	}
}

// TestRoundTripGenerated reads and writes documents of every class of the model, in odd shapes and with
// values of every kind.
func TestRoundTripGenerated(t *testing.T) {
	for seed := range uint64(20) {
		g := generator{rand.New(rand.NewPCG(seed, 1)), true}
		for name := range classes {
			v := g.document(t, name)
			lossless(t, strings.TrimSuffix(name, "v1p1"), v)
			lossless(t, "AchievementCredential", v)
		}
	}
}

// TestFieldsHoldTheModel forgets the text that a document was read from: what is in the form of the
// specification comes out of the fields alone.
func TestFieldsHoldTheModel(t *testing.T) {
	for seed := range uint64(20) {
		g := generator{rand.New(rand.NewPCG(seed, 2)), false}
		for name := range classes {
			v := g.document(t, name)
			c := reflect.New(reflect.TypeOf(readers[strings.TrimSuffix(name, "v1p1")](v))).Elem()
			c.Set(reflect.ValueOf(readers[strings.TrimSuffix(name, "v1p1")](v)))
			if forget(c); !sameJSON(v, written(t, c.Interface())) {
				t.Fatalf("as %s: %s", name, difference(v, written(t, c.Interface())))
			}
		}
	}
}

// forget takes from an object, and from those in it, what it was read from.
func forget(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() && v.Elem().Kind() == reflect.Struct {
			forget(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			forget(v.Index(i))
		}
	case reflect.Struct:
		if o, ok := v.Addr().Interface().(*Object); ok {
			*o = Object{Others: o.Others}
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				forget(v.Field(i))
			}
		}
	}
}

const edited = `{"z":1,"type":"AchievementCredential","name":{"en":"A","de":"B"},"evidence":[7,{"name":"e","x":null},"s",{"id":"urn:f"}],
  "issuer":"did:web:a","awardedDate":"2026-01-01T02:00:00+02:00","credentialStatus":{"id":"urn:s","n":1.0},
  "credentialSubject":[{"id":"urn:u","achievement":{"name":["N"],"image":"urn:i","tag":"t","creditsAvailable":3.0},"source":{"parentOrg":{"name":"P"}}},"other"]}`

// TestEdits changes one thing in a document of odd shapes. Nothing else changes.
func TestEdits(t *testing.T) {
	for name, c := range map[string]struct {
		edit     func(*AchievementCredential)
		old, new string
	}{
		"nothing":            {func(*AchievementCredential) {}, "", ""},
		"text":               {func(a *AchievementCredential) { a.Name = "C" }, `{"en":"A","de":"B"}`, `"C"`},
		"the same text":      {func(a *AchievementCredential) { a.Name = "A" }, "", ""},
		"no text":            {func(a *AchievementCredential) { a.Name = "" }, `"name":{"en":"A","de":"B"},`, ""},
		"new text":           {func(a *AchievementCredential) { a.Description = "D<" }, `{"z":1`, `{"description":"D<","z":1`},
		"text of an element": {func(a *AchievementCredential) { a.Evidence[0].Name = "E" }, `"name":"e"`, `"name":"E"`},
		"no elements":        {func(a *AchievementCredential) { a.Evidence = nil }, `"evidence":[7,{"name":"e","x":null},"s",{"id":"urn:f"}],`, ""},
		"one element":        {func(a *AchievementCredential) { a.Evidence = a.Evidence[1:] }, `[7,{"name":"e","x":null},"s",{"id":"urn:f"}]`, `[{"id":"urn:f"}]`},
		"other order":        {func(a *AchievementCredential) { slices.Reverse(a.Evidence) }, `[7,{"name":"e","x":null},"s",{"id":"urn:f"}]`, `[{"id":"urn:f"},{"name":"e","x":null}]`},
		"another element":    {func(a *AchievementCredential) { a.Evidence = append(a.Evidence, Evidence{Genre: "g"}) }, `[7,{"name":"e","x":null},"s",{"id":"urn:f"}]`, `[{"name":"e","x":null},{"id":"urn:f"},{"genre":"g"}]`},
		"of an element":      {func(a *AchievementCredential) { delete(a.Evidence[0].Others, "x") }, `,"x":null`, ""},
		"issuer":             {func(a *AchievementCredential) { a.Issuer.ID = "did:web:b" }, `"did:web:a"`, `{"id":"did:web:b"}`},
		"issuer by id":       {func(a *AchievementCredential) { a.Issuer = Profile{ID: "did:web:b"} }, `"did:web:a"`, `"did:web:b"`},
		"name of the issuer": {func(a *AchievementCredential) { a.Issuer.Name = "I" }, `"did:web:a"`, `{"id":"did:web:a","name":"I"}`},
		"no issuer":          {func(a *AchievementCredential) { a.Issuer = Profile{} }, `"issuer":"did:web:a",`, ""},
		"time":               {func(a *AchievementCredential) { a.AwardedDate = a.AwardedDate.Add(time.Hour) }, "2026-01-01T02:00:00+02:00", "2026-01-01T01:00:00Z"},
		"the same time":      {func(a *AchievementCredential) { a.AwardedDate = a.AwardedDate.In(time.FixedZone("x", 3600)) }, "", ""},
		"no time":            {func(a *AchievementCredential) { a.AwardedDate = time.Time{} }, `"awardedDate":"2026-01-01T02:00:00+02:00",`, ""},
		"two statuses": {func(a *AchievementCredential) {
			a.CredentialStatus = append(a.CredentialStatus, CredentialStatus{ID: "urn:t"})
		}, `{"id":"urn:s","n":1.0}`, `[{"id":"urn:s","n":1.0},{"id":"urn:t"}]`},
		"another status":      {func(a *AchievementCredential) { a.CredentialStatus = []CredentialStatus{{ID: "urn:t"}} }, `{"id":"urn:s","n":1.0}`, `{"id":"urn:t"}`},
		"type":                {func(a *AchievementCredential) { a.Type = append(a.Type, "B") }, `"type":"AchievementCredential"`, `"type":["AchievementCredential","B"]`},
		"deep text":           {func(a *AchievementCredential) { a.CredentialSubject.Achievement.Name = "M" }, `["N"]`, `"M"`},
		"deep image":          {func(a *AchievementCredential) { a.CredentialSubject.Achievement.Image.Caption = "c" }, `"urn:i"`, `{"id":"urn:i","caption":"c"}`},
		"deep tag":            {func(a *AchievementCredential) { a.CredentialSubject.Achievement.Tag = []string{"u"} }, `"tag":"t"`, `"tag":["u"]`},
		"deep number":         {func(a *AchievementCredential) { *a.CredentialSubject.Achievement.CreditsAvailable = 4 }, `3.0`, `4`},
		"no number":           {func(a *AchievementCredential) { a.CredentialSubject.Achievement.CreditsAvailable = nil }, `,"creditsAvailable":3.0`, ""},
		"deep organization":   {func(a *AchievementCredential) { a.CredentialSubject.Source.ParentOrg.Name = "Q" }, `"name":"P"`, `"name":"Q"`},
		"no organization":     {func(a *AchievementCredential) { a.CredentialSubject.Source.ParentOrg = nil }, `{"parentOrg":{"name":"P"}}`, `{}`},
		"other organization":  {func(a *AchievementCredential) { a.CredentialSubject.Source.ParentOrg = &Profile{ID: "urn:q"} }, `{"name":"P"}`, `{"id":"urn:q"}`},
		"other subject":       {func(a *AchievementCredential) { a.CredentialSubject = Subject{ID: "urn:v"} }, edited[strings.Index(edited, `[{"id":"urn:u"`) : len(edited)-1], `{"id":"urn:v"}`},
		"no unknown":          {func(a *AchievementCredential) { delete(a.Others, "z") }, `"z":1,`, ""},
		"other unknown":       {func(a *AchievementCredential) { a.Others["z"] = a.CredentialStatus[0].Others["n"] }, `"z":1,`, `"z":1.0,`},
		"new unknown":         {func(a *AchievementCredential) { a.Others["y"] = a.Others["z"] }, `"z":1,`, `"z":1,"y":1,`},
		"known among unknown": {func(a *AchievementCredential) { a.Others["name"] = a.Others["z"] }, "", ""},
		"absent unknown":      {func(a *AchievementCredential) { a.Others["y"] = strict.Value{} }, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			a := Read[AchievementCredential](value(t, edited))
			c.edit(&a)
			if c.old != "" && strings.Count(edited, c.old) != 1 {
				t.Fatalf("%s occurs %d times", c.old, strings.Count(edited, c.old))
			}
			want := value(t, strings.Replace(edited, c.old, c.new, 1))
			if got := written(t, a); !sameJSON(want, got) {
				t.Errorf("\n%s\nwant\n%s", got.Raw(), want.Raw())
			}
		})
	}
}

// TestMade writes what nobody read, in the form of the specification.
func TestMade(t *testing.T) {
	two := 2.5
	made := AchievementCredential{
		CredentialBase: CredentialBase{Context: []string{"urn:a", "urn:b"}, ID: "urn:c", Type: []string{"VerifiableCredential"},
			Issuer: Profile{ID: "did:web:a"}, ValidFrom: time.Date(2026, 1, 1, 1, 0, 0, 0, time.FixedZone("", 3600)),
			Proof: []Proof{{Type: []string{"DataIntegrityProof"}, Domain: []string{"d"}}}},
		CredentialSubject: Subject{Identifier: []IdentityObject{{IdentityHash: "Ada"}}, CreditsEarned: &two,
			Achievement: Achievement{Tag: []string{"t"}, Image: Image{ID: "urn:i", Type: []string{"Image"}}},
			Source:      Profile{Address: Address{Geo: GeoCoordinates{Type: []string{"GeoCoordinates"}}}}},
	}
	want := value(t, `{"@context":["urn:a","urn:b"],"id":"urn:c","type":["VerifiableCredential"],"issuer":"did:web:a","validFrom":"2026-01-01T00:00:00Z",
	  "proof":{"type":"DataIntegrityProof","domain":"d"},"credentialSubject":{"identifier":[{"identityHash":"Ada","hashed":false}],"creditsEarned":2.5,
	  "achievement":{"tag":["t"],"image":{"id":"urn:i","type":"Image"}},"source":{"address":{"geo":{"type":"GeoCoordinates","latitude":0,"longitude":0}}}}}`)
	if got := written(t, made); !sameJSON(want, got) {
		t.Errorf("\n%s\nwant\n%s", got.Raw(), want.Raw())
	}
	if got := written(t, map[string]any{"a": []Achievement{{}}, "p": &Profile{}}).Raw(); got != `{"a":[{}],"p":{}}` {
		t.Errorf("values inside others: %s", got)
	}
}

// TestClaimsAreWritten: a claim of a VC 1.1 JWT stands in for a property, in the view and in what is written of it.
func TestClaimsAreWritten(t *testing.T) {
	part := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	b, err := Open([]byte(part(`{"alg":"EdDSA"}`) + "." + part(`{"vc":{"credentialSubject":{"role":["r"]}},"iss":"did:web:a","sub":"did:example:ada"}`) + ".c2ln"))
	if err != nil {
		t.Fatal(err)
	}
	if got := written(t, b.Subject()).Raw(); got != `{"role":["r"],"id":"did:example:ada"}` {
		t.Errorf("the subject is %s", got)
	}
	if got := written(t, b.Issuer()).Raw(); got != `{"id":"did:web:a"}` {
		t.Errorf("the issuer is %s", got)
	}
}

// TestMarshalRefuses has the values that only somebody who makes them can make.
func TestMarshalRefuses(t *testing.T) {
	loop := &Profile{}
	loop.ParentOrg = loop
	nan := math.NaN()
	for name, c := range map[string]struct {
		value any
		want  error
	}{
		"loop":      {*loop, errDepth},
		"not UTF-8": {Achievement{Name: "\xff"}, errUTF8},
		"in a list": {Achievement{Tag: []string{"a", "\xff"}}, errUTF8},
	} {
		if _, err := json.Marshal(c.value); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := json.Marshal(Subject{CreditsEarned: &nan}); err == nil {
		t.Error("no number is written as one")
	}
	if err := json.Unmarshal([]byte(`{"Name":"x"}`), &Achievement{}); err == nil {
		t.Error("encoding/json reads names that are not exact")
	}
}

// TestManyObjects holds that small objects cannot take much memory, and that those left out are not lost.
func TestManyObjects(t *testing.T) {
	wide := `{"credentialSubject":{"achievement":{"endorsement":[` + strings.Repeat("{},", 150_000) + `{"x":1}]}},"evidence":[{},7,{"name":"e"}]}`
	deep := strings.Repeat(`{"endorsement":[`+strings.Repeat("{},", 2_000), 20) + `{}` + strings.Repeat("]}", 20)
	deep = `{"issuer":` + strings.ReplaceAll(deep, `{"endorsement":[`, `{"issuer":{"endorsement":[`)
	deep = strings.ReplaceAll(deep, "]}", "]}}") + "}"
	for name, text := range map[string]string{"wide": wide, "deep": deep} {
		v := value(t, text)
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		a := Read[AchievementCredential](v)
		runtime.ReadMemStats(&after)
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 64 {
			t.Errorf("%s: %d MB for %d kB", name, used, len(text)>>10)
		}
		if !sameJSON(v, written(t, a)) {
			t.Errorf("%s: something is lost", name)
		}
	}
	a := Read[AchievementCredential](value(t, wide))
	if n := len(a.CredentialSubject.Achievement.Endorsement); n != MaxObjects {
		t.Errorf("%d endorsements", n)
	}
	a.CredentialSubject.Achievement.Endorsement[0].Name = "changed"
	want := value(t, strings.Replace(wide, "[{},", `[{"name":"changed"},`, 1))
	if !sameJSON(want, written(t, a)) {
		t.Error("something is lost by a change")
	}
	if b := Read[AchievementCredential](value(t, strings.Replace(wide, "150_000", "9", 1))); len(b.Evidence) > 2 {
		t.Errorf("%d pieces of evidence", len(b.Evidence))
	}
	none := Read[AchievementCredential](value(t, `{"evidence":[{}],"issuer":{"parentOrg":{"name":"P"}}}`))
	if len(none.Evidence) != 1 || none.Issuer.ParentOrg == nil {
		t.Errorf("small documents are cut: %+v", none)
	}
}

// FuzzRoundTrip holds that every JSON object survives being read as every class.
func FuzzRoundTrip(f *testing.F) {
	g := generator{rand.New(rand.NewPCG(1, 3)), true}
	seeds := []string{edited, `{"issuer":{"id":1}}`, `{"credentialSubject":[{"achievement":[["a"]]}]}`}
	for name := range readers {
		seeds = append(seeds, g.document(f, name).Raw())
	}
	for _, s := range seeds {
		value(f, s)
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := strict.Parse([]byte(text), strict.Limits{})
		if err != nil {
			t.Skip("not JSON")
		}
		for name := range readers {
			lossless(t, name, v)
		}
	})
}
