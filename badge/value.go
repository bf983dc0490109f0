package badge

import (
	"iter"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// first returns v, or the first element where it is an array.
func first(v strict.Value) strict.Value {
	for e := range v.Each() {
		return e
	}
	return strict.Value{}
}

// objects iterates over the objects among the values of v, one bare object included.
func objects(v strict.Value) iter.Seq[strict.Value] {
	return func(yield func(strict.Value) bool) {
		for e := range v.Each() {
			if e.Kind() == strict.Object && !yield(e) {
				return
			}
		}
	}
}

// text returns v as plain text, in the form in which the document has it, without regard to the
// languages that the reader may prefer: a string, a JSON-LD value object, or the first text of
// a language map or of a list of these. It is "" for everything else.
func text(v strict.Value) string {
	v = first(v)
	if v.Kind() != strict.Object {
		return v.Text()
	}
	if plain := v.Get("@value"); plain.Exists() {
		return plain.Text()
	}
	for language, t := range v.Members() {
		if languageKey.MatchString(language) && t.Kind() == strict.String {
			return t.Text()
		}
	}
	return ""
}

// texts returns the strings among the values of v, and leaves out what is none: a list shown is
// a list that was there, but it need not be the whole of it.
func texts(v strict.Value) []string {
	var all []string
	for e := range v.Each() {
		if e.Kind() == strict.String {
			all = append(all, e.Text())
		}
	}
	return all
}

// word returns v as a string: an identifier, or a value of an enumeration, of which there is one. It may stand in
// an array, which is tolerated and says the same.
func word(v strict.Value) string { return first(v).Text() }

// idOf returns the identifier of an object, or the string that stands for one. JSON-LD takes
// the two for the same node.
func idOf(v strict.Value) string {
	if v.Kind() == strict.String {
		return v.Text()
	}
	return v.Get("id").Text()
}

// subjectID returns the identifier of a subject. Where the vc claim of a VC 1.1 JWT leaves it
// out, it is the sub claim (VC DM 1.1 section 6.3.1).
func subjectID(c *vc.Credential, subject strict.Value) string {
	if id := subject.Get("id"); id.Exists() {
		return id.Text()
	}
	if j := c.JWS(); j != nil && j.Claims() != c.Value() {
		return j.Claims().Get("sub").Text()
	}
	return ""
}
