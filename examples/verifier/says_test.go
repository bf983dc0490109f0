package main

import (
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

func TestPeriod(t *testing.T) {
	on := func(s string) time.Time {
		if s == "" {
			return time.Time{}
		}
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	at := on("2026-11-22")
	for _, c := range []struct{ from, until, want string }{
		{"", "", ""},
		{"2026-01-01", "", "from 2026-01-01, without end"},
		{"2027-01-01", "", "from 2027-01-01, without end: it has not begun"},
		{"2026-01-01", "2030-01-01", "2026-01-01 to 2030-01-01"},
		{"2026-01-01", "2026-11-21", "2026-01-01 to 2026-11-21: it is over"},
		{"", "2026-11-23", "until 2026-11-23: 1 day left"},
		{"", "2026-11-22", "until 2026-11-22: less than a day left"},
		{"2026-11-30", "2026-12-05", "2026-11-30 to 2026-12-05: 13 days left: it has not begun"},
		{"", "2026-12-23", "until 2026-12-23"},
	} {
		if got := period(on(c.from), on(c.until), at); got != c.want {
			t.Errorf("%s to %s: %q, want %q", c.from, c.until, got, c.want)
		}
	}
	for text, want := range map[string]string{"2026-02-27T00:30:00+01:00": "2026-02-27", "2026-02-30T00:00:00Z": "", "2026": "", "": "", "\x1b[2Jxxxxxxxx": ""} {
		if got := day(text); got != want {
			t.Errorf("%q is of the day %q, not %q", text, want, got)
		}
	}
}

// TestLookAgain: a change that is near is told, one that is the end of the badge only once.
func TestLookAgain(t *testing.T) {
	w := newWorld()
	at := "2026-11-22T00:00:00Z"
	for until, want := range map[string]bool{"2026-12-01T00:00:00Z": false, "2028-01-01T00:00:00Z": false} {
		if out := w.show(t, w.weldingBadge(t, "validUntil", until), "--at", at); strings.Contains(out, "look again") != want {
			t.Errorf("%s: %s", until, out)
		}
	}
	for expires, want := range map[string]bool{"2026-12-01T09:30:00Z": true, "2027-12-01T09:30:00Z": false} {
		plain := unsignedBadge("validUntil", "2028-01-01T00:00:00Z")
		data := verifytest.Attach(plain, w.issuers[school].Proof(plain, "eddsa-rdfc-2022", map[string]any{"expires": expires}))
		if out := w.show(t, data, "--at", at); strings.Contains(out, "look again  2026-12-01 09:30 UTC") != want || !strings.HasPrefix(out, "✓ VALID") {
			t.Errorf("%s: %s", expires, out)
		}
	}
}

func TestPictureWords(t *testing.T) {
	for _, c := range []struct {
		p    badge.Picture
		want string
	}{
		{badge.Picture{Of: badge.PictureFile, MediaType: "image/svg+xml"}, "the SVG image itself, into which anybody can put a genuine badge"},
		{badge.Picture{Of: badge.PictureSubject, MediaType: "image/jpeg", Data: make([]byte, 1234567), Fixed: true}, "of this award: a JPEG image of 1.2 MB in the badge itself"},
		{badge.Picture{Of: badge.PictureCredential, URL: "https://a.example/1", Fixed: true, Caption: "c"}, "of the credential, “c”: https://a.example/1, linked; the badge states its digest"},
		{badge.Picture{Of: badge.PictureAchievement, URL: "https://a.example/1"}, "of the achievement: https://a.example/1, linked; its host can replace it"},
		{badge.Picture{Of: badge.PictureIssuer, Err: &strict.Error{Detail: "it is none"}}, "of the issuer: none that can be shown, since it is none"},
	} {
		if got := pictureWord(c.p); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	for n, want := range map[int]string{0: "0 bytes", 999: "999 bytes", 1000: "1 kB", 1500: "2 kB", 1_000_000: "1 MB", 4_560_000: "4.5 MB"} {
		if got := size(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

// TestPicturesOnce: a picture that is of the achievement and of the credential is told once.
func TestPicturesOnce(t *testing.T) {
	w := newWorld()
	image := object{"id": pngData, "type": "Image"}
	other := object{"id": "https://a.example/1.png", "type": "Image"}
	for n, image := range map[int]object{1: image, 2: other} {
		out := w.show(t, w.weldingBadge(t, "image", image))
		if got := strings.Count(out, "of the achievement, “A torch”") + strings.Count(out, "of the credential:"); got != n {
			t.Errorf("%d pictures, not %d:\n%s", got, n, out)
		}
	}
}

func TestOutcomeWords(t *testing.T) {
	for _, c := range []struct {
		o    badge.Outcome
		want string
	}{
		{badge.Outcome{}, ""},
		{badge.Outcome{Type: "LetterGrade", Value: "A", Rank: -1}, "LetterGrade: A"},
		{badge.Outcome{Name: "Exam", Value: "85", Scale: badge.Percentage, Rank: -1}, "Exam: 85 %"},
		{badge.Outcome{Name: "Exam", Value: "85%", Scale: badge.Percentage, Rank: -1}, "Exam: 85%"},
		{badge.Outcome{Name: "Exam", Value: "3", Min: "1", Max: "6", Rank: -1}, "Exam: 3 (of 1 to 6)"},
		{badge.Outcome{Name: "Exam", Value: "X", Allowed: []string{"A", "B"}, Rank: -1}, "Exam: X"},
		{badge.Outcome{Name: "Exam", Status: "Failed", RequiredValue: "4", Met: badge.Unattained, Rank: -1}, "Exam: Failed, below the required 4"},
		{badge.Outcome{Name: "Exam", Value: "x", RequiredValue: "4", Rank: -1}, "Exam: x, required is 4"},
		{badge.Outcome{Name: "Work", Level: &badge.RubricLevel{ID: "urn:2"}, Rank: -1}, "Work: level urn:2"},
		{badge.Outcome{Name: "Work", Level: &badge.RubricLevel{Level: "4", Points: 2.5, HasPoints: true}, RequiredLevel: "urn:3", Met: badge.Attained, Rank: -1},
			"Work: level 4 (2.5 points), at least the required level"},
	} {
		if got := outcomeWord(c.o); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestSkillWords(t *testing.T) {
	for _, c := range []struct {
		s    badge.Skill
		want string
	}{
		{badge.Skill{URL: "https://a.example/s", Attained: badge.Attained}, "https://a.example/s"},
		{badge.Skill{Name: "n", Framework: badge.ESCO, FrameworkName: "ESCO", Attained: badge.Attained}, "n (ESCO)"},
		{badge.Skill{Name: "n", Framework: badge.CASE, FrameworkName: "State Standards", Code: "1.2", Attained: badge.Attained}, "n (State Standards, CASE, code 1.2)"},
		{badge.Skill{Name: "n", Code: "1", Attained: badge.Attained}, "n (code 1)"},
		{badge.Skill{Name: "n"}, "n: the badge does not say whether it was reached"},
		{badge.Skill{Name: "n", Attained: badge.Unattained, Outcome: &badge.Outcome{Name: "Exam"}}, "n: not reached, by the result “Exam”"},
		{badge.Skill{Name: "n", Attained: badge.Attained, Outcome: &badge.Outcome{Level: &badge.RubricLevel{Name: "Good"}}}, "n: reached at level “Good”"},
	} {
		if got := skillWord(c.s); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	for _, f := range []badge.Framework{badge.CASE, badge.CTDL, badge.ESCO, badge.ONET} {
		if frameworkWords[f] == "" {
			t.Errorf("the framework %s has no name", f)
		}
	}
}

// TestRecipientWords: who earned it, and who of them was asked for.
func TestRecipientWords(t *testing.T) {
	w := newWorld()
	older := decode(t, []byte(`{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://a.example/1","recipient":{"type":"url","hashed":false,"identity":"https://ada.example/"}}`))
	for _, c := range []struct {
		data   []byte
		ask    string
		says   string
		silent string
	}{
		{w.weldingBadge(t), "", "a hidden e-mail address (--recipient emailAddress=… compares)", "you named"},
		{w.weldingBadge(t), "id=did:example:ada", "earned by did:example:ada, who you named a hidden e-mail address C-7 (crew)", "compares"},
		{w.weldingBadge(t), "ext:crew=C-7", "C-7 (crew), who you named", "compares"},
		{w.weldingBadge(t), "emailAddress=ada@example.org", "a hidden e-mail address, who you named", "compares"},
		{w.weldingBadge(t), "emailAddress=eve@example.org", "which is not who you named", ", who you named"},
		{encode(t, older), "", "earned by https://ada.example/ (url)", "you named"},
	} {
		args := []string{"--offline"}
		if c.ask != "" {
			args = append(args, "--recipient", c.ask)
		}
		out := w.show(t, c.data, args...)
		_, rest, _ := strings.Cut(flat(out), " earned by ")
		said, _, _ := strings.Cut(rest, " ✓ parse")
		said, _, _ = strings.Cut(said, " how ")
		if said = "earned by " + said; !strings.Contains(said, c.says) || strings.Contains(said, c.silent) {
			t.Errorf("%s: %q does not say %q, or says %q", c.ask, said, c.says, c.silent)
		}
	}
}

func TestTargetWords(t *testing.T) {
	for pointer, want := range map[string]string{
		"/endorsement/0":        "what stands at /endorsement/0",
		"/endorsementJwt/3":     "what stands at /endorsementJwt/3",
		"/issuer/endorsement/0": "its issuer", "/vc/issuer/endorsement": "its issuer",
		"/issuer/parentOrg/endorsement/0":                                "the organization behind its issuer",
		"/issuer/parentOrg/parentOrg/endorsement/0":                      "the organization behind the organization behind its issuer",
		"/credentialSubject/achievement/endorsementJwt/12":               "its achievement",
		"/credentialSubject/achievement/0/endorsement/1":                 "its achievement",
		"/credentialSubject/achievement/creator/endorsement/0":           "who defined the achievement",
		"/credentialSubject/achievement/creator/parentOrg/endorsement/0": "the organization behind who defined the achievement",
		"/credentialSubject/source/endorsement/0":                        "who assessed it",
		"/evidence/0":              "what stands at /evidence/0",
		"/parentOrg/endorsement/0": "what stands at /parentOrg/endorsement/0",
		"":                         "what stands at ",
	} {
		if got := targetWord(pointer, nil); got != want {
			t.Errorf("%s: %q, want %q", pointer, got, want)
		}
	}
	b, err := badge.Open([]byte(`{"type":["EndorsementCredential"]}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := targetWord("/endorsement/0", b); got != "the endorsement" {
		t.Errorf("%q", got)
	}
}

// TestAssociations: whoever has a name is called by it, unless that does not tell who is meant.
func TestAssociations(t *testing.T) {
	names := map[string]string{"urn:1": "One", "urn:2": "Two", "urn:3": "Two"}
	for kind, word := range associationWords {
		got := relations([]badge.Association{{AssociationType: kind, SourceID: "urn:1", TargetID: "urn:4"}}, names)
		if want := "“One” " + word + " urn:4"; len(got) != 1 || got[0] != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	got := relations([]badge.Association{{AssociationType: "ext:near", SourceID: "urn:2", TargetID: "urn:3"}, {AssociationType: "isPartOf", SourceID: "urn:1", TargetID: "urn:2"}}, names)
	if got[0] != "“Two” (urn:2) ext:near “Two” (urn:3)" || got[1] != "“One” is part of “Two” (urn:2)" {
		t.Errorf("%q", got)
	}
}

// TestReasons: what decides is said first, and for what is inside from there.
func TestReasons(t *testing.T) {
	failed := func(check string, outcome verify.Outcome, detail string, hints ...string) verify.Result {
		return verify.Result{Check: check, Outcome: outcome, Reason: "x", Hints: hints, Problems: []verify.Problem{{Code: "w", Detail: "beside"}, {Code: "x", Detail: detail}}}
	}
	inner := &verify.Report{Within: withinEndorsements, Verdict: verify.Indeterminate, Checks: []verify.Result{failed("status", verify.Undecided, "nobody answered")}}
	for _, c := range []struct {
		r             verify.Report
		reason, cause string
	}{
		{verify.Report{Verdict: verify.Valid, Checks: []verify.Result{failed("a", verify.Failed, "no", "why")}}, "", ""},
		{verify.Report{Verdict: verify.Invalid, Checks: []verify.Result{failed("a", verify.Undecided, "open"), failed("b", verify.Failed, "it is bad", "One.", "Two.", "Three.")}}, "It is bad.", "One.; Two."},
		{verify.Report{Verdict: verify.Indeterminate, Checks: []verify.Result{{Check: "a", Outcome: verify.Undecided}, failed("b", verify.Undecided, "open")}}, "Open.", ""},
		{verify.Report{Verdict: verify.Indeterminate}, "", ""},
		{verify.Report{Verdict: verify.Indeterminate, Checks: []verify.Result{failed(withinEndorsements, verify.Undecided, "x")}, Credentials: []*verify.Report{inner}},
			"An endorsement could not be decided: nobody answered.", ""},
		{verify.Report{Verdict: verify.Indeterminate, Checks: []verify.Result{failed("schema", verify.Undecided, "first"), failed(withinEndorsements, verify.Undecided, "x")}, Credentials: []*verify.Report{inner}},
			"First.", ""},
	} {
		if got := firstReason(&c.r); got != c.reason {
			t.Errorf("reason %q, want %q", got, c.reason)
		}
		if got := strings.Join(causes(&c.r), "; "); got != c.cause {
			t.Errorf("cause %q, want %q", got, c.cause)
		}
	}
}
