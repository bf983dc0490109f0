package web_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// testKeyboard checks a badge without a mouse, from the first key to the JSON report.
func testKeyboard(t *testing.T, w *world) {
	text, err := os.ReadFile(testdata + "badges/jwt-2.0.jwt")
	if err != nil {
		t.Fatal(err)
	}
	p := w.browser.open(t, w.origin, look{})
	var stops []string
	for range 12 {
		p.key("Tab")
		stop := p.text(`(document.activeElement.id || document.activeElement.dataset.language || document.activeElement.className || document.activeElement.tagName).toString()`)
		stops = append(stops, stop)
		if p.eval(`document.activeElement !== document.body && document.activeElement.checkVisibility() && !(getComputedStyle(document.activeElement).outlineStyle !== "none" || getComputedStyle(document.activeElement.nextElementSibling ?? document.body).outlineStyle !== "none")`) == true {
			t.Errorf("one cannot see that the focus is at %s", stop)
		}
		if stop == "SUMMARY" {
			break
		}
	}
	if got := strings.Join(stops, " "); got != "skip en de file text button primary local SUMMARY" {
		t.Errorf("Tab goes to %s", got)
	}
	p.key("Enter") // opens what more can be asked for
	p.until(`document.getElementById("demands").open`)
	p.eval(`document.activeElement.blur()`)
	p.tabTo("#local")
	p.key(" ")
	p.until(`document.getElementById("local").checked`)
	p.key("Tab")
	if at := p.text(`document.activeElement.id`); at != "lookups" {
		t.Errorf("after the switch comes %s", at)
	}
	p.eval(`document.activeElement.blur()`)
	p.tabTo("#text")
	p.call("Input.insertText", map[string]any{"text": string(text)}, nil)
	p.tabTo(`[type="submit"]`)
	p.key("Enter")
	if got := p.verdict(); got != "valid" {
		t.Error(got)
	}
	p.tabTo("#json summary")
	p.key("Enter")
	p.until(`document.getElementById("json").open`)
	p.eval(`document.getElementById("verdict").focus()`)
	p.eval(`document.activeElement.blur(), scrollTo(0, 0)`)
	p.tabTo("#again")
	p.key("Enter")
	p.until(`!document.getElementById("ask").hidden && document.activeElement.id === "file"`)
	p.clean()
}

// node is what somebody hears who does not see the page.
type node struct {
	Ignored    bool
	Role, Name struct{ Value string }
	Properties []struct {
		Name  string
		Value struct{ Value any }
	}
}

func (p *tab) tree() []node {
	p.t.Helper()
	var out struct{ Nodes []node }
	p.call("Accessibility.getFullAXTree", nil, &out)
	return out.Nodes
}

// hears returns the node of this role whose name begins so.
func hears(t *testing.T, tree []node, role, name string) node {
	t.Helper()
	var names []string
	for _, n := range tree {
		if !n.Ignored && n.Role.Value == role {
			if strings.HasPrefix(n.Name.Value, name) {
				return n
			}
			names = append(names, n.Name.Value)
		}
	}
	t.Errorf("there is no %s %q; there are %q", role, name, names)
	return node{}
}

// needName are the roles that mean nothing without a name.
var needName = map[string]bool{"button": true, "link": true, "textbox": true, "switch": true, "image": true, "region": true, "navigation": true, "combobox": true, "progressbar": true, "heading": true}

func nameless(tree []node) (out []string) {
	for _, n := range tree {
		if !n.Ignored && needName[n.Role.Value] && strings.TrimSpace(n.Name.Value) == "" {
			out = append(out, n.Role.Value)
		}
	}
	return out
}

// testNames asserts what a screen reader finds: roles, names, states, landmarks and one heading of the first level.
func testNames(t *testing.T, w *world) {
	p := w.browser.open(t, w.origin, look{})
	tree := p.tree()
	for _, n := range []struct{ role, name string }{
		{"main", ""}, {"banner", ""}, {"navigation", "Language"}, {"heading", "Can this badge be relied on?"}, {"button", "Choose a file"}, {"textbox", "Or paste the text of a badge"},
		{"button", "Check"}, {"group", "Where it is checked"}, {"link", "Deutsch"}, {"status", ""},
	} {
		hears(t, tree, n.role, n.name)
	}
	if s := fmt.Sprint(hears(t, tree, "switch", "Check in this browser").Properties); !strings.Contains(s, "checked {false}") {
		t.Errorf("the switch says %s", s)
	}
	if got := nameless(tree); got != nil {
		t.Errorf("without a name: %q", got)
	}
	p.choose(testdata + "badges/complete.png")
	p.verdict()
	tree = p.tree()
	for _, n := range []struct{ role, name string }{
		{"heading", "Valid"}, {"heading", "Foundations of Data Analysis"}, {"heading", "What was checked"}, {"heading", "To keep"}, {"image", ""},
		{"link", "Criteria on the issuer's site (opens elsewhere)"}, {"button", "Download the evidence"}, {"button", "Check another badge"}, {"region", "Valid"}, {"list", ""}, {"article", ""},
	} {
		hears(t, tree, n.role, n.name)
	}
	if got := nameless(tree); got != nil {
		t.Errorf("without a name: %q", got)
	}
	if n := p.eval(`[...document.querySelectorAll("h1")].filter((e) => e.checkVisibility()).length`); n != 1.0 {
		t.Errorf("there are %v headings of the first level", n)
	}
	if order := p.text(`[...document.querySelectorAll("main h1, main h2, main h3")].filter((e) => e.checkVisibility()).map((e) => e.tagName[1]).join("")`); strings.Contains(order, "13") || !strings.HasPrefix(order, "1") {
		t.Errorf("the headings are of the levels %s", order)
	}
	// Each outcome is told by a word and a shape, not by its colour.
	if shapes := p.eval(`new Set([...document.querySelectorAll(".checks > li")].map((e) => e.dataset.outcome + e.querySelector(".outline").getAttribute("d") + e.querySelector(".sign").getAttribute("d"))).size >= 2 && [...document.querySelectorAll(".checks .outcome")].every((e) => e.innerText)`); shapes != true {
		t.Error("outcomes cannot be told apart")
	}
	p.clean()
}
