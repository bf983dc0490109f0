package badge_test

import (
	"slices"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

// TestViewOfOlder reads an assertion by the accessors that are there for credentials of Open Badges 3.0.
func TestViewOfOlder(t *testing.T) {
	w := newOlderWorld()
	w.assertion["expires"] = "2027-01-01T01:00:00+0100"
	w.assertion["extensions:mine"] = object{"x": 1}
	w.issuer["telephone"], w.class["@language"], w.class["version"] = "+16175551212", "en-US", "2"
	b, r := w.judge(t, text(t, w.assertion), trusting())
	before, after := b, b.Resolved(r)
	if before.Subject().Achievement.ID != classURL || before.Subject().Achievement.Name != "" || before.Issuer().ID != "" {
		t.Errorf("before it was resolved: %+v, %+v", before.Subject().Achievement, before.Issuer())
	}
	a := after.Subject().Achievement
	if a.ID != classURL || a.Name != "3-D Printmaster" || a.Description != "Prints." || a.Criteria.ID != classURL+"/criteria" ||
		a.Image.ID != classURL+"/image" || !slices.Equal(a.Tag, []string{"print", "3d"}) || a.InLanguage != "en-US" || a.Version != "2" {
		t.Errorf("achievement %+v", a)
	}
	if len(a.Alignment) != 1 || a.Alignment[0].TargetCode != "P-1" || a.Alignment[0].TargetURL != "https://frame.example/print" {
		t.Errorf("alignment %+v", a.Alignment)
	}
	if i := after.Issuer(); i.ID != issuerURL || i.Name != "Example Makers" || i.Email != "contact@issuer.example" || i.Phone != "+16175551212" {
		t.Errorf("issuer %+v", i)
	}
	id := after.Subject().Identifier
	if len(id) != 1 || id[0].IdentityType != "emailAddress" || !id[0].Hashed || id[0].Salt != "salt" || after.Subject().Narrative != "By hand." {
		t.Errorf("recipient %+v", id)
	}
	if e := after.Evidence(); len(e) != 1 || e[0].ID != "https://issuer.example/evidence/1" {
		t.Errorf("evidence %+v", e)
	}
	until, ok := after.Shown().ValidUntil()
	if !ok || !until.Equal(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("valid until %v", until)
	}
	if x, _ := after.Shown().Value().Get("extensions:mine").Get("x").Int(); x != 1 {
		t.Error("an extension is gone")
	}
	if len(badge.Skills(after.Shown())) == 0 {
		t.Error("no skills")
	}
}

// TestResolvedOfOthers is the badge itself where nothing was fetched for it.
func TestResolvedOfOthers(t *testing.T) {
	b, r := newOlderWorld().judge(t, []byte(`{"@context":["https://www.w3.org/ns/credentials/v2"]}`), trusting())
	if b.Resolved(r) != b || b.Resolved(nil) != b || b.Resolved(&verify.Report{Judged: "x"}) != b || b.Shown() != b.Credential() {
		t.Error("a credential was resolved")
	}
}

// TestRecipientsOfOlder compares recipients of every type.
func TestRecipientsOfOlder(t *testing.T) {
	for name, c := range map[string]struct {
		recipient object
		want      verify.Recipient
		verdict   verify.Verdict
		code      string
	}{
		"e-mail":               {object{"type": "email", "hashed": false, "identity": ada}, badge.Email(ada), verify.Valid, ""},
		"e-mail of another":    {object{"type": "email", "hashed": false, "identity": "eve@example.org"}, badge.Email(ada), verify.Invalid, "recipient.mismatch"},
		"full name of type":    {object{"type": "schema:email", "hashed": false, "identity": ada}, badge.Email(ada), verify.Valid, ""},
		"MD5":                  {object{"type": "email", "hashed": true, "identity": "md5$73d6cd2dbd25d9ce58f2a95d6f0b1d09"}, badge.Email(ada), verify.Invalid, "recipient.mismatch"},
		"URL":                  {object{"type": "url", "hashed": false, "identity": "https://ada.example"}, badge.Identifier("url", "https://ada.example"), verify.Valid, ""},
		"URL, hashed":          {object{"type": "url", "hashed": true, "identity": hashed("https://ada.example", "")}, badge.Identifier("url", "https://ada.example"), verify.Valid, ""},
		"telephone":            {object{"type": "telephone", "hashed": false, "identity": "+49"}, badge.Identifier("telephone", "+49"), verify.Valid, ""},
		"telephone of another": {object{"type": "telephone", "hashed": false, "identity": "+48"}, badge.Identifier("telephone", "+49"), verify.Invalid, "recipient.mismatch"},
		"id":                   {object{"type": "id", "hashed": false, "identity": "did:example:ada"}, badge.ID("did:example:ada"), verify.Valid, ""},
		"id of another":        {object{"type": "id", "hashed": false, "identity": "did:example:eve"}, badge.ID("did:example:ada"), verify.Invalid, "recipient.mismatch"},
		"hash as it is":        {object{"type": "email", "hashed": true, "identity": hashed(ada, "")}, badge.Email(hashed(ada, "")), verify.Invalid, "recipient.mismatch"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newOlderWorld()
			w.assertion["recipient"] = c.recipient
			p := trusting()
			p.Recipient = c.want
			_, r := w.judge(t, text(t, w.assertion), p)
			wantOlder(t, r, c.verdict, "recipient", c.code)
		})
	}
}
