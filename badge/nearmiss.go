package badge

import (
	"encoding/hex"
	"strings"
)

// nearMisses says what sets the value asked for apart from the identities that it does not match, where
// that is only how it is written. It never makes a match: the specification compares exactly, and two
// spellings may be two people's. What it says holds no value.
func (w wanted) nearMisses(n named) []string {
	if len(w.value) > maxSpelled {
		return nil
	}
	var hints []string
	var respelled []spelled // made once, for the first hash
	looked := 0
	for _, i := range n.identity {
		if looked++; looked > maxNearMisses {
			break
		}
		hint := ""
		switch {
		case len(i.value) > maxSpelled || len(i.salt) > maxSpelled:
		case i.kind != w.kind:
			hint = w.underOtherType(i)
		case i.hashed:
			if respelled == nil {
				respelled = respell(w.value, otherSpellings(w.kind))
			}
			hint = nearHash(i, respelled)
		default:
			hint = w.nearPlain(i)
		}
		if hint != "" {
			hints = append(hints, hint)
		}
	}
	return hints
}

// underOtherType finds the value under another type, or as an address in an id.
func (w wanted) underOtherType(i identity) string {
	switch {
	case i.is(w.value):
		return "The value asked for matches the " + place(i) + "; ask for that type."
	case i.kind == typeID && hasScheme(i.value, "mailto") && withoutMailto(i.value) == w.value:
		return "The value asked for is that of the recipient's id with mailto: before it; ask for it as an id."
	case w.kind == typeID && withoutMailto(w.value) != w.value && i.is(withoutMailto(w.value)):
		return "The value asked for matches the " + place(i) + " without mailto: before it; ask for that type."
	}
	return ""
}

// nearPlain compares with an identity in plain text.
func (w wanted) nearPlain(i identity) string {
	if isHash(i.value, w.value) || isHash(i.value, w.value+i.salt) {
		return "The " + place(i) + " is a hash of the value asked for, and the badge does not say that it is hashed."
	}
	if i.broken != "" {
		return nobody(i)
	}
	if says, ok := alike(w.value, i.value, normalForms(w.kind)); ok {
		return "The value asked for and the " + place(i) + " are the same " + says + "; the specification compares exactly."
	}
	return ""
}

// nearHash compares with a hash in other spellings of the value, and in other ways to hash it.
func nearHash(i identity, values []spelled) string {
	if i.value == values[0].text {
		return "The " + place(i) + " is the value asked for in plain text, and the badge says that it is hashed."
	}
	hash, spelledSo := asSpecified(i.value)
	for _, v := range values {
		for _, way := range hashings {
			if !isHash(hash, way.text(v.text, i.salt)) {
				continue
			}
			parts := []string{}
			for _, says := range []string{v.says, way.says, spelledSo} {
				if says != "" {
					parts = append(parts, says)
				}
			}
			return "The " + place(i) + " is a hash of the value asked for " + strings.Join(parts, ", ") + "; the specification compares exactly."
		}
	}
	return nobody(i)
}

func nobody(i identity) string {
	if i.broken == "" {
		return ""
	}
	return "The " + place(i) + " is malformed, and stands for nobody: " + i.broken + "."
}

// hashing is a way to put a value and a salt together.
type hashing struct {
	says string
	text func(value, salt string) string
}

// hashings are the specification's way, and mistakes.
var hashings = [...]hashing{
	{"", func(value, salt string) string { return value + salt }},
	{"with the salt before it", func(value, salt string) string { return salt + value }},
	{"without the salt that the badge states", func(value, _ string) string { return value }},
	{"in Latin-1, not UTF-8", func(value, salt string) string { return latin1(value) + latin1(salt) }},
}

// latin1 writes s in Latin-1; a character that is not in it becomes a question mark.
func latin1(s string) string {
	out := make([]byte, 0, len(s))
	for _, c := range s {
		if c > 0xff {
			c = '?'
		}
		out = append(out, byte(c))
	}
	return string(out)
}

// asSpecified writes a hash with the name of its algorithm before it, in lower case.
func asSpecified(hash string) (specified, says string) {
	algorithm, digits, named := strings.Cut(hash, "$")
	if !named {
		sum, _ := hex.DecodeString(strings.TrimSpace(hash))
		return map[int]string{16: "md5$", 32: "sha256$"}[len(sum)] + strings.TrimSpace(hash), "without the name of the algorithm before it"
	}
	lower := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(algorithm)), "-", "")
	if specified = lower + "$" + strings.TrimSpace(digits); specified != hash {
		return specified, "with the name of the algorithm or the digits written in another way"
	}
	return hash, ""
}

// place says where an identity stands, and of which type it is.
func place(i identity) string {
	if i.kind == typeID {
		return "recipient's id at " + i.at.Pointer()
	}
	return "identifier of the type " + kindName(i.kind) + " at " + i.at.Pointer()
}
