package badge_test

import (
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

// record is a CLR with two credentials, a listed achievement, and how they hang together.
const record = `{
  "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
  "id": "urn:uuid:c1", "type": ["VerifiableCredential", "ClrCredential"], "name": "Transcript", "partial": true,
  "issuer": {"id": "did:web:example.edu", "type": ["Profile"]}, "validFrom": "2026-01-01T00:00:00Z",
  "credentialSubject": {
    "id": "did:example:ada", "type": ["ClrSubject"],
    "achievement": [{"id": "urn:program", "type": ["Achievement"], "criteria": {"narrative": "n"}, "description": "d", "name": "Program"}],
    "association": [
      {"type": "Association", "associationType": "isChildOf", "sourceId": "urn:course:1", "targetId": "urn:program"},
      {"type": "Association", "associationType": "isParentOf", "sourceId": "urn:program", "targetId": "urn:cred:2"}],
    "verifiableCredential": [
      {"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
       "id": "urn:cred:1", "type": ["VerifiableCredential", "AchievementCredential"], "issuer": "did:web:example.edu", "validFrom": "2026-01-01T00:00:00Z",
       "credentialSubject": {"id": "did:example:ada", "type": ["AchievementSubject"],
         "achievement": {"id": "urn:course:1", "type": ["Achievement"], "criteria": {"narrative": "n"}, "description": "d", "name": "First"}}},
      {"@context": ["https://www.w3.org/ns/credentials/v2"], "id": "urn:cred:2", "type": "VerifiableCredential", "issuer": "did:web:b", "validFrom": "2026-01-01T00:00:00Z",
       "credentialSubject": {"other": "things"}}]
  }
}`

const inner = "/credentialSubject/verifiableCredential/"

func recordV1(t *testing.T) string {
	text := change(t, record, `"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr`, `"https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/clr`)
	return change(t, text, `"validFrom": "2026-01-01T00:00:00Z",
  "cred`, `"issuanceDate": "2026-01-01T00:00:00Z",
  "cred`)
}

// TestConformRecord breaks one rule of a CLR at a time.
func TestConformRecord(t *testing.T) {
	if r := check(t, open(t, record)); r.Outcome != verify.Passed || len(r.Warnings) != 0 {
		t.Fatalf("the record itself: %+v", r)
	}
	for name, b := range map[string]breach{
		"two contexts":           {`, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],` + "\n" + `  "id": "urn:uuid:c1"`, `],` + "\n" + `  "id": "urn:uuid:c1"`, "badge.context /@context"},
		"one context":            {`["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]`, `["https://www.w3.org/ns/credentials/v2"]`, "badge.context /@context"},
		"context of version 3":   {`clr/v2p0/context-2.0.1.json`, `clr/v2p0/context-3.0.1.json`, "badge.context /@context/1"},
		"no id":                  {`"id": "urn:uuid:c1", `, ``, "badge.missing /id"},
		"no name":                {`"name": "Transcript", `, ``, "badge.missing /name"},
		"no validFrom":           {`, "validFrom": "2026-01-01T00:00:00Z",` + "\n" + `  "cred`, `,` + "\n" + `  "cred`, "badge.missing /validFrom"},
		"not typed":              {`, "ClrCredential"`, ``, "badge.value /type"},
		"partial in words":       {`"partial": true`, `"partial": "true"`, "badge.type /partial"},
		"learner unnamed":        {`"id": "did:example:ada", "type": ["ClrSubject"]`, `"type": ["ClrSubject"]`, "badge.missing /credentialSubject/id"},
		"subject untyped":        {`, "type": ["ClrSubject"]`, ``, "badge.missing /credentialSubject/type"},
		"subject of other type":  {`"ClrSubject"`, `"Person"`, "badge.value /credentialSubject/type"},
		"credentials elsewhere":  {`"verifiableCredential": [`, `"credentials": [`, "badge.missing /credentialSubject/verifiableCredential"},
		"credential by URI":      {`"verifiableCredential": [`, `"verifiableCredential": ["urn:x", `, "badge.type " + inner + "0"},
		"credential of no type":  {`"id": "urn:cred:2", "type": "VerifiableCredential"`, `"id": "urn:cred:2", "type": "Credential"`, "badge.value " + inner + "1/type"},
		"credential, no issuer":  {`"issuer": "did:web:b", `, ``, "badge.missing " + inner + "1/issuer"},
		"credential, no context": {`{"@context": ["https://www.w3.org/ns/credentials/v2"], `, `{`, "badge.missing " + inner + "1/@context"},
		"credential, no subject": {`"credentialSubject": {"other": "things"}`, `"other": "things"`, "badge.missing " + inner + "1/credentialSubject"},
		"association, no source": {`"sourceId": "urn:course:1", `, ``, "badge.missing /credentialSubject/association/0/sourceId"},
		"association, no target": {`, "targetId": "urn:program"`, ``, "badge.missing /credentialSubject/association/0/targetId"},
		"association of no kind": {`"associationType": "isChildOf", `, ``, "badge.missing /credentialSubject/association/0/associationType"},
		"association, other":     {`"isChildOf"`, `"ext:isChildOf"`, "badge.value /credentialSubject/association/0/associationType"},
		"association untyped":    {`"Association", "associationType": "isChildOf"`, `"Link", "associationType": "isChildOf"`, "badge.value /credentialSubject/association/0/type"},
		"achievement, no name":   {`, "name": "Program"`, ``, "badge.missing /credentialSubject/achievement/0/name"},
	} {
		t.Run(name, func(t *testing.T) {
			b2 := open(t, change(t, record, b.old, b.new))
			if got := places(badge.Conform(b2.Credential())); got != b.want {
				t.Errorf("got  %s\nwant %s", got, b.want)
			}
			if r := check(t, b2); r.Outcome != verify.Failed {
				t.Errorf("check: %+v", r)
			}
		})
	}
}

// TestConformRecordTolerated has what is a breach for a strict policy only.
func TestConformRecordTolerated(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"VC 1.1":   {recordV1(t), "badge.context /@context/0"},
		"turned":   {change(t, record, `"https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"`, `"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"`), "badge.context /@context/1, badge.context /@context/2"},
		"more":     {change(t, record, `"associationType": "isChildOf"`, `"note": "n", "associationType": "isChildOf"`), "badge.value /credentialSubject/association/0/note"},
		"bare":     {change(t, record, `"achievement": [{"id": "urn:program", "type": ["Achievement"], "criteria": {"narrative": "n"}, "description": "d", "name": "Program"}]`, `"achievement": {"id": "urn:program", "type": ["Achievement"], "criteria": {"narrative": "n"}, "description": "d", "name": "Program"}`), "badge.type /credentialSubject/achievement"},
		"envelope": {change(t, record, `"verifiableCredential": [`, `"verifiableCredential": [{"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,a.b.c"}, `), "badge.value " + inner + "0/type"},
	} {
		b := open(t, c.text)
		if got := places(badge.Conform(b.Credential())); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
		if r := check(t, b); r.Outcome != verify.Passed || len(r.Warnings) != len(strings.Split(c.want, ", ")) {
			t.Errorf("%s: %+v", name, r)
		}
		if r := strictly(t, b); r.Outcome != verify.Failed || r.Reason != strings.Fields(c.want)[0] {
			t.Errorf("%s, strictly: %+v", name, r)
		}
	}
}

