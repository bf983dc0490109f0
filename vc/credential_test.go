package vc_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

func TestParseTellsTheShapes(t *testing.T) {
	for _, c := range []struct {
		name, text string
		format     vc.Format
		version    vc.Version
		root       string // pointer of the credential
	}{
		{"JSON without proof", v2(), vc.Unsecured, vc.V2, ""},
		{"JSON with proof", v2("proof", `{}`), vc.DataIntegrity, vc.V2, ""},
		{"JSON with an empty proof", v2("proof", `[]`), vc.DataIntegrity, vc.V2, ""},
		{"JSON with a null proof", v1("proof", `null`), vc.DataIntegrity, vc.V1, ""},
		{"JSON in white space", " \n" + v1() + "\n", vc.Unsecured, vc.V1, ""},
		{"JWT of 2.0", jwt(`{}`, v2("proof", `{}`)), vc.JWT, vc.V2, ""},
		{"JWT of 1.1", jwt(`{}`, object(nil, "vc", v1())), vc.JWT, vc.V1, "/vc"},
		{"JWT with a vc claim that is no object", jwt(`{}`, v2("vc", `"x"`)), vc.JWT, vc.V2, ""},
		{"JWT in white space", "\n" + jwt(`{}`, v2()) + "\r\n", vc.JWT, vc.V2, ""},
		{"other context", v2("@context", `["https://example.com/"]`), vc.Unsecured, vc.VersionUnknown, ""},
		{"known context second", v2("@context", `["https://example.com/","https://www.w3.org/ns/credentials/v2"]`), vc.Unsecured, vc.VersionUnknown, ""},
		{"context as a string", v2("@context", `"https://www.w3.org/ns/credentials/v2"`), vc.Unsecured, vc.V2, ""},
		{"context of another kind", v2("@context", `7`), vc.Unsecured, vc.VersionUnknown, ""},
		{"empty object", `{}`, vc.Unsecured, vc.VersionUnknown, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			cred := parse(t, c.text)
			if cred.Format() != c.format || cred.Version() != c.version || cred.Value().Pointer() != c.root {
				t.Errorf("format %s, version %d, root %q", cred.Format(), cred.Version(), cred.Value().Pointer())
			}
			if (cred.JWS() != nil) != (c.format == vc.JWT) {
				t.Error("there is a JWS where there is no JWT, or none where there is")
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct {
		name, text    string
		code, pointer string
		offset        int
	}{
		{"nothing", "", "json.syntax", "", 0},
		{"white space", " \n", "json.syntax", "", 2},
		{"array", ` [{}]`, "model.type", "", 1},
		{"string", `"` + jwt(`{}`, v2()) + `"`, "model.type", "", 0},
		{"null", "null", "model.type", "", 0},
		{"true", "true", "model.type", "", 0},
		{"number", "12", "model.type", "", 0},
		{"text", "hello", "json.syntax", "", 0},
		{"text with dots", "hello. this is no JWT", "jwt.syntax", "", 0},
		{"two credentials", v2() + v2(), "json.syntax", "", len(v2())},
		{"byte order mark", "\ufeff" + v2(), "json.utf8", "", 0},
		{"duplicate", v2("a", `{"b":1,"b":1}`), "json.duplicate", "/a/b", len(v2()) + 11},
		{"JWT with a broken payload", jwt(`{}`, `{`), "json.syntax", "", 1},
		{"JWT with a broken header", jwt(`{`, `{}`), "jwt.header", "", -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			cred, err := vc.Parse([]byte(c.text), vc.Limits{})
			if cred != nil {
				t.Error("a refused text must yield nothing")
			}
			wantError(t, err, c.code, c.pointer, c.offset)
		})
	}
}

func TestParseHonoursLimits(t *testing.T) {
	for name, c := range map[string]struct {
		limits vc.Limits
		code   string
	}{
		"bytes":  {vc.Limits{JSON: strict.Limits{Bytes: 10}}, "json.size"},
		"depth":  {vc.Limits{JSON: strict.Limits{Depth: 1}}, "json.depth"},
		"values": {vc.Limits{JSON: strict.Limits{Values: 3}}, "json.size"},
	} {
		for _, text := range []string{v2(), jwt(`{}`, v2())} {
			_, err := vc.Parse([]byte(text), c.limits)
			if e, ok := err.(*strict.Error); !ok || e.Code != c.code {
				t.Errorf("%s: %v; want %s", name, err, c.code)
			}
		}
	}
}

func TestAccessors(t *testing.T) {
	c := parse(t, v2("@context", `["https://www.w3.org/ns/credentials/v2",{"a":"urn:a"},"https://example.com/c",7]`,
		"type", `["VerifiableCredential",1,"X"]`, "issuer", `{"id":"did:example:issuer","name":"I"}`,
		"credentialSubject", `[{"a":1},"b"]`, "proof", `[{"type":"A"},{"type":"B"}]`, "credentialStatus", `{"type":"S"}`,
		"credentialSchema", `[{"id":"urn:1"},{"id":"urn:2"}]`, "relatedResource", `[]`, "validUntil", `"2025-01-01T00:00:00+01:00"`))
	if got := c.Contexts(); !slices.Equal(got, []string{"https://www.w3.org/ns/credentials/v2", "https://example.com/c"}) {
		t.Errorf("contexts %q", got)
	}
	if got := c.Types(); !slices.Equal(got, []string{"VerifiableCredential", "X"}) {
		t.Errorf("types %q", got)
	}
	if c.ID() != "urn:uuid:1" || c.Issuer() != "did:example:issuer" {
		t.Errorf("id %q, issuer %q", c.ID(), c.Issuer())
	}
	for name, list := range map[string]struct {
		got  []strict.Value
		want []string
	}{
		"subjects":  {c.Subjects(), []string{`{"a":1}`, `"b"`}},
		"proofs":    {c.Proofs(), []string{`{"type":"A"}`, `{"type":"B"}`}},
		"status":    {c.Status(), []string{`{"type":"S"}`}},
		"schemas":   {c.Schemas(), []string{`{"id":"urn:1"}`, `{"id":"urn:2"}`}},
		"resources": {c.Resources(), nil},
	} {
		var raw []string
		for _, v := range list.got {
			raw = append(raw, v.Raw())
		}
		if !slices.Equal(raw, list.want) {
			t.Errorf("%s are %q; want %q", name, raw, list.want)
		}
	}
	// The shared slices have no room behind them: appending to one leaves the others alone.
	_ = append(c.Contexts(), "x")
	_ = append(c.Subjects(), strict.Value{})
	if c.Types()[0] != "VerifiableCredential" || !c.Proofs()[0].Exists() {
		t.Error("appending to one list changed another")
	}
}

func TestIssuerInEveryShape(t *testing.T) {
	for value, want := range map[string]string{
		`"did:example:a"`: "did:example:a", `{"id":"did:example:a"}`: "did:example:a",
		`{"ID":"did:example:a"}`: "", `{"id":7}`: "", `["did:example:a"]`: "", `null`: "", "": "",
	} {
		if got := parse(t, v2("issuer", value)).Issuer(); got != want {
			t.Errorf("%s: %q; want %q", value, got, want)
		}
	}
}

func TestValidityPeriod(t *testing.T) {
	const day1, day2, day3 = `"2024-01-01T00:00:00Z"`, `"2024-01-02T00:00:00Z"`, `"2024-01-03T00:00:00Z"`
	vcJWT := func(vc string, pairs ...string) string {
		return jwt(`{}`, object(nil, append([]string{"vc", vc}, pairs...)...))
	}
	for _, c := range []struct {
		name, text  string
		from, until string // days of January 2024, "" for none
	}{
		{"2.0", v2("validFrom", day1, "validUntil", day2), "1", "2"},
		{"2.0 without", v2("validFrom", ""), "", ""},
		{"2.0 ignores the names of 1.1", v2("validFrom", "", "issuanceDate", day1, "expirationDate", day2), "", ""},
		{"2.0 that cannot be read", v2("validFrom", `"2024-01-01"`, "validUntil", `1`), "", ""},
		{"2.0 JWT ignores the claims", jwt(`{}`, v2("validFrom", "", "nbf", `1704067200`, "exp", `1704153600`)), "", ""},
		{"1.1", v1("issuanceDate", day1, "expirationDate", day2), "1", "2"},
		{"1.1 with the later names", v1("issuanceDate", "", "validFrom", day1, "validUntil", day2), "1", "2"},
		{"1.1 with both, the narrower counts", v1("issuanceDate", day1, "validFrom", day2, "expirationDate", day3, "validUntil", day2), "2", "2"},
		{"1.1 with both, the other way round", v1("issuanceDate", day2, "validFrom", day1, "expirationDate", day2, "validUntil", day3), "2", "2"},
		{"1.1 with one that cannot be read", v1("issuanceDate", day2, "validFrom", `"x"`, "expirationDate", `"x"`, "validUntil", day3), "2", "3"},
		{"1.1 JWT with claims", vcJWT(v1("issuanceDate", ""), "nbf", `1704067200`, "exp", `1704153600`), "1", "2"},
		{"1.1 JWT, the credential before the claims", vcJWT(v1("issuanceDate", day2, "expirationDate", day3), "nbf", `1704067200`, "exp", `1704153600`), "2", "3"},
		{"1.1 JWT does not replace what is bad", vcJWT(v1("issuanceDate", `"x"`), "nbf", `1704067200`), "", ""},
		{"1.1 JWT with claims of the wrong kind", vcJWT(v1("issuanceDate", ""), "nbf", `"1704067200"`, "exp", `null`), "", ""},
		{"1.1 without proof ignores claims", v1("issuanceDate", "", "nbf", `1704067200`), "", ""},
		{"unknown version", v2("@context", "", "validFrom", day1, "expirationDate", day2), "1", "2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cred := parse(t, c.text)
			from, hasFrom := cred.ValidFrom()
			until, hasUntil := cred.ValidUntil()
			checkDay(t, "from", from, hasFrom, c.from)
			checkDay(t, "until", until, hasUntil, c.until)
		})
	}
}

func checkDay(t *testing.T, what string, got time.Time, ok bool, want string) {
	t.Helper()
	if ok != (want != "") || ok && got.Format("2006-01-2 15:04") != "2024-01-"+want+" 00:00" {
		t.Errorf("%s: %v, %v; want day %q", what, got, ok, want)
	}
}

func TestClaimsStandIn(t *testing.T) {
	short := v1("id", "", "issuer", "")
	c := parse(t, jwt(`{}`, object(nil, "vc", short, "iss", `"did:example:iss"`, "jti", `"urn:jti"`)))
	if c.ID() != "urn:jti" || c.Issuer() != "did:example:iss" {
		t.Errorf("id %q, issuer %q", c.ID(), c.Issuer())
	}
	c = parse(t, jwt(`{}`, object(nil, "vc", v1(), "iss", `"did:example:iss"`, "jti", `"urn:jti"`)))
	if c.ID() != "urn:uuid:1" || c.Issuer() != "did:example:issuer" {
		t.Errorf("the claims override the credential: id %q, issuer %q", c.ID(), c.Issuer())
	}
	c = parse(t, jwt(`{}`, object(sound2, "id", "", "issuer", "", "iss", `"did:example:iss"`, "jti", `"urn:jti"`)))
	if c.ID() != "" || c.Issuer() != "" {
		t.Error("claims stand in for the properties of VC 2.0")
	}
	c = parse(t, jwt(`{}`, object(nil, "vc", v1("issuer", `null`, "id", `7`), "iss", `"did:example:iss"`, "jti", `"urn:jti"`)))
	if c.ID() != "" || c.Issuer() != "" {
		t.Error("claims stand in for properties that are there and bad")
	}
}

func TestRawAndImmutability(t *testing.T) {
	for _, text := range []string{" " + v2() + "\n", jwt(`{}`, v2())} {
		data := []byte(text)
		c, err := vc.Parse(data, vc.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		clear(data)
		clear(c.Raw())
		if string(c.Raw()) != text || c.ID() != "urn:uuid:1" {
			t.Errorf("raw is %q", c.Raw())
		}
	}
	c := parse(t, jwt(`{}`, v2())+"\n")
	if string(c.Raw()) != c.JWS().Compact() {
		t.Error("raw of a JWS has white space around it")
	}
}

func TestZeroCredential(t *testing.T) {
	var c vc.Credential
	_, from := c.ValidFrom()
	if c.ID() != "" || c.Issuer() != "" || c.Version() != vc.VersionUnknown || len(c.Raw()) != 0 || c.JWS() != nil || from ||
		c.Proofs() != nil || c.Value().Exists() || c.Format() == vc.DataIntegrity || c.Format() == vc.JWT {
		t.Error("the zero Credential holds something")
	}
}

func TestConcurrentUse(t *testing.T) {
	c := parse(t, jwt(`{}`, v2("proof", `[{"type":"A"}]`)))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				if vc.Conform(c) != nil || c.ID() == "" || len(c.Proofs()) != 1 || len(c.Raw()) == 0 || len(c.JWS().Signature()) == 0 {
					t.Error("the credential changed")
				}
			}
		})
	}
	group.Wait()
}
