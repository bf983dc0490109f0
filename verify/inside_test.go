package verify_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

const inner = "x.inside" // the name of the check that looks inside

// looking is a policy whose profile judges what stands under endorsement and endorsementJwt. Each credential is
// given to edit, where that is something.
func looking(level verify.Level, edit func(*verify.NestedCredential)) verify.Policy {
	p := anyone()
	p.Profile = []verify.ProfileCheck{{Name: inner, Inside: func(c *vc.Credential) verify.Nested {
		n := verify.Nested{Level: level}
		for _, name := range [...]string{"endorsement", "endorsementJwt"} {
			for v := range c.Value().Get(name).Each() {
				in := vc.ParseInside(v, vc.Limits{})
				one := verify.NestedCredential{Pointer: in.Pointer, Credential: in.Credential, Err: in.Err}
				if edit != nil {
					edit(&one)
				}
				n.Credentials = append(n.Credentials, one)
			}
		}
		return n
	}}}
	return p
}

// cast are an issuer, who signs badges, and an endorser, whose credentials stand in them.
type cast struct {
	*world
	issuer, endorser *verifytest.Issuer
}

func newCast(t testing.TB, limits verify.Limits) *cast {
	c := &cast{newWorldWith(t, limits), verifytest.NewIssuer("did:web:issuer.example", keys.Ed25519), verifytest.NewIssuer("did:web:endorser.example", keys.Ed25519)}
	c.issuer.Publish(c.host)
	c.endorser.Publish(c.host)
	return c
}

const innerID = "urn:uuid:5e5d6b8a-7f63-4a3d-8e0a-d3e2f1a0b9c8"

// unsigned is a credential by the endorser.
func (c *cast) unsigned(edits map[string]any) []byte {
	all := map[string]any{"id": innerID, "type": []string{"VerifiableCredential", "EndorsementCredential"},
		"credentialSubject": map[string]any{"id": "did:example:ada", "type": []string{"EndorsementSubject"}, "endorsementComment": "Good."}}
	for name, v := range edits {
		all[name] = v
	}
	return verifytest.Badge(c.endorser.ID, all)
}

func (c *cast) endorsement(edits map[string]any) []byte {
	return c.endorser.Sign(c.unsigned(edits), suite)
}

// around is an unsigned badge with these credentials in it. A text that is no JSON is a token.
func (c *cast) around(edits map[string]any, all ...[]byte) []byte {
	var objects, tokens []any
	for _, one := range all {
		if one[0] == '{' {
			objects = append(objects, json.RawMessage(one))
		} else {
			tokens = append(tokens, string(one))
		}
	}
	with := map[string]any{}
	for name, v := range edits {
		with[name] = v
	}
	if objects != nil {
		with["endorsement"] = objects
	}
	if tokens != nil {
		with["endorsementJwt"] = tokens
	}
	return verifytest.Badge(c.issuer.ID, with)
}

// badge is such a badge, signed.
func (c *cast) badge(all ...[]byte) []byte { return c.issuer.Sign(c.around(nil, all...), suite) }

