package api

import (
	"bytes"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/badgeproof/badgeproof/examples/server/admit"
)

// described is /openapi.json, read.
var described = sync.OnceValue(func() map[string]any {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(openapiDocument))
	if err != nil {
		panic(err)
	}
	return doc.(map[string]any)
})

var compiled = struct {
	sync.Mutex
	schemas map[string]*jsonschema.Schema
}{schemas: map[string]*jsonschema.Schema{}}

// schemaAt compiles a schema of the document by its JSON Pointer.
func schemaAt(pointer string) (*jsonschema.Schema, error) {
	compiled.Lock()
	defer compiled.Unlock()
	if s := compiled.schemas[pointer]; s != nil {
		return s, nil
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("https://localhost/openapi.json", described()); err != nil {
		return nil, err
	}
	s, err := c.Compile("https://localhost/openapi.json#" + pointer)
	compiled.schemas[pointer] = s
	return s, err
}

func at(v any, path ...string) map[string]any {
	for _, name := range path {
		m, _ := v.(map[string]any)
		v = m[name]
	}
	m, _ := v.(map[string]any)
	return m
}

// breach returns why an answer is not one that the document describes; "" where it is.
func breach(c call, a answered) string {
	path, _, _ := strings.Cut(c.path, "?")
	method := strings.ToLower(c.method)
	operation := at(described(), "paths", path, method)
	if operation == nil {
		return "" // no path or method of the API: what they answer is tested apart
	}
	status := strconv.Itoa(a.status)
	response := at(operation, "responses", status)
	if response == nil {
		return c.method + " " + path + " answers " + status + ", which is not described"
	}
	for name, h := range at(response, "headers") {
		if required, _ := h.(map[string]any)["required"].(bool); required && a.header.Get(name) == "" {
			return name + " is missing"
		}
	}
	content := at(response, "content")
	kind, _, _ := strings.Cut(a.header.Get("Content-Type"), ";")
	if content[kind] == nil {
		if content["*/*"] != nil {
			return ""
		}
		return c.method + " " + path + " answers " + status + " as " + kind + ", which is not described"
	}
	if !strings.HasSuffix(kind, "json") {
		return ""
	}
	schema, err := schemaAt("/paths/" + strings.ReplaceAll(path, "/", "~1") + "/" + method + "/responses/" + status +
		"/content/" + strings.ReplaceAll(kind, "/", "~1") + "/schema")
	if err != nil {
		return err.Error()
	}
	body, err := jsonschema.UnmarshalJSON(bytes.NewReader(a.body))
	if err == nil {
		err = schema.Validate(body)
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func conforms(t testing.TB, c call, a answered) {
	t.Helper()
	if c.method == http.MethodHead {
		return
	}
	if b := breach(c, a); b != "" {
		t.Errorf("%s %s: %s\n%.600s", c.method, c.path, b, a.body)
	}
}

// TestBreachesAreSeen is the twin of every use of conforms.
func TestBreachesAreSeen(t *testing.T) {
	problem := `{"type": "https://a.example/", "title": "", "status": 400, "detail": "", "code": "x"}`
	of := func(status int, kind, body string) answered {
		return answered{status, http.Header{"Content-Type": {kind}}, []byte(body)}
	}
	c := call{method: "POST", path: "/credentials/verify?policy=x"}
	if b := breach(c, of(400, "application/json", `{"verified": false, "checks": [], "warnings": [], "errors": ["a"], "problemDetails": [{"type": "https://a.example/", "title": "", "detail": "", "code": "a.b", "pointer": ""}]}`)); b != "" {
		t.Error("a good one:", b)
	}
	for name, a := range map[string]answered{
		"a status that is not described": of(418, "application/problem+json", problem),
		"a media type that is not":       of(400, "text/html", problem),
		"no Retry-After":                 of(503, "application/problem+json", problem),
		"verified with errors":           of(200, "application/json", `{"verified": true, "checks": [], "warnings": [], "errors": ["a"], "problemDetails": [], "results": null, "policy": {"name": "x"}}`),
		"refused without a problem":      of(400, "application/json", `{"verified": false, "checks": [], "warnings": [], "errors": ["a"], "problemDetails": []}`),
		"a member that is not":           of(400, "application/json", `{"verified": false, "checks": [], "warnings": [], "errors": ["a"], "problemDetails": [{"type": "https://a.example/", "title": "", "detail": "", "code": "a.b", "pointer": ""}], "more": 1}`),
		"no JSON":                        of(400, "application/json", `{`),
	} {
		if breach(c, a) == "" {
			t.Errorf("%s was not seen", name)
		}
	}
}

// TestEveryRouteIsDescribed compares the paths and methods of the document with those of the server.
func TestEveryRouteIsDescribed(t *testing.T) {
	there, documented := map[string]bool{}, map[string]bool{}
	for _, r := range newServer(t, nil).table() {
		for m := range r.methods {
			there[m+" "+r.path] = true
		}
	}
	for path, item := range at(described(), "paths") {
		for m := range item.(map[string]any) {
			documented[strings.ToUpper(m)+" "+path] = true
		}
	}
	if !maps.Equal(there, documented) {
		t.Errorf("the server has %v, and the document %v", there, documented)
	}
}

// TestEveryAnswerIsGiven makes each status that the document describes happen, so that it promises nothing that the
// server does not do. What each answer holds is checked by do.
func TestEveryAnswerIsGiven(t *testing.T) {
	w := newWorld()
	full := newServer(t, func(o *Options) { o.Limits = admit.Limits{InFlight: 1} })
	if _, err := full.gate.Enter("", 1); err != nil {
		t.Fatal(err)
	}
	busy := newServer(t, func(o *Options) { o.Limits, o.Relay = admit.Limits{PerClient: 1}, true })
	if _, err := busy.gate.Enter("192.0.2.1", 1); err != nil { // the address of httptest's requests
		t.Fatal(err)
	}
	short := newServer(t, func(o *Options) { o.Body = 10 })
	named := newServer(t, func(o *Options) { o.Hosts = []string{"localhost"} })
	broken := newServer(t, nil)
	mux := http.NewServeMux()
	for _, r := range broken.table() {
		mux.HandleFunc(r.path, func(http.ResponseWriter, *http.Request) { panic("on purpose") })
	}
	broken.handler = broken.outer(mux)
	relay := newServer(t, func(o *Options) { o.Relay = true })
	full.o.Relay = true

	page := map[string]string{"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty"}
	ask := func(method, path string) call { // a request that is well answered
		switch path {
		case "/credentials/verify":
			return call{method: method, path: path, body: vcBody(string(w.good)), kind: "application/json"}
		case "/presentations/verify":
			return call{method: method, path: path, body: vpBody(string(w.shown)), kind: "application/json"}
		case "/document":
			return call{method: method, path: path + "?url=" + list, header: page}
		case "/verify":
			if method == "GET" {
				return call{method: method, path: path + "?url=" + list}
			}
			return call{method: method, path: path, body: string(w.good)}
		}
		return call{method: method, path: path}
	}
	foreign := map[string]string{"Sec-Fetch-Site": "cross-site"}
	produce := map[string]func(c call) (*Server, call){
		"200": func(c call) (*Server, call) { return relay, c },
		"400": func(c call) (*Server, call) {
			c.path, _, _ = strings.Cut(c.path, "?")
			c.body = "{}"
			if c.path == "/verify" && c.method == "POST" {
				c.path += "?policy=none"
			}
			return relay, c
		},
		"403": func(c call) (*Server, call) { c.header = foreign; return relay, c },
		"404": func(c call) (*Server, call) { return named, c },
		"405": func(c call) (*Server, call) { return named, c }, // below: the method is another one
		"413": func(c call) (*Server, call) { return short, c },
		"415": func(c call) (*Server, call) { c.kind = "text/plain; charset=utf-16"; return named, c },
		"421": func(c call) (*Server, call) { c.host = "evil.example"; return named, c },
		"422": func(c call) (*Server, call) {
			c.path, c.body = strings.Replace(c.path, list, "https://gone.example/", 1), `{"url": "https://gone.example/"}`
			return relay, c
		},
		"429": func(c call) (*Server, call) { return busy, c },
		"500": func(c call) (*Server, call) { return broken, c },
		"502": func(c call) (*Server, call) { c.path = "/document?url=https://gone.example/"; return relay, c },
		"503": func(c call) (*Server, call) { return full, c },
	}
	for path, item := range at(described(), "paths") {
		for method, operation := range item.(map[string]any) {
			for status := range at(operation, "responses") {
				s, c := produce[status](ask(strings.ToUpper(method), path))
				if status == "405" {
					otherMethod(t, s, path, operation)
					continue
				}
				if a := do(t, s, c); strconv.Itoa(a.status) != status {
					t.Errorf("%s %s: %d, want %s: %.300s", c.method, c.path, a.status, status, a.body)
				}
			}
		}
	}
}

// otherMethod asks by a method that a path does not have, and holds the answer to the description of 405.
func otherMethod(t *testing.T, s *Server, path string, operation any) {
	t.Helper()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, call{method: "DELETE", path: path}.request())
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") == "" {
		t.Errorf("DELETE %s: %d with Allow %q", path, w.Code, w.Header().Get("Allow"))
	}
	if kinds := at(operation, "responses", "405", "content"); !slices.Contains(slices.Collect(maps.Keys(kinds)), w.Header().Get("Content-Type")) {
		t.Errorf("DELETE %s: %s", path, w.Header().Get("Content-Type"))
	}
}
