package verify_test

import (
	"context"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

const schemaURL = "https://university.example/schema.json"

func sri384(body []byte) string {
	sum := sha512.Sum384(body)
	return "sha384-" + base64.StdEncoding.EncodeToString(sum[:])
}

func sri256(body []byte) string {
	sum := sha256.Sum256(body)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// schemaOf requires members of a credential.
func schemaOf(dialect string, required ...string) []byte {
	return []byte(`{"$schema":"` + dialect + `","type":"object","required":["` + strings.Join(required, `","`) + `"]}`)
}

const (
	draft2020 = "https://json-schema.org/draft/2020-12/schema"
	draft2019 = "https://json-schema.org/draft/2019-09/schema"
	draft7    = "http://json-schema.org/draft-07/schema#"
)

func TestJSONSchema(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	good := schemaOf(draft2020, "credentialSubject", "name")
	entry := func(changes map[string]any) map[string]any {
		return changed(map[string]any{"id": schemaURL, "type": "JsonSchema"}, changes)
	}
	for _, c := range []struct {
		name    string
		entry   any
		schema  []byte
		verdict verify.Verdict
		code    string
	}{
		{"2020-12", entry(nil), good, verify.Valid, ""},
		{"2019-09", entry(nil), schemaOf(draft2019, "name"), verify.Valid, ""},
		{"draft 7", entry(nil), schemaOf(draft7, "name"), verify.Valid, ""},
		{"of 1EdTech", entry(map[string]any{"type": "1EdTechJsonSchemaValidator2019"}), schemaOf(draft2019, "name"), verify.Valid, ""},
		{"of 1EdTech, without a dialect", entry(map[string]any{"type": "1EdTechJsonSchemaValidator2019"}), []byte(`{"properties":{"@context":{"items":[{"const":"https://www.w3.org/ns/credentials/v2"}]}}}`), verify.Valid, ""},
		{"with a digest", entry(map[string]any{"digestSRI": sri384(good)}), good, verify.Valid, ""},
		{"does not conform", entry(nil), schemaOf(draft2020, "evidence"), verify.Invalid, "schema.invalid"},
		{"does not conform to 1EdTech's", entry(map[string]any{"type": "1EdTechJsonSchemaValidator2019"}), schemaOf(draft2019, "evidence"), verify.Invalid, "schema.invalid"},
		{"does not conform to the second", []any{entry(nil), entry(map[string]any{"id": schemaURL + "2"})}, good, verify.Invalid, "schema.invalid"},
		{"another schema than signed for", entry(map[string]any{"digestSRI": sri384(schemaOf(draft2020, "name"))}), good, verify.Invalid, "resource.digest"},
		{"a digest that is none", entry(map[string]any{"digestSRI": "sha384-x"}), good, verify.Invalid, "resource.malformed"},
		{"another type", entry(map[string]any{"type": "ShapeOfWater"}), good, verify.Indeterminate, "schema.unchecked"},
		{"another dialect", entry(nil), schemaOf("https://json-schema.org/draft-04/schema#", "name"), verify.Indeterminate, "schema.unusable"},
		{"a pattern that cannot be matched in time", entry(nil), []byte(`{"properties":{"name":{"pattern":"(?=P)(a+)+$"}}}`), verify.Indeterminate, "schema.unusable"},
		{"no JSON", entry(nil), []byte("<html>"), verify.Indeterminate, "schema.unusable"},
		{"truncated", entry(nil), good[:40], verify.Indeterminate, "schema.unusable"},
		{"too long", entry(nil), append(good, make([]byte, 4096)...), verify.Indeterminate, "schema.unreachable"},
		{"explosive", entry(nil), explosive(), verify.Indeterminate, "budget"},
		{"reference to nothing", entry(nil), []byte(`{"$ref":"missing.json"}`), verify.Indeterminate, "schema.unreachable"},
		{"reference over http", entry(nil), []byte(`{"$ref":"http://university.example/x"}`), verify.Indeterminate, "schema.unusable"},
		{"nothing there", entry(nil), nil, verify.Indeterminate, "schema.unreachable"},
		{"over http", entry(map[string]any{"id": "http://university.example/schema.json"}), good, verify.Indeterminate, "schema.unreachable"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorldWith(t, verify.Limits{SchemaBytes: 4096})
			if c.schema != nil {
				w.host.Put(schemaURL, "application/schema+json", c.schema)
			}
			w.host.Put(schemaURL+"2", "application/schema+json", schemaOf(draft2020, "evidence"))
			badge := issuer.SignJWT(verifytest.Claims(verifytest.Badge(issuer.ID, map[string]any{"credentialSchema": c.entry})), "EdDSA", nil)
			want(t, w.verify(t, badge, anyone()), c.verdict, "schema", c.code)
		})
	}
}

// explosive is a schema that takes 2^30 steps.
func explosive() []byte {
	var out strings.Builder
	out.WriteString(`{"$ref":"#/$defs/r0","$defs":{"r30":true`)
	for i := range 30 {
		fmt.Fprintf(&out, `,"r%d":{"allOf":[{"$ref":"#/$defs/r%d"},{"$ref":"#/$defs/r%d"}]}`, i, i+1, i+1)
	}
	return []byte(out.String() + "}}")
}

// TestSchemaAgain: a schema that was compiled for one credential judges the next as if it were new, and a
// changed one counts at once.
func TestSchemaAgain(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	badge := func(name string) []byte {
		return issuer.SignJWT(verifytest.Claims(verifytest.Badge(issuer.ID, map[string]any{"name": name, "credentialSchema": map[string]any{"id": schemaURL, "type": "JsonSchema"}})), "EdDSA", nil)
	}
	w.host.Put(schemaURL, "application/schema+json", []byte(`{"properties":{"name":{"pattern":"^P"}}}`))
	for range 3 {
		want(t, w.verify(t, badge("Practical"), anyone()), verify.Valid, "", "")
		want(t, w.verify(t, badge("Theory"), anyone()), verify.Invalid, "schema", "schema.invalid")
	}
	w.host.Put(schemaURL, "application/schema+json", []byte(`{"properties":{"name":{"pattern":"^T"}}}`))
	want(t, w.verify(t, badge("Practical"), anyone()), verify.Invalid, "schema", "schema.invalid")
}

// TestSchemaPlace: a breach has its place in the credential, also inside the vc claim of a JWT.
func TestSchemaPlace(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:key", keys.Ed25519)
	w.host.Put(schemaURL, "application/schema+json", []byte(`{"properties":{"credentialSubject":{"properties":{"achievement":{"required":["fieldOfStudy"]}}}}}`))
	badge := verifytest.Badge(issuer.ID, map[string]any{"credentialSchema": map[string]any{"id": schemaURL, "type": "JsonSchema"},
		"@context": []string{"https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"}, "validFrom": nil, "issuanceDate": "2026-01-01T00:00:00Z"})
	r := w.verify(t, issuer.SignJWT(verifytest.Claims(badge), "EdDSA", nil), anyone())
	want(t, r, verify.Invalid, "schema", "schema.invalid")
	if c := check(t, r, "schema"); c.Problems[0].Pointer != "/vc/credentialSubject/achievement" || len(c.Parts) != 1 {
		t.Errorf("%+v", c)
	}
}

// TestSchemaLevels: what a policy can make of the check, and that a schema is fetched after the proof.
func TestSchemaLevels(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	entry := map[string]any{"id": schemaURL, "type": "JsonSchema"}
	with := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"credentialSchema": entry}), suite)
	without := issuer.Sign(verifytest.Badge(issuer.ID, nil), suite)
	for _, c := range []struct {
		level   verify.Level
		badge   []byte
		verdict verify.Verdict
		code    string
		reason  string
	}{
		{verify.IfPresent, with, verify.Invalid, "schema.invalid", "schema.invalid"},
		{verify.IfPresent, without, verify.Valid, "", "absent"},
		{verify.Required, without, verify.Invalid, "schema.required", "schema.required"},
		{verify.Advisory, with, verify.Valid, "", ""},
		{verify.Off, with, verify.Valid, "", "off"},
		{verify.IfPresent, replace(t, with, "Found what was wrong", "Found what was right"), verify.Invalid, "", "blocked"},
	} {
		w := newWorld(t)
		w.host.Put(schemaURL, "", schemaOf(draft2020, "evidence"))
		p := anyone()
		p.Schema = c.level
		r := w.verify(t, c.badge, p)
		want(t, r, c.verdict, "schema", c.code)
		if got := check(t, r, "schema"); got.Reason != c.reason || c.level == verify.Advisory && !warns(got, "schema.invalid") {
			t.Errorf("%+v", got)
		}
		if calls := w.host.Calls(); (c.reason == "blocked" || c.level == verify.Off) && len(calls) != 0 {
			t.Errorf("asked for %v", calls)
		}
	}
	offlineWorld := newWorld(t)
	offlineWorld.host.Fail(schemaURL, offline{})
	want(t, offlineWorld.verify(t, with, anyone()), verify.Indeterminate, "schema", "schema.unreachable")
	many := make([]any, 17)
	for i := range many {
		many[i] = entry
	}
	badge := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"credentialSchema": many}), suite)
	if r := newWorld(t).verify(t, issuer.SignJWT(verifytest.Claims(badge), "EdDSA", nil), anyone()); !has(check(t, r, "schema"), "budget") {
		t.Error(dump(r))
	}
}