// TestInside: the verdict about each credential counts, with its code and its place, and the report is a
// tree.
func TestInside(t *testing.T) {
	c := newCast(t, verify.Limits{})
	good := c.endorsement(nil)
	token := c.endorser.SignJWT(verifytest.Claims(c.unsigned(nil)), "EdDSA", nil)
	mallory := verifytest.NewIssuer("did:key", keys.Ed25519)
	lost := verifytest.NewIssuer("did:web:gone.example", keys.Ed25519)
	envelope := []byte(`{"@context":"https://www.w3.org/ns/credentials/v2","type":"EnvelopedVerifiableCredential","id":"data:application/vc+jwt,` + string(token) + `"}`)
	bare := bytes.Replace(good, []byte(`"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],`), nil, 1)
	for _, tc := range []struct {
		name          string
		credential    []byte
		verdict       verify.Verdict
		code, pointer string
	}{
		{"genuine", good, verify.Valid, "", "/endorsement/1"},
		{"genuine token", token, verify.Valid, "", "/endorsementJwt/0"},
		{"genuine in an envelope", envelope, verify.Valid, "", "/endorsement/1"},
		{"tampered", replace(t, good, "Good.", "Best."), verify.Invalid, "proof.signature", "/endorsement/1/proof/proofValue"},
		{"tampered token", append(bytes.Clone(token[:len(token)-8]), "AAAAAAAA"...), verify.Invalid, "proof.signature", "/endorsementJwt/0"},
		{"without a context of its own", bare, verify.Invalid, "model.missing", "/endorsement/1"},
		{"unsigned", c.unsigned(nil), verify.Invalid, "proof.missing", "/endorsement/1"},
		{"with an empty proof", c.unsigned(map[string]any{"proof": []any{}}), verify.Invalid, "model.value", "/endorsement/1/proof"},
		{"expired", c.endorsement(map[string]any{"validUntil": "2026-06-01T00:00:00Z"}), verify.Invalid, "validity.expired", "/endorsement/1/validUntil"},
		{"forged", mallory.Sign(c.unsigned(nil), suite), verify.Invalid, "proof.controller", "/endorsement/1/proof/verificationMethod"},
		{"unresolvable", lost.Sign(c.unsigned(map[string]any{"issuer": lost.ID}), suite), verify.Indeterminate, "key.unresolved", "/endorsement/1/proof/verificationMethod"},
		{"no credential", []byte(`{"id":"urn:x:y"}`), verify.Invalid, "model.missing", "/endorsement/1"},
		{"no token", []byte(`a.b.c`), verify.Invalid, "jwt.syntax", "/endorsementJwt/0"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			data := c.issuer.SignJWT(verifytest.Claims(c.around(nil, good, tc.credential)), "EdDSA", nil)
			r := c.verify(t, data, looking(verify.IfPresent, nil))
			want(t, r, tc.verdict, inner, tc.code)
			found := check(t, r, inner)
			if tc.code != "" && (len(found.Problems) != 1 || found.Reason != tc.code || found.Problems[0].Pointer != tc.pointer) {
				t.Errorf("problems %v", found.Problems)
			}
			if len(r.Credentials) != 2 || r.Credentials[0].Verdict != verify.Valid || r.Credentials[1].Verdict != tc.verdict {
				t.Fatalf("the reports inside: %v", r.Credentials)
			}
			for i, place := range []string{"/endorsement/0", "/endorsement/1"} {
				if n := r.Credentials[i]; n.Within != inner || n.Pointer != place && n.Pointer != "/endorsementJwt/0" {
					t.Errorf("report %d is about %q in %q", i, n.Pointer, n.Within)
				}
			}
		})
	}
}

// TestInsideEmbedded is the same around an embedded proof, which covers what it holds.
func TestInsideEmbedded(t *testing.T) {
	c := newCast(t, verify.Limits{})
	good := c.badge(c.endorsement(nil))
	want(t, c.verify(t, good, looking(verify.IfPresent, nil)), verify.Valid, "", "")
	want(t, c.verify(t, c.badge(c.endorsement(map[string]any{"validUntil": "2026-06-01T00:00:00Z"})), looking(verify.IfPresent, nil)), verify.Invalid, inner, "validity.expired")
	r := c.verify(t, replace(t, good, "Good.", "Best."), looking(verify.IfPresent, nil))
	want(t, r, verify.Invalid, "proof", "proof.signature")
	if got := check(t, r, inner); got.Outcome != verify.Skipped || got.Reason != "blocked" || r.Credentials != nil {
		t.Errorf("behind a proof that failed: %+v", got)
	}
}

