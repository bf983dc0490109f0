package badge

import (
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// webURL is an https URL that all software reads in the same way.
type webURL struct {
	origin string // "https://", the host in lower case, and its port where that is not 443
	rest   string // from the path on, exactly as written
}

// parseWebURL reads an https URL. It is stricter than the specification of URLs, since what is compared here must be
// what is fetched: refused are user information, hosts that are not plain ASCII names or IPv4 addresses, dot
// segments and separators in an encoded form, backslashes, white space, everything beyond ASCII, and what is longer than
// servers take.
func parseWebURL(s string) (webURL, bool) {
	after, ok := strings.CutPrefix(s, "https://")
	if !ok || len(s) > maxURL || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '\\' }) {
		return webURL{}, false
	}
	authority, rest := after, ""
	if i := strings.IndexAny(after, "/?#"); i >= 0 {
		authority, rest = after[:i], after[i:]
	}
	origin, ok := parseOrigin(authority)
	if !ok || !plainPath(rest) {
		return webURL{}, false
	}
	return webURL{origin, rest}, true
}

// parseOrigin reads a host with or without a port, and returns the origin: scheme https, the host in lower case, no
// port where it is 443. User information, and names beyond ASCII other than in Punycode, are refused.
func parseOrigin(authority string) (origin string, ok bool) {
	host, port, ported := strings.Cut(strings.ToLower(authority), ":")
	if host == "" || strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789.-") != "" || strings.HasPrefix(host, ".") || strings.Contains(host, "..") {
		return "", false
	}
	if !ported || port == "443" {
		return "https://" + host, true
	}
	if port == "" || len(port) > 5 || port[0] == '0' || strings.Trim(port, "0123456789") != "" {
		return "", false
	}
	return "https://" + host + ":" + port, true
}

// plainPath looks at the path as servers read it, with dots unescaped and the parameters of segments left out: it
// reports whether the path in rest has no segment that leads elsewhere than it seems to.
func plainPath(rest string) bool {
	path := strings.ToLower(rest)
	if i := strings.IndexAny(path, "?#"); i >= 0 {
		path = path[:i]
	}
	if strings.Contains(path, "%2f") || strings.Contains(path, "%5c") {
		return false
	}
	for segment := range strings.SplitSeq(strings.ReplaceAll(path, "%2e", "."), "/") {
		if name, _, _ := strings.Cut(segment, ";"); name == "." || name == ".." {
			return false
		}
	}
	return true
}

// scope is where an issuer hosts its assertions (Open Badges 2.0, section "VerificationObject").
type scope struct {
	origins  []string // empty: every origin of prefixes
	prefixes []webURL // empty: the whole of the origins
}

// scopeOf reads the scope from the issuer's own document. Without allowedOrigins and startsWith, it is the origin of the
// issuer's id. The error says that it cannot be read, so that nobody knows what it allows.
func scopeOf(id webURL, profile strict.Value) (scope, *strict.Error) {
	v := first(profile.Get("verification"))
	unreadable := func(v strict.Value, detail string) (scope, *strict.Error) {
		return scope{}, found(codeRules, v.Pointer(), detail)
	}
	if v.Exists() && v.Kind() != strict.Object && v.Kind() != strict.Null {
		return unreadable(v, "the issuer's rules for verification stand elsewhere, or are malformed; ask the issuer to put them into its profile")
	}
	if p := first(v.Get("verificationProperty")); p.Exists() && p.Text() != "id" && p.Text() != "@id" {
		return unreadable(p, "the issuer's rules for verification are about another property than id, which the specification does not define")
	}
	var s scope
	for o := range v.Get("allowedOrigins").Each() {
		origin, ok := parseOrigin(strings.TrimSuffix(strings.TrimPrefix(o.Text(), "https://"), "/"))
		if !ok {
			return unreadable(o, "an origin that the issuer allows is no host name")
		}
		s.origins = append(s.origins, origin)
	}
	for p := range v.Get("startsWith").Each() {
		prefix, ok := parseWebURL(p.Text())
		if !ok {
			return unreadable(p, "the beginning of URLs that the issuer allows is not one of an https URL with a whole host name")
		}
		s.prefixes = append(s.prefixes, prefix)
	}
	if len(s.origins)+len(s.prefixes) == 0 {
		s.origins = []string{id.origin}
	}
	return s, nil
}

// near reports whether a URL is in the scope or at an origin that is.
func (s scope) near(url string) bool {
	u, ok := parseWebURL(url)
	in, _ := s.covers(u)
	return ok && (in || slices.Contains(s.origins, u.origin))
}

// covers reports whether a URL lies in the scope. Hosts compare as a whole, never as the beginning of another.
// Where startsWith ends amid a segment of the path, it is the beginning of its neighbours' paths as well: such a
// URL is neither in the scope nor out of it.
func (s scope) covers(u webURL) (in, open bool) {
	inOrigin := len(s.origins) == 0
	for _, o := range s.origins {
		inOrigin = inOrigin || o == u.origin
	}
	if !inOrigin || len(s.prefixes) == 0 {
		return inOrigin, false
	}
	for _, p := range s.prefixes {
		if p.origin != u.origin || !strings.HasPrefix(u.rest, p.rest) {
			continue
		}
		if after := u.rest[len(p.rest):]; p.rest == "" || after == "" || strings.ContainsAny(after[:1], "/?#") || strings.ContainsAny(p.rest[len(p.rest)-1:], "/?#=&") {
			return true, false
		}
		open = true
	}
	return false, open
}
