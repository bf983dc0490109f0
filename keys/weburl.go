package keys

import (
	"net/url"
	"strconv"
	"strings"
)

// checkURL checks an https URL that names a controller document or a key set, without changing it:
// the document's id is compared with it as text, so it has to be in the one spelling that its owner
// uses. Refused are other
// schemes and spellings of the scheme, user information, fragments, characters that a URL cannot
// hold, dot segments, and escapes in the host. Whether the host may be reached, address literals
// included, is decided by the fetcher's gate.
func checkURL(s string) error {
	if len(s) > maxIdentifier {
		return malformed("a URL is at most "+strconv.Itoa(maxIdentifier)+" bytes long", nil)
	}
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"\\<>^`{|}#", c) >= 0 {
			return malformed("the character "+strconv.QuoteRune(rune(c))+" cannot stand in the URL of a controller document", nil)
		}
	}
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		return malformed("the URL must start with https://", nil)
	}
	// Parsers disagree about what an @, an escape or a backslash does to the authority.
	authority := rest
	if end := strings.IndexAny(rest, "/?"); end >= 0 {
		authority = rest[:end]
	}
	if strings.ContainsAny(authority, "@%") {
		return malformed("the URL must not hold user information or escapes before its path", nil)
	}
	u, err := url.Parse(s)
	if err != nil {
		return malformed("the URL cannot be read", err)
	}
	if u.Hostname() == "" || strings.HasSuffix(authority, ":") {
		return malformed("the URL has no host, or a colon without a port", nil)
	}
	if port := u.Port(); port != "" && checkPort(port) != nil {
		return malformed("the port of the URL is a number from 1 to 65535", nil)
	}
	// The path is decoded here, so that escaped dots and slashes count as what they are.
	for segment := range strings.SplitSeq(u.Path, "/") {
		if segment == "." || segment == ".." {
			return malformed("the path of the URL must not have dot segments", nil)
		}
	}
	return nil
}
