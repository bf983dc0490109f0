package verify

import (
	"context"
	"strings"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// method finds the verification method of an embedded proof, and how it is bound to the issuer. It
// counts only if a controller document lists it for the purpose; the binding goes into a.
func (r *run) method(ctx context.Context, p strict.Value, a *attempt) (keys.Method, *strict.Error) {
	v := p.Get("verificationMethod")
	return r.methodAt(ctx, v.Text(), v.Pointer(), a)
}

// methodAt finds the method with this URL; pointer is where the credential names it.
func (r *run) methodAt(ctx context.Context, url, pointer string, a *attempt) (keys.Method, *strict.Error) {
	base, _, _ := strings.Cut(url, "#")
	if isDID(base) && isDID(r.signer()) && base != r.signer() {
		a.contradiction = r.foreign(base, pointer)
	}
	doc, err := r.controller(ctx, base, pointer)
	if err != nil {
		return keys.Method{}, err
	}
	m, err := r.listed(ctx, doc, url, pointer)
	if err != nil {
		return keys.Method{}, err
	}
	return m, r.bind(ctx, doc, m, pointer, a)
}

// listed takes the method out of its controller document. A document that is itself the method names
// a controller, whose own document must list the method.
func (r *run) listed(ctx context.Context, doc *keys.Controller, url, pointer string) (keys.Method, *strict.Error) {
	bare, ok := doc.Bare()
	if !ok {
		return r.methodOf(doc, url, pointer)
	}
	if bare.ID != url || bare.Controller == "" {
		return keys.Method{}, problem("proof.method", pointer, "the document at "+url+" is not a verification method with that id and a controller")
	}
	of, err := r.controller(ctx, bare.Controller, pointer)
	if err != nil {
		return keys.Method{}, err
	}
	if !of.Lists(url, r.purpose()) {
		return keys.Method{}, problem("proof.method", pointer, bare.Controller+" does not list the method "+url+" for the purpose "+r.purpose())
	}
	held, err := r.methodOf(of, url, pointer)
	switch {
	case err == nil && !held.Key.Equal(bare.Key):
		err = problem("proof.method", pointer, bare.Controller+" gives another key for the method "+url)
	case err == nil:
		err = r.usable(held, pointer)
	case err.Code == "proof.method": // listed by reference alone
		err = nil
	}
	return bare, err
}

func (r *run) methodOf(doc *keys.Controller, url, pointer string) (keys.Method, *strict.Error) {
	m, err := doc.Method(url, r.purpose())
	if err == nil {
		return m, nil
	}
	found := *asFinding(err, "proof.method", pointer)
	found.Pointer, found.Offset = pointer, -1
	return keys.Method{}, &found
}

// bind grades how the method that was found in doc is tied to the issuer. The error says that the
// issuer's own document has withdrawn the method, or is itself deactivated.
func (r *run) bind(ctx context.Context, doc *keys.Controller, m keys.Method, pointer string, a *attempt) *strict.Error {
	issuer := r.signer()
	if m.Controller != issuer {
		a.contradiction = r.foreign(m.Controller, pointer)
		return nil
	}
	if a.contradiction != nil {
		return nil
	}
	a.binding = SelfAsserted
	if _, bare := doc.Bare(); !bare && doc.ID() == issuer {
		a.binding = IssuerController
		return nil
	}
	own, err := r.controller(ctx, issuer, pointer)
	if err != nil {
		a.unbound = problem("issuer.unbound", r.issuerPlace(), "the key says that it belongs to "+issuer+", whose own document could not be read: "+err.Detail)
		return withdrawn(err)
	}
	a.unbound = problem("issuer.unbound", r.issuerPlace(), "the key says that it belongs to "+issuer+", whose own document does not list it")
	held, err := r.methodOf(own, m.ID, pointer)
	switch {
	case err == nil && held.Key.Equal(m.Key):
		err = r.usable(held, pointer)
	case err == nil || err.Code != "proof.method" || !own.Lists(m.ID, r.purpose()):
		return withdrawn(err)
	default: // listed by reference alone
		err = nil
	}
	a.binding, a.unbound = IssuerController, nil
	return err
}

// withdrawn returns err if it says that the owner of a document or a method has revoked it; whatever
// else is wrong with it leaves open whose key that is.
func withdrawn(err *strict.Error) *strict.Error {
	if err != nil && err.Code == "key.revoked" {
		return err
	}
	return nil
}

// foreign says that the key belongs to somebody other than the issuer.
func (r *run) foreign(controller, pointer string) *strict.Error {
	return problem("proof.controller", pointer, "the key belongs to "+quoteOr(controller, "nobody")+
		", and the "+r.noun()+" names "+quoteOr(r.signer(), "nobody")+" as its "+r.signerNoun())
}

func isDID(s string) bool { return strings.HasPrefix(s, "did:") }
