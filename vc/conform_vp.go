package vc

import "github.com/badgeproof/badgeproof/vc/strict"

// ConformPresentation lists every breach of the data model that the presentation declares (VC DM 2.0
// section 4.13, VC DM 1.1 section 4.10; for any other @context, what the two have in common), in document
// order. Nil means that there is none. Codes and limits are those of [Conform], and so is the rule that
// the document is compact and in one piece, which holds for the credentials inside as well.
//
// Not looked at is whatever else the credentials inside must have: each is a document of its own
// ([Presentation.Credentials]). Neither holder nor verifiableCredential is required.
func ConformPresentation(p *Presentation) []*strict.Error {
	k := &checker{c: &p.form, limits: p.form.limits.orDefault()}
	k.path, k.roles = k.steps[:0], k.fewRoles[:0]
	k.presentationEnvelope()
	if k.c.jws != nil && k.c.value != k.c.jws.claims {
		k.path.member("vp", k.c.jws.claims)
	}
	k.presentationMembers()
	k.structure()
	return k.sorted()
}

// presentationEnvelope checks that the shape of a token is the one of the declared data model: a vp claim
// for VC 1.1 (VC DM 1.1 section 6.3.1), the whole payload for VC 2.0 (VC-JOSE-COSE section 3).
func (k *checker) presentationEnvelope() {
	if k.c.sdjwt != nil || k.c.cose != nil {
		k.wrapped()
	}
	if k.c.jws == nil {
		return
	}
	claims := k.c.jws.claims
	claim := claims.Get("vp")
	if !claim.Exists() && k.c.version == V1 {
		k.report(codeContext, claims, "the @context declares VC 1.1, where the presentation of a JWT stands in the vp claim, not in the payload itself")
	}
	k.path.member("vp", claims)
	switch {
	case !claim.Exists():
	case claim.Kind() != strict.Object:
		k.report(codeType, claim, "the vp claim is "+claim.Kind().String()+"; it must be an object")
	case claims.Get("@context").Exists() || claims.Get("verifiableCredential").Exists() || claims.Get("holder").Exists():
		k.report(codeValue, claim, "the payload of the JWT is a presentation and has another one in its vp claim; it can have only one")
	case k.c.version == V2:
		k.report(codeContext, claim, "the @context declares VC 2.0, which has no vp claim: the presentation must be the whole payload of the JWT")
	}
	k.path.leave()
	k.child(claims, "vc", func(vc strict.Value) {
		k.report(codeValue, vc, "the JWT is a credential (it has a vc claim), not a presentation")
	})
	for _, c := range [...]struct{ claim, property string }{{"iss", "holder"}, {"jti", "id"}} {
		if !k.c.value.Get(c.property).Exists() {
			k.child(claims, c.claim, func(v strict.Value) { k.url(v, c.claim) })
		}
	}
}

// presentationMembers checks each member that the data model defines, and that the required ones are there.
func (k *checker) presentationMembers() {
	v := k.c.value
	for _, name := range [...]string{"@context", "type"} {
		if !v.Get(name).Exists() {
			k.report(codeMissing, v, "the presentation has no "+name)
		}
	}
	for name, m := range v.Members() {
		k.path.member(name, v)
		switch name {
		case "@context":
			k.context(m)
		case "id":
			k.url(m, "id")
		case "type":
			k.presentationTypes(m)
		case "holder":
			k.holder(m)
		case "verifiableCredential":
			k.each(m, k.presented)
		case "termsOfUse", "proof":
			for i := range entryRules {
				if entryRules[i].property == name {
					k.entries(m, &entryRules[i])
				}
			}
		}
		k.path.leave()
	}
}

// presentationTypes checks the type of the presentation. For what people take for one, the sentence says
// what it is.
func (k *checker) presentationTypes(v strict.Value) {
	k.each(v, k.typeName)
	switch {
	case v.Has("VerifiableCredential"), v.Has("EnvelopedVerifiableCredential"):
		k.report(codeValue, v, "this is a credential, not a presentation")
	case v.Has("VerifiablePresentation"):
	case v.Has("EnvelopedVerifiablePresentation"):
		k.report(codeValue, v, "this is an envelope inside another one; one is opened, and what is in it must be the presentation itself")
	default:
		k.report(codeValue, v, "type does not include VerifiablePresentation")
	}
}

// holder checks VC DM 2.0 section 4.13: a URL, or an object with an id that is one.
func (k *checker) holder(v strict.Value) {
	if v.Kind() == strict.Object {
		k.entryID(v, true)
		return
	}
	k.url(v, "holder")
}

// presented checks the kind of what stands in the place of a credential. VC 1.1 leaves the form open,
// and its JWTs hold other JWTs as strings; in VC 2.0 it is an object (section 4.13).
func (k *checker) presented(v strict.Value) {
	switch t := v.Get("type"); {
	case t.Has("VerifiablePresentation"), t.Has("EnvelopedVerifiablePresentation"):
		k.report(codeValue, v, "a presentation stands in the place of a credential")
	case v.Kind() == strict.Object:
	case v.Kind() != strict.String:
		k.report(codeType, v, "what stands in the place of a credential is "+v.Kind().String()+"; it must be an object")
	case k.c.version == V2:
		k.report(codeType, v, "what stands in the place of a credential is a string; VC 2.0 asks for an object, which for a token is an EnvelopedVerifiableCredential")
	}
}
