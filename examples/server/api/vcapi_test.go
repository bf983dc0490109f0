package api

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/verify/verifytest"
)

const (
	forCredentials   = "/credentials/verify"
	forPresentations = "/presentations/verify"
)

// TestCredentialShapes sends one credential in every shape that suites use, right and tampered with.
func TestCredentialShapes(t *testing.T) {
	w, s := newWorld(), newServer(t, nil)
	envelope := func(kind string, token []byte) string {
		e, _ := json.Marshal(map[string]string{"@context": "https://www.w3.org/ns/credentials/v2",
			"id": "data:" + kind + "," + string(token), "type": "EnvelopedVerifiableCredential"})
		return string(e)
	}
	broken := func(token []byte) []byte { // another signature
		head, tail, _ := strings.Cut(string(token), "~")
		i := strings.LastIndexByte(head, '.')
		head = head[:i+1] + base64.RawURLEncoding.EncodeToString(make([]byte, 64))
		if tail != "" {
			head += "~" + tail
		}
		return []byte(head)
	}
	other := changed(t, w.good, "Practical", "Theoretical")
	cose := string(w.issuer.SignCOSE(verifytest.Badge(w.issuer.ID, nil), "EdDSA", nil))
	for name, c := range map[string]struct{ good, bad, kind, code string }{
		"object":           {vcBody(string(w.good)), vcBody(string(other)), "", "proof.signature"},
		"object, options":  {with(vcBody(string(w.good)), `{"checks": ["proof"], "later": {"a": 1}}`), with(vcBody(string(other)), `{}`), "", "proof.signature"},
		"null options":     {with(vcBody(string(w.good)), `null`), with(vcBody(string(other)), `null`), "", "proof.signature"},
		"no content type":  {vcBody(string(w.good)), vcBody(string(other)), "none", "proof.signature"},
		"JWT":              {vcBody(quoted(w.jwt)), vcBody(quoted(broken(w.jwt))), "", "proof.signature"},
		"SD-JWT":           {vcBody(quoted(w.sdjwt)), vcBody(quoted(broken(w.sdjwt))), "", "proof.signature"},
		"enveloped JWT":    {vcBody(envelope("application/vc+jwt", w.jwt)), vcBody(envelope("application/vc+jwt", broken(w.jwt))), "", "proof.signature"},
		"enveloped SD-JWT": {vcBody(envelope("application/vc+sd-jwt", w.sdjwt)), vcBody(envelope("application/vc+sd-jwt", broken(w.sdjwt))), "", "proof.signature"},
		"bare object":      {string(w.good), string(other), "", "proof.signature"},
		"bare as vc":       {string(w.good), string(other), "application/vc", "proof.signature"},
		"bare JWT":         {string(w.jwt), string(broken(w.jwt)), "application/vc+jwt", "proof.signature"},
		"bare string":      {quoted(w.jwt), quoted(broken(w.jwt)), "", "proof.signature"},
		"bare SD-JWT":      {string(w.sdjwt), string(broken(w.sdjwt)), "application/dc+sd-jwt", "proof.signature"},
		"bare COSE":        {cose, cose[:len(cose)-1] + string([]byte{cose[len(cose)-1] ^ 1}), "application/vc+cose", "proof.signature"},
	} {
		kind := c.kind
		switch kind {
		case "":
			kind = "application/json; charset=UTF-8"
		case "none":
			kind = ""
		}
		a := do(t, s, call{method: "POST", path: forCredentials, body: c.good, kind: kind})
		var v verified
		a.into(t, &v)
		if a.status != http.StatusOK || !v.Verified || v.Report.Verdict != "valid" || len(v.Errors) != 0 || !slices.Contains(v.Checks, "proof") {
			t.Errorf("%s: %d %.400s", name, a.status, a.body)
		}
		a = do(t, s, call{method: "POST", path: forCredentials, body: c.bad, kind: kind})
		a.into(t, &v)
		if a.status != http.StatusBadRequest || v.Verified || len(v.Errors) == 0 {
			t.Errorf("%s, tampered with: %d %.400s", name, a.status, a.body)
		}
		if codes := a.codes(t); c.code != "" && !slices.Contains(codes, c.code) {
			t.Errorf("%s, tampered with: %v, want %s", name, codes, c.code)
		}
	}
}

