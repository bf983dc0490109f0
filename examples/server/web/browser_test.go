package web_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/verify/fetch"
)

// TestPage looks at the page as people do, in a real browser. Its parts share a server and a browser.
func TestPage(t *testing.T) {
	w := newWorld(t)
	for _, part := range []struct {
		name string
		test func(*testing.T, *world)
	}{
		{"files", testFiles}, {"drop", testDrop}, {"paste", testPaste}, {"link", testLink}, {"keyboard", testKeyboard}, {"names", testNames},
		{"origin", testOrigin}, {"presentation", testPresentation}, {"inside", testInside}, {"policy", testPolicy}, {"languages", testLanguages}, {"dark", testDark},
		{"script", testWithoutScript}, {"device", testDevice}, {"relay", testRelay}, {"alone", testWithoutRelay}, {"same", testSame}, {"cancel", testCancel}, {"worker", testWorker},
		{"demands", testDemands}, {"keep", testKeep}, {"trouble", testTrouble}, {"narrow", testNarrow}, {"hostile", testHostile},
	} {
		w.received()
		t.Run(part.name, func(t *testing.T) { part.test(t, w) })
	}
}

// verdicts are the three of them, with a file for each, and how each is told without any colour.
var verdicts = []struct{ verdict, file, heading, because, check, outcome, code string }{
	{"valid", "badges/complete.png", "Valid", "Nothing was changed since it was signed", "proof", "passed", ""},
	{"invalid", "badges/tampered-name.json", "Not valid", "The signature does not match", "proof", "failed", "proof.signature"},
	{"invalid", "badges/status-revoked.json", "Not valid", "The issuer has revoked it", "status", "failed", "status.revoked"},
	{"invalid", "badges/text-truncated.json", "Not valid", "This is no badge", "parse", "failed", "json.syntax"},
	{"indeterminate", "badges/status-unreachable.json", "Could not decide", "The revocation list could not be fetched", "status", "undecided", "status.unreachable"},
	{"indeterminate", "badges/key-host-gone.json", "Could not decide", "The issuer's key could not be found", "proof", "undecided", "key.unresolved"},
}

func testFiles(t *testing.T, w *world) {
	for _, c := range verdicts {
		p := w.browser.open(t, w.origin, look{})
		p.choose(testdata + c.file)
		if got := p.verdict(); got != c.verdict {
			t.Errorf("%s: %s", c.file, got)
		}
		if heading := p.text(`document.activeElement.id + ": " + document.activeElement.innerText`); heading != "verdict: "+c.heading {
			t.Errorf("%s: the focus is at %q", c.file, heading)
		}
		if because := p.text(`document.querySelector(".because").innerText`); !strings.HasPrefix(because, c.because) {
			t.Errorf("%s: because %q", c.file, because)
		}
		if said := p.text(`document.querySelector("[role=status]").innerText`); !strings.Contains(said, c.heading) || !strings.Contains(said, c.because) {
			t.Errorf("%s: said %q", c.file, said)
		}
		check := fmt.Sprintf(`document.querySelector('.checks > [data-check="%s"]')`, c.check)
		if outcome := p.text(check + ".dataset.outcome"); outcome != c.outcome {
			t.Errorf("%s: %s is %s", c.file, c.check, outcome)
		}
		if code := p.text(check + `.querySelector("dl code")?.textContent`); code != c.code {
			t.Errorf("%s: the code is %q", c.file, code)
		}
		p.clean()
		p.shot("file-" + strings.ReplaceAll(filepath.Base(c.file), ".", "-"))
	}
}

// shown are texts that a person should see of complete.png.
var shown = []string{
	"Foundations of Data Analysis", "Course", "café queues", "Example University", "did:web:badges.example.edu",
	"The issuer's own document lists the key that signed it.", "E-mail address, hidden.", "1 March 2026 to 31 December 2099", "27 February 2026",
	"analyse data", "Example Skills Framework", "Hand in five of six exercises.", "Air quality dashboard",
}

func testDrop(t *testing.T, w *world) {
	p := w.browser.open(t, w.origin, look{})
	p.drop(testdata + "badges/complete.png")
	if got := p.verdict(); got != "valid" {
		t.Error(got)
	}
	all := p.text(`document.querySelector("#result").innerText`)
	for _, s := range shown {
		if !strings.Contains(all, s) {
			t.Errorf("%q is not shown", s)
		}
	}
	if n := p.eval(`document.querySelector("figure img").naturalWidth`); n == 0.0 {
		t.Error("the picture is not shown")
	}
	// Something dropped onto a result is checked at once.
	p.drop(testdata + "badges/tampered-name.json")
	p.until(`document.querySelector(".verdict").dataset.verdict === "invalid"`)
	p.clean()
}

