package badge_test

import (
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// TestWellKnownSchemas: the schemas that 1EdTech publishes for whole credentials are answered by the check
// of conformance, without a fetch; every other one has to be fetched.
func TestWellKnownSchemas(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	const tree = "https://purl.imsglobal.org/spec/ob/v3p0/schema/"
	endorsement := map[string]any{"type": []string{"VerifiableCredential", "EndorsementCredential"},
		"credentialSubject": map[string]any{"id": "did:example:ada", "type": []string{"EndorsementSubject"}, "endorsementComment": "good"}}
	for _, c := range []struct {
		url   string
		edits map[string]any
		known bool
	}{
		{tree + "json/ob_v3p0_achievementcredential_schema.json", nil, true},
		{tree + "json-ld/ob_v3p0_achievementcredential_schema.json", nil, true},
		{tree + "json/ob_v3p0_anyachievementcredential_schema.json", nil, true},
		{tree + "json/ob_v3p0_endorsementcredential_schema.json", endorsement, true},
		{tree + "json-ld/ob_v3p0_anyendorsementcredential_schema.json", endorsement, true},
		{tree + "json/ob_v3p0_endorsementcredential_schema.json", nil, false},
		{tree + "json/ob_v3p0_achievementcredential_schema.json", endorsement, false},
		{tree + "json/ob_v3p0_profile_schema.json", nil, false},
		{tree + "ob_v3p0_achievementcredential_schema.json", nil, false},
		{"https://university.example/ob_v3p0_achievementcredential_schema.json", nil, false},
	} {
		host := &verifytest.Host{}
		v, err := verify.New(verify.Config{Keys: keys.Default(host), Schemas: host})
		if err != nil {
			t.Fatal(err)
		}
		edits := map[string]any{"credentialSchema": []any{map[string]any{"id": c.url, "type": "1EdTechJsonSchemaValidator2019"}}}
		for k, v := range c.edits {
			edits[k] = v
		}
		data := issuer.SignJWT(verifytest.Claims(verifytest.Badge(issuer.ID, edits)), "EdDSA", nil)
		opened, err := badge.Open(data)
		if err != nil {
			t.Fatal(err)
		}
		p := badge.Policy(verify.UnsafeAnyIssuer())
		r, err := v.Verify(t.Context(), opened.Credential(), p)
		if r == nil {
			t.Fatal(err)
		}
		s, _ := r.Check("schema")
		if c.known && (s.Outcome != verify.Passed || s.Parts[0].Profile != "badge.conformance" || len(host.Calls()) != 0) {
			t.Errorf("%s: %+v, asked for %v", c.url, s, host.Calls())
		}
		if !c.known && (s.Outcome != verify.Undecided || len(host.Calls()) != 1) {
			t.Errorf("%s: %+v, asked for %v", c.url, s, host.Calls())
		}
	}
}

// TestWellKnownSchemaFails: a badge that does not conform fails the schema too, in its strict and in its
// tolerant form.
func TestWellKnownSchemaFails(t *testing.T) {
	issuer := verifytest.NewIssuer("did:key", keys.Ed25519)
	v, err := verify.New(verify.Config{Keys: keys.Default(nil)})
	if err != nil {
		t.Fatal(err)
	}
	data := issuer.SignJWT(verifytest.Claims(verifytest.Badge(issuer.ID, map[string]any{"id": nil,
		"credentialSchema": []any{map[string]any{"id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json", "type": "1EdTechJsonSchemaValidator2019"}}})), "EdDSA", nil)
	opened, err := badge.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	r, _ := v.Verify(t.Context(), opened.Credential(), badge.Policy(verify.UnsafeAnyIssuer()))
	if s, _ := r.Check("schema"); s.Reason != "schema.invalid" {
		t.Errorf("%+v", s)
	}
}
