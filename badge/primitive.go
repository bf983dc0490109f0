package badge

import (
	"regexp"
	"strings"
	"time"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Published patterns of the primitive types.
var (
	languageKey  = regexp.MustCompile(`^[a-z]{2}(-[A-Z]{2})?$`)
	languageCode = regexp.MustCompile(`^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$`)
	compactJWS   = regexp.MustCompile(`^[a-zA-Z0-9_-]+\.[a-zA-Z0-9_-]*\.[a-zA-Z0-9_-]+$`)
	// extension is the published pattern for own values of an enumeration, which is not
	// anchored at its end.
	extension = regexp.MustCompile(`^ext:[a-zA-Z0-9|._-]`)
)

// kinds are the JSON types of those primitive types that are not strings.
var kinds = map[string]strict.Kind{
	"Float": strict.Number, "Boolean": strict.Bool,
}

// checkedDates are the dates that the VC data model checks.
var checkedDates = map[string]bool{
	"validFrom": true, "validUntil": true, "issuanceDate": true, "expirationDate": true,
}

// primitive checks a value of a type that is no class of the model. The code is "" where it is
// right.
func primitive(v strict.Value, p property) (code, detail string) {
	switch {
	case p.typ == "Context" || classes[p.typ].elsewhere || checkedDates[p.name] || p.typ == "ProfileRef" && v.Kind() == strict.Object:
		return "", ""
	case (p.typ == "String" || p.typ == "Markdown") && isText(v):
		return "", ""
	}
	want := strict.String
	if k, ok := kinds[p.typ]; ok {
		want = k
	}
	if v.Kind() != want {
		return codeType, "expected " + want.String() + ", not " + v.Kind().String()
	}
	if detail := malformed(v.Text(), p.typ); detail != "" {
		return codeValue, detail
	}
	return "", ""
}

// isText reports whether v is a text: a string, a JSON-LD value object, or a language map,
// which the published schemas and VC 2.0 allow in the place of a string.
func isText(v strict.Value) bool {
	if v.Kind() == strict.String {
		return true
	}
	if v.Kind() != strict.Object || v.Len() == 0 {
		return false
	}
	if plain := v.Get("@value"); plain.Exists() {
		return plain.Kind() == strict.String
	}
	for language, t := range v.Members() {
		if !languageKey.MatchString(language) || t.Kind() != strict.String {
			return false
		}
	}
	return true
}

// malformed says what is wrong with the text of a primitive type, "" where nothing is. Types
// that are not named here may hold any text: phone numbers, e-mail addresses, country codes and
// identifiers have no pattern in the specification. A URI is checked for what no URI can have;
// whether it is absolute is asked by the JSON-LD rules of package canon.
func malformed(s, typ string) string {
	switch typ {
	case "URI", "URL", "IRI", "ProfileRef":
		if s == "" || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
			return "a URI is not empty and has no white space"
		}
	case "DateTimeZ":
		if _, err := vc.ParseTime(s); err != nil {
			return "the time must be written like 2026-05-31T12:00:00Z, with a time zone"
		}
	case "DateTime":
		if !isDateTime(s) {
			return "the time must be written like 2026-05-31T12:00:00Z"
		}
	case "Date":
		if _, err := time.Parse(time.DateOnly, s); err != nil {
			return "the date must be written like 2026-05-31"
		}
	case "LanguageCode":
		if !languageCode.MatchString(s) {
			return "the language must be written like en, pt-BR or zh-Hans-CN"
		}
	case "CompactJws":
		if !compactJWS.MatchString(s) {
			return "expected a compact JWS"
		}
	}
	return ""
}

// isDateTime reports whether s is an xsd:dateTime. Unlike the dates of the credential itself,
// the model types these without a required zone, so that the zone may be left out.
func isDateTime(s string) bool {
	if _, err := vc.ParseTime(s); err == nil {
		return true
	}
	_, err := vc.ParseTime(s + "Z")
	return err == nil
}