// TestVerdicts has what is refused, and what is open, each by its code.
func TestVerdicts(t *testing.T) {
	w, s := newWorld(), newServer(t, nil)
	for name, c := range map[string]struct {
		credential []byte
		verdict    string
		codes      []string
	}{
		"revoked":  {w.revoked, "invalid", []string{"status.revoked"}},
		"expired":  {w.expired, "invalid", []string{"validity.expired"}},
		"foreign":  {w.foreign, "invalid", []string{"proof.controller"}},
		"unsigned": {verifytest.Badge(w.issuer.ID, nil), "invalid", []string{"proof.missing"}},
		"lost":     {w.lost, "indeterminate", []string{"verdict.undecided", "status.unreachable"}},
	} {
		a := post(t, s, forCredentials, vcBody(string(c.credential)))
		var v verified
		a.into(t, &v)
		if a.status != http.StatusBadRequest || v.Verified || v.Report.Verdict != c.verdict {
			t.Errorf("%s: %d %s", name, a.status, v.Report.Verdict)
		}
		if codes := a.codes(t); !slices.Equal(codes, c.codes) {
			t.Errorf("%s: %v, want %v", name, codes, c.codes)
		}
	}
}

// TestNonsense has bodies that hold no credential. Each is told by its code, below 500.
func TestNonsense(t *testing.T) {
	s, w := newServer(t, nil), newWorld()
	for body, code := range map[string]string{
		``:                                     "request.syntax",
		`{`:                                    "request.syntax",
		`{"verifiableCredential": 1} trailing`: "request.syntax",
		`{"verifiableCredential": {}, "verifiableCredential": {}}`: "request.syntax",
		`{}`:                                  "request.missing",
		`[]`:                                  "request.missing",
		`null`:                                "request.missing",
		`7`:                                   "request.missing",
		`{"options": {}}`:                     "request.missing",
		`{"VerifiableCredential": {}}`:        "request.missing",
		vcBody(`null`):                        "request.type",
		vcBody(`[]`):                          "request.type",
		vcBody(`[` + string(w.good) + `]`):    "request.type",
		vcBody(`7`):                           "request.type",
		vcBody(`true`):                        "request.type",
		vcBody(`""`):                          "request.type",
		vcBody(`"no token"`):                  "request.type",
		vcBody(quoted(w.good)):                "request.type",
		`"` + `"`:                             "request.type",
		vcBody(`"a.b.c"`):                     "jwt.syntax",
		vcBody(`{}`):                          "model.missing",
		vcBody(`{"@context": 1, "type": []}`): "model.context",
		with(vcBody(string(w.good)), `[]`):    "request.type",
		with(vcBody(string(w.good)), `"x"`):   "request.type",
		vcBody(string(w.shown)):               "request.kind",
		string(w.shown):                       "request.kind",
	} {
		a := post(t, s, forCredentials, body)
		if codes := a.codes(t); a.status != http.StatusBadRequest || !slices.Contains(codes, code) {
			t.Errorf("%.60s: %d %v, want %s", body, a.status, codes, code)
		}
	}
}

func TestMediaTypes(t *testing.T) {
	s, w := newServer(t, nil), newWorld()
	for kind, want := range map[string]int{
		"application/json": 200, "application/ld+json": 200, "Application/JSON; charset=utf-8": 200,
		"text/plain": 415, "application/json; charset=utf-16": 415, "multipart/form-data; boundary=x": 415, "nonsense/": 415, "image/png": 415,
	} {
		if a := do(t, s, call{method: "POST", path: forCredentials, body: vcBody(string(w.good)), kind: kind}); a.status != want {
			t.Errorf("%s: %d, want %d", kind, a.status, want)
		}
	}
	a := do(t, s, call{method: "POST", path: forCredentials, body: "x", kind: "application/json", header: map[string]string{"Content-Encoding": "gzip"}})
	if a.status != 415 || !slices.Contains(a.codes(t), "request.media") {
		t.Error("a coded body:", a.status)
	}
}

