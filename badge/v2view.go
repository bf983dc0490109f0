package badge

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// This file shows documents of Open Badges 2.0 in the terms of 3.0, as the migration guide of the specification maps
// them: an assertion as a credential, its badge class as the achievement. There is one typed view of both
// generations, and what is asked of a recipient is asked in one way.
//
// The credential that comes of it is for display and for comparing, and is never judged: it has no proof.

// shownLimits leave room for three documents, each within the default limits, and what is written around them.
var shownLimits = strict.Limits{Bytes: 16 << 20, Depth: 80, Values: 800_000}

// rendering is a JSON object that is being written, member by member.
type rendering struct{ members []string }

// quoted is a text as JSON.
func quoted(s string) string {
	text, err := json.Marshal(s)
	if err != nil { // a string always has a text
		return `""`
	}
	return string(text)
}

// put adds a member with this text as its value, where there is any.
func (w *rendering) put(name, value string) {
	if value != "" {
		w.members = append(w.members, quoted(name)+":"+value)
	}
}

// copy adds members of v under other names, as they stand there. Null and nothing are left out.
func (w *rendering) copy(v strict.Value, names ...string) {
	for _, name := range names {
		from, to, renamed := strings.Cut(name, ">")
		if !renamed {
			to = from
		}
		if m := v.Get(from); m.Exists() && m.Kind() != strict.Null && !(m.Kind() == strict.Array && m.Len() == 0) {
			w.put(to, m.Raw())
		}
	}
}

// others adds all members of v but those with these names: extensions, and the issuer's own.
func (w *rendering) others(v strict.Value, but ...string) {
	for name, m := range v.Members() {
		if !slices.Contains(but, name) {
			w.put(name, m.Raw())
		}
	}
}

// object returns the object with the members so far. That no name occurs twice is for the caller to see to.
func (w *rendering) object() string { return "{" + strings.Join(w.members, ",") + "}" }

