package vc_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/vc"
)

func TestConformAcceptsSoundCredentials(t *testing.T) {
	for _, text := range []string{
		v2(), v1(),
		v2("id", "", "validFrom", ""),
		v2("type", `"VerifiableCredential"`),
		v2("type", `["https://example.com/T","VerifiableCredential"]`),
		v2("@context", `["https://www.w3.org/ns/credentials/v2","https://example.com/c",{"@vocab":"https://example.com/#"}]`),
		v2("issuer", `{"id":"https://example.com/i","type":["Profile"],"name":"I"}`),
		v2("credentialSubject", `[{"id":"did:example:a"},{"degree":"x"}]`),
		v2("credentialStatus", `{"type":"BitstringStatusListEntry"}`),
		v2("credentialStatus", `[{"id":"https://example.com/s#1","type":["A","B"]},{"type":"C"}]`),
		v2("credentialSchema", `{"id":"https://example.com/s","type":"JsonSchema"}`),
		v2("refreshService", `{"type":"R"}`, "termsOfUse", `[{"type":"T"}]`, "evidence", `[{"type":["E"],"name":"x"}]`),
		v2("relatedResource", `[{"id":"https://example.com/a","digestSRI":"sha256-x"},{"id":"https://example.com/b","digestMultibase":["ux"]}]`),
		v2("name", `"N"`, "description", `{"@value":"D","@language":"en","@direction":"ltr"}`),
		v2("name", `[{"@value":"N","@language":"en"},{"@value":"M","@language":"de"}]`),
		v2("validUntil", `"2024-01-01T00:00:00Z"`),
		v2("validUntil", `"2024-01-01T01:00:00+01:00"`),
		v2("proof", `{"type":"DataIntegrityProof"}`),
		v2("proof", `[{"type":"A","id":"urn:uuid:a"},{"type":"B","id":"urn:uuid:b"}]`),
		v1("validFrom", `"2024-01-01T00:00:00Z"`, "expirationDate", `"2020-01-01T00:00:00Z"`),
		v1("name", `{"en":"N"}`),
		v1("credentialStatus", `{"id":"https://example.com/s","type":"S"}`, "refreshService", `{"id":"https://example.com/r","type":"R"}`),
		v1("termsOfUse", `{"type":"T"}`, "evidence", `{"type":"E"}`),
	} {
		wantFound(t, parse(t, text))
	}
}

