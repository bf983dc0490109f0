package badge

import (
	"slices"
	"strconv"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// endorsed finds the endorsements in a credential (specification, section "Verification", last step: every
// EndorsementCredential contained). They stand on the credential, its issuer, the achievement, its creator, the
// source and the organizations behind them, and, in a CLR, on its achievements; so the whole document is
// searched, up to the credentials inside it, which are searched when they are judged themselves.
//
// A signature of statements never passes over an endorsementJwt that it does not cover: under the older content
// of context-3.0.3.json the term has no definition, and the proof fails by jsonld.undefined_term. So nobody can
// add one to a badge, neither to speak for it nor to sink it.
type endorsed struct {
	credential *vc.Credential
	endorsers  verify.Issuers
	ofBadges   bool // the credential is an Open Badge or a CLR, where endorsement means nothing else
	pointers   int  // bytes of the pointers in found: all of them may lead through one long name
	found      verify.Nested
}

// endorsementsIn is the check "badge.endorsements".
func (d Demands) endorsementsIn(c *vc.Credential) verify.Nested {
	if d.Endorsements == verify.Off {
		return verify.Nested{Level: verify.Off}
	}
	e := &endorsed{credential: c, endorsers: d.Endorsers, ofBadges: badgeClass(c) != "" || isCLR(c)}
	e.found.Level = d.Endorsements
	e.object(c.Value(), true)
	return e.found
}

// parts are the properties that lead to what may be endorsed. What stands there is a part of the badge, whatever
// other types it claims: a type must not take an achievement out of sight.
var parts = []string{"issuer", "credentialSubject", "achievement", "creator", "source", "parentOrg"}

// value searches a value; part says that it stands where a part of the badge does. The depth of the recursion is
// bounded by that of the document.
func (e *endorsed) value(v strict.Value, part bool) {
	for x := range v.Elements() {
		e.value(x, part)
	}
	switch t := v.Get("type"); {
	case v.Kind() != strict.Object:
	case t.Has("EndorsementCredential"):
		e.add(v, nil, false)
	case !part && (t.Has("VerifiableCredential") || t.Has("VerifiablePresentation") || t.Has("EnvelopedVerifiableCredential")):
	default:
		e.object(v, part)
	}
}

// object searches an object, which may be endorsed itself. What a CLR holds is no endorsement of it.
func (e *endorsed) object(v strict.Value, part bool) {
	for name, m := range v.Members() {
		switch name {
		case "@context", "proof", "verifiableCredential", "jsonSchema":
		case "endorsement", "endorsementJwt":
			for x := range m.Each() {
				e.endorsement(v, name, x, part)
			}
		default:
			e.value(m, part && slices.Contains(parts, name))
		}
	}
}

// endorsement takes one value of the property of an object. Where it is no term of Open Badges, only what calls
// itself a credential is one.
func (e *endorsed) endorsement(holder strict.Value, name string, v strict.Value, part bool) {
	t := v.Get("type")
	credential := t.Has("EndorsementCredential") || t.Has("VerifiableCredential") || t.Has("EnvelopedVerifiableCredential")
	switch {
	case name == "endorsementJwt" || credential || e.ofBadges && e.defines(holder):
		e.add(v, &holder, part && e.defines(holder))
	default:
		e.value(v, false)
	}
}

// defines reports whether the contexts of Open Badges define endorsement for the object.
func (e *endorsed) defines(v strict.Value) bool {
	t := v.Get("type")
	root := e.credential.Value()
	return v == root || v == root.Get("issuer") || t.Has("Achievement") || t.Has("Profile")
}

// add takes in an endorsement of what stands at holder, nil for one that stands where nothing is endorsed. One that
// stands on no part of the badge is judged as well, but the badge is not endorsed by it.
func (e *endorsed) add(v strict.Value, holder *strict.Value, counts bool) {
	if len(e.found.Credentials) >= maxNested || e.pointers > maxPointers {
		if len(e.found.Against) == 0 {
			e.found.Against = []*strict.Error{{Code: "budget", Offset: -1, Detail: "the credential holds more than " + strconv.Itoa(len(e.found.Credentials)) + " endorsements, and no more are looked for"}}
		}
		return
	}
	p := vc.ParseInside(v, vc.Limits{})
	e.pointers += len(p.Pointer)
	n := verify.NestedCredential{Pointer: p.Pointer, Credential: p.Credential, Err: p.Err, Issuers: verify.UnsafeAnyIssuer(), Extra: !counts}
	if !e.endorsers.IsZero() {
		n.Issuers = e.endorsers
	}
	if c := p.Credential; c != nil {
		// One that names its issuer in a way that cannot be read fails: who reads it more leniently is not told that it
		// was set aside.
		if c.Issuer() != "" && !n.Issuers.Has(c.Issuer()) {
			n.Aside = "This endorsement by " + clip(c.Issuer()) + " was not judged: the policy counts those of others only."
		}
		n.Against = notEndorsing(c)
		if holder != nil && len(n.Against) == 0 {
			n.Against = notEndorsed(c, e.idOf(*holder))
		}
	}
	e.found.Credentials = append(e.found.Credentials, n)
}

// idOf returns the id of an object that is endorsed, which for the credential and its issuer may be a claim of a
// JWT.
func (e *endorsed) idOf(v strict.Value) string {
	switch v {
	case e.credential.Value():
		return e.credential.ID()
	case e.credential.Value().Get("issuer"):
		return e.credential.Issuer()
	}
	return v.Get("id").Text()
}

// notEndorsing says why a credential is no endorsement: its own type and that of its subject have to say so.
func notEndorsing(c *vc.Credential) []*strict.Error {
	if !slices.Contains(c.Types(), "EndorsementCredential") {
		return []*strict.Error{breach("endorsement.type", c.Value(), "type", "what stands in the place of an endorsement is no EndorsementCredential")}
	}
	for _, s := range c.Subjects() {
		if !s.Get("type").Has("EndorsementSubject") {
			return []*strict.Error{breach("endorsement.type", s, "type", "the subject of the endorsement is no EndorsementSubject")}
		}
	}
	return nil
}

// notEndorsed says why an endorsement does not speak for what it stands on, which is the thing with this id:
// its subject has to have the same one, byte for byte. Whoever holds an endorsement can put it anywhere.
func notEndorsed(c *vc.Credential, id string) []*strict.Error {
	if id == "" {
		return []*strict.Error{breach("endorsement.target", c.Value(), "credentialSubject", "the endorsement stands on something without an id, by which an endorsement names what it is about")}
	}
	for _, s := range c.Subjects() {
		if about := subjectID(c, s); about != id {
			return []*strict.Error{breach("endorsement.target", s, "id", "the endorsement is about "+clip(about)+", and stands on "+clip(id))}
		}
	}
	if len(c.Subjects()) == 0 {
		return []*strict.Error{breach("endorsement.target", c.Value(), "credentialSubject", "the endorsement does not say what it is about")}
	}
	return nil
}

// breach makes a finding about a member of an object, be it there or not.
func breach(code string, v strict.Value, member, detail string) *strict.Error {
	return &strict.Error{Code: code, Pointer: strict.Join(v.Pointer(), member), Offset: v.Offset(), Detail: detail}
}
