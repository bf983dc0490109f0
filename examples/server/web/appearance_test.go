package web_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// testLanguages: the browser's language is spoken, and another one by the switch, whatever is shown.
func testLanguages(t *testing.T, w *world) {
	p := w.browser.open(t, w.origin, look{languages: "de-CH,de;q=0.9,en;q=0.5"})
	if l := p.text(`document.documentElement.lang + " " + document.title`); l != "de Badgeproof: Ist auf dieses Badge Verlass?" {
		t.Errorf("%q", l)
	}
	p.shot("ask-german")
	p.choose(testdata + "badges/status-revoked.json")
	p.verdict()
	p.shot("invalid-german")
	for _, c := range []struct{ language, heading, because string }{
		{"de", "Ungültig", "Der Aussteller hat es widerrufen."}, {"en", "Not valid", "The issuer has revoked it."}, {"de", "Ungültig", "Der Aussteller hat es widerrufen."},
	} {
		p.click(fmt.Sprintf(`[data-language=%q]`, c.language))
		p.until(fmt.Sprintf(`document.documentElement.lang === %q && document.getElementById("verdict").innerText === %q`, c.language, c.heading))
		if because := p.text(`document.querySelector(".because").innerText`); because != c.because {
			t.Errorf("%s: %q", c.language, because)
		}
		if current := p.text(`document.querySelector("[data-language][aria-current]").dataset.language`); current != c.language {
			t.Errorf("%s: the switch is at %s", c.language, current)
		}
	}
	p.click(`[data-language="en"]`)
	p.until(`document.documentElement.lang === "en"`)
	p.visit("/")
	if l := p.text(`document.documentElement.lang`); l != "en" {
		t.Errorf("the choice is forgotten: %q", l)
	}
	p.visit("/?lang=de")
	if l := p.text(`document.documentElement.lang`); l != "de" {
		t.Errorf("the link is not followed: %q", l)
	}
	p.clean()
}

// wide is true where the page is wider than the window, or an element sticks out of it.
const wide = `document.documentElement.scrollWidth > innerWidth || [...document.querySelectorAll("main *")].some((e) => e.checkVisibility() && !e.closest("pre, .visually-hidden") && e.getBoundingClientRect().right > innerWidth + 1)`

// testNarrow: on a phone, and magnified to 400 % of an ordinary window (WCAG 2.2, 1.4.10), nothing is cut off.
func testNarrow(t *testing.T, w *world) {
	for _, l := range []look{
		{width: 360, height: 740, phone: true, scale: 2}, {width: 320, height: 256, scale: 4, languages: "de"}, {width: 360, height: 740, phone: true, scale: 2, dark: true, still: true},
	} {
		p := w.browser.open(t, w.origin, l)
		name := fmt.Sprintf("narrow-%d-%t", l.width, l.dark)
		p.eval(`document.getElementById("demands").open = true`)
		p.onDevice()
		if p.eval(wide) == true {
			t.Errorf("%+v: the form is cut off", l)
		}
		p.shot(name + "-ask")
		p.choose(testdata+"badges/complete.png", testdata+"evidence/all.json")
		p.verdict()
		p.shot(name + "-result")
		p.eval(`document.querySelectorAll("#result details").forEach((d) => { d.open = true })`)
		if p.eval(wide) == true {
			t.Errorf("%+v: the result is cut off", l)
		}
		if small := fmt.Sprint(p.eval(`[...document.querySelectorAll("button, .button, summary, [role=switch], .languages a")].filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 24).map((e) => e.outerHTML)`)); small != "[]" {
			t.Errorf("%+v: too small to touch (WCAG 2.2, 2.5.8): %s", l, small)
		}
		p.clean()
	}
}

// testDark: who prefers dark gets it, with the same three verdicts, and who prefers less motion gets none.
func testDark(t *testing.T, w *world) {
	p := w.browser.open(t, w.origin, look{dark: true, still: true})
	if c := p.text(`getComputedStyle(document.body).backgroundColor`); c != "rgb(14, 19, 27)" {
		t.Errorf("the ground is %s", c)
	}
	if d := p.text(`getComputedStyle(document.getElementById("local")).transitionDuration`); d != "0s" {
		t.Errorf("the switch moves for %s", d)
	}
	p.shot("ask-dark")
	for _, name := range []string{"complete.png", "tampered-name.json", "status-unreachable.json"} {
		p.choose(testdata + "badges/" + name)
		p.resultOf(name, "1")
		p.shot("dark-" + strings.ReplaceAll(name, ".", "-"))
	}
	p.clean()
}

