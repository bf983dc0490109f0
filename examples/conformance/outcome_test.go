package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// checked is a report with these outcomes of parse, model and proof, and others that do not count here.
func checked(parse, model, proof verify.Outcome, inside ...*verify.Report) *verify.Report {
	r := &verify.Report{Credentials: inside, Checks: []verify.Result{{Check: "issuer", Outcome: verify.Failed}}}
	for i, o := range []verify.Outcome{parse, model, proof} {
		name := [...]string{"parse", "model", "proof"}[i]
		c := verify.Result{Check: name, Outcome: o}
		if o != verify.Passed {
			c.Reason, c.Problems = name+".x", []verify.Problem{{Code: "other"}, {Code: name + ".x", Detail: "because of the " + name}}
		}
		r.Checks = append(r.Checks, c)
	}
	return r
}

// TestOutcome: success takes that all three have passed; what is inside may be by keys that were not given, and not bad.
func TestOutcome(t *testing.T) {
	const yes, no, open, not = verify.Passed, verify.Failed, verify.Undecided, verify.Skipped
	good, bad, unsure := checked(yes, yes, yes), checked(yes, yes, no), checked(yes, yes, open)
	unknown := checked(yes, no, yes)
	unknown.Checks[3].Reason, unknown.Checks[3].Outcome = "proof.method", no
	holding := func(inside ...*verify.Report) *verify.Report {
		r := checked(yes, yes, yes, inside...)
		r.Checks = append(r.Checks, verify.Result{Check: "credentials", Outcome: no, Reason: "model.missing"})
		return r
	}
	for name, tc := range map[string]struct {
		report      *verify.Report
		result, why string
	}{
		"good":                  {good, "success", ""},
		"proof failed":          {bad, "failure", "proof.x: because of the proof"},
		"proof open":            {unsure, "indeterminate", "proof.x: because of the proof"},
		"proof not done":        {checked(yes, yes, not), "indeterminate", "proof.x: because of the proof"},
		"model open, proof bad": {checked(yes, open, no), "failure", "proof.x: because of the proof"},
		"model and proof open":  {checked(yes, open, open), "indeterminate", "model.x: because of the model"},
		"nothing checked":       {&verify.Report{}, "indeterminate", ": "},
		"nothing inside":        {holding(), "failure", "credentials: model.missing"},
		"good inside":           {holding(good), "success", ""},
		"open inside":           {holding(unsure), "success", ""},
		"bad behind a good":     {holding(good, bad), "failure", "a credential inside: proof.x: because of the proof"},
		"bad behind a foreign":  {holding(unknown, bad), "failure", "a credential inside: proof.x: because of the proof"},
		"a foreign key inside":  {holding(unknown), "success", ""},
		"unreadable inside":     {holding(checked(no, yes, yes)), "failure", "a credential inside: parse.x: because of the parse"},
	} {
		if result, why := outcome(tc.report); result != tc.result || why != tc.why {
			t.Errorf("%s: %s, %q", name, result, why)
		}
	}
}

// TestNotAsked: what the suite does not ask about does not count: status, schema, validity and who holds it.
func TestNotAsked(t *testing.T) {
	i := verifytest.NewIssuer(issuer, keys.P256)
	i.Method = issuer + "#1"
	const gone = "https://gone.example/1"
	token := i.SignJWT(verifytest.Badge(issuer, map[string]any{"validFrom": "2019-01-01T00:00:00Z", "validUntil": "2020-01-01T00:00:00Z",
		"credentialSchema": map[string]any{"id": gone, "type": "JsonSchema"},
		"credentialStatus": map[string]any{"id": gone + "#1", "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "1", "statusListCredential": gone}}), "ES256", map[string]any{"typ": "vc+jwt"})
	if a := result(t, token, method(i), "credential_jose"); a.Result != "success" {
		t.Errorf("%s: %s", a.Result, a.Data)
	}
}

// TestKeyNames: a key is found by its id, by what follows # in it, and by its kid before that; a secret is not kept.
func TestKeyNames(t *testing.T) {
	i := verifytest.NewIssuer(issuer, keys.P256)
	var jwk map[string]any
	if err := json.Unmarshal(i.JWK(), &jwk); err != nil {
		t.Fatal(err)
	}
	delete(jwk, "kid")
	file := func(edits map[string]any) string {
		all := map[string]any{"d": "AA"}
		for _, m := range []map[string]any{jwk, edits} {
			for name, v := range m {
				all[name] = v
			}
		}
		data, err := json.Marshal(all)
		if err != nil {
			t.Fatal(err)
		}
		f := filepath.Join(t.TempDir(), "key")
		if err := os.WriteFile(f, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return f
	}
	for want, edits := range map[string]map[string]any{issuer + "#k": {"kid": "k"}, issuer + "#2": {"id": issuer + "#2"}, issuer + "#k3": {"id": issuer + "#3", "kid": "k3"}, issuer + "#bare": {"id": "bare"}} {
		ring, err := readKeys([]string{file(edits)})
		if err != nil {
			t.Fatal(err)
		}
		c, err := ring.Controller(t.Context(), issuer)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Method(want, "assertionMethod"); err != nil {
			t.Errorf("%v is not found as %s: %v", edits, want, err)
		}
		if _, err := c.Method(issuer+"#other", "assertionMethod"); err == nil {
			t.Errorf("%v is found as another", edits)
		}
		if _, kept := ring.methods[0]["publicKeyJwk"].(map[string]any)["d"]; kept {
			t.Error("a secret is kept")
		}
	}
}

// TestReadFile: a file may be as long as the limit, and no longer.
func TestReadFile(t *testing.T) {
	f := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(f, []byte(strings.Repeat("x", 8)), 0o600); err != nil {
		t.Fatal(err)
	}
	if data, err := readFile(f, 8); err != nil || len(data) != 8 {
		t.Errorf("%q, %v", data, err)
	}
	if data, err := readFile(f, 7); err == nil || data != nil {
		t.Errorf("%q", data)
	}
}