// TestSchemaCredential: the schema in a credential of its own, which must verify.
func TestSchemaCredential(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	author := verifytest.NewIssuer("did:web:schemas.example", keys.Ed25519)
	mallory := verifytest.NewIssuer("did:key", keys.Ed25519)
	const inner = "https://schemas.example/inner.json"
	rules := schemaOf(draft2020, "name")
	credential := func(edits map[string]any) []byte {
		return marshal(t, changed(map[string]any{
			"@context": []string{"https://www.w3.org/ns/credentials/v2"}, "id": schemaURL,
			"type": []string{"VerifiableCredential", "JsonSchemaCredential"}, "issuer": author.ID, "validFrom": "2026-01-01T00:00:00Z",
			"credentialSubject": map[string]any{"id": inner, "type": "JsonSchema", "digestSRI": sri384(rules),
				"jsonSchema": map[string]any{"$schema": draft2020, "$id": schemaURL, "$ref": inner}},
		}, edits))
	}
	subject := func(schema map[string]any, edits map[string]any) map[string]any {
		return map[string]any{"credentialSubject": changed(map[string]any{"id": "https://schemas.example/other.json", "type": "JsonSchema", "jsonSchema": schema}, edits)}
	}
	good := author.Sign(credential(nil), suite)
	for _, c := range []struct {
		name    string
		schema  []byte
		digest  string
		verdict verify.Verdict
		code    string
	}{
		{"good", good, "", verify.Valid, ""},
		{"good, with a digest", good, sri256(good), verify.Valid, ""},
		{"as a JWT", author.SignJWT(verifytest.Claims(credential(nil)), "EdDSA", nil), "", verify.Valid, ""},
		{"written out", author.Sign(credential(subject(map[string]any{"$schema": draft2020, "required": []string{"name"}}, nil)), suite), "", verify.Valid, ""},
		{"does not conform", author.Sign(credential(subject(map[string]any{"$schema": draft2020, "required": []string{"evidence"}}, nil)), suite), "", verify.Invalid, "schema.invalid"},
		{"another credential than signed for", good, sri256([]byte("x")), verify.Invalid, "resource.digest"},
		{"another schema than it states", author.Sign(credential(subject(map[string]any{"$ref": inner}, map[string]any{"id": inner, "digestSRI": sri384([]byte("x"))})), suite), "", verify.Invalid, "resource.digest"},
		{"unsigned", credential(nil), "", verify.Indeterminate, "schema.unusable"},
		{"signed by somebody else", mallory.Sign(credential(nil), suite), "", verify.Indeterminate, "schema.unusable"},
		{"tampered", replace(t, good, draft2020, draft2019), "", verify.Indeterminate, "schema.unusable"},
		{"expired", author.Sign(credential(map[string]any{"validUntil": "2026-02-01T00:00:00Z"}), suite), "", verify.Indeterminate, "schema.unusable"},
		{"a badge", author.Sign(verifytest.Badge(author.ID, nil), suite), "", verify.Indeterminate, "schema.unusable"},
		{"without a schema", author.Sign(credential(subject(nil, map[string]any{"jsonSchema": nil})), suite), "", verify.Indeterminate, "schema.unusable"},
		{"no credential", []byte("<html>"), "", verify.Indeterminate, "schema.unusable"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			author.Publish(w.host)
			w.host.Put(inner, "application/schema+json", rules)
			w.host.Put(schemaURL, "application/vc", c.schema)
			entry := map[string]any{"id": schemaURL, "type": "JsonSchemaCredential"}
			if c.digest != "" {
				entry["digestSRI"] = c.digest
			}
			badge := issuer.SignJWT(verifytest.Claims(verifytest.Badge(issuer.ID, map[string]any{"credentialSchema": entry})), "EdDSA", nil)
			want(t, w.verify(t, badge, anyone()), c.verdict, "schema", c.code)
		})
	}
	w := newWorld(t)
	w.host.Put(schemaURL, "application/vc", good)
	w.host.Fail(inner, errors.New("gone"))
	author.Publish(w.host)
	badge := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"credentialSchema": map[string]any{"id": schemaURL, "type": "JsonSchemaCredential"}}), suite)
	want(t, w.verify(t, badge, anyone()), verify.Indeterminate, "schema", "schema.unreachable")
}

