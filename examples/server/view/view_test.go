package view_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/examples/server/view"
	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/fetch"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

const testdata = "../../../testdata/"

// show verifies a file against a fetcher and returns what is shown of it.
func show(t testing.TB, data []byte, f verify.Fetcher, issuers verify.Issuers, languages ...string) *view.Badge {
	t.Helper()
	b, err := badge.Open(data)
	if err != nil {
		r, _ := verify.Unreadable(err, time.Time{})
		return view.Of(nil, data, r)
	}
	v, err := verify.New(verify.Config{Keys: keys.Default(f), Status: f, Schemas: f, Resources: f})
	if err != nil {
		t.Fatal(err)
	}
	r, _ := badge.Verify(t.Context(), v, b, badge.Policy(issuers))
	return view.Of(b, data, r, languages...)
}

func recorded(t testing.TB) verify.Fetcher {
	t.Helper()
	data, err := os.ReadFile(testdata + "evidence/all.json")
	if err != nil {
		t.Fatal(err)
	}
	b, err := fetch.ParseBundle(data)
	if err != nil {
		t.Fatal(err)
	}
	return fetch.NewReplayer(b)
}

func TestComplete(t *testing.T) {
	data, err := os.ReadFile(testdata + "badges/complete.png")
	if err != nil {
		t.Fatal(err)
	}
	b := show(t, data, recorded(t), verify.UnsafeAnyIssuer())
	switch {
	case b.Verdict != "valid", b.Kind != "badge", b.Name != "Foundations of Data Analysis", b.Description == "":
		t.Errorf("what: %+v", b)
	case b.Issuer.ID != "did:web:badges.example.edu", b.Issuer.Name != "Example University", b.Issuer.Binding != "controller", b.Issuer.Trust != "any":
		t.Errorf("issuer: %+v", b.Issuer)
	case !strings.HasPrefix(b.Recipient.ID, "did:key:"), len(b.Recipient.Identifiers) == 0, !b.Recipient.Identifiers[0].Hashed, b.Recipient.Identifiers[0].Value != "":
		t.Errorf("recipient: %+v", b.Recipient)
	case len(b.Skills) == 0, b.Criteria.Narrative == "", len(b.Evidence) == 0, !strings.HasPrefix(b.Evidence[0].URL, "https://"):
		t.Errorf("skills, criteria, evidence: %+v", b)
	case b.ValidFrom != "2026-03-01T00:00:00Z", !strings.HasPrefix(b.ValidUntil, "2099-12-31T"):
		t.Errorf("dates: %s, %s", b.ValidFrom, b.ValidUntil)
	case b.Picture == nil, !strings.HasPrefix(b.Picture.URL, "data:image/"):
		t.Errorf("picture: %+v", b.Picture)
	}
}

// TestTrust: what the policy thinks of the issuer is shown, and the verdict with it.
func TestTrust(t *testing.T) {
	i := verifytest.NewIssuer("did:key", keys.Ed25519)
	text := i.Sign(verifytest.Badge(i.ID, nil), "eddsa-rdfc-2022")
	for want, issuers := range map[string]verify.Issuers{
		"any": verify.UnsafeAnyIssuer(), "trusted": verify.IssuerSet(i.ID), "untrusted": verify.IssuerSet("did:web:other.example"),
	} {
		b := show(t, text, &verifytest.Host{}, issuers)
		if b.Issuer.Trust != want || (b.Verdict == "valid") != (want != "untrusted") {
			t.Errorf("%s: %s, %s", want, b.Issuer.Trust, b.Verdict)
		}
	}
}

func TestNothing(t *testing.T) {
	for name, data := range map[string][]byte{"no credential": []byte("no badge"), "empty object": []byte("{}"), "types": []byte(
		`{"@context": 7, "type": {}, "issuer": [], "credentialSubject": "x", "evidence": 1, "validFrom": [], "name": {"a": 1}, "awardedDate": 3}`)} {
		b := show(t, data, &verifytest.Host{}, verify.UnsafeAnyIssuer())
		if b.Verdict != "invalid" || b.Name != "" || b.Picture != nil || b.Issuer.Binding != "none" {
			t.Errorf("%s: %+v", name, b)
		}
		if name == "no credential" && b.Kind != "" {
			t.Errorf("%s is a %s", name, b.Kind)
		}
	}
}