// drop moves files over the page and lets go of them.
func (p *tab) drop(files ...string) {
	p.t.Helper()
	for i, f := range files {
		path, err := filepath.Abs(f)
		p.must(err)
		files[i] = path
	}
	for _, kind := range []string{"dragEnter", "dragOver"} {
		p.call("Input.dispatchDragEvent", map[string]any{"type": kind, "x": 300, "y": 300, "data": map[string]any{"items": []any{}, "files": files, "dragOperationsMask": 1}}, nil)
	}
	p.until(`!document.getElementById("veil").hidden`)
	p.call("Input.dispatchDragEvent", map[string]any{"type": "drop", "x": 300, "y": 300, "data": map[string]any{"items": []any{}, "files": files, "dragOperationsMask": 1}}, nil)
	p.until(`document.getElementById("veil").hidden`)
}

// enter types a text into the field, as pasting does.
func (p *tab) enter(text string) {
	p.t.Helper()
	p.eval(`document.getElementById("text").focus()`)
	p.call("Input.insertText", map[string]any{"text": text}, nil)
	p.click(`#form [type="submit"]`)
}

func testPaste(t *testing.T, w *world) {
	for file, want := range map[string]string{"badges/jwt-2.0.jwt": "valid", "badges/jwt-tampered.jwt": "invalid", "badges/complete.json": "valid"} {
		text, err := os.ReadFile(testdata + file)
		if err != nil {
			t.Fatal(err)
		}
		p := w.browser.open(t, w.origin, look{})
		p.enter("\n " + string(text) + " \n")
		if got := p.verdict(); got != want {
			t.Errorf("%s: %s", file, got)
		}
		if s := p.text(`document.querySelector(".bar").innerText`); !strings.Contains(s, "Pasted text") {
			t.Errorf("%q", s)
		}
		p.clean()
	}
}

func testLink(t *testing.T, w *world) {
	png, err := os.ReadFile(testdata + "badges/complete.png")
	if err != nil {
		t.Fatal(err)
	}
	w.host.Put("https://badges.example.edu/mine.png", "image/png", png)
	p := w.browser.open(t, w.origin, look{})
	p.enter("https://badges.example.edu/mine.png")
	if got := p.verdict(); got != "valid" {
		t.Error(got)
	}
	p.clean()
	p = w.browser.open(t, w.origin, look{})
	p.enter("https://badges.example.edu/nothing.png")
	p.until(`!document.getElementById("trouble").hidden`)
	if s := p.text(`document.getElementById("trouble").innerText`); !strings.Contains(s, "The server answered") {
		t.Errorf("%q", s)
	}
}

func testDemands(t *testing.T, w *world) {
	server, device := w.browser.open(t, w.origin, look{}), w.browser.open(t, w.origin, look{})
	for _, c := range []struct{ field, value, verdict, check, outcome string }{
		{"recipient", "did:key:z6MkvWQ1A7PWeWkJ2ANEojw1iCYhkHzoznEChoMs7rJD8NFr", "valid", "recipient", "passed"},
		{"recipient", "did:key:z6MkvWQ1A7PWeWkJ2ANEojw1iCYhkHzoznEChoMs7rJD8NFx", "invalid", "recipient", "failed"},
		{"recipient", "somebody@example.org", "invalid", "recipient", "failed"},
		{"issuer", "did:web:badges.example.edu", "valid", "issuer", "passed"},
		{"issuer", "did:web:example.com", "invalid", "issuer", "failed"},
	} {
		for i, p := range []*tab{server, device} {
			p.eval(fmt.Sprintf(`document.getElementById("recipient").value = "", document.getElementById("issuer").value = "", document.getElementById(%q).value = %q`, c.field, c.value))
			p.eval(`document.getElementById("result").replaceChildren()`)
			p.choose([][]string{{testdata + "badges/complete.png"}, {testdata + "badges/complete.png", testdata + "evidence/all.json"}}[i]...)
			p.until(`document.querySelector("#result .verdict") && !document.getElementById("result").hidden`)
			if got := p.verdict(); got != c.verdict {
				t.Errorf("%s %s, %d: %s", c.field, c.value, i, got)
			}
			if got := p.text(fmt.Sprintf(`document.querySelector('[data-check=%q]').dataset.outcome`, c.check)); got != c.outcome {
				t.Errorf("%s %s, %d: %s is %s", c.field, c.value, i, c.check, got)
			}
		}
	}
	server.clean()
	device.clean()
}

