package vc_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/vc"
)

const spreadID = "model.restructured "

// One node in several objects: what hides something from a reader is refused, what genuine
// credentials do is not.
func TestSpreadNodes(t *testing.T) {
	nested := func(subject string) string {
		return `[{"type":["VerifiableCredential","EndorsementCredential"],"credentialSubject":` + subject + `}]`
	}
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		// The credential's own id.
		{"validUntil on a reference to the credential", v2("evidence", `{"type":"E","about":{"id":"urn:uuid:1","validUntil":"2020-01-01T00:00:00Z"}}`),
			[]string{spreadID + "/evidence/about"}},
		{"a reference to the credential", v2("evidence", `{"type":"E","about":{"id":"urn:uuid:1","type":"VerifiableCredential"}}`), nil},
		{"status on the refresh service", v2("refreshService", `{"id":"urn:uuid:1","type":"R","credentialStatus":{"type":"S"}}`),
			[]string{spreadID + "/refreshService"}},
		{"refresh service with the id of the credential", v2("refreshService", `{"id":"urn:uuid:1","type":"R"}`), nil},
		{"an unknown property", v2("a", `[[{"id":"urn:uuid:1","b":1}]]`), []string{spreadID + "/a/0/0"}},
		{"an empty one", v2("a", `{"id":"urn:uuid:1","b":null}`), []string{spreadID + "/a"}},
		{"a context of its own", v2("a", `{"@context":"https://example.com/c","id":"urn:uuid:1"}`), nil},
		{"endorsement of the credential", v2("endorsement", nested(`{"id":"urn:uuid:1","type":"EndorsementSubject","endorsementComment":"x"}`)), nil},
		{"endorsement that carries the credential", v2("endorsement", nested(`{"id":"urn:uuid:1","type":["VerifiableCredential"],"validUntil":"x"}`)),
			[]string{spreadID + "/endorsement/0/credentialSubject"}},
		{"endorsement whose subject has a type of the credential", v2("endorsement", nested(`{"id":"urn:uuid:1","type":["EndorsementSubject","VerifiableCredential"],"b":1}`)),
			[]string{spreadID + "/endorsement/0/credentialSubject"}},
		{"endorsement whose subject has another type of the credential", v2("type", `["VerifiableCredential","AchievementCredential"]`,
			"endorsement", nested(`{"id":"urn:uuid:1","type":["EndorsementSubject","AchievementCredential"],"endorsement":[]}`)),
			[]string{spreadID + "/endorsement/0/credentialSubject"}},
		{"endorsement whose subject has a type that the credential has not", v2("type", `["VerifiableCredential","AchievementCredential"]`,
			"endorsement", nested(`{"id":"urn:uuid:1","type":["EndorsementSubject","Thing"],"b":1}`)), nil},
		{"subject that is the credential", v2("credentialSubject", `{"id":"urn:uuid:1","a":1}`), []string{spreadID + "/credentialSubject"}},
		{"issuer that is the credential", v2("issuer", `{"id":"urn:uuid:1","name":"x"}`), []string{spreadID + "/issuer"}},
		{"credentialSubject of what is no credential", v2("a", `{"credentialSubject":{"id":"urn:uuid:1","b":1}}`), []string{spreadID + "/a/credentialSubject"}},

		{"the credential's type on a reference to it", v2("evidence", `{"type":"E","about":{"id":"urn:uuid:1","type":["VerifiableCredential","ClrCredential"]}}`),
			[]string{spreadID + "/evidence/about"}},
		{"the credential's type on what endorses it", v2("endorsement", nested(`{"id":"urn:uuid:1","type":["EndorsementSubject","ClrCredential"]}`)),
			[]string{spreadID + "/endorsement/0/credentialSubject"}},
		{"the credential's type on a reference to something else", v2("evidence", `{"type":"E","about":{"id":"urn:uuid:2","type":"ClrCredential"}}`), nil},

		// The subject's.
		{"result on a creator", v2("a", `{"creator":{"id":"did:example:subject","type":["Profile","Person"],"result":"failed"}}`), []string{spreadID + "/a/creator"}},
		{"result on an untyped object", v2("a", `{"creator":{"id":"did:example:subject","result":"failed"}}`), []string{spreadID + "/a/creator"}},
		{"creator who is the subject", v2("a", `{"creator":{"id":"did:example:subject","type":"Profile","name":"x"}}`), nil},
		{"the subject again, equal", v2("a", `{"type":"Person","degree":"PhD","id":"did:example:subject"}`), nil},
		{"the subject again, almost equal", v2("a", `{"type":"Person","degree":"BA","id":"did:example:subject"}`), []string{spreadID + "/a"}},
		{"a reference to the subject", v2("a", `{"id":"did:example:subject","type":"Person"}`), nil},
		{"self-issued, untyped issuer", v2("issuer", `{"id":"did:example:subject","name":"x"}`), nil},
		{"self-issued, typed issuer", v2("issuer", `{"id":"did:example:subject","type":"Profile","name":"x"}`), nil},
		{"self-issued, issuer with the subject's type", v2("issuer", `{"id":"did:example:subject","type":["Profile","Person"],"result":"x"}`), []string{spreadID + "/issuer"}},
		{"issuer of a nested credential", v2("a", `{"type":"VerifiableCredential","issuer":{"id":"did:example:subject","name":"x"}}`), []string{spreadID + "/a/issuer"}},
		{"untyped subject", v2("credentialSubject", `{"id":"did:example:subject","degree":"PhD"}`, "issuer", `{"id":"did:example:subject","type":"Profile","name":"x"}`),
			[]string{spreadID + "/issuer"}},
		{"subject in two pieces", v2("credentialSubject", `[{"id":"did:example:s","type":"P","a":1},{"id":"did:example:s","type":"P","b":2}]`),
			[]string{spreadID + "/credentialSubject/1"}},
		{"subject twice, equal", v2("credentialSubject", `[{"id":"did:example:s","type":"P","a":[1,{"b":2}]},{"id":"did:example:s","type":"P","a":[1,{"b":2}]}]`), nil},
		{"subject in two pieces of different types", v2("credentialSubject", `[{"id":"did:example:s","type":"P","a":1},{"id":"did:example:s","type":"Q","b":2}]`),
			[]string{spreadID + "/credentialSubject/1"}},
		{"subject in two pieces, a type being an IRI", v2("credentialSubject", `[{"id":"did:example:s","type":"https://example.com/v#P","b":2},{"id":"did:example:s","type":"P","a":1}]`),
			[]string{spreadID + "/credentialSubject/1"}},
		{"subject and a reference to it", v2("credentialSubject", `[{"id":"did:example:s","type":"P","a":1},{"id":"did:example:s"}]`),
			[]string{spreadID + "/credentialSubject/1"}},
		{"subject and another type of it", v2("credentialSubject", `[{"id":"did:example:s","type":"P","a":1},{"id":"did:example:s","type":"Q"}]`),
			[]string{spreadID + "/credentialSubject/1"}},
		{"two subjects", v2("credentialSubject", `[{"id":"did:example:s","type":"P","a":1},{"id":"did:example:t","type":"P","b":2}]`), nil},
		{"result on a creator whose type is an IRI", v2("a", `{"creator":{"id":"did:example:subject","type":"https://example.com/v#Person","result":"failed"}}`),
			[]string{spreadID + "/a/creator"}},
		{"endorsement of the subject", v2("endorsement", nested(`{"id":"did:example:subject","type":"EndorsementSubject","endorsementComment":"x"}`)), nil},
		{"nested credential of the subject", v2("verifiableCredential", nested(`{"id":"did:example:subject","type":"Person","degree":"MA"}`)), nil},

		// Entries.
		{"status on another object", v2("credentialStatus", `{"id":"urn:s","type":"S"}`, "a", `{"id":"urn:s","statusListIndex":"1"}`), []string{spreadID + "/a"}},
		{"status referenced", v2("credentialStatus", `{"id":"urn:s","type":"S"}`, "a", `{"id":"urn:s"}`), nil},
		{"two entries that are one node", v2("credentialStatus", `[{"id":"urn:s","type":"S","p":"revocation"},{"id":"urn:s","type":"S","p":"suspension"}]`),
			[]string{spreadID + "/credentialStatus/1"}},
		{"two nodes", v2("credentialStatus", `[{"id":"urn:s","type":"S","p":"revocation"},{"id":"urn:t","type":"S","p":"suspension"}]`), nil},
		{"same entry in a nested credential", v2("credentialStatus", `{"id":"urn:s","type":"S","p":1}`, "a", `{"type":"VerifiableCredential","credentialStatus":{"p":1,"type":"S","id":"urn:s"}}`), nil},
		{"schema digest elsewhere", v2("credentialSchema", `{"id":"urn:s","type":"S"}`, "a", `{"id":"urn:s","digestSRI":"x"}`), []string{spreadID + "/a"}},
		{"schema digest as a resource", v2("credentialSchema", `{"id":"urn:s","type":"S"}`, "relatedResource", `{"id":"urn:s","digestSRI":"x"}`), nil},
		{"resource of something nested", v2("credentialSchema", `{"id":"urn:s","type":"S"}`, "a", `{"relatedResource":{"id":"urn:s","digestSRI":"x"}}`),
			[]string{spreadID + "/a/relatedResource"}},
		{"terms elsewhere", v2("termsOfUse", `{"id":"urn:t","type":"T"}`, "a", `{"id":"urn:t","prohibition":"x"}`), []string{spreadID + "/a"}},

		// Within one array.
		{"licence in two pieces", v2("a", `[{"id":"urn:l","type":"Licence","class":"B"},{"id":"urn:l","validThrough":"2020-01-01"}]`), []string{spreadID + "/a/1"}},
		{"licence in three pieces", v2("a", `{"b":[{"id":"urn:l"},{"id":"urn:m","c":1},"x",{"id":"urn:l","c":1},{"id":"urn:m"}]}`),
			[]string{spreadID + "/a/b/3", spreadID + "/a/b/4"}},
		{"two licences", v2("a", `[{"id":"urn:l","type":"Licence","class":"B"},{"id":"urn:m","validThrough":"2020-01-01"}]`), nil},
		{"a licence twice, equal", v2("a", `[{"id":"urn:l","class":"B"},{"class":"B","id":"urn:l"}]`), nil},
		{"a licence in two arrays", v2("a", `[{"id":"urn:l","class":"B"}]`, "b", `[{"id":"urn:l"}]`), nil},
		{"pieces of evidence at one URL", v2("evidence", `[{"id":"urn:e","type":"E","name":"a"},{"id":"urn:e","type":"E","name":"b"}]`), nil},
		{"credential disclosed twice", v2("verifiableCredential", `[{"id":"urn:c","name":"a"},{"id":"urn:c","description":"b"}]`), nil},
		{"objects without ids", v2("a", `[{"id":"","b":1},{"id":"","b":2},{"id":1},{"id":1,"b":1},{"b":3},[],{"b":4}]`), nil},

		// Not protected.
		{"issuer as creator, with more", v2("issuer", `{"id":"did:example:i","type":"Profile","name":"x"}`, "a", `{"creator":{"id":"did:example:i","type":"Profile","name":"x","url":"y"}}`), nil},
		{"criteria with the id of its achievement", v2("a", `{"id":"urn:a","name":"x","criteria":{"id":"urn:a","narrative":"y"}}`), nil},
	} {
		t.Run(c.name, func(t *testing.T) { wantFound(t, parse(t, c.text), c.want...) })
	}
}