// TestInsideLevels: how the check counts.
func TestInsideLevels(t *testing.T) {
	c := newCast(t, verify.Limits{})
	good, bad := c.badge(c.endorsement(nil)), c.badge(c.endorsement(map[string]any{"validUntil": "2026-06-01T00:00:00Z"}))
	none := c.badge()
	for _, tc := range []struct {
		name           string
		data           []byte
		level          verify.Level
		verdict        verify.Verdict
		outcome        verify.Outcome
		reason         string
		reports, warns int
	}{
		{"none", none, verify.IfPresent, verify.Valid, verify.Skipped, "absent", 0, 0},
		{"none required", none, verify.Required, verify.Invalid, verify.Failed, "credential.required", 0, 0},
		{"one required", good, verify.Required, verify.Valid, verify.Passed, "", 1, 0},
		{"a bad one required", bad, verify.Required, verify.Invalid, verify.Failed, "validity.expired", 1, 0},
		{"advisory", bad, verify.Advisory, verify.Valid, verify.Passed, "", 1, 1},
		{"off", bad, verify.Off, verify.Valid, verify.Skipped, "off", 0, 0},
		{"no level", bad, 9, verify.Invalid, verify.Failed, "validity.expired", 1, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := c.verify(t, tc.data, looking(tc.level, nil))
			got := check(t, r, inner)
			if r.Verdict != tc.verdict || got.Outcome != tc.outcome || got.Reason != tc.reason || len(r.Credentials) != tc.reports || len(got.Warnings) != tc.warns {
				t.Errorf("verdict %v, %d reports, check %+v", r.Verdict, len(r.Credentials), got)
			}
		})
	}
}

// TestInsideBlocked: nothing is looked up for what is inside a credential whose proof did not pass, whose
// issuer is not trusted, or whose key is somebody else's.
func TestInsideBlocked(t *testing.T) {
	c := newCast(t, verify.Limits{})
	good := c.badge(c.endorsement(nil))
	stranger := looking(verify.IfPresent, nil)
	stranger.Issuers = verify.IssuerSet("did:web:somebody.example")
	for name, tc := range map[string]struct {
		data    []byte
		policy  verify.Policy
		verdict verify.Verdict
	}{
		"tampered":  {replace(t, good, "did:example:ada\",\"type\":[\"Ach", "did:example:eve\",\"type\":[\"Ach"), looking(verify.IfPresent, nil), verify.Invalid},
		"untrusted": {good, stranger, verify.Invalid},
		"foreign":   {c.endorser.Sign(c.around(nil, c.endorsement(nil)), suite), looking(verify.IfPresent, nil), verify.Invalid},
	} {
		before := len(c.host.Calls())
		r := c.verify(t, tc.data, tc.policy)
		if got := check(t, r, inner); r.Verdict != tc.verdict || got.Outcome != verify.Skipped || got.Reason != "blocked" || len(r.Credentials) != 0 {
			t.Errorf("%s: %v %+v", name, r.Verdict, got)
		}
		if calls := c.host.Calls()[before:]; name != "foreign" && slices.Contains(calls, "https://endorser.example/.well-known/did.json") {
			t.Errorf("%s: asked for %q", name, calls)
		}
		if r := c.verify(t, replace(t, c.badge(), "did:example:ada", "did:example:eve"), tc.policy); check(t, r, inner).Reason != "absent" {
			t.Errorf("%s: %+v", name, check(t, r, inner))
		}
	}
}

// TestPlace: what the profile says against the place of a credential fails it, and then nothing is looked
// up for it.
func TestPlace(t *testing.T) {
	c := newCast(t, verify.Limits{})
	data := c.badge(c.endorsement(nil))
	against := func(code string) verify.Policy {
		return looking(verify.IfPresent, func(n *verify.NestedCredential) {
			n.Against = []*strict.Error{{Code: code, Pointer: "/credentialSubject/id", Offset: -1, Detail: "it is about something else"}}
		})
	}
	r := c.verify(t, data, against("endorsement.target"))
	want(t, r, verify.Invalid, inner, "endorsement.target")
	want(t, r.Credentials[0], verify.Invalid, "place", "endorsement.target")
	if p := check(t, r, inner).Problems[0]; p.Pointer != "/endorsement/0/credentialSubject/id" {
		t.Errorf("pointer %q", p.Pointer)
	}
	if proof := check(t, r.Credentials[0], "proof"); proof.Outcome != verify.Skipped || proof.Reason != "blocked" || slices.Contains(c.host.Calls(), "https://endorser.example/.well-known/did.json") {
		t.Errorf("proof %+v after %q", proof, c.host.Calls())
	}
	want(t, c.verify(t, data, against("budget")), verify.Indeterminate, inner, "budget")
	twin := c.verify(t, data, looking(verify.IfPresent, nil))
	want(t, twin, verify.Valid, "", "")
	if place := check(t, twin.Credentials[0], "place"); place.Outcome != verify.Passed {
		t.Errorf("place %+v", place)
	}
	whole := looking(verify.IfPresent, nil)
	inside := whole.Profile[0].Inside
	whole.Profile[0].Inside = func(c *vc.Credential) verify.Nested {
		n := inside(c)
		if n.Credentials != nil {
			n.Against = []*strict.Error{{Code: "badge.missing", Pointer: "/x", Offset: -1, Detail: "something is missing"}}
		}
		return n
	}
	want(t, c.verify(t, data, whole), verify.Invalid, inner, "badge.missing")
}

