package badge_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// minimalV1 is the same badge as minimal in the VC data model 1.1, and full one with a value of
// every kind of property.
const (
	minimalV1 = `{
  "@context": ["https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context.json"],
  "id": "urn:uuid:b5f1", "type": ["VerifiableCredential", "AchievementCredential"], "name": "Programmer",
  "issuer": {"id": "did:web:example.edu", "type": "Profile"},
  "issuanceDate": "2026-01-01T00:00:00Z",
  "credentialSubject": {
    "type": "AchievementSubject", "identifier": [{"type": "IdentityObject", "hashed": false, "identityHash": "a@example.com", "identityType": "emailAddress"}],
    "achievement": {"id": "urn:uuid:a1", "type": "Achievement", "criteria": {"id": "https://example.edu/c"}, "description": "d", "name": "n"}
  }
}`
	full = `{
  "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://example.edu/more.json"],
  "id": "urn:uuid:b5f1", "type": ["VerifiableCredential", "AchievementCredential"],
  "name": {"en": "Programmer", "pt-BR": "Programadora"}, "description": [{"@value": "d1", "@language": "en"}, {"@value": "d2", "@language": "de"}],
  "issuer": "did:web:example.edu", "validFrom": "2026-01-01T00:00:00Z", "awardedDate": "2026-01-01T00:00:00+02:00",
  "image": {"id": "https://example.edu/i", "type": "Image", "caption": "c"},
  "endorsement": [{"@context": [], "type": "EndorsementCredential", "issuer": "urn:e", "credentialSubject": {}, "anything": "goes"}], "endorsementJwt": ["e30.e30.e30"],
  "evidence": [{"type": ["Evidence"], "name": "e", "unknown": "extensible"}],
  "credentialStatus": {"id": "urn:status", "type": "BitstringStatusListEntry"}, "proof": {"type": "DataIntegrityProof"},
  "credentialSubject": {
    "id": "did:example:ada", "type": ["AchievementSubject"], "activityStartDate": "2025-01-01T00:00:00", "activityEndDate": "2025-02-01T00:00:00Z", "creditsEarned": 1.5,
    "source": {"id": "urn:s", "type": ["Profile"], "dateOfBirth": "1815-12-10", "address": {"type": ["Address"], "geo": {"type": "GeoCoordinates", "latitude": 1, "longitude": -2e0}}},
    "result": [{"type": ["Result"], "status": "Completed", "value": "A"}],
    "achievement": {"id": "urn:uuid:a1", "type": ["Achievement"], "achievementType": "ext:Micro", "criteria": {"id": "https://e/c"}, "description": "d", "name": "n", "inLanguage": "pt-BR",
      "tag": ["a", "b"], "alignment": [{"type": ["Alignment"], "targetName": "N", "targetUrl": "https://e/n", "targetType": "CTDL"}],
      "otherIdentifier": [{"type": "IdentifierEntry", "identifier": "x", "identifierType": "isbn"}], "related": [{"id": "urn:r", "type": ["Related"]}],
      "resultDescription": [{"id": "urn:rd", "type": ["ResultDescription"], "name": "r", "resultType": "LetterGrade",
        "rubricCriterionLevel": [{"id": "urn:l", "type": ["RubricCriterionLevel"], "name": "l"}]}]}
  }
}`
	endorsement = `{
  "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"],
  "id": "urn:uuid:e1", "type": ["VerifiableCredential", "EndorsementCredential"], "name": "Endorsed",
  "issuer": {"id": "did:web:other.example", "type": "Profile"}, "validFrom": "2026-01-01T00:00:00Z",
  "credentialSubject": {"id": "did:web:example.edu", "type": "EndorsementSubject", "endorsementComment": "good"}
}`
	plain = `{"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"], "issuer": "did:web:a", "credentialSubject": {"id": "urn:x"}}`
)

func TestConformGenuine(t *testing.T) {
	documents := map[string]string{"minimal": minimal, "minimal, VC 1.1": minimalV1, "full": full, "endorsement": endorsement, "no badge": plain, "nothing": "{}"}
	for _, version := range []string{"context.json", "context-3.0.0.json", "context-3.0.1.json", "context-3.0.2.json"} {
		documents[version] = change(t, minimal, "context-3.0.3.json", version)
	}
	for name, text := range documents {
		t.Run(name, func(t *testing.T) {
			for _, e := range badge.Conform(open(t, text).Credential()) {
				t.Error(e)
			}
		})
	}
}