// testWithoutScript: without JavaScript there is a form that sends a file to the server.
func testWithoutScript(t *testing.T, w *world) {
	p := w.browser.open(t, w.origin, look{languages: "de"})
	p.call("Emulation.setScriptExecutionDisabled", map[string]any{"value": true}, nil)
	p.call("Page.reload", nil, nil)
	p.until(`document.querySelector("#ask noscript form") && !document.getElementById("form").checkVisibility()`)
	if s := p.text(`document.querySelector("#ask noscript").innerText`); !strings.Contains(s, "JavaScript") {
		t.Errorf("%q", s)
	}
	if p.eval(`document.getElementById("form").checkVisibility()`) == true {
		t.Error("what needs JavaScript is there without it")
	}
	if s := p.text(`document.querySelector("h1").innerText`); s != "Ist auf dieses Badge Verlass?" {
		t.Errorf("%q", s)
	}
	p.shot("noscript")
}

// hostile are texts that would do something if any of them were taken for more than text.
var hostile = []string{
	`<img src=x onerror=alert(1)>`, `</script><script>alert(1)</script>`, `javascript:alert(1)`, `"><svg onload=alert(1)>`, `{{constructor.constructor('alert(1)')()}}`,
	`[click](javascript:alert(1))`, `[x](data:text/html,<script>alert(1)</script>)`, `<a href="javascript:alert(1)">x</a>`, "\u202egnp.exe",
	`[good](https://good.example@elsewhere.example/)`,
}

// hostileBadge says something of the kind everywhere.
func hostileBadge(w *world) []byte {
	i := w.issuer("did:web:mallory.example.com")
	svg := `data:image/svg+xml,` + strings.NewReplacer(`"`, "%22", `<`, "%3C", `>`, "%3E", " ", "%20", "#", "%23").Replace(
		`<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" onload="alert(1)"><script>alert(1)</script><image href="https://elsewhere.example/x.png" width="9" height="9"/><rect width="64" height="64"/></svg>`)
	all := strings.Join(hostile, "\n\n")
	return i.Sign(verifytest.Badge(i.ID, map[string]any{
		"name":   hostile[0],
		"issuer": map[string]any{"id": i.ID, "type": []string{"Profile"}, "name": hostile[3], "url": "javascript:alert(1)"},
		"evidence": []any{
			map[string]any{"id": "javascript:alert(1)", "type": []string{"Evidence"}, "name": hostile[1], "narrative": all},
			map[string]any{"id": "data:text/html,%3Cscript%3Ealert(1)%3C/script%3E", "type": []string{"Evidence"}, "name": hostile[7], "description": all},
		},
		"credentialSubject": map[string]any{
			"id": "did:example:ada", "type": []string{"AchievementSubject"},
			"achievement": map[string]any{
				"id": "urn:uuid:0f0c9a8e-6c7b-4c55-8d6e-8d3f4b0f9d4e", "type": []string{"Achievement"}, "name": hostile[1], "description": all, "achievementType": "ext:" + hostile[0],
				"criteria": map[string]any{"id": "javascript:alert(1)", "narrative": all}, "tag": hostile, "image": map[string]any{"id": svg, "type": "Image", "caption": hostile[3]},
				"alignment": []any{map[string]any{"type": []string{"Alignment"}, "targetName": hostile[0], "targetUrl": "javascript:alert(1)", "targetFramework": hostile[3]}},
			},
		},
	}), "eddsa-rdfc-2022")
}