// Each breach alone, with its pointer. The genuine twins are above.
func TestConformFindsEachBreach(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"no @context", v2("@context", ""), []string{"model.missing "}},
		{"no type", v2("type", ""), []string{"model.missing "}},
		{"no issuer", v2("issuer", ""), []string{"model.missing "}},
		{"no subject", v2("credentialSubject", ""), []string{"model.missing "}},
		{"1.1 without issuanceDate", v1("issuanceDate", ""), []string{"model.missing "}},

		{"@context is a string", v2("@context", `"https://www.w3.org/ns/credentials/v2"`), []string{"model.type /@context"}},
		{"@context is null", v2("@context", `null`), []string{"model.type /@context", "model.context /@context"}},
		{"@context is empty", v2("@context", `[]`), []string{"model.context /@context"}},
		{"unknown first context", v2("@context", `["https://w3.org/ns/credentials/v2"]`), []string{"model.context /@context"}},
		{"first context in other case", v2("@context", `["https://www.w3.org/ns/credentials/V2"]`), []string{"model.context /@context"}},
		{"contexts in the wrong order", v2("@context", `["https://example.com/c","https://www.w3.org/ns/credentials/v2"]`), []string{"model.context /@context"}},
		{"inline context first", v2("@context", `[{},"https://www.w3.org/ns/credentials/v2"]`), []string{"model.context /@context"}},
		{"null in @context", v2("@context", `["https://www.w3.org/ns/credentials/v2",null]`), []string{"model.type /@context/1"}},
		{"array in @context", v2("@context", `["https://www.w3.org/ns/credentials/v2",["https://example.com/c"]]`), []string{"model.type /@context/1"}},
		{"relative context", v2("@context", `["https://www.w3.org/ns/credentials/v2","/c"]`), []string{"model.value /@context/1"}},

		{"id is null", v2("id", `null`), []string{"model.type /id"}},
		{"id is an array", v2("id", `["urn:uuid:1"]`), []string{"model.type /id"}},
		{"id is an object", v2("id", `{"id":"urn:uuid:1"}`), []string{"model.type /id"}},
		{"id is empty", v2("id", `""`), []string{"model.value /id"}},
		{"id is relative", v2("id", `"credentials/1"`), []string{"model.value /id"}},
		{"id has a space", v2("id", `"https://example.com/a b"`), []string{"model.value /id"}},
		{"id has a newline", v2("id", `"https://example.com/\n"`), []string{"model.value /id"}},
		{"id has a quote", v2("id", `"https://example.com/\">"`), []string{"model.value /id"}},
		{"id has no scheme", v2("id", `"://example.com"`), []string{"model.value /id"}},
		{"id begins with a digit", v2("id", `"1a:b"`), []string{"model.value /id"}},
		{"id is a scheme alone", v2("id", `"urn:"`), []string{"model.value /id"}},

		{"another type only", v2("type", `["OpenBadgeCredential"]`), []string{"model.value /type"}},
		{"type in other case", v2("type", `["verifiableCredential"]`), []string{"model.value /type"}},
		{"type is empty", v2("type", `[]`), []string{"model.value /type", "model.value /type"}},
		{"type is an object", v2("type", `{"VerifiableCredential":1}`), []string{"model.type /type", "model.value /type"}},
		{"a type is null", v2("type", `["VerifiableCredential",null]`), []string{"model.type /type/1"}},
		{"a type is empty", v2("type", `["VerifiableCredential",""]`), []string{"model.value /type/1"}},
		{"a presentation", v2("type", `["VerifiablePresentation"]`), []string{"model.value /type"}},

		{"issuer is null", v2("issuer", `null`), []string{"model.type /issuer"}},
		{"issuer is an array", v2("issuer", `["did:example:issuer"]`), []string{"model.type /issuer"}},
		{"issuer is no URL", v2("issuer", `"Example University"`), []string{"model.value /issuer"}},
		{"issuer without id", v2("issuer", `{"name":"x"}`), []string{"model.missing /issuer"}},
		{"issuer with null id", v2("issuer", `{"id":null}`), []string{"model.type /issuer/id"}},
		{"issuer with bad id", v2("issuer", `{"id":"x"}`), []string{"model.value /issuer/id"}},
		{"issuer with two ids", v2("issuer", `{"id":["did:example:a","did:example:b"]}`), []string{"model.type /issuer/id"}},
		{"issuer name", v2("issuer", `{"id":"did:example:i","name":{"en":"x"},"description":7}`),
			[]string{"model.type /issuer/name", "model.type /issuer/description"}},

		{"subject is a string", v2("credentialSubject", `"did:example:subject"`), []string{"model.type /credentialSubject"}},
		{"subject is null", v2("credentialSubject", `null`), []string{"model.type /credentialSubject"}},
		{"subject is empty", v2("credentialSubject", `{}`), []string{"model.missing /credentialSubject"}},
		{"no subjects", v2("credentialSubject", `[]`), []string{"model.value /credentialSubject"}},
		{"second subject is empty", v2("credentialSubject", `[{"a":1},{}]`), []string{"model.missing /credentialSubject/1"}},
		{"subject id", v2("credentialSubject", `[{"id":1,"a":1},{"id":"x","a":1}]`),
			[]string{"model.type /credentialSubject/0/id", "model.value /credentialSubject/1/id"}},

		{"name is a number", v2("name", `1`), []string{"model.type /name"}},
		{"name is null", v2("name", `null`), []string{"model.type /name"}},
		{"name is a language map", v2("name", `{"en":"x"}`), []string{"model.type /name"}},
		{"name is an array of strings", v2("name", `["x"]`), []string{"model.type /name/0"}},
		{"description is empty", v2("description", `[]`), []string{"model.value /description"}},

		{"validFrom without zone", v2("validFrom", `"2024-01-01T00:00:00"`), []string{"model.date /validFrom"}},
		{"validFrom is a date", v2("validFrom", `"2024-01-01"`), []string{"model.date /validFrom"}},
		{"validFrom is a number", v2("validFrom", `1704067200`), []string{"model.type /validFrom"}},
		{"validFrom is an array", v2("validFrom", `["2024-01-01T00:00:00Z"]`), []string{"model.type /validFrom"}},
		{"validUntil is null", v2("validUntil", `null`), []string{"model.type /validUntil"}},
		{"validUntil before validFrom", v2("validUntil", `"2023-12-31T23:59:59Z"`), []string{"model.date /validUntil"}},
		{"validUntil before validFrom by its zone", v2("validUntil", `"2024-01-01T00:00:00+00:01"`), []string{"model.date /validUntil"}},
		{"2.0 with names of 1.1", v2("issuanceDate", `"2024-01-01T00:00:00Z"`, "expirationDate", `"2025-01-01T00:00:00Z"`),
			[]string{"model.value /issuanceDate", "model.value /expirationDate"}},
		{"1.1 dates", v1("issuanceDate", `"2024-01-01"`, "expirationDate", `true`, "validUntil", `"x"`),
			[]string{"model.date /issuanceDate", "model.type /expirationDate", "model.date /validUntil"}},

		{"status is a string", v2("credentialStatus", `"https://example.com/s"`), []string{"model.type /credentialStatus"}},
		{"status is null", v2("credentialStatus", `null`), []string{"model.type /credentialStatus"}},
		{"status is empty", v2("credentialStatus", `[]`), []string{"model.value /credentialStatus"}},
		{"status without type", v2("credentialStatus", `{"id":"https://example.com/s"}`), []string{"model.missing /credentialStatus"}},
		{"status with empty type", v2("credentialStatus", `{"type":[]}`), []string{"model.value /credentialStatus/type"}},
		{"status with bad type", v2("credentialStatus", `[{"type":"S"},{"type":1}]`), []string{"model.type /credentialStatus/1/type"}},
		{"status with bad id", v2("credentialStatus", `{"type":"S","id":"s"}`), []string{"model.value /credentialStatus/id"}},
		{"1.1 status without id", v1("credentialStatus", `{"type":"S"}`), []string{"model.missing /credentialStatus"}},
		{"1.1 refresh without id", v1("refreshService", `{"type":"S"}`), []string{"model.missing /refreshService"}},
		{"schema without id", v2("credentialSchema", `{"type":"JsonSchema"}`), []string{"model.missing /credentialSchema"}},
		{"schema without type", v2("credentialSchema", `{"id":"https://example.com/s"}`), []string{"model.missing /credentialSchema"}},
		{"refresh without type", v2("refreshService", `{"id":"https://example.com/s"}`), []string{"model.missing /refreshService"}},
		{"terms without type", v2("termsOfUse", `{"id":"https://example.com/s"}`), []string{"model.missing /termsOfUse"}},
		{"evidence without type", v2("evidence", `[{"type":"E"},{"name":"x"}]`), []string{"model.missing /evidence/1"}},
		{"evidence is a string", v2("evidence", `["https://example.com/e"]`), []string{"model.type /evidence/0"}},

		{"resource without id", v2("relatedResource", `{"digestSRI":"sha256-x"}`), []string{"model.missing /relatedResource"}},
		{"resource without digest", v2("relatedResource", `[{"id":"https://example.com/a"}]`), []string{"model.missing /relatedResource/0"}},
		{"resource with bad digest", v2("relatedResource", `[{"id":"https://example.com/a","digestSRI":1,"digestMultibase":[]}]`),
			[]string{"model.type /relatedResource/0/digestSRI", "model.value /relatedResource/0/digestMultibase"}},
		{"resource twice", v2("relatedResource", `[{"id":"https://example.com/a","digestSRI":"x"},{"id":"https://example.com/a","digestSRI":"y"}]`),
			[]string{"model.value /relatedResource/1/id"}},

		{"proof is a string", v2("proof", `"x"`), []string{"model.type /proof"}},
		{"proof is null", v2("proof", `null`), []string{"model.type /proof"}},
		{"proof is empty", v2("proof", `[]`), []string{"model.value /proof"}},
		{"proof without type", v2("proof", `[{"type":"A"},{"proofValue":"z"}]`), []string{"model.missing /proof/1"}},
		{"proof in a proof", v2("proof", `[[{"type":"A"}]]`), []string{"model.type /proof/0", "model.restructured /proof/0/0"}},
		{"proofs with one id", v2("proof", `[{"type":"A","id":"urn:uuid:a"},{"type":"B","id":"urn:uuid:a"}]`), []string{"model.value /proof/1/id"}},
	} {
		t.Run(c.name, func(t *testing.T) { wantFound(t, parse(t, c.text), c.want...) })
	}
}

