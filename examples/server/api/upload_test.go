package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/examples/server/lookup"
	"github.com/badgeproof/badgeproof/examples/server/policies"
	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/fetch"
)

const badges = "../../../testdata/badges/"

// replay answers from the bundle that the badges of testdata come with.
type replay struct{ *fetch.Replayer }

func (replay) FreshUntil(string) time.Time { return time.Time{} }

func recorded(t testing.TB) (lookup.Source, time.Time) {
	t.Helper()
	data, err := os.ReadFile("../../../testdata/evidence/all.json")
	if err != nil {
		t.Fatal(err)
	}
	b, err := fetch.ParseBundle(data)
	if err != nil {
		t.Fatal(err)
	}
	return replay{fetch.NewReplayer(b)}, b.RecordedAt
}

// newReplaying makes a server for the badges of testdata.
func newReplaying(t testing.TB) *Server {
	source, at := recorded(t)
	return newServer(t, func(o *Options) { o.Source, o.Clock = source, func() time.Time { return at } })
}

// report is what the tests read of a report.
type report struct {
	Container, Format, Verdict string
	Checks                     []struct{ Check, Outcome, Reason string }
}

// TestFiles sends files of every kind, as they are and in a form: the verdict is in the report, the status is 200.
func TestFiles(t *testing.T) {
	s := newReplaying(t)
	for name, want := range map[string]report{
		"simple.json":             {"json", "data-integrity", "valid", nil},
		"complete.png":            {"png", "data-integrity", "valid", nil},
		"simple-body.svg":         {"svg", "data-integrity", "valid", nil},
		"simple-jwt.png":          {"png", "jwt", "valid", nil},
		"jwt-eddsa.jwt":           {"jwt", "jwt", "valid", nil},
		"tampered-name.json":      {"json", "data-integrity", "invalid", nil},
		"baked-tampered.png":      {"png", "data-integrity", "invalid", nil},
		"status-revoked.json":     {"json", "data-integrity", "invalid", nil},
		"status-unreachable.json": {"json", "data-integrity", "indeterminate", nil},
		"text-trailing.json":      {"", "", "invalid", nil},
		"baked-nothing.png":       {"", "", "invalid", nil},
	} {
		data, err := os.ReadFile(filepath.Join(badges, name))
		if err != nil {
			t.Fatal(err)
		}
		kind, body := form(t, map[string]string{"file": string(data)})
		for _, c := range []call{
			{method: "POST", path: "/verify", body: string(data), kind: "application/octet-stream"},
			{method: "POST", path: "/verify", body: string(data)},
			{method: "POST", path: "/verify", body: string(data), kind: "application/x-www-form-urlencoded"}, // curl --data-binary
			{method: "POST", path: "/verify", body: body, kind: kind},
		} {
			var got report
			a := do(t, s, c)
			a.into(t, &got)
			if a.status != http.StatusOK || got.Container != want.Container || got.Format != want.Format || got.Verdict != want.Verdict {
				t.Errorf("%s as %q: %d %+v", name, c.kind, a.status, got)
			}
		}
	}
}

// form makes a body of multipart/form-data.
func form(t testing.TB, fields map[string]string) (kind, body string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, value := range fields {
		create := w.CreateFormField
		if name == "file" {
			create = func(name string) (io.Writer, error) { return w.CreateFormFile(name, "badge") }
		}
		part, err := create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write([]byte(value))
	}
	_ = w.Close()
	return w.FormDataContentType(), b.String()
}

