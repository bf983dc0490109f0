package vc

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Codes of [Conform].
const (
	codeMissing      = "model.missing"      // something required is not there
	codeType         = "model.type"         // the wrong kind of JSON value
	codeValue        = "model.value"        // the right kind, not an allowed value
	codeContext      = "model.context"      // the @context declares no data model, or another one
	codeDate         = "model.date"         // not a time, or times in the wrong order
	codeRestructured = "model.restructured" // see structure.go
	codeBudget       = "budget"             // a limit was reached
)

// Conform lists every breach of the data model that the credential declares (VC DM 2.0, VC DM 1.1;
// for any other @context, what the two have in common), in document order. Nil means that there is
// none. The codes are model.missing, model.type, model.value, model.context, model.date,
// model.restructured, and budget where a limit of [Limits] ended the search: what is behind it was
// not looked at.
//
// Also looked at, since a reader who takes a credential for what its JSON shows relies on it, is
// that the document is compact and its nodes are in one piece; structure.go has the rule. What
// other credentials inside the credential must have is not looked at: they are documents of their
// own, to be parsed and checked as such. An IETF SD-JWT VC ([SDJWTVC]) has rules of its own, which
// conform_vct.go lists. Nor are undefined terms, the rules of any profile such as
// Open Badges, and whether the claims of a JWT agree with the credential. In a VC 1.1 JWT, what
// the claims state is not missing in the vc claim.
func Conform(c *Credential) []*strict.Error {
	k := &checker{c: c, limits: c.limits.orDefault()}
	k.path, k.roles = k.steps[:0], k.fewRoles[:0]
	if c.version == SDJWTVC {
		k.sdjwtVC()
		return k.sorted()
	}
	k.envelope()
	if c.jws != nil && c.value != c.jws.claims {
		k.path.member("vc", c.jws.claims)
	}
	k.members()
	k.required()
	k.structure()
	return k.sorted()
}

// sorted returns the breaches in document order.
func (k *checker) sorted() []*strict.Error {
	slices.SortStableFunc(k.found, func(a, b *strict.Error) int { return cmp.Compare(a.Offset, b.Offset) })
	return k.found
}

// Bounds on the list of breaches, so that a hostile document cannot make it much larger than
// itself. They are no settings: a document with so many breaches has been judged.
const (
	maxBreaches     = 1000
	maxPointerBytes = 1 << 20
)

// checker collects the breaches of one credential. The rules call report wherever they find one,
// and need not stop at the first; whatever they look at has been parsed, so its size is bounded, and
// each rule looks at each value a bounded number of times.
type checker struct {
	c        *Credential
	limits   Limits
	path     path // of the value being checked
	found    []*strict.Error
	pointers int // bytes of all pointers in found
	full     bool
	roles    []role
	nested   int
	tooDeep  bool

	// First memory of path and roles, which a credential of usual size does not exceed.
	steps    [16]step
	fewRoles [6]role
}

// report adds a breach at the value v, which is where the path leads. It is called at the breach
// itself, or, where something is missing, at the object that lacks it.
func (k *checker) report(code string, v strict.Value, detail string) {
	if k.full {
		return
	}
	e := &strict.Error{Code: code, Pointer: k.path.pointer(), Offset: v.Offset(), Detail: detail}
	if k.pointers += len(e.Pointer); len(k.found) >= maxBreaches || k.pointers > maxPointerBytes {
		k.full = true
		e = &strict.Error{Code: codeBudget, Offset: len(v.Source()),
			Detail: "there are more breaches of the data model than are listed here (" + strconv.Itoa(len(k.found)) + ")"}
	}
	k.found = append(k.found, e)
}

// wrapped checks the claims of an SD-JWT or a COSE message: both secure VC 2.0 alone, the payload being
// the credential (VC-JOSE-COSE sections 3.2 and 3.3).
func (k *checker) wrapped() {
	if k.c.version == V1 {
		k.report(codeContext, k.c.value, "the @context declares VC 1.1, which neither SD-JWT nor COSE secures; a credential in either is of VC 2.0")
	}
	for _, name := range [...]string{"vc", "vp"} {
		k.child(k.c.value, name, func(v strict.Value) {
			k.report(codeValue, v, "the claim "+name+" must not be there: the credential must be the whole payload")
		})
	}
}

// envelope checks that the shape of a JWT is the one of the declared data model: a vc claim for
// VC 1.1 (VC DM 1.1 section 6.3.1), the whole payload for VC 2.0 (VC-JOSE-COSE section 3); and
// that claims which stand in for properties are what these would have to be.
func (k *checker) envelope() {
	if k.c.sdjwt != nil || k.c.cose != nil {
		k.wrapped()
	}
	if k.c.jws == nil {
		return
	}
	claims := k.c.jws.claims
	claim := claims.Get("vc")
	if !claim.Exists() && k.c.version == V1 {
		k.report(codeContext, claims, "the @context declares VC 1.1, where the credential of a JWT stands in the vc claim, not in the payload itself")
	}
	k.path.member("vc", claims)
	switch {
	case !claim.Exists():
	case claim.Kind() != strict.Object:
		k.report(codeType, claim, "the vc claim is "+claim.Kind().String()+"; it must be an object")
	case claims.Get("@context").Exists() || claims.Get("credentialSubject").Exists():
		k.report(codeValue, claim, "the payload of the JWT is a credential and has another one in its vc claim; it can have only one")
	case k.c.version == V2:
		k.report(codeContext, claim, "the @context declares VC 2.0, which has no vc claim: the credential must be the whole payload of the JWT")
	}
	k.path.leave()
	k.child(claims, "vp", func(vp strict.Value) {
		k.report(codeValue, vp, "the JWT is a presentation (it has a vp claim), not a credential")
	})
	if k.c.value != claims { // else structure.go finds it
		k.child(claims, sdDigests, func(v strict.Value) {
			k.report(codeValue, v, "the claims beside the vc claim stand for what a holder may withhold: this is the issuer's part of an SD-JWT, without what follows it")
		})
	}
	for _, c := range [...]struct{ claim, property string }{{"iss", "issuer"}, {"jti", "id"}} {
		if k.c.claim(c.claim).Exists() && !k.c.value.Get(c.property).Exists() {
			k.child(claims, c.claim, func(v strict.Value) { k.url(v, c.claim) })
		}
	}
}

// required reports what must be there and is not: VC DM 2.0 sections 4.3, 4.5, 4.7 and 4.8, VC DM
// 1.1 sections 4.1 to 4.6. The id of a credential is optional in both.
func (k *checker) required() {
	v := k.c.value
	for _, name := range [...]string{"@context", "type", "credentialSubject"} {
		if !v.Get(name).Exists() {
			k.report(codeMissing, v, "the credential has no "+name)
		}
	}
	if !v.Get("issuer").Exists() && k.c.claim("iss").Kind() != strict.String {
		k.report(codeMissing, v, "the credential has no issuer")
	}
	if k.c.version == V1 && !v.Get("issuanceDate").Exists() && k.c.claim("nbf").Kind() != strict.Number {
		k.report(codeMissing, v, "the credential has no issuanceDate, which VC 1.1 requires")
	}
}
