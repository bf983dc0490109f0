package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/examples/server/policies"
	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

const (
	suite  = "eddsa-rdfc-2022"
	list   = "https://status.example/1"
	issued = "did:web:issuer.example"
)

// source is a Host that the server can ask.
type source struct{ verifytest.Host }

func (s *source) FetchFrom(ctx context.Context, url, accept string) ([]byte, string, string, error) {
	body, kind, err := s.Fetch(ctx, url, accept)
	return body, kind, url, err
}

func (s *source) FreshUntil(string) time.Time { return time.Time{} }

// world is an issuer, what it published, and credentials of every kind.
type world struct {
	source  *source
	issuer  *verifytest.Issuer
	holder  *verifytest.Issuer
	good    []byte // by the issuer, with a status
	jwt     []byte
	sdjwt   []byte
	revoked []byte
	lost    []byte // its status list cannot be had
	expired []byte
	foreign []byte // in the name of somebody else
	shown   []byte // a presentation of one like good by its subject, for the challenge "c" and the domain "d.example"
}

var newWorld = sync.OnceValue(func() *world {
	w := &world{source: &source{}, issuer: verifytest.NewIssuer(issued, keys.Ed25519), holder: verifytest.NewIssuer("did:key", keys.Ed25519)}
	w.issuer.Publish(&w.source.Host)
	w.source.Put(list, "application/vc", w.issuer.Sign(verifytest.StatusList(list, w.issuer.ID, "revocation", 7), suite))
	status := func(url, index string) map[string]any {
		return map[string]any{"credentialStatus": map[string]any{"id": url + "#" + index, "type": "BitstringStatusListEntry",
			"statusPurpose": "revocation", "statusListIndex": index, "statusListCredential": url}}
	}
	sign := func(edits map[string]any) []byte { return w.issuer.Sign(verifytest.Badge(w.issuer.ID, edits), suite) }
	plain := verifytest.Badge(w.issuer.ID, nil)
	w.good, w.revoked, w.lost = sign(status(list, "1")), sign(status(list, "7")), sign(status("https://status.example/lost", "1"))
	w.expired = sign(map[string]any{"validFrom": "2019-01-01T00:00:00Z", "validUntil": "2020-01-01T00:00:00Z"})
	w.foreign = w.holder.Sign(plain, suite)
	w.jwt = w.issuer.SignJWT(verifytest.Claims(plain), "EdDSA", nil)
	w.sdjwt = w.issuer.SignSDJWT(plain, "EdDSA", nil, "name")
	mine := bytes.ReplaceAll(verifytest.Badge(w.issuer.ID, status(list, "1")), []byte("did:example:ada"), []byte(w.holder.ID))
	vp := verifytest.Presentation(w.holder.ID, nil, w.issuer.Sign(mine, suite))
	w.shown = verifytest.Attach(vp, w.holder.Proof(vp, suite, map[string]any{
		"proofPurpose": "authentication", "challenge": "c", "domain": "d.example"}))
	return w
})

// changed returns a document with one text in it replaced; it fails where that is not there.
func changed(t testing.TB, document []byte, from, to string) []byte {
	t.Helper()
	if !bytes.Contains(document, []byte(from)) {
		t.Fatalf("there is no %q to change", from)
	}
	return bytes.Replace(document, []byte(from), []byte(to), 1)
}

// off is a policy that does not ask for the status.
func off() *policies.Named {
	n := policies.Open()
	n.Name, n.Policy.Status = "off", verify.Off
	return n
}

// newServer makes a server in this world; change may set options.
func newServer(t testing.TB, change func(*Options)) *Server {
	t.Helper()
	o := Options{Policies: []*policies.Named{policies.Open(), policies.ConformanceSuites(), off()}, Source: newWorld().source}
	if change != nil {
		change(&o)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// call is a request to make.
type call struct {
	method, path, body, kind string
	header                   map[string]string
	host                     string
}

func (c call) request() *http.Request {
	r := httptest.NewRequest(c.method, c.path, strings.NewReader(c.body))
	r.Host = "localhost:8080"
	if c.host != "" {
		r.Host = c.host
	}
	if c.kind != "" {
		r.Header.Set("Content-Type", c.kind)
	}
	for name, value := range c.header {
		r.Header.Set(name, value)
	}
	return r
}

// answered is an answer, whose body is JSON where it says so.
type answered struct {
	status int
	header http.Header
	body   []byte
}

// do makes a request. Every answer in the tests of this package is held to the OpenAPI document.
func do(t testing.TB, s *Server, c call) answered {
	t.Helper()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, c.request())
	body, _ := io.ReadAll(w.Result().Body)
	a := answered{w.Code, w.Header(), body}
	conforms(t, c, a)
	return a
}

func post(t testing.TB, s *Server, path, body string) answered {
	t.Helper()
	return do(t, s, call{method: "POST", path: path, body: body, kind: "application/json"})
}

// into reads the body.
func (a answered) into(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal(a.body, v); err != nil {
		t.Fatalf("status %d: %v: %.200s", a.status, err, a.body)
	}
}

// verified is the body of an answer of the VC-API.
type verified struct {
	Verified       bool
	Checks, Errors []string
	ProblemDetails []struct{ Type, Code, Pointer string }
	Results        map[string]json.RawMessage
	Policy         policyNote
	Report         *struct {
		Verdict string
		Checks  []struct{ Check, Outcome, Reason string }
	}
}

// codes returns the codes of the problems in an answer, of whichever form it is.
func (a answered) codes(t testing.TB) (codes []string) {
	t.Helper()
	var v struct {
		Code           string
		ProblemDetails []struct{ Code string }
	}
	a.into(t, &v)
	if v.Code != "" {
		return []string{v.Code}
	}
	for _, p := range v.ProblemDetails {
		codes = append(codes, p.Code)
	}
	return codes
}

// quoted is a text as JSON.
func quoted(text []byte) string {
	q, _ := json.Marshal(string(text))
	return string(q)
}

// holding is the body of a request with this value in its member.
func holding(member, value string) string { return `{"` + member + `": ` + value + `}` }

func vcBody(value string) string { return holding("verifiableCredential", value) }
func vpBody(value string) string { return holding("verifiablePresentation", value) }

// with adds options to such a body.
func with(body, options string) string {
	return strings.TrimSuffix(body, "}") + `, "options": ` + options + `}`
}
