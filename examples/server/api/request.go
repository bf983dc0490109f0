package api

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// request is what a body of the VC-API asks for.
type request struct {
	text              string // of the credential or presentation, exactly as it was sent
	raw               string // the same as JSON, to be sent back
	policy            string
	challenge, domain string
	checks            []string
	results, problems bool // VCALM: what to return
	returned          bool
}

// bare are media types of a body that is the credential itself, and no request with one in it.
var bare = []string{
	"application/vc", "application/vp", "application/vc+ld+json", "application/vp+ld+json",
	"application/vc+jwt", "application/vp+jwt", "application/jwt", "application/vc+sd-jwt", "application/vp+sd-jwt",
	"application/dc+sd-jwt", "application/vc+cose", "application/vp+cose",
}

// readRequest reads the body of a request: an object with the evidence in its member, or the evidence alone. Members
// that it does not know are ignored, and so are options.
func readRequest(r *http.Request, body []byte, at place) (*request, *problem) {
	kind, _, ok := mediaType(r)
	if !ok || !(kind == "" || kind == "application/json" || strings.HasSuffix(kind, "+json") || slices.Contains(bare, kind)) {
		return nil, newProblem(http.StatusUnsupportedMediaType, "request.media", "the body has to be application/json")
	}
	if slices.Contains(bare, kind) && !strings.HasSuffix(kind, "+json") && kind != "application/vc" && kind != "application/vp" {
		return &request{text: string(body), raw: "null", problems: true}, nil
	}
	root, err := strict.Parse(body, strict.Limits{Bytes: max(len(body), 1), Values: maxValues})
	if err != nil {
		return nil, newProblem(http.StatusBadRequest, "request.syntax", err.Error())
	}
	q := &request{problems: true}
	alone, p := q.evidence(root, at)
	if p == nil && !alone {
		p = q.options(root.Get("options"), at)
	}
	if p != nil {
		return nil, p
	}
	return q, nil
}

// evidence finds the credential or presentation: in the request's member, or alone in the place of the request. What
// stands in that is the words of whoever made it, and no options: it does not choose the policy that it is judged by.
func (q *request) evidence(root strict.Value, at place) (alone bool, p *problem) {
	var found []strict.Value
	for _, name := range at.members {
		if v := root.Get(name); v.Exists() && (root.Get("@context").Kind() == strict.Absent) {
			found = append(found, v)
		}
	}
	if len(found) == 0 && (root.Kind() == strict.String || root.Get("@context").Exists() || root.Get("type").Exists()) {
		found, alone = append(found, root), true
	}
	switch {
	case len(found) == 0:
		return alone, newProblem(http.StatusBadRequest, "request.missing", "the body has no member \""+at.members[0]+"\" with "+at.kind)
	case len(found) > 1:
		return alone, newProblem(http.StatusBadRequest, "request.type", "the body holds "+at.kind+" twice")
	}
	switch v := found[0]; v.Kind() {
	case strict.Object:
		q.text, q.raw = v.Raw(), v.Raw()
		return alone, nil
	case strict.String:
		if isToken(v.Text()) {
			q.text, q.raw = v.Text(), v.Raw()
			return alone, nil
		}
		return alone, newProblem(http.StatusBadRequest, "request.type", at.kind+" in a string has to be a JWT or an SD-JWT")
	default:
		return alone, newProblem(http.StatusBadRequest, "request.type", at.kind+" has to be an object, or a JWT or SD-JWT in a string, and not "+v.Kind().String())
	}
}

// isToken reports whether a string is written in the letters of a JWT or an SD-JWT.
func isToken(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_' || c == '.' || c == '~') {
			return false
		}
	}
	return strings.Contains(s, ".")
}

// options reads the options that are honoured. One of them that cannot be honoured is an error, and never passed over:
// who demands something must not be told "verified" without it.
func (q *request) options(o strict.Value, at place) *problem {
	switch o.Kind() {
	case strict.Absent, strict.Null:
		return nil
	case strict.Object:
	default:
		return newProblem(http.StatusBadRequest, "request.type", "\"options\" has to be an object")
	}
	purpose := ""
	for name, to := range map[string]*string{
		"challenge": &q.challenge, "domain": &q.domain, "policy": &q.policy, "expectedProofPurpose": &purpose,
	} {
		if p := text(o, name, to); p != nil {
			return p
		}
	}
	for name, to := range map[string]*bool{
		"returnResults": &q.results, "returnProblemDetails": &q.problems, "returnCredential": &q.returned, "returnPresentation": &q.returned,
	} {
		if v := o.Get(name); v.Kind() == strict.Bool {
			*to = v.Bool()
		}
	}
	if purpose != "" && purpose != at.purpose {
		return newProblem(http.StatusBadRequest, "request.purpose", "proofs are verified here for the purpose "+at.purpose+" only")
	}
	if p := q.readChecks(o.Get("checks")); p != nil {
		return p
	}
	return q.answerable(o.Get("checks"))
}