// TestAside: a credential that is set aside is told, and neither judged nor looked up.
func TestAside(t *testing.T) {
	c := newCast(t, verify.Limits{})
	bad := c.endorsement(map[string]any{"validUntil": "2026-06-01T00:00:00Z"})
	aside := func(n *verify.NestedCredential) {
		if n.Pointer == "/endorsement/0" {
			n.Aside = "Nobody asked."
		}
	}
	r := c.verify(t, c.badge(bad), looking(verify.IfPresent, aside))
	want(t, r, verify.Valid, "", "")
	got := check(t, r, inner)
	if got.Outcome != verify.Skipped || got.Reason != "not_asked" || len(got.Parts) != 1 || got.Parts[0].Outcome != verify.Skipped ||
		got.Parts[0].Pointer != "/endorsement/0" || got.Parts[0].Hints[0] != "Nobody asked." || len(r.Credentials) != 0 {
		t.Errorf("check %+v", got)
	}
	if slices.Contains(c.host.Calls(), "https://endorser.example/.well-known/did.json") {
		t.Errorf("asked for %q", c.host.Calls())
	}
	want(t, c.verify(t, c.badge(bad), looking(verify.Required, aside)), verify.Invalid, inner, "credential.required")
	want(t, c.verify(t, c.badge(bad, c.endorsement(nil)), looking(verify.Required, aside)), verify.Valid, "", "")
	want(t, c.verify(t, c.badge(bad, bad), looking(verify.IfPresent, aside)), verify.Invalid, inner, "validity.expired")
}

// TestInnerIssuers: who may have issued what is inside is for the profile to say, and else for the policy.
func TestInnerIssuers(t *testing.T) {
	c := newCast(t, verify.Limits{})
	data := c.badge(c.endorsement(nil))
	trusting := func(inside verify.Issuers) verify.Policy {
		p := looking(verify.IfPresent, func(n *verify.NestedCredential) { n.Issuers = inside })
		p.Issuers = verify.IssuerSet(c.issuer.ID)
		return p
	}
	r := c.verify(t, data, trusting(verify.Issuers{}))
	want(t, r, verify.Invalid, inner, "issuer.untrusted")
	if slices.Contains(c.host.Calls(), "https://endorser.example/.well-known/did.json") {
		t.Errorf("asked for %q", c.host.Calls())
	}
	want(t, c.verify(t, data, trusting(verify.IssuerSet())), verify.Invalid, inner, "issuer.untrusted")
	want(t, c.verify(t, data, trusting(verify.IssuerSet(c.endorser.ID))), verify.Valid, "", "")
	want(t, c.verify(t, data, trusting(verify.UnsafeAnyIssuer())), verify.Valid, "", "")
	p := looking(verify.IfPresent, nil)
	p.Issuers = verify.IssuerSet(c.issuer.ID, c.endorser.ID)
	want(t, c.verify(t, data, p), verify.Valid, "", "")
}