func TestPresentations(t *testing.T) {
	w, s := newWorld(), newServer(t, nil)
	unsigned := string(verifytest.Presentation("", map[string]any{"holder": nil}, w.good))
	twice := `{"presentation": {}, "verifiablePresentation": {}}`
	asked := func(options string) string { return with(vpBody(string(w.shown)), options) }
	for name, c := range map[string]struct {
		body string
		code string // "" for accepted
	}{
		"signed":              {vpBody(string(w.shown)), ""},
		"challenge":           {asked(`{"challenge": "c", "domain": "d.example", "checks": []}`), ""},
		"domain in an array":  {asked(`{"domain": ["d.example"]}`), ""},
		"purpose":             {asked(`{"expectedProofPurpose": "authentication"}`), ""},
		"bare":                {string(w.shown), ""},
		"unsigned":            {holding("presentation", unsigned), ""},
		"other challenge":     {asked(`{"challenge": "another"}`), "proof.challenge"},
		"other domain":        {asked(`{"domain": "e.example"}`), "proof.domain"},
		"other purpose":       {asked(`{"expectedProofPurpose": "assertionMethod"}`), "request.purpose"},
		"two domains":         {asked(`{"domain": ["d.example", "e.example"]}`), "request.option"},
		"empty challenge":     {asked(`{"challenge": ""}`), "request.option"},
		"number as challenge": {asked(`{"challenge": 7}`), "request.option"},
		"challenge, unsigned": {with(holding("presentation", unsigned), `{"challenge": "c"}`), "proof.missing"},
		"tampered":            {vpBody(string(changed(t, w.shown, "Practical", "Theoretical"))), "proof.signature"},
		"revoked inside":      {holding("presentation", string(verifytest.Presentation("", map[string]any{"holder": nil}, w.revoked))), "status.revoked"},
		"a credential":        {vpBody(string(w.good)), "request.kind"},
		"both members":        {twice, "request.type"},
		"of the other place":  {vcBody(string(w.good)), "request.missing"},
	} {
		a := post(t, s, forPresentations, c.body)
		switch codes := a.codes(t); {
		case c.code == "" && a.status != http.StatusOK:
			t.Errorf("%s: %d %v", name, a.status, codes)
		case c.code != "" && (a.status != http.StatusBadRequest || !slices.Contains(codes, c.code)):
			t.Errorf("%s: %d %v, want %s", name, a.status, codes, c.code)
		}
	}
}

// TestChecksDemand shows that naming a check makes sure of it, and takes none away.
func TestChecksDemand(t *testing.T) {
	w, s := newWorld(), newServer(t, nil)
	body := vcBody(string(w.revoked))
	for options, want := range map[string]string{
		`{"policy": "off"}`:                                          "",
		`{"policy": "off", "checks": ["proof"]}`:                     "",
		`{"policy": "off", "checks": ["proof", "credentialStatus"]}`: "status.revoked",
		`{"policy": "off", "checks": "status"}`:                      "status.revoked",
		`{"checks": ["proof"]}`:                                      "status.revoked",
		`{"checks": []}`:                                             "status.revoked",
		`{"checks": ["proof", "moon"]}`:                              "request.option",
		`{"checks": 7}`:                                              "request.option",
		`{"checks": [7]}`:                                            "request.option",
		`{"policy": "none"}`:                                         "request.policy",
		`{"policy": 7}`:                                              "request.option",
		`{"expectedProofPurpose": "authentication"}`:                 "request.purpose",
		`{"policy": "off", "checks": ["issuer"]}`:                    "",
		`{"policy": "conformance", "checks": ["issuer"]}`:            "request.option",
		`{"policy": "off", "checks": ["challenge"]}`:                 "request.option",
		`{"policy": "off", "checks": "domain"}`:                      "request.option",
	} {
		a := post(t, s, forCredentials, with(body, options))
		switch codes := a.codes(t); {
		case want == "" && a.status != http.StatusOK:
			t.Errorf("%s: %d %v", options, a.status, codes)
		case want != "" && (a.status != http.StatusBadRequest || !slices.Contains(codes, want)):
			t.Errorf("%s: %d %v, want %s", options, a.status, codes, want)
		}
	}
}