// TestConformOfficial checks the examples of the specification itself. Two of them have the level of one result
// description in a result of another, so that to refuse this would be to refuse them.
func TestConformOfficial(t *testing.T) {
	files, _ := filepath.Glob("../../shared/bench/*.json")
	if len(files) == 0 {
		t.Skip("the examples are not here")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want := "badge.reference /credentialSubject/result/1/achievedLevel"
		if filepath.Base(file) == "simple.json" {
			want = ""
		}
		b := open(t, string(data))
		if got := places(badge.Conform(b.Credential())); got != want {
			t.Errorf("%s: %s", file, got)
		}
		if r := check(t, b); r.Outcome != verify.Passed {
			t.Errorf("%s: %+v", file, r.Problems)
		}
		if r := strictly(t, b); (r.Outcome == verify.Failed) != (want != "") {
			t.Errorf("%s, strictly: %+v", file, r.Problems)
		}
	}
}

// breach is a change to a conforming badge, and the only findings that it may lead to.
type breach struct{ old, new, want string }

var breaches = map[string]struct {
	text     string
	breaches map[string]breach
}{
	"minimal": {minimal, map[string]breach{
		"one context":             {`, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"`, "", "badge.context /@context"},
		"bare context":            {`["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]`, `"https://www.w3.org/ns/credentials/v2"`, "badge.context /@context"},
		"other second context":    {"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://example.edu/context.json", "badge.context /@context/1"},
		"http context":            {"https://purl.imsglobal", "http://purl.imsglobal", "badge.context /@context/1"},
		"context of version 10":   {"3.0.3.json", "3.0.10.json", "badge.context /@context/1"},
		"context with a dot":      {"purl.imsglobal.org", "purlximsglobal.org", "badge.context /@context/1"},
		"context with a query":    {"3.0.3.json", "3.0.3.json?", "badge.context /@context/1"},
		"context in line":         {`"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"`, `{}`, "badge.context /@context/1"},
		"no id":                   {`"id": "urn:uuid:b5f1", `, "", "badge.missing /id"},
		"id in capitals":          {`"id": "urn:uuid:b5f1"`, `"ID": "urn:uuid:b5f1"`, "badge.missing /id"},
		"id of white":             {"urn:uuid:b5f1", "urn:uuid: b5f1", "badge.value /id"},
		"id empty":                {"urn:uuid:b5f1", "", "badge.value /id"},
		"id a number":             {`"urn:uuid:b5f1"`, "7", "badge.type /id"},
		"two ids":                 {`"urn:uuid:b5f1"`, `["urn:a", "urn:b"]`, "badge.type /id"},
		"no validFrom":            {`"validFrom": "2026-01-01T00:00:00Z",`, "", "badge.missing /validFrom"},
		"validFrom of VC 1.1":     {"validFrom", "issuanceDate", "badge.missing /validFrom"},
		"not typed":               {`["VerifiableCredential", "OpenBadgeCredential"]`, `["VerifiableCredential"]`, "badge.value /type"},
		"type in other case":      {"OpenBadgeCredential", "openBadgeCredential", "badge.value /type"},
		"issuer of no type":       {`, "type": ["Profile"]`, "", "badge.missing /issuer/type"},
		"issuer of no id":         {`"id": "did:web:example.edu", `, "", "badge.missing /issuer/id"},
		"issuer of other type":    {`"Profile"`, `"Organization"`, "badge.value /issuer/type"},
		"issuer a number":         {`{"id": "did:web:example.edu", "type": ["Profile"]}`, "7", "badge.type /issuer"},
		"issuer's name a number":  {`"type": ["Profile"]`, `"type": ["Profile"], "name": 7`, "badge.type /issuer/name"},
		"subject unnamed":         {`"id": "did:example:ada", `, "", "badge.missing /credentialSubject/id"},
		"subject's id empty":      {"did:example:ada", "", "badge.missing /credentialSubject/id, badge.value /credentialSubject/id"},
		"subject, no identifiers": {`"id": "did:example:ada"`, `"identifier": []`, "badge.missing /credentialSubject/id, badge.value /credentialSubject/identifier"},
		"subject of no type":      {`"type": ["AchievementSubject"],`, "", "badge.missing /credentialSubject/type"},
		"subject of other type":   {`"AchievementSubject"`, `"Person"`, "badge.value /credentialSubject/type"},
		"no achievement":          {`"achievement"`, `"achievements"`, "badge.missing /credentialSubject/achievement"},
		"achievement by URI":      {`"achievement"`, `"achievement": "urn:a", "other"`, "badge.type /credentialSubject/achievement"},
		"no criteria":             {`"criteria": {"narrative": "Wrote it"}, `, "", "badge.missing /credentialSubject/achievement/criteria"},
		"criteria by URI":         {`{"narrative": "Wrote it"}`, `"https://example.edu/c"`, "badge.type /credentialSubject/achievement/criteria"},
		"criteria null":           {`{"narrative": "Wrote it"}`, `null`, "badge.type /credentialSubject/achievement/criteria"},
		"narrative an object":     {`"Wrote it"`, `{"a": "b"}`, "badge.type /credentialSubject/achievement/criteria/narrative"},
		"no description":          {`"description"`, `"about"`, "badge.missing /credentialSubject/achievement/description"},
		"no name":                 {`"name"`, `"title"`, "badge.missing /credentialSubject/achievement/name"},
		"name null":               {`"Programmer"`, `null`, "badge.type /credentialSubject/achievement/name"},
		"name an empty map":       {`"Programmer"`, `{}`, "badge.type /credentialSubject/achievement/name"},
		"name a wrong map":        {`"Programmer"`, `{"english": "Programmer"}`, "badge.type /credentialSubject/achievement/name"},
		"name of two":             {`"Programmer"`, `["a", "b"]`, "badge.type /credentialSubject/achievement/name"},
		"type of achievement":     {`["Achievement"]`, `["Award"]`, "badge.value /credentialSubject/achievement/type"},
		"types empty":             {`["Achievement"]`, `[]`, "badge.value /credentialSubject/achievement/type"},
		"several":                 {`"name": "Programmer"`, `"name": 1, "achievementType": 2`, "badge.type /credentialSubject/achievement/name, badge.type /credentialSubject/achievement/achievementType"},
	}},
	"minimal, VC 1.1": {minimalV1, map[string]breach{
		"no name":           {`"name": "Programmer",`, "", "badge.missing /name"},
		"issuer by URI":     {`{"id": "did:web:example.edu", "type": "Profile"}`, `"did:web:example.edu"`, "badge.type /issuer"},
		"no hashed":         {`"hashed": false, `, "", "badge.missing /credentialSubject/identifier/0/hashed"},
		"hashed a string":   {`false`, `"false"`, "badge.type /credentialSubject/identifier/0/hashed"},
		"no identityHash":   {`"identityHash": "a@example.com", `, "", "badge.missing /credentialSubject/identifier/0/identityHash"},
		"no identityType":   {`, "identityType": "emailAddress"`, "", "badge.missing /credentialSubject/identifier/0/identityType"},
		"own identityType":  {`emailAddress`, `email`, "badge.value /credentialSubject/identifier/0/identityType"},
		"IdentityObject":    {`IdentityObject`, `IdentifierEntry`, "badge.value /credentialSubject/identifier/0/type"},
		"identifier string": {`[{"type": "IdentityObject", "hashed": false, "identityHash": "a@example.com", "identityType": "emailAddress"}]`, `["a@example.com"]`, "badge.missing /credentialSubject/id, badge.type /credentialSubject/identifier/0"},
	}},
	"full": {full, map[string]breach{
		"awardedDate, no zone":   {"+02:00", "", "badge.value /awardedDate"},
		"awardedDate, 31 June":   {"2026-01-01T00:00:00+02:00", "2026-06-31T00:00:00Z", "badge.value /awardedDate"},
		"awardedDate a number":   {`"2026-01-01T00:00:00+02:00"`, "2026", "badge.type /awardedDate"},
		"activity date":          {"2025-02-01T00:00:00Z", "2025-02-01", "badge.value /credentialSubject/activityEndDate"},
		"date of birth":          {"1815-12-10", "1815-12-10Z", "badge.value /credentialSubject/source/dateOfBirth"},
		"issuer with white":      {"did:web:example.edu", "did:web:example .edu", "badge.value /issuer"},
		"image by number":        {`{"id": "https://example.edu/i", "type": "Image", "caption": "c"}`, `7`, "badge.type /image"},
		"endorsement a JWT":      {`{"@context": [], "type": "EndorsementCredential", "issuer": "urn:e", "credentialSubject": {}, "anything": "goes"}`, `"e30.e30.e30"`, "badge.type /endorsement/0"},
		"endorsement untyped":    {`"type": "EndorsementCredential"`, `"type": "VerifiableCredential"`, "badge.value /endorsement/0/type"},
		"endorsement enveloped":  {`"type": "EndorsementCredential"`, `"type": "EnvelopedVerifiableCredential"`, "badge.value /endorsement/0"},
		"refresh without id":     {`"proof"`, `"refreshService": {"type": "1EdTechCredentialRefresh"}, "proof"`, "badge.missing /refreshService/id"},
		"endorsementJwt":         {`"e30.e30.e30"`, `"e30.e30"`, "badge.value /endorsementJwt/0"},
		"credits in quotes":      {"1.5", `"1.5"`, "badge.type /credentialSubject/creditsEarned"},
		"latitude in quotes":     {`"latitude": 1`, `"latitude": "1"`, "badge.type /credentialSubject/source/address/geo/latitude"},
		"no longitude":           {`, "longitude": -2e0`, "", "badge.missing /credentialSubject/source/address/geo/longitude"},
		"result's status":        {"Completed", "ext:Done", "badge.value /credentialSubject/result/0/status"},
		"result's status type":   {`"Completed"`, "true", "badge.type /credentialSubject/result/0/status"},
		"extension of nothing":   {"ext:Micro", "ext:", "badge.value /credentialSubject/achievement/achievementType"},
		"extension within":       {"ext:Micro", "an ext:Micro", "badge.value /credentialSubject/achievement/achievementType"},
		"language":               {`"inLanguage": "pt-BR"`, `"inLanguage": "portuguese"`, "badge.value /credentialSubject/achievement/inLanguage"},
		"tag a number":           {`["a", "b"]`, `["a", 7]`, "badge.type /credentialSubject/achievement/tag/1"},
		"tags empty":             {`["a", "b"]`, `[]`, "badge.value /credentialSubject/achievement/tag"},
		"tags null":              {`["a", "b"]`, `null`, "badge.type /credentialSubject/achievement/tag"},
		"alignment, no name":     {`"targetName": "N", `, "", "badge.missing /credentialSubject/achievement/alignment/0/targetName"},
		"alignment, no URL":      {`"targetUrl": "https://e/n", `, "", "badge.missing /credentialSubject/achievement/alignment/0/targetUrl"},
		"alignment, URL's white": {"https://e/n", "https://e/ n", "badge.value /credentialSubject/achievement/alignment/0/targetUrl"},
		"rubric level, no name":  {`, "name": "l"`, "", "badge.missing /credentialSubject/achievement/resultDescription/0/rubricCriterionLevel/0/name"},
		"no result type":         {`, "resultType": "LetterGrade"`, "", "badge.missing /credentialSubject/achievement/resultDescription/0/resultType"},
		"list with plain text":   {`{"@value": "d1", "@language": "en"}`, `"d1"`, "badge.type /description"},
	}},
	"endorsement": {endorsement, map[string]breach{
		"no name":             {`"name": "Endorsed",`, "", "badge.missing /name"},
		"no id of subject":    {`"id": "did:web:example.edu", `, "", "badge.missing /credentialSubject/id"},
		"subject not typed":   {"EndorsementSubject", "Subject", "badge.value /credentialSubject/type"},
		"credential's type":   {`, "EndorsementCredential"`, "", "badge.value /type"},
		"comment a number":    {`"good"`, `1`, "badge.type /credentialSubject/endorsementComment"},
		"context":             {"ob/v3p0", "clr/v2p0", "badge.context /@context/1"},
		"bare subject by URI": {`{"id": "did:web:example.edu", "type": "EndorsementSubject", "endorsementComment": "good"}`, `"did:web:example.edu"`, "badge.type /credentialSubject"},
	}},
}