func testPresentation(t *testing.T, w *world) {
	p := w.browser.open(t, w.origin, look{})
	p.choose(testdata + "presentations/vp-credential-tampered-second.json")
	if got := p.verdict(); got != "invalid" {
		t.Error(got)
	}
	held := fmt.Sprint(p.eval(`[...document.querySelectorAll(".held > .tag")].map((e) => e.dataset.verdict)`))
	if !strings.Contains(held, "valid") || !strings.Contains(held, "invalid") {
		t.Errorf("the credentials inside are %s", held)
	}
	if n := p.eval(`document.querySelectorAll(".held .checks").length`); n != 2.0 {
		t.Errorf("%v of the two have their checks", n)
	}
	p.shot("presentation")
	p.clean()
	p.choose(testdata + "presentations/vp-two.json")
	p.until(`document.querySelector(".verdict").dataset.verdict === "valid"`)
	if because := p.text(`document.querySelector(".because").innerText`); !strings.Contains(because, "Everything in it") {
		t.Errorf("%q", because)
	}
}

// testKeep downloads the evidence, and verifies with it again.
func testKeep(t *testing.T, w *world) {
	p := w.browser.open(t, w.origin, look{})
	dir := t.TempDir()
	p.must(w.browser.call("", "Browser.setDownloadBehavior", map[string]any{"behavior": "allow", "downloadPath": dir, "browserContextId": p.context}, nil))
	p.choose(testdata + "badges/complete.png")
	p.verdict()
	p.click("#keep-evidence")
	p.click("#keep-report")
	var report struct{ Verdict string }
	if err := json.Unmarshal(waitFor(t, dir+"/complete.report.json"), &report); err != nil || report.Verdict != "valid" {
		t.Errorf("%v: %+v", err, report)
	}
	if text := p.text(`document.querySelector("#json pre").textContent`); json.Unmarshal([]byte(text), &report) != nil {
		t.Error("the report is not shown as JSON")
	}
	bundle, err := fetch.ParseBundle(waitFor(t, dir+"/complete.evidence.json"))
	if err != nil || len(bundle.Documents) != 2 {
		t.Fatalf("%v: %+v", err, bundle)
	}
	p.choose(testdata+"badges/complete.png", dir+"/complete.evidence.json")
	p.until(`document.querySelector(".bar").innerText.includes("not sent")`)
	if got := p.verdict(); got != "valid" {
		t.Errorf("with its own evidence it is %s", got)
	}
	p.clean()
}

// waitFor reads a file once it is whole.
func waitFor(t *testing.T, path string) []byte {
	t.Helper()
	for range 500 {
		if data, err := os.ReadFile(path); err == nil && json.Valid(data) {
			return data
		}
		time.Sleep(20 * time.Millisecond)
	}
	entries, _ := os.ReadDir(filepath.Dir(path))
	t.Fatalf("there is no %s among %v", path, entries)
	return nil
}

// testTrouble: what goes wrong around a check is said, and is no verdict.
func testTrouble(t *testing.T, w *world) {
	p := w.browser.open(t, w.origin, look{})
	p.click(`#form [type="submit"]`)
	p.until(`!document.getElementById("trouble").hidden`)
	p.shot("trouble")
	if role := p.text(`document.getElementById("trouble").getAttribute("role")`); role != "alert" {
		t.Error(role)
	}
	p.enter("https://nobody.example.com/x")
	p.until(`document.getElementById("trouble-text").innerText.includes("The server answered")`)
	p.click("#local")
	p.eval(`document.getElementById("text").value = ""`)
	p.enter("https://badges.example.edu/mine.png")
	p.until(`document.getElementById("trouble-text").innerText.includes("can only be fetched by the server")`)
	p.choose(file(t, "evidence.json", []byte(`{"version":2,"recordedAt":"2026-11-22T00:00:00Z","documents":[]}`)), testdata+"badges/complete.png")
	p.until(`document.getElementById("trouble-text").innerText.includes("This evidence bundle cannot be used")`)
	p.safe()
	if got := w.received(); slices.Contains(got, "POST /document") {
		t.Error(got)
	}
}

// testPolicy: what was judged by other rules says so.
func testPolicy(t *testing.T, w *world) {
	p := w.browser.open(t, w.origin, look{})
	p.eval(`document.getElementById("demands").open = true; document.getElementById("policy").value = "conformance"`)
	p.choose(testdata + "badges/complete.png")
	p.verdict()
	if s := p.text(`document.querySelector(".verdict").innerText`); !strings.Contains(s, "conformance") || !strings.Contains(s, "Not for relying on") {
		t.Errorf("%q", s)
	}
	p.clean()
}
