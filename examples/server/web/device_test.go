package web_test

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/examples/server/web"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// onDevice switches to checking in the browser.
func (p *tab) onDevice() {
	p.t.Helper()
	p.click("#local")
	p.until(`document.getElementById("local").checked && !document.getElementById("lookups-row").hidden`)
}

// quiet asserts that no request with a body was sent, by the page's own account and by the server's, and that
// none named a document.
func (p *tab) quiet(w *world, relayed bool) {
	p.t.Helper()
	if got := w.received(); len(got) > 0 {
		p.t.Errorf("requests with a body: %q", got)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, r := range p.requests {
		if r.Method != "GET" || r.Body {
			p.t.Errorf("%+v", r)
		}
		if !relayed && strings.Contains(r.URL, "/document") {
			p.t.Errorf("a lookup that nobody allowed: %s", r.URL)
		}
	}
}

// testDevice checks in the browser, with an evidence bundle and without: nothing leaves it.
func testDevice(t *testing.T, w *world) {
	w.received()
	p := w.browser.open(t, w.origin, look{})
	p.onDevice()
	p.shot("ask-device")
	start := time.Now()
	p.choose(testdata + "badges/complete.png")
	if got := p.verdict(); got != "indeterminate" {
		t.Errorf("without any lookup it is %s", got)
	}
	t.Logf("the first check in the browser, with building and loading the program, took %v", time.Since(start))
	if code := p.text(`document.querySelector('[data-check="proof"] dl code').textContent`); code != "key.unresolved" {
		t.Errorf("the code is %q", code)
	}
	p.shot("device-undecided")
	start = time.Now()
	p.drop(testdata+"evidence/all.json", testdata+"badges/complete.png")
	p.until(`document.querySelector(".verdict")?.dataset.verdict === "valid"`)
	t.Logf("a further one took %v", time.Since(start))
	if s := p.text(`document.querySelector(".verdict").innerText`); !strings.Contains(s, "could have made them up") {
		t.Errorf("nothing is said of the bundle: %q", s)
	}
	if s := p.text(`document.querySelector(".bar").innerText`); !strings.Contains(s, "was not sent") {
		t.Errorf("%q", s)
	}
	p.shot("device-valid")
	p.click("#again")
	p.until(`!document.getElementById("bundle").hidden`)
	p.click("#bundle-remove")
	p.until(`document.getElementById("bundle").hidden`)
	text, err := os.ReadFile(testdata + "badges/simple.json")
	p.must(err)
	p.enter(string(text))
	if got := p.verdict(); got != "valid" {
		t.Errorf("a badge that needs no lookup is %s", got)
	}
	if n := len(p.asked("GET", "/badgeproof.wasm")); n != 1 {
		t.Errorf("the program was loaded %d times", n)
	}
	p.quiet(w, false)
	p.clean()
}

// testRelay allows the lookups: documents are asked for by their URLs, and the badge stays.
func testRelay(t *testing.T, w *world) {
	i := w.issuer("did:web:relay.example.com")
	list := "https://relay.example.com/status/1"
	w.host.Put(list, "application/vc", i.Sign(verifytest.StatusList(list, i.ID, "revocation", 7), "eddsa-rdfc-2022"))
	sign := func(index, unique string) string {
		return file(t, "badge.json", i.Sign(verifytest.Badge(i.ID, map[string]any{
			"validFrom": "2020-01-01T00:00:00Z", "name": unique,
			"credentialStatus": map[string]any{"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": index, "statusListCredential": list},
		}), "eddsa-rdfc-2022"))
	}
	for index, want := range map[string]string{"8": "valid", "7": "invalid"} {
		w.received()
		p := w.browser.open(t, w.origin, look{})
		p.onDevice()
		p.choose(sign(index, "Unmistakable"))
		if got := p.verdict(); got != "indeterminate" {
			t.Errorf("%s: offline it is %s", index, got)
		}
		p.quiet(w, false)
		p.click("#retry")
		p.until(`!document.querySelector(".notice #retry") && document.querySelector(".verdict")`)
		if got := p.verdict(); got != want {
			t.Errorf("%s: %s", index, got)
		}
		asked := p.asked("GET", "/document")
		if len(asked) != 2 || !strings.Contains(asked[0].URL, "did.json") || !strings.Contains(asked[1].URL, "status%2F1") {
			t.Errorf("asked for %v", asked)
		}
		p.quiet(w, true)
		p.mu.Lock()
		for _, r := range p.requests {
			if strings.Contains(r.URL, "Unmistakable") {
				t.Errorf("the badge left in %s", r.URL)
			}
		}
		p.mu.Unlock()
		p.clean()
	}
}

// testWithoutRelay: a server that fetches nothing for its page says so, and offers no switch for it.
func testWithoutRelay(t *testing.T, w *world) {
	alone := httptest.NewServer(web.Handler(web.Options{}))
	defer alone.Close()
	p := w.browser.open(t, alone.URL, look{})
	p.onDevice()
	if p.eval(`document.getElementById("lookups").disabled`) != true {
		t.Error("the switch can be used")
	}
	if hint := p.text(`document.getElementById("lookups-hint").innerText`); !strings.HasPrefix(hint, "This server does not fetch documents") {
		t.Errorf("%q", hint)
	}
	p.choose(testdata + "badges/complete.png")
	if got := p.verdict(); got != "indeterminate" {
		t.Error(got)
	}
	if p.eval(`document.getElementById("retry") !== null`) == true {
		t.Error("what cannot be done is offered")
	}
	p.clean()
}

// testSame: the program and the server come to the same results.
func testSame(t *testing.T, w *world) {
	same := []string{"badges/complete.png", "badges/tampered-name.json", "badges/status-revoked.json", "badges/jwt-es384.jwt", "badges/expired.json",
		"badges/suite-ecdsa-p256.json", "badges/forged-lent-key.json", "badges/baked-nothing.png", "badges/text-deep.json", "presentations/vp-two.json"}
	const results = `JSON.stringify((function sum(r) { return [r.verdict, r.binding, r.checks.map((c) => [c.check, c.outcome, c.reason]), (r.credentials || []).map(sum)] })(JSON.parse(document.querySelector("#json pre").textContent)))`
	server, device := w.browser.open(t, w.origin, look{}), w.browser.open(t, w.origin, look{})
	for _, name := range same {
		server.choose(testdata + name)
		want := server.resultOf(name, results)
		device.choose(testdata+name, testdata+"evidence/all.json")
		if got := device.resultOf(name, results); got != want {
			t.Errorf("%s:\nbrowser %s\nserver  %s", name, got, want)
		}
	}
	server.clean()
	device.clean()
}

// resultOf waits for the result about a file, and evaluates an expression then.
func (p *tab) resultOf(file, expression string) string {
	p.t.Helper()
	name := file[strings.LastIndexByte(file, '/')+1:]
	p.until(fmt.Sprintf(`!document.getElementById("result").hidden && document.querySelector(".bar .input")?.textContent === %q`, name))
	return p.text(expression)
}

// testCancel ends a check under way, from the keyboard too, and begins another.
func testCancel(t *testing.T, w *world) {
	p := w.browser.open(t, w.origin, look{})
	p.onDevice()
	p.call("Network.emulateNetworkConditions", map[string]any{"offline": false, "latency": 0, "downloadThroughput": 400_000, "uploadThroughput": 400_000}, nil)
	p.choose(testdata + "badges/simple.png")
	p.until(`document.getElementById("busy-text").innerText.includes("Loading the checking program")`)
	if p.eval(`document.getElementById("progress").hasAttribute("value")`) != true {
		t.Error("there is no progress")
	}
	p.shot("busy")
	p.tabTo("#cancel")
	p.key("Enter")
	p.until(`document.getElementById("busy").hidden && !document.getElementById("ask").hidden`)
	if at := p.text(`document.activeElement.id`); at != "file" {
		t.Errorf("the focus is at %q", at)
	}
	p.call("Network.emulateNetworkConditions", map[string]any{"offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}, nil)
	p.choose(testdata + "badges/jwt-2.0.jwt")
	if got := p.verdict(); got != "valid" {
		t.Error(got)
	}
	if violations := p.eval("violations"); fmt.Sprint(violations) != "[]" {
		t.Error(violations)
	}
}

// testWorker is in the worker that reads badges, and tries to get something out.
func testWorker(t *testing.T, w *world) {
	p := w.browser.open(t, w.origin, look{})
	var sessions []string
	p.b.hear(p.session, func(m message) {
		var e struct{ SessionID string }
		if m.Method == "Target.attachedToTarget" && json.Unmarshal(m.Params, &e) == nil {
			p.mu.Lock()
			sessions = append(sessions, e.SessionID)
			p.mu.Unlock()
		}
		p.heard(m)
	})
	p.eval(`window.worker = new Worker("/assets/worker.js"), 1`)
	session := ""
	for end := time.Now().Add(patience); session == "" && time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		p.mu.Lock()
		if len(sessions) > 0 {
			session = sessions[0]
		}
		p.mu.Unlock()
	}
	before := len(p.asked("POST", ""))
	for name, attempt := range map[string]string{
		"fetch":   `fetch("/verify", {method: "POST", body: "secret"}).then(() => "sent", () => "refused")`,
		"import":  `Promise.resolve().then(() => { try { importScripts("https://example.com/x.js"); return "sent" } catch { return "refused" } })`,
		"socket":  `new Promise((resolve) => { try { const s = new WebSocket("ws://" + location.host + "/"); s.onerror = () => resolve("refused"); s.onopen = () => resolve("sent") } catch { resolve("refused") } })`,
		"request": `new Promise((resolve) => { const x = new XMLHttpRequest(); x.onload = () => resolve("sent"); x.onerror = () => resolve("refused"); x.open("GET", "/healthz"); x.send() })`,
	} {
		var out struct{ Result struct{ Value string } }
		p.must(p.b.call(session, "Runtime.evaluate", map[string]any{"expression": attempt, "awaitPromise": true, "returnByValue": true}, &out))
		if out.Result.Value != "refused" {
			t.Errorf("%s: %q", name, out.Result.Value)
		}
	}
	if n := len(p.asked("POST", "")); n != before || slices.Contains(w.received(), "POST /verify") {
		t.Error("something was sent")
	}
}
