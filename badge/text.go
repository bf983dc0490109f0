package badge

import (
	"regexp"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Text is one text in all the languages that a badge has it in, in the order of the badge (VC DM
// 2.0 section 11.1). A plain string is a Text of one translation without a language. The zero Text
// says nothing.
type Text []Translation

// Translation is a text in one language.
type Translation struct {
	Language  string // a language tag (BCP 47) as the badge has it, such as "pt-BR"; "" where it does not say
	Direction string // "ltr", "rtl", or "" where it does not say
	Value     string
}

// In returns the text in the language that the reader likes best. Languages are tags, best first.
// For each of them in turn it takes the same tag, then a closer one ("de-AT" for "de"), then a
// wider one ("de" for "de-AT"), without regard to case (RFC 4647, filtering, then lookup). Where
// none is there it takes the text without a language, and then the first; "" where there is none
// at all.
func (t Text) In(languages ...string) string { return t.best(languages).Value }

// String returns the text in the first language.
func (t Text) String() string { return t.In() }

// best returns what [Text.In] chooses.
func (t Text) best(languages []string) Translation {
	if len(t) == 0 {
		return Translation{}
	}
	for _, wanted := range languages {
		for _, fits := range [...]func(have string) bool{
			func(have string) bool { return strings.EqualFold(have, wanted) },
			func(have string) bool { return within(have, wanted) },
			func(have string) bool { return within(wanted, have) },
		} {
			for _, x := range t {
				if x.Language != "" && fits(x.Language) {
					return x
				}
			}
		}
	}
	if len(languages) > 0 {
		for _, x := range t {
			if x.Language == "" {
				return x
			}
		}
	}
	return t[0]
}

// within reports whether tag is wide or begins with wide and a hyphen.
func within(tag, wide string) bool {
	return wide != "" && len(tag) > len(wide) && tag[len(wide)] == '-' && strings.EqualFold(tag[:len(wide)], wide)
}

// tag is what a key of a language map looks like. It is wider than the published schemas, which
// have languages of two letters only, and narrower than BCP 47, whose longest languages no member
// name of another object could be told from.
var tag = regexp.MustCompile(`^(@none|[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)$`)

// textOf reads a text in every form that it may have: a string, a JSON-LD value object, a language
// map, or a list of these. What is none of them is left out.
func textOf(v strict.Value) Text {
	var all Text
	for e := range v.Each() {
		switch plain := e.Get("@value"); {
		case e.Kind() == strict.String:
			all = append(all, Translation{Value: e.Text()})
		case plain.Kind() == strict.String:
			all = append(all, Translation{e.Get("@language").Text(), e.Get("@direction").Text(), plain.Text()})
		case !plain.Exists():
			all = appendMap(all, e)
		}
	}
	return all
}

// appendMap adds the translations of a language map.
func appendMap(all Text, m strict.Value) Text {
	for language, values := range m.Members() {
		if !tag.MatchString(language) {
			continue
		}
		if language == "@none" {
			language = ""
		}
		for t := range values.Each() {
			if t.Kind() == strict.String {
				all = append(all, Translation{Language: language, Value: t.Text()})
			}
		}
	}
	return all
}