// TestConformForged breaks one rule at a time. The findings are those of that rule and no others.
func TestConformForged(t *testing.T) {
	for base, set := range breaches {
		for name, b := range set.breaches {
			t.Run(base+"/"+name, func(t *testing.T) {
				c := open(t, change(t, set.text, b.old, b.new)).Credential()
				if got := places(badge.Conform(c)); got != b.want {
					t.Errorf("got  %s\nwant %s", got, b.want)
				}
				r := check(t, open(t, change(t, set.text, b.old, b.new)))
				if code, _, _ := strings.Cut(b.want, " "); r.Outcome != verify.Failed || !strings.Contains(b.want, r.Reason) || code == "" {
					t.Errorf("check %v, reason %q", r.Outcome, r.Reason)
				}
			})
		}
	}
}

// places lists findings as code and pointer, and asserts that each is usable.
func places(found []*strict.Error) string {
	var all []string
	for _, e := range found {
		if e.Detail == "" || e.Offset < 0 {
			return "not usable: " + e.Error()
		}
		all = append(all, e.Code+" "+e.Pointer)
	}
	return strings.Join(all, ", ")
}

// check runs the profile's check as a policy holds it.
func check(t *testing.T, b *badge.Badge) verify.Result {
	t.Helper()
	p := badge.Policy(verify.IssuerSet("did:web:example.edu"))
	if len(p.Profile) < 1 || p.Profile[0].Name != "badge.conformance" {
		t.Fatalf("profile checks %v", p.Profile)
	}
	r := p.Profile[0].Run(context.Background(), b.Credential(), p)
	if r.Check != "badge.conformance" {
		t.Fatalf("result of %q", r.Check)
	}
	return r
}

