package badge

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// How the frameworks identify their nodes:
//
//   - CASE 1.0 and 1.1: {service}/ims/case/v1p0/CFItems/{uuid}, {service}/uri/{uuid}, and on the CASE Network
//     {document uuid}/{item uuid}. The UUID is the same on every service; what is no UUID means something on one alone.
//   - CTDL: a CTID, "ce-" and a UUID, in URLs of the Credential Registry and its finder.
//   - ESCO: http://data.europa.eu/esco/{skill|occupation|…}/{uuid or code}, also as the parameter uri of a page.
//   - O*NET: O*NET-SOC codes of occupations such as 15-1252.00, and elements of its content model such as
//     2.A.1.a, in URLs of O*NET OnLine and O*NET Web Services.
const uuidPattern = `[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}`

var (
	uuidOnly    = regexp.MustCompile(`^` + uuidPattern + `$`)
	ctidOnly    = regexp.MustCompile(`^[cC][eE]-` + uuidPattern + `$`)
	casePath    = regexp.MustCompile(`/ims/case/v1p[0-9]+/(CF[A-Za-z]+)/([^/]+)/?$`)
	escoPath    = regexp.MustCompile(`^/esco/([A-Za-z-]+)/([^/]+)/?$`)
	socCode     = regexp.MustCompile(`^([0-9]{2}-[0-9]{4})(\.[0-9]{2})?$`)
	elementCode = regexp.MustCompile(`^[1-6]\.[A-E](\.[0-9]{1,2}(\.[a-z](\.[0-9]{1,2}[a-z]?)?)?)?$`)
)

// node is what an alignment leads to.
type node struct {
	framework Framework
	kind, key string
}

// aim is what an alignment says of its target.
type aim struct {
	url, code, kind, framework string
	parsed                     *url.URL // never nil
}

// nodeOf finds out what node an alignment leads to. The URL identifies it, and the code where the URL does not;
// a name of a framework or a type alone makes no other key than the URL and the code do.
func nodeOf(t aim) node {
	t.url, t.code = strings.TrimSpace(t.url), strings.TrimSpace(t.code)
	t.parsed = parseURL(t.url)
	byURL := t
	byURL.code = ""
	for _, find := range finders {
		if n, ok := find(byURL); ok && !n.custom() {
			return n
		}
	}
	for _, find := range finders {
		if n, ok := find(t); ok {
			return n
		}
	}
	return node{Custom, "", customKey(t)}
}

// finders recognise the frameworks.
var finders = [...]func(aim) (node, bool){escoNode, ctdlNode, onetNode, caseNode}

// custom reports whether the key is that of the URL and the code, of which no framework knows the parts.
func (n node) custom() bool {
	return n.key == "" || strings.HasPrefix(n.key, "url:") || strings.HasPrefix(n.key, "code:")
}

// parseURL reads a URL; what is none gives an empty one.
func parseURL(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil {
		return &url.URL{}
	}
	return u
}

// mentions reports whether the name of the framework has a word in it, in any case.
func (t aim) mentions(word string) bool {
	return strings.Contains(strings.ToLower(t.framework), word)
}

// segments returns the path of the URL, in parts, without empty ones.
func (t aim) segments() []string {
	return strings.FieldsFunc(t.parsed.Path, func(r rune) bool { return r == '/' })
}

// within reports whether the URL is at a host, or below it.
func (t aim) within(hosts ...string) bool {
	host := strings.ToLower(t.parsed.Hostname())
	return slices.ContainsFunc(hosts, func(h string) bool { return host == h || strings.HasSuffix(host, "."+h) })
}

// lowered lower-cases what is a UUID, whose case does not matter, and nothing else.
func lowered(s string) string {
	if uuidOnly.MatchString(s) {
		return strings.ToLower(s)
	}
	return s
}

// escoNode recognises ESCO.
func escoNode(t aim) (node, bool) {
	for _, u := range [...]*url.URL{t.parsed, parseURL(t.parsed.Query().Get("uri")), parseURL(t.code)} {
		m := escoPath.FindStringSubmatch(u.Path)
		if m != nil && strings.EqualFold(u.Hostname(), "data.europa.eu") {
			kind := strings.ToLower(m[1])
			return node{ESCO, kind, "esco:" + kind + ":" + lowered(m[2])}, true
		}
	}
	return node{}, false
}

// ctdlKinds are the kinds of nodes of CTDL, by type of the target and by path of the finder.
var ctdlKinds = map[string]string{
	"ceasn:Competency": "competency", "ceterms:Credential": "credential",
	"competency": "competency", "credential": "credential",
}

