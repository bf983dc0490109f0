package vc_test

import (
	"encoding/base64"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// seeds are credentials of every shape, sound and not.
func seeds() []string {
	all := []string{
		v2(), v1(), jwt(`{"alg":"EdDSA"}`, v2()), jwt(`{}`, object(nil, "vc", v1("issuer", ""), "iss", `"did:example:i"`)),
		v2("name", `{"@value":"x","@language":"en"}`, "proof", `[{"type":"A","id":"urn:a"}]`),
		v2("a", `[{"@included":[]},{"cred:validUntil":1},{"id":"_:b"}]`),
		v2("credentialStatus", `[{"id":"urn:s","type":"S","a":1},{"id":"urn:s","type":"S","a":2}]`),
		v2("relatedResource", `{"id":"urn:r","digestSRI":[]}`, "evidence", `null`, "validUntil", `"2000-01-01T00:00:00Z"`),
		`{}`, `[]`, `null`, `{"@context":{},"type":7,"issuer":[],"credentialSubject":[[]]}`, "a.b.c", "",
	}
	if data, err := os.ReadFile("../../shared/bench/simple.json"); err == nil {
		all = append(all, string(data))
	}
	return all
}

// FuzzParse checks that whatever is read holds together: findings point at what they speak of, in
// order, and a document without findings has what its readers rely on.
func FuzzParse(f *testing.F) {
	n := 0
	for _, s := range seeds() {
		f.Add([]byte(s))
		n++
	}
	if n < 14 {
		f.Fatalf("found %d seeds; want at least 14", n)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := vc.Parse(data, vc.Limits{})
		if err != nil {
			if e, ok := err.(*strict.Error); !ok || e.Code == "" || e.Detail == "" || e.Offset > len(data) {
				t.Fatalf("%#v is no error with a code and a sentence", err)
			}
			return
		}
		if c.Value().Kind() != strict.Object {
			t.Fatal("a credential that is no object")
		}
		again, err := vc.Parse(c.Raw(), vc.Limits{})
		if err != nil || again.Value().Raw() != c.Value().Raw() || again.Format() != c.Format() || again.Version() != c.Version() {
			t.Fatalf("the bytes do not lead back to the credential: %v", err)
		}
		found := vc.Conform(c)
		checkFindings(t, c, found)
		if len(found) == 0 {
			checkSound(t, c)
		}
	})
}

func checkFindings(t *testing.T, c *vc.Credential, found []*strict.Error) {
	last := -1
	for _, e := range found {
		at := c.Value().Root().Lookup(e.Pointer)
		if e.Code != "budget" && (!at.Exists() || at.Offset() != e.Offset) {
			t.Fatalf("%v does not point at its value", e)
		}
		if e.Offset < last {
			t.Fatalf("%v is not in document order", e)
		}
		last = e.Offset
	}
}

// checkSound checks what holds for every credential that conforms.
func checkSound(t *testing.T, c *vc.Credential) {
	if c.Version() == vc.VersionUnknown || len(c.Subjects()) == 0 || !c.Value().Get("type").Has("VerifiableCredential") {
		t.Fatal("a conforming credential lacks what every credential has")
	}
	if c.Issuer() == "" || c.Format() != vc.JWT && !strings.Contains(c.Issuer(), ":") {
		t.Fatalf("the issuer %q is no URL", c.Issuer())
	}
	for _, name := range []string{"validFrom", "validUntil", "issuanceDate", "expirationDate"} {
		if v := c.Value().Get(name); v.Exists() {
			if _, err := vc.ParseTime(v.Text()); err != nil {
				t.Fatalf("%s is %s", name, v.Raw())
			}
		}
	}
	for _, p := range c.Proofs() {
		if p.Kind() != strict.Object {
			t.Fatal("a proof that is no object")
		}
	}
	checkCompact(t, c.Value())
}

// checkCompact looks for restructuring by itself, outside contexts, literals and language values.
func checkCompact(t *testing.T, v strict.Value) {
	for name, m := range v.Members() {
		if name == "@context" || name == "jsonSchema" {
			continue
		}
		if strings.Contains(name, ":") || strings.HasPrefix(name, "@") && !v.Get("@value").Exists() {
			t.Fatalf("the member %q went unnoticed", name)
		}
		checkCompact(t, m)
	}
	for e := range v.Elements() {
		checkCompact(t, e)
	}
}

// FuzzParseJWS checks that an accepted JWS has one spelling only: writing its parts again gives
// the same text.
func FuzzParseJWS(f *testing.F) {
	n := 0
	for _, s := range seeds() {
		if strings.Count(s, ".") == 2 && !strings.HasPrefix(s, "{") {
			f.Add([]byte(s))
			f.Add([]byte(s + "\n"))
			f.Add([]byte(s + "="))
			f.Add([]byte(s[:len(s)-1]))
			n++
		}
	}
	if n < 3 {
		f.Fatalf("found %d seeds; want at least 3", n)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		j, err := vc.ParseJWS(data, vc.Limits{})
		if err != nil {
			if e, ok := err.(*strict.Error); !ok || e.Code == "" || e.Detail == "" {
				t.Fatalf("%#v is no error with a code and a sentence", err)
			}
			return
		}
		e := base64.RawURLEncoding.EncodeToString
		input := e([]byte(j.Header().Source())) + "." + e([]byte(j.Claims().Source()))
		if input != string(j.SigningInput()) || input+"."+e(j.Signature()) != j.Compact() {
			t.Fatalf("%q has another spelling", j.Compact())
		}
		if strings.Trim(string(data), " \t\r\n") != j.Compact() {
			t.Fatalf("%q is not what was read", j.Compact())
		}
		if j.Header().Kind() != strict.Object || j.Claims().Kind() != strict.Object {
			t.Fatal("header or claims are no object")
		}
	})
}

// lexical is the form of an xsd:dateTimeStamp with a year of four digits.
var lexical = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:[0-5]\d)$`)

// FuzzParseTime holds the parser against package time, which takes nearly the same, and some more.
func FuzzParseTime(f *testing.F) {
	n := 0
	for text := range goodTimes {
		f.Add(text)
		n++
	}
	for _, text := range badTimes {
		f.Add(text)
		n++
	}
	if n < 80 {
		f.Fatalf("found %d seeds; want at least 80", n)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := vc.ParseTime(text)
		want, wantErr := time.Parse(time.RFC3339, text)
		_, offset := want.Zone()
		year := want.UTC().Year()
		switch {
		case err == nil && !lexical.MatchString(text):
			t.Fatalf("%q is accepted", text)
		case err == nil && wantErr == nil && !got.Equal(want):
			t.Fatalf("%s is %v; want %v", text, got, want)
		case err == nil && wantErr != nil && !strings.Contains(text, "T24:00:00"):
			t.Fatalf("%s is accepted, but: %v", text, wantErr)
		case err != nil && wantErr == nil && lexical.MatchString(text) && 1 <= min(year, want.Year()) && year <= 9999 && -50_400 <= offset && offset <= 50_400:
			t.Fatalf("%s is refused: %v", text, err)
		}
		if err != nil {
			return
		}
		again, err := vc.ParseTime(got.Format(time.RFC3339Nano))
		if err != nil || !again.Equal(got) || got.Location() != time.UTC {
			t.Fatalf("%s written again is %v: %v", text, again, err)
		}
	})
}
