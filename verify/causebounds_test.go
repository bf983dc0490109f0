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