// TestConformancePolicy: it can be asked for, says what it is, and is nobody's default.
func TestConformancePolicy(t *testing.T) {
	w, s := newWorld(), newServer(t, nil)
	a := post(t, s, forCredentials+"?policy=conformance", vcBody(string(w.foreign)))
	var v verified
	a.into(t, &v)
	if a.status != http.StatusOK || v.Policy.Name != "conformance" || v.Policy.Note == "" {
		t.Errorf("%d %+v", a.status, v.Policy)
	}
	for _, c := range v.Report.Checks {
		if c.Check == "issuer" && (c.Outcome != "skipped" || c.Reason != "off") {
			t.Errorf("the report hides the waiver: %+v", c)
		}
	}
	if a := post(t, s, forCredentials, vcBody(string(w.foreign))); a.status != http.StatusBadRequest {
		t.Error("without asking for it:", a.status)
	}
	if a := post(t, s, forCredentials+"?policy=conformance", vcBody(string(changed(t, w.foreign, "Practical", "Theoretical")))); a.status != http.StatusBadRequest {
		t.Error("tampered with:", a.status)
	}
}

// TestEvidenceChoosesNothing: a credential that is the body itself has no options in it, whoever wrote them there.
func TestEvidenceChoosesNothing(t *testing.T) {
	w, s := newWorld(), newServer(t, nil)
	// Signed over everything, so that nothing but the policy stands in its way.
	plain := verifytest.Badge(issued, map[string]any{
		"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://www.w3.org/ns/credentials/undefined-terms/v2"},
		"options":  map[string]any{"policy": "conformance"}})
	forged := string(w.holder.Sign(plain, suite))
	for name, c := range map[string]struct {
		path, body string
		want       int
	}{
		"alone":              {forCredentials, forged, 400},
		"by the caller's":    {forCredentials + "?policy=conformance", forged, 200},
		"in a request":       {forCredentials, vcBody(forged), 400},
		"the caller says so": {forCredentials, with(vcBody(forged), `{"policy": "conformance"}`), 200},
	} {
		if a := post(t, s, c.path, c.body); a.status != c.want {
			t.Errorf("%s: %d %.400s", name, a.status, a.body)
		}
	}
}

// TestPoliciesDisagree: what the URL of a request names, such as a proxy may add, is not overridden by the body.
func TestPoliciesDisagree(t *testing.T) {
	w, s := newWorld(), newServer(t, nil)
	revoked := vcBody(string(w.revoked))
	for name, c := range map[string]struct{ query, body, code string }{
		"URL":           {"?policy=off", revoked, ""},
		"body":          {"", with(revoked, `{"policy": "off"}`), ""},
		"both":          {"?policy=off", with(revoked, `{"policy": "off"}`), ""},
		"two":           {"?policy=default", with(revoked, `{"policy": "off"}`), "request.policy"},
		"two, reversed": {"?policy=off", with(revoked, `{"policy": "default"}`), "request.policy"},
		"empty":         {"?policy=", revoked, "request.policy"},
		"twice":         {"?policy=off&policy=off", revoked, "request.option"},
		"unreadable":    {"?policy=off;", revoked, "request.option"},
	} {
		a := post(t, s, forCredentials+c.query, c.body)
		if codes := a.codes(t); c.code == "" && a.status != 200 || c.code != "" && (a.status != 400 || !slices.Contains(codes, c.code)) {
			t.Errorf("%s: %d %v, want %s", name, a.status, codes, c.code)
		}
	}
}