// TestSchemaByProfile: a check of the profile can stand for a schema, which is then not fetched; not for one
// with a digest, and not where the check itself did not decide.
func TestSchemaByProfile(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	outcome := verify.Passed
	p := anyone()
	p.Profile = []verify.ProfileCheck{{
		Name: "test.profile",
		Run: func(context.Context, *vc.Credential, verify.Policy) verify.Result {
			return verify.Result{Outcome: outcome}
		},
		Schema: func(url string, _ *vc.Credential) bool { return url == schemaURL },
	}}
	badge := func(edits map[string]any) []byte {
		entry := changed(map[string]any{"id": schemaURL, "type": "1EdTechJsonSchemaValidator2019"}, edits)
		return issuer.SignJWT(verifytest.Claims(verifytest.Badge(issuer.ID, map[string]any{"credentialSchema": entry})), "EdDSA", nil)
	}
	w := newWorld(t)
	r := w.verify(t, badge(nil), p)
	want(t, r, verify.Valid, "", "")
	if c := check(t, r, "schema"); len(w.host.Calls()) != 0 || len(c.Parts) != 1 || c.Parts[0].Profile != "test.profile" {
		t.Errorf("%v, asked for %v", dump(r), w.host.Calls())
	}
	outcome = verify.Failed
	want(t, w.verify(t, badge(nil), p), verify.Invalid, "schema", "schema.invalid")
	outcome = verify.Skipped
	want(t, w.verify(t, badge(nil), p), verify.Indeterminate, "schema", "schema.unreachable")
	outcome = verify.Passed
	want(t, w.verify(t, badge(map[string]any{"digestSRI": sri256([]byte("x"))}), p), verify.Indeterminate, "schema", "schema.unreachable")
	want(t, w.verify(t, badge(map[string]any{"id": schemaURL + "2"}), p), verify.Indeterminate, "schema", "schema.unreachable")
}

// TestNoSchema: a JSON document that is no schema allows nothing, although a validator would let everything pass
// by it.
func TestNoSchema(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	for body, code := range map[string]string{
		`{"$schema":"` + draft2020 + `"}`:              "", // says that it is one, and demands nothing
		`{"type":"object"}`:                            "",
		`{"error":"not found"}`:                        "schema.unusable",
		`{"data":{"type":"object","required":["no"]}}`: "schema.unusable",
		`{}`:   "schema.unusable",
		`true`: "schema.unusable",
		`[]`:   "schema.unusable",
	} {
		for _, name := range []string{"JsonSchema", "1EdTechJsonSchemaValidator2019"} {
			w := newWorld(t)
			w.host.Put(schemaURL, "application/json", []byte(body))
			badge := issuer.SignJWT(verifytest.Claims(verifytest.Badge(issuer.ID, map[string]any{"credentialSchema": map[string]any{"id": schemaURL, "type": name}})), "EdDSA", nil)
			verdict := verify.Valid
			if code != "" {
				verdict = verify.Indeterminate
			}
			want(t, w.verify(t, badge, anyone()), verdict, "schema", code)
		}
	}
}