// strictly runs the profile's check under a strict policy.
func strictly(t *testing.T, b *badge.Badge) verify.Result {
	t.Helper()
	p := badge.Policy(verify.IssuerSet("did:web:example.edu"))
	p.Strict = true
	return p.Profile[0].Run(context.Background(), b.Credential(), p)
}

// TestConformTolerated has the deviations that [badge.Conform] lists and that are warnings in the
// check, each with a twin beside it in TestConformForged that fails.
func TestConformTolerated(t *testing.T) {
	for name, b := range map[string]struct {
		text string
		breach
	}{
		"bare for an array":        {full, breach{`["a", "b"]`, `"a"`, "badge.type /credentialSubject/achievement/tag"}},
		"bare object for an array": {full, breach{`[{"@context": [], "type": "EndorsementCredential", "issuer": "urn:e", "credentialSubject": {}, "anything": "goes"}]`, `{"@context": [], "type": "EndorsementCredential", "issuer": "urn:e", "credentialSubject": {}, "anything": "goes"}`, "badge.type /endorsement"}},
		"array of one":             {minimal, breach{`"urn:uuid:b5f1"`, `["urn:uuid:b5f1"]`, "badge.type /id"}},
		"array of one object":      {minimal, breach{`{"narrative": "Wrote it"}`, `[{"narrative": "Wrote it"}]`, "badge.type /credentialSubject/achievement/criteria"}},
		"status without an id":     {full, breach{`"id": "urn:status", `, "", "badge.missing /credentialStatus/id"}},
		"other schemas only":       {full, breach{`"proof"`, `"credentialSchema": [{"id": "https://e/s", "type": "JsonSchema"}], "proof"`, "badge.value /credentialSchema"}},
		"schema of another place":  {full, breach{`"proof"`, `"credentialSchema": {"id": "https://e/s", "type": "1EdTechJsonSchemaValidator2019"}, "proof"`, "badge.value /credentialSchema"}},
		"schema of another type":   {full, breach{`"proof"`, `"credentialSchema": {"id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json", "type": "JsonSchema"}, "proof"`, "badge.value /credentialSchema"}},
		"endorsement in envelope":  {full, breach{`{"@context": [], "type": "EndorsementCredential", "issuer": "urn:e", "credentialSubject": {}, "anything": "goes"}`, `{"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,e30.e30.e30"}`, "badge.value /endorsement/0/type"}},
		"more in a closed class":   {full, breach{`"caption": "c"`, `"caption": "c", "width": 7`, "badge.value /image/width"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := open(t, change(t, b.text, b.old, b.new))
			if got := places(badge.Conform(c.Credential())); got != b.want {
				t.Errorf("Conform: %s", got)
			}
			r := check(t, c)
			if r.Outcome != verify.Passed || len(r.Problems) != 0 || len(r.Warnings) != 1 || r.Warnings[0].Code+" "+r.Warnings[0].Pointer != b.want {
				t.Errorf("check: %+v", r)
			}
			r = strictly(t, c)
			if r.Outcome != verify.Failed || len(r.Warnings) != 0 || len(r.Problems) != 1 || r.Problems[0].Code+" "+r.Problems[0].Pointer != b.want {
				t.Errorf("strictly: %+v", r)
			}
		})
	}
}