// text reads an option that is one string; an array of one is one, too. Null is as good as absent.
func text(o strict.Value, name string, to *string) *problem {
	v := o.Get(name)
	if v.Kind() == strict.Array && v.Len() == 1 {
		v = v.Index(0)
	}
	switch {
	case v.Kind() == strict.Absent || v.Kind() == strict.Null:
		return nil
	case v.Text() == "":
		return newProblem(http.StatusBadRequest, "request.option", "the option \""+name+"\" has to be a string that is not empty")
	}
	*to = v.Text()
	return nil
}

// checkNames are the checks that a request may name, and what they are called in reports. Every check is made whatever
// a request names; naming one makes sure that no policy has switched it off.
var checkNames = map[string]string{
	"proof": "proof", "proofs": "proof", "signature": "proof", "issuer": "issuer",
	"validity": "validity", "expiration": "validity", "expiry": "validity", "validFrom": "validity", "validUntil": "validity",
	"status": "status", "credentialStatus": "status", "revocation": "status",
	"schema": "schema", "credentialSchema": "schema", "resources": "resources", "relatedResource": "resources",
	"model": "model", "parse": "parse", "holder": "holder", "credentials": "credentials",
	"challenge": "proof", "domain": "proof",
}

func (q *request) readChecks(v strict.Value) *problem {
	switch {
	case v.Kind() == strict.Absent || v.Kind() == strict.Null:
		return nil
	case v.Kind() != strict.Array && v.Kind() != strict.String, v.Len() > maxOptions:
		return newProblem(http.StatusBadRequest, "request.option", "the option \"checks\" has to be a short array of names")
	}
	for c := range v.Each() {
		name, ok := checkNames[c.Text()]
		if !ok {
			return newProblem(http.StatusBadRequest, "request.option", "the option \"checks\" names a check that is not made here; there are proof, issuer, validity, status, schema, resources, holder and model")
		}
		q.checks = append(q.checks, name)
	}
	return nil
}

// answerable refuses to check an answer to a challenge, or a domain, that the request does not tell.
func (q *request) answerable(checks strict.Value) *problem {
	for c := range checks.Each() {
		if c.Text() == "challenge" && q.challenge == "" || c.Text() == "domain" && q.domain == "" {
			return newProblem(http.StatusBadRequest, "request.option", "the option \"checks\" names \""+c.Text()+"\", and there is no such option to compare with")
		}
	}
	return nil
}

// asksIssuer reports whether the request demands the check of the issuer.
func (q *request) asksIssuer() bool { return slices.Contains(q.checks, "issuer") }

// demand adds what the request demands to a policy. It takes nothing away.
func (q *request) demand(p *verify.Policy) {
	p.Challenge, p.Domain = q.challenge, q.domain
	for name, level := range map[string]*verify.Level{"status": &p.Status, "schema": &p.Schema, "resources": &p.Resources, "holder": &p.Holder} {
		if slices.Contains(q.checks, name) && (*level == verify.Off || *level == verify.Advisory) {
			*level = verify.IfPresent
		}
	}
}

// parameters reads the query of a request's URL. One that cannot be read, or that has a parameter twice, is refused:
// passed over, it would leave a demand unasked.
func parameters(r *http.Request) (url.Values, *problem) {
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, newProblem(http.StatusBadRequest, "request.option", "the query of the URL cannot be read")
	}
	for _, values := range q {
		if len(values) > 1 {
			return nil, newProblem(http.StatusBadRequest, "request.option", "a parameter occurs twice in the URL")
		}
	}
	return q, nil
}

// onePolicy adds the policy that the URL names to what the body says, which may not be another.
func onePolicy(name *string, q url.Values) *problem {
	switch asked := q.Get("policy"); {
	case !q.Has("policy"):
	case asked == "":
		return newProblem(http.StatusBadRequest, "request.policy", "the parameter \"policy\" is empty")
	case *name != "" && *name != asked:
		return newProblem(http.StatusBadRequest, "request.policy", "the URL names one policy, and the body another")
	default:
		*name = asked
	}
	return nil
}