// With many protected objects the search is another; the result is the same.
func TestSpreadAmongManyEntries(t *testing.T) {
	for _, n := range []int{1, 10, 15, 20, 100} {
		var entries []string
		for i := range n {
			entries = append(entries, fmt.Sprintf(`{"id":"urn:s:%d","type":"S"}`, (i*7919)%n))
		}
		for i := range n {
			text := v2("credentialStatus", "["+strings.Join(entries, ",")+"]", "a", fmt.Sprintf(`{"id":"urn:s:%d","x":1}`, i))
			wantFound(t, parse(t, text), spreadID+"/a")
			text = v2("credentialStatus", "["+strings.Join(entries, ",")+"]", "a", fmt.Sprintf(`{"id":"urn:t:%d","x":1}`, i))
			wantFound(t, parse(t, text))
		}
	}
}

// Documents made to cost: the time stays far from what a quadratic search would take.
func TestConformOnHostileDocuments(t *testing.T) {
	repeat := func(s string, n int) string { return strings.TrimSuffix(strings.Repeat(s+",", n), ",") }
	manyTypes := `["VerifiableCredential",` + repeat(`"T"`, 90_000) + `]`
	object := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `,"m%d":1`, i)
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"subjects of a credential with many types": v2("a", `{"type":`+manyTypes+`,"credentialSubject":[`+repeat(`{"id":"urn:uuid:1","x":1}`, 35_000)+`]}`),
		"many types on subject and object":         v2("credentialSubject", `{"id":"did:example:s","a":1,"type":`+manyTypes+`}`, "b", `{"id":"did:example:s","a":1,"type":`+manyTypes+`}`),
		"equal large objects":                      v2("credentialStatus", "["+repeat(`{"id":"urn:s","type":"S"`+object(9_000)+`}`, 20)+"]"),
		"one id in many objects":                   v2("credentialStatus", "["+repeat(`{"id":"urn:s","type":"S","x":1}`, 45_000)+"]"),
		"one id in nested objects":                 v2("a", strings.Repeat(`{"id":"did:example:subject","type":"Q","x":`, 60)+"1"+strings.Repeat("}", 60)),
		"many resources":                           v2("relatedResource", "["+repeat(`{"id":"urn:s","digestSRI":"x"}`, 60_000)+"]"),
	} {
		c := parse(t, text)
		start := time.Now()
		found := vc.Conform(c)
		if took := time.Since(start); took > 3*time.Second {
			t.Errorf("%s: %v", name, took)
		}
		if len(found) > 1001 {
			t.Errorf("%s: %d breaches", name, len(found))
		}
	}
}