// testHostile: what a badge says is text, wherever it was checked.
func testHostile(t *testing.T, w *world) {
	badge := file(t, "<img src=x onerror=alert(1)>.json", hostileBadge(w))
	for _, own := range []bool{false, true} {
		p := w.browser.open(t, w.origin, look{})
		if own {
			p.onDevice()
			p.click("#lookups")
		}
		p.choose(badge)
		p.verdict()
		all := p.text(`document.getElementById("result").innerText`)
		for _, s := range hostile {
			if s = strings.ReplaceAll(strings.TrimSuffix(s, ")"), "\u202e", "\ufffd"); !strings.Contains(all, s) && !strings.Contains(s, "](") {
				t.Errorf("own %t: %q is not shown", own, s)
			}
		}
		if images := fmt.Sprint(p.eval(`[...document.images].map((i) => i.src.slice(0, 20))`)); images != "["+w.origin[:20]+" data:image/svg+xml,%]" {
			t.Errorf("own %t: images %s", own, images)
		}
		if bad := fmt.Sprint(p.eval(`[...document.querySelectorAll("#result a")].filter((a) => a.protocol !== "https:" || a.username || a.rel !== "noopener noreferrer nofollow external" || a.target !== "_blank").map((a) => a.outerHTML)`)); bad != "[]" {
			t.Errorf("own %t: links %s", own, bad)
		}
		if n := p.eval(`document.querySelectorAll("#result script, #result iframe, #result object, #result embed, #result style, #result [style], #result [onerror], #result [onload]").length`); n != 0.0 {
			t.Errorf("own %t: %v elements that do something", own, n)
		}
		p.eval(`new Promise((resolve) => setTimeout(resolve, 200))`)
		p.shot(fmt.Sprintf("hostile-%t", own))
		p.clean()
	}
}

// testOrigin: what makes a badge the issuer's is told by its kind, and no more is made of it than it is.
func testOrigin(t *testing.T, w *world) {
	for _, c := range []struct {
		file           string
		tells, tellsNo []string
	}{
		{"badges/complete.png", []string{"The signature matches", "certain is the address badges.example.edu"}, []string{"a key alone", "Nobody signed it"}},
		{"issuers/mit-learn.json", []string{"The signature matches", "The issuer is known by a key alone."}, []string{"certain is the address", "own document"}},
		{"issuers/badgr-2.png", []string{"Nobody signed it", "certain is the address api.badges.example.org", "Origin"}, []string{"signature", "key is", "a key alone"}},
	} {
		p := w.browser.open(t, w.origin, look{})
		p.choose(testdata + c.file)
		if got := p.verdict(); got != "valid" {
			t.Errorf("%s: %s", c.file, got)
		}
		all := p.text(`document.getElementById("result").innerText`)
		for _, s := range c.tells {
			if !strings.Contains(all, s) {
				t.Errorf("%s: nothing of %q", c.file, s)
			}
		}
		for _, s := range c.tellsNo {
			if strings.Contains(all, s) {
				t.Errorf("%s: it says %q", c.file, s)
			}
		}
		p.clean()
	}
}

// testInside shows endorsements, each with its own verdict.
func testInside(t *testing.T, w *world) {
	endorser, issuer := w.issuer("did:web:endorser.example.com"), w.issuer("did:web:endorsed.example.com")
	endorsement := func(name, comment string) json.RawMessage {
		return endorser.Sign(verifytest.Badge(endorser.ID, map[string]any{
			"id": "urn:uuid:5e5d6b8a-7f63-4a3d-8e0a-d3e2f1a0b9c8", "type": []string{"VerifiableCredential", "EndorsementCredential"}, "name": "Endorsement",
			"issuer":            map[string]any{"id": endorser.ID, "type": []string{"Profile"}, "name": name},
			"credentialSubject": map[string]any{"id": "urn:uuid:8f3ea4a6-3a8c-4d0f-9a53-2f0b1a8f7c11", "type": []string{"EndorsementSubject"}, "endorsementComment": comment},
		}), "eddsa-rdfc-2022")
	}
	forged := json.RawMessage(strings.Replace(string(endorsement("Somebody else", "Good")), "Good", "Very good", 1))
	badge := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"endorsement": []any{endorsement("Guild of Testers", "We would hire them."), forged}}), "eddsa-rdfc-2022")
	p := w.browser.open(t, w.origin, look{})
	p.choose(file(t, "endorsed.json", badge))
	p.verdict()
	if got := fmt.Sprint(p.eval(`[...document.querySelectorAll(".says .tag")].map((e) => e.dataset.verdict + ": " + e.innerText)`)); got != "[valid: endorsement valid invalid: endorsement not valid]" {
		t.Errorf("the endorsements are %s", got)
	}
	p.shot("endorsed")
	p.clean()
}