// TestResults looks at the results by property.
func TestResults(t *testing.T) {
	w, s := newWorld(), newServer(t, nil)
	for name, c := range map[string]struct {
		credential []byte
		property   string
		want       bool
	}{
		"good status": {w.good, "credentialStatus", true}, "revoked": {w.revoked, "credentialStatus", false},
		"good proof": {w.good, "proof", true}, "no matter who": {w.expired, "proof", true},
		"good until": {w.good, "validFrom", true}, "expired": {w.expired, "validUntil", false}, "expired, from": {w.expired, "validFrom", true},
	} {
		var v verified
		post(t, s, forCredentials, vcBody(string(c.credential))).into(t, &v)
		type item struct {
			Verified bool
			Input    json.RawMessage
		}
		var one item
		if many := []item{}; json.Unmarshal(v.Results[c.property], &many) == nil && len(many) == 1 {
			one = many[0]
		} else {
			_ = json.Unmarshal(v.Results[c.property], &one)
		}
		if one.Verified != c.want || len(one.Input) == 0 {
			t.Errorf("%s: %s is %s", name, c.property, v.Results[c.property])
		}
	}
}

func TestVCALM(t *testing.T) {
	w := newWorld()
	s := newServer(t, func(o *Options) { o.VCALM = true })
	var v map[string]json.RawMessage
	a := post(t, s, forCredentials, with(vcBody(string(w.revoked)), `{"returnCredential": true, "returnResults": true}`))
	a.into(t, &v)
	if a.status != 200 || string(v["verified"]) != "false" || len(v["results"]) == 0 || v["report"] != nil {
		t.Errorf("%d %s", a.status, a.body)
	}
	var sent, back any
	_, _ = json.Unmarshal(w.revoked, &sent), json.Unmarshal(v["credential"], &back)
	if one, _ := json.Marshal(sent); string(one) != func() string { two, _ := json.Marshal(back); return string(two) }() {
		t.Error("another credential came back")
	}
	a = post(t, s, forCredentials, with(vcBody(string(w.good)), `{"returnProblemDetails": false}`))
	clear(v)
	a.into(t, &v)
	if a.status != 200 || len(v) != 1 || string(v["verified"]) != "true" {
		t.Errorf("what nobody asked for: %s", a.body)
	}
	a = post(t, s, forPresentations, with(vpBody(string(w.shown)), `{"returnPresentation": true}`))
	clear(v)
	a.into(t, &v)
	if a.status != 200 || string(v["verified"]) != "true" || v["verifiablePresentation"] == nil || v["results"] == nil {
		t.Errorf("a presentation: %s", a.body)
	}
	for policy, want := range map[string]bool{"conformance": true, "default": false} {
		clear(v)
		a := post(t, s, forCredentials+"?policy="+policy, vcBody(quoted(w.jwt)))
		a.into(t, &v)
		if string(v["verified"]) != "true" || strings.Contains(string(v["policy"]), "anybody can sign") != want {
			t.Errorf("by the policy %s: %s", policy, a.body)
		}
	}
	if a := post(t, s, forCredentials, `{}`); a.status != 400 {
		t.Error("no request:", a.status)
	}
}

// FuzzBodies: whatever the body, both places answer below 500 in the form that the document describes, and never with
// both a verdict and an error.
func FuzzBodies(f *testing.F) {
	w, s := newWorld(), newServer(f, nil)
	for _, seed := range []string{vcBody(string(w.good)), vcBody(quoted(w.jwt)), vpBody(string(w.shown)), string(w.good), quoted(w.sdjwt), `{}`, `[]`, ``,
		with(vcBody(string(w.good)), `{"checks": ["proof"], "challenge": "c"}`)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		for _, path := range []string{forCredentials, forPresentations, "/verify", "/verify?view=1"} {
			if a := post(t, s, path, body); a.status >= http.StatusInternalServerError {
				t.Errorf("%s: %d %s", path, a.status, a.body)
			}
		}
	})
}