// TestConformRecordInside uses Conform on what a record holds: each is a document of its own.
func TestConformRecordInside(t *testing.T) {
	c := open(t, record).Credential()
	first := c.Value().Lookup(inner + "0").Raw()
	if got := places(badge.Conform(open(t, first).Credential())); got != "" {
		t.Error(got)
	}
	if got := places(badge.Conform(open(t, change(t, first, `"name": "First"`, `"title": "First"`)).Credential())); got != "badge.missing /credentialSubject/achievement/name" {
		t.Error(got)
	}
	// The record does not judge it again.
	if got := places(badge.Conform(open(t, change(t, record, `"name": "First"`, `"title": "First"`)).Credential())); got != "" {
		t.Error(got)
	}
}

// TestRecordIsRecognised holds that leaving out what says that it is a CLR does not switch the rules off.
func TestRecordIsRecognised(t *testing.T) {
	text := change(t, record, `, "ClrCredential"`, ``)
	text = change(t, text, `, "type": ["ClrSubject"]`, ``)
	if got := places(badge.Conform(open(t, text).Credential())); got != "badge.value /type, badge.missing /credentialSubject/type" {
		t.Error(got)
	}
	typed := change(t, change(t, record, `, "ClrCredential"`, ``), `"verifiableCredential"`, `"credentials"`)
	if got := places(badge.Conform(open(t, typed).Credential())); got != "badge.value /type, badge.missing /credentialSubject/verifiableCredential" {
		t.Error(got)
	}
	text = change(t, text, `"verifiableCredential"`, `"credentials"`)
	if r := check(t, open(t, text)); r.Outcome != verify.Skipped || r.Reason != "absent" {
		t.Errorf("%+v", r)
	}
}

// TestAssociations has ids that lead out of the record, which is a warning, and a record of which not all is known.
func TestAssociations(t *testing.T) {
	out := change(t, record, `"sourceId": "urn:course:1"`, `"sourceId": "urn:course:9"`)
	r := strictly(t, open(t, out))
	if r.Outcome != verify.Passed || len(r.Warnings) != 1 || r.Warnings[0].Code != "badge.reference" || r.Warnings[0].Pointer != "/credentialSubject/association/0/sourceId" {
		t.Errorf("%+v", r)
	}
	unknown := change(t, out, `"verifiableCredential": [`, `"verifiableCredential": [{"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,a.b.c"}, `)
	for _, w := range check(t, open(t, unknown)).Warnings {
		if w.Code == "badge.reference" {
			t.Errorf("%+v", w)
		}
	}
}

// TestSchemaOfRecord holds that the check stands for the schema of CLR, for what it has checked as one.
func TestSchemaOfRecord(t *testing.T) {
	stands := badge.Policy(verify.UnsafeAnyIssuer()).Profile[0].Schema
	for _, tree := range []string{"json/", "json-ld/"} {
		url := "https://purl.imsglobal.org/spec/clr/v2p0/schema/" + tree + "clr_v2p0_clrcredential_schema.json"
		if !stands(url, open(t, record).Credential()) {
			t.Errorf("%s would be fetched", url)
		}
		for name, text := range map[string]string{"a badge": minimal, "a record of VC 1.1": recordV1(t)} {
			if stands(url, open(t, text).Credential()) {
				t.Errorf("%s is not fetched for %s", url, name)
			}
		}
		if stands("https://purl.imsglobal.org/spec/clr/v2p0/schema/"+tree+"clr_v2p0_profile_schema.json", open(t, record).Credential()) {
			t.Error("the schema of a part is not fetched")
		}
	}
}
