package vc

import (
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// In JSON-LD two objects with the same id are one node, and a property may be moved from one to
// the other with the signature intact. Genuine badges do repeat nodes: the issuer again as the
// creator of the achievement, an image twice, a criteria object with the id of its achievement, an
// endorsement about the issuer. So what a verdict depends on is protected everywhere, and any other
// node against being taken apart within one array: two objects in it with one id are
// model.restructured unless they are equal, or evidence, of which several pieces may be at one URL,
// or credentials. An object that carries properties beyond id and type is model.restructured where its id is
//
//   - that of the credential, unless it is the subject of a credential inside this one (which is
//     about this one then), no credential itself, and of no type of the credential, by which terms of the latter
//     would be defined there;
//   - that of a credentialSubject, unless both are equal, or it is such a subject, or it has
//     another role: it is no second credentialSubject, it shares no type with the subject, which has
//     one, and is typed itself or is the issuer (a self-issued credential);
//   - that of an entry of credentialStatus, credentialSchema, refreshService or termsOfUse, unless
//     both are equal, or it is a relatedResource with a digest of the same resource.
//
// A second credentialSubject with an id of the first may not even be a reference or add a type: it would
// make two recipients of one.
//
// Nor may an object with the id of the credential say, by a type of its own, what kind of credential it
// is; what else it is in its own place, such as a refresh service, it may say.
//
// Not protected is the issuer: it is known by its id alone, and everything beside is said by itself.
// Proofs are not either: each is a graph of its own, into and out of which nothing can be moved.

// roleKind is what a protected object is to the credential.
type roleKind uint8

const (
	roleCredential roleKind = iota
	roleSubject
	roleEntry
)

// role is a protected object that has an id.
type role struct {
	id    string
	kind  roleKind
	value strict.Value
}

// manyRoles is the number of protected objects from which on they are searched by halves.
const manyRoles = 16

// collectRoles finds the protected objects, in the order of their ids if they are many.
func (k *checker) collectRoles() {
	c := k.c
	k.addRole(roleCredential, c.value)
	for _, v := range c.subjects {
		k.addRole(roleSubject, v)
	}
	for _, name := range [...]string{"credentialStatus", "credentialSchema", "refreshService", "termsOfUse"} {
		for v := range c.value.Get(name).Each() {
			k.addRole(roleEntry, v)
		}
	}
	// Stable, so that the credential comes before its subjects, and these before the rest.
	if len(k.roles) > manyRoles {
		slices.SortStableFunc(k.roles, compareRoles)
	}
}

// addRole adds a protected object, if it has an id; without one it cannot be spread.
func (k *checker) addRole(kind roleKind, v strict.Value) {
	if id := v.Get("id"); id.Kind() == strict.String && id.Text() != "" {
		k.roles = append(k.roles, role{id.Text(), kind, v})
	}
}

func compareRoles(a, b role) int { return strings.Compare(a.id, b.id) }

// firstRole returns the first protected object with this id, in document order within each kind.
func (k *checker) firstRole(id string) (role, bool) {
	i := 0
	if len(k.roles) > manyRoles {
		i, _ = slices.BinarySearchFunc(k.roles, role{id: id}, compareRoles)
	}
	for ; i < len(k.roles); i++ {
		if k.roles[i].id == id {
			return k.roles[i], true
		}
		if len(k.roles) > manyRoles {
			break
		}
	}
	return role{}, false
}

// spread reports the object v, which may be a credential itself, if it carries properties of a protected
// node. Where several protected objects have one id, each is compared with the first: that is enough
// to find that they are not in one piece.
func (k *checker) spread(v strict.Value, credential bool) {
	id := v.Get("id")
	if id.Kind() != strict.String || id.Text() == "" {
		return
	}
	r, found := k.firstRole(id.Text())
	if !found || r.value == v {
		return
	}
	classified := r.kind == roleCredential && classifies(v, r.value)
	if !classified && (!carries(v) && !k.again(r) || !k.conflict(v, credential, r)) {
		return
	}
	k.report(codeRestructured, v, "this object has the id "+clip(r.id)+" of "+roleNames[r.kind]+
		" and says more about it here, where a reader would not look; one thing must be described in one place")
}

var roleNames = [...]string{"the credential", "its subject", "an entry of its status, schema, refresh service or terms"}

// carries reports whether v has properties beyond id and type. A context is no property.
func carries(v strict.Value) bool {
	for name := range v.Members() {
		if name != "id" && name != "type" && name != "@context" {
			return true
		}
	}
	return false
}

// classifies reports whether v has a type named like those of credentials that the credential has not. Of
// more types than any credential has it says yes.
func classifies(v, credential strict.Value) bool {
	types := credential.Get("type")
	for t := range v.Get("type").Each() {
		if strings.HasSuffix(t.Text(), "Credential") && (types.Len() > mostMembers || !types.Has(t.Text())) {
			return true
		}
	}
	return false
}

// again reports whether the path leads to a credentialSubject of the credential itself, and r is one too.
func (k *checker) again(r role) bool {
	at := k.path.property()
	return r.kind == roleSubject && at.holder == k.c.value && at.name == "credentialSubject"
}

// conflict applies the rule at the top of this file to an object v with the id of r. Types matter
// because contexts define most terms for objects of one type only, so that a property which was moved
// needs the type that defines it.
func (k *checker) conflict(v strict.Value, credential bool, r role) bool {
	at := k.path.property()
	own := at.holder == k.c.value // a property of the credential itself
	inner := at.name == "credentialSubject" && !own && at.credential
	switch r.kind {
	case roleCredential:
		return !inner || credential || shareType(r.value.Get("type"), v.Get("type"))
	case roleSubject:
		if inner || equal(v, r.value) {
			return false
		}
		if k.again(r) {
			return true
		}
		subject, types := r.value.Get("type"), v.Get("type")
		if !types.Exists() && !(own && at.name == "issuer") {
			return true
		}
		return !subject.Exists() || shareType(subject, types)
	}
	return !(own && at.name == "relatedResource") && !equal(v, r.value)
}

// shareType compares two type members. It says yes of more types than any credential has, and of a
// type in b that is written as an IRI: which term of a that is, only the contexts know.
func shareType(a, b strict.Value) bool {
	if a.Len() > mostMembers {
		return true
	}
	for t := range b.Each() {
		if strings.IndexByte(t.Text(), ':') >= 0 {
			return true
		}
	}
	for t := range a.Each() {
		if t.Kind() == strict.String && b.Has(t.Text()) {
			return true
		}
	}
	return false
}

// repeated reports each object in an array whose id an object before it has, unless both are equal. Protected
// objects, proofs and resources have rules of their own, and credentials have proofs.
func (k *checker) repeated(v strict.Value) {
	property := k.path.property().name
	if property == "evidence" || property == "proof" || property == "relatedResource" {
		return
	}
	seen, first, i := map[string]strict.Value(nil), strict.Value{}, -1
	for e := range v.Elements() {
		i++
		id := e.Get("id")
		switch {
		case id.Kind() != strict.String || id.Text() == "" || isCredential(property, e):
		case !first.Exists():
			first = e
		default:
			if seen == nil {
				seen = map[string]strict.Value{first.Get("id").Text(): first}
			}
			k.path.element(i)
			k.repeatedAs(seen, id.Text(), e)
			k.path.leave()
		}
	}
}

// repeatedAs compares an object that has an id with the first one in its array that has it.
func (k *checker) repeatedAs(seen map[string]strict.Value, id string, e strict.Value) {
	other, again := seen[id]
	if !again {
		seen[id] = e
		return
	}
	if _, protected := k.firstRole(id); !protected && !equal(e, other) {
		k.report(codeRestructured, e, "this object has the id "+clip(id)+" of another one in the array and says something else; one thing must be described in one place")
	}
}

// equal reports whether two values mean the same: the order of members does not count, that of
// elements does, numbers must be written alike.
func equal(a, b strict.Value) bool {
	if a.Kind() != b.Kind() || a.Len() != b.Len() {
		return false
	}
	switch a.Kind() {
	case strict.Object:
		return equalObjects(a, b)
	case strict.Array:
		return slices.EqualFunc(slices.Collect(a.Elements()), slices.Collect(b.Elements()), equal)
	case strict.String:
		return a.Text() == b.Text()
	}
	return a.Raw() == b.Raw()
}

// mostMembers is the size up to which objects are compared whatever the order of their members.
// Larger ones, which no credential has, must be written alike: the cost stays linear.
const mostMembers = 64

func equalObjects(a, b strict.Value) bool {
	if a.Len() > mostMembers {
		return a.Raw() == b.Raw()
	}
	for name, m := range a.Members() {
		if !equal(m, b.Get(name)) {
			return false
		}
	}
	return true
}