// ctdlNode recognises CTDL by a CTID, wherever it is published, or by its types.
func ctdlNode(t aim) (node, bool) {
	segments := t.segments()
	kind := ctdlKinds[t.kind]
	if kind == "" && t.within("credentialfinder.org") && len(segments) > 1 {
		kind = ctdlKinds[strings.ToLower(segments[len(segments)-2])]
	}
	for i := len(segments) - 1; i >= 0; i-- {
		if ctidOnly.MatchString(segments[i]) {
			return node{CTDL, kind, "ctdl:" + strings.ToLower(segments[i])}, true
		}
	}
	if ctidOnly.MatchString(t.code) {
		return node{CTDL, kind, "ctdl:" + strings.ToLower(t.code)}, true
	}
	if t.kind == "CTDL" || ctdlKinds[t.kind] != "" {
		return node{CTDL, kind, customKey(t)}, true
	}
	return node{}, false
}

// onetKinds are the kinds of elements of the O*NET content model, by the section that they are in.
var onetKinds = map[string]string{
	"1.A": "ability", "1.B": "interest", "1.C": "style", "1.D": "style", "2.A": "skill", "2.B": "skill", "2.C": "knowledge",
	"2.D": "education", "4.A": "activity", "4.C": "context",
}

// onetNode recognises O*NET: by its hosts, and by its codes where the framework is said to be O*NET. The code
// of an occupation with its two decimals is O*NET's alone, and needs no such word where nothing
// else is named.
func onetNode(t aim) (node, bool) {
	named := t.mentions("o*net") || t.mentions("onet")
	if t.within("onetonline.org", "onetcenter.org", "mynextmove.org") {
		segments := t.segments()
		for i := len(segments) - 1; i >= 0; i-- {
			if n, ok := onetCode(segments[i]); ok {
				return n, true
			}
		}
		named = true
	}
	if n, ok := onetCode(t.code); ok && (named || t.url == "" && t.framework == "" && n.kind == "occupation" && strings.Contains(t.code, ".")) {
		return n, true
	}
	if named {
		return node{ONET, "", customKey(t)}, true
	}
	return node{}, false
}

// onetCode reads the code of an occupation or an element.
func onetCode(s string) (node, bool) {
	if m := socCode.FindStringSubmatch(s); m != nil {
		if m[2] == "" {
			m[2] = ".00"
		}
		return node{ONET, "occupation", "onet:" + m[1] + m[2]}, true
	}
	if elementCode.MatchString(s) {
		kind := onetKinds[s[:3]]
		if kind == "" {
			kind = "element"
		}
		return node{ONET, kind, "onet:" + s}, true
	}
	return node{}, false
}

// caseKinds are the kinds of nodes of CASE, by type of the target and by path of the service.
var caseKinds = map[string]string{
	"CFItem": "item", "CFRubric": "rubric", "CFRubricCriterion": "criterion", "CFRubricCriterionLevel": "level",
	"CFItems": "item", "CFDocuments": "document", "CFPackages": "document", "CFRubrics": "rubric",
	"CFRubricCriteria": "criterion", "CFRubricCriterionLevels": "level",
}

// caseNode recognises CASE: by the path of its service, by the host of its network, or by its types.
func caseNode(t aim) (node, bool) {
	kind := caseKinds[t.kind]
	m := casePath.FindStringSubmatch(t.parsed.Path)
	if m != nil && kind == "" {
		kind = caseKinds[m[1]]
	}
	if m == nil && kind == "" && !t.within("casenetwork.imsglobal.org", "casenetwork.1edtech.org") {
		return node{}, false
	}
	segments := t.segments()
	if n := len(segments); n > 0 && uuidOnly.MatchString(segments[n-1]) {
		return node{CASE, kind, "case:" + strings.ToLower(segments[n-1])}, true
	}
	if uuidOnly.MatchString(t.code) {
		return node{CASE, kind, "case:" + strings.ToLower(t.code)}, true
	}
	return node{CASE, kind, customKey(t)}, true
}

// customKey makes a key of the URL and the code, which is unique within the framework or the URL only (Open
// Badges 3.0, Alignment, targetCode); without a URL, of the framework and the code. Of a URL, what RFC 3986
// section 6.2.2 says makes no difference, makes none. The key is "" where there is neither.
func customKey(t aim) string {
	key := ""
	switch u := *t.parsed; {
	case t.url == "" && t.code == "":
		return ""
	case t.url == "":
		return "code:" + strings.ToLower(strings.Join(strings.Fields(t.framework), " ")) + "|" + t.code
	case u.Host == "":
		key = "url:" + t.url
	default:
		u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
		if u.Path == "" {
			u.Path = "/"
		}
		key = "url:" + u.String()
	}
	if t.code != "" {
		key += "|" + t.code
	}
	return key
}