func TestForms(t *testing.T) {
	w, s := newWorld(), newServer(t, nil)
	good := string(w.good)
	w.source.Put("https://files.example/badge.json", "application/json", w.good)
	for name, c := range map[string]struct {
		fields  map[string]string
		status  int
		verdict string // or code
	}{
		"file":             {map[string]string{"file": good}, 200, "valid"},
		"recipient":        {map[string]string{"file": good, "recipient": "id=did:example:ada"}, 200, "valid"},
		"other recipient":  {map[string]string{"file": good, "recipient": "id=did:example:eve"}, 200, "invalid"},
		"e-mail":           {map[string]string{"file": good, "recipient": "emailAddress=ada@example.org"}, 200, "indeterminate"},
		"policy":           {map[string]string{"file": string(w.foreign), "policy": "conformance"}, 200, "valid"},
		"issuer":           {map[string]string{"file": good, "issuer": issued}, 200, "valid"},
		"other issuer":     {map[string]string{"file": good, "issuer": "did:web:other.example"}, 200, "invalid"},
		"default policy":   {map[string]string{"file": string(w.foreign), "recipient": ""}, 200, "invalid"},
		"url":              {map[string]string{"url": " https://files.example/badge.json "}, 200, "valid"},
		"unknown field":    {map[string]string{"file": good, "recipent": "id=did:example:eve"}, 400, "request.form"},
		"nameless field":   {map[string]string{"file": good, "": "id=did:example:eve"}, 400, "request.form"},
		"issuer, unbound":  {map[string]string{"file": string(w.foreign), "policy": "conformance", "issuer": issued}, 400, "request.option"},
		"own, unbound":     {map[string]string{"file": good, "policy": "conformance", "issuer": issued}, 400, "request.option"},
		"nothing":          {map[string]string{}, 400, "request.form"},
		"file and url":     {map[string]string{"file": good, "url": "https://files.example/badge.json"}, 400, "request.form"},
		"no recipient":     {map[string]string{"file": good, "recipient": "ada@example.org"}, 400, "request.form"},
		"unknown policy":   {map[string]string{"file": good, "policy": "none"}, 400, "request.policy"},
		"url that is gone": {map[string]string{"url": "https://files.example/gone"}, 422, "request.url"},
		"url too long":     {map[string]string{"url": "https://files.example/" + strings.Repeat("a", 3000)}, 400, "request.url"},
	} {
		kind, body := form(t, c.fields)
		a := do(t, s, call{method: "POST", path: "/verify", body: body, kind: kind})
		var got struct{ Verdict, Code string }
		a.into(t, &got)
		if a.status != c.status || got.Verdict+got.Code != c.verdict {
			t.Errorf("%s: %d %+v", name, a.status, got)
		}
	}
	for name, body := range map[string]string{"cut": "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc", "empty": "",
		"twice": "--x\r\nContent-Disposition: form-data; name=\"policy\"\r\n\r\na\r\n--x\r\nContent-Disposition: form-data; name=\"policy\"\r\n\r\na\r\n--x--"} {
		if a := do(t, s, call{method: "POST", path: "/verify", body: body, kind: "multipart/form-data; boundary=x"}); a.status != 400 || a.codes(t)[0] != "request.form" {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
}

func TestURLs(t *testing.T) {
	w, s := newWorld(), newServer(t, nil)
	const there = "https://files.example/badge.json"
	w.source.Put(there, "application/json", w.good)
	for name, c := range map[string]struct {
		call call
		want string
	}{
		"GET":             {call{method: "GET", path: "/verify?url=" + url.QueryEscape(there)}, "valid"},
		"POST":            {call{method: "POST", path: "/verify", body: `{"url": "` + there + `"}`, kind: "application/json"}, "valid"},
		"POST, policy":    {call{method: "POST", path: "/verify?policy=off", body: `{"url": "` + there + `"}`, kind: "application/json"}, "valid"},
		"policy inside":   {call{method: "POST", path: "/verify", body: `{"url": "` + there + `", "policy": "off"}`, kind: "application/json"}, "request.option"},
		"no such policy":  {call{method: "POST", path: "/verify?policy=none", body: `{"url": "` + there + `"}`, kind: "application/json"}, "request.policy"},
		"URL twice":       {call{method: "POST", path: "/verify", body: `{"url": "` + there + `", "url": "` + there + `"}`}, "invalid"},
		"more than a URL": {call{method: "POST", path: "/verify", body: `{"url": "` + there + `", "issuer": "x"}`, kind: "application/json"}, "invalid"}, // a poor credential
		"gone":            {call{method: "GET", path: "/verify?url=https://files.example/gone"}, "request.url"},
		"no URL":          {call{method: "GET", path: "/verify"}, "request.missing"},
		"no switch":       {call{method: "GET", path: "/verify?url=" + there + "&view=maybe"}, "request.option"},
	} {
		a := do(t, s, c.call)
		var got struct{ Verdict, Code string }
		if a.into(t, &got); got.Verdict+got.Code != c.want {
			t.Errorf("%s: %d %+v, want %s", name, a.status, got, c.want)
		}
	}
}

// TestQueries: what the URL of a request asks for is honoured or refused, and never passed over.
func TestQueries(t *testing.T) {
	w, s := newWorld(), newServer(t, nil)
	kind, foreign := form(t, map[string]string{"file": string(w.foreign), "policy": "conformance"})
	for query, want := range map[string]string{
		"": "valid", "?policy=off": "valid", "?policy=default&view=0": "valid",
		"?policy=none": "request.policy", "?policy=": "request.policy", "?policy": "request.policy",
		"?policy=off&policy=default": "request.option", "?policy=none;": "request.option", "?policy=%zz": "request.option", "?x;policy=none": "request.option",
		"?recipient=id=did:example:eve": "request.option", "?issuer=did:web:other.example": "request.option", "?Policy=none": "request.option",
		"?url=https://files.example/other.json": "request.option",
	} {
		a := do(t, s, call{method: "POST", path: "/verify" + query, body: string(w.good)})
		var got struct{ Verdict, Code string }
		if a.into(t, &got); got.Verdict+got.Code != want || (got.Code != "") != (a.status == 400) {
			t.Errorf("%s: %d %+v, want %s", query, a.status, got, want)
		}
	}
	for path, want := range map[string]string{
		"/verify": "valid", "/verify?policy=conformance": "valid", "/verify?policy=default": "request.policy",
	} {
		a := do(t, s, call{method: "POST", path: path, body: foreign, kind: kind})
		var got struct{ Verdict, Code string }
		if a.into(t, &got); got.Verdict+got.Code != want {
			t.Errorf("a form to %s: %d %+v, want %s", path, a.status, got, want)
		}
	}
	w.source.Put("https://files.example/query?a=1&b=2", "application/json", w.good)
	for query, want := range map[string]string{
		"url=https://files.example/query?a=1%26b=2":              "valid",
		"url=https://files.example/query?a=1&b=2":                "request.option",
		"url=https://files.example/query?a=1&url=x":              "request.option",
		"url=https://files.example/query?a=1%26b=2&issuer=x":     "request.option",
		"url=https://files.example/query?a=1%26b=2&policy=":      "request.policy",
		"url=https://files.example/query?a=1%26b=2&policy=off":   "valid",
		"url=https://files.example/query?a=1%26b=2&recipient=id": "request.option",
	} {
		a := do(t, s, call{method: "GET", path: "/verify?" + query})
		var got struct{ Verdict, Code string }
		if a.into(t, &got); got.Verdict+got.Code != want {
			t.Errorf("%s: %d %+v, want %s", query, a.status, got, want)
		}
	}
}

// TestGuardedURLs: with the guarded client, a URL leads to no file, no other scheme and no private address.
func TestGuardedURLs(t *testing.T) {
	s := newServer(t, func(o *Options) { o.Source = fetch.New(fetch.Options{}) })
	for _, u := range []string{"file:///etc/passwd", "http://example.com/", "https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://169.254.169.254/latest"} {
		if a := do(t, s, call{method: "GET", path: "/verify?url=" + url.QueryEscape(u)}); a.status != 422 {
			t.Errorf("%s: %d", u, a.status)
		}
	}
}

// TestView asks for everything, and verifies again from the evidence alone.
func TestView(t *testing.T) {
	s := newReplaying(t)
	data, err := os.ReadFile(badges + "complete.png")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time, a verifier with a memory would ask for less
		var got struct {
			Report report
			Policy policyNote
			Badge  struct {
				Kind, Name, Verdict string
				Picture             struct{ Source string }
			}
			Evidence json.RawMessage
		}
		a := do(t, s, call{method: "POST", path: "/verify?view=1", body: string(data), header: map[string]string{"Accept-Language": "de-AT, de;q=0.8, *;q=0.1"}})
		a.into(t, &got)
		if got.Report.Verdict != "valid" || got.Badge.Verdict != "valid" || got.Badge.Kind != "badge" || got.Badge.Name == "" || got.Policy.Name != "default" {
			t.Fatalf("%+v", got)
		}
		bundle, err := fetch.ParseBundle(got.Evidence)
		if err != nil {
			t.Fatal(err)
		}
		f := fetch.NewReplayer(bundle)
		v, err := verify.New(verify.Config{Keys: keys.Default(f), Status: f, Schemas: f, Resources: f})
		if err != nil {
			t.Fatal(err)
		}
		b, err := badge.Open(data)
		if err != nil {
			t.Fatal(err)
		}
		p := badge.Policy(verify.UnsafeAnyIssuer())
		p.At = bundle.RecordedAt
		if r, err := badge.Verify(t.Context(), v, b, p); err != nil {
			t.Errorf("from the evidence: %v %v", r.Verdict, err)
		}
		if len(bundle.Documents) < 2 {
			t.Errorf("the evidence has %d documents", len(bundle.Documents))
		}
	}
	a := do(t, s, call{method: "POST", path: "/verify?evidence=true", body: "no badge"})
	var got map[string]json.RawMessage
	if a.into(t, &got); got["badge"] != nil || got["evidence"] == nil {
		t.Errorf("evidence alone: %s", a.body)
	}
}

func TestBundleThatIsTooLong(t *testing.T) {
	long := &fetch.Bundle{RecordedAt: time.Now(), Documents: []fetch.Document{{URL: "https://a.example/", Status: 200, Body: make([]byte, maxEvidence)}}}
	if bundle(long) != nil || bundle(nil) != nil || bundle(&fetch.Bundle{}) != nil {
		t.Error("evidence that is none, or too long, is in the answer")
	}
}

// TestRelay: documents are for scripts of the server's own page.
func TestRelay(t *testing.T) {
	w := newWorld()
	w.source.Fail("https://a.example/broken", &fetch.Error{URL: "https://a.example/broken", Reason: fetch.ReasonStatus, Status: 410, Detail: "gone"})
	w.source.Fail("https://a.example/odd", errors.New("odd"))
	w.source.Put("https://a.example/page", "text/html", []byte("<script>alert(1)</script>"))
	on := newServer(t, func(o *Options) { o.Relay = true })
	page := map[string]string{"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty", "Accept": "*/*"}
	for name, c := range map[string]struct {
		server *Server
		url    string
		header map[string]string
		status int
	}{
		"document":   {on, list, page, 200},
		"markup":     {on, "https://a.example/page", page, 200},
		"off":        {newServer(t, nil), list, page, 404},
		"no browser": {on, list, nil, 403},
		"other site": {on, list, map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "empty"}, 403},
		"same site":  {on, list, map[string]string{"Sec-Fetch-Site": "same-site", "Sec-Fetch-Dest": "empty"}, 403},
		"navigation": {on, list, map[string]string{"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "document"}, 403},
		"script":     {on, list, map[string]string{"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "script"}, 403},
		"typed":      {on, list, map[string]string{"Sec-Fetch-Site": "none", "Sec-Fetch-Dest": "document"}, 403},
		"no URL":     {on, "", page, 400},
		"broken":     {on, "https://a.example/broken", page, 502},
		"odd":        {on, "https://a.example/odd", page, 502},
	} {
		a := do(t, c.server, call{method: "GET", path: "/document?url=" + c.url, header: c.header})
		if a.status != c.status {
			t.Errorf("%s: %d, want %d", name, a.status, c.status)
		}
		h := a.header
		if a.status == 200 && (h.Get("Content-Location") != c.url || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Content-Disposition") != "attachment" ||
			!strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || h.Get("Access-Control-Allow-Origin") != "") {
			t.Errorf("%s: %v", name, h)
		}
	}
	if a := do(t, on, call{method: "GET", path: "/document?url=https://a.example/broken", header: page}); a.header.Get("X-Document-Status") != "410" {
		t.Error("what the host answered is lost")
	}
}

func TestServersThatCannotBe(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"no policy":   func(o *Options) { o.Policies = nil },
		"two of one":  func(o *Options) { o.Policies = append(o.Policies, policies.Open()) },
		"conformance": func(o *Options) { o.Policies = []*policies.Named{policies.ConformanceSuites()} },
		"context": func(o *Options) {
			n := policies.Open()
			n.Contexts = map[string][]byte{"https://www.w3.org/ns/credentials/v2": []byte(`{"@context": {}}`)}
			o.Policies = []*policies.Named{n}
		},
	} {
		o := Options{Policies: []*policies.Named{policies.Open()}, Source: newWorld().source}
		change(&o)
		if _, err := New(o); err == nil {
			t.Errorf("%s: there is a server", name)
		}
	}
}