// list is an array of what each makes of the values of v, "" where there is none.
func list(v strict.Value, each func(strict.Value) string) string {
	var all []string
	for e := range v.Each() {
		if text := each(e); text != "" {
			all = append(all, text)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return "[" + strings.Join(all, ",") + "]"
}

// shown returns a credential that says what the document says. It is never nil.
func (o *older) shown() *vc.Credential {
	var w rendering
	if o.class == classAssertion {
		w.put("@context", `["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]`)
		w.put("type", `["VerifiableCredential","OpenBadgeCredential"]`)
		o.award(&w)
	} else {
		w.put("type", `["`+o.class+`"]`)
		w.copy(o.value, "id", "name", "description")
		if o.badge.Kind() == strict.Object {
			var subject rendering
			subject.put("achievement", achievementOf(o.badge, strict.Value{}))
			w.put("credentialSubject", subject.object())
		}
	}
	w.put("issuer", profileOf(o.issuer))
	c, err := vc.Parse([]byte(w.object()), vc.Limits{JSON: shownLimits})
	if err != nil { // it became too long or too deep by what was added
		return &vc.Credential{}
	}
	return c
}

// award writes what an assertion says. Members that mean something in Open Badges 3.0, and are not of 2.0, are left out: an
// extension must not pose as a status or a schema. The recipient's id is that of a plain identity of type id alone; an
// address or a hash is an identifier.
func (o *older) award(w *rendering) {
	v := o.value
	if o.url != "" && !v.Exists() {
		w.put("id", quoted(o.url))
	}
	w.copy(v, "id")
	for _, date := range [...][2]string{{"issuedOn", "validFrom"}, {"expires", "validUntil"}} {
		if t, ok := olderTime(v.Get(date[0])); ok {
			w.put(date[1], quoted(t.Format(time.RFC3339Nano)))
		}
	}
	w.put("image", imageOf(v.Get("image")))
	w.put("evidence", list(v.Get("evidence"), func(e strict.Value) string { return objectOf(e, "Evidence") }))
	var subject rendering
	subject.put("type", `["AchievementSubject"]`)
	recipient := first(v.Get("recipient"))
	if id := recipient.Get("identity"); id.Kind() == strict.String && !recipient.Get("hashed").Bool() && recipientKind(recipient.Get("type").Text()) == typeID {
		subject.put("id", id.Raw())
	}
	subject.put("identifier", list(recipient, identityOfOlder))
	subject.copy(v, "narrative")
	subject.put("achievement", achievementOf(o.badge, first(v.Get("badge"))))
	w.put("credentialSubject", subject.object())
	w.others(v, "@context", "id", "type", "issuedOn", "expires", "image", "evidence", "recipient", "narrative", "badge", "issuer", "proof",
		"name", "credentialSubject", "validFrom", "validUntil", "credentialStatus", "credentialSchema", "refreshService", "termsOfUse", "endorsement", "endorsementJwt", "description")
}

// identityOfOlder writes a recipient as an IdentityObject of Open Badges 3.0.
func identityOfOlder(v strict.Value) string {
	if v.Kind() != strict.Object {
		return ""
	}
	var w rendering
	w.put("type", `"IdentityObject"`)
	w.put("identityType", quoted(recipientKind(v.Get("type").Text())))
	w.copy(v, "identity>identityHash")
	if v.Get("hashed").Exists() {
		w.copy(v, "hashed")
	} else {
		w.put("hashed", "false") // as the specification's own example leaves it out
	}
	w.copy(v, "salt")
	return w.object()
}

// achievementOf writes a badge class as an achievement. Of one that is named only, there is the id.
func achievementOf(badge, named strict.Value) string {
	var w rendering
	w.put("type", `["Achievement"]`)
	if badge.Kind() != strict.Object {
		if id := idOf(named); id != "" {
			w.put("id", quoted(id))
		}
		return w.object()
	}
	w.copy(badge, "id", "name", "description", "version", "@language>inLanguage")
	w.put("image", imageOf(badge.Get("image")))
	w.put("criteria", objectOf(first(badge.Get("criteria")), ""))
	w.put("creator", profileOf(first(badge.Get("issuer"))))
	w.put("tag", list(badge.Get("tags"), func(t strict.Value) string { return t.Raw() }))
	w.put("alignment", list(badge.Get("alignment"), func(a strict.Value) string { return objectOf(a, "Alignment") }))
	w.others(badge, "@context", "id", "type", "name", "description", "version", "@language", "image", "criteria", "issuer", "tags", "alignment",
		"inLanguage", "creator", "tag", "endorsement", "endorsementJwt", "related")
	return w.object()
}

// profileOf writes an issuer, or nothing but its id.
func profileOf(v strict.Value) string {
	if v.Kind() != strict.Object {
		if v.Kind() != strict.String {
			return ""
		}
		return v.Raw()
	}
	var w rendering
	w.put("type", `["Profile"]`)
	w.copy(v, "id", "name", "url", "email", "description", "telephone>phone")
	w.put("image", imageOf(v.Get("image")))
	w.others(v, "@context", "id", "type", "name", "url", "email", "description", "telephone", "image", "phone", "endorsement", "endorsementJwt")
	return w.object()
}

// imageOf writes a picture, which may be a URL alone.
func imageOf(v strict.Value) string {
	v = first(v)
	if v.Kind() != strict.Object {
		return stringAsID(v, `"Image"`)
	}
	var w rendering
	w.put("type", `"Image"`)
	w.copy(v, "id", "caption")
	w.others(v, "id", "type", "caption")
	return w.object()
}

// objectOf writes an object that may be an id alone, with the type that it has in Open Badges 3.0, "" for none.
func objectOf(v strict.Value, class string) string {
	typ := ""
	if class != "" {
		typ = `["` + class + `"]`
	}
	if v.Kind() != strict.Object {
		return stringAsID(v, typ)
	}
	var w rendering
	w.put("type", typ)
	w.others(v, "type")
	return w.object()
}

// stringAsID writes an object with nothing but its id, "" where v is none.
func stringAsID(v strict.Value, typ string) string {
	if v.Kind() != strict.String {
		return ""
	}
	var w rendering
	w.put("id", v.Raw())
	w.put("type", typ)
	return w.object()
}

// Shown returns a credential that says what the badge says, for readers such as [Skills] and for the dates. It is
// that of [Badge.Credential] or, for an assertion of Open Badges 2.0, one that says the same in the terms of 3.0; that one
// has no proof, and is never valid. It is never nil.
func (b *Badge) Shown() *vc.Credential { return b.credential }
