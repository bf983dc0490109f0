package badge_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/badge/bake"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// minimal is an Open Badge with nothing but what the specification requires.
const minimal = `{
  "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
  "id": "urn:uuid:b5f1", "type": ["VerifiableCredential", "OpenBadgeCredential"],
  "issuer": {"id": "did:web:example.edu", "type": ["Profile"]},
  "validFrom": "2026-01-01T00:00:00Z",
  "credentialSubject": {
    "id": "did:example:ada", "type": ["AchievementSubject"],
    "achievement": {"id": "urn:uuid:a1", "type": ["Achievement"], "criteria": {"narrative": "Wrote it"}, "description": "Wrote the first program", "name": "Programmer"}
  }
}`

// jws is an unsigned compact JWS with the payload {"id":"urn:uuid:1"}.
const jws = "eyJhbGciOiJFZERTQSJ9.eyJpZCI6InVybjp1dWlkOjEifQ.c2ln"

func open(t testing.TB, text string) *badge.Badge {
	t.Helper()
	b, err := badge.Open([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// change replaces exactly one place of a text.
func change(t testing.TB, text, old, new string) string {
	t.Helper()
	if n := strings.Count(text, old); n != 1 {
		t.Fatalf("%q occurs %d times", old, n)
	}
	return strings.Replace(text, old, new, 1)
}

func picture(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func baked(t testing.TB, image []byte, credential string) string {
	t.Helper()
	b, err := bake.Insert(image, []byte(credential))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestOpen(t *testing.T) {
	svg := []byte("<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>")
	for name, c := range map[string]struct{ data, container, id string }{
		"json":                 {minimal, "json", "urn:uuid:b5f1"},
		"json, white around":   {"\r\n\t" + minimal + "\n\n", "json", "urn:uuid:b5f1"},
		"jwt":                  {jws, "jwt", "urn:uuid:1"},
		"jwt, white around":    {"\n " + jws + "\r\n", "jwt", "urn:uuid:1"},
		"png, json":            {baked(t, picture(t), minimal), "png", "urn:uuid:b5f1"},
		"png, jwt":             {baked(t, picture(t), jws), "png", "urn:uuid:1"},
		"svg, json":            {baked(t, svg, minimal), "svg", "urn:uuid:b5f1"},
		"svg, jwt":             {baked(t, svg, jws), "svg", "urn:uuid:1"},
		"svg, byte order mark": {"\ufeff" + baked(t, []byte("<svg></svg>"), minimal), "svg", "urn:uuid:b5f1"},
		"svg, leading space":   {"\n" + baked(t, []byte("<svg></svg>"), minimal), "svg", "urn:uuid:b5f1"},
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, c.data)
			if b.Container() != c.container || b.Credential().ID() != c.id {
				t.Errorf("container %q, id %q", b.Container(), b.Credential().ID())
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	damaged := []byte(baked(t, picture(t), minimal))
	damaged[80] ^= 1
	for name, c := range map[string]struct{ data, code string }{
		"empty":               {"", "json.syntax"},
		"white":               {" \n", "json.syntax"},
		"text":                {"hello", "json.syntax"},
		"array":               {"[" + minimal + "]", "model.type"},
		"string":              {`"` + jws + `"`, "model.type"},
		"two documents":       {minimal + minimal, "json.syntax"},
		"duplicate name":      {change(t, minimal, `"validFrom"`, `"id":"x","validFrom"`), "json.duplicate"},
		"byte order mark":     {"\ufeff" + minimal, "json.utf8"},
		"Latin-1":             {change(t, minimal, "Programmer", "Zo\xeb"), "json.utf8"},
		"UTF-16":              {"\xff\xfe{\x00}\x00", "json.utf8"},
		"jwt of two parts":    {"eyJhbGciOiJFZERTQSJ9.e30", "jwt.syntax"},
		"jwt with white":      {change(t, jws, ".c2ln", ". c2ln"), "jwt.syntax"},
		"png, changed":        {string(damaged), "bake.crc"},
		"png, nothing in it":  {string(picture(t)), "bake.missing"},
		"png, not JSON":       {baked(t, picture(t), "{"), "json.syntax"},
		"png, duplicate name": {baked(t, picture(t), `{"id":1,"id":2}`), "json.duplicate"},
		"svg, nothing in it":  {"<svg></svg>", "bake.missing"},
		"svg, two":            {change(t, baked(t, []byte("<svg></svg>"), jws), "</svg>", `<credential xmlns="https://purl.imsglobal.org/ob/v3p0" verify="a.b.c"/></svg>`), "bake.duplicate"},
		"html":                {"<!DOCTYPE html><html></html>", "bake.format"},
		"xml":                 {"<badge/>", "bake.format"},
		"jpeg":                {"\xff\xd8\xff\xe0\x00\x10JFIF", "bake.format"},
		"gif":                 {"GIF89a\x01\x00", "bake.format"},
		"pdf":                 {"%PDF-1.7\n", "bake.format"},
		"webp":                {"RIFF\x24\x00\x00\x00WEBP", "bake.format"},
		"zip":                 {"PK\x03\x04", "bake.format"},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := badge.Open([]byte(c.data))
			if e, ok := errors.AsType[*strict.Error](err); !ok || e.Code != c.code || e.Detail == "" || b != nil {
				t.Errorf("error %v beside %v, want %s", err, b, c.code)
			}
		})
	}
}

// TestView holds the accessors against a badge that uses every property they show.
func TestView(t *testing.T) {
	b := open(t, `{
	  "name": "Diploma", "issuer": {"id": "did:web:example.edu", "type": ["Profile"], "name": "Example", "url": "https://example.edu",
	    "email": "office@example.edu", "description": "A school", "image": {"id": "https://example.edu/logo.png", "type": "Image", "caption": "Logo"}},
	  "evidence": [{"id": "https://example.edu/e", "type": ["Evidence"], "name": "Essay", "description": "d", "narrative": "n", "genre": "g", "audience": "a"}, {"type": "Evidence"}],
	  "credentialSubject": {"id": "did:example:ada", "type": ["AchievementSubject"], "narrative": "well done", "role": "author", "term": "fall",
	    "identifier": [{"type": "IdentityObject", "identityType": "emailAddress", "identityHash": "sha256$00", "hashed": true, "salt": "s"},
	                   {"type": "IdentityObject", "identityType": "name", "identityHash": "Ada", "hashed": false}],
	    "achievement": {"id": "urn:a", "type": ["Achievement"], "achievementType": "Diploma", "name": "Programmer", "description": "first",
	      "criteria": {"id": "https://example.edu/c", "narrative": "# do"}, "image": {"id": "data:image/png;base64,", "type": "Image"},
	      "creator": {"id": "urn:creator", "type": ["Profile"], "name": "Creator"}, "tag": ["a", "b"],
	      "alignment": [{"type": ["Alignment"], "targetName": "N", "targetUrl": "https://e/n", "targetType": "CTDL", "targetCode": "c", "targetFramework": "f", "targetDescription": "d"}]}}}`)
	got := []any{b.Name(), b.Issuer(), b.Subject(), b.Evidence()}
	want := []any{"Diploma",
		badge.Profile{ID: "did:web:example.edu", Type: []string{"Profile"}, Name: "Example", URL: "https://example.edu", Email: "office@example.edu",
			Description: "A school", Image: badge.Image{ID: "https://example.edu/logo.png", Type: []string{"Image"}, Caption: "Logo"}},
		badge.Subject{ID: "did:example:ada", Type: []string{"AchievementSubject"}, Narrative: "well done", Role: "author", Term: "fall",
			Identifier: []badge.IdentityObject{
				{Type: []string{"IdentityObject"}, IdentityType: "emailAddress", IdentityHash: "sha256$00", Hashed: true, Salt: "s"},
				{Type: []string{"IdentityObject"}, IdentityType: "name", IdentityHash: "Ada"}},
			Achievement: badge.Achievement{ID: "urn:a", Type: []string{"Achievement"}, AchievementType: "Diploma", Name: "Programmer", Description: "first",
				Criteria: badge.Criteria{ID: "https://example.edu/c", Narrative: "# do"}, Image: badge.Image{ID: "data:image/png;base64,", Type: []string{"Image"}},
				Creator: badge.Profile{ID: "urn:creator", Type: []string{"Profile"}, Name: "Creator"}, Tag: []string{"a", "b"},
				Alignment: []badge.Alignment{{Type: []string{"Alignment"}, TargetName: "N", TargetURL: "https://e/n", TargetType: "CTDL", TargetCode: "c", TargetFramework: "f", TargetDescription: "d"}}}},
		[]badge.Evidence{{ID: "https://example.edu/e", Type: []string{"Evidence"}, Name: "Essay", Description: "d", Narrative: "n", Genre: "g", Audience: "a"},
			{Type: []string{"Evidence"}}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestViewTolerates has the shapes that one statement may have, and wrong ones, which are left out.
func TestViewTolerates(t *testing.T) {
	for name, c := range map[string]struct{ json, want string }{
		"plain":                {`{"name":"A"}`, "A"},
		"value object":         {`{"name":{"@value":"A","@language":"en"}}`, "A"},
		"list of languages":    {`{"name":[{"@value":"A","@language":"en"},{"@value":"B","@language":"de"}]}`, "A"},
		"language map":         {`{"name":{"en":"A","pt-BR":"B"}}`, "A"},
		"of the achievement":   {`{"credentialSubject":{"achievement":{"name":"A"}}}`, "A"},
		"in arrays of one":     {`{"credentialSubject":[{"achievement":[{"name":["A"]}]}]}`, "A"},
		"empty":                {`{"name":"","credentialSubject":{"achievement":{"name":"A"}}}`, "A"},
		"number":               {`{"name":7}`, ""},
		"null":                 {`{"name":null}`, ""},
		"other case":           {`{"Name":"A"}`, ""},
		"value of wrong type":  {`{"name":{"@value":7,"en":"A"}}`, ""},
		"object":               {`{"name":{"first":"A"}}`, ""},
		"wrong types above":    {`{"credentialSubject":{"achievement":"A"}}`, ""},
		"wrong types at root":  {`{"credentialSubject":"A"}`, ""},
		"list of lists":        {`{"name":[["A"]]}`, ""},
		"nothing at all":       {`{}`, ""},
		"map with number":      {`{"name":{"en":7,"de":"A"}}`, "A"},
		"map that is no map":   {`{"name":{"english":"A"}}`, ""},
		"nested value objects": {`{"name":{"@value":{"@value":"A"}}}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := open(t, c.json).Name(); got != c.want {
				t.Errorf("Name = %q, want %q", got, c.want)
			}
		})
	}
}

func TestViewIdentifiers(t *testing.T) {
	uri := open(t, `{"issuer":"did:web:a","evidence":{"id":"urn:e"},"credentialSubject":{"identifier":{"identityType":"name"},"achievement":{"image":"https://i","criteria":"https://c","tag":"t"}}}`)
	a := uri.Subject().Achievement
	if uri.Issuer().ID != "did:web:a" || a.Image.ID != "https://i" || a.Criteria.ID != "https://c" || len(a.Tag) != 1 ||
		len(uri.Evidence()) != 1 || len(uri.Subject().Identifier) != 1 {
		t.Errorf("bare values are not shown: %+v %+v", uri.Issuer(), uri.Subject())
	}
	// {"vc":{"credentialSubject":{}},"iss":"did:web:a","sub":"did:example:ada"}
	claims := open(t, "eyJhbGciOiJFZERTQSJ9.eyJ2YyI6eyJjcmVkZW50aWFsU3ViamVjdCI6e319LCJpc3MiOiJkaWQ6d2ViOmEiLCJzdWIiOiJkaWQ6ZXhhbXBsZTphZGEifQ.c2ln")
	if claims.Issuer().ID != "did:web:a" || claims.Subject().ID != "did:example:ada" {
		t.Errorf("claims that replace properties are not shown: %+v %+v", claims.Issuer(), claims.Subject())
	}
	// The same claims beside a credential that is the whole payload replace nothing.
	whole := open(t, "eyJhbGciOiJFZERTQSJ9.eyJjcmVkZW50aWFsU3ViamVjdCI6e30sInN1YiI6ImRpZDpleGFtcGxlOmFkYSJ9.c2ln")
	if id := whole.Subject().ID; id != "" {
		t.Errorf("sub taken for the subject's id: %q", id)
	}
}

// TestTestdata opens the badges that other software made; every one that opens is a conforming Open
// Badge, unless its name says otherwise.
func TestTestdata(t *testing.T) {
	files, err := filepath.Glob("../testdata/badges/*")
	if err != nil {
		t.Fatal(err)
	}
	opened := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		b, err := badge.Open(data)
		if err != nil {
			if _, ok := errors.AsType[*strict.Error](err); !ok {
				t.Errorf("%s: %v", file, err)
			}
			continue
		}
		opened++
		if base := filepath.Base(file); strings.HasPrefix(base, "jwt-clr") { // records, some of them wrong: their cases say so
			continue
		} else if strings.HasPrefix(base, "complete") || strings.HasPrefix(base, "simple") || strings.HasPrefix(base, "jwt-") {
			for _, e := range badge.Conform(b.Credential()) {
				t.Errorf("%s: %v", file, e)
			}
			if b.Name() == "" || b.Issuer().ID == "" || b.Subject().Achievement.ID == "" {
				t.Errorf("%s: nothing to show: %q", file, b.Name())
			}
		}
	}
	if opened == 0 {
		t.Skip("testdata/badges holds no badges")
	}
}

// FuzzOpen holds that whatever opens can be shown, checked and opened again from its own bytes.
func FuzzOpen(f *testing.F) {
	seeds := []string{minimal, jws, baked(f, picture(f), minimal), baked(f, []byte("<svg/>"), jws), `{"credentialSubject":[{"achievement":[[{}]]}]}`}
	for _, s := range seeds {
		open(f, s)
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := badge.Open(data)
		if err != nil {
			if e, ok := errors.AsType[*strict.Error](err); !ok || e.Detail == "" {
				t.Fatalf("error %#v", err)
			}
			return
		}
		b.Name()
		b.Evidence()
		issuer, subject := b.Issuer(), b.Subject()
		if found := badge.Conform(b.Credential()); len(found) > badge.MaxFindings {
			t.Fatalf("%d findings", len(found))
		}
		again, err := badge.Open(b.Credential().Raw())
		if err != nil {
			t.Fatalf("cannot open its own bytes: %v", err)
		}
		if diff := cmp.Diff(issuer, again.Issuer()) + cmp.Diff(subject, again.Subject()); diff != "" {
			t.Fatal(diff)
		}
		for _, r := range recipients {
			for _, p := range r.Match(b.Credential()).Problems {
				if p.Detail == "" || !strings.HasPrefix(p.Code, "recipient.") {
					t.Fatalf("problem %+v", p)
				}
			}
		}
	})
}

func base64URL(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

// TestOpenTokens opens what other software made, in the formats that are no JSON.
func TestOpenTokens(t *testing.T) {
	for path, want := range map[string][2]string{
		"sdjwt/badge.sdjwt":  {"sd-jwt", "sd-jwt"},
		"cose/eddsa.cose":    {"cose", "cose"},
		"cose/es256.cose":    {"cose", "cose"},
		"cose/envelope.json": {"json", "cose"},
	} {
		data, err := os.ReadFile(filepath.Join("..", "testdata", filepath.FromSlash(path)))
		if err != nil {
			t.Fatal(err)
		}
		b, err := badge.Open(data)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if b.Container() != want[0] || string(b.Credential().Format()) != want[1] {
			t.Errorf("%s: container %q, format %q", path, b.Container(), b.Credential().Format())
		}
		if _, err := badge.Open(data[:len(data)-2]); err == nil && want[0] != "sd-jwt" {
			t.Errorf("%s opens without its end", path)
		}
	}
}