// All breaches of one document, in the order in which they stand in it, whatever finds them.
func TestConformListsAllInDocumentOrder(t *testing.T) {
	text := `{"@graph":[],"proof":{},"name":7,"credentialSubject":[{},"x",{"cred:a":1}],` +
		`"evidence":[{"id":"_:b"}],"type":["X",1],"issuer":{"@id":"did:example:i"},"validFrom":"now"}`
	wantFound(t, parse(t, text),
		"model.missing ",
		"model.restructured /@graph",
		"model.missing /proof",
		"model.missing /credentialSubject/0",
		"model.type /credentialSubject/1",
		"model.restructured /credentialSubject/2/cred:a",
		"model.missing /evidence/0",
		"model.value /evidence/0/id",
		"model.restructured /evidence/0/id",
		"model.value /type",
		"model.type /type/1",
		"model.missing /issuer",
		"model.restructured /issuer/@id",
		"model.date /validFrom",
	)
}

func TestConformOnNothing(t *testing.T) {
	wantFound(t, parse(t, `{}`), "model.missing ", "model.missing ", "model.missing ", "model.missing ")
	if found := vc.Conform(&vc.Credential{}); len(found) != 4 {
		t.Errorf("the zero Credential has %d breaches; want 4", len(found))
	}
}

func TestConformOnJWT(t *testing.T) {
	claims := func(pairs ...string) string {
		return jwt(`{"alg":"EdDSA"}`, object(nil, pairs...))
	}
	short := object(sound1, "id", "", "issuer", "", "issuanceDate", "")
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"2.0 as the payload", jwt(`{}`, v2("iss", `"did:example:issuer"`)), nil},
		{"1.1 in vc", claims("vc", v1()), nil},
		{"1.1 with the claims in the place of properties", claims("vc", short, "iss", `"did:example:issuer"`, "nbf", `1704067200`, "jti", `"urn:uuid:1"`), nil},
		{"1.1 without the claims", claims("vc", short), []string{"model.missing /vc", "model.missing /vc"}},
		{"1.1 with claims of the wrong kind", claims("vc", short, "iss", `1`, "nbf", `"x"`), []string{"model.missing /vc", "model.missing /vc", "model.type /iss"}},
		{"1.1 with an issuer that the claims identify", claims("vc", v1("issuer", `{"name":"x"}`), "iss", `"did:example:i"`), nil},
		{"1.1 with an issuer that nothing identifies", claims("vc", v1("issuer", `{"name":"x"}`)), []string{"model.missing /vc/issuer"}},
		{"1.1 with claims that are no URLs", claims("vc", short, "iss", `"Example"`, "nbf", `1704067200`, "jti", `7`), []string{"model.value /iss", "model.type /jti"}},
		{"1.1 with claims beside the properties", claims("vc", v1(), "iss", `"Example"`, "jti", `7`), nil},
		{"2.0 does not fall back on claims", jwt(`{}`, v2("issuer", "", "iss", `"did:example:issuer"`)), []string{"model.missing "}},
		{"2.0 in vc", claims("vc", v2()), []string{"model.context /vc"}},
		{"1.1 as the payload", jwt(`{}`, v1()), []string{"model.context "}},
		{"vc is a string", claims("vc", `"x"`), []string{"model.missing ", "model.missing ", "model.missing ", "model.missing ", "model.type /vc"}},
		{"two credentials", jwt(`{}`, v2("vc", v1())), []string{"model.value /vc"}},
		{"presentation", claims("vp", `{}`), []string{"model.missing ", "model.missing ", "model.missing ", "model.missing ", "model.value /vp"}},
		{"breach inside vc", claims("vc", v1("id", `1`, "a", `{"@set":[]}`)), []string{"model.type /vc/id", "model.restructured /vc/a/@set"}},
	} {
		t.Run(c.name, func(t *testing.T) { wantFound(t, parse(t, c.text), c.want...) })
	}
}