// TestInsideProfile: a profile check has to be of one kind.
func TestInsideProfile(t *testing.T) {
	c := newCast(t, verify.Limits{})
	both := looking(verify.IfPresent, nil)
	both.Profile[0].Run = odd
	credential, err := vc.Parse(c.badge(), vc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.verifier.Verify(t.Context(), credential, both); !errors.Is(err, verify.ErrPolicy) {
		t.Errorf("both kinds: %v", err)
	}
	if _, err := c.verifier.Verify(t.Context(), credential, looking(verify.IfPresent, nil)); err != nil {
		t.Error(err)
	}
	nothing := looking(verify.IfPresent, func(n *verify.NestedCredential) { n.Credential = nil })
	want(t, c.verify(t, c.badge(c.endorsement(nil)), nothing), verify.Invalid, inner, "model.type")
}

// TestSeesThePolicy: a check sees by what policy the credential is judged.
func TestSeesThePolicy(t *testing.T) {
	c := newCast(t, verify.Limits{})
	for _, strictly := range []bool{false, true} {
		p := anyone()
		p.Strict = strictly
		p.Profile = []verify.ProfileCheck{{Name: "x.strict", Run: seen(&p.Strict)}}
		want(t, c.verify(t, c.badge(), p), map[bool]verify.Verdict{false: verify.Valid, true: verify.Invalid}[strictly], "x.strict", map[bool]string{true: "badge.value"}[strictly])
	}
}

// TestInsidePresented: what is inside a presented credential is judged as well.
func TestInsidePresented(t *testing.T) {
	c := newCast(t, verify.Limits{})
	for name, tc := range map[string]struct {
		endorsement []byte
		verdict     verify.Verdict
		code        string
	}{
		"good":    {c.endorsement(nil), verify.Valid, ""},
		"expired": {c.endorsement(map[string]any{"validUntil": "2026-06-01T00:00:00Z"}), verify.Invalid, "validity.expired"},
	} {
		r := c.show(t, verifytest.Presentation("did:example:ada", nil, c.badge(tc.endorsement)), looking(verify.IfPresent, nil))
		want(t, r, tc.verdict, "credentials", tc.code)
		badge := r.Credentials[0]
		want(t, badge, tc.verdict, inner, tc.code)
		if badge.Pointer != "/verifiableCredential/0" || badge.Within != "credentials" {
			t.Errorf("%s: %q within %q", name, badge.Pointer, badge.Within)
		}
		if len(badge.Credentials) != 1 || badge.Credentials[0].Verdict != tc.verdict || badge.Credentials[0].Pointer != "/endorsement/0" || badge.Credentials[0].Within != inner {
			t.Errorf("%s: %+v", name, badge.Credentials)
		}
		if p := check(t, r, "credentials").Problems; tc.code != "" && (len(p) != 1 || p[0].Pointer != "/verifiableCredential/0/endorsement/0/validUntil") {
			t.Errorf("%s: problems %v", name, p)
		}
	}
}

// TestInsideJSON: the tree stands in the JSON report.
func TestInsideJSON(t *testing.T) {
	c := newCast(t, verify.Limits{})
	out, err := json.Marshal(c.verify(t, c.badge(c.endorsement(nil)), looking(verify.IfPresent, nil)))
	if err != nil {
		t.Fatal(err)
	}
	var read struct {
		Pointer, Within *string
		Credentials     []struct{ Pointer, Within, Verdict string }
	}
	if err := json.Unmarshal(out, &read); err != nil {
		t.Fatal(err)
	}
	if read.Pointer != nil || read.Within != nil {
		t.Error("the outermost report stands somewhere")
	}
	if got := fmt.Sprint(read.Credentials); got != "[{/endorsement/0 x.inside valid}]" {
		t.Error(got)
	}
}

// TestInsideWindow: when the verdict about one inside changes, that about the whole may.
func TestInsideWindow(t *testing.T) {
	c := newCast(t, verify.Limits{})
	data := c.badge(c.endorsement(map[string]any{"validUntil": "2026-12-24T00:00:00Z"}))
	r := c.verify(t, data, looking(verify.IfPresent, nil))
	if want := time.Date(2026, 12, 24, 0, 0, 0, 1, time.UTC); !r.NextChange.Equal(want) || !r.Credentials[0].NextChange.Equal(want) {
		t.Errorf("next change %v, inside %v", r.NextChange, r.Credentials[0].NextChange)
	}
	if r := c.verify(t, data, looking(verify.Off, nil)); !r.NextChange.IsZero() {
		t.Errorf("next change %v, although nothing inside was judged", r.NextChange)
	}
}