func TestCheckPasses(t *testing.T) {
	schema := change(t, full, `"proof"`, `"credentialSchema": [{"id": "https://e/s", "type": "JsonSchema"}, {"id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json", "type": "1EdTechJsonSchemaValidator2019"}], "proof"`)
	older := change(t, minimalV1, `"issuer"`, `"refreshService": {"type": "x"}, "credentialStatus": {"type": "x"}, "issuer"`) // package vc reports these
	for name, text := range map[string]string{"minimal": minimal, "VC 1.1": minimalV1, "full": full, "endorsement": endorsement, "schema": schema, "entries of VC 1.1": older} {
		if r := check(t, open(t, text)); r.Outcome != verify.Passed || len(r.Problems)+len(r.Warnings) != 0 {
			t.Errorf("%s: %+v", name, r)
		}
	}
	if r := check(t, open(t, plain)); r.Outcome != verify.Skipped || r.Reason != "absent" {
		t.Errorf("no badge: %+v", r)
	}
}

// TestConformClaims has a VC 1.1 JWT whose claims carry what its vc claim leaves out.
func TestConformClaims(t *testing.T) {
	without := change(t, change(t, minimalV1, `"id": "urn:uuid:b5f1", `, ""), `"identifier": [{"type": "IdentityObject", "hashed": false, "identityHash": "a@example.com", "identityType": "emailAddress"}],`, "")
	token := func(claims string) string {
		return "eyJhbGciOiJFZERTQSJ9." + base64URL(`{"vc":`+without+claims+"}") + ".c2ln"
	}
	if got := places(badge.Conform(open(t, token(`,"jti":"urn:uuid:b5f1","sub":"did:example:ada"`)).Credential())); got != "" {
		t.Error(got)
	}
	if got, want := places(badge.Conform(open(t, token("")).Credential())), "badge.missing /vc/id, badge.missing /vc/credentialSubject/id"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	// Of the members of an endorsement's subject, sub stands in for the id only.
	without = change(t, endorsement, `"id": "did:web:example.edu", `, "")
	without = change(t, without, "https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1")
	without = change(t, without, "validFrom", "issuanceDate")
	if got := places(badge.Conform(open(t, token(`,"sub":"did:web:example.edu"`)).Credential())); got != "" {
		t.Error(got)
	}
	without = change(t, without, `"id": "did:web:other.example", `, "")
	if got, want := places(badge.Conform(open(t, token(`,"sub":"did:web:example.edu"`)).Credential())), "badge.missing /vc/issuer/id"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestConformStops holds the work on a document with nothing right in it to the limit.
func TestConformStops(t *testing.T) {
	var members, objects strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&members, `,"own%d":1`, i)
		fmt.Fprintf(&objects, `{"type":["Alignment"],"own%d":1},`, i)
	}
	for name, text := range map[string]string{
		"values":   change(t, full, `["a", "b"]`, "["+strings.Repeat("7,", 150_000)+"7]"),
		"members":  change(t, full, `"caption": "c"`, `"caption": "c"`+members.String()),
		"objects":  change(t, full, `"alignment": [`, `"alignment": [`+objects.String()),
		"subjects": strings.TrimSuffix(change(t, minimal, `"credentialSubject": {`, `"credentialSubject": [`+strings.Repeat("{},", 1000)+`{`), "}") + "]}",
	} {
		found := badge.Conform(open(t, text).Credential())
		if len(found) != badge.MaxFindings {
			t.Errorf("%s: %d findings", name, len(found))
		}
		if !slices.IsSortedFunc(found, func(a, b *strict.Error) int { return a.Offset - b.Offset }) {
			t.Errorf("%s: findings are not in document order", name)
		}
	}
}