// The list is bounded, whatever the document repeats.
func TestConformIsBounded(t *testing.T) {
	types := `["VerifiableCredential"` + strings.Repeat(`,1`, 100_000) + `]`
	found := vc.Conform(parse(t, v2("type", types)))
	if n := len(found); n != 1001 || found[n-1].Code != "budget" || found[0].Code != "model.type" {
		t.Errorf("%d breaches, the last %s", n, found[n-1].Code)
	}
	long := strings.Repeat("n", 1<<20)
	deep := `{"` + long + `":[` + strings.TrimSuffix(strings.Repeat(`{"@id":1},`, 50_000), ",") + `]}`
	found = vc.Conform(parse(t, v2("a", deep)))
	total := 0
	for _, e := range found {
		total += len(e.Pointer) + len(e.Detail)
	}
	if total > 4<<20 || found[len(found)-1].Code != "budget" {
		t.Errorf("%d bytes of findings, the last %s", total, found[len(found)-1].Code)
	}
}

func TestConformLimits(t *testing.T) {
	proofs := func(n int) string {
		return v2("proof", "["+strings.TrimSuffix(strings.Repeat(`{"type":"A"},`, n), ",")+"]")
	}
	wide := func(n int) string {
		return v2("a", "["+strings.TrimSuffix(strings.Repeat(`{"type":"VerifiableCredential"},`, n), ",")+"]")
	}
	deep := func(n int) string {
		return v2("verifiableCredential", strings.Repeat(`{"verifiableCredential":`, n)+"1"+strings.Repeat("}", n))
	}
	for name, c := range map[string]struct {
		text    func(int) string
		most    int
		limits  vc.Limits
		pointer string
	}{
		"proofs":           {proofs, 32, vc.Limits{}, "/proof"},
		"fewer proofs":     {proofs, 2, vc.Limits{Proofs: 2}, "/proof"},
		"nested":           {wide, 256, vc.Limits{}, "/a/256"},
		"fewer nested":     {wide, 3, vc.Limits{Nested: 3}, "/a/3"},
		"nested deep":      {deep, 8, vc.Limits{}, strings.Repeat("/verifiableCredential", 9)},
		"nested less deep": {deep, 1, vc.Limits{NestedDepth: 1}, strings.Repeat("/verifiableCredential", 2)},
	} {
		t.Run(name, func(t *testing.T) {
			for _, n := range []int{c.most, c.most + 1, c.most + 2} {
				cred, err := vc.Parse([]byte(c.text(n)), c.limits)
				if err != nil {
					t.Fatal(err)
				}
				if n <= c.most {
					wantFound(t, cred)
				} else {
					wantFound(t, cred, fmt.Sprint("budget ", c.pointer))
				}
			}
		})
	}
}
