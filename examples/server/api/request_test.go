package api

import (
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/examples/server/policies"
	"github.com/badgeproof/badgeproof/verify"
)

// asked reads a body as the request to verify a credential.
func asked(kind, body string) (*request, *problem) {
	r := httptest.NewRequest("POST", forCredentials, nil)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	return readRequest(r, []byte(body), credentials)
}

// TestOptionsOfEvidence: what stands in evidence that is sent alone is no option, whatever it is recognized by.
func TestOptionsOfEvidence(t *testing.T) {
	const options = `"options":{"policy":"off","challenge":"c","returnResults":true,"checks":["status"]}`
	for _, alone := range []string{`{"@context":[],` + options + `}`, `{"type":[],` + options + `}`, `{"@context":[],"verifiableCredential":{},` + options + `}`} {
		for _, kind := range []string{"", "application/json", "application/vc", "application/vc+ld+json"} {
			q, p := asked(kind, alone)
			if p != nil || q.text != alone || q.policy != "" || q.challenge != "" || q.results || q.checks != nil || !q.problems {
				t.Errorf("%s as %q: %+v, %+v", alone, kind, q, p)
			}
		}
	}
	q, p := asked("", `{"verifiableCredential":{"type":[]},`+options+`}`) // the twin: those of the request
	if p != nil || q.policy != "off" || q.challenge != "c" || !q.results || len(q.checks) != 1 {
		t.Errorf("%+v, %+v", q, p)
	}
	q, p = asked("application/vc+jwt", `{"verifiableCredential":{},`+options+`}`) // which is what it is, a bad token
	if p != nil || q.policy != "" || q.raw != "null" || !strings.HasPrefix(q.text, "{") || !q.problems {
		t.Errorf("%+v, %+v", q, p)
	}
}

// TestOptionForms: an option that cannot be honoured is refused, and one that can is.
func TestOptionForms(t *testing.T) {
	many := `"status"` + strings.Repeat(`,"status"`, maxOptions-1)
	for options, code := range map[string]string{
		`{}`: "", `null`: "", `[]`: "request.type", `"x"`: "request.type", `{"checks":null}`: "", `{"checks":"status"}`: "", `{"checks":["status"]}`: "",
		`{"checks":7}`: "request.option", `{"checks":{}}`: "request.option", `{"checks":true}`: "request.option", `{"checks":["gone"]}`: "request.option", `{"checks":[7]}`: "request.option",
		`{"checks":[` + many + `]}`: "", `{"checks":[` + many + `,"status"]}`: "request.option",
		`{"checks":["challenge"]}`: "request.option", `{"checks":["domain"]}`: "request.option", `{"checks":["challenge"],"domain":"d"}`: "request.option",
		`{"checks":["domain"],"challenge":"c"}`: "request.option", `{"checks":["challenge","domain"],"challenge":"c","domain":"d"}`: "",
		`{"challenge":""}`: "request.option", `{"challenge":7}`: "request.option", `{"challenge":null}`: "", `{"challenge":["c"]}`: "", `{"challenge":["c","d"]}`: "request.option", `{"challenge":{}}`: "request.option",
		`{"expectedProofPurpose":"assertionMethod"}`: "", `{"expectedProofPurpose":"authentication"}`: "request.purpose",
	} {
		q, p := asked("", `{"verifiableCredential":{"type":[]},"options":`+options+`}`)
		if (p != nil) != (code != "") || p != nil && p.Code != code {
			t.Errorf("%s: %+v, %+v", options, q, p)
		}
	}
	for text, want := range map[string]bool{"true": true, "false": false, `"true"`: false, "1": false, "null": false} {
		if q, p := asked("", `{"verifiableCredential":{},"options":{"returnCredential":`+text+`}}`); p != nil || q.returned != want {
			t.Errorf("returnCredential %s: %+v, %+v", text, q, p)
		}
	}
}

// TestDemandTakesNothingAway: a check that a request names is made by every policy, and none is made weaker.
func TestDemandTakesNothingAway(t *testing.T) {
	for was, named := range map[verify.Level]verify.Level{verify.Off: verify.IfPresent, verify.Advisory: verify.IfPresent, verify.IfPresent: verify.IfPresent, verify.Required: verify.Required} {
		p := verify.Policy{Status: was, Schema: was}
		(&request{checks: []string{"status"}, challenge: "c", domain: "d"}).demand(&p)
		if p.Status != named || p.Schema != was || p.Challenge != "c" || p.Domain != "d" {
			t.Errorf("%v becomes %v, beside %v", was, p.Status, p.Schema)
		}
	}
}

// TestServerPolicies: a server has policies with names of their own, and does not judge by one that ties no keys to
// issuers unless it is asked to.
func TestServerPolicies(t *testing.T) {
	for i, tc := range []struct {
		all  []*policies.Named
		made bool
	}{
		{[]*policies.Named{policies.Open(), policies.ConformanceSuites()}, true},
		{[]*policies.Named{policies.ConformanceSuites(), policies.Open()}, false},
		{[]*policies.Named{policies.Open(), policies.Open()}, false},
		{nil, false},
	} {
		s, err := New(Options{Policies: tc.all, Source: newWorld().source})
		if (err == nil) != tc.made {
			t.Errorf("%d: %v", i, err)
			continue
		}
		if !tc.made {
			continue
		}
		if j, p := s.judgeOf("", true); p != nil || j.Name != policies.Default {
			t.Errorf("the default is %+v, %+v", j, p)
		}
		for name, issuer := range map[string]bool{policies.Conformance: true, "gone": false} {
			if _, p := s.judgeOf(name, issuer); p == nil {
				t.Errorf("%s with a demand on the issuer %s: taken", name, strconv.FormatBool(issuer))
			}
		}
	}
}
