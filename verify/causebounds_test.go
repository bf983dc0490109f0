package verify_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// TestCausesAreHintsOnly: with and without the search, reports are the same but for hints; and nothing is looked up
// for it.
func TestCausesAreHintsOnly(t *testing.T) {
	for _, change := range []func(testing.TB, string) string{
		changing(`"validUntil"`, `"description":"x","validUntil"`), changing(`"validUntil"`, `"honours":"x","validUntil"`), changing("ü", "Ã¼"), changing("Teamwork", "Leadership"),
	} {
		text := change(t, foreign(t, "badges/unicode.json"))
		with, without := verifyWith(t, replayWorldWith(t, verify.Limits{CauseTime: time.Hour}), text), verifyWith(t, replayWorldWith(t, verify.Limits{CauseTime: 1}), text)
		for _, r := range []*verify.Report{with, without} {
			for i := range r.Checks {
				r.Checks[i].Hints = nil
			}
		}
		a, _ := json.Marshal(with)
		b, _ := json.Marshal(without)
		if string(a) != string(b) || with.Verdict != verify.Invalid {
			t.Errorf("%s\n%s", a, b)
		}
	}
	w, issuer := newWorld(t), verifytest.NewIssuer("did:web:university.example", keys.Ed25519)
	issuer.Publish(w.host)
	signed := issuer.Sign(verifytest.Badge(issuer.ID, nil), suite)
	for _, text := range [][]byte{signed, replace(t, signed, `"validFrom"`, `"description":"x","validFrom"`)} {
		before := len(w.host.Calls())
		w.verify(t, text, anyone())
		if calls := len(w.host.Calls()) - before; calls != 1 {
			t.Errorf("%d lookups", calls)
		}
	}
}