// TestLinks: a page can follow and load nothing that a stranger chose but https, and pictures that are in the badge.
func TestLinks(t *testing.T) {
	i := verifytest.NewIssuer("did:key", keys.Ed25519)
	of := func(link, image string) *view.Badge {
		return show(t, verifytest.Badge(i.ID, map[string]any{
			"issuer":   map[string]any{"id": i.ID, "type": "Profile", "url": link},
			"evidence": map[string]any{"type": "Evidence", "id": link, "name": strings.Repeat("ü", 20_000)},
			"credentialSubject": map[string]any{"type": "AchievementSubject", "achievement": map[string]any{"type": "Achievement", "id": "urn:a", "name": "A",
				"criteria": map[string]any{"id": link}, "image": map[string]any{"id": image, "type": "Image"},
				"alignment": []any{map[string]any{"type": "Alignment", "targetName": "t", "targetUrl": link}}}},
		}), &verifytest.Host{}, verify.UnsafeAnyIssuer())
	}
	for _, link := range []string{"javascript:alert(1)", "http://a.example/", "data:text/html,x", "https:///x", "//a.example/", "https://user@a.example/", "https://a\x00b"} {
		if b := of(link, ""); b.Issuer.URL+b.Criteria.URL+b.Evidence[0].URL+b.Skills[0].URL != "" {
			t.Errorf("%s is offered to follow", link)
		}
	}
	if b := of("https://a.example/x", ""); b.Issuer.URL == "" || b.Criteria.URL == "" || b.Evidence[0].URL == "" || b.Skills[0].URL == "" {
		t.Error("a good link is not shown")
	} else if name := b.Evidence[0].Name; len(name) > 20_010 || !utf8.ValidString(name) || !strings.HasSuffix(name, "…") {
		t.Error("a long text is not cut well")
	}
	for image, shown := range map[string]bool{
		"data:image/png;base64,iVBORw0KGgo=": true, "https://a.example/x.png": false, "data:text/html,<script>": false, "data:image/png": false, "data:image/bmp,x": false,
		"data:image/png;base64," + strings.Repeat("A", 5<<20): false,
	} {
		if b := of("https://a.example/", image); (b.Picture != nil) != shown {
			t.Errorf("%.30s: %v", image, b.Picture != nil)
		}
	}
}

// TestEndorsements shows endorsements with their own verdicts.
func TestEndorsements(t *testing.T) {
	host := &verifytest.Host{}
	i, e := verifytest.NewIssuer("did:key", keys.Ed25519), verifytest.NewIssuer("did:key", keys.Ed25519)
	endorsement := func(comment string) json.RawMessage {
		return e.Sign(verifytest.Badge(e.ID, map[string]any{"type": []string{"VerifiableCredential", "EndorsementCredential"}, "name": "An endorsement",
			"credentialSubject": map[string]any{"id": i.ID, "type": []string{"EndorsementSubject"}, "endorsementComment": comment}}), "eddsa-rdfc-2022")
	}
	for comment, want := range map[string]string{"good": "valid", "bad": "invalid"} {
		one := string(endorsement("good"))
		if want == "invalid" {
			one = strings.Replace(one, `"good"`, `"bad"`, 1)
		}
		b := show(t, i.Sign(verifytest.Badge(i.ID, map[string]any{"issuer": map[string]any{"id": i.ID, "type": []string{"Profile"}, "name": "I",
			"endorsement": []any{json.RawMessage(one)}}}), "eddsa-rdfc-2022"), host, verify.UnsafeAnyIssuer())
		if len(b.Endorsements) != 1 || b.Endorsements[0].Verdict != want || b.Endorsements[0].Comment != comment || b.Endorsements[0].ByID != e.ID {
			t.Errorf("%s: %+v", comment, b.Endorsements)
		}
	}
}

func TestPresentation(t *testing.T) {
	i := verifytest.NewIssuer("did:key", keys.Ed25519)
	good := i.Sign(verifytest.Badge(i.ID, nil), "eddsa-rdfc-2022")
	bad := []byte(strings.Replace(string(good), "Practical", "Theoretical", 1))
	jwt := i.SignJWT(verifytest.Claims(verifytest.Badge(i.ID, nil)), "EdDSA", nil)
	b := show(t, verifytest.Presentation("", map[string]any{"holder": nil}, good, bad, jwt), &verifytest.Host{}, verify.UnsafeAnyIssuer())
	if b.Kind != "presentation" || b.Verdict != "invalid" || len(b.Credentials) != 3 {
		t.Fatalf("%+v", b)
	}
	for n, want := range []string{"valid", "invalid", "valid"} {
		if c := b.Credentials[n]; c.Verdict != want || c.Kind != "badge" || c.Name == "" {
			t.Errorf("credential %d: %+v", n, c)
		}
	}
}

// TestAllOfTestdata: whatever the file, there is something to show, which is JSON, and shows no true badge but by a
// report that says so.
func TestAllOfTestdata(t *testing.T) {
	files, err := filepath.Glob(testdata + "badges/*")
	if err != nil || len(files) < 100 {
		t.Fatal(len(files), err)
	}
	f := recorded(t)
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := json.Marshal(show(t, data, f, verify.UnsafeAnyIssuer(), "de")); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}
