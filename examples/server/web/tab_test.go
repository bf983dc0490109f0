package web_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// tab is a page in a browser profile of its own, with a record of all that it asked for and complained of.
type tab struct {
	t       *testing.T
	b       *browser
	session string
	context string
	origin  string

	mu         sync.Mutex
	requests   []sent
	complaints []string
}

// sent is a request that the page, or a worker of it, made.
type sent struct {
	Method, URL string
	Body        bool
}

// look is how a tab is set up.
type look struct {
	width, height int
	phone, dark   bool
	still         bool // who looks prefers less motion
	scale         float64
	languages     string // as in Accept-Language
}

// open makes a tab that looks like that, and shows the page of the server in it.
func (b *browser) open(t *testing.T, origin string, l look) *tab {
	t.Helper()
	p := &tab{t: t, b: b, origin: origin}
	var context struct{ BrowserContextID string }
	p.must(b.call("", "Target.createBrowserContext", nil, &context))
	var target struct{ TargetID string }
	p.must(b.call("", "Target.createTarget", map[string]any{"url": "about:blank", "browserContextId": context.BrowserContextID}, &target))
	var session struct{ SessionID string }
	p.must(b.call("", "Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &session))
	p.session, p.context = session.SessionID, context.BrowserContextID
	t.Cleanup(func() {
		b.call("", "Target.disposeBrowserContext", map[string]any{"browserContextId": context.BrowserContextID}, nil)
	})
	b.hear(p.session, p.heard)
	for _, domain := range []string{"Page.enable", "Runtime.enable", "Network.enable", "Log.enable", "DOM.enable", "Accessibility.enable"} {
		p.call(domain, nil, nil)
	}
	p.call("Target.setAutoAttach", map[string]any{"autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true}, nil)
	p.setUp(l)
	p.visit("/")
	return p
}

func (p *tab) setUp(l look) {
	if l.width == 0 {
		l.width, l.height = 1200, 900
	}
	if l.scale == 0 {
		l.scale = 1
	}
	p.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": l.width, "height": l.height, "deviceScaleFactor": l.scale, "mobile": l.phone}, nil)
	scheme, motion := "light", "no-preference"
	if l.dark {
		scheme = "dark"
	}
	if l.still {
		motion = "reduce"
	}
	p.call("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{
		{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": motion},
	}}, nil)
	if l.languages == "" {
		l.languages = "en"
	}
	p.call("Network.setUserAgentOverride", map[string]any{"userAgent": "test", "acceptLanguage": l.languages}, nil)
	p.call("Page.addScriptToEvaluateOnNewDocument", map[string]any{"source": `
		window.violations = []; window.pwned = 0; window.alert = () => { window.pwned++ };
		addEventListener("securitypolicyviolation", (e) => violations.push(e.violatedDirective + " " + e.blockedURI));`}, nil)
}

// visit shows a path of the server and waits until the page's script has started.
func (p *tab) visit(path string) {
	p.t.Helper()
	p.call("Page.navigate", map[string]any{"url": p.origin + path}, nil)
	p.until(`location.href !== "about:blank" && document.documentElement.dataset.ready === "true"`)
}

// heard records requests and complaints, of the page and of its workers, which are let go once they are heard.
func (p *tab) heard(m message) {
	var e struct {
		Request struct {
			Method, URL string
			HasPostData bool
		}
		Entry            struct{ Level, Text, URL string }
		Type             string
		Args             []struct{ Value any }
		ExceptionDetails struct {
			Text      string
			Exception struct{ Description string }
		}
		SessionID string
	}
	if json.Unmarshal(m.Params, &e) != nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch m.Method {
	case "Network.requestWillBeSent":
		p.requests = append(p.requests, sent{e.Request.Method, e.Request.URL, e.Request.HasPostData})
	case "Log.entryAdded":
		if e.Entry.Level == "error" {
			p.complaints = append(p.complaints, e.Entry.Text+" "+e.Entry.URL)
		}
	case "Runtime.consoleAPICalled":
		if e.Type == "error" || e.Type == "warning" || e.Type == "assert" {
			p.complaints = append(p.complaints, fmt.Sprint(e.Args))
		}
	case "Runtime.exceptionThrown":
		p.complaints = append(p.complaints, e.ExceptionDetails.Text+" "+e.ExceptionDetails.Exception.Description)
	case "Target.attachedToTarget":
		p.b.hear(e.SessionID, p.heard)
		for _, command := range []string{"Network.enable", "Runtime.enable", "Log.enable", "Runtime.runIfWaitingForDebugger"} {
			p.b.send(e.SessionID, command, nil)
		}
	}
}

func (p *tab) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *tab) call(method string, params, result any) {
	p.t.Helper()
	p.must(p.b.call(p.session, method, params, result))
}

// eval runs an expression in the page, waits for it where it is a Promise, and returns its value.
func (p *tab) eval(expression string) any {
	p.t.Helper()
	var out struct {
		Result           struct{ Value any }
		ExceptionDetails *struct {
			Exception struct{ Description string }
		}
	}
	p.call("Runtime.evaluate", map[string]any{"expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true}, &out)
	if out.ExceptionDetails != nil {
		p.t.Fatalf("%s: %s", expression, out.ExceptionDetails.Exception.Description)
	}
	return out.Result.Value
}

// text returns what an expression says.
func (p *tab) text(expression string) string {
	p.t.Helper()
	s, _ := p.eval(expression).(string)
	return s
}

// until waits until an expression holds.
func (p *tab) until(expression string) {
	p.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		var out struct{ Result struct{ Value any } }
		err := p.b.call(p.session, "Runtime.evaluate", map[string]any{"expression": "!!(" + expression + ")", "returnByValue": true}, &out)
		if err == nil && out.Result.Value == true {
			return
		}
		if time.Now().After(end) {
			p.t.Fatalf("never: %s; the page shows: %.600s; complaints: %v", expression, p.text("document.body.innerText"), p.complaints)
		}
	}
}

// choose puts files into the file input, as the dialog of the browser would.
func (p *tab) choose(files ...string) {
	p.t.Helper()
	var document struct{ Root struct{ NodeID int } }
	p.call("DOM.getDocument", nil, &document)
	var input struct{ NodeID int }
	p.call("DOM.querySelector", map[string]any{"nodeId": document.Root.NodeID, "selector": "#file"}, &input)
	all := make([]string, len(files))
	for i, f := range files {
		var err error
		all[i], err = filepath.Abs(f)
		p.must(err)
	}
	p.call("DOM.setFileInputFiles", map[string]any{"files": all, "nodeId": input.NodeID}, nil)
}

// click presses the mouse on an element.
func (p *tab) click(selector string) {
	p.t.Helper()
	p.eval(fmt.Sprintf(`document.querySelector(%q).scrollIntoView({block: "center"})`, selector))
	at, ok := p.eval(fmt.Sprintf(`(() => { const r = document.querySelector(%q).getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] })()`, selector)).([]any)
	if !ok || len(at) != 2 {
		p.t.Fatalf("no place for %s", selector)
	}
	for _, kind := range []string{"mousePressed", "mouseReleased"} {
		p.call("Input.dispatchMouseEvent", map[string]any{"type": kind, "x": at[0], "y": at[1], "button": "left", "clickCount": 1}, nil)
	}
}

// key presses a key.
func (p *tab) key(name string) {
	p.t.Helper()
	codes := map[string]int{"Tab": 9, "Enter": 13, " ": 32, "Escape": 27}
	press := map[string]any{"type": "keyDown", "key": name, "windowsVirtualKeyCode": codes[name]}
	if text := map[string]string{"Enter": "\r", " ": " "}[name]; text != "" {
		press["text"] = text
	}
	p.call("Input.dispatchKeyEvent", press, nil)
	p.call("Input.dispatchKeyEvent", map[string]any{"type": "keyUp", "key": name, "windowsVirtualKeyCode": codes[name]}, nil)
}

// tabTo presses Tab until the element has the focus.
func (p *tab) tabTo(selector string) {
	p.t.Helper()
	for range 60 {
		if p.eval(fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) == true {
			return
		}
		p.key("Tab")
	}
	p.t.Fatalf("Tab never gets to %s; it is at %s", selector, p.text("document.activeElement.outerHTML"))
}

// verdict waits for a result and returns its verdict.
func (p *tab) verdict() string {
	p.t.Helper()
	p.until(`!document.getElementById("result").hidden || !document.getElementById("trouble").hidden`)
	if p.eval(`document.getElementById("result").hidden`) == true {
		p.t.Fatalf("no result: %s", p.text(`document.getElementById("trouble").innerText`))
	}
	return p.text(`document.querySelector(".verdict").dataset.verdict`)
}

// clean asserts that the page has complained of nothing, and asked nobody but its server for anything.
func (p *tab) clean() {
	p.t.Helper()
	p.safe()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.complaints) > 0 {
		p.t.Errorf("complaints: %q", p.complaints)
	}
}

// safe is clean for a page that may complain of answers of the server other than 200.
func (p *tab) safe() {
	p.t.Helper()
	if v := p.eval("violations"); fmt.Sprint(v) != "[]" {
		p.t.Errorf("violations of the Content-Security-Policy: %v", v)
	}
	if n := p.eval("pwned"); n != 0.0 {
		p.t.Errorf("a script of the badge has run")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, r := range p.requests {
		if !strings.HasPrefix(r.URL, p.origin+"/") && !strings.HasPrefix(r.URL, "data:") && !strings.HasPrefix(r.URL, "blob:"+p.origin) {
			p.t.Errorf("a request to somebody else: %+v", r)
		}
	}
}

// asked returns the requests to the server whose path begins so.
func (p *tab) asked(method, path string) (out []sent) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, r := range p.requests {
		if r.Method == method && strings.HasPrefix(r.URL, p.origin+path) {
			out = append(out, r)
		}
	}
	return out
}

// shot writes a picture of the whole page into the folder that BADGEPROOF_SHOTS names, for people to look at.
func (p *tab) shot(name string) {
	p.t.Helper()
	dir := os.Getenv("BADGEPROOF_SHOTS")
	if dir == "" {
		return
	}
	var size struct {
		CSSContentSize struct{ Width, Height float64 }
	}
	p.call("Page.getLayoutMetrics", nil, &size)
	var out struct{ Data string }
	p.call("Page.captureScreenshot", map[string]any{"format": "png", "captureBeyondViewport": true, "clip": map[string]any{
		"x": 0, "y": 0, "width": size.CSSContentSize.Width, "height": size.CSSContentSize.Height, "scale": 1,
	}}, &out)
	png, err := base64.StdEncoding.DecodeString(out.Data)
	p.must(err)
	p.must(os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644))
}