// TestCausesAreBounded: each bound ends the search, and one that suffices does not.
func TestCausesAreBounded(t *testing.T) {
	text := changing(`"validUntil"`, `"description":"x","validUntil"`)(t, foreign(t, "badges/unicode.json"))
	for name, c := range map[string]struct {
		limits verify.Limits
		found  bool
	}{
		"defaults":         {verify.Limits{CauseTime: time.Hour}, true},
		"few attempts":     {verify.Limits{Causes: 10, CauseTime: time.Hour}, false},
		"many attempts":    {verify.Limits{Causes: 60, CauseTime: time.Hour}, true},
		"few bytes":        {verify.Limits{CauseBytes: 10 * len(text), CauseTime: time.Hour}, false},
		"less than it has": {verify.Limits{CauseBytes: len(text) - 1, CauseTime: time.Hour}, false},
		"many bytes":       {verify.Limits{CauseBytes: 100 * len(text), CauseTime: time.Hour}, true},
		"no time":          {verify.Limits{CauseTime: 1}, false},
		"much time":        {verify.Limits{CauseTime: time.Hour}, true},
	} {
		p := check(t, verifyWith(t, replayWorldWith(t, c.limits), text), "proof")
		if p.Reason != "proof.signature" || (len(p.Hints) > 0) != c.found {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

// TestCausesEndWithTheContext: no attempt begins once the context is done.
func TestCausesEndWithTheContext(t *testing.T) {
	w, issuer := newWorldWith(t, verify.Limits{CauseTime: time.Hour}), verifytest.NewIssuer("did:key", keys.Ed25519)
	signed := replace(t, issuer.Sign(verifytest.Badge(issuer.ID, nil), suite), `"validFrom"`, `"description":"x","validFrom"`)
	c, err := vc.Parse(signed, vc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r, _ := w.verifier.Verify(ctx, c, anyone())
	if p := check(t, r, "proof"); len(p.Hints) != 0 {
		t.Errorf("%+v", p)
	}
	if p := check(t, w.verify(t, signed, anyone()), "proof"); len(p.Hints) != 1 {
		t.Errorf("%+v", p)
	}
}

// TestCausesOfPresentations: the proof of a presentation is searched as that of a credential is.
func TestCausesOfPresentations(t *testing.T) {
	text, policy := presentationSample(t, "vp-two.json")
	i := strings.LastIndex(string(text), `"proof"`)
	changed := string(text[:i]) + `"description":"x",` + string(text[i:])
	for _, c := range []struct {
		limits verify.Limits
		hints  int
	}{{verify.Limits{CauseTime: time.Hour}, 1}, {verify.Limits{CauseTime: 1}, 0}} {
		r := present(t, changed, policy, c.limits)
		p := check(t, r, "proof")
		if r.Verdict != verify.Invalid || p.Reason != "proof.signature" || len(p.Hints) != c.hints {
			t.Errorf("%v: %+v", r.Verdict, p)
		}
	}
}

func present(t *testing.T, text string, p verify.Policy, limits verify.Limits) *verify.Report {
	t.Helper()
	vp, err := vc.ParsePresentation([]byte(text), vc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := replayWorldWith(t, limits).VerifyPresentation(t.Context(), vp, p)
	if r == nil {
		t.Fatal(err)
	}
	return r
}

// TestCausesShareOneBudget: what the search for one credential of a presentation used is not there for the next.
func TestCausesShareOneBudget(t *testing.T) {
	text, policy := presentationSample(t, "vp-two.json")
	changed := strings.ReplaceAll(string(text), `"validUntil": "`, `"description":"x","validUntil": "`)
	if strings.Count(changed, `"description":"x"`) != 2 {
		t.Fatal("there are not two places to change")
	}
	for causes, want := range map[int]int{4 * verify.DefaultCauses: 2, verify.DefaultCauses: 1, 2: 0} {
		r := present(t, changed, policy, verify.Limits{Causes: causes, CauseTime: time.Hour})
		hints := 0
		for _, c := range r.Credentials {
			p := check(t, c, "proof")
			if p.Reason != "proof.signature" {
				t.Fatalf("%+v", p)
			}
			hints += len(p.Hints)
		}
		if hints != want {
			t.Errorf("%d attempts: %d hints, want %d", causes, hints, want)
		}
	}
}

// TestCausesQuoteStrangers: what a document brings as the URL of a context, or as an id, does not go on with the sentence
// of a hint or a problem, and is cut where it is long.
func TestCausesQuoteStrangers(t *testing.T) {
	const lie = " is right. The badge is genuine and valid"
	w, issuer := newWorld(t), verifytest.NewIssuer("did:web:university.example", keys.Ed25519)
	issuer.Publish(w.host)
	signed := issuer.Sign(verifytest.Badge(issuer.ID, nil), suite)
	for name, c := range map[string]struct{ url, in string }{
		"another version": {"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"},
		"a sentence":      {"https://purl.imsglobal.org/spec/ob/v3p0/context" + lie, `"https://purl.imsglobal.org/spec/ob/v3p0/context` + lie + `"`},
		"a long one":      {"https://purl.imsglobal.org/spec/ob/v3p0/context" + strings.Repeat("x", 100_000), "xxx…"},
	} {
		p := check(t, w.verify(t, replace(t, signed, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", c.url), anyone()), "proof")
		if len(p.Hints) != 1 || !certain(p.Hints[0]) || !strings.Contains(p.Hints[0], c.in) || len(p.Hints[0]) > 1000 {
			t.Errorf("%s: %+v", name, p)
		}
	}
	id := "urn:x" + lie
	text := `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":[` +
		string(replace(t, signed, `"urn:uuid:8f3ea4a6-3a8c-4d0f-9a53-2f0b1a8f7c11"`, `"`+id+`"`)) + `]}`
	for _, p := range check(t, present(t, text, anyone(), verify.Limits{}), "credentials").Problems {
		if strings.Contains(p.Detail, id) && !strings.Contains(p.Detail, `"`+id+`"`) {
			t.Errorf("%q", p.Detail)
		}
	}
}

// TestCausesOfManyTakeNoLonger: hundreds of broad credentials with many proofs each take little longer with the
// search than without it.
func TestCausesOfManyTakeNoLonger(t *testing.T) {
	w, issuer := newWorld(t), verifytest.NewIssuer("did:web:university.example", keys.Ed25519)
	issuer.Publish(w.host)
	signed := string(issuer.Sign(verifytest.Badge(issuer.ID, nil), suite))
	var members strings.Builder // texts that can be changed in every way
	for range 150 {
		members.WriteString(`"ü Ã¼ \r\n & <b> “x” 2026-01-01T00:00:00Z",`)
	}
	bad := strings.Replace(signed, `"achievement":{`, `"achievement":{"tag":[`+members.String()+`"x"],`, 1)
	at := strings.Index(bad, `"proof":`) + len(`"proof":`)
	bad = bad[:at] + "[" + strings.TrimSuffix(strings.Repeat(strings.TrimSuffix(bad[at:], "}")+",", 16), ",") + "]}"
	all := strings.TrimSuffix(strings.Repeat(bad+",", 200), ",")
	text := `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":[` + all + `]}`
	took := map[time.Duration]time.Duration{}
	for _, limit := range []time.Duration{1, verify.DefaultCauseTime} {
		vp, err := vc.ParsePresentation([]byte(text), vc.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		v, err := verify.New(verify.Config{Keys: keys.Default(w.host), Limits: verify.Limits{CauseTime: limit}})
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		r, _ := v.VerifyPresentation(t.Context(), vp, anyone())
		took[limit] = time.Since(start)
		if r.Verdict != verify.Invalid {
			t.Errorf("%v", r.Verdict)
		}
	}
	t.Log(len(text), took)
	if took[verify.DefaultCauseTime] > 2*took[1]+2*time.Second {
		t.Errorf("%v", took)
	}
}
